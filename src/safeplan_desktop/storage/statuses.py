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


# Of each paused client the change that was noted last: an earlier pause's day says nothing of this one.
_PAUSES = (
    "SELECT client.id, (SELECT json_extract(json, '$.until') FROM register_entry"
    " WHERE noun = 'status' AND client_id = client.id"
    " ORDER BY (SELECT max(seq) FROM audit WHERE record_id = register_entry.id AND action = 'created') DESC LIMIT 1)"
    " AS until FROM client WHERE status = 'paused'"
)


def pauses(database: Database) -> dict[str, dt.date]:
    """The day on which a pause is looked at again, for each paused client whose present pause has one, by client id."""
    rows = database.execute(f"{_PAUSES} AND until IS NOT NULL")
    return {client_id: dt.date.fromisoformat(until) for client_id, until in rows}
