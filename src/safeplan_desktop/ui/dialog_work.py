"""Long work that a dialog waits for: how far it is, and a close that ends it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog, QProgressBar, QVBoxLayout, QWidget

from safeplan_desktop.errors import CancelledError, SafePlanError
from safeplan_desktop.services.exports import Tell
from safeplan_desktop.ui.ports import Control, RunJob
from safeplan_desktop.ui.theme import GAP
from safeplan_desktop.ui.widgets.layout import label

T = TypeVar("T")

_FULL = 1000
_MAKING = "Making the document"


class DialogWork(QWidget):
    """The place in a dialog where work is told of; hidden while there is none.

    Once the dialog is closed the work stops at its next step, and nothing that it made comes back.

    Args:
        name: Of the dialog, as its widgets are called.
        dialog: Whose close ends the work.
        run: Starts the job.
        on_problem: Says what went wrong; not called once the dialog is closed.
    """

    busy_changed = Signal(bool)

    def __init__(self, name: str, dialog: QDialog, run: RunJob, on_problem: Callable[[SafePlanError], None]) -> None:
        super().__init__(dialog)
        self._run, self._on_problem = run, on_problem
        self._closed = False
        self._doing = label("", "quiet", name=f"{name}.doing")
        self.progress = QProgressBar()
        self.progress.setObjectName(f"{name}.progress")
        self.progress.setAccessibleName("How far the document is")
        self.progress.setRange(0, _FULL)
        self.progress.setTextVisible(False)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GAP)
        column.addWidget(self._doing)
        column.addWidget(self.progress)
        self.hide()
        dialog.finished.connect(self._close)

    def start(self, work: Callable[[Tell], T], on_done: Callable[[T], None]) -> None:
        """Starts work, which tells how far it is and touches no widget; the dialog stays open until it is closed."""

        def in_job(control: Control) -> T:
            def tell(fraction: float, sentence: str) -> None:
                control.check_cancelled()
                if self._closed:
                    raise CancelledError("Cancelled.", safe="Nothing was changed.")
                control.report(fraction, sentence)

            return work(tell)

        def done(made: T) -> None:
            # Closed in the last moment: the dialog is gone, and so is the wish.
            if not self._closed:
                self._show(busy=False)
                on_done(made)

        self._show(busy=True)
        self._run(in_job, done, self._failed, self._tell)

    def _close(self) -> None:
        self._closed = True

    def _failed(self, problem: SafePlanError) -> None:
        if not self._closed:
            self._show(busy=False)
            self._on_problem(problem)

    def _tell(self, fraction: float | None, sentence: str) -> None:
        if not self._closed:
            self._doing.setText(sentence or _MAKING)
            self.progress.setValue(round((fraction or 0.0) * _FULL))

    def _show(self, *, busy: bool) -> None:
        self._doing.setText(_MAKING)
        self.progress.setValue(0)
        self.setVisible(busy)
        self.busy_changed.emit(busy)
