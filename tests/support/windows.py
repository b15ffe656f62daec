"""Real windows on real vaults."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QApplication, QDialog, QMainWindow, QWidget
from shiboken6 import delete
from support.derivation import derived_once
from support.vaults import PASSPHRASE, HeldClock, fresh_vault, session_on

from safeplan_desktop.domain.clients import ClientContact, ClientForm
from safeplan_desktop.security.kdf import KdfParameters
from safeplan_desktop.ui.app import make_app
from safeplan_desktop.ui.jobs import Jobs
from safeplan_desktop.ui.main_window import MainWindow, Surroundings
from safeplan_desktop.ui.theme import Scheme
from safeplan_desktop.ui.widgets.turns import RevealInTurns


class _Strays(QObject):
    """Notes parts of a page that flash up as windows of their own, because they were shown before they had a parent."""

    def __init__(self) -> None:
        super().__init__()
        self.seen: list[str] = []

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        # Every event of the program comes through here; asking for its class is ten times as quick as for its type.
        if (
            event.__class__ is QShowEvent
            and isinstance(watched, QWidget)
            and event.type() == QEvent.Type.Show
            and watched.windowType() == Qt.WindowType.Window
            and not isinstance(watched, QMainWindow)
        ):
            self.seen.append(f"{type(watched).__name__} {watched.objectName()}")
        return False


@contextmanager
def open_window(qtbot, folder: Path, clock: HeldClock | None = None) -> Iterator[MainWindow]:
    """The main window on a folder; a bug in a job fails the test."""
    app = make_app(Scheme.LIGHT)
    bugs: list[BaseException] = []
    jobs = Jobs(bugs.append, app)
    around = Surroundings(folder, clock or HeldClock(), jobs, lambda: KdfParameters.FLOOR, None, None)
    strays = _Strays()
    app.installEventFilter(strays)
    window = MainWindow(around)
    window.show()
    qtbot.waitExposed(window)
    try:
        with derived_once():
            yield window
    finally:
        if window.workspace is not None:
            window.lock()
        for dialog in window.findChildren(QDialog):
            dialog.close()
        window.close()
        app.removeEventFilter(strays)
        # Not "later": no event loop runs between two tests, so every later window would pay for a thousand dead widgets.
        delete(window)
        delete(jobs)
    assert not bugs, bugs
    assert not strays.seen, strays.seen


def unlock(qtbot, window: MainWindow, passphrase: str) -> None:
    """Types the passphrase and unlocks."""
    page = window.unlock_page
    page.passphrase.set_value(passphrase)
    page.unlock_button.click()
    qtbot.waitUntil(lambda: window.workspace is not None, timeout=10_000)


def find(name: str) -> QWidget:
    """The visible widget of that name; what was just added is laid out first, and what is shown in turns is finished."""
    QApplication.processEvents()
    finish_turns()
    for top in QApplication.topLevelWidgets():
        for widget in (top, *top.findChildren(QWidget, name)):
            if widget.objectName() == name and widget.isVisible():
                return widget
    raise AssertionError(f"there is no visible widget {name}")


def finish_turns() -> None:
    """Shows at once what rooms that were just opened show in turns."""
    left = [
        turns for top in QApplication.topLevelWidgets() for turns in top.findChildren(RevealInTurns) if turns.running
    ]
    for turns in left:
        turns.finish()
    if left:
        QApplication.processEvents()


def plan_editor(qtbot, window: MainWindow):
    """The plan's editor, with all its cards."""
    qtbot.waitUntil(lambda: window.workspace is not None and window.workspace.client_id != "", timeout=5000)
    editor = window.workspace.screen_of("plan")._editor
    editor.finish_building()
    QApplication.processEvents()
    return editor


def begin_plan(window: MainWindow) -> None:
    """Begins the current client's first plan on the plan's screen, and waits until all cards stand."""
    find("plan.none.action").click()
    window.workspace.screen_of("plan")._editor.finish_building()
    QApplication.processEvents()


@contextmanager
def open_at_plan(qtbot, folder: Path, clock: HeldClock, *contacts: ClientContact) -> Iterator[MainWindow]:
    """The unlocked window on a fresh vault, at the safety plan of Maren Holt (M-07) with these contacts.

    There is another client, Zora Quinn (Z-99), of whom nothing may be seen there.
    """
    session = session_on(fresh_vault(folder))
    session.clients.add(ClientForm(code="M-07", name="Maren Holt", contacts=contacts))
    session.clients.add(ClientForm(code="Z-99", name="Zora Quinn"))
    session.vault.database.close()
    with open_window(qtbot, folder, clock) as window:
        unlock(qtbot, window, PASSPHRASE)
        window.workspace.choose_client(window.workspace.session.clients.by_code("M-07").id)
        window.workspace.open_screen("plan")
        window.activateWindow()
        qtbot.waitUntil(window.isActiveWindow)
        yield window
