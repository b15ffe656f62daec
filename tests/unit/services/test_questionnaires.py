import io
import json
from dataclasses import replace

import pypdf
import pytest
from support.questionnaires import (
    as_bytes,
    frequency,
    grouped_sum,
    option,
    phq9,
    question,
    questionnaire,
    yes_no,
)
from support.vaults import sign_scores

from safeplan_desktop.domain.given_answers import asked_in
from safeplan_desktop.domain.questionnaires import Code
from safeplan_desktop.domain.screenings import InstrumentAnswers, ItemAnswer
from safeplan_desktop.errors import InvalidInputError, NotFoundError
from safeplan_desktop.exchange.fhir_json import RefusedFileError
from safeplan_desktop.services import reference

SYSTEM = "http://example.org/answers"
WORD = "Free for clinical use"


def _asked(session, plain, **more):
    return session.questionnaires.take_in(as_bytes(plain), WORD, **more).asked


def test_a_recognised_questionnaire_gives_its_wording_to_our_instrument(session, client):
    asked = _asked(session, phq9())
    assert asked.limits == ()
    instrument = session.questionnaires.instrument("phq-9")
    assert [item.label for item in instrument.items[:2]] == ["Question p1", "Question p2"]
    assert [one.label for one in instrument.options_of(instrument.items[0])] == [
        "Never",
        "Some days",
        "Most days",
        "All days",
    ]
    assert instrument.read_aloud
    assert "Ours" in instrument.credit
    assert WORD in instrument.credit
    # The rule stays ours: bands, flags, and the scores over time.
    assert instrument.bands == reference.instrument("phq-9").bands
    sign_scores(session, client.id, {"phq-9": (2, 2, 2, 2, 2, 0, 0, 0, 1)})
    signed = session.screenings.get(session.screenings.of_client(client.id)[0].id)
    assert (signed.facts[0].total, signed.facts[0].band, len(signed.facts[0].flags)) == (11, "moderate", 1)
    assert signed.facts[0].answers[0].label == "Question p1"
    assert signed.facts[0].answers[0].answer == "Most days"
    assert session.histories.of_client(client.id).of("phq-9").occasions[0].value == 11


def test_a_sum_of_the_file_is_a_total_without_bands(session, client):
    asked = _asked(session, {**grouped_sum(3), "title": "Three things"})
    instrument = asked.instrument
    assert (instrument.title, instrument.has_total, instrument.highest_total, instrument.bands) == (
        "Three things",
        True,
        9,
        (),
    )
    assert [item.id for item in instrument.items] == ["g.1", "g.2", "g.3"]
    assert {item.part for item in instrument.items} == {"Question g"}
    sign_scores(session, client.id, {instrument.id: (1, 2, 3)})
    series = session.histories.of_client(client.id).of(instrument.id)
    assert [one.value for one in series.occasions] == [6]


def test_a_sum_counts_only_after_the_therapist_confirmed_it(session):
    rows = [question(f"q{place}", answerOption=yes_no()) for place in range(3)]
    assert not _asked(session, questionnaire(*rows)).instrument.has_total
    assert _asked(session, questionnaire(*rows, version="2"), sum_confirmed=True).instrument.has_total


def test_branches_are_followed_as_the_file_has_them(session):
    asked = _asked(
        session,
        questionnaire(
            question("a", answerOption=yes_no()),
            question("n", "integer"),
            question("b", answerOption=yes_no(), enableWhen=[{"question": "a", "operator": "=", "answerCoding": {"code": "y"}}]),
            question("c", answerOption=yes_no(), enableWhen=[{"question": "a", "operator": "exists", "answerBoolean": True}]),
            question("d", answerOption=yes_no(), enableWhen=[{"question": "n", "operator": ">", "answerInteger": 3}]),
        ),
    )  # fmt: skip
    assert asked.limits == ()
    instrument = asked.instrument

    def asks(*answers):
        return sorted(asked_in(instrument, InstrumentAnswers(instrument.id, answers)))

    assert asks() == ["a", "n"]
    assert asks(ItemAnswer("a", 0)) == ["a", "b", "c", "n"]
    assert asks(ItemAnswer("a", 1)) == ["a", "c", "n"]
    assert asks(ItemAnswer("n", given=(4.0,))) == ["a", "d", "n"]
    assert asks(ItemAnswer("n", given=(3.0,))) == ["a", "n"]


def test_what_is_answered_in_words_is_kept_with_the_signature(session, client):
    asked = _asked(
        session,
        questionnaire(
            question("w", "text"),
            question("c", answerOption=yes_no()),
            question("m", answerOption=yes_no(), repeats=True),
        ),
    )
    assert asked.limits == ()
    _, form = session.screenings.begin(client.id)
    given = InstrumentAnswers(
        asked.instrument.id,
        (
            ItemAnswer("w", None, "Since the move"),
            ItemAnswer("c", 0),
            ItemAnswer("m", given=(Code("y", SYSTEM), Code("n", SYSTEM))),
        ),
    )
    (fact,) = session.screenings.facts(replace(form, instruments=(given,)))
    assert [(one.answer, one.note) for one in fact.answers] == [("Since the move", ""), ("Yes", ""), ("Yes; No", "")]
    assert fact.complete


def test_points_that_are_no_whole_numbers_give_no_total(session):
    halves = [option("a", "A", 0), option("b", "B", 0.5)]
    rows = [question(f"g.{place}", answerOption=halves) for place in range(1, 3)]
    plain = grouped_sum(2)
    plain["item"][0]["item"] = rows
    plain["item"][1]["text"] = "Sum"
    asked = _asked(session, plain)
    assert not asked.instrument.has_total
    assert any("whole numbers" in sentence for sentence in asked.limits)


def test_the_file_stays_as_it_came_and_nothing_of_it_changes(session):
    data = as_bytes(phq9())
    record = session.questionnaires.take_in(data, f"  {WORD} ")
    (kept,) = session.questionnaires.every()
    assert kept == record
    assert json.loads(kept.source) == phq9()
    assert kept.permission == WORD
    for statement in (
        "UPDATE questionnaire SET source = 'x'",
        "UPDATE questionnaire SET json = 'x'",
        "DELETE FROM questionnaire",
    ):
        with pytest.raises(Exception, match="taken in"):
            session.vault.database.execute(statement)


def test_without_a_word_on_the_licence_nothing_is_taken_in(session):
    with pytest.raises(InvalidInputError) as error:
        session.questionnaires.take_in(as_bytes(phq9()), " ")
    assert error.value.field == "permission"
    with pytest.raises(RefusedFileError):
        session.questionnaires.take_in(b"<x/>", WORD)
    assert session.questionnaires.every() == ()


def test_the_same_file_is_not_taken_in_twice_unless_it_was_retired(session):
    first = session.questionnaires.take_in(as_bytes(grouped_sum()), WORD)
    with pytest.raises(InvalidInputError, match="already"):
        session.questionnaires.take_in(as_bytes(grouped_sum()), WORD)
    session.questionnaires.retire(first.id)
    session.questionnaires.take_in(as_bytes(grouped_sum()), WORD)


def test_what_is_retired_is_no_longer_offered_and_stays_readable(session):
    record = session.questionnaires.take_in(as_bytes(grouped_sum()), WORD)
    worded = session.questionnaires.take_in(as_bytes(phq9()), WORD)
    assert record.asked.instrument.id in session.questionnaires.instruments()
    session.questionnaires.retire(record.id)
    session.questionnaires.retire(worded.id)
    assert record.asked.instrument.id not in session.questionnaires.instruments()
    assert session.questionnaires.instrument(record.asked.instrument.id) == record.asked.instrument
    assert session.questionnaires.instrument("phq-9") == reference.instrument("phq-9")
    with pytest.raises(NotFoundError):
        session.questionnaires.instrument("own-nothing")


def test_records_with_questionnaires_are_whole(session):
    session.questionnaires.take_in(
        as_bytes(questionnaire(question("q", answerOption=frequency()), question("w", "text"))), WORD
    )
    from safeplan_desktop.services.backups import never_cancelled, no_report

    verification = session.backups.verify_records(no_report, never_cancelled)
    assert verification.ok, verification.first_problem


def test_a_recognised_one_with_other_answers_gives_no_score_and_says_where_there_is_one(session):
    plain = phq9()
    plain["item"][1]["answerOption"].insert(0, option("none", "Not once", 0))
    asked = _asked(session, plain)
    assert not asked.instrument.has_total
    assert any("PHQ-9 as shipped does" in sentence for sentence in asked.limits)


def _form(session, record):
    pages = pypdf.PdfReader(io.BytesIO(session.exports.paper_form(record.id).make())).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())


def test_the_paper_form_holds_the_wording_that_was_brought_in_and_no_label_of_ours(session):
    plain = phq9()
    plain["item"].insert(0, question("intro", "display"))
    record = session.questionnaires.take_in(as_bytes(plain), WORD)
    text = _form(session, record)
    for words in ("Nine questions", "Question intro", "1. Question p1", "9. Question p9", "All days", "Ours", WORD):
        assert words in text, words
    assert reference.instrument("phq-9").items[-1].label not in text
    session.questionnaires.retire(record.id)
    with pytest.raises(NotFoundError, match="no longer offered"):
        session.exports.paper_form(record.id)


def test_on_paper_a_branch_says_when_it_is_to_be_answered(session):
    when = {"question": "a", "operator": "=", "answerCoding": {"code": "y"}}
    rows = (
        question("a", answerOption=yes_no()),
        question("b", answerOption=yes_no(), enableWhen=[when]),
        question("w", "text"),
    )
    text = _form(session, session.questionnaires.take_in(as_bytes(questionnaire(*rows)), WORD))
    assert "Only if your answer to question 1 is “Yes”." in text


@pytest.mark.parametrize(
    ("operator", "said"),
    [
        ("=", "your answer to question 1 is 3."),
        ("!=", "your answer to question 1 is not 3."),
        (">=", "your answer to question 1 is at least 3."),
        ("<", "your answer to question 1 is less than 3."),
        (">", "your answer to question 1 is more than 3."),
    ],
)
def test_on_paper_a_comparison_reads_as_a_sentence(session, operator, said):
    when = {"question": "a", "operator": operator, "answerInteger": 3}
    rows = (question("a", "integer"), question("b", "text", enableWhen=[when]))
    text = _form(session, session.questionnaires.take_in(as_bytes(questionnaire(*rows)), WORD))
    assert f"Only if {said}" in text


def test_a_question_that_our_instrument_lacks_is_named(session):
    plain = phq9()
    plain["item"].append(question("extra", "string"))
    assert any("Question extra" in sentence and "isn't asked" in sentence for sentence in _asked(session, plain).limits)


def test_on_paper_a_question_says_that_it_takes_several_answers(session):
    unit = {"url": "http://hl7.org/fhir/StructureDefinition/questionnaire-unit", "valueCoding": {"display": "years"}}
    rows = [
        question("a", "integer", repeats=True, extension=[unit]),
        question("b", repeats=True, answerOption=yes_no()),
    ]
    text = _form(session, session.questionnaires.take_in(as_bytes(questionnaire(*rows)), WORD))
    assert "You may give several answers. In years" in text
    assert "You may tick several." in text
