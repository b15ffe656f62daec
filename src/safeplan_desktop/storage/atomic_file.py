"""Small files written whole or not at all, whatever happens in between: a kill, a power cut, a full disk."""

from __future__ import annotations

import contextlib
import errno
import os
import secrets
import sys
from pathlib import Path
from typing import Final

from safeplan_desktop.errors import SafePlanError, StorageFullError, StorageUnavailableError

LEFTOVER_PREFIX: Final = ".safeplan-"
"""How the name of every unfinished file begins, so that what a kill left behind is known as ours."""

_OPEN_FLAGS: Final = (
    os.O_WRONLY
    | os.O_CREAT
    | os.O_EXCL
    | getattr(os, "O_NOFOLLOW", 0)
    | getattr(os, "O_CLOEXEC", 0)
    | getattr(os, "O_BINARY", 0)
)

_SAFE: Final = "What was saved before is unchanged."

_FULL: Final = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
_REFUSED: Final = frozenset({errno.EACCES, errno.EPERM})
_GONE: Final = frozenset({errno.ENOENT, errno.ENOTDIR, errno.ENODEV, errno.ENXIO, errno.ESTALE})

_FOLDER_SYNC_UNSUPPORTED: Final = frozenset({errno.EINVAL, errno.ENOTSUP, errno.EBADF, errno.EACCES, errno.EPERM})


def write_atomically(
    path: Path,
    data: bytes,
    *,
    mode: int = 0o600,
    keep_previous: Path | None = None,
    doing: str = "saving a file",
) -> None:
    """Puts `data` at `path`: at every instant there is the whole old file or the whole new one.

    When it returns, the new one has reached the disk. Where `path` is a link, the link is replaced.

    Args:
        path: In a folder that exists.
        data: The whole content.
        mode: The file's permissions, whatever the umask.
        keep_previous: Where to put the old content first, just as safely; left alone where there is none.
        doing: What the therapist would call this, for the sentence when it fails.

    Raises:
        StorageFullError, StorageUnavailableError: the old file is as it was, and nothing is left beside it.
    """
    try:
        if keep_previous is not None:
            with contextlib.suppress(FileNotFoundError):
                _write(keep_previous, path.read_bytes(), mode)
        _write(path, data, mode)
    except OSError as error:
        # The cause holds a path, so it isn't kept.
        raise translate_os_error(error, doing) from None


def write_document(path: Path, document: bytes) -> None:
    """Writes a document where the therapist chose. It replaces only one of its kind, and never anything beside records.

    A PDF replaces a PDF, answers as JSON replace JSON, a calendar replaces a calendar; a text or a table replaces only a
    file with such an ending that isn't a PDF or a database.

    Raises:
        StorageUnavailableError: for a folder with records, a folder, or a file of another kind; nothing was changed.
        StorageFullError: the old file is as it was.
    """
    target = path.resolve()
    # Looked at by name only: opening live records here, even to read them, would release their lock.
    if any((target.parent / name).exists() for name in ("records.db", "keys.json")):
        raise StorageUnavailableError(
            "This folder holds records, so no document is saved in it.",
            safe="Nothing was changed.",
            next_step="Choose another folder.",
        )
    if not path.name or target.is_dir():
        raise StorageUnavailableError(
            "This is a folder, not a file name.", safe="Nothing was changed.", next_step="Add a file name."
        )
    try:
        # A second name of one file could be that of live records elsewhere, so it isn't opened either.
        taken = target.exists() and (target.stat().st_nlink > 1 or not _is_alike(target, document))
    except OSError as error:
        raise translate_os_error(error, "looking at the file of that name") from None
    if taken:
        raise StorageUnavailableError(
            "There is a file of this name already, and it isn't a PDF."
            if document.startswith(_PDF)
            else "There is a file of this name already, and it is of another kind.",
            safe="Nothing was changed.",
            next_step="Choose another name.",
        )
    write_atomically(path, document)


_PDF = b"%PDF-"
_BEGINNINGS = (_PDF, b"{", b"BEGIN:VCALENDAR")
_TEXTS = (".csv", ".txt")


def _is_alike(path: Path, document: bytes) -> bool:
    with path.open("rb") as file:
        head = file.read(64)
    for beginning in _BEGINNINGS:
        if document.startswith(beginning):
            return head.startswith(beginning)
    return path.suffix.lower() in _TEXTS and b"\x00" not in head and not head.startswith(_PDF)


def fsync_folder(path: Path) -> None:
    """Makes the names in a folder reach the disk, where the system can be asked to (Windows can't).

    Raises:
        OSError: when the drive fails.
    """
    if os.name == "nt":
        return
    try:
        handle = os.open(path, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
    except OSError as error:
        if error.errno not in _FOLDER_SYNC_UNSUPPORTED:
            raise


def sweep_leftovers(folder: Path) -> int:
    """Removes the unfinished files that a kill left in a folder, and says how many.

    Call it only while nobody else can be writing there: the unfinished file of a living process looks the
    same. What can't be removed is left for the next time.
    """
    removed = 0
    with contextlib.suppress(OSError):
        for entry in os.scandir(folder):
            if entry.name.startswith(LEFTOVER_PREFIX) and entry.is_file(follow_symlinks=False):
                with contextlib.suppress(OSError):
                    Path(entry).unlink()
                    removed += 1
    return removed


def translate_os_error(error: OSError, doing: str) -> SafePlanError:
    """The expected failure that an error of the operating system stands for, without the path that it holds.

    Args:
        error: What was raised.
        doing: What was being done, as in "saving a file": the program's words, never what somebody typed.
    """
    if error.errno in _FULL:
        return StorageFullError(
            f"The disk is full: there was no room left while {doing}.",
            safe=_SAFE,
            next_step="Free some space, then try again.",
        )
    if error.errno in _REFUSED:
        what, next_step = (
            "Permission was refused",
            "Check that you may write to that folder, or choose another one.",
        )
    elif error.errno == errno.EROFS:
        what, next_step = (
            "The drive can only be read",
            "Take off its write protection, or choose another folder.",
        )
    elif error.errno in _GONE:
        what, next_step = (
            "The folder or drive wasn't there",
            "Plug the drive in again, or choose another folder.",
        )
    elif error.errno == errno.EIO:
        what, next_step = "The drive reported a fault", "Try again; if it happens again, use another drive."
    else:
        what, next_step = "The folder or drive couldn't be used", "Try again, or choose another folder."
    return StorageUnavailableError(f"{what} while {doing}.", safe=_SAFE, next_step=next_step)


def _write(path: Path, data: bytes, mode: int) -> None:
    unfinished = path.with_name(f"{LEFTOVER_PREFIX}{secrets.token_hex(8)}.tmp")
    handle = os.open(unfinished, _OPEN_FLAGS, 0o600)
    try:
        try:
            if os.name == "posix":
                os.fchmod(handle, mode)
            _write_all(handle, data)
            _flush(handle)
        finally:
            os.close(handle)
        unfinished.replace(path)
    except BaseException:
        with contextlib.suppress(OSError):
            unfinished.unlink()
        raise
    fsync_folder(path.parent)


def _write_all(handle: int, data: bytes) -> None:
    rest = memoryview(data)
    while rest:
        rest = rest[os.write(handle, rest) :]


def _flush(handle: int) -> None:
    """Makes a file's bytes reach the disk; on a Mac `fsync` stops at the drive's own memory."""
    if sys.platform == "darwin":
        import fcntl  # noqa: PLC0415 - Windows hasn't got it

        with contextlib.suppress(OSError):  # Some drives can't; the plain way follows.
            fcntl.fcntl(handle, fcntl.F_FULLFSYNC)
            return
    os.fsync(handle)
