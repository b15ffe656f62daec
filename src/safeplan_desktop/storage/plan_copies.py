"""Copies of plans and reviews without a change in the database."""

from __future__ import annotations

import datetime as dt

from safeplan_desktop.domain.canonical import from_json, to_json
from safeplan_desktop.domain.plan_copies import PlanCopy, PlanReview
from safeplan_desktop.storage.connection import Database
from safeplan_desktop.storage.rows import day, instant


def row_of(copy: PlanCopy) -> tuple[str | None, ...]:
    """A copy's columns, in the order of the table."""
    return (copy.id, copy.client_id, copy.version_id, to_json(copy), day(copy.given_on), day(copy.ended_on))


def insert(database: Database, copy: PlanCopy) -> None:
    """Adds a copy that was given."""
    database.execute(
        "INSERT INTO plan_copy (id, client_id, version_id, json, given_on, ended_on) VALUES (?, ?, ?, ?, ?, ?)",
        row_of(copy),
    )


def update(database: Database, copy: PlanCopy) -> None:
    """Writes what became of a copy."""
    database.execute(
        "UPDATE plan_copy SET json = ?, given_on = ?, ended_on = ? WHERE id = ?",
        (to_json(copy), copy.given_on.isoformat(), day(copy.ended_on), copy.id),
    )


def find(database: Database, copy_id: str) -> PlanCopy | None:
    """One copy, or None."""
    row = database.row("SELECT json FROM plan_copy WHERE id = ?", (copy_id,))
    return None if row is None else from_json(row[0], PlanCopy)


def of_client(database: Database, client_id: str) -> tuple[PlanCopy, ...]:
    """All copies of a client's plans: those that are out first, then the others, each newest first."""
    rows = database.execute(
        "SELECT json FROM plan_copy WHERE client_id = ? ORDER BY ended_on IS NOT NULL, given_on DESC, id",
        (client_id,),
    )
    return tuple(from_json(row[0], PlanCopy) for row in rows)


def outdated_by_client(database: Database) -> dict[str, int]:
    """How many copies of older versions than the newest are out, for each client that has some.

    What was entered in error is neither the newest nor to be swapped.
    """
    rows = database.execute(
        "SELECT c.client_id, count(*) FROM plan_copy AS c JOIN plan_version AS v ON v.id = c.version_id"
        " WHERE c.ended_on IS NULL AND v.id NOT IN (SELECT record_id FROM voided)"
        " AND v.number < (SELECT max(number) FROM plan_version WHERE client_id = c.client_id"
        " AND id NOT IN (SELECT record_id FROM voided))"
        " GROUP BY c.client_id"
    )
    return {row[0]: int(row[1]) for row in rows}


def voided_by_client(database: Database) -> dict[str, int]:
    """How many copies of versions that were entered in error are out, for each client that has some."""
    rows = database.execute(
        "SELECT client_id, count(*) FROM plan_copy"
        " WHERE ended_on IS NULL AND version_id IN (SELECT record_id FROM voided) GROUP BY client_id"
    )
    return {row[0]: int(row[1]) for row in rows}


def insert_review(database: Database, review: PlanReview, entered_at: dt.datetime) -> None:
    """Adds a review that changed nothing."""
    database.execute(
        "INSERT INTO plan_review (id, client_id, version_id, reviewed_on, next_review_on, entered_at)"
        " VALUES (?, ?, ?, ?, ?, ?)",
        (
            review.id,
            review.client_id,
            review.version_id,
            review.reviewed_on.isoformat(),
            review.next_review_on.isoformat(),
            instant(entered_at),
        ),
    )
