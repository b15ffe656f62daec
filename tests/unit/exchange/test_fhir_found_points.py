"""Points that stand in the file's own calculation alone."""

import pytest
from support.questionnaires import as_bytes, calculated, coded, loinc, option, question, questionnaire

from safeplan_desktop.domain.questionnaires import RuleKind
from safeplan_desktop.services import questionnaires

TRIED_OUT = (
    "The answers carry no points of their own; the points were found by trying out the file's calculation. Please compare "
    "them."
)
PC_PTSD = ("102012-2", "102013-0", "102014-8", "102015-5", "102016-3")


def read(plain):
    return questionnaires.read(as_bytes(plain))


def with_total(expression, *rows):
    return questionnaire(*rows, question("sum", "integer", readOnly=True, extension=calculated(expression)))


def yes_no(count=4):
    return [question(f"b{place}", "boolean") for place in range(count)]


def bare(codes, count=3):
    return [
        question(f"q{place}", answerOption=[option(code, f"Answer {code}") for code in codes]) for place in range(count)
    ]


def points(found, link):
    return [one.points for one in found.question(link).options]


COUNTED = {
    "yes is counted": "%resource.item.where(answer.valueBoolean = true).count()",
    "yes is one": " + ".join(f"iif(%resource.item.where(linkId='b{n}').answer.value = true, 1, 0)" for n in range(4)),
}


@pytest.mark.parametrize("name", COUNTED)
def test_yes_counts_what_the_calculation_says(name):
    found = read(with_total(COUNTED[name], *yes_no()))
    assert (found.scoring.kind, found.scoring.items) == (RuleKind.FILE_SUM, ("b0", "b1", "b2", "b3"))
    assert points(found, "b0") == [1, 0]
    assert TRIED_OUT in found.warnings
    assert questionnaires.result(found, {"b0": (True,), "b1": (False,), "b2": (True,), "b3": (True,)}).total == 3
    assert questionnaires.result(found, {"b0": (True,)}).total is None


@pytest.mark.parametrize(
    ("expression", "worth", "times"),
    [
        ("%resource.item.answer.select(valueCoding.code.toInteger()).sum()", [0, 1, 2], 1),
        ("%resource.item.answer.select(valueCoding.code.toInteger() * 3).sum()", [0, 3, 6], 1),
        ("%resource.item.answer.select(iif(valueCoding.code = '2', 5, 0)).sum()", [0, 0, 5], 1),
        ("%resource.item.answer.select(2 - valueCoding.code.toInteger()).sum()", [2, 1, 0], 1),
    ],
)
def test_codes_count_what_the_calculation_makes_of_them(expression, worth, times):
    found = read(with_total(expression, *bare("012")))
    assert points(found, "q1") == worth
    assert (found.scoring.times, found.scoring.divided_by, found.scoring.plus) == (times, 1, 0)
    assert TRIED_OUT in found.warnings


def test_points_that_the_calculation_turns_round_are_turned_round_and_said():
    rows = [
        question(f"q{n}", answerOption=[option(str(worth), f"Answer {worth}", worth) for worth in (1, 2, 3)])
        for n in range(3)
    ]
    turned = "4 - %resource.item.where(linkId = 'q1').answer.value.weight()"
    others = "%resource.item.where(linkId in ('q0'|'q2')).answer.value.weight().sum()"
    found = read(with_total(f"{others} + ({turned})", *rows))
    assert [points(found, f"q{n}") for n in range(3)] == [[1, 2, 3], [3, 2, 1], [1, 2, 3]]
    assert (
        "Question q1: the file's calculation counts the answers otherwise than their points say; its calculation is taken "
        "(Answer 1 = 3, Answer 2 = 2, Answer 3 = 1)."
    ) in found.warnings
    assert found.limits() == (3, 9)
    assert found.scoring.kind is RuleKind.UNCONFIRMED


@pytest.mark.parametrize(
    "expression",
    [
        "iif(%resource.item.where(answer.valueBoolean = true).count() > 2, 1, 0)",
        "%resource.item.where(answer.valueBoolean = true).count() * %resource.item.where(answer.valueBoolean = true).count()",
        "%resource.item.where(answer.valueBoolean = true).count().max()",
        "iif(%resource.item.where(linkId='other').answer.value = 'x', 1, 0) + %resource.item.where(answer.valueBoolean = true).count()",
        "%resource.item.where(answer.exists()).count()",
    ],
)
def test_what_is_no_sum_over_single_questions_gives_no_points(expression):
    found = read(with_total(expression, *yes_no(), question("other", "string")))
    assert found.scoring.kind is RuleKind.NONE
    assert points(found, "b0") == [None, None]
    assert any("isn't used" in warning for warning in found.warnings)


def test_points_that_stand_somewhere_else_are_not_tried_out():
    found = read(with_total("%resource.item.answer.value.weight().sum()", *bare("012")))
    assert points(found, "q0") == [None, None, None]
    assert found.scoring.kind is RuleKind.NONE


def test_a_question_that_may_stay_away_is_counted_only_where_it_then_counts_nothing():
    waits = [{"question": "b0", "operator": "=", "answerBoolean": True}]
    rows = yes_no()
    rows[3]["enableWhen"] = waits
    assert read(with_total(COUNTED["yes is counted"], *rows)).scoring.kind is RuleKind.FILE_SUM
    missing = "%resource.item.where(answer.valueBoolean = true).count() + iif(%resource.item.where(linkId='b3').answer.exists(), 0, 1)"
    assert read(with_total(missing, *rows)).scoring.kind is RuleKind.NONE


def test_a_recognised_form_whose_calculation_agrees_is_scored_by_our_own_rule():
    rows = [coded("gate", "102011-4", type="boolean")]
    rows += [coded(f"b{n}", code, type="boolean") for n, code in enumerate(PC_PTSD)]
    for row in rows[1:]:
        row["enableWhen"] = [{"question": "gate", "operator": "=", "answerBoolean": True}]
    summed = "%resource.item.where(linkId.startsWith('b') and answer.valueBoolean = true).count()"
    plain = {**with_total(summed, *rows), "code": loinc("102010-6")}
    assert read(plain).scoring.instrument == "pc-ptsd-5"
    turned = "%resource.item.where(linkId.startsWith('b') and answer.valueBoolean = false).count()"
    assert read({**with_total(turned, *rows), "code": loinc("102010-6")}).scoring.instrument == ""


def test_a_mark_that_follows_some_answers_alone_is_not_taken_for_the_total():
    rated = [question(f"r{n}", answerOption=[option(str(w), f"Answer {w}", w) for w in range(3)]) for n in range(3)]
    found = read(with_total(COUNTED["yes is counted"], *yes_no(), *rated))
    assert (found.scoring.kind, found.scoring.items) == (RuleKind.UNCONFIRMED, ("r0", "r1", "r2"))
    assert any("isn't used" in warning for warning in found.warnings)
    alone = "iif(%resource.item.where(linkId='b0').answer.value = true, 1, 0)"
    assert read(with_total(alone, *yes_no())).scoring.kind is RuleKind.NONE
