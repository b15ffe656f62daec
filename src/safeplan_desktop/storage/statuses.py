"""Changes of where a client stands, in the order in which they were noted."""

from __future__ import annotations

import datetime as dt

from safeplan_desktop.domain.register import RegisterEntry
from safeplan_desktop.storage import register
from safeplan_desktop.storage.connection import Database

# Two changes may bear the same second; the audit knows which came later.
_NEWEST_FIRST = (
    "SELECT id FROM register_entry WHERE noun = 'status' AND client_id = ?"
    " ORDER BY (SELECT max(seq) FROM audit WHERE record_id = register_entry.id AND action = 'created') DESC"
)


def of_client(database: Database, client_id: str) -> tuple[RegisterEntry, ...]:
    """A client's changes, the newest first."""
    found = (register.find(database, row[0]) for row in database.execute(_NEWEST_FIRST, (client_id,)))
    return tuple(entry for entry in found if entry is not None)


def pauses(database: Database) -> dict[str, dt.date]:
    """The day on which a pause is looked at again, for each paused client that has one, by client id."""
    rows = database.execute(
        "SELECT client.id, json_extract(entry.json, '$.until') FROM client JOIN register_entry AS entry"
        " ON entry.client_id = client.id AND entry.noun = 'status'"
        " WHERE client.status = 'paused' AND json_extract(entry.json, '$.status') = 'paused'"
        " AND json_extract(entry.json, '$.until') IS NOT NULL ORDER BY entry.day"
    )
    return {client_id: dt.date.fromisoformat(until) for client_id, until in rows}
