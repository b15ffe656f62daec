"""The practice's crisis protocol: its steps, their order, which of them is a call for help."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QVBoxLayout, QWidget

from safeplan_desktop.domain.crisis import LONGEST_STEP, Protocol, ProtocolStep, Variant
from safeplan_desktop.domain.vocabulary import label_of
from safeplan_desktop.ui.theme import GAP
from safeplan_desktop.ui.widgets.confirm import decide
from safeplan_desktop.ui.widgets.flow import FlowLayout
from safeplan_desktop.ui.widgets.inputs import TextLine
from safeplan_desktop.ui.widgets.layout import Card, Page, button, label, row
from safeplan_desktop.ui.widgets.wrapping import TickBox

_NARROW = 90
"""Letters: in a narrower place a step takes two lines."""


class _StepRow(QWidget):
    """One step: its words, whether it is a call, its place."""

    def __init__(self, step: ProtocolStep, move: Callable[[int], None], remove: Callable[[], None]) -> None:
        super().__init__()
        self._step = step
        self.number = label("")
        self.number.setFixedWidth(self.fontMetrics().horizontalAdvance("00.") + 6)
        self.text = TextLine("What is done", longest=LONGEST_STEP)
        self.text.set_value(step.text)
        self.call = TickBox("A call for help")
        self.call.setChecked(step.call)
        self.up = button("Up", "up", partial(move, -1), kind="small")
        self.down = button("Down", "down", partial(move, 1), kind="small")
        self.remove = button("Remove", "remove", remove, kind="small")
        words = row(self.number, self.text)
        words.setStretch(1, 1)
        self._line = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._line.setContentsMargins(0, 0, 0, 0)
        self._line.setSpacing(GAP)
        self._line.addLayout(words, 1)
        self._line.addLayout(row(None, self.call, self.up, self.down, self.remove))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        # In large letters the words of the step need a line of their own.
        narrow = self.width() < _NARROW * self.fontMetrics().averageCharWidth()
        direction = QBoxLayout.Direction.TopToBottom if narrow else QBoxLayout.Direction.LeftToRight
        if self._line.direction() != direction:
            self._line.setDirection(direction)

    def set_place(self, variant: Variant, number: int, count: int) -> None:
        """Names everything after the step's place."""
        prefix = f"practice.protocol.{variant.value}-{number}"
        self.setObjectName(prefix)
        self.number.setText(f"{number}.")
        for name, widget, words in (
            ("text", self.text, f"Step {number}"),
            ("call", self.call, f"Step {number} is a call for help"),
            ("up", self.up, f"Move step {number} up"),
            ("down", self.down, f"Move step {number} down"),
            ("remove", self.remove, f"Remove step {number}"),
        ):
            widget.setObjectName(f"{prefix}.{name}")
            widget.setAccessibleName(words)
        self.up.setEnabled(number > 1)
        self.down.setEnabled(number < count)

    def value(self) -> ProtocolStep:
        """The step as typed; the short form on the wall card belongs to the words that it was made for."""
        text = self.text.value().strip()
        short = self._step.short if text == self._step.text else ""
        return ProtocolStep(text, self.call.isChecked(), short)


class _Steps(Card):
    """The steps of one variant."""

    changed = Signal()

    def __init__(self, variant: Variant) -> None:
        super().__init__(label_of(variant))
        self._variant = variant
        self.rows: list[_StepRow] = []
        self._list = QVBoxLayout()
        self._list.setSpacing(6)
        self.add(self._list)
        self._add_button = button("Add a step", f"practice.protocol.{variant.value}.add", self._add)
        self.add(row(self._add_button, None))

    def show_steps(self, steps: tuple[ProtocolStep, ...]) -> None:
        """Shows these steps."""
        for made in list(self.rows):
            self._take_out(made)
        for step in steps:
            self._insert(len(self.rows), step)
        self._name_all()

    def value(self) -> tuple[ProtocolStep, ...]:
        """The steps as typed."""
        return tuple(made.value() for made in self.rows)

    def _insert(self, place: int, step: ProtocolStep) -> _StepRow:
        made = _StepRow(step, lambda by: self._move(made, by), lambda: self._remove(made))
        self.rows.insert(place, made)
        self._list.insertWidget(place, made)
        made.text.changed.connect(self.changed)
        made.call.toggled.connect(self.changed)
        return made

    def _add(self) -> None:
        made = self._insert(len(self.rows), ProtocolStep(""))
        self._name_all()
        made.text.setFocus(Qt.FocusReason.OtherFocusReason)

    def _take_out(self, made: _StepRow) -> None:
        self.rows.remove(made)
        self._list.removeWidget(made)
        made.hide()
        made.deleteLater()

    def _remove(self, made: _StepRow) -> None:
        place = self.rows.index(made)
        self._take_out(made)
        self._name_all()
        after = self.rows[min(place, len(self.rows) - 1)].text if self.rows else self._add_button
        after.setFocus(Qt.FocusReason.OtherFocusReason)

    def _move(self, made: _StepRow, by: int) -> None:
        place = self.rows.index(made) + by
        if not 0 <= place < len(self.rows):
            return
        self.rows.remove(made)
        self.rows.insert(place, made)
        self._list.removeWidget(made)
        self._list.insertWidget(place, made)
        self._name_all()
        wanted = made.up if by < 0 else made.down
        (wanted if wanted.isEnabled() else made.text).setFocus(Qt.FocusReason.OtherFocusReason)

    def _name_all(self) -> None:
        self.changed.emit()
        for number, made in enumerate(self.rows, start=1):
            made.set_place(self._variant, number, len(self.rows))


class ProtocolPage(Page):
    """Both protocols."""

    changed = Signal()

    def __init__(
        self, save: Callable[[Protocol], None], reset: Callable[[], None], parent: QWidget | None = None
    ) -> None:
        super().__init__(
            "practice.protocol",
            "Crisis protocol",
            "The steps of the Crisis panel and of the wall card. The panel shows them while locked, too, so they are kept "
            "outside the encrypted file: write nothing about a client here.",
            parent=parent,
        )
        self._save, self._reset = save, reset
        self.steps = {variant: _Steps(variant) for variant in Variant}
        for steps in self.steps.values():
            self.add(steps)
            steps.changed.connect(self.changed)
        self.body.addStretch(1)
        self.show_in_turns()
        footer = FlowLayout(spacing=GAP)
        for made in (
            button("Go back to the steps that came with the program", "practice.protocol.reset", self._ask_reset),
            button("Save the protocol", "practice.protocol.save", self._submit, kind="primary"),
        ):
            footer.addWidget(made)
        self.set_footer(footer)

    def show_protocol(self, protocol: Protocol) -> None:
        """Shows what is stored."""
        self.banner.dismiss()
        for variant, steps in self.steps.items():
            steps.show_steps(protocol.steps(variant))

    def _submit(self) -> None:
        self.banner.dismiss()
        self._save(self.value())

    def value(self) -> Protocol:
        """The steps as typed."""
        return Protocol(*(self.steps[variant].value() for variant in Variant))

    def _ask_reset(self) -> None:
        decide(
            self,
            "practice.protocol.ask-reset",
            "Go back to the steps that came with the program?",
            details="Your own steps are replaced, in the office and in telehealth.",
            yes="Go back to them",
            no="Keep mine",
            on_yes=self._reset,
        )
