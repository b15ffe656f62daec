"""Attachments in the database, cut in pieces so that no row is as large as a file."""

from __future__ import annotations

from safeplan_desktop.domain.attachments import Attachment, MediaType
from safeplan_desktop.domain.changes import Noun
from safeplan_desktop.storage.connection import Database, Row
from safeplan_desktop.storage.rows import instant, parse_moment

PIECE = 64 * 1024


def insert(database: Database, attachment: Attachment, data: bytes) -> None:
    """Adds an attachment with its bytes."""
    database.execute(
        "INSERT INTO attachment (id, noun, record_id, client_id, title, media_type, size, sha256, entered_at, entered_zone)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            attachment.id,
            attachment.noun.value,
            attachment.record_id,
            attachment.client_id or None,
            attachment.title,
            attachment.media_type.value,
            attachment.size,
            attachment.sha256,
            instant(attachment.entered.at),
            attachment.entered.zone,
        ),
    )
    for position, begin in enumerate(range(0, len(data), PIECE)):
        database.execute(
            "INSERT INTO attachment_piece (attachment_id, position, bytes) VALUES (?, ?, ?)",
            (attachment.id, position, data[begin : begin + PIECE]),
        )


_COLUMNS = "id, noun, record_id, client_id, title, media_type, size, sha256, entered_at, entered_zone"


def find(database: Database, attachment_id: str) -> Attachment | None:
    """One attachment, or None."""
    row = database.row(f"SELECT {_COLUMNS} FROM attachment WHERE id = ?", (attachment_id,))
    return None if row is None else _attachment(row)


def content(database: Database, attachment_id: str) -> bytes:
    """An attachment's bytes; empty where there is none."""
    rows = database.execute(
        "SELECT bytes FROM attachment_piece WHERE attachment_id = ? ORDER BY position", (attachment_id,)
    )
    return b"".join(row[0] for row in rows)


def of_record(database: Database, record_id: str) -> tuple[Attachment, ...]:
    """A record's attachments, the oldest first."""
    rows = database.execute(
        f"SELECT {_COLUMNS} FROM attachment WHERE record_id = ? ORDER BY entered_at, id", (record_id,)
    )
    return tuple(_attachment(row) for row in rows)


def of_client(database: Database, client_id: str) -> tuple[Attachment, ...]:
    """A client's attachments, the newest first."""
    rows = database.execute(
        f"SELECT {_COLUMNS} FROM attachment WHERE client_id = ? ORDER BY entered_at DESC, id", (client_id,)
    )
    return tuple(_attachment(row) for row in rows)


def _attachment(row: Row) -> Attachment:
    attachment_id, noun, record_id, client_id, title, media_type, size, sha256, at, zone = row
    return Attachment(
        id=attachment_id,
        noun=Noun(noun),
        record_id=record_id,
        client_id=client_id or "",
        title=title,
        media_type=MediaType(media_type),
        size=size,
        sha256=sha256,
        entered=parse_moment(at, zone),
    )
