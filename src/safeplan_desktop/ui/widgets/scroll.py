"""What scrolls and keeps in sight what is being written."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QScrollArea

_AROUND = 40
_BELOW = 80


class KeepingScroll(QScrollArea):
    """Getting lower, because something comes up below it, never pushes the field with the cursor out of sight."""

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        focus = self.window().focusWidget()
        if event.size().height() < event.oldSize().height() and focus is not None and self.isAncestorOf(focus):
            # In a turn of its own: until then the fields haven't got their places.
            QTimer.singleShot(0, focus, partial(self.ensureWidgetVisible, focus, _AROUND, _BELOW))
