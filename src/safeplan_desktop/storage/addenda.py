"""Addenda to signed records in the database."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Collection
from dataclasses import replace

from safeplan_desktop.domain.canonical import from_json
from safeplan_desktop.domain.changes import Noun
from safeplan_desktop.domain.incidents import Addendum
from safeplan_desktop.storage.connection import Database
from safeplan_desktop.storage.rows import instant


def next_number(database: Database, record_id: str) -> int:
    """The number that the record's next addendum gets."""
    return int(database.value("SELECT coalesce(max(number), 0) + 1 FROM addendum WHERE record_id = ?", (record_id,)))


def insert(database: Database, noun: Noun, addendum: Addendum) -> None:
    """Adds an addendum to a signed record of that kind."""
    database.execute(
        "INSERT INTO addendum (id, noun, record_id, number, signed_at, signed_zone, content, content_hash)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        (
            addendum.id,
            noun.value,
            addendum.record_id,
            addendum.number,
            instant(addendum.signed.at),
            addendum.signed.zone,
            addendum.content,
            addendum.content_hash,
        ),
    )


def of_record(database: Database, record_id: str) -> tuple[Addendum, ...]:
    """A record's addenda, in their order."""
    rows = database.execute(
        "SELECT content, content_hash FROM addendum WHERE record_id = ? ORDER BY number", (record_id,)
    )
    return tuple(replace(from_json(row[0], Addendum), content=row[0], content_hash=row[1]) for row in rows)


_SIGNED = {
    Noun.SCREENING: "SELECT count(*) FROM screening WHERE id = ?",
    Noun.PLAN: "SELECT count(*) FROM plan_version WHERE id = ?",
    Noun.INCIDENT: "SELECT count(*) FROM incident WHERE id = ?",
}


def is_signed(database: Database, noun: Noun, record_id: str) -> bool:
    """Whether there is a signed record of that kind and id."""
    if noun in _SIGNED:
        return bool(database.value(_SIGNED[noun], (record_id,)))
    return bool(database.value("SELECT count(*) FROM signed_record WHERE id = ? AND noun = ?", (record_id, noun.value)))


def void(database: Database, noun: Noun, addendum: Addendum, at: dt.datetime) -> None:
    """Marks a record as entered in error, for the reason that its addendum gives."""
    database.execute(
        "INSERT INTO voided (record_id, noun, addendum_id, at) VALUES (?, ?, ?, ?)",
        (addendum.record_id, noun.value, addendum.id, instant(at)),
    )


def voided_ids(database: Database) -> frozenset[str]:
    """The ids of all records that were entered in error."""
    return frozenset(str(row[0]) for row in database.execute("SELECT record_id FROM voided"))


def is_voided(database: Database, record_id: str) -> bool:
    """Whether one record was entered in error."""
    return bool(database.value("SELECT count(*) FROM voided WHERE record_id = ?", (record_id,)))


def voided_among(database: Database, record_ids: Collection[str]) -> frozenset[str]:
    """Which of these records were entered in error."""
    rows = database.execute(
        "SELECT record_id FROM voided WHERE record_id IN (SELECT value FROM json_each(?))",
        (json.dumps(list(record_ids)),),
    )
    return frozenset(str(row[0]) for row in rows)


def targets(database: Database, addendum_ids: Collection[str]) -> dict[str, tuple[Noun, str]]:
    """The record that each addendum was added to, by the addendum's id."""
    rows = database.execute(
        "SELECT id, noun, record_id FROM addendum WHERE id IN (SELECT value FROM json_each(?))",
        (json.dumps(list(addendum_ids)),),
    )
    return {row[0]: (Noun(row[1]), row[2]) for row in rows}
