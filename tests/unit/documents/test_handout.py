"""The page of a handout: exactly one, in letters that are easy to read, and it names no client."""

import datetime as dt
from collections import Counter
from dataclasses import replace

import pytest
from document_samples import PROFILE
from pdf_reading import outside, overlapping, read

from safeplan_desktop.documents.handout import handout_pdf, is_longer_than_a_page
from safeplan_desktop.domain.handouts import Handout, HandoutSection, NumberToCall, numbers_of
from safeplan_desktop.domain.moments import Moment
from safeplan_desktop.domain.practice import ContactType, EmergencyContact, Paper
from safeplan_desktop.services import reference

MADE = Moment(dt.datetime(2026, 3, 2, 16, 0, tzinfo=dt.UTC), "America/Denver")
DAY = MADE.local_date
FULL = tuple(
    EmergencyContact(f"{kind.value}{n}", kind, name, number, hours, checked_on=DAY, on_plans=True)
    for n, (kind, name, number, hours) in enumerate(
        (
            (ContactType.EMERGENCY_NUMBER, "Emergency number", "911", ""),
            (ContactType.CRISIS_LINE, "988 Suicide and Crisis Lifeline", "988", "24 hours, call or text, in English"),
            (ContactType.CRISIS_LINE, "Northern Counties Crisis Line", "+1 303 555 0190", "24 hours"),
            (ContactType.POISON_CENTRE, "Rocky Mountain Poison Centre", "+1 303 555 0191", "24 hours"),
        )
    )
)
EVERY = [
    (handout_id, language, paper) for handout_id in reference.handouts() for language in ("en", "es") for paper in Paper
]


def _read(handout, contacts=FULL, profile=PROFILE, paper=Paper.A4):
    numbers = numbers_of(handout.numbers, contacts, DAY)
    words = reference.handout_words(handout.language)
    return read(handout_pdf(handout, numbers, profile, words, paper, MADE))


@pytest.mark.parametrize(("handout_id", "language", "paper"), EVERY)
def test_each_is_exactly_one_page_in_letters_of_11_points_or_more(handout_id, language, paper):
    handout = reference.handouts()[handout_id][language]
    for contacts in (FULL, ()):
        pdf = _read(handout, contacts, paper=paper)
        assert len(pdf.pages) == 1
        assert not overlapping(pdf)
        assert not outside(pdf, left=40, right=40, bottom=20, top=30)
        text = " ".join(pdf.text.split())
        assert all(" ".join(line.split()) in text.replace("• ", "") for line in handout.words.splitlines())
        sizes = Counter()
        for run in pdf.pages[0].runs:
            sizes[round(run.size, 1)] += len(run.text)
        assert sizes.most_common(1)[0][0] >= 11
        assert min(sizes) >= 10


def test_a_checked_number_can_be_dialled_and_an_unknown_one_is_a_labelled_line():
    handout = reference.handouts()["medicine-alcohol"]["es"]
    assert {target for target, _ in _read(handout).pages[0].links} == {
        "tel:911",
        "tel:988",
        "tel:+13035550190",
        "tel:+13035550191",
    }
    blank = _read(handout, ())
    assert not blank.pages[0].links
    for label in ("Número de emergencias", "Línea de crisis", "Centro de información toxicológica"):
        assert label in blank.text


def test_the_emergency_number_is_called_by_its_name_in_the_language_of_the_page():
    handout = reference.handouts()["helping"]["es"]
    text = _read(handout).text
    assert "Número de emergencias" in text
    assert "Emergency number" not in text


def test_the_foot_says_who_wrote_it_for_whom_and_can_be_left_without_the_practice():
    handout = reference.handouts()["helping"]["en"]
    text = " ".join(_read(handout).text.split())
    assert f"for the clients of {PROFILE.practice_name}" in text
    assert PROFILE.phone in text.replace("\u00a0", " ")
    alone = " ".join(_read(handout, profile=None).text.split())
    assert "for people in therapy" in alone
    assert PROFILE.practice_name not in alone
    own = " ".join(_read(replace(handout, own=True)).text.split())
    assert f"Written by {PROFILE.therapist_name}" in own


LONG = Handout(
    "own-1",
    title="Umzug",
    language="de",
    lead="Ein kurzer Text.",
    sections=tuple(HandoutSection(f"Abschnitt {n}", "Wort " * 120, ("Punkt",)) for n in range(6)),
    own=True,
)


@pytest.mark.parametrize("paper", Paper)
def test_an_own_handout_that_is_too_long_goes_on_on_a_second_page_and_is_told(paper):
    words = reference.handout_words("de")
    assert is_longer_than_a_page(LONG, (), words, paper)
    assert not is_longer_than_a_page(replace(LONG, sections=LONG.sections[:2]), (), words, paper)
    pdf = _read(LONG, (), paper=paper)
    assert len(pdf.pages) >= 2
    assert "Abschnitt 5" in pdf.text


def test_a_long_unbroken_word_and_another_script_stay_on_the_page():
    handout = Handout(
        "own-2",
        title="Donaudampfschifffahrtsgesellschaft" * 2,
        lead="x" * 300,
        sections=(HandoutSection("", "", ("Привіт", "w" * 200)), HandoutSection("Наголос", "")),
        numbers=(ContactType.CRISIS_LINE,),
        language="uk",
        own=True,
    )
    pdf = _read(handout, ())
    assert len(pdf.pages) == 1
    assert not outside(pdf, left=40, right=40, bottom=20, top=30)
    assert "Привіт" in pdf.text


def test_a_box_without_numbers_is_left_out():
    handout = reference.handouts()["grounding"]["en"]
    assert reference.handout_words("en").heading not in _read(handout).text
    assert numbers_of((ContactType.CRISIS_LINE,), (), DAY) == (NumberToCall(ContactType.CRISIS_LINE),)
