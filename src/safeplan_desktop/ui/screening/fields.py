"""Answers that aren't one of a few: several at once, and what is typed as a number, a day or a time."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QVBoxLayout, QWidget

from safeplan_desktop.domain.questionnaires import AnswerValue, Question
from safeplan_desktop.domain.typed_answers import entry_of, read_typed, typed_text
from safeplan_desktop.domain.vocabulary import label_of
from safeplan_desktop.ui.widgets.flow import FlowLayout
from safeplan_desktop.ui.widgets.inputs import TextLine
from safeplan_desktop.ui.widgets.layout import label

_TEN = 10  # digits on a keyboard
_LONGEST = 60


class SeveralAnswers(QWidget):
    """A question that takes any of its answers: a digit or Space ticks one, Delete clears all, Enter goes on.

    With `points` each answer says in brackets what it counts, because its digit doesn't.
    """

    changed = Signal()
    chosen = Signal()

    def __init__(self, question: Question, *, points: bool) -> None:
        super().__init__()
        self._values = [option.value for option in question.options]
        line = FlowLayout(self)
        self.buttons: list[QCheckBox] = []
        for place, option in enumerate(question.options):
            counts = f" ({option.points:g})" if points and option.points is not None else ""
            box = QCheckBox(f"{place}  {option.label}{counts}" if place < _TEN else f"{option.label}{counts}")
            box.installEventFilter(self)
            box.clicked.connect(lambda _checked=False: self.changed.emit())
            self.buttons.append(box)
            line.addWidget(box)
        self.setFocusProxy(self.buttons[0])
        self._labels = [option.label for option in question.options]

    def setAccessibleName(self, name: str) -> None:
        super().setAccessibleName(name)
        for box, words in zip(self.buttons, self._labels, strict=True):
            box.setAccessibleName(f"{name}: {words}")

    def setObjectName(self, name: str) -> None:
        super().setObjectName(name)
        for place, box in enumerate(self.buttons):
            box.setObjectName(f"{name}.{place}")

    def given(self) -> tuple[AnswerValue, ...]:
        """The ticked answers, in the order in which they stand."""
        return tuple(value for value, box in zip(self._values, self.buttons, strict=True) if box.isChecked())

    def set_given(self, given: tuple[AnswerValue, ...]) -> None:
        """Ticks these answers and no others."""
        for value, box in zip(self._values, self.buttons, strict=True):
            box.setChecked(value in given)

    def focus_row(self) -> None:
        """Puts the cursor on the first ticked answer, else on the first."""
        first = next((box for box in self.buttons if box.isChecked()), self.buttons[0])
        first.setFocus(Qt.FocusReason.TabFocusReason)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return False
        if event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            return False
        if event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.set_given(())
            self.changed.emit()
            return True
        if event.text().isdecimal() and int(event.text()) < min(_TEN, len(self.buttons)):
            box = self.buttons[int(event.text())]
            box.setFocus(Qt.FocusReason.OtherFocusReason)
            box.toggle()
            self.changed.emit()
            return True
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.chosen.emit()
            return True
        return False


class TypedAnswer(QWidget):
    """A number, a day or a time: kept as it was typed, with a sentence below where the question doesn't take it."""

    changed = Signal()
    chosen = Signal()

    def __init__(self, question: Question) -> None:
        super().__init__()
        self._question = question
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        self.line = TextLine(label_of(entry_of(question)), longest=_LONGEST)
        self.line.setMinimumWidth(24 * self.fontMetrics().averageCharWidth())
        self.line.changed.connect(self._edited)
        self.line.editingFinished.connect(self._say)
        self.line.returnPressed.connect(self.chosen)
        across = QHBoxLayout()
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(8)
        across.addWidget(self.line)
        if question.unit:
            across.addWidget(label(question.unit, "quiet"))
        across.addStretch(1)
        column.addLayout(across)
        self.problem = label("", "error")
        self.problem.setVisible(False)
        column.addWidget(self.problem)
        self.setFocusProxy(self.line)

    def setAccessibleName(self, name: str) -> None:
        super().setAccessibleName(name)
        unit = f", in {self._question.unit}" if self._question.unit else ""
        self.line.setAccessibleName(f"{name}{unit}")

    def setObjectName(self, name: str) -> None:
        super().setObjectName(name)
        self.line.setObjectName(f"{name}.line")
        self.problem.setObjectName(f"{name}.problem")

    def given(self) -> tuple[AnswerValue, ...]:
        """The answer, also one outside the question's limits; none for what can't be read."""
        value, _ = read_typed(self._question, self.line.value())
        return () if value is None else (value,)

    def unread(self) -> str:
        """What was typed and can't be read."""
        return "" if self.given() else self.line.value()

    def set_given(self, given: tuple[AnswerValue, ...], unread: str = "") -> None:
        """Shows an answer, or what was typed and couldn't be read."""
        self.line.set_value(typed_text(given[0]) if given else unread)
        self._say()

    def focus_row(self) -> None:
        """Puts the cursor into the line."""
        self.line.setFocus(Qt.FocusReason.TabFocusReason)

    def _edited(self) -> None:
        # A sentence comes when the answer is finished, and goes as soon as the answer fits.
        if not read_typed(self._question, self.line.value())[1]:
            self._say()
        self.changed.emit()

    def _say(self) -> None:
        _, sentence = read_typed(self._question, self.line.value())
        self.problem.setText(sentence)
        self.problem.setVisible(bool(sentence))
        self.line.setAccessibleDescription(sentence)
