"""One entry of a plan: what is typed, and what belongs to it in its section."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from functools import partial
from textwrap import wrap
from typing import Any, Protocol

from PySide6.QtCore import QEvent, QMimeData, QObject, QPoint, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence, QMouseEvent, QTextOption
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLabel, QMenu, QPushButton, QVBoxLayout, QWidget

from safeplan_desktop.domain.answers import Answer
from safeplan_desktop.domain.plan_editing import entries_of
from safeplan_desktop.domain.plans import (
    CONTACT_SECTIONS,
    LIKELIHOOD_SECTIONS,
    LIKELY_ENOUGH,
    LONGEST_ITEM,
    MOST_LIKELY,
    PlanItem,
    SectionKey,
)
from safeplan_desktop.domain.vocabulary import label_of
from safeplan_desktop.ui.plan.states import ContactOffer
from safeplan_desktop.ui.widgets.flow import FlowLayout
from safeplan_desktop.ui.widgets.inputs import LONGEST_TEXT, Choice, TextArea, TextLine
from safeplan_desktop.ui.widgets.layout import button, label

_SAFETY = (("call", "Call"), ("leave_message", "Message"), ("write", "Write"))
"""What is safe with a contact: field, and its word."""

_DOUBT = "This can't be a whole phone number here. It is kept as you typed it; please check it with the client."
_ENTRY_LINES = 8
_WHEN_LETTERS = 16


class Owner(Protocol):
    """What a row asks of its section."""

    def edit(self, row: ItemRow, field: str, value: object) -> None: ...

    def go_on(self, row: ItemRow) -> None: ...

    def paste(self, row: ItemRow, lines: list[str]) -> None: ...

    def pause(self) -> None: ...

    def remove(self, row: ItemRow, *, by_key: bool = False) -> None: ...

    def shift(self, row: ItemRow, step: int) -> None: ...

    def begin_drag(self, row: ItemRow) -> None: ...

    def drag(self, row: ItemRow, where: QPoint) -> None: ...

    def step_to(self, row: ItemRow, step: int) -> None: ...

    def check_phone(self, typed: str) -> tuple[str, bool]: ...

    def today(self) -> dt.date: ...


class PlanWideUndo(QObject):
    """Leaves the keys of undo and redo to the plan: a field's own undo knows nothing of the other fields."""

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            wanted = (QKeySequence.StandardKey.Undo, QKeySequence.StandardKey.Redo)
            if any(event.matches(key) for key in wanted):
                event.ignore()
                return True
        return False


class EntryArea(TextArea):
    """The words of an entry: Enter goes on to the next, Shift and Enter begin a new line, several pasted lines become several entries."""

    def __init__(self, row: ItemRow, owner: Owner) -> None:
        super().__init__("In the client's words", fewest_lines=1, most_lines=_ENTRY_LINES)
        self._row, self._owner = row, owner
        self.setUndoRedoEnabled(False)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setWordWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)

    def insertFromMimeData(self, source: QMimeData) -> None:
        lines = entries_of(source.text()[:LONGEST_TEXT])
        room = LONGEST_ITEM - len(self.toPlainText())
        if len(lines) > 1 or len(source.text().strip("\r\n")) > room:
            # What is too long for one entry goes on in the next: no word is cut off.
            parts = [part for line in lines for part in wrap(line, LONGEST_ITEM, break_on_hyphens=False)]
            self._owner.paste(self._row, parts)
        else:
            # A step of its own: taking it back leaves what was typed before it.
            self._owner.pause()
            self.insertPlainText(source.text().strip("\r\n"))
            self._owner.pause()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not pressed_in_entry(event, self._row, self._owner, empty=not self.toPlainText()):
            super().keyPressEvent(event)


class EntryLine(TextLine):
    """The name of a contact; the same keys as in other entries."""

    def __init__(self, row: ItemRow, owner: Owner) -> None:
        super().__init__("Name", LONGEST_ITEM)
        self._row, self._owner = row, owner

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not pressed_in_entry(event, self._row, self._owner, empty=not self.text()):
            super().keyPressEvent(event)


def pressed_in_entry(event: QKeyEvent, row: ItemRow, owner: Owner, *, empty: bool) -> bool:
    """What the keys of an entry do; False for a key that only types."""
    key, modifiers = event.key(), event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
    if modifiers == Qt.KeyboardModifier.AltModifier and key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
        owner.shift(row, -1 if key == Qt.Key.Key_Up else 1)
        return True
    if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not modifiers:
        owner.go_on(row)
        return True
    if key == Qt.Key.Key_Backspace and empty:
        owner.remove(row, by_key=True)
        return True
    if modifiers == Qt.KeyboardModifier.ControlModifier and key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
        owner.step_to(row, -1 if key == Qt.Key.Key_Up else 1)
        return True
    return False


class _Number(QLabel):
    """An entry's number; drawn up or down with the mouse, it takes the entry along."""

    def __init__(self, row: ItemRow, owner: Owner) -> None:
        super().__init__()
        self._row, self._owner = row, owner
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setProperty("role", "quiet")
        self.setCursor(Qt.CursorShape.OpenHandCursor)
        self.setToolTip("Drag to another place. With the keyboard: Alt and an arrow key.")
        self.setMinimumWidth(26)
        self.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignRight)
        self.setContentsMargins(0, 9, 0, 0)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.setCursor(Qt.CursorShape.ClosedHandCursor)
        self._owner.begin_drag(self._row)
        event.accept()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if event.buttons() & Qt.MouseButton.LeftButton:
            self._owner.drag(self._row, event.globalPosition().toPoint())

    def mouseReleaseEvent(self, _event: QMouseEvent) -> None:
        self.setCursor(Qt.CursorShape.OpenHandCursor)


class ItemRow(QWidget):
    """One entry with the fields that its section has. It shows an item, and tells its section of every edit."""

    def __init__(self, key: SectionKey, owner: Owner, undo_keys: PlanWideUndo) -> None:
        super().__init__()
        self.item = PlanItem("", "")
        self._key, self._owner, self._undo_keys = key, owner, undo_keys
        self._prefix, self._heading = "", ""
        self._shows_likelihood = False
        self.fields: dict[str, TextLine] = {}
        self.choices: dict[str, Choice] = {}
        self.line: EntryArea | EntryLine
        self.checked: QCheckBox | None = None
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        self._layout = layout
        self._number = _Number(self, owner)
        self.more = menu_button("More", "", self._fill_menu, kind="small")
        contact = key in CONTACT_SECTIONS
        self.line = EntryLine(self, owner) if contact else EntryArea(self, owner)
        self.line.installEventFilter(undo_keys)
        self.line.changed.connect(lambda: owner.edit(self, "text", self.line.value()))
        first = self._add_line()
        first.addWidget(self._number)
        first.addWidget(self.line, 3)
        if contact:
            self._add_field("relation", "Relation", first, 2)
            self._add_field("phone", "Phone", first, 2)
            self.fields["phone"].editingFinished.connect(self._tidy_phone)
        first.addWidget(self.more, 0, Qt.AlignmentFlag.AlignVCenter if contact else Qt.AlignmentFlag.AlignTop)
        if contact:
            self._add_contact_line()
        elif key is SectionKey.SURROUNDINGS:
            second = self._add_line(indented=True)
            self._add_field("who", "Who does it", second, 1)
            self._add_field("when", "By when", second, 1)
            self.checked = QCheckBox()
            self.checked.clicked.connect(self._toggle_checked)
            second.addWidget(self.checked)

    # -- building -------------------------------------------------------------------------------------------------

    def _add_line(self, *, indented: bool = False) -> QHBoxLayout:
        line = QHBoxLayout()
        line.setSpacing(6)
        line.setContentsMargins(32 if indented else 0, 0, 0, 0)
        self._layout.addLayout(line)
        return line

    def _add_field(self, field: str, words: str, line: QHBoxLayout, stretch: int) -> TextLine:
        made = TextLine(words)
        made.installEventFilter(self._undo_keys)
        made.changed.connect(lambda: self._owner.edit(self, field, made.value()))
        self.fields[field] = made
        line.addWidget(made, stretch)
        return made

    def _add_contact_line(self) -> None:
        second = self._add_line(indented=True)
        when = self._add_field("when_to_call", "When to call", second, 2)
        # In large letters, what is safe stands on a line of its own rather than squeezing the field beside it.
        safe = QWidget()
        flow = FlowLayout(safe)
        for field, word in _SAFETY:
            choice = Choice([(answer, f"{word}: {label_of(answer).lower()}") for answer in Answer], empty="")
            choice.changed.connect(partial(self._choose, field))
            self.choices[field] = choice
            flow.addWidget(choice)
        when.setMinimumWidth(when.fontMetrics().averageCharWidth() * _WHEN_LETTERS)
        second.addWidget(safe, 5)
        self._doubt = label("", "quiet")
        self._doubt.setContentsMargins(32, 0, 0, 0)
        self._doubt.setVisible(False)
        self._layout.addWidget(self._doubt)

    def _add_likelihood_line(self) -> None:
        """Made when it is first wanted: most entries never have it."""
        third = self._add_line(indented=True)
        likely = Choice(
            [(number, f"How likely: {number} of {MOST_LIKELY}") for number in range(MOST_LIKELY + 1)], "How likely?"
        )
        likely.changed.connect(partial(self._choose, "likelihood"))
        self.choices["likelihood"] = likely
        third.addWidget(likely)
        self._add_field("obstacle", "What could get in the way, and what then?", third, 1)
        self._shows_likelihood = True
        self._name_fields()

    # -- showing --------------------------------------------------------------------------------------------------

    def bind(self, item: PlanItem) -> None:
        """Shows an item; what is the same already stays untouched, with its cursor."""
        self.item = item
        self.line.set_value(item.text)
        if (item.likelihood is not None or item.obstacle) and not self._shows_likelihood:
            self._add_likelihood_line()
        for field, widget in self.fields.items():
            widget.set_value(getattr(item, field))
        for field, choice in self.choices.items():
            choice.set_value(getattr(item, field))
        if self._shows_likelihood:
            wanted = item.likelihood is not None or bool(item.obstacle)
            shown: tuple[QWidget, ...] = (self.choices["likelihood"], self.fields["obstacle"])
            for part in shown:
                part.setVisible(wanted or not part.isHidden())
            self._ask_for_obstacle()
        if self.checked is not None:
            self.checked.setChecked(item.checked_on is not None)
            day = item.checked_on
            self.checked.setText(f"Checked together on {day:%d %b %Y}" if day else "Checked together")
        if self._key in CONTACT_SECTIONS:
            self._show_doubt(doubtful=bool(item.phone) and self._owner.check_phone(item.phone)[1])

    def set_place(self, prefix: str, number: int, heading: str) -> None:
        """Gives every field its name, for tests and screen readers."""
        self._prefix, self._heading = f"{prefix}.{number}", f"{heading}, entry {number}"
        self._number.setText(f"{number}.")
        self._name_fields()

    def _name_fields(self) -> None:
        prefix, heading = self._prefix, self._heading
        self.setObjectName(prefix)
        self.line.setObjectName(f"{prefix}.text")
        self.line.setAccessibleName(heading)
        self.more.setObjectName(f"{prefix}.more")
        self.more.setAccessibleName(f"More for {heading}: move, remove")
        for field, widget in self.fields.items():
            widget.setObjectName(f"{prefix}.{field}")
            widget.setAccessibleName(f"{heading}: {widget.placeholderText()}")
        words = dict(_SAFETY)
        for field, choice in self.choices.items():
            choice.setObjectName(f"{prefix}.{field}")
            said = f"safe to {words[field].lower()}" if field in words else "how likely, 0 to 10"
            choice.setAccessibleName(f"{heading}: {said}")
        if self.checked is not None:
            self.checked.setObjectName(f"{prefix}.checked")
            self.checked.setAccessibleName(f"{heading}: checked together")

    def focus(self, *, at_end: bool = False) -> None:
        """Puts the cursor into the entry."""
        self.line.setFocus(Qt.FocusReason.OtherFocusReason)
        if at_end and isinstance(self.line, EntryArea):
            cursor = self.line.textCursor()
            cursor.movePosition(cursor.MoveOperation.End)
            self.line.setTextCursor(cursor)

    # -- what the therapist does ----------------------------------------------------------------------------------

    def actions_of_menu(self) -> list[tuple[str, str, Callable[[], None]]]:
        """What "More" offers: name, words, what it does."""
        owner = self._owner
        offered: list[tuple[str, str, Callable[[], None]]] = []
        if self._key in LIKELIHOOD_SECTIONS:
            offered.append(("likelihood", "How likely, and what could get in the way", self.ask_likelihood))
        offered += [
            ("up", "Move up\tAlt+Up", lambda: owner.shift(self, -1)),
            ("down", "Move down\tAlt+Down", lambda: owner.shift(self, 1)),
            ("remove", "Remove", lambda: owner.remove(self)),
        ]
        return offered

    def _fill_menu(self, menu: QMenu) -> None:
        for name, words, action in self.actions_of_menu():
            made = menu.addAction(words)
            made.setObjectName(f"{self._prefix}.{name}")
            made.triggered.connect(lambda _checked=False, action=action: action())

    def ask_likelihood(self) -> None:
        """Shows the fields for how likely this is."""
        if not self._shows_likelihood:
            self._add_likelihood_line()
        self.choices["likelihood"].setVisible(True)
        self.fields["obstacle"].setVisible(True)
        self.choices["likelihood"].setFocus(Qt.FocusReason.OtherFocusReason)

    def _choose(self, field: str) -> None:
        value: Any = self.choices[field].value()
        self._owner.edit(self, field, value)
        if field == "likelihood":
            self._ask_for_obstacle()

    def _ask_for_obstacle(self) -> None:
        likelihood = self.choices["likelihood"].value()
        asked = likelihood is not None and likelihood < LIKELY_ENOUGH
        words = "What could get in the way? What helps then?" if asked else "What could get in the way, and what then?"
        self.fields["obstacle"].setPlaceholderText(words)

    def _toggle_checked(self, on: bool) -> None:  # noqa: FBT001 - Qt's signal
        self._owner.edit(self, "checked_on", self._owner.today() if on else None)

    def _tidy_phone(self) -> None:
        field = self.fields["phone"]
        written, doubtful = self._owner.check_phone(field.value())
        if written != field.value():
            field.set_value(written)
            self._owner.edit(self, "phone", written)
        self._show_doubt(doubtful=doubtful)

    def _show_doubt(self, *, doubtful: bool) -> None:
        self._doubt.setText(_DOUBT if doubtful else "")
        self._doubt.setVisible(doubtful)


def menu_button(words: str, name: str, fill: Callable[[QMenu], None], *, kind: str = "") -> QPushButton:
    """A button that opens a menu; the menu is filled when it is opened."""

    def opened() -> None:
        menu = QMenu(made)
        menu.setObjectName(f"{made.objectName()}.menu")
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        fill(menu)
        menu.popup(made.mapToGlobal(QPoint(0, made.height())))

    made = button(words, name, opened, kind=kind)
    return made


def fill_offers(menu: QMenu, offers: Sequence[ContactOffer], pick: Callable[[ContactOffer], None]) -> None:
    """Offers people in a menu; those who must never be contacted can be seen, not picked."""
    if not offers:
        menu.addAction("No contact with a name yet").setEnabled(False)
    for offer in offers:
        action = menu.addAction(f"{offer.words} (never contact)" if offer.never else offer.words)
        action.setEnabled(not offer.never)
        action.triggered.connect(lambda _checked=False, offer=offer: pick(offer))
