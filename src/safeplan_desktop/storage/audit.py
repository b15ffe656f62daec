"""The audit's chain of rows."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from json.encoder import encode_basestring

from safeplan_desktop.domain.audit import CLOCK_WATCHED, AuditAction, AuditEntry
from safeplan_desktop.domain.chain_heads import FINGERPRINT
from safeplan_desktop.domain.changes import Noun
from safeplan_desktop.domain.moments import Moment
from safeplan_desktop.security.chain import GENESIS, link, next_hash
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
        return self.hash[:FINGERPRINT]

    @property
    def stamp(self) -> str:
        """As it is printed at the foot of a record: the fingerprint and the entry's number."""
        return f"{self.fingerprint}, entry {self.seq}"


@dataclass(frozen=True, slots=True)
class ChainProblem:
    """The first row that doesn't fit the chain."""

    seq: int
    sentence: str


@dataclass(slots=True)
class ChainReading:
    """What one walk along the chain found.

    Attributes:
        broken: The first entry that doesn't fit; the walk ends there.
        step_back: The first entry that lies before its neighbour although no entry says that the clock went back.
        zones: The first entry of each time zone.
    """

    rows: int = 0
    broken: ChainProblem | None = None
    step_back: ChainProblem | None = None
    zones: dict[str, int] = field(default_factory=dict)


_BATCH = 5000
_BEFORE_ALL = -(2**63)


def canonical_text(seq: int, columns: tuple[str, ...]) -> str:
    """A row's canonical JSON: the same as `domain.canonical.to_json` gives for it, many times as fast."""
    return f"[{seq},{','.join(map(encode_basestring, columns))}]"


def _canonical(seq: int, columns: tuple[str, ...]) -> bytes:
    return canonical_text(seq, columns).encode()


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
    """Adds a link; call it inside the transaction of what it tells of. A clock that went back gets a link of its own."""
    newest = database.row("SELECT seq, hash, at FROM audit ORDER BY seq DESC LIMIT 1")
    last = ChainHead(newest[0], newest[1]) if newest else ChainHead(0, GENESIS)
    if newest and newest[2] > instant(moment.at) and action is not AuditAction.CLOCK_WENT_BACK:
        last = append(database, moment, AuditAction.CLOCK_WENT_BACK, Noun.VAULT)
    seq = last.seq + 1
    columns = (instant(moment.at), moment.zone, action.value, noun.value, record_id, detail, content_hash)
    own = link(last.hash, _canonical(seq, columns))
    database.execute(
        "INSERT INTO audit (seq, at, zone, action, noun, record_id, detail, content_hash, previous_hash, hash)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (seq, *columns, last.hash, own),
    )
    return ChainHead(seq, own)


def entry_of(row: Row) -> AuditEntry:
    """An entry from its row, in the order of the columns."""
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
    return tuple(entry_of(row) for row in rows)


def of_record(database: Database, record_id: str) -> tuple[AuditEntry, ...]:
    """One record's entries, oldest first."""
    rows = database.execute(
        "SELECT seq, at, zone, action, noun, record_id, detail, content_hash, previous_hash, hash"
        " FROM audit WHERE record_id = ? ORDER BY seq",
        (record_id,),
    )
    return tuple(entry_of(row) for row in rows)


def left_the_records(database: Database, detail: str) -> bool:
    """Whether a document of no record was ever printed or saved whose detail is this, or begins with it and a comma.

    Entries about no record are found by the index: Today asks, and the whole audit may be two hundred thousand entries.
    """
    row = database.row(
        "SELECT 1 FROM audit WHERE record_id = '' AND action IN ('printed', 'exported')"
        " AND (detail = ? OR substr(detail, 1, ?) = ?) LIMIT 1",
        (detail, len(detail) + 1, f"{detail},"),
    )
    return row is not None


def hash_at(database: Database, seq: int) -> str | None:
    """The hash of one link; None when the chain doesn't reach it."""
    if seq == 0:
        return GENESIS
    value = database.value("SELECT hash FROM audit WHERE seq = ?", (seq,))
    return None if value is None else str(value)


def _batches(database: Database) -> Iterator[list[Row]]:
    last = _BEFORE_ALL
    while rows := database.execute(
        "SELECT seq, at, zone, action, noun, record_id, detail, content_hash, previous_hash, hash"
        " FROM audit WHERE seq > ? ORDER BY seq LIMIT ?",
        (last, _BATCH),
    ):
        yield rows
        last = rows[-1][0]


def read_chain(
    database: Database,
    *,
    check_cancelled: Callable[[], None] | None = None,
    progress: Callable[[int], None] | None = None,
) -> ChainReading:
    """Walks along the chain: hashes, numbers, times, zones.

    Whoever has the key could compute a whole new chain; that shows only against a head recorded elsewhere.

    Args:
        database: The records, or a snapshot of them.
        check_cancelled: Called between batches; whatever it raises ends the walk.
        progress: Called between batches with the number of entries that were read.
    """
    reading, state = ChainReading(), _Walk()
    for rows in _batches(database):
        if check_cancelled is not None:
            check_cancelled()
        reading.broken = state.hashes(rows)
        state.times(rows, reading)
        reading.rows += len(rows)
        if progress is not None:
            progress(reading.rows)
        if reading.broken is not None:
            break
    return reading


@dataclass(slots=True)
class _Walk:
    previous: str = GENESIS
    expected: int = 1
    before: str = ""
    watched: bool = False

    def hashes(self, rows: list[Row]) -> ChainProblem | None:
        """The first row that was changed, removed, put in or moved."""
        previous, expected = self.previous, self.expected
        for row in rows:
            seq = row[0]
            if seq != expected:
                named = min(seq, expected)
                what = "is missing" if seq > expected else "has a number that none can have"
                return ChainProblem(named, f"Entry {named} of the audit {what}.")
            if row[8] != previous:
                return ChainProblem(seq, f"Entry {seq} of the audit doesn't follow the one before it.")
            own = next_hash(previous, canonical_text(seq, row[1:8]))
            if own != row[9]:
                return ChainProblem(seq, f"Entry {seq} of the audit isn't what was written.")
            previous, expected = own, expected + 1
        self.previous, self.expected = previous, expected
        return None

    def times(self, rows: list[Row], reading: ChainReading) -> None:
        """Zones, and steps back that no entry explains."""
        for seq, at, zone, action, noun, _, detail, *_ in rows:
            if zone not in reading.zones:
                reading.zones[zone] = seq
            if detail == CLOCK_WATCHED and noun == Noun.VAULT.value:
                self.watched = True
            unexplained = at < self.before and action != AuditAction.CLOCK_WENT_BACK.value
            if unexplained and self.watched and reading.step_back is None:
                reading.step_back = ChainProblem(
                    seq, f"Entry {seq} of the audit lies before the one that it follows, and nothing says why."
                )
            self.before = at


def verify_chain(database: Database) -> ChainProblem | None:
    """The first row that was changed, removed, put in or moved; None when the chain holds."""
    return read_chain(database).broken
