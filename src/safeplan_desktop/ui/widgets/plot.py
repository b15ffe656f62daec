"""A plot that is drawn in a job; until it is there, its place says so."""

from __future__ import annotations

from typing import cast

from PySide6.QtCore import QByteArray, Qt
from PySide6.QtSvgWidgets import QSvgWidget
from PySide6.QtWidgets import QApplication, QProgressBar, QStackedWidget, QVBoxLayout, QWidget

from safeplan_desktop.ui.theme import GAP, current_tokens
from safeplan_desktop.ui.widgets.layout import label, row

POINTS_A_LINE = 12.5
"""Of a plot: with as many, its letters are about as large as a line of the window."""
_INKS = {"ink": "ink", "quiet": "quiet", "band": "stripe", "edge": "line", "ground": "surface", "event": "faint"}
"""The window's colours of a plot, by what they are for."""

_DRAWING = "Drawing the plot ..."
_FAILED = "The plot couldn't be drawn. The table says the same."


def plot_inks() -> dict[str, str]:
    """The window's colours by the names of `documents.charts.Inks`."""
    colours = current_tokens(cast("QApplication", QApplication.instance()))
    return {name: colours[token] for name, token in _INKS.items()}


class Plot(QStackedWidget):
    """The place of a plot.

    Args:
        name: Its object name.
        words: What it is, for people who can't see it; what it shows has to stand elsewhere in words.
    """

    def __init__(self, name: str, words: str) -> None:
        super().__init__()
        self._words = words
        self.svg = QSvgWidget()
        self.setObjectName(name)
        self.svg.setObjectName(f"{name}.svg")
        self.svg.setAccessibleName(words)
        self._said = label("", "quiet", name=f"{name}.drawing")
        self._said.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._busy = QProgressBar()
        self._busy.setObjectName(f"{name}.progress")
        self._busy.setAccessibleName(_DRAWING)
        self._busy.setTextVisible(False)
        self._busy.setRange(0, 0)
        waiting = QWidget()
        column = QVBoxLayout(waiting)
        column.setSpacing(GAP)
        column.addStretch(1)
        column.addWidget(self._said)
        column.addLayout(row(None, self._busy, None))
        column.addStretch(1)
        self.addWidget(waiting)
        self.addWidget(self.svg)
        self.begin()

    @property
    def drawn(self) -> bool:
        """Whether the plot is there."""
        return self.currentWidget() is self.svg

    def begin(self) -> None:
        """Says at once that it is being drawn."""
        self._say(_DRAWING, busy=True)

    def show_svg(self, svg: bytes) -> None:
        """Shows what was drawn, in its own proportions."""
        self.svg.load(QByteArray(svg))
        self.svg.renderer().setAspectRatioMode(Qt.AspectRatioMode.KeepAspectRatio)
        self.setAccessibleName(self._words)
        self.setCurrentWidget(self.svg)

    def fail(self) -> None:
        """Says that there will be none."""
        self._say(_FAILED, busy=False)

    def _say(self, sentence: str, *, busy: bool) -> None:
        self._said.setText(sentence)
        self._busy.setVisible(busy)
        self.setAccessibleName(sentence)
        self.setCurrentIndex(0)
