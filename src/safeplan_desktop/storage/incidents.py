"""Signed incidents in the database."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Collection
from dataclasses import replace

from safeplan_desktop.domain.canonical import from_json
from safeplan_desktop.domain.incidents import (
    IncidentCategory,
    IncidentSummary,
    PhysicalHarm,
    PsychologicalHarm,
    SignedIncident,
)
from safeplan_desktop.storage.connection import Database, Row
from safeplan_desktop.storage.rows import instant, parse_instant, parse_moment


def next_number(database: Database, year: int) -> str:
    """The number that the next incident entered in a year gets, such as "2026-003".

    A number of an incident that was removed for good isn't given again: its certificate names it.
    """
    prefix = f"{year:04d}-"
    last = database.value(
        "SELECT max(CAST(substr(number, 6) AS INTEGER)) FROM (SELECT number FROM incident"
        " UNION ALL SELECT gone.value AS number FROM signed_record, json_each(signed_record.content, '$.form.incidents')"
        " AS gone WHERE signed_record.noun = 'purge') WHERE substr(number, 1, 5) = ?",
        (prefix,),
    )
    return f"{prefix}{(last or 0) + 1:03d}"


def insert(database: Database, incident: SignedIncident) -> None:
    """Adds a signed incident."""
    form = incident.form
    if not (form.category and form.happened_at and form.physical_harm and form.psychological_harm):
        raise ValueError("a signed incident is complete")
    database.execute(
        "INSERT INTO incident (id, number, client_id, category, happened_at, zone, entered_at, entered_zone,"
        " signed_at, signed_zone, physical_harm, psychological_harm, content, content_hash)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            incident.id,
            incident.number,
            incident.client.client_id if incident.client else None,
            form.category.value,
            instant(form.happened_at),
            form.zone,
            instant(incident.entered.at),
            incident.entered.zone,
            instant(incident.signed.at),
            incident.signed.zone,
            form.physical_harm.value,
            form.psychological_harm.value,
            incident.content,
            incident.content_hash,
        ),
    )


def find(database: Database, incident_id: str) -> SignedIncident | None:
    """One signed incident, or None."""
    row = database.row("SELECT content, content_hash FROM incident WHERE id = ?", (incident_id,))
    if row is None:
        return None
    return read(row[0], row[1])


_COLUMNS = (
    "id, number, client_id, category, happened_at, zone, entered_at, entered_zone, signed_at, signed_zone,"
    " physical_harm, psychological_harm,"
    " (SELECT count(*) FROM addendum WHERE addendum.record_id = incident.id),"
    " EXISTS (SELECT 1 FROM voided WHERE voided.record_id = incident.id)"
)


def every(database: Database) -> tuple[IncidentSummary, ...]:
    """All signed incidents, newest first, from their columns alone: no signed text is taken apart."""
    # The plus keeps SQLite from walking the index by time: it would look up every row by itself (310 ms for 10,000, not 30).
    rows = database.execute(f"SELECT {_COLUMNS} FROM incident ORDER BY +happened_at DESC, number DESC")
    return tuple(_summary(row) for row in rows)


def after(database: Database, last_id: str, *, limit: int) -> tuple[IncidentSummary, ...]:
    """The next signed incidents by id, for a log that is read in parts; begin with an empty id."""
    rows = database.execute(f"SELECT {_COLUMNS} FROM incident WHERE id > ? ORDER BY id LIMIT ?", (last_id, limit))
    return tuple(_summary(row) for row in rows)


def signed_between(database: Database, since: dt.datetime, until: dt.datetime) -> tuple[IncidentSummary, ...]:
    """Incidents that were signed between two instants, the earliest first."""
    rows = database.execute(
        # The list of all incidents is looked through in the index alone, so that no signed text is read for it.
        f"SELECT {_COLUMNS} FROM incident WHERE id IN"
        " (SELECT id FROM incident INDEXED BY incident_in_lists WHERE signed_at BETWEEN ? AND ?)"
        " ORDER BY signed_at, id",
        (instant(since), instant(until)),
    )
    return tuple(_summary(row) for row in rows)


def of_client(database: Database, client_id: str) -> tuple[IncidentSummary, ...]:
    """A client's signed incidents, newest first."""
    rows = database.execute(
        f"SELECT {_COLUMNS} FROM incident WHERE client_id = ? ORDER BY happened_at DESC, number DESC", (client_id,)
    )
    return tuple(_summary(row) for row in rows)


def newest_serious(database: Database) -> IncidentSummary | None:
    """The incident with severe or fatal harm that was signed last; None where there is none. Those in error don't count."""
    row = database.row(
        f"SELECT {_COLUMNS} FROM incident"
        " WHERE (physical_harm IN ('severe', 'fatal') OR psychological_harm = 'severe')"
        " AND NOT EXISTS (SELECT 1 FROM voided WHERE voided.record_id = incident.id)"
        " ORDER BY signed_at DESC, number DESC LIMIT 1"
    )
    return None if row is None else _summary(row)


def summary(database: Database, incident_id: str) -> IncidentSummary | None:
    """One signed incident's row of the log, or None."""
    row = database.row(f"SELECT {_COLUMNS} FROM incident WHERE id = ?", (incident_id,))
    return None if row is None else _summary(row)


def summaries(database: Database, incident_ids: Collection[str]) -> dict[str, IncidentSummary]:
    """The rows of the log of these signed incidents, by id; those that there aren't are left out."""
    rows = database.execute(
        f"SELECT {_COLUMNS} FROM incident WHERE id IN (SELECT value FROM json_each(?))",
        (json.dumps(list(incident_ids)),),
    )
    return {row[0]: _summary(row) for row in rows}


def content(database: Database, incident_id: str) -> tuple[str, str]:
    """What was signed as it is stored: the canonical JSON and its hash; it may be read later, in another thread."""
    row = database.row("SELECT content, content_hash FROM incident WHERE id = ?", (incident_id,))
    return ("", "") if row is None else (str(row[0]), str(row[1]))


def read(content_: str, content_hash: str) -> SignedIncident:
    """A signed incident from what `content` gave."""
    return replace(from_json(content_, SignedIncident), content=content_, content_hash=content_hash)


def _summary(row: Row) -> IncidentSummary:
    return IncidentSummary(
        id=row[0],
        number=row[1],
        client_id=row[2] or "",
        category=IncidentCategory(row[3]),
        happened_at=parse_instant(row[4]),
        zone=row[5],
        entered=parse_moment(row[6], row[7]),
        signed=parse_moment(row[8], row[9]),
        physical_harm=PhysicalHarm(row[10]),
        psychological_harm=PsychologicalHarm(row[11]),
        addenda=row[12],
        voided=bool(row[13]),
    )
