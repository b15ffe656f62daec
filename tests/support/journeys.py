"""What the journeys through the window share: press, type, choose, and read back what was saved."""

from __future__ import annotations

from pathlib import Path

import pypdf
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog
from support.windows import find

from safeplan_desktop.ui.main_window import MainWindow


def press(*names: str) -> None:
    """Presses buttons, one after the other, by the keyboard."""
    for name in names:
        widget = find(name)
        widget.setFocus(Qt.FocusReason.TabFocusReason)
        QTest.keyClick(widget, Qt.Key.Key_Space)
        QApplication.processEvents()


def write(**fields: str) -> None:
    """Types into fields; in a name, two underlines stand for a dot and `_` stays."""
    for name, text in fields.items():
        write_into(name.replace("__", "."), text)


def write_into(name: str, text: str) -> None:
    """Types into one field, in place of what stands there."""
    widget = find(name)
    widget.setFocus(Qt.FocusReason.TabFocusReason)
    widget.selectAll()
    QTest.keyClicks(widget, text)
    QApplication.processEvents()


def choose(name: str, value: object) -> None:
    """Chooses from a list, as Enter in it would."""
    widget = find(name)
    widget.set_value(value)
    widget.activated.emit(widget.currentIndex())
    QApplication.processEvents()


def text_of(path: Path) -> str:
    """A PDF's text, with one space for any room between words."""
    return " ".join(" ".join(page.extract_text() for page in pypdf.PdfReader(path).pages).split())


def saved(qtbot, window: MainWindow, path: Path) -> str:
    """Saves what the preview shows, closes it, and reads it back."""
    qtbot.waitUntil(lambda: window.findChild(QDialog, "preview") is not None, timeout=10_000)
    preview = window.findChild(QDialog, "preview")
    assert preview.save_to(path)
    preview.close()
    qtbot.waitUntil(lambda: window.findChild(QDialog, "preview") is None, timeout=5000)
    return text_of(path)
