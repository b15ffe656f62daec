from datetime import UTC, datetime

import pytest
from support.questionnaires import (
    CORE,
    FREQUENCY,
    GAD7,
    LOINC,
    PHQ9,
    as_bytes,
    frequency,
    grouped_sum,
    option,
    phq9,
    question,
    questionnaire,
    yes_no,
)

from safeplan_desktop.domain.questionnaire_answers import points_of
from safeplan_desktop.domain.questionnaires import Code
from safeplan_desktop.exchange.fhir_json import RefusedFileError
from safeplan_desktop.exchange.fhir_response import write_response
from safeplan_desktop.services import questionnaires

WHEN = datetime(2026, 3, 1, 10, 30, tzinfo=UTC)


def read(plain):
    return questionnaires.read(as_bytes(plain))


def response(*items, **more):
    return as_bytes({"resourceType": "QuestionnaireResponse", "status": "completed", "item": list(items), **more})


def chose(link_id, code, **more):
    return {"linkId": link_id, "answer": [{"valueCoding": {"code": code, **more}}]}


def phq9_answers(levels, name="p{}"):
    return [chose(name.format(place), FREQUENCY[level][0]) for place, level in enumerate(levels, 1)]


def test_answers_score_as_the_published_rule_says_and_are_compared_with_the_stated_total():
    found = read(phq9())
    stated = {"linkId": "total", "answer": [{"valueDecimal": 12}]}
    taken = questionnaires.answers_in(response(*phq9_answers([2, 2, 2, 2, 1, 1, 1, 1, 0]), stated), found)
    result = questionnaires.result(found, taken.answers)
    assert (result.total, taken.total, result.score.band.label) == (12, 12, "moderate")
    assert result.flags == ()
    assert taken.warnings == ()


def test_a_critical_answer_is_flagged_also_in_an_incomplete_set():
    found = read(phq9())
    result = questionnaires.result(found, questionnaires.answers_in(response(chose("p9", "LA6569-3")), found).answers)
    assert result.total is None
    assert [flag.item for flag in result.flags] == ["9"]
    assert set(result.missing) == {f"p{place}" for place in range(1, 9)}


def test_answers_are_found_by_code_and_by_ending_where_link_ids_differ_and_it_is_said():
    found = read(phq9())
    by_code = [chose(f"/{code}", "LA6569-3") for code in PHQ9]
    taken = questionnaires.answers_in(response(*by_code), found)
    assert questionnaires.result(found, taken.answers).total == 9
    assert len(taken.warnings) == 9
    own = grouped_sum()
    by_ending = [chose(f"other.{place}", "LA6570-1") for place in range(1, 5)]
    taken = questionnaires.answers_in(response(*by_ending), read(own))
    assert questionnaires.result(read(own), taken.answers).total == 8
    assert all("by its ending" in warning for warning in taken.warnings)


def brought(codes, name="{}"):
    """The questionnaire that answers bring along, with the codes of its questions."""
    items = [
        {"linkId": name.format(place), "code": [{"system": LOINC, "code": code}]} for place, code in enumerate(codes, 1)
    ]
    return {"contained": [{"resourceType": "Questionnaire", "id": "asked", "item": items}], "questionnaire": "#asked"}


def phq9_by_codes():
    plain = phq9()
    for item in plain["item"]:
        item["linkId"] = "/" + item["code"][0]["code"]
    return read(plain)


def test_answers_are_found_by_the_codes_of_the_questions_that_they_bring_along():
    codes = (*PHQ9[:3], "69722-7", *PHQ9[3:])
    items = [chose(str(place), FREQUENCY[place % 4][0]) for place in range(1, 11)]
    taken = questionnaires.answers_in(response(*items, **brought(codes)), phq9_by_codes())
    expected = {f"/{code}": FREQUENCY[place % 4][0] for place, code in enumerate(codes, 1) if code in PHQ9}
    assert {link: given[0].code for link, given in taken.answers.items()} == expected
    assert "The answer to “4” belongs to no question here and is left out." in taken.warnings
    assert sum("by its code" in warning for warning in taken.warnings) == 9


def test_the_check_digit_of_a_code_is_no_ending():
    for items in ([chose("9", "LA6571-9")], [chose(f"x.{place}", "LA6571-9") for place in range(1, 10)]):
        with pytest.raises(RefusedFileError, match="None of the answers"):
            questionnaires.answers_in(response(*items), phq9_by_codes())


def test_the_same_link_id_with_another_code_is_another_question():
    items = [chose(f"p{place}", "LA6571-9") for place in range(1, 8)]
    with pytest.raises(RefusedFileError, match="None of the answers"):
        questionnaires.answers_in(response(*items, **brought(GAD7, "p{}")), read(phq9()))
    turned = [chose(f"p{place}", FREQUENCY[place % 4][0]) for place in range(1, 10)]
    taken = questionnaires.answers_in(response(*turned, **brought(PHQ9[::-1], "p{}")), read(phq9()))
    assert taken.answers["p9"][0].code == FREQUENCY[1][0]
    assert "“p1” is another question there; it was taken for p9 by its code." in taken.warnings


def test_answers_that_bring_another_questionnaire_along_say_so():
    def warned(**more):
        contained = {"resourceType": "Questionnaire", "id": "asked", "title": "Five questions", **more}
        data = response(chose("p1", "LA6569-3"), contained=[contained], questionnaire="#asked")
        return questionnaires.answers_in(data, read(phq9())).warnings

    assert warned() == ("The answers name another questionnaire: Five questions.",)
    assert warned(code=[{"system": LOINC, "code": "44249-1"}]) == ()
    assert warned(title="Nine questions") == ()


def test_answers_that_belong_nowhere_are_said():
    taken = questionnaires.answers_in(response(chose("p1", "LA6569-3"), chose("elsewhere", "x")), read(phq9()))
    assert any("elsewhere" in warning for warning in taken.warnings)
    with pytest.raises(RefusedFileError, match="None of the answers"):
        questionnaires.answers_in(response(chose("elsewhere", "x")), read(phq9()))


def test_empty_answers_are_no_answers():
    taken = questionnaires.answers_in(response({"linkId": "p1", "answer": [{}]}, chose("p2", "LA6569-3")), read(phq9()))
    assert set(taken.answers) == {"p2"}


def test_an_answer_that_is_not_listed_gives_no_result():
    found = read(phq9())
    items = phq9_answers([1] * 9)
    items[3] = chose("p4", "LA0-0")
    taken = questionnaires.answers_in(response(*items), found)
    result = questionnaires.result(found, taken.answers)
    assert (result.total, result.unknown) == (None, ("p4",))
    assert any("isn't one of the listed" in warning for warning in taken.warnings)


def test_an_answer_may_be_known_by_its_words():
    found = read(phq9())
    items = phq9_answers([1] * 9)
    items[3] = chose("p4", "own-code", display="Most days")
    taken = questionnaires.answers_in(response(*items), found)
    assert questionnaires.result(found, taken.answers).total == 10
    assert any("by its words" in warning for warning in taken.warnings)


def test_an_answer_under_a_hidden_question_gives_no_result_until_it_is_resolved():
    when = {"question": "a", "operator": "=", "answerCoding": {"code": "y"}}
    plain = grouped_sum(2)
    plain["item"][0]["item"] = [
        question("g.1", answerOption=yes_no()),
        question("g.2", answerOption=yes_no(), enableWhen=[{**when, "question": "g.1"}]),
    ]
    plain["item"][1]["text"] = "Sum"
    found = read(plain)
    both = {"g.1": (Code("n"),), "g.2": (Code("y"),)}
    assert questionnaires.result(found, both).hidden == ("g.2",)
    assert questionnaires.result(found, both).total is None
    assert questionnaires.result(found, {"g.1": (Code("n"),)}).total == 0
    assert questionnaires.result(found, {"g.1": (Code("y"),), "g.2": (Code("y"),)}).total == 2
    assert questionnaires.result(found, {"g.1": (Code("y"),)}).missing == ("g.2",)


def test_a_sum_that_is_not_confirmed_is_no_result():
    found = read(questionnaire(*(question(f"q{place}", answerOption=yes_no()) for place in range(3))))
    result = questionnaires.result(found, {f"q{place}": (Code("y"),) for place in range(3)})
    assert (result.total, result.unconfirmed) == (None, 3)


@pytest.mark.parametrize(
    ("more", "word"),
    [({"status": "entered-in-error"}, "entered in error"), ({"resourceType": "Questionnaire"}, "no answers")],
)
def test_files_without_usable_answers_are_refused(more, word):
    with pytest.raises(RefusedFileError, match=word):
        questionnaires.answers_in(response(chose("p1", "LA6569-3"), **more), read(phq9()))


def test_unfinished_answers_and_another_questionnaire_are_said():
    data = response(chose("p1", "LA6569-3"), status="in-progress", questionnaire="http://example.org/another|2")
    warnings = questionnaires.answers_in(data, read(phq9())).warnings
    assert any("aren't complete" in warning for warning in warnings)
    assert any("another questionnaire" in warning for warning in warnings)


def test_a_response_that_is_written_is_read_back_the_same():
    plain = questionnaire(
        {**question("g", "group"), "item": [
            question("a", answerOption=[option("x", "X"), {"valueInteger": 3}], item=[question("a.1", "string")]),
            question("n", "integer"), question("d", "decimal"), question("when", "date"), question("ok", "boolean"),
            question("many", "open-choice", repeats=True, answerOption=[option("p", "P"), option("q", "Q")]),
            question("much", "quantity"), question("empty", "string"), question("note", "display"),
        ]},
        question("hidden", "string", enableWhen=[{"question": "ok", "operator": "=", "answerBoolean": False}]),
    )  # fmt: skip
    found = read(plain)
    system = "http://example.org/answers"
    answers = {
        "a": (Code("x", system),), "a.1": ("why",), "n": (4.0,), "d": (0.5,), "when": ("2026-02-03",), "ok": (True,),
        "many": (Code("p", system), "something else"), "much": (2.0,),
    }  # fmt: skip
    written = write_response(found, {**answers, "hidden": ("no",)}, authored=WHEN)
    assert written["authored"] == "2026-03-01T10:30:00+00:00"
    assert written["questionnaire"] == "http://example.org/Questionnaire/made-up"
    assert "subject" not in written
    taken = questionnaires.answers_in(as_bytes(written), found)
    assert taken.answers == answers
    assert taken.warnings == ()


def test_the_total_is_written_where_the_questionnaire_has_a_place_for_it():
    found = read(phq9())
    answers = {f"p{place}": (Code(FREQUENCY[1][0], LOINC),) for place in range(1, 10)}
    written = write_response(found, answers, authored=WHEN, total=9)
    assert questionnaires.answers_in(as_bytes(written), found).total == 9
    assert write_response(found, {}, authored=WHEN, complete=False)["status"] == "in-progress"


@pytest.mark.parametrize("given", [[55], [-3], [3, 4]])
def test_numbers_that_a_question_does_not_allow_count_nothing_and_are_said(given):
    limits = [
        {"url": CORE + "minValue", "valueInteger": 0},
        {"url": CORE + "maxValue", "valueInteger": 10},
    ]
    asked = read(questionnaire(question("n", "integer", extension=limits)))
    answers = questionnaires.answers_in(
        response({"linkId": "n", "answer": [{"valueInteger": value} for value in given]}), asked
    )
    assert any("isn't what the question allows" in warning for warning in answers.warnings)
    assert points_of(asked.question("n"), answers.answers["n"]) is None


def test_two_answers_to_a_question_of_one_count_nothing():
    asked = read(questionnaire(question("a", answerOption=frequency())))
    twice = {"linkId": "a", "answer": [{"valueCoding": {"code": FREQUENCY[one][0]}} for one in (1, 3)]}
    answers = questionnaires.answers_in(response(twice), asked)
    assert points_of(asked.question("a"), answers.answers["a"]) is None


def _nine(**answer):
    items = [{"linkId": f"p{place}", "answer": [answer]} for place in range(1, 10)]
    found = read(phq9())
    taken = questionnaires.answers_in(response(*items), found)
    return questionnaires.result(found, taken.answers), taken.warnings


@pytest.mark.parametrize(
    ("answer", "why"),
    [
        ({"valueString": "Some days"}, "(“Some days”), because it has no code"),
        ({"valueString": " some   DAYS "}, "(“some   DAYS”), because it has no code"),
        ({"valueCoding": {"display": "Some days"}}, "(“Some days”), because it has no code"),
        ({"valueCoding": {"code": "1", "display": "Some days"}}, "(“Some days”), because its code isn't listed"),
    ],
)
def test_an_answer_in_the_very_words_of_one_option_is_taken_and_said(answer, why):
    result, warnings = _nine(**answer)
    assert result.total == 9
    assert warnings[0] == f"The answer to p1 was taken by its words {why}."
    assert len(warnings) == 9


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        ({"valueString": "Some day"}, "(“Some day”) isn't one of the listed answers; it counts nothing."),
        ({"valueInteger": 1}, "(“1”) isn't one of the listed answers; it counts nothing."),
        ({"valueCoding": {"code": "1"}}, "(“1”) isn't one of the listed answers; it counts nothing."),
    ],
)
def test_an_answer_in_other_words_is_named_and_gives_no_result(answer, said):
    result, warnings = _nine(**answer)
    assert result.total is None
    assert result.unknown == tuple(f"p{place}" for place in range(1, 10))
    assert warnings[0] == f"The answer to p1 {said}"


def test_words_that_two_options_share_are_taken_for_neither():
    plain = questionnaire(
        *(question(f"q{n}", answerOption=[option("a", "Often", 0), option("b", "often", 1)]) for n in (1, 2))
    )
    taken = questionnaires.answers_in(response({"linkId": "q1", "answer": [{"valueString": "Often"}]}), read(plain))
    assert taken.answers == {"q1": ("Often",)}
    assert taken.warnings == ("The answer to q1 (“Often”) isn't one of the listed answers; it counts nothing.",)


def test_a_code_that_comes_with_the_words_of_another_answer_is_named():
    result, warnings = _nine(valueCoding={"system": LOINC, "code": "LA6569-3", "display": "Most days"})
    assert result.total == 9
    assert warnings[0] == "The answer to p1 has the code of “Some days” and the words “Most days”; its code is taken."


@pytest.mark.parametrize("answer", [{"valueAttachment": {"title": "x"}}, {"valueInteger": 1, "valueString": "1"}])
def test_an_answer_that_can_not_be_read_is_named_and_an_empty_one_is_none(answer):
    result, warnings = _nine(**answer)
    assert warnings[0] == "An answer to p1 can't be read and is left out."
    assert len(result.missing) == 9
    assert _nine()[1] == ()


IMPOSSIBLE = {
    "date": ("valueDate", "2024-02-31"),
    "dateTime": ("valueDateTime", "2024-02-01T25:00:00Z"),
    "time": ("valueTime", "24:30:00"),
    "integer": ("valueString", "5"),
}


@pytest.mark.parametrize("kind", IMPOSSIBLE)
def test_a_day_or_a_time_that_there_is_not_is_named_wherever_it_stands(kind):
    name, value = IMPOSSIBLE[kind]
    waits = question(
        "late", "string", enableWhen=[{"question": "when", "operator": "=", name.replace("value", "answer"): value}]
    )
    found = read(questionnaire(question("when", kind, initial=[{name: value}]), waits))
    assert found.question("when").initial == ()
    assert f"Question when comes answered with “{value}”, which it can never be; that is left out." in found.warnings
    assert any(f"is to be asked only if when is “{value}”" in warning for warning in found.warnings)
    taken = questionnaires.answers_in(response({"linkId": "when", "answer": [{name: value}]}), found)
    assert taken.warnings == (f"The answer to when (“{value}”) is none that the question can have; it counts nothing.",)


@pytest.mark.parametrize(
    ("kind", "name", "value"),
    [
        ("date", "valueDate", "2024"),
        ("date", "valueDate", "2024-02"),
        ("date", "valueDate", "2024-02-29"),
        ("dateTime", "valueDateTime", "2024-02-29T10:00:00.123+01:00"),
        ("time", "valueTime", "10:00:00.5"),
    ],
)
def test_days_and_times_as_fhir_writes_them_are_taken(kind, name, value):
    found = read(questionnaire(question("when", kind, initial=[{name: value}])))
    assert found.question("when").initial == (value,)


def _with_total(*answers, **more):
    found = read(phq9())
    total = {"linkId": "total", "answer": list(answers)}
    return questionnaires.answers_in(response(*phq9_answers([1] * 9), total, **more), found)


def test_a_total_that_is_no_number_and_two_that_differ_are_named():
    taken = _with_total({"valueString": "9 points"})
    assert taken.total is None
    assert taken.warnings == ("The file states “9 points” as its total, which is no number; it isn't compared.",)
    taken = _with_total({"valueInteger": 9}, {"valueDecimal": 10})
    assert taken.total == 9
    assert taken.warnings == ("The file states several totals (9 and 10); the first one is compared.",)
    assert _with_total({"valueString": "9"}, {"valueDecimal": 9.0}).warnings == ()


@pytest.mark.parametrize(
    "changed",
    [{"implicitRules": "http://x"}, {"modifierExtension": [{"url": "x"}]}, {"contained": [{"modifierExtension": []}]}],
)
def test_answers_whose_meaning_is_changed_are_refused(changed):
    with pytest.raises(RefusedFileError, match="change their meaning"):
        questionnaires.answers_in(response(*phq9_answers([1] * 9), **changed), read(phq9()))


def test_points_that_an_answer_carries_and_the_questionnaire_does_not_know_are_named():
    told = [{"url": CORE + "ordinalValue", "valueDecimal": 3}]
    items = phq9_answers([1] * 9)
    items[0]["answer"][0]["valueCoding"]["extension"] = told
    items[1]["answer"][0]["valueCoding"]["extension"] = [{**told[0], "valueDecimal": 1}]
    taken = questionnaires.answers_in(response(*items), read(phq9()))
    assert taken.warnings == ("The answer to p1 counts 3 in its file and 1 in the questionnaire; 1 is taken.",)


def test_the_words_of_another_question_beside_an_answer_are_named():
    items = phq9_answers([1] * 9)
    items[0]["text"] = "Question  P2"
    items[2]["text"] = "Frage drei"
    taken = questionnaires.answers_in(response(*items), read(phq9()))
    assert taken.warnings == (
        "The answer to p1 comes with the words of question p2; it is taken by its link id. Please compare.",
    )


def test_answers_to_another_edition_are_named():
    found = read(phq9(version="2.0"))
    url = found.url
    assert questionnaires.answers_in(response(*phq9_answers([1] * 9), questionnaire=f"{url}|2.0"), found).warnings == ()
    taken = questionnaires.answers_in(response(*phq9_answers([1] * 9), questionnaire=f"{url}|1.4"), found)
    assert taken.warnings == ("The answers are to edition 1.4 of the questionnaire; here it is edition 2.0.",)
    nameless = {"answer": [{"valueString": "x"}]}
    taken = questionnaires.answers_in(response(*phq9_answers([1] * 9), nameless), found)
    assert taken.warnings == ("An answer without a link id belongs to no question here and is left out.",)


@pytest.mark.parametrize(
    ("unit", "said"),
    [("kg", ()), ("KG", ()), ("lb", "comes in lb; the question asks for kg. The number is taken as it is.")],
)
def test_an_amount_in_another_unit_is_named(unit, said):
    asked = question("w", "quantity", extension=[{"url": CORE + "questionnaire-unit", "valueCoding": {"code": "kg"}}])
    taken = questionnaires.answers_in(
        response({"linkId": "w", "answer": [{"valueQuantity": {"value": 70, "unit": unit}}]}),
        read(questionnaire(asked)),
    )
    assert taken.answers == {"w": (70.0,)}
    assert taken.warnings == ((f"The answer to w {said}",) if said else ())
