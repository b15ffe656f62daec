"""A message on the screen where something happened; a word says its kind, colour only repeats it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from safeplan_desktop.errors import SafePlanError

_WORDS = {"information": "", "caution": "Please note", "success": "Done", "problem": "That didn't work"}


class Banner(QFrame):
    """Hidden until there is something to say."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setProperty("role", "banner")
        self.kind = ""
        line = QHBoxLayout(self)
        line.setContentsMargins(14, 9, 9, 9)
        words = QVBoxLayout()
        words.setSpacing(1)
        self._word = QLabel()
        self._word.setProperty("role", "heading")
        self._text = QLabel()
        self._text.setObjectName(f"{name}.text")
        self._text.setTextFormat(Qt.TextFormat.PlainText)
        self._text.setWordWrap(True)
        self._text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        words.addWidget(self._word)
        words.addWidget(self._text)
        line.addLayout(words, 1)
        self._action = QPushButton()
        self._action.setObjectName(f"{name}.action")
        self._action.setVisible(False)
        self._action.clicked.connect(self._act)
        self._on_action: Callable[[], None] | None = None
        line.addWidget(self._action, 0, Qt.AlignmentFlag.AlignVCenter)
        close = QPushButton("Close")
        close.setObjectName(f"{name}.close")
        close.setAccessibleName("Close this message")
        close.setProperty("kind", "quiet")
        close.clicked.connect(self.dismiss)
        line.addWidget(close, 0, Qt.AlignmentFlag.AlignTop)
        self.setVisible(False)

    @property
    def text(self) -> str:
        """What it says."""
        return self._text.text()

    def say(self, kind: str, sentence: str, *, action: str = "", on_action: Callable[[], None] | None = None) -> None:
        """Shows a message.

        Args:
            kind: "information", "caution", "success" or "problem".
            sentence: Plain text.
            action: The words of a button; empty for none.
            on_action: What the button does.
        """
        news = self.isHidden() or self._text.text() != sentence
        self.kind = kind
        self._word.setText(_WORDS[kind])
        self._word.setVisible(bool(_WORDS[kind]))
        self._text.setText(sentence)
        self._on_action = on_action
        self._action.setText(action)
        self._action.setAccessibleName(action)
        self._action.setVisible(bool(action))
        self.setProperty("kind", kind)
        self.style().unpolish(self)
        self.style().polish(self)
        self.setAccessibleName(f"{_WORDS[kind]}. {sentence}" if _WORDS[kind] else sentence)
        self.setVisible(True)
        if news:
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, self.accessibleName()))

    def show_problem(self, problem: SafePlanError) -> None:
        """Shows an expected failure: what happened, what is safe, what to do."""
        self.say("problem", problem.sentences)

    def dismiss(self) -> None:
        """Hides it."""
        self.setVisible(False)

    def _act(self) -> None:
        self.dismiss()
        if self._on_action is not None:
            self._on_action()
