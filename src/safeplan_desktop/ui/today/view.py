"""Today: what is due, each row opens the thing itself; nothing due is a calm, empty page."""

from __future__ import annotations

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from safeplan_desktop.domain.due import DueRow
from safeplan_desktop.ui.theme import GAP
from safeplan_desktop.ui.today.presenter import TodayPresenter
from safeplan_desktop.ui.widgets.data_table import Column, DataTable
from safeplan_desktop.ui.widgets.layout import EmptyState, button, label, row

_LOOK_AGAIN_MS = 60_000


class TodayView(QWidget):
    """The due list."""

    def __init__(self, presenter: TodayPresenter) -> None:
        super().__init__()
        self.setObjectName("page")
        self._presenter = presenter
        layout = QVBoxLayout(self)
        layout.setContentsMargins(3 * GAP, 2 * GAP, 3 * GAP, 2 * GAP)
        layout.setSpacing(GAP)
        layout.addWidget(label("Today", "title"))
        self._about = label("", "quiet", name="today.about")
        layout.addWidget(self._about)
        self.table = DataTable(
            "today.table",
            "What is due",
            (
                Column("What", lambda due: due.sentence, stretch=True),
                Column("Client", lambda due: due.client_label, width=220),
                Column("Due", presenter.due_words, width=220),
            ),
        )
        self.table.opened.connect(self._open)
        self._empty = EmptyState(
            "today.empty",
            presenter.empty_sentence(),
            "Go to the clients",
            lambda: presenter.shell.open_screen("clients"),
        )
        self._stack = QStackedWidget()
        self._stack.addWidget(self.table)
        self._stack.addWidget(self._empty)
        layout.addWidget(self._stack, 1)
        self.open_button = button("Open", "today.open", lambda: self._open(self.table.current()), kind="primary")
        self.quick_button = button("Quick check", "today.quick", self._quick_check)
        self.table.picked.connect(lambda _due: self._offer())
        layout.addLayout(row(None, self.quick_button, self.open_button))
        self.reload()
        # A call that is expected goes overdue while nobody touches anything.
        self.minute = QTimer(self)
        self.minute.setInterval(_LOOK_AGAIN_MS)
        self.minute.timeout.connect(self._look_again)
        self.minute.start()

    def _look_again(self) -> None:
        if not self.isVisible() or self._presenter.rows() == self.table.rows():
            return
        present = self.table.current()
        self.reload()
        self.table.choose(lambda row: row == present)

    def reload(self) -> None:
        """Shows what is due now."""
        rows = self._presenter.rows()
        self.table.set_rows(rows)
        self._about.setText(self._presenter.about(rows))
        self._empty.sentence.setText(self._presenter.empty_sentence())
        self._stack.setCurrentIndex(0 if rows else 1)
        self.open_button.setVisible(bool(rows))
        if rows and self.table.current() is None:
            self.table.choose(lambda _row: True)
        self._offer()

    def _offer(self) -> None:
        """A reassessment can be a quick check as well."""
        self.quick_button.setVisible(self._presenter.can_be_quick(self.table.current()))

    def _quick_check(self) -> None:
        due = self.table.current()
        if due is not None:
            self._presenter.quick_check(due)

    def _open(self, due: DueRow | None) -> None:
        if due is not None:
            self._presenter.open(due)
