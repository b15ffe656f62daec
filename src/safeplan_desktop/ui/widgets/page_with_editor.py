"""A page, and behind it the form of one of its entries, which is built when it is first opened."""

from __future__ import annotations

from functools import cached_property
from typing import Generic, TypeVar

from PySide6.QtCore import Signal
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QStackedWidget, QWidget

from safeplan_desktop.errors import SafePlanError
from safeplan_desktop.ui.drafting import Autosave, SavedLabel
from safeplan_desktop.ui.widgets.layout import Page


class EditorPage(Page):
    """A form on a page of its own; `changed` tells of every edit.

    Attributes:
        saved: Says when it was saved last.
    """

    changed = Signal()

    saved: SavedLabel

    def show_problem(self, problem: SafePlanError) -> None:
        """Shows a sentence beside its field, or on top."""
        self.banner.show_problem(problem)


E = TypeVar("E", bound=EditorPage)


class PageWithEditor(QStackedWidget, Generic[E]):
    """The page, or the form.

    Attributes:
        page: What is shown first.
        autosave: Of what is typed in the form.
    """

    page: Page
    autosave: Autosave

    def make_editor(self, parent: QWidget) -> E:
        """Builds the form inside its parent."""
        raise AssertionError(f"{type(self).__name__} has no form inside {parent.objectName()}")

    @cached_property
    def editor(self) -> E:
        """The form, built when it is first opened."""
        made = self.make_editor(self)
        made.changed.connect(self.autosave.touch)
        self.autosave.saved.connect(made.saved.say)
        self.addWidget(made)
        return made

    @property
    def in_editor(self) -> bool:
        """Whether the form is shown."""
        return self.currentWidget() is not self.page

    def hideEvent(self, event: QHideEvent) -> None:
        self.autosave.flush()
        super().hideEvent(event)

    def show_problem(self, problem: SafePlanError) -> None:
        """Shows an expected failure on the page that is shown."""
        if self.in_editor:
            self.editor.show_problem(problem)
        else:
            self.page.banner.show_problem(problem)

    def forget(self) -> None:
        """Drops what isn't saved."""
        self.autosave.forget()
