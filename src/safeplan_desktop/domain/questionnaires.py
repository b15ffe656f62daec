"""Questionnaires that the therapist brought: questions as they will be asked, branching, and how they are scored.

Where a file comes from is no matter here; `exchange` reads FHIR into these. A result is given only by a rule that is
known: our own for a recognised panel, else the file's own sum. Everything else waits for the therapist's word.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum


class QuestionType(Enum):
    """What kind of answer a question takes; by their FHIR R4 names."""

    GROUP = "group"
    DISPLAY = "display"
    BOOLEAN = "boolean"
    DECIMAL = "decimal"
    INTEGER = "integer"
    DATE = "date"
    DATE_TIME = "dateTime"
    TIME = "time"
    STRING = "string"
    TEXT = "text"
    URL = "url"
    CHOICE = "choice"
    OPEN_CHOICE = "open-choice"
    ATTACHMENT = "attachment"
    REFERENCE = "reference"
    QUANTITY = "quantity"


NOT_ASKED = frozenset({QuestionType.GROUP, QuestionType.DISPLAY})
CHOICES = frozenset({QuestionType.CHOICE, QuestionType.OPEN_CHOICE})
NUMBERS = frozenset({QuestionType.INTEGER, QuestionType.DECIMAL, QuestionType.QUANTITY})


@dataclass(frozen=True, slots=True)
class Code:
    """A code of a system; the same code of two systems are two things."""

    code: str
    system: str = ""

    def same(self, other: Code) -> bool:
        """Whether both mean the same: systems are compared where both name one."""
        return self.code == other.code and (not self.system or not other.system or self.system == other.system)


AnswerValue = bool | float | str | Code
"""One answer: yes or no, a number, words or a day as it is written, or a chosen code."""

Answers = Mapping[str, tuple[AnswerValue, ...]]
"""Answers by link id; none and a missing link id both mean "not answered"."""


@dataclass(frozen=True, slots=True)
class AnswerOption:
    """A possible answer.

    Attributes:
        value: What is recorded when it is chosen.
        points: What it counts; None where nothing says.
        points_from: Where the points come from, such as "the file" or "LOINC LL358-3".
        prefix: A number printed before it; never the points.
    """

    label: str
    value: AnswerValue
    points: float | None = None
    points_from: str = ""
    prefix: str = ""


class Operator(Enum):
    """How an answer is compared; by their FHIR R4 codes."""

    EXISTS = "exists"
    EQUAL = "="
    NOT_EQUAL = "!="
    GREATER = ">"
    LESS = "<"
    AT_LEAST = ">="
    AT_MOST = "<="


@dataclass(frozen=True, slots=True)
class ShowWhen:
    """A condition for showing a question.

    Attributes:
        question: The link id of the question that it asks about; empty for a sum.
        sum_of: The link ids whose points are summed up, where it is about a sum.
    """

    question: str
    operator: Operator
    value: AnswerValue
    sum_of: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Question:
    """One question, heading, or group, in the order in which they stand.

    Attributes:
        parent: The link id that it stands under; empty at the top.
        depth: How deep it stands; 0 at the top.
        help: What stands beside it as help.
        codes: What it is coded as.
        show_when: When it is shown; empty for always.
        show_any: Whether one of the conditions is enough; else all must hold.
        initial: What is answered already.
        lowest, highest: The limits of a number.
        decimals: The most decimal places of a number; None where there is no limit.
        earliest, latest: The limits of a day or a time, written as the answers are; empty for none. What is written
            shorter, such as a year, means all of it.
        longest: The most characters of words; None where there is no limit.
        unit: Of a number.
        is_total: Whether it holds the questionnaire's own result, so that nobody is asked for it.
        is_help: Whether it only explains what it stands under, and is shown beside it.
    """

    link_id: str
    type: QuestionType
    text: str
    parent: str = ""
    depth: int = 0
    prefix: str = ""
    help: tuple[str, ...] = ()
    codes: tuple[Code, ...] = ()
    options: tuple[AnswerOption, ...] = ()
    show_when: tuple[ShowWhen, ...] = ()
    show_any: bool = False
    required: bool = False
    repeats: bool = False
    read_only: bool = False
    hidden: bool = False
    initial: tuple[AnswerValue, ...] = ()
    lowest: float | None = None
    highest: float | None = None
    earliest: str = ""
    latest: str = ""
    longest: int | None = None
    unit: str = ""
    is_total: bool = False
    is_help: bool = False
    decimals: int | None = None

    @property
    def is_asked(self) -> bool:
        """Whether somebody can answer it at all."""
        return self.type not in NOT_ASKED and not self.is_total and not self.read_only and not self.hidden

    def needs(self) -> set[str]:
        """The link ids that decide whether it is shown."""
        needed = {link for condition in self.show_when for link in (condition.question, *condition.sum_of)}
        return (needed | {self.parent}) - {""}

    @property
    def takes_entries(self) -> bool:
        """Whether several answers can be typed in; several that are chosen are ticked instead."""
        return self.repeats and not self.options

    @property
    def counts_itself(self) -> bool:
        """Whether its answer is a number that stands for its own points."""
        return self.type in NUMBERS and not self.options

    def allows(self, given: tuple[AnswerValue, ...]) -> bool:
        """Whether the question can be answered so: one answer unless it repeats, each within its limits."""
        if len(given) > 1 and not self.repeats:
            return False
        return all(self._within(value) for value in given)

    def _within(self, value: AnswerValue) -> bool:
        if isinstance(value, str):
            short = self.longest is None or bool(self.options) or len(value) <= self.longest
            late = bool(self.latest) and value[: len(self.latest)] > self.latest
            return short and value >= self.earliest and not late
        if not self.counts_itself or isinstance(value, bool | Code):
            return True
        most = 0 if self.type is QuestionType.INTEGER else self.decimals
        whole = most is None or decimals_of(value) <= most
        low = float("-inf") if self.lowest is None else self.lowest
        high = float("inf") if self.highest is None else self.highest
        return whole and low <= value <= high

    def option_for(self, value: AnswerValue) -> AnswerOption | None:
        """The option that was chosen; None when it is none of them, or could be two."""
        if isinstance(value, Code):
            exact = [option for option in self.options if option.value == value]
            like = [option for option in self.options if isinstance(option.value, Code) and option.value.same(value)]
            found = exact or like
        else:
            found = [
                o for o in self.options if o.value == value and isinstance(o.value, bool) is isinstance(value, bool)
            ]
        return found[0] if len(found) == 1 else None


def decimals_of(value: float) -> int:
    """How many decimal places a number is written with."""
    exponent = Decimal(repr(float(value))).normalize().as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


class RuleKind(Enum):
    """How far a result can be trusted to a rule."""

    OWN_RULE = "own-rule"  # a panel that is recognised: our own rule, with its bands and flags
    FILE_SUM = "sum"  # the file says which points are summed up
    UNCONFIRMED = "sum-to-confirm"  # it looks like a sum; the therapist has to say so
    NONE = "none"  # there is no result


@dataclass(frozen=True, slots=True)
class ScoreRule:
    """How a questionnaire is scored.

    Attributes:
        items: The link ids whose points are summed up.
        why: Why it is scored so, or why it isn't.
        instrument: The id of our own instrument, for a recognised panel.
        places: Our own item ids and the link ids of their questions, for a recognised panel.
        total_item: The link id that holds the result in the file.
        times, plus, divided_by: What the sum is multiplied with, what is added then, and what that is divided by for the
            result; a mean of nine points is a sum that is divided by nine.
    """

    kind: RuleKind
    why: str
    items: tuple[str, ...] = ()
    instrument: str = ""
    places: tuple[tuple[str, str], ...] = ()
    total_item: str = ""
    times: int = 1
    divided_by: int = 1
    plus: int = 0

    def result(self, added: float) -> float:
        """The result that a sum of points gives."""
        return (added * self.times + self.plus) / self.divided_by

    @property
    def is_known(self) -> bool:
        """Whether a result may be given without asking the therapist."""
        return self.kind in {RuleKind.OWN_RULE, RuleKind.FILE_SUM}


@dataclass(frozen=True, slots=True)
class Kept:
    """A part of a file that this program doesn't use; it stays in the original.

    Attributes:
        where: The question it belongs to; empty for the whole questionnaire.
        what: Its name.
    """

    where: str
    what: str


@dataclass(frozen=True, slots=True)
class Questionnaire:
    """A questionnaire as it was read.

    Attributes:
        licence: What the file says on who may use it; empty where it says nothing.
        warnings: What was not understood or doesn't fit, each a sentence.
        kept: Parts that this program doesn't use.
    """

    title: str
    questions: tuple[Question, ...]
    scoring: ScoreRule
    url: str = ""
    version: str = ""
    language: str = ""
    publisher: str = ""
    description: str = ""
    licence: str = ""
    codes: tuple[Code, ...] = ()
    warnings: tuple[str, ...] = ()
    kept: tuple[Kept, ...] = ()

    def question(self, link_id: str) -> Question | None:
        """The question of that link id; None when there is none."""
        return next((question for question in self.questions if question.link_id == link_id), None)

    def scored(self) -> Iterator[Question]:
        """The questions that count."""
        wanted = set(self.scoring.items)
        return (question for question in self.questions if question.link_id in wanted)

    def limits(self) -> tuple[float, float] | None:
        """The lowest and the highest result that the options allow; None where a question has options without points."""
        added = self.sum_limits()
        return (self.scoring.result(added[0]), self.scoring.result(added[1])) if added is not None else None

    def sum_limits(self) -> tuple[float, float] | None:
        """The lowest and the highest sum of points, before it is multiplied or divided; None as for the result."""
        lowest = highest = 0.0
        for question in self.scored():
            if question.takes_entries:
                # However many numbers are typed in, one more makes the sum another one.
                return None
            if question.counts_itself and question.lowest is not None and question.highest is not None:
                lowest += question.lowest
                highest += question.highest
                continue
            points = [option.points for option in question.options if option.points is not None]
            if not points or len(points) < len(question.options):
                return None
            least, most = min(points), (sum(p for p in points if p > 0) if question.repeats else max(points))
            # What isn't shown counts nothing.
            lowest += min(least, 0.0) if question.show_when else least
            highest += max(most, 0.0) if question.show_when else most
        return (lowest, highest) if self.scoring.items else None
