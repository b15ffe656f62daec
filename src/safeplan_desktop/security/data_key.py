"""The data key: the 256 random bits that everything else hangs on."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from typing import Final, Self

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

KEY_SIZE: Final = 32
DATABASE_SALT_SIZE: Final = 16

_RAW_KEY_DIGITS: Final = 96
_RAW_KEY_SIZE: Final = len("x''") + _RAW_KEY_DIGITS
_KEY_ID_DIGITS: Final = 8


@dataclass(frozen=True, slots=True, repr=False)
class DataKey:
    """The key of the records, and the salt of their file. Never shown, never stored in the clear.

    Attributes:
        key: 32 bytes; the recovery words are these.
        salt: 16 bytes; not secret. With it a records file whose first sector is destroyed still opens.

    Raises:
        ValueError: when either has another length.
    """

    key: bytes
    salt: bytes

    def __post_init__(self) -> None:
        """Hold the lengths: the database driver would silently take another one as a passphrase."""
        if len(self.key) != KEY_SIZE or len(self.salt) != DATABASE_SALT_SIZE:
            raise ValueError("a data key has 32 bytes and its salt 16")

    def __repr__(self) -> str:
        return "DataKey(hidden)"

    @classmethod
    def generate(cls, *, salt: bytes | None = None) -> Self:
        """A new random key.

        Args:
            salt: The salt to go on using where a vault only gets a new key; a new one otherwise.
        """
        return cls(secrets.token_bytes(KEY_SIZE), secrets.token_bytes(DATABASE_SALT_SIZE) if salt is None else salt)

    def raw_key(self) -> bytearray:
        """SQLCipher's raw key and salt, `x'<64 hex digits><32 hex digits>'`, for the caller to wipe."""
        raw = bytearray(f"x'{self.key.hex()}{self.salt.hex()}'", "ascii")
        if len(raw) != _RAW_KEY_SIZE:  # Any other length would be taken as a passphrase, without a word.
            raise ValueError("a raw key has exactly 96 hex digits")
        return raw

    def subkey(self, purpose: str) -> bytes:
        """A 32-byte key for one purpose (HKDF-SHA256, info `safeplan/<purpose>/v1`).

        It depends on the key alone, not on the salt: whoever holds the recovery words has every subkey.
        """
        return HKDF(algorithm=SHA256(), length=KEY_SIZE, salt=None, info=f"safeplan/{purpose}/v1".encode()).derive(
            self.key
        )

    def key_id(self) -> str:
        """Eight hex digits that say which recovery sheet opens a vault or a backup, and no more."""
        return self.subkey("key-id").hex()[:_KEY_ID_DIGITS]
