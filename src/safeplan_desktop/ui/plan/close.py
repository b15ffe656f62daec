"""Go through it together: the guided close of a plan in five steps, each of which can wait."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from safeplan_desktop.domain.answers import Answer
from safeplan_desktop.domain.plans import MOST_LIKELY, Keeping, PlanForm, Recipient
from safeplan_desktop.domain.vocabulary import label_of
from safeplan_desktop.errors import InvalidInputError, SafePlanError
from safeplan_desktop.ui.drafting import SavedLabel
from safeplan_desktop.ui.plan.copies import CopiesActions, CopiesPanel, holder_words
from safeplan_desktop.ui.plan.editor import ON_KEYS
from safeplan_desktop.ui.plan.recipients import RecipientsStep
from safeplan_desktop.ui.plan.states import COPIES, FINISH, KEEP, READ, RECIPIENTS, STEPS, CloseState, ContactOffer
from safeplan_desktop.ui.theme import GAP
from safeplan_desktop.ui.widgets.dates import NOT_A_DAY, DateField
from safeplan_desktop.ui.widgets.inputs import OptionRow, TextArea, TextLine
from safeplan_desktop.ui.widgets.layout import (
    Card,
    Form,
    Page,
    StepHeader,
    button,
    clear_layout,
    keeping_focus,
    label,
    row,
)
from safeplan_desktop.ui.widgets.reading import LargeText
from safeplan_desktop.ui.widgets.wrapping import TickBox


@dataclass(frozen=True, slots=True)
class CloseActions:
    """What the guided close can do."""

    edit: Callable[..., None]
    leave: Callable[[], None]
    session: Callable[[], None]
    finish: Callable[[str], None]
    print_working: Callable[[], None]
    print_these: Callable[[tuple[Recipient, ...]], None]
    offers: Callable[[], Sequence[ContactOffer]]
    today: Callable[[], dt.date]
    set_print_settings: Callable[[bool, bool], None]
    copies: CopiesActions


class ClosePage(Page):
    """Five steps; the screen may be turned to the client in all of them."""

    turned = Signal(int)

    def __init__(self, actions: CloseActions, parent: QWidget | None = None) -> None:
        super().__init__("plan.close", "Go through it together", parent=parent)
        self._actions = actions
        self._state: CloseState | None = None
        self.step = READ
        self.header = StepHeader("plan.steps", STEPS)
        self.header.chosen.connect(self.go)
        self.add(self.header)
        self._steps: dict[int, QWidget] = {}
        self._area = QVBoxLayout()
        self.add(self._area)
        self.body.addStretch(1)
        self.saved = SavedLabel("close.saved")
        self.back_button = button("Back", "close.back", lambda: self.go(self.step - 1))
        self.next_button = button("Go on", "close.next", lambda: self.go(self.step + 1), kind="primary")
        self.leave_button = button("Back to the plan", "close.leave", actions.leave, kind="quiet")
        shortcut = QShortcut(QKeySequence(ON_KEYS), self)
        shortcut.setContext(Qt.ShortcutContext.WindowShortcut)
        shortcut.activated.connect(self._go_on)
        self.set_footer(row(self.leave_button, self.saved, None, self.back_button, self.next_button))

    # -- showing --------------------------------------------------------------------------------------------------

    def show_state(self, heading: str, state: CloseState, step: int) -> None:
        """Shows a plan at a step."""
        self._state = state
        self.title.setText(heading)
        self.saved.clear()
        self.banner.dismiss()
        finished = state.version is not None
        self.subtitle.setText(
            f"Version {state.number} is finished."
            if finished
            else "Every step can wait. Everything is saved as you go."
        )
        self.subtitle.setVisible(True)
        self.leave_button.setText("Close" if finished else "Back to the plan")
        self.leave_button.setAccessibleName(self.leave_button.text())
        self.header.set_enabled_from(FINISH if finished else READ)
        self.go(max(step, FINISH) if finished else step)

    def _edit(self, **changes: Any) -> None:  # noqa: ANN401 - fields of the plan's form
        """Takes a change into the plan, and into what the other steps show of it."""
        self._actions.edit(**changes)
        if self._state is not None:
            self._state = replace(self._state, form=replace(self._state.form, **changes))

    def _go_on(self) -> None:
        """What stands out on the step: finish on the fourth, else the next step."""
        state = self._state
        if state is not None and self.step == FINISH and state.version is None:
            self._finish()
        elif self.step < COPIES:
            self.go(self.step + 1)

    def refresh(self, state: CloseState) -> None:
        """Shows what changed without leaving the step; the cursor stays where it was, or goes to what is next."""
        self._state = state
        with keeping_focus(self._steps[self.step], self.next_button if self.step < COPIES else self.back_button):
            self._fill(self.step)
        self.header.set_done(self._done_steps(state))

    @staticmethod
    def _done_steps(state: CloseState) -> set[int]:
        """The steps on which everything was done; each may wait, so this is not the same as those before."""
        form, copies = state.form, state.copies
        finished = state.version is not None
        done = {
            READ: form.read_back,
            KEEP: form.keeping.is_known,
            RECIPIENTS: finished and bool(form.recipients),
            FINISH: finished,
            COPIES: finished and bool(copies.out) and not (copies.agreed or copies.to_swap or copies.unreleased),
        }
        return {step for step, is_done in done.items() if is_done}

    def go(self, step: int) -> None:
        """Goes to a step."""
        state = self._state
        if state is None:
            return
        # A day that can't be read would be gone on the next step.
        if self.step == RECIPIENTS != step and RECIPIENTS in self._steps and self._recipients.show_unreadable():
            return
        first = FINISH if state.version is not None else READ
        step = min(max(step, first), COPIES)
        self.step = step
        if step not in self._steps:
            build = (self._build_read, self._build_keep, self._build_recipients, self._build_finish, self._build_copies)
            self._steps[step] = build[step]()
            self._area.addWidget(self._steps[step])
        for number, widget in self._steps.items():
            widget.setVisible(number == step)
        self._fill(step)
        self.header.set_done(self._done_steps(state))
        self.header.set_current(step)
        self.back_button.setEnabled(step > first)
        self.next_button.setVisible(step < COPIES)
        # Where something is to be finished first, that button is the one that stands out.
        kind = "" if step == FINISH and state.version is None else "primary"
        self.next_button.setProperty("kind", kind)
        self.next_button.style().unpolish(self.next_button)
        self.next_button.style().polish(self.next_button)
        self.to_top()
        self._focus_step()
        self.turned.emit(step)

    def _focus_step(self) -> None:
        """Puts the cursor on the first thing to do."""
        state = self._state
        finishing = state is not None and state.version is None
        first: QWidget = self.next_button if self.step < COPIES else self.back_button
        if self.step == READ:
            first = self.read_back
        elif self.step == KEEP:
            first = self.kept_at
        elif self.step == RECIPIENTS:
            first = next(iter(self._recipients.boxes.values()))
        elif self.step == FINISH:
            # Printed before the client leaves: that comes next.
            first = self.review_on if finishing else self._print_all or first
        first.setFocus(Qt.FocusReason.OtherFocusReason)

    def _fill(self, step: int) -> None:
        (self._fill_read, self._fill_keep, self._fill_recipients, self._fill_finish, self._fill_copies)[step]()

    @staticmethod
    def _column() -> tuple[QWidget, QVBoxLayout]:
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2 * GAP)
        return page, column

    # -- 1: read it back ------------------------------------------------------------------------------------------

    def _build_read(self) -> QWidget:
        page, column = self._column()
        card = Card()
        self._text = LargeText("close.text")
        card.add(self._text)
        column.addWidget(card)
        self.read_back = TickBox("Read back with the client")
        self.read_back.setObjectName("close.read-back")
        self.read_back.setAccessibleName("Read back with the client")
        self.read_back.clicked.connect(lambda on: self._edit(read_back=on))
        column.addLayout(
            row(
                self.read_back,
                None,
                button("Change something", "close.change", self._actions.leave),
                button("Turn the screen (F11)", "close.session", self._actions.session),
            )
        )
        return page

    def _fill_read(self) -> None:
        if self._state is None:
            return
        reading = self._state.reading
        self._text.show_parts([part.words for part in reading.parts], right_to_left=reading.right_to_left)
        self.read_back.setChecked(self._state.form.read_back)

    # -- 2: keep it, use it ---------------------------------------------------------------------------------------

    def _build_keep(self) -> QWidget:
        page, column = self._column()
        card = Card("Where will it be kept, and will it be used?", "In the client's words.")
        form = Form("close")
        self.kept_at = TextArea("Such as: in my wallet, a photo on my phone", fewest_lines=1)
        self.safe = OptionRow([(answer, label_of(answer)) for answer in (Answer.YES, Answer.NO)], digits=False)
        self.likely = OptionRow([(number, str(number)) for number in range(MOST_LIKELY + 1)], digits=False)
        self.obstacles = TextArea("Such as: I may not want to look at it at night", fewest_lines=1)
        self.instead = TextArea("Such as: I call Ana and she reads it to me", fewest_lines=1)
        form.add("kept_at", "Where will you keep the plan?", self.kept_at)
        form.add("safe", "Is it safe to have it there?", self.safe)
        form.add("likelihood", "How likely is it that you use it? 0: not at all, 10: surely", self.likely)
        form.add("obstacles", "What could get in the way?", self.obstacles)
        form.add("instead", "What will you do then?", self.instead)
        card.add(form)
        column.addWidget(card)
        for field in (self.kept_at, self.safe, self.likely, self.obstacles, self.instead):
            field.changed.connect(self._kept)
        return page

    def _kept(self) -> None:
        keeping = Keeping(
            self.kept_at.value(),
            self.safe.value() or Answer.NOT_ASKED,
            self.likely.value(),
            self.obstacles.value(),
            self.instead.value(),
        )
        self._edit(keeping=keeping)

    def _fill_keep(self) -> None:
        if self._state is None:
            return
        keeping = self._state.form.keeping
        self.kept_at.set_value(keeping.place)
        self.safe.set_value(keeping.safe)
        self.likely.set_value(keeping.likelihood)
        self.obstacles.set_value(keeping.obstacles)
        self.instead.set_value(keeping.instead)

    # -- 3: who gets a copy ---------------------------------------------------------------------------------------

    def _build_recipients(self) -> QWidget:
        self._recipients = RecipientsStep(self._actions.offers, self._actions.today)
        self._recipients.changed.connect(lambda recipients: self._edit(recipients=recipients))
        return self._recipients

    def _fill_recipients(self) -> None:
        if self._state is not None:
            self._recipients.show_recipients(self._state.form.recipients)

    # -- 4: finish and print --------------------------------------------------------------------------------------

    def _build_finish(self) -> QWidget:
        page, column = self._column()
        self._before = Card("Finish this version")
        self.finish_form = Form("plan")
        self.review_on = DateField()
        self.reason = TextLine("Such as: reviewed together")
        self.signer = TextLine()
        self.finish_form.add_row(
            ("review_on", "Looked at again by", self.review_on, ""),
            ("signer", "Your name", self.signer, "As your signature under this version"),
        )
        self.finish_form.add("reason", "Reason for this version", self.reason, "For a second or later version")
        self._before.add(self.finish_form)
        self._unconfirmed = label("", name="plan.unconfirmed")
        self._before.add(self._unconfirmed)
        self.confirm = TickBox("These numbers are right for where the client lives")
        self.confirm.setObjectName("plan.confirm-numbers")
        self.confirm.clicked.connect(self._confirm_numbers)
        self._before.add(self.confirm)
        self._language = label("", "quiet", name="close.language")
        self._before.add(self._language)
        self.finish_button = button("Finish", "plan.finish", self._finish, kind="primary")
        working = button("Print a working copy", "close.print-working", self._actions.print_working)
        self._before.add(row(self.finish_button, working, None))
        column.addWidget(self._before)
        self._print_all: QPushButton | None = None
        self._after = Card("Print now")
        self._documents = QVBoxLayout()
        self._after.add(self._documents)
        column.addWidget(self._after)
        how = Card("How it is printed")
        self.qr = TickBox("A square code beside the crisis numbers that dials the first of them")
        self.qr.setObjectName("close.qr")
        self.on_card = TickBox("Your name and the practice's on the pocket card")
        self.on_card.setObjectName("close.practice-on-card")
        for box in (self.qr, self.on_card):
            box.setAccessibleName(box.text())
            box.clicked.connect(lambda: self._actions.set_print_settings(self.qr.isChecked(), self.on_card.isChecked()))
            how.add(box)
        column.addWidget(how)
        self.review_on.changed.connect(lambda: self._edit(review_on=self.review_on.value()))
        self.reason.changed.connect(lambda: self._edit(reason=self.reason.value()))
        return page

    def _finish(self) -> None:
        if self.review_on.unreadable:
            self.finish_form.show_error("review_on", NOT_A_DAY)
            return
        self._actions.finish(self.signer.value())

    def _confirm_numbers(self, on: bool) -> None:  # noqa: FBT001 - Qt's signal
        if self._state is not None:
            numbers = tuple(replace(number, confirmed=on) for number in self._state.form.crisis_numbers)
            self._edit(crisis_numbers=numbers)

    def _fill_finish(self) -> None:
        state = self._state
        if state is None:
            return
        form = state.form
        self.qr.setChecked(state.qr)
        self.on_card.setChecked(state.practice_on_card)
        self._before.setVisible(state.version is None)
        self._after.setVisible(state.version is not None)
        if state.version is not None:
            self._show_documents(state.version.form.recipients)
            return
        self.finish_form.clear_errors()
        self.review_on.set_value(form.review_on)
        self.reason.set_value(form.reason)
        if not self.signer.value():
            self.signer.set_value(state.signer)
        self._show_confirm(form)
        self._language.setText(state.language_note)
        self.finish_button.setText(f"Finish version {state.number}")
        self.finish_button.setAccessibleName(f"Finish version {state.number}")

    def _show_confirm(self, form: PlanForm) -> None:
        """The one tick: hidden once a number was confirmed in the editor, or where there is none."""
        numbers = ", ".join(f"{number.label} {number.number}" for number in form.crisis_numbers)
        confirmed = [number.confirmed for number in form.crisis_numbers]
        asked = bool(numbers) and (not any(confirmed) or self.confirm.isChecked())
        self._unconfirmed.setText(f"Crisis numbers: {numbers}. They are printed once they are confirmed here.")
        self.confirm.setAccessibleName(f"{self.confirm.text()}: {numbers}")
        for part in (self._unconfirmed, self.confirm):
            part.setVisible(asked)
        self.confirm.setChecked(bool(confirmed) and all(confirmed) and self.confirm.isChecked())

    def _show_documents(self, recipients: tuple[Recipient, ...]) -> None:
        clear_layout(self._documents)
        for number, recipient in enumerate(recipients, start=1):
            words = holder_words(recipient)
            opened = button(
                "Open",
                f"close.open-{number}",
                partial(self._actions.print_these, (recipient,)),
                kind="small",
            )
            opened.setAccessibleName(f"Open: {words}")
            line = QHBoxLayout()
            line.addWidget(label(words, name=f"close.document-{number}"), 1)
            line.addWidget(opened)
            self._documents.addLayout(line)
        self._print_all = None
        if recipients:
            self._print_all = button(
                "Open all to print or save...",
                "close.print-all",
                lambda: self._actions.print_these(recipients),
                kind="primary",
            )
            self._documents.addLayout(row(self._print_all, None))
            self._print_all.show()  # else it would be shown in the next turn, and couldn't take the cursor yet
        else:
            self._documents.addWidget(
                label("Nobody was to get a copy. Formats can be opened from the plan's page.", "quiet")
            )

    # -- 5: who has a copy ----------------------------------------------------------------------------------------

    def _build_copies(self) -> QWidget:
        self._copies = CopiesPanel("close.copies", self._actions.copies)
        return self._copies

    def _fill_copies(self) -> None:
        if self._state is not None:
            self._copies.show_state(self._state.copies)

    def show_recipient_problem(self, recipient: Recipient, problem: InvalidInputError) -> None:
        """Goes to the step of the people, where what is missing can be added."""
        self.go(RECIPIENTS)
        if not self._recipients.show_error(recipient, problem):
            self.banner.show_problem(problem)

    # -- problems -------------------------------------------------------------------------------------------------

    def show_problem(self, problem: SafePlanError) -> None:
        """Shows a sentence beside its field, or on top of the step that is shown."""
        if isinstance(problem, InvalidInputError) and self.step == FINISH:
            shown = self.finish_form.show_error(problem.field, problem.sentences)
            if shown:
                return
        self.banner.show_problem(problem)
