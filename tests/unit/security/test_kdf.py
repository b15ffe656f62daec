from __future__ import annotations

import resource
import threading
import time
from contextlib import contextmanager
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

from safeplan_desktop.errors import InvalidInputError, SafePlanError
from safeplan_desktop.security.kdf import KdfParameters, _raised, calibrate, derive_key

QUICKEST = KdfParameters(64 * 1024, 1, 4)
MIB = 1024


def test_the_library_computes_the_vector_of_rfc_9106():
    derived = Argon2id(
        salt=b"\x02" * 16,
        length=32,
        iterations=3,
        lanes=4,
        memory_cost=32,
        ad=b"\x04" * 12,
        secret=b"\x03" * 8,
    ).derive(b"\x01" * 32)
    assert derived.hex() == "0d640df58d78766c08c037a34a8b53c9d01ef0452d75b65eb52520e96b01e659"


@pytest.mark.parametrize(
    ("passphrase", "salt", "parameters", "key"),
    [
        (
            "correct horse battery staple",
            bytes(range(16)),
            KdfParameters.FLOOR,
            "853b272a44db1421c02962669a55eb0994f3cab385ed1c4c79253eee19bab49e",
        ),
        (
            " Grüße aus Köln ",
            b"\xff" * 16,
            KdfParameters(64 * MIB, 1, 1),
            "ca2080a39977e1c221757e6a40c7c707a15c44c1be3bb477677dead0039af685",
        ),
        ("", bytes(range(16)), QUICKEST, "51512124a929ba3ad126de2777687294c3069ca31cf8d93d8688fd4360c21882"),
    ],
)
def test_keys_equal_those_of_the_reference_implementation(passphrase, salt, parameters, key):
    # Computed with argon2-cffi, which wraps the reference implementation in C.
    assert derive_key(passphrase, salt, parameters).hex() == key


def test_an_accent_typed_in_two_parts_is_the_same_accent():
    # The expected key was computed from the composed form, with argon2-cffi.
    key = derive_key("Cafe\u0301 \U0001f511", bytes(16), KdfParameters(64 * MIB, 2, 8))
    assert key.hex() == "128e98af6b9200a361c82e060bb6a61d8c4a620007b4c975d10fc38118de11b8"


def test_half_a_character_is_refused_and_not_repeated_in_the_message():
    with pytest.raises(InvalidInputError) as caught:
        derive_key("candle\ud83d", bytes(16), QUICKEST)
    assert caught.value.field == "passphrase"
    assert "candle" not in caught.value.sentences


@pytest.mark.parametrize("size", [0, 15, 17])
def test_a_salt_has_sixteen_bytes(size):
    with pytest.raises(ValueError, match="16 bytes"):
        derive_key("candle", bytes(size), QUICKEST)


@pytest.mark.parametrize(
    ("memory_kib", "iterations", "lanes"),
    [
        (64 * MIB - 1, 3, 4),
        (2048 * MIB + 1, 3, 4),
        (64 * MIB, 0, 4),
        (64 * MIB, 17, 4),
        (64 * MIB, 3, 0),
        (64 * MIB, 3, 9),
        (64 * MIB, -1, 4),
        (64.0 * MIB, 3, 4),
        (64 * MIB, True, 4),
        ("65536", 3, 4),
    ],
)
def test_parameters_out_of_bounds_cannot_be_made(memory_kib, iterations, lanes):
    with pytest.raises(ValueError, match="bounds"):
        KdfParameters(memory_kib, iterations, lanes)


def test_the_bounds_themselves_are_allowed():
    assert KdfParameters(2048 * MIB, 16, 8).iterations == 16
    assert KdfParameters(64 * MIB, 1, 1).memory_kib == 64 * MIB


def test_the_profiles_are_those_of_the_design():
    recommended, floor = KdfParameters.RECOMMENDED, KdfParameters.FLOOR
    assert (recommended.memory_kib, recommended.iterations, recommended.lanes) == (256 * MIB, 3, 4)
    assert (floor.memory_kib, floor.iterations, floor.lanes) == (64 * MIB, 3, 4)


def test_other_threads_go_on_while_a_key_is_derived():
    worker = threading.Thread(target=derive_key, args=("candle", bytes(16), QUICKEST))
    worker.start()
    turns = 0
    while worker.is_alive():
        turns += 1
        time.sleep(0)
    assert turns > 100


@pytest.mark.parametrize(
    ("seconds", "passes"),
    [(0.34, 6), (0.29, 7), (0.69, 3), (5.0, 3), (0.01, 16), (0.0, 3), (-1.0, 3)],
)
def test_passes_rise_in_proportion_and_stay_in_bounds(seconds, passes):
    raised = _raised(KdfParameters.RECOMMENDED, seconds, 0.7)
    assert raised == KdfParameters(256 * MIB, passes, 4)


def test_calibration_measures_one_derivation():
    asked = []

    def clock() -> float:
        asked.append(time.perf_counter())
        return 10.0 + 0.2 * len(asked)

    assert calibrate(clock) == KdfParameters(256 * MIB, 10, 4)
    assert len(asked) == 2
    assert asked[1] - asked[0] > 0.05  # 256 MiB three times over can't be had for less.


@contextmanager
def memory_left(megabytes: int):
    """As on a computer with so much free memory."""
    in_use = int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()
    soft, hard = resource.getrlimit(resource.RLIMIT_AS)
    resource.setrlimit(resource.RLIMIT_AS, (in_use + megabytes * 2**20, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_AS, (soft, hard))


def test_a_computer_short_of_memory_is_given_the_floor():
    with memory_left(128):
        assert calibrate(time.perf_counter) == KdfParameters.FLOOR


def test_a_derivation_without_the_memory_for_it_ends_in_a_sentence():
    with memory_left(128), pytest.raises(SafePlanError) as caught:
        derive_key("candle", bytes(16), KdfParameters.RECOMMENDED)
    assert caught.value.what == (
        "This computer doesn't have the 256 megabytes of free memory that the passphrase check needs."
    )
    assert caught.value.safe == "Your records are safe and unchanged."
    assert len(derive_key("candle", bytes(16), QUICKEST)) == 32
