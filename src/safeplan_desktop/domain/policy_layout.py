"""The policy as it is read: parts, numbered sections, numbered clauses, with everything filled in. Paper and screen share it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from safeplan_desktop.domain.policy import ROMAN, PolicyClause, PolicyForm, PolicyPart, PolicySection, Practised
from safeplan_desktop.domain.policy_facts import Fact, filled, named, placeholders, standing_alone
from safeplan_desktop.domain.rich_text import Block, Run, blocks_of


@dataclass(frozen=True, slots=True)
class LaidClause:
    """A clause that is practised.

    Attributes:
        number: Such as "2.1.3".
    """

    number: str
    text: str


@dataclass(frozen=True, slots=True)
class LaidSection:
    """A section with its number, such as "2.1".

    Attributes:
        body: Its text; a fact stands where its table or list does.
        not_here: What isn't practised, where that is listed.
    """

    number: str
    title: str
    body: tuple[Block | Fact, ...]
    clauses: tuple[LaidClause, ...]
    not_here: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class LaidPart:
    """A part with its Roman number."""

    part: PolicyPart
    number: str
    sections: tuple[LaidSection, ...]


def laid_out(form: PolicyForm, facts: Sequence[Fact]) -> tuple[LaidPart, ...]:
    """All eight parts; a section of which nothing is printed is left out, and so has no number."""
    known = named(facts)
    parts = []
    for place, part in enumerate(PolicyPart, start=1):
        sections: list[LaidSection] = []
        for section in form.of_part(part):
            number = f"{place}.{len(sections) + 1}"
            made = _section(section, number, known, list_not_here=form.list_not_here)
            if made.body or made.clauses or made.not_here:
                sections.append(made)
        parts.append(LaidPart(part, ROMAN[place - 1], tuple(sections)))
    return tuple(parts)


def _section(section: PolicySection, number: str, facts: dict[str, Fact], *, list_not_here: bool) -> LaidSection:
    body: list[Block | Fact] = []
    for block in blocks_of(section.text):
        alone = standing_alone(block.text, facts)
        if alone is not None:
            body.append(alone)
        else:
            # Filled in run by run: a name in brackets is never half bold.
            body.append(replace(block, runs=tuple(Run(filled(run.text, facts), run.bold) for run in block.runs)))
    done = [filled(clause.text, facts) for clause in printed_clauses(section)]
    clauses = tuple(LaidClause(f"{number}.{place}", text) for place, text in enumerate(done, start=1))
    not_here = tuple(
        filled(clause.text, facts)
        for clause in section.clauses
        if list_not_here and clause.practised is Practised.NOT_HERE and clause.text.strip()
    )
    return LaidSection(number, section.title, tuple(body), clauses, not_here)


def printed_clauses(section: PolicySection) -> tuple[PolicyClause, ...]:
    """The clauses of a section that are practised."""
    return tuple(clause for clause in section.clauses if clause.practised is Practised.WE_DO and clause.text.strip())


def not_said_yet(form: PolicyForm, facts: Sequence[Fact]) -> tuple[str, ...]:
    """What the policy would fill in but the practice hasn't said anywhere, in its order; each once."""
    known = named(facts)
    texts = [section.text for section in form.in_order()]
    texts += [clause.text for section in form.in_order() for clause in printed_clauses(section)]
    missing: dict[str, None] = {}
    for text in texts:
        for name, default in placeholders(text):
            fact = known.get(name)
            if fact is not None and not (fact.text or fact.rows or default):
                missing[name] = None
    return tuple(missing)


def plain_text(parts: Sequence[LaidPart], titles: Sequence[str]) -> str:
    """The policy as plain text, for the search and for another record system."""
    lines: list[str] = []
    for part, title in zip(parts, titles, strict=True):
        lines += ["", f"{part.number}. {title}"]
        for section in part.sections:
            lines += ["", f"{section.number} {section.title}"]
            for block in section.body:
                if isinstance(block, Fact):
                    lines += [f"- {block.words(row)}" for row in block.rows]
                else:
                    lines.append(block.text)
            lines += [f"{clause.number} {clause.text}" for clause in section.clauses]
            lines += [f"Not practised here: {text}" for text in section.not_here]
    return "\n".join(lines).strip()
