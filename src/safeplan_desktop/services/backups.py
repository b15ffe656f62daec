"""Backups: make, verify, restore. All of it may take a while, so all of it can tell how far it is and be cancelled."""

from __future__ import annotations

import datetime as dt
import hashlib
import os
import secrets
import shutil
import tempfile
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from safeplan_desktop import __version__
from safeplan_desktop.domain.audit import AuditAction
from safeplan_desktop.domain.backups import BackupManifest, Check, Verification
from safeplan_desktop.domain.chain_heads import RecordedHead
from safeplan_desktop.domain.changes import Change, Noun
from safeplan_desktop.domain.moments import Clock, Moment, moment_now
from safeplan_desktop.errors import (
    DamagedBackupError,
    DamagedVaultError,
    SafePlanError,
    StorageFullError,
    StorageUnavailableError,
    WrongRecoveryWordsError,
)
from safeplan_desktop.security.data_key import DATABASE_SALT_SIZE, DataKey
from safeplan_desktop.security.key_file import open_key_file
from safeplan_desktop.security.recovery_words import key_of
from safeplan_desktop.services.desk import Desk
from safeplan_desktop.services.heads import head_beside, head_in_keys, head_named, heads_in_folder
from safeplan_desktop.services.practice import Practice
from safeplan_desktop.storage import audit, practice
from safeplan_desktop.storage.backup_container import (
    FORMAT,
    Piece,
    Report,
    free_name,
    read_container,
    read_keys,
    sha256_of,
    write_container,
)
from safeplan_desktop.storage.checks import check_snapshot, totals_of
from safeplan_desktop.storage.connection import Database
from safeplan_desktop.storage.restore import Restored, restore_backup
from safeplan_desktop.storage.vault_folder import VaultFolder

_LAST = "last-backup"
_RESERVE = 16 << 20

Cancel = Callable[[], None]


@dataclass(frozen=True, slots=True)
class BackupReport:
    """A backup that was made and verified.

    Attributes:
        verification: What was found in the records; the backup itself is whole.
    """

    path: Path
    manifest: BackupManifest
    seconds: float
    verification: Verification


@dataclass(frozen=True, slots=True)
class LastBackup:
    """When the last backup was made and verified, and its file's name."""

    made_at: dt.datetime
    name: str
    folder: str

    def day(self, zone: str) -> dt.date:
        """The day on which it was made, in a zone."""
        return Moment(self.made_at, zone).local_date


def no_report(_fraction: float, _sentence: str) -> None:
    """For callers that show no progress."""


def never_cancelled() -> None:
    """For callers that can't cancel."""


def _salted_afresh(data_key: DataKey) -> DataKey:
    """The same key with a new salt: pages of one snapshot can't be put into another."""
    return DataKey(data_key.key, secrets.token_bytes(DATABASE_SALT_SIZE))


def _snapshot(database: Database, path: Path, key: DataKey, report: Report, check_cancelled: Cancel) -> None:
    def progress(fraction: float) -> None:
        check_cancelled()
        report(0.3 * fraction, "Copying the records")

    try:
        database.snapshot_to(path, key, progress=progress)
    except (DamagedVaultError, StorageUnavailableError) as error:
        # A page that can't be authenticated shows as damage or as a failed read, so the records themselves are asked.
        if database.integrity_problems():
            raise DamagedVaultError(
                "The records file is damaged: a page in it isn't what was written.",
                safe="No backup was made, and earlier backups weren't touched.",
                next_step="Restore the newest whole backup into an empty folder and compare.",
            ) from None
        if isinstance(error, StorageUnavailableError):
            raise
        # After a power cut unused pages may be unreadable; that loses nothing, but a copy reads them too.
        database.vacuum()
        database.snapshot_to(path, key, progress=progress)


@dataclass(frozen=True, slots=True)
class Backups:
    """Backups of an open vault."""

    database: Database
    folder: VaultFolder
    data_key: DataKey
    clock: Clock
    on_change: Callable[[Change], None]

    def back_up(self, into: Path, report: Report, check_cancelled: Cancel) -> BackupReport:
        """Makes an encrypted backup, reads it back, verifies it, and only then gives it its name.

        Raises:
            StorageFullError, StorageUnavailableError, CancelledError: no backup was made, nothing is left behind.
            DamagedVaultError: when the records themselves are damaged.
        """
        started = time.perf_counter()
        self._check_room(into)
        moment = moment_now(self.clock)
        staging = self.folder.path / f".safeplan-{secrets.token_hex(8)}.tmp"
        key = _salted_afresh(self.data_key)
        try:
            _snapshot(self.database, staging, key, report, check_cancelled)
            report(0.3, "Checking the copy")
            verification = check_snapshot(staging, key, check_cancelled=check_cancelled)
            if not verification.whole:
                raise DamagedVaultError(
                    f"The records can't be backed up as they are. {verification.first_problem}",
                    safe="Earlier backups weren't touched.",
                    next_step="Restore the newest whole backup into an empty folder and compare.",
                )
            piece = Piece(staging, self.folder.keys.read_bytes())
            manifest = self._manifest(staging, key, piece, moment)
            path = free_name(into, moment.local)
            write_container(path, piece, manifest, self.data_key, report=report, check_cancelled=check_cancelled)
        finally:
            staging.unlink(missing_ok=True)
        self._remember(path, moment)
        report(1.0, "Done")
        return BackupReport(path, manifest, time.perf_counter() - started, verification)

    def _check_room(self, into: Path) -> None:
        needed = self.database.size + _RESERVE
        if into.is_file():
            raise StorageUnavailableError(
                "This is a file, not a folder.",
                safe="Nothing was changed.",
                next_step="Choose a folder for the backup.",
            )
        if into.resolve() == self.folder.path.resolve():
            raise StorageUnavailableError(
                "This is the folder with the records, so a backup in it would be lost together with them.",
                safe="Nothing was changed.",
                next_step="Choose another folder, best on another drive.",
            )
        try:
            free = shutil.disk_usage(into).free
        except OSError:
            raise StorageUnavailableError(
                "The folder for the backup isn't there.",
                safe="Nothing was changed.",
                next_step="Connect the drive, or make the folder first. It isn't made by itself, so that no backup ends up where a"
                " drive should be.",
            ) from None
        if free < needed:
            raise StorageFullError(
                "There isn't enough room in that folder for the backup.",
                safe="Nothing was changed.",
                next_step=f"Free about {needed >> 20} MB, or choose another folder.",
            )

    def _manifest(self, staging: Path, key: DataKey, piece: Piece, moment: Moment) -> BackupManifest:
        with Database.open_snapshot(staging, key) as snapshot:
            head, totals, schema = audit.head(snapshot), totals_of(snapshot), snapshot.schema_version
        return BackupManifest(
            format=FORMAT,
            app=__version__,
            schema=schema,
            created_at=moment.at,
            vault_id=practice.vault_value(self.database, "vault-id") or "",
            key_id=self.data_key.key_id(),
            database_salt=key.salt.hex(),
            records_size=staging.stat().st_size,
            records_sha256=sha256_of(staging),
            keys_size=len(piece.keys),
            keys_sha256=hashlib.sha256(piece.keys).hexdigest(),
            read_me_size=len(piece.read_me),
            read_me_sha256=hashlib.sha256(piece.read_me).hexdigest(),
            audit_seq=head.seq,
            audit_head=head.hash,
            totals=totals,
        )

    def _remember(self, path: Path, moment: Moment) -> None:
        with self.database.transaction():
            practice.save(self.database, _LAST, LastBackup(moment.at, path.name, str(path.parent)), moment.at)
            audit.append(self.database, moment, AuditAction.BACKED_UP, Noun.BACKUP)

    def tell(self) -> None:
        """Tells the screens that a backup was made; call it in the window's thread."""
        self.on_change(Change(Noun.BACKUP))

    def latest(self) -> LastBackup | None:
        """The last backup that was made and verified here; None when there was none."""
        return practice.load(self.database, _LAST, LastBackup)

    def verify_records(
        self,
        report: Report,
        check_cancelled: Cancel,
        *,
        backups_in: Path | None = None,
        heads: Sequence[RecordedHead] = (),
    ) -> Verification:
        """Checks the open records on a snapshot of them, and their history against earlier ends of it.

        Args:
            report: Told how far it is.
            check_cancelled: Raises when the therapist cancelled.
            backups_in: A folder whose backups are compared, too; None for none.
            heads: Other earlier ends, such as one typed from paper.

        Raises:
            StorageFullError, StorageUnavailableError, CancelledError: nothing was changed.
        """
        staging = self.folder.path / f".safeplan-{secrets.token_hex(8)}.tmp"
        key = _salted_afresh(self.data_key)
        beside = head_beside(self.folder, self.data_key, practice.vault_value(self.database, "vault-id") or "")
        known = [*heads, *((beside,) if beside is not None else ())]
        try:
            _snapshot(self.database, staging, key, report, check_cancelled)
            if backups_in is not None:
                report(0.3, "Reading the backups to compare with")
                known += heads_in_folder(backups_in, self.data_key, check_cancelled)

            def further(fraction: float, sentence: str) -> None:
                report(0.4 + 0.6 * fraction, sentence)

            verification = check_snapshot(staging, key, heads=known, check_cancelled=check_cancelled, report=further)
        except DamagedVaultError as error:
            return Verification((Check("readable", ok=False, sentence=error.what),))
        finally:
            with suppress(OSError):  # on a drive that can only be read it can't be there either
                staging.unlink(missing_ok=True)
        with self.database.transaction():
            audit.append(self.database, moment_now(self.clock), AuditAction.VERIFIED, Noun.VAULT)
        report(1.0, "Done")
        return verification


# -- without an open vault --------------------------------------------------------------------------------------------


def unlock_backup(path: Path, passphrase: str) -> DataKey:
    """The data key of a backup. Slow on purpose.

    Raises:
        WrongPassphraseError: when the passphrase doesn't open it; it is the one of the day of the backup.
        DamagedBackupError: when it isn't a backup or is damaged.
    """
    return open_key_file(read_keys(path), passphrase)


def unlock_backup_with_words(path: Path, words: str) -> DataKey:
    """The data key of a backup from the 24 recovery words.

    Raises:
        WrongRecoveryWordsError: when the words aren't right, or belong to other records.
        DamagedBackupError: when it isn't a backup or is damaged.
    """
    keys = read_keys(path)
    data_key = DataKey(key_of(words), keys.database_salt)
    if data_key.key_id() != keys.key_id:
        raise WrongRecoveryWordsError(
            "These words are complete, but they belong to other records.",
            safe="Nothing was changed.",
            next_step=f"Look for the sheet with the key number {keys.key_id}.",
        )
    return data_key


def restore(
    path: Path,
    data_key: DataKey,
    into: Path,
    clock: Clock,
    report: Report,
    check_cancelled: Cancel,
    *,
    replace_other: bool = False,
) -> Restored:
    """Restores a backup into a folder; records that are there are kept under a dated name.

    Raises:
        OtherPracticeError: when another practice's records are there, unless `replace_other` says that it is meant.
        SafePlanError: see `restore_backup`; the folder is as it was.
    """
    folder = VaultFolder(into)
    restored = restore_backup(
        path,
        data_key,
        folder,
        moment_now(clock),
        report=report,
        check_cancelled=check_cancelled,
        replace_other=replace_other,
    )
    # The Crisis panel has to show its numbers before the first unlock, too. The restore itself is done and stands.
    with suppress(SafePlanError):
        own_key = DataKey(data_key.key, folder.read_keys().database_salt)
        with Database.open(folder.records, own_key) as database:
            Practice(Desk(database, clock, lambda _change: None), folder).renew_crisis_card()
    return restored


def verify_backup(
    path: Path,
    data_key: DataKey,
    scratch: Path,
    check_cancelled: Cancel = never_cancelled,
    *,
    report: Report = no_report,
    heads: Sequence[RecordedHead] = (),
) -> Verification:
    """Checks a backup: every byte of the container, then the records in it, in an encrypted scratch file.

    Args:
        path: The backup.
        data_key: From `unlock_backup`.
        scratch: An existing folder for the scratch file, which is removed again.
        check_cancelled: Raises when the therapist cancelled.
        report: Told how far it is.
        heads: Earlier ends of the history to compare with; that of the key file in the backup is compared anyway.
    """
    try:
        container = read_container(path, data_key)
    except DamagedBackupError as error:
        return Verification((Check("container", ok=False, sentence=error.what),))
    manifest = container.manifest
    inside = head_in_keys(container.keys, data_key, manifest.vault_id)
    known = [*heads, *((inside,) if inside is not None else ())]
    target = scratch / f".safeplan-{secrets.token_hex(8)}.tmp"
    salted = DataKey(data_key.key, bytes.fromhex(manifest.database_salt))
    try:
        container.extract_records(target, check_cancelled)
        inner = check_snapshot(target, salted, heads=known, check_cancelled=check_cancelled, report=report)
        with Database.open_snapshot(target, salted) as snapshot:
            head, totals = audit.head(snapshot), totals_of(snapshot)
    finally:
        with suppress(OSError):  # see above
            target.unlink(missing_ok=True)
    same = (head.seq, head.hash) == (manifest.audit_seq, manifest.audit_head) and manifest.counts_like(totals)
    sentence = "It holds what its manifest says." if same else "It doesn't hold what its manifest says."
    whole = Check("container", ok=True, sentence="Every byte of the backup is what was written.")
    return Verification((whole, *inner.checks, Check("manifest", ok=same, sentence=sentence)), inner.heads)


def verify_path(path: Path, passphrase: str, clock: Clock, against: Sequence[str] = ()) -> Verification:
    """Checks records that nobody has open, or a backup.

    Args:
        path: A vault's folder, or a backup.
        passphrase: The one that opens it.
        clock: For the audit.
        against: Paths of backups, or fingerprints from paper, to compare the history with.

    Raises:
        WrongPassphraseError, DamagedKeyFileError, VaultInUseError, VaultMissingError, NewerSchemaError.
        InvalidInputError: when one of `against` is neither a backup nor a fingerprint.
    """
    if path.is_dir():
        folder = VaultFolder(path)
        data_key = open_key_file(folder.read_keys(), passphrase)
        heads = tuple(head_named(words, data_key) for words in against)
        try:
            with Database.open(folder.records, data_key) as database:
                desk = Desk(database, clock, lambda _change: None)
                chosen = Practice(desk, folder).settings().backup_folder
                return Backups(database, folder, data_key, clock, desk.on_change).verify_records(
                    no_report, never_cancelled, backups_in=Path(chosen) if chosen else None, heads=heads
                )
        except DamagedVaultError as error:
            return Verification((Check("readable", ok=False, sentence=error.what),))
    try:
        data_key = unlock_backup(path, passphrase)
    except DamagedBackupError as error:
        return Verification((Check("container", ok=False, sentence=error.what),))
    heads = tuple(head_named(words, data_key) for words in against)
    # A write-protected stick is a good place for a backup: what is unpacked is encrypted, so it may lie elsewhere.
    scratch = path.parent if os.access(path.parent, os.W_OK) else Path(tempfile.gettempdir())
    return verify_backup(path, data_key, scratch, heads=heads)


def snapshot_before_migration(database: Database, folder: VaultFolder, data_key: DataKey, moment: Moment) -> None:
    """Keeps a keyed copy of the records beside them before an older schema is changed.

    Raises:
        StorageFullError, StorageUnavailableError: then the migration doesn't begin.
    """
    name = f"before-update-{moment.local:%Y-%m-%d-%H%M}-schema-{database.schema_version}.db"
    target = folder.path / name
    if not target.exists():
        database.snapshot_to(target, data_key)
