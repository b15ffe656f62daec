"""Unlocking: the key is derived in a job, the database is opened afterwards."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from safeplan_desktop.domain.audit import AuditAction
from safeplan_desktop.domain.moments import Clock
from safeplan_desktop.errors import InvalidInputError, SafePlanError, WrongPassphraseError
from safeplan_desktop.security.data_key import DataKey
from safeplan_desktop.security.kdf import KdfParameters
from safeplan_desktop.security.key_slot import KeySlot
from safeplan_desktop.security.passphrase import ensure_strong, generate_passphrase
from safeplan_desktop.services import vault
from safeplan_desktop.services.backups import snapshot_before_migration
from safeplan_desktop.services.vault import OpenVault
from safeplan_desktop.storage.vault_folder import VaultFolder
from safeplan_desktop.ui.ports import Control, RunJob


class UnlockView(Protocol):
    """What the presenter asks of the page."""

    def set_busy(self, *, busy: bool) -> None: ...

    def show_problem(self, problem: SafePlanError) -> None: ...

    def clear(self) -> None: ...


@dataclass
class UnlockPresenter:
    """Opens the vault and hands it over."""

    folder: Path
    clock: Clock
    run: RunJob
    parameters: Callable[[], KdfParameters]
    on_open: Callable[[OpenVault], None]

    def attach(self, view: UnlockView) -> None:
        """Takes the page that it speaks to."""
        self._view = view

    def suggestion(self) -> str:
        """A passphrase of six random words."""
        return generate_passphrase(secrets)

    def unlock(self, passphrase: str) -> None:
        """Derives the key in a job, then opens."""
        if not passphrase:
            self._view.show_problem(WrongPassphraseError("Please type your passphrase."))
            return
        self._view.set_busy(busy=True)
        folder = VaultFolder(self.folder)
        self.run(lambda _control: vault.derive_data_key(folder, passphrase), self._open, self._failed)

    def recover(self, words: str, passphrase: str) -> None:
        """Opens with the words and puts a new passphrase in place."""
        folder, parameters = VaultFolder(self.folder), self.parameters
        try:
            ensure_strong(passphrase)
        except SafePlanError as problem:
            self._view.show_problem(InvalidInputError("passphrase", problem.sentences))
            return

        def work(_control: Control) -> tuple[DataKey, KdfParameters]:
            return vault.data_key_from_words(folder, words), parameters()

        self._view.set_busy(busy=True)
        self.run(work, lambda found: self._recovered(*found, passphrase), self._failed)

    def _recovered(self, data_key: DataKey, parameters: KdfParameters, passphrase: str) -> None:
        try:
            opened = vault.open_vault(
                self.folder,
                data_key,
                self.clock,
                how=AuditAction.RECOVERED,
                before_migration=snapshot_before_migration,
            )
        except SafePlanError as problem:
            self._failed(problem)
            return
        at = self.clock.now()
        self.run(
            lambda _control: vault.rewrap(data_key, opened.vault_id, passphrase, parameters, at),
            lambda slot: self._rewrapped(opened, slot),
            lambda problem: self._close_after(opened, problem),
        )

    def _rewrapped(self, opened: OpenVault, slot: KeySlot) -> None:
        try:
            vault.replace_passphrase(opened, slot, self.clock)
        except SafePlanError as problem:
            self._close_after(opened, problem)
            return
        self._view.set_busy(busy=False)
        self._view.clear()
        self.on_open(opened)

    def _close_after(self, opened: OpenVault, problem: SafePlanError) -> None:
        opened.database.close()
        self._failed(problem)

    def _open(self, data_key: DataKey) -> None:
        try:
            opened = vault.open_vault(self.folder, data_key, self.clock, before_migration=snapshot_before_migration)
        except SafePlanError as problem:
            self._failed(problem)
            return
        self._view.set_busy(busy=False)
        self._view.clear()
        self.on_open(opened)

    def _failed(self, problem: SafePlanError) -> None:
        if isinstance(problem, WrongPassphraseError):
            VaultFolder(self.folder).note_failed_unlock(self.clock.now())
        self._view.show_problem(problem)
