"""Files that belong to a record: a signed consent that was scanned in, a certificate of a training."""

from __future__ import annotations

import zlib
from dataclasses import dataclass
from enum import Enum

from safeplan_desktop.domain.changes import Noun
from safeplan_desktop.domain.moments import Moment
from safeplan_desktop.errors import InvalidInputError

LARGEST = 20 * 1024 * 1024
"""Bytes that a file may have."""


class MediaType(Enum):
    """Kinds of files that are taken, by their first bytes; a file's name may say anything."""

    PDF = "application/pdf"
    PNG = "image/png"
    JPEG = "image/jpeg"


_MAGIC = ((b"%PDF-", MediaType.PDF), (b"\x89PNG\r\n\x1a\n", MediaType.PNG), (b"\xff\xd8\xff", MediaType.JPEG))
_PDF_TAIL, _JPEG_TAIL = 2048, 64 * 1024
"""Bytes at the end of a file in which its end mark stands; programs put some of their own behind it."""

_ENDINGS = {MediaType.PDF: ".pdf", MediaType.PNG: ".png", MediaType.JPEG: ".jpg"}


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that was taken in; it never changes.

    Attributes:
        noun, record_id: The record that it belongs to.
        client_id: Whose it is; empty for the practice's own.
        title: What it is, in the therapist's words; the file's own name isn't kept, as it may hold a client's.
        size: In bytes.
        sha256: Of its bytes, in hex.
    """

    id: str
    noun: Noun
    record_id: str
    client_id: str
    title: str
    media_type: MediaType
    size: int
    sha256: str
    entered: Moment

    @property
    def ending(self) -> str:
        """How the name of a copy ends."""
        return _ENDINGS[self.media_type]

    @property
    def sealed(self) -> tuple[str, str, str, str, str, str, int, str]:
        """What the audit holds the hash of."""
        return (
            *(self.id, self.noun.value, self.record_id, self.client_id, self.title, self.media_type.value),
            self.size,
            self.sha256,
        )


def media_type_of(data: bytes) -> MediaType:
    """What a file is, by its first bytes.

    Raises:
        InvalidInputError: for an empty file, one that is too large, and one of another kind.
    """
    if not data:
        raise InvalidInputError("file", "This file is empty.", next_step="Choose a PDF or a picture.")
    if len(data) > LARGEST:
        raise InvalidInputError(
            "file", "This file is larger than 20 MB.", next_step="Scan it with a lower resolution, then try again."
        )
    found = next((kind for magic, kind in _MAGIC if data.startswith(magic)), None)
    if found is None:
        raise InvalidInputError(
            "file",
            "Only PDF, PNG and JPEG files can be taken in, and this is none, whatever its name says.",
            next_step="Save or scan it as one of these.",
        )
    return found


def check_whole(data: bytes, kind: MediaType) -> None:
    """Refuses a file that is cut off: one that was copied only in part would show nothing later.

    Raises:
        InvalidInputError: naming "file".
    """
    ends = {
        MediaType.PDF: lambda: b"%%EOF" in data[-_PDF_TAIL:],
        MediaType.JPEG: lambda: b"\xff\xd9" in data[-_JPEG_TAIL:],
        MediaType.PNG: lambda: _png_ends(data),
    }
    if not ends[kind]():
        raise InvalidInputError(
            "file",
            f"This {'PDF' if kind is MediaType.PDF else 'picture'} is damaged or cut off: its end is missing.",
            next_step="Copy or scan it again, then try once more.",
        )


def _png_ends(data: bytes) -> bool:
    """Whether a picture's pieces, each with its length and checksum, go on to the last one."""
    at = 8
    while at + 12 <= len(data):
        length = int.from_bytes(data[at : at + 4], "big")
        kind, end = data[at + 4 : at + 8], at + 8 + length
        if int.from_bytes(data[end : end + 4], "big") != zlib.crc32(data[at + 4 : end]) or end + 4 > len(data):
            return False
        if kind == b"IEND":
            return True
        at = end + 4
    return False


def size_words(size: int) -> str:
    """A size in bytes, as people read it."""
    kilobytes = size / 1024
    return f"{kilobytes / 1024:.1f} MB" if kilobytes >= 1024 else f"{max(kilobytes, 1):.0f} KB"  # noqa: PLR2004 - KiB in a MiB
