"""Input widgets: each has `value()`, `set_value()` (which stays silent) and `changed` (which speaks of the user's edits)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from enum import Enum
from typing import Any

from PySide6.QtCore import QDate, QEvent, QLocale, QMimeData, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import (
    QApplication,
    QButtonGroup,
    QCalendarWidget,
    QComboBox,
    QHBoxLayout,
    QLineEdit,
    QMenu,
    QPlainTextEdit,
    QPushButton,
    QRadioButton,
    QSizePolicy,
    QToolButton,
    QWidget,
    QWidgetAction,
)

from safeplan_desktop.domain.moments import zone_info
from safeplan_desktop.ui.widgets.flow import FlowLayout

LONGEST_TEXT = 100_000


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
        height = lines * self.fontMetrics().lineSpacing() + 24
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


def parse_date(text: str) -> dt.date | None:
    """A date from what people type: ISO, or this computer's own short format, or day.month.year."""
    text = text.strip()
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        pass
    locale = QLocale()
    for form in (
        locale.dateFormat(QLocale.FormatType.ShortFormat).replace("yyyy", "yy").replace("yy", "yyyy"),
        "d.M.yyyy",
    ):
        found = locale.toDate(text, form)
        if found.isValid():
            return dt.date(found.year(), found.month(), found.day())
    return None


class _Roomy(QObject):
    """Keeps a line wide enough for a text, at every size of letters."""

    def __init__(self, line: QLineEdit, text: str) -> None:
        super().__init__(line)
        self._line, self._text = line, text
        line.installEventFilter(self)
        self._fit()

    def _fit(self) -> None:
        self._line.setMinimumWidth(self._line.fontMetrics().horizontalAdvance(self._text) + 30)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.Polish):
            self._fit()
        return False


def _room_for(line: QLineEdit, text: str) -> None:
    _Roomy(line, text)
    line.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)


class DateField(QWidget):
    """A day, typed or picked; may be empty. Typed nonsense is kept in sight and counts as empty."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(6)
        self.line = QLineEdit()
        self.line.setPlaceholderText("YYYY-MM-DD")
        self.line.setMaxLength(20)
        _room_for(self.line, "0000-00-00")
        self.line.textEdited.connect(lambda _text: self.changed.emit())
        self.line.editingFinished.connect(self._tidy)
        self._pick = QToolButton()
        self._pick.setText("Calendar")
        self._pick.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self._menu: QMenu | None = None
        self._pick.setMenu(QMenu(self._pick))
        self._pick.menu().aboutToShow.connect(self._fill_menu)
        line.addWidget(self.line, 1)
        line.addWidget(self._pick)
        self.setFocusProxy(self.line)

    def setAccessibleName(self, name: str) -> None:
        super().setAccessibleName(name)
        self.line.setAccessibleName(name)
        self._pick.setAccessibleName(f"{name}: calendar")

    def setObjectName(self, name: str) -> None:
        super().setObjectName(name)
        self.line.setObjectName(f"{name}.line")
        self._pick.setObjectName(f"{name}.calendar")

    def value(self) -> dt.date | None:
        """The day; None when it is empty or can't be read."""
        return parse_date(self.line.text())

    @property
    def unreadable(self) -> bool:
        """Whether something was typed that isn't a day."""
        return bool(self.line.text().strip()) and self.value() is None

    def set_value(self, day: dt.date | None) -> None:
        """Shows a day; None empties it."""
        self.line.setText("" if day is None else day.isoformat())

    def _tidy(self) -> None:
        day = self.value()
        if day is not None:
            self.set_value(day)

    def _fill_menu(self) -> None:
        menu = self._pick.menu()
        if menu.actions():
            return
        calendar = QCalendarWidget(menu)
        calendar.setObjectName(f"{self.objectName()}.calendar.days")
        calendar.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader)
        calendar.clicked.connect(self._picked)
        calendar.activated.connect(self._picked)
        action = QWidgetAction(menu)
        action.setDefaultWidget(calendar)
        menu.addAction(action)

    def _picked(self, day: QDate) -> None:
        self.set_value(dt.date(day.year(), day.month(), day.day()))
        self._pick.menu().close()
        self.changed.emit()


class DateTimeField(QWidget):
    """A day and a time to the minute in one zone; may be empty."""

    changed = Signal()

    def __init__(self, zone: str, now: Any) -> None:  # noqa: ANN401 - a callable that gives the present instant
        super().__init__()
        self._zone, self._now = zone, now
        line = FlowLayout(self, spacing=6)
        self.day = DateField()
        self.time = QLineEdit()
        self.time.setPlaceholderText("HH:MM")
        self.time.setMaxLength(5)
        _room_for(self.time, "00:00")
        self.day.changed.connect(self.changed)
        self.time.textEdited.connect(lambda _text: self.changed.emit())
        self._set_now = QPushButton("Now")
        self._set_now.setProperty("kind", "small")
        self._set_now.clicked.connect(self._take_now)
        line.addWidget(self.day)
        line.addWidget(self.time)
        line.addWidget(self._set_now)
        self.setFocusProxy(self.day.line)

    def setAccessibleName(self, name: str) -> None:
        super().setAccessibleName(name)
        self.day.setAccessibleName(f"{name}: day")
        self.time.setAccessibleName(f"{name}: time")
        self._set_now.setAccessibleName(f"{name}: now")

    def setObjectName(self, name: str) -> None:
        super().setObjectName(name)
        self.day.setObjectName(f"{name}.day")
        self.time.setObjectName(f"{name}.time")
        self._set_now.setObjectName(f"{name}.now")

    def set_zone(self, zone: str) -> None:
        """Shows the same instant in another zone."""
        value = self.value()
        self._zone = zone
        self.set_value(value)

    def value(self) -> dt.datetime | None:
        """The instant in UTC; None while day or time is missing or can't be read."""
        day, text = self.day.value(), self.time.text().strip().replace(".", ":")
        if day is None:
            return None
        try:
            hour, minute = (int(part) for part in text.split(":"))
            local = dt.datetime(day.year, day.month, day.day, hour, minute, tzinfo=zone_info(self._zone))
        except ValueError:
            return None
        return local.astimezone(dt.UTC)

    def set_value(self, value: dt.datetime | None) -> None:
        """Shows an instant in the field's zone; None empties it."""
        local = None if value is None else value.astimezone(zone_info(self._zone))
        self.day.set_value(None if local is None else local.date())
        self.time.setText("" if local is None else local.strftime("%H:%M"))

    def _take_now(self) -> None:
        self.set_value(self._now())
        self.changed.emit()


class OptionRow(QWidget):
    """A question with a few answers side by side: a digit chooses, arrows move, Delete clears."""

    changed = Signal()
    chosen = Signal()

    def __init__(self, options: Sequence[tuple[Any, str]], *, clearable: bool = True, digits: bool = True) -> None:
        super().__init__()
        self._values = [value for value, _ in options]
        self._clearable, self._digits = clearable, digits
        self._group = QButtonGroup(self)
        line = FlowLayout(self)
        self.buttons: list[QRadioButton] = []
        for index, (_, words) in enumerate(options):
            radio = QRadioButton(f"{index}  {words}" if digits else words)
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
        if self._digits and event.text().isdecimal() and int(event.text()) < len(self.buttons):
            radio = self.buttons[int(event.text())]
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
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(6)
        self.line = QLineEdit()
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

    def value(self) -> str:
        """What was typed."""
        return self.line.text()

    def set_value(self, text: str) -> None:
        """Puts a text in, such as a suggested passphrase; empty clears it."""
        self.line.setText(text)

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
