"""What the audit says of the rows that are guarded, and how one of them is found not to be in order."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from safeplan_desktop.domain.audit import AuditAction
from safeplan_desktop.domain.backups import Check
from safeplan_desktop.storage.connection import Database
from safeplan_desktop.storage.rows import instant, parse_instant

Plain = Mapping[str, Any]
Found = Iterator[Check]

SIGNED, COLUMNS, NUMBERS, KEPT, WORDS = "signed-records", "columns", "numbers", "kept-records", "search-words"
"""The checks that look at rows."""


@dataclass(frozen=True, slots=True)
class AuditRow:
    """What the audit says of a signed row."""

    seq: int
    at: str
    zone: str
    noun: str
    record_id: str
    content_hash: str


@dataclass(slots=True)
class Books:
    """What the audit says of all guarded rows, by their ids; reviews by the version's id."""

    signed: dict[str, AuditRow] = field(default_factory=dict)
    again: list[AuditRow] = field(default_factory=list)
    reviewed: dict[str, list[AuditRow]] = field(default_factory=dict)
    taken_in: dict[str, AuditRow] = field(default_factory=dict)
    retired: dict[str, AuditRow] = field(default_factory=dict)
    purged: dict[str, AuditRow] = field(default_factory=dict)


def read_books(database: Database) -> Books:
    """Reads the entries that guarded rows have to agree with."""
    books = Books()
    rows = database.execute(
        "SELECT seq, at, zone, noun, record_id, content_hash, action FROM audit"
        " WHERE action IN ('signed', 'addendum', 'purged')"
        " OR (noun = 'plan' AND action = 'reviewed')"
        " OR (noun = 'questionnaire' AND action IN ('created', 'archived', 'unarchived')) ORDER BY seq"
    )
    for *facts, action in rows:
        entry = AuditRow(*facts)
        if action == AuditAction.REVIEWED.value:
            books.reviewed.setdefault(entry.record_id, []).append(entry)
        elif action == AuditAction.PURGED.value:
            books.purged[entry.record_id] = entry
        elif action == AuditAction.CREATED.value:
            books.taken_in.setdefault(entry.record_id, entry)
        elif action == AuditAction.ARCHIVED.value:
            books.retired[entry.record_id] = entry
        elif action == AuditAction.UNARCHIVED.value:
            books.retired.pop(entry.record_id, None)
        elif entry.record_id in books.signed:
            books.again.append(entry)
        else:
            books.signed[entry.record_id] = entry
    return books


def summed_up(name: str, found: Sequence[Check], good: str) -> Check:
    """One check for many findings: the first is named, the others are counted."""
    if not found:
        return Check(name, ok=True, sentence=good)
    first, others = found[0], len({(check.noun, check.record_id, check.seq) for check in found}) - 1
    more = f" There {'is' if others == 1 else 'are'} {others} more of this kind." if others else ""
    return Check(
        name, ok=False, sentence=first.sentence + more, noun=first.noun, record_id=first.record_id, seq=first.seq
    )


def hash_of(text: str) -> str:
    """SHA-256 of a text, in hex."""
    return hashlib.sha256(text.encode()).hexdigest()


def time_of(moment: Plain) -> str:
    """A signed moment's instant, as it stands in a column."""
    return instant(parse_instant(moment["at"]))
