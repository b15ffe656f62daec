"""The plan on sheets: the full sheet, large print, a support person's copy, the therapist's copy, pages for a phone."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from reportlab.lib.units import mm

from safeplan_desktop.documents import layout, pages, theme, voided_plan
from safeplan_desktop.documents.layout import INK
from safeplan_desktop.documents.pages import Margins
from safeplan_desktop.documents.plan_parts import Audience, Parts, PlanDocument
from safeplan_desktop.documents.text import Span
from safeplan_desktop.documents.theme import Look, Sheet

if TYPE_CHECKING:
    from reportlab.platypus import Flowable

    from safeplan_desktop.documents.text import Words
    from safeplan_desktop.domain.plan_wording import PlanWording
    from safeplan_desktop.domain.practice import Paper

_SIZES = (13.0, 12.5, 12.0, 11.5, 11.0, 10.5, theme.SMALLEST)
"""Points, tried in turn until the plan fits on one page. Smaller would be hard to read in a crisis."""

_COMFORTABLE = 12.0
"""Points, for a plan that takes more than one page anyway."""

LARGE_PRINT = 18.0
"""Points; nothing in large print is smaller."""

_LARGE_FOOT_ROOM = 12 * mm

PHONE_SHEET = Sheet(width=320.0, height=640.0, side=22.0, top=30.0, foot=20.0, foot_room=22.0)
"""As tall beside its width as most telephones: a page fills the screen, and its letters are read without zooming."""

_PHONE_SIZE = 14.0


@pages.one_at_a_time
def safety_plan_pdf(document: PlanDocument, wording: PlanWording, paper: Paper) -> bytes:
    """The plan as a PDF: on one page where it fits at a readable size, else on as many as it takes.

    On the client's copy, sections that the client said aren't for them are left out. Crisis numbers that the
    therapist hasn't confirmed are printed nowhere.
    """
    page = _fitted(document, wording, paper)
    return _built(document, wording, page.look, page.story, _margins(document, wording))


@pages.one_at_a_time
def large_print_pdf(document: PlanDocument, wording: PlanWording, paper: Paper) -> bytes:
    """The plan in letters of 18 points and more, on as many pages as it takes; the crisis numbers first."""
    usual = theme.sheet_of(paper)
    sheet = Sheet(usual.width, usual.height, foot_room=_LARGE_FOOT_ROOM)
    look = theme.look(sheet, size=LARGE_PRINT, smallest=LARGE_PRINT, language=wording.language)
    parts = Parts(document, wording, look, stacked=True)
    # Its foot has no room for a sentence of this size, so the sentence stands at the top.
    head = [*parts.head(), *look.text(parts.written, theme.restyled(look.body, spaceAfter=look.size * 0.6))]
    story = [*_above(document, look), *head, parts.crisis_box(), *parts.sections()]
    story += [*parts.keeping(), *parts.review()]
    mark = _mark(document, wording)
    margins = Margins(head=mark, framed=bool(mark), page=wording.page, only_if_several=True)
    return _built(document, wording, look, story, margins)


@pages.one_at_a_time
def phone_pdf(document: PlanDocument, wording: PlanWording) -> bytes:
    """The plan on pages of a telephone's shape; numbers can be touched to call them, so it needs no square code."""
    document = replace(document, qr=False)
    look = theme.look(PHONE_SHEET, size=_PHONE_SIZE, smallest=theme.SMALLEST, language=wording.language)
    parts = Parts(document, wording, look, stacked=True)
    story = [*voided_plan.room(document, look), *parts.working_mark(), *parts.head()]
    story += [parts.crisis_box(roomy=False), *parts.sections()]
    story += [*parts.keeping(), *parts.review(), layout.Gap(look.size * 0.6), *look.text(parts.written, look.quiet)]
    page = wording.section_of.format(number="{page}", count="{pages}")
    return _built(document, wording, look, story, replace(voided_plan.margins(document, wording), page=page))


def _built(document: PlanDocument, wording: PlanWording, look: Look, story: list[Flowable], margins: Margins) -> bytes:
    pdf, _ = pages.build(
        story,
        look.sheet,
        title=wording.title,
        language=wording.language,
        made=document.written,
        margins=margins,
        look_=look,
    )
    return pdf


def _mark(document: PlanDocument, wording: PlanWording) -> Words:
    if document.number is None:
        return Span(wording.working_copy, bold=True, colour=INK)
    return voided_plan.margins(document, wording).head


def _above(document: PlanDocument, look: Look) -> list[Flowable]:
    """Room for the mark, and why a version was entered in error."""
    room = [layout.Gap(look.size * 0.6)] if document.number is None else voided_plan.room(document, look)
    return [*room, *voided_plan.reason(document, look)]


def _margins(document: PlanDocument, wording: PlanWording) -> Margins:
    """The working copy's mark or the therapist's line above, the date below."""
    written = wording.written_on.format(date=theme.day_words(document.written.local_date, wording.language))
    if document.number is None:
        return Margins(head=_mark(document, wording), framed=True, foot=written, page=wording.page)
    if document.audience is not Audience.THERAPIST:
        return replace(voided_plan.margins(document, wording), foot=written, page=wording.page, only_if_several=True)
    parts = [document.client.code, wording.version.format(number=document.number)]
    if document.replaces is not None:
        parts.append(wording.replaces.format(number=document.replaces))
    return replace(voided_plan.margins(document, wording, *parts), foot=written, page=wording.page)


def _fitted(document: PlanDocument, wording: PlanWording, paper: Paper) -> _Page:
    """The plan at the largest size at which it fits on one page, else at the comfortable one."""
    page = _Page(document, wording, paper, _SIZES[0])
    filled = page.filled
    if filled <= 1:
        return page
    for size in _SIZES[1:]:
        # Half the size makes a quarter of the height at best, so some sizes needn't be tried.
        if filled * (size / _SIZES[0]) ** 2 > 1:
            continue
        page = _Page(document, wording, paper, size, page.look)
        if page.filled <= 1:
            return page
    return _Page(document, wording, paper, _COMFORTABLE, page.look, box_first=True)


class _Page:
    """The plan at one size.

    Args:
        document: What is printed.
        wording: The fixed words.
        paper: Its size.
        size: Of the text, in points.
        earlier: The look of an earlier try, for its fonts.
        box_first: Whether the crisis numbers stand at the top: on several pages, the first is the one in sight.
    """

    def __init__(
        self,
        document: PlanDocument,
        wording: PlanWording,
        paper: Paper,
        size: float,
        earlier: Look | None = None,
        *,
        box_first: bool = False,
    ) -> None:
        book = earlier.book if earlier else None
        self.look = theme.look(paper, size=size, smallest=theme.SMALLEST, language=wording.language, book=book)
        parts = Parts(document, wording, self.look)
        box = parts.crisis_box()
        self.story = [*_above(document, self.look), *parts.head()]
        if box_first:
            self.story += [box, layout.Gap(size), *parts.sections()]
        else:
            self.story += [*parts.sections(), box]
        self.story += [*parts.keeping(), *parts.review()]

    @property
    def filled(self) -> float:
        """How much of one page it fills; 1 is all of it."""
        return layout.height_of(self.story, self.look.width) / self.look.height
