"""Holds rows that may change, such as a client's or the practice's own, against the newest audit entry about each.

They aren't signed: the program replaces them, and notes the hash of what it wrote. Whatever differs from that was changed,
removed or put in by something else.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby

from safeplan_desktop.domain.audit import FOLLOW_UP_DONE, FOLLOW_UP_OPEN, AuditAction
from safeplan_desktop.domain.backups import Check
from safeplan_desktop.domain.changes import Noun
from safeplan_desktop.storage import clients
from safeplan_desktop.storage.check_books import KEPT, AuditRow, Found, hash_of, summed_up, time_of
from safeplan_desktop.storage.check_given import check_copies
from safeplan_desktop.storage.connection import Database, Row
from safeplan_desktop.storage.rows import instant, parse_instant, row_hash

_GOOD = "Clients, the practice's own entries, copies, exercises and follow-ups are what was last saved."
_PRACTICE = {
    "profile": "The practice's profile",
    "settings": "The practice's settings",
    "crisis-protocol": "The crisis protocol",
}
_WITH_STATUS = 5
"""The schema from which on a client has a status."""
_OF_THE_PROGRAM = frozenset({"place", "last-backup"})
"""Rows beside the practice's own in which the program notes where it stands; no check guards them."""


@dataclass(slots=True)
class _Newest:
    """The newest entry about each row. Earlier versions of the program noted no hash of some changes."""

    clients: dict[str, AuditRow] = field(default_factory=dict)
    archived: set[str] = field(default_factory=set)
    practice: dict[str, AuditRow] = field(default_factory=dict)
    contacts: AuditRow | None = None
    single_contacts: dict[str, AuditRow] = field(default_factory=dict)
    drills: dict[str, AuditRow] = field(default_factory=dict)
    follow_ups: dict[str, AuditRow] = field(default_factory=dict)

    def of_contact(self, entry: AuditRow, action: str) -> None:
        """An entry about the table of contacts, or about one of them."""
        if not entry.record_id:
            self.contacts = entry
        elif action == AuditAction.REMOVED.value:
            self.single_contacts.pop(entry.record_id, None)
        else:
            self.single_contacts[entry.record_id] = entry

    def of_client(self, entry: AuditRow, action: str) -> None:
        """An entry about a client's row; what was purged is nowhere any more."""
        if action == AuditAction.PURGED.value:
            self.clients.pop(entry.record_id, None)
            return
        self.clients[entry.record_id] = entry
        if action == AuditAction.ARCHIVED.value:
            self.archived.add(entry.record_id)
        elif action == AuditAction.UNARCHIVED.value:
            self.archived.discard(entry.record_id)


def check_kept(database: Database) -> Check:
    """Names the first row that isn't what was last saved, and says how many there are, and how many weren't compared."""
    newest, skipped = _newest(database), [0]
    found = [
        *_clients(database, newest, skipped),
        *_practice(database, newest, skipped),
        *_contacts(database, newest.contacts, newest.single_contacts),
        *_drills(database, newest.drills),
        *_follow_ups(database, newest.follow_ups, skipped),
        *check_copies(database, skipped),
        *_vault(database),
    ]
    number = skipped[0]
    older = (
        f" {number} {'was' if number == 1 else 'were'} last saved by an earlier version of the program, which noted nothing"
        " to compare with."
    )
    return summed_up(KEPT, found, _GOOD + (older if number else ""))


def _newest(database: Database) -> _Newest:
    newest = _Newest()
    rows = database.execute(
        "SELECT seq, at, zone, noun, record_id, content_hash, action, detail FROM audit"
        " WHERE action IN ('created', 'changed', 'archived', 'unarchived', 'purged', 'removed')"
        " AND noun IN ('client', 'practice', 'settings', 'contact', 'drill', 'incident') ORDER BY seq"
    )
    for *facts, action, detail in rows:
        entry = AuditRow(*facts)
        if entry.noun == Noun.CLIENT.value:
            newest.of_client(entry, action)
        elif entry.noun == Noun.CONTACT.value:
            newest.of_contact(entry, action)
        elif entry.noun == Noun.DRILL.value:
            newest.drills[entry.record_id] = entry
        elif action == AuditAction.PURGED.value:
            newest.follow_ups.pop(entry.record_id, None)
        elif entry.noun != Noun.INCIDENT.value:
            newest.practice[_practice_row(entry.noun, detail)] = entry
        elif detail in (FOLLOW_UP_DONE, FOLLOW_UP_OPEN):
            newest.follow_ups[entry.record_id] = entry
    return newest


def _practice_row(noun: str, detail: str) -> str:
    """The row that an entry is about: it is named in the entry's detail; settings and profile are named by none."""
    return detail.replace(" ", "-") or ("settings" if noun == Noun.SETTINGS.value else "profile")


def _broken(name: str, what: str, noun: Noun, record_id: str, entry: AuditRow | None) -> Check:
    seq = entry.seq if entry is not None else None
    of = f" (entry {seq} of the audit)" if entry is not None else ""
    return Check(KEPT, ok=False, sentence=f"{name} {what}{of}.", noun=noun.value, record_id=record_id, seq=seq)


_CHANGED = "isn't what was last saved"
_NOBODYS = "isn't in the audit: nobody saved it with this program"
_MISSING = "is missing, though it was saved"


def _left_over(name: str, noun: Noun, entries: Iterable[AuditRow]) -> Found:
    for entry in entries:
        yield _broken(name, _MISSING, noun, entry.record_id, entry)


def _clients(database: Database, newest: _Newest, skipped: list[int]) -> Found:
    left = dict(newest.clients)
    statuses: dict[str, str] = {}
    if database.schema_version >= _WITH_STATUS:
        statuses = dict(database.execute("SELECT id, status FROM client"))
    for row in database.execute("SELECT id, code, json, created_at, updated_at, archived_at FROM client ORDER BY code"):
        status = statuses.get(row[0], clients.ACTIVE)
        entry = left.pop(row[0], None)
        if entry is None:
            yield _broken(f"Client {row[1]}", _NOBODYS, Noun.CLIENT, row[0], None)
        elif not entry.content_hash:
            skipped[0] += 1
        elif entry.content_hash != clients.hash_of_row(row, status) and not (
            status == clients.ACTIVE and _as_noted_earlier(row, entry, newest.archived)
        ):
            yield _broken(f"Client {row[1]}", _CHANGED, Noun.CLIENT, row[0], entry)
    yield from _left_over("A client", Noun.CLIENT, left.values())


def _as_noted_earlier(row: Row, entry: AuditRow, archived: set[str]) -> bool:
    """Earlier versions of the program noted the hash of what was typed alone, which leaves a client's times out."""
    client_id, code, text, _, _, archived_at = row
    if hash_of(text) != entry.content_hash:
        return False
    return bool(json.loads(text)["code"] == code and (archived_at is not None) == (client_id in archived))


def _practice(database: Database, newest: _Newest, skipped: list[int]) -> Found:
    left = dict(newest.practice)
    for name, text, updated_at in database.execute("SELECT name, json, updated_at FROM practice ORDER BY name"):
        if name in _OF_THE_PROGRAM:
            continue
        entry, words = left.pop(name, None), _practice_words(name)
        if entry is None:
            yield _broken(words, _NOBODYS, Noun.PRACTICE, name, None)
        elif updated_at != entry.at or (entry.content_hash and hash_of(text) != entry.content_hash):
            yield _broken(words, _CHANGED, Noun.PRACTICE, name, entry)
        elif not entry.content_hash:
            skipped[0] += 1
    for name, entry in left.items():
        yield _broken(_practice_words(name), _MISSING, Noun.PRACTICE, name, entry)


def _practice_words(name: str) -> str:
    return _PRACTICE.get(name, f"The practice's entry “{name.replace('-', ' ')}”")


def _contacts(database: Database, entry: AuditRow | None, singles: Mapping[str, AuditRow]) -> Found:
    """The table is saved as a whole; earlier versions of the program noted its hash alone, and not that of each contact."""
    rows = database.execute("SELECT id, position, json FROM emergency_contact ORDER BY position, id")
    if entry is None:
        if rows:
            yield _broken("The list of emergency contacts", _NOBODYS, Noun.CONTACT, rows[0][0], None)
        return
    if hash_of(f"[{','.join(text for _, _, text in rows)}]") != entry.content_hash:
        named = list(_single_contacts(rows, singles))
        yield from named or [_broken("The list of emergency contacts", _CHANGED, Noun.CONTACT, "", entry)]
        return
    for place, (contact_id, position, text) in enumerate(rows):
        if position != place or json.loads(text)["id"] != contact_id:
            yield _broken(f"Emergency contact {place + 1}", _CHANGED, Noun.CONTACT, contact_id, entry)


def _single_contacts(rows: Sequence[Row], singles: Mapping[str, AuditRow]) -> Found:
    left = dict(singles)
    for place, (contact_id, _, text) in enumerate(rows, start=1):
        entry = left.pop(contact_id, None)
        if singles and entry is None:
            yield _broken(f"Emergency contact {place}", _NOBODYS, Noun.CONTACT, contact_id, None)
        elif entry is not None and hash_of(text) != entry.content_hash:
            yield _broken(f"Emergency contact {place}", _CHANGED, Noun.CONTACT, contact_id, entry)
    yield from _left_over("An emergency contact", Noun.CONTACT, left.values())


def _drills(database: Database, entries: dict[str, AuditRow]) -> Found:
    if not database.has_table("drill"):
        return
    left = dict(entries)
    for drill_id, text, held_at in database.execute("SELECT id, json, held_at FROM drill ORDER BY held_at, id"):
        entry = left.pop(drill_id, None)
        if entry is None:
            yield _broken("An exercise of the protocol", _NOBODYS, Noun.DRILL, drill_id, None)
        elif hash_of(text) != entry.content_hash or not _is_drill(text, drill_id, held_at):
            yield _broken("An exercise of the protocol", _CHANGED, Noun.DRILL, drill_id, entry)
    yield from _left_over("An exercise of the protocol", Noun.DRILL, left.values())


def _is_drill(text: str, drill_id: str, held_at: str) -> bool:
    plain = json.loads(text)
    return bool(plain["id"] == drill_id and time_of(plain["held"]) == held_at)


def _follow_ups(database: Database, entries: dict[str, AuditRow], skipped: list[int]) -> Found:
    if not database.has_table("follow_up_done"):
        return
    left = dict(entries)
    rows = database.execute(
        "SELECT incident_id, position, done_on, note, entered_at FROM follow_up_done ORDER BY incident_id, position"
    )
    for incident_id, of_incident in groupby(rows, key=lambda row: row[0]):
        entry = left.pop(incident_id, None)
        if entry is None:
            yield _broken(_follow_ups_of(database, incident_id), _NOBODYS, Noun.INCIDENT, incident_id, None)
        elif not entry.content_hash:
            skipped[0] += 1
        elif row_hash(*map(list, of_incident)) != entry.content_hash:
            yield _broken(_follow_ups_of(database, incident_id), _CHANGED, Noun.INCIDENT, incident_id, entry)
    for incident_id, entry in left.items():
        if entry.content_hash and entry.content_hash != row_hash():
            yield _broken(_follow_ups_of(database, incident_id), _CHANGED, Noun.INCIDENT, incident_id, entry)


def _follow_ups_of(database: Database, incident_id: str) -> str:
    number = database.value("SELECT number FROM incident WHERE id = ?", (incident_id,))
    return f"What was noted as done for incident {number or incident_id}"


_FIRST = "SELECT seq, at, zone, noun, record_id, content_hash FROM audit WHERE seq = 1"


def _vault(database: Database) -> Found:
    """The records' own id, by which backups and the key file know them, and when they were begun."""
    facts: dict[str, str] = dict(database.execute("SELECT name, value FROM vault"))
    first = database.row(_FIRST)
    if first is None:
        return  # the check of the chain says so
    entry = AuditRow(*first)
    sealed = not entry.content_hash or entry.content_hash == row_hash(facts.get("vault-id"))
    whole = facts.keys() == {"vault-id", "created-at"} and sealed and _begins_with(facts["created-at"], entry.at)
    if not whole:
        yield _broken("What the records are called, and when they were begun,", _CHANGED, Noun.VAULT, "", entry)


def _begins_with(text: str, at: str) -> bool:
    try:
        return instant(parse_instant(text)) == at
    except ValueError:
        return False
