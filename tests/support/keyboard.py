"""A therapist at the keyboard: keys go to where the cursor stands, and are counted."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

_MOST_TABS = 200


@dataclass
class Keyboard:
    """Presses keys in the active window."""

    presses: int = 0

    def press(self, *keys: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        for key in keys:
            QTest.keyClick(self.focus(), key, modifiers)
            self.presses += 1
            QApplication.processEvents()

    def type(self, words: str) -> None:
        for letter in words:
            QTest.keyClicks(self.focus(), letter)
            self.presses += 1
        QApplication.processEvents()

    def enter(self) -> None:
        self.press(Qt.Key.Key_Return)

    def tab_to(self, name: str) -> None:
        """Goes with Tab to the widget of that name."""
        for _ in range(_MOST_TABS):
            if self.focus().objectName() == name:
                return
            self.press(Qt.Key.Key_Tab)
        raise AssertionError(f"Tab never comes to {name}")

    @staticmethod
    def focus() -> QWidget:
        """Where the cursor stands; the window itself right after it was unlocked."""
        QApplication.processEvents()
        widget = QApplication.focusWidget() or QApplication.activeWindow()
        assert widget is not None, "no window is active"
        return widget
