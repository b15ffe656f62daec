"""The practice's profile, contacts and settings in the database."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Collection
from typing import TypeVar

from safeplan_desktop.domain.canonical import from_json, to_json
from safeplan_desktop.domain.practice import EmergencyContact
from safeplan_desktop.storage.connection import Database
from safeplan_desktop.storage.rows import instant

T = TypeVar("T")


def load(database: Database, name: str, kind: type[T]) -> T | None:
    """What is stored under a name, or None."""
    row = database.row("SELECT json FROM practice WHERE name = ?", (name,))
    return None if row is None else from_json(row[0], kind)


def save(database: Database, name: str, value: object, at: dt.datetime) -> None:
    """Stores a value under a name."""
    database.execute(
        "INSERT INTO practice (name, json, updated_at) VALUES (?, ?, ?)"
        " ON CONFLICT (name) DO UPDATE SET json = excluded.json, updated_at = excluded.updated_at",
        (name, to_json(value), instant(at)),
    )


def contacts(database: Database) -> tuple[EmergencyContact, ...]:
    """The emergency contacts, in the therapist's order."""
    rows = database.execute("SELECT json FROM emergency_contact ORDER BY position, id")
    return tuple(from_json(row[0], EmergencyContact) for row in rows)


def replace_contacts(database: Database, entries: tuple[EmergencyContact, ...]) -> None:
    """Replaces the whole table of emergency contacts."""
    database.execute("DELETE FROM emergency_contact")
    for position, entry in enumerate(entries):
        database.execute(
            "INSERT INTO emergency_contact (id, position, json) VALUES (?, ?, ?)",
            (entry.id, position, to_json(entry)),
        )


def noted_contacts(database: Database, contact_ids: Collection[str]) -> dict[str, str]:
    """What the audit holds of these contacts as they were last saved, a hash by id; those that it doesn't know are left out."""
    rows = database.execute(
        "SELECT record_id, content_hash FROM audit WHERE noun = 'contact'"
        " AND record_id IN (SELECT value FROM json_each(?)) ORDER BY seq",
        (json.dumps(list(contact_ids)),),
    )
    return {contact_id: digest for contact_id, digest in rows if digest}


def vault_value(database: Database, name: str) -> str | None:
    """A fact about the vault itself, such as its id."""
    value = database.value("SELECT value FROM vault WHERE name = ?", (name,))
    return None if value is None else str(value)


def set_vault_value(database: Database, name: str, value: str) -> None:
    """Stores a fact about the vault itself."""
    database.execute(
        "INSERT INTO vault (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value",
        (name, value),
    )
