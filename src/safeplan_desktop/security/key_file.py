"""The key file: who can open a vault, as text whose every byte is checked before a word of it is believed.

It is JSON for people and for other programs, but for this one there is exactly one right way to write each
key file, and nothing else is read. The last line is a SHA-256 over all bytes before it. That is no protection
against people (the slots' own tags are), but it lets "this file is damaged" and "this passphrase is wrong" be
two different sentences.
"""

import datetime as dt
import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final, Self

from safeplan_desktop.errors import DamagedKeyFileError, NewerSchemaError, WrongPassphraseError
from safeplan_desktop.security.audit_head import AuditHead, check_audit_head, seal_audit_head
from safeplan_desktop.security.data_key import DATABASE_SALT_SIZE, DataKey
from safeplan_desktop.security.kdf import KdfParameters
from safeplan_desktop.security.key_slot import (
    KeySlot,
    SlotKind,
    check_uuid,
    open_slot,
    seal_slot,
    wrong_passphrase,
)

__all__ = [
    "AuditHead",
    "KeyFile",
    "KeySlot",
    "SlotKind",
    "check_audit_head",
    "open_each",
    "open_key_file",
    "open_slot",
    "seal_audit_head",
    "seal_slot",
]

FORMAT: Final = "safeplan-keys"
VERSION: Final = 1
LARGEST_FILE: Final = 64 * 1024
MOST_SLOTS: Final = 16

_KDF: Final = "argon2id"
_CIPHER: Final = "aes-256-gcm"
_KEY_ID_DIGITS: Final = 8
_TRAILER_SIZE: Final = len('"sha256":""}\n') + 64
_ORDER: Final = (SlotKind.PASSPHRASE, SlotKind.SEALED_LETTER)


@dataclass(frozen=True, slots=True)
class KeyFile:
    """The ways into one vault. Holds no client data, and no key in the clear.

    Attributes:
        vault_id: A UUID.
        database_salt: The salt of the records file, 16 bytes.
        slots: At least one. While keys are being changed, slots of the new and the old data key stand side by
            side, the new one first; both keys then share the salt.
        key_id: `DataKey.key_id` of the newest data key, to say before unlocking which recovery sheet belongs
            to it. A label, not a proof: once a slot is open, ask the data key itself.
        audit_head: The audit's last link when the file was written; None before the first.

    Raises:
        ValueError: when one of them doesn't have that form.
    """

    vault_id: str
    database_salt: bytes
    slots: tuple[KeySlot, ...]
    key_id: str
    audit_head: AuditHead | None = None

    def __post_init__(self) -> None:
        """Hold the forms: what can't be read back isn't written."""
        check_uuid(self.vault_id)
        if len(self.database_salt) != DATABASE_SALT_SIZE:
            raise ValueError("a database salt has 16 bytes")
        if not 1 <= len(self.slots) <= MOST_SLOTS:
            raise ValueError("a key file has at least one slot and few in all")
        if len({slot.slot_id for slot in self.slots}) != len(self.slots):
            raise ValueError("every slot has an id of its own")
        if len(self.key_id) != _KEY_ID_DIGITS or bytes.fromhex(self.key_id).hex() != self.key_id:
            raise ValueError("a key id has eight hex digits")

    def to_bytes(self) -> bytes:
        """The file as text: JSON in a fixed order, one field a line, the checksum in the last line."""
        text = json.dumps(_plain(self), indent=1)
        body = text.removesuffix("\n}").encode() + b",\n"
        return body + _trailer(body)

    @classmethod
    def from_bytes(cls, data: bytes) -> Self:
        """The key file that was written with `to_bytes`.

        Raises:
            DamagedKeyFileError: for any other bytes, be they damaged, cut short or made up.
            NewerSchemaError: when a newer version of this program wrote it.
        """
        if not _TRAILER_SIZE < len(data) <= LARGEST_FILE:
            raise _damaged()
        body = data[:-_TRAILER_SIZE]
        if data[-_TRAILER_SIZE:] != _trailer(body):
            raise _damaged()
        try:
            plain = json.loads(data.decode("ascii"))
            if _is_newer(plain):
                raise NewerSchemaError(
                    "These records were last used with a newer version of this program.",
                    safe="Nothing was changed.",
                    next_step="Install the newest version, then try again.",
                )
            head = plain["audit_head"]
            keys = cls(
                vault_id=_text(plain, "vault_id"),
                database_salt=bytes.fromhex(_text(plain, "database_salt")),
                slots=tuple(_read_slot(slot) for slot in plain["slots"]),
                key_id=_text(plain, "key_id"),
                audit_head=None if head is None else _read_head(head),
            )
        except (ValueError, TypeError, KeyError, OverflowError, RecursionError):
            raise _damaged() from None
        if keys.to_bytes() != data:
            # Doubled, unknown or differently written fields, with a checksum made to fit.
            raise _damaged()
        return keys


def open_each(key_file: KeyFile, passphrase: str) -> Iterator[DataKey]:
    """Every data key that a passphrase opens; each slot costs one key derivation, made as it is asked for.

    There is more than one only after a change of keys was interrupted; the records open with one of them.
    """
    for slot in sorted(key_file.slots, key=lambda slot: _ORDER.index(slot.kind)):
        try:
            yield open_slot(slot, key_file.vault_id, key_file.database_salt, passphrase)
        except WrongPassphraseError:
            continue


def open_key_file(key_file: KeyFile, passphrase: str) -> DataKey:
    """The first data key that a passphrase opens: passphrase slots are tried before sealed letters.

    Raises:
        WrongPassphraseError: when it opens none.
        SafePlanError: when the memory for the key derivation isn't there.
    """
    for data_key in open_each(key_file, passphrase):
        return data_key
    raise wrong_passphrase()


def _trailer(body: bytes) -> bytes:
    return f'"sha256":"{hashlib.sha256(body).hexdigest()}"}}\n'.encode()


def _damaged() -> DamagedKeyFileError:
    return DamagedKeyFileError(
        "The key file keys.json is damaged: it isn't what was written.",
        safe="Your records are safe; only the file that lets your passphrase open them is damaged.",
        next_step="Open them with your 24 recovery words, or restore the newest backup.",
    )


def _plain(keys: KeyFile) -> dict[str, Any]:
    head = keys.audit_head
    return {
        "format": FORMAT,
        "version": VERSION,
        "vault_id": keys.vault_id,
        "key_id": keys.key_id,
        "database_salt": keys.database_salt.hex(),
        "slots": [_plain_slot(slot) for slot in keys.slots],
        "audit_head": None if head is None else {"seq": head.seq, "hash": head.hash, "mac": head.mac},
    }


def _plain_slot(slot: KeySlot) -> dict[str, Any]:
    return {
        "slot_id": slot.slot_id,
        "kind": slot.kind.value,
        "created_at": slot.created_at.isoformat(),
        "kdf": _KDF,
        "memory_kib": slot.parameters.memory_kib,
        "iterations": slot.parameters.iterations,
        "lanes": slot.parameters.lanes,
        "salt": slot.salt.hex(),
        "cipher": _CIPHER,
        "nonce": slot.nonce.hex(),
        "wrapped": slot.wrapped.hex(),
    }


def _is_newer(plain: Any) -> bool:  # noqa: ANN401 - JSON is Any by nature
    version = plain["version"]
    return type(version) is int and version > VERSION and plain["format"] == FORMAT


def _read_slot(plain: Any) -> KeySlot:  # noqa: ANN401 - JSON is Any by nature
    return KeySlot(
        slot_id=_text(plain, "slot_id"),
        kind=SlotKind(_text(plain, "kind")),
        parameters=KdfParameters(plain["memory_kib"], plain["iterations"], plain["lanes"]),
        salt=bytes.fromhex(_text(plain, "salt")),
        nonce=bytes.fromhex(_text(plain, "nonce")),
        wrapped=bytes.fromhex(_text(plain, "wrapped")),
        created_at=dt.datetime.fromisoformat(_text(plain, "created_at")),
    )


def _read_head(plain: Any) -> AuditHead:  # noqa: ANN401 - JSON is Any by nature
    return AuditHead(plain["seq"], _text(plain, "hash"), _text(plain, "mac"))


def _text(plain: Any, name: str) -> str:  # noqa: ANN401 - JSON is Any by nature
    value = plain[name]
    if not isinstance(value, str):
        raise TypeError("a text is expected here")
    return value
