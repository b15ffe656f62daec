"""The audit for people: which entries fit, and what a page of them is about.

The numbers of all entries that fit are gathered once (eight bytes each); pages are read by number, so that a page costs
the same at the beginning and at the end of a hundred thousand entries.
"""

from __future__ import annotations

import json
from array import array
from collections.abc import Iterable, Mapping, Sequence

from safeplan_desktop.domain.audit import AuditAction, AuditEntry
from safeplan_desktop.domain.audit_view import AuditFilter, AuditLine, holder_words
from safeplan_desktop.domain.canonical import from_json
from safeplan_desktop.domain.changes import Noun
from safeplan_desktop.domain.plan_copies import PlanCopy
from safeplan_desktop.domain.register import KINDS as REGISTERED_KINDS
from safeplan_desktop.domain.signed_records import KINDS as SIGNED_KINDS
from safeplan_desktop.storage.audit import entry_of
from safeplan_desktop.storage.connection import Database
from safeplan_desktop.storage.rows import instant

_FITS = (
    "(?1 IS NULL OR at >= ?1) AND (?2 IS NULL OR at < ?2)"
    " AND (?3 IS NULL OR action IN (SELECT value FROM json_each(?3))) AND (?4 IS NULL OR noun = ?4)"
)

_OF_CLIENT = (
    "SELECT ?5 UNION SELECT id FROM screening WHERE client_id = ?5"
    " UNION SELECT id FROM plan_version WHERE client_id = ?5 UNION SELECT id FROM plan_copy WHERE client_id = ?5"
    " UNION SELECT id FROM incident WHERE client_id = ?5 UNION SELECT record_id FROM draft WHERE client_id = ?5"
    " UNION SELECT id FROM signed_record WHERE client_id = ?5 UNION SELECT id FROM register_entry WHERE client_id = ?5"
    " UNION SELECT id FROM attachment WHERE client_id = ?5"
    " UNION SELECT id FROM addendum WHERE record_id IN (SELECT id FROM screening WHERE client_id = ?5"
    " UNION SELECT id FROM incident WHERE client_id = ?5 UNION SELECT id FROM plan_version WHERE client_id = ?5"
    " UNION SELECT id FROM signed_record WHERE client_id = ?5)"
)


def choose(database: Database, wanted: AuditFilter) -> array[int]:
    """The numbers of the entries that fit, the newest first."""
    actions = json.dumps([action.value for action in wanted.actions]) if wanted.actions else None
    values = (
        None if wanted.since is None else instant(wanted.since),
        None if wanted.until is None else instant(wanted.until),
        actions,
        None if wanted.noun is None else wanted.noun.value,
    )
    if wanted.client_id:
        rows = database.execute(
            f"SELECT seq FROM audit WHERE record_id IN ({_OF_CLIENT}) AND {_FITS} ORDER BY seq DESC",
            (*values, wanted.client_id),
        )
    else:
        rows = database.execute(f"SELECT seq FROM audit WHERE {_FITS} ORDER BY seq DESC", values)
    return array("q", (row[0] for row in rows))


def lines(database: Database, numbers: Sequence[int]) -> tuple[AuditLine, ...]:
    """The entries of these numbers, the newest first, with what they are about: a handful of statements in all."""
    rows = database.execute(
        "SELECT seq, at, zone, action, noun, record_id, detail, content_hash, previous_hash, hash"
        " FROM audit WHERE seq IN (SELECT value FROM json_each(?)) ORDER BY seq DESC",
        (json.dumps(list(numbers)),),
    )
    entries = [entry_of(row) for row in rows]
    subjects = _subjects(database, entries)
    codes = _codes(database, {subject.client_id for subject in subjects.values() if subject.client_id})
    return tuple(_line(entry, subjects, codes) for entry in entries)


class _Subject:
    """What an entry is about."""

    __slots__ = ("client_id", "number", "target", "target_id", "to_whom")

    def __init__(self, client_id: str, number: str, target: Noun | None, target_id: str, to_whom: str = "") -> None:
        self.client_id, self.number = client_id, number
        self.target, self.target_id, self.to_whom = target, target_id, to_whom


_NUMBERED = {
    "screening": "SELECT id, client_id, number FROM screening WHERE id IN (SELECT value FROM json_each(?))",
    "plan": "SELECT id, client_id, number FROM plan_version WHERE id IN (SELECT value FROM json_each(?))",
    "incident": "SELECT id, client_id, number FROM incident WHERE id IN (SELECT value FROM json_each(?))",
}


_OTHERS = {
    SIGNED_KINDS: "SELECT id, client_id, number, noun FROM signed_record WHERE id IN (SELECT value FROM json_each(?))",
    REGISTERED_KINDS: "SELECT id, client_id, '', noun FROM register_entry WHERE id IN (SELECT value FROM json_each(?))",
    (Noun.ATTACHMENT,): "SELECT id, client_id, '', noun FROM attachment WHERE id IN (SELECT value FROM json_each(?))",
}


def _subjects(database: Database, entries: Iterable[AuditEntry]) -> dict[str, _Subject]:
    ids: dict[Noun, set[str]] = {}
    added: set[str] = set()
    for entry in entries:
        if entry.action is AuditAction.ADDENDUM:
            added.add(entry.record_id)
        elif entry.record_id:
            ids.setdefault(entry.noun, set()).add(entry.record_id)
    found = {record_id: _Subject(record_id, "", Noun.CLIENT, record_id) for record_id in ids.get(Noun.CLIENT, ())}
    for noun, sql in _NUMBERED.items():
        if wanted := ids.get(Noun(noun)):
            for record_id, client_id, number in database.execute(sql, (json.dumps(list(wanted)),)):
                found[record_id] = _Subject(client_id or "", str(number), Noun(noun), record_id)
    found |= _copies(database, ids.get(Noun.PLAN_COPY, set()))
    for nouns, sql in _OTHERS.items():
        if wanted := {record_id for noun in nouns for record_id in ids.get(noun, ())}:
            for record_id, client_id, number, noun in database.execute(sql, (json.dumps(list(wanted)),)):
                found[record_id] = _Subject(client_id or "", str(number), Noun(noun), record_id)
    found |= _disclosed(database, ids.get(Noun.DISCLOSURE, set()))
    found |= _unsigned(database, {record_id for of_noun in ids.values() for record_id in of_noun} - found.keys())
    return found | _addenda(database, added)


def _unsigned(database: Database, ids: set[str]) -> dict[str, _Subject]:
    """Drafts; and clients of whom something was printed that wasn't signed yet, which is noted under their own id."""
    found = _drafts(database, ids)
    return found | {one: _Subject(one, "", Noun.CLIENT, one) for one in _codes(database, ids - found.keys())}


def _copies(database: Database, ids: set[str]) -> dict[str, _Subject]:
    if not ids:
        return {}
    rows = database.execute(
        "SELECT json FROM plan_copy WHERE id IN (SELECT value FROM json_each(?))", (json.dumps(list(ids)),)
    )
    copies = (from_json(row[0], PlanCopy) for row in rows)
    return {
        copy.id: _Subject(copy.client_id, str(copy.version_number), Noun.PLAN, copy.version_id, holder_words(copy))
        for copy in copies
    }


def _disclosed(database: Database, ids: set[str]) -> dict[str, _Subject]:
    rows = database.execute(
        "SELECT id, client_id, json_extract(json, '$.to_whom'), json_extract(json, '$.why') FROM register_entry"
        " WHERE id IN (SELECT value FROM json_each(?))",
        (json.dumps(list(ids)),),
    )
    return {row[0]: _Subject(row[1], "", Noun.CLIENT, row[1], f"{row[2]} ({row[3]})") for row in rows}


def _drafts(database: Database, ids: set[str]) -> dict[str, _Subject]:
    if not ids:
        return {}
    rows = database.execute(
        "SELECT record_id, client_id FROM draft WHERE record_id IN (SELECT value FROM json_each(?))",
        (json.dumps(list(ids)),),
    )
    return {record_id: _Subject(client_id, "", None, "") for record_id, client_id in rows}


def _addenda(database: Database, ids: set[str]) -> dict[str, _Subject]:
    if not ids:
        return {}
    rows = database.execute(
        "SELECT a.id, a.noun, a.record_id, coalesce(s.client_id, i.client_id, p.client_id, r.client_id),"
        " coalesce(s.number, i.number, p.number, r.number)"
        " FROM addendum AS a LEFT JOIN screening AS s ON s.id = a.record_id LEFT JOIN incident AS i ON i.id = a.record_id"
        " LEFT JOIN plan_version AS p ON p.id = a.record_id LEFT JOIN signed_record AS r ON r.id = a.record_id"
        " WHERE a.id IN (SELECT value FROM json_each(?))",
        (json.dumps(list(ids)),),
    )
    return {
        addendum_id: _Subject(client_id or "", str(number or ""), Noun(noun), record_id)
        for addendum_id, noun, record_id, client_id, number in rows
    }


def _codes(database: Database, client_ids: set[str]) -> dict[str, str]:
    if not client_ids:
        return {}
    rows = database.execute(
        "SELECT id, code FROM client WHERE id IN (SELECT value FROM json_each(?))", (json.dumps(list(client_ids)),)
    )
    return dict(rows)


def _line(entry: AuditEntry, subjects: Mapping[str, _Subject], codes: Mapping[str, str]) -> AuditLine:
    subject = subjects.get(entry.record_id)
    if subject is None:
        return AuditLine(entry)
    target = subject.target if subject.target in _OPENS else None
    return AuditLine(
        entry,
        subject.client_id,
        codes.get(subject.client_id, ""),
        subject.number,
        target,
        subject.target_id if target is not None else "",
        subject.to_whom,
    )


_OPENS = frozenset({Noun.CLIENT, Noun.SCREENING, Noun.PLAN, Noun.INCIDENT})
