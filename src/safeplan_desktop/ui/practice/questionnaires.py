"""Questionnaires that the therapist brings in: the list, and the preview before one enters the records."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from safeplan_desktop.domain.brought_in import BroughtIn
from safeplan_desktop.domain.questionnaire_preview import preview_of
from safeplan_desktop.domain.questionnaires import Questionnaire, RuleKind
from safeplan_desktop.errors import InvalidInputError, SafePlanError
from safeplan_desktop.ui.widgets.banner import Banner
from safeplan_desktop.ui.widgets.data_table import Column, DataTable
from safeplan_desktop.ui.widgets.dialog import Dialog, within_screen
from safeplan_desktop.ui.widgets.inputs import TextArea
from safeplan_desktop.ui.widgets.layout import Card, Form, Page, button, label, row, scrolling_column
from safeplan_desktop.ui.widgets.wrapping import TickBox

_MOST_SHOWN = 300
_INDENT = 24  # pixels


@dataclass(frozen=True, slots=True)
class QuestionnaireActions:
    """What the page can do."""

    choose: Callable[[], None]
    retire: Callable[[BroughtIn], None]
    print_form: Callable[[BroughtIn], None]


class QuestionnairesPage(Page):
    """The list of what was brought in."""

    def __init__(self, actions: QuestionnaireActions, parent: QWidget | None = None) -> None:
        super().__init__(
            "practice.questionnaires",
            "Questionnaires",
            "Official wording comes in only through you: FHIR R4 files (JSON), each with your word on why you may use it.",
            parent=parent,
        )
        self._actions = actions
        card = self.card("In the records")
        self.none = label("None was brought in yet.", "quiet", name="practice.questionnaires.none")
        self.table = DataTable(
            "practice.questionnaires.table",
            "Questionnaires in the records",
            (
                Column("Title", lambda one: one.title, stretch=True),
                Column("Since", lambda one: f"{one.taken_in.local:%d %b %Y}", lambda one: one.taken_in.at, width=120),
                Column("Used because", lambda one: one.permission, width=240),
                Column("Offered", lambda one: "no" if one.retired_at else "yes", width=80),
            ),
        )
        self.table.setMinimumHeight(9 * self.fontMetrics().lineSpacing())
        card.add(self.none)
        card.add(self.table)
        self.retire_button = button("No longer offer it", "practice.questionnaires.retire", self._retire)
        self.print_button = button("Print the form...", "practice.questionnaires.print", self._print)
        bring = button("Bring in a questionnaire...", "practice.questionnaires.bring", actions.choose, kind="primary")
        card.add(row(self.retire_button, self.print_button, None, bring))
        self.body.addStretch(1)

    def show_all(self, every: tuple[BroughtIn, ...]) -> None:
        """Shows the list."""
        self.table.set_rows(every)
        self.table.setVisible(bool(every))
        self.none.setVisible(not every)
        for made in (self.retire_button, self.print_button):
            made.setVisible(any(one.retired_at is None for one in every))

    def _chosen(self) -> BroughtIn | None:
        """The chosen one, the first where none is; None for one that is no longer offered."""
        if not self.table.rows():
            return None
        if not self.table.currentIndex().isValid():
            self.table.selectRow(0)
        chosen: BroughtIn = self.table.current()
        return chosen if chosen.retired_at is None else None

    def _retire(self) -> None:
        chosen = self._chosen()
        if chosen is not None:
            self._actions.retire(chosen)

    def _print(self) -> None:
        chosen = self._chosen()
        if chosen is not None:
            self._actions.print_form(chosen)


class PreviewDialog(Dialog):
    """What a file would be here, before it enters: questions, scoring and why, differences, licence."""

    def __init__(
        self, parent: QWidget, found: Questionnaire, limits: tuple[str, ...], take_in: Callable[[str, bool], None]
    ) -> None:
        super().__init__(parent)
        self.setObjectName("questionnaire")
        self.setWindowTitle("Bring in a questionnaire")
        self._take_in = take_in
        layout = QVBoxLayout(self)
        self.banner = Banner("questionnaire.banner")
        column = QWidget()
        inner = QVBoxLayout(column)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.setSpacing(12)
        inner.addWidget(self._about(found))
        notes = (*found.warnings, *limits)
        if notes or found.kept:
            inner.addWidget(self._notes(found, notes))
        inner.addWidget(self._questions(found))
        inner.addWidget(self._permission(found))
        inner.addStretch(1)
        layout.addWidget(label(found.title, "title"))
        layout.addWidget(self.banner)
        layout.addWidget(scrolling_column("questionnaire", column, (0, 0, 0, 0)), 1)
        layout.addLayout(
            row(
                None,
                button("Not now", "questionnaire.no", self.reject),
                button("Bring it in", "questionnaire.yes", self._yes, kind="primary"),
            )
        )
        self.resize(within_screen(self, QSize(860, 760)))
        self.permission.setFocus()

    @staticmethod
    def _about(found: Questionnaire) -> Card:
        card = Card("How it is scored")
        limits = found.limits()
        span = f" The result goes from {limits[0]:g} to {limits[1]:g}." if limits else ""
        card.add(label(f"{found.scoring.why}{span}"))
        card.add(label(f"Licence, as the file says: {found.licence or 'nothing'}", "quiet"))
        return card

    @staticmethod
    def _notes(found: Questionnaire, notes: tuple[str, ...]) -> Card:
        card = Card("Please note")
        for sentence in notes[:_MOST_SHOWN]:
            card.add(label(f"•  {sentence}"))
        for part in found.kept[:_MOST_SHOWN]:
            where = f" of question {part.where}" if part.where else ""
            card.add(label(f"•  Not used here: {part.what}{where}.", "quiet"))
        return card

    @staticmethod
    def _questions(found: Questionnaire) -> Card:
        card = Card("The questions, as they will be asked")
        for question in preview_of(found)[:_MOST_SHOWN]:
            when = f"Asked only when {question.when}." if question.when else ""
            about = [line for line in (question.facts, "   ".join(question.answers), when) if line]
            block = QWidget()
            lines = QVBoxLayout(block)
            lines.setContentsMargins(question.depth * _INDENT, 0, 0, 0)
            lines.setSpacing(2)
            lines.addWidget(label(question.words, "" if question.is_asked else "quiet"))
            for line in about:
                lines.addWidget(_indented(label(line, "quiet")))
            card.add(block)
        if len(found.questions) > _MOST_SHOWN:
            card.add(label(f"... and {len(found.questions) - _MOST_SHOWN} more.", "quiet"))
        return card

    def _permission(self, found: Questionnaire) -> Card:
        card = Card("Your word")
        self.form = Form("questionnaire")
        self.permission = TextArea("Such as: free for clinical use; licence no. 1234 of 2026", fewest_lines=2)
        self.form.add("permission", "Why you may use it", self.permission, "It stands beside every result")
        card.add(self.form)
        self.confirm = TickBox("The sum of the points is its result")
        self.confirm.setObjectName("questionnaire.confirm-sum")
        self.confirm.setAccessibleName(self.confirm.text())
        card.add(self.confirm)
        self.confirm.setVisible(found.scoring.kind is RuleKind.UNCONFIRMED)
        return card

    def _yes(self) -> None:
        self.form.clear_errors()
        try:
            self._take_in(self.permission.value(), self.confirm.isChecked())
        except InvalidInputError as problem:
            if not self.form.show_error(problem.field, problem.sentences):
                self.banner.show_problem(problem)
        except SafePlanError as problem:
            self.banner.show_problem(problem)
        else:
            self.accept()


def _indented(shown: QLabel) -> QLabel:
    shown.setContentsMargins(_INDENT, 0, 0, 0)
    return shown
