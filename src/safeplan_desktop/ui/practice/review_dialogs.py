"""The dialogs of reviews and feedback: looked at today, how often, what was decided."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from safeplan_desktop.domain.reviews import (
    ABOUT,
    KEPT_ELSEWHERE,
    Interval,
    ReviewState,
    choices,
    interval_words,
)
from safeplan_desktop.domain.vocabulary import label_of
from safeplan_desktop.errors import InvalidInputError
from safeplan_desktop.ui.widgets.dates import NOT_A_DAY, DateField
from safeplan_desktop.ui.widgets.form_dialog import FormDialog
from safeplan_desktop.ui.widgets.inputs import Choice, TextArea, TextLine
from safeplan_desktop.ui.widgets.wrapping import TickBox

_MOVES_NOTHING = "The next day follows from what is recorded there; this note stands beside it."


class ReviewedDialog(FormDialog):
    """Notes that something was looked at."""

    def __init__(
        self, parent: QWidget, state: ReviewState, today: dt.date, note: Callable[[str, dt.date | None], None]
    ) -> None:
        about = ABOUT[state.subject]
        if state.subject in KEPT_ELSEWHERE:
            about += f" {_MOVES_NOTHING}"
        super().__init__(parent, "reviewed", "Looked at", f"{label_of(state.subject)}: looked at", about)
        self.note, self.day = TextArea("What was found, what is to be done", fewest_lines=3), DateField()
        self.day.set_value(today)
        self.form.add("note", "Note", self.note, "It may stay empty")
        self.form.add("day", "On", self.day)

        def keep() -> None:
            if self.day.unreadable:
                raise InvalidInputError("day", NOT_A_DAY)
            note(self.note.value(), self.day.value())

        self.finish("Note it", "note-it", keep)
        self.note.setFocus()


class IntervalDialog(FormDialog):
    """How often something is looked at."""

    def __init__(self, parent: QWidget, state: ReviewState, save: Callable[[Interval], None]) -> None:
        subject, interval = state.subject, state.interval
        super().__init__(parent, "interval", "How often", f"{label_of(subject)}: how often", ABOUT[subject])
        self.on = TickBox("Today asks for it")
        self.on.setChecked(interval.on)
        self.count = Choice([(count, interval_words(subject, count)) for count in choices(subject)], empty="")
        self.count.set_value(interval.count)
        self.form.add("count", "How often", self.count)
        self.form.add("on", "Reminder", self.on)
        self.finish("Save", "save", lambda: save(Interval(subject, self.count.value(), self.on.isChecked())))
        self.count.setFocus()


class TakenUpDialog(FormDialog):
    """In which version of the policy a point is taken up."""

    def __init__(self, parent: QWidget, words: str, newest: int, save: Callable[[int], None]) -> None:
        super().__init__(parent, "taken-up", "Taken up", "Taken up in a version of the policy", words)
        versions = [(newest + 1, f"Version {newest + 1}, the next one")]
        versions += [(number, f"Version {number}") for number in range(newest, 0, -1)]
        self.version = Choice(versions, empty="")
        self.form.add("version", "In which version", self.version)
        self.finish("Note it", "note-it", lambda: save(self.version.value()))
        self.version.setFocus()


class NoChangeDialog(FormDialog):
    """Why nothing changes."""

    def __init__(self, parent: QWidget, words: str, save: Callable[[str], None]) -> None:
        super().__init__(parent, "no-change", "No change", "No change needed", words)
        self.because = TextLine(longest=300)
        self.form.add("because", "Because", self.because)
        self.finish("Note it", "note-it", lambda: save(self.because.value()))
        self.because.setFocus()
