"""The backup file: a stored ZIP of four entries whose comment ends in a code over every byte before it.

The code is checked before anything is parsed. Only the key file, which stands at the very beginning, is read earlier:
without it there is no key to check the code with, and it carries a checksum of its own.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import os
import secrets
import struct
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from safeplan_desktop.domain.backups import BackupManifest
from safeplan_desktop.domain.canonical import UnreadableRecordError, from_json, to_json
from safeplan_desktop.errors import (
    DamagedBackupError,
    DamagedKeyFileError,
    NewerSchemaError,
    StorageUnavailableError,
)
from safeplan_desktop.security.container_mac import TRAILER_PREFIX, TRAILER_SIZE, ContainerMac
from safeplan_desktop.security.data_key import DataKey
from safeplan_desktop.security.key_file import LARGEST_FILE, KeyFile
from safeplan_desktop.storage.atomic_file import fsync_folder, translate_os_error

SUFFIX = ".safeplan-backup"
FORMAT = 1
PIECE = 1 << 20
LARGEST_MANIFEST = 64 * 1024
LARGEST_READ_ME = 64 * 1024
LARGEST_BACKUP = 64 << 30

Report = Callable[[float, str], None]

_KEYS, _MANIFEST, _RECORDS, _READ_ME = "keys.json", "manifest.json", "records.db", "READ-ME.txt"
_ORDER = (_KEYS, _MANIFEST, _RECORDS, _READ_ME)
_LOCAL_HEADER = struct.Struct("<4sHHHHHLLLHH")
_STAMP = (1980, 1, 1, 0, 0, 0)

READ_ME = """\
This is an encrypted backup of SafePlan records. It opens only with the passphrase, or with the 24 recovery words.

With SafePlan: Backups > Restore, or: safeplan-cli restore THIS-FILE NEW-FOLDER

Without SafePlan: this file is a plain ZIP archive. records.db is a SQLCipher 4 database. The 24 recovery words are a
BIP-39 mnemonic; turned back into their 32 bytes of entropy (64 hex digits) they are its raw key:
  SQLCipher 4 shell:          PRAGMA key = "x'<64 hex digits>'";
  SQLite3 Multiple Ciphers:   PRAGMA cipher='sqlcipher'; PRAGMA legacy=4; PRAGMA key="x'<64 hex digits>'";
"""


def damaged(reason: str) -> DamagedBackupError:
    """The refusal of a backup that isn't what was written."""
    return DamagedBackupError(
        f"This backup can't be used: {reason}.",
        safe="Nothing was changed.",
        next_step="Choose another backup; older ones may be whole.",
    )


def file_name(local: dt.datetime) -> str:
    """The name of a backup made at that wall-clock time."""
    return f"safeplan-{local:%Y-%m-%d-%H%M}{SUFFIX}"


@dataclass(frozen=True, slots=True)
class Piece:
    """What is to be packed: the snapshot's file, and the small entries."""

    records: Path
    keys: bytes
    read_me: bytes = READ_ME.encode()


def sha256_of(path: Path) -> str:
    """SHA-256 of a closed file, in hex."""
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while piece := file.read(PIECE):
            digest.update(piece)
    return digest.hexdigest()


def free_name(folder: Path, local: dt.datetime) -> Path:
    """A name in the folder that no file has; a second backup within a minute gets "-2"."""
    plain = folder / file_name(local)
    path, number = plain, 2
    while path.exists():
        path = plain.with_name(f"{plain.name.removesuffix(SUFFIX)}-{number}{SUFFIX}")
        number += 1
    return path


def write_container(
    path: Path,
    piece: Piece,
    manifest: BackupManifest,
    data_key: DataKey,
    *,
    report: Report,
    check_cancelled: Callable[[], None],
) -> None:
    """Writes a backup beside its final name, reads it back from the device, verifies it, then gives it the name.

    Raises:
        StorageFullError, StorageUnavailableError, CancelledError: nothing of the backup is left, no file was touched.
    """
    unfinished = path.with_name(f".safeplan-{secrets.token_hex(8)}.part")
    try:
        handle = os.open(unfinished, os.O_RDWR | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o600)
        with os.fdopen(handle, "w+b") as file:
            _pack(file, piece, manifest, report, check_cancelled)
            _finish(file, data_key)
        report(0.7, "Reading the backup back")
        _drop_from_memory(unfinished)
        read_container(unfinished, data_key)
        check_cancelled()
        unfinished.replace(path)
        fsync_folder(path.parent)
    except OSError as error:
        unfinished.unlink(missing_ok=True)
        raise translate_os_error(error, "writing the backup") from None
    except BaseException:
        unfinished.unlink(missing_ok=True)
        raise


def _pack(
    file: BinaryIO,
    piece: Piece,
    manifest: BackupManifest,
    report: Report,
    check_cancelled: Callable[[], None],
) -> None:
    small = {_KEYS: piece.keys, _MANIFEST: to_json(manifest).encode(), _READ_ME: piece.read_me}
    with zipfile.ZipFile(file, "w", zipfile.ZIP_STORED, allowZip64=True) as archive:
        for name in _ORDER:
            info = zipfile.ZipInfo(name, _STAMP)
            info.external_attr = 0o600 << 16
            if name in small:
                archive.writestr(info, small[name])
                continue
            done = 0
            with piece.records.open("rb") as source, archive.open(info, "w", force_zip64=False) as entry:
                while data := source.read(PIECE):
                    check_cancelled()
                    entry.write(data)
                    done += len(data)
                    report(0.4 + 0.3 * done / max(manifest.records_size, 1), "Writing the backup")
        archive.comment = TRAILER_PREFIX + b"0" * (TRAILER_SIZE - len(TRAILER_PREFIX))


def _finish(file: BinaryIO, data_key: DataKey) -> None:
    """Puts the code over every byte before it in the place that was kept for it."""
    file.flush()
    end = file.seek(0, os.SEEK_END)
    mac = _mac_of(file, end - TRAILER_SIZE, data_key)
    file.seek(end - TRAILER_SIZE)
    file.write(mac.trailer())
    file.flush()
    os.fsync(file.fileno())


def _mac_of(file: BinaryIO, length: int, data_key: DataKey) -> ContainerMac:
    mac = ContainerMac(data_key)
    file.seek(0)
    rest = length
    while rest > 0:
        data = file.read(min(PIECE, rest))
        if not data:
            raise damaged("it ends too early")
        mac.update(data)
        rest -= len(data)
    return mac


def _drop_from_memory(path: Path) -> None:
    """Asks the system to forget the file, so that reading it back reads the device."""
    if hasattr(os, "posix_fadvise"):
        with path.open("rb") as file:
            os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)


def _refuse_no_file(path: Path) -> None:
    if not path.is_file():
        raise StorageUnavailableError(
            "There is no such backup file.",
            safe="Nothing was changed.",
            next_step="Check the name, or connect the drive.",
        )


def read_keys(path: Path) -> KeyFile:
    """The key file at the beginning of a backup; not yet authenticated, but it has its own checksum.

    Raises:
        DamagedBackupError: when there is none, or it isn't what was written.
        StorageUnavailableError: when the file can't be read.
    """
    _refuse_no_file(path)
    try:
        with path.open("rb") as file:
            beginning = file.read(_LOCAL_HEADER.size + len(_KEYS) + LARGEST_FILE)
    except OSError as error:
        raise translate_os_error(error, "reading the backup") from None
    if len(beginning) < _LOCAL_HEADER.size:
        raise damaged("it isn't a SafePlan backup, or it is damaged")
    signature, _, flags, method, _, _, _, packed, size, name_length, extra = _LOCAL_HEADER.unpack_from(beginning)
    name_end = _LOCAL_HEADER.size + name_length
    name = beginning[_LOCAL_HEADER.size : name_end]
    if (signature, flags, method, extra, name) != (b"PK\x03\x04", 0, 0, 0, _KEYS.encode()) or packed != size:
        raise damaged("it isn't a SafePlan backup, or it is damaged")
    if size > LARGEST_FILE or name_end + size > len(beginning):
        raise damaged("its key file is damaged")
    try:
        return KeyFile.from_bytes(beginning[name_end : name_end + size])
    except DamagedKeyFileError:
        raise damaged("its key file is damaged") from None


@dataclass(frozen=True, slots=True)
class Container:
    """A backup whose every byte was authenticated."""

    path: Path
    manifest: BackupManifest
    keys: KeyFile
    keys_bytes: bytes

    def extract_records(self, target: Path, check_cancelled: Callable[[], None] | None = None) -> None:
        """Writes the snapshot into a new file and compares its hash.

        Raises:
            DamagedBackupError: when it isn't what the manifest says; the file is removed.
            StorageFullError, StorageUnavailableError: the same.
        """
        digest = hashlib.sha256()
        try:
            handle = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o600)
            with (
                os.fdopen(handle, "wb") as out,
                zipfile.ZipFile(self.path) as archive,
                archive.open(_RECORDS) as entry,
            ):
                while data := entry.read(PIECE):
                    if check_cancelled is not None:
                        check_cancelled()
                    digest.update(data)
                    out.write(data)
                out.flush()
                os.fsync(out.fileno())
            if digest.hexdigest() != self.manifest.records_sha256:
                raise damaged("its records aren't what its manifest says")  # noqa: TRY301 - the same refusal as for a broken archive
        except zipfile.BadZipFile:
            target.unlink(missing_ok=True)
            raise damaged("it changed while it was read") from None
        except OSError as error:
            target.unlink(missing_ok=True)
            raise translate_os_error(error, "unpacking the backup") from None
        except BaseException:
            target.unlink(missing_ok=True)
            raise


def read_container(path: Path, data_key: DataKey) -> Container:
    """A backup, authenticated as a whole before anything in it is parsed.

    Raises:
        DamagedBackupError: when one bit isn't what was written, or the key is that of other records.
        NewerSchemaError: when a newer program wrote the container.
        StorageUnavailableError: when the file can't be read.
    """
    try:
        with path.open("rb") as file:
            end = file.seek(0, os.SEEK_END)
            _authenticate(file, end, data_key)
            return _parse(path, file)
    except OSError as error:
        raise translate_os_error(error, "reading the backup") from None


def _authenticate(file: BinaryIO, end: int, data_key: DataKey) -> None:
    if not TRAILER_SIZE < end <= LARGEST_BACKUP:
        raise damaged("it isn't a SafePlan backup, or it is damaged")
    file.seek(end - TRAILER_SIZE)
    trailer = file.read(TRAILER_SIZE)
    mac = _mac_of(file, end - TRAILER_SIZE, data_key)
    if trailer[: len(TRAILER_PREFIX)] != TRAILER_PREFIX or not mac.verify(trailer[len(TRAILER_PREFIX) :]):
        raise damaged("it was damaged or changed, or it belongs to other records")


def _parse(path: Path, file: BinaryIO) -> Container:
    limits = {
        _KEYS: LARGEST_FILE,
        _MANIFEST: LARGEST_MANIFEST,
        _RECORDS: LARGEST_BACKUP,
        _READ_ME: LARGEST_READ_ME,
    }
    try:
        file.seek(0)
        with zipfile.ZipFile(file) as archive:
            entries = archive.infolist()
            if tuple(entry.filename for entry in entries) != _ORDER:
                raise damaged("it holds other files than a backup does")
            for entry in entries:
                stored = entry.compress_type == zipfile.ZIP_STORED and entry.compress_size == entry.file_size
                if not stored or entry.file_size > limits[entry.filename]:
                    raise damaged("one of its files is larger than it may be")
            manifest = from_json(archive.read(_MANIFEST).decode(), BackupManifest)
            keys_bytes = archive.read(_KEYS)
            read_me = archive.read(_READ_ME)
            records_size = archive.getinfo(_RECORDS).file_size
    except (zipfile.BadZipFile, UnreadableRecordError, UnicodeDecodeError):
        raise damaged("it isn't a SafePlan backup, or it is damaged") from None
    if manifest.format > FORMAT:
        raise NewerSchemaError(
            "This backup was written by a newer version of SafePlan.",
            safe="Nothing was changed.",
            next_step="Install the newer version, then restore it.",
        )
    said = (manifest.keys_size, manifest.keys_sha256, manifest.read_me_size, manifest.read_me_sha256)
    found = (
        len(keys_bytes),
        hashlib.sha256(keys_bytes).hexdigest(),
        len(read_me),
        hashlib.sha256(read_me).hexdigest(),
    )
    if said != found or records_size != manifest.records_size:
        raise damaged("its files aren't what its manifest says")
    return Container(path, manifest, KeyFile.from_bytes(keys_bytes), keys_bytes)
