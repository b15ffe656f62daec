"""The dialogs of Today: put a row off, print the week."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from safeplan_desktop.domain.due import DueRow
from safeplan_desktop.errors import InvalidInputError
from safeplan_desktop.ui.today.presenter import TodayPresenter
from safeplan_desktop.ui.widgets.dates import NOT_A_DAY, DateField
from safeplan_desktop.ui.widgets.form_dialog import FormDialog
from safeplan_desktop.ui.widgets.inputs import OptionRow, TextLine
from safeplan_desktop.ui.widgets.wrapping import TickBox


class SnoozeDialog(FormDialog):
    """Until when, and why."""

    def __init__(self, parent: QWidget, presenter: TodayPresenter, row: DueRow) -> None:
        super().__init__(
            parent, "snooze", "Put off", f"Put off: {row.sentence}", presenter.limit_words(row), letters=64
        )
        self._presenter, self._row = presenter, row
        choices = presenter.choices(row)
        self._days = [day for day, _ in choices]
        self.until = OptionRow(
            [(place, words) for place, (_, words) in enumerate(choices, start=1)], clearable=False, points=True
        )
        self.until.set_value(1)
        self.day, self.reason = DateField(), TextLine("Such as: on holiday until Thursday", longest=200)
        self.form.add("until", "Until when", self.until, "A digit chooses")
        self.form.add("day", "That day", self.day)
        self.form.add("reason", "Why", self.reason, "A few words, for yourself")
        self.until.changed.connect(self._show_day)
        self.until.chosen.connect(self._go_on)
        self.finish("Put off", "save", self._save)
        self._show_day()
        self.until.focus_row()

    def _chosen(self) -> dt.date | None:
        """The chosen day; None where it is to be typed."""
        place: int = self.until.value()
        return self._days[place - 1]

    def _typed(self) -> bool:
        return self._chosen() is None

    def _show_day(self) -> None:
        self.day.setEnabled(self._typed())

    def _go_on(self) -> None:
        (self.day.line if self._typed() else self.reason).setFocus()

    def _save(self) -> None:
        if self._typed() and self.day.unreadable:
            raise InvalidInputError("day", NOT_A_DAY)
        until = self.day.value() if self._typed() else self._chosen()
        try:
            self._presenter.put_off(self._row, until, self.reason.value())
        except InvalidInputError as problem:
            if problem.field == "until" and self._typed():
                raise InvalidInputError("day", problem.what, next_step=problem.next_step) from problem
            raise


class WeekDialog(FormDialog):
    """Whether names stand on the printed week."""

    def __init__(self, parent: QWidget, print_week: Callable[[bool], None]) -> None:
        super().__init__(
            parent,
            "week",
            "Print the week",
            "Print the week",
            "What is due by day, with boxes to tick. Clients stand on it with their codes.",
            letters=60,
        )
        words = "Names beside the codes, on this sheet alone"
        self.names = TickBox(words)
        self.names.setObjectName("week.names")
        self.names.setAccessibleName(words)
        self.form.add_widget(self.names)
        self.finish("Show", "show", lambda: print_week(self.names.isChecked()))
