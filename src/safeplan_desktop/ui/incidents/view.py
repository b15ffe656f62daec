"""The incident screen: the log, the form, and a signed incident for reading."""

from __future__ import annotations

from functools import cached_property, partial

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from safeplan_desktop.domain.changes import Noun
from safeplan_desktop.domain.checklists import Checklist
from safeplan_desktop.domain.de_identification import Doubtful
from safeplan_desktop.domain.drafts import Draft
from safeplan_desktop.domain.incident_log import counts_of
from safeplan_desktop.domain.incidents import (
    ADDED_KINDS,
    AddendumKind,
    FollowUpState,
    IncidentForm,
    IncidentSummary,
)
from safeplan_desktop.domain.vocabulary import label_of
from safeplan_desktop.errors import InvalidInputError, SafePlanError
from safeplan_desktop.services.incident_exports import Preparation, unwatched
from safeplan_desktop.ui.drafting import Autosave, SavedLabel
from safeplan_desktop.ui.incidents.counts import CountsDialog
from safeplan_desktop.ui.incidents.editor import EditorPorts, IncidentEditor
from safeplan_desktop.ui.incidents.leaving import CopyActions, CopyDialog, PeriodActions, PeriodDialog
from safeplan_desktop.ui.incidents.log import LogActions, LogPage, LogWords
from safeplan_desktop.ui.incidents.presenter import IncidentsPresenter, SignedView
from safeplan_desktop.ui.incidents.reading import ReadingDialog
from safeplan_desktop.ui.incidents.signed import DoneDialog, SignedActions, SignedPage
from safeplan_desktop.ui.widgets.addendum import AddendumDialog
from safeplan_desktop.ui.widgets.checklist import ChecklistActions, ChecklistDialog
from safeplan_desktop.ui.widgets.confirm import ask_discard
from safeplan_desktop.ui.widgets.layout import Page, button, row
from safeplan_desktop.ui.widgets.void import VoidDialog


class IncidentsScreen(QWidget):
    """The incidents tab."""

    def __init__(self, presenter: IncidentsPresenter, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("page")
        self._presenter = presenter
        self.autosave = Autosave(presenter.autosave, self.show_problem, presenter.session.desk.clock, self)
        self._stack = QStackedWidget(self)
        words = LogWords(presenter.happened_words, presenter.harm_words, presenter.state_words, presenter.client_words)
        self.log = LogPage(words, LogActions(self._begin, self._open, self._show_counts, self._ask_export), self._stack)
        self.log.narrowed.connect(presenter.narrow)
        self.table = self.log.table
        self._signed = SignedPage(
            SignedActions(
                back=presenter.show_log,
                add=self._ask_addendum,
                void=self._ask_void,
                copy=self._ask_copy,
                copy_text=lambda: presenter.shell.copy_as_text(Noun.INCIDENT, presenter.shown),
                report=presenter.preview,
                done=self._ask_done,
                open_again=lambda one: presenter.follow_up_open(one.incident_id, one.position),
                open_link=presenter.open_link,
            )
        )
        for page in (self.log, self._signed):
            self._stack.addWidget(page)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._stack)
        self._next_part = QTimer(self)
        self._next_part.setSingleShot(True)
        self._next_part.timeout.connect(self._read_on)
        presenter.attach(self)

    @cached_property
    def _editor_page(self) -> Page:
        """The form, built when it is first needed."""
        page = Page("incidents.editor", "Incident", "Facts first. Everything is saved as you type.", self._stack)
        self._stack.addWidget(page)
        presenter = self._presenter
        ports = EditorPorts(
            presenter.now, presenter.links, presenter.checklists(), presenter.wrong, self._open_checklist
        )
        self.editor = IncidentEditor(ports, page.column)
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

    # -- what the presenter asks ----------------------------------------------------------------------------------

    def show_log(self, rows: tuple[IncidentSummary, ...], *, total: int) -> None:
        """Shows the log."""
        self.autosave.forget()
        self.log.show_rows(rows, total=total)
        self._stack.setCurrentWidget(self.log)

    def show_reading(self) -> None:
        """Says that the log is being read, and reads on between what the therapist does."""
        self.autosave.forget()
        self.log.show_reading()
        self._stack.setCurrentWidget(self.log)
        self._next_part.start(0)

    def _read_on(self) -> None:
        # Hidden, it waits: on another tab nobody needs it, and after a lock there is nothing to read from.
        if self.isVisible() and self.log.is_reading:
            self._presenter.read_on()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self.log.is_reading:
            self._next_part.start(0)

    def set_clients(self, clients: tuple[tuple[str, str], ...]) -> None:
        """The clients that the log can be narrowed to."""
        self.log.set_clients(clients)

    def show_editor(self, draft: Draft, form: IncidentForm, clients: tuple[tuple[str, str], ...]) -> None:
        """Shows the form."""
        self._editor_page.banner.dismiss()
        self.saved.setText("")
        self._stack.setCurrentWidget(self._editor_page)
        self._editor_page.to_top()
        self.editor.show_form(draft, form, clients, self._presenter.signer())

    def show_signed(self, shown: SignedView) -> None:
        """Shows a signed incident with what was added."""
        self.autosave.forget()
        self._signed.show_incident(shown)
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

    def _begin(self) -> None:
        self._presenter.begin()

    def _open(self, entry: IncidentSummary) -> None:
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
            [(kind, label_of(kind)) for kind in ADDED_KINDS],
            self._presenter.signer(),
            lambda kind, reason, text, signer: self._presenter.add_addendum(AddendumKind(kind), reason, text, signer),
            self._presenter.keeping(),
        ).open()

    def _ask_void(self) -> None:
        VoidDialog(self, self._presenter.signer(), self._void).keeping(self._presenter.words()).open()

    def _void(self, reason: str, signer: str) -> None:
        self._presenter.void(reason, signer)
        # The button that was pressed is no longer there.
        self._signed.back_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def _ask_done(self, follow_up: FollowUpState) -> None:
        keep = partial(self._presenter.follow_up_done, follow_up.position)
        dialog = DoneDialog(self, follow_up, self._presenter.today(), keep)
        dialog.keeping(self._presenter.words(str(follow_up.position))).open()

    def _open_checklist(self, checklist: Checklist) -> None:
        presenter, editor = self._presenter, self.editor
        given = presenter.answers(checklist, editor.given(checklist))
        actions = ChecklistActions(partial(editor.take_answers, checklist), partial(presenter.save_note, checklist))
        dialog = ChecklistDialog(self, checklist, given, editor.value().zone, presenter.now, actions)
        dialog.keeping(presenter.words(checklist.id)).open()

    def _show_counts(self) -> None:
        CountsDialog(self, counts_of(self._presenter.rows()), self._presenter.run).open()

    def _ask_export(self) -> None:
        presenter = self._presenter
        try:
            gathered = presenter.gather()
        except SafePlanError as problem:
            self.log.banner.show_problem(problem)
            return
        actions = PeriodActions(
            lambda what, report, as_table: presenter.make(what, report, as_table=as_table),
            presenter.preview_period,
            lambda path, table: presenter.save_table(path, gathered, table),
            self._ask_copy,
        )
        PeriodDialog(self, gathered, presenter.run, actions).open()

    def _ask_copy(self) -> None:
        presenter = self._presenter
        rows = presenter.rows_to_copy()
        work = partial(presenter.prepare_copy, rows)

        def ask(found: tuple[Preparation, tuple[Doubtful, ...]]) -> None:
            actions = CopyActions(presenter.copy_document, presenter.shell.preview, presenter.save_copy)
            CopyDialog(self, *found, presenter.run, actions).open()

        if len(rows) > 1:
            ReadingDialog(self, len(rows), presenter.run, work, ask).open()
        else:
            presenter.run(lambda _control: work(unwatched), ask, presenter.shell.show_problem, owner=self)
