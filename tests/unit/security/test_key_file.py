from __future__ import annotations

import hashlib
import json
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from safeplan_desktop.errors import DamagedKeyFileError, NewerSchemaError, SafePlanError, WrongPassphraseError
from safeplan_desktop.security.audit_head import check_audit_head
from safeplan_desktop.security.data_key import DataKey
from safeplan_desktop.security.key_file import LARGEST_FILE, KeyFile, open_each, open_key_file
from safeplan_desktop.security.key_slot import SlotKind, seal_slot

FEW = settings(max_examples=30)

VAULT_ID = "0f9d2c4e-6b1a-4f7e-8c35-d2a1b0e9f874"
OTHER_ID = "11111111-1111-4111-8111-111111111111"
PASSPHRASE = "gravel  Zürich candle "
LETTER_PASSPHRASE = "abandon ability able about above absent"


def with_new_checksum(body: bytes) -> bytes:
    """A body of any content, sealed as somebody would who knows the format but no passphrase."""
    return body + f'"sha256":"{hashlib.sha256(body).hexdigest()}"}}\n'.encode()


def body_of(plain: object) -> bytes:
    return json.dumps(plain, indent=1).removesuffix("\n}").encode() + b",\n"


def plain_of(key_file: KeyFile) -> dict:
    plain = json.loads(key_file.to_bytes())
    del plain["sha256"]
    return plain


# -- writing and reading


def test_a_key_file_read_back_equals_the_one_written(key_file):
    assert KeyFile.from_bytes(key_file.to_bytes()) == key_file


def test_a_key_file_without_a_head_reads_back_too(key_file):
    bare = replace(key_file, audit_head=None)
    assert KeyFile.from_bytes(bare.to_bytes()) == bare


def test_the_file_is_plain_json_whose_last_line_is_the_checksum_of_the_rest(key_file):
    text = key_file.to_bytes().decode("ascii")
    plain = json.loads(text)
    *lines, last, end = text.split("\n")
    rest = ("\n".join(lines) + "\n").encode()
    assert end == ""
    assert json.loads("{" + last) == {"sha256": plain["sha256"]}
    assert plain["sha256"] == hashlib.sha256(rest).hexdigest()
    assert max(len(line) for line in lines) < 130
    assert list(plain) == [
        "format",
        "version",
        "vault_id",
        "key_id",
        "database_salt",
        "slots",
        "audit_head",
        "sha256",
    ]


def test_no_key_is_in_the_file(key_file, data_key):
    text = key_file.to_bytes().decode()
    assert data_key.key.hex() not in text
    assert data_key.salt.hex() in text  # The salt is: it saves a records file whose first sector is gone.


def test_the_head_survives_the_file(key_file, data_key):
    head = KeyFile.from_bytes(key_file.to_bytes()).audit_head
    assert head is not None
    assert check_audit_head(data_key, VAULT_ID, head)


# -- damage


def test_every_single_flipped_bit_is_damage(key_file):
    whole = key_file.to_bytes()
    for place in range(len(whole)):
        for bit in range(8):
            flipped = bytearray(whole)
            flipped[place] ^= 1 << bit
            with pytest.raises(DamagedKeyFileError):
                KeyFile.from_bytes(bytes(flipped))


def test_every_truncation_is_damage(key_file):
    whole = key_file.to_bytes()
    for length in range(len(whole)):
        with pytest.raises(DamagedKeyFileError):
            KeyFile.from_bytes(whole[:length])
        with pytest.raises(DamagedKeyFileError):
            KeyFile.from_bytes(whole[length + 1 :])


@FEW
@given(st.binary(max_size=300))
def test_any_other_bytes_are_damage(data):
    with pytest.raises(DamagedKeyFileError):
        KeyFile.from_bytes(data)


@FEW
@given(st.binary(max_size=200))
def test_any_other_bytes_under_a_right_checksum_are_damage(body):
    with pytest.raises(DamagedKeyFileError):
        KeyFile.from_bytes(with_new_checksum(body))


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"[" * 60_000,
        b'{"version":' * 5_000,
        b"x" * LARGEST_FILE,
        b'{"version":1e999,',
        b'{"version":' + b"9" * 5_000 + b",",
        b'{"version":2,',
        b'{"version":2,"format":"something-else",',
        b"\xff\xfe{\x00",
        b"[1, 2,",
        b'{"format":"safeplan-keys","version":1,"audit_head":null,"vault_id":7,',
    ],
    ids=lambda body: f"{body[:24]!r} ({len(body)})",
)
def test_hostile_bytes_under_a_right_checksum_are_damage(body):
    with pytest.raises(DamagedKeyFileError) as caught:
        KeyFile.from_bytes(with_new_checksum(body))
    assert "recovery words" in caught.value.next_step


MISUSES = [
    ("format", "other"),
    ("version", 0),
    ("version", True),
    ("version", 1.0),
    ("version", "1"),
    ("vault_id", "nobody"),
    ("vault_id", 5),
    ("vault_id", None),
    ("key_id", "ABCDEF01"),
    ("key_id", "0"),
    ("key_id", ["0"] * 8),
    ("key_id", "00 11 22"),
    ("database_salt", "00"),
    ("database_salt", "zz" * 16),
    ("database_salt", 16),
    ("slots", []),
    ("slots", {}),
    ("slots", "slots"),
    ("slots", [None]),
    ("slots", 3),
    ("audit_head", []),
    ("audit_head", {"seq": 1}),
    ("audit_head", {"seq": -1, "hash": "00" * 32, "mac": "00" * 32}),
    ("audit_head", {"seq": "1", "hash": "00" * 32, "mac": "00" * 32}),
    ("audit_head", {"seq": 1, "hash": ["0"] * 64, "mac": "00" * 32}),
    ("audit_head", {"seq": 1, "hash": "00" * 32, "mac": "00" * 32, "more": 1}),
    ("audit_head", {"mac": "00" * 32, "hash": "00" * 32, "seq": 1}),
    ("unknown", 1),
]


@pytest.mark.parametrize(("field", "value"), MISUSES, ids=repr)
def test_a_field_of_another_form_is_damage(key_file, field, value):
    plain = plain_of(key_file)
    plain[field] = value
    with pytest.raises(DamagedKeyFileError):
        KeyFile.from_bytes(with_new_checksum(body_of(plain)))


SLOT_MISUSES = [
    ("slot_id", "x"),
    ("slot_id", 1),
    ("kind", "master"),
    ("kind", ["passphrase"]),
    ("created_at", "yesterday"),
    ("created_at", "2031-05-06T05:08:09"),
    ("created_at", "2031-05-06T07:08:09+02:00"),
    ("created_at", "0001-01-01T00:00:00+14:00"),
    ("created_at", 0),
    ("kdf", "pbkdf2"),
    ("cipher", "none"),
    ("memory_kib", 1024),
    ("memory_kib", 64 * 1024 * 1024),
    ("memory_kib", 65536.0),
    ("iterations", 0),
    ("iterations", True),
    ("lanes", 100),
    ("lanes", None),
    ("salt", ""),
    ("salt", "AB" * 16),
    ("nonce", "00" * 11),
    ("wrapped", "00" * 49),
    ("hint", "my dog"),
]


@pytest.mark.parametrize(("field", "value"), SLOT_MISUSES, ids=repr)
def test_a_slot_field_of_another_form_is_damage(key_file, field, value):
    plain = plain_of(key_file)
    plain["slots"][0][field] = value
    with pytest.raises(DamagedKeyFileError):
        KeyFile.from_bytes(with_new_checksum(body_of(plain)))


@pytest.mark.parametrize("field", ["format", "version", "vault_id", "key_id", "database_salt", "slots", "audit_head"])
def test_a_missing_field_is_damage(key_file, field):
    plain = plain_of(key_file)
    del plain[field]
    with pytest.raises(DamagedKeyFileError):
        KeyFile.from_bytes(with_new_checksum(body_of(plain)))


def test_a_doubled_field_is_damage(key_file):
    body = key_file.to_bytes()[: -len('"sha256":""}\n') - 64]
    with pytest.raises(DamagedKeyFileError):
        KeyFile.from_bytes(with_new_checksum(body + b' "version": 1,\n'))


def test_a_doubled_slot_is_damage(key_file):
    plain = plain_of(key_file)
    plain["slots"].append(plain["slots"][0])
    with pytest.raises(DamagedKeyFileError):
        KeyFile.from_bytes(with_new_checksum(body_of(plain)))


def test_too_many_slots_are_damage(key_file):
    plain = plain_of(key_file)
    first = plain["slots"][0]
    plain["slots"] = [{**first, "slot_id": OTHER_ID[:-2] + f"{number:02}"} for number in range(17)]
    with pytest.raises(DamagedKeyFileError):
        KeyFile.from_bytes(with_new_checksum(body_of(plain)))
    del plain["slots"][-1]
    assert len(KeyFile.from_bytes(with_new_checksum(body_of(plain))).slots) == 16


def test_a_file_larger_than_any_key_file_is_not_even_parsed():
    with pytest.raises(DamagedKeyFileError):
        KeyFile.from_bytes(with_new_checksum(b'{"format":"safeplan-keys","version":2,' + b" " * LARGEST_FILE))


def test_a_newer_format_is_named_as_such_even_when_all_else_is_unknown():
    with pytest.raises(NewerSchemaError) as caught:
        KeyFile.from_bytes(with_new_checksum(b'{"format":"safeplan-keys","version":2,"ways":{},'))
    assert "newer version" in caught.value.what


# -- opening


def test_the_passphrase_and_the_sealed_letter_both_open_it(key_file, data_key):
    assert open_key_file(key_file, PASSPHRASE) == data_key
    assert open_key_file(key_file, LETTER_PASSPHRASE) == data_key


def test_a_passphrase_that_opens_no_slot_is_wrong(key_file):
    with pytest.raises(WrongPassphraseError):
        open_key_file(key_file, "gravel  zürich candle ")


def test_passphrase_slots_are_tried_before_sealed_letters(key_file, slot, data_key):
    other_key = DataKey.generate(salt=data_key.salt)
    letter = seal_slot(other_key, PASSPHRASE, slot.parameters, VAULT_ID, SlotKind.SEALED_LETTER, slot.created_at)
    assert open_key_file(replace(key_file, slots=(letter, slot)), PASSPHRASE) == data_key


def test_after_an_interrupted_change_of_keys_both_keys_can_be_had_the_new_one_first(key_file, slot, data_key):
    new_key = DataKey.generate(salt=data_key.salt)
    new_slot = seal_slot(new_key, PASSPHRASE, slot.parameters, VAULT_ID, SlotKind.PASSPHRASE, slot.created_at)
    between = KeyFile.from_bytes(replace(key_file, slots=(new_slot, slot), key_id=new_key.key_id()).to_bytes())
    assert tuple(open_each(between, PASSPHRASE)) == (new_key, data_key)


@pytest.mark.parametrize(
    ("place", "value"),
    [
        (("database_salt",), "00" * 16),
        (("slots", 1, "kind"), "sealed-letter"),
        (("slots", 1, "memory_kib"), 64 * 1024 + 8),
    ],
    ids=repr,
)
def test_a_slot_altered_under_a_new_checksum_never_opens(key_file, place, value):
    plain = plain_of(key_file)
    inner = plain
    for step in place[:-1]:
        inner = inner[step]
    inner[place[-1]] = value
    plain["slots"] = plain["slots"][1:]
    altered = KeyFile.from_bytes(with_new_checksum(body_of(plain)))
    with pytest.raises(WrongPassphraseError):
        open_key_file(altered, PASSPHRASE)


@FEW
@given(st.data())
def test_a_field_taken_from_anywhere_never_ends_in_a_traceback(key_file, data):
    plain = plain_of(key_file)
    values = st.recursive(
        st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
        max_leaves=5,
    )
    target = data.draw(st.sampled_from([plain, *plain["slots"], plain["audit_head"]]))
    target[data.draw(st.sampled_from(sorted(target)))] = data.draw(values)
    try:
        read = KeyFile.from_bytes(with_new_checksum(body_of(plain)))
    except SafePlanError:
        return
    assert plain_of(read) == plain


@pytest.mark.parametrize(
    "changed",
    [
        {"vault_id": "my vault"},
        {"database_salt": bytes(17)},
        {"slots": ()},
        {"key_id": "12345678 "},
        {"key_id": "notahexn"},
    ],
)
def test_other_forms_cannot_be_made(key_file, changed):
    with pytest.raises(ValueError):
        replace(key_file, **changed)
