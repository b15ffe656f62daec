"""Makes the search index anew from the records: what differs is found between the therapist's turns, then written at once.

An index that is nearly right is put right row by row, so that the one transaction is short; one that is mostly wrong, or
whose own lists are damaged, is made anew as a whole.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import groupby

from safeplan_desktop.domain.canonical import UnreadableRecordError
from safeplan_desktop.domain.changes import Noun
from safeplan_desktop.domain.searched_words import KINDS, Searched, searched
from safeplan_desktop.domain.signed_records import LEFT_OUT_BY_DEFAULT
from safeplan_desktop.domain.vocabulary import label_of
from safeplan_desktop.storage import search
from safeplan_desktop.storage.connection import Database, Row

Report = Callable[[float, str], None]
Cancel = Callable[[], None]
Key = tuple[str, str]
"""A record's kind, as its column says it, and its id."""

_BATCH = 200
_COMPARING, _WRITING = "Comparing Find's index with the records", "Making Find's index anew"
_COMPARED = 0.4
"""How much of the way comparing is taken to be."""

# The record that an addendum belongs to says whose it is.
_OWNER = (
    "coalesce((SELECT client_id FROM screening WHERE id = a.record_id),"
    " (SELECT client_id FROM plan_version WHERE id = a.record_id),"
    " (SELECT client_id FROM incident WHERE id = a.record_id),"
    " (SELECT client_id FROM signed_record WHERE id = a.record_id), '')"
)
_WANTED = "id IN (SELECT value FROM json_each(?1))"
_RECORDS = {
    Noun.CLIENT: f"SELECT id, id, json FROM client WHERE {_WANTED}",
    Noun.SCREENING: f"SELECT id, client_id, content FROM screening WHERE {_WANTED}",
    Noun.PLAN: f"SELECT id, client_id, content FROM plan_version WHERE {_WANTED}",
    Noun.INCIDENT: f"SELECT id, coalesce(client_id, ''), content FROM incident WHERE {_WANTED}",
    Noun.ADDENDUM: f"SELECT id, {_OWNER}, content FROM addendum AS a WHERE {_WANTED}"
    " AND noun NOT IN (SELECT value FROM json_each(?2))",
}
# The plus keeps SQLite from reading every record of the kind by its index, for each batch again.
_SIGNED = f"SELECT id, coalesce(client_id, ''), content FROM signed_record WHERE {_WANTED} AND +noun = ?2"
_REGISTERED = f"SELECT id, coalesce(client_id, ''), json FROM register_entry WHERE {_WANTED} AND +noun = ?2"

# Every record that is searched, with when it was written and its number: the newest in the index is what Find shows first.
_IDS = {
    "client": "SELECT id, 'client', updated_at FROM client WHERE id > ?1 ORDER BY id LIMIT ?2",
    "screening": "SELECT id, 'screening', signed_at || printf('%9d', number) FROM screening"
    " WHERE id > ?1 ORDER BY id LIMIT ?2",
    "plan_version": "SELECT id, 'plan', finished_at || printf('%9d', number) FROM plan_version"
    " WHERE id > ?1 ORDER BY id LIMIT ?2",
    "incident": "SELECT id, 'incident', signed_at || ' ' || number FROM incident WHERE id > ?1 ORDER BY id LIMIT ?2",
}
_IDS_OF_KINDS = {
    "addendum": "SELECT id, 'addendum', signed_at || printf('%9d', number) FROM addendum"
    " WHERE id > ?1 AND noun NOT IN (SELECT value FROM json_each(?3)) ORDER BY id LIMIT ?2",
    "signed_record": "SELECT id, noun, signed_at || printf('%9d', number) FROM signed_record"
    " WHERE id > ?1 AND +noun IN (SELECT value FROM json_each(?3)) ORDER BY id LIMIT ?2",
    "register_entry": "SELECT id, noun, updated_at FROM register_entry"
    " WHERE id > ?1 AND +noun IN (SELECT value FROM json_each(?3)) ORDER BY id LIMIT ?2",
}
_KINDS = {
    "addendum": LEFT_OUT_BY_DEFAULT,
    "signed_record": search.SIGNED_KINDS,
    "register_entry": search.REGISTERED_KINDS,
}
_MANY = 2_000
_INDEXED = (
    "SELECT s.rowid, s.noun, s.record_id, s.client_id, s.title, s.body, s.kind, p.place FROM search AS s"
    " LEFT JOIN search_place AS p ON p.noun = s.noun AND p.record_id = s.record_id"
    " WHERE s.rowid > ? ORDER BY s.rowid LIMIT ?"
)
_MADE = """CREATE VIRTUAL TABLE search USING fts5 (
  noun UNINDEXED,
  record_id UNINDEXED,
  client_id UNINDEXED,
  title,
  body,
  kind,
  tokenize = 'unicode61 remove_diacritics 2',
  prefix = '1 2 3 4 5 6 7 8'
)"""
"""Word for word as in schema 5: "Check my records" compares it."""

_DELETE = "DELETE FROM search WHERE rowid = ? AND noun = ? AND record_id = ?"
_NEARLY_ALL = 2
"""Where more than one in so many rows differs, the index is made anew as a whole."""


@dataclass(slots=True)
class _Differences:
    """What the index says otherwise than the records.

    Attributes:
        strays: Number, kind and id of rows that stand for no record, or for one that has a row already.
        places: Of records whose row is wrong: its number.
        missing: Records without a row, the earliest first.
        known: Records whose row is right.
        total: How many records are searched.
    """

    strays: list[tuple[int, str, str]] = field(default_factory=list)
    places: dict[Key, int] = field(default_factory=dict)
    missing: list[Key] = field(default_factory=list)
    known: set[Key] = field(default_factory=set)
    total: int = 0

    @property
    def count(self) -> int:
        return len(self.strays) + len(self.places) + len(self.missing)


def rebuild(database: Database, *, within: Callable[[], None], report: Report, check_cancelled: Cancel) -> int:
    """Makes the index say what the records say, all of it or nothing.

    Args:
        database: The open records, of the newest schema. Nothing is held while records are compared; what differs is read
            again and written in one transaction.
        within: Called in that transaction, to note in the audit what was done.
        report: Told how far it is.
        check_cancelled: Whatever it raises ends the work; the index is as it was.

    Returns:
        How many rows of the index were written or taken out.

    Raises:
        SafePlanError: for a full disk or a vanished drive; the index is as it was.
    """
    report(0.0, _COMPARING)
    damaged = database.value("PRAGMA integrity_check(search)") != "ok"
    times = dict(_every(database, check_cancelled))
    found = _Differences(total=len(times))
    if not damaged:
        for done in _compare(database, found):
            check_cancelled()
            report(_COMPARED * min(done / max(found.total, 1), 1.0), _COMPARING)
    held = found.known | found.places.keys()
    found.missing = sorted((key for key in times if key not in held), key=times.__getitem__)
    anew = damaged or found.count * _NEARLY_ALL > found.total
    with database.transaction():
        if anew:
            # Once more: what was signed meanwhile has a row, which goes with the others.
            times = dict(_every(database, check_cancelled))
            _empty(database)
            _write(database, sorted(times, key=times.__getitem__), {}, report, check_cancelled)
        else:
            for stray in found.strays:
                database.execute(_DELETE, stray)
            _write(database, [*found.places, *found.missing], found.places, report, check_cancelled)
        database.execute("DELETE FROM search_place WHERE place NOT IN (SELECT rowid FROM search)")
        within()
    return len(times) if anew else found.count


def _every(database: Database, check_cancelled: Cancel) -> Iterator[tuple[Key, str]]:
    for sql in _IDS.values():
        last = ""
        while rows := database.execute(sql, (last, _MANY)):
            check_cancelled()
            yield from (((noun, record_id), at) for record_id, noun, at in rows)
            last = rows[-1][0]
    for table, sql_of_kinds in _IDS_OF_KINDS.items():
        last, kinds = "", _named(_KINDS[table])
        while rows := database.execute(sql_of_kinds, (last, _MANY, kinds)):
            check_cancelled()
            yield from (((noun, record_id), at) for record_id, noun, at in rows)
            last = rows[-1][0]


def _named(kinds: Iterable[Noun]) -> str:
    return json.dumps(sorted(noun.value for noun in kinds))


def _compare(database: Database, found: _Differences) -> Iterator[int]:
    last, done = -1, 0
    while rows := database.execute(_INDEXED, (last, _BATCH)):
        wanted = _records(database, ((str(row[1]), str(row[2])) for row in rows))
        for place, noun, record_id, client_id, title, body, kind, noted in rows:
            key = (noun, record_id)
            if key not in wanted or key in found.known or key in found.places or noted not in (None, place):
                found.strays.append((place, *key))
            elif noted is None or (client_id, title, body, kind) != (*wanted[key], noun.replace("-", "")):
                found.places[key] = place
            else:
                found.known.add(key)
        last, done = rows[-1][0], done + len(rows)
        yield done


def _records(database: Database, keys: Iterable[Key]) -> dict[Key, tuple[str, str, str]]:
    """Whose each record is, its title and its words; what isn't there (any more) is left out."""
    read = {}
    for value, those in groupby(sorted(keys), key=lambda key: key[0]):
        noun = next((one for one in KINDS if one.value == value), None)
        if noun is not None:
            ids = json.dumps([record_id for _, record_id in those])
            for record_id, client_id, text in _rows(database, noun, ids):
                read[value, record_id] = (client_id, *_searched(noun, text))
    return read


def _rows(database: Database, noun: Noun, ids: str) -> list[Row]:
    if noun in search.SIGNED_KINDS:
        return database.execute(_SIGNED, (ids, noun.value))
    if noun in search.REGISTERED_KINDS:
        return database.execute(_REGISTERED, (ids, noun.value))
    return database.execute(_RECORDS[noun], (ids, _named(LEFT_OUT_BY_DEFAULT)) if noun is Noun.ADDENDUM else (ids,))


def _searched(noun: Noun, text: str) -> Searched:
    try:
        return searched(noun, json.loads(text))
    except (UnreadableRecordError, KeyError, TypeError, AttributeError, ValueError):
        return label_of(noun), ""  # it isn't of its kind: other checks name it; the index knows it by its kind alone


def _empty(database: Database) -> None:
    """An index without a row. Deleting row by row would take longer than writing them, and fails where lists are damaged."""
    database.execute("DROP TABLE search")
    database.execute(_MADE)
    database.execute("INSERT INTO search (search, rank) VALUES ('secure-delete', 1)")
    database.execute("DELETE FROM search_place")


def _write(
    database: Database, keys: list[Key], places: dict[Key, int], report: Report, check_cancelled: Cancel
) -> None:
    for done in range(0, len(keys), _BATCH):
        check_cancelled()
        report(_COMPARED + (1.0 - _COMPARED) * done / len(keys), _WRITING)
        some = keys[done : done + _BATCH]
        read = _records(database, some)
        for key in some:
            place = _cleared(database, key, places.get(key))
            if key in read:
                search.add(database, Noun(key[0]), key[1], *read[key], place=place)


def _cleared(database: Database, key: Key, place: int | None) -> int | None:
    """Takes a record's row out; the number that it may have again. Meanwhile it may have been written anew elsewhere.

    Where the list of places leads to another record's row, that row stays.
    """
    for number in (place, database.value("SELECT place FROM search_place WHERE noun = ? AND record_id = ?", key)):
        if number is not None:
            database.execute(_DELETE, (number, *key))
    database.execute("DELETE FROM search_place WHERE noun = ? AND record_id = ?", key)
    taken = place is None or database.value("SELECT count(*) FROM search WHERE rowid = ?", (place,))
    return None if taken else place
