"""Questionnaires that were brought in, in the database; each with its file as it came."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from functools import lru_cache

from safeplan_desktop.domain.brought_in import BroughtIn
from safeplan_desktop.domain.canonical import content_hash, from_json, to_json
from safeplan_desktop.storage.connection import Database
from safeplan_desktop.storage.rows import instant, parse_instant


@lru_cache(maxsize=128)
def _record(text: str) -> BroughtIn:
    """The wizard asks for them at every key; what was taken in never changes."""
    return from_json(text, BroughtIn)


def sealed_hash(text: str, source_hash: str) -> str:
    """The hash over what the wizard asks and over the file that it came from."""
    return content_hash(f"{text}\n{source_hash}")


def insert(database: Database, record: BroughtIn) -> str:
    """Adds one; the hash of it for the audit."""
    text = to_json(replace(record, source="", source_hash="", retired_at=None))
    database.execute(
        "INSERT INTO questionnaire (id, json, source, source_hash, taken_in_at) VALUES (?, ?, ?, ?, ?)",
        (record.id, text, record.source, record.source_hash, instant(record.taken_in.at)),
    )
    return sealed_hash(text, record.source_hash)


def retire(database: Database, record_id: str, at: dt.datetime | None) -> None:
    """Notes since when it is no longer offered; None offers it again."""
    database.execute(
        "UPDATE questionnaire SET retired_at = ? WHERE id = ?", (None if at is None else instant(at), record_id)
    )


def without_files(database: Database) -> tuple[BroughtIn, ...]:
    """All of them, the newest first, without the files: the wizard looks at every key, and a file may have 2 MiB."""
    rows = database.execute("SELECT json, retired_at FROM questionnaire ORDER BY taken_in_at DESC, id")
    return tuple(replace(_record(row[0]), retired_at=None if row[1] is None else parse_instant(row[1])) for row in rows)


def every(database: Database) -> tuple[BroughtIn, ...]:
    """All of them, the newest first."""
    files = {row[0]: row[1:] for row in database.execute("SELECT id, source, source_hash FROM questionnaire")}
    return tuple(
        replace(record, source=files[record.id][0], source_hash=files[record.id][1])
        for record in without_files(database)
    )
