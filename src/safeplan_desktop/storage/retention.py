"""What the practice's rule of retention is applied to."""

from __future__ import annotations

import datetime as dt

from safeplan_desktop.storage.connection import Database


def ended_on(database: Database, client_id: str) -> dt.date | None:
    """The day on which the work with a client ended; None while it goes on, or where that was never noted."""
    day = database.value(
        "SELECT max(entry.day) FROM register_entry AS entry JOIN client ON client.id = entry.client_id"
        " WHERE entry.noun = 'status' AND entry.client_id = ? AND json_extract(entry.json, '$.status') = client.status"
        " AND client.status IN ('discharged', 'transferred', 'deceased')",
        (client_id,),
    )
    return None if day is None else dt.date.fromisoformat(day)
