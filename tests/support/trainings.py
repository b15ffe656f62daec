"""Trainings for tests."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from safeplan_desktop.domain.training import LoggedTraining, TopicHours, Training, TrainingFormat
from safeplan_desktop.domain.training_rules import RenewalRule
from safeplan_desktop.services.session import Session

ETHICS = "Ethics and law"
CERTIFICATE = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
LICENCE = RenewalRule(
    "", "Licence", 24, dt.date(2025, 7, 1), 40 * 60, (TopicHours(ETHICS, 6 * 60),), carry_over=10 * 60
)


def noted(session: Session, title: str, day: dt.date, *hours: tuple[str, float], **fields: object) -> LoggedTraining:
    """Puts a training into the log."""
    draft, form = session.trainings.begin()
    parts = tuple(TopicHours(topic, round(length * 60)) for topic, length in hours)
    form = replace(form, title=title, last_day=day, hours=parts, format=TrainingFormat.IN_PERSON, **fields)
    return session.trainings.save(draft, form)


def logged(day: dt.date, *hours: tuple[str, float], of_drill: bool = False) -> LoggedTraining:
    """A row of the log that is in no records."""
    parts = tuple(TopicHours(topic, round(length * 60)) for topic, length in hours)
    return LoggedTraining("t", day, Training("A day", last_day=day, hours=parts), of_drill)
