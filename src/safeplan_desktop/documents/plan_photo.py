"""One screen to photograph: the whole plan on a page of a laptop's shape, for the client's own telephone."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, cast

from safeplan_desktop.documents import layout, pages, theme, voided_plan
from safeplan_desktop.documents.plan_parts import Parts, PlanDocument
from safeplan_desktop.documents.theme import Sheet

if TYPE_CHECKING:
    from reportlab.platypus import Flowable

    from safeplan_desktop.documents.itemise import FontBook
    from safeplan_desktop.domain.plan_wording import PlanWording

PHOTO_SHEET = Sheet(width=960.0, height=600.0, side=30.0, top=26.0, foot=14.0, foot_room=12.0)
_BETWEEN = 28.0
_SIZES = (18.0, 16.5, 15.0, 14.0, 13.0, 12.0, 11.0, 10.0)


@pages.one_at_a_time
def photo_pdf(document: PlanDocument, wording: PlanWording) -> bytes:
    """The plan in two columns on one screen where it fits at a size that a photograph keeps, else on several."""
    book: FontBook | None = None
    screen: _Screen | None = None
    for size in _SIZES:
        screen = _Screen(document, wording, size, book)
        book = screen.look.book
        if screen.fits():
            break
    made = cast("_Screen", screen)
    sheet = PHOTO_SHEET
    bottom = sheet.foot + sheet.foot_room
    lefts = [sheet.side, sheet.side + made.look.width + _BETWEEN]
    if made.look.mirrored:
        lefts.reverse()
    pdf, _ = pages.build(
        made.story,
        sheet,
        title=wording.title,
        language=wording.language,
        made=document.written,
        margins=replace(voided_plan.margins(document, wording), page=wording.page, only_if_several=True),
        look_=made.look,
        frames=[(left, bottom, made.look.width, made.look.height) for left in lefts],
    )
    return pdf


class _Screen:
    def __init__(self, document: PlanDocument, wording: PlanWording, size: float, book: FontBook | None) -> None:
        sheet = PHOTO_SHEET
        column = Sheet(
            (sheet.width - _BETWEEN) / 2 + sheet.side, sheet.height, sheet.side, sheet.top, sheet.foot, sheet.foot_room
        )
        self.look = theme.look(column, size=size, smallest=_SIZES[-1], language=wording.language, book=book)
        parts = Parts(document, wording, self.look, stacked=True)
        self.story: list[Flowable] = voided_plan.room(document, self.look)
        self.story += [*parts.working_mark(), *parts.head(), parts.crisis_box(roomy=False)]
        self.story += [*parts.sections(), *parts.keeping(), *parts.review()]
        self.story += self.look.text(parts.written, theme.restyled(self.look.quiet, spaceBefore=size * 0.4))

    def fits(self) -> bool:
        """Whether two columns hold it."""
        return layout.fits_into(self.story, self.look.width, self.look.height, 2)
