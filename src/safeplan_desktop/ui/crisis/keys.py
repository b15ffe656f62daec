"""F9, Ctrl+Shift+E and Ctrl+L, wherever the keyboard is: also in a dialog, where the main window's shortcuts rest."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QWindow


class CrisisKeys(QObject):
    """Windows hear of every key first; `struck` tells of the two that open the panel, `lock_struck` of the one that locks."""

    struck = Signal()
    lock_struck = Signal()

    def __init__(self, app: QGuiApplication, parent: QObject | None = None) -> None:
        super().__init__(parent)
        app.focusWindowChanged.connect(self._watch)
        self._watch(app.focusWindow())

    def _watch(self, window: QWindow | None) -> None:
        if window is not None:
            window.removeEventFilter(self)
            window.installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent) or event.isAutoRepeat():
            return False
        both = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
        f9 = event.key() == Qt.Key.Key_F9 and event.modifiers() == Qt.KeyboardModifier.NoModifier
        if f9 or (event.key() == Qt.Key.Key_E and event.modifiers() == both):
            self.struck.emit()
            return True
        if event.key() == Qt.Key.Key_L and event.modifiers() == Qt.KeyboardModifier.ControlModifier:
            self.lock_struck.emit()
            return True
        return False
