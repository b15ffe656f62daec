"""The words of our handouts: complete in both languages, easy to read, and free of what must not stand there."""

import re

import pytest
import textstat

from safeplan_desktop import assets
from safeplan_desktop.domain.practice import ContactType
from safeplan_desktop.services import reference

IDS = tuple(reference.handouts())
LANGUAGES = ("en", "es")
EVERY = [(handout_id, language) for handout_id in IDS for language in LANGUAGES]

HARDEST_GRADE = 8.0
"""School grade by Flesch and Kincaid; 8 is an age of about 13."""

EASIEST_NORMAL = 60.0
"""By Fernández Huerta and by INFLESZ (Szigriszt-Pazos): "normal" or easier."""

FORBIDDEN = (
    r"commit(s|ted|ting)? suicide|suicide attempt|failed attempt|successful|cometi\w* suicidio|cometer suicidio",
    r"\b(overdos\w*|hang(ed|ing)|hang (my|your|him|her|them)\w+|jump(ed|ing)?|drown\w*|gas|blade\w*|rope\w*|razor\w*|bridge\w*|lethal|pills? to)\b",
    r"\b(sobredosis|ahorcar\w*|saltar|cuerda|veneno|cuchill\w*|puente|letal)\b",
    r"\b(you will be fine|you will feel better|guarantee|always helps|se pondrá bien|garantiza)\b",
    r"\b(diagnos\w*|disorder|depression|depresión|trastorno|diagnóstico|patient|paciente)\b",
    r"no-suicide|contract\b|contrato\b",
    r"\d{3,}",  # a number to call comes from the practice's checked list only
)


def _sentences(handout):
    """The words as sentences: a heading or an item without a full stop ends one all the same."""
    return "\n".join(line if re.search(r"[.?!][”»\"]?$", line) else f"{line}." for line in handout.words.splitlines())


def test_there_are_at_least_ten_and_every_file_is_offered_in_both_languages():
    files = {name.removesuffix(".toml") for name in assets.iter_names("handouts")} - {"words"}
    assert files == {f"{handout_id}.{language}" for handout_id, language in EVERY}
    assert len(IDS) >= 10


@pytest.mark.parametrize(
    ("language", "typed", "printed"),
    [
        ("es", "24 hours", "24 horas"),
        ("es-MX", "24 Hours a  day.", "24 horas"),
        ("es", "24 hours, call or text; free", "24 horas, llamada o mensaje de texto; gratis"),
        ("en", "Las 24 horas, gratis", "24 hours, free"),
        ("es", "24/7", "24/7"),
        ("en", "24 hours a day", "24 hours a day"),
        ("es", "24 hours, in English", "24 hours, in English"),
        ("es", "9 to 5", "9 to 5"),
        ("es", "", ""),
        ("de", "24 hours", "24 hours"),
    ],
)
def test_hours_are_printed_in_the_handouts_language_where_all_of_them_is_known_else_as_typed(language, typed, printed):
    assert reference.handout_hours(language, typed) == printed


@pytest.mark.parametrize("handout_id", IDS)
def test_both_languages_have_the_same_structure(handout_id):
    english, spanish = (reference.handouts()[handout_id][language] for language in LANGUAGES)

    def shape(handout):
        sections = [(bool(s.heading), bool(s.text), len(s.items)) for s in handout.sections]
        return sections, handout.numbers, bool(handout.notes), handout.version

    assert shape(english) == shape(spanish)
    assert english.title != spanish.title
    assert all(section.heading for section in english.sections)


@pytest.mark.parametrize(("handout_id", "language"), EVERY)
def test_nothing_stands_there_that_hurts_scares_promises_or_compares(handout_id, language):
    words = reference.handouts()[handout_id][language].words
    found = [match[0] for pattern in FORBIDDEN for match in re.finditer(pattern, words, re.IGNORECASE)]
    assert not found


@pytest.mark.parametrize("handout_id", IDS)
def test_the_english_is_for_grade_8_or_below(handout_id):
    textstat.textstat.set_lang("en_US")
    text = _sentences(reference.handouts()[handout_id]["en"])
    assert textstat.textstat.flesch_kincaid_grade(text) <= HARDEST_GRADE


@pytest.mark.parametrize("handout_id", IDS)
def test_the_spanish_is_normal_or_easier(handout_id):
    textstat.textstat.set_lang("es")
    text = _sentences(reference.handouts()[handout_id]["es"])
    assert textstat.textstat.fernandez_huerta(text) >= EASIEST_NORMAL
    assert textstat.textstat.szigriszt_pazos(text) >= EASIEST_NORMAL


def test_the_measure_tells_easy_from_hard():
    textstat.textstat.set_lang("en_US")
    hard = (
        "Individuals experiencing considerable psychological destabilisation should contemporaneously utilise "
        "previously established therapeutic interventions in consultation with multidisciplinary professionals."
    )
    assert textstat.textstat.flesch_kincaid_grade(hard) > HARDEST_GRADE
    textstat.textstat.set_lang("es")
    difficult = (
        "La implementación contemporánea de intervenciones psicoterapéuticas multidisciplinarias previamente "
        "consensuadas posibilitará consecuentemente la desestigmatización institucionalizada."
    )
    assert textstat.textstat.fernandez_huerta(difficult) < EASIEST_NORMAL


def test_where_ending_ones_life_is_spoken_of_the_numbers_stand_on_the_page():
    explains = {"confidentiality"}  # is about what a therapist may tell, and given with a talk
    for handout_id, languages in reference.handouts().items():
        speaks = re.search(r"ending your life|suicide", languages["en"].words)
        if speaks and handout_id not in explains:
            assert ContactType.EMERGENCY_NUMBER in languages["en"].numbers
            assert ContactType.CRISIS_LINE in languages["en"].numbers


def test_other_languages_take_their_heading_from_the_wording_of_plans():
    assert reference.handout_words("es-MX").heading == reference.handout_words("es").heading
    french = reference.plan_wording("fr")
    assert (reference.handout_words("fr").heading, reference.handout_words("fr").phone) == (
        french.crisis_heading,
        french.phone,
    )
