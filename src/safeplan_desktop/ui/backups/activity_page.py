"""The activity log: every entry of the audit in words, with filters; a hundred thousand scroll like ten."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from safeplan_desktop.domain.audit import AuditGroup
from safeplan_desktop.domain.audit_view import AuditLine
from safeplan_desktop.domain.changes import Noun
from safeplan_desktop.domain.vocabulary import label_of
from safeplan_desktop.errors import InvalidInputError, SafePlanError
from safeplan_desktop.ui.backups.activity_presenter import ActivityPresenter, Wish
from safeplan_desktop.ui.theme import GAP
from safeplan_desktop.ui.widgets.banner import Banner
from safeplan_desktop.ui.widgets.data_table import Column, DataTable
from safeplan_desktop.ui.widgets.dates import DateField, period_of
from safeplan_desktop.ui.widgets.inputs import Choice, enum_options
from safeplan_desktop.ui.widgets.layout import EmptyState, Form, button, label, row
from safeplan_desktop.ui.widgets.paged_rows import PagedRows

_EMPTY = "No entry fits. Choose a longer time, or fewer filters."


def _what(line: AuditLine) -> str:
    return f"{line.words}, to {line.to_whom}" if line.to_whom else line.words


class ActivityPage(QWidget):
    """The log, its filters, and the documents that are made of it."""

    def __init__(self, presenter: ActivityPresenter, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("activity")
        self._presenter = presenter
        column = QVBoxLayout(self)
        column.setContentsMargins(3 * GAP, 2 * GAP, 3 * GAP, 2 * GAP)
        column.setSpacing(GAP)
        column.addWidget(label("Activity log", "title"))
        self.banner = Banner("activity.banner")
        column.addWidget(self.banner)
        self.since, self.until = DateField(), DateField()
        self.group = Choice(enum_options(AuditGroup, label_of), empty="All")
        self.noun = Choice(enum_options(Noun, label_of), empty="All")
        self.client = Choice([], empty="All")
        self.form = Form("activity")
        self.form.add_row(
            ("group", "What was done", self.group, ""),
            ("noun", "Kind of record", self.noun, ""),
            ("client", "Client", self.client, ""),
        )
        self.form.add_row(("since", "From", self.since, ""), ("until", "To", self.until, ""))
        column.addWidget(self.form)
        self.table = DataTable(
            "activity.table",
            "Activity log",
            (
                Column("When", lambda line: f"{line.entry.moment.local:%d %b %Y, %H:%M}", width=165),
                Column("What", _what, stretch=True),
                Column("Client", lambda line: line.client_code, width=85),
                Column("Entry", lambda line: str(line.entry.seq), width=75),
            ),
        )
        self.table.opened.connect(self._open)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.table)
        self._stack.addWidget(EmptyState("activity.empty", _EMPTY))
        column.addWidget(self._stack, 1)
        self._count = label("", "quiet", name="activity.count")
        self.open_button = button("Open the record", "activity.open", self._open_current)
        self.list_button = button("List as PDF", "activity.list", presenter.open_list)
        self.disclosures_button = button(
            "Accounting of disclosures", "activity.disclosures", presenter.open_disclosures
        )
        self.disclosures_button.setToolTip("Choose a client first")
        column.addLayout(row(self._count, None, self.disclosures_button, self.list_button, self.open_button))
        for field in (self.since, self.until, self.group, self.noun, self.client):
            field.changed.connect(self._look)
        presenter.attach(self)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._presenter.reload()

    def _wish(self) -> Wish:
        return Wish(
            period_of(self.since, self.until),
            self.group.value(),
            self.noun.value(),
            self.client.value() or "",
        )

    def _look(self) -> None:
        if self.since.unreadable or self.until.unreadable:
            return
        self.form.clear_errors()
        self.banner.dismiss()
        self.disclosures_button.setEnabled(bool(self.client.value()))
        try:
            wish = self._wish()
        except InvalidInputError as problem:
            # The cursor stays in the field that is being typed in.
            self.form.say(problem.field, problem.sentences)
            return
        self._presenter.look(wish)

    def only_disclosures_of(self, client_id: str) -> None:
        """Sets the filters to what was given out about one client."""
        self.group.set_value(AuditGroup.DISCLOSED)
        self.client.set_value(client_id)
        self._look()

    def _open(self, line: AuditLine) -> None:
        self._presenter.open(line)

    def _open_current(self) -> None:
        line = self.table.current()
        if line is not None:
            self._open(line)

    # -- what the presenter asks ----------------------------------------------------------------------------------

    def show_clients(self, clients: tuple[tuple[str, str], ...]) -> None:
        """Offers the clients to choose from, and keeps the one that was chosen."""
        self.client.set_options(clients, "All")
        self.disclosures_button.setEnabled(bool(self.client.value()))

    def show_entries(self, numbers: Sequence[int]) -> None:
        """Shows these entries; the chosen one stays chosen where it is still among them."""
        current = self.table.current()
        self.table.set_rows(PagedRows(numbers, self._presenter.page))
        self._stack.setCurrentIndex(0 if len(numbers) else 1)
        self._count.setText(f"{len(numbers):,} entries" if len(numbers) != 1 else "1 entry")
        self.open_button.setVisible(bool(len(numbers)))
        self.list_button.setEnabled(bool(len(numbers)))
        if len(numbers):
            seq = current.entry.seq if current is not None else 0
            self.table.go_to(numbers.index(seq) if seq in numbers else 0)

    def show_problem(self, problem: SafePlanError) -> None:
        """Says why it didn't work."""
        self.banner.show_problem(problem)

    def show_field_problem(self, problem: InvalidInputError) -> None:
        """Says beside the field what is wrong with it."""
        self.form.show_error(problem.field, f"{problem.what} {problem.next_step}".strip())
