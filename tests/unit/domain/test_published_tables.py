"""Every shipped instrument against its published tables; and that any answers at all give a result or a reason."""

from dataclasses import replace
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from safeplan_desktop.domain.instruments import Cutoff, LicenceClass, Region, Sex
from safeplan_desktop.domain.scoring import CutoffFact, Person, is_asked, score
from safeplan_desktop.services import reference

ALL = list(reference.instruments().values())
UK, US = Person(region=Region.UK), Person(region=Region.US)
SHIPPED = {
    "structured-risk-interview", "phq-9", "gad-7", "phq-2", "phq-4", "phq-a", "gad-2", "c-ssrs-screener", "asq", "pss-3",
    "audit-c", "pc-ptsd-5", "dast-10", "who-5", "hark", "safe-t", "quick-check",
}  # fmt: skip


def scored(name, answers, person=US):
    instrument = reference.instrument(name)
    if isinstance(answers, str):
        answers = [None if letter == "-" else int(letter) for letter in answers]
    values = (
        answers if isinstance(answers, dict) else dict(zip((i.id for i in instrument.items), answers, strict=False))
    )
    return score(instrument, values, person)


def cutoffs(result):
    return {fact.cutoff.id: fact.positive for fact in result.cutoffs}


def ids(rules):
    return [rule.id for rule in rules]


def test_the_instruments_of_the_issue_are_shipped_and_no_restricted_one():
    assert {instrument.id for instrument in ALL} == SHIPPED
    assert all(instrument.licence_class is not LicenceClass.RESTRICTED for instrument in ALL)
    assert all(instrument.licence and instrument.window for instrument in ALL)


@pytest.mark.parametrize(
    ("answers", "positive"), [("11", False), ("30", True), ("21", True), ("33", True), ("02", False)]
)
@pytest.mark.parametrize("name", ["phq-2", "gad-2"])
def test_the_two_item_screens_are_positive_from_three(name, answers, positive):
    assert cutoffs(scored(name, answers)) == {"POSITIVE": positive}


@pytest.mark.parametrize(
    ("answers", "band", "anxiety", "depression"),
    [
        ("0000", "none", False, False),
        ("1100", "none", False, False),
        ("1110", "mild", False, False),
        ("2111", "mild", True, False),
        ("2121", "moderate", True, True),
        ("2222", "moderate", True, True),
        ("3222", "severe", True, True),
        ("3333", "severe", True, True),
        ("0033", "moderate", False, True),
    ],
)
def test_phq_4_has_bands_and_two_parts(answers, band, anxiety, depression):
    result = scored("phq-4", answers)
    assert result.band.label == band
    assert cutoffs(result) == {"ANXIETY": anxiety, "DEPRESSION": depression}
    assert sum(part.total for part in result.subtotals) == result.total


@pytest.mark.parametrize(
    ("total", "band"),
    [(4, "none or minimal"), (5, "mild"), (9, "mild"), (10, "moderate"), (14, "moderate"), (15, "moderately severe"),
     (19, "moderately severe"), (20, "severe"), (24, "severe")],
)  # fmt: skip
def test_phq_a_has_the_bands_of_phq_9(total, band):
    answers = [min(3, max(0, total - 3 * place)) for place in range(8)]
    values = dict(zip(map(str, range(1, 9)), answers, strict=True)) | {"9": 0}
    result = scored("phq-a", values)
    assert (result.total, result.band.label) == (total, band)


def test_phq_a_flags_item_9_thoughts_and_attempts_also_alone_and_knows_its_age():
    assert ids(scored("phq-a", {"9": 1}).flags) == ["ITEM9"]
    assert ids(scored("phq-a", {"thoughts": 1, "attempt": 1}).flags) == ["THOUGHTS", "ATTEMPT"]
    values = dict.fromkeys(map(str, range(1, 10)), 1) | {"1": 3}
    assert cutoffs(scored("phq-a", values, Person(age=15))) == {"TEENS": True}
    assert cutoffs(scored("phq-a", values | {"1": 2}, Person(age=13))) == {"TEENS": False}
    for age in (None, 12, 18):
        assert cutoffs(scored("phq-a", values, Person(age=age))) == {}


def _cssrs(yes: str):
    """A whole screener with yes to these questions, and only the questions that are asked."""
    names = yes.split()
    values = {name: int(name in names) for name in ("1", "2", "6")}
    if values["2"]:
        values |= {name: int(name in names) for name in ("3", "4", "5")}
    if values["6"]:
        values["6b"] = int("6b" in names)
    return values


@pytest.mark.parametrize(
    ("yes", "tier"),
    [("", "none identified"), ("1", "low"), ("2", "low"), ("1 2", "low"), ("2 3", "moderate"), ("6", "moderate"),
     ("1 6", "moderate"), ("2 4", "high"), ("2 5", "high"), ("6 6b", "high"), ("1 2 3 4 5 6 6b", "high"), ("2 3 6", "moderate")],
)  # fmt: skip
def test_cssrs_takes_the_highest_tier_of_columbias_rules(yes, tier):
    result = scored("c-ssrs-screener", _cssrs(yes))
    assert (result.tier, result.complete, result.total) == (tier, True, None)


def test_cssrs_asks_three_to_five_only_after_two_and_recent_behaviour_only_after_any():
    assert scored("c-ssrs-screener", {"1": 0, "2": 1, "6": 0}).missing == ("3", "4", "5")
    assert scored("c-ssrs-screener", {"1": 0, "2": 0, "6": 1}).missing == ("6b",)
    assert scored("c-ssrs-screener", {"1": 0, "2": 0, "6": 0}).complete


def test_cssrs_flags_at_once_and_gives_no_tier_before_it_is_complete():
    result = scored("c-ssrs-screener", {"2": 1, "5": 1})
    assert ids(result.flags) == ["PLAN"]
    assert result.tier is None
    assert not result.complete


def test_an_answer_that_a_later_change_hides_is_named_flags_and_keeps_the_result_back():
    values = _cssrs("2 5") | {"2": 0}
    result = scored("c-ssrs-screener", values)
    assert result.hidden == ("3", "4", "5")
    assert (result.tier, result.complete, result.missing) == (None, False, ())
    assert ids(result.flags) == ["PLAN"]


@pytest.mark.parametrize(("name", "cut", "items"), [("phq-9", 10, 9), ("gad-7", 10, 7)])
def test_phq_9_and_gad_7_have_their_published_cut_off(name, cut, items):
    for total in range(3 * items + 1):
        answers = [min(3, max(0, total - 3 * place)) for place in range(items)]
        assert cutoffs(scored(name, answers)) == {"TEN": total >= cut}


def test_dast_10_has_its_published_cut_off():
    for yes in range(11):
        # The third question counts the other way round.
        answers = [int((place < yes) != (place == 2)) for place in range(10)]
        assert cutoffs(scored("dast-10", answers)) == {"THREE": yes >= 3}


@pytest.mark.parametrize(("count", "positive"), [(2, False), (3, True)])
def test_pc_ptsd_5_has_a_cut_off_of_its_own_for_women(count, positive):
    answers = [1] + [int(place < count) for place in range(5)]
    assert cutoffs(scored("pc-ptsd-5", answers, Person(sex=Sex.FEMALE)))["WOMEN"] is positive
    assert "WOMEN" not in cutoffs(scored("pc-ptsd-5", answers, Person(sex=Sex.MALE)))


@pytest.mark.parametrize(("function", "said"), [(None, False), (0, False), (1, False), (2, True), (3, True)])
def test_phq_9_says_when_everyday_life_is_very_or_extremely_hard(function, said):
    assert ("IMPAIRED" in ids(scored("phq-9", [0] * 9 + [function]).findings)) is said


@pytest.mark.parametrize(
    ("answers", "function", "met"),
    [
        ("222220000", 1, True),
        ("222220000", 3, True),
        ("222220000", 0, False),
        ("222220000", None, False),
        ("222200000", 3, False),
        ("222200001", 1, True),
        ("002222200", 3, False),
    ],
)
def test_phq_a_asks_for_five_symptoms_and_some_difficulty(answers, function, met):
    values = {str(place): int(letter) for place, letter in enumerate(answers, 1)} | {"function": function}
    assert ids(scored("phq-a", values).findings) == (["major-depressive-syndrome"] if met else [])


NO, DECLINES, YES = 0, 1, 2


@pytest.mark.parametrize("place", range(4))
@pytest.mark.parametrize(("now", "tier"), [(NO, "non-acute positive"), (YES, "acute positive")])
def test_asq_any_yes_is_positive_and_thoughts_now_make_it_acute(place, now, tier):
    answers = [YES if index == place else NO for index in range(4)]
    assert scored("asq", [*answers, now]).tier == tier


def test_asq_without_a_yes_is_negative_and_the_fifth_question_is_not_asked():
    result = scored("asq", [NO] * 4)
    assert (result.tier, result.missing, result.complete) == ("negative", (), True)
    assert scored("asq", [YES, NO, NO, NO]).missing == ("5",)


@pytest.mark.parametrize(
    ("age", "tier"),
    [(10, "non-acute positive"), (17, "non-acute positive"), (18, "negative"), (40, "negative"), (None, "negative")],
)
def test_asq_counts_a_declined_answer_for_young_people_only_and_says_so(age, tier):
    result = scored("asq", [NO, DECLINES, NO, NO, NO], Person(age=age))
    assert result.tier == tier
    assert ids(result.findings) == ["REFUSED"]


@pytest.mark.parametrize(
    ("values", "tier"),
    [
        ({"1": 1, "2": 0, "3": 0}, "negative"),
        ({"1": 0, "2": 1, "3": 0}, "positive"),
        *(({"1": 0, "2": 0, "3": 1, "3b": recency}, "positive") for recency in (4, 3, 2)),
        ({"1": 0, "2": 0, "3": 1, "3b": 1}, "negative"),
    ],
)
def test_pss_3_is_positive_for_thoughts_or_an_attempt_within_six_months(values, tier):
    assert scored("pss-3", values).tier == tier


@pytest.mark.parametrize(
    ("answers", "person", "expected"),
    [
        ("210", Person(sex=Sex.FEMALE, region=Region.US), {"WOMEN": True}),
        ("110", Person(sex=Sex.FEMALE, region=Region.US), {"WOMEN": False}),
        ("210", Person(sex=Sex.MALE, region=Region.US), {"MEN": False}),
        ("220", Person(sex=Sex.MALE, region=Region.US), {"MEN": True}),
        ("210", US, {"WOMEN": True}),
        ("400", UK, {"UK": False}),
        ("410", UK, {"UK": True}),
        ("210", Person(sex=Sex.MALE), {"MEN": False}),
    ],
)
def test_audit_c_takes_the_cut_off_of_sex_and_country(answers, person, expected):
    assert cutoffs(scored("audit-c", answers, person)) == expected


def test_audit_c_says_when_the_lower_cut_off_is_taken_because_the_sex_isnt_known():
    (fact,) = scored("audit-c", "210").cutoffs
    assert fact.assumed
    assert "sex isn't known" in fact.sentence


@pytest.mark.parametrize(
    ("answers", "band"),
    [("400", "lower risk"), ("410", "increasing risk"), ("430", "increasing risk"), ("440", "higher risk"),
     ("442", "higher risk"), ("443", "possible dependence"), ("444", "possible dependence")],
)  # fmt: skip
def test_audit_c_has_british_bands_and_no_american_ones(answers, band):
    assert scored("audit-c", answers, UK).band.label == band
    assert scored("audit-c", answers, US).band is None


def test_audit_c_without_drinking_is_zero_and_frequency_alone_is_remarked():
    result = scored("audit-c", "0")
    assert (result.total, result.complete) == (0, True)
    assert ids(scored("audit-c", "400").findings) == ["FREQUENCY-ONLY"]
    assert ids(scored("audit-c", "410").findings) == []


@pytest.mark.parametrize(
    ("count", "expected"),
    [(0, (False, False)), (2, (False, False)), (3, (True, False)), (4, (True, True)), (5, (True, True))],
)
def test_pc_ptsd_5_counts_five_answers_with_two_published_cut_offs(count, expected):
    result = scored("pc-ptsd-5", [1] + [int(place < count) for place in range(5)])
    assert result.total == count
    assert (cutoffs(result)["SENSITIVE"], cutoffs(result)["EFFICIENT"]) == expected


def test_pc_ptsd_5_without_an_event_is_zero_and_without_that_answer_there_is_none():
    assert scored("pc-ptsd-5", [0]).total == 0
    assert scored("pc-ptsd-5", {}).missing == ("event",)


@pytest.mark.parametrize(
    ("total", "band"),
    [
        (0, "none"),
        (1, "low"),
        (2, "low"),
        (3, "moderate"),
        (5, "moderate"),
        (6, "substantial"),
        (8, "substantial"),
        (9, "severe"),
        (10, "severe"),
    ],
)
def test_dast_10_counts_no_for_the_third_question(total, band):
    answers = [0, 0, 1, 0, 0, 0, 0, 0, 0, 0]
    order = [2, 0, 1, 3, 4, 5, 6, 7, 8, 9]
    for place in order[:total]:
        answers[place] = 0 if place == 2 else 1
    result = scored("dast-10", answers)
    assert (result.total, result.band.label) == (total, band)


@pytest.mark.parametrize(
    ("answers", "raw", "percent", "band"),
    [("00000", 0, 0, "low well-being"), ("22111", 7, 28, "low well-being"), ("22211", 8, 32, "reduced well-being"),
     ("33222", 12, 48, "reduced well-being"), ("33322", 13, 52, "no sign of poor well-being"), ("55555", 25, 100, "no sign of poor well-being")],
)  # fmt: skip
def test_who_5_is_four_times_its_raw_total(answers, raw, percent, band):
    result = scored("who-5", answers)
    assert (result.total, result.scaled, result.band.label) == (raw, percent, band)


@pytest.mark.parametrize(("answers", "positive"), [("0000", False), ("1000", True), ("0001", True), ("1111", True)])
def test_hark_is_positive_from_one_and_flags_fear_and_violence(answers, positive):
    result = scored("hark", answers)
    assert cutoffs(result) == {"POSITIVE": positive}
    assert bool(result.flags) == any(letter == "1" for letter in answers[1:])


def test_safe_t_is_a_judgement_without_a_score():
    instrument = reference.instrument("safe-t")
    values = {item.id: 0 for item in instrument.items}
    result = score(instrument, values)
    assert (result.total, result.tier, result.complete) == (None, None, True)
    assert ids(score(instrument, values | {"intent": 2, "plan": 2}).flags) == ["INTENT", "PLAN"]


# Any answers


@st.composite
def answered(draw):
    instrument = draw(st.sampled_from(ALL))
    values = {
        item.id: draw(
            st.none() | st.sampled_from([option.value for option in instrument.options_of(item)]) | st.integers(-1, 6)
        )
        for item in instrument.items
    }
    person = Person(
        draw(st.none() | st.integers(0, 110)),
        draw(st.none() | st.sampled_from(Sex)),
        draw(st.none() | st.sampled_from(Region)),
    )
    return instrument, values, person


@settings(max_examples=400, deadline=None)
@given(answered())
def test_any_answers_give_a_result_in_range_or_say_why_not(given_):
    instrument, values, person = given_
    result = score(instrument, values, person)
    if result.error:
        assert (result.total, result.tier, result.flags) == (None, None, ())
        return
    assert result.complete == (not result.missing and not result.hidden)
    if not result.complete:
        assert (result.total, result.band, result.tier, result.cutoffs, result.findings) == (None, None, None, (), ())
    elif instrument.has_total:
        assert instrument.lowest_total <= result.total <= instrument.highest_total or any(
            not is_asked(item, values) for item in instrument.items
        )
    if result.complete and instrument.tiers:
        assert result.tier in {tier.label for tier in instrument.tiers}


@pytest.mark.parametrize("instrument", [i for i in ALL if i.has_total], ids=lambda i: i.id)
def test_a_higher_answer_never_lowers_the_total_and_a_reversed_one_never_raises_it(instrument):
    gates = dict.fromkeys(instrument.gates, 1)
    base = {item.id: min(o.value for o in instrument.options_of(item)) for item in instrument.items} | gates
    if instrument.id == "audit-c":
        base["1"] = 1
    for item in instrument.scored_items:
        totals = [
            score(instrument, base | {item.id: value}).total
            for value in sorted(option.value for option in instrument.options_of(item))
            if score(instrument, base | {item.id: value}).complete
        ]
        assert totals == sorted(totals, reverse=item.reverse)


def test_cssrs_never_gets_lower_by_another_yes():
    order = ["none identified", "low", "moderate", "high"]
    for answers in product((0, 1), repeat=7):
        names = [name for name, value in zip(("1", "2", "3", "4", "5", "6", "6b"), answers, strict=True) if value]
        tier = order.index(scored("c-ssrs-screener", _cssrs(" ".join(names))).tier)
        for more in ("1", "2", "3", "4", "5", "6", "6b"):
            assert order.index(scored("c-ssrs-screener", _cssrs(" ".join([*names, more]))).tier) >= tier


def _with_cutoffs(*made):
    return replace(reference.instrument("phq-2"), cutoffs=made)


@pytest.mark.parametrize(
    ("age_from", "age_to", "ages"),
    [
        (13, 17, {13, 17}),
        (13, None, {13, 17, 18, 90}),
        (None, 17, {0, 12, 13, 17}),
        (None, None, {None, 0, 12, 13, 17, 18, 90}),
    ],
)
def test_a_cut_off_for_an_age_holds_from_its_first_to_its_last_year(age_from, age_to, ages):
    instrument = _with_cutoffs(Cutoff("X", "x", 3, "s", age_from=age_from, age_to=age_to))
    values = {"1": 3, "2": 0}
    assert {age for age in (None, 0, 12, 13, 17, 18, 90) if score(instrument, values, Person(age=age)).cutoffs} == ages


def test_a_cut_off_says_where_the_total_lies_and_assumes_nothing_of_itself():
    (above,) = scored("phq-2", "30").cutoffs
    (below,) = scored("phq-2", "20").cutoffs
    assert above.sentence == "At or above the cut-off 3 (the full PHQ-9 follows)."
    assert below.sentence == "Below the cut-off 3 (the full PHQ-9 follows)."
    assert not above.assumed
    assert not CutoffFact(above.cutoff, positive=True).assumed


def test_only_an_instrument_with_a_scale_of_its_own_has_a_scaled_total():
    assert scored("phq-2", "30").scaled is None
    doubled = replace(reference.instrument("phq-2"), scaled_by=2)
    assert score(doubled, {"1": 3, "2": 0}).scaled == 6


@pytest.mark.parametrize("name", ["phq-9", "gad-7", "audit-c", "who-5"])
def test_an_answer_outside_the_options_names_the_lowest_and_the_highest(name):
    instrument = reference.instrument(name)
    values = [option.value for option in instrument.options_of(instrument.items[0])]
    result = score(instrument, {"1": 9})
    assert result.error == f"Item 1 takes {min(values)} to {max(values)}, not 9."
