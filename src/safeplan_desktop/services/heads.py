"""Gathers earlier ends of the audit's chain: from the key file, from backups, from what was typed from paper."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from safeplan_desktop.domain.chain_heads import HeadSource, RecordedHead, parse_fingerprint
from safeplan_desktop.errors import CancelledError, InvalidInputError, SafePlanError
from safeplan_desktop.security.audit_head import check_audit_head
from safeplan_desktop.security.data_key import DataKey
from safeplan_desktop.security.key_file import KeyFile
from safeplan_desktop.storage.backup_container import SUFFIX, read_container
from safeplan_desktop.storage.vault_folder import VaultFolder

Cancel = Callable[[], None]


def head_in_keys(keys: KeyFile, data_key: DataKey, vault_id: str) -> RecordedHead | None:
    """The head that was sealed into a key file at the last close; None where there is none."""
    sealed = keys.audit_head
    if sealed is None:
        return None
    whole = check_audit_head(data_key, vault_id, sealed)
    problem = "" if whole else "it was changed by something else than this program."
    return RecordedHead(HeadSource.KEY_FILE, sealed.seq, sealed.hash, problem=problem)


def head_beside(folder: VaultFolder, data_key: DataKey, vault_id: str) -> RecordedHead | None:
    """The head in a vault's own key file; None where there is none or the file can't be read."""
    try:
        return head_in_keys(folder.read_keys(), data_key, vault_id)
    except SafePlanError:
        return None


def head_of_backup(path: Path, data_key: DataKey) -> RecordedHead:
    """The head in a backup's manifest, once every byte of the backup was authenticated.

    Raises:
        DamagedBackupError, NewerSchemaError, StorageUnavailableError: when it can't be read with this key.
    """
    manifest = read_container(path, data_key).manifest
    return RecordedHead(
        HeadSource.BACKUP, manifest.audit_seq, manifest.audit_head, path.name, made_at=manifest.created_at
    )


def heads_in_folder(place: Path, data_key: DataKey, check_cancelled: Cancel) -> tuple[RecordedHead, ...]:
    """The heads of all backups in a folder, the newest first; one that can't be read says so instead."""
    try:
        paths = sorted((path for path in place.iterdir() if path.name.endswith(SUFFIX)), reverse=True)
    except OSError:
        return ()
    heads = []
    for path in paths:
        check_cancelled()
        try:
            heads.append(head_of_backup(path, data_key))
        except CancelledError:
            raise
        except SafePlanError as error:
            heads.append(RecordedHead(HeadSource.BACKUP, None, "", path.name, problem=error.what))
    return tuple(heads)


def head_named(words: str, data_key: DataKey) -> RecordedHead:
    """The head that a backup's path or a fingerprint from paper stands for.

    Raises:
        InvalidInputError: when it is neither.
        DamagedBackupError, StorageUnavailableError: when the backup can't be read with this key.
    """
    path = Path(words).expanduser()
    if path.is_file():
        return head_of_backup(path, data_key)
    if words.strip().endswith(SUFFIX):
        raise InvalidInputError("against", "There is no such backup.", next_step="Check the path.")
    return parse_fingerprint(words)
