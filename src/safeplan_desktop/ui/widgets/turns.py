"""Work on widgets in turns of the event loop, so that no wait is long."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtGui import QWindow
from PySide6.QtWidgets import QLayout, QWidget
from shiboken6 import isValid

_TURN_SECONDS, _DRAWN_MS = 0.012, 15
_INPUT = frozenset(
    {
        QEvent.Type.KeyPress,
        QEvent.Type.ShortcutOverride,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.TouchBegin,
        QEvent.Type.Wheel,
    }
)


class Turns(QObject):
    """Does the steps of one piece of work, as many in a turn as take a hundredth of a second.

    Args:
        owner: Whose widgets are worked on; without it the work ends.
    """

    def __init__(self, owner: QWidget) -> None:
        super().__init__(owner)
        self._steps: Iterator[object] | None = None
        self._on_done: Callable[[], None] | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._go_on)

    @property
    def running(self) -> bool:
        """Whether steps are left."""
        return self._steps is not None

    def begin(self, steps: Iterable[object], on_done: Callable[[], None] | None = None, *, after_ms: int = 0) -> None:
        """Begins with the next turn; what was begun before is dropped.

        Args:
            steps: Each is done when the next one is asked for.
            on_done: Called once all are done.
            after_ms: How long the first step waits, so that what was shown at once is drawn before.
        """
        self._steps, self._on_done = iter(steps), on_done
        self._timer.start(after_ms)

    def finish(self) -> None:
        """Does all that is left, at once."""
        if self._steps is not None:
            for _ in self._steps:
                pass
            self._end()

    def _go_on(self) -> None:
        deadline = time.perf_counter() + _TURN_SECONDS
        for _ in self._steps or ():
            if time.perf_counter() > deadline:
                self._timer.start(0)
                return
        if self._steps is not None:
            self._end()

    def _end(self) -> None:
        on_done, self._steps, self._on_done = self._on_done, None, None
        self._timer.stop()
        if on_done is not None:
            on_done()


class RevealInTurns(Turns):
    """Shows what isn't looked at first a little later: most of a showing's time goes into styling and places.

    Everything is built and filled before, so that nothing depends on when a part comes into sight. The first key, click or
    turn of the wheel finds all parts there, so that no key goes astray.
    """

    def __init__(self, owner: QWidget) -> None:
        super().__init__(owner)
        self._owner = owner
        self._handle: QWindow | None = None

    def reveal(self, column: QLayout, at_once: int) -> None:
        """Hides what stands in a column below the first parts, and shows it in turns; what is hidden by itself stays so."""
        self.finish()
        inside = [item.widget() for place in range(column.count()) if (item := column.itemAt(place)) is not None]
        hidden = [part for part in inside if part is not None and not part.isHidden()][at_once:]
        for part in hidden:
            part.hide()
        # Every key and click comes through the window's handle, and little else does.
        self._handle = self._owner.window().windowHandle()
        if self._handle is not None:
            self._handle.installEventFilter(self)
        self.begin(self._show(hidden), after_ms=_DRAWN_MS)

    @staticmethod
    def _show(parts: list[QWidget]) -> Iterator[None]:
        for part in parts:
            part.show()
            yield

    def _end(self) -> None:
        if self._handle is not None and isValid(self._handle):
            self._handle.removeEventFilter(self)
        self._handle = None
        super()._end()

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        if event.type() in _INPUT:
            self.finish()
        return False
