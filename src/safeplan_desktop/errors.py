"""Expected failures: each says what happened, what is safe, and what to do next.

A `SafePlanError` is not a bug. The window shows it in a banner where it happened, the command line prints it and ends
with exit code 1. Everything else that is raised is a bug, and is shown as one.
"""

from __future__ import annotations

from collections.abc import Sequence


class SafePlanError(Exception):
    """An expected failure, in sentences for the therapist.

    Attributes:
        what: What happened, one sentence.
        safe: What is safe, one sentence; empty where nothing was at stake.
        next_step: What to do now, one sentence; empty where there is nothing to do.
    """

    def __init__(self, what: str, *, safe: str = "", next_step: str = "") -> None:
        super().__init__(what)
        self.what = what
        self.safe = safe
        self.next_step = next_step

    @property
    def sentences(self) -> str:
        """The whole message as one paragraph."""
        return " ".join(part for part in (self.what, self.safe, self.next_step) if part)


class InvalidInputError(SafePlanError):
    """Something that was typed can't be taken as it is.

    Attributes:
        field: The name of the form field, so that the screen can put the sentence beside it.
    """

    def __init__(self, field: str, what: str, *, next_step: str = "") -> None:
        super().__init__(what, next_step=next_step)
        self.field = field


def refuse(wrong: Sequence[tuple[str, str]]) -> None:
    """Refuses what isn't right by its first field; `wrong` holds fields and sentences, and is empty when all is right.

    Raises:
        InvalidInputError: naming that field.
    """
    if wrong:
        raise InvalidInputError(*wrong[0])


class NotFoundError(SafePlanError):
    """A record that was asked for isn't there."""


class SignedRecordError(SafePlanError):
    """Somebody tried to change what was signed."""


class OtherPracticeError(SafePlanError):
    """A backup would take the place of records that aren't the same practice's."""


class WrongPassphraseError(SafePlanError):
    """The passphrase doesn't open this key slot."""


class WeakPassphraseError(SafePlanError):
    """The passphrase could be guessed."""


class WrongRecoveryWordsError(SafePlanError):
    """The recovery words aren't 24 known words with a right checksum, or they belong to another vault."""


class DamagedKeyFileError(SafePlanError):
    """The key file's bytes aren't what was written."""


class DamagedVaultError(SafePlanError):
    """The records file isn't what was written."""


class DamagedBackupError(SafePlanError):
    """The backup file isn't what was written, or isn't a backup at all."""


class VaultMissingError(SafePlanError):
    """There is no vault in this folder."""


class VaultExistsError(SafePlanError):
    """There is a vault in this folder already."""


class VaultInUseError(SafePlanError):
    """Another window or command has this vault open."""


class VaultLockedError(SafePlanError):
    """The vault was locked while something still wanted to use it."""


class NewerSchemaError(SafePlanError):
    """The vault or backup was written by a newer program."""


class StorageFullError(SafePlanError):
    """The disk is full."""


class StorageUnavailableError(SafePlanError):
    """A folder or drive can't be read or written."""


class CancelledError(SafePlanError):
    """The therapist cancelled; nothing was changed."""
