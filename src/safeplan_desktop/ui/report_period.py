"""The window in which a report of a period is chosen: from, to, which instrument; it is made in a job."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial
from typing import Protocol

from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from safeplan_desktop.errors import InvalidInputError, SafePlanError
from safeplan_desktop.services.exports import Document, Tell
from safeplan_desktop.ui.dialog_work import DialogWork
from safeplan_desktop.ui.ports import RunJob
from safeplan_desktop.ui.theme import GAP
from safeplan_desktop.ui.widgets.banner import Banner
from safeplan_desktop.ui.widgets.dates import DateField, period_of
from safeplan_desktop.ui.widgets.dialog import Dialog, fit_lines
from safeplan_desktop.ui.widgets.inputs import Choice
from safeplan_desktop.ui.widgets.layout import Form, button, label, row, scrolling_column

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
        self._gather, self._preview = gather, preview
        self._column = layout = QVBoxLayout(self)
        layout.setContentsMargins(3 * GAP, 2 * GAP, 3 * GAP, 2 * GAP)
        layout.setSpacing(GAP)
        self.banner = Banner("period.banner")
        body = QWidget()
        above = QVBoxLayout(body)
        above.setContentsMargins(0, 0, 0, 0)
        above.setSpacing(GAP)
        above.addWidget(label(f"Screenings of {who} in one report", "heading"))
        above.addWidget(
            label("Each signed screening with what was added, and the scores between the two days.", "quiet")
        )
        above.addWidget(self.banner)
        self.form = Form("period")
        self.since, self.until = DateField(), DateField()
        self.instrument = Choice(list(instruments.items()), empty="All questions")
        self.form.add("since", "From", self.since, "Empty for the beginning")
        self.form.add("until", "To", self.until, "Empty for today")
        self.form.add("instrument", "Questions", self.instrument, "One instrument: only its answers and its scores")
        above.addWidget(self.form)
        above.addStretch(1)
        self._scroll = scrolling_column("period", body, (0, 0, 0, 0))
        layout.addWidget(self._scroll, 1)
        self._work = DialogWork("period", self, run, self._failed)
        self._work.busy_changed.connect(self._show_busy)
        layout.addWidget(self._work)
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
        fit_lines(self, self._column, self._scroll)

    def _begin(self) -> None:
        if not self.make.isEnabled():
            return
        self.form.clear_errors()
        self.banner.dismiss()
        chosen = self.instrument.value()
        try:
            period = period_of(self.since, self.until)
            document = self._gather(since=period.since, until=period.until, instruments=(chosen,) if chosen else ())
        except InvalidInputError as problem:
            self._say(problem.field, problem.sentences)
            return
        except SafePlanError as problem:
            self._failed(problem)
            return
        self._work.start(partial(_made_of, document), self._made)

    def _say(self, field: str, sentence: str) -> None:
        self.form.show_error(field, sentence)
        self._fit()

    def _made(self, document: Document) -> None:
        self.accept()
        self._preview(document)

    def _failed(self, problem: SafePlanError) -> None:
        self.banner.show_problem(problem)
        self._fit()

    def _show_busy(self, busy: bool) -> None:  # noqa: FBT001 - a signal's slot
        self.make.setEnabled(not busy)
        self.form.setEnabled(not busy)
        self._fit()


def _made_of(document: Document, tell: Tell) -> Document:
    """The same document with its PDF made; in the job's thread."""
    pdf = document.telling(tell) if document.telling is not None else document.make()
    return replace(document, make=lambda: pdf, telling=None)
