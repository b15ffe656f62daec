"""Clients in the database."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Collection, Sequence

from safeplan_desktop.domain.canonical import from_json, to_json
from safeplan_desktop.domain.client_status import ClientStatus
from safeplan_desktop.domain.clients import Client, ClientForm, ClientLine
from safeplan_desktop.domain.moments import zone_info
from safeplan_desktop.storage.connection import Database, Row
from safeplan_desktop.storage.rows import instant, parse_instant, row_hash

ACTIVE = ClientStatus.ACTIVE.value


def _client(row: Row) -> Client:
    client_id, json_text, created_at, updated_at, archived_at, status = row
    return Client(
        id=client_id,
        form=from_json(json_text, ClientForm),
        created_at=parse_instant(created_at),
        updated_at=parse_instant(updated_at),
        archived_at=None if archived_at is None else parse_instant(archived_at),
        status=ClientStatus(status),
    )


def _columns(client: Client) -> tuple[str, str, str, str, str, str | None]:
    archived_at = None if client.archived_at is None else instant(client.archived_at)
    return (
        *(client.id, client.code, to_json(client.form), instant(client.created_at), instant(client.updated_at)),
        archived_at,
    )


def hash_of_row(columns: Sequence[str | None], status: str) -> str:
    """What the audit holds of a client's row; who was never anything but active is hashed as before there were statuses."""
    return row_hash(*columns) if status == ACTIVE else row_hash(*columns, status)


def insert(database: Database, client: Client) -> str:
    """Adds a client; the hash of the row for the audit."""
    columns = _columns(client)
    database.execute(
        "INSERT INTO client (id, code, json, created_at, updated_at, archived_at, status) VALUES (?, ?, ?, ?, ?, ?, ?)",
        (*columns, client.status.value),
    )
    return hash_of_row(columns, client.status.value)


def update(database: Database, client: Client) -> str:
    """Replaces what is stored of a client; the hash of the row for the audit."""
    client_id, *columns = _columns(client)
    database.execute(
        "UPDATE client SET code = ?, json = ?, created_at = ?, updated_at = ?, archived_at = ?, status = ? WHERE id = ?",
        (*columns, client.status.value, client_id),
    )
    return hash_of_row((client_id, *columns), client.status.value)


def find(database: Database, client_id: str) -> Client | None:
    """The client of that id, or None."""
    row = database.row(
        "SELECT id, json, created_at, updated_at, archived_at, status FROM client WHERE id = ?", (client_id,)
    )
    return None if row is None else _client(row)


def find_by_code(database: Database, code: str) -> Client | None:
    """The client of that code (upper and lower case are the same), or None."""
    row = database.row(
        "SELECT id, json, created_at, updated_at, archived_at, status FROM client WHERE code = ?", (code,)
    )
    return None if row is None else _client(row)


def every(database: Database) -> tuple[Client, ...]:
    """All clients, archived ones too, by code."""
    rows = database.execute("SELECT id, json, created_at, updated_at, archived_at, status FROM client ORDER BY code")
    return tuple(_client(row) for row in rows)


def lines(database: Database) -> tuple[ClientLine, ...]:
    """All clients as a list shows them, by code; five thousand forms needn't be taken apart for it."""
    rows = database.execute(
        "SELECT id, code, json_extract(json, '$.name'), archived_at IS NOT NULL, status FROM client ORDER BY code"
    )
    return tuple(ClientLine(row[0], row[1], row[2], bool(row[3]), ClientStatus(row[4])) for row in rows)


def any_client(database: Database) -> bool:
    """Whether there is a client at all, archived or not."""
    return bool(database.value("SELECT EXISTS (SELECT 1 FROM client)"))


def codes(database: Database) -> frozenset[str]:
    """All codes in use, in lower case."""
    return frozenset(str(row[0]).lower() for row in database.execute("SELECT code FROM client"))


def last_activity(database: Database, zone: str) -> dict[str, dt.date]:
    """The day, in a zone, of the newest signature of each client that has one, by client id; from indexes alone.

    Of notes, consents and agreements it is the day that they are about, which is all that an index tells.
    """
    signed = database.execute(
        "SELECT client_id, max(at) FROM ("
        " SELECT client_id, max(signed_at) AS at FROM screening INDEXED BY screening_in_lists GROUP BY client_id"
        " UNION ALL SELECT client_id, max(finished_at) FROM plan_version INDEXED BY plan_version_in_lists GROUP BY client_id"
        " UNION ALL SELECT client_id, max(signed_at) FROM incident INDEXED BY incident_in_lists"
        "  WHERE client_id IS NOT NULL GROUP BY client_id"
        ") GROUP BY client_id"
    )
    here = zone_info(zone)
    found = {str(client_id): dt.datetime.fromisoformat(at).astimezone(here).date() for client_id, at in signed}
    noted = database.execute(
        "SELECT client_id, max(day) FROM signed_record INDEXED BY signed_record_by_client"
        " WHERE client_id IS NOT NULL GROUP BY client_id"
    )
    for client_id, day in noted:
        about = dt.date.fromisoformat(day)
        found[client_id] = max(about, found.get(client_id, about))
    return found


def names(database: Database, client_ids: Collection[str] | None = None) -> dict[str, tuple[str, str]]:
    """The code and the name of clients by their ids: of these, else of all who aren't archived."""
    chosen = None if client_ids is None else json.dumps(list(client_ids))
    rows = database.execute(
        "SELECT id, code, json_extract(json, '$.name') FROM client"
        " WHERE (?1 IS NULL AND archived_at IS NULL) OR id IN (SELECT value FROM json_each(?1))",
        (chosen,),
    )
    return {row[0]: (row[1], row[2]) for row in rows}


def statuses(database: Database) -> dict[str, ClientStatus]:
    """Where clients stand who aren't simply active, archived ones too, by their ids."""
    rows = database.execute("SELECT id, status FROM client WHERE status <> ?", (ACTIVE,))
    return {row[0]: ClientStatus(row[1]) for row in rows}
