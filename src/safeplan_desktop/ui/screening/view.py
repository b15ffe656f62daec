"""The screening screen: signed screenings, and the wizard with its steps."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property, partial

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QPushButton, QStackedWidget, QVBoxLayout, QWidget

from safeplan_desktop.domain.changes import Noun
from safeplan_desktop.domain.incidents import ADDED_KINDS, AddendumKind
from safeplan_desktop.domain.screenings import QUICK_CHECK, ScreeningForm, ScreeningSummary, Step
from safeplan_desktop.domain.vocabulary import label_of
from safeplan_desktop.errors import SafePlanError
from safeplan_desktop.services.answer_files import TakenAnswers
from safeplan_desktop.ui.drafting import Autosave, SavedLabel
from safeplan_desktop.ui.kept_words import KeptWords
from safeplan_desktop.ui.screening.answer_files import ask_to_save
from safeplan_desktop.ui.screening.factors import FactorsStep
from safeplan_desktop.ui.screening.instruments import InstrumentsStep
from safeplan_desktop.ui.screening.overview import OverviewActions, ScreeningOverview
from safeplan_desktop.ui.screening.presenter import ScreeningPresenter
from safeplan_desktop.ui.screening.quick import QuickCheckPage
from safeplan_desktop.ui.screening.sign import SignStep
from safeplan_desktop.ui.screening.steps import BeginStep, CareStep, FormulationStep
from safeplan_desktop.ui.widgets.addendum import AddendumDialog
from safeplan_desktop.ui.widgets.confirm import ask_discard
from safeplan_desktop.ui.widgets.layout import (
    EmptyState,
    Page,
    StepHeader,
    button,
    row,
)
from safeplan_desktop.ui.widgets.void import VoidDialog

_STEPS = tuple(Step)
_ON_KEYS = "Ctrl+Return"
_Page = BeginStep | InstrumentsStep | FactorsStep | FormulationStep | CareStep


class ScreeningScreen(QWidget):
    """The screening tab."""

    def __init__(self, presenter: ScreeningPresenter, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("page")
        self._presenter = presenter
        self.autosave = Autosave(presenter.autosave, self.show_problem, presenter.session.desk.clock, self)
        self._base = ScreeningForm("")
        self._steps: dict[Step, QWidget] = {}
        self._pages: dict[Step, _Page] = {}
        self._step = Step.BEGIN
        self._nobody = EmptyState(
            "screening.nobody",
            "Choose a client first.",
            "Go to the clients",
            lambda: presenter.shell.open_screen("clients"),
        )
        self._stack = QStackedWidget(self)
        self._overview = ScreeningOverview(
            OverviewActions(
                begin=presenter.begin,
                begin_quick=presenter.begin_quick,
                open_period=lambda: presenter.shell.open_period(presenter.client_id),
                open_report=presenter.preview,
                copy_text=partial(presenter.shell.copy_as_text, Noun.SCREENING),
                add_to=self._ask_addendum,
                export_answers=partial(ask_to_save, self, presenter.answer_files, presenter.save_answers),
                write_incident=presenter.write_incident,
                void=self._ask_void,
            ),
            self._stack,
        )
        for page in (self._nobody, self._overview):
            self._stack.addWidget(page)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._stack)
        presenter.attach(self)
        shortcut = QShortcut(QKeySequence(_ON_KEYS), self)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.activated.connect(self._go_on_by_key)

    def focus_first(self) -> None:
        """Where the keyboard goes on when the screen is opened: in the field that was left, else at the first button."""
        shown, left = self._stack.currentWidget(), self.focusWidget()
        if shown is None:
            return
        if left is not None and shown.isAncestorOf(left):
            left.setFocus(Qt.FocusReason.OtherFocusReason)
        elif self._base.quick is not None:
            self.quick.focus_first()
        elif self._base.client_id:
            self._focus_step()
        else:
            first = next((made for made in shown.findChildren(QPushButton) if made.isVisibleTo(shown)), None)
            if first is not None:
                first.setFocus(Qt.FocusReason.OtherFocusReason)

    # -- building -------------------------------------------------------------------------------------------------

    @cached_property
    def _wizard(self) -> Page:
        """Built when it is first needed, and each step when it is first shown: no single wait is long."""
        page = Page("screening.wizard", "Screening", parent=self._stack)
        self._stack.addWidget(page)
        self.header = StepHeader("screening.steps", [label_of(step) for step in _STEPS])
        self.header.chosen.connect(self._choose_step)
        page.add(self.header)
        self._step_area = QVBoxLayout()
        page.add(self._step_area)
        page.body.addStretch(1)
        self.saved = SavedLabel("screening.saved")
        self.autosave.saved.connect(self.saved.say)
        self.back_button = button("Back", "screening.back", lambda: self._turn(-1))
        self.next_button = button("Go on", "screening.next", lambda: self._turn(1), kind="primary")
        self.sign_button = button("Sign", "screening.sign", self._sign, kind="primary")
        page.set_footer(
            row(
                button("Discard draft...", "screening.discard", self._ask_discard, kind="quiet"),
                self.saved,
                None,
                button("Write the plan now", "screening.plan", self._write_plan),
                self.back_button,
                self.next_button,
                self.sign_button,
            )
        )
        return page

    @cached_property
    def quick(self) -> QuickCheckPage:
        """The quick check's page, built when it is first needed."""
        page = QuickCheckPage(
            self._presenter.instrument(QUICK_CHECK),
            self._presenter.today,
            self._stack,
            sign=self._sign_quick,
            go_on=self._presenter.go_on_whole,
            write_plan=self._write_plan,
            discard=self._ask_discard,
        )
        page.edited.connect(self.autosave.touch)
        self.autosave.saved.connect(page.saved.say)
        self._stack.addWidget(page)
        return page

    def _step_widget(self, step: Step) -> QWidget:
        """A step's page; a new one is filled from the form as it stands."""
        if step not in self._steps:
            made: QWidget
            if step is Step.SIGN:
                made = self._signing
            else:
                page = self._build_page(step)
                page.show_form(self._base)
                page.changed.connect(self._edited)
                self._pages[step] = page
                made = page
            made.setVisible(False)
            self._steps[step] = made
            self._step_area.addWidget(made)
        return self._steps[step]

    def _build_page(self, step: Step) -> _Page:
        if step is Step.INSTRUMENTS:
            page = InstrumentsStep(self._presenter)
            page.added.connect(self._wizard.show_widget)
            return page
        if step is Step.BEGIN:
            begin = BeginStep()
            begin.answered.connect(lambda: self._turn(1))
            return begin
        pages: dict[Step, Callable[[], _Page]] = {
            Step.FACTORS: FactorsStep,
            Step.FORMULATION: FormulationStep,
            Step.CARE: CareStep,
        }
        return pages[step]()

    @cached_property
    def _signing(self) -> SignStep:
        page = SignStep(self._presenter)
        page.wanted.connect(self._sign)
        page.questions_wanted.connect(self._show_open)
        return page

    # -- what the presenter asks ----------------------------------------------------------------------------------

    def show_nobody(self) -> None:
        """No client is chosen."""
        self.autosave.forget()
        self._base = ScreeningForm("")
        self._stack.setCurrentWidget(self._nobody)

    def show_overview(self, label_: str, rows: tuple[ScreeningSummary, ...]) -> None:
        """Shows a client's signed screenings, or the way to the first one."""
        self.autosave.forget()
        self._base = ScreeningForm("")
        # What is shown next replaces the buttons that the cursor is on: without a place it would leave the screen.
        focus = self.window().focusWidget()
        left = focus is not None and self.isAncestorOf(focus)
        self._overview.show_all(label_, rows)
        self._stack.setCurrentWidget(self._overview)
        if left:
            self.focus_first()

    def show_wizard(self, label_: str, form: ScreeningForm, step: Step) -> None:
        """Shows the wizard with a form, at a step."""
        self._base = form
        self._wizard.title.setText(f"Screening of {label_}")
        self._wizard.banner.dismiss()
        for page in self._pages.values():
            page.show_form(form)
        self._stack.setCurrentWidget(self._wizard)
        self.go(step)

    def show_quick_check(self, label_: str, form: ScreeningForm, place: str) -> None:
        """Shows the quick check, with the cursor where it was left."""
        self._base = form
        self.quick.title.setText(f"Quick check of {label_}")
        self._stack.setCurrentWidget(self.quick)
        presenter = self._presenter
        self.quick.show_check(form, place, presenter.style(), presenter.who(), presenter.signer())

    def form(self) -> ScreeningForm:
        """The screening as typed."""
        if self._base.quick is not None:
            return self.quick.form()
        form = self._base
        for page in self._pages.values():
            form = page.take(form)
        return form

    def place(self) -> str:
        """Where the draft goes on: the wizard's step, or the quick check's field."""
        return self.quick.place() if self._base.quick is not None else self._step.value

    def show_field_problem(self, field: str, problem: SafePlanError) -> None:
        """Says beside a field of the quick check what is missing."""
        self.quick.show_field_problem(field, problem)

    def show_step_problem(self, step: Step, problem: SafePlanError) -> None:
        """Goes to the step where something is missing, and says at the field what."""
        self.go(step)
        page = self._pages.get(step)
        if isinstance(page, BeginStep | FormulationStep | CareStep):
            page.show_missing(problem.sentences)
        else:
            self._wizard.banner.show_problem(problem)

    def show_problem(self, problem: SafePlanError) -> None:
        """Shows a sentence on top."""
        if self._base.quick is not None:
            self.quick.banner.show_problem(problem)
            return
        self._wizard.banner.show_problem(problem)
        self._wizard.to_top()

    # -- what the therapist does ----------------------------------------------------------------------------------

    def go(self, step: Step) -> None:
        """Shows a step; back and forth loses nothing."""
        self._step = step
        self._wizard.banner.dismiss()
        self._step_widget(step)
        for other, widget in self._steps.items():
            widget.setVisible(other is step)
        index = _STEPS.index(step)
        self.header.set_current(index)
        self.back_button.setEnabled(index > 0)
        self.next_button.setVisible(step is not Step.SIGN)
        self.sign_button.setVisible(step is Step.SIGN)
        if step is Step.FORMULATION:
            self._show_facts()
        if step is Step.CARE:
            self._show_considerations()
        if step is Step.SIGN:
            self._signing.show_summary(self.form())
        self._wizard.to_top()
        self._focus_step()

    def _focus_step(self) -> None:
        page = self._pages.get(self._step)
        field = self._signing.signer if page is None else page.first_field()
        field.setFocus(Qt.FocusReason.OtherFocusReason)
        if self._step is Step.INSTRUMENTS:
            self._show_focus()

    def _show_focus(self) -> None:
        """Scrolls to the question that the cursor is on, once the page that was just turned has its places."""
        focus = self.window().focusWidget()
        if focus is not None:
            QTimer.singleShot(0, focus, partial(self._wizard.show_widget, focus))

    def _turn(self, by: int) -> None:
        self._choose_step(min(max(_STEPS.index(self._step) + by, 0), len(_STEPS) - 1))

    def _choose_step(self, index: int) -> None:
        """Turns to a step; it is part of the draft, so that after a lock the same one is shown."""
        self.go(_STEPS[index])
        self.autosave.touch()
        self.autosave.flush()

    def _edited(self) -> None:
        self.autosave.touch()
        if self._step is Step.FORMULATION:
            self._show_facts()

    def _show_facts(self) -> None:
        page = self._pages[Step.FORMULATION]
        if isinstance(page, FormulationStep):
            page.set_style(self._presenter.style())
            page.show_facts(self._presenter.facts(), apart=self._presenter.apart())

    def _go_on_by_key(self) -> None:
        """Ctrl+Enter: on to the next step; at the last one, and in a quick check, the signature."""
        if self._base.quick is not None:
            self._sign_quick()
        elif self._base.client_id and self._step is Step.SIGN:
            self._sign()
        elif self._base.client_id:
            self._turn(1)

    def _show_considerations(self) -> None:
        page = self._pages[Step.CARE]
        if isinstance(page, CareStep):
            page.show_considerations(self._presenter.considerations())

    def show_answers(self, instrument_id: str, found: TakenAnswers) -> None:
        """Shows a file's answers before they are taken."""
        page = self._pages[Step.INSTRUMENTS]
        if isinstance(page, InstrumentsStep):
            page.show_answers(instrument_id, found)

    def _show_open(self) -> None:
        """Back to the questions, to what counts nothing or has no answer."""
        self._choose_step(_STEPS.index(Step.INSTRUMENTS))
        page = self._pages[Step.INSTRUMENTS]
        if isinstance(page, InstrumentsStep):
            page.focus_open()
            self._show_focus()

    def _write_plan(self) -> None:
        self.autosave.flush()
        self._presenter.shell.open_screen("plan")

    def _sign(self) -> None:
        self._signing.form.clear_errors()
        self.autosave.touch()
        self.autosave.flush()
        if self._presenter.sign(self._signing.signer.value()):
            self.autosave.forget()

    def _sign_quick(self) -> None:
        self.autosave.touch()
        self.autosave.flush()
        if self._presenter.sign(self.quick.signer.value()):
            self.autosave.forget()

    def _ask_discard(self) -> None:
        ask_discard(self, "screening.ask-discard", "unsigned screening", "Signed screenings", self._discard)

    def _discard(self) -> None:
        self.autosave.forget()
        self._presenter.discard()

    def _ask_addendum(self, screening_id: str) -> None:
        AddendumDialog(
            self,
            [(kind, label_of(kind)) for kind in ADDED_KINDS],
            self._presenter.signer(),
            lambda kind, reason, text, signer: self._presenter.add_addendum(
                screening_id, AddendumKind(kind), reason, text, signer
            ),
            self._presenter.keeping(screening_id),
        ).open()

    def _ask_void(self, screening_id: str) -> None:
        dialog = VoidDialog(self, self._presenter.signer(), partial(self._void, screening_id))
        dialog.keeping(KeptWords(self._presenter.session, screening_id, self._presenter.client_id)).open()

    def _void(self, screening_id: str, reason: str, signer: str) -> None:
        self._presenter.void(screening_id, reason, signer)
        self._overview.focus_record(screening_id)
