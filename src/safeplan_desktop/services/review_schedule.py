"""How often things are looked at again, and the notes that they were; what is due, `services/reviews.py` says."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace

from safeplan_desktop.domain.changes import Noun
from safeplan_desktop.domain.moments import today
from safeplan_desktop.domain.register import RegisterEntry
from safeplan_desktop.domain.reviews import Interval, ReviewNote, ReviewSchedule, ReviewSubject, check_interval
from safeplan_desktop.errors import InvalidInputError
from safeplan_desktop.services.desk import Desk
from safeplan_desktop.services.practice import Practice
from safeplan_desktop.services.register import Register

NAME = "review schedule"


def interval_of(practice: Practice, subject: ReviewSubject) -> Interval:
    """The interval of a subject; that of exercises stands in the practice's settings, where it always stood."""
    found = (practice.kept(NAME, ReviewSchedule) or ReviewSchedule()).of(subject)
    if subject is ReviewSubject.DRILL:
        months = practice.settings().drill_months
        return replace(found, count=months or found.count, on=bool(months))
    return found


@dataclass(frozen=True, slots=True)
class Schedule:
    """Intervals and notes."""

    desk: Desk
    practice: Practice
    register: Register

    def interval(self, subject: ReviewSubject) -> Interval:
        """How often a subject is looked at."""
        return interval_of(self.practice, subject)

    def save(self, interval: Interval) -> None:
        """Keeps an interval.

        Raises:
            InvalidInputError: naming "count", for one that isn't offered.
        """
        check_interval(interval)
        if interval.subject is ReviewSubject.DRILL:
            months = interval.count if interval.on else 0
            self.practice.save_settings(replace(self.practice.settings(), drill_months=months))
            return
        kept = self.practice.kept(NAME, ReviewSchedule) or ReviewSchedule()
        self.practice.keep(NAME, kept.with_interval(interval))

    def note(self, subject: ReviewSubject, note: str, day: dt.date | None = None) -> RegisterEntry:
        """Notes that something was looked at, today unless a day is named.

        Raises:
            InvalidInputError: naming "day", for one that hasn't come.
        """
        present = today(self.desk.clock)
        if day is not None and day > present:
            raise InvalidInputError("day", "Please choose today or a day before.")
        return self.register.add(Noun.REVIEW, ReviewNote(subject, note.strip()), day=day or present)

    def take_back(self, entry_id: str) -> None:
        """Takes a note out again."""
        self.register.remove(entry_id)

    def notes(self) -> tuple[tuple[RegisterEntry, ReviewNote], ...]:
        """All notes, the newest first."""
        return tuple((one, one.form_as(ReviewNote)) for one in self.register.of_kind(Noun.REVIEW, ""))

    def last_note(self, subject: ReviewSubject) -> RegisterEntry | None:
        """The newest note on a subject."""
        return next((entry for entry, note in self.notes() if note.subject is subject), None)
