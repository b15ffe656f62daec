"""What was copied from this program doesn't stay on the clipboard: half a minute, and never beyond a lock."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer
from PySide6.QtGui import QClipboard

KEPT_MS = 30_000


class ClipboardWatch(QObject):
    """Empties the clipboard some time after something was copied here; what other programs put there is left alone."""

    def __init__(self, clipboard: QClipboard, parent: QObject | None = None, kept_ms: int = KEPT_MS) -> None:
        super().__init__(parent)
        self._clipboard = clipboard
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(kept_ms)
        self._timer.timeout.connect(self.forget)
        clipboard.dataChanged.connect(self._changed)

    def _ours(self) -> bool:
        return self._clipboard.ownsClipboard()

    def _changed(self) -> None:
        if self._ours() and self._clipboard.text():
            self._timer.start()
        else:
            self._timer.stop()

    def forget(self) -> None:
        """Empties the clipboard, and the selection of the middle mouse button, where they hold something of ours."""
        self._timer.stop()
        if self._ours():
            self._clipboard.clear()
        if self._clipboard.supportsSelection() and self._clipboard.ownsSelection():
            self._clipboard.clear(QClipboard.Mode.Selection)
