"""The seal of a backup: an HMAC over every byte before it, checked before anything is parsed."""

import hashlib
import hmac
from typing import Final

from safeplan_desktop.security.data_key import DataKey

TRAILER_PREFIX: Final = b"SAFEPLAN-MAC-V1:"
"""Stands before the 64 hex digits at the very end of a backup."""

TRAILER_SIZE: Final = len(TRAILER_PREFIX) + 64


class ContainerMac:
    """HMAC-SHA256 under a subkey of the data key, fed piece by piece: a big backup needs no big memory."""

    __slots__ = ("_mac",)

    def __init__(self, data_key: DataKey) -> None:
        self._mac = hmac.new(data_key.subkey("backup-mac"), digestmod=hashlib.sha256)

    def update(self, data: bytes | bytearray | memoryview) -> None:
        """Takes the next bytes."""
        self._mac.update(data)

    def hexdigest(self) -> str:
        """The code over everything so far, 64 hex digits."""
        return self._mac.hexdigest()

    def trailer(self) -> bytes:
        """What ends a backup: the prefix and the code."""
        return TRAILER_PREFIX + self.hexdigest().encode()

    def verify(self, claimed: str | bytes) -> bool:
        """Whether `claimed` is the code over everything so far; takes the same time wherever they differ."""
        wanted = claimed.encode("utf-8", "replace") if isinstance(claimed, str) else claimed
        return hmac.compare_digest(self.hexdigest().encode(), wanted)
