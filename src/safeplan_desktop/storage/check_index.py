"""Whether the search index knows every record, each once, as what it is and as whose it is."""

from __future__ import annotations

import json

from safeplan_desktop.domain.backups import Check
from safeplan_desktop.domain.changes import Noun
from safeplan_desktop.domain.signed_records import LEFT_OUT_BY_DEFAULT
from safeplan_desktop.storage import search
from safeplan_desktop.storage.connection import Database

_GOOD, _PROBLEM = "The search index knows every record.", "The search index doesn't know every record."
# Of an addendum the record that it belongs to says whose it is. The plus and `ifnull` keep SQLite from walking the index of
# signed records by number: it would look up each row by itself (8 s for 110,000, not 0.2 s).
_SEARCHED = (
    "WITH searched (noun, id, client_id) AS ("
    "SELECT 'client', id, id FROM client UNION ALL SELECT 'screening', id, client_id FROM screening"
    " UNION ALL SELECT 'plan', id, client_id FROM plan_version"
    " UNION ALL SELECT 'incident', id, coalesce(client_id, '') FROM incident"
    " UNION ALL SELECT 'addendum', id, NULL FROM addendum WHERE noun NOT IN (SELECT value FROM json_each(?1))"
    " UNION ALL SELECT noun, id, ifnull(client_id, '') FROM signed_record"
    " WHERE +noun IN (SELECT value FROM json_each(?2))"
    " UNION ALL SELECT noun, id, coalesce(client_id, '') FROM register_entry"
    " WHERE noun IN (SELECT value FROM json_each(?3))) "
)
_UNKNOWN = (
    f"{_SEARCHED} SELECT noun, id FROM searched WHERE NOT EXISTS ("
    "SELECT 1 FROM search_place AS p WHERE p.noun = searched.noun AND p.record_id = searched.id) LIMIT 1"
)
_MISTAKEN = (
    f"{_SEARCHED} SELECT s.noun, s.record_id FROM search AS s"
    " LEFT JOIN search_place AS p ON p.place = s.rowid"
    " LEFT JOIN searched AS r ON r.id = s.record_id AND r.noun = s.noun"
    " WHERE p.record_id IS NOT s.record_id OR p.noun IS NOT s.noun OR r.id IS NULL"
    " OR s.kind <> replace(s.noun, '-', '') OR r.client_id <> s.client_id LIMIT 1"
)
_LOST = "SELECT noun, record_id FROM search_place WHERE place NOT IN (SELECT rowid FROM search) LIMIT 1"
_EARLIER = (
    "SELECT (SELECT count(*) FROM client) + (SELECT count(*) FROM screening) + (SELECT count(*) FROM plan_version)"
    " + (SELECT count(*) FROM incident) + (SELECT count(*) FROM addendum) - (SELECT count(*) FROM search)"
)


def check_index(database: Database) -> Check:
    """Names the first record that the index doesn't know, or takes for another kind or another client's."""
    if not database.has_table("search_place"):
        return Check("search-index", ok=True, sentence=_GOOD) if not database.value(_EARLIER) else _broken("", "")
    groups = (LEFT_OUT_BY_DEFAULT, search.SIGNED_KINDS, search.REGISTERED_KINDS)
    kinds = tuple(json.dumps(sorted(noun.value for noun in group)) for group in groups)
    row = database.row(_UNKNOWN, kinds) or database.row(_MISTAKEN, kinds) or database.row(_LOST)
    return Check("search-index", ok=True, sentence=_GOOD) if row is None else _broken(str(row[0]), str(row[1]))


def _broken(noun: str, record_id: str) -> Check:
    known = noun if noun in {one.value for one in Noun} else ""
    named = f" The first is the {known} {record_id}." if known else ""
    return Check("search-index", ok=False, sentence=_PROBLEM + named, noun=known, record_id=record_id)
