"""Hears from the desktop that the screen is locked or that the computer goes to sleep: on Linux, by its message bus."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import SLOT, QObject, Signal, Slot
from PySide6.QtDBus import QDBusConnection

_SCREEN_SAVERS = (
    "org.freedesktop.ScreenSaver",  # KDE and others
    "org.gnome.ScreenSaver",
    "org.cinnamon.ScreenSaver",
    "org.mate.ScreenSaver",
    "org.xfce.ScreenSaver",
)
_LOGIN = "org.freedesktop.login1.Manager"


class ScreenLock(QObject):
    """Tells once for each time that the screen is locked or the computer goes to sleep.

    Made on Linux only; elsewhere a sleep is noticed by the clock, after the computer woke.
    """

    locked = Signal()
    sleeping = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.listen(QDBusConnection.sessionBus(), QDBusConnection.systemBus())

    def listen(self, session: QDBusConnection, system: QDBusConnection) -> None:
        """Listens on the two buses; one that isn't there is left out."""
        saver: Any = SLOT("_screen_saver(bool)")  # PySide's own types want bytes here, PySide itself refuses them
        sleep: Any = SLOT("_sleep(bool)")
        if session.isConnected():
            for name in _SCREEN_SAVERS:
                session.connect("", "", name, "ActiveChanged", self, saver)
        if system.isConnected():
            system.connect("", "", _LOGIN, "PrepareForSleep", self, sleep)

    @Slot(bool)
    def _screen_saver(self, active: bool) -> None:  # noqa: FBT001 - a bus signal has no names
        if active:
            self.locked.emit()

    @Slot(bool)
    def _sleep(self, begins: bool) -> None:  # noqa: FBT001 - a bus signal has no names
        if begins:
            self.sleeping.emit()
