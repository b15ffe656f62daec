"""Keys that are derived once for all tests of this folder; a derivation costs what a guess costs."""

from __future__ import annotations

import datetime as dt

import pytest

from safeplan_desktop.security.audit_head import seal_audit_head
from safeplan_desktop.security.data_key import DataKey
from safeplan_desktop.security.kdf import KdfParameters
from safeplan_desktop.security.key_file import KeyFile
from safeplan_desktop.security.key_slot import KeySlot, SlotKind, seal_slot

QUICKEST = KdfParameters(memory_kib=64 * 1024, iterations=1, lanes=4)
"""The cheapest that the bounds allow."""

VAULT_ID = "0f9d2c4e-6b1a-4f7e-8c35-d2a1b0e9f874"
PASSPHRASE = "gravel  Zürich candle "
LETTER_PASSPHRASE = "abandon ability able about above absent"
CREATED = dt.datetime(2031, 5, 6, 7, 8, 9, 123456, tzinfo=dt.timezone(dt.timedelta(hours=2)))


@pytest.fixture(scope="session")
def data_key() -> DataKey:
    return DataKey(bytes(range(32)), bytes(range(100, 116)))


@pytest.fixture(scope="session")
def slot(data_key: DataKey) -> KeySlot:
    return seal_slot(data_key, PASSPHRASE, QUICKEST, VAULT_ID, SlotKind.PASSPHRASE, CREATED)


@pytest.fixture(scope="session")
def letter(data_key: DataKey) -> KeySlot:
    return seal_slot(data_key, LETTER_PASSPHRASE, QUICKEST, VAULT_ID, SlotKind.SEALED_LETTER, CREATED)


@pytest.fixture(scope="session")
def key_file(data_key: DataKey, slot: KeySlot, letter: KeySlot) -> KeyFile:
    head = seal_audit_head(data_key, VAULT_ID, 41, "ab" * 32)
    return KeyFile(VAULT_ID, data_key.salt, (letter, slot), data_key.key_id(), head)
