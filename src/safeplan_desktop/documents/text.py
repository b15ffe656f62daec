"""The one place where text becomes something to print: any text, in any script, in its reading direction.

ReportLab's own paragraphs read markup in what they are given, take quadratic time and know one direction
only; so nothing in the program makes one. A text block has no markup at all: what was typed is what is
drawn.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from reportlab.lib.enums import TA_CENTER, TA_LEFT, TA_RIGHT
from reportlab.platypus import Flowable

from safeplan_desktop.documents import direction, units
from safeplan_desktop.documents.pen import Pen
from safeplan_desktop.documents.shaping import shape
from safeplan_desktop.documents.units import Line, Piece, Unit

if TYPE_CHECKING:
    from reportlab.lib.colors import Color
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.pdfgen.canvas import Canvas

    from safeplan_desktop.documents.itemise import FontBook

_FUZZ = 1e-7  # points; less than what ReportLab forgives
_CLOSE = 0.01  # points; nobody sees less
_BASELINE = 0.79  # where letters stand within a line, as a share of its height
_BREATH = 1.06  # between the tallest letters of one line and the deepest of the line above
_FEWEST_LINES = 2  # of a longer text, at the foot of one page and the head of the next


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of text with one look.

    Attributes:
        link: A `tel:` link, made here from a phone number; empty for none.
        colour: Instead of the style's.
    """

    text: str
    bold: bool = False
    link: str = ""
    colour: Color | None = None


Words = str | Span | Sequence[Span]


def tel_link(number: str) -> str:
    """A `tel:` link of a phone number; empty when there are no digits, or more than one number may stand in it."""
    first = next((index for index, c in enumerate(number) if c.isdigit()), len(number))
    if any(c.isalpha() or c in ",;/" for c in number[first:]):
        return ""  # "988, press 1" must not dial 9881
    digits = "".join(c for c in number if (c.isascii() and c.isdigit()) or c in "*#")
    return f"tel:{'+' if number.strip().startswith('+') else ''}{digits}" if digits.strip("*#") else ""


class TextBlock(Flowable):
    """Plain text as lines. It breaks, aligns, joins and orders any script, and can go on on the next page.

    Args:
        words: The text; nothing in it is read as markup.
        style: Size, leading, colour, indents, alignment and the space around it.
        book: The document's fonts.
        bullet: Stands before the first line.
        outline: Whether it is an entry of the document's outline.
        balanced: Whether its lines are made about equally long, as suits headings and single sentences.
    """

    def __init__(
        self,
        words: Words,
        style: ParagraphStyle,
        book: FontBook,
        *,
        bullet: str = "",
        outline: bool = False,
        balanced: bool = False,
    ) -> None:
        super().__init__()
        spans = [Span(words)] if isinstance(words, str) else [words] if isinstance(words, Span) else list(words)
        self.spans = [span for span in spans if span.text]
        self.style = style
        self.book = book
        self.bullet = bullet
        self.outline = outline
        self.balanced = balanced
        self._mirrored = direction.is_right_to_left_language(book.language)
        self._lines: list[Line] | None = None
        self._lines_width = -1.0
        self._is_part = False
        for span in self.spans:
            book.add(span.text, bold=self._is_bold(span))

    def identity(self, maxLen: int | None = None) -> str:  # noqa: ARG002, N803 - ReportLab's own
        """What ReportLab's errors call this block: never its text."""
        return f"TextBlock({self.style.name})"

    @property
    def plain_text(self) -> str:
        """The text itself."""
        return "".join(span.text for span in self.spans)

    def natural_width(self) -> float:
        """The room that it takes when no line has to be broken."""
        lines = self._broken(float("inf"))
        return self._indents + max((line.advance for line in lines), default=0.0) * self._em

    def baseline(self, width: float) -> float:
        """How far below the block's top its first letters stand, at a width."""
        lines = self._broken(width - self._indents)
        return self._first_baseline(lines, self._leading(lines))

    def wrap(self, width: float, _height: float) -> tuple[float, float]:
        lines = self._broken(width - self._indents)
        self.width, self.height = width, len(lines) * self._leading(lines)
        return self.width, self.height

    def split(self, width: float, height: float) -> list[Flowable]:
        lines = self._broken(width - self._indents)
        fitting = int((height + _FUZZ) / self._leading(lines))
        if fitting >= len(lines):
            return [self]
        if len(lines) >= 2 * _FEWEST_LINES:
            fitting = min(fitting, len(lines) - _FEWEST_LINES)
        if fitting < min(_FEWEST_LINES, len(lines)):
            return []
        return [self._part(lines[:fitting], first=True), self._part(lines[fitting:], first=False)]

    def draw(self) -> None:
        canvas = self.canv
        lines = self._broken(self.width - self._indents)
        leading = self._leading(lines)
        y = self.height - self._first_baseline(lines, leading)
        marks = getattr(canvas, "marks", None)
        if self.outline and marks is not None:
            marks.append((self.plain_text, canvas.absolutePosition(0, self.height)[1]))
        if self.bullet and lines:
            self._draw_bullet(canvas, y)
        for line in lines:
            self._draw_line(canvas, line, y)
            y -= leading

    # Lines

    @property
    def _indents(self) -> float:
        return float(self.style.leftIndent + self.style.rightIndent)

    @property
    def _em(self) -> float:
        """Points for a thousandth of an em."""
        return float(self.style.fontSize) / 1000

    def _is_bold(self, span: Span) -> bool:
        return span.bold or self.style.fontName.endswith("Bold")

    def _leading(self, lines: Sequence[Line]) -> float:
        """The height of a line: the style's, or more where a script's letters need it."""
        top, bottom = units.ink(lines)
        return max(float(self.style.leading), (top - bottom) * self._em * _BREATH)

    def _first_baseline(self, lines: Sequence[Line], leading: float) -> float:
        top, bottom = (part * self._em for part in units.ink(lines))
        return min(max(float(self.style.leading) * _BASELINE, top), leading + bottom)

    def _part(self, lines: Sequence[Line], *, first: bool) -> TextBlock:
        bullet = self.bullet if first else ""
        part = TextBlock((), self.style, self.book, bullet=bullet, outline=self.outline and first)
        part.spans = self.spans
        part._lines, part._is_part = list(lines), True
        return part

    def _broken(self, width: float) -> list[Line]:
        """The lines at a width; those of a part are what they are."""
        if self._lines is None or (not self._is_part and abs(width - self._lines_width) > _CLOSE):
            room = max(width / self._em, 1000.0)
            self._lines = [
                line
                for pieces in self._typed_lines()
                for line in units.lines_of(pieces, self.book, room, mirrored=self._mirrored, balanced=self.balanced)
            ]
            self._lines_width = width
        return self._lines

    def _typed_lines(self) -> Iterator[list[Piece]]:
        pieces: list[Piece] = []
        for index, span in enumerate(self.spans):
            bold = self._is_bold(span)
            first, *others = self.book.cleaned(span.text).split("\n")
            pieces.append(Piece(index, first, bold))
            for other in others:
                yield pieces
                pieces = [Piece(index, other, bold)]
        yield pieces

    # Ink

    @property
    def _hangs_right(self) -> bool:
        """Whether the text begins on the right: a longer one hangs on the side where reading it begins."""
        return self._mirrored or any(line.right_to_left and not line.alone for line in self._lines or ())

    def _start(self, line: Line) -> float:
        """Where the line's leftmost letter stands."""
        spare = self.width - self._indents - line.advance * self._em
        alignment = self.style.alignment
        if alignment == TA_LEFT and self._hangs_right:
            alignment = TA_RIGHT
        left = float(self.style.rightIndent if self._hangs_right else self.style.leftIndent)
        return left + (spare if alignment == TA_RIGHT else spare / 2 if alignment == TA_CENTER else 0.0)

    def _draw_line(self, canvas: Canvas, line: Line, y: float) -> None:
        """Units stand in their visual order, and are written in the order of the text."""
        places = [0.0] * len(line.units)
        x = self._start(line)
        for index in direction.visual_order([unit.level for unit in line.units]):
            places[index] = x
            x += line.units[index].advance * self._em
        pen = Pen(canvas)
        size = float(self.style.fontSize)
        for run in _runs(line.units, places, self._em):
            unit, left = run[0]
            span = self.spans[unit.span]
            colour = span.colour or self.style.textColor
            pen.write(left, y, [other.shaped for other, _ in run], face=unit.face, size=size, colour=colour)
            if span.link:
                right = run[-1][1] + run[-1][0].advance * self._em
                canvas.linkURL(span.link, (left, y - size * 0.25, right, y + size * 0.85), relative=1, thickness=0)
        pen.done()

    def _draw_bullet(self, canvas: Canvas, y: float) -> None:
        face = self.book.base_face()
        shaped = shape(self.bullet, face, base=True, right_to_left=False)
        x = float(self.style.bulletIndent)
        if self._hangs_right:
            x = self.width - x - shaped.advance * self._em
        pen = Pen(canvas)
        pen.write(x, y, [shaped], face=face, size=float(self.style.fontSize), colour=self.style.textColor)
        pen.done()


def _runs(line: Sequence[Unit], places: Sequence[float], em: float) -> Iterator[list[tuple[Unit, float]]]:
    """Units in the order of the text, put together where they are written in one go."""
    run: list[tuple[Unit, float]] = []
    for unit, x in zip(line, places, strict=True):
        if run:
            last, at = run[-1]
            follows = (
                unit.face is last.face
                and unit.span == last.span
                and unit.level == last.level
                and not unit.level % 2
                and abs(at + last.advance * em - x) < _CLOSE
            )
            if not follows:
                yield run
                run = []
        run.append((unit, x))
    if run:
        yield run


def paragraphs(
    words: Words,
    style: ParagraphStyle,
    book: FontBook,
    *,
    bullet: str = "",
    outline: bool = False,
    balanced: bool = False,
) -> list[Flowable]:
    """The blocks that a text makes; none for no text. Any text will do."""
    block = TextBlock(words, style, book, bullet=bullet, outline=outline, balanced=balanced)
    return [block] if block.spans else []
