"""What is typed into a form of the practice waits, encrypted, until it is saved there."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtWidgets import QWidget

from safeplan_desktop.services.practice_drafts import PracticeDrafts, Typed
from safeplan_desktop.ui.drafting import Autosave
from safeplan_desktop.ui.widgets.layout import Page


class TypedForm:
    """Keeps one form while it is typed.

    Args:
        part: Its name among the parts of the practice.
        page: Where it stands.
        value: The form as typed.
        fill: Fills the fields.
        drafts: Where it is kept.
        parent: The screen; its lock saves everything below it.
        told: What is said of words that stand there again.
        back: On the button that takes them away.
    """

    def __init__(
        self,
        part: str,
        page: Page,
        value: Callable[[], Typed],
        fill: Callable[[Any], None],
        drafts: PracticeDrafts,
        parent: QWidget,
        *,
        told: str = "It isn't saved yet.",
        back: str = "Go back to what is saved",
    ) -> None:
        self._told, self._back = told, back
        self._part, self.page, self._fill, self._drafts = part, page, fill, drafts
        self.autosave = Autosave(
            lambda: drafts.keep(part, value()), page.banner.show_problem, drafts.desk.clock, parent
        )

    def take_up(self) -> None:
        """Shows what was typed before and not saved, and says so."""
        self.autosave.forget()  # of what was filled in just now nothing is to be kept
        waiting = self._drafts.waiting(self._part)
        if waiting is None:
            return
        self._fill(waiting)
        self.autosave.forget()
        self.page.banner.say(
            "information",
            f"What you typed before is here again. {self._told}",
            action=self._back,
            on_action=self._go_back,
        )

    def _go_back(self) -> None:
        self._fill(self._drafts.saved(self._part))
        self.autosave.forget()
        self._drafts.forget(self._part)
        self.page.banner.dismiss()
