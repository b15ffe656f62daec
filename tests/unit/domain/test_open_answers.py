"""Promise: before signing it is said of every answer that counts nothing, and of every question without one."""

import pytest
from support.questionnaires import as_bytes, every_kind

from safeplan_desktop.domain.brought_in import as_instrument
from safeplan_desktop.domain.open_answers import OpenAnswers, open_answers
from safeplan_desktop.domain.screenings import InstrumentAnswers, ItemAnswer
from safeplan_desktop.services import questionnaires, reference


@pytest.fixture(scope="module")
def brought_in():
    found = questionnaires.read(as_bytes(every_kind()))
    return as_instrument("mine", "Mine", found, None, sum_confirmed=True).instrument


def _of(instrument, *answers):
    return open_answers(instrument, InstrumentAnswers(instrument.id, answers))


@pytest.mark.parametrize(
    ("answer", "sentence"),
    [
        (
            ItemAnswer("day", note="soon"),
            "“Question day”: “soon” can't be read as a day; kept as typed, it counts as no answer.",
        ),
        (
            ItemAnswer("weight", note="a lot"),
            "“Question weight”: “a lot” can't be read as a number; kept as typed, it counts as no answer.",
        ),
        (
            ItemAnswer("number", given=(11.0,)),
            "“Question number”: “11” is kept as typed. The question takes a whole number from 0 to 10. As it stands, it counts nothing.",
        ),
        (
            ItemAnswer("many", note="often"),
            "“Question many”: answered, although it is no longer asked; the answer counts nothing.",
        ),
    ],
)
def test_an_answer_that_counts_nothing_is_named_with_its_question_and_the_reason(brought_in, answer, sentence):
    assert _of(brought_in, answer).not_counted == (sentence,)


def test_an_answer_that_was_kept_as_typed_isnt_named_twice(brought_in):
    assert "Question day" not in _of(brought_in, ItemAnswer("day", note="soon")).unanswered
    assert "Question day" in _of(brought_in).unanswered
    assert "Question many" not in _of(brought_in).unanswered  # it isn't asked


def test_what_counts_is_not_among_them(brought_in):
    answers = (ItemAnswer("number", given=(7.0,)), ItemAnswer("many", note="often"), ItemAnswer("words", note="Tired"))
    left_open = _of(brought_in, *answers)
    assert left_open.not_counted == ()
    assert {"Question number", "Question many", "Question words"}.isdisjoint(left_open.unanswered)


def test_of_our_own_instruments_hidden_and_missing_ones_are_named_in_order():
    screener = reference.instrument("c-ssrs-screener")
    labels = {item.id: item.label for item in screener.items}
    left_open = _of(screener, ItemAnswer("2", 0), ItemAnswer("4", 1))
    assert len(left_open.not_counted) == 1
    assert left_open.not_counted[0].endswith("answered, although it is no longer asked; the answer counts nothing.")
    assert left_open.unanswered == (f"1. {labels['1']}", f"6. {labels['6']}")
    assert left_open.items == ("4", "1", "6")


def test_a_whole_set_leaves_nothing_open():
    gad = reference.instrument("gad-7")
    assert _of(gad, *(ItemAnswer(item.id, 1) for item in gad.items)) == OpenAnswers()


def test_an_answer_that_can_no_longer_be_chosen_is_named():
    gad = reference.instrument("gad-2")
    assert "none of those that can be chosen now" in _of(gad, ItemAnswer("1", 9), ItemAnswer("2", 1)).not_counted[0]
