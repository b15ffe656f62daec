"""Rules that no shipped instrument combines, but that the data may say: each on an instrument made for it."""

from dataclasses import replace

from safeplan_desktop.domain.instruments import (
    Condition,
    Cutoff,
    Instrument,
    InstrumentKind,
    Item,
    Option,
    Remark,
    Sex,
    Tier,
)
from safeplan_desktop.domain.scoring import Person, score

TWO = Instrument(
    id="two",
    title="Two",
    about="",
    kind=InstrumentKind.SCORE_ENTRY,
    window="",
    licence="",
    credit="",
    option_sets={"o": (Option(0, "no"), Option(1, "a little"), Option(2, "much"))},
    items=(Item("a", "A", "o"), Item("b", "B", "o")),
    total=True,
)


def test_an_instrument_with_a_total_and_tiers_gives_both_and_the_source_of_the_tier():
    tiered = replace(TWO, tiers=(Tier("high", "high", "Manual, page 3", all=(Condition("b", 2),)),))
    high = score(tiered, {"a": 1, "b": 2})
    assert (high.total, high.tier, high.tier_source) == (3, "high", "Manual, page 3")
    none = score(tiered, {"a": 1, "b": 1})
    assert (none.total, none.tier, none.tier_source) == (2, None, "")


def test_an_instrument_without_a_total_gives_the_source_of_its_tier_too():
    tiered = replace(TWO, total=False, tiers=(Tier("high", "high", "Manual, page 3", all=(Condition("b", 2),)),))
    assert score(tiered, {"a": 0, "b": 2}).tier_source == "Manual, page 3"
    below = score(tiered, {"a": 0, "b": 1})
    assert (below.tier, below.tier_source) == (None, "")


def test_rules_that_ask_for_an_age_hold_for_those_known_to_be_younger_whether_all_or_any_is_wanted():
    young = Condition("a", 1, age_below=18)
    for rule in ({"all": (young,)}, {"any": (young,)}):
        remarked = replace(TWO, remarks=(Remark("r", "Ask on.", "Manual", **rule),))
        tiered = replace(TWO, tiers=(Tier("t", "positive", "Manual", **rule),))
        for age, holds in ((17, True), (18, False), (None, False)):
            person = Person(age=age)
            assert bool(score(remarked, {"a": 1, "b": 0}, person).findings) is holds
            assert (score(tiered, {"a": 1, "b": 0}, person).tier == "positive") is holds


def test_an_impossible_answer_is_found_behind_one_that_is_missing():
    assert score(TWO, {"a": None, "b": 9}).error == "Item b takes 0 to 2, not 9."


def test_a_cut_off_that_is_passed_over_hides_none_of_those_after_it():
    cutoffs = (
        Cutoff("men", "men", 3, "Manual", sex=Sex.MALE),
        Cutoff("women", "women", 2, "Manual", sex=Sex.FEMALE),
        Cutoff("all", "everybody", 4, "Manual"),
    )
    found = score(replace(TWO, cutoffs=cutoffs), {"a": 1, "b": 1}).cutoffs
    assert [(fact.cutoff.id, fact.positive, fact.assumed) for fact in found] == [
        ("women", True, True),
        ("all", False, False),
    ]
