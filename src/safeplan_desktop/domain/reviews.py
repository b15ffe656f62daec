"""What of the practice is looked at again, how often, and when it is due."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from enum import Enum

from safeplan_desktop.domain.drills import MONTHS_BETWEEN, next_drill_due
from safeplan_desktop.domain.plans import DEFAULT_REVIEW_DAYS
from safeplan_desktop.domain.policy import REVIEW_MONTHS
from safeplan_desktop.errors import InvalidInputError

_YEAR = 12


class ReviewSubject(Enum):
    """What is looked at again."""

    PLANS = "plans"
    POLICY = "policy"
    PROTOCOL = "protocol"
    DRILL = "drill"
    NUMBERS = "numbers"
    TRAINING = "training"
    BACKUPS = "backups"
    ROOM = "room"
    RESTORE = "restore"


IN_DAYS = frozenset({ReviewSubject.PLANS, ReviewSubject.BACKUPS})
"""Subjects whose intervals are counted in days; those of the others in months."""

_USUAL = {
    ReviewSubject.PLANS: DEFAULT_REVIEW_DAYS,
    ReviewSubject.POLICY: REVIEW_MONTHS,
    ReviewSubject.PROTOCOL: _YEAR,
    ReviewSubject.DRILL: 6,
    ReviewSubject.NUMBERS: _YEAR,
    ReviewSubject.TRAINING: _YEAR,
    ReviewSubject.BACKUPS: 7,
    ReviewSubject.ROOM: 6,
    ReviewSubject.RESTORE: 6,
}
_CHOICES = {ReviewSubject.PLANS: (7, 14, 30, 60, 90), ReviewSubject.BACKUPS: (1, 3, 7, 14, 30)}
_MONTHS = (1, 3, 6, 12, 24)

ABOUT = {
    ReviewSubject.PLANS: "Every plan has a day of its own; this is what is offered for it. While the risk is high, every session.",
    ReviewSubject.POLICY: "Also at once after an incident with severe harm.",
    ReviewSubject.PROTOCOL: "Its steps and who is called. Also at once after an incident with severe harm.",
    ReviewSubject.DRILL: "Going through the steps in quiet times; the next one follows from the last exercise.",
    ReviewSubject.NUMBERS: "Each number has its own day of checking; the first one to be checked again counts.",
    ReviewSubject.TRAINING: "What is missing, and what would help with the clients of this year.",
    ReviewSubject.BACKUPS: "The next one follows from the last backup.",
    ReviewSubject.ROOM: "The list under Room and lone working; a noted room check counts.",
    ReviewSubject.RESTORE: "Restoring a backup into a folder of its own, and looking whether all is there.",
}
"""What a subject means, in a sentence."""

KEPT_ELSEWHERE = frozenset({ReviewSubject.PLANS, ReviewSubject.DRILL, ReviewSubject.NUMBERS, ReviewSubject.BACKUPS})
"""Subjects whose next day follows from other records alone; a note beside them moves nothing."""


@dataclass(frozen=True, slots=True)
class Interval:
    """How often one subject is looked at.

    Attributes:
        count: Days or months, as `IN_DAYS` says.
        on: Whether Today asks for it.
    """

    subject: ReviewSubject
    count: int
    on: bool = True

    @property
    def words(self) -> str:
        """How often, in words."""
        if not self.on:
            return "not asked for"
        return interval_words(self.subject, self.count)

    def after(self, day: dt.date) -> dt.date:
        """The day so much later."""
        if self.subject in IN_DAYS:
            return day + dt.timedelta(days=self.count)
        return next_drill_due(day, self.count) or day


@dataclass(frozen=True, slots=True)
class ReviewSchedule:
    """All intervals that the therapist chose; the others are the usual ones."""

    intervals: tuple[Interval, ...] = ()

    def of(self, subject: ReviewSubject) -> Interval:
        """The interval of a subject."""
        usual = Interval(subject, _USUAL[subject])
        return next((one for one in self.intervals if one.subject is subject), usual)

    def with_interval(self, interval: Interval) -> ReviewSchedule:
        """The schedule with one interval changed."""
        others = tuple(one for one in self.intervals if one.subject is not interval.subject)
        return replace(self, intervals=(*others, interval))


@dataclass(frozen=True, slots=True)
class ReviewNote:
    """That something was looked at: an entry of the register."""

    subject: ReviewSubject
    note: str = ""


@dataclass(frozen=True, slots=True)
class ReviewState:
    """Where a subject stands.

    Attributes:
        last: When it was last looked at; None for never.
        due: When it is due; None where nothing is, or where it isn't asked for.
        why: Why it is due at once; empty where the interval says when.
    """

    interval: Interval
    last: dt.date | None
    due: dt.date | None
    why: str = ""

    @property
    def subject(self) -> ReviewSubject:
        """What it is about."""
        return self.interval.subject


def choices(subject: ReviewSubject) -> tuple[int, ...]:
    """The intervals that are offered for a subject, in days or months."""
    if subject is ReviewSubject.DRILL:
        return tuple(months for months in MONTHS_BETWEEN if months)
    return _CHOICES.get(subject, _MONTHS)


def interval_words(subject: ReviewSubject, count: int) -> str:
    """An interval in words."""
    if subject in IN_DAYS:
        return "every day" if count == 1 else f"every {count} days"
    if count == _YEAR:
        return "once a year"
    return {0: "", 1: "every month"}.get(count, f"every {count} months")


def check_interval(interval: Interval) -> None:
    """Refuses an interval that isn't offered.

    Raises:
        InvalidInputError: naming "count".
    """
    if interval.count not in choices(interval.subject):
        raise InvalidInputError("count", "Please choose one of the intervals.")
