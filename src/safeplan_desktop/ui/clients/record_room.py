"""The record with its dialogs: joins the page, its presenter and what opens from it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QVBoxLayout, QWidget

from safeplan_desktop.domain.changes import Noun
from safeplan_desktop.domain.client_status import ClientStatus
from safeplan_desktop.domain.closing import ClosingItem
from safeplan_desktop.domain.timeline import TimelineEntry
from safeplan_desktop.services import reference
from safeplan_desktop.ui.clients.record_dialogs import (
    ClosingDialog,
    FullRecordDialog,
    LinkDialog,
    PictureDialog,
    ReadingDialog,
    StatusDialog,
)
from safeplan_desktop.ui.clients.record_page import RecordActions, RecordPage
from safeplan_desktop.ui.clients.record_presenter import RecordPresenter
from safeplan_desktop.ui.kept_words import KeptWords
from safeplan_desktop.ui.plan.states import VOID_INSTEAD
from safeplan_desktop.ui.ports import RunJob
from safeplan_desktop.ui.widgets.checklist import ChecklistActions, ChecklistDialog
from safeplan_desktop.ui.widgets.void import INSTEAD, VoidDialog


class RecordRoom(QWidget):
    """The first page of a client's record, and every dialog that opens from it.

    Args:
        presenter: Between the page and the services.
        run: Starts long work.
        over_time, edit, archive, unarchive: What the clients screen itself does.
    """

    def __init__(
        self,
        presenter: RecordPresenter,
        run: RunJob,
        parent: QWidget | None = None,
        *,
        over_time: Callable[[], None],
        edit: Callable[[], None],
        archive: Callable[[], None],
        unarchive: Callable[[], None],
    ) -> None:
        super().__init__(parent)
        self.setObjectName("clients.record-room")
        self._presenter, self._run = presenter, run
        self.page = RecordPage(
            presenter,
            RecordActions(
                over_time=over_time,
                edit=edit,
                archive=archive,
                unarchive=unarchive,
                status=self._ask_status,
                checklist=self._open_checklist,
                link=self._ask_link,
                export=self._ask_export,
                void=self._ask_void,
            ),
            self,
        )
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.page)
        presenter.attach(self)

    def show_client(self, client_id: str) -> None:
        """Shows a record."""
        self._presenter.choose(client_id)
        self.page.show_state(self._presenter.state())

    # -- what the presenter asks ----------------------------------------------------------------------------------

    def show_reading(self, title: str, text: str) -> None:
        """Shows what was noted, as text."""
        ReadingDialog(self, title, text).open()

    def show_picture(self, title: str, data: bytes) -> None:
        """Shows a picture."""
        PictureDialog(self, title, data).open()

    # -- what the therapist does ----------------------------------------------------------------------------------

    def _words(self, about: str = "") -> KeptWords:
        """What is typed into a dialog about this client."""
        client_id = self._presenter.client_id
        return KeptWords(self._presenter.session, f"{client_id}:{about}" if about else client_id, client_id)

    def _ask_status(self) -> None:
        StatusDialog(self, self._presenter.status(), self._change_status).keeping(self._words()).open()

    def _change_status(self, status: ClientStatus, reason: str, day: dt.date | None, until: dt.date | None) -> None:
        self._presenter.change_status(status, reason, day, until)
        if status.ended:
            self._open_checklist()

    def _open_checklist(self) -> None:
        """The checklist that goes with the ending."""
        if self._presenter.status() is ClientStatus.DECEASED:
            self._open_after_death()
            return
        kept = self._presenter.kept_answers()
        notes = {one.step: one.answer for one in kept.answers} if kept else {}
        closing = self._presenter.session.closings.closing_list()
        items = self._presenter.closing()
        dialog = ClosingDialog(self, closing, items, notes, self._presenter.keep_closing, self._open_item)
        dialog.keeping(self._words()).open()

    def _open_item(self, item: ClosingItem) -> None:
        noun, record_id = item.opens
        self._presenter.shell.open_record(noun, record_id, self._presenter.client_id)

    def _open_after_death(self) -> None:
        clock = self._presenter.session.desk.clock
        checklist = reference.after_death()
        actions = ChecklistActions(
            self._presenter.keep_answers,
            partial(self._presenter.session.practice.save_checklist_note, checklist.id),
        )
        given = self._presenter.after_death_answers()
        dialog = ChecklistDialog(self, checklist, given, clock.zone(), clock.now, actions)
        dialog.keeping(self._words(checklist.id)).open()

    def _ask_link(self) -> None:
        LinkDialog(self, self._presenter.others(), self._presenter.add_link).keeping(self._words()).open()

    def _ask_export(self) -> None:
        state = self._presenter.state()
        FullRecordDialog(
            self,
            state.label,
            self._presenter.may_receive(),
            self._presenter.paper(),
            self._presenter.whole_record,
            self._run,
            self._presenter.shell.preview,
        ).open()

    def _ask_void(self, entry: TimelineEntry) -> None:
        sign = partial(self._presenter.void, entry.noun, entry.id)
        instead = VOID_INSTEAD if entry.noun is Noun.PLAN else INSTEAD
        dialog = VoidDialog(self, self._presenter.signer(), sign, instead=instead)
        dialog.keeping(KeptWords(self._presenter.session, entry.id, self._presenter.client_id)).open()
