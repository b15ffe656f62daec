"""Exercises of the emergency protocol in the database."""

from __future__ import annotations

from safeplan_desktop.domain.canonical import from_json, to_json
from safeplan_desktop.domain.drills import Drill
from safeplan_desktop.storage.connection import Database
from safeplan_desktop.storage.rows import instant


def insert(database: Database, drill: Drill) -> None:
    """Adds an exercise that was held."""
    database.execute(
        "INSERT INTO drill (id, json, held_at) VALUES (?, ?, ?)", (drill.id, to_json(drill), instant(drill.held.at))
    )


def find(database: Database, drill_id: str) -> Drill | None:
    """One exercise, or None."""
    row = database.row("SELECT json FROM drill WHERE id = ?", (drill_id,))
    return None if row is None else from_json(row[0], Drill)


def every(database: Database) -> tuple[Drill, ...]:
    """All exercises, the newest first."""
    rows = database.execute("SELECT json FROM drill ORDER BY held_at DESC, id")
    return tuple(from_json(row[0], Drill) for row in rows)
