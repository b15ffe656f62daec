"""The pocket card: the plan in panels of a bank card's size, with lines to cut and fold along.

Printed on both sides, the card is one strip of panels, folded like an accordion. Printed on one side, it is two strips
side by side: folded once between them, it is the same strip. Nothing on it says what it is: its title is "My plan", and
neither a name nor the practice stands on it unless it is asked for.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, cast

from reportlab.lib.units import mm

from safeplan_desktop.documents import layout, pages, theme, voided_plan
from safeplan_desktop.documents.layout import INK, RULE
from safeplan_desktop.documents.plan_parts import Parts, PlanDocument
from safeplan_desktop.documents.text import Span
from safeplan_desktop.documents.theme import Look, Sheet

if TYPE_CHECKING:
    from reportlab.pdfgen.canvas import Canvas
    from reportlab.platypus import Flowable

    from safeplan_desktop.documents.itemise import FontBook
    from safeplan_desktop.domain.plan_wording import PlanWording
    from safeplan_desktop.domain.practice import Paper

PANEL_WIDTH, PANEL_HEIGHT = 85.6 * mm, 53.98 * mm
"""ID-1 of ISO/IEC 7810: the size of a bank card."""

_PADDING = 3.6 * mm
_SIZES = (9.0, 8.5, 8.0, 7.5, 7.0)
_ROWS = (2, 3, 4)
_MARK = 4 * mm

Place = tuple[float, float, float, float]


@pages.one_at_a_time
def pocket_card_pdf(document: PlanDocument, wording: PlanWording, paper: Paper, *, both_sides: bool) -> bytes:
    """The pocket card as a PDF, on as few panels as a readable size allows; never clipped.

    Args:
        document: What is printed.
        wording: The fixed words.
        paper: The sheet that it is cut from.
        both_sides: Whether the printer prints on both sides, turned over the long edge.
    """
    sheet = theme.sheet_of(paper)
    card = _fitted(document, wording)
    across = 1 if both_sides else 2
    left = (sheet.width - across * PANEL_WIDTH) / 2
    bottom = (sheet.height - card.rows * PANEL_HEIGHT) / 2

    def panel(column: int, row: int) -> Place:
        return (
            left + column * PANEL_WIDTH + _PADDING,
            bottom + (card.rows - 1 - row) * PANEL_HEIGHT + _PADDING,
            PANEL_WIDTH - 2 * _PADDING,
            PANEL_HEIGHT - 2 * _PADDING,
        )

    # On one side, the right strip is the front: folded back between the strips, both read upright. Read from right to
    # left the card opens the same way; only its text is mirrored.
    columns = (0,) if both_sides else (1, 0)
    frames = [panel(column, row) for column in columns for row in range(card.rows)]

    def marks(canvas: Canvas, number: int, _pages: int) -> None:
        _draw_marks(canvas, left, bottom, across, card.rows)
        if number == 1:
            words = [wording.cut, wording.fold, *([wording.flip] if both_sides else [])]
            _draw_words(canvas, card.look, " ".join(words), sheet, bottom)

    pdf, _ = pages.build(
        card.story,
        sheet,
        title=wording.pocket_title,
        language=wording.language,
        made=document.written,
        margins=voided_plan.margins(document, wording),
        look_=card.look,
        frames=frames,
        marks=marks,
    )
    return pdf


class _Card:
    def __init__(
        self, document: PlanDocument, wording: PlanWording, size: float, rows: int, book: FontBook | None
    ) -> None:
        self.rows = rows
        panel = Sheet(PANEL_WIDTH, PANEL_HEIGHT, side=_PADDING, top=_PADDING, foot=_PADDING, foot_room=0.0)
        look = theme.look(panel, size=size, smallest=min(size, _SIZES[-1]), language=wording.language, book=book)
        # Every line counts on a card.
        self.look = replace(
            look,
            title=theme.restyled(look.title, fontSize=size * 1.3, spaceAfter=size * 0.2),
            heading=theme.restyled(look.heading, fontSize=size, spaceBefore=size * 0.5, spaceAfter=size * 0.1),
            item=theme.restyled(look.item, spaceAfter=0),
            body=theme.restyled(look.body, spaceAfter=0),
        )
        parts = Parts(document, wording, self.look, stacked=True)
        story: list[Flowable] = [*parts.working_mark(), *voided_plan.mark(document, wording, self.look)]
        story += self.look.text(Span(wording.pocket_title), self.look.title)
        story += [parts.crisis_box(roomy=False), *parts.sections(), *parts.keeping(), *parts.review()]
        story += self.look.text(parts.written, theme.restyled(self.look.quiet, spaceBefore=size * 0.4))
        self.story = story

    def fits(self) -> bool:
        """Whether one card holds it."""
        return layout.fits_into(self.story, self.look.width, self.look.height, 2 * self.rows)


def _fitted(document: PlanDocument, wording: PlanWording) -> _Card:
    """The fewest panels at the largest size; more than one card at the smallest where nothing else will do."""
    book: FontBook | None = None
    card: _Card | None = None
    tries = [(_SIZES[0], rows) for rows in _ROWS] + [(size, _ROWS[-1]) for size in _SIZES[1:]]
    for size, rows in tries:
        if card is not None and card.look.size == size:
            card.rows = rows
        else:
            card = _Card(document, wording, size, rows, book)
        book = card.look.book
        if card.fits():
            return card
    return cast("_Card", card)


def _draw_marks(canvas: Canvas, left: float, bottom: float, across: int, rows: int) -> None:
    """A solid line to cut along, dashed lines to fold along, and short marks outside where the folds are."""
    width, height = across * PANEL_WIDTH, rows * PANEL_HEIGHT
    canvas.saveState()
    canvas.setStrokeColor(INK)
    canvas.setLineWidth(0.7)
    canvas.rect(left, bottom, width, height)
    canvas.setStrokeColor(RULE)
    canvas.setLineWidth(0.5)
    canvas.setDash(3, 3)
    for row in range(1, rows):
        y = bottom + row * PANEL_HEIGHT
        canvas.line(left - _MARK, y, left + width + _MARK, y)
    for column in range(1, across):
        x = left + column * PANEL_WIDTH
        canvas.line(x, bottom - _MARK, x, bottom + height + _MARK)
    canvas.restoreState()


def _draw_words(canvas: Canvas, look: Look, words: str, sheet: Sheet, bottom: float) -> None:
    """How the card is made, below it; cut away with the rest of the sheet."""
    style = theme.restyled(look.quiet, fontSize=theme.SMALLEST, alignment=1)
    for block in look.text(words, style):
        _, tall = block.wrap(sheet.width - 2 * sheet.side, sheet.height)
        block.drawOn(canvas, sheet.side, bottom - 2 * _MARK - tall)
