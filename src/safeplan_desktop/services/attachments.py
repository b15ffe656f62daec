"""Attachments: take a file in, show it, save a copy."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from safeplan_desktop.domain.attachments import LARGEST, Attachment, check_whole, media_type_of
from safeplan_desktop.domain.audit import AuditAction
from safeplan_desktop.domain.canonical import content_hash, to_json
from safeplan_desktop.domain.changes import Change, Noun
from safeplan_desktop.domain.ids import new_id
from safeplan_desktop.errors import DamagedVaultError, InvalidInputError, NotFoundError, StorageUnavailableError
from safeplan_desktop.services.desk import Desk
from safeplan_desktop.storage import attachments as stored

_STEP = 1024 * 1024


def read_file(path: Path, report: Callable[[float], None] = lambda _fraction: None) -> bytes:
    """A file as it may be taken in: small enough, of a kind that is taken, and whole. For a job.

    Args:
        path: The file.
        report: Hears how far the reading is, from 0.0 to 1.0.

    Raises:
        InvalidInputError: naming "file", where it is empty, too large, of another kind, or cut off.
        StorageUnavailableError: when it can't be read.
    """
    data = bytearray()
    try:
        size = max(path.stat().st_size, 1)
        with path.open("rb") as file:
            while len(data) <= LARGEST and (piece := file.read(_STEP)):
                data += piece
                report(min(len(data) / size, 1.0))
    except OSError:
        raise StorageUnavailableError(
            "This file can't be read.",
            safe="Nothing was taken in.",
            next_step="Check that the drive is there and that you may read the file, then try again.",
        ) from None
    whole = bytes(data)
    check_whole(whole, media_type_of(whole))
    return whole


@dataclass(frozen=True, slots=True)
class Attachments:
    """Files that belong to records."""

    desk: Desk

    def take_in(self, noun: Noun, record_id: str, data: bytes, *, title: str, client_id: str = "") -> Attachment:
        """Keeps a file with a record.

        Raises:
            InvalidInputError: naming "title" where it is empty, or "file" where the file is empty, too large or of
                another kind than PDF, PNG and JPEG.
        """
        made = self.store(noun, record_id, data, title=title, client_id=client_id)
        self.tell(made)
        return made

    def store(self, noun: Noun, record_id: str, data: bytes, *, title: str, client_id: str = "") -> Attachment:
        """The same from a job: nobody is told of it before `tell` is called in the window's thread."""
        if not title.strip():
            raise InvalidInputError("title", "Please type what this file is.")
        media_type = media_type_of(data)
        sha256 = hashlib.sha256(data).hexdigest()
        with self.desk.entry() as entry:
            made = Attachment(
                id=new_id(),
                noun=noun,
                record_id=record_id,
                client_id=client_id,
                title=title.strip(),
                media_type=media_type,
                size=len(data),
                sha256=sha256,
                entered=entry.moment,
            )
            stored.insert(self.desk.database, made, data)
            sealed = content_hash(to_json(made.sealed))
            entry.audit(AuditAction.CREATED, Noun.ATTACHMENT, made.id, detail=noun.value, content_hash=sealed)
        return made

    def tell(self, made: Attachment) -> None:
        """Tells the screens of a file that was taken in."""
        self.desk.on_change(Change(Noun.ATTACHMENT, made.id, made.client_id))
        self.desk.on_change(Change(made.noun, made.record_id, made.client_id))

    def get(self, attachment_id: str) -> Attachment:
        """One attachment.

        Raises:
            NotFoundError: when it isn't there.
        """
        found = stored.find(self.desk.database, attachment_id)
        if found is None:
            raise NotFoundError("This file isn't in the records.")
        return found

    def content(self, attachment_id: str) -> bytes:
        """An attachment's bytes, as they were taken in.

        Raises:
            NotFoundError: when it isn't there.
            DamagedVaultError: when its bytes aren't those that were taken in.
        """
        found = self.get(attachment_id)
        data = stored.content(self.desk.database, attachment_id)
        if hashlib.sha256(data).hexdigest() != found.sha256:
            raise DamagedVaultError(
                "This file isn't what was taken in.",
                safe="Nothing else is affected.",
                next_step="Look for it in a backup, and run Check my records.",
            )
        return data

    def of_record(self, record_id: str) -> tuple[Attachment, ...]:
        """A record's attachments, the oldest first."""
        return stored.of_record(self.desk.database, record_id)

    def of_client(self, client_id: str) -> tuple[Attachment, ...]:
        """A client's attachments, the newest first."""
        return stored.of_client(self.desk.database, client_id)
