"""Change over time: a client's scores with the published bands, and what happened between them.

Facts only: what was signed, as it was signed. A note on the size of a change stands only where a published figure exists.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from enum import Enum

from safeplan_desktop.domain.instruments import Instrument, MeaningfulChange
from safeplan_desktop.domain.periods import Period

_PAIR = 2


def signed(change: int | None) -> str:
    """A change in words: with its sign, plain for none at all, empty for the first score."""
    return "" if change is None else f"{change:+d}" if change else "0"


class EventKind(Enum):
    """What happened; the letter that marks it in a plot is its value."""

    PLAN = "P"
    INCIDENT = "I"
    CARE = "C"


@dataclass(frozen=True, slots=True)
class ScoreFact:
    """What one instrument gave in one signed screening.

    Attributes:
        value: On the published scale; None where there was no score.
        flagged: Whether an answer was critical.
    """

    instrument: str
    value: int | None
    band: str
    flagged: bool


@dataclass(frozen=True, slots=True)
class Occasion:
    """One score.

    Attributes:
        screening: The number of the client's screening.
        value: On the scale that the series is shown in.
        flagged: Whether an answer was critical, whatever the total.
    """

    day: dt.date
    screening: int
    value: int
    band: str
    flagged: bool


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened on a day, as a line of a plot."""

    day: dt.date
    kind: EventKind
    words: str


@dataclass(frozen=True, slots=True)
class ScaleBand:
    """A published range on the scale that is shown."""

    lowest: int
    highest: int
    label: str


@dataclass(frozen=True, slots=True)
class Series:
    """All scores of one instrument, the oldest first.

    Attributes:
        lowest, highest: Of the scale.
        higher_is_better: Whether a higher score is the better one.
        source: Where the bands stand.
        incomplete: The numbers of screenings in which the instrument was begun and gave no score.
    """

    instrument: str
    title: str
    lowest: int
    highest: int
    bands: tuple[ScaleBand, ...]
    higher_is_better: bool
    source: str
    occasions: tuple[Occasion, ...]
    incomplete: tuple[int, ...] = ()
    meaningful: MeaningfulChange | None = None

    def change(self, place: int) -> int | None:
        """The difference from the score before; None for the first one."""
        return None if place == 0 else self.occasions[place].value - self.occasions[place - 1].value

    @property
    def note(self) -> str:
        """What is published on the size of the latest change since the first score; empty where nothing is."""
        if self.meaningful is None or len(self.occasions) < _PAIR:
            return ""
        change = self.occasions[-1].value - self.occasions[0].value
        reached = abs(change) >= self.meaningful.points
        size = "at least" if reached else "less than"
        return (
            f"From the first to the latest score: {signed(change)} points, {size} the {self.meaningful.points} points that "
            f"were published as a change that matters ({self.meaningful.source})."
        )


@dataclass(frozen=True, slots=True)
class History:
    """A client's scores by instrument, and the events between them, the oldest first."""

    series: tuple[Series, ...]
    events: tuple[Event, ...]

    def of(self, instrument: str) -> Series | None:
        """The series of one instrument; None when it was never used."""
        return next((found for found in self.series if found.instrument == instrument), None)

    def only(self, instruments: Sequence[str]) -> History:
        """The same without other instruments; an empty choice leaves all."""
        if not instruments:
            return self
        return History(tuple(one for one in self.series if one.instrument in instruments), self.events)

    def of_screenings(self, numbers: Collection[int]) -> History:
        """The same without scores of other screenings."""
        kept = (
            replace(
                one,
                occasions=tuple(o for o in one.occasions if o.screening in numbers),
                incomplete=tuple(number for number in one.incomplete if number in numbers),
            )
            for one in self.series
        )
        return History(tuple(one for one in kept if one.occasions), self.events)

    def within(self, period: Period) -> History:
        """What lies in a period."""
        series = (replace(one, occasions=tuple(o for o in one.occasions if period.holds(o.day))) for one in self.series)
        return History(
            tuple(one for one in series if one.occasions),
            tuple(event for event in self.events if period.holds(event.day)),
        )


def series_of(instrument: Instrument, occasions: tuple[Occasion, ...], incomplete: tuple[int, ...], uk: bool) -> Series:  # noqa: FBT001 - a plain fact
    """The series of an instrument on its published scale.

    Args:
        instrument: The instrument as it is shipped now; bands of that edition are drawn.
        occasions: Its scores, the oldest first, on the published scale.
        incomplete: Screenings in which it gave no score.
        uk: Whether bands of the United Kingdom apply where there are several.
    """
    times = instrument.scaled_by
    region = "uk" if uk else "us"
    fitting = [band for band in instrument.bands if band.region is None or band.region.value == region]
    return Series(
        instrument.id,
        instrument.title,
        instrument.lowest_total * times,
        instrument.highest_total * times,
        tuple(ScaleBand(band.lowest * times, band.highest * times, band.label) for band in fitting),
        instrument.higher_is_better,
        fitting[0].source if fitting else instrument.scoring_source,
        occasions,
        incomplete,
        instrument.meaningful_change,
    )
