"""The audit's chain of rows."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from safeplan_desktop.domain.audit import AuditAction, AuditEntry
from safeplan_desktop.domain.canonical import to_json
from safeplan_desktop.domain.changes import Noun
from safeplan_desktop.domain.moments import Moment
from safeplan_desktop.security.chain import GENESIS, link
from safeplan_desktop.storage.connection import Database, Row
from safeplan_desktop.storage.rows import instant, parse_moment


@dataclass(frozen=True, slots=True)
class ChainHead:
    """The last link: its number and hash; 0 and the genesis hash for an empty chain."""

    seq: int
    hash: str

    @property
    def fingerprint(self) -> str:
        """The first 12 characters, as printed on documents."""
        return self.hash[:12]


@dataclass(frozen=True, slots=True)
class ChainProblem:
    """The first row that doesn't fit the chain."""

    seq: int
    sentence: str


def _canonical(seq: int, columns: tuple[str, ...]) -> bytes:
    return to_json([seq, *columns]).encode()


def head(database: Database) -> ChainHead:
    """The chain's last link."""
    row = database.row("SELECT seq, hash FROM audit ORDER BY seq DESC LIMIT 1")
    return ChainHead(row[0], row[1]) if row else ChainHead(0, GENESIS)


def append(
    database: Database,
    moment: Moment,
    action: AuditAction,
    noun: Noun,
    *,
    record_id: str = "",
    detail: str = "",
    content_hash: str = "",
) -> ChainHead:
    """Adds a link; call it inside the transaction of what it tells of."""
    last = head(database)
    seq = last.seq + 1
    columns = (instant(moment.at), moment.zone, action.value, noun.value, record_id, detail, content_hash)
    own = link(last.hash, _canonical(seq, columns))
    database.execute(
        "INSERT INTO audit (seq, at, zone, action, noun, record_id, detail, content_hash, previous_hash, hash)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (seq, *columns, last.hash, own),
    )
    return ChainHead(seq, own)


def _entry(row: Row) -> AuditEntry:
    seq, at, zone, action, noun, record_id, detail, content_hash, previous_hash, own = row
    return AuditEntry(
        seq=seq,
        moment=parse_moment(at, zone),
        action=AuditAction(action),
        noun=Noun(noun),
        record_id=record_id,
        detail=detail,
        content_hash=content_hash,
        previous_hash=previous_hash,
        hash=own,
    )


def latest(database: Database, *, limit: int) -> tuple[AuditEntry, ...]:
    """The newest entries, newest first."""
    rows = database.execute(
        "SELECT seq, at, zone, action, noun, record_id, detail, content_hash, previous_hash, hash"
        " FROM audit ORDER BY seq DESC LIMIT ?",
        (limit,),
    )
    return tuple(_entry(row) for row in rows)


def of_record(database: Database, record_id: str) -> tuple[AuditEntry, ...]:
    """One record's entries, oldest first."""
    rows = database.execute(
        "SELECT seq, at, zone, action, noun, record_id, detail, content_hash, previous_hash, hash"
        " FROM audit WHERE record_id = ? ORDER BY seq",
        (record_id,),
    )
    return tuple(_entry(row) for row in rows)


def hash_at(database: Database, seq: int) -> str | None:
    """The hash of one link; None when the chain doesn't reach it."""
    if seq == 0:
        return GENESIS
    value = database.value("SELECT hash FROM audit WHERE seq = ?", (seq,))
    return None if value is None else str(value)


def last_time(database: Database) -> str | None:
    """The newest entry's instant as it stands in its column; None for an empty chain."""
    value = database.value("SELECT at FROM audit ORDER BY seq DESC LIMIT 1")
    return None if value is None else str(value)


def _rows(database: Database) -> Iterator[Row]:
    yield from database.execute(
        "SELECT seq, at, zone, action, noun, record_id, detail, content_hash, previous_hash, hash"
        " FROM audit ORDER BY seq"
    )


def verify_chain(database: Database) -> ChainProblem | None:
    """The first row that was changed, removed, put in or moved; None when the chain holds.

    Whoever has the key could compute a whole new chain; that shows only against a head recorded elsewhere.
    """
    previous, expected = GENESIS, 1
    for row in _rows(database):
        seq, *columns, previous_hash, own = row
        if seq != expected:
            return ChainProblem(expected, f"Entry {expected} of the audit is missing.")
        if previous_hash != previous:
            return ChainProblem(seq, f"Entry {seq} of the audit doesn't follow the one before it.")
        if link(previous, _canonical(seq, tuple(columns))) != own:
            return ChainProblem(seq, f"Entry {seq} of the audit isn't what was written.")
        previous, expected = own, expected + 1
    return None


def signed_hashes(database: Database) -> dict[str, str]:
    """The content hash that the audit recorded for each signed record, by record id."""
    rows = database.execute(
        "SELECT record_id, content_hash FROM audit WHERE action IN (?, ?) AND content_hash <> '' ORDER BY seq",
        (AuditAction.SIGNED.value, AuditAction.ADDENDUM.value),
    )
    return {str(record_id): str(content_hash) for record_id, content_hash in rows}
