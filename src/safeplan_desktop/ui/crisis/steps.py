"""The protocol's steps in the Crisis panel: large boxes to tick, each with its key, its words, and the time of its tick."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QElapsedTimer, Qt, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QCheckBox, QFrame, QHBoxLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from safeplan_desktop.domain.crisis import STEP_KEYS, ProtocolStep, Variant
from safeplan_desktop.ui.theme import GAP
from safeplan_desktop.ui.widgets.layout import clear_layout, label

_BOUNCE_MS = 400
"""A key that strikes the same step again so soon was a trembling hand."""


def _keys_words(count: int) -> str:
    """Which keys tick the steps, in words."""
    last = STEP_KEYS[count - 1]
    words = "A digit ticks its step and stamps the time"
    if count > STEP_KEYS.index("0"):
        words += "; 0 is step 10"
    if last.isalpha():
        words += "; A is step 11" if last == "A" else f"; the letters A to {last} are steps 11 to {count}"
    return f"{words}."


class _StepBox(QCheckBox):
    """A box to tick; the second half of a double click doesn't take the tick away again."""

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        event.accept()


class _StepRow(QFrame):
    """A whole row is the target: a click anywhere on it ticks the step."""

    def __init__(self, name: str, number: int, step: ProtocolStep) -> None:
        super().__init__()
        self.setProperty("role", "step-row")
        self.step = step
        self._number = number
        key = STEP_KEYS[number - 1]
        self.box = _StepBox(str(number) if key == str(number) else f"{number}  ({key})")
        self.box.setObjectName(name)
        self.box.setProperty("role", "step")
        words = label(step.text, "step")
        words.setBuddy(self.box)
        self._stamp = QLabel()
        self._stamp.setProperty("role", "stamp")
        line = QHBoxLayout(self)
        line.setContentsMargins(GAP // 2, 0, GAP, 0)
        line.setSpacing(GAP)
        line.addWidget(self.box)
        line.addWidget(words, 1)
        line.addWidget(self._stamp)
        self.show_stamp("")

    def show_stamp(self, stamp: str) -> None:
        """Shows when the step was ticked; empty for not yet."""
        self._stamp.setText(stamp)
        ticked = f", ticked at {stamp}" if stamp else ""
        self.box.setAccessibleName(f"Step {self._number}: {self.step.text}{ticked}")
        self.box.blockSignals(True)
        self.box.setChecked(bool(stamp))
        self.box.blockSignals(False)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.box.toggle()
        event.accept()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        event.accept()


@dataclass(frozen=True, slots=True)
class StepHandling:
    """What the steps ask.

    Attributes:
        tick: Ticks a step or takes its tick away.
        stamp: The time of a step as shown; empty where it isn't ticked.
    """

    tick: Callable[[Variant, ProtocolStep, bool], None]
    stamp: Callable[[Variant, str], str]


class Steps(QScrollArea):
    """The steps of one variant."""

    changed = Signal()

    def __init__(self, prefix: str, variant: Variant, handling: StepHandling) -> None:
        super().__init__()
        self._prefix = f"{prefix}.{variant.value}"
        self.variant = variant
        self._handling = handling
        self._rows: list[_StepRow] = []
        self._last = QElapsedTimer()
        self._last_key = -1
        self.setObjectName(f"{self._prefix}.scroll")
        self.setAccessibleName("Steps")
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        content = QWidget()
        content.setObjectName("page-body")
        column = QVBoxLayout(content)
        column.setSpacing(GAP)
        self._hint = label("", "quiet", name=f"{self._prefix}.keys")
        column.addWidget(self._hint)
        self._column = QVBoxLayout()
        self._column.setSpacing(GAP // 2)
        column.addLayout(self._column)
        column.addStretch(1)
        self.setWidget(content)

    def show_steps(self, steps: tuple[ProtocolStep, ...]) -> None:
        """Shows these steps with the stamps that they have; rows are only made anew where the steps are others."""
        if tuple(row.step for row in self._rows) != steps:
            clear_layout(self._column)
            self._rows = []
            for number, step in enumerate(steps, start=1):
                made = _StepRow(f"{self._prefix}.{number}", number, step)
                made.box.toggled.connect(lambda on, made=made: self._toggled(made, on))
                self._rows.append(made)
                self._column.addWidget(made)
            self._hint.setText(_keys_words(len(steps)))
        for row in self._rows:
            row.show_stamp(self._handling.stamp(self.variant, row.step.text))

    def _toggled(self, made: _StepRow, on: bool) -> None:  # noqa: FBT001 - Qt's signal
        self._handling.tick(self.variant, made.step, on)
        made.show_stamp(self._handling.stamp(self.variant, made.step.text))
        self.changed.emit()

    def strike(self, letter: str) -> bool:
        """A key was struck: ticks its step; False where no step has that key.

        Struck again it changes nothing: a hand that shakes must not take a stamp away. Space, or a click, unticks.
        """
        place = STEP_KEYS.find(letter.upper()) if len(letter) == 1 else -1
        if not 0 <= place < len(self._rows):
            return False
        bounced = place == self._last_key and self._last.isValid() and self._last.elapsed() < _BOUNCE_MS
        if not bounced:
            self._rows[place].box.setChecked(True)
            self._last.start()
            self._last_key = place
            self.focus_next(place)
        return True

    def focus_next(self, after: int = -1) -> None:
        """Puts the cursor on the first step that isn't ticked, after the one that was struck where there is one."""
        rows = [*self._rows[after + 1 :], *self._rows[: after + 1]]
        for row in rows:
            if not row.box.isChecked():
                row.box.setFocus(Qt.FocusReason.OtherFocusReason)
                if row is self._rows[0]:
                    self.verticalScrollBar().setValue(0)
                else:
                    self.ensureWidgetVisible(row, 0, GAP)
                return
