import pytest
from hypothesis import given
from hypothesis import strategies as st

from safeplan_desktop.domain.scoring import score
from safeplan_desktop.services import reference

# Published totals, bands and rules: design facts of PHQ-9 (LOINC 44249-1) and GAD-7 (LOINC 69737-5).
PHQ9 = [
    ([0] * 9, 0, "none or minimal", [], []),
    ([0, 0, 0, 0, 0, 0, 0, 0, 1], 1, "none or minimal", ["ITEM9"], []),
    ([1, 1, 1, 1, 0, 0, 0, 0, 0], 4, "none or minimal", [], []),
    ([1, 1, 1, 1, 1, 0, 0, 0, 0], 5, "mild", [], []),
    ([1] * 9, 9, "mild", ["ITEM9"], []),
    ([2, 2, 2, 2, 2, 0, 0, 0, 0], 10, "moderate", [], ["major-depressive-syndrome"]),
    ([2, 0, 2, 2, 2, 0, 0, 0, 1], 9, "mild", ["ITEM9"], ["major-depressive-syndrome"]),
    ([2, 0, 2, 2, 0, 0, 0, 0, 0], 6, "mild", [], ["other-depressive-syndrome"]),
    ([1, 1, 3, 3, 3, 3, 3, 3, 0], 20, "severe", [], []),
    ([2, 2, 2, 2, 2, 2, 2, 0, 0], 14, "moderate", [], ["major-depressive-syndrome"]),
    ([2, 2, 2, 2, 2, 2, 2, 1, 0], 15, "moderately severe", [], ["major-depressive-syndrome"]),
    ([2, 2, 2, 2, 2, 2, 2, 2, 3], 19, "moderately severe", ["ITEM9"], ["major-depressive-syndrome"]),
    ([3] * 9, 27, "severe", ["ITEM9"], ["major-depressive-syndrome"]),
]
GAD7 = [
    ([0] * 7, 0, "minimal"),
    ([1, 1, 1, 1, 0, 0, 0], 4, "minimal"),
    ([1, 1, 1, 1, 1, 0, 0], 5, "mild"),
    ([3, 3, 3, 0, 0, 0, 0], 9, "mild"),
    ([3, 3, 3, 1, 0, 0, 0], 10, "moderate"),
    ([3, 3, 3, 3, 2, 0, 0], 14, "moderate"),
    ([3, 3, 3, 3, 3, 0, 0], 15, "severe"),
    ([3] * 7, 21, "severe"),
]


def _values(answers):
    return {str(number): value for number, value in enumerate(answers, start=1)}


@pytest.mark.parametrize(("answers", "total", "band", "flags", "findings"), PHQ9)
def test_phq9_gives_the_published_total_band_flag_and_rules(answers, total, band, flags, findings):
    result = score(reference.instrument("phq-9"), _values(answers))
    assert (result.total, result.band.label) == (total, band)
    assert [flag.id for flag in result.flags] == flags
    assert [finding.id for finding in result.findings] == findings
    assert result.complete


@pytest.mark.parametrize(("answers", "total", "band"), GAD7)
def test_gad7_gives_the_published_total_and_band(answers, total, band):
    result = score(reference.instrument("gad-7"), _values(answers))
    assert (result.total, result.band.label, result.flags) == (total, band, ())


@pytest.mark.parametrize("missing", range(1, 10))
def test_one_missing_phq9_item_gives_incomplete_and_never_a_band(missing):
    values = _values([3] * 9) | {str(missing): None}
    result = score(reference.instrument("phq-9"), values)
    assert (result.complete, result.total, result.band, result.findings) == (False, None, None, ())
    assert result.missing == (str(missing),)
    assert bool(result.flags) is (missing != 9)


def test_item_9_alone_is_flagged():
    result = score(reference.instrument("phq-9"), {"9": 2})
    assert [flag.id for flag in result.flags] == ["ITEM9"]
    assert result.band is None


def test_the_function_item_changes_neither_total_nor_completeness():
    values = _values([1] * 9)
    assert score(reference.instrument("phq-9"), values).total == 9
    assert score(reference.instrument("phq-9"), values | {"function": 3}).total == 9


@pytest.mark.parametrize("bad", [{"1": 4}, {"1": -1}, {"10": 1}, {"x": 0}])
def test_an_impossible_answer_gives_a_reason_and_nothing_else(bad):
    result = score(reference.instrument("phq-9"), bad)
    assert result.error
    assert (result.total, result.band, result.flags) == (None, None, ())


@given(st.dictionaries(st.sampled_from([*map(str, range(1, 10)), "function"]), st.none() | st.integers(-2, 5)))
def test_any_answers_give_a_result_or_a_reason(values):
    result = score(reference.instrument("phq-9"), values)
    assert (result.band is None) is (result.total is None)
    assert result.complete is (result.total is not None)
    if result.total is not None:
        assert result.band.lowest <= result.total <= result.band.highest


def test_conditional_questions_of_the_interview_are_missing_only_when_asked():
    interview = reference.instrument("structured-risk-interview")
    base = {item.id: 0 for item in interview.items if not item.ask_when}
    assert score(interview, base).complete
    asked = score(interview, base | {"suicide": 3})
    assert {"now", "plan", "intent", "means"} <= set(asked.missing)


def test_interview_flags_name_what_stands_out_and_give_no_total():
    interview = reference.instrument("structured-risk-interview")
    result = score(interview, {"suicide": 3, "intent": 2, "next": 2})
    assert [flag.id for flag in result.flags] == ["INTENT", "NEXT-CONTACT"]
    assert (result.total, result.band) == (None, None)


def test_a_refusal_opens_the_next_questions_and_raises_no_flag():
    interview = reference.instrument("structured-risk-interview")
    result = score(interview, {"suicide": 1, "others": 1, "home": 1, "intent": 1, "attempt": 1})
    assert result.flags == ()
    assert {"now", "plan", "means", "target"} <= set(result.missing)


def test_an_answer_stays_flagged_when_its_question_is_no_longer_asked():
    interview = reference.instrument("structured-risk-interview")
    result = score(interview, {"suicide": 0, "intent": 2})
    assert [flag.id for flag in result.flags] == ["INTENT"]


@pytest.mark.parametrize(
    ("answer", "flag"),
    [
        ({"now": 2}, "THOUGHTS-TODAY"),
        ({"voices": 2}, "VOICES"),
        ({"plan": 2}, "PLAN"),
        ({"intent": 2}, "INTENT"),
        ({"preparation": 3}, "PREPARATION"),
        ({"attempt": 3}, "ATTEMPT"),
        ({"means": 2}, "MEANS"),
        ({"target": 2}, "TARGET"),
        ({"home": 2}, "HOME"),
        ({"next": 2}, "NEXT-CONTACT"),
    ],
)
def test_each_critical_answer_of_the_interview_is_named(answer, flag):
    result = score(reference.instrument("structured-risk-interview"), answer)
    assert [raised.id for raised in result.flags] == [flag]


@pytest.mark.parametrize("answer", [{"preparation": 2}, {"attempt": 2}, {"selfharm": 3}, {"suicide": 3}])
def test_what_was_longer_ago_is_an_answer_and_no_flag(answer):
    assert score(reference.instrument("structured-risk-interview"), answer).flags == ()


@pytest.mark.parametrize("total", range(28))
def test_every_phq9_total_has_its_published_band(total):
    values = _values([3] * (total // 3) + [total % 3] * (total < 27) + [0] * (8 - total // 3))
    result = score(reference.instrument("phq-9"), values)
    names = ["none or minimal", "mild", "moderate", "moderately severe", "severe", "severe"]
    assert (result.total, result.band.label) == (total, names[total // 5])


@pytest.mark.parametrize("missing", range(1, 8))
def test_one_missing_gad7_item_gives_incomplete_and_never_a_band(missing):
    result = score(reference.instrument("gad-7"), _values([3] * 7) | {str(missing): None})
    assert (result.complete, result.total, result.band) == (False, None, None)


@pytest.mark.parametrize("instrument_id", ["phq-9", "gad-7", "structured-risk-interview"])
@given(data=st.data())
def test_a_total_stands_exactly_where_every_scored_answer_is_there(instrument_id, data):
    instrument = reference.instrument(instrument_id)
    given_answers = {
        item.id: st.none() | st.sampled_from([option.value for option in instrument.options_of(item)])
        for item in instrument.items
    }
    values = data.draw(st.fixed_dictionaries({}, optional=given_answers))
    result = score(instrument, values)
    assert result.error == ""
    whole = all(values.get(item.id) is not None for item in instrument.scored_items)
    assert (result.total is not None) is (instrument.has_total and whole)
    if result.total is not None:
        assert result.total == sum(values[item.id] for item in instrument.scored_items)
    raised = {rule.id for rule in instrument.flags if (values.get(rule.item) or 0) >= rule.at_least}
    assert {flag.id for flag in result.flags} == raised
