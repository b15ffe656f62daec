"""The vault's folder: which files it has, and the small ones beside the records."""

from __future__ import annotations

import datetime as dt
import json
import os
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from safeplan_desktop.errors import (
    DamagedKeyFileError,
    SafePlanError,
    StorageFullError,
    StorageUnavailableError,
    VaultExistsError,
    VaultMissingError,
)
from safeplan_desktop.security.key_file import KeyFile
from safeplan_desktop.storage.atomic_file import sweep_leftovers, translate_os_error, write_atomically

MOST_FAILED_UNLOCKS = 200

_LEFT_BY_WINDOWS = frozenset({"desktop.ini", "thumbs.db"})
_UNCHANGED = "Nothing was changed."
_EMPTY = "Choose an empty folder, or one that isn't there yet."


def _unseen(name: str) -> bool:
    return name.startswith(".") or name.casefold() in _LEFT_BY_WINDOWS


@dataclass(frozen=True, slots=True)
class VaultFolder:
    """Names and small files of one vault. The live records file itself is only ever opened by the database driver."""

    path: Path

    @property
    def records(self) -> Path:
        """The encrypted database."""
        return self.path / "records.db"

    @property
    def keys(self) -> Path:
        """The key slots; no client data."""
        return self.path / "keys.json"

    @property
    def keys_backup(self) -> Path:
        """The key slots as they were before the last change."""
        return self.path / "keys.json.bak"

    @property
    def crisis_card(self) -> Path:
        """The practice's contacts that the Crisis panel shows while locked; no client data."""
        return self.path / "crisis.json"

    @property
    def failed_unlocks(self) -> Path:
        """Times of failed unlocks, until the next unlock takes them into the audit."""
        return self.path / "failed-unlocks.json"

    @property
    def exists(self) -> bool:
        """Whether there is a vault, or what is left of one."""
        return self.records.exists() or self.keys.exists()

    def check_new(self) -> None:
        """Refuses a folder that has a vault, and one with other files: its owner alone could read them afterwards.

        Hidden files don't count; systems leave some in every folder that was looked at.

        Raises:
            VaultExistsError: when a vault is there already, or other files are.
            StorageUnavailableError: when it isn't a folder, or can't be read.
        """
        if self.exists:
            raise VaultExistsError(
                "There are records in this folder already.",
                safe=_UNCHANGED,
                next_step="Unlock them, or choose an empty folder.",
            )
        try:
            others = self.path.exists() and any(not _unseen(entry.name) for entry in self.path.iterdir())
        except NotADirectoryError:
            raise StorageUnavailableError("This is a file, not a folder.", safe=_UNCHANGED, next_step=_EMPTY) from None
        except OSError as error:
            raise translate_os_error(error, "looking into the folder") from None
        if others:
            raise VaultExistsError("There are other files in this folder.", safe=_UNCHANGED, next_step=_EMPTY)

    def prepare(self) -> None:
        """Makes the folder for a new vault, for its owner only.

        Raises:
            VaultExistsError: when a vault is there already, or other files are.
            StorageUnavailableError: when the folder can't be made.
        """
        self.check_new()
        try:
            self.path.mkdir(mode=0o700, parents=True, exist_ok=True)
            self.path.chmod(0o700)
        except OSError as error:
            raise translate_os_error(error, "making the folder for your records") from None

    def tidy(self) -> None:
        """Removes what an interrupted write left behind, and closes the folder to others."""
        sweep_leftovers(self.path)
        if os.name == "posix":
            for path, mode in ((self.path, 0o700), (self.records, 0o600), (self.keys, 0o600)):
                if path.exists() and path.stat().st_mode & 0o077:
                    path.chmod(mode)

    def read_keys(self) -> KeyFile:
        """The key slots; where the file is missing or damaged, as they were before its last change.

        They are put back in place then: the same passphrase opens them, for whoever changes it has the former file removed.

        Raises:
            VaultMissingError: when there are no records.
            DamagedKeyFileError: when both files are missing or damaged; the 24 words open the records without them.
        """
        if not self.exists:
            raise VaultMissingError(
                "There are no records in this folder.",
                next_step="Choose the folder with your records, restore a backup, or set up a new one.",
            )
        try:
            return self._read_keys()
        except DamagedKeyFileError:
            former = self._former_keys()
            if former is None:
                raise
            # On a drive that can only be read it works without.
            with suppress(StorageFullError, StorageUnavailableError):
                write_atomically(self.keys, former.to_bytes())
            return former

    def _former_keys(self) -> KeyFile | None:
        try:
            return KeyFile.from_bytes(self.keys_backup.read_bytes())
        except (OSError, SafePlanError):
            return None

    def _read_keys(self) -> KeyFile:
        try:
            return KeyFile.from_bytes(self.keys.read_bytes())
        except FileNotFoundError:
            raise DamagedKeyFileError(
                "The key file keys.json is missing.",
                safe="Your records are safe.",
                next_step="Open them with your 24 recovery words, or put keys.json back from a backup.",
            ) from None
        except OSError as error:
            raise translate_os_error(error, "reading the key file") from None

    def write_keys(self, keys: KeyFile) -> None:
        """Replaces the key file as a whole, keeping its former self as `keys.json.bak`.

        Raises:
            StorageFullError, StorageUnavailableError: the old file stays as it was.
        """
        write_atomically(self.keys, keys.to_bytes(), keep_previous=self.keys_backup)
        if KeyFile.from_bytes(self.keys.read_bytes()) != keys:
            raise StorageUnavailableError(
                "The key file on the disk isn't what was written.",
                safe="The former key file is kept as keys.json.bak.",
                next_step="Check the disk, then try again.",
            )

    # -- failed unlocks -----------------------------------------------------------------------------------------------

    def note_failed_unlock(self, at: dt.datetime) -> None:
        """Remembers a failed unlock; silently forgets it where the folder can't be written (the unlock failed anyway)."""
        times = [*self.read_failed_unlocks(), at][-MOST_FAILED_UNLOCKS:]
        text = json.dumps([time.astimezone(dt.UTC).isoformat(timespec="seconds") for time in times])
        try:
            write_atomically(self.failed_unlocks, text.encode())
        except (StorageFullError, StorageUnavailableError):
            return

    def read_failed_unlocks(self) -> tuple[dt.datetime, ...]:
        """The remembered times, oldest first; empty when there are none or the file can't be read."""
        try:
            plain = json.loads(self.failed_unlocks.read_bytes())
            return tuple(dt.datetime.fromisoformat(text).astimezone(dt.UTC) for text in plain)
        except (OSError, ValueError, TypeError):
            return ()

    def forget_failed_unlocks(self) -> None:
        """Removes the remembered times, once they are in the audit."""
        self.failed_unlocks.unlink(missing_ok=True)
