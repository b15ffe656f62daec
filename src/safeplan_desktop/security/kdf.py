"""From a passphrase to a key: Argon2id (RFC 9106), with bounds that no caller can leave."""

import unicodedata
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import ClassVar, Final

from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

from safeplan_desktop.errors import InvalidInputError, SafePlanError

KEY_SIZE: Final = 32
SALT_SIZE: Final = 16

LEAST_MEMORY_KIB: Final = 64 * 1024
MOST_MEMORY_KIB: Final = 2 * 1024 * 1024
MOST_ITERATIONS: Final = 16
MOST_LANES: Final = 8


@dataclass(frozen=True, slots=True)
class KdfParameters:
    """What one guess at a passphrase costs.

    The bounds are part of the type: a weaker profile can't be made, not even by a planted key file, and
    neither can one that would ask this computer for an absurd amount of memory.

    Attributes:
        memory_kib: Memory in KiB, from 64 MiB to 2 GiB.
        iterations: Passes over that memory, from 1 to 16.
        lanes: Lanes (RFC 9106's degree of parallelism), from 1 to 8.

    Raises:
        ValueError: outside those bounds.
    """

    RECOMMENDED: ClassVar["KdfParameters"]
    """256 MiB, 3 passes, 4 lanes: about 0.4 to 0.7 s on a laptop. Calibration starts here."""

    FLOOR: ClassVar["KdfParameters"]
    """RFC 9106's second recommended option (64 MiB, 3 passes, 4 lanes), for a computer short of memory."""

    memory_kib: int
    iterations: int
    lanes: int

    def __post_init__(self) -> None:
        """Hold the bounds."""
        for value, least, most in (
            (self.memory_kib, LEAST_MEMORY_KIB, MOST_MEMORY_KIB),
            (self.iterations, 1, MOST_ITERATIONS),
            (self.lanes, 1, MOST_LANES),
        ):
            if type(value) is not int or not least <= value <= most:
                raise ValueError("a parameter of the key derivation is out of bounds")


KdfParameters.RECOMMENDED = KdfParameters(memory_kib=256 * 1024, iterations=3, lanes=4)
KdfParameters.FLOOR = KdfParameters(memory_kib=LEAST_MEMORY_KIB, iterations=3, lanes=4)


def derive_key(passphrase: str, salt: bytes, parameters: KdfParameters) -> bytes:
    """The 32-byte key that a passphrase gives. Takes about half a second; other threads go on meanwhile.

    The passphrase is taken in Unicode's composed form (NFC), so that an accent typed on another keyboard is
    the same accent; every space counts, also at the ends.

    Raises:
        InvalidInputError: when the passphrase holds half a character, which only a broken input method sends.
        SafePlanError: when this computer hasn't the memory for it just now.
        ValueError: when the salt isn't 16 bytes.
    """
    try:
        return _argon2id(_passphrase_bytes(passphrase), salt, parameters)
    except MemoryError:
        raise SafePlanError(
            f"This computer doesn't have the {parameters.memory_kib // 1024} megabytes of free memory"
            " that the passphrase check needs.",
            safe="Your records are safe and unchanged.",
            next_step="Close other programs, then try again.",
        ) from None


def calibrate(measure: Callable[[], float], target_seconds: float = 0.7) -> KdfParameters:
    """The parameters that make one derivation take at most about `target_seconds` on this computer.

    Times one derivation with the recommended parameters and raises the passes in proportion; never goes below
    the recommendation, except to `FLOOR` where the memory for it isn't there.

    Args:
        measure: A monotonic clock in seconds, such as `time.perf_counter`.
        target_seconds: What an unlock may take.
    """
    start = KdfParameters.RECOMMENDED
    began = measure()
    try:
        _argon2id(b"calibration", bytes(SALT_SIZE), start)
    except MemoryError:
        return KdfParameters.FLOOR
    return _raised(start, measure() - began, target_seconds)


def _raised(start: KdfParameters, seconds: float, target_seconds: float) -> KdfParameters:
    """`start` with as many passes as fit in `target_seconds`, where its own took `seconds`."""
    if seconds <= 0:
        return start  # A clock that stands still says nothing about the computer.
    passes = int(start.iterations * target_seconds / seconds)
    return replace(start, iterations=min(max(passes, start.iterations), MOST_ITERATIONS))


def _argon2id(secret: bytes, salt: bytes, parameters: KdfParameters) -> bytes:
    if len(salt) != SALT_SIZE:
        raise ValueError("a salt has 16 bytes")
    return Argon2id(
        salt=salt,
        length=KEY_SIZE,
        iterations=parameters.iterations,
        lanes=parameters.lanes,
        memory_cost=parameters.memory_kib,
    ).derive(secret)


def _passphrase_bytes(passphrase: str) -> bytes:
    try:
        return unicodedata.normalize("NFC", passphrase).encode()
    except UnicodeEncodeError:
        # The cause holds the passphrase, so it isn't kept.
        raise InvalidInputError(
            "passphrase",
            "This passphrase holds a character that isn't complete.",
            next_step="Type it again.",
        ) from None
