"""One look for all documents: sizes, styles, page frames, headers and footers. Safe in black and white."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from babel.dates import format_date, format_time
from reportlab.lib.colors import HexColor
from reportlab.lib.pagesizes import A4, LETTER
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import BaseDocTemplate, Flowable, Frame, HRFlowable, PageTemplate, Spacer, Table, TableStyle

from safeplan_desktop.documents.fonts import base_fonts
from safeplan_desktop.documents.text import Words, paragraphs
from safeplan_desktop.domain.moments import Moment
from safeplan_desktop.domain.practice import Paper

INK = HexColor("#1A1A1A")
QUIET = HexColor("#4A4A4A")
RULE = HexColor("#8A8A8A")
TINT = HexColor("#F1F1EE")

MARGIN = 18 * mm
FOOT = 12 * mm
APP = "SafePlan Desktop"


def page_size(paper: Paper) -> tuple[float, float]:
    """Width and height in points."""
    return A4 if paper is Paper.A4 else LETTER


@dataclass(frozen=True, slots=True)
class Look:
    """Styles at one scale.

    Attributes:
        scale: 1.0 is the comfortable size; a plan that doesn't fit on its page is tried a little smaller.
    """

    width: float
    language: str
    title: ParagraphStyle
    heading: ParagraphStyle
    body: ParagraphStyle
    small: ParagraphStyle
    cell: ParagraphStyle
    label: ParagraphStyle
    box: ParagraphStyle
    scale: float

    def text(self, words: Words, style: ParagraphStyle | None = None, *, bullet: str = "") -> list[Flowable]:
        """Paragraphs of plain words; nothing in them is read as markup."""
        return list(
            paragraphs(words, style or self.body, language=self.language, width=self.width - 24, bullet=bullet)
        )


def look(paper: Paper, *, scale: float = 1.0, language: str = "en", base_size: float = 11.5) -> Look:
    """The styles for a paper."""
    regular, bold = base_fonts()
    size = base_size * scale

    def style(name: str, points: float, **more: Any) -> ParagraphStyle:  # noqa: ANN401 - ReportLab's own keywords
        given = {"fontName": regular, "fontSize": points, "leading": points * 1.32, "textColor": INK, "shaping": 1}
        given |= {"wordWrap": "CJK" if language[:2] in {"ja", "zh", "ko"} else None, "splitLongWords": 1}
        return ParagraphStyle(name, **(given | more))

    return Look(
        width=page_size(paper)[0] - 2 * MARGIN,
        language=language,
        title=style("title", size * 1.75, fontName=bold, spaceAfter=2),
        heading=style("heading", size * 1.13, fontName=bold, spaceBefore=9 * scale, spaceAfter=2.5 * scale, keepWithNext=1),
        body=style("body", size, spaceAfter=2 * scale, leftIndent=12, bulletIndent=2),
        small=style("small", max(size * 0.84, 8.5), textColor=QUIET, spaceAfter=2),
        cell=style("cell", max(size * 0.9, 9)),
        label=style("label", max(size * 0.84, 8.5), textColor=QUIET),
        box=style("box", size * 1.04, spaceAfter=1.5),
        scale=scale,
    )


def day_words(day: dt.date, language: str) -> str:
    """A date in words, in a language."""
    return str(format_date(day, format="long", locale=_locale(language)))


def moment_words(moment: Moment, language: str = "en") -> str:
    """A date and time in the zone it was entered in, with the zone named."""
    local = moment.local
    clock = format_time(local.time(), format="short", locale=_locale(language))
    return f"{day_words(local.date(), language)}, {clock} ({moment.zone})"


def _locale(language: str) -> str:
    return language.replace("-", "_") or "en"


def boxed(flowables: Sequence[Flowable], width: float) -> Table:
    """A box with a strong line, for what has to be found at once."""
    table = Table([[list(flowables)]], colWidths=[width])
    table.setStyle(
        TableStyle(
            [
                ("BOX", (0, 0), (-1, -1), 1.4, INK),
                ("BACKGROUND", (0, 0), (-1, -1), TINT),
                ("LEFTPADDING", (0, 0), (-1, -1), 10),
                ("RIGHTPADDING", (0, 0), (-1, -1), 10),
                ("TOPPADDING", (0, 0), (-1, -1), 6),
                ("BOTTOMPADDING", (0, 0), (-1, -1), 7),
            ]
        )
    )
    return table


def grid(rows: Sequence[Sequence[list[Flowable]]], widths: Sequence[float], *, header: bool = True) -> Table:
    """A table of cells that hold paragraphs; its first row repeats on every page."""
    table = Table([list(row) for row in rows], colWidths=list(widths), repeatRows=1 if header else 0, splitInRow=1)
    commands: list[tuple[Any, ...]] = [
        ("VALIGN", (0, 0), (-1, -1), "TOP"),
        ("LINEBELOW", (0, 0), (-1, -1), 0.4, RULE),
        ("LEFTPADDING", (0, 0), (-1, -1), 4),
        ("RIGHTPADDING", (0, 0), (-1, -1), 4),
        ("TOPPADDING", (0, 0), (-1, -1), 3),
        ("BOTTOMPADDING", (0, 0), (-1, -1), 3.5),
    ]
    if header:
        commands += [("BACKGROUND", (0, 0), (-1, 0), TINT), ("LINEBELOW", (0, 0), (-1, 0), 0.9, INK)]
    table.setStyle(TableStyle(commands))
    return table


def facts(look_: Look, rows: Sequence[tuple[str, Words]], *, label_width: float = 118) -> Table:
    """Labels on the left, what they are about on the right."""
    cells = [[look_.text(label, look_.label), look_.text(value, look_.cell)] for label, value in rows]
    table = Table(cells, colWidths=[label_width, look_.width - label_width], splitInRow=1)
    table.setStyle(
        TableStyle(
            [
                ("VALIGN", (0, 0), (-1, -1), "TOP"),
                ("LEFTPADDING", (0, 0), (-1, -1), 0),
                ("RIGHTPADDING", (0, 0), (-1, -1), 4),
                ("TOPPADDING", (0, 0), (-1, -1), 1.5),
                ("BOTTOMPADDING", (0, 0), (-1, -1), 1.5),
            ]
        )
    )
    return table


def rule(scale: float = 1.0) -> HRFlowable:
    """A thin line across the page."""
    return HRFlowable(width="100%", thickness=0.8, color=RULE, spaceBefore=3 * scale, spaceAfter=4 * scale)


def gap(points: float) -> Spacer:
    """Empty room."""
    return Spacer(1, points)


@dataclass(frozen=True, slots=True)
class Margins:
    """What stands outside the text on each page: plain words, left and right, above and below.

    Attributes:
        page: Takes {page} and {pages}; empty for no page numbers.
    """

    head: str = ""
    foot: str = ""
    page: str = ""


class _CountedCanvas(Canvas):
    """Draws the margins once the number of pages is known."""

    margins: Margins = Margins()
    draw_margins: Callable[[Canvas, int, int], None]

    def __init__(self, *arguments: Any, **keywords: Any) -> None:  # noqa: ANN401 - ReportLab's own
        super().__init__(*arguments, **keywords)
        self._pages: list[dict[str, Any]] = []

    def showPage(self) -> None:  # noqa: N802 - ReportLab's own
        self._pages.append(dict(self.__dict__))
        self._startPage()

    def save(self) -> None:
        for number, state in enumerate(self._pages, start=1):
            self.__dict__.update(state)
            type(self).draw_margins(self, number, len(self._pages))
            super().showPage()
        super().save()


def build(
    story: Sequence[Flowable],
    paper: Paper,
    *,
    title: str,
    language: str,
    margins: Margins,
    look_: Look,
) -> tuple[bytes, int]:
    """The PDF and its number of pages.

    Args:
        story: What stands on the pages.
        paper: Their size.
        title: A generic title such as "Safety plan"; never a name.
        language: BCP 47 code of the document.
        margins: What stands outside the text.
        look_: The styles of the margins.
    """
    width, height = page_size(paper)
    buffer = BytesIO()

    def draw(canvas: Canvas, number: int, pages: int) -> None:
        page = margins.page.format(page=number, pages=pages) if margins.page else ""
        for words, y, room in ((margins.head, height - FOOT, width - 2 * MARGIN), (margins.foot, FOOT + 2, width - 2 * MARGIN - 90)):
            if words:
                for paragraph in paragraphs(words, look_.small, language=language, width=room)[:1]:
                    _, tall = paragraph.wrap(room, 40)
                    paragraph.drawOn(canvas, MARGIN, y - tall / 2)
        if page:
            style = ParagraphStyle("page", parent=look_.small, alignment=2)
            for paragraph in paragraphs(page, style, language=language, width=90)[:1]:
                _, tall = paragraph.wrap(90, 40)
                paragraph.drawOn(canvas, width - MARGIN - 90, FOOT + 2 - tall / 2)

    canvas_class = type("_Canvas", (_CountedCanvas,), {"draw_margins": draw})
    document = BaseDocTemplate(
        buffer,
        pagesize=(width, height),
        title=title,
        author=APP,
        subject="",
        creator=APP,
        producer=APP,
        lang=language,
        invariant=1,
        initialFontName=base_fonts()[0],
    )
    frame = Frame(MARGIN, MARGIN + 2 * mm, width - 2 * MARGIN, height - 2 * MARGIN - 4 * mm, 0, 0, 0, 0)
    document.addPageTemplates([PageTemplate(frames=[frame])])
    document.build(list(story), canvasmaker=canvas_class)
    return buffer.getvalue(), document.page
