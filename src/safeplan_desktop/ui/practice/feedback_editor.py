"""Feedback as the therapist enters it: a client's sheet of paper, or their own."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtWidgets import QVBoxLayout, QWidget

from safeplan_desktop.domain.feedback import Feedback, FeedbackFrom
from safeplan_desktop.errors import InvalidInputError, SafePlanError
from safeplan_desktop.ui.drafting import SavedLabel
from safeplan_desktop.ui.practice.feedback_form import FeedbackForm, OwnFeedbackForm
from safeplan_desktop.ui.practice.feedback_sheet import FeedbackSheet
from safeplan_desktop.ui.widgets.confirm import ask_discard
from safeplan_desktop.ui.widgets.dates import NOT_A_DAY, DateField
from safeplan_desktop.ui.widgets.layout import Form, button, clear_layout, row
from safeplan_desktop.ui.widgets.page_with_editor import EditorPage

_NAME = "practice.feedback"


@dataclass(frozen=True, slots=True)
class EditorActions:
    """What the page calls."""

    keep: Callable[[], None]
    close: Callable[[], None]
    discard: Callable[[], None]


class FeedbackEditor(EditorPage):
    """The page; `changed` tells of every edit."""

    def __init__(self, actions: EditorActions, parent: QWidget | None = None) -> None:
        super().__init__(
            _NAME,
            "Feedback",
            "Anything may be left out. A digit answers, the arrow keys go on to 10, Delete takes an answer back.",
            parent=parent,
        )
        self._actions = actions
        self.day_form = Form(_NAME)
        self.day = DateField()
        self.day_form.add("day", "Day", self.day)
        card = self.card()
        card.add(self.day_form)
        holder = QWidget()
        self._slot = QVBoxLayout(holder)
        self._slot.setContentsMargins(0, 0, 0, 0)
        card.add(holder)
        self.body.addStretch(1)
        self.form: FeedbackForm | OwnFeedbackForm | None = None
        self.saved = SavedLabel(f"{_NAME}.saved")
        self.set_footer(
            row(
                button("Back", f"{_NAME}.back", actions.close),
                button("Throw away", f"{_NAME}.discard", self._ask_discard, kind="quiet"),
                self.saved,
                None,
                button("Save the feedback", f"{_NAME}.save", self._keep, kind="primary"),
            )
        )

    def show_sheet(self, sheet: FeedbackSheet) -> None:
        """Shows what is being written."""
        self.banner.dismiss()
        self.day_form.clear_errors()
        clear_layout(self._slot)
        own = sheet.form.source is FeedbackFrom.THERAPIST
        made: FeedbackForm | OwnFeedbackForm
        if own:
            made = OwnFeedbackForm(_NAME, [item.text for item in sheet.form.quality])
            self.title.setText("My own feedback")
        else:
            made = FeedbackForm(_NAME, sheet.words, sheet.steps, large=False)
            self.title.setText(f"Feedback of {sheet.who}" if sheet.who else "Feedback without a name")
        made.fill(sheet.form)
        made.changed.connect(self.changed)
        self.form = made
        self._slot.addWidget(made)
        self.day.set_value(sheet.today())
        self.saved.setText("")
        self.to_top()
        made.focus_first()

    def value(self, form: Feedback) -> Feedback:
        """The form with what was typed."""
        return self.form.value(form) if self.form is not None else form

    def show_problem(self, problem: SafePlanError) -> None:
        """Shows a sentence beside its field, or on top."""
        field = problem.field if isinstance(problem, InvalidInputError) else ""
        if not self.day_form.show_error(field, problem.sentences):
            self.banner.show_problem(problem)

    def _keep(self) -> None:
        if self.day.unreadable:
            self.day_form.show_error("day", NOT_A_DAY)
            return
        self._actions.keep()

    def _ask_discard(self) -> None:
        ask_discard(self, f"{_NAME}.ask-discard", "feedback", "Feedback that was saved", self._actions.discard)
