"""Whole documents against what they looked like when somebody looked at them, and any text at all.

The files of `expected/` hold every line of text with its page, place and size. After a wanted change, run with
REWRITE_GOLDEN=1 in the environment, look at the new pages as pictures, and read the difference of these files.
"""

import datetime as dt
import os
import statistics
import time
from dataclasses import replace
from pathlib import Path

import pytest
import uharfbuzz
from document_samples import (
    CHAIN_HEAD,
    CLIENT,
    PROFILE,
    RECOVERY_WORDS,
    RIGHT_TO_LEFT_WORDING,
    WORDING,
    WRITTEN,
    incident_addenda,
    item,
    plan_document,
    plan_form,
    signed_incident,
    signed_screening,
    with_items,
)
from glyph_places import placed, places_of_harfbuzz, places_on_page
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pdf_reading import letters, outside, overlapping, read, squeezed

from safeplan_desktop.documents import fonts, pages, theme
from safeplan_desktop.documents.incident_report import incident_report_pdf
from safeplan_desktop.documents.itemise import FontBook
from safeplan_desktop.documents.pages import Margins
from safeplan_desktop.documents.plan_parts import Audience
from safeplan_desktop.documents.recovery_sheet import recovery_sheet_pdf
from safeplan_desktop.documents.safety_plan import safety_plan_pdf
from safeplan_desktop.documents.screening_report import screening_report_pdf
from safeplan_desktop.domain.plans import SectionKey
from safeplan_desktop.domain.practice import Paper

EXPECTED = Path(__file__).with_name("expected")
FRAME = {"left": theme.SIDE, "right": theme.SIDE, "bottom": theme.FOOT - 8, "top": theme.FOOT - 8}
TEXT_FRAME = {"left": theme.SIDE, "right": theme.SIDE, "bottom": theme.FOOT, "top": theme.TOP}

NAMES = (
    "Renée Müller-Łoś",
    "Олена Шевченко",
    "Nguyễn Thị Hồng",
    "مريم العلي",
    "فاطمة (أختي) بعد الساعة 6",
    "אברהם (אבי) כהן",
    "अनन्या शर्मा क्षत्रिय",
    "อาจารย์ สมหญิง ใจดี",
    "山田太郎",
    "김민지",
    "আনন্যা",
    "ਹਰਪ੍ਰੀਤ",
    "ಅನನ್ಯ",
    "தமிழ்ச்செல்வி",
    "ကျော်",
    "ខ្មែរ",
    "አበበ",
    "ქეთევანი",
    "🙂🐕👩‍👩‍👧 🇺🇸",
    "Ελένη",
)


def _names_of_the_world() -> bytes:
    form = with_items(plan_form(), SectionKey.COPING, *(item(name) for name in NAMES))
    form = with_items(form, SectionKey.HELPERS, item("مريم العلي", relation="sister", phone="+1 303 555 0117"))
    return safety_plan_pdf(plan_document(form=form, client=replace(CLIENT, name="山田太郎")), WORDING, Paper.A4)


def _long_plan() -> bytes:
    form = with_items(plan_form(), SectionKey.COPING, *(item(f"entry {number} of many") for number in range(50)))
    return safety_plan_pdf(plan_document(form=form, audience=Audience.THERAPIST), WORDING, Paper.LETTER)


DOCUMENTS = {
    "plan-client-a4": lambda: safety_plan_pdf(plan_document(), WORDING, Paper.A4),
    "plan-client-letter": lambda: safety_plan_pdf(plan_document(), WORDING, Paper.LETTER),
    "plan-therapist-a4": lambda: safety_plan_pdf(plan_document(audience=Audience.THERAPIST), WORDING, Paper.A4),
    "plan-working-a4": lambda: safety_plan_pdf(plan_document(number=None, replaces=None), WORDING, Paper.A4),
    "plan-right-to-left-a4": lambda: safety_plan_pdf(plan_document(), RIGHT_TO_LEFT_WORDING, Paper.A4),
    "plan-long-letter": _long_plan,
    "plan-names-a4": _names_of_the_world,
    "incident-letter": lambda: incident_report_pdf(
        signed_incident(), incident_addenda(), PROFILE, Paper.LETTER, CHAIN_HEAD
    ),
    "screening-a4": lambda: screening_report_pdf(
        signed_screening(), incident_addenda()[:1], PROFILE, Paper.A4, CHAIN_HEAD
    ),
    "recovery-a4": lambda: recovery_sheet_pdf(
        RECOVERY_WORDS, "K-7F3A-91C2", "1f0e5c88-2b7e", dt.date(2026, 3, 2), Paper.A4, "Juniper Street"
    ),
}


@pytest.fixture(scope="module", params=DOCUMENTS)
def document(request):
    return request.param, read(DOCUMENTS[request.param]())


def test_every_line_stands_where_it_stood(document):
    name, reading = document
    lines = [
        f"{number} {run.x:.0f} {run.y:.0f} {run.size:.2f} {''.join(run.text for run in line)}"
        for number, page in enumerate(reading.pages, start=1)
        for line in page.lines
        for run in line[:1]
    ]
    file = EXPECTED / f"{name}.txt"
    if os.environ.get("REWRITE_GOLDEN"):
        file.write_text("\n".join(lines) + "\n", encoding="utf-8")

    assert "\n".join(lines) + "\n" == file.read_text(encoding="utf-8")


def test_every_document_is_whole_clear_and_black_on_white(document):
    _, reading = document

    assert outside(reading, **FRAME) == []
    assert overlapping(reading) == []
    assert reading.missing_glyphs == 0
    assert all(reading.fonts.values())
    assert all(max(colour) - min(colour) < 0.02 and max(colour) < 0.65 for colour in reading.colours)
    assert not any("Holt" in value or "山田" in value for value in reading.metadata.values())


def test_names_of_the_world_are_read_back_in_reading_order():
    text = squeezed(read(_names_of_the_world()).text)

    for name in NAMES:
        assert squeezed(name) in text


@pytest.mark.parametrize("bold", [False, True])
@pytest.mark.parametrize("name", NAMES)
def test_cut_fonts_draw_what_the_whole_fonts_draw(name, bold):
    """The glyph runs of a cut font have the same lengths and offsets as HarfBuzz gives for the font it was cut from."""
    book = FontBook()
    sources = {source.name: source for source in fonts.candidates("zh")}
    by_face: dict[object, str] = {}
    for word in name.split():
        for cluster, face in book.faces(word, bold=bold):
            by_face[face] = by_face.get(face, "") + cluster
    for face, text in by_face.items():
        source = next((source for key, source in sources.items() if face.name.startswith(f"{key}-")), None)
        if source is None:
            continue
        whole = uharfbuzz.Font(uharfbuzz.Face(uharfbuzz.Blob.from_file_path(str(source.file))))
        whole.set_variations({"wght": 700 if bold else 400})
        assert placed(face.shaper, text) == pytest.approx(placed(whole, text), abs=1.5)


@pytest.mark.parametrize("word", ["क्षत्रिय", "مُحَمَّد", "שָׁלוֹם", "ကျော်", "ที่นี่", "ಅನನ್ಯ", "AVATAR"])
def test_glyphs_stand_on_the_page_where_harfbuzz_puts_them(word):
    [(run, _)] = [
        (run, line) for page in _printed(word).pages for line in page.lines for run in line if run.text != "•"
    ]
    [face] = {face for _, face in FontBook().faces(word, bold=False)}
    expected, found = places_of_harfbuzz(face, word), places_on_page(run)

    assert len(found) == len(expected)
    for one, other in zip(found, expected, strict=True):
        assert one == pytest.approx(other, abs=1)


def _printed(text: str):
    look = theme.look(Paper.A4)
    pdf, _ = pages.build(
        look.text(text, look.item, bullet="•"),
        Paper.A4,
        title="T",
        language="en",
        made=WRITTEN,
        margins=Margins(),
        look_=look,
    )
    return read(pdf)


_MIXED = st.sampled_from(
    "مريم ()אבג,.123 +क्षत्रिय्न สม้หญิํง 山田。「」ア 김민 🙂👩\u200d👧🇺🇸\ufe0f\u20e3 e\u0301\u0323 \n\t\u200f\u202e\u2066<>&"
)


@settings(max_examples=250, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(text=st.text(alphabet=st.one_of(st.characters(), _MIXED), min_size=1, max_size=80))
def test_any_text_is_printed_whole_inside_the_frame_without_a_box(text):
    drawn = "".join(fonts.spelled_out(c) if c in fonts.unprintable(text) else c for c in text)

    reading = _printed(f"x{text}")

    assert letters(reading.text) == letters(f"•x{drawn}")
    assert reading.missing_glyphs == 0
    assert outside(reading, **TEXT_FRAME) == []


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    entries=st.lists(st.text(alphabet=st.one_of(st.characters(), _MIXED), min_size=1, max_size=400), max_size=60),
    key=st.sampled_from(SectionKey),
)
def test_a_plan_of_any_entries_is_printed_whole(entries, key):
    form = with_items(plan_form(), key, *(item(f"x{text}", phone="303 555 0117") for text in entries))
    whole = "".join(entries)
    strange = fonts.unprintable(whole)

    reading = read(safety_plan_pdf(plan_document(form=form), WORDING, Paper.A4))

    wanted = letters("".join(fonts.spelled_out(c) if c in strange else c for c in whole))
    found = letters(reading.text)
    assert all(found[letter] >= wanted[letter] for letter in wanted)
    assert reading.missing_glyphs == 0
    assert outside(reading, **FRAME) == []
    assert overlapping(reading) == []


def test_a_name_of_ten_thousand_letters_and_an_endless_number_lose_nothing():
    endless = item("n" * 10_000, relation="r" * 3000, phone="7" * 300, when_to_call="w" * 3000)

    reading = read(
        safety_plan_pdf(plan_document(form=with_items(plan_form(), SectionKey.HELPERS, endless)), WORDING, Paper.A4)
    )

    found = letters(reading.text)
    assert found["n"] > 10_000
    assert found["r"] > 3000
    assert found["7"] >= 300
    assert found["w"] > 3000
    assert outside(reading, **FRAME) == []
    assert overlapping(reading) == []


def test_a_contact_is_never_torn_from_its_second_line():
    for count in range(9, 24):
        people = [item(f"Person{number}", phone="555 0100", when_to_call=f"hours{number}") for number in range(count)]
        form = with_items(plan_form(), SectionKey.HELPERS, *people)

        for page in read(safety_plan_pdf(plan_document(form=form), WORDING, Paper.A4)).pages:
            for number in range(count):
                assert (f"Person{number}\n" in page.text) == (f"hours{number}\n" in page.text)


def _seconds(make) -> float:
    make()
    taken = []
    for _ in range(5):
        begun = time.thread_time()
        make()
        taken.append(time.thread_time() - begun)
    return statistics.median(taken)


def test_a_usual_plan_takes_less_than_60_ms_and_the_largest_less_than_300():
    largest = plan_form()
    for key in (SectionKey.COPING, SectionKey.WARNING_SIGNS):
        largest = with_items(
            largest, key, item("The quick brown fox. " * 476), *(item(f"entry {n}") for n in range(60))
        )

    assert _seconds(DOCUMENTS["plan-client-a4"]) < 0.060
    assert _seconds(lambda: safety_plan_pdf(plan_document(form=largest), WORDING, Paper.A4)) < 0.300
