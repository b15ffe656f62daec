"""Decisions: a dialog with full words on its buttons, which never blocks a lock."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from safeplan_desktop.ui.theme import GAP
from safeplan_desktop.ui.widgets.dialog import Dialog, fit_lines, widen
from safeplan_desktop.ui.widgets.layout import button, label, row


class Decision(Dialog):
    """Asks one question; closing it is the careful answer."""

    def __init__(
        self,
        parent: QWidget,
        name: str,
        question: str,
        details: str,
        *,
        yes: str,
        no: str,
        on_yes: Callable[[], None],
    ) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setWindowTitle("SafePlan")
        self.setModal(True)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(3 * GAP, 3 * GAP, 3 * GAP, 2 * GAP)
        layout.setSpacing(2 * GAP)
        layout.addWidget(label(question, "heading"))
        if details:
            layout.addWidget(label(details))
        self.no = button(no, f"{name}.no", self.reject)
        self.yes = button(yes, f"{name}.yes", self.accept, kind="primary")
        layout.addLayout(row(None, self.no, self.yes))
        widen(self, 56)
        self.accepted.connect(on_yes)
        self.no.setFocus()
        self._column = layout

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        fit_lines(self, self._column)


def decide(
    parent: QWidget,
    name: str,
    question: str,
    *,
    yes: str,
    no: str,
    on_yes: Callable[[], None],
    details: str = "",
) -> Decision:
    """Opens a decision and goes on at once; `on_yes` is called if the therapist says so."""
    dialog = Decision(parent.window(), name, question, details, yes=yes, no=no, on_yes=on_yes)
    dialog.open()
    return dialog


def ask_discard(parent: QWidget, name: str, what: str, kept: str, on_yes: Callable[[], None]) -> Decision:
    """Asks before a draft is thrown away.

    Args:
        parent: The screen that asks.
        name: The dialog's object name.
        what: Such as "unfinished plan".
        kept: What stays as it is, such as "Finished versions".
        on_yes: Throws it away.
    """
    return decide(
        parent,
        name,
        f"Throw this {what} away?",
        details=f"{kept} stay as they are.",
        yes="Throw it away",
        no="Keep it",
        on_yes=on_yes,
    )
