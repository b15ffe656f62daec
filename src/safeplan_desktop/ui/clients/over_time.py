"""Change over time: one instrument's scores as a plot, the same facts as a table beside it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QComboBox, QVBoxLayout, QWidget

from safeplan_desktop.domain.history import Event, History, Series, signed
from safeplan_desktop.errors import SafePlanError
from safeplan_desktop.services.histories import plot_svg
from safeplan_desktop.ui.ports import RunJob
from safeplan_desktop.ui.theme import GAP
from safeplan_desktop.ui.widgets.banner import Banner
from safeplan_desktop.ui.widgets.data_table import Column, DataTable
from safeplan_desktop.ui.widgets.dialog import Dialog, within_screen
from safeplan_desktop.ui.widgets.layout import button, label, row, scrolling_column
from safeplan_desktop.ui.widgets.plot import POINTS_A_LINE, Plot, plot_inks

_PLOT = QSize(46, 14)
_DIALOG = QSize(46, 36)
"""Lines of text that they are wide and high."""
_BAND, _NARROW = 4, 66
"""Letters that the dialog is wide: below, the column of the bands is left out, so that the events can be read."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One row of the table: a score, or something that happened."""

    day: dt.date
    what: str
    score: str = ""
    change: str = ""
    band: str = ""


def entries_of(series: Series, events: tuple[Event, ...]) -> tuple[Entry, ...]:
    """The rows of the table, the newest first."""
    rows = []
    for place, one in enumerate(series.occasions):
        change = series.change(place)
        rows.append(
            Entry(
                one.day,
                f"Screening {one.screening}{', critical answer' if one.flagged else ''}",
                str(one.value),
                signed(change),
                one.band,
            )
        )
    rows += [Entry(event.day, event.words) for event in events]
    return tuple(sorted(rows, key=lambda entry: entry.day, reverse=True))


class OverTimeDialog(Dialog):
    """A client's scores over time; for the therapist alone, like the record that it opens from."""

    def __init__(
        self, parent: QWidget, who: str, history: History, run: RunJob, preview: Callable[[str], None]
    ) -> None:
        super().__init__(parent)
        self.setObjectName("over-time")
        self.setWindowTitle("Scores over time")
        self._history, self._run = history, run
        layout = QVBoxLayout(self)
        layout.setContentsMargins(2 * GAP, 2 * GAP, 2 * GAP, 2 * GAP)
        layout.setSpacing(GAP)
        self.banner = Banner("over-time.banner")
        self.choice = QComboBox()
        self.choice.setObjectName("over-time.instrument")
        self.choice.setAccessibleName("Instrument")
        for series in history.series:
            self.choice.addItem(series.title, series.instrument)
        self.choice.currentIndexChanged.connect(self.show_chosen)
        self.plot = Plot("over-time.plot", "Plot of the scores; the table below says the same")
        self.note = label("", "quiet")
        self.note.setWordWrap(True)
        self.table = DataTable(
            "over-time.table",
            "Scores and what happened",
            (
                Column("Day", lambda entry: f"{entry.day:%d %b %Y}", lambda entry: entry.day, width=120),
                Column("What", lambda entry: entry.what, stretch=True),
                Column("Score", lambda entry: entry.score, lambda entry: int(entry.score or -1), width=70),
                Column("Change", lambda entry: entry.change, lambda entry: int(entry.change or 0), width=80),
                Column("Published band", lambda entry: entry.band, width=160),
            ),
        )
        close = button("Close", "over-time.close", self.reject)
        all_ = button("Print or save all...", "over-time.print-all", partial(self._leave, preview, whole=True))
        print_ = button("Print or save...", "over-time.print", partial(self._leave, preview), kind="primary")
        # Plot and table keep the size that their letters need; on a small screen one scrolls.
        line = self.fontMetrics().lineSpacing()
        self.table.setMinimumHeight(9 * line)
        body = QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GAP)
        column.addWidget(self.plot, 3)
        column.addWidget(self.note)
        column.addWidget(self.table, 2)
        layout.addLayout(row(label(who, "heading"), None, label("Instrument"), self.choice))
        layout.addWidget(self.banner)
        layout.addWidget(scrolling_column("over-time", body, (0, 0, 0, 0)), 1)
        layout.addLayout(row(None, close, *((all_,) if len(history.series) > 1 else ()), print_))
        self.resize(within_screen(self, _DIALOG * line))
        self.choice.setFocus(Qt.FocusReason.OtherFocusReason)
        self.show_chosen()

    def show_chosen(self) -> None:
        """Shows the chosen instrument: the table at once, the plot when it is drawn."""
        series = self._history.of(self.choice.currentData())
        if series is None:
            return
        self.table.set_rows(entries_of(series, self._history.events))
        self.note.setText(_note(series))
        inks = plot_inks()
        events = self._history.events
        # The letters of the plot are about as large as those around it.
        line = self.fontMetrics().lineSpacing()
        wide = min(_PLOT.width(), (self.width() - 4 * GAP) / line)
        size = (wide * POINTS_A_LINE, _PLOT.height() * POINTS_A_LINE)
        self.plot.setMinimumHeight(_PLOT.height() * line)
        self.plot.begin()
        self._run(
            lambda _control: plot_svg(series, events, size, inks),
            partial(self._drawn, series.instrument),
            self._failed,
            owner=self,
        )

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        letters = self.width() // max(self.fontMetrics().averageCharWidth(), 1)
        self.table.setColumnHidden(_BAND, letters < _NARROW)

    def _drawn(self, instrument: str, svg: bytes) -> None:
        # While it was drawn, another instrument may have been chosen.
        if instrument == self.choice.currentData():
            self.plot.show_svg(svg)

    def _failed(self, problem: SafePlanError) -> None:
        self.plot.fail()
        self.banner.show_problem(problem)

    def _leave(self, preview: Callable[[str], None], *, whole: bool = False) -> None:
        self.accept()
        preview("" if whole else self.choice.currentData())


def _note(series: Series) -> str:
    better = "higher" if series.higher_is_better else "lower"
    parts = [f"Scale {series.lowest} to {series.highest}; a {better} score is better."]
    if series.bands:
        parts.append(f"Bands: {series.source}.")
    parts.append("Filled diamond: a critical answer. P: plan finished. I: incident. C: level of care changed.")
    if series.note:
        parts.append(series.note)
    if series.incomplete:
        numbers = ", ".join(str(number) for number in series.incomplete)
        parts.append(f"Without a score, because incomplete: screening {numbers}.")
    return " ".join(parts)
