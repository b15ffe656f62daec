"""Restoring: everything is verified in a folder beside the target, then the folders change places.

A journal beside them says what was under way, so that a kill between the two renames is finished at the next start.
"""

from __future__ import annotations

import json
import os
import secrets
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from safeplan_desktop.domain.audit import AuditAction
from safeplan_desktop.domain.backups import BackupManifest, Verification
from safeplan_desktop.domain.changes import Noun
from safeplan_desktop.domain.moments import Moment
from safeplan_desktop.errors import DamagedVaultError, OtherPracticeError, SafePlanError, StorageUnavailableError
from safeplan_desktop.security.audit_head import check_audit_head
from safeplan_desktop.security.data_key import DataKey
from safeplan_desktop.storage import audit
from safeplan_desktop.storage.atomic_file import fsync_folder, translate_os_error, write_atomically
from safeplan_desktop.storage.backup_container import Report, damaged, read_container
from safeplan_desktop.storage.checks import check_snapshot, totals_of
from safeplan_desktop.storage.connection import Database
from safeplan_desktop.storage.migrate import migrate
from safeplan_desktop.storage.vault_folder import VaultFolder

_SHOWN = 8
"""Characters at the end of an id by which records are told apart."""


@dataclass(frozen=True, slots=True)
class Restored:
    """What a restore did.

    Attributes:
        replaced: Where the former vault is kept; None where there was none.
        totals: Rows by kind of record.
        entry: The number of the audit's last entry in the backup.
        replaced_end: How far the former vault's history went; None where there was none or it can't be told.
    """

    replaced: Path | None
    verification: Verification
    totals: dict[str, int]
    entry: int
    replaced_end: ReplacedEnd | None = None

    @property
    def history_words(self) -> str:
        """How far the restored history goes, and what of the replaced one isn't in it."""
        here = f"The restored records end at entry {self.entry}"
        end = self.replaced_end
        if self.replaced is None:
            return f"{here}."
        if end is None:
            return f"{here}; how far the replaced ones went can't be told."
        if end.same_history is False:
            return f"{here}; the replaced ones went to {end.seq}, and theirs was another history."
        if end.seq <= self.entry:
            return f"{here}; the replaced ones went to {end.seq}, so nothing of them is missing."
        first = self.entry + 1
        entries = f"entry {first} is" if first == end.seq else f"entries {first} to {end.seq} are"
        return f"{here}; the replaced ones went to {end.seq}: {entries} only in the folder that was kept."


@dataclass(frozen=True, slots=True)
class ReplacedEnd:
    """The end of the audit's chain in the vault that a restore replaced.

    Attributes:
        same_history: Whether one of the two chains is the beginning of the other; None where that can't be told.
    """

    seq: int
    same_history: bool | None


def _journal(target: Path) -> Path:
    return target.with_name(f".{target.name}.restore.json")


def finish_interrupted_restore(folder: VaultFolder) -> None:
    """Finishes, or takes back, a restore that a kill interrupted; harmless when there was none."""
    if not folder.path.name:
        return  # the root of a drive has nothing beside it
    journal = _journal(folder.path)
    try:
        staged = folder.path.with_name(str(json.loads(journal.read_text(encoding="utf-8"))["staged"]))
    except (OSError, ValueError, KeyError, TypeError):
        return
    if staged.is_dir():
        if folder.path.exists():
            shutil.rmtree(staged)
        else:
            staged.rename(folder.path)
    journal.unlink(missing_ok=True)
    fsync_folder(folder.path.parent)


def restore_backup(
    backup: Path,
    data_key: DataKey,
    target: VaultFolder,
    now: Moment,
    *,
    report: Report,
    check_cancelled: Callable[[], None],
    replace_other: bool = False,
) -> Restored:
    """Restores a backup into `target`; a vault that is there is kept under a dated name.

    Args:
        backup: The file.
        data_key: The key that opens it.
        target: Where the records are to be.
        now: For the audit and the dated name.
        report: Told how far it is.
        check_cancelled: Raises when the therapist cancelled.
        replace_other: Whether the records of another practice may be replaced.

    Raises:
        OtherPracticeError: when other records are there and `replace_other` doesn't say that it is meant.
        DamagedBackupError: when the backup isn't whole.
        NewerSchemaError: when a newer program wrote it.
        VaultInUseError: when somebody has the target open.
        StorageFullError, StorageUnavailableError, CancelledError: in all of these cases the target is as it was.
    """
    finish_interrupted_restore(target)
    _refuse_unsuitable(target, data_key)
    report(0.02, "Checking the backup")
    container = read_container(backup, data_key)
    if not replace_other:
        _refuse_other_practice(target, container.manifest, now.zone)
    check_cancelled()
    parent = target.path.parent
    staged = parent / f".safeplan-restore-{secrets.token_hex(8)}"
    try:
        parent.mkdir(parents=True, exist_ok=True)
        staged.mkdir(mode=0o700)
    except OSError as error:
        raise translate_os_error(error, "making room for the restored records") from None
    try:
        snapshot = staged / "snapshot.db"
        report(0.2, "Unpacking the backup")
        container.extract_records(snapshot, check_cancelled)
        salted = DataKey(data_key.key, bytes.fromhex(container.manifest.database_salt))
        report(0.45, "Checking the records in the backup")
        verification = check_snapshot(snapshot, salted, check_cancelled=check_cancelled)
        if not verification.whole:
            raise damaged("the records in it are damaged")
        replaced_end = _compare_ends(target, snapshot, salted, container.manifest)
        report(0.7, "Writing the restored records")
        totals = _stage(VaultFolder(staged), snapshot, salted, container.keys_bytes, container.keys.database_salt, now)
        if not container.manifest.counts_like(totals):
            raise damaged("it doesn't hold what its manifest says")
        check_cancelled()
        report(0.95, "Putting the restored records in place")
        replaced = _swap(target, staged, now)
    except OSError as error:
        raise translate_os_error(error, "restoring the backup") from None
    finally:
        shutil.rmtree(staged, ignore_errors=True)
    report(1.0, "Done")
    return Restored(replaced, verification, totals, container.manifest.audit_seq, replaced_end)


def _compare_ends(target: VaultFolder, snapshot: Path, salted: DataKey, manifest: BackupManifest) -> ReplacedEnd | None:
    """Holds the records in a backup against its manifest's head, and against the history that they will replace.

    Raises:
        DamagedBackupError: when the records don't end where the manifest says.
    """
    with Database.open_snapshot(snapshot, salted) as restored:
        last = audit.head(restored)
        if (last.seq, last.hash) != (manifest.audit_seq, manifest.audit_head):
            raise damaged("its history doesn't end where its manifest says")
        try:
            keys = target.read_keys()
        except SafePlanError:
            return None
        own_key = DataKey(salted.key, keys.database_salt)
        try:
            with Database.open(target.records, own_key) as present:
                end = audit.head(present)
                common = min(end.seq, last.seq)
                same = audit.hash_at(present, common) == audit.hash_at(restored, common)
                return ReplacedEnd(end.seq, same)
        except SafePlanError:
            sealed = keys.audit_head
        if sealed is None or not check_audit_head(own_key, manifest.vault_id, sealed):
            return None
        # The file itself can't be read; its key file remembers where its history ended at the last close.
        known = audit.hash_at(restored, sealed.seq)
        return ReplacedEnd(sealed.seq, None if known is None else known == sealed.hash)


def _refuse_unsuitable(target: VaultFolder, data_key: DataKey) -> None:
    if target.path.exists() and not target.path.is_dir():
        raise StorageUnavailableError(
            "This is a file, not a folder.",
            safe="Nothing was changed.",
            next_step="Choose an empty folder, or one that isn't there yet.",
        )
    if target.records.exists():
        try:
            Database.open(target.records, data_key).close()
        except DamagedVaultError:
            return  # damaged, or of another key: it will be kept aside as it is
    elif target.path.exists() and not target.exists and any(target.path.iterdir()):
        raise StorageUnavailableError(
            "There are other files in this folder.",
            safe="Nothing was changed.",
            next_step="Choose an empty folder, or one that isn't there yet.",
        )


def _refuse_other_practice(target: VaultFolder, manifest: BackupManifest, zone: str) -> None:
    """Asks the key file whose records are in the target; where it can't be read, a restore is what is needed."""
    try:
        keys = target.read_keys()
    except SafePlanError:
        return
    if keys.vault_id == manifest.vault_id:
        return
    made = Moment(manifest.created_at, zone).local_date
    since = Moment(min(slot.created_at for slot in keys.slots), zone).local_date
    raise OtherPracticeError(
        f"This backup isn't of the records in this folder: it is of the records {manifest.vault_id[-_SHOWN:]} (key number"
        f" {manifest.key_id}), backed up on {made:%d %b %Y}; in the folder are the records {keys.vault_id[-_SHOWN:]} (key"
        f" number {keys.key_id}), whose passphrase was set on {since:%d %b %Y}.",
        safe="Nothing was changed.",
        next_step="Choose an empty folder, or one that isn't there yet.",
    )


def _stage(
    staged: VaultFolder, snapshot: Path, salted: DataKey, keys: bytes, salt: bytes, now: Moment
) -> dict[str, int]:
    """Makes a whole vault in the staging folder: the records under the key file's own salt, migrated, with an audit row."""
    own_key = DataKey(salted.key, salt)
    with Database.open_snapshot(snapshot, salted) as source:
        source.snapshot_to(staged.records, own_key)
        totals = totals_of(source)
    snapshot.unlink()
    with Database.open(staged.records, own_key) as database:
        migrate(database)
        with database.transaction():
            audit.append(database, now, AuditAction.RESTORED, Noun.VAULT)
    write_atomically(staged.keys, keys)
    return totals


def _swap(target: VaultFolder, staged: Path, now: Moment) -> Path | None:
    write_atomically(_journal(target.path), json.dumps({"staged": staged.name}).encode())
    replaced = None
    if target.exists:
        replaced = _kept_name(target.path, now)
        target.path.rename(replaced)
    elif target.path.exists():
        target.path.rmdir()
    staged.rename(target.path)
    _journal(target.path).unlink(missing_ok=True)
    fsync_folder(target.path.parent)
    if os.name == "posix":
        target.path.chmod(0o700)
    return replaced


def _kept_name(path: Path, now: Moment) -> Path:
    plain = path.with_name(f"{path.name}-replaced-{now.local:%Y-%m-%d-%H%M}")
    kept, number = plain, 2
    while kept.exists():
        kept = plain.with_name(f"{plain.name}-{number}")
        number += 1
    return kept
