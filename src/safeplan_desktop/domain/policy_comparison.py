"""Two versions of the safety policy: what was added, removed, changed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from safeplan_desktop.domain.plan_comparison import Difference
from safeplan_desktop.domain.policy import PolicyForm, PolicyPart, PolicySection
from safeplan_desktop.domain.policy_facts import Fact, FactChange, fact_changes
from safeplan_desktop.domain.policy_layout import printed_clauses
from safeplan_desktop.domain.rich_text import plain_of

_MOST_NAMED = 4


@dataclass(frozen=True, slots=True)
class PolicyDifference:
    """What happened to a text or a clause.

    Attributes:
        where: The title of its section, in the newer version where it is there.
        before, after: Plain words; empty where it isn't in that version.
    """

    part: PolicyPart
    where: str
    kind: Difference
    before: str = ""
    after: str = ""


@dataclass(frozen=True, slots=True)
class PolicyComparison:
    """Everything that differs: words of the policy, and what was filled in."""

    words: tuple[PolicyDifference, ...]
    facts: tuple[FactChange, ...]

    @property
    def is_none(self) -> bool:
        """Whether the two say the same."""
        return not self.words and not self.facts

    def of_part(self, part: PolicyPart) -> tuple[PolicyDifference, ...]:
        """What differs in one part."""
        return tuple(difference for difference in self.words if difference.part is part)


def compare_policies(
    older: PolicyForm, newer: PolicyForm, older_facts: Sequence[Fact], newer_facts: Sequence[Fact]
) -> PolicyComparison:
    """What differs from the older to the newer; only what is printed counts.

    Words in brackets are compared as they stand; what they were filled with is compared by itself.
    """
    found: list[PolicyDifference] = []
    for part in PolicyPart:
        was = {section.id: section for section in older.of_part(part)}
        now = {section.id: section for section in newer.of_part(part)}
        for section in now.values():
            found += _of_section(part, section.title, was.get(section.id), section)
        for section_id, section in was.items():
            if section_id not in now:
                found += _of_section(part, section.title, section, None)
    return PolicyComparison(tuple(found), fact_changes(older_facts, newer_facts))


def _of_section(
    part: PolicyPart, where: str, older: PolicySection | None, newer: PolicySection | None
) -> list[PolicyDifference]:
    was, now = _printed(older), _printed(newer)
    found = []
    for key in dict.fromkeys((*now, *was)):
        before, after = was.get(key, ""), now.get(key, "")
        # Of a section that came or went, its pieces are told under its title.
        if before != after and (key != "title" or (before and after)):
            kind = Difference.ADDED if not before else Difference.REMOVED if not after else Difference.CHANGED
            found.append(PolicyDifference(part, where, kind, before, after))
    return found


def _printed(section: PolicySection | None) -> dict[str, str]:
    """What is printed of a section, by what it is known again by; the title counts once anything below it is printed."""
    if section is None:
        return {}
    pieces = {"text": plain_of(section.text)} if section.text.strip() else {}
    pieces |= {f"clause {clause.id}": clause.text.strip() for clause in printed_clauses(section)}
    return {"title": section.title, **pieces} if pieces else {}


def suggested_change(comparison: PolicyComparison | None) -> str:
    """A beginning for the change log's line; None compares with nothing: the first version."""
    if comparison is None:
        return "First version."
    sentences = [change.sentence for change in comparison.facts[:_MOST_NAMED]]
    rest = len(comparison.facts) - len(sentences)
    if rest > 0:
        sentences.append(f"{rest} more of the practice's facts changed")
    for kind, word in (
        (Difference.ADDED, "added"),
        (Difference.REMOVED, "removed"),
        (Difference.CHANGED, "changed"),
    ):
        places = dict.fromkeys(one.where for one in comparison.words if one.kind is kind)
        if places:
            sentences.append(f"{word.capitalize()} in {', '.join(places)}")
    return ". ".join(sentences) + "." if sentences else "Reviewed; nothing had to change."
