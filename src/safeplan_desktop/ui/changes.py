"""Changes: services tell of them, screens that are shown reload, hidden ones do when they are shown."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtWidgets import QWidget

from safeplan_desktop.domain.changes import Change, Noun


class Changes(QObject):
    """Re-emits the services' changes as a signal."""

    changed = Signal(object)

    def tell(self, change: Change) -> None:
        """What services are given to call."""
        self.changed.emit(change)


class RefreshWhenShown(QObject):
    """Reloads a screen after a change: at once when it is shown, else when it is shown next."""

    def __init__(self, screen: QWidget, changes: Changes, nouns: frozenset[Noun], reload: Callable[[], None]) -> None:
        super().__init__(screen)
        self._screen, self._nouns, self._reload = screen, nouns, reload
        self._dirty = False
        changes.changed.connect(self._hear)
        screen.installEventFilter(self)

    def _hear(self, change: Change) -> None:
        if change.noun not in self._nouns:
            return
        if self._screen.isVisible():
            self._reload()
        else:
            self._dirty = True

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._screen and event.type() == QEvent.Type.Show and self._dirty:
            self._dirty = False
            self._reload()
        return False
