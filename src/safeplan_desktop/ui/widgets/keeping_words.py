"""A dialog in which words are typed that nothing saves meanwhile: leaving it without keeping them asks first."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QCloseEvent, QKeyEvent
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit

from safeplan_desktop.ui.widgets.confirm import decide
from safeplan_desktop.ui.widgets.dialog import Dialog

_A_FEW_LETTERS = 10
"""So little is typed again at once; more is asked about."""


class KeepingDialog(Dialog):
    """Asks before Escape, Cancel or the window's own close throws typed words away; a lock never asks."""

    def ask_to_leave(self) -> None:
        """Closes the dialog without its work, or asks whether it may."""
        self.ask_to_throw_away(self.letters_typed(), self.reject)

    def ask_to_throw_away(self, letters: int, throw_away: Callable[[], None]) -> None:
        """Asks whether so many letters may be thrown away, and does it; a few go without asking."""
        if letters < _A_FEW_LETTERS:
            throw_away()
            return
        decide(
            self,
            f"{self.objectName()}.ask-leave",
            "Throw away what you typed here?",
            details="It isn't in the records yet. Everything else stays as it is.",
            yes="Throw it away",
            no="Go on writing",
            on_yes=throw_away,
        )

    def letters_typed(self) -> int:
        """How many letters were typed; what stood there before counts nothing."""
        lines = [line.text() for line in self.findChildren(QLineEdit) if line.isModified()]
        areas = [area for area in self.findChildren(QPlainTextEdit) if area.document().isModified()]
        return sum(len(text.strip()) for text in (*lines, *(area.toPlainText() for area in areas)))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.ask_to_leave()
            return
        super().keyPressEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        # A lock and the end of the program close it by themselves, which isn't spontaneous.
        if event.spontaneous() and self.letters_typed() >= _A_FEW_LETTERS:
            event.ignore()
            self.ask_to_leave()
            return
        super().closeEvent(event)
