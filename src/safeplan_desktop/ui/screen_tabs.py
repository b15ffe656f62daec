"""The tabs of the unlocked window, by name."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QTabWidget

TABS = {
    "today": "Today",
    "clients": "Clients",
    "screening": "Screening",
    "plan": "Safety plan",
    "incidents": "Incidents",
    "practice": "Practice",
    "backups": "Backups",
}


class ScreenTabs(QTabWidget):
    """The screens; its own keys for going from one to the next rest while the screen may be turned to the client."""

    calm = False

    def keyPressEvent(self, event: QKeyEvent) -> None:
        turning = event.key() in (Qt.Key.Key_Tab, Qt.Key.Key_Backtab)
        if self.calm and turning and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            event.accept()
            return
        super().keyPressEvent(event)
