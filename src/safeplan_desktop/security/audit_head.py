"""The end of the audit's chain, as the key file remembers it: a cut or rewritten chain shows against it."""

import hashlib
import hmac
import json
from dataclasses import dataclass
from typing import Final

from safeplan_desktop.security.chain import is_hash
from safeplan_desktop.security.data_key import DataKey

_LARGEST_SEQ: Final = 2**63 - 1
"""What an SQLite column holds."""


@dataclass(frozen=True, slots=True)
class AuditHead:
    """The last link of the audit at some moment, under a code that only the data key can make.

    Attributes:
        seq: The link's number; 0 for an empty chain.
        hash: The link's hash.
        mac: HMAC-SHA256, in hex.

    Raises:
        ValueError: when one of them doesn't have that form.
    """

    seq: int
    hash: str
    mac: str

    def __post_init__(self) -> None:
        """Hold the forms."""
        whole = type(self.seq) is int and 0 <= self.seq <= _LARGEST_SEQ
        if not (whole and is_hash(self.hash) and is_hash(self.mac)):
            raise ValueError("an audit head is a number and two hashes")


def seal_audit_head(data_key: DataKey, vault_id: str, seq: int, hash: str) -> AuditHead:  # noqa: A002 - its name
    """The head of a vault's audit, sealed."""
    return AuditHead(seq, hash, _mac(data_key, vault_id, seq, hash))


def check_audit_head(data_key: DataKey, vault_id: str, head: AuditHead) -> bool:
    """Whether a head was sealed with this key for this vault."""
    return hmac.compare_digest(head.mac, _mac(data_key, vault_id, head.seq, head.hash))


def _mac(data_key: DataKey, vault_id: str, seq: int, own_hash: str) -> str:
    told = json.dumps([vault_id, seq, own_hash], separators=(",", ":")).encode()
    return hmac.new(data_key.subkey("audit-head"), told, hashlib.sha256).hexdigest()
