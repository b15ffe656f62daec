import time
from fractions import Fraction

import pytest
from support.questionnaires import (
    as_bytes,
    calculated,
    frequency,
    grouped_sum,
    option,
    question,
    questionnaire,
    several_entries,
    variable,
)

from safeplan_desktop.domain.questionnaire_scoring import agrees
from safeplan_desktop.domain.questionnaires import Operator, RuleKind
from safeplan_desktop.exchange.fhir_expressions import comparison, sum_of
from safeplan_desktop.exchange.fhir_trial import Around
from safeplan_desktop.services import questionnaires

ORDINAL = "http://hl7.org/fhir/StructureDefinition/ordinalValue"


ALL = "%resource.item.item.answer.value.weight()"
FIRST = "%resource.item.item.where(linkId='g.1').answer.value.weight()"


def tried(expression, plain=None, variables=None):
    plain = plain or grouped_sum()
    return sum_of(expression, variables or {}, questionnaires.read(as_bytes(plain)).questions, Around(plain, {}))


@pytest.mark.parametrize(
    "expression",
    [
        f"%resource.item.descendants().where(linkId.startsWith('g.')).answer.valueCoding.extension.where(url='{ORDINAL}').valueDecimal.sum()",
        f"%resource.item.item.where(linkId in ('g.1'|'g.2'|'g.3'|'g.4')).answer.value.extension('{ORDINAL}').value.sum()",
        "%resource.descendants().where(linkId.startsWith('g.')).answer.value.weight().sum()",
        "%context.item.where(linkId='g').item.answer.value.ordinal().sum()",
        "item.item.answer.value.weight().aggregate($this + $total, 0)",
        "%resource.answers().value.ordinal().sum()",
        "%resource.item.take(1).item.answer.value.ordinal().sum().abs()",
        "%resource.answers().sum(value.weight())",
        "QuestionnaireResponse.item.item.answer.valueCoding.extension.valueDecimal.aggregate($this + $total, 0)",
        "%resource.repeat(item).where(linkId != 'sum').answer.value.ordinal().sum()",
        "%context.repeat(item | answer).where(linkId.startsWith('g.')).answer.weight().sum()",
        "%resource.item.item.where(linkId.matches('^g\\\\.[1-4]$')).answer.value.weight().sum()",
        "%resource.repeat(answer.item|item).where(linkId.matches('g.(1|2|3|4)')).answer.value.weight().sum()",
        "iif(%resource.item.item.answer.exists(), %resource.item.item.answer.value.weight().sum(), 0)",
        "+".join(f"%resource.item.item.where(linkId='g.{place}').answer.value.weight().sum()" for place in range(1, 5)),
        "+".join(
            f"%questionnaire.item.item.where(linkId='g.{place}').answerOption.where(valueCoding.code=%resource.item.item"
            f".where(linkId='g.{place}').answer.valueCoding.code).extension.where(url='{ORDINAL}').valueDecimal"
            for place in range(1, 5)
        ),
    ],
)
def test_a_sum_is_found_however_it_is_written(expression):
    assert tried(expression).items == ("g.1", "g.2", "g.3", "g.4")


def test_a_sum_may_be_made_of_variables_that_need_each_other():
    each = {f"v{place}": f"%resource.item.item.where(linkId='g.{place}').answer.value.weight()" for place in (1, 2)}
    both = {**each, "sum": "iif(%v1.exists(), %v1, 0) + iif(%v2.exists(), %v2, 0)"}
    assert tried("%sum", variables=both).items == ("g.1", "g.2")


def test_numbers_count_themselves():
    plain = questionnaire(question("a", "integer"), question("b", "integer"))
    assert tried("%resource.item.answer.value.sum()", plain).items == ("a", "b")
    assert tried("%resource.item.answer.value.avg()", plain).scale == Fraction(1, 2)


@pytest.mark.parametrize(
    ("expression", "why"),
    [
        ("%resource.item.item.answer.value.weight().sum() * -2", "no plain sum"),
        ("%resource.item.item.answer.value.weight().sum() / 1009", "no plain sum"),
        ("(%resource.item.item.answer.value.weight().sum() / 3).round(0)", "no plain sum"),
        (
            "%resource.item.item.answer.value.weight().sum() * %resource.item.item.answer.value.weight().sum()",
            "no plain",
        ),
        (f"2 * {FIRST} + %resource.item.item.where(linkId='g.2').answer.value.weight()", "no multiple or mean of one"),
        ("%resource.item.item.answer.value.weight().sum() + 0.0001", "no plain sum"),
        ("(%resource.item.item.answer.value.weight().sum() / 3).round(1) + 1", "no plain sum"),
        ("1 + (%resource.item.item.answer.value.weight().sum() / 3).round(1)", "no plain sum"),
        ("10 - %resource.item.item.answer.value.weight().sum()", "no plain sum"),
        ("iif(%resource.item.item.answer.value.weight().sum() > 3, 1, 0)", "no"),
        ("%resource.item.item.answer.value.weight().max()", "max"),
        ("%resource.item.item.answer.count()", "no plain sum"),
        ("7", "no plain sum"),
        ("%resource.item.item.answer.value", "something else than one number"),
        ("%nowhere + 1", "nowhere"),
        ("1 +", "can't be run"),
        ("%resource.item.item.answer.value.weight().sum(", "can't be run"),
        ("%resource.item.item.answer.value.weight().sum() )", "can't be run"),
        ("%resource.item.item..answer.value.weight().sum()", "can't be run"),
        ("'((((' & (", "can't be run"),
        ("item.repeat(item)", "something else than one number"),
        ("item.repeat($this)", "it uses repeat on something else than items and answers"),
        ("'a'.repeat($this & 'a')", "it uses repeat on something else than items and answers"),
        (
            "item.where(linkId.matches('(a+)+$')).count()",
            "it uses matches with a pattern that this program doesn't run",
        ),
        (
            "item.where(linkId.matches('(a|a)*b')).count()",
            "it uses matches with a pattern that this program doesn't run",
        ),
        ("item.where(linkId.matches('(')).count()", "it uses matches with a pattern that this program doesn't run"),
        ("item.where(linkId.matches('(a' & '+)+$')).count()", "it uses matches with a pattern that is put together"),
        ("1+" * 5000 + "1", "too long"),
        ("descendants()." * 9 + "count()", "too long"),
    ],
)
def test_what_is_no_plain_sum_is_not_used_and_says_why(expression, why, capsys):
    found = tried(expression)
    assert found.items is None
    assert why in found.why_not
    assert capsys.readouterr().out == ""


def test_variables_that_need_themselves_end():
    assert "doesn't define" in tried("%a", variables={"a": "%b", "b": "%a + 1"}).why_not


def test_a_sum_that_only_some_answers_follow_is_none():
    plain = grouped_sum()
    wrong = "%resource.item.item.answer.value.weight().sum() + iif(%resource.item.item.where(linkId='g.2').answer.value.code = 'LA6571-9', 1, 0)"
    assert tried(wrong, plain).items is None


def test_more_questions_than_can_be_tried_out_in_time_are_said():
    rows = [question(f"g.{place}", answerOption=frequency()) for place in range(61)]
    assert "too many" in tried("1", questionnaire(*rows)).why_not
    assert "no question has points" in tried("1", questionnaire(question("a", answerOption=[option("x", "X")]))).why_not


def test_a_condition_on_a_sum_is_taken_apart():
    assert comparison("%score  >= 10") == ("%score", Operator.AT_LEAST, 10)
    assert comparison("%score!=0") == ("%score", Operator.NOT_EQUAL, 0)
    assert comparison("%score.exists()") is None
    assert comparison("10 <= %score") == ("%score", Operator.AT_LEAST, 10)
    assert comparison("10 > %score") == ("%score", Operator.LESS, 10)
    assert comparison("10 = %score") == ("%score", Operator.EQUAL, 10)


def shown_by(expression):
    url = "http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-questionnaire-enableWhenExpression"
    return [{"url": url, "valueExpression": {"language": "text/fhirpath", "expression": expression}}]


def test_a_condition_on_a_sum_shows_and_hides():
    plain = grouped_sum()
    plain["extension"] = [variable("all", "%resource.item.item.answer.value.weight().sum()")]
    plain["item"].append(question("after", "string", extension=shown_by("%all > 0")))
    found = questionnaires.read(as_bytes(plain))
    condition = found.question("after").show_when[0]
    assert (condition.sum_of, condition.operator, condition.value) == (
        ("g.1", "g.2", "g.3", "g.4"),
        Operator.GREATER,
        0,
    )
    assert found.warnings == ()


def test_a_total_that_is_not_understood_gives_no_total_and_says_so():
    plain = grouped_sum()
    plain["item"][1]["extension"] = calculated("%resource.item.item.answer.value.weight().max()")
    found = questionnaires.read(as_bytes(plain))
    assert not found.scoring.is_known
    assert any("max" in warning for warning in found.warnings)
    assert any("wasn't understood" in warning for warning in found.warnings)


@pytest.mark.parametrize(
    ("kind", "more", "further"),
    [
        ("boolean", {}, "iif(%resource.item.where(linkId='x').answer.value = true, 10, 0)"),
        ("choice", {"answerOption": [option("q", "Q"), option("r", "R")]},
         "iif(%resource.item.where(linkId='x').answer.value.code = 'r', 10, 0)"),
        ("integer", {}, "iif(%resource.item.where(linkId='x').answer.value > 17, 10, 0)"),
    ],
)  # fmt: skip
def test_a_sum_that_also_follows_an_answer_without_points_is_not_taken_for_a_plain_sum(kind, more, further):
    plain = grouped_sum(2)
    total = plain["item"].pop()
    expression = total["extension"][0]["valueExpression"]
    expression["expression"] = f"({expression['expression']}) + {further}"
    plain["item"] += [question("x", kind, **more), total]
    found = questionnaires.read(as_bytes(plain))
    assert found.scoring.kind is not RuleKind.FILE_SUM
    assert any("isn't used" in warning for warning in found.warnings)


AGES = "%resource.item.where(linkId = 'ages').answer.value"


def test_the_sum_over_several_entries_is_the_result_where_the_file_says_so():
    found = questionnaires.read(as_bytes(several_entries()))
    assert (found.scoring.kind, found.scoring.items) == (RuleKind.FILE_SUM, ("ages",))
    assert found.limits() is None
    assert questionnaires.result(found, {"ages": (3.0, 4.0)}).total == 7


@pytest.mark.parametrize("expression", [f"{AGES}.first()", f"iif({AGES}.count() > 1, 0, {AGES}.sum())", f"{AGES} + 0"])
def test_what_counts_several_entries_otherwise_is_named_and_not_used(expression):
    found = questionnaires.read(as_bytes(several_entries(expression)))
    assert found.scoring.items == ()
    assert any("doesn't add up several answers to question ages" in one for one in found.warnings), found.warnings


@pytest.mark.parametrize(
    ("expression", "scaling"),
    [
        (f"{ALL}.sum() * 4", (4, 1, 0)),
        (f"4 * iif({ALL}.exists(), {ALL}.sum(), 0)", (4, 1, 0)),
        (f"{ALL}.sum() / 4", (1, 4, 0)),
        (f"{ALL}.avg()", (1, 4, 0)),
        (f"{ALL}.sum() / {ALL}.count()", (1, 4, 0)),
        (f"({ALL}.sum() / 12) * 100", (25, 3, 0)),
        (f"{ALL}.sum() * 0.25 * 10", (5, 2, 0)),
        (f"{ALL}.sum() + 4", (1, 1, 4)),
        (f"({ALL}.sum() - 4) * 5", (5, 1, -20)),
        (f"{ALL}.avg() + 1", (1, 4, 4)),
        (f"({ALL}.sum() / 3).round(2)", (1, 3, 0)),
        (f"{ALL}.avg().round(1)", (1, 4, 0)),
        ("%mean", (1, 4, 0)),
        (f"{ALL}.sum().toString()", (1, 1, 0)),
    ],
)
def test_a_multiple_and_a_mean_are_found_however_they_are_written(expression, scaling):
    found = tried(expression, variables={"mean": f"({ALL}.sum() / 4).round(2)"})
    assert (found.items, found.scaling) == (("g.1", "g.2", "g.3", "g.4"), scaling)


def scaled(expression, text="Result"):
    plain = grouped_sum(expression=expression)
    plain["item"][1]["text"] = text
    return questionnaires.read(as_bytes(plain))


def test_a_multiple_is_the_result_and_says_so():
    found = scaled(f"{ALL}.sum() * 4", "Result (0-48)")
    assert found.scoring.kind is RuleKind.FILE_SUM
    assert "its total is the sum of the points of 4 questions, times 4." in found.scoring.why
    assert found.limits() == (0, 48)
    assert found.warnings == ()
    levels = {f"g.{place}": (found.question(f"g.{place}").options[place - 1].value,) for place in range(1, 5)}
    assert questionnaires.result(found, levels).total == 24
    assert questionnaires.result(found, {"g.1": levels["g.1"]}).total is None


def test_a_mean_is_the_result_and_agrees_with_one_that_is_rounded():
    found = scaled(f"{ALL}.avg()")
    assert "its total is the mean of the points of 4 questions." in found.scoring.why
    assert found.limits() == (0, 3)
    levels = {f"g.{place}": (found.question(f"g.{place}").options[place // 4].value,) for place in range(1, 5)}
    total = questionnaires.result(found, levels).total
    assert total == 0.25
    assert agrees(0.25, total)
    assert agrees(0.3, total)
    assert not agrees(0.26, total)
    assert not agrees(0, total)
    assert agrees(2, 2.0)
    assert not agrees(2, 2.3)


def test_a_mean_of_questions_that_may_stay_away_is_not_worked_out_and_says_why():
    plain = grouped_sum(expression=f"{ALL}.avg()")
    plain["item"][0]["item"][3]["enableWhen"] = [
        {"question": "g.1", "operator": "=", "answerCoding": {"code": "LA6570-1"}}
    ]
    found = questionnaires.read(as_bytes(plain))
    assert found.scoring.kind is RuleKind.UNCONFIRMED
    assert (found.scoring.times, found.scoring.divided_by) == (1, 1)
    assert any("counts otherwise where question g.4 isn't asked" in one for one in found.warnings), found.warnings
    plain["item"][1]["extension"] = calculated(f"{ALL}.sum() * 2")
    assert questionnaires.read(as_bytes(plain)).scoring.times == 2


def test_a_condition_on_a_multiple_is_about_the_sum_that_it_comes_from():
    plain = grouped_sum(expression=f"{ALL}.sum() * 4")
    plain["item"].append(
        question("after", "string", enableWhen=[{"question": "sum", "operator": "<=", "answerInteger": 30}])
    )
    plain["item"].append(question("late", "string", extension=shown_by(f"{ALL}.sum() * 4 > 30")))
    plain["item"].append(question("more", "string", extension=shown_by(f"({ALL}.sum() - 4) * 5 = 10")))
    found = questionnaires.read(as_bytes(plain))
    conditions = [found.question(link).show_when[0] for link in ("after", "late", "more")]
    assert [(one.sum_of, one.operator, one.value) for one in conditions] == [
        (("g.1", "g.2", "g.3", "g.4"), Operator.AT_MOST, 7.5),
        (("g.1", "g.2", "g.3", "g.4"), Operator.GREATER, 7.5),
        (("g.1", "g.2", "g.3", "g.4"), Operator.EQUAL, 6),
    ]


def test_a_sum_on_a_scale_of_its_own_is_worked_out_and_said():
    found = scaled(f"({ALL}.sum() - 4) * 5 / 2", "Result")
    assert "the sum of the points of 4 questions, times 5 and minus 20 and all that divided by 2." in found.scoring.why
    assert found.limits() == (-10, 20)
    levels = {f"g.{place}": (found.question(f"g.{place}").options[3].value,) for place in range(1, 5)}
    assert questionnaires.result(found, levels).total == 20
    shifted = scaled(f"{ALL}.avg() + 1", "Result").scoring
    assert "the sum of the points of 4 questions, plus 4 and all that divided by 4." in shifted.why


@pytest.mark.parametrize(
    "expression",
    [
        "'a'" + ".select($this & $this)" * 80 + ".length()",
        "3" + ".select($this * $this)" * 80,
        "item.item.aggregate($total.combine($total), 1).count()" + ".combine(1)" * 20,
        "%resource.descendants().aggregate($total * $total, 3)",
        "%doubled.length()",
    ],
)
def test_what_grows_without_end_is_stopped_in_time(expression):
    plain = grouped_sum(20)
    variables = {"doubled": "%a35 & %a35", **{f"a{n}": f"%a{n - 1} & %a{n - 1}" for n in range(1, 36)}, "a0": "'aaaa'"}
    begun = time.thread_time()
    assert tried(expression, plain, variables).why_not == "there is too much to try out"
    assert time.thread_time() - begun < 2


def test_a_long_form_that_looks_up_each_question_in_a_variable_of_its_own_is_tried_out_in_time():
    links = [f"/{place}-1" for place in range(100, 116)]
    looked_up = {
        f"v{place}": f"%questionnaire.item.where(linkId = '{link}').answerOption.where(valueCoding.code=%resource.item"
        f".where(linkId = '{link}').answer.valueCoding.code).extension.where(url='{ORDINAL}').valueDecimal"
        for place, link in enumerate(links)
    }
    plain = questionnaire(*(question(link, answerOption=frequency()) for link in links))
    added = " + ".join(f"iif(%{name}.exists(), %{name}, 0)" for name in looked_up)
    begun = time.thread_time()
    assert tried(added, plain, looked_up).items == tuple(links)
    assert time.thread_time() - begun < 2
    wrong = {**looked_up, "v7": looked_up["v6"]}
    assert tried(added, plain, wrong).items is None


def test_a_condition_on_a_result_that_is_rounded_is_named_because_the_exact_one_is_worked_out():
    rounded = f"({ALL}.sum() / 7).round(1)"
    plain = grouped_sum(expression=rounded)
    plain["item"].append(question("late", "string", extension=shown_by(f"{rounded} > 1.3")))
    plain["item"].append(
        question("after", "string", enableWhen=[{"question": "sum", "operator": ">", "answerDecimal": 1.3}])
    )
    found = questionnaires.read(as_bytes(plain))
    assert (found.scoring.times, found.scoring.divided_by) == (1, 7)
    assert [found.question(link).show_when for link in ("late", "after")] == [(), ()]
    said = "\n".join(found.warnings)
    assert "The condition of question late isn't used: it compares a sum that is rounded. It is always shown." in said
    assert "Question after depends on sum, which nobody answers and which isn't worked out here." in said
