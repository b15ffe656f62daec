"""The base of all dialogs: when one closes, the keyboard goes back to the window that it came from."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QDialog, QWidget

_OF_SCREEN = 0.92
"""The title bar and the frame of a dialog need room, too."""


class Dialog(QDialog):
    """A dialog of this program."""

    def done(self, result: int) -> None:
        super().done(result)
        parent = self.parentWidget()
        # A window manager does this by itself; a bare display doesn't, and then no shortcut would work any more.
        if parent is not None and parent.window().isVisible():
            parent.window().activateWindow()


def within_screen(widget: QWidget, wished: QSize) -> QSize:
    """A size that fits on the screen on which a widget stands, with its frame."""
    return wished.boundedTo(widget.screen().availableGeometry().size() * _OF_SCREEN)
