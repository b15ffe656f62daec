"""The session view: the current client's plan alone on the screen, in large type, for turning the screen to the client."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from safeplan_desktop.ui.plan.reading_parts import Reading, ReadingPart
from safeplan_desktop.ui.theme import GAP
from safeplan_desktop.ui.widgets.layout import button, footer_bar, label, row, scrolling_column
from safeplan_desktop.ui.widgets.reading import LargeText

IDLE_MINUTES = 30
"""While the plan is read together, nobody touches the keyboard for a long time."""

_WIDEST = 1100
_NEXT = frozenset(
    {Qt.Key.Key_Space, Qt.Key.Key_Right, Qt.Key.Key_Down, Qt.Key.Key_PageDown, Qt.Key.Key_Return, Qt.Key.Key_Enter}
)
_LINES = 3
_DOWN = frozenset({Qt.Key.Key_Space, Qt.Key.Key_Down, Qt.Key.Key_PageDown})
_UP = frozenset({Qt.Key.Key_Up, Qt.Key.Key_PageUp})
_BACK = frozenset({Qt.Key.Key_Left, Qt.Key.Key_Up, Qt.Key.Key_PageUp, Qt.Key.Key_Backspace})


class SessionView(QWidget):
    """One section at a time, or all; one key goes on, one goes back, Escape leaves."""

    def __init__(self, reading: Reading, on_leave: Callable[[], None], on_crisis: Callable[[], None]) -> None:
        super().__init__()
        self.setObjectName("page")
        self.setAccessibleName(reading.title)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._reading, self._on_leave = reading, on_leave
        self._place = 0
        self._all = False
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        column = QWidget()
        column.setMaximumWidth(_WIDEST)
        body = QVBoxLayout(column)
        body.setSpacing(GAP)
        self.text = LargeText("session.text")
        body.addWidget(self.text)
        body.addStretch(1)
        self._scroll = scrolling_column("session", column, (5 * GAP, 5 * GAP, 5 * GAP, 3 * GAP))
        outer.addWidget(self._scroll, 1)
        self._count = label("", "quiet", name="session.count")
        self._count.setWordWrap(False)
        self.all_button = button("All on one page", "session.all", self.toggle_all)
        self.back_button = button("Back", "session.back", lambda: self.turn(-1))
        self.next_button = button("Next", "session.next", lambda: self.turn(1), kind="primary")
        footer = footer_bar(
            row(
                button("Close", "session.close", on_leave, kind="quiet"),
                button("Crisis", "session.crisis", on_crisis, kind="crisis"),
                None,
                self._count,
                self.all_button,
                self.back_button,
                self.next_button,
            )
        )
        outer.addWidget(footer)
        self._show()

    @property
    def _parts(self) -> tuple[ReadingPart, ...]:
        return self._reading.parts

    def turn(self, step: int) -> None:
        """Goes on (1) or back (-1); on one page, it scrolls."""
        if self._all:
            scroll = self._scroll.verticalScrollBar()
            scroll.setValue(scroll.value() + step * scroll.pageStep() * 4 // 5)
            return
        self._place = min(max(self._place + step, 0), len(self._parts) - 1)
        self._show()

    def toggle_all(self) -> None:
        """All sections on one page, or one at a time."""
        self._all = not self._all
        self._show()

    def _show(self) -> None:
        reading = self._reading
        shown = self._parts if self._all else self._parts[self._place : self._place + 1]
        parts = [part.words for part in shown]
        if self._all or not self._place:
            parts.insert(0, (reading.title, [(reading.opening, "")]))
        self.text.show_parts(parts, right_to_left=reading.right_to_left)
        count = reading.count_words.format(number=self._place + 1, count=len(self._parts))
        self._count.setText("" if self._all else count)
        self.all_button.setText("One at a time" if self._all else "All on one page")
        self.all_button.setAccessibleName(self.all_button.text())
        self.back_button.setEnabled(self._all or self._place > 0)
        self.next_button.setEnabled(self._all or self._place < len(self._parts) - 1)
        self._scroll.verticalScrollBar().setValue(0)
        if not self.next_button.isEnabled() or not self.back_button.isEnabled():
            self.setFocus(Qt.FocusReason.OtherFocusReason)

    def _scroll_on(self, key: int, way: int) -> bool:
        """Scrolls the long text on; False where its end is in sight."""
        bar = self._scroll.verticalScrollBar()
        before = bar.value()
        line = key in (Qt.Key.Key_Down, Qt.Key.Key_Up)
        bar.setValue(before + way * (bar.singleStep() * _LINES if line else bar.pageStep() * 9 // 10))
        return bar.value() != before

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if key == Qt.Key.Key_Escape:
            self._on_leave()
        elif key in _NEXT:
            # What is longer than the screen is read to its end before the next section comes.
            if key not in _DOWN or not self._scroll_on(key, 1):
                self.turn(1)
        elif key in _BACK:
            if key not in _UP or not self._scroll_on(key, -1):
                self.turn(-1)
        elif key == Qt.Key.Key_A:
            self.toggle_all()
        else:
            super().keyPressEvent(event)
