"""The incident screen: the log, the form, and a signed incident for reading."""

from __future__ import annotations

from functools import cached_property

from PySide6.QtWidgets import QCheckBox, QStackedWidget, QVBoxLayout, QWidget

from safeplan_desktop.domain.drafts import Draft
from safeplan_desktop.domain.incidents import Addendum, AddendumKind, IncidentForm, SignedIncident
from safeplan_desktop.domain.moments import Moment
from safeplan_desktop.domain.vocabulary import label_of
from safeplan_desktop.errors import InvalidInputError, SafePlanError
from safeplan_desktop.ui.drafting import Autosave, SavedLabel
from safeplan_desktop.ui.incidents.editor import IncidentEditor
from safeplan_desktop.ui.incidents.presenter import IncidentsPresenter, LogRow
from safeplan_desktop.ui.theme import GAP
from safeplan_desktop.ui.widgets.addendum import AddendumDialog
from safeplan_desktop.ui.widgets.confirm import ask_discard
from safeplan_desktop.ui.widgets.data_table import Column, DataTable
from safeplan_desktop.ui.widgets.inputs import enum_options
from safeplan_desktop.ui.widgets.layout import Card, EmptyState, Page, button, clear_layout, label, row


class IncidentsScreen(QWidget):
    """The incidents tab."""

    def __init__(self, presenter: IncidentsPresenter) -> None:
        super().__init__()
        self.setObjectName("page")
        self._presenter = presenter
        self.autosave = Autosave(presenter.autosave, self.show_problem, presenter.session.desk.clock, self)
        self._stack = QStackedWidget()
        self._log = self._build_log()
        self._signed = self._build_signed()
        for page in (self._log, self._signed):
            self._stack.addWidget(page)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._stack)
        presenter.attach(self)

    def _build_log(self) -> QWidget:
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(3 * GAP, 2 * GAP, 3 * GAP, 2 * GAP)
        column.setSpacing(GAP)
        column.addWidget(label("Incident log", "title"))
        self.only_client = QCheckBox("Only the current client")
        self.only_client.setObjectName("incidents.only-client")
        self.only_client.setAccessibleName("Only the current client's incidents")
        self.only_client.toggled.connect(self._narrow)
        self.table = DataTable(
            "incidents.table",
            "Incidents",
            (
                Column("Number", lambda entry: entry.number, width=100),
                Column("Happened", lambda entry: entry.happened, lambda entry: str(entry.happened_at), width=170),
                Column("Kind", lambda entry: entry.category, stretch=True),
                Column("Client", lambda entry: entry.client, width=190),
                Column("Harm", lambda entry: entry.harm, width=230),
                Column("State", lambda entry: entry.state, width=130),
            ),
        )
        self.table.allow_sorting()
        self.table.opened.connect(lambda entry: self._presenter.open(entry.id))
        self._empty = EmptyState(
            "incidents.empty",
            "No incident yet. When something happens, write it on the same day.",
            "Write an incident",
            self._presenter.begin,
        )
        self._log_stack = QStackedWidget()
        self._log_stack.addWidget(self.table)
        self._log_stack.addWidget(self._empty)
        column.addWidget(self._log_stack, 1)
        self.new_button = button("Write an incident", "incidents.new", self._begin, kind="primary")
        self.open_button = button("Open", "incidents.open", self._open_current)
        column.addLayout(row(self.only_client, None, self.open_button, self.new_button))
        return page

    @cached_property
    def _editor_page(self) -> Page:
        """The form, built when it is first needed."""
        page = Page("incidents.editor", "Incident", "Facts first. Everything is saved as you type.")
        self._stack.addWidget(page)
        self.editor = IncidentEditor(self._presenter.now)
        self.editor.changed.connect(self.autosave.touch)
        page.add(self.editor)
        self.saved = SavedLabel("incidents.saved")
        self.autosave.saved.connect(self.saved.say)
        page.set_footer(
            row(
                button("Discard draft...", "incidents.discard", self._ask_discard, kind="quiet"),
                self.saved,
                None,
                button("Back to the log", "incidents.back", self._back),
                button("Sign", "incidents.sign", self._sign, kind="primary"),
            )
        )
        return page

    def _build_signed(self) -> Page:
        page = Page("incidents.signed", "Incident")
        self._signed_body = QVBoxLayout()
        self._signed_body.setSpacing(2 * GAP)
        page.add(self._signed_body)
        page.body.addStretch(1)
        page.set_footer(
            row(
                button("Back to the log", "incidents.signed.back", self._presenter.show_log),
                None,
                button("Add to it...", "incidents.add", self._ask_addendum),
                button("Open the report", "incidents.report", self._presenter.preview, kind="primary"),
            )
        )
        return page

    # -- what the presenter asks ----------------------------------------------------------------------------------

    def show_log(self, rows: tuple[LogRow, ...], *, filtered_by: str) -> None:
        """Shows the log."""
        self.autosave.forget()
        self.table.set_rows(rows)
        self._log_stack.setCurrentIndex(0 if rows else 1)
        self._empty.sentence.setText(
            f"No incident of {filtered_by}."
            if filtered_by
            else "No incident yet. When something happens, write it on the same day."
        )
        self.open_button.setVisible(bool(rows))
        if rows and self.table.current() is None:
            self.table.choose(lambda _row: True)
        self._stack.setCurrentWidget(self._log)

    def show_editor(self, draft: Draft, form: IncidentForm, clients: tuple[tuple[str, str], ...]) -> None:
        """Shows the form."""
        self._editor_page.banner.dismiss()
        self.saved.setText("")
        self._stack.setCurrentWidget(self._editor_page)
        self._editor_page.to_top()
        self.editor.show_form(draft, form, clients, self._presenter.signer())

    def show_signed(self, incident: SignedIncident, addenda: tuple[Addendum, ...]) -> None:
        """Shows a signed incident with what was added."""
        self.autosave.forget()
        clear_layout(self._signed_body)
        form = incident.form
        self._signed.title.setText(f"Incident {incident.number}")
        card = Card(label_of(form.category) if form.category else "")
        happened = Moment(form.happened_at, form.zone) if form.happened_at else None
        lines = [
            f"Happened {happened.local:%d %b %Y, %H:%M} ({happened.zone})" if happened else "",
            f"Entered {incident.entered.local:%d %b %Y, %H:%M} ({incident.entered.zone})",
            f"Signed by {incident.signer}, {incident.signed.local:%d %b %Y, %H:%M}",
        ]
        for line in lines:
            card.add(label(line, "quiet"))
        card.add(label(form.account))
        if form.outcome:
            card.add(label(f"Outcome: {form.outcome}"))
        card.add(label("The report has everything that was signed.", "quiet"))
        self._signed_body.addWidget(card)
        for addendum in addenda:
            added = Card(f"{addendum.number}. {label_of(addendum.kind)}", f"Reason: {addendum.reason}")
            added.add(label(addendum.text))
            added.add(label(f"Signed by {addendum.signer}, {addendum.signed.local:%d %b %Y, %H:%M}", "quiet"))
            self._signed_body.addWidget(added)
        self._stack.setCurrentWidget(self._signed)

    def form(self) -> IncidentForm:
        """The incident as typed."""
        return self.editor.value()

    def place(self) -> str:
        """The field that the cursor is in."""
        focus = self.focusWidget()
        return focus.objectName() if focus is not None else ""

    def show_problem(self, problem: SafePlanError) -> None:
        """Shows a sentence beside its field, or on top."""
        if isinstance(problem, InvalidInputError) and self.editor.show_error(problem.field, problem.sentences):
            return
        self._editor_page.banner.show_problem(problem)
        self._editor_page.to_top()

    # -- what the therapist does ----------------------------------------------------------------------------------

    def _narrow(self, on: bool) -> None:  # noqa: FBT001 - Qt's signal
        self._presenter.only_client = on
        self._presenter.show_log()

    def _begin(self) -> None:
        self._presenter.begin()

    def _open_current(self) -> None:
        entry = self.table.current()
        if entry is not None:
            self._presenter.open(entry.id)

    def _back(self) -> None:
        self.autosave.flush()
        self._presenter.show_log()

    def _sign(self) -> None:
        self.autosave.touch()
        self.autosave.flush()
        if self._presenter.sign(self.editor.signer.value()):
            self.autosave.forget()

    def _ask_discard(self) -> None:
        ask_discard(self, "incidents.ask-discard", "unsigned incident", "Signed incidents", self._discard)

    def _discard(self) -> None:
        self.autosave.forget()
        self._presenter.discard()

    def _ask_addendum(self) -> None:
        AddendumDialog(
            self,
            enum_options(AddendumKind, label_of),
            self._presenter.signer(),
            lambda kind, reason, text, signer: self._presenter.add_addendum(AddendumKind(kind), reason, text, signer),
        ).open()
