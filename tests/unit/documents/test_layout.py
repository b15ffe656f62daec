"""Columns, tables and boxes across pages."""

import pytest
from document_samples import WRITTEN
from pdf_reading import letters, overlapping, read

from safeplan_desktop.documents import layout, pages, record_parts, theme
from safeplan_desktop.documents.pages import Margins
from safeplan_desktop.domain.practice import Paper


def built(look, story):
    pdf, _ = pages.build(
        story, Paper.A4, title="T", language="en", made=WRITTEN, margins=Margins(page="{page}/{pages}"), look_=look
    )
    return read(pdf)


@pytest.fixture
def look():
    return theme.look(Paper.A4)


def test_a_table_repeats_its_head_and_loses_no_row(look):
    rows = [(f"row {number}", "word " * (number % 40)) for number in range(120)]

    reading = built(look, record_parts.table(look, "Title", ("First", "Second"), rows, (0.4, 0.6)))

    assert len(reading.pages) > 2
    assert all(page.texts[1 if page is reading.pages[0] else 0] == "First" for page in reading.pages)
    assert letters(reading.text)["w"] == sum(1 for _ in rows) + sum(number % 40 for number in range(120))
    assert overlapping(reading) == []


def test_a_cell_of_ten_thousand_letters_goes_on_on_the_next_page(look):
    reading = built(look, record_parts.table(look, "", ("A", "B"), [("x", "q" * 10_000)], (0.5, 0.5)))

    assert letters(reading.text)["q"] == 10_000


def test_a_heading_is_never_alone_at_the_foot_of_a_page(look):
    for lines in range(40, 50):
        filler = look.text("\n".join(["filler"] * lines))

        reading = built(look, [*filler, *theme.section(look, "The heading", look.text("body " * 300))])

        for page in reading.pages:
            body = [text for text in page.texts if "/" not in text]
            assert "The heading" not in body[-1]


def test_a_box_stays_on_one_page_where_it_can(look):
    box = layout.Box(look.text("\n".join(["in the box"] * 10)), room=look.height)

    reading = built(look, [*look.text("\n".join(["filler"] * 48)), box])

    assert ["in the box" in page.text for page in reading.pages] == [False, True]


def test_a_box_longer_than_a_page_goes_on(look):
    box = layout.Box(look.text("\n".join(["in the box"] * 80)), room=look.height)

    assert built(look, [box]).text.count("in the box") == 80


def test_columns_go_on_side_by_side_with_what_is_said_again(look):
    left = look.text("Heading")
    row = layout.Columns(
        [(100, left), (300, look.text("word\n" * 99 + "end"))], gap=10, again=look.text("Heading again")
    )

    reading = built(look, [row])

    assert "Heading again" not in reading.pages[0].text
    assert "Heading again" in reading.pages[1].text
    assert reading.text.count("word") == 99


def test_first_letters_of_neighbours_stand_on_one_line(look):
    reading = built(look, [layout.Columns([(100, look.text("Name", look.small)), (300, look.text("مريم"))])])
    name, other = reading.pages[0].runs[:2]

    assert abs(name.y - other.y) < 0.1


def test_the_outline_leads_to_the_pages_of_its_headings(look):
    story = []
    for number in range(4):
        story += theme.section(look, f"Part {number}", look.text("word\n" * 45 + "end"))

    reading = built(look, story)

    assert reading.outline == ["Part 0", "Part 1", "Part 2", "Part 3"]
    assert [f"Part {number}" in reading.pages[page].text for number, page in enumerate(reading.outline_pages)] == [
        True
    ] * 4


def test_every_page_says_how_many_there_are(look):
    reading = built(look, look.text("word\n" * 150))

    assert [page.texts[-1] for page in reading.pages] == ["1/3", "2/3", "3/3"]
