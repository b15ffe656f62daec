"""Text blocks: any text, as it was typed."""

import pytest
from document_samples import WRITTEN
from hypothesis import given, settings
from hypothesis import strategies as st
from pdf_reading import letters, outside, overlapping, read, squeezed

from safeplan_desktop.documents import fonts, pages, theme
from safeplan_desktop.documents.pages import Margins
from safeplan_desktop.documents.text import Span, TextBlock, tel_link
from safeplan_desktop.domain.practice import Paper

_FRAME = {"left": theme.SIDE, "right": theme.SIDE, "bottom": theme.FOOT, "top": theme.TOP}


def printed(*words, language="en"):
    look = theme.look(Paper.A4, language=language)
    story = [block for each in words for block in look.text(each, look.item, bullet="•")]
    pdf, _ = pages.build(story, Paper.A4, title="T", language=language, made=WRITTEN, margins=Margins(), look_=look)
    return read(pdf)


def drawn(text: str) -> str:
    """What has to stand on paper for a typed text."""
    return "".join(fonts.spelled_out(c) if c in fonts.unprintable(text) else c for c in text)


@settings(max_examples=25, deadline=None)
@given(text=st.text(alphabet=st.characters(max_codepoint=0x24F, exclude_categories=["Cc"]), min_size=1, max_size=200))
def test_latin_text_is_read_back_letter_by_letter(text):
    assert squeezed(printed(f"x{text}").text.replace("•", "")).replace("\u00ad", "") == squeezed(
        "x" + drawn(text)
    ).replace("\u00ad", "")


@pytest.mark.parametrize(
    "text",
    [
        "<b>bad",
        '<img src="/etc/passwd"/> & <a href="javascript:1">x</a>',
        "&lt; &#65; <font color=red>",
        "{number} %s $(id) \\N{BELL}",
    ],
)
def test_markup_is_printed_as_it_was_typed(text):
    reading = printed(text)

    assert text in reading.text
    assert reading.pages[0].links == []


@pytest.mark.parametrize(
    "text",
    [
        "مريم العلي",
        "אברהם (אבי) כהן",
        "अनन्या शर्मा क्षत्रिय",
        "สมหญิง ใจดี",
        "山田太郎",
        "김민지",
        "Олена",
        "Nguyễn",
        "🙂👩‍👩‍👧 🇺🇸",
        "ကျော်",
        "e\u0301lan",
    ],
)
def test_what_is_copied_from_a_name_is_the_name(text):
    assert squeezed(printed(text).text) == squeezed("•" + text)


def test_arabic_letters_are_joined():
    look = theme.look(Paper.A4)
    [line] = TextBlock("مريم", look.body, look.book)._broken(500)
    alone = [TextBlock(letter, look.body, look.book)._broken(500)[0].advance for letter in "مريم"]

    assert line.advance < sum(alone) * 0.9


@pytest.mark.parametrize("text", ["ำ", "x\u0e33", "ﷺ", "ﬃ", "\u1100\u1161\u11a8", "①", "ǆ", "\u0344"])
def test_a_letter_that_shaping_takes_apart_or_puts_together_is_never_a_box(text):
    assert printed(text).missing_glyphs == 0


def test_hebrew_stands_from_right_to_left():
    [line] = [line for line in printed("שרה כהן").pages[0].lines if any("כ" in run.text for run in line)]
    first, last = (next(run for run in line if letter in run.text) for letter in "שכ")

    assert first.x > last.x


def test_a_longer_hebrew_text_hangs_on_the_right_with_its_bullet():
    reading = printed("אני הולך לטייל עם הכלב ליד הנחל ומתקשר לאבא " * 4)
    bullet = next(run for run in reading.pages[0].runs if run.text == "•")

    assert bullet.x > reading.pages[0].width / 2


def test_ten_thousand_letters_without_a_space_are_broken_into_lines():
    reading = printed("w" * 10_000)

    assert letters(reading.text)["w"] == 10_000
    assert outside(reading, **_FRAME) == []
    assert overlapping(reading) == []


def test_a_thousand_empty_lines_do_no_harm():
    assert letters(printed("a" + "\n" * 1000 + "b").text) == letters("•ab")


def test_a_text_across_pages_loses_no_line():
    lines = [f"line {number} of many" for number in range(150)]

    reading = printed("\n".join(lines))

    assert len(reading.pages) == 3
    assert reading.pages[0].texts[0] == "•"
    assert reading.text.split("\n")[1:] == lines


def test_balanced_lines_are_about_equally_long_and_break_no_word():
    look = theme.look(Paper.A4)
    block = TextBlock("Professionals and services", look.heading, look.book, balanced=True)

    block.wrap(110, 1000)

    assert ["".join(unit.text for unit in line.units) for line in block._broken(110)] == [
        "Professionals",
        "and services",
    ]


def test_tall_scripts_get_the_room_that_they_need():
    look = theme.look(Paper.A4)
    plain, stacked = (TextBlock(text, look.body, look.book) for text in ("a\nb", "ကျော်\nကျော်"))

    assert stacked.wrap(500, 1000)[1] > plain.wrap(500, 1000)[1]


def test_a_block_never_shows_its_text_in_an_error():
    look = theme.look(Paper.A4)

    assert "Maren" not in repr(TextBlock("Maren Holt", look.body, look.book).identity())


def test_a_kerned_word_is_as_wide_as_its_place():
    reading = printed([Span("AVATAR "), Span("To", bold=True)])
    first, second = (next(run for run in reading.pages[0].runs if text in run.text) for text in ("AVATAR", "To"))

    assert first.end <= second.x + 0.1


@pytest.mark.parametrize(
    ("typed", "link"),
    [
        ("+1 (303) 555-0117", "tel:+13035550117"),
        ("988", "tel:988"),
        ("*67#1", "tel:*67#1"),
        ("ask reception", ""),
        ("#", ""),
        ("", ""),
    ],
)
def test_phone_numbers_become_links_and_nothing_else_does(typed, link):
    assert tel_link(typed) == link


@pytest.mark.parametrize("number", ["988, press 1", "112 / 911", "0800 1 or 116 123", "988; 741741"])
def test_two_numbers_in_one_line_never_become_one_link(number):
    assert tel_link(number) == ""
