"""The page "Sessions" of a client's record: session notes, and behind a page of their own psychotherapy notes."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QStackedWidget, QWidget

from safeplan_desktop.domain.changes import Noun
from safeplan_desktop.services.session import Session
from safeplan_desktop.ui.clients.written.private_note import PrivateGate, PrivateNoteEditor
from safeplan_desktop.ui.clients.written.session_note import SessionNoteEditor, SessionPorts
from safeplan_desktop.ui.ports import RunJob, Shell
from safeplan_desktop.ui.widgets.layout import Page, button, row
from safeplan_desktop.ui.written.look import PRIVATE, SESSION
from safeplan_desktop.ui.written.pages import WrittenPages
from safeplan_desktop.ui.written.presenter import SessionNotesPresenter, WrittenPresenter


class SessionsRoom(QStackedWidget):
    """The lists, forms and reading pages of both kinds of notes."""

    def __init__(self, session: Session, shell: Shell, run: RunJob, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("clients.sessions")
        self.presenter = SessionNotesPresenter(session, shell, run, session.session_notes)
        self.private_presenter = WrittenPresenter(session, shell, run, session.private_notes)
        home, private_home = Page("sessions", parent=self), Page("private-notes", parent=self)
        self._gate = PrivateGate(self._show_private, self._leave_private)
        for page in (home, private_home, self._gate):
            self.addWidget(page)
        ports = SessionPorts(
            session.desk.now,
            lambda: session.session_notes.last_whereabout(self.presenter.client_id),
            self.presenter.quick_check,
            self.presenter.keep_agenda,
        )
        self.notes = WrittenPages(self, home, self.presenter, SESSION, partial(SessionNoteEditor, ports))
        self.private = WrittenPages(self, private_home, self.private_presenter, PRIVATE, PrivateNoteEditor)
        home.add(self.notes.list_card)
        home.body.addStretch(1)
        self.private_button = button("Psychotherapy notes...", "private-note.open", self._show_gate, kind="quiet")
        home.set_footer(row(self.private_button, None))
        private_home.add(self.private.list_card)
        private_home.body.addStretch(1)
        private_home.set_footer(
            row(button("Back to the session notes", "private-note.to-sessions", self._leave_private), None)
        )

    @property
    def _in_private(self) -> bool:
        shown = self.currentWidget()
        return shown is not None and shown.objectName().startswith("private-note")

    def show_client(self, client_id: str) -> None:
        """Shows a client's notes; of another client never the psychotherapy notes first."""
        if client_id == self.presenter.client_id and self._in_private:
            return
        self.private.leave()
        self.notes.show_client(client_id)

    def open_record(self, noun: Noun, record_id: str) -> None:
        """Opens a note; a psychotherapy note is opened on the therapist's word alone, which a click on its row is."""
        self.notes.leave()
        self.private.leave()
        if noun is Noun.PRIVATE_NOTE:
            self.private_presenter.client_id = self.presenter.client_id
            self.private.open(record_id)
        else:
            self.notes.open(record_id)

    def _show_gate(self) -> None:
        self.notes.leave()
        self.setCurrentWidget(self._gate)
        self._gate.go_on.setFocus()

    def _show_private(self) -> None:
        self.private_presenter.client_id = self.presenter.client_id
        self.private_presenter.show_list()
        self.private.list_card.new_button.setFocus()

    def _leave_private(self) -> None:
        self.private.leave()
        self.presenter.show_list()
        self.private_button.setFocus()
