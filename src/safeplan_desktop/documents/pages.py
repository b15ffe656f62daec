"""Pages: what stands on them becomes a PDF, with margins, page numbers, an outline, and generic metadata."""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from functools import partial, wraps
from io import BytesIO
from threading import RLock
from typing import TYPE_CHECKING, Any, ParamSpec, TypeVar, cast

from reportlab.lib.enums import TA_CENTER, TA_LEFT, TA_RIGHT
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import BaseDocTemplate, Frame, PageTemplate

from safeplan_desktop.documents import fonts
from safeplan_desktop.documents.layout import INK
from safeplan_desktop.documents.theme import FOOT, SMALLEST, TOP, Look, Sheet, restyled, sheet_of

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from reportlab.platypus import Flowable

    from safeplan_desktop.documents.text import Words
    from safeplan_desktop.domain.moments import Moment
    from safeplan_desktop.domain.practice import Paper

APP = "SafePlan Desktop"

_FRAME = 18.0
_HEAD_AT = FOOT / TOP  # how far down the upper margin the head stands
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


@dataclass(frozen=True, slots=True)
class Margins:
    """What stands outside the text on each page: plain words.

    Attributes:
        head: Above the text.
        framed: Whether a frame stands around the head, so that nobody overlooks it.
        foot: Below it.
        page: Below it on the other side; takes {page} and {pages}; empty for no page numbers.
        only_if_several: Whether page numbers are left out where there is one page.
        head_from: The first page that has a head; a title page may do without.
    """

    head: Words = ""
    framed: bool = False
    foot: Words = ""
    page: str = ""
    only_if_several: bool = False
    head_from: int = 1


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
        # ReportLab takes the computer's clock otherwise.
        cast("Any", self)._doc._timeStamp = stamp  # noqa: SLF001 - there is no call for it
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


def _tell_progress(tell: Callable[[float], None], blocks: int, kind: str, done: int) -> None:
    if kind == "PROGRESS":
        tell(min(done / blocks, 1.0))


def build(
    story: Sequence[Flowable],
    paper: Paper | Sheet,
    *,
    title: str,
    language: str,
    made: Moment,
    margins: Margins,
    look_: Look,
    frames: Sequence[tuple[float, float, float, float]] = (),
    marks: Callable[[Canvas, int, int], None] | None = None,
    tell: Callable[[float], None] | None = None,
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
        frames: Where text stands on each page, one after the other: left, bottom, width, height; by default all of it.
        marks: Draws what else stands on a page, such as lines to cut along; takes canvas, page and number of pages.
        tell: Hears how far it is, from 0.0 to 1.0; ends the work by raising.
    """
    sheet = sheet_of(paper)
    width, height, side = sheet.width, sheet.height, sheet.side
    buffer = BytesIO()

    def draw_margins(canvas: Canvas, number: int, pages: int) -> None:
        quiet = look_.small
        other = restyled(quiet, alignment=TA_LEFT if look_.mirrored else TA_RIGHT)
        framed = restyled(quiet, alignment=TA_CENTER, fontSize=SMALLEST + 1)
        page = "" if margins.only_if_several and pages == 1 else margins.page.format(page=number, pages=pages)
        head = margins.head if number >= margins.head_from else ""
        room = width - 2 * side
        numbers = max(_PAGE_NUMBER_WIDTH, look_.width_of(page, quiet) + 2 if page else 0.0)
        for words, style, middle, left, share in (
            (head, framed if margins.framed else quiet, height - sheet.top * _HEAD_AT, side, room),
            (
                margins.foot,
                quiet,
                sheet.foot,
                side + look_.mirrored * numbers,
                room - numbers,
            ),
            (
                page,
                other,
                sheet.foot,
                side if look_.mirrored else width - side - numbers,
                numbers,
            ),
        ):
            for block in look_.text(words, style):
                _, tall = block.wrap(share, height)
                block.drawOn(canvas, left, middle - tall / 2)
        if marks is not None:
            marks(canvas, number, pages)
        if margins.framed:
            canvas.setStrokeColor(INK)
            canvas.setLineWidth(1)
            canvas.rect(side, height - sheet.top * _HEAD_AT - _FRAME / 2, room, _FRAME)

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
    places = frames or [(side, sheet.foot + sheet.foot_room, look_.width, look_.height)]
    document.addPageTemplates([PageTemplate(frames=[Frame(*place, 0, 0, 0, 0) for place in places])])
    if tell is not None:
        document.setProgressCallBack(partial(_tell_progress, tell, max(len(story), 1)))
    document.build(list(story), canvasmaker=cast("Any", canvas))
    return buffer.getvalue(), document.page
