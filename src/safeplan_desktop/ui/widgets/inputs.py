"""Input widgets: each has `value()`, `set_value()` (which stays silent) and `changed` (which speaks of the user's edits)."""

from __future__ import annotations

import math
from collections.abc import Sequence
from enum import Enum
from typing import Any

from PySide6.QtCore import QEvent, QMimeData, QObject, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QKeyEvent, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import (
    QApplication,
    QButtonGroup,
    QComboBox,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from safeplan_desktop.ui.widgets.flow import FlowLayout
from safeplan_desktop.ui.widgets.wrapping import RoundButton

LONGEST_TEXT = 100_000
_AROUND_TEXT = 26
"""Pixels above and below the text of a text area: border, padding, the document's own margin."""


class TextLine(QLineEdit):
    """One line of text."""

    changed = Signal()

    def __init__(self, placeholder: str = "", longest: int = 500) -> None:
        super().__init__()
        self.setPlaceholderText(placeholder)
        self.setMaxLength(longest)
        self.setInputMethodHints(Qt.InputMethodHint.ImhSensitiveData)
        self.textEdited.connect(lambda _text: self.changed.emit())

    def value(self) -> str:
        """The text."""
        return self.text()

    def set_value(self, text: str) -> None:
        """Replaces the text; the beginning is in sight."""
        if text != self.text():
            self.setText(text)
            self.setCursorPosition(0)


class TextArea(QPlainTextEdit):
    """Several lines; grows with its text. Tab goes on to the next field, copies are plain text."""

    changed = Signal()

    def __init__(self, placeholder: str = "", fewest_lines: int = 2, most_lines: int = 12) -> None:
        super().__init__()
        self._fewest, self._most = fewest_lines, most_lines
        self._silent = False
        self.setPlaceholderText(placeholder)
        self.setTabChangesFocus(True)
        self.setInputMethodHints(Qt.InputMethodHint.ImhSensitiveData | Qt.InputMethodHint.ImhMultiLine)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.textChanged.connect(self._edited)
        self.document().documentLayout().documentSizeChanged.connect(lambda _size: self._fit())
        self._fit()

    def value(self) -> str:
        """The text."""
        return self.toPlainText()

    def set_value(self, text: str) -> None:
        """Replaces the text and forgets what could be undone."""
        if text == self.toPlainText():
            return
        self._silent = True
        self.setPlainText(text)
        self._silent = False

    def createMimeDataFromSelection(self) -> QMimeData:
        data = QMimeData()
        data.setText(self.textCursor().selectedText().replace("\u2029", "\n"))
        return data

    def insertFromMimeData(self, source: QMimeData) -> None:
        self.insertPlainText(source.text()[:LONGEST_TEXT])

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _edited(self) -> None:
        if not self._silent:
            self.changed.emit()

    def _fit(self) -> None:
        lines = min(max(int(self.document().size().height()), self._fewest), self._most)
        # A line takes whole pixels, and one pixel too few would already make it scroll.
        height = lines * math.ceil(QFontMetricsF(self.font()).lineSpacing()) + _AROUND_TEXT
        if self.height() != height or self.minimumHeight() != height:
            self.setFixedHeight(height)


class Choice(QComboBox):
    """One of a list. The wheel changes it only while it has the focus, so scrolling a page changes nothing."""

    changed = Signal()

    def __init__(self, options: Sequence[tuple[Any, str]], empty: str = "Please choose") -> None:
        super().__init__()
        self._values: list[Any] = []
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.set_options(options, empty)
        self.activated.connect(lambda _index: self.changed.emit())

    def set_options(self, options: Sequence[tuple[Any, str]], empty: str = "") -> None:
        """Replaces the list; `empty` is the words for "nothing chosen", or nothing when one is always chosen."""
        present = self.value() if self._values else None
        self.blockSignals(True)
        self.clear()
        self._values = []
        if empty:
            self._values.append(None)
            self.addItem(empty)
        for value, words in options:
            self._values.append(value)
            self.addItem(words)
        self.blockSignals(False)
        self.set_value(present)

    def value(self) -> Any:  # noqa: ANN401 - whatever the options hold
        """The chosen value; None for none."""
        return self._values[self.currentIndex()] if 0 <= self.currentIndex() < len(self._values) else None

    def set_value(self, value: object) -> None:
        """Chooses a value; the first entry when it isn't in the list."""
        self.setCurrentIndex(self._values.index(value) if value in self._values else 0)

    def wheelEvent(self, event: QWheelEvent) -> None:
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()


_TEN = 10  # digits on a keyboard


class OptionRow(QWidget):
    """A question with a few answers side by side: a digit chooses, arrows move, Delete clears.

    With `points` the digit is the answer's value, as it stands on the paper form; else it is the answer's place.
    """

    changed = Signal()
    chosen = Signal()

    def __init__(
        self, options: Sequence[tuple[Any, str]], *, clearable: bool = True, digits: bool = True, points: bool = False
    ) -> None:
        super().__init__()
        self._values = [value for value, _ in options]
        self._clearable = clearable
        points = points and all(isinstance(value, int) and 0 <= value < _TEN for value in self._values)
        keys = self._values if points else list(range(min(len(options), _TEN)))
        self._digits = {int(key): place for place, key in enumerate(keys)} if digits else {}
        shown = {place: key for key, place in self._digits.items()}
        self._group = QButtonGroup(self)
        line = FlowLayout(self)
        self.buttons: list[RoundButton] = []
        for index, (_, words) in enumerate(options):
            key = str(shown.get(index, index))
            radio = RoundButton(f"{key}  {words}" if digits and key != words else words)
            radio.setAccessibleName(words)
            radio.installEventFilter(self)
            radio.clicked.connect(lambda _checked=False: self.changed.emit())
            self._group.addButton(radio, index)
            self.buttons.append(radio)
            line.addWidget(radio)
        self.setFocusProxy(self.buttons[0])

    def setAccessibleName(self, name: str) -> None:
        super().setAccessibleName(name)
        for radio in self.buttons:
            words = radio.text().split("  ", 1)[-1]
            radio.setAccessibleName(f"{name}: {words}")

    def setObjectName(self, name: str) -> None:
        super().setObjectName(name)
        for index, radio in enumerate(self.buttons):
            radio.setObjectName(f"{name}.{index}")

    def value(self) -> Any:  # noqa: ANN401 - whatever the options hold
        """The chosen value; None for none."""
        index = self._group.checkedId()
        return self._values[index] if index >= 0 else None

    def set_value(self, value: object) -> None:
        """Chooses a value; None clears."""
        if value in self._values:
            self.buttons[self._values.index(value)].setChecked(True)
            return
        self._group.setExclusive(False)
        for radio in self.buttons:
            radio.setChecked(False)
        self._group.setExclusive(True)

    def focus_row(self) -> None:
        """Puts the cursor on the chosen answer, else on the first."""
        index = max(self._group.checkedId(), 0)
        self.buttons[index].setFocus(Qt.FocusReason.TabFocusReason)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return False
        if event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            return False
        if self._clearable and event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.set_value(None)
            self.changed.emit()
            return True
        if event.text().isdecimal() and int(event.text()) in self._digits:
            radio = self.buttons[self._digits[int(event.text())]]
            radio.setFocus(Qt.FocusReason.OtherFocusReason)
            radio.setChecked(True)
            self.changed.emit()
            self.chosen.emit()
            return True
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.chosen.emit()
            return True
        return False


def enum_options(kind: type[Enum], words: Any) -> list[tuple[Any, str]]:  # noqa: ANN401 - label_of
    """The options of an enum, with their words."""
    return [(member, words(member)) for member in kind]


class PassphraseField(QWidget):
    """A passphrase: hidden until shown, and it says when Caps Lock may be on."""

    changed = Signal()
    submitted = Signal()

    def __init__(self) -> None:
        super().__init__()
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(3)
        line = QHBoxLayout()
        line.setSpacing(6)
        whole.addLayout(line)
        self._caps = QLabel("Caps Lock may be on.")
        self._caps.setProperty("role", "error")
        self._caps.setVisible(False)
        whole.addWidget(self._caps)
        self.line = QLineEdit()
        self.line.installEventFilter(self)
        self.line.setEchoMode(QLineEdit.EchoMode.Password)
        self.line.setInputMethodHints(
            Qt.InputMethodHint.ImhHiddenText
            | Qt.InputMethodHint.ImhSensitiveData
            | Qt.InputMethodHint.ImhNoAutoUppercase
            | Qt.InputMethodHint.ImhNoPredictiveText
        )
        self.line.setMaxLength(1000)
        self.line.textEdited.connect(lambda _text: self.changed.emit())
        self.line.returnPressed.connect(self.submitted)
        self._show = QPushButton("Show")
        self._show.setCheckable(True)
        self._show.toggled.connect(self._toggle)
        line.addWidget(self.line, 1)
        line.addWidget(self._show)
        self.setFocusProxy(self.line)

    def setAccessibleName(self, name: str) -> None:
        super().setAccessibleName(name)
        self.line.setAccessibleName(name)
        self._show.setAccessibleName(f"Show {name.lower()}")

    def setObjectName(self, name: str) -> None:
        super().setObjectName(name)
        self.line.setObjectName(f"{name}.line")
        self._show.setObjectName(f"{name}.show")
        self._caps.setObjectName(f"{name}.caps-lock")

    def value(self) -> str:
        """What was typed."""
        return self.line.text()

    def set_value(self, text: str) -> None:
        """Puts a text in, such as a suggested passphrase; empty clears it."""
        self.line.setText(text)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            text, shift = event.text(), bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            if text.isalpha() and text.upper() != text.lower():
                # No system tells it to Qt, but a capital without Shift gives it away.
                self._caps.setVisible(text.isupper() != shift)
        return False

    def reveal(self) -> None:
        """Shows the letters."""
        self._show.setChecked(True)

    def _toggle(self, shown: bool) -> None:  # noqa: FBT001 - Qt's signal
        self.line.setEchoMode(QLineEdit.EchoMode.Normal if shown else QLineEdit.EchoMode.Password)
        self._show.setText("Hide" if shown else "Show")


def clear_clipboard_if(text: str) -> None:
    """Empties the clipboard when it still holds `text`."""
    clipboard = QApplication.clipboard()
    if text and clipboard.text() == text:
        clipboard.clear()
