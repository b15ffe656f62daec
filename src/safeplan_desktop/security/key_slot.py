"""One way into a vault: the data key, wrapped under a key that a passphrase gives."""

from __future__ import annotations

import datetime as dt
import json
import secrets
import uuid
from dataclasses import dataclass
from enum import Enum
from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from safeplan_desktop.domain.ids import new_id
from safeplan_desktop.errors import WrongPassphraseError
from safeplan_desktop.security.data_key import DATABASE_SALT_SIZE, KEY_SIZE, DataKey
from safeplan_desktop.security.kdf import SALT_SIZE, KdfParameters, derive_key

NONCE_SIZE: Final = 12
WRAPPED_SIZE: Final = KEY_SIZE + 16
"""The data key and the tag of AES-GCM."""


class SlotKind(Enum):
    """Whose passphrase it is."""

    PASSPHRASE = "passphrase"  # noqa: S105 - a name, not a secret
    SEALED_LETTER = "sealed-letter"


@dataclass(frozen=True, slots=True)
class KeySlot:
    """The data key under one passphrase. Everything but the nonce is authenticated together with it.

    Attributes:
        slot_id: A UUID.
        parameters: What one guess costs.
        salt: 16 bytes for the key derivation, new whenever a slot is sealed.
        nonce: 12 bytes for AES-256-GCM.
        wrapped: 48 bytes: the encrypted data key and its tag, which is what says "wrong passphrase".
        created_at: UTC, to the second.

    Raises:
        ValueError: when one of them doesn't have that form.
    """

    slot_id: str
    kind: SlotKind
    parameters: KdfParameters
    salt: bytes
    nonce: bytes
    wrapped: bytes
    created_at: dt.datetime

    def __post_init__(self) -> None:
        """Hold the forms, and the time to the second, so that a slot read back equals the one written."""
        check_uuid(self.slot_id)
        if (len(self.salt), len(self.nonce), len(self.wrapped)) != (SALT_SIZE, NONCE_SIZE, WRAPPED_SIZE):
            raise ValueError("a key slot has a salt of 16 bytes, a nonce of 12 and a wrapped key of 48")
        if self.created_at.tzinfo is None:
            raise ValueError("a key slot needs an aware time")
        object.__setattr__(self, "created_at", self.created_at.astimezone(dt.UTC).replace(microsecond=0))


def seal_slot(
    data_key: DataKey,
    passphrase: str,
    parameters: KdfParameters,
    vault_id: str,
    kind: SlotKind,
    created_at: dt.datetime,
    *,
    slot_id: str | None = None,
) -> KeySlot:
    """A new slot that opens to `data_key`; costs one key derivation.

    Args:
        data_key: What the slot opens to; its salt is authenticated with it.
        passphrase: Already found strong enough.
        parameters: What one guess shall cost.
        vault_id: The vault that the slot belongs to; it opens in no other.
        kind: Whose passphrase it is.
        created_at: Now, aware.
        slot_id: The id of the slot that this one replaces; a new one otherwise.

    Raises:
        SafePlanError: when the memory for the derivation isn't there.
    """
    salt, nonce = secrets.token_bytes(SALT_SIZE), secrets.token_bytes(NONCE_SIZE)
    blank = KeySlot(
        slot_id=slot_id or new_id(),
        kind=kind,
        parameters=parameters,
        salt=salt,
        nonce=nonce,
        wrapped=bytes(WRAPPED_SIZE),
        created_at=created_at,
    )
    wrapping = AESGCM(derive_key(passphrase, salt, parameters))
    wrapped = wrapping.encrypt(nonce, data_key.key, _authenticated(blank, vault_id, data_key.salt))
    return KeySlot(blank.slot_id, kind, parameters, salt, nonce, wrapped, blank.created_at)


def open_slot(slot: KeySlot, vault_id: str, database_salt: bytes, passphrase: str) -> DataKey:
    """The data key in a slot; costs one key derivation.

    Raises:
        WrongPassphraseError: when the passphrase doesn't open it. The same is raised when somebody changed
            the slot and gave the file a new checksum: nobody can tell the two apart without the passphrase.
        SafePlanError: when the memory for the derivation isn't there.
        ValueError: when the salt isn't 16 bytes.
    """
    if len(database_salt) != DATABASE_SALT_SIZE:
        raise ValueError("a database salt has 16 bytes")
    wrapping = AESGCM(derive_key(passphrase, slot.salt, slot.parameters))
    try:
        key = wrapping.decrypt(slot.nonce, slot.wrapped, _authenticated(slot, vault_id, database_salt))
    except InvalidTag:
        raise wrong_passphrase() from None
    return DataKey(key, database_salt)


def wrong_passphrase() -> WrongPassphraseError:
    """What there is to say when a passphrase opens nothing."""
    return WrongPassphraseError(
        "That passphrase doesn't open these records.",
        safe="Nothing was changed.",
        next_step="Type it again; capital letters and spaces count. Your 24 recovery words open them too.",
    )


def check_uuid(text: str) -> None:
    """Lets a UUID pass that is written the usual way.

    Raises:
        ValueError: for anything else.
    """
    if str(uuid.UUID(text)) != text:
        raise ValueError("an id is a UUID in lower case with hyphens")


def _authenticated(slot: KeySlot, vault_id: str, database_salt: bytes) -> bytes:
    """What a slot's tag covers besides the key: no part of one vault or slot can stand in for another's."""
    told = {
        "created_at": slot.created_at.isoformat(),
        "database_salt": database_salt.hex(),
        "iterations": slot.parameters.iterations,
        "kind": slot.kind.value,
        "lanes": slot.parameters.lanes,
        "memory_kib": slot.parameters.memory_kib,
        "salt": slot.salt.hex(),
        "slot_id": slot.slot_id,
        "vault_id": vault_id,
    }
    return json.dumps(told, sort_keys=True, separators=(",", ":")).encode()
