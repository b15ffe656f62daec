"""Long work: one worker, one queued signal, callbacks in the window's thread, dropped when their owner is gone."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from PySide6.QtCore import QObject, Qt, QThreadPool, Signal
from shiboken6 import isValid

from safeplan_desktop.errors import CancelledError, SafePlanError
from safeplan_desktop.ui.ports import Control

T = TypeVar("T")

_LONGEST_DRAIN_MS = 30_000


class JobControl:
    """What the work is handed: how to tell its progress, and how to hear that it was cancelled."""

    def __init__(self, tell: Callable[[float | None, str], None]) -> None:
        self._tell = tell
        self._cancelled = threading.Event()

    def report(self, fraction: float | None, sentence: str) -> None:
        """Tells how far the work is."""
        self._tell(fraction, sentence)

    def cancel(self) -> None:
        """Asks the work to stop at its next step."""
        self._cancelled.set()

    def check_cancelled(self) -> None:
        """Ends the work when it was asked to stop.

        Raises:
            CancelledError: in that case.
        """
        if self._cancelled.is_set():
            raise CancelledError("Cancelled.", safe="Nothing was changed.")


@dataclass(frozen=True, slots=True)
class _Callbacks:
    owner: QObject
    on_done: Callable[[Any], None]
    on_problem: Callable[[SafePlanError], None]
    on_progress: Callable[[float | None, str], None] | None


class Jobs(QObject):
    """The one queue for long work."""

    busy_changed = Signal(bool)
    _finished = Signal(int, object, object)
    _progressed = Signal(int, object, str)

    def __init__(self, on_bug: Callable[[BaseException], None], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._on_bug = on_bug
        self._pool = QThreadPool(self)
        self._pool.setMaxThreadCount(1)
        self._waiting: dict[int, tuple[JobControl, _Callbacks]] = {}
        self._last = 0
        self._finished.connect(self._finish, Qt.ConnectionType.QueuedConnection)
        self._progressed.connect(self._progress, Qt.ConnectionType.QueuedConnection)

    @property
    def busy(self) -> bool:
        """Whether work is under way or waiting."""
        return bool(self._waiting)

    def start(
        self,
        work: Callable[[Control], T],
        owner: QObject,
        on_done: Callable[[T], None],
        on_problem: Callable[[SafePlanError], None],
        on_progress: Callable[[float | None, str], None] | None = None,
    ) -> JobControl:
        """Queues work; it must touch no widget. The callbacks are dropped once `owner` is gone; a bug is told all the same."""
        self._last += 1
        number = self._last
        control = JobControl(lambda fraction, sentence: self._progressed.emit(number, fraction, sentence))
        self._waiting[number] = (control, _Callbacks(owner, on_done, on_problem, on_progress))

        def run() -> None:
            try:
                control.check_cancelled()
                result, error = work(control), None
            except BaseException as raised:  # noqa: BLE001 - carried over to the window's thread
                result, error = None, raised
            if isValid(self):
                self._finished.emit(number, result, error)

        self._pool.start(run)
        self.busy_changed.emit(True)
        return control

    def drain(self) -> None:
        """Cancels everything, waits for the running step to end, and drops all callbacks; for locking and quitting."""
        for control, _ in self._waiting.values():
            control.cancel()
        self._waiting.clear()
        self._pool.clear()
        self._pool.waitForDone(_LONGEST_DRAIN_MS)
        self.busy_changed.emit(False)

    def _progress(self, number: int, fraction: float | None, sentence: str) -> None:
        waiting = self._waiting.get(number)
        if waiting is not None and waiting[1].on_progress is not None and isValid(waiting[1].owner):
            waiting[1].on_progress(fraction, sentence)

    def _finish(self, number: int, result: object, error: BaseException | None) -> None:
        waiting = self._waiting.pop(number, None)
        if waiting is None:
            return
        if not self._waiting:
            self.busy_changed.emit(False)
        callbacks = waiting[1]
        if error is not None and not isinstance(error, SafePlanError):
            self._on_bug(error)
        elif not isValid(callbacks.owner):
            return
        elif error is None:
            callbacks.on_done(result)
        else:
            callbacks.on_problem(error)
