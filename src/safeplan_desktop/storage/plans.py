"""Finished plan versions in the database."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from safeplan_desktop.domain.canonical import from_json
from safeplan_desktop.domain.plans import PlanSummary, PlanVersion
from safeplan_desktop.storage.connection import Database, Row
from safeplan_desktop.storage.rows import instant, parse_day, parse_moment


def next_number(database: Database, client_id: str) -> int:
    """The number that the client's next version gets."""
    return int(
        database.value("SELECT coalesce(max(number), 0) + 1 FROM plan_version WHERE client_id = ?", (client_id,))
    )


def insert(database: Database, version: PlanVersion) -> None:
    """Adds a finished version."""
    if version.form.review_on is None:
        raise ValueError("a finished plan has a review date")
    database.execute(
        "INSERT INTO plan_version (id, client_id, number, finished_at, finished_zone, review_on, content,"
        " content_hash) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        (
            version.id,
            version.client.client_id,
            version.number,
            instant(version.finished.at),
            version.finished.zone,
            version.form.review_on.isoformat(),
            version.content,
            version.content_hash,
        ),
    )


def find(database: Database, version_id: str) -> PlanVersion | None:
    """One finished version, or None."""
    row = database.row("SELECT content, content_hash FROM plan_version WHERE id = ?", (version_id,))
    if row is None:
        return None
    return replace(from_json(row[0], PlanVersion), content=row[0], content_hash=row[1])


def of_client(database: Database, client_id: str) -> tuple[PlanSummary, ...]:
    """A client's versions, newest first; those entered in error are among them, marked."""
    rows = database.execute(
        "SELECT id, number, client_id, finished_at, finished_zone, review_on,"
        " (SELECT reviewed_on FROM plan_review WHERE version_id = plan_version.id ORDER BY entered_at DESC LIMIT 1),"
        " (SELECT next_review_on FROM plan_review WHERE version_id = plan_version.id ORDER BY entered_at DESC LIMIT 1),"
        " EXISTS (SELECT 1 FROM voided WHERE voided.record_id = plan_version.id)"
        " FROM plan_version WHERE client_id = ? ORDER BY number DESC",
        (client_id,),
    )
    return tuple(_summary(row) for row in rows)


def reviews(database: Database, until: dt.date) -> tuple[tuple[str, str, dt.date], ...]:
    """Clients who aren't archived and whose newest plan is to be reviewed by a day: client, version and day.

    A review that changed nothing moves the day; a version that was entered in error is nobody's newest. It reads indexes
    alone, as there may be tens of thousands of versions.
    """
    rows = database.execute(
        "WITH last AS (SELECT version_id, next_review_on, max(entered_at) FROM plan_review GROUP BY version_id)"
        " SELECT client_id, id, coalesce(last.next_review_on, newest.review_on) AS due FROM ("
        "  SELECT client_id, id, max(number), review_on FROM plan_version INDEXED BY plan_version_in_lists"
        "  WHERE id NOT IN (SELECT record_id FROM voided) GROUP BY client_id"
        " ) AS newest LEFT JOIN last ON last.version_id = newest.id"
        " WHERE due <= ? AND client_id NOT IN (SELECT id FROM client WHERE archived_at IS NOT NULL)",
        (until.isoformat(),),
    )
    return tuple((row[0], row[1], dt.date.fromisoformat(row[2])) for row in rows)


def _summary(row: Row) -> PlanSummary:
    review_on = parse_day(row[7]) or parse_day(row[5])
    if review_on is None:
        raise ValueError("a finished plan has a review date")
    return PlanSummary(
        row[0], row[1], row[2], parse_moment(row[3], row[4]), review_on, parse_day(row[6]), voided=bool(row[8])
    )
