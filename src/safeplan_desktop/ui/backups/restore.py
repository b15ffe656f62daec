"""The restore dialog: which backup, its passphrase or words, where to; also used before there are any records."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QProgressBar, QVBoxLayout, QWidget

from safeplan_desktop.domain.moments import Clock
from safeplan_desktop.errors import CancelledError, OtherPracticeError, SafePlanError
from safeplan_desktop.services import backups
from safeplan_desktop.storage.restore import Restored
from safeplan_desktop.ui.ports import Control, RunJob
from safeplan_desktop.ui.printing import choose_file
from safeplan_desktop.ui.theme import GAP
from safeplan_desktop.ui.widgets.banner import Banner
from safeplan_desktop.ui.widgets.confirm import Decision
from safeplan_desktop.ui.widgets.dialog import Dialog, widen
from safeplan_desktop.ui.widgets.inputs import PassphraseField, TextArea, TextLine
from safeplan_desktop.ui.widgets.layout import Form, button, label, row


class RestoreDialog(Dialog):
    """Restores a backup into the vault's folder; what is there is kept aside.

    Args:
        parent: The window it belongs to.
        folder: Where the records are to be.
        clock: For dates.
        run: Starts long work.
        on_restored: Called when it went well.
    """

    def __init__(
        self,
        parent: QWidget,
        folder: Path,
        clock: Clock,
        run: RunJob,
        on_restored: Callable[[Restored], None],
    ) -> None:
        super().__init__(parent.window())
        self.setObjectName("restore")
        self.setWindowTitle("Restore a backup - SafePlan")
        self.setModal(True)
        self._folder, self._clock, self._run, self._on_restored = folder, clock, run, on_restored
        self._busy = False
        layout = QVBoxLayout(self)
        layout.setContentsMargins(3 * GAP, 2 * GAP, 3 * GAP, 2 * GAP)
        layout.setSpacing(GAP)
        layout.addWidget(label("Restore a backup", "title"))
        layout.addWidget(
            label(
                "Everything in the backup is verified first. Records that are on this computer are kept under a dated "
                "name; nothing is deleted.",
                "quiet",
            )
        )
        self.banner = Banner("restore.banner")
        layout.addWidget(self.banner)
        self.form = Form("restore")
        self.path = TextLine("The backup file", longest=4000)
        self.passphrase, self.words = PassphraseField(), TextArea("word word word ...", fewest_lines=3)
        self.form.add("path", "Backup", self.path)
        self.form.add("passphrase", "Passphrase of that backup", self.passphrase)
        self.form.add("words", "Or the 24 recovery words", self.words)
        layout.addWidget(self.form)
        self.progress = QProgressBar()
        self.progress.setObjectName("restore.progress")
        self.progress.setAccessibleName("Progress")
        self.progress.setTextVisible(False)
        self.progress.setVisible(False)
        self._doing = label("", "quiet", name="restore.doing")
        layout.addWidget(self._doing)
        layout.addWidget(self.progress)
        self.restore_button = button("Verify and restore", "restore.restore", self.restore, kind="primary")
        self.close_button = button("Close", "restore.close", self.reject)
        layout.addLayout(
            row(
                button("Choose the file...", "restore.choose", self._choose),
                None,
                self.close_button,
                self.restore_button,
            )
        )
        widen(self, 80)

    def reject(self) -> None:
        if not self._busy:
            super().reject()

    def _choose(self) -> None:
        path = choose_file(self, "Backup to restore", "SafePlan backups (*.safeplan-backup)")
        if path is not None:
            self.path.set_value(str(path))

    def restore(self) -> None:
        """Verifies and restores, in a job."""
        self.form.clear_errors()
        self.banner.dismiss()
        path, passphrase, words = (
            Path(self.path.value().strip()).expanduser(),
            self.passphrase.value(),
            self.words.value(),
        )
        if not self.path.value().strip() or not path.is_file():
            self.form.show_error("path", "Please choose a backup file.")
            return
        if not passphrase and not words.strip():
            self.form.show_error("passphrase", "Please type the passphrase, or the recovery words below.")
            return
        self._start(path, passphrase, words, replace_other=False)

    def _start(self, path: Path, passphrase: str, words: str, *, replace_other: bool) -> None:
        folder, clock = self._folder, self._clock

        def work(control: Control) -> Restored:
            control.report(None, "Making the key")
            data_key = (
                backups.unlock_backup_with_words(path, words)
                if words.strip()
                else backups.unlock_backup(path, passphrase)
            )
            return backups.restore(
                path, data_key, folder, clock, control.report, control.check_cancelled, replace_other=replace_other
            )

        def failed(problem: SafePlanError) -> None:
            self._failed(problem)
            if isinstance(problem, OtherPracticeError):
                self._ask_other(problem, lambda: self._start(path, passphrase, words, replace_other=True))

        self._set_busy(busy=True)
        self._run(work, self._done, failed, self._show_progress)

    def _ask_other(self, problem: OtherPracticeError, go_on: Callable[[], None]) -> None:
        self._question = Decision(
            self,
            "restore.ask-other",
            "Put another practice's records in place of these?",
            f"{problem.what} The records that are here are kept under a dated name.",
            yes="Replace them",
            no="Leave everything as it is",
            on_yes=go_on,
        )
        self._question.open()

    def _set_busy(self, *, busy: bool) -> None:
        self._busy = busy
        for widget in (self.restore_button, self.close_button, self.form):
            widget.setEnabled(not busy)
        self.progress.setVisible(busy)
        self._doing.setText("")

    def _show_progress(self, fraction: float | None, sentence: str) -> None:
        self._doing.setText(sentence)
        self.progress.setRange(0, 0 if fraction is None else 100)
        if fraction is not None:
            self.progress.setValue(int(fraction * 100))

    def _failed(self, problem: SafePlanError) -> None:
        self._set_busy(busy=False)
        if not isinstance(problem, CancelledError | OtherPracticeError):
            self.banner.show_problem(problem)

    def _done(self, restored: Restored) -> None:
        self._set_busy(busy=False)
        self.accept()
        self._on_restored(restored)
