"""The register in the database."""

from __future__ import annotations

import datetime as dt
import json

from safeplan_desktop.domain.canonical import to_json
from safeplan_desktop.domain.changes import Noun
from safeplan_desktop.domain.register import RegisterEntry
from safeplan_desktop.storage.connection import Database, Row
from safeplan_desktop.storage.rows import day, instant, parse_instant


def insert(database: Database, entry: RegisterEntry) -> None:
    """Adds an entry."""
    database.execute(
        "INSERT INTO register_entry (id, noun, client_id, day, json, entered_at, updated_at) VALUES (?, ?, ?, ?, ?, ?, ?)",
        (
            entry.id,
            entry.noun.value,
            entry.client_id or None,
            day(entry.day),
            to_json(entry.form),
            instant(entry.entered_at),
            instant(entry.updated_at),
        ),
    )


def update(database: Database, entry: RegisterEntry) -> None:
    """Puts an entry right."""
    database.execute(
        "UPDATE register_entry SET day = ?, json = ?, updated_at = ? WHERE id = ?",
        (day(entry.day), to_json(entry.form), instant(entry.updated_at), entry.id),
    )


def delete(database: Database, entry_id: str) -> None:
    """Takes an entry out."""
    database.execute("DELETE FROM register_entry WHERE id = ?", (entry_id,))


_COLUMNS = "id, noun, client_id, day, json, entered_at, updated_at"


def find(database: Database, entry_id: str) -> RegisterEntry | None:
    """One entry, or None."""
    row = database.row(f"SELECT {_COLUMNS} FROM register_entry WHERE id = ?", (entry_id,))
    return None if row is None else _entry(row)


def of_kind(database: Database, noun: Noun, client_id: str | None = None) -> tuple[RegisterEntry, ...]:
    """Entries of a kind, the newest first: of everybody, or of a client, or (empty) of the practice."""
    if client_id is None:
        rows = database.execute(f"{_OF_KIND} {_NEWEST_FIRST}", (noun.value,))
    elif client_id:
        rows = database.execute(f"{_OF_CLIENT} AND noun = ? {_NEWEST_FIRST}", (client_id, noun.value))
    else:
        rows = database.execute(f"{_OF_KIND} AND client_id IS NULL {_NEWEST_FIRST}", (noun.value,))
    return tuple(_entry(row) for row in rows)


# A client's entries are looked up by the client: of a kind there may be tens of thousands.
_OF_KIND = f"SELECT {_COLUMNS} FROM register_entry WHERE noun = ?"
_OF_CLIENT = f"SELECT {_COLUMNS} FROM register_entry WHERE client_id = ?"
_NEWEST_FIRST = "ORDER BY day DESC, entered_at DESC, id DESC"


def of_kind_from(database: Database, noun: Noun, since: dt.date) -> tuple[RegisterEntry, ...]:
    """Entries of a kind about a day or a later one, the latest day first."""
    rows = database.execute(f"{_OF_KIND} AND day >= ? {_NEWEST_FIRST}", (noun.value, day(since)))
    return tuple(_entry(row) for row in rows)


def of_client(database: Database, client_id: str) -> tuple[RegisterEntry, ...]:
    """A client's entries of all kinds, the newest first."""
    rows = database.execute(f"{_OF_CLIENT} {_NEWEST_FIRST}", (client_id,))
    return tuple(_entry(row) for row in rows)


def _entry(row: Row) -> RegisterEntry:
    entry_id, noun, client_id, on, form, entered_at, updated_at = row
    return RegisterEntry(
        id=entry_id,
        noun=Noun(noun),
        client_id=client_id or "",
        day=dt.date.fromisoformat(on),
        form=json.loads(form),
        entered_at=parse_instant(entered_at),
        updated_at=parse_instant(updated_at),
    )
