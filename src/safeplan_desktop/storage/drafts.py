"""Drafts in the database: one row a form that is being written."""

from __future__ import annotations

from safeplan_desktop.domain.drafts import Draft, DraftKind
from safeplan_desktop.storage.connection import Database, Row
from safeplan_desktop.storage.rows import instant, parse_instant


def _draft(row: Row) -> Draft:
    kind, record_id, client_id, form_json, form_version, place, started_at, started_zone, saved_at = row
    return Draft(
        kind=DraftKind(kind),
        record_id=record_id,
        client_id=client_id,
        form_json=form_json,
        form_version=form_version,
        place=place,
        started_at=parse_instant(started_at),
        started_zone=started_zone,
        saved_at=parse_instant(saved_at),
    )


def save(database: Database, draft: Draft) -> None:
    """Writes a draft; of an existing one, the beginning stays as it is."""
    database.execute(
        "INSERT INTO draft (kind, record_id, client_id, form_json, form_version, place, started_at, started_zone,"
        " saved_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"
        " ON CONFLICT (kind, record_id) DO UPDATE SET client_id = excluded.client_id, form_json = excluded.form_json,"
        " form_version = excluded.form_version, place = excluded.place, saved_at = excluded.saved_at",
        (
            draft.kind.value,
            draft.record_id,
            draft.client_id,
            draft.form_json,
            draft.form_version,
            draft.place,
            instant(draft.started_at),
            draft.started_zone,
            instant(draft.saved_at),
        ),
    )


def find(database: Database, kind: DraftKind, record_id: str) -> Draft | None:
    """One draft, or None."""
    row = database.row(
        "SELECT kind, record_id, client_id, form_json, form_version, place, started_at, started_zone, saved_at"
        " FROM draft WHERE kind = ? AND record_id = ?",
        (kind.value, record_id),
    )
    return None if row is None else _draft(row)


def newest_of_client(database: Database, kind: DraftKind, client_id: str) -> Draft | None:
    """The client's newest draft of a kind, or None."""
    row = database.row(
        "SELECT kind, record_id, client_id, form_json, form_version, place, started_at, started_zone, saved_at"
        " FROM draft WHERE kind = ? AND client_id = ? ORDER BY saved_at DESC LIMIT 1",
        (kind.value, client_id),
    )
    return None if row is None else _draft(row)


def every(database: Database) -> tuple[Draft, ...]:
    """All drafts, newest first."""
    rows = database.execute(
        "SELECT kind, record_id, client_id, form_json, form_version, place, started_at, started_zone, saved_at"
        " FROM draft ORDER BY saved_at DESC"
    )
    return tuple(_draft(row) for row in rows)


def delete(database: Database, kind: DraftKind, record_id: str) -> None:
    """Removes a draft, once its record is signed or the therapist discards it."""
    database.execute("DELETE FROM draft WHERE kind = ? AND record_id = ?", (kind.value, record_id))


def delete_dialogs(database: Database, about: str) -> None:
    """Removes what waits in dialogs about a form that is signed or thrown away."""
    database.execute("DELETE FROM draft WHERE kind = 'dialog' AND instr(record_id, ?)", (about,))


def is_purged(database: Database, client_id: str) -> bool:
    """Whether a client's record was removed for good."""
    return bool(
        database.value(
            "SELECT count(*) FROM audit WHERE record_id = ? AND action = 'purged' AND noun = 'client'", (client_id,)
        )
    )
