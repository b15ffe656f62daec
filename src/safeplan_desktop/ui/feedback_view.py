"""The feedback form alone on the screen, in large type, for turning the screen to the client: no name, nothing else."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QHideEvent, QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from safeplan_desktop.errors import SafePlanError
from safeplan_desktop.ui.drafting import Autosave
from safeplan_desktop.ui.practice.feedback_form import FeedbackForm
from safeplan_desktop.ui.practice.feedback_sheet import FeedbackSheet
from safeplan_desktop.ui.theme import GAP
from safeplan_desktop.ui.widgets.banner import Banner
from safeplan_desktop.ui.widgets.layout import button, footer_bar, row, scrolling_column
from safeplan_desktop.ui.widgets.reading import LargeText

_WIDEST = 1100


class FeedbackView(QWidget):
    """The questions, then a word of thanks. Escape leaves; what was answered waits as a draft."""

    def __init__(self, sheet: FeedbackSheet, on_leave: Callable[[], None], on_crisis: Callable[[], None]) -> None:
        super().__init__()
        words = sheet.words
        self.setObjectName("page")
        self.setAccessibleName(words.title)
        self._sheet, self._on_leave = sheet, on_leave
        self.autosave = Autosave(self._save, self._show_problem, sheet.session.desk.clock, self)
        self.banner = Banner("feedback.banner")
        self.head = LargeText("feedback.head")
        self.head.show_parts([(words.title, [(words.lead, "")])], right_to_left=False)
        self.form = FeedbackForm("feedback", words, sheet.steps, large=True)
        self.form.fill(sheet.form)
        self.form.changed.connect(self.autosave.touch)
        column = QWidget()
        column.setMaximumWidth(_WIDEST)
        body = QVBoxLayout(column)
        body.setSpacing(GAP)
        body.addWidget(self.head)
        body.addWidget(self.form)
        body.addStretch(1)
        self._scroll = scrolling_column("feedback", column, (5 * GAP, 4 * GAP, 5 * GAP, 3 * GAP))
        self.finish = button(words.finish, "feedback.finish", self._finish, kind="primary")
        # The therapist's way out; the client has only one button to press.
        self.close_button = button("Close", "feedback.close", on_leave, kind="quiet")
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addWidget(self.banner)
        outer.addWidget(self._scroll, 1)
        crisis = button("Crisis", "feedback.crisis", on_crisis, kind="crisis")
        outer.addWidget(footer_bar(row(self.close_button, crisis, None, self.finish)))

    def begin(self) -> None:
        """Puts the cursor on the first question."""
        self.form.focus_first()

    def hideEvent(self, event: QHideEvent) -> None:
        self.autosave.flush()
        super().hideEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self._on_leave()
            return
        super().keyPressEvent(event)

    def _save(self) -> None:
        self._sheet.save(self.form.value(self._sheet.form))

    def _finish(self) -> None:
        words = self._sheet.words
        try:
            self._sheet.keep(self.form.value(self._sheet.form))
        except SafePlanError as problem:
            self._show_problem(problem)
            return
        self.autosave.forget()
        self.banner.dismiss()
        self.form.hide()
        self.finish.hide()
        # What was answered isn't to be read by whoever sees the screen next.
        self.form.fill(type(self._sheet.form)(self._sheet.form.source))
        self.head.show_parts([(words.thanks, [(words.thanks_words, "")])], right_to_left=False)
        self._scroll.verticalScrollBar().setValue(0)
        self.close_button.setText(words.close)
        self.close_button.setAccessibleName(words.close)
        self.close_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_problem(self, problem: SafePlanError) -> None:
        self.banner.show_problem(problem)
