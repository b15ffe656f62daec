"""Keys from passphrases, worked out once a run: the guess is meant to be dear, and nobody guesses in these tests."""

from __future__ import annotations

from contextlib import AbstractContextManager
from functools import cache
from unittest.mock import patch

from safeplan_desktop.security import kdf

_once = cache(kdf._argon2id)


def derived_once() -> AbstractContextManager:
    """A context in which the real derivation runs once for the same passphrase, salt and cost; they give the same key."""
    return patch.object(kdf, "_argon2id", _once)
