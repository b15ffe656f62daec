"""What was written after an incident, for reading."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from safeplan_desktop.domain.check_ins import CheckIn
from safeplan_desktop.services import reference
from safeplan_desktop.ui.theme import GAP
from safeplan_desktop.ui.widgets.dialog import Dialog, fit_lines, widen
from safeplan_desktop.ui.widgets.layout import button, label, row, scrolling_column


class ReadDialog(Dialog):
    """One check-in; long words scroll."""

    def __init__(self, parent: QWidget, check_in: CheckIn, remove: Callable[[CheckIn], None]) -> None:
        super().__init__(parent.window())
        self.setObjectName("check-in-read")
        self.setWindowTitle("A moment for you - SafePlan")
        self.setModal(True)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(3 * GAP, 2 * GAP, 3 * GAP, 2 * GAP)
        self._column.setSpacing(GAP)
        self._column.addWidget(label(f"{check_in.day:%d %B %Y}", "heading"))
        body = QWidget()
        inner = QVBoxLayout(body)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.setSpacing(GAP)
        for question in reference.check_in_texts().questions:
            text = getattr(check_in.form, question.key)
            if text:
                inner.addWidget(label(question.title, "quiet"))
                inner.addWidget(label(text))
        self._scrolled = scrolling_column("check-in-read", body, (0, 0, 0, 0))
        self._column.addWidget(self._scrolled, 1)

        def take_out() -> None:
            self.accept()
            remove(check_in)

        close = button("Close", "check-in-read.close", self.reject, kind="primary")
        self._column.addLayout(
            row(button("Take it out...", "check-in-read.remove", take_out, kind="quiet"), None, close)
        )
        widen(self, 70)
        close.setFocus()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        fit_lines(self, self._column, self._scrolled)
