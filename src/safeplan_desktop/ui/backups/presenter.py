"""Backups between screen and services: make, check, restore elsewhere."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Protocol

from safeplan_desktop.domain.backups import Verification
from safeplan_desktop.errors import SafePlanError
from safeplan_desktop.services import backups
from safeplan_desktop.services.backups import BackupReport
from safeplan_desktop.services.session import Session
from safeplan_desktop.ui.ports import Control, RunJob, Shell


class BackupsView(Protocol):
    """What the presenter asks of the screen."""

    def show_last(self, sentence: str, folder: str) -> None: ...

    def show_progress(self, fraction: float | None, sentence: str) -> None: ...

    def show_done(self, sentence: str) -> None: ...

    def show_checks(self, title: str, verification: Verification) -> None: ...

    def show_problem(self, problem: SafePlanError) -> None: ...


@dataclass
class BackupsPresenter:
    """Manual backups and checks of the open records."""

    session: Session
    shell: Shell
    run: RunJob
    restore: Callable[[], None]

    def attach(self, view: BackupsView) -> None:
        """Takes the screen that it speaks to."""
        self._view = view

    def reload(self) -> None:
        """Shows when the last backup was made."""
        last = self.session.backups.latest()
        folder = self.session.practice.settings().backup_folder
        if last is None:
            self._view.show_last("No backup was made yet.", folder)
            return
        zone = self.session.desk.now().local.tzinfo
        self._view.show_last(f"Last backup: {last.made_at.astimezone(zone):%d %b %Y, %H:%M}, {last.name}", folder)

    def back_up(self, into: Path) -> None:
        """Makes a backup in a job."""
        backups_ = self.session.backups
        settings = self.session.practice.settings()
        self.session.practice.save_settings(replace(settings, backup_folder=str(into)))

        def work(control: Control) -> BackupReport:
            return backups_.back_up(into, control.report, control.check_cancelled)

        self.run(work, self._made, self._view.show_problem, self._view.show_progress)

    def _made(self, report: BackupReport) -> None:
        self.session.backups.tell()
        self.reload()
        size = report.path.stat().st_size / (1 << 20)
        self._view.show_done(f"{report.path.name} was made, read back and verified ({size:.1f} MB).")

    def check_records(self) -> None:
        """Checks the records in a job."""
        backups_ = self.session.backups

        def work(control: Control) -> Verification:
            return backups_.verify_records(control.report, control.check_cancelled)

        self.run(
            work,
            lambda verification: self._view.show_checks("Your records", verification),
            self._view.show_problem,
            self._view.show_progress,
        )

    def check_backup(self, path: Path) -> None:
        """Checks a backup of these records in a job, with the key at hand."""
        data_key, scratch = self.session.vault.data_key, self.session.vault.folder.path

        def work(control: Control) -> Verification:
            control.report(None, "Checking the backup")
            return backups.verify_backup(path, data_key, scratch, control.check_cancelled)

        self.run(
            work,
            lambda verification: self._view.show_checks(path.name, verification),
            self._view.show_problem,
            self._view.show_progress,
        )
