"""The one connection to the encrypted database, and the only importer of its driver.

Choices and their evidence: a raw key with its salt (a wrong length would silently be taken as a passphrase), exclusive
locking (a second opener is refused at once, and death releases it), a truncated rollback journal with
`synchronous=EXTRA` (nothing acknowledged was lost in thousands of kills and simulated power cuts), no attached
databases and no temporary files outside memory.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Self

from sqlcipher3 import dbapi2 as driver

from safeplan_desktop.errors import (
    DamagedVaultError,
    SafePlanError,
    StorageFullError,
    StorageUnavailableError,
    VaultInUseError,
    VaultLockedError,
    VaultMissingError,
)
from safeplan_desktop.security.data_key import DataKey
from safeplan_desktop.storage.atomic_file import translate_os_error

Value = str | int | bytes | None
Row = tuple[Any, ...]

APPLICATION_ID = 0x53504C4E
"""`SPLN`: says that a SQLite file is one of ours."""

PAGES_PER_STEP = 256
"""One megabyte a step, so that typing goes on while a snapshot is taken."""

SMALLEST_DATABASE = 4096

_BUSY, _NOMEM, _READONLY, _IOERR, _CORRUPT, _FULL, _CANTOPEN, _NOTADB = 5, 7, 8, 10, 11, 13, 14, 26

_DENIED = frozenset({driver.SQLITE_ATTACH, driver.SQLITE_DETACH})


_CODES = {
    "database is locked": _BUSY,
    "attempt to write a readonly database": _READONLY,
    "disk I/O error": _IOERR,
    "database disk image is malformed": _CORRUPT,
    "database or disk is full": _FULL,
    "unable to open database file": _CANTOPEN,
    "file is not a database": _NOTADB,
}
"""SQLite's own fixed sentences, for errors that the driver raises without a code: those of the backup API."""


def _sqlite_code(error: Exception) -> int:
    code = int(getattr(error, "sqlite_errorcode", 0) or 0) & 0xFF
    return code or _CODES.get(str(error), 0)


def translate(error: driver.Error) -> SafePlanError | None:
    """The expected failure that a driver error stands for; None when it is a bug."""
    code = _sqlite_code(error)
    if code == _BUSY:
        return VaultInUseError(
            "These records are open in another window or command.",
            safe="Nothing was changed.",
            next_step="Close or lock the other one, then try again.",
        )
    if code == _FULL:
        return StorageFullError(
            "The disk is full.",
            safe="Everything that was saved before is safe; the last change wasn't saved.",
            next_step="Free some space, then try again.",
        )
    if code in (_CORRUPT, _NOTADB):
        return DamagedVaultError(
            "The records file is damaged: it can't be read as it was written.",
            safe="Nothing was changed.",
            next_step="Restore the newest backup; the damaged file is kept beside it.",
        )
    if code in (_READONLY, _IOERR, _CANTOPEN):
        return StorageUnavailableError(
            "The folder with the records can't be read or written just now.",
            safe="Everything that was saved before is safe.",
            next_step="Check that the drive is there and that you may write to it, then try again.",
        )
    return None


@contextmanager
def _translated() -> Iterator[None]:
    try:
        yield
    except driver.Error as error:
        expected = translate(error)
        if expected is None:
            raise
        # The driver's text may quote a statement; it isn't kept.
        raise expected from None


def _authorize(action: int, *_: object) -> int:
    return int(driver.SQLITE_DENY if action in _DENIED else driver.SQLITE_OK)


class _Turns:
    """A lock that one thread may take several times, and that a thread may hand to whoever waits for it."""

    def __init__(self) -> None:
        self._lock = threading.RLock()
        self._door = threading.Lock()

    def __enter__(self) -> None:
        if not self._lock.acquire(blocking=False):
            self.take_turn()

    def __exit__(self, *_: object) -> None:
        self._lock.release()

    def take_turn(self) -> None:
        """Takes the lock behind those who wait already: the first of them stands in the door until it has it."""
        with self._door:
            self._lock.acquire()

    def release(self) -> None:
        """Lets others in; `take_turn` takes the lock again."""
        self._lock.release()


class Database:
    """An open, keyed database. All statements run under one lock, in whatever thread they come from."""

    def __init__(self, connection: driver.Connection, path: Path) -> None:
        """Use `create`, `open` or `open_snapshot` instead."""
        self._connection: driver.Connection | None = connection
        self._lock = _Turns()
        self.path = path

    # -- opening and closing ----------------------------------------------------------------------------------------

    @classmethod
    def create(cls, path: Path, key: DataKey) -> Self:
        """A new, empty database; the file must not exist.

        Raises:
            StorageUnavailableError: when the folder can't be written.
            StorageFullError: when the disk is full.
        """
        path.touch(mode=0o600, exist_ok=False)
        database = cls._connect(path, key, mode="rwc")
        database.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        return database

    @classmethod
    def open(cls, path: Path, key: DataKey) -> Self:
        """The existing database at `path`.

        Raises:
            VaultMissingError: when there is no such file.
            DamagedVaultError: when it isn't a database under this key.
            VaultInUseError: when somebody else has it open.
        """
        if not path.exists():
            raise VaultMissingError(
                "The records file isn't in this folder.",
                next_step="Choose the folder with your records, or restore a backup.",
            )
        if path.stat().st_size < SMALLEST_DATABASE:
            raise DamagedVaultError(
                "The records file is damaged: it is shorter than any records file can be.",
                safe="Nothing was changed.",
                next_step="Restore the newest backup; the damaged file is kept beside it.",
            )
        database = cls._connect(path, key, mode="rw")
        if database.value("PRAGMA application_id") != APPLICATION_ID:
            database.close()
            raise DamagedVaultError(
                "The records file isn't one of this program's.",
                safe="Nothing was changed.",
                next_step="Choose the folder with your records, or restore a backup.",
            )
        return database

    @classmethod
    def open_snapshot(cls, path: Path, key: DataKey) -> Self:
        """A snapshot that nobody else uses, for reading only; the file isn't touched.

        Raises:
            DamagedVaultError: when it isn't a database under this key.
        """
        return cls._connect(path, key, mode="ro&immutable=1", live=False)

    @classmethod
    def in_memory(cls) -> Self:
        """An empty database that is nowhere on the disk, to compare a schema with; it holds no record."""
        return cls(driver.connect(":memory:", isolation_level=None, check_same_thread=False), Path())

    @classmethod
    def _connect(cls, path: Path, key: DataKey, *, mode: str, live: bool = True) -> Self:
        with _translated():
            connection = driver.connect(
                f"{path.absolute().as_uri()}?mode={mode}",
                uri=True,
                isolation_level=None,
                check_same_thread=False,
                timeout=0,
            )
        try:
            with _translated():
                connection.execute("PRAGMA cipher_log_level = NONE")
                # `cipher_memory_security` stays off: it made look-ups 24 times slower (measured on 600 screenings), and a
                # lock replaces the process, which takes all memory with it.
                raw = key.raw_key()
                connection.set_key(raw)
                raw[:] = bytes(len(raw))
                if live:
                    connection.execute("PRAGMA locking_mode = EXCLUSIVE")
                # A wrong key and a damaged header show here first, and look the same.
                connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
                if live:
                    connection.execute("PRAGMA journal_mode = TRUNCATE").fetchone()
                    connection.execute("PRAGMA synchronous = EXTRA")
                    connection.execute("PRAGMA secure_delete = ON").fetchone()
                    # Exclusive locking takes its lock at the first write; take it now, so that the second opener is
                    # refused before it has shown anything.
                    connection.execute("BEGIN EXCLUSIVE")
                    connection.execute("COMMIT")
                connection.execute("PRAGMA foreign_keys = ON")
                connection.execute("PRAGMA trusted_schema = OFF")
                connection.execute("PRAGMA cell_size_check = ON")
                connection.set_authorizer(_authorize)
        except BaseException:
            connection.close()
            raise
        return cls(connection, path)

    def close(self) -> None:
        """Closes the connection; the key goes with it. Harmless when it is closed already."""
        with self._lock:
            if self._connection is not None:
                self._connection.close()
                self._connection = None

    @property
    def is_open(self) -> bool:
        """Whether statements can be run."""
        return self._connection is not None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _live(self) -> driver.Connection:
        if self._connection is None:
            raise VaultLockedError("The records are locked.", next_step="Unlock them, then try again.")
        return self._connection

    # -- statements -------------------------------------------------------------------------------------------------

    def execute(self, sql: str, values: Sequence[Value] = ()) -> list[Row]:
        """Runs one statement and gives all its rows.

        Raises:
            SafePlanError: for a full disk, a vanished drive, a damaged page, a locked vault.
        """
        with self._lock, _translated():
            try:
                return list(self._live().execute(sql, tuple(values)).fetchall())
            except driver.Error:
                self._read_pages_afresh()  # a failed statement is taken back, and with some failures its transaction too
                raise

    def row(self, sql: str, values: Sequence[Value] = ()) -> Row | None:
        """The first row, or None."""
        rows = self.execute(sql, values)
        return rows[0] if rows else None

    def value(self, sql: str, values: Sequence[Value] = ()) -> Any:  # noqa: ANN401 - a column may hold any type
        """The first column of the first row, or None."""
        row = self.row(sql, values)
        return row[0] if row else None

    def changes(self) -> int:
        """How many rows were written since the records were opened: what was read before holds while it is the same."""
        with self._lock:
            return int(self._live().total_changes)

    def has_table(self, name: str) -> bool:
        """Whether there is a table of that name; records of an earlier schema lack some."""
        return bool(self.value("SELECT count(*) FROM sqlite_master WHERE type = 'table' AND name = ?", (name,)))

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All statements inside take effect together or not at all. Transactions don't nest."""
        with self._lock:
            self.execute("BEGIN IMMEDIATE")
            try:
                yield
                self.execute("COMMIT")
            except BaseException:
                self.roll_back()
                raise

    def roll_back(self) -> None:
        """Ends an open transaction as if it had never begun; harmless when there is none.

        Raises:
            StorageUnavailableError: when the drive vanished; the next opening finishes it.
        """
        with self._lock, _translated():
            if self._connection is not None:
                if self._connection.in_transaction:
                    self._connection.execute("ROLLBACK")
                self._read_pages_afresh()

    def _read_pages_afresh(self) -> None:
        """Forgets every page that is held in memory, once no transaction is open.

        SQLCipher takes a page back from the journal in two steps: it puts the encrypted page in place, lets SQLite read its
        head, and decrypts it then. About once in 6,000 times the encrypted head looks like a sound one, and the first page,
        which lists the tables, passes for something else until it is read again: a sound file would be called damaged.
        Measured with SQLCipher 4.19: 5 of 40,000 times with the pages kept, none of 40,000 with the pages forgotten.
        """
        if self._connection is not None and not self._connection.in_transaction:
            self._connection.execute("PRAGMA shrink_memory")

    def run_script(self, script: str) -> None:
        """Runs several statements; unlike the driver's own `executescript`, it doesn't commit an open transaction."""
        statement = ""
        for line in script.splitlines(keepends=True):
            statement += line
            if driver.complete_statement(statement):
                self.execute(statement)
                statement = ""
        if statement.strip() and not statement.strip().startswith("--"):
            raise ValueError("the script ends in the middle of a statement")

    # -- snapshots --------------------------------------------------------------------------------------------------

    def snapshot_to(self, path: Path, key: DataKey, *, progress: Callable[[float], None] | None = None) -> None:
        """A copy of the whole database under `key`, with that key's salt, by the backup API in steps.

        Between two steps others may read and write: what is written meanwhile by this one connection goes into the copy,
        which is the database as it is when the last step ends.

        Args:
            path: A file that doesn't exist yet.
            key: The key of the copy; its salt is used as it is.
            progress: Called with 0.0 to 1.0 between steps; whatever it raises ends the copy.

        Raises:
            SafePlanError: for a full disk, a drive that can only be read or that vanished, or records that are locked
                meanwhile; the unfinished file is removed.
        """
        try:
            path.touch(mode=0o600, exist_ok=False)
        except FileExistsError:
            raise
        except OSError as error:
            raise translate_os_error(error, "copying the records") from None
        target = driver.connect(f"{path.absolute().as_uri()}?mode=rw", uri=True, isolation_level=None)

        def step(_status: int, remaining: int, total: int) -> None:
            self._lock.release()
            try:
                if progress is not None:
                    progress(1.0 - remaining / max(total, 1))
            finally:
                self._lock.take_turn()
            self._live()  # the records may have been locked meanwhile

        try:
            with _translated():
                target.execute("PRAGMA cipher_log_level = NONE")
                raw = key.raw_key()
                target.set_key(raw)
                raw[:] = bytes(len(raw))
                with self._lock:
                    self._live().backup(target, pages=PAGES_PER_STEP, progress=step)
            target.close()
        except BaseException:
            target.close()
            path.unlink(missing_ok=True)
            raise

    def vacuum(self) -> None:
        """Rewrites the file without its unused pages.

        The copy that SQLite makes for it is attached and encrypted under the same key, so attaching is allowed meanwhile.

        Raises:
            SafePlanError: for a full disk or a vanished drive; the file is as it was.
        """
        with self._lock:
            self._live().set_authorizer(None)
            try:
                self.execute("VACUUM")
            finally:
                self._live().set_authorizer(_authorize)

    def integrity_problems(self) -> list[str]:
        """What SQLite's own check finds wrong, as its short English lines; empty when nothing is."""
        return self._check_lines("PRAGMA integrity_check")

    def cipher_problems(self) -> list[str]:
        """Pages whose authentication code doesn't match; empty when all do. Use a connection of its own for this."""
        return self._check_lines("PRAGMA cipher_integrity_check")

    def _check_lines(self, pragma: str) -> list[str]:
        try:
            rows = self.execute(pragma)
        except (DamagedVaultError, StorageUnavailableError):
            if not self.path.exists():
                raise
            return ["a page can't be read"]
        return [str(row[0]) for row in rows if row[0] != "ok"]

    @property
    def size(self) -> int:
        """The size of the database in bytes; the file itself is never opened for that."""
        return int(self.value("PRAGMA page_count")) * int(self.value("PRAGMA page_size"))

    @property
    def schema_version(self) -> int:
        """The version of the schema that the file holds."""
        return int(self.value("PRAGMA user_version"))
