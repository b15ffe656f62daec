"""What of the practice is due to be looked at again, and why."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from safeplan_desktop.domain.moments import Moment, today
from safeplan_desktop.domain.policy import AdoptedPolicy
from safeplan_desktop.domain.practice import EmergencyContact, is_stale
from safeplan_desktop.domain.practice_checks import CheckKind
from safeplan_desktop.domain.reviews import ReviewState, ReviewSubject
from safeplan_desktop.domain.vocabulary import label_of
from safeplan_desktop.services.backups import Backups
from safeplan_desktop.services.desk import Desk
from safeplan_desktop.services.drills import Drills
from safeplan_desktop.services.policy import Policy
from safeplan_desktop.services.practice import Practice
from safeplan_desktop.services.practice_checks import PracticeChecks
from safeplan_desktop.services.review_schedule import Schedule
from safeplan_desktop.storage import incidents as stored_incidents
from safeplan_desktop.storage import plans as stored_plans
from safeplan_desktop.storage import practice as stored_practice

_OWN_ROWS = (ReviewSubject.PROTOCOL, ReviewSubject.TRAINING, ReviewSubject.ROOM, ReviewSubject.RESTORE)
"""Subjects that have no other row on Today."""

_MONTH = 30.4375
"""Days."""


@dataclass(frozen=True, slots=True)
class Reviews:
    """States of all subjects."""

    desk: Desk
    schedule: Schedule
    practice: Practice
    policy: Policy
    checks: PracticeChecks
    drills: Drills
    backups: Backups

    def states(self) -> tuple[ReviewState, ...]:
        """All subjects, in their order."""
        return tuple(self.state(subject) for subject in ReviewSubject)

    def state(self, subject: ReviewSubject) -> ReviewState:
        """Where one subject stands."""
        interval = self.schedule.interval(subject)
        last, due, why = {
            ReviewSubject.PLANS: self._plans,
            ReviewSubject.POLICY: self._policy,
            ReviewSubject.PROTOCOL: self._protocol,
            ReviewSubject.DRILL: self._drills,
            ReviewSubject.NUMBERS: self._numbers,
            ReviewSubject.BACKUPS: self._backups,
            ReviewSubject.ROOM: self._room,
        }.get(subject, lambda: self._noted(subject))()
        return ReviewState(interval, last, due if interval.on else None, why if interval.on else "")

    def rows(self, horizon: dt.date) -> Iterator[tuple[dt.date, str]]:
        """What is due until a day and has no other row on Today: the day, and the sentence."""
        for subject in _OWN_ROWS:
            state = self.state(subject)
            if state.due is not None and state.due <= horizon:
                yield state.due, f"To look at again: {label_of(subject).lower()}{f', {state.why}' if state.why else ''}"

    def numbers_to_check(self) -> tuple[EmergencyContact, ...]:
        """Contacts whose number is to be checked again, by the interval of the schedule; none where that is off."""
        interval = self.schedule.interval(ReviewSubject.NUMBERS)
        if not interval.on:
            return ()
        day = today(self.desk.clock)
        days = round(interval.count * _MONTH)
        return tuple(one for one in self.practice.contacts() if is_stale(one, day, days))

    # -- the single subjects: when last, when due, why at once ----------------------------------------------------

    def _noted(self, subject: ReviewSubject, since: dt.date | None = None) -> tuple[dt.date | None, dt.date, str]:
        """By the newest note; where there is none, by the day on which the records were begun."""
        note = self.schedule.last_note(subject)
        days = [day for day in (note.day if note else None, since) if day is not None]
        last = max(days, default=None)
        return last, self.schedule.interval(subject).after(last or self._begun()), ""

    def _plans(self) -> tuple[dt.date | None, dt.date | None, str]:
        note = self.schedule.last_note(ReviewSubject.PLANS)
        days = [due for _, _, due in stored_plans.reviews(self.desk.database, dt.date.max)]
        return note.day if note else None, min(days, default=None), ""

    def _policy(self) -> tuple[dt.date | None, dt.date | None, str]:
        newest = self.policy.newest()
        if newest is None:
            return None, None, ""
        note = self.schedule.last_note(ReviewSubject.POLICY)
        last, due, at = newest.day, newest.form_as(AdoptedPolicy).review_on, newest.signed.at
        if note is not None and note.entered_at > at:
            last, at = note.day, note.entered_at
            due = max(due, self.schedule.interval(ReviewSubject.POLICY).after(note.day))
        return (last, *self._at_once(at, due))

    def _protocol(self) -> tuple[dt.date | None, dt.date, str]:
        last, due, _ = self._noted(ReviewSubject.PROTOCOL)
        note = self.schedule.last_note(ReviewSubject.PROTOCOL)
        return (last, *self._at_once(note.entered_at if note else None, due))

    def _at_once(self, since: dt.datetime | None, due: dt.date) -> tuple[dt.date, str]:
        """The due day, earlier where a serious incident was signed since the last look."""
        found = stored_incidents.newest_serious(self.desk.database)
        if found is None or found.signed is None or (since is not None and found.signed.at <= since):
            return due, ""
        return min(found.signed.local_date, due), f"after incident {found.number} with severe harm"

    def _drills(self) -> tuple[dt.date | None, dt.date | None, str]:
        held = self.drills.every()
        return held[0].held.local_date if held else None, self.drills.next_due(), ""

    def _numbers(self) -> tuple[dt.date | None, dt.date | None, str]:
        interval = self.schedule.interval(ReviewSubject.NUMBERS)
        checked = [one.checked_on for one in self.practice.contacts()]
        days = [day for day in checked if day is not None]
        last = min(days, default=None)
        if any(day is None for day in checked):
            return last, today(self.desk.clock), ""
        return last, interval.after(last) if last else None, ""

    def _backups(self) -> tuple[dt.date | None, dt.date | None, str]:
        latest = self.backups.latest()
        interval = self.schedule.interval(ReviewSubject.BACKUPS)
        if latest is None:
            return None, today(self.desk.clock), ""
        last = latest.day(self.desk.clock.zone())
        return last, interval.after(last), ""

    def _room(self) -> tuple[dt.date | None, dt.date, str]:
        checked = dict(self.checks.last_done()).get(CheckKind.ROOM)
        return self._noted(ReviewSubject.ROOM, checked)

    def _begun(self) -> dt.date:
        """The day on which the records were begun."""
        text = stored_practice.vault_value(self.desk.database, "created-at")
        if not text:
            return today(self.desk.clock)
        return Moment(dt.datetime.fromisoformat(text), self.desk.clock.zone()).local_date
