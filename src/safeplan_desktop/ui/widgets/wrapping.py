"""Boxes and round buttons whose words go on in the next line where the place is narrow; Qt's own cut them."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPaintEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QCheckBox,
    QRadioButton,
    QSizePolicy,
    QStyle,
    QStyleOptionButton,
    QStylePainter,
    QWidget,
)

_NO_LIMIT = 100_000
_LETTERS = 10
"""A box may get as narrow as so many letters."""


def _lines(metrics: QFontMetrics, words: str, room: int) -> str:
    """The words with line ends, so that each line fits into so many pixels; a long word stays whole."""
    lines: list[str] = []
    for word in words.split(" "):
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and metrics.horizontalAdvance(longer) <= room:
            lines[-1] = longer
        else:
            lines.append(word)
    return "\n".join(lines)


class _Fitted:
    """How much room the words of a button have, and how high it gets."""

    def __init__(self, made: QAbstractButton, hint: QSize) -> None:
        self.metrics, self.words, self._hint = made.fontMetrics(), made.text(), hint
        # What stands around the words: the box, its distance, the padding.
        self._beside = hint.width() - self.metrics.size(int(Qt.TextFlag.TextShowMnemonic), self.words).width()

    def wrapped(self, width: int) -> str:
        """The words in as many lines as a button of this width needs."""
        if width >= self._hint.width():
            return self.words
        return _lines(self.metrics, self.words, width - self._beside)

    def height(self, width: int) -> int:
        """Of a button of this width, in pixels."""
        flags = int(Qt.TextFlag.TextShowMnemonic)
        one = self.metrics.lineSpacing()
        whole = self.metrics.boundingRect(QRect(0, 0, _NO_LIMIT, _NO_LIMIT), flags, self.wrapped(width)).height()
        return self._hint.height() + max(0, whole - one)

    def least(self) -> QSize:
        """The narrowest that it gets."""
        longest = max((self.metrics.horizontalAdvance(word) for word in self.words.split(" ")), default=0)
        room = max(longest, self.metrics.averageCharWidth() * _LETTERS)
        return QSize(min(self._hint.width(), self._beside + room), self._hint.height())


def _let_grow(made: QWidget) -> None:
    policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
    policy.setHeightForWidth(True)
    made.setSizePolicy(policy)


def _paint_wrapped(made: QCheckBox | QRadioButton, element: QStyle.ControlElement) -> bool:
    """Paints a button in several lines; False where one is enough."""
    hint = made.sizeHint()
    if made.width() >= hint.width():
        return False
    option = QStyleOptionButton()
    made.initStyleOption(option)
    option.text = _Fitted(made, hint).wrapped(made.width())
    painter = QStylePainter(made)
    painter.drawControl(element, option)
    painter.end()
    return True


class TickBox(QCheckBox):
    """A box to tick."""

    def __init__(self, words: str = "") -> None:
        super().__init__(words)
        _let_grow(self)

    def minimumSizeHint(self) -> QSize:
        return _Fitted(self, self.sizeHint()).least()

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return _Fitted(self, self.sizeHint()).height(width)

    def paintEvent(self, event: QPaintEvent) -> None:
        if not _paint_wrapped(self, QStyle.ControlElement.CE_CheckBox):
            super().paintEvent(event)

    def hitButton(self, position: QPoint) -> bool:
        return self.rect().contains(position)


class RoundButton(QRadioButton):
    """One of several answers."""

    def __init__(self, words: str = "") -> None:
        super().__init__(words)
        _let_grow(self)

    def minimumSizeHint(self) -> QSize:
        return _Fitted(self, self.sizeHint()).least()

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return _Fitted(self, self.sizeHint()).height(width)

    def paintEvent(self, event: QPaintEvent) -> None:
        if not _paint_wrapped(self, QStyle.ControlElement.CE_RadioButton):
            super().paintEvent(event)

    def hitButton(self, position: QPoint) -> bool:
        return self.rect().contains(position)
