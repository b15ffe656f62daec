"""Signed screenings in the database."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import replace
from typing import Any

from safeplan_desktop.domain.canonical import from_json
from safeplan_desktop.domain.history import ScoreFact
from safeplan_desktop.domain.screenings import (
    Judgement,
    LevelOfCare,
    ScreeningReason,
    ScreeningSummary,
    SignedScreening,
)
from safeplan_desktop.storage.connection import Database
from safeplan_desktop.storage.rows import day, instant, parse_day, parse_moment


def next_number(database: Database, client_id: str) -> int:
    """The number that the client's next screening gets."""
    return int(database.value("SELECT coalesce(max(number), 0) + 1 FROM screening WHERE client_id = ?", (client_id,)))


def insert(database: Database, screening: SignedScreening, summary: ScreeningSummary) -> None:
    """Adds a signed screening."""
    database.execute(
        "INSERT INTO screening (id, client_id, number, signed_at, signed_zone, reason, judgement, level,"
        " next_reassessment, flagged, content, content_hash) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            screening.id,
            summary.client_id,
            screening.number,
            instant(screening.signed.at),
            screening.signed.zone,
            summary.reason.value,
            summary.judgement.value,
            summary.level.value,
            day(summary.next_reassessment),
            int(summary.flagged),
            screening.content,
            screening.content_hash,
        ),
    )


def find(database: Database, screening_id: str) -> SignedScreening | None:
    """One signed screening, or None."""
    row = database.row("SELECT content, content_hash FROM screening WHERE id = ?", (screening_id,))
    if row is None:
        return None
    return read_text(row[0], row[1])


def texts_of_client(database: Database, client_id: str) -> dict[str, tuple[str, str]]:
    """A client's signed screenings as they lie in the file: text and hash by id, the oldest first.

    Taking many of them apart is slow, so it is left to a job.
    """
    rows = database.execute(
        "SELECT id, content, content_hash FROM screening WHERE client_id = ? ORDER BY number", (client_id,)
    )
    return {row[0]: (row[1], row[2]) for row in rows}


def read_text(content: str, content_hash: str) -> SignedScreening:
    """A signed screening from its text."""
    return replace(from_json(content, SignedScreening), content=content, content_hash=content_hash)


def of_client(database: Database, client_id: str) -> tuple[ScreeningSummary, ...]:
    """A client's signed screenings, newest first."""
    return _summaries(database, "WHERE client_id = ? ORDER BY number DESC", (client_id,))


def scores_of_client(database: Database, client_id: str) -> dict[str, tuple[ScoreFact, ...]]:
    """What instruments gave in a client's signed screenings, by the screening's id.

    Only these few facts are read out of the signed text: taking every screening apart would be slow.
    """
    rows = database.execute("SELECT id, content FROM screening WHERE client_id = ?", (client_id,))
    return {row[0]: tuple(_score(fact) for fact in json.loads(row[1])["facts"]) for row in rows}


def _score(fact: dict[str, Any]) -> ScoreFact:
    total, scaled = fact["total"], fact.get("scaled")
    return ScoreFact(fact["instrument"], total if scaled is None else scaled, fact["band"], bool(fact["flags"]))


def reassessments(database: Database, until: dt.date) -> tuple[tuple[str, dt.date], ...]:
    """Clients who aren't archived and whose newest screening asks for a reassessment by a day, with its day.

    What was entered in error doesn't count. Each client's newest is looked up in an index alone, as there may be tens of
    thousands of screenings.
    """
    rows = database.execute(
        "SELECT id, ("
        "  SELECT next_reassessment FROM screening INDEXED BY screening_in_lists WHERE client_id = client.id"
        "  AND screening.id NOT IN (SELECT record_id FROM voided) ORDER BY number DESC LIMIT 1"
        " ) FROM client WHERE archived_at IS NULL"
    )
    # A condition on the day would make SQLite look every client up twice.
    last = until.isoformat()
    return tuple((row[0], dt.date.fromisoformat(row[1])) for row in rows if row[1] and row[1] <= last)


def _summaries(database: Database, condition: str, values: tuple[str, ...]) -> tuple[ScreeningSummary, ...]:
    rows = database.execute(
        "SELECT id, number, client_id, signed_at, signed_zone, reason, judgement, level, next_reassessment, flagged,"
        " EXISTS (SELECT 1 FROM voided WHERE voided.record_id = screening.id)"
        f" FROM screening {condition}",
        values,
    )
    return tuple(
        ScreeningSummary(
            id=row[0],
            number=row[1],
            client_id=row[2],
            signed=parse_moment(row[3], row[4]),
            reason=ScreeningReason(row[5]),
            judgement=Judgement(row[6]),
            level=LevelOfCare(row[7]),
            next_reassessment=parse_day(row[8]),
            flagged=bool(row[9]),
            voided=bool(row[10]),
        )
        for row in rows
    )
