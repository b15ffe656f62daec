from __future__ import annotations

import datetime as dt
import unicodedata
from dataclasses import replace

import pytest

from safeplan_desktop.errors import WrongPassphraseError
from safeplan_desktop.security.kdf import KdfParameters
from safeplan_desktop.security.key_slot import SlotKind, open_slot, seal_slot

VAULT_ID = "0f9d2c4e-6b1a-4f7e-8c35-d2a1b0e9f874"
OTHER_ID = "11111111-1111-4111-8111-111111111111"
PASSPHRASE = "gravel  Zürich candle "
QUICKEST = KdfParameters(64 * 1024, 1, 4)


def test_a_slot_opens_with_its_passphrase_however_the_accent_was_typed(slot, data_key):
    decomposed = unicodedata.normalize("NFD", PASSPHRASE)
    assert decomposed != PASSPHRASE
    assert open_slot(slot, VAULT_ID, data_key.salt, decomposed) == data_key


@pytest.mark.parametrize("passphrase", ["gravel  Zürich candle", ""])
def test_another_passphrase_is_wrong_and_not_repeated(slot, data_key, passphrase):
    with pytest.raises(WrongPassphraseError) as caught:
        open_slot(slot, VAULT_ID, data_key.salt, passphrase)
    assert "Zürich" not in caught.value.sentences
    assert caught.value.safe == "Nothing was changed."
    assert "24 recovery words" in caught.value.next_step


@pytest.mark.parametrize(
    "changed",
    [
        {"kind": SlotKind.SEALED_LETTER},
        {"slot_id": OTHER_ID},
        {"created_at": dt.datetime(2031, 5, 6, 5, 8, 10, tzinfo=dt.UTC)},
        {"parameters": KdfParameters(64 * 1024, 2, 4)},
        {"nonce": bytes(12)},
        {"wrapped": bytes(48)},
    ],
    ids=lambda changed: next(iter(changed)),
)
def test_a_slot_with_a_changed_part_never_opens(slot, data_key, changed):
    with pytest.raises(WrongPassphraseError):
        open_slot(replace(slot, **changed), VAULT_ID, data_key.salt, PASSPHRASE)


def test_a_slot_opens_in_its_own_vault_only(slot, data_key):
    with pytest.raises(WrongPassphraseError):
        open_slot(slot, OTHER_ID, data_key.salt, PASSPHRASE)
    with pytest.raises(WrongPassphraseError):
        open_slot(slot, VAULT_ID, bytes(16), PASSPHRASE)


def test_sealing_again_shares_nothing_but_what_was_asked(slot, data_key):
    again = seal_slot(
        data_key, PASSPHRASE, QUICKEST, VAULT_ID, SlotKind.PASSPHRASE, slot.created_at, slot_id=slot.slot_id
    )
    assert again.slot_id == slot.slot_id
    assert again.salt != slot.salt
    assert again.nonce != slot.nonce
    assert again.wrapped != slot.wrapped


def test_the_data_key_is_not_in_the_slot(slot, data_key):
    assert data_key.key not in slot.wrapped
    assert data_key.key.hex() not in repr(slot)


def test_the_time_is_kept_in_utc_to_the_second(slot):
    assert slot.created_at == dt.datetime(2031, 5, 6, 5, 8, 9, tzinfo=dt.UTC)
    assert slot.created_at.tzinfo is dt.UTC


@pytest.mark.parametrize(
    "changed",
    [
        {"slot_id": "not an id"},
        {"slot_id": "{" + OTHER_ID + "}"},
        {"slot_id": VAULT_ID.upper()},
        {"salt": bytes(15)},
        {"nonce": bytes(13)},
        {"wrapped": bytes(47)},
        {"created_at": dt.datetime(2031, 5, 6)},  # noqa: DTZ001 - a time without a zone is the point
    ],
)
def test_other_forms_cannot_be_made(slot, changed):
    with pytest.raises(ValueError):
        replace(slot, **changed)


def test_a_database_salt_of_another_length_is_a_bug(slot):
    with pytest.raises(ValueError, match="16 bytes"):
        open_slot(slot, VAULT_ID, bytes(15), PASSPHRASE)
