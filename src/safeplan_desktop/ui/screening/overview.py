"""A client's signed screenings, each with its report, its addenda and its answers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from safeplan_desktop.domain.screenings import ScreeningSummary
from safeplan_desktop.domain.vocabulary import label_of
from safeplan_desktop.ui.theme import GAP
from safeplan_desktop.ui.widgets.flow import FlowLayout
from safeplan_desktop.ui.widgets.layout import Card, EmptyState, Page, button, clear_layout, row


@dataclass(frozen=True, slots=True)
class OverviewActions:
    """What can be done there: with all of them, and with one of them by its id or its row."""

    begin: Callable[[], None]
    begin_quick: Callable[[], None]
    open_period: Callable[[], None]
    open_report: Callable[[str], None]
    copy_text: Callable[[str], None]
    add_to: Callable[[str], None]
    export_answers: Callable[[str], None]
    write_incident: Callable[[ScreeningSummary], None]
    void: Callable[[str], None]


class ScreeningOverview(Page):
    """The page with the list."""

    def __init__(self, actions: OverviewActions, parent: QWidget | None = None) -> None:
        super().__init__("screening.overview", "Screening", parent=parent)
        self._actions = actions
        self._list = QVBoxLayout()
        self._reports: dict[str, QPushButton] = {}
        self.add(self._list)
        self.body.addStretch(1)

    def show_all(self, label_: str, rows: tuple[ScreeningSummary, ...]) -> None:
        """Shows a client's signed screenings, or the way to the first one."""
        self.title.setText(f"Screening of {label_}")
        clear_layout(self._list)
        self._reports = {}
        begin = self._actions.begin
        if not rows:
            empty = EmptyState("screening.none", "There is no screening yet.", "Begin a screening", begin)
            self._list.addWidget(empty)
            return
        self._list.addLayout(
            row(
                button("New screening", "screening.new", begin, kind="primary"),
                button("Quick check", "screening.quick", self._actions.begin_quick),
                None,
                button("Report of a period...", "screening.period", self._actions.open_period, kind="quiet"),
            )
        )
        for summary in rows:
            self._list.addWidget(self._card(summary))

    def focus_record(self, screening_id: str) -> None:
        """Puts the cursor on a screening's first button, and the screening into sight."""
        report = self._reports.get(screening_id)
        if report is not None:
            report.setFocus(Qt.FocusReason.OtherFocusReason)
            self.show_widget(report)

    def _card(self, summary: ScreeningSummary) -> Card:
        told = [
            label_of(summary.reason),
            f"Judgement: {label_of(summary.judgement).lower()}",
            label_of(summary.level),
        ]
        told += ["Critical answer"] if summary.flagged else []
        if summary.next_reassessment:
            told.append(f"Next on {summary.next_reassessment:%d %b %Y}")
        told += ["Entered in error: it counts nowhere"] if summary.voided else []
        card = Card(f"Screening {summary.number}, {summary.signed.local:%d %b %Y}", ". ".join(told) + ".")
        name, actions = f"screening.{summary.number}", self._actions
        made = [
            button("Open the report", f"{name}.open", partial(actions.open_report, summary.id)),
            button("Copy as text", f"{name}.copy-text", partial(actions.copy_text, summary.id), kind="quiet"),
            button("Add to it...", f"{name}.add", partial(actions.add_to, summary.id), kind="quiet"),
        ]
        self._reports[summary.id] = made[0]
        if not summary.voided:
            export = partial(actions.export_answers, summary.id)
            made.append(button("Export answers...", f"{name}.answers", export, kind="quiet"))
            incident = partial(actions.write_incident, summary)
            made.append(button("Write an incident", f"{name}.incident", incident, kind="quiet"))
            made.append(button("Entered in error...", f"{name}.void", partial(actions.void, summary.id), kind="quiet"))
        line = FlowLayout(spacing=GAP)
        for one in made:
            line.addWidget(one)
        card.add(line)
        return card
