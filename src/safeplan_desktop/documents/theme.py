"""One look for all documents: sizes, styles, dates, headings. Safe in black and white."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from babel import Locale, UnknownLocaleError
from babel.dates import format_date, format_time
from reportlab.lib.enums import TA_LEFT
from reportlab.lib.pagesizes import A4, LETTER
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm

from safeplan_desktop.documents import fonts, layout
from safeplan_desktop.documents.direction import is_right_to_left_language
from safeplan_desktop.documents.itemise import FontBook
from safeplan_desktop.documents.layout import INK, QUIET
from safeplan_desktop.documents.text import Span, TextBlock, Words, paragraphs
from safeplan_desktop.domain.practice import Paper

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence

    from reportlab.lib.colors import Color
    from reportlab.platypus import Flowable

    from safeplan_desktop.domain.moments import Moment

SIDE = 19 * mm
TOP = 17 * mm
FOOT = 12 * mm
SMALLEST = 10.0
"""Points; nothing that a client reads is smaller."""

_LEADING = 1.3
FOOT_ROOM = 8 * mm


def page_size(paper: Paper) -> tuple[float, float]:
    """Width and height in points."""
    return A4 if paper is Paper.A4 else LETTER


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page and its margins, in points.

    Attributes:
        side: Left and right of the text.
        top: Above the text; the head stands in its middle.
        foot: From the page's lower edge to the middle of the foot line.
        foot_room: From the middle of the foot line to the text.
    """

    width: float
    height: float
    side: float = SIDE
    top: float = TOP
    foot: float = FOOT
    foot_room: float = FOOT_ROOM


def sheet_of(paper: Paper | Sheet) -> Sheet:
    """The sheet that a paper makes, with the usual margins."""
    return paper if isinstance(paper, Sheet) else Sheet(*page_size(paper))


@dataclass(frozen=True, slots=True)
class Look:
    """The styles of one document, at one size.

    Attributes:
        sheet: The page.
        width, height: The room for text on a page, in points.
        size: Of the body text, in points.
        book: The document's fonts.
        mirrored: Whether the document is read from right to left.
    """

    sheet: Sheet
    width: float
    height: float
    size: float
    book: FontBook
    mirrored: bool
    title: ParagraphStyle
    heading: ParagraphStyle
    body: ParagraphStyle
    item: ParagraphStyle
    quiet: ParagraphStyle
    small: ParagraphStyle

    def text(
        self,
        words: Words,
        style: ParagraphStyle | None = None,
        *,
        bullet: str = "",
        outline: bool = False,
        balanced: bool = False,
    ) -> list[Flowable]:
        """Plain words as what stands on the page; nothing at all for no words."""
        return paragraphs(words, style or self.body, self.book, bullet=bullet, outline=outline, balanced=balanced)

    def heading_of(self, words: str) -> list[Flowable]:
        """A heading, which is also an entry of the document's outline."""
        return self.text(Span(words, bold=True), self.heading, outline=True)

    def width_of(self, words: Words, style: ParagraphStyle | None = None) -> float:
        """The width of words on one line."""
        return TextBlock(words, style or self.body, self.book).natural_width()


def look(
    paper: Paper | Sheet,
    *,
    size: float = 11.0,
    smallest: float = 8.5,
    language: str = "en",
    book: FontBook | None = None,
) -> Look:
    """The styles for a paper.

    Args:
        paper: Its size, or a sheet with margins of its own.
        size: Of the body text, in points.
        smallest: No style is smaller, in points.
        language: BCP 47 code of the document.
        book: The fonts of an earlier try of the same document.
    """
    sheet = sheet_of(paper)

    def style(
        name: str,
        share: float,
        *,
        bold: bool = False,
        colour: Color = INK,
        **more: Any,  # noqa: ANN401 - ReportLab's own
    ) -> ParagraphStyle:
        points = max(size * share, smallest)
        return ParagraphStyle(
            name,
            fontName=fonts.base_face(bold=bold).name,
            fontSize=points,
            leading=points * _LEADING,
            textColor=colour,
            alignment=TA_LEFT,
            **more,
        )

    return Look(
        sheet=sheet,
        width=sheet.width - 2 * sheet.side,
        height=sheet.height - sheet.top - sheet.foot - sheet.foot_room,
        size=size,
        book=book or FontBook(language),
        mirrored=is_right_to_left_language(language),
        title=style("title", 1.9, bold=True, spaceAfter=size * 0.35),
        heading=style("heading", 1.08, bold=True, spaceBefore=size * 1.05, spaceAfter=size * 0.3),
        body=style("body", 1.0, spaceAfter=size * 0.2),
        item=style("item", 1.0, spaceAfter=size * 0.2, leftIndent=size * 0.95, bulletIndent=size * 0.12),
        quiet=style("quiet", 0.92, colour=QUIET, spaceAfter=size * 0.15),
        small=style("small", 0.8, colour=QUIET),
    )


def restyled(style: ParagraphStyle, **more: Any) -> ParagraphStyle:  # noqa: ANN401 - ReportLab's own keywords
    """A style with some things changed; a changed size brings its leading along."""
    if "fontSize" in more:
        more.setdefault("leading", more["fontSize"] * _LEADING)
    return ParagraphStyle(style.name, parent=style, **more)


@cache
def _locale(language: str) -> Locale:
    try:
        return Locale.parse(language, sep="-")
    except (UnknownLocaleError, ValueError):
        return Locale("en")


def day_words(day: dt.date, language: str = "en") -> str:
    """A date in words, in a language."""
    return str(format_date(day, format="long", locale=_locale(language)))


def short_day_words(day: dt.date, language: str = "en") -> str:
    """A date for a narrow column."""
    return str(format_date(day, format="medium", locale=_locale(language)))


def clock_words(moment: Moment, language: str = "en") -> str:
    """A time of the day in the zone it was entered in, in a language's usual form."""
    words = str(format_time(moment.local.time(), format="short", locale=_locale(language)))
    # Babel puts a narrow space before AM and PM, which few fonts have.
    return words.replace("\u202f", "\u00a0")


def moment_words(moment: Moment, language: str = "en") -> str:
    """A date and time in the zone it was entered in, with the zone named."""
    day, clock = day_words(moment.local_date, language), clock_words(moment, language)
    return f"{day}, {clock} ({zone_words(moment.zone)})"


def report_language(country: str) -> str:
    """The English of a country, for the dates of the practice's own reports (ISO 3166 code)."""
    language = f"en-{country.upper()}"
    return language if str(_locale(language)) != "en" else "en"


def zone_words(zone: str) -> str:
    """A zone's name as people write it: "America/Denver time"."""
    return f"{zone.replace('_', ' ')} time"


def facts(look_: Look, rows: Sequence[tuple[str, Words]], *, label_width: float = 118) -> list[Flowable]:
    """Labels on the left, what they are about on the right; rows without words are left out."""
    label = restyled(look_.quiet, spaceAfter=0)
    value = restyled(look_.body, spaceAfter=0)
    gap = 8.0
    return [
        layout.Columns(
            [
                (label_width - gap, look_.text(name, label)),
                (look_.width - label_width, look_.text(words, value)),
            ],
            gap=gap,
            space_after=look_.size * 0.28,
        )
        for name, words in rows
        if words
    ]


def section(look_: Look, heading: str, items: Sequence[Flowable]) -> list[Flowable]:
    """A heading and what stands under it, never apart at the foot of a page. Nothing for no items."""
    if not items:
        return []
    title = look_.heading_of(heading)
    return [layout.Together([*title, items[0]], head=len(title)), *items[1:]]
