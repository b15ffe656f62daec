"""The vault: create, unlock, lock, change the passphrase, recover with the words.

Deriving a key takes about half a second on purpose, so it is apart from opening the database: the window derives in a
job and opens afterwards, the command line does both.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path

from safeplan_desktop.domain.audit import CLOCK_WATCHED, AuditAction
from safeplan_desktop.domain.changes import Noun
from safeplan_desktop.domain.ids import new_id
from safeplan_desktop.domain.moments import Clock, Moment, moment_now
from safeplan_desktop.errors import (
    DamagedKeyFileError,
    DamagedVaultError,
    SafePlanError,
    WrongPassphraseError,
    WrongRecoveryWordsError,
)
from safeplan_desktop.security.audit_head import AuditHead, check_audit_head, seal_audit_head
from safeplan_desktop.security.data_key import DataKey
from safeplan_desktop.security.kdf import KdfParameters
from safeplan_desktop.security.key_file import KeyFile, open_key_file
from safeplan_desktop.security.key_slot import KeySlot, SlotKind, seal_slot
from safeplan_desktop.security.passphrase import ensure_strong
from safeplan_desktop.security.recovery_words import key_of, words_of
from safeplan_desktop.storage import audit
from safeplan_desktop.storage.atomic_file import fsync_folder
from safeplan_desktop.storage.connection import Database
from safeplan_desktop.storage.migrate import migrate, needs_migration
from safeplan_desktop.storage.practice import set_vault_value, vault_value
from safeplan_desktop.storage.restore import finish_interrupted_restore
from safeplan_desktop.storage.rows import row_hash
from safeplan_desktop.storage.vault_folder import VaultFolder

_VAULT_ID = "vault-id"
_SALT_BYTES_SHOWN = 16


@dataclass(frozen=True, slots=True, repr=False)
class OpenVault:
    """An unlocked vault: the open database and the key to it."""

    folder: VaultFolder
    database: Database
    data_key: DataKey
    vault_id: str


@dataclass(frozen=True, slots=True, repr=False)
class NewVault:
    """A vault that was just made, and the words that open it without a key file; they are shown once."""

    vault: OpenVault
    words: tuple[str, ...]


def vault_is_there(path: Path) -> bool:
    """Whether there are records in a folder, once a restore that was interrupted is finished."""
    folder = VaultFolder(path)
    finish_interrupted_restore(folder)
    return folder.exists


# -- slow: derive keys ------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, repr=False)
class PreparedKeys:
    """A new data key with its first slot, ready to be written: the slow half of making a vault."""

    data_key: DataKey
    vault_id: str
    slot: KeySlot


def prepare_keys(
    passphrase: str, parameters: KdfParameters, at: dt.datetime, *, personal: Sequence[str] = ()
) -> PreparedKeys:
    """A new data key, wrapped under the passphrase. Slow on purpose.

    Args:
        passphrase: What the therapist chose.
        parameters: What one guess shall cost.
        at: Stands in the slot.
        personal: The practice's and the therapist's names, which make a passphrase easier to guess.

    Raises:
        WeakPassphraseError: when the passphrase could be guessed.
    """
    ensure_strong(passphrase, personal)
    data_key, vault_id = DataKey.generate(), new_id()
    return PreparedKeys(
        data_key, vault_id, seal_slot(data_key, passphrase, parameters, vault_id, SlotKind.PASSPHRASE, at)
    )


def derive_data_key(folder: VaultFolder, passphrase: str) -> DataKey:
    """The data key, unwrapped with the passphrase. Slow on purpose.

    Raises:
        WrongPassphraseError: when the passphrase opens no slot.
        DamagedKeyFileError: when the key file isn't what was written.
        VaultMissingError: when there is no vault.
    """
    return open_key_file(folder.read_keys(), passphrase)


def data_key_from_words(folder: VaultFolder, words: str) -> DataKey:
    """The data key from the 24 recovery words; works without a key file, as long as the records file is whole.

    Raises:
        WrongRecoveryWordsError: when the words aren't right, or belong to other records.
    """
    key = key_of(words)
    salt = _known_salt(folder)
    data_key = DataKey(key, salt)
    try:
        Database.open(folder.records, data_key).close()
    except DamagedVaultError:
        raise WrongRecoveryWordsError(
            "These words are complete, but they don't open these records.",
            safe="Nothing was changed.",
            next_step="Look for the sheet that belongs to these records; its date and key number are printed on it.",
        ) from None
    return data_key


def _known_salt(folder: VaultFolder) -> bytes:
    """The database's salt, from a key file that can be read; else from the first bytes of the records file.

    The records file isn't open in this process here, so reading it can't release a lock.
    """
    with suppress(SafePlanError):  # neither the key file nor its former self can be read
        return folder.read_keys().database_salt
    with folder.records.open("rb") as file:
        return file.read(_SALT_BYTES_SHOWN)


# -- fast: make, open, close ------------------------------------------------------------------------------------------


def create_vault(path: Path, keys: PreparedKeys, clock: Clock) -> NewVault:
    """A new vault in an empty folder, open, with the words that belong to it.

    Raises:
        VaultExistsError: when there is a vault already; it isn't touched.
        StorageFullError, StorageUnavailableError: nothing is left behind.
    """
    folder = VaultFolder(path)
    folder.prepare()
    moment = moment_now(clock)
    try:
        database = Database.create(folder.records, keys.data_key)
        migrate(database)
        with database.transaction():
            set_vault_value(database, _VAULT_ID, keys.vault_id)
            set_vault_value(database, "created-at", moment.at.isoformat())
            sealed = row_hash(keys.vault_id)
            audit.append(database, moment, AuditAction.CREATED, Noun.VAULT, detail=CLOCK_WATCHED, content_hash=sealed)
        folder.write_keys(
            KeyFile(
                vault_id=keys.vault_id,
                database_salt=keys.data_key.salt,
                slots=(keys.slot,),
                key_id=keys.data_key.key_id(),
                audit_head=_sealed_head(database, keys.data_key, keys.vault_id),
            )
        )
        fsync_folder(folder.path)
    except BaseException:
        # Half a vault is worse than none.
        folder.records.unlink(missing_ok=True)
        folder.keys.unlink(missing_ok=True)
        raise
    vault = OpenVault(folder, database, keys.data_key, keys.vault_id)
    return NewVault(vault, words_of(keys.data_key.key))


def open_vault(
    path: Path,
    data_key: DataKey,
    clock: Clock,
    *,
    how: AuditAction = AuditAction.UNLOCKED,
    before_migration: Callable[[Database, VaultFolder, DataKey, Moment], None] | None = None,
) -> OpenVault:
    """Opens a vault whose key is known, brings it to this program's schema, and checks the chain's head.

    Args:
        path: The vault's folder.
        data_key: From `derive_data_key` or `data_key_from_words`.
        clock: For the audit.
        how: UNLOCKED, or RECOVERED when the words were used.
        before_migration: Takes a keyed snapshot before an older schema is changed.

    Raises:
        VaultInUseError: when another window or command has it open.
        DamagedVaultError: when the file is damaged or the chain is shorter than its recorded head.
        NewerSchemaError: when it was written by a newer program; nothing is touched.
    """
    folder = VaultFolder(path)
    database = Database.open(folder.records, data_key)
    try:
        # Only now is it certain that nobody else is writing here.
        folder.tidy()
        if needs_migration(database):
            moment = moment_now(clock)
            if before_migration is not None:
                before_migration(database, folder, data_key, moment)
            migrate(database)
            with database.transaction():
                audit.append(database, moment, AuditAction.MIGRATED, Noun.VAULT)
        vault_id = vault_value(database, _VAULT_ID) or ""
        if how is not AuditAction.RECOVERED:
            _check_head(folder, database, data_key, vault_id)
        _note_opening(folder, database, clock, how)
    except BaseException:
        database.close()
        raise
    return OpenVault(folder, database, data_key, vault_id)


def _check_head(folder: VaultFolder, database: Database, data_key: DataKey, vault_id: str) -> None:
    """Holds the chain against the head that was recorded beside the keys at the last close."""
    try:
        recorded = folder.read_keys().audit_head
    except Exception:  # noqa: BLE001 - the words open a vault whose key file is lost; then there is no head to compare
        return
    if recorded is None:
        return
    if not check_audit_head(data_key, vault_id, recorded):
        raise DamagedKeyFileError(
            "The key file keys.json was changed by something else than this program.",
            safe="Nothing was changed in your records.",
            next_step="Put keys.json back from a backup, or open the records with your 24 recovery words.",
        )
    if audit.hash_at(database, recorded.seq) != recorded.hash:
        raise DamagedVaultError(
            "The records are older than they were when you last closed them, or their history was changed.",
            safe="Nothing was changed.",
            next_step="A sync program may have put an old copy in place. Restore the newest backup into an empty "
            "folder and compare.",
        )


def _note_opening(folder: VaultFolder, database: Database, clock: Clock, how: AuditAction) -> None:
    moment = moment_now(clock)
    with database.transaction():
        for failed_at in folder.read_failed_unlocks():
            detail = failed_at.isoformat(timespec="seconds")
            audit.append(database, moment, AuditAction.UNLOCK_FAILED, Noun.VAULT, detail=detail)
        audit.append(database, moment, how, Noun.VAULT, detail=CLOCK_WATCHED)
    folder.forget_failed_unlocks()


def _sealed_head(database: Database, data_key: DataKey, vault_id: str) -> AuditHead:
    last = audit.head(database)
    return seal_audit_head(data_key, vault_id, last.seq, last.hash)


def close_vault(vault: OpenVault, clock: Clock) -> None:
    """Closes a vault: the last audit row, its head recorded beside the keys, the connection and its key gone."""
    if not vault.database.is_open:
        return
    try:
        with vault.database.transaction():
            audit.append(vault.database, moment_now(clock), AuditAction.LOCKED, Noun.VAULT)
        keys = vault.folder.read_keys()
        vault.folder.write_keys(replace(keys, audit_head=_sealed_head(vault.database, vault.data_key, vault.vault_id)))
    finally:
        vault.database.close()


# -- passphrase -------------------------------------------------------------------------------------------------------


def rewrap(
    data_key: DataKey,
    vault_id: str,
    passphrase: str,
    parameters: KdfParameters,
    at: dt.datetime,
    *,
    personal: Sequence[str] = (),
) -> KeySlot:
    """A new slot for the same data key; see `prepare_keys`. Slow on purpose.

    Raises:
        WeakPassphraseError: when the passphrase could be guessed.
    """
    ensure_strong(passphrase, personal)
    return seal_slot(data_key, passphrase, parameters, vault_id, SlotKind.PASSPHRASE, at)


def replace_passphrase(vault: OpenVault, slot: KeySlot, clock: Clock) -> None:
    """Puts a new passphrase slot in place of the old one; the database isn't touched.

    The key file is replaced as a whole: killed at any instant, either the old or the new passphrase opens it.
    """
    try:
        keys = vault.folder.read_keys()
        kept = tuple(other for other in keys.slots if other.kind is not SlotKind.PASSPHRASE)
    except Exception:  # noqa: BLE001 - the key file is lost or damaged: the words opened the vault, so write a new one
        kept = ()
    with vault.database.transaction():
        audit.append(vault.database, moment_now(clock), AuditAction.PASSPHRASE_CHANGED, Noun.VAULT)
    vault.folder.write_keys(
        KeyFile(
            vault_id=vault.vault_id,
            database_salt=vault.data_key.salt,
            slots=(slot, *kept),
            key_id=vault.data_key.key_id(),
            audit_head=_sealed_head(vault.database, vault.data_key, vault.vault_id),
        )
    )
    # The former file would still open with the old passphrase.
    vault.folder.keys_backup.unlink(missing_ok=True)
    vault.folder.write_keys(vault.folder.read_keys())


def check_passphrase(vault: OpenVault, passphrase: str) -> None:
    """Refuses a passphrase that doesn't open this vault; asked before it is changed. Slow on purpose.

    Raises:
        WrongPassphraseError: when it doesn't.
    """
    if open_key_file(vault.folder.read_keys(), passphrase) != vault.data_key:
        raise WrongPassphraseError("This isn't the passphrase of these records.", safe="Nothing was changed.")
