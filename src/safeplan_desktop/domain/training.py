"""Trainings: what was learned, with whom, for how long, and in which subjects. Nothing in them is about a client."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import Enum

from safeplan_desktop.domain.drills import Drill
from safeplan_desktop.errors import InvalidInputError

FORM_VERSION = 1
_HOUR = 60
_LONGEST_NAME, _MOST_MINUTES = 120, 1000 * _HOUR

SUICIDE, DE_ESCALATION = "Suicide risk, safety planning, safer surroundings", "Crisis and de-escalation"
TOPICS = (
    SUICIDE,
    DE_ESCALATION,
    "Ethics and law",
    "Mandated reporting",
    "Telehealth",
    "Cultural competence",
    "Supervision",
    "First aid and resuscitation",
    "Privacy and security",
)
"""The subjects that are offered; the practice adds its own by typing them."""

_CLOCK = re.compile(r"(\d{1,4}):([0-5]\d)")
_NUMBER = re.compile(r"\d{1,4}(?:[.,]\d{1,2})?")


class TrainingFormat(Enum):
    """How a training took place."""

    IN_PERSON = "in-person"
    LIVE_ONLINE = "live-online"
    SELF_STUDY = "self-study"
    SUPERVISION = "supervision"
    EXERCISE = "exercise"


@dataclass(frozen=True, slots=True)
class TopicHours:
    """So many minutes of one subject."""

    topic: str
    minutes: int


@dataclass(frozen=True, slots=True)
class Training:
    """One training, as it is noted.

    Attributes:
        accreditor, number: Who recognises it, and under which number.
        first_day, last_day: Of the training; it counts on its last day.
        hours: By subject; together they are the whole of it.
        reflection: What is taken from it into the work.
        cost: As typed, with its currency.
    """

    title: str = ""
    provider: str = ""
    accreditor: str = ""
    number: str = ""
    first_day: dt.date | None = None
    last_day: dt.date | None = None
    hours: tuple[TopicHours, ...] = ()
    format: TrainingFormat | None = None
    reflection: str = ""
    cost: str = ""

    @property
    def minutes(self) -> int:
        """All of it."""
        return sum(one.minutes for one in self.hours)

    @property
    def days_words(self) -> str:
        """Its day or days, in words."""
        days = [day for day in (self.first_day, self.last_day) if day is not None]
        return " to ".join(dict.fromkeys(f"{day:%d %b %Y}" for day in days))


@dataclass(frozen=True, slots=True)
class LoggedTraining:
    """A row of the log.

    Attributes:
        id: Of the register's entry; of an exercise, that of the exercise.
        day: On which it counts.
        of_drill: Whether it is an exercise of the crisis protocol, which is kept with the protocol and read there.
    """

    id: str
    day: dt.date
    training: Training
    of_drill: bool = False


def same_topic(one: str, other: str) -> bool:
    """Whether two names mean one subject."""
    return one.strip().casefold() == other.strip().casefold()


def minutes_of(trainings: Iterable[Training], topic: str) -> int:
    """How long these trainings were about a subject."""
    return sum(part.minutes for one in trainings for part in one.hours if same_topic(part.topic, topic))


def hours_words(minutes: int) -> str:
    """A length in hours, such as "1.5 h"."""
    return f"{hours_number(minutes)} h"


def hours_number(minutes: int) -> str:
    """A length as a number of hours, with no more digits than it needs."""
    return f"{minutes / _HOUR:.2f}".rstrip("0").rstrip(".")


def parse_hours(text: str) -> int | None:
    """Minutes from what people type: 1.5, 1,5 or 1:30; None for nothing typed.

    Raises:
        ValueError: when it can't be read.
    """
    typed = text.strip().removesuffix("h").strip()
    if not typed:
        return None
    clock = _CLOCK.fullmatch(typed)
    if clock is not None:
        return int(clock[1]) * _HOUR + int(clock[2])
    if _NUMBER.fullmatch(typed) is None:
        raise ValueError(text)
    return round(float(typed.replace(",", ".")) * _HOUR)


def check_training(training: Training, today: dt.date) -> Training:
    """The training as it is kept: trimmed, with both days.

    Raises:
        InvalidInputError: naming the field that isn't right.
    """
    if not training.title.strip():
        raise InvalidInputError("title", "Please type what the training was.")
    first, last = training.first_day or training.last_day, training.last_day or training.first_day
    if first is None or last is None:
        raise InvalidInputError("first_day", "Please choose the day of the training.")
    if last < first:
        raise InvalidInputError("last_day", "The last day lies before the first.")
    if last > today:
        raise InvalidInputError("last_day", "Please choose today or a day before: a training counts once it was held.")
    if training.format is None:
        raise InvalidInputError("format", "Please choose how it took place.")
    return replace(
        training,
        title=training.title.strip(),
        provider=training.provider.strip(),
        accreditor=training.accreditor.strip(),
        number=training.number.strip(),
        cost=training.cost.strip(),
        first_day=first,
        last_day=last,
        hours=check_hours(training.hours),
    )


def check_hours(
    hours: Sequence[TopicHours], field: str = "hours", *, may_be_none: bool = False
) -> tuple[TopicHours, ...]:
    """Hours by subject as they are kept: trimmed, those without a length left out.

    Raises:
        InvalidInputError: naming the field.
    """
    kept = tuple(TopicHours(one.topic.strip(), one.minutes) for one in hours if one.topic.strip() and one.minutes > 0)
    if any(one.minutes > 0 and not one.topic.strip() for one in hours):
        raise InvalidInputError(field, "Please type the subject of these hours.")
    if not kept and not may_be_none:
        raise InvalidInputError(field, "Please type how long it was, beside at least one subject.")
    if len({one.topic.casefold() for one in kept}) < len(kept):
        raise InvalidInputError(field, "A subject stands here twice. Please put its hours together.")
    if any(len(one.topic) > _LONGEST_NAME or one.minutes > _MOST_MINUTES for one in kept):
        raise InvalidInputError(field, "A subject has at most 120 letters and 1000 hours.")
    return kept


def training_of_drill(drill: Drill, name: str) -> LoggedTraining:
    """An exercise of the crisis protocol as a row of the log; an exercise of less than a minute counts one.

    Args:
        drill: As it is kept with the protocol.
        name: Of its variant, in words.
    """
    minutes = max(round(drill.seconds / _HOUR), 1)
    day = drill.held.local_date
    training = Training(
        f"Exercise of the crisis protocol ({name})",
        first_day=day,
        last_day=day,
        hours=(TopicHours(DE_ESCALATION, minutes),),
        format=TrainingFormat.EXERCISE,
        reflection=drill.improve,
    )
    return LoggedTraining(drill.id, day, training, of_drill=True)
