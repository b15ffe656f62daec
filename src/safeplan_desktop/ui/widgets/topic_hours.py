"""Hours by subject: a line for each, the subject typed or picked, the length as people type it."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QWheelEvent
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from safeplan_desktop.domain.training import TopicHours, hours_number, parse_hours
from safeplan_desktop.ui.theme import GAP
from safeplan_desktop.ui.widgets.inputs import TextLine
from safeplan_desktop.ui.widgets.layout import button, row

NOT_A_LENGTH = "This can't be read as hours. Please type them like 1.5 or 1:30."


class HoursLine(TextLine):
    """A length in hours."""

    complained = Signal(str)

    def __init__(self) -> None:
        super().__init__("Hours", longest=12)
        self.editingFinished.connect(lambda: self.complained.emit(NOT_A_LENGTH if self.unreadable else ""))

    @property
    def unreadable(self) -> bool:
        """Whether something was typed that is no length."""
        try:
            parse_hours(self.value())
        except ValueError:
            return True
        return False

    def minutes(self) -> int:
        """The length in minutes; 0 where there is none or it can't be read."""
        return 0 if self.unreadable else parse_hours(self.value()) or 0

    def set_minutes(self, minutes: int) -> None:
        """Shows a length; nothing for none."""
        self.set_value(hours_number(minutes) if minutes else "")


class _Subject(QComboBox):
    """A subject, typed or picked from those that are known."""

    changed = Signal()

    def __init__(self, topics: Sequence[str], topic: str) -> None:
        super().__init__()
        self.setEditable(True)
        self.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(16)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.addItems(list(topics))
        self.setEditText(topic)
        if (line := self.lineEdit()) is not None:
            line.setMaxLength(120)
            line.setPlaceholderText("Pick or type a subject")
            line.setCursorPosition(0)
        self.editTextChanged.connect(lambda _text: self.changed.emit())

    def setObjectName(self, name: str) -> None:
        super().setObjectName(name)
        if (line := self.lineEdit()) is not None:
            line.setObjectName(f"{name}.line")

    def setAccessibleName(self, name: str) -> None:
        super().setAccessibleName(name)
        if (line := self.lineEdit()) is not None:
            line.setAccessibleName(name)

    def wheelEvent(self, event: QWheelEvent) -> None:
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()


class _Line(QWidget):
    def __init__(self, topics: Sequence[str], hours: TopicHours) -> None:
        super().__init__()
        self.topic, self.hours = _Subject(topics, hours.topic), HoursLine()
        self.hours.set_minutes(hours.minutes)
        self.hours.setMaximumWidth(self.fontMetrics().averageCharWidth() * 14)
        self.remove = button("Remove", "remove", lambda: None, kind="small")
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(GAP)
        line.addWidget(self.topic, 1)
        line.addWidget(self.hours)
        line.addWidget(self.remove)


class TopicHoursField(QWidget):
    """The lines; there is always one to type in."""

    changed = Signal()
    complained = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.lines: list[_Line] = []
        self._topics: tuple[str, ...] = ()
        self._column = QVBoxLayout()
        self._column.setSpacing(GAP)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(GAP)
        whole.addLayout(self._column)
        self.add_button = button("Add a subject", "add", self._add, kind="small")
        whole.addLayout(row(self.add_button, None))
        self._show(())

    def setObjectName(self, name: str) -> None:
        super().setObjectName(name)
        self._name_all()

    def setAccessibleName(self, name: str) -> None:
        super().setAccessibleName(name)
        self._name_all()

    def set_topics(self, topics: Sequence[str]) -> None:
        """The subjects to pick from; call it before `set_value`."""
        self._topics = tuple(topics)

    def set_value(self, hours: Sequence[TopicHours]) -> None:
        """Shows hours by subject."""
        self._show(hours)

    def value(self) -> tuple[TopicHours, ...]:
        """What was typed; a line with nothing in it is left out."""
        typed = (TopicHours(line.topic.currentText().strip(), line.hours.minutes()) for line in self.lines)
        return tuple(one for one in typed if one.topic or one.minutes)

    @property
    def unreadable(self) -> bool:
        """Whether one of the lengths can't be read."""
        return any(line.hours.unreadable for line in self.lines)

    def focusInEvent(self, event: QFocusEvent) -> None:
        # A focus proxy would send the tab key from the last line back to the first.
        super().focusInEvent(event)
        self.lines[0].topic.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show(self, hours: Sequence[TopicHours]) -> None:
        for line in self.lines:
            self._take_out(line)
        self.lines = []
        for one in hours or (TopicHours("", 0),):
            self._insert(one)
        self._name_all()

    def _insert(self, hours: TopicHours) -> _Line:
        line = _Line(self._topics, hours)
        line.topic.changed.connect(self.changed)
        line.hours.changed.connect(self.changed)
        line.hours.complained.connect(lambda _words: self.complained.emit(NOT_A_LENGTH if self.unreadable else ""))
        line.remove.clicked.connect(lambda _checked=False: self._remove(line))
        self.lines.append(line)
        self._column.addWidget(line)
        return line

    def _take_out(self, line: _Line) -> None:
        self._column.removeWidget(line)
        line.hide()
        line.deleteLater()

    def lines_for(self, fields: Collection[str]) -> None:
        """Makes as many lines as fields of these object names stand in."""
        while any(name.startswith(f"{self.objectName()}.{len(self.lines) + 1}.") for name in fields):
            self._insert(TopicHours("", 0))
            self._name_all()

    def _add(self) -> None:
        line = self._insert(TopicHours("", 0))
        self._name_all()
        line.topic.setFocus(Qt.FocusReason.OtherFocusReason)
        self.changed.emit()

    def _remove(self, line: _Line) -> None:
        place = self.lines.index(line)
        self.lines.remove(line)
        self._take_out(line)
        if not self.lines:
            self._insert(TopicHours("", 0))
        self._name_all()
        self.lines[min(place, len(self.lines) - 1)].topic.setFocus(Qt.FocusReason.OtherFocusReason)
        self.changed.emit()

    def _name_all(self) -> None:
        name, words = self.objectName(), self.accessibleName()
        for number, line in enumerate(self.lines, start=1):
            for widget, suffix, said in (
                (line.topic, "subject", f"Subject {number}"),
                (line.hours, "hours", f"Hours of subject {number}"),
                (line.remove, "remove", f"Remove subject {number}"),
            ):
                widget.setObjectName(f"{name}.{number}.{suffix}")
                widget.setAccessibleName(f"{words}: {said}" if words else said)
        self.add_button.setObjectName(f"{name}.add")
