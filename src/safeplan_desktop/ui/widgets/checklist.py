"""A checklist for a hard moment: questions, each of which may be skipped, beside the practice's own note."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from safeplan_desktop.domain.checklists import Checklist, ChecklistAnswers, Step, StepAnswer, StepKind
from safeplan_desktop.errors import SafePlanError
from safeplan_desktop.ui.theme import GAP
from safeplan_desktop.ui.widgets.banner import Banner
from safeplan_desktop.ui.widgets.dates import DateTimeField
from safeplan_desktop.ui.widgets.dialog import within_screen
from safeplan_desktop.ui.widgets.inputs import OptionRow, TextArea
from safeplan_desktop.ui.widgets.keeping_words import KeepingDialog
from safeplan_desktop.ui.widgets.layout import Card, Form, button, label, row, scrolling_column

_NO_ADVICE = "These are questions to think along, not legal advice. Skip what doesn't apply."
_YES, _NO = "Yes", "No"


@dataclass(frozen=True, slots=True)
class ChecklistActions:
    """What the dialog calls.

    Attributes:
        keep: Takes the answers.
        save_note: Stores the practice's own note for this checklist.
    """

    keep: Callable[[ChecklistAnswers], None]
    save_note: Callable[[str], None]


class ChecklistDialog(KeepingDialog):
    """One checklist. Nothing is chosen beforehand; closing it keeps the answers that were there before."""

    def __init__(
        self,
        parent: QWidget,
        checklist: Checklist,
        given: ChecklistAnswers,
        zone: str,
        now: Callable[[], dt.datetime],
        actions: ChecklistActions,
    ) -> None:
        super().__init__(parent.window())
        self.setObjectName("checklist")
        self.setWindowTitle("Checklist - SafePlan")
        self.setModal(True)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._checklist, self._actions = checklist, actions
        self.fields: dict[str, OptionRow | DateTimeField | TextArea] = {}
        self.form = Form("checklist")
        answers = {answer.step: answer for answer in given.answers}
        for step in checklist.steps:
            self._add(step, answers.get(step.id), zone, now)
        self.note = TextArea("Such as: which law applies where you practise, whom to call, how soon", fewest_lines=3)
        self.note.set_value(given.note)
        self.banner = Banner("checklist.banner")
        body = QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2 * GAP)
        own = Card(
            "What applies where you practise", "Your own words; they stay with this checklist for the next time."
        )
        note_form = Form("checklist")
        note_form.add("note", "Your note", self.note)
        own.add(note_form)
        own.add(row(None, button("Keep this note for the next time", "checklist.save-note", self._save_note)))
        column.addWidget(own)
        column.addWidget(self.form)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(2 * GAP, 2 * GAP, 2 * GAP, 2 * GAP)
        layout.setSpacing(GAP)
        layout.addWidget(label(checklist.title, "heading"))
        layout.addWidget(label(f"{checklist.about} {_NO_ADVICE}", "quiet"))
        layout.addWidget(self.banner)
        layout.addWidget(scrolling_column("checklist", body, (0, 0, GAP, 0)), 1)
        layout.addLayout(
            row(
                None,
                button("Cancel", "checklist.cancel", self.ask_to_leave),
                button("Keep the answers", "checklist.keep", self._keep, kind="primary"),
            )
        )
        line = self.fontMetrics().lineSpacing()
        self.resize(within_screen(self, QSize(44 * line, 42 * line)))
        first = self.fields[checklist.steps[0].id]
        (first.buttons[0] if isinstance(first, OptionRow) else first).setFocus(Qt.FocusReason.OtherFocusReason)

    def _add(self, step: Step, given: StepAnswer | None, zone: str, now: Callable[[], dt.datetime]) -> None:
        field: OptionRow | DateTimeField | TextArea
        if step.kind is StepKind.YES_NO:
            field = OptionRow([(_YES, _YES), (_NO, _NO)], digits=False)
            field.set_value(given.answer if given else None)
        elif step.kind is StepKind.MOMENT:
            field = DateTimeField(zone, now)
            field.set_value(given.at if given else None)
        else:
            field = TextArea(fewest_lines=2)
            field.set_value(given.answer if given else "")
        self.fields[step.id] = field
        self.form.add(step.id, step.ask, field, step.hint)

    def answers(self) -> ChecklistAnswers:
        """What was answered; skipped steps are left out."""
        given = []
        for step in self._checklist.steps:
            value = self.fields[step.id].value()
            if isinstance(value, dt.datetime):
                given.append(StepAnswer(step.id, step.ask, at=value))
            elif isinstance(value, str) and value.strip():
                given.append(StepAnswer(step.id, step.ask, value.strip()))
        return ChecklistAnswers(self._checklist.id, self._checklist.title, tuple(given), self.note.value().strip())

    def _keep(self) -> None:
        try:
            self._actions.keep(self.answers())
        except SafePlanError as problem:
            # What was typed stays in sight until it is kept.
            self.banner.show_problem(problem)
            return
        self.accept()

    def _save_note(self) -> None:
        try:
            self._actions.save_note(self.note.value())
        except SafePlanError as problem:
            self.banner.show_problem(problem)
            return
        self.note.document().setModified(False)  # leaving the dialog loses nothing of it any more
        self.banner.say("success", "Your note is kept for the next time.")
