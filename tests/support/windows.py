"""Real windows on real vaults."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from PySide6.QtWidgets import QApplication, QDialog, QWidget
from support.vaults import HeldClock

from safeplan_desktop.security.kdf import KdfParameters
from safeplan_desktop.ui.app import make_app
from safeplan_desktop.ui.jobs import Jobs
from safeplan_desktop.ui.main_window import MainWindow, Surroundings
from safeplan_desktop.ui.theme import Scheme


@contextmanager
def open_window(qtbot, folder: Path, clock: HeldClock | None = None) -> Iterator[MainWindow]:
    """The main window on a folder; a bug in a job fails the test."""
    app = make_app(Scheme.LIGHT)
    bugs: list[BaseException] = []
    around = Surroundings(folder, clock or HeldClock(), Jobs(bugs.append, app), lambda: KdfParameters.FLOOR, None, None)
    window = MainWindow(around)
    qtbot.addWidget(window)
    window.show()
    qtbot.waitExposed(window)
    yield window
    if window.workspace is not None:
        window.lock()
    for dialog in window.findChildren(QDialog):
        dialog.close()
    window.close()
    assert not bugs, bugs


def unlock(qtbot, window: MainWindow, passphrase: str) -> None:
    """Types the passphrase and unlocks."""
    page = window.unlock_page
    page.passphrase.set_value(passphrase)
    page.unlock_button.click()
    qtbot.waitUntil(lambda: window.workspace is not None, timeout=10_000)


def find(name: str) -> QWidget:
    """The visible widget of that name; what was just added is laid out first."""
    QApplication.processEvents()
    for top in QApplication.topLevelWidgets():
        for widget in (top, *top.findChildren(QWidget, name)):
            if widget.objectName() == name and widget.isVisible():
                return widget
    raise AssertionError(f"there is no visible widget {name}")
