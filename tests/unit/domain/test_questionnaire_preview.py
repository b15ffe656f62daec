"""What the preview says of each question, the same for the window and the command line."""

import pytest

from safeplan_desktop.domain.questionnaire_preview import preview_of
from safeplan_desktop.domain.questionnaires import (
    AnswerOption,
    Code,
    Operator,
    Question,
    Questionnaire,
    QuestionType,
    RuleKind,
    ScoreRule,
    ShowWhen,
)

OPTIONS = (AnswerOption("Never", Code("n"), 0.0), AnswerOption("Often", Code("o"), 1.5), AnswerOption("?", Code("q")))
NO_RULE = ScoreRule(RuleKind.NONE, "")


def said(*questions, rule=NO_RULE):
    return preview_of(Questionnaire("Made up", questions, rule))


@pytest.mark.parametrize(
    ("question", "facts"),
    [
        (Question("q", QuestionType.INTEGER, "Q"), "A whole number"),
        (
            Question("q", QuestionType.INTEGER, "Q", lowest=0, highest=10, unit="days", required=True),
            "A whole number from 0 to 10 in days; has to be answered",
        ),
        (Question("q", QuestionType.DECIMAL, "Q", decimals=1), "A number with at most 1 decimal place"),
        (
            Question("q", QuestionType.DECIMAL, "Q", decimals=2, highest=1.5),
            "A number not over 1.5 with at most 2 decimal places",
        ),
        (Question("q", QuestionType.DECIMAL, "Q", decimals=0), "A number without decimals"),
        (Question("q", QuestionType.QUANTITY, "Q", repeats=True), "A number; several entries"),
        (Question("q", QuestionType.DATE, "Q", earliest="2025-01-01"), "A date not before 2025-01-01"),
        (Question("q", QuestionType.DATE_TIME, "Q"), "A date, with or without a time"),
        (Question("q", QuestionType.TIME, "Q", latest="20:00:00", repeats=True),
         "A time of day not after 20:00:00; several entries"),
        (Question("q", QuestionType.STRING, "Q", longest=40), "Words of at most 40 characters"),
        (Question("q", QuestionType.TEXT, "Q", repeats=True), "Words; several entries"),
        (Question("q", QuestionType.URL, "Q"), "An address"),
        (Question("q", QuestionType.ATTACHMENT, "Q"), "A file"),
        (Question("q", QuestionType.CHOICE, "Q", options=OPTIONS), "One of the answers"),
        (Question("q", QuestionType.CHOICE, "Q", options=OPTIONS, repeats=True), "Several of the answers"),
        (
            Question("q", QuestionType.OPEN_CHOICE, "Q", options=OPTIONS),
            "One of the answers, or another in words",
        ),
        (Question("q", QuestionType.GROUP, "Q"), ""),
        (Question("q", QuestionType.GROUP, "Q", required=True), "Has to be answered"),
        (Question("q", QuestionType.TEXT, "Q", hidden=True), "Words; hidden, so nobody is asked"),
        (Question("q", QuestionType.TEXT, "Q", read_only=True), "Words; only to read, so nobody is asked"),
        (
            Question("q", QuestionType.INTEGER, "Q", read_only=True, is_total=True),
            "A whole number; the result, so nobody is asked for it",
        ),
    ],
)  # fmt: skip
def test_kind_limits_and_duty_are_said_of_each_question(question, facts):
    assert [one.facts for one in said(question)] == [facts]


def test_words_answers_and_points_are_as_the_file_has_them():
    choice = Question("q1", QuestionType.CHOICE, "How often?", prefix="1.", options=OPTIONS, depth=2)
    bare = Question("q2", QuestionType.TEXT, "", hidden=True)
    first, second = said(choice, bare)
    assert (first.words, first.depth, first.answers) == ("1. How often?", 2, ("Never (0)", "Often (1.5)", "?"))
    assert (second.words, second.answers, second.is_asked) == ("q2", (), False)
    assert first.is_asked


def test_what_could_count_and_does_not_is_said():
    counted = Question("a", QuestionType.CHOICE, "A", options=OPTIONS)
    left = Question("b", QuestionType.INTEGER, "B", repeats=True)
    words = Question("c", QuestionType.TEXT, "C")
    rule = ScoreRule(RuleKind.FILE_SUM, "", ("a",))
    assert [one.facts for one in said(counted, left, words, rule=rule)] == [
        "One of the answers",
        "A whole number; several entries; isn't counted",
        "Words",
    ]


@pytest.mark.parametrize(
    ("conditions", "any_", "words"),
    [
        ((), False, ""),
        ((ShowWhen("a", Operator.EQUAL, Code("o")),), False, "“1. How often?” is Often"),
        ((ShowWhen("a", Operator.EXISTS, value=False),), False, "“1. How often?” is not answered"),
        ((ShowWhen("a", Operator.EXISTS, value=True),), False, "“1. How often?” is answered"),
        ((ShowWhen("b", Operator.AT_LEAST, 2.0), ShowWhen("b", Operator.NOT_EQUAL, 7.0)), False,
         "“Same” (b) is at least 2 and “Same” (b) is not 7"),
        ((ShowWhen("b", Operator.LESS, 2.5), ShowWhen("c", Operator.EQUAL, value=True)), True,
         "“Same” (b) is less than 2.5 or “Same” (c) is yes"),
        ((ShowWhen("", Operator.GREATER, 9.0, ("a", "b")),), False, "the sum of 2 questions is more than 9"),
        ((ShowWhen("b", Operator.EQUAL, Code("strange")),), False, "“Same” (b) is strange"),
    ],
)  # fmt: skip
def test_when_a_question_is_asked_names_the_others_by_number_and_text(conditions, any_, words):
    asked = (
        Question("a", QuestionType.CHOICE, "How often?", prefix="1.", options=OPTIONS),
        Question("b", QuestionType.INTEGER, "Same"),
        Question("c", QuestionType.BOOLEAN, "Same"),
        Question("d", QuestionType.TEXT, "Then", show_when=conditions, show_any=any_),
    )
    assert said(*asked)[3].when == words


@pytest.mark.parametrize(
    ("operator", "words"),
    [(">", "is after"), ("<", "is before"), (">=", "is not before"), ("<=", "is not after"), ("=", "is")],
)
def test_days_are_compared_in_words_for_days(operator, words):
    when = ShowWhen("day", Operator(operator), "2020-01-01")
    found = Questionnaire(
        "T",
        (Question("day", QuestionType.DATE, "Day"), Question("q", QuestionType.TEXT, "Q", show_when=(when,))),
        ScoreRule(RuleKind.NONE, ""),
    )
    assert preview_of(found)[1].when == f"“Day” {words} 2020-01-01"
