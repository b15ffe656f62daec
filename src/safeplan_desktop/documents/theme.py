"""One look for all documents: sizes, styles, page frames, headers and footers. Safe in black and white."""

from __future__ import annotations

import calendar
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache, wraps
from io import BytesIO
from threading import RLock
from typing import TYPE_CHECKING, Any, ParamSpec, TypeVar, cast

from babel import Locale, UnknownLocaleError
from babel.dates import format_date, format_time
from reportlab.lib.enums import TA_CENTER, TA_LEFT, TA_RIGHT
from reportlab.lib.pagesizes import A4, LETTER
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import BaseDocTemplate, Flowable, Frame, PageTemplate

from safeplan_desktop.documents import fonts, layout
from safeplan_desktop.documents.direction import is_right_to_left_language
from safeplan_desktop.documents.itemise import FontBook
from safeplan_desktop.documents.layout import INK, QUIET
from safeplan_desktop.documents.text import Span, TextBlock, Words, paragraphs
from safeplan_desktop.domain.practice import Paper

if TYPE_CHECKING:
    import datetime as dt

    from reportlab.lib.colors import Color

    from safeplan_desktop.domain.moments import Moment

SIDE = 19 * mm
TOP = 17 * mm
FOOT = 12 * mm
APP = "SafePlan Desktop"
SMALLEST = 10.0
"""Points; nothing that a client reads is smaller."""

_LEADING = 1.3
_FRAME = 18.0
_FOOT_ROOM = 8 * mm
_PAGE_NUMBER_WIDTH = 110.0

_building = RLock()

P = ParamSpec("P")
R = TypeVar("R")


def one_at_a_time(make: Callable[P, R]) -> Callable[P, R]:
    """Documents wait for each other: ReportLab's register of fonts is shared by the whole process."""

    @wraps(make)
    def waiting(*arguments: P.args, **keywords: P.kwargs) -> R:
        with _building:
            try:
                return make(*arguments, **keywords)
            finally:
                fonts.trim_cuts()

    return waiting


def page_size(paper: Paper) -> tuple[float, float]:
    """Width and height in points."""
    return cast("tuple[float, float]", A4 if paper is Paper.A4 else LETTER)


@dataclass(frozen=True, slots=True)
class Look:
    """The styles of one document, at one size.

    Attributes:
        width, height: The room for text on a page, in points.
        size: Of the body text, in points.
        book: The document's fonts.
        mirrored: Whether the document is read from right to left.
    """

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


def look(paper: Paper, *, size: float = 11.0, smallest: float = 8.5, language: str = "en", book: FontBook | None = None) -> Look:
    """The styles for a paper.

    Args:
        paper: Its size.
        size: Of the body text, in points.
        smallest: No style is smaller, in points.
        language: BCP 47 code of the document.
        book: The fonts of an earlier try of the same document.
    """
    width, height = page_size(paper)

    def style(name: str, share: float, *, bold: bool = False, colour: Color = INK, **more: float) -> ParagraphStyle:
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
        width=width - 2 * SIDE,
        height=height - TOP - FOOT - _FOOT_ROOM,
        size=size,
        book=book or FontBook(language),
        mirrored=is_right_to_left_language(language),
        title=style("title", 1.9, bold=True, spaceAfter=size * 0.25),
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
    # Babel puts a narrow space that can't break before AM and PM; a plain one that can't break is in every font.
    return str(format_time(moment.local.time(), format="short", locale=_locale(language))).replace("\u202f", "\u00a0")


def moment_words(moment: Moment, language: str = "en") -> str:
    """A date and time in the zone it was entered in, with the zone named."""
    return f"{day_words(moment.local_date, language)}, {clock_words(moment, language)} ({zone_words(moment.zone)})"


def report_language(country: str) -> str:
    """The English of a country, for the dates of the practice's own reports (ISO 3166 code)."""
    language = f"en-{country.upper()}"
    return language if str(_locale(language)) != "en" else "en"


def zone_words(zone: str) -> str:
    """A zone's name as people write it: "America/Denver time"."""
    return f"{zone.replace('_', ' ')} time"


@dataclass(frozen=True, slots=True)
class Margins:
    """What stands outside the text on each page: plain words.

    Attributes:
        head: Above the text.
        framed: Whether a frame stands around the head, so that nobody overlooks it.
        foot: Below it.
        page: Below it on the other side; takes {page} and {pages}; empty for no page numbers.
        only_if_several: Whether page numbers are left out where there is one page.
    """

    head: Words = ""
    framed: bool = False
    foot: Words = ""
    page: str = ""
    only_if_several: bool = False


class _Stamp:
    """The time that ReportLab writes into a document: the record's, not the moment of printing."""

    def __init__(self, moment: Moment) -> None:
        local = moment.local
        offset = local.utcoffset()
        minutes = int(offset.total_seconds() // 60) if offset else 0
        self.t = float(calendar.timegm(moment.at.utctimetuple()))
        self.lt = local.timetuple()
        self.YMDhms = tuple(self.lt)[:6]
        self.dhh, self.dmm = divmod(abs(minutes), 60)
        self.dhh = self.dhh if minutes >= 0 else -self.dhh
        self.tzname = moment.zone


class _RecordCanvas(Canvas):
    """Draws the margins once the number of pages is known, and keeps the outline."""

    def __init__(self, *arguments: Any, **keywords: Any) -> None:  # noqa: ANN401 - ReportLab's own
        self.draw_margins: Callable[[Canvas, int, int], None] = keywords.pop("draw_margins")
        stamp: _Stamp = keywords.pop("stamp")
        super().__init__(*arguments, **keywords)
        self._doc._timeStamp = stamp  # noqa: SLF001 - ReportLab takes the computer's clock otherwise
        self._pages: list[dict[str, Any]] = []
        self.marks: list[tuple[str, float]] = []

    def showPage(self) -> None:  # noqa: N802 - ReportLab's own
        self._pages.append(dict(self.__dict__))
        self.marks = []
        self._startPage()  # type: ignore[attr-defined]  # it is there, but not in the types

    def save(self) -> None:
        entries = 0
        for number, state in enumerate(self._pages, start=1):
            self.__dict__.update(state)
            for title, top in self.marks:
                entries += 1
                self.bookmarkHorizontalAbsolute(f"part-{entries}", top)
                self.addOutlineEntry(title, f"part-{entries}")
            self.draw_margins(self, number, len(self._pages))
            super().showPage()
        self.setViewerPreference("DisplayDocTitle", "true")
        super().save()


def build(
    story: Sequence[Flowable], paper: Paper, *, title: str, language: str, made: Moment, margins: Margins, look_: Look
) -> tuple[bytes, int]:
    """The PDF and its number of pages.

    Args:
        story: What stands on the pages.
        paper: Their size.
        title: A generic title such as "Safety plan"; never a name.
        language: BCP 47 code of the document.
        made: The time written into the document: when the record was written or signed.
        margins: What stands outside the text.
        look_: The styles of the margins.
    """
    width, height = page_size(paper)
    buffer = BytesIO()

    def draw_margins(canvas: Canvas, number: int, pages: int) -> None:
        quiet = look_.small
        other = restyled(quiet, alignment=TA_LEFT if look_.mirrored else TA_RIGHT)
        framed = restyled(quiet, alignment=TA_CENTER, fontSize=SMALLEST + 1)
        page = "" if margins.only_if_several and pages == 1 else margins.page.format(page=number, pages=pages)
        room = width - 2 * SIDE
        for words, style, middle, left, share in (
            (margins.head, framed if margins.framed else quiet, height - FOOT, SIDE, room),
            (margins.foot, quiet, FOOT, SIDE + look_.mirrored * _PAGE_NUMBER_WIDTH, room - _PAGE_NUMBER_WIDTH),
            (page, other, FOOT, SIDE if look_.mirrored else width - SIDE - _PAGE_NUMBER_WIDTH, _PAGE_NUMBER_WIDTH),
        ):
            for block in look_.text(words, style):
                _, tall = block.wrap(share, height)
                block.drawOn(canvas, left, middle - tall / 2)
        if margins.framed:
            canvas.setStrokeColor(INK)
            canvas.setLineWidth(1)
            canvas.rect(SIDE, height - FOOT - _FRAME / 2, room, _FRAME)

    def canvas(*arguments: Any, **keywords: Any) -> Canvas:  # noqa: ANN401 - ReportLab's own
        return _RecordCanvas(*arguments, **keywords, draw_margins=draw_margins, stamp=_Stamp(made))

    document = BaseDocTemplate(
        buffer,
        pagesize=(width, height),
        title=title,
        author=APP,
        subject=title,
        creator=APP,
        producer=APP,
        lang=language,
        invariant=1,
        initialFontName=fonts.base_face().name,
    )
    frame = Frame(SIDE, FOOT + _FOOT_ROOM, look_.width, look_.height, 0, 0, 0, 0)
    document.addPageTemplates([PageTemplate(frames=[frame])])
    document.build(list(story), canvasmaker=cast("Any", canvas))
    return buffer.getvalue(), document.page


def fits_on_one_page(story: Sequence[Flowable], look_: Look) -> bool:
    """Whether the story fits between the margins of one page; costs no drawing."""
    return layout.height_of(story, look_.width) <= look_.height


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
    """A heading and what stands under it; never the heading alone at the foot of a page. Nothing for no items."""
    if not items:
        return []
    title = look_.heading_of(heading)
    return [layout.Together([*title, items[0]], head=len(title)), *items[1:]]
