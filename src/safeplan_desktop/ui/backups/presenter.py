"""Backups between screen and services: make, and restore elsewhere."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Protocol

from safeplan_desktop.errors import SafePlanError
from safeplan_desktop.services.backups import BackupReport
from safeplan_desktop.services.session import Session
from safeplan_desktop.ui.ports import Control, RunJob, Shell


class BackupsView(Protocol):
    """What the presenter asks of the screen."""

    def show_last(self, sentence: str, folder: str) -> None: ...

    def show_progress(self, fraction: float | None, sentence: str) -> None: ...

    def show_done(self, sentence: str) -> None: ...

    def show_problem(self, problem: SafePlanError) -> None: ...


@dataclass
class BackupsPresenter:
    """Manual backups."""

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
        problem = report.verification.first_problem
        told = f" Something in the records is worth a look: {problem}" if problem else ""
        self._view.show_done(f"{report.path.name} was made, read back and verified ({size:.1f} MB).{told}")
