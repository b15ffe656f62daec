"""Dialogs about answers as files: saving those of a signed screening, and looking at somebody else's before they are taken."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QVBoxLayout, QWidget

from safeplan_desktop.domain.instruments import Instrument
from safeplan_desktop.errors import SafePlanError
from safeplan_desktop.services.answer_files import AnswerFile, TakenAnswers
from safeplan_desktop.ui.printing import choose_save_path
from safeplan_desktop.ui.widgets.banner import Banner
from safeplan_desktop.ui.widgets.dialog import Dialog, within_screen
from safeplan_desktop.ui.widgets.layout import Card, button, label, row, scrolling_column

_MOST_SHOWN = 100
KIND = "FHIR answers (*.json)"


def _size(dialog: Dialog) -> QSize:
    letters = dialog.fontMetrics()
    return within_screen(dialog, QSize(80 * letters.averageCharWidth(), 24 * letters.lineSpacing()))


class SaveAnswersDialog(Dialog):
    """The instruments of a signed screening, each with a way to save its answers."""

    def __init__(
        self, parent: QWidget, files: tuple[AnswerFile, ...], save: Callable[[AnswerFile, Path], None]
    ) -> None:
        super().__init__(parent)
        self.setObjectName("answers-out")
        self.setWindowTitle("Save answers for another program")
        self._save = save
        layout = QVBoxLayout(self)
        self.banner = Banner("answers-out.banner")
        layout.addWidget(label("Save answers for another program", "title"))
        layout.addWidget(self.banner)
        column = QWidget()
        inner = QVBoxLayout(column)
        inner.setContentsMargins(0, 0, 0, 0)
        about = "FHIR R4 files (QuestionnaireResponse). They hold the answers and the total; they name nobody, and your judgement isn't in them."
        inner.addWidget(label(about if files else "No instrument of this screening has an answer.", "quiet"))
        for file in files:
            card = Card(file.title)
            for sentence in file.left_out[:_MOST_SHOWN]:
                card.add(label(f"•  {sentence}", "quiet"))
            made = button(
                "Save as a file...", f"answers-out.{file.instrument}", partial(self._choose, file), kind="primary"
            )
            made.setAccessibleName(f"Save the answers to {file.title} as a file")
            card.add(row(made, None))
            inner.addWidget(card)
        inner.addStretch(1)
        layout.addWidget(scrolling_column("answers-out", column, (0, 0, 0, 0)), 1)
        layout.addLayout(row(None, button("Close", "answers-out.close", self.reject)))
        self.resize(_size(self))

    def _choose(self, file: AnswerFile) -> None:
        path = choose_save_path(self, file.suggested_name, KIND)
        if path is None:
            return
        try:
            self._save(file, path)
        except SafePlanError as problem:
            self.banner.show_problem(problem)
        else:
            self.banner.say("success", f"The answers to {file.title} are saved.")


def ask_to_save(
    parent: QWidget,
    files_of: Callable[[str], tuple[AnswerFile, ...]],
    save: Callable[[AnswerFile, Path], None],
    screening_id: str,
) -> None:
    """Shows what can be saved of a signed screening."""
    SaveAnswersDialog(parent, files_of(screening_id), save).open()


class TakeAnswersDialog(Dialog):
    """What a file's answers would be here, before they are taken."""

    def __init__(
        self, parent: QWidget, instrument: Instrument, found: TakenAnswers, *, replaces: bool, take: Callable[[], None]
    ) -> None:
        super().__init__(parent)
        self.setObjectName("answers-in")
        self.setWindowTitle("Answers from a file")
        self._take = take
        layout = QVBoxLayout(self)
        layout.addWidget(label(instrument.title, "title"))
        column = QWidget()
        inner = QVBoxLayout(column)
        inner.setContentsMargins(0, 0, 0, 0)
        total = f" They give {found.total}." if found.total is not None else ""
        of = len(instrument.items)
        inner.addWidget(label(f"The file answers {found.answered} of {of} questions.{total}", name="answers-in.about"))
        if replaces:
            inner.addWidget(label("They take the place of the answers that are on the screen now."))
        inner.addWidget(label("Check that the file is about this client: it may name nobody.", "quiet"))
        if found.warnings:
            card = Card("Please note")
            for sentence in found.warnings[:_MOST_SHOWN]:
                card.add(label(f"•  {sentence}"))
            inner.addWidget(card)
        inner.addStretch(1)
        layout.addWidget(scrolling_column("answers-in", column, (0, 0, 0, 0)), 1)
        layout.addLayout(
            row(
                None,
                button("Not now", "answers-in.no", self.reject),
                button("Take these answers", "answers-in.yes", self._yes, kind="primary"),
            )
        )
        self.resize(_size(self))

    def _yes(self) -> None:
        self.accept()
        self._take()
