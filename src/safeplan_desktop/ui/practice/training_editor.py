"""The form of a training."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from safeplan_desktop.domain.training import Training, TrainingFormat
from safeplan_desktop.domain.vocabulary import label_of
from safeplan_desktop.errors import InvalidInputError, SafePlanError
from safeplan_desktop.ui.drafting import SavedLabel
from safeplan_desktop.ui.widgets.confirm import ask_discard
from safeplan_desktop.ui.widgets.dates import NOT_A_DAY, DateField
from safeplan_desktop.ui.widgets.inputs import Choice, TextArea, TextLine, enum_options
from safeplan_desktop.ui.widgets.layout import Form, button, row
from safeplan_desktop.ui.widgets.page_with_editor import EditorPage
from safeplan_desktop.ui.widgets.topic_hours import NOT_A_LENGTH, TopicHoursField

_NAME = "practice.training"


@dataclass(frozen=True, slots=True)
class EditorActions:
    """What the form calls."""

    save: Callable[[], None]
    close: Callable[[], None]
    discard: Callable[[], None]


class TrainingEditor(EditorPage):
    """The form; `changed` tells of every edit."""

    def __init__(self, actions: EditorActions, parent: QWidget | None = None) -> None:
        super().__init__(
            _NAME, "A training", "It counts on its last day. Write nothing about a client here.", parent=parent
        )
        self._actions = actions
        self._filling = False
        self.form = Form(_NAME)
        self.name, self.provider, self.accreditor, self.number = (TextLine(longest=300) for _ in range(4))
        self.first, self.last = DateField(), DateField()
        self.format, self.cost = Choice(enum_options(TrainingFormat, label_of)), TextLine(longest=60)
        self.hours = TopicHoursField()
        self.reflection = TextArea("What I take from it into my work", fewest_lines=3)
        form = self.form
        form.add("title", "What it was", self.name)
        form.add_row(("provider", "With whom", self.provider, ""), ("format", "How it took place", self.format, ""))
        form.add_row(
            ("first_day", "First day", self.first, ""), ("last_day", "Last day", self.last, "If it had several")
        )
        form.add("hours", "Hours by subject", self.hours, "Like 1.5 or 1:30. Pick a subject, or type one of your own.")
        form.add_row(
            ("accreditor", "Recognised by", self.accreditor, "The accreditor, if any"),
            ("number", "Their number for it", self.number, ""),
        )
        form.add("cost", "Cost", self.cost)
        form.add("reflection", "Reflection", self.reflection)
        card = self.card()
        card.add(form)
        self.body.addStretch(1)
        for edited in (self.name, self.provider, self.accreditor, self.number, self.cost):
            edited.changed.connect(self._edited)
        for other in (self.first, self.last, self.format, self.hours, self.reflection):
            other.changed.connect(self._edited)
        self.saved = SavedLabel(f"{_NAME}.saved")
        self.set_footer(
            row(
                button("Back to the log", f"{_NAME}.back", actions.close),
                button("Throw away", f"{_NAME}.discard", self._ask_discard, kind="quiet"),
                self.saved,
                None,
                button("Save the training", f"{_NAME}.save", self._save, kind="primary"),
            )
        )

    def fill(self, form: Training, topics: tuple[str, ...]) -> None:
        """Shows a draft."""
        self._filling = True
        self.banner.dismiss()
        self.form.clear_errors()
        self.name.set_value(form.title)
        self.provider.set_value(form.provider)
        self.accreditor.set_value(form.accreditor)
        self.number.set_value(form.number)
        self.cost.set_value(form.cost)
        self.first.set_value(form.first_day)
        self.last.set_value(form.last_day if form.last_day != form.first_day else None)
        self.format.set_value(form.format)
        self.hours.set_topics(topics)
        self.hours.set_value(form.hours)
        self.reflection.set_value(form.reflection)
        self.saved.setText("")
        self._filling = False
        self.to_top()
        self.name.setFocus(Qt.FocusReason.OtherFocusReason)

    def value(self) -> Training:
        """The training as typed."""
        return Training(
            self.name.value(),
            self.provider.value(),
            self.accreditor.value(),
            self.number.value(),
            self.first.value(),
            self.last.value(),
            self.hours.value(),
            self.format.value(),
            self.reflection.value(),
            self.cost.value(),
        )

    def show_problem(self, problem: SafePlanError) -> None:
        """Shows a sentence beside its field, or on top."""
        field = problem.field if isinstance(problem, InvalidInputError) else ""
        if not self.form.show_error(field, problem.sentences):
            self.banner.show_problem(problem)

    def _edited(self) -> None:
        if not self._filling:
            self.changed.emit()

    def _save(self) -> None:
        for name, field in (("first_day", self.first), ("last_day", self.last)):
            if field.unreadable:
                self.form.show_error(name, NOT_A_DAY)
                return
        if self.hours.unreadable:
            self.form.show_error("hours", NOT_A_LENGTH)
            return
        self._actions.save()

    def _ask_discard(self) -> None:
        ask_discard(
            self, f"{_NAME}.ask-discard", "unfinished training", "Trainings that were saved", self._actions.discard
        )
