"""The packaged reference data is whole: every language, every section, every country, nothing misspelt."""

import re
import string
import tomllib
from collections.abc import Iterator

import pytest

from safeplan_desktop import assets
from safeplan_desktop.domain.canonical import from_plain, to_plain
from safeplan_desktop.domain.crisis import Protocol
from safeplan_desktop.domain.instruments import Instrument
from safeplan_desktop.domain.plan_wording import PlanWording
from safeplan_desktop.domain.plans import SectionKey
from safeplan_desktop.domain.reference_lists import Cards, Countries, LineKind, ScreeningLists
from safeplan_desktop.errors import NotFoundError
from safeplan_desktop.services import reference

FILES = [
    *((f"instruments/{name}", Instrument) for name in assets.iter_names("instruments")),
    *((f"plans/{name}", PlanWording) for name in assets.iter_names("plans")),
    ("crisis_lines.toml", Countries),
    ("screening/factors.toml", ScreeningLists),
    ("crisis/protocol.toml", Protocol),
    ("crisis/cards.toml", Cards),
]
COUNTRIES = [
    "US",
    "CA",
    "GB",
    "IE",
    "AU",
    "NZ",
    "DE",
    "AT",
    "CH",
    "FR",
    "BE",
    "NL",
    "ES",
    "IT",
    "PT",
    "SE",
    "NO",
    "DK",
    "FI",
    "PL",
    "BR",
    "MX",
    "IN",
    "SG",
    "KR",
    "JP",
    "ZA",
]  # design facts, section 6
RETIRED_NUMBERS = {"1393", "199 284 284", "1800-221-4444"}
HIGHEST_GRADE = 7.0
"""Twelve-year-olds are in the sixth or seventh grade."""


def _unread(plain: object, read: object, where: str = "") -> Iterator[str]:
    """The keys of a file that became no field."""
    if isinstance(plain, dict):
        for key, value in plain.items():
            if key not in read:
                yield f"{where}.{key}"
            else:
                yield from _unread(value, read[key], f"{where}.{key}")
    elif isinstance(plain, list):
        for number, (value, taken) in enumerate(zip(plain, read, strict=True)):
            yield from _unread(value, taken, f"{where}[{number}]")


@pytest.mark.parametrize(("name", "kind"), FILES, ids=[name for name, _ in FILES])
def test_every_key_of_a_file_is_read(name, kind):
    plain = tomllib.loads(assets.read_text(name))
    assert list(_unread(plain, to_plain(from_plain(plain, kind)))) == []


def test_no_folder_of_reference_data_holds_a_file_that_nothing_reads():
    named = {name for name, _ in FILES}
    for folder in ("screening", "crisis"):
        assert {f"{folder}/{name}" for name in assets.iter_names(folder)} <= named


def test_the_instruments_stand_in_the_order_of_the_screen():
    assert list(reference.instruments())[:3] == ["structured-risk-interview", "phq-9", "gad-7"]


def test_an_unknown_instrument_is_answered_with_those_that_there_are():
    with pytest.raises(NotFoundError, match=r"structured-risk-interview, phq-9, gad-7"):
        reference.instrument("phq-99")


# Plan wording


def _wordings() -> list[PlanWording]:
    return [reference.plan_wording(code) for code, _ in reference.plan_languages()]


def _placeholders(text: str) -> set[str]:
    return {field for _, field, _, _ in string.Formatter().parse(text) if field is not None}


def test_english_is_the_first_language_and_spanish_is_there():
    assert reference.plan_languages()[0] == ("en", "English")
    assert ("es", "Español") in reference.plan_languages()


@pytest.mark.parametrize(
    ("asked", "given"), [("es", "es"), ("es-MX", "es"), ("en-GB", "en"), ("tlh", "en"), ("", "en")]
)
def test_a_language_falls_back_to_its_base_and_then_to_english(asked, given):
    assert reference.plan_wording(asked).language == given


@pytest.mark.parametrize("name", assets.iter_names("plans"))
def test_a_wording_file_bears_its_languages_name(name):
    assert reference.plan_wording(name.removesuffix(".toml")).language == name.removesuffix(".toml")


@pytest.mark.parametrize("wording", _wordings(), ids=lambda wording: wording.language)
def test_a_wording_has_every_section_in_order_with_enough_prompts(wording):
    assert [section.key for section in wording.sections] == list(SectionKey)
    for section in wording.sections:
        assert section.heading
        assert section.hint
        assert 4 <= len(section.questions) <= 8
        prompts = (*section.questions, *section.ideas)
        assert len(set(prompts)) == len(prompts)
        assert all(question.strip().endswith(("?", "？", "؟")) for question in section.questions)


@pytest.mark.parametrize("wording", _wordings(), ids=lambda wording: wording.language)
def test_a_wording_says_the_same_things_as_the_english_one(wording):
    english = reference.plan_wording("en")
    for field, text in to_plain(english).items():
        if not isinstance(text, str) or field == "reviewed_by":
            continue
        own = getattr(wording, field)
        assert own.strip(), field
        assert _placeholders(own) == _placeholders(text), field
    for own, first in zip(wording.sections, english.sections, strict=True):
        assert len(own.questions) == len(first.questions), own.key
        assert len(own.ideas) == len(first.ideas), own.key


def test_the_twelve_languages_of_clients_copies_are_there():
    codes = [code for code, _ in reference.plan_languages()]
    assert set(codes) == {"en", "es", "fr", "de", "pt", "it", "pl", "uk", "ar", "zh-Hans", "hi", "vi"}


def test_only_arabic_is_read_from_right_to_left():
    assert [wording.language for wording in _wordings() if wording.right_to_left] == ["ar"]


@pytest.mark.parametrize("wording", _wordings(), ids=lambda wording: wording.language)
def test_the_pocket_cards_title_tells_a_stranger_nothing(wording):
    assert wording.pocket_title != wording.title
    assert len(wording.pocket_title) < len(wording.title)


@pytest.mark.parametrize(
    ("field", "placeholders"),
    [
        ("written_on", {"date"}),
        ("review_by", {"date"}),
        ("danger", {"number"}),
        ("page", {"page", "pages"}),
        ("version", {"number"}),
        ("replaces", {"number"}),
        ("danger_without_number", set()),
    ],
)
def test_the_english_wording_has_its_placeholders(field, placeholders):
    assert _placeholders(getattr(reference.plan_wording("en"), field)) == placeholders


@pytest.mark.parametrize("wording", _wordings(), ids=lambda wording: wording.language)
def test_only_our_own_english_counts_as_reviewed_until_a_clinician_is_named(wording):
    assert wording.is_reviewed == (wording.language == "en")


# Language


def _client_words() -> list[str]:
    """Everything in English that a client reads or hears."""
    wording = reference.plan_wording("en")
    fixed = [wording.opening, wording.danger_without_number, wording.written_on, wording.review_by]
    sections = [
        text
        for section in wording.sections
        for text in (section.heading, section.hint, *section.questions, *section.ideas)
    ]
    interview = [item.label for item in reference.instrument("structured-risk-interview").items]
    return [*fixed, *sections, *interview, *(card.say for card in reference.cards())]


def _syllables(word: str) -> int:
    groups = len(re.findall(r"[aeiouy]+", word))
    silent = word.endswith("e") and not word.endswith(("le", "ee")) and groups > 1
    return max(1, groups - silent)


def test_what_a_client_reads_or_hears_is_plain():
    sentences = [part for text in _client_words() for part in re.split(r"[.?!;:]+\s*", text) if part.strip()]
    words = re.findall(r"[a-z’']+", " ".join(sentences).lower())
    grade = 0.39 * len(words) / len(sentences) + 11.8 * sum(map(_syllables, words)) / len(words) - 15.59
    assert grade < HIGHEST_GRADE
    assert max(len(sentence.split()) for sentence in sentences) <= 22


@pytest.mark.parametrize(("name", "kind"), FILES, ids=[name for name, _ in FILES])
def test_no_reference_text_blames_promises_or_frightens(name, kind):
    text = assets.read_text(name).lower()
    for words in ("commit suicide", "committed suicide", "no-suicide", "contract", "i promise", "successful attempt"):
        assert words not in text


# Crisis lines


def test_every_country_of_the_design_is_there_once():
    assert sorted(country.code for country in reference.countries()) == sorted(COUNTRIES)
    names = [country.name for country in reference.countries()]
    assert names == sorted(names)


def test_a_country_without_an_entry_gives_nothing_rather_than_another_countrys_numbers():
    assert reference.country("AQ") is None
    assert reference.country("NZ").emergency == "111"


@pytest.mark.parametrize("country", reference.countries(), ids=lambda country: country.code)
def test_a_country_has_an_emergency_number_lines_and_a_source(country):
    assert re.fullmatch(r"\d{2,5}", country.emergency)
    assert country.lines
    assert country.seen
    assert re.fullmatch(r"(20\d\d(-(0[1-9]|1[0-2]))?)?", country.seen_on)


@pytest.mark.parametrize("country", reference.countries(), ids=lambda country: country.code)
def test_a_line_has_one_number_that_dials_and_says_when_it_answers(country):
    for line in country.lines:
        assert line.name
        assert line.hours
        assert re.fullmatch(r"\+?\d[\d -]+\d", line.number)
        assert line.number not in RETIRED_NUMBERS


def test_lines_for_some_people_only_say_for_whom():
    kinds = {(c.code, line.number): line.type for c in reference.countries() for line in c.lines}
    assert kinds["CA", "1-800-668-6868"] is LineKind.YOUTH
    assert kinds["US", "741741"] is LineKind.TEXT
    assert kinds["PT", "808 24 24 24"] is LineKind.HEALTH
    assert kinds["US", "988"] is LineKind.VETERANS  # the second line of that number
    assert all(country.lines[0].type is LineKind.CRISIS for country in reference.countries())


def test_where_sources_disagree_a_note_says_so():
    assert "disagree" in reference.country("DK").note
    for code, retired in (("KR", "1393"), ("IT", "199 284 284"), ("SG", "1800-221-4444")):
        assert retired in reference.country(code).note


@pytest.mark.parametrize(
    ("code", "number"),
    [
        ("US", "988"),
        ("CA", "988"),
        ("GB", "116 123"),
        ("AU", "13 11 14"),
        ("FR", "3114"),
        ("PT", "1411"),
        ("KR", "109"),
    ],
)
def test_the_first_line_is_the_national_one(code, number):
    assert reference.country(code).lines[0].number == number


# Lists, protocol, cards


def test_the_lists_to_tick_hold_no_entry_twice_and_end_with_something_else():
    lists = reference.screening_lists()
    for entries in (lists.risk, lists.protective, lists.means, lists.means_actions):
        assert len(set(entries)) == len(entries) >= 5
    assert {"Medicines", "Firearm"} <= set(lists.means)
    assert lists.means[-1] == "Something else"


def test_considerations_name_intent_and_recent_behaviour_first_and_each_its_source():
    considerations = reference.screening_lists().considerations
    assert "Intent" in considerations[0].when
    assert "past 3 months" in considerations[0].when
    for entry in considerations:
        assert all((entry.when, entry.options, entry.prompts, entry.source))
        assert not entry.options.endswith(".")  # the screen joins the parts with full stops


def test_both_protocols_start_with_safety_and_end_with_the_incident():
    protocol = reference.protocol()
    assert "danger" in protocol.office[0].text
    assert "where are you" in protocol.telehealth[0].text
    for steps in (protocol.office, protocol.telehealth):
        assert 8 <= len(steps) <= 12
        assert "incident" in steps[-1].text
        assert all(len(step.text.split()) <= 20 for step in steps)
        assert sum(step.call for step in steps) == 1
    assert any("client's area, not of yours" in step.text for step in protocol.telehealth if step.call)


def test_there_are_ten_cards_with_a_sentence_that_fits_any_therapist():
    cards = reference.cards()
    assert len(cards) == 10
    for card in cards:
        assert card.title
        assert 2 <= len(card.lines) <= 3
        assert card.say.endswith((".", "?"))
        assert "Alma" not in card.say
