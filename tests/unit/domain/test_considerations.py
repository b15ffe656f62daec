"""What fits a screening's own results comes first, each tool with its own result, and nothing is averaged."""

import pytest

from safeplan_desktop.domain.considerations import Result, weigh
from safeplan_desktop.domain.scoring import score
from safeplan_desktop.services import reference

ALL = reference.screening_lists().considerations
ACUTE, FULLER, PASSIVE, SEVERE, NONE = ALL


def result(name, **answers):
    instrument = reference.instrument(name)
    values = {key.removeprefix("q"): value for key, value in answers.items()}
    return Result(instrument, values, score(instrument, values))


def phq9(item9=0, others=0, function=0):
    return result("phq-9", **{f"q{n}": others for n in range(1, 9)}, q9=item9, function=function)


def cssrs(one=0, two=0, three=0, four=0):
    asked = {"q3": three, "q4": four, "q5": 0} if two else {}
    return result("c-ssrs-screener", q1=one, q2=two, q6=0, **asked)


def weighed(*results, with_tiers=True):
    return weigh(ALL, results, with_tiers=with_tiers)


def fitting(*results, with_tiers=True):
    return [one.consideration for one in weighed(*results, with_tiers=with_tiers) if one.fits]


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        (cssrs(1, 1, 0, 1), ACUTE),
        (cssrs(1, 1, 1), FULLER),
        (cssrs(1), PASSIVE),
        (cssrs(), NONE),
        (phq9(item9=2), FULLER),
        (phq9(item9=1), PASSIVE),
        (phq9(others=3), SEVERE),
        (phq9(function=3), SEVERE),
        (phq9(), NONE),
        (result("asq", q1=0, q2=0, q3=2, q4=0, q5=2), ACUTE),
        (result("asq", q1=2, q2=0, q3=0, q4=0, q5=0), FULLER),
        (result("pss-3", q1=0, q2=1, q3=0), FULLER),
        (result("structured-risk-interview", next=2), ACUTE),
        (result("structured-risk-interview", attempt=2), FULLER),
        (result("quick-check", thoughts=3, plan=2), FULLER),
        (result("safe-t", level=2), ACUTE),
    ],
)
def test_a_result_fits_its_own_consideration_first(given, expected):
    assert fitting(given)[0] is expected


def test_severe_symptoms_fit_theirs_only_without_thoughts():
    assert fitting(phq9(item9=1, others=3)) == [PASSIVE]


@pytest.mark.parametrize(
    "given", [(), (result("gad-7", q1=0),), (result("phq-9", q1=0),), (result("phq-2", q1=0, q2=0),)]
)
def test_nothing_fits_where_nothing_about_suicide_was_asked_in_full(given):
    assert fitting(*given) == []
    assert [one.consideration for one in weighed(*given)] == list(ALL)


def test_where_tools_differ_each_stands_with_its_own_result_and_the_highest_is_marked():
    found = weighed(phq9(item9=1), cssrs(1, 1, 0, 1), phq9(item9=1, others=3))
    assert [(one.consideration, one.highest) for one in found if one.fits] == [(ACUTE, True), (PASSIVE, False)]
    assert found[0].because == ("C-SSRS screener: screen result high",)
    assert found[1].because[0].startswith("PHQ-9: ")
    assert len(found) == len(ALL)


def test_one_result_alone_is_not_called_the_highest():
    assert not any(one.highest for one in weighed(cssrs(1)))


def test_a_practice_without_levels_reads_no_word_of_a_level():
    found = weighed(cssrs(1, 1, 0, 1), result("safe-t", level=2), with_tiers=False)
    said = " ".join(words for one in found for words in one.because).lower()
    assert found[0].fits
    assert not any(word in said for word in ("high", "moderate", "low", "screen result", "positive"))


@pytest.mark.parametrize(
    ("given", "expected", "because"),
    [
        (result("c-ssrs-screener", q1=1, q2=1, q4=1), ACUTE, "C-SSRS screener: Some intent, no set plan: yes"),
        (result("c-ssrs-screener", q1=0, q2=0, q4=1, q6=0), ACUTE, "C-SSRS screener: Some intent, no set plan: yes"),
        (result("c-ssrs-screener", q1=0, q2=1, q3=1), FULLER, "C-SSRS screener: Thoughts with a method: yes"),
        (result("c-ssrs-screener", q1=1), PASSIVE, "C-SSRS screener: Wish to be dead: yes"),
        (result("asq", q5=2), ACUTE, "ASQ: Thoughts right now: yes"),
        (result("asq", q3=2), FULLER, "ASQ: Thoughts of killing oneself, past week: yes"),
        (result("pss-3", q2=1), FULLER, "PSS-3: Suicidal thoughts, 2 weeks: yes"),
    ],
)
def test_a_critical_answer_of_an_unfinished_instrument_speaks_for_itself(given, expected, because):
    first = weighed(phq9(), given)[0]
    assert (first.consideration, first.because) == (expected, (because,))


def test_an_instrument_with_a_result_speaks_by_that_result_alone():
    (only,) = [one for one in weighed(cssrs(1, 1, 1, 1)) if one.fits]
    assert only.because == ("C-SSRS screener: screen result high",)


def test_care_as_it_is_fits_nothing_unfinished_and_no_critical_answer():
    assert NONE not in fitting(phq9(), result("c-ssrs-screener", q1=0))
    assert NONE not in fitting(phq9(), result("hark", q1=0, q2=0, q3=1, q4=0))
    assert NONE in fitting(phq9(), cssrs(), result("hark", q1=0, q2=0, q3=0, q4=0))
    # What was only put on the page was not begun.
    assert NONE in fitting(phq9(), result("c-ssrs-screener"))
