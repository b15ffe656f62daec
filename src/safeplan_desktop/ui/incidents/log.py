"""The log: one line of filters, ten thousand rows, and what can be done with those that are shown."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QComboBox, QStackedWidget, QVBoxLayout, QWidget

from safeplan_desktop.domain.incident_log import NO_CLIENT, HarmLevel, LogFilter, LogState
from safeplan_desktop.domain.incidents import IncidentCategory, IncidentSummary
from safeplan_desktop.domain.periods import Period
from safeplan_desktop.domain.vocabulary import label_of
from safeplan_desktop.errors import InvalidInputError
from safeplan_desktop.ui.incidents.presenter import CURRENT
from safeplan_desktop.ui.theme import GAP
from safeplan_desktop.ui.widgets.banner import Banner
from safeplan_desktop.ui.widgets.data_table import Column, DataTable
from safeplan_desktop.ui.widgets.dates import DateField
from safeplan_desktop.ui.widgets.flow import FlowLayout
from safeplan_desktop.ui.widgets.inputs import Choice, TextLine, enum_options
from safeplan_desktop.ui.widgets.layout import EmptyState, button, label, row
from safeplan_desktop.ui.widgets.wrapping import TickBox

_NOTHING_YET = "No incident yet. When something happens, write it on the same day."
_FILTER_LETTERS = 13
_TEXT_LETTERS = 26
_HARM, _CLIENT = 4, 3
_NARROW, _NARROWER = 138, 105
"""Letters that the table is wide: below, harm and then the client are left out, so that the kind can be read."""
_NONE_FITS = "No incident fits these filters. What was entered in error is shown under “Entered in error”."


@dataclass(frozen=True, slots=True)
class LogWords:
    """How a row is told in words."""

    happened: Callable[[IncidentSummary], str]
    harm: Callable[[IncidentSummary], str]
    state: Callable[[IncidentSummary], str]
    client: Callable[[IncidentSummary], str]


@dataclass(frozen=True, slots=True)
class LogActions:
    """What the log's buttons do."""

    begin: Callable[[], None]
    open: Callable[[IncidentSummary], None]
    counts: Callable[[], None]
    export: Callable[[], None]


class LogPage(QWidget):
    """The log with its filters."""

    narrowed = Signal(object)
    """A `LogFilter`, at every change of a filter."""

    def __init__(self, words: LogWords, actions: LogActions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words, self._actions = words, actions
        self.text = TextLine("Words in the record")
        self.kind = Choice(enum_options(IncidentCategory, label_of), empty="Any kind")
        levels = [
            (level, f"Harm: {label_of(level).lower()} or more") for level in HarmLevel if level is not HarmLevel.NONE
        ]
        self.harm = Choice(levels, empty="Any harm")
        self.client = Choice([], empty="Every client")
        self.state = Choice(enum_options(LogState, label_of), empty="")
        self.since, self.until = DateField(), DateField()
        self.since.line.setPlaceholderText("From")
        self.until.line.setPlaceholderText("To")
        self.open_only = TickBox("Open follow-up")
        self.clear_button = button("Clear filters", "incidents.clear", self.clear, kind="quiet")
        self.count = label("", "quiet", name="incidents.count")
        self.banner = Banner("incidents.banner")
        self._filters: tuple[tuple[str, str, Any], ...] = (
            ("text", "Words in the record", self.text),
            ("kind", "Kind of incident", self.kind),
            ("harm", "Harm, on either axis at least", self.harm),
            ("client", "Client", self.client),
            ("state", "Drafts, signed, entered in error", self.state),
            ("since", "Happened from", self.since),
            ("until", "Happened until", self.until),
        )
        self._build()

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(3 * GAP, 2 * GAP, 3 * GAP, 2 * GAP)
        column.setSpacing(GAP)
        column.addLayout(row(label("Incident log", "title"), None, self.count, self.clear_button))
        column.addWidget(self.banner)
        line = FlowLayout(spacing=GAP)
        self.open_only.setObjectName("incidents.filter.open")
        self.open_only.setAccessibleName("Only incidents with an open follow-up")
        self.open_only.toggled.connect(lambda _on: self._changed())
        for name, words, widget in self._filters:
            widget.setObjectName(f"incidents.filter.{name}")
            widget.setAccessibleName(words)
            widget.changed.connect(self._changed)
            line.addWidget(widget)
        self.text.setMinimumWidth(self.text.fontMetrics().averageCharWidth() * _TEXT_LETTERS)
        for choice in (self.kind, self.harm, self.client, self.state):
            # As wide as a word or two: the list itself opens as wide as it needs.
            choice.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            choice.setMinimumContentsLength(_FILTER_LETTERS)
            choice.view().setMinimumWidth(choice.view().sizeHintForColumn(0))
        line.addWidget(self.open_only)
        column.addLayout(line)
        for day in (self.since, self.until):
            day.complained.connect(self._hear_complaint)
        self._days_wrong = label("", "error", name="incidents.filter.days.error")
        self._days_wrong.hide()
        column.addWidget(self._days_wrong)
        tell = self._words
        self.table = DataTable(
            "incidents.table",
            "Incidents",
            (
                Column("Number", lambda entry: entry.number or "Draft", width=100),
                Column("Happened", tell.happened, lambda entry: entry.happened_at or entry.entered.at, width=170),
                Column("Kind", lambda entry: label_of(entry.category) if entry.category else "", stretch=True),
                Column("Client", tell.client, width=190),
                Column("Physical, psychological harm", tell.harm, width=240),
                Column("State", tell.state, width=150),
            ),
        )
        self.table.allow_sorting()
        self.table.opened.connect(self._actions.open)
        self._nothing = EmptyState("incidents.empty", _NOTHING_YET, "Write an incident", self._actions.begin)
        self._none_fits = EmptyState("incidents.none-fits", _NONE_FITS, "Clear filters", self.clear)
        self._stack = QStackedWidget()
        self._reading = EmptyState("incidents.reading", "Reading the log ...")
        for page in (self.table, self._nothing, self._none_fits, self._reading):
            self._stack.addWidget(page)
        column.addWidget(self._stack, 1)
        self.new_button = button("Write an incident", "incidents.new", self._actions.begin, kind="primary")
        self.open_button = button("Open", "incidents.open", self._open_current)
        self.counts_button = button("Counts...", "incidents.counts", self._actions.counts)
        self.export_button = button("Print or export these...", "incidents.export", self._actions.export)
        column.addLayout(row(self.counts_button, self.export_button, None, self.open_button, self.new_button))

    def wanted(self) -> LogFilter:
        """What the filters say."""
        return LogFilter(
            category=self.kind.value(),
            harm=self.harm.value(),
            client_id=self.client.value() or "",
            since=self.since.value(),
            until=self.until.value(),
            open_follow_up=self.open_only.isChecked(),
            state=self.state.value(),
            text=self.text.value(),
        )

    def clear(self) -> None:
        """Takes every filter away."""
        self.text.set_value("")
        for choice in (self.kind, self.harm, self.client):
            choice.set_value(None)
        self.state.set_value(LogState.KEPT)
        for day in (self.since, self.until):
            day.set_value(None)
        self.open_only.blockSignals(True)
        self.open_only.setChecked(False)
        self.open_only.blockSignals(False)
        self._changed()
        self.text.setFocus(Qt.FocusReason.OtherFocusReason)

    def set_clients(self, clients: tuple[tuple[str, str], ...]) -> None:
        """The clients that can be chosen; the choice stays."""
        special = [(CURRENT, "The current client"), (NO_CLIENT, "No client involved")]
        self.client.set_options([*special, *clients], empty="Every client")

    def show_rows(self, rows: tuple[IncidentSummary, ...], *, total: int) -> None:
        """Shows what the filters keep."""
        self.table.set_rows(rows)
        narrowed = self.wanted() != LogFilter()
        self._stack.setCurrentIndex(0 if rows else 2 if total else 1)
        self.clear_button.setEnabled(narrowed)
        self.count.setText(f"{len(rows):,} of {total:,} shown" if total else "")
        for made in (self.open_button, self.counts_button, self.export_button):
            made.setVisible(bool(rows))
        if rows and self.table.current() is None:
            self.table.choose(lambda _row: True)

    @property
    def is_reading(self) -> bool:
        """Whether it says that the log is being read."""
        return self._stack.currentWidget() is self._reading

    def show_reading(self) -> None:
        """Says that the log is being read."""
        self._stack.setCurrentWidget(self._reading)
        self.count.setText("")
        for made in (self.open_button, self.counts_button, self.export_button):
            made.setVisible(False)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        letters = self.width() // max(self.table.fontMetrics().averageCharWidth(), 1)
        self.table.setColumnHidden(_HARM, letters < _NARROW)
        self.table.setColumnHidden(_CLIENT, letters < _NARROWER)

    def _changed(self) -> None:
        self.banner.dismiss()
        if self._days_are_right():
            self.narrowed.emit(self.wanted())

    def _days_are_right(self) -> bool:
        """Says below the filters what is wrong with the days; what is shown stays until they are right.

        A day that is still being typed counts as empty, and is spoken of when the cursor leaves it.
        """
        wrong = ""
        try:
            Period(self.since.value(), self.until.value())
        except InvalidInputError as problem:
            wrong = problem.sentences
        self._say_days(wrong)
        return not wrong

    def _hear_complaint(self, sentence: str) -> None:
        if sentence:
            self._say_days(sentence)
        else:
            self._days_are_right()

    def _say_days(self, sentence: str) -> None:
        self._days_wrong.setText(sentence)
        self._days_wrong.setVisible(bool(sentence))
        self.until.setAccessibleDescription(sentence)

    def _open_current(self) -> None:
        entry = self.table.current()
        if entry is not None:
            self._actions.open(entry)
