"""The safety plan screen: versions, the editor, the guided close."""

from __future__ import annotations

from functools import cached_property, partial

from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from safeplan_desktop.domain.changes import Noun
from safeplan_desktop.domain.incidents import IncidentForm
from safeplan_desktop.domain.plan_copies import CopyEnd, PlanCopy
from safeplan_desktop.domain.plan_editing import PlanEditing
from safeplan_desktop.domain.plans import Cue, PlanFormat, PlanSummary, Recipient
from safeplan_desktop.domain.record_links import to_plan
from safeplan_desktop.errors import InvalidInputError, SafePlanError
from safeplan_desktop.services import reference
from safeplan_desktop.ui.drafting import Autosave
from safeplan_desktop.ui.kept_words import KeptWords
from safeplan_desktop.ui.plan.close import CloseActions, ClosePage
from safeplan_desktop.ui.plan.copies import CopiesActions
from safeplan_desktop.ui.plan.dialogs import open_comparison, open_print_choice, open_review
from safeplan_desktop.ui.plan.editor import EditorPage
from safeplan_desktop.ui.plan.overview import FORMATS, OverviewActions, OverviewPage
from safeplan_desktop.ui.plan.presenter import PlanPresenter
from safeplan_desktop.ui.plan.recipients import open_somebody
from safeplan_desktop.ui.plan.states import VOID_INSTEAD, CloseState, CopiesState, EditorTools
from safeplan_desktop.ui.widgets.confirm import ask_discard, decide
from safeplan_desktop.ui.widgets.layout import EmptyState, Page
from safeplan_desktop.ui.widgets.toast import Toast
from safeplan_desktop.ui.widgets.void import VoidDialog


class PlanScreen(QWidget):
    """The safety plan tab."""

    def __init__(self, presenter: PlanPresenter, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("page")
        self._presenter = presenter
        self.autosave = Autosave(presenter.autosave, self.show_problem, presenter.session.desk.clock, self)
        self.autosave.saved.connect(self._saved)
        self._versions: tuple[PlanSummary, ...] = ()
        self._place = ""
        self._stack = QStackedWidget(self)
        self._nobody = EmptyState(
            "plan.nobody",
            "Choose a client first.",
            "Go to the clients",
            lambda: presenter.shell.open_screen("clients"),
        )
        self._stack.addWidget(self._nobody)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._stack)
        self._toast = Toast(self, layout)
        presenter.attach(self)

    # -- pages, each built when it is first needed ----------------------------------------------------------------

    @cached_property
    def _copies_actions(self) -> CopiesActions:
        def received(copy: PlanCopy) -> None:
            self._presenter.received(copy)

        def end(copy: PlanCopy, what: CopyEnd) -> None:
            self._presenter.end_copy(copy, what)

        return CopiesActions(
            give=self._presenter.give,
            print_these=self._presenter.print_these,
            received=received,
            end=end,
            take_back=self._presenter.take_copy_back,
            offers=self._presenter.people,
            to_somebody=self._ask_somebody,
        )

    @cached_property
    def _overview(self) -> OverviewPage:
        presenter = self._presenter
        page = OverviewPage(
            OverviewActions(
                copy_text=lambda version_id: presenter.shell.copy_as_text(Noun.PLAN, version_id),
                begin=presenter.begin,
                begin_blank=lambda: presenter.begin(from_blank=True),
                blank_form=presenter.print_blank,
                open_version=presenter.preview,
                print_several=self._ask_formats,
                session=presenter.shell.open_session_view,
                reviewed=lambda: open_review(self, presenter.suggested_review(), presenter.reviewed),
                compare=lambda: open_comparison(self, self._versions, presenter.compare, presenter.print_comparison),
                incident=lambda plan: presenter.shell.begin_incident(IncidentForm(plan=to_plan(plan))),
                void=self._ask_void,
                copies=self._copies_actions,
            ),
            self._stack,
        )
        self._stack.addWidget(page)
        return page

    @cached_property
    def _editor(self) -> EditorPage:
        presenter = self._presenter
        page = EditorPage(
            reference.plan_wording("en"),
            reference.plan_languages(),
            reference.plan_wording,
            {
                "discard": self._ask_discard,
                "session": self._session,
                "print": self._print_now,
                "together": self._together,
            },
            self._stack,
        )
        page.edited.connect(self.autosave.touch)
        page.edited.connect(presenter.look_at_cues)
        page.removed.connect(self._removed)
        self._stack.addWidget(page)
        return page

    @cached_property
    def _close(self) -> ClosePage:
        presenter = self._presenter
        page = ClosePage(
            CloseActions(
                edit=self._edit_close,
                leave=self._leave_close,
                session=self._session,
                finish=self._finish,
                print_working=self._print_now,
                print_these=presenter.print_these,
                offers=presenter.people,
                today=presenter.today,
                set_print_settings=presenter.set_print_settings,
                copies=self._copies_actions,
            ),
            self._stack,
        )
        page.turned.connect(self._turned)
        self._stack.addWidget(page)
        return page

    def _show_page(self, page: QWidget) -> None:
        self._stack.setCurrentWidget(page)
        self._set_calm()

    def _set_calm(self) -> None:
        """The screen may be turned to the client in the guided close: nothing else is to be seen then."""
        self._presenter.shell.set_calm(on=self.isVisible() and self._presenter.closing)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._set_calm()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._presenter.shell.set_calm(on=False)

    # -- what the presenter asks ----------------------------------------------------------------------------------

    def show_nobody(self) -> None:
        """No client is chosen."""
        self.autosave.forget()
        self._show_page(self._nobody)

    def show_overview(self, heading: str, versions: tuple[PlanSummary, ...], reason: str, copies: CopiesState) -> None:
        """Shows a client's versions, or the way to the first one."""
        self.autosave.forget()
        self._versions = versions
        self._overview.show_versions(heading, versions, reason, copies)
        self._show_page(self._overview)

    def show_editor(self, heading: str, editing: PlanEditing, tools: EditorTools, where: str, place: str) -> None:
        """Shows the editor with a plan."""
        self.autosave.flush()
        self._place = place

        def built() -> None:
            self._editor.focus_place(place)
            self._presenter.look_at_cues()

        self._editor.show_plan(heading, editing, tools, where, built)
        self._show_page(self._editor)

    def show_close(self, heading: str, state: CloseState, step: int) -> None:
        """Shows the guided close at a step."""
        self._close.show_state(heading, state, step)
        self._show_page(self._close)

    def refresh_close(self, state: CloseState) -> None:
        """Shows what changed in the guided close."""
        self._close.refresh(state)

    def place(self) -> str:
        """Where the therapist is: a step of the guided close, or the section that the cursor is in."""
        if self._presenter.closing:
            return f"close:{self._close.step}"
        self._place = self._editor.place() or self._place
        return self._place

    def show_cues(self, found: tuple[Cue, ...]) -> None:
        """Shows the cues beside their sections."""
        self._editor.show_cues(found)

    def show_problem(self, problem: SafePlanError) -> None:
        """Shows a sentence where the therapist is."""
        page = self._stack.currentWidget()
        if isinstance(page, ClosePage):
            page.show_problem(problem)
        elif isinstance(page, Page):
            page.banner.show_problem(problem)

    def show_recipient_problem(self, recipient: Recipient, problem: InvalidInputError) -> None:
        """Shows what is missing for somebody's copy, where it can be added."""
        self._close.show_recipient_problem(recipient, problem)

    # -- what the therapist does ----------------------------------------------------------------------------------

    def _saved(self, when: str) -> None:
        page = self._close if self._presenter.closing else self._editor
        page.saved.say(when)

    def _removed(self) -> None:
        self._toast.say("Removed.", self._editor.undo)

    def _session(self) -> None:
        self.autosave.flush()
        self._presenter.shell.open_session_view()

    def _print_now(self) -> None:
        self.autosave.flush()
        self._presenter.print_now()

    def _together(self) -> None:
        self.autosave.touch()
        self.autosave.flush()
        self._presenter.open_close()

    def _edit_close(self, **changes: object) -> None:
        self._presenter.edit(**changes)
        self.autosave.touch()

    def _turned(self, step: int) -> None:
        self.autosave.flush()
        self._presenter.turned_to(step)

    def _leave_close(self) -> None:
        self.autosave.flush()
        self._presenter.leave_close()

    def _finish(self, signer: str) -> None:
        """Finishes; asks once when crisis numbers are at hand and none of them was confirmed."""
        self._close.banner.dismiss()
        if not self._presenter.recipients_are_ready():
            return
        if not self._presenter.numbers_unconfirmed():
            self._finish_now(signer)
            return
        decide(
            self,
            "plan.ask-numbers",
            "No crisis number is confirmed. Finish without one?",
            details="Numbers are printed only once you ticked that they are right for where the client lives.",
            yes="Finish without numbers",
            no="Back to the tick",
            on_yes=lambda: self._finish_now(signer),
        )

    def _finish_now(self, signer: str) -> None:
        self._close.banner.dismiss()
        self.autosave.touch()
        self.autosave.flush()
        if self._presenter.finish(signer):
            self.autosave.forget()

    def _ask_somebody(self, recipient: Recipient) -> None:
        open_somebody(self, recipient, self._presenter.today, self._presenter.give_to_somebody)

    def _ask_formats(self, version_id: str) -> None:
        def chosen(formats: tuple[PlanFormat, ...]) -> None:
            self._presenter.preview_several(version_id, formats)

        open_print_choice(self, FORMATS, chosen)

    def _ask_void(self, version_id: str) -> None:
        sign = partial(self._void, version_id)
        dialog = VoidDialog(self, self._presenter.signer(), sign, instead=VOID_INSTEAD)
        dialog.keeping(KeptWords(self._presenter.session, version_id, self._presenter.client_id)).open()

    def _void(self, version_id: str, reason: str, signer: str) -> None:
        self._presenter.void(version_id, reason, signer)
        self._overview.focus_version(version_id)

    def _ask_discard(self) -> None:
        ask_discard(self, "plan.ask-discard", "unfinished plan", "Finished versions", self._discard)

    def _discard(self) -> None:
        self.autosave.forget()
        self._presenter.discard()
