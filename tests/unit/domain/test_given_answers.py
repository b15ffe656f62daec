"""The wizard asks what the file asks: one rule for both, whatever the questionnaire."""

from dataclasses import replace

import pytest
from hypothesis import given as for_all
from hypothesis import settings
from hypothesis import strategies as st
from support.questionnaires import as_bytes, every_kind, grouped_sum, question, questionnaire, yes_no

from safeplan_desktop.domain.brought_in import Asked, as_instrument
from safeplan_desktop.domain.canonical import from_json, to_json
from safeplan_desktop.domain.given_answers import (
    answers_of,
    asked_in,
    given_from,
    highest_of,
    result_of,
    stated_by_file,
    words_of,
)
from safeplan_desktop.domain.questionnaire_answers import shown, sum_up
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
from safeplan_desktop.domain.screenings import InstrumentAnswers, ItemAnswer
from safeplan_desktop.exchange.fhir_conditions import without_circles
from safeplan_desktop.exchange.fhir_parts import Notes
from safeplan_desktop.services import questionnaires

OPTIONS = tuple(AnswerOption(name.upper(), Code(name, "s"), float(worth)) for worth, name in enumerate("abc"))
YES_NO = (AnswerOption("Yes", value=True), AnswerOption("No", value=False))
KINDS = {
    "one": (QuestionType.CHOICE, OPTIONS, False),
    "several": (QuestionType.CHOICE, OPTIONS, True),
    "alike": (QuestionType.CHOICE, tuple(replace(one, points=1.0) for one in OPTIONS), False),
    "open": (QuestionType.OPEN_CHOICE, OPTIONS, False),
    "yes": (QuestionType.BOOLEAN, YES_NO, False),
    "number": (QuestionType.INTEGER, (), False),
    "decimal": (QuestionType.DECIMAL, (), False),
    "day": (QuestionType.DATE, (), False),
    "time": (QuestionType.TIME, (), False),
    "words": (QuestionType.TEXT, (), False),
    "numbers": (QuestionType.INTEGER, (), True),
    "days": (QuestionType.DATE, (), True),
    "names": (QuestionType.STRING, (), True),
    "group": (QuestionType.GROUP, (), False),
}
NUMBERS = st.integers(-2, 9).map(float)
VALUES = {
    "yes": st.booleans(),
    "number": NUMBERS,
    "decimal": st.sampled_from([-1.5, 0.0, 2.25, 3.0]),
    "day": st.sampled_from(["2026-03-05", "2026", "1999-12-31"]),
    "time": st.sampled_from(["07:05:00", "23:00:00"]),
    "words": st.sampled_from(["much", "little"]),
    "numbers": NUMBERS,
    "days": st.sampled_from(["2026-03-05", "2026", "1999-12-31"]),
    "names": st.sampled_from(["Rex", "The Tower", "2026"]),
}
SEVERAL = {"numbers", "days", "names"}


def _value(kind):
    return VALUES.get(kind, st.sampled_from([option.value for option in OPTIONS]))


@st.composite
def _asked(draw):
    names = draw(st.lists(st.sampled_from(sorted(KINDS)), min_size=2, max_size=7))
    made, groups = [], [""]
    for place, name in enumerate(names):
        kind, options, repeats = KINDS[name]
        parent = draw(st.sampled_from(groups))
        limits = {"lowest": 0.0, "highest": 6.0} if name in {"number", "numbers"} and draw(st.booleans()) else {}
        conditions = []
        for _ in range(draw(st.sampled_from([0, 0, 1, 1, 2]))):
            about = draw(st.integers(0, len(names) - 1))
            if about == place or names[about] == "group":
                continue
            operator = draw(st.sampled_from(list(Operator)))
            value = draw(st.booleans() if operator is Operator.EXISTS else _value(names[about]))
            conditions.append(ShowWhen(f"q{about}", operator, value))
        counting = tuple(
            f"q{n}" for n, one in enumerate(names) if one in {"one", "several", "number", "numbers"} and n != place
        )
        if counting and draw(st.integers(0, 4)) == 0:
            conditions.append(ShowWhen("", draw(st.sampled_from([Operator.AT_LEAST, Operator.LESS])), 2.0, counting))
        made.append(
            Question(
                f"q{place}", kind, f"Question {place}", parent, 0, options=options, repeats=repeats,
                show_when=tuple(conditions), show_any=draw(st.booleans()), **limits,
            )
        )  # fmt: skip
        if name == "group":
            groups.append(f"q{place}")
    questions = tuple(without_circles(made, Notes()))
    scored = tuple(
        one.link_id
        for one, name in zip(questions, names, strict=True)
        if name in {"one", "several", "alike", "number", "numbers"}
    )
    rule = ScoreRule(RuleKind.FILE_SUM if scored else RuleKind.NONE, "", scored)
    answers = {}
    for one, name in zip(questions, names, strict=True):
        if name == "group" or draw(st.booleans()):
            continue
        if name == "several":
            chosen = draw(st.sets(st.integers(0, 2), min_size=1))
            answers[one.link_id] = tuple(OPTIONS[place].value for place in sorted(chosen))
        elif name in SEVERAL:
            answers[one.link_id] = tuple(draw(st.lists(_value(name), min_size=1, max_size=3)))
        elif name == "open" and draw(st.booleans()):
            answers[one.link_id] = ("something else",)
        else:
            answers[one.link_id] = (draw(_value(name)),)
    return Questionnaire("Made up", questions, rule), answers


@settings(deadline=None)
@for_all(_asked())
def test_the_wizard_asks_and_adds_up_exactly_what_the_questionnaires_own_rule_does(made):
    found, answers = made
    asked = as_instrument("x", "Mine", found, None, sum_confirmed=False)
    asked = from_json(to_json(asked), Asked)
    given, untaken = given_from(asked.instrument, answers)
    given = from_json(to_json(given), InstrumentAnswers)
    assert untaken == ()
    assert answers_of(asked.instrument, given) == answers
    items = {item.id for item in asked.instrument.items}
    assert asked_in(asked.instrument, given) == shown(found, answers) & items
    result = result_of(asked.instrument, given)
    others = set(answers) - shown(found, answers)
    assert result.total == (None if others else sum_up(found, answers).total)
    assert set(result.hidden) == others


def _instrument(plain, **more):
    found = questionnaires.read(as_bytes(plain))
    return as_instrument("x", "Mine", found, None, sum_confirmed=True, **more).instrument


def test_several_answers_add_up_and_read_as_a_list():
    instrument = _instrument(every_kind())
    ticked = ItemAnswer(
        "signs", given=(Code("a", "http://example.org/answers"), Code("c", "http://example.org/answers"))
    )
    given = InstrumentAnswers(instrument.id, (ticked, ItemAnswer("step", 3)))
    assert result_of(instrument, given).total == 7
    assert words_of(instrument, instrument.item("signs"), ticked) == ("Sign a; Sign c", "")


def test_a_number_outside_its_limits_is_kept_and_gives_no_total():
    instrument = _instrument(questionnaire(*(
        question(link, "integer", extension=[{"url": "http://hl7.org/fhir/StructureDefinition/maxValue", "valueInteger": 10}])
        for link in ("a", "b")
    ), grouped_sum()["item"][1] | {"extension": [{"url": "http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-questionnaire-calculatedExpression",
        "valueExpression": {"language": "text/fhirpath", "expression": "%resource.item.answer.value.sum()"}}]}))  # fmt: skip
    outside = ItemAnswer("a", given=(11.0,))
    result = result_of(instrument, InstrumentAnswers(instrument.id, (outside, ItemAnswer("b", given=(3.0,)))))
    assert (result.total, result.unknown, result.missing) == (None, ("a",), ())
    assert "counts nothing" in words_of(instrument, instrument.item("a"), outside)[0]
    inside = ItemAnswer("a", given=(10.0,))
    assert result_of(instrument, InstrumentAnswers(instrument.id, (inside, ItemAnswer("b", given=(3.0,))))).total == 13


def test_what_comes_answered_and_nobody_is_asked_decides_over_others():
    hidden = question("flag", "boolean", initial=[{"valueBoolean": True}])
    hidden["extension"] = [
        {"url": "http://hl7.org/fhir/StructureDefinition/questionnaire-hidden", "valueBoolean": True}
    ]
    waits = question("then", "text", enableWhen=[{"question": "flag", "operator": "=", "answerBoolean": True}])
    instrument = _instrument(questionnaire(hidden, waits))
    assert asked_in(instrument, InstrumentAnswers(instrument.id)) == {"then"}


def test_answers_that_count_the_same_can_both_be_chosen():
    instrument = _instrument(questionnaire(*(question(f"q{n}", answerOption=yes_no(1, 1)) for n in range(2))))
    given = InstrumentAnswers(instrument.id, (ItemAnswer("q0", 0), ItemAnswer("q1", 1)))
    assert result_of(instrument, given).total == 2


@pytest.mark.parametrize("text", ['{"item":"1"}', '{"item":"1","note":"x","value":2}'])
def test_answers_that_were_stored_before_there_were_several_still_open(text):
    assert from_json(text, ItemAnswer).given == ()


LEVELS = "%resource.item.item.answer.value.weight()"


def _scaled(expression):
    plain = grouped_sum(expression=expression)
    plain["item"][1]["text"] = "Result"
    return _instrument(plain)


def _all_highest(instrument):
    return InstrumentAnswers(instrument.id, tuple(ItemAnswer(f"g.{n}", 3) for n in range(1, 5)))


def test_a_total_that_the_file_multiplies_is_multiplied_here_and_in_its_range():
    instrument = _scaled(f"{LEVELS}.sum() * 4")
    total = result_of(instrument, _all_highest(instrument)).total
    assert (total, highest_of(instrument), stated_by_file(instrument, total)) == (48, 48, 48)
    assert instrument.scaled_by == 4
    assert from_json(to_json(instrument), type(instrument)) == instrument


def test_a_total_that_the_file_divides_stays_the_sum_and_says_so():
    instrument = _scaled(f"{LEVELS}.avg()")
    total = result_of(instrument, _all_highest(instrument)).total
    assert (total, highest_of(instrument), stated_by_file(instrument, total)) == (12, 12, 3)
    assert instrument.scaled_by == 1
    shifted = _scaled(f"({LEVELS}.sum() - 4) * 5")
    total = result_of(shifted, _all_highest(shifted)).total
    assert (total, highest_of(shifted), stated_by_file(shifted, total), shifted.scaled_by) == (12, 12, 40, 1)
    assert "Here the total is the sum of the points of 4 questions." in instrument.scoring_source
    limits = as_instrument("x", "", instrument.file, None, sum_confirmed=False).limits
    assert (
        "Its result is on another scale; here the total is the sum of the points of 4 questions, in whole numbers."
        in limits
    )
