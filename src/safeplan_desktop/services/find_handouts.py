"""Find looks into the handouts that come with the program, too; they are no records, so the index doesn't know them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from safeplan_desktop.domain.handouts import Handout
from safeplan_desktop.domain.readable_text import plain
from safeplan_desktop.services import reference

_WORD = re.compile(r"[^\W_]+")
_SHOWN = 14
"""Words of an excerpt; as many as the index gives."""


@dataclass(frozen=True, slots=True)
class _Read:
    """A handout as it is searched: its words as written, and of each its plain parts."""

    handout: Handout
    words: tuple[tuple[str, tuple[str, ...]], ...]
    parts: frozenset[str]


def handouts_with(text: str, marks: tuple[str, str]) -> tuple[tuple[Handout, str], ...]:
    """Our handouts that hold every typed word, in their order, each in the first language in which it does.

    Args:
        text: What was typed; words may be beginnings, accents don't matter.
        marks: What stands before and after a found word in the excerpt.
    """
    typed = [parts for word in text.split() if (parts := _WORD.findall(plain(word)))]
    if not typed:
        return ()
    whole = {part for parts in typed for part in parts[:-1]}
    begun = tuple(dict.fromkeys(parts[-1] for parts in typed))
    found: dict[str, tuple[Handout, str]] = {}
    for read in _read():
        if read.handout.id in found or not whole <= read.parts:
            continue
        if all(any(part.startswith(one) for part in read.parts) for one in begun):
            found[read.handout.id] = (read.handout, _excerpt(read, begun, marks))
    return tuple(found.values())


@cache
def _read() -> tuple[_Read, ...]:
    every = [handout for languages in reference.handouts().values() for handout in languages.values()]
    made = []
    for handout in every:
        words = tuple((word, tuple(_WORD.findall(plain(word)))) for word in handout.words.split())
        made.append(_Read(handout, words, frozenset(part for _, parts in words for part in parts)))
    return tuple(made)


def _excerpt(read: _Read, begun: Sequence[str], marks: tuple[str, str]) -> str:
    """The handout's words from about the first found one on, with each found one marked."""
    fits = [any(part.startswith(one) for part in parts for one in begun) for _, parts in read.words]
    begin = max(0, fits.index(True) - 1)
    shown = [
        f"{marks[0]}{word}{marks[1]}" if fits[begin + place] else word
        for place, (word, _) in enumerate(read.words[begin : begin + _SHOWN])
    ]
    return " ".join(("…", *shown) if begin else shown)
