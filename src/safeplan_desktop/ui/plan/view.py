"""The safety plan screen: versions, and the editor with all its sections."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QCheckBox, QStackedWidget, QVBoxLayout, QWidget

from safeplan_desktop.domain.plan_wording import PlanWording
from safeplan_desktop.domain.plans import CrisisNumber, PlanForm, PlanSummary
from safeplan_desktop.errors import InvalidInputError, SafePlanError
from safeplan_desktop.services import reference
from safeplan_desktop.ui.drafting import Autosave, SavedLabel
from safeplan_desktop.ui.plan.presenter import PlanPresenter
from safeplan_desktop.ui.plan.sections import SectionCard
from safeplan_desktop.ui.widgets.confirm import ask_discard
from safeplan_desktop.ui.widgets.dates import DateField
from safeplan_desktop.ui.widgets.inputs import Choice, TextLine
from safeplan_desktop.ui.widgets.layout import Card, EmptyState, Form, Page, button, clear_layout, label, row
from safeplan_desktop.ui.widgets.toast import Toast


class PlanScreen(QWidget):
    """The safety plan tab."""

    def __init__(self, presenter: PlanPresenter) -> None:
        super().__init__()
        self.setObjectName("page")
        self._presenter = presenter
        self.autosave = Autosave(presenter.autosave, self.show_problem, self)
        self._form = PlanForm("")
        self._cards: list[SectionCard] = []
        self._numbers: list[QCheckBox] = []
        self._stack = QStackedWidget()
        self._nobody = EmptyState(
            "plan.nobody",
            "Choose a client first.",
            "Go to the clients",
            lambda: presenter.shell.open_screen("clients"),
        )
        self._overview = Page("plan.overview", "Safety plan")
        self._overview_body = QVBoxLayout()
        self._overview.add(self._overview_body)
        self._overview.body.addStretch(1)
        self._editor = self._build_editor()
        for page in (self._nobody, self._overview, self._editor):
            self._stack.addWidget(page)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._stack)
        self._toast: Toast | None = None
        presenter.attach(self)

    def _build_editor(self) -> Page:
        page = Page("plan.editor", "Safety plan", "In the client's words. Everything is saved as you type.")
        self._sections = QVBoxLayout()
        self._sections.setSpacing(16)
        page.add(self._sections)
        self._numbers_card = Card(
            "Crisis numbers",
            "Tick a number once you have confirmed it for where the client lives. Only ticked ones are printed.",
        )
        self._numbers_body = QVBoxLayout()
        self._numbers_card.add(self._numbers_body)
        page.add(self._numbers_card)
        finish = Card("Finish")
        self.finish_form = Form("plan")
        self.review_on = DateField()
        self.language = Choice(reference.plan_languages(), empty="")
        self.reason = TextLine("Such as: reviewed together")
        self.signer = TextLine()
        self.finish_form.add_row(
            ("review_on", "Looked at again by", self.review_on, ""),
            (
                "language",
                "Language of the printed headings",
                self.language,
                "The entries stay in the language they were typed in",
            ),
        )
        self.finish_form.add_row(
            ("signer", "Your name", self.signer, "As your signature under this version"),
            ("reason", "Reason for this version", self.reason, "For a second or later version"),
        )
        self._reviewed = label("", "quiet", name="plan.reviewed")
        self.finish_form.add_widget(self._reviewed)
        self.language.changed.connect(self._show_reviewed)
        for field in (self.review_on, self.language, self.reason):
            field.changed.connect(self._edited)
        finish.add(self.finish_form)
        page.add(finish)
        self._cues = label("", "quiet", name="plan.cues")
        page.add(self._cues)
        self.saved = SavedLabel("plan.saved")
        self.autosave.saved.connect(self._saved)
        self.finish_button = button("Finish this version", "plan.finish", self._finish, kind="primary")
        page.set_footer(
            row(
                button("Discard draft...", "plan.discard", self._ask_discard, kind="quiet"),
                self.saved,
                None,
                button("Print now", "plan.print-now", self._print_now),
                self.finish_button,
            )
        )
        return page

    # -- what the presenter asks ----------------------------------------------------------------------------------

    def show_nobody(self) -> None:
        """No client is chosen."""
        self.autosave.forget()
        self._stack.setCurrentWidget(self._nobody)

    def show_overview(self, label_: str, versions: tuple[PlanSummary, ...]) -> None:
        """Shows a client's versions, or the way to the first one."""
        self.autosave.forget()
        self._overview.title.setText(f"Safety plan for {label_}")
        clear_layout(self._overview_body)
        if not versions:
            self._overview_body.addWidget(
                EmptyState(
                    "plan.none",
                    "There is no safety plan yet. Write it together.",
                    "Begin the plan",
                    self._presenter.begin,
                )
            )
        else:
            self._overview_body.addLayout(
                row(
                    button("New version from the last", "plan.new-version", self._presenter.begin, kind="primary"),
                    button(
                        "New version from blank",
                        "plan.new-blank",
                        partial(self._presenter.begin, from_blank=True),
                    ),
                    None,
                )
            )
        for version in versions:
            card = Card(
                f"Version {version.number}",
                f"Finished on {version.finished.local:%d %b %Y}. Looked at again by {version.review_on:%d %b %Y}.",
            )
            name = f"plan.version-{version.number}"
            card.add(
                row(
                    button(
                        "Open the client's copy",
                        f"{name}.client",
                        partial(self._presenter.preview, version.id),
                    ),
                    button(
                        "Open the therapist's copy",
                        f"{name}.therapist",
                        partial(self._presenter.preview, version.id, for_therapist=True),
                    ),
                    None,
                )
            )
            self._overview_body.addWidget(card)
        self._stack.setCurrentWidget(self._overview)

    def show_editor(self, label_: str, form: PlanForm, wording: PlanWording, place: str) -> None:
        """Shows the editor with a form."""
        self._form = form
        self._editor.title.setText(f"Safety plan for {label_}")
        self._editor.banner.dismiss()
        self.finish_form.clear_errors()
        clear_layout(self._sections)
        self._cards = []
        for number, section in enumerate(form.sections, start=1):
            card = SectionCard(number, wording.section(section.key), section)
            card.changed.connect(self._edited)
            card.removed.connect(self._removed)
            self._cards.append(card)
            self._sections.addWidget(card)
        self._show_numbers(form.crisis_numbers)
        self.review_on.set_value(form.review_on)
        self.language.set_value(form.language)
        self._show_reviewed()
        self.reason.set_value(form.reason)
        self.signer.set_value(self._presenter.signer())
        self._stack.setCurrentWidget(self._editor)
        wanted = place.removeprefix("section:")
        for card in self._cards:
            if card.key.value == wanted or not wanted:
                card.focus_first()
                break

    def _show_numbers(self, numbers: tuple[CrisisNumber, ...]) -> None:
        clear_layout(self._numbers_body)
        self._numbers = []
        if not numbers:
            self._numbers_body.addWidget(
                label("No crisis line stands in your emergency contacts yet. Add one under Practice.", "quiet")
            )
        for index, number in enumerate(numbers, start=1):
            checked = (
                f"number checked on {number.checked_on:%d %b %Y}"
                if number.checked_on
                else "number not checked by you yet"
            )
            words = ", ".join(part for part in (number.hours, checked) if part)
            box = QCheckBox(f"{number.label}:  {number.number}  ({words})")
            box.setObjectName(f"plan.number-{index}")
            box.setAccessibleName(f"Print {number.label}, {number.number}")
            box.setChecked(number.confirmed)
            box.toggled.connect(lambda _on: self._edited())
            self._numbers.append(box)
            self._numbers_body.addWidget(box)

    def form(self) -> PlanForm:
        """The plan as typed."""
        numbers = tuple(
            CrisisNumber(number.label, number.number, number.hours, box.isChecked(), number.checked_on)
            for number, box in zip(self._form.crisis_numbers, self._numbers, strict=True)
        )
        return PlanForm(
            client_id=self._form.client_id,
            sections=tuple(card.value() for card in self._cards),
            crisis_numbers=numbers,
            language=self.language.value(),
            review_on=self.review_on.value(),
            reason=self.reason.value(),
        )

    def place(self) -> str:
        """The section that the cursor is in."""
        focus = self.focusWidget()
        for card in self._cards:
            if focus is not None and card.isAncestorOf(focus):
                return f"section:{card.key.value}"
        return ""

    def show_cues(self, sentences: tuple[str, ...]) -> None:
        """Shows the cues below the sections; they never stop anything."""
        self._cues.setText("\n".join(sentences))
        self._cues.setVisible(bool(sentences))

    def show_problem(self, problem: SafePlanError) -> None:
        """Shows a sentence beside its field, or on top."""
        if isinstance(problem, InvalidInputError) and self.finish_form.show_error(problem.field, problem.sentences):
            return
        self._editor.banner.show_problem(problem)
        self._editor.to_top()

    # -- what the therapist does ----------------------------------------------------------------------------------

    def _show_reviewed(self) -> None:
        """Says when no native-speaking clinician has read the fixed words of the language yet."""
        wording = reference.plan_wording(self.language.value())
        unread = wording.language != "en" and not wording.reviewed_by
        self._reviewed.setText(
            f"The headings in {wording.name} were not yet reviewed by a native-speaking clinician." if unread else ""
        )
        self._reviewed.setVisible(unread)

    def _edited(self) -> None:
        self.autosave.touch()

    def _saved(self) -> None:
        self.saved.say_now()
        self._presenter.look_at_cues()

    def _removed(self, undo: object) -> None:
        if self._toast is None:
            self._toast = Toast(self)
        if callable(undo):
            self._toast.say("Removed.", undo)

    def _print_now(self) -> None:
        self.autosave.flush()
        self._presenter.print_now()

    def _finish(self) -> None:
        self.finish_form.clear_errors()
        self._editor.banner.dismiss()
        self.autosave.touch()
        self.autosave.flush()
        if self._presenter.finish(self.signer.value()):
            self.autosave.forget()

    def _ask_discard(self) -> None:
        ask_discard(self, "plan.ask-discard", "unfinished plan", "Finished versions", self._discard)

    def _discard(self) -> None:
        self.autosave.forget()
        self._presenter.discard()
