import pytest

from safeplan_desktop.domain.questionnaires import Question, QuestionType
from safeplan_desktop.domain.typed_answers import entry_text, read_typed, typed_text


@pytest.mark.parametrize(
    ("kind", "text", "value"),
    [
        (QuestionType.INTEGER, " 7 ", 7.0),
        (QuestionType.DECIMAL, "7,5", 7.5),
        (QuestionType.DECIMAL, "-0.25", -0.25),
        (QuestionType.QUANTITY, "+3", 3.0),
        (QuestionType.DATE, "2026-03-05", "2026-03-05"),
        (QuestionType.DATE, "5.3.2026", "2026-03-05"),
        (QuestionType.DATE, "2026-03", "2026-03"),
        (QuestionType.DATE, "2026", "2026"),
        (QuestionType.TIME, "7:05", "07:05:00"),
        (QuestionType.DATE_TIME, "2026-03-05 14:30", "2026-03-05T14:30:00"),
        (QuestionType.DATE_TIME, "2026-03-05T14:30:00-07:00", "2026-03-05T14:30:00"),
        (QuestionType.DATE_TIME, "2026-03-05", "2026-03-05"),
    ],
)
def test_what_people_type_is_read_and_shown_so_that_it_reads_the_same_again(kind, text, value):
    question = Question("q", kind, "Q")
    assert read_typed(question, text) == (value, "")
    assert read_typed(question, typed_text(value)) == (value, "")


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        (QuestionType.INTEGER, "seven"),
        (QuestionType.DECIMAL, "1,500"),
        (QuestionType.DECIMAL, "1e400"),
        (QuestionType.DECIMAL, "nan"),
        (QuestionType.DATE, "2026-02-30"),
        (QuestionType.DATE, "31.02.2026"),
        (QuestionType.DATE, "20260305"),
        (QuestionType.TIME, "25:00"),
        (QuestionType.DATE_TIME, "2026-03 14:30"),
        (QuestionType.DATE_TIME, "2026-03-05 late"),
    ],
)
def test_what_can_not_be_read_is_no_answer_and_says_so(kind, text):
    value, sentence = read_typed(Question("q", kind, "Q"), text)
    assert value is None
    assert "counts as no answer" in sentence


@pytest.mark.parametrize(
    ("question", "text", "words"),
    [
        (Question("q", QuestionType.INTEGER, "Q", lowest=0, highest=10), "11", "from 0 to 10"),
        (Question("q", QuestionType.INTEGER, "Q", lowest=1), "0", "not under 1"),
        (Question("q", QuestionType.INTEGER, "Q"), "2.5", "whole number"),
        (Question("q", QuestionType.DECIMAL, "Q", highest=2.5), "2.6", "not over 2.5"),
        (Question("q", QuestionType.DATE, "Q", earliest="2000-01-01"), "1999-12-31", "not before 2000-01-01"),
        (Question("q", QuestionType.DECIMAL, "Q", decimals=1), "2.25", "with at most 1 decimal place"),
        (Question("q", QuestionType.DECIMAL, "Q", decimals=0), "2.5", "without decimals"),
        (Question("q", QuestionType.STRING, "Q", longest=3), "four", "of at most 3 characters"),
        (Question("q", QuestionType.TIME, "Q", earliest="08:00:00", latest="20:00:00"), "21:00", "from 08:00:00"),
    ],
)
def test_outside_the_limits_the_answer_is_kept_and_counts_nothing(question, text, words):
    value, sentence = read_typed(question, text)
    assert value is not None
    assert not question.allows((value,))
    assert words in sentence
    assert "counts nothing" in sentence


def test_words_are_shown_as_they_were_written_and_days_as_they_are_typed():
    assert entry_text(Question("q", QuestionType.STRING, "Q"), "The Tower at 07:05:00") == "The Tower at 07:05:00"
    assert entry_text(Question("q", QuestionType.DATE_TIME, "Q"), "2026-03-05T14:30:00Z") == "2026-03-05 14:30"
    assert entry_text(Question("q", QuestionType.STRING, "Q"), 7.0) == "7"


def test_as_many_decimals_as_the_question_takes_are_allowed():
    question = Question("q", QuestionType.DECIMAL, "Q", decimals=2)
    assert [question.allows((value,)) for value in (2.25, 2.0, 1e15, 2.125)] == [True, True, True, False]


def test_several_entries_in_one_line_are_pointed_to_lines_of_their_own():
    assert "line of its own" in read_typed(Question("q", QuestionType.INTEGER, "Q", repeats=True), "3, 4")[1]
    assert "line of its own" not in read_typed(Question("q", QuestionType.INTEGER, "Q"), "3, 4")[1]
