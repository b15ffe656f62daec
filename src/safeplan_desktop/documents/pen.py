"""Shaped text to PDF operators: glyphs at their places, and what a reader copies from them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reportlab.lib.colors import Color
    from reportlab.pdfgen.canvas import Canvas

    from safeplan_desktop.documents.faces import Face
    from safeplan_desktop.documents.shaping import Glyph, Shaped

_LEAST = 0.5  # thousandths of an em; nobody sees less


class Pen:
    """Writes on one line of a page; `done` puts it on the canvas."""

    def __init__(self, canvas: Canvas) -> None:
        self._canvas = canvas
        self._text = canvas.beginText()
        # ReportLab's own way to write shaped text fails on a raised first glyph and can't mark content.
        self._operators: list[str] = cast("Any", self._text)._code  # noqa: SLF001 - the comment above says why

    def write(self, x: float, y: float, pieces: Sequence[Shaped], *, face: Face, size: float, colour: Color) -> None:
        """Pieces that one face draws, one after the other from a point on."""
        self._text.setTextOrigin(x, y)
        self._text.setFillColor(colour)
        row = _Row(self._canvas, self._operators, face, size)
        for piece in pieces:
            for letters in piece.clusters:
                row.add(letters)
        row.flush()

    def done(self) -> None:
        """Puts everything on the page."""
        self._canvas.drawText(self._text)


class _Row:
    """Glyphs in one face, gathered into as few operators as there can be."""

    def __init__(self, canvas: Canvas, operators: list[str], face: Face, size: float) -> None:
        self._canvas = canvas
        self._operators = operators
        self._face = face
        self._size = size
        self._font = ""
        self._shown: list[str] = []
        self._codes: list[str] = []
        self._move = 0.0

    def add(self, letters: tuple[tuple[Glyph, ...], str]) -> None:
        """The glyphs of one letter; the letter's text where several glyphs draw it."""
        glyphs, actual = letters
        if not actual:
            for glyph in glyphs:
                self._glyph(glyph)
            return
        self.flush()
        self._operators.append(f"/Span <</ActualText <FEFF{actual.encode('utf-16-be').hex().upper()}>>> BDC")
        for glyph in glyphs:
            self._glyph(glyph)
        self.flush()
        self._operators.append("EMC")

    def _glyph(self, glyph: Glyph) -> None:
        if glyph.up:
            self.flush()
            self._operators.append(f"{glyph.up * self._size / 1000:.4g} Ts")
        self._move -= glyph.right
        if abs(self._move) >= _LEAST:
            self._settle()
        self._codes.append(glyph.code)
        self._move += glyph.natural - glyph.step + glyph.right
        if glyph.up:
            self.flush()
            self._operators.append("0 Ts")

    def _settle(self) -> None:
        """Gives out the gathered glyphs, then the move to the side, where it matters."""
        if self._codes:
            for font, data in self._face.encoded("".join(self._codes), self._canvas):
                if font != self._font:
                    if any(part.startswith("<") for part in self._shown):
                        self._show()
                    self._operators.append(f"{font} {self._size:.5g} Tf")
                    self._font = font
                self._shown.append(f"<{data.hex()}>")
            self._codes.clear()
        if abs(self._move) >= _LEAST:
            self._shown.append(f"{self._move:.5g}")
            self._move = 0.0

    def _show(self) -> None:
        if self._shown:
            self._operators.append(f"[{' '.join(self._shown)}] TJ")
            self._shown.clear()

    def flush(self) -> None:
        """Ends the operator that is being gathered."""
        self._settle()
        self._show()
