"""Where a passphrase comes from: the prompt, or a file descriptor."""

from __future__ import annotations

import getpass
import os
import sys

from safeplan_desktop.errors import InvalidInputError

_MOST_BYTES = 4096


def read_passphrase(descriptor: int | None, *, twice: bool = False) -> str:
    """The passphrase: the first line of the descriptor, or typed at the prompt (twice for a new one).

    Raises:
        InvalidInputError: when the descriptor can't be read, nothing was typed, or the two don't agree.
    """
    if descriptor is not None:
        return _from_descriptor(descriptor)
    if not sys.stdin.isatty():
        raise InvalidInputError(
            "passphrase",
            "There is no terminal to ask for the passphrase.",
            next_step="Use --passphrase-fd N.",
        )
    typed = getpass.getpass("Passphrase: ")
    if twice and getpass.getpass("The same again: ") != typed:
        raise InvalidInputError("passphrase", "The two passphrases aren't the same.", next_step="Please try again.")
    if not typed:
        raise InvalidInputError("passphrase", "Nothing was typed.")
    return typed


def _from_descriptor(descriptor: int) -> str:
    try:
        parts = []
        while part := os.read(descriptor, _MOST_BYTES):
            parts.append(part)
            if b"\n" in part or sum(map(len, parts)) > _MOST_BYTES:
                break
        text = b"".join(parts).decode()
    except (OSError, UnicodeDecodeError):
        raise InvalidInputError(
            "passphrase", f"The passphrase can't be read from file descriptor {descriptor}."
        ) from None
    line = text.split("\n", 1)[0].removesuffix("\r")
    if not line:
        raise InvalidInputError("passphrase", f"File descriptor {descriptor} held no passphrase.")
    return line
