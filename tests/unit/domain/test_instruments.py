"""Shipped instruments hold together; a file that contradicts itself is refused as a whole."""

import pytest

from safeplan_desktop import assets
from safeplan_desktop.domain.instruments import InstrumentKind, UnusableInstrumentError, parse_instrument
from safeplan_desktop.services import reference

PHQ9 = assets.read_text("instruments/phq-9.toml")
INTERVIEW = assets.read_text("instruments/structured-risk-interview.toml")
MOST_WORDS_OF_A_LABEL = 6


@pytest.mark.parametrize("name", assets.iter_names("instruments"))
def test_a_shipped_file_is_usable_and_bears_its_ids_name(name):
    assert parse_instrument(assets.read_text(f"instruments/{name}")).id == name.removesuffix(".toml")


@pytest.mark.parametrize(
    ("find", "put", "reason"),
    [
        ("highest = 27", "highest = 26", "don't end at the highest"),
        ("lowest = 5", "lowest = 6", "gap or overlap"),
        ("lowest = 5", "lowest = 4", "gap or overlap"),
        ('id = "2"', 'id = "1"', "two of the same id"),
        ('options = "difficulty"', 'options = "nothing"', "options that aren't there"),
        (
            'label = "Several days", loinc = "LA6569-3" }',
            'label = "Several days" }, { value = 1, label = "Again" }',
            "same value",
        ),
        ('item = "9"\nat_least = 1', 'item = "12"\nat_least = 1', "an item that isn't there"),
        ('core = ["1", "2"]\nfewest = 2', 'core = ["1", "12"]\nfewest = 2', "an item that isn't there"),
        ('exceptions = [{ item = "9"', 'exceptions = [{ item = "12"', "an item that isn't there"),
        ("at_least = 1\nsentence", "at_least = 4\nsentence", "could never be raised"),
        ("[option_sets]", "[option_sets", "isn't valid TOML"),
        ('kind = "score-entry"', 'kind = "horoscope"', "isn't of the form"),
        ('title = "PHQ-9"', "", "isn't of the form"),
        ("highest = 27", 'highest = "many"', "isn't of the form"),
    ],
)
def test_a_score_that_contradicts_itself_is_refused(find, put, reason):
    assert find in PHQ9
    with pytest.raises(UnusableInstrumentError, match=reason):
        parse_instrument(PHQ9.replace(find, put))


@pytest.mark.parametrize(
    ("find", "put", "reason"),
    [
        ('{ item = "suicide", at_least = 1 }', '{ item = "suicide", at_least = 4 }', "never be asked"),
        ('{ item = "suicide", at_least = 1 }', '{ item = "reasons", at_least = 1 }', "comes later"),
        ('{ item = "others", at_least = 1 }', '{ item = "target", at_least = 1 }', "comes later"),
        ('{ item = "others", at_least = 1 }', '{ item = "else", at_least = 1 }', "isn't there"),
    ],
)
def test_a_branch_that_leads_nowhere_is_refused(find, put, reason):
    assert find in INTERVIEW
    with pytest.raises(UnusableInstrumentError, match=reason):
        parse_instrument(INTERVIEW.replace(find, put))


def test_an_instrument_without_items_is_refused():
    start, _, _ = PHQ9.partition("[[items]]")
    with pytest.raises(UnusableInstrumentError, match="no items"):
        parse_instrument(f"items = []\n{start}")


def test_bands_start_at_the_lowest_total_that_the_options_allow():
    text = """
        id = "own"
        title = "Own"
        about = ""
        kind = "score-entry"
        window = ""
        licence = ""
        credit = ""
        items = [{ id = "1", label = "One", options = "five" }, { id = "2", label = "Two", options = "five" }]
        bands = [{ lowest = 2, highest = 10, label = "all", source = "own" }]
        [option_sets]
        five = [{ value = 1, label = "Never" }, { value = 5, label = "Often" }]
    """
    assert parse_instrument(text).lowest_total == 2
    with pytest.raises(UnusableInstrumentError, match="gap or overlap"):
        parse_instrument(text.replace("lowest = 2", "lowest = 0"))


@pytest.mark.parametrize("instrument", reference.instruments().values(), ids=lambda instrument: instrument.id)
def test_only_our_own_interview_may_be_read_aloud(instrument):
    assert instrument.read_aloud is (instrument.kind is InstrumentKind.INTERVIEW)
    if instrument.kind is InstrumentKind.SCORE_ENTRY:
        assert all(len(item.label.split()) <= MOST_WORDS_OF_A_LABEL for item in instrument.items)
        assert "not the official" in instrument.credit
        assert instrument.licence


@pytest.mark.parametrize("instrument", reference.instruments().values(), ids=lambda instrument: instrument.id)
def test_every_band_flag_and_finding_names_its_source(instrument):
    assert all(rule.source for rule in (*instrument.bands, *instrument.flags, *instrument.findings))
    assert all(rule.sentence.endswith(".") for rule in (*instrument.flags, *instrument.findings))


@pytest.mark.parametrize(
    ("instrument_id", "panel", "total", "items"),
    [
        (
            "phq-9",
            "44249-1",
            "44261-6",
            "44250-9 44255-8 44259-0 44254-1 44251-7 44258-2 44252-5 44253-3 44260-8 69722-7",
        ),
        ("gad-7", "69737-5", "70274-6", "69725-0 68509-9 69733-4 69734-2 69735-9 69689-8 69736-7"),
    ],
)
def test_the_published_codes_stand_beside_the_items(instrument_id, panel, total, items):
    instrument = reference.instrument(instrument_id)
    assert (instrument.loinc, instrument.loinc_total) == (panel, total)
    assert [item.loinc for item in instrument.items] == items.split()


def test_the_interview_is_short_enough_for_a_conversation_and_may_always_be_refused():
    interview = reference.instrument("structured-risk-interview")
    assert 20 <= len(interview.items) <= 26
    assert not interview.has_total
    for item in interview.items:
        assert item.label.endswith(("?", "(ask only when alone)"))
        assert {option.value: option.label for option in interview.options_of(item)}[1] == "Prefers not to say"


def test_the_interviews_parts_each_stand_together():
    parts = [item.part for item in reference.instrument("structured-risk-interview").items]
    changes = [part for part, before in zip(parts, ["", *parts], strict=False) if part != before]
    assert len(changes) == len(set(changes))


def test_an_item_that_is_not_there_is_a_bug_of_the_caller():
    with pytest.raises(KeyError):
        reference.instrument("phq-9").item("10")
