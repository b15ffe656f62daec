"""Every format of the plan, on both papers, in every language: against what it looked like when somebody looked at it.

Like `test_documents.py`: after a wanted change run with REWRITE_GOLDEN=1, look at the new pages as pictures, and read
the difference of the files in `expected/formats`.
"""

import datetime as dt
import os
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest
from document_samples import CLIENT, PRACTICE, WRITTEN, item, plan_document, plan_form, with_items
from glyph_places import places_of_harfbuzz, places_on_page
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pdf_reading import letters, outside, overlapping, read, squeezed

from safeplan_desktop.documents import fonts, pages, theme
from safeplan_desktop.documents.itemise import FontBook
from safeplan_desktop.documents.pages import Margins
from safeplan_desktop.documents.plan_formats import plan_pdf
from safeplan_desktop.documents.plan_parts import Audience
from safeplan_desktop.documents.plan_photo import PHOTO_SHEET
from safeplan_desktop.documents.pocket_card import PANEL_HEIGHT, PANEL_WIDTH
from safeplan_desktop.documents.safety_plan import PHONE_SHEET
from safeplan_desktop.domain.answers import Answer
from safeplan_desktop.domain.plans import SCREEN_FORMATS, SHARED_BY_DEFAULT, Keeping, PlanFormat, SectionKey
from safeplan_desktop.domain.practice import Paper
from safeplan_desktop.services import reference

EXPECTED = Path(__file__).with_name("expected") / "formats"
LANGUAGES = tuple(code for code, _ in reference.plan_languages())
CARDS = (PlanFormat.POCKET_CARD, PlanFormat.POCKET_CARD_ONE_SIDED)
SHEETS = [(f, paper) for f in PlanFormat for paper in Paper if f not in SCREEN_FORMATS or paper is Paper.A4]
AUDIENCES = {PlanFormat.SUPPORT_PERSON: Audience.SUPPORT_PERSON, PlanFormat.THERAPIST: Audience.THERAPIST}
SHAPED = ("ar", "hi")


def form_in(language: str):
    """A usual plan whose entries are in the language itself, as far as the wording offers some."""
    form = replace(plan_form(), language=language)
    for section in reference.plan_wording(language).sections:
        if section.ideas and section.key is not SectionKey.SURROUNDINGS:
            form = with_items(form, section.key, *(item(idea) for idea in section.ideas[:3]))
    first = form.section(SectionKey.COPING).items[0]
    form = with_items(
        form,
        SectionKey.COPING,
        replace(first, likelihood=6, obstacle="rain"),
        *form.section(SectionKey.COPING).items[1:],
    )
    step = form.section(SectionKey.SURROUNDINGS).items[0]
    form = with_items(form, SectionKey.SURROUNDINGS, replace(step, checked_on=dt.date(2026, 3, 1)))
    return replace(form, keeping=Keeping("In my wallet", Answer.YES, 8, "the night", "I call Ana"))


def document_of(plan_format: PlanFormat, form, **changes):
    document = plan_document(form=form, audience=AUDIENCES.get(plan_format, Audience.CLIENT), **changes)
    if plan_format is PlanFormat.SUPPORT_PERSON:
        document = replace(document, sections=SHARED_BY_DEFAULT, recipient="Ana Holt", shared_on=dt.date(2026, 3, 2))
    if plan_format in CARDS:
        document = replace(document, with_practice=False)
    if plan_format is PlanFormat.BLANK:
        document = replace(document, client=replace(CLIENT, name=""))
    return document


@cache
def printed(plan_format: PlanFormat, paper: Paper, language: str):
    wording = reference.plan_wording(language)
    return read(plan_pdf(document_of(plan_format, form_in(language)), wording, paper, plan_format))


def frame_of(plan_format: PlanFormat, paper: Paper) -> dict[str, float]:
    """The widths of the margins that no letter may enter."""
    if plan_format is PlanFormat.PHONE:
        sheet = PHONE_SHEET
    elif plan_format is PlanFormat.PHOTO:
        sheet = PHOTO_SHEET
    else:
        sheet = theme.sheet_of(paper)
    foot = sheet.foot - (14 if plan_format is PlanFormat.LARGE_PRINT else 10)
    return {"left": sheet.side, "right": sheet.side, "bottom": foot, "top": sheet.top * 0.4}


def outside_panels(reading, paper: Paper, across: int) -> list[str]:
    """Letters on a pocket card that leave their panel; what is printed below the card is cut away."""
    sheet = theme.sheet_of(paper)
    left = (sheet.width - across * PANEL_WIDTH) / 2
    found = []
    for page in reading.pages:
        runs = [run for run in page.runs if (run.glyphs and run.size < theme.SMALLEST) or run.font.endswith("Bold")]
        for run in runs:
            column = (run.x - left) / PANEL_WIDTH
            if not 0 <= column < across or run.end > left + (int(column) + 1) * PANEL_WIDTH:
                found.append(run.text)
    return found


@pytest.mark.parametrize(("plan_format", "paper"), SHEETS, ids=lambda value: value.value)
def test_every_line_stands_where_it_stood(plan_format, paper):
    lines = []
    for language in LANGUAGES:
        reading = printed(plan_format, paper, language)
        lines.append(f"== {language}: {len(reading.pages)} pages")
        lines += [
            f"{number} {line[0].x:.0f} {line[0].y:.0f} {''.join(run.text for run in line)}"
            for number, page in enumerate(reading.pages, start=1)
            for line in page.lines
        ]
    file = EXPECTED / f"{plan_format.value}-{paper.value}.txt"
    if os.environ.get("REWRITE_GOLDEN"):
        file.parent.mkdir(exist_ok=True)
        file.write_text("\n".join(lines) + "\n", encoding="utf-8")

    assert "\n".join(lines) + "\n" == file.read_text(encoding="utf-8")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("plan_format", "paper"), SHEETS, ids=lambda value: value.value)
def test_nothing_is_clipped_boxed_coloured_or_tells_a_name(plan_format, paper, language):
    reading = printed(plan_format, paper, language)

    assert overlapping(reading) == []
    assert outside(reading, **frame_of(plan_format, paper)) == []
    if plan_format in CARDS:
        assert outside_panels(reading, paper, 1 if plan_format is PlanFormat.POCKET_CARD else 2) == []
    assert reading.missing_glyphs == 0
    assert all(reading.fonts.values())
    assert reading.language == language
    assert all(max(colour) - min(colour) < 0.02 and max(colour) < 0.65 for colour in reading.colours)
    assert not any("Holt" in value for value in reading.metadata.values())
    wording = reference.plan_wording(language)
    assert reading.metadata["/Title"] == (wording.pocket_title if plan_format in CARDS else wording.title)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("plan_format", [f for f in PlanFormat if f is not PlanFormat.BLANK], ids=lambda f: f.value)
def test_headings_and_entries_are_read_back_in_reading_order(plan_format, language):
    text = squeezed(printed(plan_format, Paper.A4, language).text)
    wording = reference.plan_wording(language)
    form = form_in(language)
    shown = SHARED_BY_DEFAULT if plan_format is PlanFormat.SUPPORT_PERSON else tuple(SectionKey)
    last = 0
    for key in shown:
        heading = text.find(squeezed(wording.section(key).heading), last)
        assert heading >= 0, key
        last = heading
        for entry in form.section(key).items:
            last = text.find(squeezed(entry.text), last)
            assert last >= 0, entry.text


@pytest.mark.parametrize("plan_format", list(PlanFormat), ids=lambda f: f.value)
def test_no_clients_copy_names_a_version_a_code_or_a_likelihood(plan_format):
    text = printed(plan_format, Paper.A4, "en").text
    own = plan_format is PlanFormat.THERAPIST
    for words in ("Version 3", "replaces version 2", "M-07", "6 of 10", "8 of 10"):
        assert (words in text) == own, words
    assert squeezed("throw away older copies") in squeezed(text)


def test_large_print_is_large():
    sizes = [run.size for page in printed(PlanFormat.LARGE_PRINT, Paper.A4, "en").pages for run in page.runs]
    assert min(sizes) >= 18


def test_the_pocket_card_tells_a_stranger_nothing():
    text = printed(PlanFormat.POCKET_CARD, Paper.A4, "en").text
    assert text.startswith("My plan\n")
    for words in ("safety plan", "Maren", "Reyes", "Juniper"):
        assert words.lower() not in text.replace("Dr. Alma Reyes", "").lower()


def test_the_pocket_card_names_the_practice_where_that_is_wanted():
    document = replace(document_of(PlanFormat.POCKET_CARD, plan_form()), with_practice=True)
    text = read(plan_pdf(document, reference.plan_wording("en"), Paper.A4, PlanFormat.POCKET_CARD)).text
    assert "Juniper Street Psychotherapy" in text


def test_a_panel_has_the_size_of_a_bank_card():
    assert pytest.approx((85.6, 53.98), abs=0.01) == (PANEL_WIDTH / 72 * 25.4, PANEL_HEIGHT / 72 * 25.4)


def test_a_support_persons_copy_shows_what_was_agreed_and_the_day():
    text = printed(PlanFormat.SUPPORT_PERSON, Paper.A4, "en").text
    assert "From Maren Holt" in text
    assert "Copy for Ana Holt" in text
    assert "I agreed on March 2, 2026 to share this copy." in text
    assert "please call 911" in text
    assert squeezed("My reasons for living") not in squeezed(text)
    assert "In my wallet" not in text
    assert "rain" not in text


def test_numbers_on_a_phone_can_be_touched_and_a_code_dials_the_first():
    links = [link for page in printed(PlanFormat.PHONE, Paper.A4, "en").pages for link, _ in page.links]
    assert {"tel:988", "tel:911", "tel:+13035550117"} <= set(links)


def test_the_square_code_says_what_to_do_with_it_and_stands_only_where_it_is_wanted():
    document, wording = document_of(PlanFormat.FULL, plan_form()), reference.plan_wording("en")
    plain = read(plan_pdf(document, wording, Paper.A4, PlanFormat.FULL))
    coded = read(plan_pdf(replace(document, qr=True), wording, Paper.A4, PlanFormat.FULL))
    assert "Scan to call" in coded.text
    assert "Scan to call" not in plain.text
    assert overlapping(coded) == []


def test_a_reviewed_plan_says_when_it_was_last_looked_at():
    document = replace(document_of(PlanFormat.FULL, plan_form()), reviewed_on=dt.date(2026, 3, 20))
    text = read(plan_pdf(document, reference.plan_wording("en"), Paper.A4, PlanFormat.FULL)).text
    assert "Last looked at together on March 20, 2026." in text


@pytest.mark.parametrize("plan_format", [f for f in PlanFormat if f is not PlanFormat.BLANK], ids=lambda f: f.value)
def test_a_working_copy_says_so_in_every_format(plan_format):
    document = document_of(plan_format, plan_form(), number=None, replaces=None)
    reading = read(plan_pdf(document, reference.plan_wording("en"), Paper.A4, plan_format))
    assert "Working copy, not finished" in reading.pages[0].text
    assert overlapping(reading) == []


def _words(language: str) -> list[str]:
    wording = reference.plan_wording(language)
    texts = [wording.title, wording.opening, wording.crisis_heading]
    texts += [text for section in wording.sections for text in (section.heading, section.hint)]
    return sorted({word.strip("،؛.,।!?؟:()") for text in texts for word in text.split()} - {""})


@pytest.mark.parametrize("language", SHAPED)
def test_the_glyphs_of_shaped_scripts_stand_where_harfbuzz_puts_them(language):
    for word in _words(language):
        look = theme.look(Paper.A4)
        pdf, _ = pages.build(
            look.text(word, look.item),
            Paper.A4,
            title="T",
            language="en",
            made=WRITTEN,
            margins=Margins(),
            look_=look,
        )
        runs = [run for page in read(pdf).pages for run in page.runs if run.glyphs]
        faces = {face for _, face in FontBook().faces(word, bold=False)}
        if len(faces) != 1 or len(runs) != 1:
            continue
        [face], [run] = faces, runs
        expected, found = places_of_harfbuzz(face, word), places_on_page(run)
        assert len(found) == len(expected), word
        for one, other in zip(found, expected, strict=True):
            assert one == pytest.approx(other, abs=1), word


_MIXED = st.sampled_from(
    "مريم ()אבג,.123 +क्षत्रिय्न สม้หญิํง 山田。「」ア 김민 🙂👩\u200d👧🇺🇸\ufe0f\u20e3 e\u0301\u0323 \n\t\u200f\u202e<b>&amp;"
)
_LONG = ("w" * 10_000, "word " * 2000, "<b>&" * 2500, "مريم " * 2000)


@pytest.mark.parametrize("plan_format", [f for f in PlanFormat if f is not PlanFormat.BLANK], ids=lambda f: f.value)
@settings(max_examples=6, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    entries=st.lists(st.text(alphabet=st.one_of(st.characters(), _MIXED), min_size=1, max_size=200), max_size=60),
    key=st.sampled_from(SHARED_BY_DEFAULT),
)
def test_any_entries_are_printed_whole_in_every_format(plan_format, entries, key):
    _whole(plan_format, entries, key)


@pytest.mark.parametrize("plan_format", [f for f in PlanFormat if f is not PlanFormat.BLANK], ids=lambda f: f.value)
@pytest.mark.parametrize("text", _LONG, ids=["one word", "words", "markup", "Arabic"])
def test_an_entry_of_ten_thousand_characters_loses_none(plan_format, text):
    _whole(plan_format, [text], SectionKey.COPING)


def _whole(plan_format: PlanFormat, entries: list[str], key: SectionKey) -> None:
    form = with_items(plan_form(), key, *(item(f"x{text}", phone="303 555 0117") for text in entries))
    whole = "".join(entries)
    strange = fonts.unprintable(whole)
    document = replace(document_of(plan_format, form), practice=PRACTICE)

    reading = read(plan_pdf(document, reference.plan_wording("en"), Paper.A4, plan_format))

    wanted = letters("".join(fonts.spelled_out(c) if c in strange else c for c in whole))
    found = letters(reading.text)
    assert all(found[letter] >= wanted[letter] for letter in wanted)
    assert reading.missing_glyphs == 0
    assert outside(reading, **frame_of(plan_format, Paper.A4)) == []
    assert overlapping(reading) == []
