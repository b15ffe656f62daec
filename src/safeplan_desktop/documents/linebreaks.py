"""Where a line may end: after spaces, between East Asian characters, and for lack of room anywhere."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Sequence
from typing import Protocol, TypeVar

# Never at the head of a line, never at its foot (the usual East Asian rules, shortened).
_NOT_FIRST = frozenset(
    "、。，．・：；？！）］｝〉》」』】〕〗〙’”»)]}!?,.:;%‰°′″ーァィゥェォッャュョヮヵヶぁぃぅぇぉっゃゅょゎ々〻～…‥\u3000"
)
_NOT_LAST = frozenset("（［｛〈《「『【〔〖〘‘“«([{$£¥€#")
_FIRST_HANGUL = "\u1100"
_WORD_JOINERS = frozenset("\u00a0\u202f\u2060\ufeff")


class Placed(Protocol):
    """What is placed on lines, one after the other."""

    breakable: bool
    blank: bool

    @property
    def advance(self) -> float:
        """Its width, in the unit of the room that it is given."""
        ...


U = TypeVar("U", bound=Placed)


def _is_east_asian(character: str) -> bool:
    return unicodedata.east_asian_width(character) in "WF" and character >= _FIRST_HANGUL


def may_break(before: str, after: str) -> bool:
    """Whether a line may end between two pieces of text."""
    if not before or not after or after.isspace():
        return False
    last, first = before[-1], after[0]
    if last in _WORD_JOINERS or first in _WORD_JOINERS:
        return False
    if last.isspace():
        return True
    if first in _NOT_FIRST or last in _NOT_LAST:
        return False
    return _is_east_asian(last) or _is_east_asian(first) or (last == "\u200b")


def lines(units: Sequence[U], room: float, forced: Callable[[U, float], list[U]]) -> list[list[U]]:
    """The units as lines that fit into the room; at least one line, also for no units.

    Spaces at a line's end hang over it and are left out.

    Args:
        units: In the order of the text.
        room: The width of a line.
        forced: Cuts a unit that is wider than a line into pieces that aren't.
    """
    done: list[list[U]] = []
    line: list[U] = []
    used = 0.0
    for word in _words(units):
        solid = sum(unit.advance for unit in _trimmed(word))
        if line and used + solid > room and solid:
            done.append(_trimmed(line))
            line, used = [], 0.0
        if solid > room:
            for piece in (part for unit in word for part in (forced(unit, room) if not unit.blank else [unit])):
                if line and used + piece.advance > room and not piece.blank:
                    done.append(_trimmed(line))
                    line, used = [], 0.0
                line.append(piece)
                used += piece.advance
            continue
        line += word
        used += sum(unit.advance for unit in word)
    done.append(_trimmed(line))
    return done


def widest_word(units: Sequence[U]) -> float:
    """The room that the widest word needs."""
    return max((sum(unit.advance for unit in _trimmed(word)) for word in _words(units)), default=0.0)


def _words(units: Sequence[U]) -> list[list[U]]:
    words: list[list[U]] = []
    for unit in units:
        if words and not unit.breakable:
            words[-1].append(unit)
        else:
            words.append([unit])
    return words


def _trimmed(line: list[U]) -> list[U]:
    end = len(line)
    while end and line[end - 1].blank:
        end -= 1
    return line[:end]
