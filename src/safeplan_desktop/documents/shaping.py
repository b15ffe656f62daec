"""Letters to glyphs, by HarfBuzz: joined, moved and kerned, in the direction in which they stand on paper."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

import uharfbuzz

if TYPE_CHECKING:
    from safeplan_desktop.documents.faces import Face

_MOST_SHAPED = 20_000
_PLAIN = {"kern": True, "liga": False, "clig": False, "dlig": False}
_FULL = {"kern": True}


@dataclass(frozen=True, slots=True)
class Glyph:
    """One glyph; lengths in thousandths of an em.

    Attributes:
        code: The character that stands for it inside the PDF.
        natural: The font's own width for it.
        step: How far the next glyph stands from it.
        right, up: How far it is moved from its place.
    """

    code: str
    natural: float
    step: float
    right: float
    up: float


@dataclass(frozen=True, slots=True)
class Shaped:
    """What one font draws for a piece of text, in thousandths of an em.

    Attributes:
        clusters: From left to right, the glyphs of each letter; with its text where several glyphs draw it.
        advance: How far the next piece stands to its right.
        top, bottom: How far its ink reaches above and below the line on which the letters stand.
    """

    clusters: tuple[tuple[tuple[Glyph, ...], str], ...]
    advance: float
    top: float
    bottom: float


@lru_cache(maxsize=_MOST_SHAPED)
def shape(text: str, face: Face, *, base: bool, right_to_left: bool) -> Shaped:
    """The glyphs of a piece of text that one face draws in one direction.

    Args:
        text: At most a word or so; nothing is broken here.
        face: What draws it.
        base: Whether it is one of the Latin base faces: those are only kerned, and not measured for ink.
        right_to_left: The direction in which it stands on paper.
    """
    buffer = uharfbuzz.Buffer()
    buffer.add_str(text)
    buffer.guess_segment_properties()
    buffer.direction = "rtl" if right_to_left else "ltr"
    uharfbuzz.shape(face.shaper, buffer, _PLAIN if base else _FULL)
    starts = sorted({info.cluster for info in buffer.glyph_infos})
    ends = dict(zip(starts, [*starts[1:], len(text)], strict=True))
    groups: dict[int, list[Glyph]] = {}
    advance = top = bottom = 0.0
    for info, position in zip(buffer.glyph_infos, buffer.glyph_positions, strict=True):
        group = groups.setdefault(info.cluster, [])
        code = face.code_of(info.codepoint, "" if group else text[info.cluster : ends[info.cluster]])
        step, right, up = (face.scaled(n) for n in (position.x_advance, position.x_offset, position.y_offset))
        group.append(Glyph(code, face.width_of(code), step, right, up))
        advance += step
        extents = None if base else face.shaper.get_glyph_extents(info.codepoint)
        if extents is not None:
            high = up + face.scaled(extents.y_bearing)
            top, bottom = max(top, high), min(bottom, high + face.scaled(extents.height))
    clusters = tuple(
        (tuple(glyphs), text[start : ends[start]] if len(glyphs) > 1 else "") for start, glyphs in groups.items()
    )
    return Shaped(clusters, advance, top, bottom)
