"""ProQOL over time: one sub-scale as a plot, all three as a table."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from safeplan_desktop.domain.history import Series
from safeplan_desktop.domain.proqol import ProqolEntry, ProqolTexts, SubScale
from safeplan_desktop.domain.vocabulary import label_of
from safeplan_desktop.errors import SafePlanError
from safeplan_desktop.services.histories import plot_svg
from safeplan_desktop.ui.ports import RunJob
from safeplan_desktop.ui.practice.support_home import scale_columns
from safeplan_desktop.ui.theme import GAP
from safeplan_desktop.ui.widgets.banner import Banner
from safeplan_desktop.ui.widgets.data_table import Column, DataTable
from safeplan_desktop.ui.widgets.dialog import Dialog, within_screen
from safeplan_desktop.ui.widgets.inputs import Choice, enum_options
from safeplan_desktop.ui.widgets.layout import button, label, row, scrolling_column
from safeplan_desktop.ui.widgets.plot import POINTS_A_LINE, Plot, plot_inks

_PLOT, _DIALOG = QSize(40, 12), QSize(56, 36)
"""Lines of text that they are wide and high."""


class ProqolOverTime(Dialog):
    """The therapist's own answers over time."""

    def __init__(
        self,
        parent: QWidget,
        entries: tuple[ProqolEntry, ...],
        series: dict[SubScale, Series],
        texts: ProqolTexts,
        run: RunJob,
    ) -> None:
        super().__init__(parent.window())
        self.setObjectName("proqol-over-time")
        self.setWindowTitle("ProQOL over time - SafePlan")
        self.setModal(True)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._series, self._run = series, run
        layout = QVBoxLayout(self)
        layout.setContentsMargins(2 * GAP, 2 * GAP, 2 * GAP, 2 * GAP)
        layout.setSpacing(GAP)
        self.banner = Banner("proqol-over-time.banner")
        self.choice = Choice(enum_options(SubScale, label_of), empty="")
        self.choice.setObjectName("proqol-over-time.scale")
        self.choice.setAccessibleName("Sub-scale")
        self.choice.changed.connect(self.show_chosen)
        self.plot = Plot("proqol-over-time.plot", "Plot of the scores; the table below says the same")
        self.note = label("", "quiet")
        self.table = DataTable(
            "proqol-over-time.table",
            "Scores",
            (
                Column("Day", lambda one: f"{one.day:%d %b %Y}", lambda one: one.day, width=120),
                *scale_columns(last_stretches=False),
                Column("Your line", lambda one: one.form.note, stretch=True),
            ),
        )
        self.table.set_rows(entries)
        line = self.fontMetrics().lineSpacing()
        self.table.setMinimumHeight(7 * line)
        body = QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GAP)
        column.addWidget(self.plot, 3)
        column.addWidget(self.note)
        column.addWidget(self.table, 2)
        column.addWidget(label(f"{texts.source}.\n{texts.credit}", "quiet", name="proqol-over-time.credit"))
        layout.addLayout(row(label("Sub-scale"), self.choice, None))
        layout.addWidget(self.banner)
        layout.addWidget(scrolling_column("proqol-over-time", body, (0, 0, 0, 0)), 1)
        layout.addLayout(row(None, button("Close", "proqol-over-time.close", self.reject)))
        self.resize(within_screen(self, _DIALOG * line))
        self.choice.setFocus(Qt.FocusReason.OtherFocusReason)
        self.show_chosen()

    def show_chosen(self) -> None:
        """Draws the chosen sub-scale."""
        scale: SubScale = self.choice.value()
        series = self._series[scale]
        better = "higher" if series.higher_is_better else "lower"
        self.note.setText(f"Scale {series.lowest} to {series.highest}; a {better} score is better.")
        line = self.fontMetrics().lineSpacing()
        wide = min(_PLOT.width(), (self.width() - 4 * GAP) / line)
        size = (wide * POINTS_A_LINE, _PLOT.height() * POINTS_A_LINE)
        self.plot.setMinimumHeight(_PLOT.height() * line)
        self.plot.begin()
        inks = plot_inks()
        self._run(
            lambda _control: plot_svg(series, (), size, inks), partial(self._drawn, scale), self._failed, owner=self
        )

    def _drawn(self, scale: SubScale, svg: bytes) -> None:
        # While it was drawn, another one may have been chosen.
        if scale is self.choice.value():
            self.plot.show_svg(svg)

    def _failed(self, problem: SafePlanError) -> None:
        self.plot.fail()
        self.banner.show_problem(problem)
