"""Restoring in the window: another practice's records are replaced only once that was asked."""

import pytest
from PySide6.QtWidgets import QApplication
from support.vaults import PASSPHRASE, START, HeldClock, fresh_vault, session_on, shared_keys
from support.windows import find, open_window

from safeplan_desktop.security.kdf import KdfParameters
from safeplan_desktop.services.backups import never_cancelled, no_report
from safeplan_desktop.services.vault import close_vault, create_vault, prepare_keys
from safeplan_desktop.storage.vault_folder import VaultFolder
from safeplan_desktop.ui.backups.restore import RestoreDialog


@pytest.fixture
def backup(tmp_path):
    """A backup of the template practice."""
    (tmp_path / "stick").mkdir()
    session = session_on(fresh_vault(tmp_path / "ours"))
    report = session.backups.back_up(tmp_path / "stick", no_report, never_cancelled)
    session.vault.database.close()
    return report.path


def test_another_practices_backup_is_asked_about_and_leaving_it_changes_nothing(qtbot, tmp_path, backup):
    folder = VaultFolder(tmp_path / "theirs")
    other = create_vault(folder.path, prepare_keys(PASSPHRASE, KdfParameters.FLOOR, START), HeldClock()).vault
    close_vault(other, HeldClock())
    with open_window(qtbot, folder.path) as window:
        window.restore()
        dialog = window.findChild(RestoreDialog)
        dialog.path.set_value(str(backup))
        dialog.passphrase.set_value(PASSPHRASE)
        for answer, vault_id in (("no", other.vault_id), ("yes", shared_keys().vault_id)):
            find("restore.restore").click()
            qtbot.waitUntil(
                lambda: QApplication.activeModalWidget().objectName() == "restore.ask-other", timeout=10_000
            )
            question = find("restore.ask-other")
            assert question.focusWidget().objectName() == "restore.ask-other.no"
            find(f"restore.ask-other.{answer}").click()
            if answer == "yes":
                qtbot.waitUntil(lambda: not dialog.isVisible(), timeout=10_000)
            assert folder.read_keys().vault_id == vault_id
    kept = [path for path in tmp_path.iterdir() if "replaced" in path.name]
    assert len(kept) == 1
