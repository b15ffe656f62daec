"""A dialog of one short form: heading, what it is for, fields, Cancel and one button that does it.

The fields scroll where the screen is too low for all of them.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from safeplan_desktop.errors import InvalidInputError, SafePlanError
from safeplan_desktop.ui.theme import GAP
from safeplan_desktop.ui.widgets.banner import Banner
from safeplan_desktop.ui.widgets.dialog import fit_lines, widen
from safeplan_desktop.ui.widgets.keeping_words import KeepingDialog
from safeplan_desktop.ui.widgets.layout import Form, Recheck, button, label, row, scrolling_column


class FormDialog(KeepingDialog):
    """Closes when the work succeeds; else the sentence stands beside its field, or on top.

    Attributes:
        form: The fields; a subclass adds them.
    """

    def __init__(
        self,
        parent: QWidget,
        name: str,
        window_title: str,
        heading: str,
        about: str,
        *,
        letters: int = 80,
    ) -> None:
        """Builds what all of them share.

        Args:
            parent: A widget of the window that it belongs to.
            name: Its object name, which begins the names of all its widgets.
            window_title: For the title bar; never a client's name.
            heading: What is done here.
            about: What it means.
            letters: How wide it is, in letters.
        """
        super().__init__(parent.window())
        self.setObjectName(name)
        self.setWindowTitle(f"{window_title} - SafePlan")
        self.setModal(True)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._name = name
        self.banner = Banner(f"{name}.banner")
        self.form = Form(name)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(3 * GAP, 2 * GAP, 3 * GAP, 2 * GAP)
        self._column.setSpacing(GAP)
        for widget in (label(heading, "heading"), label(about, "quiet"), self.banner):
            self._column.addWidget(widget)
        self._scrolled = scrolling_column(name, self.form, (0, 0, GAP, 0))
        self._column.addWidget(self._scrolled, 1)
        widen(self, letters)

    def finish(self, words: str, suffix: str, work: Callable[[], Any], wrong: Recheck | None = None) -> None:
        """Adds the buttons.

        Args:
            words: On the button that does it.
            suffix: The end of that button's name.
            work: Raises `InvalidInputError` with the field that isn't right.
            wrong: What isn't right, asked after a refusal at every change; None leaves the sentence until the next try.
        """
        self._work = work
        self.form.recheck = wrong
        self._column.addLayout(
            row(
                None,
                button("Cancel", f"{self._name}.cancel", self._cancel),
                button(words, f"{self._name}.{suffix}", self._submit, kind="primary"),
            )
        )

    def _cancel(self) -> None:
        """What Cancel does."""
        self.ask_to_leave()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if not event.spontaneous():
            # What scrolls asks for the height of fields that are as narrow as can be.
            self.resize(self.width(), 1)
        self.refit()

    def refit(self) -> None:
        """Makes the dialog as high as its fields need now."""
        fit_lines(self, self._column, self._scrolled)

    def _submit(self) -> None:
        self.form.clear_errors()
        try:
            self._work()
        except InvalidInputError as problem:
            if not self.form.show_error(problem.field, problem.sentences):
                self.banner.show_problem(problem)
            self.refit()
            return
        except SafePlanError as problem:
            self.banner.show_problem(problem)
            self.refit()
            return
        self.accept()
