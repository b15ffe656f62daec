import json
from dataclasses import replace

import pytest
from support.pdf_reading import read
from support.questionnaires import (
    as_bytes,
    every_kind,
    grouped_sum,
    option,
    phq9,
    question,
    questionnaire,
    several_entries,
)
from support.vaults import sign_scores

from safeplan_desktop.domain.audit import AuditAction
from safeplan_desktop.domain.brought_in import as_instrument
from safeplan_desktop.domain.changes import Noun
from safeplan_desktop.domain.questionnaires import Code
from safeplan_desktop.domain.screenings import InstrumentAnswers, ItemAnswer
from safeplan_desktop.errors import NotFoundError, SafePlanError
from safeplan_desktop.services import questionnaires
from safeplan_desktop.services.answer_files import answers_from
from safeplan_desktop.storage import audit

SYSTEM = "http://example.org/answers"
EVERY = (
    ItemAnswer("signs", given=(Code("a", SYSTEM), Code("b", SYSTEM))),
    ItemAnswer("step", 3),
    ItemAnswer("number", given=(7.0,)),
    ItemAnswer("weight", given=(61.5,)),
    ItemAnswer("day", given=("2026-03-05",)),
    ItemAnswer("moment", given=("2026-03-05T14:30:00",)),
    ItemAnswer("hour", given=("07:05:00",)),
    ItemAnswer("other", note="neither"),
    ItemAnswer("words", note="since the move"),
    ItemAnswer("many", note="more than five"),
)


def _sign(session, client, given):
    screening = session.screenings.get(sign_scores(session, client.id, {}))
    draft, _ = session.screenings.begin(client.id)
    return session.screenings.sign(draft, replace(screening.form, instruments=(given,)), "Dr. Alma Reyes")


def test_what_goes_out_of_a_signed_record_comes_in_again_the_same(session, client):
    taken = session.questionnaires.take_in(as_bytes(every_kind()), "Mine")
    instrument = taken.asked.instrument
    signed = _sign(session, client, InstrumentAnswers(instrument.id, EVERY))
    assert session.screenings.get(signed.id).form.instruments[0].answers == EVERY
    assert signed.facts[0].total == 6
    file = session.answer_files.one(signed.id)
    plain = json.loads(file.data)
    assert plain["questionnaire"] == every_kind()["url"]
    assert "subject" not in plain
    assert "Maren" not in file.data.decode()
    moment = next(item for item in plain["item"] if item["linkId"] == "moment")
    assert moment["answer"] == [{"valueDateTime": "2026-03-05T14:30:00-07:00"}]
    back = answers_from(file.data, instrument)
    assert back.given.answers == EVERY
    assert (back.total, back.warnings) == (6, ())
    assert questionnaires.answers_in(file.data, questionnaires.read(as_bytes(every_kind()))).total == 6


def test_our_own_instruments_go_out_with_their_published_codes(session, client):
    values = (2, 2, 2, 2, 2, 0, 0, 0, 1, 1)
    file = session.answer_files.one(sign_scores(session, client.id, {"phq-9": values}))
    plain = json.loads(file.data)
    assert [item["linkId"] for item in plain["item"]] == [*(str(n) for n in range(1, 10)), "function", "total"]
    coding = plain["item"][0]["answer"][0]["valueCoding"]
    assert (coding["system"], coding["code"]) == ("http://loinc.org", "LA6570-1")
    (asked,) = plain["contained"]
    assert asked["item"][8]["code"] == [{"system": "http://loinc.org", "code": "44260-8"}]
    assert plain["item"][10]["answer"] == [{"valueInteger": 11}]
    back = answers_from(file.data, session.questionnaires.instrument("phq-9"))
    assert [one.value for one in back.given.answers] == list(values)
    assert (back.total, back.warnings) == (11, ())


def test_a_recognised_questionnaire_goes_out_in_the_wording_of_its_day(session, client):
    taken = session.questionnaires.take_in(as_bytes(phq9()), "Mine")
    signed = sign_scores(session, client.id, {"phq-9": (1,) * 10})
    session.desk.clock.forward(days=1)
    session.questionnaires.retire(taken.id)
    file = session.answer_files.one(signed)
    plain = json.loads(file.data)
    assert plain["questionnaire"] == phq9()["url"]
    assert [item["linkId"] for item in plain["item"]] == [*(f"p{n}" for n in range(1, 10)), "total"]
    assert any("isn't in the questionnaire" in sentence for sentence in file.left_out)
    assert plain["item"][9]["answer"] == [{"valueDecimal": 9}]


def test_saving_is_atomic_and_noted_and_replaces_only_its_own_kind(session, client, tmp_path):
    file = session.answer_files.one(sign_scores(session, client.id, {"phq-2": (1, 1)}))
    assert file.suggested_name == "answers_M-07_2026-03-02.json"
    session.answer_files.save(file, tmp_path / file.suggested_name)
    session.answer_files.save(file, tmp_path / file.suggested_name)
    assert (tmp_path / file.suggested_name).read_bytes() == file.data
    every = audit.of_record(session.vault.database, file.screening_id)
    noted = [(one.noun, one.detail) for one in every if one.action is AuditAction.EXPORTED]
    assert noted == [(Noun.SCREENING, "answers, FHIR R4")] * 2
    (tmp_path / "notes.txt").write_text("dear diary")
    with pytest.raises(SafePlanError, match="of another kind"):
        session.answer_files.save(file, tmp_path / "notes.txt")


def test_of_several_instruments_one_has_to_be_named(session, client):
    signed = sign_scores(session, client.id, {"phq-2": (1, 1), "gad-2": (0, 1)})
    with pytest.raises(NotFoundError, match="several"):
        session.answer_files.one(signed)
    assert session.answer_files.one(signed, "gad-2").instrument == "gad-2"
    with pytest.raises(NotFoundError, match="no such"):
        session.answer_files.one(signed, "phq-9")


def test_a_total_that_the_file_states_otherwise_is_said(session):
    taken = session.questionnaires.take_in(as_bytes(grouped_sum(2)), "Mine")
    plain = {"resourceType": "QuestionnaireResponse", "status": "completed", "item": [
        *({"linkId": f"g.{n}", "answer": [{"valueCoding": {"code": "LA6570-1"}}]} for n in (1, 2)),
        {"linkId": "sum", "answer": [{"valueInteger": 6}]}]}  # fmt: skip
    found = answers_from(as_bytes(plain), taken.asked.instrument)
    assert found.total == 4
    assert "The file states a total of 6; here the answers give 4." in found.warnings


def test_answers_that_were_entered_in_error_are_not_passed_on(session, client):
    signed = sign_scores(session, client.id, {"phq-2": (1, 1)})
    session.addenda.void(Noun.SCREENING, signed, client.id, reason="The wrong client", signer="Dr. Alma Reyes")
    with pytest.raises(NotFoundError, match="entered in error"):
        session.answer_files.one(signed)


ENTRIES = (
    ItemAnswer("ages", given=(3.0, 4.0)),
    ItemAnswer("weights", given=(1.5, 61.25)),
    ItemAnswer("amounts", given=(2.0, 2.0)),
    ItemAnswer("days", given=("2026-03-05", "2026-03-06")),
    ItemAnswer("moments", given=("2026-03-05T14:30:00", "2026-03-06T08:00:00")),
    ItemAnswer("hours", given=("07:05:00", "23:00:00")),
    ItemAnswer("pets", given=("Rex", "The Tower")),
    ItemAnswer("stories", given=("first", "second")),
    ItemAnswer("after", note="since the move"),
)


def test_several_entries_go_out_one_by_one_and_come_in_again(session, client):
    taken = session.questionnaires.take_in(as_bytes(several_entries()), "Mine")
    instrument = taken.asked.instrument
    signed = _sign(session, client, InstrumentAnswers(instrument.id, ENTRIES))
    assert (signed.facts[0].total, signed.facts[0].highest_total) == (7, None)
    file = session.answer_files.one(signed.id)
    pets, ages = (
        next(item["answer"] for item in json.loads(file.data)["item"] if item["linkId"] == link)
        for link in ("pets", "ages")
    )
    assert pets == [{"valueString": "Rex"}, {"valueString": "The Tower"}]
    assert ages == [{"valueInteger": 3}, {"valueInteger": 4}]
    back = answers_from(file.data, instrument)
    assert (back.given.answers, back.total, back.warnings) == (ENTRIES, 7, ())


def test_several_entries_stand_one_after_the_other_on_paper(session, client):
    taken = session.questionnaires.take_in(as_bytes(several_entries()), "Mine")
    signed = _sign(session, client, InstrumentAnswers(taken.asked.instrument.id, ENTRIES))
    printed = " ".join(read(session.screening_reports.one(signed.id).make()).text.split())
    for words in ("3; 4", "1.5; 61.25", "2026-03-05; 2026-03-06", "07:05; 23:00", "Rex; The Tower"):
        assert words in printed, words


def test_an_entry_that_can_not_be_read_is_named_and_gives_no_total(session, client):
    taken = session.questionnaires.take_in(as_bytes(several_entries()), "Mine")
    half = ItemAnswer("ages", given=(3.0,), note="four")
    signed = _sign(session, client, InstrumentAnswers(taken.asked.instrument.id, (half, *ENTRIES[1:])))
    assert (signed.facts[0].total, signed.facts[0].complete) == (None, False)
    ages = next(answer for answer in signed.facts[0].answers if answer.item == "ages")
    assert (ages.answer, ages.value) == ("3 (can't be read: four)", None)
    file = session.answer_files.one(signed.id)
    assert "What can't be read of “Question ages” isn't in the file." in file.left_out
    assert json.loads(file.data)["status"] == "in-progress"


def test_more_entries_than_there_are_lines_and_codes_are_named_when_they_come_in():
    instrument = as_instrument(
        "x", "Mine", questionnaires.read(as_bytes(several_entries())), None, sum_confirmed=False
    ).instrument
    items = [
        {"linkId": "ages", "answer": [{"valueInteger": 1}] * 103},
        {"linkId": "pets", "answer": [{"valueString": "Rex"}, {"valueCoding": {"code": "cat"}}]},
        {"linkId": "days", "answer": [{"valueString": "soon"}, {"valueDate": "2026-03-05"}, {"valueString": "late"}]},
    ]
    data = as_bytes({"resourceType": "QuestionnaireResponse", "status": "completed", "item": items})
    taken = answers_from(data, instrument)
    answers = {one.item: one for one in taken.given.answers}
    assert len(answers["ages"].given) == 100
    assert answers["pets"].given == ("Rex",)
    assert (answers["days"].given, answers["days"].note) == (("2026-03-05",), "soon\nlate")
    assert "“Question ages”: 3 of 103 answers can't be taken here; left out." in taken.warnings
    assert "“Question pets”: 1 of 2 answers can't be taken here; left out." in taken.warnings


def _taken(plain, *items):
    instrument = as_instrument("x", "Mine", questionnaires.read(as_bytes(plain)), None, sum_confirmed=False).instrument
    data = as_bytes({"resourceType": "QuestionnaireResponse", "status": "completed", "item": list(items)})
    taken = answers_from(data, instrument)
    return {one.item: one for one in taken.given.answers}, taken.warnings


def test_entries_that_stand_in_several_places_of_a_file_are_all_taken():
    places = [{"linkId": "ages", "answer": [{"valueInteger": age}]} for age in (3, 4)]
    answers, warnings = _taken(several_entries(), *places)
    assert (answers["ages"].given, warnings) == ((3.0, 4.0), ())


@pytest.mark.parametrize("again", ["group", "question"])
def test_a_group_that_was_filled_in_again_and_a_single_question_keep_their_first_answer(again):
    group = question("g", "group", repeats=again == "group")
    group["item"] = [question("ages", "integer", repeats=again == "group")]
    place = {"linkId": "g", "item": [{"linkId": "ages", "answer": [{"valueInteger": 3}]}]}
    other = {"linkId": "g", "item": [{"linkId": "ages", "answer": [{"valueInteger": 4}]}]}
    answers, warnings = _taken(questionnaire(group), place, other)
    assert answers["ages"].given == (3.0,)
    assert "Question ages is answered in more than one place; only the first answer is taken." in warnings


def test_several_other_answers_in_words_are_put_into_one_line_and_that_is_said():
    asked = question("a", "open-choice", repeats=True, answerOption=[option("x", "X"), option("y", "Y")])
    words = [{"valueString": "red"}, {"valueCoding": {"code": "x"}}, {"valueString": "blue"}]
    answers, warnings = _taken(questionnaire(asked), {"linkId": "a", "answer": words})
    assert ([code.code for code in answers["a"].given], answers["a"].note) == (["x"], "red, blue")
    assert warnings == ("The answers in words to “Question a” are put into one line.",)


def test_every_entry_in_words_is_found_by_the_search(session, client):
    taken = session.questionnaires.take_in(as_bytes(several_entries()), "Mine")
    signed = _sign(session, client, InstrumentAnswers(taken.asked.instrument.id, ENTRIES))
    for words in ("Rex", "Tower", "second"):
        assert signed.id in [one.record_id for one in session.find.find(words, show_names=True)], words


@pytest.mark.parametrize(("stated", "agrees"), [(1.3, True), (1.25, True), (1.1, False), (5, False)])
def test_a_mean_that_the_file_states_is_compared_with_the_mean_of_the_answers(stated, agrees):
    plain = grouped_sum(expression="%resource.item.item.answer.value.weight().avg()")
    plain["item"][1]["text"] = "Result"
    items = [{"linkId": f"g.{n}", "answer": [{"valueCoding": {"code": "LA6569-3"}}]} for n in range(1, 4)]
    items.append({"linkId": "g.4", "answer": [{"valueCoding": {"code": "LA6570-1"}}]})
    _, warnings = _taken(plain, *items, {"linkId": "sum", "answer": [{"valueDecimal": stated}]})
    said = f"The file states a total of {stated:g}; here the answers give 1.25."
    assert warnings == (() if agrees else (said,))
