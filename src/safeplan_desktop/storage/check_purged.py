"""Whether what was removed for good stays away, was removed through the one door, and has its certificate."""

from __future__ import annotations

from collections.abc import Mapping

from safeplan_desktop.domain.backups import Check
from safeplan_desktop.domain.changes import Noun
from safeplan_desktop.domain.vocabulary import label_of
from safeplan_desktop.storage.check_books import COLUMNS, SIGNED, Books, Found, Plain
from safeplan_desktop.storage.connection import Database


def certificates(records: Mapping[str, Plain]) -> tuple[Plain, ...]:
    """The forms of all certificates among signed records."""
    return tuple(content["form"] for content in records.values() if content["noun"] == Noun.PURGE.value)


def numbers_gone(records: Mapping[str, Plain]) -> frozenset[str]:
    """The numbers of incidents that certificates account for."""
    return frozenset(number for form in certificates(records) for number in form["incidents"])


def check_purged(database: Database, books: Books, records: Mapping[str, Plain]) -> Found:
    """Nothing waits in the door, no client that went is there, and each removal stands in a certificate."""
    if not database.has_table("purging"):
        return
    for (client_id,) in database.execute("SELECT client_id FROM purging ORDER BY client_id"):
        yield Check(
            SIGNED,
            ok=False,
            sentence="The door for removing a record was left open: signed records of a client could be deleted.",
            noun=Noun.CLIENT.value,
            record_id=client_id,
        )
    there = {row[0] for row in database.execute("SELECT id FROM client")}
    named = {row["id"] for form in certificates(records) for row in form["records"]}
    named |= {form["client_id"] for form in certificates(records)}
    for entry in books.purged.values():
        what = ""
        if entry.noun == Noun.CLIENT.value and entry.record_id in there:
            what = "A client who was removed for good is there again"
        elif entry.record_id not in named and (entry.noun == Noun.CLIENT.value or entry.record_id in books.signed):
            what = "A record was removed for good, and no certificate names it"
        if what:
            yield Check(
                SIGNED,
                ok=False,
                sentence=f"{what} (entry {entry.seq} of the audit).",
                noun=entry.noun,
                record_id=entry.record_id,
                seq=entry.seq,
            )


_STANDINGS = (
    "SELECT client.id, client.code, client.status, coalesce((SELECT json_extract(json, '$.status') FROM register_entry"
    " WHERE noun = 'status' AND client_id = client.id AND json_valid(json)"
    " ORDER BY (SELECT max(seq) FROM audit WHERE record_id = register_entry.id AND action = 'created') DESC LIMIT 1),"
    " 'active') AS noted FROM client WHERE client.status <> noted"
)


def check_standings(database: Database) -> Found:
    """Where each client stands is what was last noted."""
    if not database.has_table("register_entry"):
        return
    for client_id, code, _, _ in database.execute(_STANDINGS):
        yield Check(
            COLUMNS,
            ok=False,
            sentence=f"{label_of(Noun.STATUS)} {code} isn't what was last noted.",
            noun=Noun.CLIENT.value,
            record_id=client_id,
        )
