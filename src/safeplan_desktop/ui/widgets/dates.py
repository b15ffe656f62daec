"""Fields for a day and for a time to the minute: typed or picked, and they may be empty."""

from __future__ import annotations

import datetime as dt
from typing import Any

from PySide6.QtCore import QDate, QEvent, QLocale, QObject, Signal
from PySide6.QtWidgets import (
    QCalendarWidget,
    QHBoxLayout,
    QLineEdit,
    QMenu,
    QPushButton,
    QSizePolicy,
    QToolButton,
    QWidget,
    QWidgetAction,
)

from safeplan_desktop.domain.moments import zone_info
from safeplan_desktop.domain.periods import Period
from safeplan_desktop.errors import InvalidInputError
from safeplan_desktop.ui.widgets.flow import FlowLayout

NOT_A_DAY = "This can't be read as a day. Please type it like 2026-03-05."
_NOT_A_TIME = "This can't be read as a day and a time. Please type them like 2026-03-05 and 14:30."


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


def room_for(line: QLineEdit, text: str) -> None:
    """Keeps a line wide enough for a text, and no wider than its place asks for."""
    _Roomy(line, text)
    line.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)


class DateField(QWidget):
    """A day, typed or picked; may be empty. Typed nonsense is kept in sight, counts as empty, and is said to be so."""

    changed = Signal()
    complained = Signal(str)
    """A sentence on what was typed, when it can't be read; empty when it can again."""

    def __init__(self) -> None:
        super().__init__()
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(6)
        self.line = QLineEdit()
        self.line.setPlaceholderText("YYYY-MM-DD")
        self.line.setMaxLength(20)
        room_for(self.line, "0000-00-00")
        self.line.textEdited.connect(lambda _text: self.changed.emit())
        self.line.editingFinished.connect(self._tidy)
        self._pick = QToolButton()
        self._pick.setText("Calendar")
        self._pick.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self._menu: QMenu | None = None
        self._complains = False
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
        self._complains = False
        self.complained.emit("")

    def _tidy(self) -> None:
        day = self.value()
        if day is not None:
            self.line.setText(day.isoformat())
        # What others say of this day, that it lies before another one, isn't for the field to take away.
        if self.unreadable or self._complains:
            self._complains = self.unreadable
            self.complained.emit(NOT_A_DAY if self.unreadable else "")

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


def period_of(since: DateField, until: DateField) -> Period:
    """The days between two fields.

    Raises:
        InvalidInputError: "since" or "until", when it can't be read, or when the last day lies before the first.
    """
    for name, field in (("since", since), ("until", until)):
        if field.unreadable:
            raise InvalidInputError(name, NOT_A_DAY)
    return Period(since.value(), until.value())


class DateTimeField(QWidget):
    """A day and a time to the minute in one zone; may be empty."""

    changed = Signal()
    complained = Signal(str)
    """A sentence when day and time can't be read or one of them is missing; empty when all is well again."""

    def __init__(self, zone: str, now: Any) -> None:  # noqa: ANN401 - a callable that gives the present instant
        super().__init__()
        self._zone, self._now = zone, now
        line = FlowLayout(self, spacing=6)
        self.day = DateField()
        self.time = QLineEdit()
        self.time.setPlaceholderText("HH:MM")
        self.time.setMaxLength(5)
        room_for(self.time, "00:00")
        self.day.changed.connect(self.changed)
        self.time.textEdited.connect(lambda _text: self.changed.emit())
        self.time.editingFinished.connect(self._complain)
        self.day.complained.connect(self._day_complained)
        self._set_now = QPushButton("Now")
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
            return local.astimezone(dt.UTC)
        except (ValueError, OverflowError):
            return None

    def set_value(self, value: dt.datetime | None) -> None:
        """Shows an instant in the field's zone; None empties it."""
        local = None if value is None else value.astimezone(zone_info(self._zone))
        self.day.set_value(None if local is None else local.date())
        self.time.setText("" if local is None else local.strftime("%H:%M"))
        self.complained.emit("")

    @property
    def unreadable(self) -> bool:
        """Whether something was typed that isn't a day and a time."""
        return bool(self.day.line.text().strip() or self.time.text().strip()) and self.value() is None

    def _day_complained(self, sentence: str) -> None:
        # A day without a time isn't wrong yet: the time is the next thing to be typed.
        wrong = bool(self.time.text().strip()) and self.unreadable
        self.complained.emit(sentence or (_NOT_A_TIME if wrong else ""))

    def _complain(self) -> None:
        self.complained.emit(_NOT_A_TIME if self.unreadable else "")

    def _take_now(self) -> None:
        self.set_value(self._now())
        self.changed.emit()
