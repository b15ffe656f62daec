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


# The newest day of each kind that an index tells; what was signed is never older than the day that it is about.
_MAYBE = (
    "SELECT id FROM client WHERE (?1 IS NULL OR (created_at < ?1"
    " AND coalesce((SELECT max(day) FROM signed_record WHERE client_id = client.id), '') < ?1"
    " AND coalesce((SELECT max(signed_at) FROM screening WHERE client_id = client.id), '') < ?1"
    " AND coalesce((SELECT max(finished_at) FROM plan_version WHERE client_id = client.id), '') < ?1"
    " AND coalesce((SELECT max(signed_at) FROM incident WHERE client_id = client.id), '') < ?1))"
    " AND (NOT ?2 OR status IN ('discharged', 'transferred', 'deceased'))"
    " AND (NOT ?3 OR json_extract(json, '$.birth_date') IS NOT NULL) ORDER BY code"
)


def may_be_past(database: Database, before: dt.date | None, *, ended: bool, born: bool) -> tuple[str, ...]:
    """Clients whose record may be past its retention, from indexes alone; each still has to be looked at closely.

    Args:
        database: The records.
        before: Only those of which nothing was signed on this day (UTC) or later; None for all.
        ended: Only those with whom the work ended.
        born: Only those whose birthday is known.
    """
    values = (None if before is None else before.isoformat(), int(ended), int(born))
    return tuple(row[0] for row in database.execute(_MAYBE, values))
