"""Large type for a screen that is turned to somebody: headings and lines, nothing to press."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from safeplan_desktop.ui.language_fonts import language_fonts
from safeplan_desktop.ui.theme import GAP
from safeplan_desktop.ui.widgets.layout import clear_layout, label


class LargeText(QWidget):
    """Headings with lines under them, in large letters; from right to left where the language is."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setObjectName(name)
        for _ in language_fonts():
            pass
        self._body = QVBoxLayout(self)
        self._body.setContentsMargins(0, 0, 0, 0)
        self._body.setSpacing(GAP)

    def show_parts(self, parts: Iterable[tuple[str, Iterable[tuple[str, str]]]], *, right_to_left: bool) -> None:
        """Replaces what is shown.

        Args:
            parts: Headings, each with its lines: the words, and what stands quietly below them.
            right_to_left: Whether the language is read from right to left.
        """
        clear_layout(self._body)
        direction = Qt.LayoutDirection.RightToLeft if right_to_left else Qt.LayoutDirection.LeftToRight
        self.setLayoutDirection(direction)
        for number, (heading, lines) in enumerate(parts, start=1):
            if number > 1:
                self._body.addSpacing(3 * GAP)
            self._add(heading, "large-heading", f"{self.objectName()}.heading-{number}", right_to_left=right_to_left)
            for words, more in lines:
                self._add(words, "large", right_to_left=right_to_left)
                if more:
                    self._add(more, "large-quiet", right_to_left=right_to_left)
        self._body.addStretch(1)

    def _add(self, words: str, role: str, name: str = "", *, right_to_left: bool) -> None:
        made = label(words, role, name=name)
        if right_to_left:
            # Without "absolute", Qt takes the side from each text's own script: a name would stand far from its heading.
            made.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignAbsolute)
        self._body.addWidget(made)
