"""Autosave: what was typed is in the encrypted file within a second, and at once when the form is left."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QLabel, QWidget

from safeplan_desktop.domain.moments import Clock, moment_now
from safeplan_desktop.errors import SafePlanError

DELAY_MS = 900
"""Saved at most this long after the first unsaved edit, so a kill loses less than two seconds."""


class Autosave(QObject):
    """Calls `save` soon after the first edit that isn't saved yet; `saved` tells the local time, such as "14:05"."""

    saved = Signal(str)

    def __init__(
        self,
        save: Callable[[], None],
        on_problem: Callable[[SafePlanError], None],
        clock: Clock,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._save, self._on_problem, self._clock = save, on_problem, clock
        self._dirty = False
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(DELAY_MS)
        self._timer.timeout.connect(self.flush)

    @property
    def dirty(self) -> bool:
        """Whether something typed isn't saved yet."""
        return self._dirty

    def touch(self) -> None:
        """Call after each edit."""
        self._dirty = True
        if not self._timer.isActive():
            self._timer.start()

    def flush(self) -> None:
        """Saves now, if there is anything to save. A failure is shown, and saving is tried again after the next edit."""
        self._timer.stop()
        if not self._dirty:
            return
        try:
            self._save()
        except SafePlanError as problem:
            self._timer.start()
            self._on_problem(problem)
            return
        self._dirty = False
        self.saved.emit(moment_now(self._clock).local.strftime("%H:%M"))

    def forget(self) -> None:
        """Drops what isn't saved; for a form that was signed or discarded."""
        self._timer.stop()
        self._dirty = False


class SavedLabel(QLabel):
    """Says when the form was last saved."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__("", parent)
        self.setObjectName(name)
        self.setProperty("role", "saved")

    def say(self, when: str) -> None:
        """Shows the time, such as "14:05"."""
        self.setText(f"Saved {when}")
