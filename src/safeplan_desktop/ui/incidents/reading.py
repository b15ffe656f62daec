"""While many incidents are read: how far it is, and a way to cancel."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QProgressBar, QVBoxLayout, QWidget

from safeplan_desktop.errors import CancelledError, SafePlanError
from safeplan_desktop.services.incident_exports import Report
from safeplan_desktop.ui.ports import Control, RunJob
from safeplan_desktop.ui.theme import GAP
from safeplan_desktop.ui.widgets.banner import Banner
from safeplan_desktop.ui.widgets.dialog import Dialog, width_of
from safeplan_desktop.ui.widgets.layout import button, label, row

_FULL = 1000
_LETTERS = 52


class ReadingDialog(Dialog):
    """Runs a job on incidents, then closes and hands its result on."""

    def __init__(
        self, parent: QWidget, number: int, run: RunJob, work: Callable[[Report], Any], on_done: Callable[[Any], None]
    ) -> None:
        super().__init__(parent.window())
        self.setObjectName("reading")
        self.setWindowTitle("De-identified copy - SafePlan")
        self.setModal(True)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._on_done, self._closed = on_done, False
        layout = QVBoxLayout(self)
        layout.setContentsMargins(3 * GAP, 2 * GAP, 3 * GAP, 2 * GAP)
        layout.setSpacing(GAP)
        self.banner = Banner("reading.banner")
        layout.addWidget(label("Looking for names and numbers", "heading"))
        words = label(
            f"{number:,} incidents are read. Then you decide on each word in doubt. Nothing leaves the records yet.",
            "quiet",
        )
        words.setMinimumWidth(width_of(self, _LETTERS) - 6 * GAP)
        layout.addWidget(words)
        layout.addWidget(self.banner)
        self.progress = QProgressBar()
        self.progress.setObjectName("reading.progress")
        self.progress.setAccessibleName("How far the reading is")
        self.progress.setRange(0, _FULL)
        self.progress.setTextVisible(False)
        layout.addWidget(self.progress)
        self.cancel_button = button("Cancel", "reading.cancel", self.reject)
        layout.addLayout(row(None, self.cancel_button))
        self.cancel_button.setFocus()

        def start(control: Control) -> Any:  # noqa: ANN401 - whatever the work gives
            def report(fraction: float) -> None:
                control.check_cancelled()
                if self._closed:
                    raise CancelledError("Cancelled.", safe="Nothing was saved.")
                control.report(fraction, "")

            return work(report)

        run(start, self._found, self._failed, self._progressed, owner=self)

    def done(self, result: int) -> None:
        # The job stops at its next step.
        self._closed = True
        super().done(result)

    def _progressed(self, fraction: float | None, _sentence: str) -> None:
        self.progress.setValue(round((fraction or 0) * _FULL))

    def _found(self, found: Any) -> None:  # noqa: ANN401 - see above
        if not self._closed:
            self.accept()
            self._on_done(found)

    def _failed(self, problem: SafePlanError) -> None:
        if not self._closed:
            self.progress.hide()
            self.cancel_button.setText("Close")
            self.cancel_button.setAccessibleName("Close")
            self.banner.show_problem(problem)
