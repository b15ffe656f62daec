"""Clients: the list on the left; on the right the record, or the form."""

from __future__ import annotations

from functools import cached_property, partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QCheckBox, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from safeplan_desktop.domain.clients import Client, ClientForm
from safeplan_desktop.domain.history import History
from safeplan_desktop.domain.vocabulary import label_of
from safeplan_desktop.errors import InvalidInputError, SafePlanError
from safeplan_desktop.ui.clients.form import ClientFormPage
from safeplan_desktop.ui.clients.over_time import OverTimeDialog
from safeplan_desktop.ui.clients.presenter import ClientRow, ClientsPresenter, TimelineRow
from safeplan_desktop.ui.clients.record_tabs import RecordTabs
from safeplan_desktop.ui.clients.rooms import rooms
from safeplan_desktop.ui.drafting import Autosave
from safeplan_desktop.ui.theme import GAP
from safeplan_desktop.ui.widgets.confirm import decide
from safeplan_desktop.ui.widgets.data_table import Column, DataTable
from safeplan_desktop.ui.widgets.flow import FlowLayout
from safeplan_desktop.ui.widgets.inputs import TextLine
from safeplan_desktop.ui.widgets.layout import Card, EmptyState, Page, button, clear_layout, label, row


class ClientsScreen(QWidget):
    """The clients tab."""

    def __init__(self, presenter: ClientsPresenter) -> None:
        super().__init__()
        self.setObjectName("page")
        self._presenter = presenter
        self.autosave = Autosave(presenter.autosave, self.show_problem, presenter.session.desk.clock, self)
        splitter = QSplitter(Qt.Orientation.Horizontal)
        splitter.setObjectName("clients.splitter")
        splitter.setChildrenCollapsible(False)
        splitter.addWidget(self._list_side())
        self._right = QStackedWidget()
        self._empty = EmptyState("clients.empty", "", "Add a client", presenter.begin_new)
        self._right.addWidget(self._empty)
        self._record = self._record_page()
        self.record_tabs = RecordTabs(self._record, rooms(presenter.session, presenter.shell, presenter.run))
        self._right.addWidget(self.record_tabs)
        splitter.addWidget(self._right)
        splitter.setStretchFactor(0, 4)
        splitter.setStretchFactor(1, 7)
        splitter.setSizes([400, 700])
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(splitter)
        presenter.attach(self)
        presenter.reload()

    @cached_property
    def form_page(self) -> ClientFormPage:
        """The form, built when it is first needed."""
        made = ClientFormPage(self._save, self._cancel)
        made.changed.connect(self.autosave.touch)
        self.autosave.saved.connect(made.saved.say)
        self._right.addWidget(made)
        return made

    def _list_side(self) -> QWidget:
        side = QWidget()
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
                Column("Code", lambda client: client.code, width=80),
                Column(
                    "Name",
                    lambda client: f"{client.name} (archived)" if client.archived else client.name,
                    stretch=True,
                ),
                Column("Last signed", lambda client: client.last, width=110),
            ),
        )
        self.table.opened.connect(lambda client: self._open(client.id))
        self.table.clicked.connect(lambda _index: self._open(self.table.current().id))
        self.archived = QCheckBox("Show archived clients")
        self.archived.setObjectName("clients.archived")
        self.archived.setAccessibleName("Show archived clients")
        self.archived.toggled.connect(self._toggle_archived)
        self.add_button = button("New client", "clients.new", self._presenter.begin_new, kind="primary")
        column.addWidget(self.filter)
        column.addWidget(self.table, 1)
        column.addLayout(row(self.archived, None, self.add_button))
        return side

    def _record_page(self) -> Page:
        page = Page("clients.record")
        self._actions = FlowLayout(spacing=GAP)
        page.add(self._actions)
        self._facts = Card("Contact")
        self._facts_body = QVBoxLayout()
        self._facts.add(self._facts_body)
        page.add(self._facts)
        card = Card(
            "Record", "What was signed, and incidents that are being written; the newest first. Enter opens it."
        )
        self.timeline = DataTable(
            "clients.timeline",
            "Record",
            (
                Column("Day", lambda entry: entry.day, width=120),
                Column("What", lambda entry: entry.title, width=210),
                Column("About", lambda entry: entry.detail, stretch=True),
            ),
        )
        self.timeline.setMinimumHeight(330)
        self.timeline.opened.connect(self._open_record)
        self._no_record = label("Nothing was signed yet.", "quiet")
        card.add(self._no_record)
        card.add(self.timeline)
        page.add(card)
        page.body.addStretch(1)
        return page

    # -- what the presenter asks ----------------------------------------------------------------------------------

    def show_rows(self, rows: tuple[ClientRow, ...], *, any_client: bool) -> None:
        """Shows the list."""
        self.table.set_rows(rows)
        self.table.setColumnHidden(1, not any(client.name for client in rows))
        said = "Choose a client on the left." if any_client else "There is no client yet. Add your first one to begin."
        self._empty.sentence.setText(said)

    def show_list(self) -> None:
        """Shows no record and no form."""
        self._right.setCurrentWidget(self._empty)

    def show_client(self, client: Client, timeline: tuple[TimelineRow, ...]) -> None:
        """Shows a record."""
        shell, form = self._presenter.shell, client.form
        show_names = self._presenter.session.practice.settings().show_names
        self._record.title.setText(client.label(show_names=show_names))
        self._record.title.setVisible(True)
        about = [form.pronouns, f"born {form.birth_date:%d %b %Y}" if form.birth_date else ""]
        about.append("archived" if client.archived_at else "")
        self._record.subtitle.setText(", ".join(part for part in about if part))
        self._record.subtitle.setVisible(any(about))
        clear_layout(self._actions)
        if client.archived_at is None:
            keep = button("Archive...", "clients.archive", partial(self._ask_archive, client.id), kind="quiet")
        else:
            keep = button(
                "Take back from the archive",
                "clients.unarchive",
                partial(self._presenter.unarchive, client.id),
            )
        for action in (
            button("Screening", "clients.go-screening", partial(shell.open_screen, "screening"), kind="primary"),
            button("Quick check", "clients.quick", partial(shell.begin_quick_check, client.id)),
            button("Safety plan", "clients.go-plan", partial(shell.open_screen, "plan"), kind="primary"),
            button("Incidents", "clients.go-incidents", partial(shell.open_screen, "incidents")),
            button("Over time", "clients.over-time", self._presenter.open_over_time),
            button("Report of a period...", "clients.period", partial(shell.open_period, client.id)),
            button("Edit", "clients.edit", partial(self._presenter.begin_edit, client.id)),
            keep,
        ):
            self._actions.addWidget(action)
        self._fill_facts(form)
        self.timeline.set_rows(timeline)
        self.timeline.setVisible(bool(timeline))
        self._no_record.setVisible(not timeline)
        self._right.setCurrentWidget(self.record_tabs)
        self.record_tabs.show_client(client.id)
        self.table.choose(lambda other: other.id == client.id)

    def _fill_facts(self, form: ClientForm) -> None:
        clear_layout(self._facts_body)
        lines = []
        safety = form.safety
        said = f"call: {label_of(safety.call).lower()}, message: {label_of(safety.leave_message).lower()}, write: {label_of(safety.write).lower()}"
        lines.append(("Phone", f"{form.phone or 'none'}   ({said})"))
        lines += [("E-mail", form.email)] if form.email else []
        lines += [("Address", form.address)] if form.address else []
        for contact in sorted(form.contacts, key=lambda entry: (not entry.safety.never_contact, not entry.emergency)):
            if contact.safety.never_contact:
                title, said = "Never contact", ""
            else:
                title = "Emergency contact" if contact.emergency else "Contact"
                safe = contact.safety
                said = f"   (consent: {label_of(contact.consent).lower()}, call: {label_of(safe.call).lower()}, "
                said += f"message: {label_of(safe.leave_message).lower()})"
            who = ", ".join(part for part in (contact.name, contact.relation, contact.phone) if part)
            lines.append((title, f"{who}{said}"))
        emergency = form.emergency
        lines += [
            (title, text)
            for title, text in (
                ("Hazards", emergency.hazards),
                ("Medicines", emergency.medicines),
                ("Nearest emergency department", emergency.department),
                ("Local police", emergency.police),
                ("Dispatch of the area", emergency.dispatch),
            )
            if text
        ]
        for title, text in lines:
            caption = label(title, "quiet")
            caption.setFixedWidth(150)
            self._facts_body.addLayout(row(caption, label(text), stretch_last=True))

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
        # With large letters the names matter more than the dates.
        narrow = self.table.width() < 22 * self.table.fontMetrics().averageCharWidth() * 2
        self.table.setColumnHidden(2, narrow)

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
        self._presenter.with_archived = shown
        self._presenter.reload()

    def form(self) -> ClientForm:
        """The form as typed."""
        return self.form_page.value()

    def _save(self, form: ClientForm) -> None:
        self.autosave.flush()
        if self._presenter.save(form):
            self.autosave.forget()

    def _cancel(self) -> None:
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

    def _open_record(self, entry: TimelineRow) -> None:
        self._presenter.shell.open_record(entry.noun, entry.id, self._presenter.shown)
