"""What of trainings and reviews stands on Today, besides what other records make due."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from safeplan_desktop.domain.moments import today
from safeplan_desktop.domain.practice import EmergencyContact
from safeplan_desktop.domain.reviews import Interval, ReviewSubject
from safeplan_desktop.services.desk import Desk
from safeplan_desktop.services.policy_due import Row
from safeplan_desktop.services.reviews import Reviews
from safeplan_desktop.services.trainings import Trainings


@dataclass(frozen=True, slots=True)
class PracticeDue:
    """Rows for Today."""

    desk: Desk
    trainings: Trainings
    reviews: Reviews

    def rows(self, horizon: dt.date) -> Iterator[Row]:
        """Renewals whose due day is near or past, then what is to be looked at again until a day."""
        day = today(self.desk.clock)
        if self.trainings.rules.every():
            for progress in self.trainings.rules.asked_about(self.trainings.log()):
                due = progress.cycle.due
                sentence = f"Renewal of “{progress.rule.name}”, {progress.missing_words}"
                yield "training", due, due < day, sentence
        for due, sentence in self.reviews.rows(horizon):
            yield "review", due, due < day, sentence

    def interval(self, subject: ReviewSubject) -> Interval:
        """How often something is asked for, and whether it is."""
        return self.reviews.schedule.interval(subject)

    def numbers_to_check(self) -> tuple[EmergencyContact, ...]:
        """Contacts whose number is to be checked again."""
        return self.reviews.numbers_to_check()
