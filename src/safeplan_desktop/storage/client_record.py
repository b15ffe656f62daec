"""What lists of a whole record need besides the kinds' own modules: columns only, no signed text."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from safeplan_desktop.domain.drafts import DraftKind
from safeplan_desktop.domain.plan_copies import PlanReview
from safeplan_desktop.storage.connection import Database
from safeplan_desktop.storage.rows import parse_day, parse_instant, parse_moment
from safeplan_desktop.storage.search import rows_with


@dataclass(frozen=True, slots=True)
class DraftRow:
    """A draft in a list; its form isn't read."""

    kind: DraftKind
    record_id: str
    started_at: dt.datetime
    saved_at: dt.datetime


def drafts(database: Database, client_id: str) -> tuple[DraftRow, ...]:
    """A client's drafts, the newest first."""
    rows = database.execute(
        "SELECT kind, record_id, started_at, saved_at FROM draft WHERE client_id = ? ORDER BY saved_at DESC",
        (client_id,),
    )
    return tuple(DraftRow(DraftKind(row[0]), row[1], parse_instant(row[2]), parse_instant(row[3])) for row in rows)


def reviews(database: Database, client_id: str) -> tuple[tuple[PlanReview, int, dt.datetime], ...]:
    """Reviews that changed nothing, the newest first: with the version's number, and when it was noted."""
    rows = database.execute(
        "SELECT plan_review.id, plan_review.client_id, version_id, reviewed_on, next_review_on, entered_at, number"
        " FROM plan_review JOIN plan_version ON plan_version.id = version_id"
        " WHERE plan_review.client_id = ? ORDER BY entered_at DESC",
        (client_id,),
    )
    return tuple(
        (
            PlanReview(row[0], row[1], row[2], dt.date.fromisoformat(row[3]), dt.date.fromisoformat(row[4])),
            int(row[6]),
            parse_instant(row[5]),
        )
        for row in rows
    )


def addenda_counts(database: Database, client_id: str) -> dict[str, int]:
    """How many addenda each of a client's screenings has, by its id; those without aren't named."""
    rows = database.execute(
        "SELECT record_id, count(*) FROM addendum WHERE record_id IN (SELECT id FROM screening WHERE client_id = ?)"
        " GROUP BY record_id",
        (client_id,),
    )
    return {row[0]: int(row[1]) for row in rows}


_PLACES = (
    "WITH own (noun, id) AS ("
    " SELECT 'screening', id FROM screening WHERE client_id = ?1"
    " UNION ALL SELECT 'plan', id FROM plan_version WHERE client_id = ?1"
    " UNION ALL SELECT 'incident', id FROM incident WHERE client_id = ?1"
    " UNION ALL SELECT noun, id FROM signed_record WHERE client_id = ?1"
    " UNION ALL SELECT noun, id FROM register_entry WHERE client_id = ?1)"
    " SELECT place, own.id FROM own CROSS JOIN search_place AS p ON p.noun = own.noun AND p.record_id = own.id"
    " UNION ALL SELECT place, own.id FROM own CROSS JOIN addendum ON addendum.record_id = own.id"
    " CROSS JOIN search_place AS p ON p.noun = 'addendum' AND p.record_id = addendum.id"
)


def with_words(database: Database, client_id: str, text: str) -> frozenset[str]:
    """The ids of a client's records that hold every typed word, their addenda included.

    Which rows of the index hold the words is asked by their numbers alone: whose each is would mean reading them all.
    """
    found = rows_with(database, text)
    if not found:
        return frozenset()
    places: dict[int, str] = dict(database.execute(_PLACES, (client_id,)))
    return frozenset(places[place] for place in places.keys() & found)


_LAST = (
    "SELECT max(at), max(day) FROM ("
    " SELECT max(signed_at) AS at, NULL AS day FROM screening WHERE client_id = ?1"
    " UNION ALL SELECT max(finished_at), NULL FROM plan_version WHERE client_id = ?1"
    " UNION ALL SELECT max(signed_at), NULL FROM incident WHERE client_id = ?1"
    " UNION ALL SELECT max(signed_at), NULL FROM signed_record WHERE client_id = ?1"
    " UNION ALL SELECT max(updated_at), NULL FROM register_entry WHERE client_id = ?1"
    " UNION ALL SELECT max(entered_at), NULL FROM attachment WHERE client_id = ?1"
    " UNION ALL SELECT NULL, max(given_on) FROM plan_copy WHERE client_id = ?1"
    " UNION ALL SELECT NULL, max(reviewed_on) FROM plan_review WHERE client_id = ?1"
    " UNION ALL SELECT max(signed_at), NULL FROM addendum WHERE record_id IN"
    " (SELECT id FROM screening WHERE client_id = ?1 UNION SELECT id FROM incident WHERE client_id = ?1"
    " UNION SELECT id FROM plan_version WHERE client_id = ?1 UNION SELECT id FROM signed_record WHERE client_id = ?1)"
    " UNION ALL SELECT max(saved_at), NULL FROM draft WHERE client_id = ?1 AND kind <> 'dialog'"
    " UNION ALL SELECT created_at, NULL FROM client WHERE id = ?1)"
)


def last_entry(database: Database, client_id: str, zone: str) -> dt.date:
    """The day, in a zone, of the last entry of any kind; of a record without one, the day it was begun."""
    at, day = database.execute(_LAST, (client_id,))[0]
    return max(parse_moment(at, zone).local_date, parse_day(day) or dt.date.min)


_TEXTS = (
    "SELECT id, content, content_hash FROM screening WHERE client_id = ?1"
    " UNION ALL SELECT id, content, content_hash FROM plan_version WHERE client_id = ?1"
    " UNION ALL SELECT id, content, content_hash FROM incident WHERE client_id = ?1"
    " UNION ALL SELECT id, content, content_hash FROM signed_record WHERE client_id = ?1"
)
_ADDENDA = (
    "SELECT record_id, content, content_hash FROM addendum WHERE record_id IN"
    " (SELECT id FROM screening WHERE client_id = ?1 UNION SELECT id FROM incident WHERE client_id = ?1"
    " UNION SELECT id FROM plan_version WHERE client_id = ?1"
    " UNION SELECT id FROM signed_record WHERE client_id = ?1) ORDER BY record_id, number"
)

Text = tuple[str, str]
"""What was signed as it lies in the file, and its hash."""


def texts(database: Database, client_id: str) -> dict[str, Text]:
    """Every signed record of a client, by its id. Taking many of them apart is slow, so it is left to a job."""
    return {row[0]: (row[1], row[2]) for row in database.execute(_TEXTS, (client_id,))}


def addenda_texts(database: Database, client_id: str) -> dict[str, tuple[Text, ...]]:
    """What was added to a client's records, by the record's id, in order."""
    found: dict[str, list[Text]] = {}
    for record_id, content, content_hash in database.execute(_ADDENDA, (client_id,)):
        found.setdefault(record_id, []).append((content, content_hash))
    return {record_id: tuple(rows) for record_id, rows in found.items()}
