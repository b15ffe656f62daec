"""The blank form: the plan's headings with lines for handwriting, for a session without a computer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportlab.lib.units import mm
from reportlab.platypus import Flowable

from safeplan_desktop.documents import layout, pages, theme
from safeplan_desktop.documents.layout import RULE
from safeplan_desktop.documents.pages import Margins
from safeplan_desktop.documents.plan_parts import Parts, PlanDocument
from safeplan_desktop.documents.text import Span
from safeplan_desktop.domain.plans import CONTACT_SECTIONS, SectionKey

if TYPE_CHECKING:
    from collections.abc import Sequence

    from safeplan_desktop.documents.theme import Look
    from safeplan_desktop.domain.plan_wording import PlanWording
    from safeplan_desktop.domain.practice import Paper

_HEIGHTS = (9.5 * mm, 9.0 * mm, 8.5 * mm, 8.0 * mm, 7.5 * mm)
"""From one line for handwriting to the next; the largest at which the form takes one sheet of paper, both sides."""

_BLANK = "_" * 18
_LINES = 4
_CONTACTS = 3
_SIZE = 11.5
_GAP = 10.0


class WritingLine(Flowable):
    """One line for handwriting, in parts that may have a label each.

    Args:
        look: The document's look.
        parts: Each part's label and its share of the width.
        tall: The room for the writing, in points.
    """

    def __init__(self, look: Look, parts: Sequence[tuple[str, float]], tall: float) -> None:
        super().__init__()
        self.look = look
        self.tall = tall
        self.parts = parts

    def wrap(self, width: float, _height: float) -> tuple[float, float]:
        self.width, self.height = width, self.tall
        return self.width, self.height

    def draw(self) -> None:
        canvas, look = self.canv, self.look
        whole = sum(share for _, share in self.parts)
        x = 0.0
        for label, share in self.parts:
            room = self.width * share / whole - _GAP
            left = self.width - x - room if look.mirrored else x
            used = 0.0
            for block in look.text(label, look.quiet):
                used = min(look.width_of(label, look.quiet) + 4, room / 2)
                block.wrap(used, self.tall)
                block.drawOn(canvas, left + room - used if look.mirrored else left, 0)
            canvas.setStrokeColor(RULE)
            canvas.setLineWidth(0.7)
            start = left if look.mirrored else left + used
            canvas.line(start, 1.5, start + room - used, 1.5)
            x += room + _GAP


@pages.one_at_a_time
def blank_plan_pdf(document: PlanDocument, wording: PlanWording, paper: Paper) -> bytes:
    """The blank form as a PDF. Of the document, only practice and time are used."""
    look = theme.look(paper, size=_SIZE, smallest=theme.SMALLEST, language=wording.language)
    story: list[Flowable] = []
    for tall in _HEIGHTS:
        story = _story(document, wording, look, tall)
        if layout.fits_into(story, look.width, look.height, 2):
            break
    pdf, _ = pages.build(
        story,
        paper,
        title=wording.title,
        language=wording.language,
        made=document.written,
        margins=Margins(foot=wording.written_on.format(date=_BLANK), page=wording.page),
        look_=look,
    )
    return pdf


def _story(document: PlanDocument, wording: PlanWording, look: Look, tall: float) -> list[Flowable]:
    parts = Parts(document, wording, look, stacked=True)
    story: list[Flowable] = [
        *look.text(wording.title, look.title),
        WritingLine(look, ((wording.name_label, 1.0),), tall),
        layout.Gap(look.size * 0.5),
        *look.text(wording.opening, balanced=True),
    ]
    for key in SectionKey:
        words = wording.section(key)
        heading = [*look.heading_of(words.heading), *look.text(words.hint, look.quiet)]
        story.append(
            layout.Together([*heading, *_lines(look, wording, key, tall)], head=len(heading), room=look.height)
        )
    box = [
        *look.text(Span(wording.crisis_heading, bold=True), outline=True),
        *(WritingLine(look, ((wording.name_label, 3.0), (wording.phone, 2.0)), tall) for _ in range(2)),
        layout.Gap(look.size * 0.6),
        *look.text(parts.danger()),
    ]
    return [
        *story,
        layout.Gap(look.size),
        layout.Box(box, room=look.height, padding=look.size * 0.8),
        *look.text(wording.review_by.format(date=_BLANK), theme.restyled(look.quiet, spaceBefore=look.size)),
        *parts.practice_line(),
    ]


def _lines(look: Look, wording: PlanWording, key: SectionKey, tall: float) -> list[Flowable]:
    if key in CONTACT_SECTIONS:
        contact = ((wording.name_label, 3.0), (wording.phone, 2.4), (wording.when_to_call, 1.6))
        return [WritingLine(look, contact, tall) for _ in range(_CONTACTS)]
    if key is SectionKey.SURROUNDINGS:
        step = (("", 2.7), (wording.who, 2.1), (wording.when, 1.6))
        return [WritingLine(look, step, tall) for _ in range(_LINES)]
    return [WritingLine(look, (("", 1.0),), tall) for _ in range(_LINES)]
