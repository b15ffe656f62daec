"""Backups: what a manifest says, and what was found when one was checked."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from safeplan_desktop.domain.chain_heads import HeadComparison, HeadVerdict

SEARCH = frozenset({"search-index", "search-words", "search-lists"})
"""Checks of what Find looks in. It is made from the records, so it can be made anew from them, and loses nothing."""

EVIDENCE = frozenset({"columns", "numbers", "times", "zones", "schema", "heads", "kept-records"}) | SEARCH
"""Checks that find what somebody changed, not what is damaged: they are told, and never stand in the way of a backup."""


@dataclass(frozen=True, slots=True)
class BackupManifest:
    """The manifest of a backup: totals only, nothing about a client.

    Attributes:
        format: Version of the container.
        schema: Version of the database schema.
        created_at: UTC.
        database_salt: Hex; with it a destroyed first sector can still be opened.
        key_id: Says which recovery words open it.
        records_size, records_sha256, keys_size, keys_sha256, read_me_size, read_me_sha256: of each entry.
        audit_seq, audit_head: The chain's last entry.
        totals: Rows per kind of record; an earlier program counted fewer kinds.
    """

    format: int
    app: str
    schema: int
    created_at: dt.datetime
    vault_id: str
    key_id: str
    database_salt: str
    records_size: int
    records_sha256: str
    keys_size: int
    keys_sha256: str
    read_me_size: int
    read_me_sha256: str
    audit_seq: int
    audit_head: str
    totals: dict[str, int]

    def counts_like(self, totals: Mapping[str, int]) -> bool:
        """Whether records of these totals are what it was made of: as an earlier program counted fewer kinds, by its own."""
        return all(totals.get(name) == count for name, count in self.totals.items())


@dataclass(frozen=True, slots=True)
class Check:
    """One check of a verification, in words.

    Attributes:
        id: Such as "database-pages".
        sentence: What was looked at and what was found.
        noun: The kind of the first row that isn't in order, such as "incident" or "audit"; empty where no row is meant.
        record_id: Its id; empty for an entry of the audit.
        seq: The number of the audit's entry; None where no entry is meant.
    """

    id: str
    ok: bool
    sentence: str
    noun: str = ""
    record_id: str = ""
    seq: int | None = None


@dataclass(frozen=True, slots=True)
class Verification:
    """What a verification found.

    Attributes:
        heads: Earlier ends of the audit's chain that it was held against; empty when none was at hand.
    """

    checks: tuple[Check, ...]
    heads: tuple[HeadComparison, ...] = ()

    @property
    def ok(self) -> bool:
        """Whether every check passed."""
        return all(check.ok for check in self.checks)

    @property
    def whole(self) -> bool:
        """Whether nothing is damaged: what is merely not in order is still worth a backup."""
        return all(check.ok for check in self.checks if check.id not in EVIDENCE)

    @property
    def first_failed(self) -> Check | None:
        """The first check that didn't pass; None when all did."""
        return next((check for check in self.checks if not check.ok), None)

    @property
    def first_problem(self) -> str:
        """The first failed check's sentence; empty when all passed."""
        failed = self.first_failed
        return failed.sentence if failed is not None else ""

    @property
    def compared(self) -> tuple[HeadComparison, ...]:
        """The earlier heads that could be compared."""
        return tuple(one for one in self.heads if one.verdict is not HeadVerdict.UNUSABLE)
