"""Rows of Today that were put off: until which day, and why. What is about safety can't be put off for long."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from safeplan_desktop.domain.due import DueKind, DueRow
from safeplan_desktop.errors import InvalidInputError

FORM_VERSION = 1
LONGEST_DAYS = 366
SAFETY_DAYS = 7
LONGEST_REASON = 200
SAFETY = frozenset({DueKind.REASSESSMENT, DueKind.FOLLOW_UP})


@dataclass(frozen=True, slots=True)
class Snooze:
    """A row that was put off.

    Attributes:
        key: The row's; it no longer fits once the row's record or day is another.
        until: The day on which it comes back.
    """

    key: str
    until: dt.date
    reason: str


@dataclass(frozen=True, slots=True)
class PutOff:
    """A row with its snooze.

    Attributes:
        entry_id: Of the register; it takes the snooze back.
    """

    row: DueRow
    until: dt.date
    reason: str
    entry_id: str

    @property
    def sentence(self) -> str:
        """What is due, and why it waits."""
        return f"{self.row.sentence}. Put off: {self.reason}"


@dataclass(frozen=True, slots=True)
class ActiveSnooze:
    """A snooze as it is kept."""

    snooze: Snooze
    entry_id: str

    def of(self, row: DueRow) -> PutOff:
        """The row that it is about, put off."""
        return PutOff(row, self.snooze.until, self.snooze.reason, self.entry_id)


def latest(row: DueRow, today: dt.date) -> dt.date:
    """The last day that a row can be put off to."""
    safety = row.overdue and row.kind in SAFETY
    return today + dt.timedelta(days=SAFETY_DAYS if safety else LONGEST_DAYS)


def check_snooze(row: DueRow, until: dt.date | None, reason: str, today: dt.date) -> Snooze:
    """What is kept.

    Raises:
        InvalidInputError: naming "until" or "reason".
    """
    if until is None or until <= today:
        raise InvalidInputError("until", "Please choose a day after today.")
    last = latest(row, today)
    if until > last:
        if row.kind in SAFETY and row.overdue:
            sentence = (
                "This is about a client's safety and its day has passed, so it can wait seven days at most: "
                f"until {last:%d %b %Y}. It can be put off again then."
            )
        else:
            sentence = f"That is more than a year ahead. The last day is {last:%d %b %Y}."
        raise InvalidInputError("until", sentence)
    said = reason.strip()
    if not said:
        raise InvalidInputError("reason", "Please write why, in a few words.")
    if len(said) > LONGEST_REASON:
        raise InvalidInputError("reason", f"This is longer than {LONGEST_REASON} characters.")
    return Snooze(row.key, until, said)
