"""The window in which a document is asked for: fields, then a job that makes it with its progress, then the preview."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial

from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from safeplan_desktop.errors import InvalidInputError, SafePlanError
from safeplan_desktop.services.exports import Document, Tell
from safeplan_desktop.ui.dialog_work import DialogWork
from safeplan_desktop.ui.ports import RunJob
from safeplan_desktop.ui.theme import GAP
from safeplan_desktop.ui.widgets.banner import Banner
from safeplan_desktop.ui.widgets.dialog import Dialog, fit_lines, widen
from safeplan_desktop.ui.widgets.layout import Card, Form, button, label, row, scrolling_column

_WIDTH = 56
"""Letters of usual width."""


class DocumentDialog(Dialog):
    """Asks, makes, shows; closing it ends what is being made.

    Attributes:
        form: The fields; a subclass adds them and calls `finish`.
    """

    def __init__(
        self,
        parent: QWidget,
        name: str,
        window_title: str,
        heading: str,
        about: str,
        run: RunJob,
        preview: Callable[[Document], None],
    ) -> None:
        """Builds what all of them share.

        Args:
            parent: The screen that it belongs to.
            name: Its object name, which begins the names of all its widgets.
            window_title: For the title bar; never a client's name.
            heading: What is made here.
            about: What it holds.
            run: Starts the job that makes it.
            preview: Shows the document.
        """
        super().__init__(parent.window())
        self.setObjectName(name)
        self.setWindowTitle(f"{window_title} - SafePlan")
        self.setModal(True)
        self._name, self._run, self._preview = name, run, preview
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(3 * GAP, 2 * GAP, 3 * GAP, 2 * GAP)
        self._column.setSpacing(GAP)
        self.banner = Banner(f"{name}.banner")
        self.form = Form(name)
        body = QWidget()
        above = QVBoxLayout(body)
        above.setContentsMargins(0, 0, 0, 0)
        above.setSpacing(GAP)
        for widget in (label(heading, "heading"), label(about, "quiet"), self.banner, self.form):
            above.addWidget(widget)
        above.addStretch(1)
        self._scroll = scrolling_column(name, body, (0, 0, 0, 0))
        self._column.addWidget(self._scroll, 1)
        widen(self, _WIDTH)

    def say_who_may_receive(self, lines: Sequence[str]) -> None:
        """Shows who may receive what about the client; nothing where nobody is linked."""
        if lines:
            card = Card("Who may receive what")
            for line in lines:
                card.add(label(line))
            self.form.add_widget(card)

    def finish(self, words: str) -> None:
        """Adds progress and buttons below the fields."""
        self._work = DialogWork(self._name, self, self._run, self._failed)
        self._work.busy_changed.connect(self._show_busy)
        self._column.addWidget(self._work)
        self.make = button(words, f"{self._name}.make", self.begin, kind="primary")
        self._column.addLayout(row(None, button("Cancel", f"{self._name}.cancel", self.reject), self.make))

    @abstractmethod
    def gathered(self) -> Document | None:
        """The document that was asked for; None where a field isn't right and says so already.

        Raises:
            InvalidInputError: naming the field that isn't right.
            SafePlanError: when it can't be made.
        """

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._fit()

    def _fit(self) -> None:
        fit_lines(self, self._column, self._scroll)

    def begin(self) -> None:
        """Makes the document that was asked for."""
        if not self.make.isEnabled():
            return
        self.form.clear_errors()
        self.banner.dismiss()
        try:
            document = self.gathered()
        except InvalidInputError as problem:
            self.say(problem.field, problem.sentences)
            return
        except SafePlanError as problem:
            self._failed(problem)
            return
        if document is not None:
            self._work.start(partial(made_of, document), self._made)

    def say(self, field: str, sentence: str) -> None:
        """Shows a sentence beside its field."""
        self.form.show_error(field, sentence)
        self._fit()

    def _made(self, document: Document) -> None:
        self.accept()
        self._preview(document)

    def _failed(self, problem: SafePlanError) -> None:
        self.banner.show_problem(problem)
        self._fit()

    def _show_busy(self, busy: bool) -> None:  # noqa: FBT001 - a signal's slot
        self.make.setEnabled(not busy)
        self.form.setEnabled(not busy)
        self._fit()


def made_of(document: Document, tell: Tell) -> Document:
    """The same document with its PDF made; in the job's thread."""
    pdf = document.telling(tell) if document.telling is not None else document.make()
    return replace(document, make=lambda: pdf, telling=None)
