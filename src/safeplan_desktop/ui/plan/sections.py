"""One section of the plan: entries typed one after the other, reordered by keyboard or mouse."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QVBoxLayout, QWidget

from safeplan_desktop.domain.answers import Answer
from safeplan_desktop.domain.ids import new_id
from safeplan_desktop.domain.plan_wording import SectionWording
from safeplan_desktop.domain.plans import CONTACT_SECTIONS, LONGEST_ITEM, PlanItem, PlanSection, SectionKey
from safeplan_desktop.domain.vocabulary import label_of
from safeplan_desktop.ui.widgets.inputs import Choice, TextLine
from safeplan_desktop.ui.widgets.layout import Card, button, label, row

_SAFETY = (("call", "Call"), ("leave_message", "Message"), ("write", "Write"))
"""What is safe with a contact: field, and its word."""


class _EntryLine(TextLine):
    """The line of an entry: Enter goes on, several pasted lines become several entries, Backspace removes an empty one."""

    next_wanted = Signal()
    lines_pasted = Signal(object)
    removal_wanted = Signal()
    move_wanted = Signal(int)

    def __init__(self, placeholder: str) -> None:
        super().__init__(placeholder, LONGEST_ITEM)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Paste):
            lines = [line.strip() for line in QGuiApplication.clipboard().text().splitlines() if line.strip()]
            if len(lines) > 1:
                self.insert(lines[0])
                self.lines_pasted.emit(lines[1:])
                self.changed.emit()
                return
        alt = event.modifiers() & Qt.KeyboardModifier.AltModifier
        if alt and event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self.move_wanted.emit(-1 if event.key() == Qt.Key.Key_Up else 1)
            return
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.next_wanted.emit()
            return
        if event.key() == Qt.Key.Key_Backspace and not self.text():
            self.removal_wanted.emit()
            return
        super().keyPressEvent(event)


class ItemRow(QWidget):
    """One entry with the fields that its section has."""

    changed = Signal()

    def __init__(self, key: SectionKey, item: PlanItem) -> None:
        super().__init__()
        self._item, self._key = item, key
        contact = key in CONTACT_SECTIONS
        self.line = _EntryLine("Name" if contact else "In the client's words")
        self.line.set_value(item.text)
        self.fields: dict[str, TextLine] = {}
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        first = QHBoxLayout()
        first.setSpacing(6)
        first.addWidget(self.line, 3)
        second = QHBoxLayout()
        second.setSpacing(6)
        self.safety: dict[str, Choice] = {}
        if contact:
            self._add("relation", "Relation", item.relation, first, 2)
            self._add("phone", "Phone", item.phone, first, 2)
            self._add("when_to_call", "When to call", item.when_to_call, second, 2)
            for field, word in _SAFETY:
                safe = Choice([(answer, f"{word}: {label_of(answer).lower()}") for answer in Answer], empty="")
                safe.set_value(getattr(item, field))
                safe.changed.connect(self.changed)
                self.safety[field] = safe
                second.addWidget(safe, 1)
        elif key is SectionKey.SURROUNDINGS:
            self._add("who", "Who does it", item.who, first, 1)
            self._add("when", "By when", item.when, first, 1)
        self.buttons = QHBoxLayout()
        self.buttons.setSpacing(4)
        first.addLayout(self.buttons)
        layout.addLayout(first)
        if contact:
            layout.addLayout(second)
        self.line.changed.connect(self.changed)

    def _add(self, field: str, words: str, value: str, line: QHBoxLayout, stretch: int) -> None:
        made = TextLine(words)
        made.set_value(value)
        made.changed.connect(self.changed)
        self.fields[field] = made
        line.addWidget(made, stretch)

    def set_place(self, prefix: str, number: int, heading: str) -> None:
        """Gives every field its name, for tests and screen readers."""
        self.setObjectName(f"{prefix}.{number}")
        self.line.setObjectName(f"{prefix}.{number}.text")
        self.line.setAccessibleName(f"{heading}, entry {number}")
        for field, widget in self.fields.items():
            widget.setObjectName(f"{prefix}.{number}.{field}")
            widget.setAccessibleName(f"{heading}, entry {number}: {widget.placeholderText()}")
        for field, word in _SAFETY:
            if field in self.safety:
                self.safety[field].setObjectName(f"{prefix}.{number}.{field}")
                self.safety[field].setAccessibleName(f"{heading}, entry {number}: safe to {word.lower()}")

    def value(self) -> PlanItem:
        """The entry as typed."""
        typed: dict[str, Any] = {field: widget.value() for field, widget in self.fields.items()}
        typed |= {field: choice.value() for field, choice in self.safety.items()}
        return replace(self._item, text=self.line.value(), **typed)


class SectionCard(Card):
    """A section with its entries, its ideas, and "not for me"."""

    changed = Signal()
    removed = Signal(object)

    def __init__(self, number: int, wording: SectionWording, section: PlanSection) -> None:
        super().__init__(f"{number}. {wording.heading}", wording.hint)
        self.key = section.key
        self._prefix = f"plan.{section.key.value}"
        self._heading = wording.heading
        self.rows: list[ItemRow] = []
        self._rows_layout = QVBoxLayout()
        self._rows_layout.setSpacing(8)
        self.add(self._rows_layout)
        self.not_for_me = QCheckBox("Not for me")
        self.not_for_me.setObjectName(f"{self._prefix}.not-for-me")
        self.not_for_me.setAccessibleName(f"{wording.heading}: not for me")
        self.not_for_me.setChecked(section.not_for_me)
        self.not_for_me.toggled.connect(self._toggle_not_for_me)
        self.add_button = button("Add", f"{self._prefix}.add", self.add_entry)
        self.add_button.setAccessibleName(f"Add to: {wording.heading}")
        self._ideas_button = button("Questions and ideas", f"{self._prefix}.ideas", self._toggle_ideas, kind="quiet")
        self._ideas_button.setAccessibleName(f"Questions and ideas for: {wording.heading}")
        self.add(row(self.add_button, self._ideas_button, None, self.not_for_me))
        self._ideas = label(
            "\n".join(f"•  {prompt}" for prompt in wording.prompts), "quiet", name=f"{self._prefix}.prompts"
        )
        self._ideas.setVisible(False)
        self.add(self._ideas)
        for item in section.items or (PlanItem(new_id(), ""),):
            self._insert(len(self.rows), item)
        self._enable()

    def value(self) -> PlanSection:
        """The section as typed; empty entries are left out."""
        items = tuple(value for entry in self.rows if (value := entry.value()).text.strip() or value.phone.strip())
        return PlanSection(self.key, items, self.not_for_me.isChecked())

    def add_entry(self) -> None:
        """A new, empty entry at the end, with the cursor in it."""
        self._insert(len(self.rows), PlanItem(new_id(), ""))
        self.rows[-1].line.setFocus(Qt.FocusReason.OtherFocusReason)

    def focus_first(self) -> None:
        """Puts the cursor in the first entry."""
        self.rows[0].line.setFocus(Qt.FocusReason.OtherFocusReason)

    def _insert(self, at: int, item: PlanItem) -> ItemRow:
        made = ItemRow(self.key, item)
        made.changed.connect(self.changed)
        made.line.next_wanted.connect(lambda: self._go_on(made))
        made.line.lines_pasted.connect(lambda lines: self._pasted(made, lines))
        made.line.removal_wanted.connect(lambda: self._remove(made, silent=True))
        made.line.move_wanted.connect(lambda step: self.shift(made, step))
        for words, name, action in (
            ("Up", "up", lambda: self.shift(made, -1)),
            ("Down", "down", lambda: self.shift(made, 1)),
            ("Remove", "remove", lambda: self._remove(made, silent=False)),
        ):
            small = button(words, f"{self._prefix}.{name}", action, kind="small")
            small.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            made.buttons.addWidget(small)
        self.rows.insert(at, made)
        self._rows_layout.insertWidget(at, made)
        self._number()
        return made

    def _number(self) -> None:
        for number, entry in enumerate(self.rows, start=1):
            entry.set_place(self._prefix, number, self._heading)
            for index, (words, name) in enumerate((("Move up", "up"), ("Move down", "down"), ("Remove", "remove"))):
                small = entry.buttons.itemAt(index)
                widget = small.widget() if small is not None else None
                if widget is not None:
                    widget.setObjectName(f"{self._prefix}.{number}.{name}")
                    widget.setAccessibleName(f"{words}: {self._heading}, entry {number}")

    def _go_on(self, entry: ItemRow) -> None:
        index = self.rows.index(entry) + 1
        if entry.line.value().strip():
            made = self._insert(index, PlanItem(new_id(), ""))
            made.line.setFocus(Qt.FocusReason.OtherFocusReason)

    def _pasted(self, entry: ItemRow, lines: list[str]) -> None:
        index = self.rows.index(entry) + 1
        for offset, line in enumerate(lines):
            self._insert(index + offset, PlanItem(new_id(), line))
        self.rows[index + len(lines) - 1].line.setFocus(Qt.FocusReason.OtherFocusReason)

    def shift(self, entry: ItemRow, step: int) -> None:
        """Moves an entry up (-1) or down (1)."""
        index = self.rows.index(entry)
        target = index + step
        if not 0 <= target < len(self.rows):
            return
        self.rows.insert(target, self.rows.pop(index))
        self._rows_layout.removeWidget(entry)
        self._rows_layout.insertWidget(target, entry)
        self._number()
        entry.line.setFocus(Qt.FocusReason.OtherFocusReason)
        self.changed.emit()

    def _remove(self, entry: ItemRow, *, silent: bool) -> None:
        index, item = self.rows.index(entry), entry.value()
        if silent and (len(self.rows) == 1 or item.phone.strip()):
            return
        self.rows.remove(entry)
        self._rows_layout.removeWidget(entry)
        entry.hide()
        entry.deleteLater()
        if not self.rows:
            self._insert(0, PlanItem(new_id(), ""))
        self._number()
        self.rows[max(index - 1, 0)].line.setFocus(Qt.FocusReason.OtherFocusReason)
        self.changed.emit()
        if not silent and (item.text.strip() or item.phone.strip()):
            undo: Callable[[], None] = lambda: self._bring_back(index, item)  # noqa: E731 - its type matters here
            self.removed.emit(undo)

    def _bring_back(self, index: int, item: PlanItem) -> None:
        self._insert(min(index, len(self.rows)), item)
        self.changed.emit()

    def _toggle_not_for_me(self, _on: bool) -> None:  # noqa: FBT001 - Qt's signal
        self._enable()
        self.changed.emit()

    def _enable(self) -> None:
        on = not self.not_for_me.isChecked()
        self.add_button.setEnabled(on)
        for entry in self.rows:
            entry.setEnabled(on)

    def _toggle_ideas(self) -> None:
        self._ideas.setVisible(self._ideas.isHidden())
