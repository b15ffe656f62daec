"""What answers to a questionnaire show, and what they count: one rule for what is read, asked, and sent out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from graphlib import TopologicalSorter

from safeplan_desktop.domain.questionnaires import (
    Answers,
    AnswerValue,
    Code,
    Operator,
    Question,
    Questionnaire,
    ShowWhen,
)


def shown(questionnaire: Questionnaire, answers: Answers) -> frozenset[str]:
    """The link ids that are shown with these answers; what stands under something hidden is hidden, too."""
    known = {question.link_id: question for question in questionnaire.questions}
    visible: set[str] = set()
    for link_id in in_order_of_need(questionnaire.questions):
        question = known[link_id]
        here = not question.parent or question.parent in visible
        if here and question.show_when:
            held = [_holds(condition, known, visible, answers) for condition in question.show_when]
            here = any(held) if question.show_any else all(held)
        if here:
            visible.add(link_id)
    return frozenset(visible)


def in_order_of_need(questions: tuple[Question, ...]) -> tuple[str, ...]:
    """The link ids so that each comes after those that decide whether it is shown.

    Raises:
        graphlib.CycleError: when questions wait for each other; what reads questionnaires takes such conditions away.
    """
    known = {question.link_id for question in questions}
    needs = {question.link_id: (question.needs() & known) for question in questions}
    return tuple(TopologicalSorter(needs).static_order())


def _holds(condition: ShowWhen, known: Mapping[str, Question], visible: set[str], answers: Answers) -> bool:
    if condition.sum_of:
        points = [points_of(known[link], answers.get(link, ())) for link in condition.sum_of if link in visible]
        return compare(sum(one for one in points if one is not None), condition.operator, condition.value)
    given = answers.get(condition.question, ()) if condition.question in visible else ()
    if condition.operator is Operator.EXISTS:
        return bool(given) is (condition.value is True)
    if condition.operator is Operator.NOT_EQUAL:
        # R4: true where no answer equals the value, so also where there is none.
        return not any(compare(value, Operator.EQUAL, condition.value) for value in given)
    return any(compare(value, condition.operator, condition.value) for value in given)


def compare(value: AnswerValue, operator: Operator, other: AnswerValue) -> bool:
    """Whether an answer stands so to a value; answers of another kind never do."""
    if isinstance(value, Code) or isinstance(other, Code):
        return isinstance(value, Code) and isinstance(other, Code) and operator is Operator.EQUAL and value.same(other)
    if isinstance(value, bool) or isinstance(other, bool):
        return operator is Operator.EQUAL and value is other
    if isinstance(value, str) != isinstance(other, str):
        return False
    if operator is Operator.EQUAL:
        return value == other
    if operator is Operator.NOT_EQUAL:
        return value != other
    # Days and times are written so that their order is that of their letters.
    less, equal = value < other, value == other  # type: ignore[operator]
    return {
        Operator.LESS: less,
        Operator.AT_MOST: less or equal,
        Operator.GREATER: not less and not equal,
        Operator.AT_LEAST: not less,
    }.get(operator, False)


def points_of(question: Question, given: tuple[AnswerValue, ...]) -> float | None:
    """What the answers to a question count together; None without an answer, or where one has no points.

    A number counts itself where there are no options to choose from. What the question doesn't allow, a number beyond
    its limits or several answers where one is asked for, has no points.
    """
    if not given or not question.allows(given):
        return None
    total = 0.0
    for value in given:
        if question.counts_itself and isinstance(value, int | float) and not isinstance(value, bool):
            total += value
            continue
        option = question.option_for(value)
        if option is None or option.points is None:
            return None
        total += option.points
    return total


@dataclass(frozen=True, slots=True)
class Sum:
    """The sum of a set of answers.

    Attributes:
        total: None while a question is open; whether it is the result, the rule's kind says.
        points: What each question counts; questions that aren't shown count nothing and aren't among them.
        missing: The link ids of questions that count, are shown, and have no answer.
        unknown: The link ids whose answer has no points.
        hidden: The link ids of questions that have an answer although they aren't shown.
    """

    total: float | None
    points: dict[str, float]
    missing: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()
    hidden: tuple[str, ...] = ()

    @property
    def complete(self) -> bool:
        """Whether every question that counts and is shown has an answer with points."""
        return self.total is not None


def sum_up(questionnaire: Questionnaire, answers: Answers) -> Sum:
    """The sum that a questionnaire's rule names. A missing answer gives no sum, never a smaller one."""
    visible = shown(questionnaire, answers)
    points: dict[str, float] = {}
    missing, unknown, hidden = [], [], []
    for question in questionnaire.scored():
        given = answers.get(question.link_id, ())
        if question.link_id not in visible:
            if given:
                hidden.append(question.link_id)
            continue
        counted = points_of(question, given)
        if not given:
            missing.append(question.link_id)
        elif counted is None:
            unknown.append(question.link_id)
        else:
            points[question.link_id] = counted
    complete = bool(questionnaire.scoring.items) and not (missing or unknown or hidden)
    return Sum(sum(points.values()) if complete else None, points, tuple(missing), tuple(unknown), tuple(hidden))
