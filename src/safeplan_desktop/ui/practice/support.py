"""The part "Self-care and consultation": its first page, the pages for writing, and the log of consultations."""

from __future__ import annotations

from functools import partial
from typing import Any

from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QStackedWidget, QWidget

from safeplan_desktop.domain.changes import Noun
from safeplan_desktop.domain.check_ins import CheckIn
from safeplan_desktop.domain.proqol import SubScale
from safeplan_desktop.errors import SafePlanError
from safeplan_desktop.services import reference
from safeplan_desktop.ui.drafting import Autosave
from safeplan_desktop.ui.practice.check_in_reading import ReadDialog
from safeplan_desktop.ui.practice.consultation_presenter import ConsultationsPresenter
from safeplan_desktop.ui.practice.consultations import ConsultationPages
from safeplan_desktop.ui.practice.proqol_over_time import ProqolOverTime
from safeplan_desktop.ui.practice.support_home import HomeActions, SupportHome
from safeplan_desktop.ui.practice.support_presenter import SupportPresenter, SupportState, Writing
from safeplan_desktop.ui.practice.support_writing import (
    CheckInPage,
    ProqolPage,
    SelfCarePage,
    WritingActions,
    WritingPage,
)
from safeplan_desktop.ui.widgets.confirm import decide
from safeplan_desktop.ui.widgets.layout import Page


class SupportScreen(QStackedWidget):
    """All pages of the part."""

    def __init__(self, presenter: SupportPresenter, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("practice.support.part")
        self._presenter = presenter
        self._state: SupportState | None = None
        self._pages: dict[Writing, WritingPage] = {}
        self.autosave = Autosave(presenter.autosave, self.show_problem, presenter.session.desk.clock, self)
        actions = HomeActions(
            write_plan=partial(presenter.write, Writing.SELF_CARE),
            print_version=presenter.print_version,
            enter_answers=partial(presenter.write, Writing.PROQOL),
            over_time=self._show_over_time,
            remove_entry=presenter.remove_entry,
            check_in=partial(presenter.write, Writing.CHECK_IN),
            dismiss=presenter.dismiss,
            set_offered=lambda on: presenter.set_offered(offered=on),
            read_check_in=self._read,
        )
        self.home = SupportHome(actions, reference.check_in_texts(), reference.proqol_texts(), self)
        self.addWidget(self.home)
        log = ConsultationsPresenter.of(presenter.session, presenter.shell, presenter.run)
        self.consultations = ConsultationPages(self, self.home, log)
        self.home.put_consultations(self.consultations.list_card)
        presenter.attach(self)

    def page(self, what: Writing) -> WritingPage:
        """A page for writing, built when it is first needed."""
        if what not in self._pages:
            made = self._pages[what] = self._build_page(what)
            made.changed.connect(self.autosave.touch)
            self.autosave.saved.connect(made.saved.say)
            self.addWidget(made)
        return self._pages[what]

    def _build_page(self, what: Writing) -> WritingPage:
        actions = WritingActions(self._keep, self._leave, self._discard)
        if what is Writing.SELF_CARE:
            sections = [(one.key, one.title, one.ask) for one in reference.self_care_sections()]
            return SelfCarePage(sections, actions, self)
        if what is Writing.PROQOL:
            return ProqolPage(reference.proqol_texts(), actions, self)
        texts = reference.check_in_texts()
        questions = [(one.key, one.title, one.ask) for one in texts.questions]
        return CheckInPage(texts.title, texts.offer, questions, actions, self)

    def hideEvent(self, event: QHideEvent) -> None:
        self.autosave.flush()
        super().hideEvent(event)

    def show_part(self) -> None:
        """Shows the part; what is being written stays."""
        log = self.consultations.presenter
        if self._presenter.writing is None and log.draft is None and not log.shown:
            self._presenter.show_home()

    def open_record(self, noun: Noun, record_id: str) -> None:
        """Opens what a row of Today or Find leads to: a consultation, the draft of the plan, the offer after an incident."""
        if noun is Noun.CONSULTATION:
            self._presenter.show_home()
            self.consultations.open(record_id)
        elif noun is Noun.SELF_CARE:
            self._presenter.write(Writing.SELF_CARE)
        elif noun is Noun.CHECK_IN:
            self.consultations.leave()
            self._presenter.show_home()
            self.home.to_top()
            self.home.take.setFocus()

    # -- what the presenter asks ----------------------------------------------------------------------------------

    def show_home(self, state: SupportState) -> None:
        """Shows the first page."""
        leaving = isinstance(self.currentWidget(), WritingPage)
        self._state = state
        self.home.banner.dismiss()
        self.home.show_state(state)
        self.consultations.presenter.show_list()
        self.setCurrentWidget(self.home)
        if leaving:
            self.home.write.setFocus()

    def show_writing(self, what: Writing, form: Any) -> None:  # noqa: ANN401 - each has its own form
        """Shows a page for writing."""
        self.autosave.forget()
        page = self.page(what)
        self.setCurrentWidget(page)
        page.begin(form)

    def form(self, what: Writing) -> Any:  # noqa: ANN401 - see above
        """What is typed."""
        return self.page(what).value()

    def forget(self) -> None:
        """Drops what isn't saved: it was kept, or thrown away."""
        self.autosave.forget()

    def show_problem(self, problem: SafePlanError) -> None:
        """Shows an expected failure on the page that is shown."""
        page = self.currentWidget()
        if isinstance(page, WritingPage):
            page.show_problem(problem)
        elif isinstance(page, Page):
            page.banner.show_problem(problem)

    # -- what the therapist does ----------------------------------------------------------------------------------

    def _keep(self) -> None:
        self.autosave.touch()
        self.autosave.flush()
        self._presenter.keep()

    def _leave(self) -> None:
        self.autosave.flush()
        if not self.autosave.dirty:  # else it couldn't be saved, which is said; what was typed must not be lost
            self._presenter.show_home()

    def _discard(self) -> None:
        self.autosave.forget()
        self._presenter.discard()

    def _show_over_time(self) -> None:
        proqol = self._presenter.session.proqol
        series = {scale: proqol.series(scale) for scale in SubScale}
        ProqolOverTime(self, proqol.every(), series, reference.proqol_texts(), self._presenter.run).open()

    def _read(self, check_in: CheckIn) -> None:
        ReadDialog(self, check_in, self._ask_remove).open()

    def _ask_remove(self, check_in: CheckIn) -> None:
        decide(
            self,
            "check-in.ask-remove",
            "Take this page out for good?",
            details="Only the audit keeps that there was one, without a word of it.",
            yes="Take it out",
            no="Keep it",
            on_yes=partial(self._presenter.remove_check_in, check_in),
        )
