"""A lock never waits for a dialog, not even for one of Qt's own that runs a loop of its own."""

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog
from support.vaults import PASSPHRASE, fresh_vault, session_on
from support.windows import find, open_window, unlock

from safeplan_desktop.domain.clients import ClientForm


@pytest.fixture
def opened(qtbot, tmp_path):
    folder = fresh_vault(tmp_path / "vault")
    session = session_on(folder)
    session.clients.add(ClientForm(code="M-07", name="Maren Holt"))
    session.vault.database.close()
    with open_window(qtbot, folder) as window:
        unlock(qtbot, window, PASSPHRASE)
        workspace = window.workspace
        workspace.choose_client(workspace.session.clients.by_code("M-07").id)
        yield window


def _lock_when_shown(window, kind):
    seen = []

    def look():
        if any(isinstance(one, kind) and one.isVisible() for one in QApplication.topLevelWidgets()):
            seen.append(1)
            window.lock()
        else:
            QTimer.singleShot(5, look)

    QTimer.singleShot(0, look)
    return seen


def test_the_key_that_locks_does_so_from_within_a_dialog(opened):
    find("bar.find").click()
    dialog = next(one for one in opened.findChildren(QDialog) if one.isVisible())
    vault = opened.workspace.session.vault
    QTest.keyClick(dialog.windowHandle(), Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    assert opened.workspace is None
    assert not vault.database.is_open
    assert not [one for one in QApplication.topLevelWidgets() if isinstance(one, QDialog) and one.isVisible()]


def test_a_lock_while_a_folder_is_being_chosen(opened):
    opened.workspace.open_screen("backups")
    vault = opened.workspace.session.vault
    seen = _lock_when_shown(opened, QFileDialog)
    find("backups.choose").click()
    assert seen == [1]
    assert opened.workspace is None
    assert not vault.database.is_open
    assert not [one for one in QApplication.topLevelWidgets() if isinstance(one, QDialog) and one.isVisible()]


def test_a_lock_while_a_document_is_being_saved(qtbot, opened):
    opened.workspace.open_screen("plan")
    find("plan.none.action").click()
    find("plan.print-now").click()
    qtbot.waitUntil(lambda: opened.findChild(QDialog, "preview") is not None, timeout=10_000)
    vault = opened.workspace.session.vault
    seen = _lock_when_shown(opened, QFileDialog)
    opened.findChild(QDialog, "preview").save_button.click()
    assert seen == [1]
    assert opened.workspace is None
    assert not vault.database.is_open
    assert not [one for one in QApplication.topLevelWidgets() if isinstance(one, QDialog) and one.isVisible()]
