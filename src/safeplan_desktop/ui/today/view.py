"""Today: what is due by day, each row opens the thing itself; nothing due is a calm, empty page."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from safeplan_desktop.domain.snoozes import PutOff
from safeplan_desktop.errors import SafePlanError
from safeplan_desktop.services.due import DueList
from safeplan_desktop.ui.kept_words import KeptWords
from safeplan_desktop.ui.printing import choose_save_path
from safeplan_desktop.ui.theme import GAP
from safeplan_desktop.ui.today.dialogs import SnoozeDialog, WeekDialog
from safeplan_desktop.ui.today.presenter import MANY, Group, Line, Sort, TodayPresenter, first_row, row_of
from safeplan_desktop.ui.widgets.banner import Banner
from safeplan_desktop.ui.widgets.data_table import Column, DataTable
from safeplan_desktop.ui.widgets.flow import FlowLayout
from safeplan_desktop.ui.widgets.inputs import Choice
from safeplan_desktop.ui.widgets.layout import EmptyState, button, label


class DueTable(DataTable):
    """The list; S puts the chosen row off."""

    put_off = Signal(object)

    def __init__(self, presenter: TodayPresenter) -> None:
        super().__init__(
            "today.table",
            "What is due",
            (
                Column("What", presenter.what_words, stretch=True),
                Column("Client", presenter.client_words, width=200),
                Column("Due", presenter.due_words, width=200),
            ),
            heads=lambda line: isinstance(line, Group),
        )

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_S and not event.modifiers() and self.current() is not None:
            self.put_off.emit(self.current())
            return
        super().keyPressEvent(event)


_LOOK_AGAIN_MS = 60_000


class TodayView(QWidget):
    """The due list."""

    def __init__(self, presenter: TodayPresenter, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("page")
        self._presenter = presenter
        self._listed = DueList((), ())
        layout = QVBoxLayout(self)
        layout.setContentsMargins(3 * GAP, 2 * GAP, 3 * GAP, 2 * GAP)
        layout.setSpacing(GAP)
        layout.addWidget(label("Today", "title"))
        self._about = label("", "quiet", name="today.about")
        layout.addWidget(self._about)
        self.banner = Banner("today.banner")
        layout.addWidget(self.banner)
        layout.addLayout(self._filters())
        self.table = DueTable(presenter)
        self.table.opened.connect(self._open)
        self.table.put_off.connect(self._put_off)
        self._empty = EmptyState(
            "today.empty",
            presenter.empty_sentence(),
            "Go to the clients",
            lambda: presenter.shell.open_screen("clients"),
        )
        self._stack = QStackedWidget()
        self._stack.addWidget(self.table)
        self._stack.addWidget(self._empty)
        layout.addWidget(self._stack, 1)
        layout.addLayout(self._buttons())
        self.table.picked.connect(lambda _due: self._offer())
        self.reload()
        self._look_again_each_minute()

    def focus_first(self) -> None:
        """Enter opens the chosen row."""
        first = self._empty.action if self._stack.currentIndex() else self.table
        first.setFocus(Qt.FocusReason.OtherFocusReason)

    def _filters(self) -> FlowLayout:
        self.sort = Choice([], empty="Show everything")
        self.sort.setObjectName("today.sort")
        self.sort.setAccessibleName("Show")
        self.sort.changed.connect(self._show)
        self.later = button("", "today.later", self._toggle_later, kind="quiet")
        self.later.setCheckable(True)
        line = FlowLayout(spacing=GAP)
        for widget in (self.sort, self.later):
            line.addWidget(widget)
        return line

    def _buttons(self) -> FlowLayout:
        self.open_button = button("Open", "today.open", lambda: self._open(self.table.current()), kind="primary")
        self.quick_button = button("Quick check", "today.quick", self._quick_check)
        self.later_button = button("Put off... (S)", "today.put-off", lambda: self._put_off(self.table.current()))
        self.wake_button = button("Bring back", "today.wake", self._wake)
        self.week_button = button("Print the week...", "today.week", self._ask_week, kind="quiet")
        self.calendar_button = button("Calendar file...", "today.calendar", self._save_calendar, kind="quiet")
        line = FlowLayout(spacing=GAP)
        for widget in (
            self.open_button,
            self.quick_button,
            self.later_button,
            self.wake_button,
            self.week_button,
            self.calendar_button,
        ):
            line.addWidget(widget)
        return line

    def _look_again_each_minute(self) -> None:
        """A call that is expected goes overdue while nobody touches anything."""
        self.minute = QTimer(self)
        self.minute.setInterval(_LOOK_AGAIN_MS)
        self.minute.timeout.connect(self._look_again)
        self.minute.start()

    def _look_again(self) -> None:
        if not self.isVisible() or self._presenter.listed() == self._listed:
            return
        present = self.table.current()
        self.reload()
        self.table.choose(lambda line: line == present)

    # -- showing --------------------------------------------------------------------------------------------------

    def reload(self) -> None:
        """Shows what is due now."""
        self._listed = listed = self._presenter.listed()
        self._about.setText(self._presenter.about(listed))
        self._about.setVisible(bool(self._about.text()))
        self._empty.sentence.setText(self._presenter.empty_sentence())
        chosen: Sort | None = self.sort.value()
        self.sort.set_options(self._presenter.sorts(listed), empty="Show everything")
        self.sort.set_value(chosen)
        many = len(listed.waiting) >= MANY
        self.sort.setVisible(many)
        self.later.setVisible(bool(listed.put_off))
        if not listed.put_off:
            self.later.setChecked(False)
        self._show()

    def _show(self) -> None:
        listed, later = self._listed, self.later.isChecked()
        many = len(listed.waiting) >= MANY
        lines = self._presenter.lines(listed, self.sort.value() if many else None, with_put_off=later)
        place = max(self.table.currentIndex().row(), 0)
        self.table.set_rows(lines)
        number = len(listed.put_off)
        words = f"Hide what was put off ({number:,})" if later else f"Show what was put off ({number:,})"
        self.later.setText(words)
        self.later.setAccessibleName(words)
        self._stack.setCurrentIndex(0 if lines else 1)
        for made in (self.open_button, self.week_button, self.calendar_button):
            made.setVisible(bool(lines))
        if lines and self.table.current() is None:
            self._choose_near(lines, place)
        self._offer()

    def _choose_near(self, lines: Sequence[Line], place: int) -> None:
        """Where the chosen row is gone, the one that took its place."""
        near = first_row(lines[place:])
        chosen = place + near if near >= 0 else first_row(lines)
        if place < len(lines) and chosen >= 0:
            self.table.setCurrentIndex(self.table.model().index(chosen, 0))
        elif first_row(lines) >= 0:
            self.table.setCurrentIndex(self.table.model().index(first_row(lines), 0))

    def _offer(self) -> None:
        """What can be done with the chosen row."""
        line: Line | None = self.table.current()
        self.quick_button.setVisible(self._presenter.can_be_quick(line))
        self.wake_button.setVisible(isinstance(line, PutOff))
        self.later_button.setVisible(line is not None and not isinstance(line, PutOff))

    # -- what the therapist does ----------------------------------------------------------------------------------

    def _toggle_later(self) -> None:
        self._show()

    def _quick_check(self) -> None:
        due = row_of(self.table.current())
        if due is not None:
            self._presenter.quick_check(due)

    def _open(self, line: Line | None) -> None:
        due = row_of(line)
        if due is not None:
            self._presenter.open(due)

    def _put_off(self, line: Line | None) -> None:
        due = row_of(line)
        if due is not None and not isinstance(line, PutOff):
            dialog = SnoozeDialog(self, self._presenter, due)
            dialog.keeping(KeptWords(self._presenter.session, due.key, due.client_id)).open()

    def _wake(self) -> None:
        line = self.table.current()
        if isinstance(line, PutOff):
            try:
                self._presenter.wake(line)
            except SafePlanError as problem:
                self.banner.show_problem(problem)

    def _ask_week(self) -> None:
        def show(names: bool) -> None:  # noqa: FBT001 - a tick
            self._presenter.print_week(names=names)

        if self._presenter.session.weeks.may_show_names:
            WeekDialog(self, show).open()
        else:
            show(False)

    def _save_calendar(self) -> None:
        """Makes the file in a job, then asks where to."""
        self.banner.dismiss()
        file = self._presenter.calendar()
        self._presenter.run(
            lambda _control: file.data(),
            lambda data: self._choose_place(data, file.suggested_name),
            self.banner.show_problem,
            owner=self,
        )

    def _choose_place(self, data: bytes, name: str) -> None:
        path = choose_save_path(self, name, "Calendars (*.ics)")
        if path is None:
            return
        try:
            self._presenter.session.weeks.save_calendar(data, path)
        except SafePlanError as problem:
            self.banner.show_problem(problem)
            return
        self._presenter.shell.say("Calendar file saved: whole days, without clients.")
