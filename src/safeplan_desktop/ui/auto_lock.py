"""Locks after a time without a key, a click or a touch; warns before; notices a sleep and a locked screen."""

from __future__ import annotations

import sys
import time

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtGui import QWindow
from PySide6.QtWidgets import QApplication

WARNING_SECONDS = 60
_TICK_MS = 1000
_SLEPT_SECONDS = 20
_ACTIVITY = frozenset(
    {
        QEvent.Type.KeyPress,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.MouseMove,
        QEvent.Type.Wheel,
        QEvent.Type.TouchBegin,
        QEvent.Type.InputMethod,
    }
)


def awake_clock() -> float:
    """Seconds on a clock that goes on while the computer sleeps, where the system has one."""
    if hasattr(time, "CLOCK_BOOTTIME"):
        return time.clock_gettime(time.CLOCK_BOOTTIME)
    if sys.platform == "darwin":
        # Python's own monotonic clock stands still there while the computer sleeps; this one goes on.
        return time.clock_gettime(time.CLOCK_MONOTONIC)
    return time.monotonic()


class AutoLock(QObject):
    """Watches for activity in the whole program while the records are open."""

    warn = Signal(int)
    lock_now = Signal(str)

    def __init__(self, app: QApplication, minutes: int, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._limit = minutes * 60.0
        self._last = self._seen = awake_clock()
        self._warned = False
        self._desktop: QObject | None = None
        self._timer = QTimer(self)
        self._timer.setInterval(_TICK_MS)
        self._timer.timeout.connect(self.tick)
        self._app = app
        self._app.focusWindowChanged.connect(self._watch)

    def start(self) -> None:
        """Begins to watch."""
        if self._desktop is None and sys.platform.startswith("linux"):
            self._desktop = self._listen_to_desktop()
        self._last = self._seen = awake_clock()
        for window in self._app.topLevelWindows():
            self._watch(window)
        self._timer.start()

    def stop(self) -> None:
        """Ends watching."""
        self._timer.stop()

    def _listen_to_desktop(self) -> QObject:
        from safeplan_desktop.ui.screen_lock import ScreenLock  # noqa: PLC0415 - only Linux has that bus

        desktop = ScreenLock(self)
        desktop.locked.connect(lambda: self._desktop_said("screen lock"))
        desktop.sleeping.connect(lambda: self._desktop_said("sleep"))
        return desktop

    def _desktop_said(self, reason: str) -> None:
        if self._timer.isActive():
            self.lock_now.emit(reason)

    def _watch(self, window: QWindow | None) -> None:
        # Windows hear of every key and click first. A filter on the whole program would be asked about every event of
        # every widget, some ten thousand while a screen is built.
        if window is not None:
            window.removeEventFilter(self)
            window.installEventFilter(self)
            self._last = awake_clock()

    def set_minutes(self, minutes: int) -> None:
        """Changes the limit."""
        self._limit = minutes * 60.0

    @property
    def _warning(self) -> float:
        """Seconds between warning and lock: half of the time where that is short, or there would always be a warning."""
        return min(WARNING_SECONDS, self._limit / 2)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        if self._timer.isActive() and event.type() in _ACTIVITY:
            self._last = awake_clock()
            if self._warned:
                self._warned = False
                self.warn.emit(0)
        return False

    def tick(self) -> None:
        """Looks at the clock once."""
        now = awake_clock()
        slept, self._seen = now - self._seen > _SLEPT_SECONDS, now
        idle = now - self._last
        if slept and idle > _SLEPT_SECONDS:
            self.lock_now.emit("sleep")
        elif idle >= self._limit:
            self.lock_now.emit("idle")
        elif idle >= self._limit - self._warning:
            self._warned = True
            self.warn.emit(int(self._limit - idle))
