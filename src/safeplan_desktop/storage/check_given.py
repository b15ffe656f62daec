"""Holds the list of who has a copy of which plan against the audit, which has the hash of each row as it was last written."""

from __future__ import annotations

import json

from safeplan_desktop.domain.audit import AuditAction
from safeplan_desktop.domain.backups import Check
from safeplan_desktop.domain.changes import Noun
from safeplan_desktop.storage.check_books import KEPT, Found
from safeplan_desktop.storage.connection import Database, Row
from safeplan_desktop.storage.rows import row_hash

_LAST = (
    "SELECT record_id, seq, action, content_hash FROM audit"
    " WHERE noun = 'plan-copy' AND action IN ('given', 'changed', 'purged') ORDER BY seq"
)
_COPIES = "SELECT id, client_id, version_id, json, given_on, ended_on FROM plan_copy ORDER BY id"


def check_copies(database: Database, skipped: list[int]) -> Found:
    """Each copy is what was last noted of it, none is missing, and none was put in behind the program's back.

    Earlier versions of the program noted no hash: of their rows only the columns are held against each other, and
    `skipped` counts them.
    """
    if not database.has_table("plan_copy"):
        return
    last = {record_id: (seq, action, digest) for record_id, seq, action, digest in database.execute(_LAST)}
    for row in database.execute(_COPIES):
        seq, action, digest = last.pop(row[0], (None, "", ""))
        if seq is None:
            yield _broken(row[0], "isn't in the audit: nobody noted it in this program", None)
        elif action == AuditAction.PURGED.value:
            yield _broken(row[0], "was removed for good, and is there again", seq)
        elif (digest and digest != row_hash(*row)) or not _agrees(row):
            yield _broken(row[0], "isn't what was noted", seq)
        elif not digest:
            skipped[0] += 1
    for copy_id, (seq, action, digest) in last.items():
        if digest and action != AuditAction.PURGED.value:
            yield _broken(copy_id, "is missing, though it was noted", seq)


def _agrees(row: Row) -> bool:
    try:
        plain = json.loads(row[3])
        told = [plain[name] for name in ("id", "client_id", "version_id", "given_on", "ended_on")]
    except (ValueError, KeyError, TypeError):
        return False
    return bool(told == [*row[:3], *row[4:]])


def _broken(copy_id: str, what: str, seq: int | None) -> Check:
    of = f" (entry {seq} of the audit)" if seq is not None else ""
    return Check(
        KEPT,
        ok=False,
        sentence=f"The copy {copy_id} of a safety plan {what}{of}.",
        noun=Noun.PLAN_COPY.value,
        record_id=copy_id,
        seq=seq,
    )
