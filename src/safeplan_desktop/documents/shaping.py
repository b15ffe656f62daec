"""Letters to glyphs, by HarfBuzz: joined, moved and kerned, in the direction in which they stand on paper."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

import uharfbuzz
from reportlab.pdfbase.ttfonts import ShapeData, ShapedStr

if TYPE_CHECKING:
    from safeplan_desktop.documents.fonts import Face

_MOST_SHAPED = 20_000
_PLAIN = {"kern": True, "liga": False, "clig": False, "dlig": False}
_FULL = {"kern": True}


@dataclass(frozen=True, slots=True)
class Shaped:
    """What one font draws for a piece of text, in thousandths of an em.

    Attributes:
        drawn: The characters that stand for its glyphs, from left to right; ReportLab draws them.
        advance: How far the next piece stands to its right.
        top, bottom: How far its ink reaches above and below the line on which the letters stand.
        joined: Letters that several glyphs draw: where those begin and end in `drawn`, and the letters themselves.
    """

    drawn: str
    advance: float
    top: float
    bottom: float
    joined: tuple[tuple[int, int, str], ...]


@lru_cache(maxsize=_MOST_SHAPED)
def shape(text: str, face: Face, *, base: bool, right_to_left: bool) -> Shaped:
    """The glyphs of a piece of text that one face draws in one direction.

    Args:
        text: At most a word or so; nothing is broken here.
        face: What draws it.
        base: Whether the face is one of the document's Latin base faces: those are only kerned, and not measured for ink.
        right_to_left: The direction in which it stands on paper.
    """
    buffer = uharfbuzz.Buffer()
    buffer.add_str(text)
    buffer.guess_segment_properties()
    buffer.direction = "rtl" if right_to_left else "ltr"
    uharfbuzz.shape(face.shaper, buffer, _PLAIN if base else _FULL)
    infos, positions = buffer.glyph_infos, buffer.glyph_positions
    starts = sorted({info.cluster for info in infos})
    ends = dict(zip(starts, [*starts[1:], len(text)], strict=True))
    codes: list[str] = []
    data: list[ShapeData] = []
    advance = top = bottom = 0.0
    plain = True
    groups: dict[int, list[int]] = {}
    for info, position in zip(infos, positions, strict=True):
        group = groups.setdefault(info.cluster, [])
        meaning = "" if group else text[info.cluster : ends[info.cluster]]
        group.append(len(codes))
        code = face.code_of(info.codepoint, meaning)
        natural = face.width_of(code)
        step = face.scaled(position.x_advance)
        right, up = face.scaled(position.x_offset), face.scaled(position.y_offset)
        codes.append(code)
        data.append(ShapeData(info.cluster, step, 0, right, up, natural))
        advance += step
        plain = plain and not right and not up and abs(step - natural) < 1
        if not base:
            extents = face.shaper.get_glyph_extents(info.codepoint)
            if extents is not None:
                high = up + face.scaled(extents.y_bearing)
                top, bottom = max(top, high), min(bottom, high + face.scaled(extents.height))
    drawn = "".join(codes)
    return Shaped(
        drawn=drawn if plain else ShapedStr(drawn, data),
        advance=advance,
        top=top,
        bottom=bottom,
        joined=tuple(
            (group[0], group[-1] + 1, text[start : ends[start]]) for start, group in groups.items() if len(group) > 1
        ),
    )
