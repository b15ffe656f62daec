"""Checklists for hard moments: questions in our own words, every one of which may be skipped; nothing is preselected."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import Enum


class StepKind(Enum):
    """How a step is answered."""

    YES_NO = "yes-no"
    WORDS = "words"
    MOMENT = "moment"


@dataclass(frozen=True, slots=True)
class Step:
    """One question.

    Attributes:
        fills: The field that the answer goes to, such as "police.who" or "consultation.advice"; empty for none.
    """

    id: str
    ask: str
    kind: StepKind = StepKind.WORDS
    hint: str = ""
    fills: str = ""


@dataclass(frozen=True, slots=True)
class Checklist:
    """A checklist as it is shipped.

    Attributes:
        about: What it is for, in a sentence.
    """

    id: str
    title: str
    about: str
    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class StepAnswer:
    """One answer, with the question as it stood on the screen.

    Attributes:
        answer: Yes, No, or what was typed; for a time it is empty.
        at: The time, where the step asks for one.
    """

    step: str
    ask: str
    answer: str = ""
    at: dt.datetime | None = None


@dataclass(frozen=True, slots=True)
class ChecklistAnswers:
    """A checklist that was gone through, as far as it was.

    Attributes:
        note: The practice's own note on its jurisdiction, as it stood beside the questions.
    """

    checklist: str
    title: str
    answers: tuple[StepAnswer, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True)
class ChecklistNote:
    """The practice's own text on what applies where it works, for one checklist."""

    checklist: str
    text: str
