import pytest
from hypothesis import given
from hypothesis import strategies as st

from safeplan_desktop import assets
from safeplan_desktop.domain.instruments import UnusableInstrumentError, parse_instrument
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


@pytest.mark.parametrize(
    ("find", "put"),
    [
        ("highest = 27", "highest = 26"),
        ("lowest = 5", "lowest = 6"),
        ('id = "2"', 'id = "1"'),
        ('options = "frequency"', 'options = "nothing"'),
        ('item = "9"', 'item = "12"'),
        ("[option_sets]", "[option_sets"),
    ],
)
def test_an_instrument_that_contradicts_itself_is_refused(find, put):
    text = assets.read_text("instruments/phq-9.toml").replace(find, put)
    with pytest.raises((UnusableInstrumentError, Exception), match=r"can't|isn't"):
        parse_instrument(text)
