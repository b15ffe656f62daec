from __future__ import annotations

import hmac

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from safeplan_desktop.security.container_mac import TRAILER_PREFIX, TRAILER_SIZE, ContainerMac
from safeplan_desktop.security.data_key import DataKey

FEW = settings(max_examples=30)

KEY = DataKey(bytes(range(32)), bytes(16))


def mac_over(*pieces: bytes, key: DataKey = KEY) -> ContainerMac:
    mac = ContainerMac(key)
    for piece in pieces:
        mac.update(piece)
    return mac


def test_the_code_is_an_hmac_under_its_own_subkey():
    assert mac_over(b"backup").hexdigest() == hmac.new(KEY.subkey("backup-mac"), b"backup", "sha256").hexdigest()


@FEW
@given(st.lists(st.binary(max_size=30), max_size=8))
def test_pieces_make_no_difference(pieces):
    assert mac_over(*pieces).hexdigest() == mac_over(b"".join(pieces)).hexdigest()


def test_the_trailer_is_the_prefix_and_the_code():
    mac = mac_over(b"backup")
    assert mac.trailer() == b"SAFEPLAN-MAC-V1:" + mac.hexdigest().encode()
    assert mac.trailer().startswith(TRAILER_PREFIX)
    assert len(mac.trailer()) == TRAILER_SIZE


def test_the_right_code_is_found_right_as_text_and_as_bytes():
    mac = mac_over(b"backup")
    assert mac.verify(mac.hexdigest())
    assert mac.verify(mac.hexdigest().encode())


@pytest.mark.parametrize("claimed", ["", "0" * 64, b"\xff" * 64, "é" * 32, "\ud800", b""])
def test_any_other_code_is_found_wrong(claimed):
    assert not mac_over(b"backup").verify(claimed)


def test_an_upper_case_code_is_found_wrong():
    mac = mac_over(b"backup")
    assert not mac.verify(mac.hexdigest().upper())


def test_another_byte_or_another_key_gives_another_code():
    mac = mac_over(b"backup")
    assert not mac_over(b"backuq").verify(mac.hexdigest())
    assert not mac_over(b"backup", key=DataKey.generate()).verify(mac.hexdigest())
