"""ProQOL 5 as score entry: thirty answers by number, three sub-scales, the published raw bands. No verdict."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

from safeplan_desktop.domain.history import Occasion, ScaleBand, Series
from safeplan_desktop.errors import InvalidInputError

FORM_VERSION = 1
ITEMS = 30
LOWEST, HIGHEST = 1, 5
REVERSED = frozenset({1, 4, 15, 17, 29})
"""Items that count 6 minus the answer; all of them belong to burnout."""


class SubScale(Enum):
    """What is measured; each has ten items."""

    SATISFACTION = "satisfaction"
    BURNOUT = "burnout"
    SECONDARY_STRESS = "secondary-stress"


ITEMS_OF = {
    SubScale.SATISFACTION: (3, 6, 12, 16, 18, 20, 22, 24, 27, 30),
    SubScale.BURNOUT: (1, 4, 8, 10, 15, 17, 19, 21, 26, 29),
    SubScale.SECONDARY_STRESS: (2, 5, 7, 9, 11, 13, 14, 23, 25, 28),
}
LOWEST_SCORE, HIGHEST_SCORE = 10, 50
_LOW_UNTIL, _MODERATE_UNTIL = 22, 41
BANDS = (
    ScaleBand(LOWEST_SCORE, _LOW_UNTIL, "Low"),
    ScaleBand(_LOW_UNTIL + 1, _MODERATE_UNTIL, "Moderate"),
    ScaleBand(_MODERATE_UNTIL + 1, HIGHEST_SCORE, "High"),
)


@dataclass(frozen=True, slots=True)
class ProqolTexts:
    """What the packaged file holds: short labels of our own, who is to be credited, where the bands stand."""

    credit: str
    source: str
    items: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ProqolForm:
    """Answers as typed.

    Attributes:
        answers: Thirty numbers from 1 to 5, None where there is none.
        note: A line of one's own.
    """

    answers: tuple[int | None, ...] = (None,) * ITEMS
    note: str = ""

    @property
    def missing(self) -> tuple[int, ...]:
        """The numbers of the items without an answer."""
        given = (*self.answers, *(None,) * (ITEMS - len(self.answers)))
        return tuple(number for number, answer in enumerate(given, start=1) if answer is None)


@dataclass(frozen=True, slots=True)
class ProqolEntry:
    """A day's answers as they were saved."""

    id: str
    day: dt.date
    form: ProqolForm


def score(answers: Sequence[int | None], scale: SubScale) -> int | None:
    """A sub-scale's raw score, 10 to 50; None unless all thirty items are answered from 1 to 5."""
    whole = [one for one in answers if isinstance(one, int) and LOWEST <= one <= HIGHEST]
    if len(answers) != ITEMS or len(whole) != ITEMS:
        return None
    return sum(6 - whole[item - 1] if item in REVERSED else whole[item - 1] for item in ITEMS_OF[scale])


def band(raw: int) -> str:
    """The published raw band of a score."""
    return next(one.label for one in BANDS if raw <= one.highest)


def check_proqol(form: ProqolForm) -> ProqolForm:
    """The answers as they are saved.

    Raises:
        InvalidInputError: naming "answers", when some are missing or aren't from 1 to 5.
    """
    if len(form.answers) > ITEMS or any(one is not None and not LOWEST <= one <= HIGHEST for one in form.answers):
        raise InvalidInputError("answers", f"There are {ITEMS} answers, each from {LOWEST} to {HIGHEST}.")
    if form.missing:
        numbers = ", ".join(map(str, form.missing))
        which = f"item {numbers} has" if len(form.missing) == 1 else f"items {numbers} have"
        raise InvalidInputError(
            "answers", f"There is no score yet: {which} no answer.", next_step="All thirty are needed."
        )
    return ProqolForm(form.answers, form.note.strip())


def series_of(entries: Sequence[ProqolEntry], scale: SubScale, title: str, source: str) -> Series:
    """A sub-scale over time, the oldest first."""
    occasions = []
    for number, entry in enumerate(sorted(entries, key=lambda one: one.day), start=1):
        raw = score(entry.form.answers, scale)
        if raw is not None:
            occasions.append(Occasion(entry.day, number, raw, band(raw), flagged=False))
    return Series(
        instrument=f"proqol-{scale.value}",
        title=title,
        lowest=LOWEST_SCORE,
        highest=HIGHEST_SCORE,
        bands=BANDS,
        higher_is_better=scale is SubScale.SATISFACTION,
        source=source,
        occasions=tuple(occasions),
    )
