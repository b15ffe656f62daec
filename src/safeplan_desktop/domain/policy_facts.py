"""What the safety policy takes from the practice: words in brackets that are filled in, and how such facts changed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

PLACEHOLDERS = (
    "practice name",
    "therapist",
    "address",
    "phone",
    "entrance",
    "call-back number",
    "emergency number",
    "emergency contacts",
    "number check",
    "protocol in the office",
    "protocol in telehealth",
    "levels of care",
    "rehearsal cycle",
    "training topics",
    "training cycle",
    "review cycle",
)
"""What may stand in brackets. Anything else in brackets stays as it was typed."""

_BRACKETS = re.compile(r"\[([^\[\]:]+)(?::\s*([^\[\]]*))?\]")


@dataclass(frozen=True, slots=True)
class Fact:
    """Something that the practice says elsewhere in the program, as it stands in the policy.

    Attributes:
        name: What stands for it in brackets.
        title: What it is, in a list of changes.
        text: Its words within a sentence; empty where the practice hasn't said it.
        head: The titles of a table's columns; empty for a list.
        rows: Of a table or a list; empty for words alone.
        numbered: Whether a list is one of steps.
        key: The columns by which a row is known again.
        noted: Columns that may change without the policy being out of date, such as the day of a check.
    """

    name: str
    title: str
    text: str = ""
    head: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()
    numbered: bool = False
    key: tuple[int, ...] = (0,)
    noted: tuple[int, ...] = ()

    def weighed(self, row: tuple[str, ...]) -> tuple[str, ...]:
        """What of a row counts as a change."""
        return tuple(cell for place, cell in enumerate(row) if place not in self.noted)

    def words(self, row: tuple[str, ...]) -> str:
        """A row in a sentence."""
        return ", ".join(cell for cell in self.weighed(row) if cell)


@dataclass(frozen=True, slots=True)
class FactChange:
    """What changed about a fact. Of a new or removed row, one of the two is empty.

    Attributes:
        title: Of the fact.
    """

    title: str
    before: str
    after: str

    @property
    def sentence(self) -> str:
        """The change in words."""
        if not self.before:
            return f"{self.title}: added: {self.after}"
        if not self.after:
            return f"{self.title}: removed: {self.before}"
        return f"{self.title}: {self.before} became {self.after}"


def named(facts: Sequence[Fact]) -> dict[str, Fact]:
    """The facts by what stands in brackets."""
    return {fact.name: fact for fact in facts}


def placeholders(text: str) -> Iterator[tuple[str, str]]:
    """What stands in brackets, with the words behind the colon."""
    for found in _BRACKETS.finditer(text):
        yield found[1].strip(), (found[2] or "").strip()


def filled(text: str, facts: Mapping[str, Fact]) -> str:
    """A text with its brackets filled in; unknown ones stay, and of what isn't said anywhere it says so."""

    def words(found: re.Match[str]) -> str:
        name, default = found[1].strip(), (found[2] or "").strip()
        if name not in PLACEHOLDERS:
            return found[0]
        fact = facts.get(name)
        said = (fact.text or "; ".join(fact.words(row) for row in fact.rows)) if fact is not None else ""
        return said or default or f"({name}: not said yet)"

    return _BRACKETS.sub(words, text)


def standing_alone(text: str, facts: Mapping[str, Fact]) -> Fact | None:
    """The fact whose table or list takes the place of a paragraph that holds nothing but its name in brackets."""
    found = _BRACKETS.fullmatch(text.strip())
    fact = facts.get(found[1].strip()) if found is not None else None
    return fact if fact is not None and fact.rows else None


def fact_changes(older: Sequence[Fact], newer: Sequence[Fact]) -> tuple[FactChange, ...]:
    """What changed from the older facts to the newer ones; a fact that only one side knows didn't change."""
    was, changes = named(older), []
    for fact in newer:
        before = was.get(fact.name)
        if before is None:
            continue
        if before.text != fact.text:
            changes.append(FactChange(fact.title, before.text or "nothing", fact.text or "nothing"))
        changes += _row_changes(before, fact)
    return tuple(changes)


def _row_changes(before: Fact, after: Fact) -> list[FactChange]:
    same = {before.weighed(row) for row in before.rows} & {after.weighed(row) for row in after.rows}
    gone = [row for row in before.rows if before.weighed(row) not in same]
    new = [row for row in after.rows if after.weighed(row) not in same]
    changes = []
    for row in new:
        key = [row[place] for place in after.key]
        former = next((old for old in gone if [old[place] for place in after.key] == key), None)
        if former is None:
            changes.append(FactChange(after.title, "", after.words(row)))
            continue
        gone.remove(former)
        was, now = _different(after, former, row)
        changes.append(FactChange(f"{after.title} ({', '.join(key)})", was, now))
    changes += [FactChange(after.title, before.words(row), "") for row in gone]
    if not changes and [before.weighed(row) for row in before.rows] != [after.weighed(row) for row in after.rows]:
        changes.append(FactChange(after.title, "the former order", "another order"))
    return changes


def _different(fact: Fact, former: tuple[str, ...], row: tuple[str, ...]) -> tuple[str, str]:
    """The cells of a row that changed, before and after."""
    pairs = [pair for pair in zip(fact.weighed(former), fact.weighed(row), strict=True) if pair[0] != pair[1]]
    was, now = (", ".join(pair[side] or "nothing" for pair in pairs) for side in (0, 1))
    return was, now
