"""The window in which a report of a period is chosen: from, to, which instrument; it is made in a job."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial
from typing import Protocol

from PySide6.QtCore import QSize
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QProgressBar, QVBoxLayout, QWidget

from safeplan_desktop.errors import CancelledError, InvalidInputError, SafePlanError
from safeplan_desktop.services.exports import Document
from safeplan_desktop.ui.ports import Control, RunJob
from safeplan_desktop.ui.theme import GAP
from safeplan_desktop.ui.widgets.banner import Banner
from safeplan_desktop.ui.widgets.dates import DateField, period_of
from safeplan_desktop.ui.widgets.dialog import Dialog, within_screen
from safeplan_desktop.ui.widgets.inputs import Choice
from safeplan_desktop.ui.widgets.layout import Form, button, label, row

_WIDTH = 56
"""Letters of usual width."""


class Gather(Protocol):
    """Gathers a report of a period."""

    def __call__(self, *, since: dt.date | None, until: dt.date | None, instruments: tuple[str, ...]) -> Document: ...


class PeriodDialog(Dialog):
    """From, to, instrument.

    Args:
        parent: The screen that it belongs to.
        who: The client as they are called on the screen.
        instruments: Titles by id of those that can be chosen.
        gather: Gathers the report; raises `InvalidInputError` with the field that isn't right.
        run: Starts the job that makes it.
        preview: Shows the report.
    """

    def __init__(
        self,
        parent: QWidget,
        who: str,
        instruments: Mapping[str, str],
        gather: Gather,
        run: RunJob,
        preview: Callable[[Document], None],
    ) -> None:
        super().__init__(parent.window())
        self.setObjectName("period")
        self.setWindowTitle("Report of a period - SafePlan")
        self.setModal(True)
        self._gather, self._run, self._preview = gather, run, preview
        self._closed = False
        self._column = layout = QVBoxLayout(self)
        layout.setContentsMargins(3 * GAP, 2 * GAP, 3 * GAP, 2 * GAP)
        layout.setSpacing(GAP)
        self.banner = Banner("period.banner")
        layout.addWidget(label(f"Screenings of {who} in one report", "heading"))
        layout.addWidget(
            label("Each signed screening with what was added, and the scores between the two days.", "quiet")
        )
        layout.addWidget(self.banner)
        self.form = Form("period")
        self.since, self.until = DateField(), DateField()
        self.instrument = Choice(list(instruments.items()), empty="All questions")
        self.form.add("since", "From", self.since, "Empty for the beginning")
        self.form.add("until", "To", self.until, "Empty for today")
        self.form.add("instrument", "Questions", self.instrument, "One instrument: only its answers and its scores")
        layout.addWidget(self.form)
        self._doing = label("", "quiet", name="period.doing")
        self.progress = QProgressBar()
        self.progress.setObjectName("period.progress")
        self.progress.setAccessibleName("Progress")
        self.progress.setTextVisible(False)
        layout.addWidget(self._doing)
        layout.addWidget(self.progress)
        self._doing.hide()
        self.progress.hide()
        self.make = button("Make the report", "period.make", self._begin, kind="primary")
        layout.addLayout(row(None, button("Cancel", "period.cancel", self.reject), self.make))
        self.setMinimumWidth(self.fontMetrics().averageCharWidth() * _WIDTH)
        self.since.line.setFocus()
        for line in (self.since.line, self.until.line):
            line.returnPressed.connect(self._begin)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Lines that wrap and sentences that come up need more room than a layout asks for by itself."""
        needed = self._column.totalHeightForWidth(self.width())
        self.resize(self.width(), max(self.height(), within_screen(self, QSize(self.width(), needed)).height()))

    def done(self, result: int) -> None:
        # What a job makes for a window that was closed is made for nobody: it stops at its next step.
        self._closed = True
        super().done(result)

    def _begin(self) -> None:
        if not self.make.isEnabled():
            return
        self.form.clear_errors()
        self.banner.dismiss()
        chosen = self.instrument.value()
        try:
            period = period_of(self.since, self.until)
            document = self._gather(
                since=period.since, until=period.until, instruments=(chosen,) if chosen else ()
            )
        except InvalidInputError as problem:
            self._say(problem.field, problem.sentences)
            return
        except SafePlanError as problem:
            self.banner.show_problem(problem)
            self._fit()
            return
        self._show_busy(busy=True)
        self._run(partial(self._work, document), self._made, self._failed, self._show_progress)

    def _say(self, field: str, sentence: str) -> None:
        self.form.show_error(field, sentence)
        self._fit()

    def _work(self, document: Document, control: Control) -> Document:
        """Makes the PDF; in the job's thread."""

        def tell(fraction: float, sentence: str) -> None:
            control.check_cancelled()
            if self._closed:
                raise CancelledError("Cancelled.", safe="Nothing was changed.")
            control.report(fraction, sentence)

        pdf = document.telling(tell) if document.telling is not None else document.make()
        return replace(document, make=lambda: pdf, telling=None)

    def _made(self, document: Document) -> None:
        if not self._closed:
            self.accept()
            self._preview(document)

    def _failed(self, problem: SafePlanError) -> None:
        if not self._closed:
            self._show_busy(busy=False)
            self.banner.show_problem(problem)

    def _show_busy(self, *, busy: bool) -> None:
        self.make.setEnabled(not busy)
        self.form.setEnabled(not busy)
        self._doing.setVisible(busy)
        self.progress.setVisible(busy)
        self.progress.setValue(0)
        self._fit()

    def _show_progress(self, fraction: float | None, sentence: str) -> None:
        self._doing.setText(sentence)
        self.progress.setValue(int(100 * (fraction or 0.0)))
