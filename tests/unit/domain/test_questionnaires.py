import dataclasses

import pytest

from safeplan_desktop.domain.questionnaire_answers import compare, points_of, sum_up
from safeplan_desktop.domain.questionnaires import (
    AnswerOption,
    Code,
    Operator,
    Question,
    Questionnaire,
    QuestionType,
    RuleKind,
    ScoreRule,
)

CHOICE = Question(
    "q", QuestionType.CHOICE, "Q", options=(AnswerOption("A", Code("a", "s"), 1), AnswerOption("B", Code("a", "t"), 2))
)


@pytest.mark.parametrize(
    ("value", "operator", "other", "holds"),
    [
        (3.0, Operator.EQUAL, 3, True), (3.0, Operator.GREATER, 2, True), (3.0, Operator.GREATER, 3, False),
        (3.0, Operator.AT_LEAST, 3, True), (3.0, Operator.LESS, 3, False), (2.0, Operator.LESS, 3, True),
        (3.0, Operator.AT_MOST, 3, True), (4.0, Operator.AT_MOST, 3, False), (3.0, Operator.NOT_EQUAL, 4, True),
        ("2026-01-02", Operator.LESS, "2026-02-01", True), ("b", Operator.GREATER, "a", True),
        ("3", Operator.EQUAL, 3, False), (True, Operator.EQUAL, True, True), (True, Operator.EQUAL, 1, False),
        (1.0, Operator.EQUAL, True, False), (Code("a"), Operator.EQUAL, Code("a", "s"), True),
        (Code("a", "t"), Operator.EQUAL, Code("a", "s"), False), (Code("a"), Operator.LESS, Code("b"), False),
        ("a", Operator.EQUAL, Code("a"), False), (3.0, Operator.EXISTS, 3, False),
    ],
)  # fmt: skip
def test_answers_are_compared_only_with_their_own_kind(value, operator, other, holds):
    assert compare(value, operator, other) is holds


def test_a_code_without_its_system_that_could_be_two_answers_is_neither():
    assert CHOICE.option_for(Code("a")) is None
    assert CHOICE.option_for(Code("a", "t")).points == 2
    assert points_of(CHOICE, (Code("a"),)) is None


def test_yes_is_not_the_number_one():
    question = Question("q", QuestionType.CHOICE, "Q", options=(AnswerOption("1", 1.0, 5),))
    assert question.option_for(True) is None
    assert question.option_for(1.0).points == 5


def test_several_answers_count_together_where_the_question_takes_several():
    both = (Code("a", "s"), Code("a", "t"))
    assert points_of(dataclasses.replace(CHOICE, repeats=True), both) == 3
    assert points_of(CHOICE, both) is None
    assert points_of(CHOICE, ()) is None


def test_a_number_counts_itself_only_without_options():
    assert points_of(Question("n", QuestionType.INTEGER, "N"), (4.0,)) == 4
    assert points_of(Question("n", QuestionType.STRING, "N"), ("4",)) is None


def test_limits_add_up_what_can_be_chosen():
    several = Question("r", QuestionType.CHOICE, "R", options=CHOICE.options, repeats=True)
    number = Question("n", QuestionType.INTEGER, "N", lowest=0, highest=10)
    found = Questionnaire("T", (CHOICE, several, number), ScoreRule(RuleKind.FILE_SUM, "", ("q", "r", "n")))
    assert found.limits() == (2, 15)
    assert sum_up(found, {"q": (Code("a", "s"),), "r": (Code("a", "s"), Code("a", "t")), "n": (10.0,)}).total == 14
    assert sum_up(found, {"q": (Code("a", "s"),), "n": (10.0,)}).missing == ("r",)
    assert sum_up(found, {"q": (Code("zz"),), "r": (Code("a", "s"),), "n": (1.0,)}).unknown == ("q",)
    assert Questionnaire("T", (CHOICE,), ScoreRule(RuleKind.NONE, "")).limits() is None
