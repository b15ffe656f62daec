"""Clients: the list on the left; on the right the record, or the form."""

from __future__ import annotations

from functools import cached_property

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSplitter, QStackedWidget, QVBoxLayout, QWidget

from safeplan_desktop.domain.clients import Client, ClientForm
from safeplan_desktop.domain.history import History
from safeplan_desktop.errors import InvalidInputError, SafePlanError
from safeplan_desktop.ui.clients.form import ClientFormPage
from safeplan_desktop.ui.clients.over_time import OverTimeDialog
from safeplan_desktop.ui.clients.presenter import ClientRow, ClientsPresenter
from safeplan_desktop.ui.clients.record_room import RecordRoom
from safeplan_desktop.ui.clients.record_tabs import RecordTabs
from safeplan_desktop.ui.clients.rooms import rooms
from safeplan_desktop.ui.drafting import Autosave
from safeplan_desktop.ui.theme import GAP
from safeplan_desktop.ui.widgets.confirm import decide
from safeplan_desktop.ui.widgets.data_table import Column, DataTable
from safeplan_desktop.ui.widgets.inputs import TextLine
from safeplan_desktop.ui.widgets.keeping_words import ask_to_throw_away, letters_typed_in
from safeplan_desktop.ui.widgets.layout import EmptyState, button, row
from safeplan_desktop.ui.widgets.wrapping import TickBox


class ClientsScreen(QWidget):
    """The clients tab."""

    def __init__(self, presenter: ClientsPresenter, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("page")
        self._presenter = presenter
        self.autosave = Autosave(presenter.autosave, self.show_problem, presenter.session.desk.clock, self)
        splitter = QSplitter(Qt.Orientation.Horizontal, self)
        splitter.setObjectName("clients.splitter")
        splitter.setChildrenCollapsible(False)
        splitter.addWidget(self._list_side(splitter))
        self._right = QStackedWidget(splitter)
        self._empty = EmptyState("clients.empty", "", "Add a client", presenter.begin_new)
        self._right.addWidget(self._empty)
        self._record = RecordRoom(
            presenter.record,
            presenter.run,
            self._right,
            over_time=presenter.open_over_time,
            edit=lambda: presenter.begin_edit(presenter.shown),
            archive=lambda: self._ask_archive(presenter.shown),
            unarchive=lambda: presenter.unarchive(presenter.shown),
        )
        self.record_tabs = RecordTabs(
            self._record, rooms(presenter.session, presenter.shell, presenter.run), self._right
        )
        self._right.addWidget(self.record_tabs)
        splitter.addWidget(self._right)
        splitter.setStretchFactor(0, 4)
        splitter.setStretchFactor(1, 7)
        splitter.setSizes([400, 700])
        splitter.splitterMoved.connect(lambda _place, _index: self._fit_list())
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(splitter)
        presenter.attach(self)
        presenter.reload()

    @cached_property
    def form_page(self) -> ClientFormPage:
        """The form, built when it is first needed."""
        made = ClientFormPage(self._save, self._cancel, self._right)
        made.changed.connect(self.autosave.touch)
        self.autosave.saved.connect(made.saved.say)
        self._right.addWidget(made)
        return made

    def _list_side(self, splitter: QSplitter) -> QWidget:
        side = QWidget(splitter)
        column = QVBoxLayout(side)
        column.setContentsMargins(2 * GAP, 2 * GAP, GAP, 2 * GAP)
        column.setSpacing(GAP)
        self.filter = TextLine("Type to filter")
        self.filter.setObjectName("clients.filter")
        self.filter.setAccessibleName("Filter the clients")
        self.filter.changed.connect(self._filter)
        self.filter.returnPressed.connect(self._open_first)
        self.table = DataTable(
            "clients.table",
            "Clients",
            (
                Column("Code", lambda client: client.code, width=60),
                Column("Name", lambda client: client.name, stretch=True),
                Column("Status", lambda client: client.standing, width=80),
                Column("Last signed", lambda client: client.last, width=110),
            ),
        )
        self.table.opened.connect(lambda client: self._open(client.id))
        self.table.clicked.connect(lambda _index: self._open(self.table.current().id))
        self.archived = TickBox("Show ended and archived")
        self.archived.setObjectName("clients.archived")
        self.archived.setAccessibleName("Show clients whose work ended, and archived ones")
        self.archived.toggled.connect(self._toggle_archived)
        self.add_button = button("New client", "clients.new", self._presenter.begin_new, kind="primary")
        column.addWidget(self.filter)
        column.addWidget(self.table, 1)
        column.addLayout(row(self.archived, None, self.add_button))
        return side

    # -- what the presenter asks ----------------------------------------------------------------------------------

    def show_rows(self, rows: tuple[ClientRow, ...], *, any_client: bool) -> None:
        """Shows the list."""
        self.table.set_rows(rows)
        self.table.setColumnHidden(1, bool(rows) and not any(client.name for client in rows))
        self.table.setColumnHidden(2, not any(client.standing for client in rows))
        said = "Choose a client on the left." if any_client else "There is no client yet. Add your first one to begin."
        self._empty.sentence.setText(said)

    def show_list(self) -> None:
        """Shows no record and no form."""
        self._right.setCurrentWidget(self._empty)

    def show_client(self, client: Client) -> None:
        """Shows a record."""
        self._record.show_client(client.id)
        self._right.setCurrentWidget(self.record_tabs)
        self.record_tabs.show_client(client.id)
        self.table.choose(lambda other: other.id == client.id)

    def show_form(self, form: ClientForm, *, new: bool) -> None:
        """Shows the form."""
        self.form_page.show_form(form, new=new)
        self._right.setCurrentWidget(self.form_page)

    def show_over_time(self, who: str, history: History) -> None:
        """Opens the plot of a client's scores."""
        OverTimeDialog(self.window(), who, history, self._presenter.run, self._presenter.print_scores).open()

    def show_problem(self, problem: SafePlanError) -> None:
        """Shows a sentence beside its field, or on the form."""
        field = problem.field if isinstance(problem, InvalidInputError) else ""
        self.form_page.show_problem(field, problem)

    # -- what the therapist does ----------------------------------------------------------------------------------

    def _open(self, client_id: str) -> None:
        self.autosave.flush()
        self._presenter.open(client_id)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        # In a turn of its own: until then the list hasn't got its width.
        QTimer.singleShot(0, self, self._fit_list)

    def _fit_list(self) -> None:
        """In a narrow list the names matter more than the dates."""
        narrow = self.table.width() < 22 * self.table.fontMetrics().averageCharWidth() * 2
        self.table.setColumnHidden(3, narrow)

    def focus_first(self) -> None:
        """Typing filters, Enter opens the first client that is left."""
        if not self._right.isAncestorOf(self.focusWidget() or self):
            self.filter.setFocus(Qt.FocusReason.OtherFocusReason)

    def _open_first(self) -> None:
        rows = self.table.rows()
        if rows:
            self._open(rows[0].id)

    def _filter(self) -> None:
        self._presenter.filter_text = self.filter.value()
        self._presenter.reload()

    def _toggle_archived(self, shown: bool) -> None:  # noqa: FBT001 - Qt's signal
        self._presenter.with_ended = shown
        self._presenter.reload()

    def form(self) -> ClientForm:
        """The form as typed."""
        return self.form_page.value()

    def _save(self, form: ClientForm) -> None:
        self.autosave.flush()
        if self._presenter.save(form):
            self.autosave.forget()

    def _cancel(self) -> None:
        ask_to_throw_away(self, "clients.ask-leave", letters_typed_in(self.form_page), self._throw_away)

    def _throw_away(self) -> None:
        self.autosave.forget()
        self._presenter.cancel()

    def _ask_archive(self, client_id: str) -> None:
        decide(
            self,
            "clients.ask-archive",
            "Archive this client?",
            details="The client disappears from lists and from Today. Nothing is deleted, and you can take the client back.",
            yes="Archive",
            no="Keep",
            on_yes=lambda: self._presenter.archive(client_id),
        )
