"""The list of files works for any record, also for one of the practice's own."""

from PySide6.QtWidgets import QDialog, QVBoxLayout
from support.vaults import PASSPHRASE, fresh_vault
from support.windows import find, open_window, unlock

from safeplan_desktop.domain.changes import Noun
from safeplan_desktop.ui.attaching import actions_of
from safeplan_desktop.ui.widgets.attachments import AttachmentList

PDF = b"%PDF-1.4\n...\n%%EOF\n"


def test_a_certificate_of_the_practices_own_is_taken_in_named_and_saved(qtbot, tmp_path):
    with open_window(qtbot, fresh_vault(tmp_path / "vault")) as window:
        unlock(qtbot, window, PASSPHRASE)
        workspace = window.workspace
        session = workspace.session
        dialog = QDialog(window)
        files = AttachmentList("training.files", "Certificates", "PDF or picture.", "Certificate")
        QVBoxLayout(dialog).addWidget(files)
        files.show_record(actions_of(session, workspace, workspace._run, Noun.TRAINING, "t1"))
        dialog.show()
        assert find("training.files.none").isVisible()
        told = []
        files.changed.connect(lambda: told.append(True))
        (tmp_path / "scan.pdf").write_bytes(PDF)

        files.title.set_value("Course of May")
        files.take_in(tmp_path / "scan.pdf")
        qtbot.waitUntil(files.take_in_button.isEnabled, timeout=10_000)

        (kept,) = session.attachments.of_record("t1")
        assert (kept.title, kept.client_id, told) == ("Course of May", "", [True])
        assert files.title.value() == "Certificate"
        assert files._actions.name_of(kept) == "training_2026-03-02.pdf"
        files.save_to(kept, tmp_path / "copy.pdf")
        qtbot.waitUntil(lambda: "copy.pdf" in files.banner.text, timeout=10_000)
        assert (tmp_path / "copy.pdf").read_bytes() == PDF
        noted = "SELECT count(*) FROM audit WHERE action = 'exported' AND noun = 'attachment' AND record_id = ?"
        assert session.desk.database.value(noted, (kept.id,)) == 1

        files.show_record(actions_of(session, workspace, workspace._run, Noun.TRAINING, "t1"), may_take_in=False)
        assert not files.take_in_button.isVisible()


def test_what_comes_back_after_another_record_is_shown_stays_with_its_own(qtbot, tmp_path):
    with open_window(qtbot, fresh_vault(tmp_path / "vault")) as window:
        unlock(qtbot, window, PASSPHRASE)
        workspace = window.workspace
        session = workspace.session
        files = AttachmentList("training.files", "Certificates", "PDF or picture.", "Certificate")
        dialog = QDialog(window)
        QVBoxLayout(dialog).addWidget(files)
        files.show_record(actions_of(session, workspace, workspace._run, Noun.TRAINING, "t1"))
        dialog.show()
        (tmp_path / "scan.pdf").write_bytes(PDF)

        files.take_in(tmp_path / "scan.pdf")
        files.show_record(actions_of(session, workspace, workspace._run, Noun.TRAINING, "t2"))
        qtbot.waitUntil(files.take_in_button.isEnabled, timeout=10_000)

        assert len(session.attachments.of_record("t1")) == 1
        assert not session.attachments.of_record("t2")
        assert files.table.rows() == ()
