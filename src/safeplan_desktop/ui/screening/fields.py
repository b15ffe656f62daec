"""Answers that aren't one of a few: several at once, what is typed as a number, a day or a time, and lists of that."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QVBoxLayout, QWidget

from safeplan_desktop.domain.given_answers import MOST_ENTRIES, NEXT_ENTRY
from safeplan_desktop.domain.questionnaires import AnswerValue, Question
from safeplan_desktop.domain.typed_answers import Entry, entry_of, entry_text, read_typed
from safeplan_desktop.domain.vocabulary import label_of
from safeplan_desktop.ui.widgets.flow import FlowLayout
from safeplan_desktop.ui.widgets.inputs import TextLine
from safeplan_desktop.ui.widgets.layout import bring_into_sight, label
from safeplan_desktop.ui.widgets.wrapping import TickBox

_TEN = 10  # digits on a keyboard
_LONGEST = 60
_LONGEST_WORDS = 4000


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
            box = TickBox(f"{place}  {option.label}{counts}" if place < _TEN else f"{option.label}{counts}")
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
        entry = entry_of(question)
        in_words = entry is Entry.WORDS
        self.line = TextLine(label_of(entry), longest=_LONGEST_WORDS if in_words else _LONGEST)
        self.line.setMinimumWidth(24 * self.fontMetrics().averageCharWidth())
        self.line.changed.connect(self._edited)
        self.line.editingFinished.connect(self._say)
        self.line.returnPressed.connect(self.chosen)
        across = QHBoxLayout()
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(8)
        across.addWidget(self.line, 1 if in_words else 0)
        if question.unit:
            across.addWidget(label(question.unit, "quiet"))
        across.addStretch(0 if in_words else 1)
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
        self.line.set_value(entry_text(self._question, given[0]) if given else unread)
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


class SeveralEntries(QWidget):
    """A question that takes several typed answers: a line for each, and an empty one below for the next.

    Enter begins the next line, Enter on an empty line goes on, Backspace on an empty line takes it away. Each line says by
    itself where its entry isn't what the question takes.
    """

    changed = Signal()
    chosen = Signal()

    def __init__(self, question: Question) -> None:
        super().__init__()
        self._question = question
        self.entries: list[TypedAnswer] = []
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(label("Several entries: Enter begins the next one, Enter on an empty line goes on.", "quiet"))
        self._column = QVBoxLayout()
        self._column.setSpacing(4)
        column.addLayout(self._column)
        self._add()
        self.setFocusProxy(self.entries[0])

    def setAccessibleName(self, name: str) -> None:
        super().setAccessibleName(name)
        self._name_entries()

    def setObjectName(self, name: str) -> None:
        super().setObjectName(name)
        self._name_entries()

    def given(self) -> tuple[AnswerValue, ...]:
        """The entries that can be read, in their order, also those outside the question's limits."""
        return tuple(value for entry in self.entries for value in entry.given())

    def unread(self) -> str:
        """What was typed and can't be read."""
        return NEXT_ENTRY.join(text for entry in self.entries if (text := entry.unread().strip()))

    def set_given(self, given: tuple[AnswerValue, ...], unread: str = "") -> None:
        """Shows the entries, those that couldn't be read after the others."""
        shown: list[tuple[tuple[AnswerValue, ...], str]] = [((value,), "") for value in given]
        shown += [((), text) for text in unread.split(NEXT_ENTRY) if text]
        while len(self.entries) > 1:
            self._drop(self.entries[-1])
        self.entries[0].set_given(())
        for values, text in shown:
            self.entries[-1].set_given(values, text)
            self._add()

    def focus_row(self) -> None:
        """Puts the cursor where the next entry is typed."""
        self.entries[-1].focus_row()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return False
        place = next((n for n, entry in enumerate(self.entries) if entry.line is watched), 0)
        entry = self.entries[place]
        if event.key() != Qt.Key.Key_Backspace or not place or entry.line.value():
            return False
        self.entries[place - 1].focus_row()
        if entry is not self.entries[-1]:
            self._drop(entry)
        return True

    def _add(self) -> None:
        entry = TypedAnswer(self._question)
        if self.entries and entry_of(self._question) in {Entry.NUMBER, Entry.WORDS}:
            entry.line.setPlaceholderText("Another entry")
        entry.line.installEventFilter(self)
        entry.changed.connect(self._edited)
        entry.chosen.connect(partial(self._entered, entry))
        self._column.addWidget(entry)
        if self.isVisible():
            # At once: a Tab that follows without a pause has to find it.
            entry.show()
        self.entries.append(entry)
        self._name_entries()

    def _drop(self, entry: TypedAnswer) -> None:
        self.entries.remove(entry)
        self._column.removeWidget(entry)
        entry.hide()
        entry.deleteLater()
        self._name_entries()

    def _name_entries(self) -> None:
        for place, entry in enumerate(self.entries, start=1):
            entry.setObjectName(f"{self.objectName()}.{place}")
            entry.setAccessibleName(f"{self.accessibleName()}, entry {place}")

    def _edited(self) -> None:
        if self.entries[-1].line.value() and len(self.entries) < MOST_ENTRIES:
            self._add()
        while len(self.entries) > 1 and not any(entry.line.value() for entry in self.entries[-2:]):
            self._drop(self.entries[-1])
        self.changed.emit()

    def _entered(self, entry: TypedAnswer) -> None:
        place = self.entries.index(entry) + 1
        if entry.line.value().strip() and place < len(self.entries):
            self.entries[place].focus_row()
            bring_into_sight(self.entries[place])
        else:
            self.chosen.emit()
