import pytest
from support.questionnaires import (
    DAST10,
    FREQUENCY,
    GAD7,
    PHQ9,
    as_bytes,
    audit_c,
    coded,
    dast10,
    frequency,
    grouped_sum,
    loinc,
    option,
    phq9,
    question,
    questionnaire,
    yes_no,
)

from safeplan_desktop.domain.questionnaires import RuleKind
from safeplan_desktop.services import questionnaires


def read(plain):
    return questionnaires.read(as_bytes(plain))


def said(found, *words):
    return any(all(word in warning for word in words) for warning in found.warnings)


def rule_is_not_applied(found, *words):
    return (
        not found.scoring.instrument
        and not found.scoring.is_known
        and said(found, "isn't applied")
        and said(found, *words)
    )


def test_a_panel_is_known_by_its_total_or_its_questions_alone():
    plain = phq9()
    del plain["code"]
    assert read(plain).scoring.instrument == "phq-9"
    plain["item"].pop()
    assert read(plain).scoring.instrument == "phq-9"


def test_two_questions_of_a_longer_panel_are_not_the_shorter_one():
    rows = [coded(f"p{place}", code, answerOption=frequency()) for place, code in enumerate(PHQ9[:2])]
    assert read(questionnaire(*rows)).scoring.instrument == "phq-2"
    third = coded("p3", PHQ9[2], answerOption=frequency())
    assert read(questionnaire(*rows, third)).scoring.instrument == ""


def test_link_ids_that_are_codes_are_enough():
    rows = [question(f"/{code}", answerOption=frequency()) for code in GAD7]
    assert read(questionnaire(*rows)).scoring.instrument == "gad-7"


def test_whole_numbers_within_the_published_range_count_themselves():
    plain = phq9()
    core = "http://hl7.org/fhir/StructureDefinition/"
    limits = [{"url": core + "minValue", "valueInteger": 0}, {"url": core + "maxValue", "valueInteger": 3}]
    plain["item"][0] = {**coded("p1", PHQ9[0]), "type": "integer", "extension": limits}
    found = read(plain)
    assert found.scoring.instrument == "phq-9"
    answers = {
        f"p{place}": (2.0,) if place == 1 else (found.question(f"p{place}").options[1].value,) for place in range(1, 10)
    }
    assert questionnaires.result(found, answers).total == 10
    del plain["item"][0]["extension"]
    assert rule_is_not_applied(read(plain), "asks for a number")


def test_points_other_than_the_published_ones_are_named():
    plain = phq9()
    plain["item"][4]["answerOption"][3]["extension"][0]["valueDecimal"] = 4
    assert rule_is_not_applied(read(plain), "p5", "0, 1, 2, 4", "0, 1, 2, 3")


def test_points_that_are_exchanged_are_named():
    plain = phq9()
    first, last = (plain["item"][4]["answerOption"][place]["extension"][0] for place in (0, 3))
    first["valueDecimal"], last["valueDecimal"] = 3, 0
    assert rule_is_not_applied(read(plain), "p5", "not as published")


def test_exchanged_names_of_answers_are_named():
    plain = phq9()
    for place, name in ((1, "Nearly every day"), (3, "Several days")):
        plain["item"][4]["answerOption"][place]["valueCoding"].update(code=f"own-{place}", display=name)
    assert rule_is_not_applied(read(plain), "p5", "answer named", "not as published")


def test_unknown_answers_are_taken_only_in_a_row():
    plain = phq9()
    plain["item"][4]["answerOption"] = [
        option(f"o{place}", f"O{place}", worth) for place, worth in enumerate((0, 2, 1, 3))
    ]
    assert rule_is_not_applied(read(plain), "p5", "in a row")
    plain["item"][4]["answerOption"] = [
        option(f"o{place}", f"O{place}", worth) for place, worth in enumerate((3, 2, 1, 0))
    ]
    assert read(plain).scoring.instrument == "phq-9"


def test_a_question_of_several_answers_is_not_the_published_one():
    plain = phq9()
    plain["item"][4]["repeats"] = True
    assert rule_is_not_applied(read(plain), "p5", "several answers")


def test_missing_and_doubled_questions_are_named():
    plain = phq9()
    gone = {**plain, "item": plain["item"][:4] + plain["item"][5:]}
    assert rule_is_not_applied(read(gone), PHQ9[4], "isn't in the file")
    twice = {**plain, "item": [*plain["item"], coded("again", PHQ9[4], answerOption=frequency())]}
    assert rule_is_not_applied(read(twice), PHQ9[4], "stands there twice")


def test_the_ten_questions_of_a_longer_test_are_not_its_three():
    extra = [question(f"x{place}", answerOption=frequency()) for place in range(7)]
    assert read(audit_c()).scoring.instrument == "audit-c"
    assert rule_is_not_applied(read(audit_c(*extra)), "AUDIT-C has 3 questions", "x0")


def test_another_first_question_is_not_the_published_one():
    assert rule_is_not_applied(read(audit_c(first="68517-2")), "68518-0", "isn't in the file")


def test_one_answer_split_in_two_is_taken_and_said():
    plain = audit_c()
    plain["item"][1]["answerOption"].insert(0, option("none", "None at all", 0))
    found = read(plain)
    assert found.scoring.instrument == "audit-c"
    assert said(found, "a2", "more answers than the published one")


def test_the_reversed_question_is_taken_as_published_and_its_turned_wording_is_said():
    assert read(dast10()).scoring.instrument == "dast-10"
    turned = coded("d3", DAST10[2], answerOption=yes_no(0, 1), text="Are you unable to stop?")
    assert rule_is_not_applied(read(dast10(turned)), "d3", "unable")
    counted = coded("d3", DAST10[2], answerOption=yes_no(1, 0), text="Are you unable to stop?")
    assert rule_is_not_applied(read(dast10(counted)), "d3", "not as published")


def test_yes_and_no_without_points_count_as_published():
    plain = dast10()
    for item in plain["item"]:
        item.update(type="boolean")
        del item["answerOption"]
    found = read(plain)
    assert found.scoring.instrument == "dast-10"
    assert [(one.value, one.points) for one in found.question("d3").options] == [(True, 0), (False, 1)]
    assert questionnaires.result(found, {f"d{place}": (True,) for place in range(1, 11)}).total == 9


def test_a_lone_question_without_a_code_fills_the_one_gap_and_it_is_said():
    plain = questionnaire(
        *(coded(f"g{place}", code, answerOption=frequency()) for place, code in enumerate(GAD7)), code=loinc("69737-5")
    )
    del plain["item"][5]["code"]
    found = read(plain)
    assert found.scoring.instrument == "gad-7"
    assert said(found, "g5", "carries no code")
    plain["item"].append(plain["item"].pop(5))
    assert rule_is_not_applied(read(plain), GAD7[5], "isn't in the file")


def test_the_critical_question_is_never_guessed():
    plain = phq9()
    del plain["item"][8]["code"]
    assert rule_is_not_applied(read(plain), PHQ9[8], "isn't in the file")


def test_questions_without_codes_are_taken_in_order_only_after_a_confirmation():
    plain = questionnaire(
        *(question(f"q{place}", answerOption=frequency()) for place in range(9)), code=loinc("44249-1")
    )
    found = read(plain)
    assert found.scoring.kind is RuleKind.UNCONFIRMED
    assert found.scoring.instrument == "phq-9"
    assert said(found, "in their order")
    plain["item"].pop()
    assert read(plain).scoring.instrument == ""


def test_a_known_name_without_the_codes_is_said():
    found = read({**grouped_sum(9), "title": "My own PHQ-9 copy"})
    assert found.scoring.kind is RuleKind.FILE_SUM
    assert said(found, "PHQ-9", "aren't coded")
    assert said(read({**grouped_sum(8), "title": "PHQ-9"}), "9 questions", "here 8")
    assert not said(read({**grouped_sum(9), "title": "PHQ-90"}), "PHQ-9")


def test_a_total_of_the_file_that_leaves_questions_out_is_said():
    plain = phq9()
    sums = grouped_sum(4)["item"][1]["extension"]
    sums[0]["valueExpression"]["expression"] = "%resource.item.where(linkId in ('p1'|'p2')).answer.value.weight().sum()"
    plain["item"][9]["extension"] = sums
    found = read(plain)
    assert found.scoring.instrument == "phq-9"
    assert said(found, "leaves out", "p3", "p9")
    sums[0]["valueExpression"]["expression"] = "%resource.item.answer.value.weight().sum() * 2"
    assert said(read(plain), "sum of the points of 9 questions, times 2; the published rule of PHQ-9 is used instead")
    sums[0]["valueExpression"]["expression"] = "%resource.item.answer.value.weight().sum() * -2"
    assert said(read(plain), "wasn't understood", "PHQ-9 is used instead")


def test_a_hidden_question_that_counts_is_said():
    plain = phq9()
    plain["item"][2]["extension"] = [
        {"url": "http://hl7.org/fhir/StructureDefinition/questionnaire-hidden", "valueBoolean": True}
    ]
    found = read(plain)
    assert said(found, "p3", "hides it")
    visible = {f"p{place}": (found.question("p1").options[1].value,) for place in range(1, 10) if place != 3}
    assert questionnaires.result(found, visible).missing == ("p3",)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (
            lambda rows: rows[1]["answerOption"][3]["extension"][0].update(valueDecimal=5),
            ("g.2", "otherwise than in the others"),
        ),
        (lambda rows: rows[1]["answerOption"][3]["extension"][0].update(valueDecimal=2), ("g.2", "count the same")),
        (
            lambda rows: rows[1]["answerOption"][3]["extension"][0].update(valueDecimal=0.5),
            ("g.2", "neither rise nor fall"),
        ),
        (
            lambda rows: [
                one["extension"][0].update(valueDecimal=3 - place) for place, one in enumerate(rows[1]["answerOption"])
            ],
            ("g.2", "Check that this fits its wording"),
        ),
    ],
)
def test_a_sum_of_uneven_answers_waits_for_the_therapist(change, words):
    plain = grouped_sum()
    change(plain["item"][0]["item"])
    found = read(plain)
    assert found.scoring.kind is RuleKind.UNCONFIRMED
    assert said(found, *words)


def test_a_result_of_another_range_than_its_words_say_waits_for_the_therapist():
    plain = grouped_sum()
    plain["item"][1]["text"] = "Sum (0–27)"
    found = read(plain)
    assert found.scoring.kind is RuleKind.UNCONFIRMED
    assert said(found, "0 to 27", "0 to 12")


def test_answers_without_points_are_named():
    plain = grouped_sum(3)
    del plain["item"][1]["extension"]
    del plain["item"][0]["item"][0]["answerOption"][2]["extension"]
    found = read(plain)
    assert said(found, "g.1", f"“{FREQUENCY[2][1]}”", "no points")
    assert found.limits() is None


def test_questions_with_points_outside_of_the_files_sum_are_named():
    plain = grouped_sum(3)
    plain["item"].append(question("more", answerOption=frequency()))
    assert said(read(plain), "more", "leaves it out")


PC_PTSD = ("102011-4", "102012-2", "102013-0", "102014-8", "102015-5", "102016-3")
C_SSRS = ("93246-7", "93247-5", "93248-3", "93249-1", "93250-9", "93267-3", "93269-9")


def _only_after(item, asked):
    return {**item, "enableWhen": [{"question": asked, "operator": "=", "answerBoolean": True}]}


def test_what_the_published_instrument_does_not_ask_after_a_no_is_not_missed():
    first, *rest = (coded(code, code, type="boolean") for code in PC_PTSD)
    found = read(questionnaire(first, *(_only_after(one, PC_PTSD[0]) for one in rest), code=loinc("102010-6")))
    assert (found.scoring.instrument, found.limits()) == ("pc-ptsd-5", (0, 5))
    assert questionnaires.result(found, {PC_PTSD[0]: (False,)}).total == 0
    answers = {code: (place % 2 == 0,) for place, code in enumerate(PC_PTSD)}
    assert questionnaires.result(found, answers).total == 2
    unresolved = {**answers, PC_PTSD[0]: (False,)}
    assert questionnaires.result(found, unresolved).total is None
    assert set(questionnaires.result(found, unresolved).hidden) == set(PC_PTSD[1:])


def test_a_screen_result_comes_from_yes_and_no_with_branches():
    items = [coded(code, code, type="boolean") for code in C_SSRS]
    for place in (2, 3, 4):
        items[place] = _only_after(items[place], C_SSRS[1])
    items[6] = _only_after(items[6], C_SSRS[5])
    found = read(questionnaire(*items, code=loinc("93373-9")))
    assert (found.scoring.instrument, found.limits()) == ("c-ssrs-screener", None)
    no = questionnaires.result(found, dict.fromkeys((C_SSRS[0], C_SSRS[1], C_SSRS[5]), (False,)))
    assert (no.total, no.missing, no.score.complete) == (None, (), True)
    yes = questionnaires.result(found, {**dict.fromkeys(C_SSRS[:5], (True,)), C_SSRS[5]: (False,)})
    assert yes.score.tier
    assert yes.score.tier != no.score.tier
    unresolved = questionnaires.result(
        found, {C_SSRS[0]: (True,), C_SSRS[1]: (False,), C_SSRS[3]: (True,), C_SSRS[5]: (False,)}
    )
    assert (unresolved.score.tier, unresolved.hidden) == (None, (C_SSRS[3],))


def test_answers_that_are_numbers_count_themselves():
    plain = phq9()
    for item in plain["item"][:9]:
        item["answerOption"] = [{"valueInteger": value} for value in range(4)]
    found = read(plain)
    assert found.scoring.instrument == "phq-9"
    assert questionnaires.result(found, {f"p{place}": (2.0,) for place in range(1, 10)}).total == 18


def test_a_question_that_the_file_asks_only_sometimes_is_not_scored_by_the_published_rule():
    plain = phq9()
    plain["item"][8]["enableWhen"] = [{"question": "p1", "operator": "=", "answerCoding": {"code": "LA6571-9"}}]
    found = read(plain)
    assert found.scoring.kind is not RuleKind.OWN_RULE
    assert any("only after certain answers" in warning for warning in found.warnings)
