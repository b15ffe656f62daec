"""Runs the tour's steps one turn of the event loop at a time, and measures the gaps between turns."""

from __future__ import annotations

import time
import traceback
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication

from safeplan_desktop.errors import SafePlanError

_BEAT_MS = 5
_WAITING_MS = 15
_PATIENCE_SECONDS = 30.0

Steps = Iterator["Callable[[], bool] | None"]


class TourProblemError(Exception):
    """A step of the tour didn't come out as it should."""


@dataclass
class StepResult:
    """What one step took.

    Attributes:
        worst_gap_ms: The longest time between two turns, with whatever else the computer did meanwhile.
        worst_busy_ms: The longest time that the window's own thread worked between two turns.
    """

    name: str
    ok: bool = True
    seconds: float = 0.0
    worst_gap_ms: float = 0.0
    worst_busy_ms: float = 0.0
    files: list[str] = field(default_factory=list)
    problem: str = ""


class Driver:
    """Runs steps one turn of the event loop at a time, and measures the gaps between turns."""

    def __init__(self, app: QApplication, steps: list[tuple[str, Callable[[], Steps]]]) -> None:
        self._app, self._steps = app, steps
        self.results: list[StepResult] = []
        self.on_problem: Callable[[], None] = lambda: None
        self._running: Steps | None = None
        self._waiting: Callable[[], bool] | None = None
        self._began = self._deadline = self._last_beat = self._last_work = 0.0
        self._beat = QTimer()
        self._beat.setInterval(_BEAT_MS)
        self._beat.setTimerType(Qt.TimerType.PreciseTimer)
        self._beat.timeout.connect(self._pulse)
        self._turn = QTimer()
        self._turn.setInterval(0)
        self._turn.timeout.connect(self._go_on)

    def run(self) -> bool:
        """Runs everything; whether every step came out right."""
        self._beat.start()
        self._turn.start()
        self.unmeasured()
        self._app.exec()
        return all(result.ok for result in self.results) and len(self.results) == len(self._steps)

    def unmeasured(self) -> None:
        """Leaves what was just done out of the gaps."""
        self._last_beat, self._last_work = time.perf_counter(), time.thread_time()

    def note_file(self, name: str) -> None:
        """Remembers a file that the present step left."""
        self.results[-1].files.append(name)

    def _pulse(self) -> None:
        now = time.perf_counter()
        gap = (now - self._last_beat) * 1000.0 - _BEAT_MS
        worked = time.thread_time()
        busy = (worked - self._last_work) * 1000.0
        self._last_beat, self._last_work = now, worked
        if self.results:
            result = self.results[-1]
            result.worst_gap_ms, result.worst_busy_ms = max(result.worst_gap_ms, gap), max(result.worst_busy_ms, busy)

    def _go_on(self) -> None:
        try:
            if self._running is None and not self._begin_next():
                return
            if self._waiting is not None:
                # Waiting eagerly would keep the interpreter busy and starve the work that is waited for.
                self._turn.setInterval(_WAITING_MS)
                if not self._waiting():
                    self._check_patience()
                    return
                self._waiting = None
                self._turn.setInterval(0)
            wanted = next(self._running)  # type: ignore[arg-type]
            if wanted is not None:
                self._waiting = wanted
                self._deadline = time.perf_counter() + _PATIENCE_SECONDS
        except StopIteration:
            self._end()
        except (
            TourProblemError,
            SafePlanError,
            AssertionError,
            AttributeError,
            KeyError,
            ValueError,
            TypeError,
        ) as error:
            traceback.print_exc()
            self.results[-1].ok = False
            self.on_problem()
            self.results[-1].problem = f"{type(error).__name__}: {error}"
            self._end()
            self._stop()

    def _check_patience(self) -> None:
        if time.perf_counter() > self._deadline:
            raise TourProblemError(f"it took too long: {self._waiting.__doc__ or 'a condition'}")

    def _begin_next(self) -> bool:
        if len(self.results) == len(self._steps):
            self._stop()
            return False
        name, make = self._steps[len(self.results)]
        self.results.append(StepResult(name))
        self._began = time.perf_counter()
        self._running = make()
        return True

    def _end(self) -> None:
        self.results[-1].seconds = time.perf_counter() - self._began
        self._running = self._waiting = None

    def _stop(self) -> None:
        self._turn.stop()
        self._beat.stop()
        self._app.exit(0)
