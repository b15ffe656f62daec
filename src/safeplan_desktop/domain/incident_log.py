"""The incident log: which rows a filter keeps, and how many there are of each kind, month and level of harm."""

from __future__ import annotations

import datetime as dt
import unicodedata
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from enum import Enum

from safeplan_desktop.domain.incidents import IncidentCategory, IncidentSummary, PhysicalHarm, PsychologicalHarm
from safeplan_desktop.domain.moments import Moment


class HarmLevel(Enum):
    """A level of harm, whichever axis it lies on."""

    NONE = "none"
    LOW = "low"
    MODERATE = "moderate"
    SEVERE = "severe"
    FATAL = "fatal"


_RANKS = {level.value: rank for rank, level in enumerate(HarmLevel)}
_LEVELS = tuple(HarmLevel)
NO_CLIENT = "-"
"""In a filter: incidents without a client."""


class LogState(Enum):
    """Which rows of the log are wanted."""

    KEPT = "kept"
    DRAFTS = "drafts"
    SIGNED = "signed"
    IN_ERROR = "in-error"
    EVERYTHING = "everything"


@dataclass(frozen=True, slots=True)
class LogFilter:
    """What the log is narrowed to.

    Attributes:
        harm: At least this level on either axis; None for any.
        client_id: Whose; `NO_CLIENT` for incidents without one, empty for all.
        since, until: Of the day it happened, both included.
        open_follow_up: Only incidents with a follow-up that isn't done.
        text: Beginnings of words that all stand in the record.
    """

    category: IncidentCategory | None = None
    harm: HarmLevel | None = None
    client_id: str = ""
    since: dt.date | None = None
    until: dt.date | None = None
    open_follow_up: bool = False
    state: LogState = LogState.KEPT
    text: str = ""


def harm_of(physical: PhysicalHarm | None, psychological: PsychologicalHarm | None) -> HarmLevel | None:
    """The higher of the two axes; None where neither was answered."""
    ranks = [_RANKS[harm.value] for harm in (physical, psychological) if harm is not None]
    return _LEVELS[max(ranks)] if ranks else None


def day_of(row: IncidentSummary) -> dt.date:
    """The day that a row stands for: when it happened, or was entered where that isn't known yet."""
    return Moment(row.happened_at, row.zone).local_date if row.happened_at else row.entered.local_date


_STATES: dict[LogState, Callable[[IncidentSummary], bool]] = {
    LogState.KEPT: lambda row: not row.voided,
    LogState.DRAFTS: lambda row: row.signed is None,
    LogState.SIGNED: lambda row: row.signed is not None and not row.voided,
    LogState.IN_ERROR: lambda row: row.voided,
    LogState.EVERYTHING: lambda _row: True,
}


def narrowed(
    rows: Iterable[IncidentSummary],
    wanted: LogFilter,
    *,
    with_open_follow_up: Collection[str] = frozenset(),
    with_text: Collection[str | None] | None = None,
) -> tuple[IncidentSummary, ...]:
    """The rows that a filter keeps, in their order.

    Args:
        rows: Of the log.
        wanted: The filter.
        with_open_follow_up: Ids of incidents with an open follow-up.
        with_text: Ids of incidents that hold the text; None where no text is looked for.
    """
    tests: list[Callable[[IncidentSummary], bool]] = [_STATES[wanted.state]]
    if with_text is not None:
        tests.append(lambda row: row.id in with_text)
    if wanted.category is not None:
        tests.append(lambda row: row.category is wanted.category)
    if wanted.client_id:
        client_id = "" if wanted.client_id == NO_CLIENT else wanted.client_id
        tests.append(lambda row: row.client_id == client_id)
    if wanted.open_follow_up:
        tests.append(lambda row: row.id in with_open_follow_up and not row.voided)
    if wanted.harm is not None:
        least = _RANKS[wanted.harm.value]
        tests.append(lambda row: _rank(row) >= least)
    if wanted.since is not None or wanted.until is not None:
        first, last = wanted.since or dt.date.min, wanted.until or dt.date.max
        tests.append(_between(first, last))
    kept = list(rows)
    for test in tests:
        kept = [row for row in kept if test(row)]
    return tuple(kept)


def _rank(row: IncidentSummary) -> int:
    physical = _RANKS[row.physical_harm.value] if row.physical_harm else -1
    return max(physical, _RANKS[row.psychological_harm.value] if row.psychological_harm else -1)


def _between(first: dt.date, last: dt.date) -> Callable[[IncidentSummary], bool]:
    # A zone moves a day by less than two days: only rows near the edges need their own zone's calendar.
    spare = dt.timedelta(days=2)
    early, late = _noon(first, -spare), _noon(last, spare)
    inner_first, inner_last = _noon(first, spare), _noon(last, -spare)

    def lies(row: IncidentSummary) -> bool:
        at = row.happened_at or row.entered.at
        if not early <= at <= late:
            return False
        return inner_first <= at <= inner_last or first <= day_of(row) <= last

    return lies


def _noon(day: dt.date, spare: dt.timedelta) -> dt.datetime:
    at = dt.datetime.combine(day, dt.time(12), dt.UTC)
    try:
        return at + spare
    except OverflowError:
        return at


BAR_ROW, BAR_MARGIN = 16.0, 12.0
"""Points: a line of a plot of counts, and what is left above and below all of them."""


@dataclass(frozen=True, slots=True)
class Counts:
    """Signed incidents, counted; what was entered in error isn't.

    Attributes:
        months: By the month they happened in, its first day, oldest first; months without any are there.
        harm: By the higher of the two axes.
    """

    total: int
    kinds: tuple[tuple[IncidentCategory, int], ...]
    months: tuple[tuple[dt.date, int], ...]
    harm: tuple[tuple[HarmLevel, int], ...]


def counts_of(rows: Iterable[IncidentSummary]) -> Counts:
    """Counts of the signed rows."""
    counted = [row for row in rows if row.signed is not None and not row.voided]
    kinds = Counter(row.category for row in counted if row.category is not None)
    harm = Counter(harm_of(row.physical_harm, row.psychological_harm) for row in counted)
    months = Counter(day_of(row).replace(day=1) for row in counted)
    return Counts(
        len(counted),
        tuple(kinds.most_common()),
        tuple((month, months[month]) for month in _months(months)),
        tuple((level, harm[level]) for level in HarmLevel if harm[level]),
    )


def _months(found: Collection[dt.date]) -> Sequence[dt.date]:
    if not found:
        return ()
    months, month = [], min(found)
    while month <= max(found):
        months.append(month)
        month = (month + dt.timedelta(days=32)).replace(day=1)
    return months


def holds_words(text: str, typed: str) -> bool:
    """Whether every typed word begins a word of the text; accents and capitals don't matter.

    Signed records are found by the search index; this is for the few drafts, which aren't in it.
    """
    words = _plain(text).split()
    return all(any(word.startswith(start) for word in words) for start in _plain(typed).split())


def _plain(text: str) -> str:
    letters = unicodedata.normalize("NFKD", text.casefold())
    return "".join(c if c.isalnum() else "" if unicodedata.combining(c) else " " for c in letters)
