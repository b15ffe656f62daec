import json
import time

import pytest
from support.questionnaires import (
    CORE,
    LOINC,
    as_bytes,
    calculated,
    coded,
    frequency,
    grouped_sum,
    option,
    phq9,
    points,
    question,
    questionnaire,
    yes_no,
)

from safeplan_desktop.domain.questionnaire_answers import shown
from safeplan_desktop.domain.questionnaires import Code, QuestionType, RuleKind
from safeplan_desktop.exchange.fhir_json import RefusedFileError
from safeplan_desktop.services import questionnaires


def read(plain):
    return questionnaires.read(as_bytes(plain))


def said(found, *words):
    return any(all(word in warning for word in words) for warning in found.warnings)


def test_items_keep_their_order_depth_and_what_belongs_to_them():
    found = read(
        questionnaire(
            question("intro", "display"),
            {**question("g", "group"), "item": [
                question("a", "integer", prefix="1.", required=True, extension=[
                    {"url": CORE + "minValue", "valueInteger": 0},
                    {"url": CORE + "maxValue", "valueInteger": 10},
                    {"url": CORE + "questionnaire-unit", "valueCoding": {"code": "d", "display": "days"}},
                ]),
                {**question("b", "boolean", initial=[{"valueBoolean": False}]), "item": [question("b.1", "text", maxLength=80)]},
            ]},
            question("c", "string", readOnly=True),
        )
    )  # fmt: skip
    assert [(one.link_id, one.depth, one.parent) for one in found.questions] == [
        ("intro", 0, ""), ("g", 0, ""), ("a", 1, "g"), ("b", 1, "g"), ("b.1", 2, "b"), ("c", 0, ""),
    ]  # fmt: skip
    number = found.question("a")
    assert (number.prefix, number.required, number.lowest, number.highest, number.unit) == ("1.", True, 0, 10, "days")
    assert found.question("b").initial == (False,)
    assert found.question("b.1").longest == 80
    assert [one.link_id for one in found.questions if one.is_asked] == ["a", "b", "b.1"]
    assert found.warnings == ()


def test_help_stands_beside_its_question():
    control = {"coding": [{"system": "http://hl7.org/fhir/questionnaire-item-control", "code": "help"}]}
    inner = question(
        "a-help", "display", extension=[{"url": CORE + "questionnaire-itemControl", "valueCodeableConcept": control}]
    )
    found = read(questionnaire({**question("a", "string"), "item": [inner]}))
    assert found.question("a").help == ("Question a-help",)
    assert found.question("a-help").is_help


def test_what_stands_under_a_question_belongs_to_it_and_heads_no_other():
    ends = [question(f"a-{end}", "display") for end in ("low", "high")]
    found = read(questionnaire({**question("a", "integer"), "item": ends}, question("b", "integer")))
    assert found.question("a").help == ("Question a-low", "Question a-high")
    grouped = read(
        questionnaire({**question("g", "group"), "item": [question("intro", "display"), question("a", "integer")]})
    )
    assert not grouped.question("intro").is_help


@pytest.mark.parametrize(
    ("written", "value", "label"),
    [
        ({"valueCoding": {"system": "s", "code": "c", "display": "Cee"}}, Code("c", "s"), "Cee"),
        ({"valueCoding": {"code": "c"}}, Code("c"), "c"),
        ({"valueCoding": {"display": "Only words"}}, "Only words", "Only words"),
        ({"valueInteger": 3}, 3, "3"),
        ({"valueString": "Rarely"}, "Rarely", "Rarely"),
        ({"valueDate": "2026-01-31"}, "2026-01-31", "2026-01-31"),
        ({"valueTime": "12:30:00"}, "12:30:00", "12:30:00"),
    ],
)
def test_every_kind_of_answer_is_read(written, value, label):
    found = read(questionnaire(question("a", answerOption=[written, {"valueString": "Another"}])))
    first = found.question("a").options[0]
    assert (first.value, first.label) == (value, label)


def test_points_are_found_wherever_published_files_put_them():
    inside = {"valueCoding": {"code": "x", "display": "X", "extension": [points(2)]}}
    weight = option("y", "Y", 3, name="itemWeight")
    found = read(questionnaire(question("a", answerOption=[option("w", "W", 1), inside, weight])))
    assert [one.points for one in found.question("a").options] == [1, 2, 3]
    assert [one.points_from for one in found.question("a").options] == ["ordinalValue", "ordinalValue", "itemWeight"]


def test_a_printed_number_is_never_taken_for_points():
    prefix = {"url": CORE + "questionnaire-optionPrefix", "valueString": "3"}
    found = read(questionnaire(question("a", answerOption=[{**option("w", "W"), "extension": [prefix]}])))
    assert (found.question("a").options[0].prefix, found.question("a").options[0].points) == ("3", None)


def test_points_that_contradict_each_other_count_nothing_and_are_said():
    twice = option("w", "W", 1)
    twice["valueCoding"]["extension"] = [points(2)]
    found = read(questionnaire(question("a", answerOption=[twice, option("v", "V", 1), option("v", "V", 2)])))
    assert [one.points for one in found.question("a").options] == [None, None]
    assert said(found, "“W”", "two different points")
    assert said(found, "“V”", "stands twice")


def test_points_that_are_no_numbers_are_said():
    odd = option("w", "W")
    odd["extension"] = [{"url": CORE + "ordinalValue", "valueString": "1"}]
    found = read(questionnaire(question("a", answerOption=[odd, option("v", "V", 1e300)])))
    assert [one.points for one in found.question("a").options] == [None, None]
    assert said(found, "“W”", "usable number")
    assert said(found, "“V”", "usable number")


def value_set(**more):
    return {"resourceType": "ValueSet", "id": "vs", "url": "http://example.org/vs", **more}


def test_contained_value_sets_are_read_in_both_of_their_forms():
    listed = value_set(
        compose={"include": [{"system": "s", "concept": [{"code": "a", "display": "A", "extension": [points(1)]}]}]}
    )
    drawn = value_set(expansion={"contains": [
        {"system": "s", "code": "group", "abstract": True, "contains": [{"system": "s", "code": "b", "display": "B"}]},
        {"system": "t", "code": "b", "display": "Other B", "extension": [points(4, "itemWeight")]},
    ]})  # fmt: skip
    one = read(questionnaire(question("q", answerValueSet="#vs"), contained=[listed])).question("q")
    assert [(o.value, o.label, o.points) for o in one.options] == [(Code("a", "s"), "A", 1)]
    two = read(questionnaire(question("q", answerValueSet="http://example.org/vs|1.0"), contained=[drawn])).question(
        "q"
    )
    assert [(o.value, o.label, o.points) for o in two.options] == [
        (Code("b", "s"), "B", None),
        (Code("b", "t"), "Other B", 4),
    ]


def test_value_sets_take_in_contained_sets_and_code_systems_and_leave_out_what_they_exclude():
    system = {"resourceType": "CodeSystem", "id": "cs", "url": "s", "concept": [
        {"code": "a", "concept": [{"code": "a1"}]}, {"code": "b"}, {"code": "c"},
    ]}  # fmt: skip
    inner = {
        **value_set(compose={"include": [{"system": "s"}], "exclude": [{"system": "s", "concept": [{"code": "b"}]}]}),
        "id": "in",
        "url": "u",
    }
    outer = value_set(compose={"include": [{"valueSet": ["#in"]}]})
    found = read(questionnaire(question("q", answerValueSet="#vs"), contained=[system, inner, outer])).question("q")
    assert [one.value.code for one in found.options] == ["a", "a1", "c"]


def test_value_sets_that_take_in_each_other_end():
    first = {**value_set(compose={"include": [{"valueSet": ["#b"]}]}), "id": "a", "url": "u1"}
    second = {**value_set(compose={"include": [{"valueSet": ["#a"]}]}), "id": "b", "url": "u2"}
    found = read(questionnaire(question("q", answerValueSet="#a"), contained=[first, second]))
    assert found.question("q").options == ()
    assert said(found, "isn't in the file")


def test_published_lists_are_known_by_their_address():
    found = read(questionnaire(question("q", answerValueSet="http://loinc.org/vs/LL358-3|2.78")))
    assert [(one.value.code, one.points) for one in found.question("q").options] == [
        ("LA6568-5", 0), ("LA6569-3", 1), ("LA6570-1", 2), ("LA6571-9", 3),
    ]  # fmt: skip
    assert said(found, "LOINC LL358-3", "words of our own")


def test_somebody_elses_copy_of_a_published_list_is_said():
    found = read(questionnaire(question("q", answerValueSet="http://example.org/ValueSet/copy-of-ll358-3")))
    assert len(found.question("q").options) == 4
    assert said(found, "LOINC LL358-3", "compare")


def test_a_value_set_behind_an_address_is_said_and_nothing_is_fetched():
    found = read(questionnaire(question("q", answerValueSet="http://example.org/ValueSet/elsewhere")))
    assert found.question("q").options == ()
    assert said(found, "value set", "http://example.org/ValueSet/elsewhere", "Nothing is fetched")


def test_published_answer_codes_bring_their_points_where_the_file_has_none():
    found = read(
        questionnaire(
            question("q", answerOption=frequency(weighed=False)), question("r", answerOption=frequency(weighed=False))
        )
    )
    assert [one.points for one in found.question("q").options] == [0, 1, 2, 3]
    assert found.question("q").options[0].points_from == "LOINC LL358-3"
    some = [*frequency(weighed=False)[:3], option("LA99", "Odd", system=LOINC)]
    assert all(
        one.points is None for one in read(questionnaire(question("q", answerOption=some))).question("q").options
    )


def condition(question, operator="=", **answer):
    return {"question": question, "operator": operator, **answer}


def test_conditions_show_and_hide():
    found = read(
        questionnaire(
            question("yes", "boolean"),
            question("n", "integer"),
            question("any", "string", enableBehavior="any", enableWhen=[condition("yes", answerBoolean=True), condition("n", ">", answerInteger=3)]),
            question("all", "string", enableBehavior="all", enableWhen=[condition("yes", answerBoolean=True), condition("n", "<=", answerInteger=3)]),
            question("answered", "string", enableWhen=[condition("n", "exists", answerBoolean=True)]),
            question("not", "string", enableWhen=[condition("n", "!=", answerInteger=3)]),
        )
    )  # fmt: skip
    assert shown(found, {}) == {"yes", "n", "not"}
    assert shown(found, {"n": (4,)}) == {"yes", "n", "any", "answered", "not"}
    assert shown(found, {"yes": (True,), "n": (3,)}) == {"yes", "n", "any", "all", "answered"}
    assert found.warnings == ()


def test_conditions_on_codes_compare_the_system_where_both_have_one():
    asked = question("a", answerOption=[option("x", "X"), option("y", "Y")])
    same = question("b", "string", enableWhen=[condition("a", answerCoding={"code": "x"})])
    found = read(questionnaire(asked, same))
    assert "b" in shown(found, {"a": (Code("x", "http://example.org/answers"),)})
    assert "b" not in shown(found, {"a": (Code("x", "http://example.org/other"),)})


@pytest.mark.parametrize(
    ("conditions", "word"),
    [
        ([condition("nowhere", answerBoolean=True)], "isn't another question"),
        ([condition("b", answerBoolean=True)], "isn't another question"),
        ([condition("a", "~", answerBoolean=True)], "doesn't know"),
        ([condition("a")], "names no answer"),
        ([condition("a", answerBoolean=True, answerString="x")], "names no answer"),
        ([condition("a", "exists", answerString="x")], "names no answer"),
        ([condition("a", answerString="yes")], "never has"),
        ([condition("a", answerBoolean=True), condition("a", answerBoolean=False)], "one or all"),
    ],
)
def test_a_condition_that_is_not_understood_never_hides_a_question(conditions, word):
    found = read(questionnaire(question("a", "boolean"), question("b", "string", enableWhen=conditions)))
    assert shown(found, {}) == {"a", "b"}
    assert said(found, word, "always shown")


def test_questions_that_wait_for_each_other_are_shown():
    found = read(
        questionnaire(
            question("a", "boolean", enableWhen=[condition("b", answerBoolean=True)]),
            question("b", "boolean", enableWhen=[condition("a", answerBoolean=True)]),
            {**question("g", "group", enableWhen=[condition("in", answerBoolean=True)]), "item": [question("in", "boolean")]},
        )
    )  # fmt: skip
    assert {"g", "in"} < shown(found, {})
    assert shown(found, {}) & {"a", "b"}
    assert said(found, "waits for")


def test_a_long_chain_of_conditions_is_followed():
    items = [question("q0", "boolean")]
    items += [
        question(f"q{place}", "boolean", enableWhen=[condition(f"q{place - 1}", answerBoolean=True)])
        for place in range(1, 900)
    ]
    found = read(questionnaire(*reversed(items)))
    assert shown(found, {f"q{place}": (True,) for place in range(899)}) == {f"q{place}" for place in range(900)}


def test_what_stands_under_something_hidden_is_hidden():
    inner = question("b", "string", enableWhen=[condition("a", answerBoolean=True)], item=[question("c", "string")])
    assert shown(read(questionnaire(question("a", "boolean"), inner)), {}) == {"a"}


def test_parts_that_are_not_used_are_named():
    odd = {"url": "http://example.org/StructureDefinition/colour", "valueCode": "red"}
    found = read(
        questionnaire({**question("a", "string"), "extension": [odd], "surprise": 1}, extension=[odd], more={})
    )
    assert {(part.where, part.what) for part in found.kept} == {
        ("a", "colour"),
        ("a", "surprise"),
        ("", "colour"),
        ("", "more"),
    }


def test_texts_come_from_wherever_they_are():
    translation = {"extension": [{"url": CORE + "translation", "extension": [
        {"url": "lang", "valueCode": "de"}, {"url": "content", "valueString": "Wie geht es?"}]},
        {"url": CORE + "translation", "extension": [{"url": "lang", "valueCode": "en"}, {"url": "content", "valueString": "How is it?"}]}]}  # fmt: skip
    xhtml = {
        "extension": [
            {"url": CORE + "rendering-xhtml", "valueString": "<div><script>x()</script>A &amp; <b>B</b></div>"}
        ]
    }
    found = read(
        questionnaire(
            {"linkId": "a", "type": "string", "_text": translation},
            {"linkId": "b", "type": "string", "_text": xhtml},
            {"linkId": "c", "type": "string", "code": [{"code": "1", "display": "Named by code"}, {}]},
            {"linkId": "d", "type": "string"},
        )
    )
    assert [one.text for one in found.questions] == ["How is it?", "A & B", "Named by code", "d"]
    assert said(found, "d", "no text")


def test_what_the_file_does_not_say_is_said():
    found = read({"resourceType": "Questionnaire", "item": [question("a", "string", readOnly=True)]})
    assert said(found, "no title")
    assert said(found, "licence")
    assert said(found, "No question would be shown")


def test_hidden_questions_are_not_asked():
    hidden = {"url": CORE + "questionnaire-hidden", "valueBoolean": True}
    found = read(questionnaire(question("a", "string", extension=[hidden]), question("b", "string")))
    assert [one.link_id for one in found.questions if one.is_asked] == ["b"]


@pytest.mark.parametrize(
    ("plain", "words"),
    [
        ({"resourceType": "Bundle", "entry": []}, "bundle"),
        ({"resourceType": "QuestionnaireResponse"}, "answers to a questionnaire"),
        ({"resourceType": "Patient"}, "Patient"),
        ({"item": []}, "no FHIR resource"),
        ({"resourceType": "Questionnaire"}, "no questions"),
        ({"resourceType": "Questionnaire", "item": {}}, "no questions"),
        (questionnaire("words"), "isn't of the form"),
        (questionnaire({"type": "string"}), "no link id"),
        (questionnaire({"linkId": 7, "type": "string"}), "no link id"),
        (questionnaire(question("a", "string"), question("a", "string")), "Two questions"),
        (questionnaire(question("a", "wish")), "wish"),
        (questionnaire({"linkId": "a"}), "no type"),
        (questionnaire({**question("a", "group"), "item": 7}), "isn't a list"),
        (questionnaire(question("a", "coding")), "R5"),
        (questionnaire(question("a", answerConstraint="optionsOnly")), "R5"),
        (questionnaire(question("a"), versionAlgorithmString="semver"), "R5"),
        (questionnaire(question("a", option=[{"valueString": "x"}])), "STU3"),
        (questionnaire(question("a", options={"reference": "#x"})), "STU3"),
        (questionnaire(question("a", "boolean"), question("b", "string", enableWhen=[{"question": "a", "hasAnswer": True}])), "STU3"),
        (questionnaire(question("a", modifierExtension=[{}])), "change its meaning"),
        (questionnaire(question("a", "string"), modifierExtension=[{}]), "change its meaning"),
        (questionnaire(*(question(f"q{place}", "string") for place in range(1001))), "more than 1000"),
        (questionnaire(*(question(f"q{place}", answerOption=[{"valueInteger": n} for n in range(60)]) for place in range(90))), "5000"),
    ],
)  # fmt: skip
def test_what_can_not_be_asked_is_refused_with_a_sentence(plain, words):
    with pytest.raises(RefusedFileError) as error:
        read(plain)
    assert words in error.value.sentences


def test_questions_too_deep_are_refused():
    inner = question("q13", "string")
    for depth in range(12, 0, -1):
        inner = {**question(f"q{depth}", "group"), "item": [inner]}
    with pytest.raises(RefusedFileError, match="12 levels"):
        read(questionnaire(inner))


def test_the_files_own_sum_is_used_where_it_is_understood():
    found = read(grouped_sum())
    assert found.scoring.kind is RuleKind.FILE_SUM
    assert (found.scoring.items, found.scoring.total_item, found.limits()) == (
        ("g.1", "g.2", "g.3", "g.4"),
        "sum",
        (0, 12),
    )
    assert found.question("sum").is_total
    assert not found.question("sum").is_asked


def test_without_a_rule_in_the_file_a_sum_waits_for_the_therapist():
    rows = [question(f"q{place}", answerOption=yes_no()) for place in range(3)]
    found = read(questionnaire(*rows))
    assert found.scoring.kind is RuleKind.UNCONFIRMED
    assert not found.scoring.is_known
    assert "confirm" in found.scoring.why
    assert read(questionnaire(question("a", "string"))).scoring.kind is RuleKind.NONE
    assert read(questionnaire(question("a", answerOption=yes_no()))).scoring.kind is RuleKind.NONE


def test_several_sums_are_named_and_the_widest_is_the_result():
    plain = grouped_sum()
    part = {**plain["item"][1], "linkId": "part", "text": "A part"}
    part["extension"] = [{**part["extension"][0], "valueExpression": {"language": "text/fhirpath", "expression": "%resource.item.item.where(linkId='g.1').answer.value.weight().sum()"}}]  # fmt: skip
    found = read({**plain, "item": [part, *plain["item"]]})
    assert found.scoring.total_item == "sum"
    assert said(found, "part", "further sum", "g.1")


def test_the_widest_file_that_is_allowed_is_read_in_time():
    rows = [coded(f"q{place}", "1-8", answerOption=frequency()) for place in range(999)]
    total = grouped_sum()["item"][1]
    begun = time.thread_time()
    read(questionnaire(*rows, total))
    assert time.thread_time() - begun < 2.0


def test_types_of_all_questions_are_those_of_fhir_r4():
    for kind in QuestionType:
        assert read(questionnaire(question("a", kind.value), question("b", "string"))).question("a").type is kind


def test_phq9_is_recognised_with_and_without_points_of_its_own():
    for weighed in (True, False):
        found = read(phq9(weighed=weighed))
        assert (found.scoring.kind, found.scoring.instrument) == (RuleKind.OWN_RULE, "phq-9")
        assert found.limits() == (0, 27)
        assert found.question("total").is_total
        assert found.warnings == ()


@pytest.mark.parametrize(
    "text", ["How many drinks did you have in total?", "Total number of children", "Your best score"]
)
def test_a_number_that_only_mentions_a_total_is_asked(text):
    found = read(questionnaire(question("a", answerOption=frequency()), {**question("n", "integer"), "text": text}))
    assert found.question("n").is_asked


def test_a_number_that_is_called_a_total_score_is_not_asked_and_said():
    found = read(
        questionnaire(question("a", answerOption=frequency()), {**question("n", "integer"), "text": "Total score"})
    )
    assert found.question("n").is_total
    assert said(found, "n reads as", "result")


def test_what_stands_in_a_hidden_group_is_hidden_and_said():
    group = {**question("g", "group"), "item": [question("a", answerOption=frequency())]}
    group["extension"] = [{"url": CORE + "questionnaire-hidden", "valueBoolean": True}]
    found = read(questionnaire(group))
    assert not found.question("a").is_asked
    assert said(found, "No question would be shown")


def test_a_condition_on_the_total_holds_for_what_it_sums_up():
    plain = grouped_sum(2)
    plain["item"].append(
        question("plan", "boolean", enableWhen=[{"question": "sum", "operator": ">=", "answerInteger": 3}])
    )
    found = read(plain)
    high, low = (Code("LA6571-9", LOINC),), (Code("LA6568-5", LOINC),)
    assert "plan" in shown(found, {"g.1": high, "g.2": low})
    assert "plan" not in shown(found, {"g.1": low, "g.2": low})


def test_a_condition_on_a_result_that_is_not_worked_out_is_said_and_not_followed():
    plain = questionnaire(
        question("a", answerOption=frequency()),
        {**question("t", "integer", readOnly=True), "text": "Total"},
        question("plan", "boolean", enableWhen=[{"question": "t", "operator": ">=", "answerInteger": 3}]),
    )
    found = read(plain)
    assert "plan" in shown(found, {})
    assert said(found, "plan depends on t", "always shown")


def test_half_a_character_is_refused_and_a_whole_pair_is_read():
    with pytest.raises(RefusedFileError, match="half a character"):
        questionnaires.read(as_bytes(questionnaire(question("a"))).replace(b"Question a", b"\\ud83d"))
    whole = questionnaires.read(as_bytes(questionnaire(question("a"))).replace(b"Question a", b"\\ud83d\\ude00"))
    assert whole.question("a").text == "\N{GRINNING FACE}"


def _parts(*totals):
    """Six questions, and results that sum up some of them: each a name, what it sums up, and a number that it is times."""
    rows = [question(f"{part}.{place}", answerOption=yes_no()) for part in "ab" for place in (1, 2, 3)]
    made = []
    for name, start, times in totals:
        summed = f"%resource.item.where(linkId.startsWith('{start}')).answer.value.weight().sum()"
        made.append({**question(name, "integer", readOnly=True, extension=calculated(summed + times)), "text": name})
    return read(questionnaire(*rows, *made))


def test_the_sum_of_one_part_waits_for_a_word_where_another_result_counts_the_others():
    found = _parts(("Part a", "a.", ""), ("Part b", "b.", " * 2"))
    assert found.scoring.kind is RuleKind.UNCONFIRMED
    assert found.scoring.why == (
        "The file has several results. “Part a” is the sum of the points of 3 questions; please confirm that this is to be "
        "the total."
    )
    assert said(found, "Part b", "the sum of the points of 3 questions, times 2 (b.1, b.2, b.3)")
    found = _parts(("Part a", "a.", ""), ("Part b", "b.", ".power(2)"))
    assert found.scoring.kind is RuleKind.UNCONFIRMED


def test_the_sum_of_all_is_the_total_whatever_other_results_count():
    found = _parts(("Part a", "a.", ""), ("Percent", "", " * 4"), ("All", "", ""))
    assert (found.scoring.kind, found.scoring.total_item, found.scoring.times) == (RuleKind.FILE_SUM, "Percent", 4)
    found = _parts(("Part a", "a.", ""), ("Total score", "", ""), ("Percent", "", ".power(2)"))
    assert (found.scoring.kind, found.scoring.total_item) == (RuleKind.FILE_SUM, "Total score")


def test_many_questions_that_a_total_leaves_out_are_named_in_one_sentence():
    plain = questionnaire(*(question(f"q{n}", answerOption=yes_no()) for n in range(6)))
    plain["item"].append(
        question(
            "sum",
            "integer",
            readOnly=True,
            extension=calculated("%resource.item.where(linkId in ('q0'|'q1')).answer.value.weight().sum()"),
        )
    )
    assert (
        "4 questions have answers with points, but the file's total leaves them out: q2, q3, q4, q5."
        in read(plain).warnings
    )


@pytest.mark.parametrize(
    ("locked", "what"), [(False, "the question is asked like any other"), (True, "it stays without an answer")]
)
def test_an_answer_that_the_file_works_out_itself_is_named(locked, what):
    plain = questionnaire(
        question("q", answerOption=yes_no()), question("risk", answerOption=yes_no(None, None), readOnly=locked)
    )
    plain["item"][1]["extension"] = calculated("iif(%resource.item.where(linkId='q').answer.value.code='y', 'y', 'n')")
    found = read(plain)
    assert f"The file works out question risk by itself; that isn't done here, so {what}." in found.warnings
    assert not said(found, "its total isn't worked out")


@pytest.mark.parametrize("name", ["questionnaire-ordinalValue", "ordinalValue", "itemWeight"])
def test_points_are_found_by_an_expression_under_the_name_that_they_have(name):
    plain = questionnaire(
        *(
            question(f"q{n}", answerOption=[option("a", "A", 0, name=name), option("b", "B", 2, name=name)])
            for n in range(3)
        )
    )
    expression = f"%resource.answers().value.extension('http://hl7.org/fhir/StructureDefinition/{name}').value.sum()"
    plain["item"].append(question("sum", "integer", readOnly=True, extension=calculated(expression)))
    assert read(plain).scoring.items == ("q0", "q1", "q2")


def _in(language, words):
    return {"extension": [{"url": CORE + "translation", "extension": [
        {"url": "lang", "valueCode": language}, {"url": "content", "valueString": words}]}]}  # fmt: skip


def test_answers_without_words_of_their_own_are_called_as_they_are_translated_else_by_their_code():
    bare = [{"valueCoding": {"code": "o", "_display": _in("de-CH", "Oft")}}, {"valueCoding": {"code": "n"}}]
    designated = {"resourceType": "ValueSet", "id": "v", "compose": {"include": [{"system": "s", "concept": [
        {"code": "1", "designation": [{"language": "fr", "value": "Un"}, {"language": "de", "value": "Eins"}]},
        {"code": "2", "designation": 5}, {"code": "3"}]}]}}  # fmt: skip
    system = {
        "resourceType": "CodeSystem",
        "url": "s",
        "concept": [{"code": "0", "concept": [{"code": "3", "display": "Drei"}]}],
    }
    plain = questionnaire(
        question("a", answerOption=bare),
        question("b", answerValueSet="#v"),
        language="de",
        contained=[designated, system],
    )
    found = read(plain)
    assert [one.label for one in found.question("a").options] == ["Oft", "n"]
    assert [one.label for one in found.question("b").options] == ["Eins", "2", "Drei"]
    for link in "ab":
        assert f"Some answers of question {link} have no words; their codes are shown instead." in found.warnings


def test_a_long_list_that_has_its_words_in_a_longer_code_system_is_read_in_time():
    codes = [f"c{place}" for place in range(20_000)]
    listed = {"system": "s", "concept": [{"code": code} for code in codes[:900]]}
    words = [{"code": code, "display": code * 2} for code in codes]
    contained = [
        {"resourceType": "ValueSet", "id": "v", "compose": {"include": [listed]}},
        {"resourceType": "CodeSystem", "url": "s", "concept": words},
    ]
    begun = time.thread_time()
    found = read(questionnaire(question("a", answerValueSet="#v"), contained=contained))
    assert time.thread_time() - begun < 2
    assert [one.label for one in found.question("a").options[-2:]] == ["c898c898", "c899c899"]


@pytest.mark.parametrize("extension", [5, [5], [{"url": {}}], [{"url": "lang"}], "x"])
def test_a_broken_translation_is_none(extension):
    broken = {"extension": [{"url": CORE + "translation", "extension": extension}]}
    found = read(questionnaire({"linkId": "a", "type": "string", "_text": broken}))
    assert found.question("a").text == "a"


@pytest.mark.parametrize(
    "picked",
    [
        "linkId = 'q0' or linkId = 'gone' or linkId = 'q1'",
        "linkId in ('q0' | 'gone'|'q1')",
        "linkId='q0' or linkId='q1' or linkId='gone'",
    ],
)
def test_a_calculation_that_names_what_is_not_there_says_so(picked):
    rows = [question(f"q{n}", answerOption=yes_no()) for n in range(2)]
    summed = calculated(f"%resource.item.where({picked}).answer.value.weight().sum()")
    found = read(questionnaire(*rows, question("sum", "integer", readOnly=True, extension=summed)))
    assert found.scoring.items == ("q0", "q1")
    assert (
        "The calculation of question sum names “gone”, which isn't a question here. Something may be missing."
        in found.warnings
    )
    there = calculated("%resource.item.where(linkId != 'gone' and linkId != 'sum').answer.value.weight().sum()")
    found = read(questionnaire(*rows, question("sum", "integer", readOnly=True, extension=there)))
    assert found.warnings == ()


@pytest.mark.parametrize(
    ("worths", "uneven"),
    [
        ((0, 1, 2, 3, 7), True),
        ((0, 2, 3, 4, 6), False),
        ((0, 1, 2, 3), False),
        ((0, 1, 2, 9), True),
        ((0, 1, 5), False),
    ],
)
def test_one_step_that_is_greater_than_all_others_is_named(worths, uneven):
    options = [option(str(place), f"Answer {place}", worth) for place, worth in enumerate(worths)]
    found = read(questionnaire(*(question(f"q{n}", answerOption=options) for n in range(2))))
    said_so = f"The points of q0, q1 don't rise evenly ({', '.join(map(str, worths))}). Check that this is meant."
    assert (said_so in found.warnings) is uneven


@pytest.mark.parametrize("system", ["urn:oid:2.16.840.1.113883.6.1", "http://loinc.org/", "https://loinc.org"])
def test_loinc_is_loinc_by_each_of_its_names(system):
    plain = json.loads(json.dumps(phq9()).replace(f'"{LOINC}"', f'"{system}"'))
    found = read(plain)
    assert found.scoring.instrument == "phq-9"
    listed = {
        "resourceType": "ValueSet",
        "id": "v",
        "compose": {"include": [{"system": system, "concept": [{"code": "LA33-6"}]}]},
    }
    found = read(questionnaire(question("q", answerValueSet="#v"), contained=[listed]))
    assert found.question("q").options[0].value == Code("LA33-6", LOINC)


def test_a_total_of_the_results_of_the_parts_is_understood():
    rows = [question(f"{part}.{place}", answerOption=yes_no()) for part in "ab" for place in (1, 2, 3)]
    made = []
    for name, expression in (
        (
            "both",
            "%resource.item.where(linkId = 'part-a').answer.value + %resource.item.where(linkId = 'part-b').answer.value",
        ),
        ("part-a", "%resource.item.where(linkId.startsWith('a.')).answer.value.weight().sum()"),
        ("part-b", "%resource.item.where(linkId.startsWith('b.')).answer.value.weight().sum()"),
        ("percent", "%resource.item.where(linkId = 'both').answer.value / 6 * 100"),
    ):
        made.append(question(name, "decimal", readOnly=True, extension=calculated(expression)))
    found = read(questionnaire(*rows, *made))
    assert (found.scoring.kind, found.scoring.total_item) == (RuleKind.FILE_SUM, "both")
    assert found.scoring.items == tuple(f"{part}.{place}" for part in "ab" for place in (1, 2, 3))
    assert said(found, "percent", "the sum of the points of 6 questions, times 50 and divided by 3")
    made[0]["extension"] = calculated(
        "%resource.item.where(linkId = 'part-a').answer.value * %resource.item.where(linkId = 'part-b').answer.value"
    )
    assert read(questionnaire(*rows, *made)).scoring.kind is RuleKind.UNCONFIRMED


@pytest.mark.parametrize(("prefixes", "named"), [(("0", "1"), True), (("1.", "2)"), True), (("a", "b"), False)])
def test_numbers_that_are_only_printed_before_the_answers_are_no_points_and_that_is_said(prefixes, named):
    options = [
        {"valueCoding": {"code": f"c{text}", "display": text}, "extension": [
            {"url": CORE + "questionnaire-optionPrefix", "valueString": text}]} for text in prefixes
    ]  # fmt: skip
    found = read(questionnaire(*(question(f"q{n}", answerOption=options) for n in range(2))))
    assert found.scoring.kind is RuleKind.NONE
    assert said(found, "numbers printed before them", "count nothing") is named
