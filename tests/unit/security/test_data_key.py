from __future__ import annotations

import hashlib
import hmac

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from safeplan_desktop.security.data_key import DataKey

FEW = settings(max_examples=30)


def hkdf_by_hand(key: bytes, info: bytes) -> bytes:
    """RFC 5869 with SHA-256, no salt, one block."""
    pseudorandom = hmac.digest(bytes(32), key, "sha256")
    return hmac.digest(pseudorandom, info + b"\x01", "sha256")


def test_a_generated_key_is_new_each_time():
    keys = [DataKey.generate() for _ in range(50)]
    assert len({key.key for key in keys}) == len({key.salt for key in keys}) == 50


def test_a_new_key_can_go_on_with_a_salt():
    assert DataKey.generate(salt=b"s" * 16).salt == b"s" * 16


@FEW
@given(key=st.binary(min_size=32, max_size=32), salt=st.binary(min_size=16, max_size=16))
def test_the_raw_key_has_exactly_ninety_six_hex_digits(key, salt):
    raw = DataKey(key, salt).raw_key()
    assert type(raw) is bytearray
    assert len(raw) == 99
    assert raw[:2] == b"x'"
    assert raw[-1:] == b"'"
    assert bytes.fromhex(raw[2:-1].decode()) == key + salt


def test_wiping_a_raw_key_leaves_the_next_one_whole(data_key):
    raw = data_key.raw_key()
    raw[:] = bytes(len(raw))
    assert data_key.raw_key() != raw


@pytest.mark.parametrize(("key", "salt"), [(31, 16), (33, 16), (0, 16), (32, 15), (32, 17), (32, 0), (64, 16)])
def test_other_lengths_cannot_be_made(key, salt):
    with pytest.raises(ValueError, match="32 bytes"):
        DataKey(bytes(key), bytes(salt))


def test_a_key_that_grew_afterwards_is_not_handed_to_the_database():
    data_key = DataKey(bytes(32), bytes(16))
    object.__setattr__(data_key, "salt", bytes(15))
    with pytest.raises(ValueError, match="96 hex digits"):
        data_key.raw_key()


def test_subkeys_are_those_of_hkdf(data_key):
    assert data_key.subkey("backup-mac") == hkdf_by_hand(data_key.key, b"safeplan/backup-mac/v1")


def test_subkeys_differ_by_purpose_and_key_but_not_by_salt(data_key):
    same_words = DataKey(data_key.key, bytes(16))
    assert data_key.subkey("a") == same_words.subkey("a")
    assert len({data_key.subkey("a"), data_key.subkey("b"), DataKey.generate().subkey("a"), data_key.key}) == 4


def test_the_key_id_is_eight_digits_of_a_subkey(data_key):
    assert data_key.key_id() == hkdf_by_hand(data_key.key, b"safeplan/key-id/v1").hex()[:8]


def test_the_key_is_never_shown(data_key):
    for shown in (repr(data_key), str(data_key), f"{data_key}", repr([data_key])):
        assert data_key.key.hex() not in shown
        assert repr(data_key.key) not in shown
        assert "hidden" in shown


def test_the_hash_of_a_key_is_not_the_key(data_key):
    assert hashlib.sha256(data_key.key).digest() != data_key.subkey("key-id")
