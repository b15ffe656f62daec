"""Signed records of every kind that needs no columns of its own, in the database."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Collection
from dataclasses import replace

from safeplan_desktop.domain.canonical import from_json
from safeplan_desktop.domain.changes import Noun
from safeplan_desktop.domain.signed_records import SignedRecord, SignedSummary
from safeplan_desktop.storage.connection import Database, Row
from safeplan_desktop.storage.rows import day, instant, parse_moment


def next_number(database: Database, noun: Noun, client_id: str) -> int:
    """The number that the next record of a kind gets, of a client or (empty) of the practice."""
    return int(
        database.value(
            "SELECT coalesce(max(number), 0) + 1 FROM signed_record WHERE noun = ? AND coalesce(client_id, '') = ?",
            (noun.value, client_id),
        )
    )


def insert(database: Database, record: SignedRecord) -> None:
    """Adds a signed record."""
    database.execute(
        "INSERT INTO signed_record (id, noun, client_id, number, title, day, signed_at, signed_zone, content, content_hash)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            record.id,
            record.noun.value,
            record.client_id or None,
            record.number,
            record.title,
            day(record.day),
            instant(record.signed.at),
            record.signed.zone,
            record.content,
            record.content_hash,
        ),
    )


def find(database: Database, record_id: str) -> SignedRecord | None:
    """One signed record, or None."""
    row = database.row("SELECT content, content_hash FROM signed_record WHERE id = ?", (record_id,))
    return None if row is None else _read(row)


def newest(database: Database, noun: Noun, client_id: str = "") -> SignedRecord | None:
    """The newest record of a kind that wasn't entered in error, of a client or of the practice; None where there is none."""
    row = database.row(
        "SELECT content, content_hash FROM signed_record WHERE noun = ? AND coalesce(client_id, '') = ?"
        " AND id NOT IN (SELECT record_id FROM voided) ORDER BY number DESC LIMIT 1",
        (noun.value, client_id),
    )
    return None if row is None else _read(row)


_COLUMNS = (
    "id, noun, number, client_id, title, day, signed_at, signed_zone,"
    " (SELECT count(*) FROM addendum WHERE addendum.record_id = signed_record.id),"
    " EXISTS (SELECT 1 FROM voided WHERE voided.record_id = signed_record.id)"
)


def of_client(database: Database, client_id: str) -> tuple[SignedSummary, ...]:
    """A client's records of all kinds, the newest first."""
    rows = database.execute(
        f"SELECT {_COLUMNS} FROM signed_record WHERE client_id = ? ORDER BY day DESC, signed_at DESC, id", (client_id,)
    )
    return tuple(_summary(row) for row in rows)


def of_kind(database: Database, noun: Noun, client_id: str | None = None) -> tuple[SignedSummary, ...]:
    """Records of a kind, the newest first: of everybody, or of a client, or (empty) of the practice."""
    if client_id is None:
        rows = database.execute(f"{_OF_KIND} {_NEWEST_FIRST}", (noun.value,))
    else:
        rows = database.execute(f"{_OF_KIND_AND_CLIENT} {_NEWEST_FIRST}", (noun.value, client_id))
    return tuple(_summary(row) for row in rows)


# Two statements: one for both would look through all records of the kind for those of one client (8 s among 110,000).
_OF_KIND = f"SELECT {_COLUMNS} FROM signed_record WHERE noun = ?"
_OF_KIND_AND_CLIENT = f"{_OF_KIND} AND coalesce(client_id, '') = ?"
_NEWEST_FIRST = "ORDER BY day DESC, signed_at DESC, number DESC, id"


def clients_with_day(
    database: Database, noun: Noun, field: str, until: dt.date, client_ids: Collection[str]
) -> tuple[str, ...]:
    """Of these clients, those with a record of a kind whose form has a day up to one in a field."""
    rows = database.execute(
        "SELECT DISTINCT client_id FROM json_each(?4) AS wanted CROSS JOIN signed_record"
        " ON noun = ?1 AND coalesce(client_id, '') = wanted.value AND json_extract(content, '$.form.' || ?2) <= ?3",
        (noun.value, field, day(until), json.dumps(list(client_ids))),
    )
    return tuple(row[0] for row in rows)


def with_day(database: Database, noun: Noun, field: str, until: dt.date) -> tuple[tuple[str, str, dt.date], ...]:
    """Records of a kind whose form has a day up to one in a field: id, title and that day; not those entered in error."""
    rows = database.execute(
        "SELECT id, title, json_extract(content, '$.form.' || ?2) FROM signed_record WHERE noun = ?1"
        " AND json_extract(content, '$.form.' || ?2) <= ?3 AND id NOT IN (SELECT record_id FROM voided) ORDER BY 3, id",
        (noun.value, field, day(until)),
    )
    return tuple((row[0], row[1], dt.date.fromisoformat(row[2])) for row in rows)


def _read(row: Row) -> SignedRecord:
    return replace(from_json(row[0], SignedRecord), content=row[0], content_hash=row[1])


def _summary(row: Row) -> SignedSummary:
    return SignedSummary(
        id=row[0],
        noun=Noun(row[1]),
        number=row[2],
        client_id=row[3] or "",
        title=row[4],
        day=dt.date.fromisoformat(row[5]),
        signed=parse_moment(row[6], row[7]),
        addenda=row[8],
        voided=bool(row[9]),
    )
