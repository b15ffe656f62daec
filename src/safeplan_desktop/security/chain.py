"""The chain of hashes: every link covers the one before it, so that no link can change unseen."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

_DIGITS: Final = frozenset("0123456789abcdef")
_HASH_LENGTH: Final = 64

GENESIS: Final = "0" * _HASH_LENGTH
"""What stands before the first link."""


@dataclass(frozen=True, slots=True)
class ChainProblem:
    """The first link that doesn't hold.

    Attributes:
        position: Counted from 0.
        reason: What is wrong with it, as the end of a sentence whose subject is the link.
    """

    position: int
    reason: str


def is_hash(text: str) -> bool:
    """Whether a text has the form of a SHA-256 in lower-case hex."""
    return len(text) == _HASH_LENGTH and _DIGITS.issuperset(text)


def content_hash(data: bytes) -> str:
    """SHA-256, in hex."""
    return hashlib.sha256(data).hexdigest()


def link(previous_hash: str, canonical: bytes) -> str:
    """The hash of a link: SHA-256 over the previous hash (its 64 hex digits) and the link's canonical bytes.

    Raises:
        ValueError: when `previous_hash` isn't a hash; with a fixed length in front, no two links share bytes.
    """
    if not is_hash(previous_hash):
        raise ValueError("a link needs the hash before it: 64 hex digits")
    return content_hash(previous_hash.encode() + canonical)


def next_hash(previous_hash: str, canonical: str) -> str:
    """The same as `link`, for a hash that was just computed: a walk along a whole chain needn't look at each again."""
    return hashlib.sha256((previous_hash + canonical).encode()).hexdigest()


def verify(links: Iterable[tuple[str, str, bytes]]) -> ChainProblem | None:
    """The first link that was changed, removed, put in or moved; None when the whole chain holds.

    Whoever recomputes every hash after a change, or cuts links off the end, isn't found here but against a
    head that was recorded elsewhere.

    Args:
        links: The previous hash as recorded, the hash as recorded, and the canonical bytes of each link.
    """
    before = GENESIS
    for position, (previous_hash, own_hash, canonical) in enumerate(links):
        if previous_hash != before:
            return ChainProblem(position, "doesn't follow the one before it")
        if link(before, canonical) != own_hash:
            return ChainProblem(position, "isn't what was written")
        before = own_hash
    return None
