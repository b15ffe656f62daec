"""Counts of the incidents that are shown: a plot, and the same figures as a table."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from safeplan_desktop.domain.incident_log import Counts
from safeplan_desktop.errors import SafePlanError
from safeplan_desktop.services.incident_exports import bars_height, bars_of, bars_svg
from safeplan_desktop.ui.ports import RunJob
from safeplan_desktop.ui.theme import GAP
from safeplan_desktop.ui.widgets.banner import Banner
from safeplan_desktop.ui.widgets.data_table import Column, DataTable
from safeplan_desktop.ui.widgets.dialog import Dialog, within_screen
from safeplan_desktop.ui.widgets.inputs import Choice
from safeplan_desktop.ui.widgets.layout import button, label, row, scrolling_column
from safeplan_desktop.ui.widgets.plot import POINTS_A_LINE, Plot, plot_inks


class CountsDialog(Dialog):
    """How many incidents there are, by kind, month or harm; it follows the log's filters."""

    def __init__(self, parent: QWidget, counts: Counts, run: RunJob) -> None:
        super().__init__(parent.window())
        self.setObjectName("counts")
        self.setWindowTitle("Counts - SafePlan")
        self.setModal(True)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._bars, self._run = bars_of(counts), run
        number = "One signed incident" if counts.total == 1 else f"{counts.total:,} signed incidents"
        self.choice = Choice([(place, title) for place, (title, _) in enumerate(self._bars)], empty="")
        self.choice.setObjectName("counts.by")
        self.choice.setAccessibleName("Counted by")
        self.choice.changed.connect(self.show_chosen)
        self.banner = Banner("counts.banner")
        self.plot = Plot("counts.plot", "Plot of the counts; the table below says the same")
        self.table = DataTable(
            "counts.table",
            "Counts",
            (
                Column("What", lambda entry: entry[0], stretch=True),
                Column("Incidents", lambda entry: str(entry[1]), lambda entry: entry[1], width=110),
            ),
        )
        body = QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GAP)
        column.addWidget(self.plot)
        column.addWidget(self.table)
        column.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(2 * GAP, 2 * GAP, 2 * GAP, 2 * GAP)
        layout.setSpacing(GAP)
        layout.addLayout(row(label(number, "heading"), None, self.choice))
        layout.addWidget(
            label("Of those that are shown in the log; drafts and what was entered in error aren't counted.", "quiet")
        )
        layout.addWidget(self.banner)
        layout.addWidget(scrolling_column("counts", body, (0, 0, GAP, 0)), 1)
        layout.addLayout(row(None, button("Close", "counts.close", self.reject, kind="primary")))
        line = self.fontMetrics().lineSpacing()
        self.resize(within_screen(self, QSize(42 * line, 38 * line)))
        self.choice.setFocus(Qt.FocusReason.OtherFocusReason)
        self.show_chosen()

    def show_chosen(self) -> None:
        """Shows the chosen counts: the table at once, the plot when it is drawn."""
        place = self.choice.value() or 0
        _, bars = self._bars[place]
        self.table.set_rows(bars)
        line = self.fontMetrics().lineSpacing()
        self.table.setFixedHeight((min(len(bars), 8) + 2) * (line + 18))
        # The letters of the plot are as large as those around it; the wider its dialog, the longer its bars.
        pixels_a_point = line / POINTS_A_LINE
        width = (self.width() - 6 * GAP) / pixels_a_point
        self.plot.setFixedHeight(round(bars_height(bars) * pixels_a_point))
        inks = plot_inks()
        self.plot.begin()
        self._run(lambda _control: bars_svg(bars, width, inks), partial(self._drawn, place), self._failed, owner=self)

    def _drawn(self, place: int, svg: bytes) -> None:
        # While it was drawn, other counts may have been chosen.
        if place == (self.choice.value() or 0):
            self.plot.show_svg(svg)

    def _failed(self, problem: SafePlanError) -> None:
        self.plot.fail()
        self.banner.show_problem(problem)
