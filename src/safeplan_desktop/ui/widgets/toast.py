"""A line at the foot of the window that says in passing what was done, with a way to undo it; it never takes the focus."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from safeplan_desktop.ui.theme import GAP

SHOWN_MS = 6000
_AROUND = 40


class Toast(QFrame):
    """One line at the lower edge of its window.

    Args:
        window: Whose it is.
        foot: The window's column, at whose end it takes a place of its own, so that it never lies over a field; None
            where it lies over the lower edge.
    """

    def __init__(self, window: QWidget, foot: QVBoxLayout | None = None) -> None:
        super().__init__(window)
        self._at_foot = foot is not None
        self.setObjectName("toast")
        self.setProperty("role", "toast")
        self._window = window
        self._on_undo: Callable[[], None] | None = None
        line = QHBoxLayout(self)
        line.setContentsMargins(16, 9, 10, 9)
        self._text = QLabel()
        self._text.setTextFormat(Qt.TextFormat.PlainText)
        self._text.setWordWrap(True)
        self._undo = QPushButton("Undo")
        self._undo.setObjectName("toast.undo")
        self._undo.setAccessibleName("Undo")
        self._undo.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._undo.clicked.connect(self._undone)
        line.addWidget(self._text, 1)
        line.addWidget(self._undo)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.hide)
        self.hide()
        if foot is not None:
            self.setProperty("foot", "true")
            foot.addWidget(self)
        else:
            window.installEventFilter(self)

    @property
    def text(self) -> str:
        """What it says."""
        return self._text.text()

    def say(self, sentence: str, on_undo: Callable[[], None] | None = None) -> None:
        """Shows a sentence for a while."""
        news = self.isHidden()
        self._text.setText(sentence)
        self.setAccessibleName(sentence)
        self._on_undo = on_undo
        self._undo.setVisible(on_undo is not None)
        self._place()
        self.show()
        self.raise_()
        self._timer.start(SHOWN_MS)
        if news:  # not at every second of a countdown
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, sentence))

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize:
            self._place()
        return False

    def _place(self) -> None:
        if self._at_foot:
            return
        line = self._text.fontMetrics()
        undo = self._undo.sizeHint().width() if not self._undo.isHidden() else 0
        widest = self._window.width() - 4 * GAP - _AROUND - undo
        self._text.setFixedWidth(max(min(line.horizontalAdvance(self._text.text()) + GAP, widest), 1))
        self.adjustSize()
        x = (self._window.width() - self.width()) // 2
        # Above the row of buttons at the foot of a page, which stays in reach.
        self.move(max(x, 0), self._window.height() - self.height() - 2 * line.lineSpacing() - 4 * GAP)

    def _undone(self) -> None:
        self.hide()
        if self._on_undo is not None:
            self._on_undo()
