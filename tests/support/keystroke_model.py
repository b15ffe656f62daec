"""How long somebody needs who isn't in a hurry: seconds for each key and click, and the words that come in sight, once."""

from __future__ import annotations

from dataclasses import dataclass, field

from PySide6.QtWidgets import QAbstractButton, QLabel, QWidget
from support.keyboard import Keyboard

SECONDS_A_KEY, SECONDS_A_CLICK, WORDS_A_MINUTE = 0.3, 1.5, 200


@dataclass
class Timed:
    """Counts what is done through it.

    Attributes:
        clicks: Also what a file dialog of the system asks, which a test can't press.
    """

    keys: Keyboard = field(default_factory=Keyboard)
    clicks: int = 0
    words: int = 0
    _read: set[str] = field(default_factory=set)

    def read(self, page: QWidget) -> None:
        """Reads everything on a page, also what has to be scrolled to; what was read before isn't read again."""
        for part in page.findChildren(QWidget):
            if isinstance(part, QLabel | QAbstractButton) and part.isVisible() and part.text() not in self._read:
                self._read.add(part.text())
                self.words += len(part.text().split())

    @property
    def seconds(self) -> float:
        """For all of it."""
        return self.keys.presses * SECONDS_A_KEY + self.clicks * SECONDS_A_CLICK + self.words * 60 / WORDS_A_MINUTE
