"""The one door for what was signed: every row of a client goes, in a transaction that the caller holds."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from safeplan_desktop.domain.changes import Noun
from safeplan_desktop.domain.retention import PurgedRow
from safeplan_desktop.storage.connection import Database
from safeplan_desktop.storage.rows import instant, parse_moment

_SIGNED = (
    "SELECT 'screening', id, CAST(number AS TEXT), content_hash FROM screening WHERE client_id = ?1"
    " UNION ALL SELECT 'plan', id, CAST(number AS TEXT), content_hash FROM plan_version WHERE client_id = ?1"
    " UNION ALL SELECT 'incident', id, number, content_hash FROM incident WHERE client_id = ?1"
    " UNION ALL SELECT noun, id, CAST(number AS TEXT), content_hash FROM signed_record WHERE client_id = ?1"
    " UNION ALL SELECT 'addendum', id, CAST(number AS TEXT), content_hash FROM addendum WHERE record_id IN"
    " (SELECT id FROM screening WHERE client_id = ?1 UNION SELECT id FROM incident WHERE client_id = ?1"
    " UNION SELECT id FROM plan_version WHERE client_id = ?1 UNION SELECT id FROM signed_record WHERE client_id = ?1)"
)
# A link stands in one client's record and is about two people: it goes with either of them.
_NOTED = (
    "SELECT noun, id FROM register_entry WHERE client_id = ?1"
    " OR (noun = 'link' AND json_extract(json, '$.other_client') = ?1)"
    " UNION ALL SELECT 'attachment', id FROM attachment WHERE client_id = ?1"
    " UNION ALL SELECT 'plan-copy', id FROM plan_copy WHERE client_id = ?1"
)
_COUNTED = {
    Noun.REVIEW: "SELECT count(*) FROM plan_review WHERE client_id = ?",
    Noun.DRAFT: "SELECT count(*) FROM draft WHERE client_id = ? AND kind <> 'dialog'",
}


@dataclass(frozen=True, slots=True)
class Doomed:
    """Everything that a purge of a client takes with it.

    Attributes:
        signed: Signed records and their addenda.
        noted: Entries of the register, attachments, copies of plans: kind and id.
        counted: How many rows of the other kinds there are.
    """

    signed: tuple[PurgedRow, ...]
    noted: tuple[tuple[Noun, str], ...]
    counted: dict[Noun, int]

    @property
    def counts(self) -> dict[Noun, int]:
        """How many rows of each kind go; kinds of which there are none aren't named."""
        found: dict[Noun, int] = {}
        for noun in (*(Noun(row.noun) for row in self.signed), *(noun for noun, _ in self.noted)):
            found[noun] = found.get(noun, 0) + 1
        return found | {noun: count for noun, count in self.counted.items() if count}


def doomed(database: Database, client_id: str) -> Doomed:
    """What goes with a client."""
    return Doomed(
        tuple(PurgedRow(*row) for row in database.execute(_SIGNED, (client_id,))),
        tuple((Noun(row[0]), row[1]) for row in database.execute(_NOTED, (client_id,))),
        {noun: int(database.value(sql, (client_id,))) for noun, sql in _COUNTED.items()},
    )


_RECORDS = (
    "SELECT id FROM screening WHERE client_id = ?1 UNION SELECT id FROM incident WHERE client_id = ?1"
    " UNION SELECT id FROM plan_version WHERE client_id = ?1 UNION SELECT id FROM signed_record WHERE client_id = ?1"
)
_OF_INDEX = (
    "SELECT place FROM search_place WHERE record_id = ?1"
    " OR record_id IN (SELECT id FROM register_entry WHERE client_id = ?1)"
    f" OR record_id IN ({_RECORDS})"
    f" OR record_id IN (SELECT id FROM addendum WHERE record_id IN ({_RECORDS}))"
)
# A checklist of an unsigned incident may have been filled in before its client was chosen.
_CHECKLISTS = (
    "DELETE FROM draft WHERE kind = 'dialog' AND EXISTS (SELECT 1 FROM draft AS form WHERE form.client_id = ?1"
    " AND form.kind = 'incident' AND instr(draft.record_id, form.record_id))"
)
# What is guarded by what it belongs to goes first: marks, then addenda, then the records.
_STEPS = (
    f"DELETE FROM search WHERE rowid IN ({_OF_INDEX})",
    f"DELETE FROM search_place WHERE place IN ({_OF_INDEX})",
    f"DELETE FROM voided WHERE record_id IN ({_RECORDS})",
    f"DELETE FROM addendum WHERE record_id IN ({_RECORDS})",
    "DELETE FROM follow_up_done WHERE incident_id IN (SELECT id FROM incident WHERE client_id = ?1)",
    "DELETE FROM attachment_piece WHERE attachment_id IN (SELECT id FROM attachment WHERE client_id = ?1)",
    "DELETE FROM attachment WHERE client_id = ?1",
    "DELETE FROM plan_copy WHERE client_id = ?1",
    "DELETE FROM plan_review WHERE client_id = ?1",
    "DELETE FROM plan_version WHERE client_id = ?1",
    "DELETE FROM screening WHERE client_id = ?1",
    "DELETE FROM incident WHERE client_id = ?1",
    "DELETE FROM signed_record WHERE client_id = ?1",
    "DELETE FROM register_entry WHERE client_id = ?1 OR (noun = 'link' AND json_extract(json, '$.other_client') = ?1)",
    _CHECKLISTS,
    "DELETE FROM draft WHERE client_id = ?1",
    "DELETE FROM client WHERE id = ?1",
)


def erase(database: Database, client_id: str) -> None:
    """Deletes every row of a client; inside a transaction, all of them or none."""
    database.execute("INSERT INTO purging (client_id) VALUES (?)", (client_id,))
    for statement in _STEPS:
        database.execute(statement, (client_id,))
    database.execute("DELETE FROM purging WHERE client_id = ?", (client_id,))


def tidy_index(database: Database) -> None:
    """Writes the search index anew, so that no word of what went is left in its lists."""
    database.execute("INSERT INTO search (search) VALUES ('optimize')")


def backups_since(database: Database, since: dt.datetime) -> tuple[dt.date, ...]:
    """The days on which backups were made since then, as the audit knows them."""
    rows = database.execute(
        "SELECT at, zone FROM audit WHERE action = 'backed-up' AND at >= ? ORDER BY seq", (instant(since),)
    )
    return tuple(dict.fromkeys(parse_moment(*row).local_date for row in rows))
