"""Feedback of clients and of the therapist: answers from 0 to 10, words, and what the practice made of them. No verdicts."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from enum import Enum

from safeplan_desktop.domain.plans import SectionKey
from safeplan_desktop.domain.practice_checks import CheckedItem
from safeplan_desktop.errors import InvalidInputError

FORM_VERSION = 1
LOWEST, HIGHEST = 0, 10


class FeedbackFrom(Enum):
    """Whose feedback it is."""

    CLIENT = "client"
    THERAPIST = "therapist"


TITLES = {FeedbackFrom.CLIENT: "Feedback of a client", FeedbackFrom.THERAPIST: "My own feedback"}
"""What a feedback is in a list; never with a name."""


class FeedbackWay(Enum):
    """How it came."""

    SCREEN = "screen"
    PAPER = "paper"


class FeedbackOutcome(Enum):
    """What the practice made of it."""

    TAKEN_UP = "taken-up"
    NO_CHANGE = "no-change"


CLIENT_QUESTIONS = ("heard", "goals", "way", "overall", "plan")
"""The questions of the clients' form; their words stand in the resources, by language."""

CLIENT_COLUMNS = ("Felt heard", "Goals fit", "Way of working", "Overall", "Plan useful")
"""What these are called in the table, in the same order."""

THERAPIST_QUESTIONS = (
    ("confidence", "How confident am I in handling a crisis these days?"),
    ("workload", "How heavy is my workload?"),
)
"""The therapist's own questions."""

PLAN_QUALITY = (
    "The plans are in the clients' own words",
    "Every step can be done by that client on a bad day",
    "Each plan names a person who can be reached",
    "Making the surroundings safer was talked about",
    "Clients know where their plan is",
    "Plans were looked at again after each crisis",
)
"""What makes a plan good, for the therapist's own look at the plans of these weeks."""


@dataclass(frozen=True, slots=True)
class Rating:
    """An answer from 0 to 10."""

    question: str
    value: int


@dataclass(frozen=True, slots=True)
class Decision:
    """What was decided about a feedback at a review of the policy.

    Attributes:
        version: Of the policy in which it is taken up; 0 where nothing changes.
        because: Why nothing changes.
    """

    outcome: FeedbackOutcome
    on: dt.date
    version: int = 0
    because: str = ""

    @property
    def sentence(self) -> str:
        """The decision in words."""
        if self.outcome is FeedbackOutcome.TAKEN_UP:
            return f"Taken up in version {self.version}"
        return f"No change needed, because {self.because}"


@dataclass(frozen=True, slots=True)
class Feedback:
    """One feedback: an entry of the register, of a client or of nobody by name.

    Attributes:
        language: Of a client's form.
        plan_used: Whether the plan was used since last time; None where that was left out.
        helped: The parts of the plan that helped.
        words: What was said freely.
        quality: The therapist's look at the plans.
        lacked: What the protocol lacked, in the therapist's words.
        decision: None while it waits for the next review of the policy.
    """

    source: FeedbackFrom
    language: str = "en"
    way: FeedbackWay | None = None
    ratings: tuple[Rating, ...] = ()
    plan_used: bool | None = None
    helped: tuple[SectionKey, ...] = ()
    words: str = ""
    quality: tuple[CheckedItem, ...] = ()
    lacked: str = ""
    decision: Decision | None = None

    def rating(self, question: str) -> int | None:
        """An answer; None where there is none."""
        return next((one.value for one in self.ratings if one.question == question), None)

    @property
    def point(self) -> str:
        """What the next review of the policy has to look at, in the words that were said; empty for numbers alone."""
        missing = [item.text for item in self.quality if item.fine is False]
        parts = (self.words.strip(), self.lacked.strip(), f"Not yet so: {'; '.join(missing)}" if missing else "")
        return "\n".join(part for part in parts if part)

    @property
    def open(self) -> bool:
        """Whether it waits for a decision."""
        return self.decision is None and bool(self.point)


@dataclass(frozen=True, slots=True)
class FeedbackQuestion:
    """A question of the form."""

    id: str
    text: str


@dataclass(frozen=True, slots=True)
class FeedbackWords:
    """The form's words in one language.

    Attributes:
        reviewed_by: The native-speaking clinician who read the words; empty = not yet reviewed.
        scale: What the two ends mean.
        name_label, name_wanted: Before a name that is printed, and before an empty line for one.
        thanks, thanks_words: What the screen says at the end.
        page: Takes {page} and {pages}.
    """

    language: str
    name: str
    title: str
    lead: str
    scale: str
    questions: tuple[FeedbackQuestion, ...]
    used: str
    yes: str
    no: str
    helped: str
    words: str
    name_label: str
    name_wanted: str
    day_label: str
    finish: str
    thanks: str
    thanks_words: str
    close: str
    page: str
    reviewed_by: str = ""


def check_feedback(form: Feedback) -> Feedback:
    """The feedback as it is kept.

    Raises:
        InvalidInputError: naming "ratings", when nothing was answered at all.
    """
    if any(not LOWEST <= one.value <= HIGHEST for one in form.ratings):
        raise InvalidInputError("ratings", "An answer lies between 0 and 10.")
    kept = replace(form, words=form.words.strip(), lacked=form.lacked.strip())
    quality = any(item.fine is not None for item in kept.quality)
    if not (kept.ratings or kept.plan_used is not None or kept.helped or kept.words or kept.lacked or quality):
        raise InvalidInputError("ratings", "Nothing was answered yet. One answer is enough.")
    return kept


def check_decision(decision: Decision, newest: int) -> Decision:
    """A decision as it is kept.

    Args:
        decision: As typed.
        newest: The number of the policy's newest version; 0 before the first.

    Raises:
        InvalidInputError: naming "version" or "because".
    """
    if decision.outcome is FeedbackOutcome.TAKEN_UP:
        if not 1 <= decision.version <= newest + 1:
            raise InvalidInputError("version", f"Please type a version from 1 to {newest + 1}, which is the next one.")
        return replace(decision, because="")
    if not decision.because.strip():
        raise InvalidInputError("because", "Please write why nothing changes.")
    return replace(decision, version=0, because=decision.because.strip())
