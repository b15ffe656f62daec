"""Checks between screen and services: the open records or a backup, with what they are compared with."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from safeplan_desktop.domain.backups import Verification
from safeplan_desktop.domain.chain_heads import RecordedHead, parse_fingerprint
from safeplan_desktop.errors import CancelledError, InvalidInputError, SafePlanError
from safeplan_desktop.services import backups
from safeplan_desktop.services.session import Session
from safeplan_desktop.ui.ports import Control, RunJob, Shell

_OWN = "Your records"
_MENDING = 0.5
"""How much of the way mending is taken to be; the rest is the check after it."""


class CheckView(Protocol):
    """What the presenter asks of the screen."""

    def show_sources(self, sentence: str) -> None: ...

    def show_progress(self, fraction: float | None, sentence: str) -> None: ...

    def show_checks(self, title: str, verification: Verification, *, own: bool) -> None: ...

    def show_problem(self, problem: SafePlanError) -> None: ...

    def show_field_problem(self, problem: InvalidInputError) -> None: ...


@dataclass
class CheckPresenter:
    """Checks of the open records and of backups."""

    session: Session
    shell: Shell
    run: RunJob
    _stop: threading.Event = field(default_factory=threading.Event)
    _last: tuple[str, Verification] | None = None

    def attach(self, view: CheckView) -> None:
        """Takes the screen that it speaks to."""
        self._view = view

    @property
    def zone(self) -> str:
        """Where the practice is, for days of what has no zone of its own."""
        return self.session.desk.clock.zone()

    def reload(self) -> None:
        """Says what the history would be compared with."""
        folder = self._folder()
        self._view.show_sources(
            f"Compared with: the key file, and every backup in {folder}."
            if folder is not None
            else "Compared with: the key file. Once you have made a backup, the backups in its folder are compared, too."
        )

    def _folder(self) -> Path | None:
        chosen = self.session.practice.settings().backup_folder
        return Path(chosen) if chosen and Path(chosen).is_dir() else None

    def _heads(self, fingerprint: str) -> tuple[RecordedHead, ...]:
        return (parse_fingerprint(fingerprint),) if fingerprint.strip() else ()

    def check_records(self, fingerprint: str = "") -> None:
        """Checks the records in a job."""
        backups_, folder = self.session.backups, self._folder()

        def start(heads: tuple[RecordedHead, ...]) -> None:
            def work(control: Control) -> Verification:
                return backups_.verify_records(
                    control.report, self._cancellable(control), backups_in=folder, heads=heads
                )

            self._start(_OWN, work, own=True)

        self._with_heads(fingerprint, start)

    def check_backup(self, path: Path, fingerprint: str = "") -> None:
        """Checks a backup of these records in a job, with the key at hand."""
        data_key, scratch = self.session.vault.data_key, self.session.vault.folder.path

        def start(heads: tuple[RecordedHead, ...]) -> None:
            def work(control: Control) -> Verification:
                control.report(None, "Reading the backup")
                return backups.verify_backup(
                    path, data_key, scratch, self._cancellable(control), report=control.report, heads=heads
                )

            self._start(path.name, work)

        self._with_heads(fingerprint, start)

    def mend_find(self) -> None:
        """Makes what Find looks in anew from the records, and checks again, in one job."""
        backups_, index, folder = self.session.backups, self.session.search_index, self._folder()
        made = threading.Event()

        def work(control: Control) -> Verification:
            def mending(fraction: float, sentence: str) -> None:
                control.report(fraction * _MENDING, sentence)

            def checking(fraction: float, sentence: str) -> None:
                control.report(_MENDING + fraction * (1.0 - _MENDING), sentence)

            index.make_anew(mending, self._cancellable(control, "Mending Find was cancelled."))
            made.set()
            stopped = "What Find looks in was made anew. Only the check after it was cancelled."
            return backups_.verify_records(checking, self._cancellable(control, stopped), backups_in=folder)

        def ended() -> None:
            if made.is_set():
                index.tell()

        self._start(_OWN, work, own=True, ended=ended)

    def _with_heads(self, fingerprint: str, start: Callable[[tuple[RecordedHead, ...]], None]) -> None:
        try:
            heads = self._heads(fingerprint)
        except InvalidInputError as problem:
            self._view.show_field_problem(problem)
            return
        start(heads)

    def _start(
        self,
        title: str,
        work: Callable[[Control], Verification],
        *,
        own: bool = False,
        ended: Callable[[], None] = lambda: None,
    ) -> None:
        self._stop.clear()
        self._view.show_progress(None, "Beginning")

        def done(verification: Verification) -> None:
            self._last = (title, verification)
            ended()
            self._view.show_checks(title, verification, own=own)

        def failed(problem: SafePlanError) -> None:
            ended()
            self._view.show_problem(problem)

        self.run(work, done, failed, self._view.show_progress)

    def _cancellable(self, control: Control, words: str = "The check was cancelled.") -> Callable[[], None]:
        def check() -> None:
            control.check_cancelled()
            if self._stop.is_set():
                raise CancelledError(words, safe="Nothing in your records was changed.")

        return check

    def cancel(self) -> None:
        """Asks the check to stop at its next step."""
        self._stop.set()

    def open_report(self) -> None:
        """Shows the report of the last check for printing and saving."""
        if self._last is not None:
            title, verification = self._last
            self.shell.preview(self.session.audit_trail.check_document(verification, title))
