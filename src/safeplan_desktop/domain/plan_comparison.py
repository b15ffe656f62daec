"""Two versions of a plan side by side: what was added, removed, changed, moved."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import Enum

from safeplan_desktop.domain.plans import PlanForm, PlanItem, SectionKey


class Difference(Enum):
    """What happened to an entry between two versions."""

    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"
    MOVED = "moved"
    SET_ASIDE = "set-aside"
    TAKEN_UP = "taken-up"


_COMPARED = (
    "text",
    "relation",
    "phone",
    "when_to_call",
    "call",
    "leave_message",
    "write",
    "who",
    "when",
    "checked_on",
    "likelihood",
    "obstacle",
)


@dataclass(frozen=True, slots=True)
class EntryDifference:
    """What happened to one entry, or to a whole section.

    Attributes:
        section: Where the entry stands now; where it stood, for a removed one.
        before, after: The entry in the older and in the newer version; None where it isn't in that one.
        fields: The names of the fields that changed.
        moved_from: The section in which a moved entry stood before; None when it moved within its section.
    """

    section: SectionKey
    kind: Difference
    before: PlanItem | None = None
    after: PlanItem | None = None
    fields: tuple[str, ...] = ()
    moved_from: SectionKey | None = None


@dataclass(frozen=True, slots=True)
class NumberDifference:
    """A printed crisis number that was added or removed."""

    kind: Difference
    label: str
    number: str


@dataclass(frozen=True, slots=True)
class PlanDifference:
    """Everything that differs between two versions, section by section.

    Attributes:
        language: BCP 47 codes of the two printed languages; None where they are the same.
    """

    entries: tuple[EntryDifference, ...]
    numbers: tuple[NumberDifference, ...]
    language: tuple[str, str] | None = None

    @property
    def is_none(self) -> bool:
        """Whether the two say the same."""
        return not self.entries and not self.numbers and self.language is None

    def of_section(self, key: SectionKey) -> tuple[EntryDifference, ...]:
        """What differs in one section."""
        return tuple(entry for entry in self.entries if entry.section is key)


_Place = tuple[SectionKey, PlanItem]


def compare_plans(older: PlanForm, newer: PlanForm) -> PlanDifference:
    """What differs from the older form to the newer.

    An entry is the same one when it has the same id, else when it has the same words in the same section, else when it
    has the same words in another section.
    """
    was = [(key, item) for key in SectionKey for item in older.section(key).items]
    now = [(key, item) for key in SectionKey for item in newer.section(key).items]
    pairs = _paired(was, now)
    shifted = _shifted(was, now, pairs)
    found: list[EntryDifference] = []
    for key in SectionKey:
        found += _set_aside(older, newer, key)
        for index, (section, after) in enumerate(now):
            if section is not key:
                continue
            if index not in pairs:
                found.append(EntryDifference(key, Difference.ADDED, after=after))
                continue
            came_from, before = was[pairs[index]]
            fields = tuple(name for name in _COMPARED if getattr(before, name) != getattr(after, name))
            if fields:
                found.append(EntryDifference(key, Difference.CHANGED, before, after, fields))
            if came_from is not key:
                found.append(EntryDifference(key, Difference.MOVED, before, after, moved_from=came_from))
            elif index in shifted:
                found.append(EntryDifference(key, Difference.MOVED, before, after))
        kept = set(pairs.values())
        found += [
            EntryDifference(key, Difference.REMOVED, before=before)
            for index, (section, before) in enumerate(was)
            if section is key and index not in kept
        ]
    languages = (older.language, newer.language)
    return PlanDifference(tuple(found), _numbers(older, newer), None if languages[0] == languages[1] else languages)


def _set_aside(older: PlanForm, newer: PlanForm, key: SectionKey) -> list[EntryDifference]:
    before, after = older.section(key).not_for_me, newer.section(key).not_for_me
    if before == after:
        return []
    return [EntryDifference(key, Difference.SET_ASIDE if after else Difference.TAKEN_UP)]


def _paired(was: Sequence[_Place], now: Sequence[_Place]) -> dict[int, int]:
    """Which entry of the older form each entry of the newer is, by their places."""
    pairs: dict[int, int] = {}
    taken: set[int] = set()

    def words(place: _Place) -> str:
        return place[1].text.strip().casefold()

    keys: tuple[Callable[[_Place], object], ...] = (
        lambda place: place[1].id,
        lambda place: (place[0], words(place)) if words(place) else None,
        lambda place: words(place) or None,
    )
    for same in keys:
        free: dict[object, list[int]] = {}
        for index, place in enumerate(was):
            if index not in taken and same(place) is not None:
                free.setdefault(same(place), []).append(index)
        for index, place in enumerate(now):
            if index not in pairs and free.get(same(place)):
                pairs[index] = free[same(place)].pop(0)
                taken.add(pairs[index])
    return pairs


def _shifted(was: Sequence[_Place], now: Sequence[_Place], pairs: dict[int, int]) -> set[int]:
    """The fewest entries whose move within their section explains the new order."""
    moved: set[int] = set()
    for key in SectionKey:
        stayed = [i for i, (section, _) in enumerate(now) if section is key and i in pairs and was[pairs[i]][0] is key]
        moved |= {stayed[place] for place in _out_of_order([pairs[index] for index in stayed])}
    return moved


def _out_of_order(places: Sequence[int]) -> set[int]:
    """What has to be left out so that the others ascend; the longest ascending chain stays."""
    tails: list[int] = []
    at: list[int] = []
    before: list[int] = []
    for index, place in enumerate(places):
        length = bisect_left(tails, place)
        if length == len(tails):
            tails.append(place)
            at.append(index)
        else:
            tails[length], at[length] = place, index
        before.append(at[length - 1] if length else -1)
    kept: set[int] = set()
    index = at[-1] if at else -1
    while index >= 0:
        kept.add(index)
        index = before[index]
    return set(range(len(places))) - kept


def _numbers(older: PlanForm, newer: PlanForm) -> tuple[NumberDifference, ...]:
    was, now = ([(n.label, n.number) for n in form.crisis_numbers if n.confirmed] for form in (older, newer))
    return tuple(
        NumberDifference(kind, label, number)
        for kind, here, there in ((Difference.ADDED, now, was), (Difference.REMOVED, was, now))
        for label, number in here
        if (label, number) not in there
    )
