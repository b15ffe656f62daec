"""Text as units: the smallest things placed on a line, each in one font, one look and one direction."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from safeplan_desktop.documents import direction, linebreaks
from safeplan_desktop.documents.itemise import clusters
from safeplan_desktop.documents.shaping import Shaped, shape

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from safeplan_desktop.documents.faces import Face
    from safeplan_desktop.documents.itemise import FontBook

_WORDS = re.compile(r" +|[^ ]+")
_MOST_BALANCED = 5  # lines; nobody sees it in a longer text
_BALANCE_STEP = 500.0  # thousandths of an em


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of one line as it was typed, cleaned.

    Attributes:
        span: The number of the span that it belongs to.
    """

    span: int
    text: str
    bold: bool


@dataclass(slots=True)
class Unit:
    """Never broken, but for lack of room on a whole line.

    Attributes:
        base: Whether a base font draws it.
        level: Its embedding level; odd from right to left.
        breakable: Whether a line may end before it.
        blank: Whether it is spaces only.
        shaped: Its glyphs.
    """

    text: str
    span: int
    face: Face
    base: bool
    level: int
    breakable: bool
    blank: bool
    shaped: Shaped = field(init=False)

    def __post_init__(self) -> None:
        """Shapes the text once."""
        self.shaped = shape(self.text, self.face, base=self.base, right_to_left=bool(self.level % 2))

    @property
    def advance(self) -> float:
        """Its width, in thousandths of an em."""
        return self.shaped.advance

    def part(self, text: str) -> Unit:
        """A part of it, before which a line may end."""
        return Unit(text, self.span, self.face, self.base, self.level, breakable=True, blank=self.blank)


@dataclass(frozen=True, slots=True)
class Line:
    """Units in the order of the text.

    Attributes:
        right_to_left: The direction of the typed line that it belongs to.
        alone: Whether it is all of that typed line.
    """

    units: tuple[Unit, ...]
    right_to_left: bool
    alone: bool

    @property
    def advance(self) -> float:
        """Its width, in thousandths of an em."""
        return sum(unit.advance for unit in self.units)


def ink(lines: Iterable[Line]) -> tuple[float, float]:
    """How far letters of other fonts than the base reach above and below, in thousandths of an em."""
    drawn = [unit.shaped for line in lines for unit in line.units if not unit.base]
    return max((s.top for s in drawn), default=0.0), min((s.bottom for s in drawn), default=0.0)


def lines_of(pieces: Sequence[Piece], book: FontBook, room: float, *, mirrored: bool, balanced: bool) -> list[Line]:
    """One typed line as the lines that it takes.

    Args:
        pieces: What was typed, span by span.
        book: The document's fonts.
        room: The width of a line, in thousandths of an em.
        mirrored: Whether the document is read from right to left.
        balanced: Whether the lines are made about equally long.
    """
    whole = "".join(piece.text for piece in pieces)
    backwards = direction.is_right_to_left(whole) or (mirrored and not any(c.isalpha() for c in whole))
    units = _units(pieces, book, right_to_left=backwards)
    broken = linebreaks.lines(units, room, _forced)
    if balanced and 1 < len(broken) <= _MOST_BALANCED:
        broken = _balanced(units, room, broken)
    return [Line(tuple(line), backwards, alone=len(broken) == 1) for line in broken]


def _balanced(units: Sequence[Unit], room: float, broken: list[list[Unit]]) -> list[list[Unit]]:
    """As many lines as before in the narrowest room that they need."""
    word = linebreaks.widest_word(units)
    narrow, wide = room / 2, room
    while wide - narrow > _BALANCE_STEP:
        middle = (narrow + wide) / 2
        tried = linebreaks.lines(units, middle, _forced)
        if len(tried) > len(broken) or middle < word:
            narrow = middle
        else:
            wide, broken = middle, tried
    return broken


def _forced(unit: Unit, room: float) -> list[Unit]:
    """A unit that is wider than a whole line, in parts that aren't."""
    parts: list[Unit] = []
    left = list(clusters(unit.text))
    while left:
        count, used = 0, 0.0
        while count < len(left) and (not count or used + unit.part(left[count]).advance <= room):
            used += unit.part(left[count]).advance
            count += 1
        part = unit.part("".join(left[:count]))
        # Together, letters may need a little more room than one by one.
        while part.advance > room and count > 1:
            count -= 1
            part = unit.part("".join(left[:count]))
        parts.append(part)
        left = left[count:]
    return parts


def _units(pieces: Sequence[Piece], book: FontBook, *, right_to_left: bool) -> list[Unit]:
    """Cut where the font, the look or the direction changes, and where a line may end."""
    key = (right_to_left, *pieces)
    units: list[Unit] | None = book.units.get(key)
    if units is None:
        plain = not right_to_left and all(book.is_plain(piece.text) for piece in pieces)
        units = book.units[key] = _plain(pieces, book) if plain else _ordered(pieces, book, right_to_left=right_to_left)
    return units


def _plain(pieces: Sequence[Piece], book: FontBook) -> list[Unit]:
    """Text that a base font draws alone: words and spaces."""
    units: list[Unit] = []
    blank = False
    for piece in pieces:
        face = book.base_face(bold=piece.bold)
        for word in _WORDS.findall(piece.text):
            begins = blank and word[0] != " "
            blank = word[0] == " "
            units.append(Unit(word, piece.span, face, base=True, level=0, breakable=begins, blank=blank))
    return units


def _ordered(pieces: Sequence[Piece], book: FontBook, *, right_to_left: bool) -> list[Unit]:
    """Text of any script."""
    drawn = [(piece, book.faces(piece.text, bold=piece.bold)) for piece in pieces if piece.text]
    texts = ["".join(cluster for cluster, _ in faces) for _, faces in drawn]
    ordered = right_to_left or any(direction.needs_ordering(text) for text in texts)
    levels = direction.levels(texts, right_to_left=right_to_left) if ordered else [0] * sum(map(len, texts))
    units: list[Unit] = []
    place = 0
    before = ""
    for piece, faces in drawn:
        base = book.base_face(bold=piece.bold)
        for text, face in _runs(faces, levels[place:], before):
            breakable = linebreaks.may_break(before, text)
            level = levels[place]
            units.append(Unit(text, piece.span, face, face is base, level, breakable, blank=text.isspace()))
            before = text
            place += len(text)
    return units


def _runs(faces: Iterable[tuple[str, Face]], levels: Sequence[int], before: str) -> Iterator[tuple[str, Face]]:
    """Clusters put together up to where the face or the level changes, or a line may end."""
    held, held_face, held_level = "", None, 0
    place = 0
    for cluster, face in faces:
        apart = (
            face is not held_face
            or levels[place] != held_level
            or cluster.isspace() != held.isspace()
            or linebreaks.may_break(held or before, cluster)
        )
        if held and apart and held_face is not None:
            yield held, held_face
            before, held = held, ""
        if not held:
            held_face, held_level = face, levels[place]
        held += cluster
        place += len(cluster)
    if held and held_face is not None:
        yield held, held_face
