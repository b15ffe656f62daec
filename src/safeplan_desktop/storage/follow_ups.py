"""Follow-ups of signed incidents, and what was done about them since."""

from __future__ import annotations

import datetime as dt

from safeplan_desktop.domain.incidents import FollowUpState
from safeplan_desktop.storage.connection import Database, Row
from safeplan_desktop.storage.rows import instant, parse_day, row_hash

# Only the few incidents that have a follow-up at all are taken apart, and by SQLite; in canonical JSON an empty list is
# exactly these letters, which no typed text can hold, as its quotes would be escaped.
_ALL = (
    "SELECT incident.id, CAST(item.key AS INTEGER), json_extract(item.value, '$.text'),"
    " json_extract(item.value, '$.due'), json_extract(item.value, '$.done_on'), done.done_on, done.note"
    " FROM incident, json_each(incident.content, '$.form.follow_ups') AS item"
    " LEFT JOIN follow_up_done AS done ON done.incident_id = incident.id AND done.position = CAST(item.key AS INTEGER)"
    " WHERE instr(incident.content, '\"follow_ups\":[]') = 0"
)
_OPEN = (
    " AND json_extract(item.value, '$.done_on') IS NULL AND done.done_on IS NULL"
    " AND NOT EXISTS (SELECT 1 FROM voided WHERE voided.record_id = incident.id)"
)


def of_incident(database: Database, incident_id: str) -> tuple[FollowUpState, ...]:
    """One incident's follow-ups, in the order that was signed."""
    rows = database.execute(f"{_ALL} AND incident.id = ? ORDER BY 2", (incident_id,))
    return tuple(_state(row) for row in rows)


def every(database: Database) -> tuple[FollowUpState, ...]:
    """The follow-ups of all incidents, those of one in the order that was signed."""
    return tuple(_state(row) for row in database.execute(f"{_ALL} ORDER BY incident.id, 2"))


def still_open(database: Database) -> tuple[FollowUpState, ...]:
    """Follow-ups that are neither done nor of a record entered in error."""
    return tuple(_state(row) for row in database.execute(f"{_ALL}{_OPEN}"))


def _state(row: Row) -> FollowUpState:
    incident_id, position, text, due, done_when_signed, done_since, note = row
    return FollowUpState(
        incident_id=incident_id,
        position=position,
        text=text or "",
        due=parse_day(due),
        done_on=parse_day(done_since or done_when_signed),
        note=note or "",
        marked=done_since is not None,
    )


def mark_done(database: Database, incident_id: str, position: int, done_on: dt.date, note: str, at: dt.datetime) -> str:
    """Notes that a follow-up was done; the hash of all that is noted for the incident, for the audit."""
    database.execute(
        "INSERT INTO follow_up_done (incident_id, position, done_on, note, entered_at) VALUES (?, ?, ?, ?, ?)"
        " ON CONFLICT (incident_id, position) DO UPDATE SET done_on = excluded.done_on, note = excluded.note,"
        " entered_at = excluded.entered_at",
        (incident_id, position, done_on.isoformat(), note, instant(at)),
    )
    return _noted(database, incident_id)


def mark_open(database: Database, incident_id: str, position: int) -> str:
    """Takes that note back; the hash of what is still noted for the incident, for the audit."""
    database.execute("DELETE FROM follow_up_done WHERE incident_id = ? AND position = ?", (incident_id, position))
    return _noted(database, incident_id)


def _noted(database: Database, incident_id: str) -> str:
    rows = database.execute(
        "SELECT incident_id, position, done_on, note, entered_at FROM follow_up_done WHERE incident_id = ?"
        " ORDER BY position",
        (incident_id,),
    )
    return row_hash(*map(list, rows))
