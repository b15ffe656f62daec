"""Backups: what a manifest says, and what was found when one was checked."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass


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
        totals: Rows per kind of record.
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


@dataclass(frozen=True, slots=True)
class Check:
    """One check of a verification, in words.

    Attributes:
        id: Such as "database-pages".
        sentence: What was looked at and what was found.
    """

    id: str
    ok: bool
    sentence: str


@dataclass(frozen=True, slots=True)
class Verification:
    """What a verification found."""

    checks: tuple[Check, ...]

    @property
    def ok(self) -> bool:
        """Whether every check passed."""
        return all(check.ok for check in self.checks)

    @property
    def first_problem(self) -> str:
        """The first failed check's sentence; empty when all passed."""
        return next((check.sentence for check in self.checks if not check.ok), "")
