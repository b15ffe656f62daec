"""A time of the day, typed; it belongs to a day that stands elsewhere."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPushButton, QWidget

from safeplan_desktop.ui.widgets.dates import room_for

_TYPED = re.compile(r"(\d{1,2})(?:[:.h]?(\d{2}))?")
_NOT_A_TIME = "This can't be read as a time. Please type it like 14:30."


def parse_time(text: str) -> dt.time | None:
    """A time from what people type: 14:30, 14.30, 1430, 9."""
    found = _TYPED.fullmatch(text.strip())
    if found is None:
        return None
    try:
        return dt.time(int(found[1]), int(found[2] or 0))
    except ValueError:
        return None


class TimeField(QWidget):
    """A time to the minute; may be empty. Typed nonsense stays in sight, counts as empty, and is said to be so."""

    changed = Signal()
    complained = Signal(str)
    """A sentence on what was typed, when it can't be read; empty when it can again."""

    def __init__(self, now: Callable[[], dt.time]) -> None:
        super().__init__()
        self._now = now
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(6)
        self.line = QLineEdit()
        self.line.setPlaceholderText("HH:MM")
        self.line.setMaxLength(5)
        room_for(self.line, "00:00")
        self.line.textEdited.connect(lambda _text: self.changed.emit())
        self.line.editingFinished.connect(self._tidy)
        self._set_now = QPushButton("Now")
        self._set_now.clicked.connect(self._take_now)
        line.addWidget(self.line, 1)
        line.addWidget(self._set_now)
        self.setFocusProxy(self.line)

    def setAccessibleName(self, name: str) -> None:
        super().setAccessibleName(name)
        self.line.setAccessibleName(name)
        self._set_now.setAccessibleName(f"{name}: now")

    def setObjectName(self, name: str) -> None:
        super().setObjectName(name)
        self.line.setObjectName(f"{name}.line")
        self._set_now.setObjectName(f"{name}.now")

    def value(self) -> dt.time | None:
        """The time; None when it is empty or can't be read."""
        return parse_time(self.line.text())

    def set_value(self, time: dt.time | None) -> None:
        """Shows a time; None empties it."""
        self.line.setText("" if time is None else f"{time:%H:%M}")
        self.complained.emit("")

    def _tidy(self) -> None:
        time = self.value()
        if time is not None:
            self.set_value(time)
        else:
            self.complained.emit(_NOT_A_TIME if self.line.text().strip() else "")

    def _take_now(self) -> None:
        self.set_value(self._now())
        self.changed.emit()
