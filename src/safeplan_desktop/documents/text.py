"""The one place where text becomes something to print: any text, with a font for every script, in its reading direction.

ReportLab's own paragraphs read markup in what they are given, take quadratic time and know one direction only; so nothing
in the program makes one. A text block here has no markup at all: what was typed is what is drawn.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, cast

from reportlab.lib.enums import TA_CENTER, TA_LEFT, TA_RIGHT
from reportlab.platypus import Flowable

from safeplan_desktop.documents import direction, linebreaks
from safeplan_desktop.documents.itemise import FontBook, clusters
from safeplan_desktop.documents.shaping import Shaped, shape

if TYPE_CHECKING:
    from reportlab.lib.colors import Color
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.pdfgen.canvas import Canvas
    from reportlab.pdfgen.textobject import PDFTextObject

    from safeplan_desktop.documents.fonts import Face

_FUZZ = 0.01  # points
_BASELINE = 0.79  # where letters stand within a line, as a share of its height
_FEWEST_LINES = 2  # of a longer text, at the foot of one page and the head of the next


_MOST_BALANCED = 5  # lines; nobody sees it in a longer text
_BALANCE_STEP = 500.0  # thousandths of an em


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
    """A `tel:` link of a phone number; empty when there are no digits in it."""
    digits = "".join(c for c in number if (c.isascii() and c.isdigit()) or c in "*#")
    return f"tel:{'+' if number.strip().startswith('+') else ''}{digits}" if digits.strip("*#") else ""


@dataclass(slots=True)
class _Unit:
    """The smallest thing that is placed: one font, one look, one direction, never broken (but for lack of room)."""

    text: str
    span: int
    face: Face
    base: bool
    level: int
    breakable: bool  # a line may end before it
    blank: bool
    shaped: Shaped = field(init=False)

    def __post_init__(self) -> None:
        self.shaped = shape(self.text, self.face, base=self.base, right_to_left=bool(self.level % 2))

    @property
    def advance(self) -> float:
        return self.shaped.advance

    def piece(self, text: str, *, breakable: bool) -> _Unit:
        return _Unit(text, self.span, self.face, self.base, self.level, breakable, self.blank)


@dataclass(frozen=True, slots=True)
class _Line:
    """Units in the order of the text, and the direction of the paragraph that they belong to."""

    units: tuple[_Unit, ...]
    right_to_left: bool
    alone: bool  # the only line of its paragraph


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
        self._right_to_left = direction.is_right_to_left_language(book.language)
        self._lines: list[_Line] | None = None
        self._lines_width = -1.0
        self._is_part = False
        for span in self.spans:
            book.add(span.text, bold=self._is_bold(span))

    def __repr__(self) -> str:
        return f"TextBlock({self.style.name})"

    def identity(self, maxLen: int | None = None) -> str:  # noqa: ARG002, N803 - ReportLab's own; its errors name flowables
        """What ReportLab's errors call this block: never its text."""
        return repr(self)

    @property
    def plain_text(self) -> str:
        """The text itself."""
        return "".join(span.text for span in self.spans)

    def natural_width(self) -> float:
        """The room that it takes on as few lines as it can."""
        lines = self._broken(float("inf"))
        return self._indents + max((self._advance(line) for line in lines), default=0.0)

    def wrap(self, aW: float, aH: float) -> tuple[float, float]:  # noqa: ARG002, N803 - ReportLab's own
        lines = self._broken(aW - self._indents)
        self.width, self.height = aW, len(lines) * self._leading(lines)
        return self.width, self.height

    def split(self, aW: float, aH: float) -> list[Flowable]:  # noqa: N803 - ReportLab's own
        lines = self._broken(aW - self._indents)
        fitting = int((aH + _FUZZ) / self._leading(lines))
        if fitting >= len(lines):
            return [self]
        if len(lines) >= 2 * _FEWEST_LINES:
            fitting = min(fitting, len(lines) - _FEWEST_LINES)
        if fitting < min(_FEWEST_LINES, len(lines)):
            return []
        return [self._part(lines[:fitting], first=True), self._part(lines[fitting:], first=False)]

    def draw(self) -> None:
        canvas = cast("Canvas", self.canv)
        lines = self._broken(self.width - self._indents)
        leading = self._leading(lines)
        y = self.height - self._first_baseline(lines, leading)
        if self.outline:
            marks = getattr(canvas, "marks", None)
            if marks is not None:
                marks.append((self.plain_text, canvas.absolutePosition(0, self.height)[1]))
        if self.bullet and lines:
            self._draw_bullet(canvas, y)
        for line in lines:
            self._draw_line(canvas, line, y)
            y -= leading

    # What stands where

    @property
    def _indents(self) -> float:
        return float(self.style.leftIndent + self.style.rightIndent)

    @property
    def _size(self) -> float:
        return float(self.style.fontSize)

    def _is_bold(self, span: Span) -> bool:
        return span.bold or self.style.fontName.endswith("Bold")

    def _leading(self, lines: Sequence[_Line]) -> float:
        """The height of a line: the style's, or more where a script's letters need it."""
        top, bottom = self._ink(lines)
        return max(float(self.style.leading), (top - bottom) * self._size / 1000 * 1.06)

    def _first_baseline(self, lines: Sequence[_Line], leading: float) -> float:
        """How far below the block's top its first letters stand."""
        top, bottom = (part * self._size / 1000 for part in self._ink(lines))
        return min(max(float(self.style.leading) * _BASELINE, top), leading + bottom)

    def _ink(self, lines: Sequence[_Line]) -> tuple[float, float]:
        drawn = [unit.shaped for line in lines for unit in line.units if not unit.base]
        return max((s.top for s in drawn), default=0.0), min((s.bottom for s in drawn), default=0.0)

    def _advance(self, line: _Line) -> float:
        return sum(unit.advance for unit in line.units) * self._size / 1000

    def _part(self, lines: Sequence[_Line], *, first: bool) -> TextBlock:
        part = TextBlock((), self.style, self.book, bullet=self.bullet if first else "", outline=self.outline and first)
        part.spans = self.spans
        part._lines, part._is_part = list(lines), True  # noqa: SLF001 - another of this class
        return part

    # Lines

    def _broken(self, width: float) -> list[_Line]:
        if self._lines is None or (not self._is_part and abs(width - self._lines_width) > _FUZZ):
            self._lines = [line for paragraph in self._paragraphs() for line in self._lines_of(paragraph, width)]
            self._lines_width = width
        return self._lines

    def _paragraphs(self) -> Iterator[list[tuple[int, str]]]:
        """The text line by line as it was typed: pieces of spans, cleaned."""
        pieces: list[tuple[int, str]] = []
        for index, span in enumerate(self.spans):
            first, *others = self.book.cleaned(span.text).split("\n")
            pieces.append((index, first))
            for other in others:
                yield pieces
                pieces = [(index, other)]
        yield pieces

    def _lines_of(self, pieces: Sequence[tuple[int, str]], width: float) -> list[_Line]:
        whole = "".join(text for _, text in pieces)
        backwards = direction.is_right_to_left(whole) or (
            self._right_to_left and not any(character.isalpha() for character in whole)
        )
        room = max(width, self._size) * 1000 / self._size
        units = self._units(pieces, right_to_left=backwards)
        lines = linebreaks.lines(units, room, self._forced)
        if self.balanced and 1 < len(lines) <= _MOST_BALANCED:
            lines = self._balanced(units, room, lines)
        return [_Line(tuple(line), backwards, alone=len(lines) == 1) for line in lines]

    def _balanced(self, units: Sequence[_Unit], room: float, lines: list[list[_Unit]]) -> list[list[_Unit]]:
        """As many lines as before in the narrowest room that they need."""
        narrow, wide = max(room / 2, linebreaks.widest_word(units) - _BALANCE_STEP / 2), room
        while wide - narrow > _BALANCE_STEP:
            middle = (narrow + wide) / 2
            tried = linebreaks.lines(units, middle, self._forced)
            if len(tried) > len(lines) or middle < linebreaks.widest_word(units):
                narrow = middle
            else:
                wide, lines = middle, tried
        return lines

    def _units(self, pieces: Sequence[tuple[int, str]], *, right_to_left: bool) -> list[_Unit]:
        """The pieces as units: cut where the font, the look or the direction changes, and where a line may end."""
        drawn = [
            (index, self.book.faces(text, bold=self._is_bold(self.spans[index]))) for index, text in pieces if text
        ]
        texts = ["".join(cluster for cluster, _ in faces) for _, faces in drawn]
        if right_to_left or any(direction.needs_ordering(text) for text in texts):
            levels = direction.levels(texts, right_to_left=right_to_left)
        else:
            levels = []
        units: list[_Unit] = []
        place = 0
        before = ""
        for index, faces in drawn:
            for text, face, start in _cut(faces, levels, place, before):
                base = face.name.startswith("Atkinson")
                level = levels[start] if levels else 0
                breakable = linebreaks.may_break(before, text)
                units.append(_Unit(text, index, face, base, level, breakable, blank=text.isspace()))
                before = text
            place += sum(len(cluster) for cluster, _ in faces)
        return units

    @staticmethod
    def _forced(unit: _Unit, room: float) -> list[_Unit]:
        """A unit that is wider than a whole line, in pieces that aren't."""
        pieces: list[_Unit] = []
        held, used = "", 0.0
        for cluster in clusters(unit.text):
            width = unit.piece(cluster, breakable=True).advance
            if held and used + width > room:
                pieces.append(unit.piece(held, breakable=True))
                held, used = "", 0.0
            held += cluster
            used += width
        pieces.append(unit.piece(held, breakable=True))
        return pieces

    # Ink

    def _draw_line(self, canvas: Canvas, line: _Line, y: float) -> None:
        scale = self._size / 1000
        order = direction.visual_order([unit.level for unit in line.units])
        places = [0.0] * len(line.units)
        x = self._start(line)
        for index in order:
            places[index] = x
            x += line.units[index].advance * scale
        text = canvas.beginText()
        for run in _runs(line.units, places, scale):
            self._draw_run(canvas, text, run, y)
        canvas.drawText(text)

    def _start(self, line: _Line) -> float:
        """Where the line's leftmost letter stands."""
        room = self.width - self._indents
        alignment = self.style.alignment
        # A text of several lines hangs on the side where it is begun to be read.
        if alignment == TA_LEFT and (self._right_to_left or (line.right_to_left and not line.alone)):
            alignment = TA_RIGHT
        left = float(self.style.rightIndent if self._right_to_left else self.style.leftIndent)
        spare = room - self._advance(line)
        return left + (spare if alignment == TA_RIGHT else spare / 2 if alignment == TA_CENTER else 0.0)

    def _draw_run(self, canvas: Canvas, text: PDFTextObject, run: list[tuple[_Unit, float]], y: float) -> None:
        unit, x = run[0]
        span = self.spans[unit.span]
        text.setTextOrigin(x, y)
        text.setFont(unit.face.name, self._size, self.style.leading)
        text.setFillColor(span.colour or self.style.textColor)
        drawn: Any = unit.shaped.drawn
        for other, _ in run[1:]:
            drawn = drawn + other.shaped.drawn
        done = 0
        for start, end, letters in unit.shaped.joined:
            # What is copied or read aloud is the letters, not the several glyphs that draw them.
            actual = (b"\xfe\xff" + letters.encode("utf-16-be")).hex().upper()
            operators = text._code  # noqa: SLF001 - ReportLab has no call for marked content
            text.textOut(drawn[done:start])
            operators.append(f"/Span <</ActualText <{actual}>>> BDC")
            text.textOut(drawn[start:end])
            operators.append("EMC")
            done = end
        text.textOut(drawn[done:])
        if span.link:
            right = run[-1][1] + run[-1][0].advance * self._size / 1000
            area = (x, y - self._size * 0.25, right, y + self._size * 0.85)
            canvas.linkURL(span.link, area, relative=1, thickness=0)

    def _draw_bullet(self, canvas: Canvas, y: float) -> None:
        base = shape(self.bullet, self.book.base_face, base=True, right_to_left=False)
        x = float(self.style.bulletIndent)
        if self._right_to_left:
            x = self.width - x - base.advance * self._size / 1000
        text = canvas.beginText(x, y)
        text.setFont(self.book.base_face.name, self._size)
        text.setFillColor(self.style.textColor)
        text.textOut(base.drawn)
        canvas.drawText(text)


def _cut(
    faces: Iterable[tuple[str, Face]], levels: Sequence[int], place: int, before: str
) -> Iterator[tuple[str, Face, int]]:
    """Runs of clusters with one face and one level, ended where a line may end; each with its place in the text."""
    held, held_face, held_at = "", None, place
    for cluster, face in faces:
        level = levels[place] if levels else 0
        last = held or before
        apart = (
            face is not held_face
            or (bool(levels) and levels[held_at] != level)
            or (bool(held) and cluster.isspace() != held.isspace())
            or linebreaks.may_break(last, cluster)
        )
        if held and apart and held_face is not None:
            yield held, held_face, held_at
            held, held_at = "", place
        held += cluster
        held_face = face
        place += len(cluster)
    if held and held_face is not None:
        yield held, held_face, held_at


def _runs(
    units: Sequence[_Unit], places: Sequence[float], scale: float
) -> Iterator[list[tuple[_Unit, float]]]:
    """Units in the order of the text, put together where one drawing operation does."""
    run: list[tuple[_Unit, float]] = []
    for unit, x in zip(units, places, strict=True):
        if run:
            last, at = run[-1]
            follows = (
                unit.face is last.face
                and unit.span == last.span
                and not unit.shaped.joined
                and not last.shaped.joined
                and unit.level == last.level == 0
                and abs(at + last.advance * scale - x) < _FUZZ
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

