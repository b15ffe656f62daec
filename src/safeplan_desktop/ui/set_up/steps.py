"""The steps of the set-up on one page: what is done, how long a step takes, and the button that does it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton, QWidget

from safeplan_desktop.domain.set_up import ESTIMATES, SetUp, SetUpStep, StepState
from safeplan_desktop.domain.vocabulary import label_of
from safeplan_desktop.ui.widgets.flow import FlowLayout
from safeplan_desktop.ui.widgets.layout import Card, Page, button, label, row
from safeplan_desktop.ui.widgets.wrapping import TickBox

_ABOUT = {
    SetUpStep.PROFILE: "What a dispatcher asks, and what stands on documents.",
    SetUpStep.CONTACTS: "The numbers of your country, each to be checked by you.",
    SetUpStep.PROTOCOL: "The steps that F9 shows in a crisis.",
    SetUpStep.POLICY: "What the practice does to keep people safe.",
    SetUpStep.SETTINGS: "What is in your printer; whether screens show names.",
    SetUpStep.BACKUP: "A folder on a USB stick or another drive.",
    SetUpStep.PRINTS: "For the day the computer is dead, or the passphrase forgotten.",
}
_DO = {
    SetUpStep.PROFILE: "Fill in the profile",
    SetUpStep.CONTACTS: "Go through the numbers",
    SetUpStep.PROTOCOL: "Look through the protocol",
    SetUpStep.POLICY: "Decide and adopt",
    SetUpStep.SETTINGS: "Choose paper and names",
    SetUpStep.BACKUP: "Make the backup",
    SetUpStep.PRINTS: "Print the wall card",
}


@dataclass(frozen=True, slots=True)
class StepActions:
    """What the page can do.

    Attributes:
        do: One for each step.
        sheet: Prints the recovery sheet.
    """

    do: Mapping[SetUpStep, Callable[[], None]]
    sheet: Callable[[], None]
    put: Callable[[SetUpStep, StepState], None]
    on_today: Callable[[bool], None]


class _StepCard(Card):
    """One step."""

    def __init__(self, number: int, step: SetUpStep, actions: StepActions) -> None:
        super().__init__()
        self.step = step
        prefix, title = f"set-up.{step.value}", label_of(step)
        self.state = label("", name=f"{prefix}.state")
        self.state.setWordWrap(False)
        self.add(row(label(f"{number}.  {title}", "heading"), self.state, stretch_first=True))
        self.words = label("", name=f"{prefix}.words")
        self.add(label(f"{_ABOUT[step]} Takes {ESTIMATES[step]}.", "quiet"))
        self.add(self.words)
        self.do = button(_DO[step], f"{prefix}.do", actions.do[step])
        self.buttons: list[QPushButton] = [self.do]
        if step is SetUpStep.PRINTS:
            self.buttons.append(button("Print the recovery sheet...", f"{prefix}.sheet", actions.sheet))
        self.later = button("Later", f"{prefix}.later", partial(actions.put, step, StepState.LATER), kind="quiet")
        self.not_needed = button(
            "Not needed", f"{prefix}.not-needed", partial(actions.put, step, StepState.NOT_NEEDED), kind="quiet"
        )
        self.again = button("Take it up again", f"{prefix}.again", partial(actions.put, step, StepState.OPEN))
        line = FlowLayout(spacing=8)
        for made in (*self.buttons, self.later, self.not_needed, self.again):
            line.addWidget(made)
        for made, words in ((self.later, "Later"), (self.not_needed, "Not needed"), (self.again, "Take up again")):
            made.setAccessibleName(f"{words}: {title}")
        self.add(line)

    def show_state(self, found: SetUp) -> None:
        """Shows where it stands."""
        state = found.state(self.step)
        self.state.setText(label_of(state))
        words = found.words(self.step)
        self.words.setText(words)
        self.words.setVisible(bool(words))
        done = state is StepState.DONE
        self.do.setText("Look at it again" if done and self.step is not SetUpStep.PRINTS else _DO[self.step])
        self.do.setAccessibleName(f"{self.do.text()}: {label_of(self.step)}")
        waiting = state in (StepState.OPEN, StepState.LATER)
        for made in self.buttons:
            made.setVisible(state is not StepState.NOT_NEEDED)
        self.later.setVisible(state is StepState.OPEN)
        self.not_needed.setVisible(waiting)
        self.again.setVisible(state in (StepState.LATER, StepState.NOT_NEEDED))
        kind = "primary" if found.next_step is self.step else ""
        for made in self.buttons:
            made.setProperty("kind", kind)
            made.style().unpolish(made)
            made.style().polish(made)

    def first(self, found: SetUp) -> QWidget:
        """The button to go on with."""
        if self.step is SetUpStep.PRINTS and found.facts.wall_card and not found.facts.recovery_sheet:
            return self.buttons[1]
        return self.do


class StepsPage(Page):
    """All steps."""

    def __init__(self, actions: StepActions, parent: QWidget | None = None) -> None:
        super().__init__(
            "set-up",
            "Set up the practice",
            "Seven steps in any order, about ten minutes together. Each may wait: a step is done once the thing is there.",
            parent=parent,
        )
        self.count = label("", "heading", name="set-up.count")
        self.add(self.count)
        self.cards = {step: _StepCard(number, step, actions) for number, step in enumerate(SetUpStep, start=1)}
        for card in self.cards.values():
            self.add(card)
        self.on_today = TickBox("Keep this on Today until it is finished")
        self.on_today.setObjectName("set-up.on-today")
        self.on_today.setAccessibleName(self.on_today.text())
        self.on_today.clicked.connect(actions.on_today)
        self.add(self.on_today)
        self.body.addStretch(1)

    def show_state(self, found: SetUp) -> None:
        """Shows where everything stands."""
        words = f"{found.done} of {len(SetUpStep)} done"
        self.count.setText(f"{words}. The practice is set up." if found.finished else words)
        for card in self.cards.values():
            card.show_state(found)
        self.on_today.setChecked(not found.notes.off_today)
        self.on_today.setVisible(not found.finished)

    def go_on(self, found: SetUp) -> None:
        """Puts the cursor on the step to go on with."""
        step = found.next_step
        if step is None:
            self.to_top()
            self.cards[SetUpStep.PROFILE].do.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self.cards[step].first(found).setFocus(Qt.FocusReason.OtherFocusReason)
        self.show_widget(self.cards[step])
