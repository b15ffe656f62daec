"""A font as ReportLab and HarfBuzz both know it: its glyphs, their codes inside a PDF, and what they mean."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING, Any, cast

import uharfbuzz
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reportlab.pdfgen.canvas import Canvas

_PER_EM = 1000
_FIRST_PRIVATE = 0xF0000
_NOTHING = "\u200b"  # readers take an empty meaning for a missing one
_MOST_ROWS = 100  # of one block of a ToUnicode table


class _Font(TTFont):
    """ReportLab's font, with a table for copying that knows joined letters and letters beyond 16 bits too."""

    def __init__(self, name: str, data: bytes) -> None:
        super().__init__(name, BytesIO(data))
        # ReportLab keeps font descriptors by this name; two weights of one family must not share it.
        self.face.name = name.encode("ascii")
        self.meanings: dict[int, str] = {}

    def addObjects(self, doc: Any) -> None:  # noqa: ANN401, N802 - ReportLab's own
        subsets = [list(subset) for subset in self.state[doc].subsets]
        internal = self.state[doc].internalName
        super().addObjects(doc)
        fonts = doc.idToObject["BasicFonts"].dict
        for number, subset in enumerate(subsets):
            stream = doc.idToObject[fonts[f"{internal}+{number}"].ToUnicode.name]
            stream.content = _to_unicode([self.meanings.get(code, chr(code)) if code else "" for code in subset])


def _to_unicode(meanings: Sequence[str]) -> str:
    rows = [
        f"<{code:02X}> <{meaning.encode('utf-16-be').hex().upper()}>"
        for code, meaning in enumerate(meanings)
        if meaning
    ]
    blocks = [rows[start : start + _MOST_ROWS] for start in range(0, len(rows), _MOST_ROWS)]
    return "\n".join(
        [
            "/CIDInit /ProcSet findresource begin",
            "12 dict begin",
            "begincmap",
            "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def",
            "/CMapName /Adobe-Identity-UCS def",
            "/CMapType 2 def",
            "1 begincodespacerange",
            "<00> <FF>",
            "endcodespacerange",
            *("\n".join([f"{len(block)} beginbfchar", *block, "endbfchar"]) for block in blocks),
            "endcmap",
            "CMapName currentdict /CMap defineresource pop",
            "end",
            "end",
        ]
    )


class Face:
    """A font at one weight, as ReportLab and HarfBuzz know it.

    Attributes:
        name: The name under which ReportLab knows it.
    """

    def __init__(self, name: str, data: bytes) -> None:
        self.name = name
        self._font = _Font(name, data)
        pdfmetrics.registerFont(self._font)
        self.shaper = uharfbuzz.Font(uharfbuzz.Face(uharfbuzz.Blob(data)))
        self._upem: int = self.shaper.face.upem
        self._private: dict[tuple[int, str], str] = {}

    def scaled(self, units: float) -> float:
        """Font units as thousandths of an em."""
        return units * _PER_EM / self._upem

    def holds(self, character: str) -> bool:
        """Whether the font draws this character."""
        return ord(character) in self._font.face.charToGlyph

    def characters(self) -> frozenset[int]:
        """The code points that the font draws."""
        return frozenset(self._font.face.charToGlyph)

    def code_of(self, glyph: int, meaning: str) -> str:
        """A character that stands for a glyph inside the PDF: its own where it has one, else a private one.

        Args:
            glyph: The glyph's number.
            meaning: The text that it draws, for copying; empty for a part of what the glyph before it draws.
        """
        face = self._font.face
        if len(meaning) == 1 and face.charToGlyph.get(ord(meaning)) == glyph:
            return meaning
        key = (glyph, meaning)
        if key not in self._private:
            code = _FIRST_PRIVATE + len(self._private)
            self._private[key] = chr(code)
            face.charToGlyph[code] = glyph
            face.charWidths[code] = self.scaled(self.shaper.get_glyph_h_advance(glyph))
            self._font.meanings[code] = meaning or _NOTHING
        return self._private[key]

    def width_of(self, code: str) -> float:
        """The natural width of a character, in thousandths of an em."""
        face: Any = self._font.face
        return float(face.getCharWidth(ord(code)))

    def encoded(self, codes: str, canvas: Canvas) -> list[tuple[str, bytes]]:
        """What stands for characters in a document: fonts, as operators name them, and bytes in those."""
        document = cast("Any", canvas)._doc  # noqa: SLF001 - ReportLab's fonts ask for it
        return [
            (self._font.getSubsetInternalName(subset, document), data)
            for subset, data in self._font.splitString(codes, document)
        ]

    def forget(self) -> None:
        """Takes the font out of ReportLab's register."""
        self._font.unregister()
