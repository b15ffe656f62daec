"""The safety policy's screen: overview and editor."""

from __future__ import annotations

import datetime as dt
from functools import cached_property, partial

from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QStackedWidget, QWidget

from safeplan_desktop.domain.changes import Noun
from safeplan_desktop.domain.incidents import ADDED_KINDS, AddendumKind
from safeplan_desktop.domain.policy import PolicyPart
from safeplan_desktop.domain.policy_editing import PolicyEditing
from safeplan_desktop.domain.signed_records import SignedSummary
from safeplan_desktop.domain.vocabulary import label_of
from safeplan_desktop.errors import InvalidInputError, SafePlanError
from safeplan_desktop.services.policy import Covered
from safeplan_desktop.ui.drafting import Autosave
from safeplan_desktop.ui.kept_words import KeptWords
from safeplan_desktop.ui.practice.policy_dialogs import (
    AdoptDialog,
    ComparisonDialog,
    PersonDialog,
    ReadingDialog,
    SectionDialog,
)
from safeplan_desktop.ui.practice.policy_editor import EditorActions, PolicyEditor
from safeplan_desktop.ui.practice.policy_overview import OverviewActions, PolicyOverview
from safeplan_desktop.ui.practice.policy_presenter import PolicyPresenter, PolicyState
from safeplan_desktop.ui.widgets.addendum import AddendumDialog
from safeplan_desktop.ui.widgets.confirm import ask_discard
from safeplan_desktop.ui.widgets.layout import Page
from safeplan_desktop.ui.widgets.void import VoidDialog


class PolicyScreen(QStackedWidget):
    """The part "Safety policy" of the practice."""

    def __init__(self, presenter: PolicyPresenter, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._presenter = presenter
        self._state: PolicyState | None = None
        self.autosave = Autosave(presenter.autosave, self.show_problem, presenter.session.desk.clock, self)
        self.overview = PolicyOverview(
            OverviewActions(
                write=presenter.begin,
                feedback=presenter.open_feedback,
                preview=presenter.preview,
                compare=self._compare,
                add_to=self._ask_addendum,
                void=self._ask_void,
                add_person=lambda: self._ask_person(None),
                change_person=self._ask_person,
                read=self._ask_reading,
                remove_person=presenter.remove_person,
            ),
            self,
        )
        self.addWidget(self.overview)
        presenter.attach(self)

    @cached_property
    def editor(self) -> PolicyEditor:
        """Built when something is first written."""
        presenter = self._presenter
        page = PolicyEditor(
            EditorActions(
                overview=presenter.show_overview,
                adopt=self._ask_adopt,
                preview=presenter.preview_draft,
                discard=self._ask_discard,
                add_section=self._ask_section,
            ),
            self,
        )
        page.edited.connect(self.autosave.touch)
        page.turned.connect(presenter.go_to)
        self.autosave.saved.connect(page.saved.say)
        self.addWidget(page)
        return page

    def hideEvent(self, event: QHideEvent) -> None:
        self.autosave.flush()
        super().hideEvent(event)

    def open_record(self, _noun: Noun, record_id: str) -> None:
        """Opens the draft, if it is that; versions stand in the overview."""
        self._presenter.open_waiting(record_id)

    # -- what the presenter asks ----------------------------------------------------------------------------------

    def show_overview(self, state: PolicyState) -> None:
        """Shows where the policy stands."""
        self._state = state
        self.overview.banner.dismiss()
        self.overview.show_state(state)
        self.setCurrentWidget(self.overview)

    def show_editor(self, editing: PolicyEditing, section_id: str) -> None:
        """Shows the draft."""
        self.editor.banner.dismiss()
        self.editor.show_editing(editing, section_id)
        self.setCurrentWidget(self.editor)
        self.editor.sections.setFocus()

    def show_problem(self, problem: SafePlanError) -> None:
        """Shows an expected failure on the page that is shown."""
        page = self.currentWidget()
        if isinstance(page, Page):
            page.banner.show_problem(problem)

    def flush(self) -> None:
        """Saves what was typed."""
        self.autosave.flush()

    def forget(self) -> None:
        """Drops what isn't saved: the draft was adopted or thrown away."""
        self.autosave.forget()

    # -- dialogs --------------------------------------------------------------------------------------------------

    def _ask_adopt(self) -> None:
        begin = self._presenter.adoption()
        if begin is None:
            return

        def adopt(signer: str, review_on: dt.date | None, change: str, leave: bool) -> None:  # noqa: FBT001 - a tick
            self._presenter.adopt(signer, review_on, change, leave_undecided=leave)

        dialog = AdoptDialog(self, begin, adopt, self.editor.decide_next)
        dialog.keeping(KeptWords(self._presenter.session)).open()

    def _ask_discard(self) -> None:
        ask_discard(self, "policy-discard", "draft of the policy", "Adopted versions", self._presenter.discard)

    def _ask_person(self, covered: Covered | None) -> None:
        person_id = covered.id if covered is not None else ""
        person = covered.person if covered is not None else None
        dialog = PersonDialog(self, person, partial(self._presenter.save_person, person_id))
        dialog.keeping(KeptWords(self._presenter.session, person_id)).open()

    def _ask_reading(self, covered: Covered) -> None:
        if self._state is None or not self._state.number:
            return
        number = self._state.number
        on = covered.person.read_on(number) or self._state.today
        save = partial(self._presenter.note_reading, covered.id, number)
        ReadingDialog(self, covered.person.name, number, on, save).open()

    def _ask_section(self, part: PolicyPart) -> None:
        def add(chosen: PolicyPart, title: str) -> None:
            if not title.strip():
                raise InvalidInputError("title", "Please type a title.")
            self.editor.section_added(chosen, title)

        SectionDialog(self, part, add).keeping(KeptWords(self._presenter.session)).open()

    def _ask_addendum(self, summary: SignedSummary) -> None:
        AddendumDialog(
            self,
            [(kind, label_of(kind)) for kind in ADDED_KINDS],
            self._presenter.signer(),
            lambda kind, reason, text, signer: self._presenter.add_addendum(
                summary.id, AddendumKind(kind), reason, text, signer
            ),
            self._presenter.keeping(summary.id),
        ).open()

    def _ask_void(self, summary: SignedSummary) -> None:
        dialog = VoidDialog(self, self._presenter.signer(), partial(self._presenter.void, summary.id))
        dialog.keeping(KeptWords(self._presenter.session, summary.id)).open()

    def _compare(self) -> None:
        if self._state is not None:
            presenter = self._presenter
            ComparisonDialog(self, self._state.versions, presenter.compare, presenter.print_comparison).open()
