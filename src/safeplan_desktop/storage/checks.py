"""What "Check my records" looks at: pages, structure, references, hashes, the audit's chain, the search index."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path

from safeplan_desktop.domain.backups import Check, Verification
from safeplan_desktop.errors import DamagedVaultError
from safeplan_desktop.security.data_key import DataKey
from safeplan_desktop.storage import audit
from safeplan_desktop.storage.connection import Database
from safeplan_desktop.storage.migrate import newest_schema, refuse_newer

_PAGE = 4096
_TABLES = {
    "screening": "SELECT id, content, content_hash FROM screening",
    "plan version": "SELECT id, content, content_hash FROM plan_version",
    "incident": "SELECT id, content, content_hash FROM incident",
    "addendum": "SELECT id, content, content_hash FROM addendum",
}
_GUARDED = ("screening", "plan_version", "plan_review", "questionnaire", "incident", "addendum", "voided", "audit")
_TRIGGERS = frozenset(f"{table}_{word}" for table in _GUARDED for word in ("stays", "remains")) | {"audit_grows"}
_TOTALS = {
    "clients": "SELECT count(*) FROM client",
    "screenings": "SELECT count(*) FROM screening",
    "plans": "SELECT count(*) FROM plan_version",
    "incidents": "SELECT count(*) FROM incident",
    "addenda": "SELECT count(*) FROM addendum",
    "drafts": "SELECT count(*) FROM draft",
}


def totals_of(database: Database) -> dict[str, int]:
    """Rows by kind of record."""
    return {name: int(database.value(sql)) for name, sql in _TOTALS.items()}


def check_snapshot(path: Path, key: DataKey, *, check_cancelled: Callable[[], None] | None = None) -> Verification:
    """Checks a snapshot that nobody else uses.

    SQLite's own check runs first and the page codes second, on connections of their own: each finds what the other
    misses, and the first found fault would spoil the other's result.

    Raises:
        NewerSchemaError: when a newer program wrote it.
        CancelledError: from `check_cancelled`.
    """
    checks = [_size(path)]
    steps: tuple[Callable[[Database], list[Check]], ...] = (_structure, _pages, _content)
    for step in steps:
        if check_cancelled is not None:
            check_cancelled()
        try:
            with Database.open_snapshot(path, key) as database:
                checks += step(database)
        except DamagedVaultError:
            checks.append(Check("readable", ok=False, sentence="The records can't be read: the file is damaged."))
            break
    return Verification(tuple(checks))


def _check(check_id: str, good: str, problem: str) -> Check:
    return Check(check_id, ok=not problem, sentence=problem or good)


def _size(path: Path) -> Check:
    size = path.stat().st_size
    whole = size > 0 and size % _PAGE == 0
    return _check("file-size", "The file has a whole number of pages.", "" if whole else "The file was cut short.")


def _structure(database: Database) -> list[Check]:
    refuse_newer(database.schema_version)
    pages = int(database.value("PRAGMA page_count"))
    short = pages * _PAGE != database.path.stat().st_size
    found = database.integrity_problems()
    lost = database.execute("PRAGMA foreign_key_check")
    return [
        _check("page-count", "Every page is there.", "Pages are missing at the end of the file." if short else ""),
        _check(
            "structure",
            "The database's structure is sound.",
            "The database's structure is damaged." if found else "",
        ),
        _check("references", "Every reference leads somewhere.", "A reference leads nowhere." if lost else ""),
    ]


def _pages(database: Database) -> list[Check]:
    found = database.cipher_problems()
    free = int(database.value("PRAGMA freelist_count")) if found else 0
    good = "Every page is what was written."
    if found and len(found) <= free:
        good = "Every page in use is what was written; some unused pages are damaged, which loses nothing."
        found = []
    return [_check("pages", good, f"{len(found)} pages aren't what was written." if found else "")]


def _content(database: Database) -> list[Check]:
    chain = audit.verify_chain(database)
    checks = [_check("audit-chain", "The audit's chain is unbroken.", chain.sentence if chain else "")]
    if database.schema_version == newest_schema():
        names = {str(row[0]) for row in database.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")}
        missing = _TRIGGERS - names
        checks.append(
            _check(
                "guards",
                "The guards of signed records are in place.",
                "A guard of signed records is missing." if missing else "",
            )
        )
    checks += [_signed(database), _search(database)]
    return checks


def _signed(database: Database) -> Check:
    recorded = audit.signed_hashes(database)
    good = "Every signed record is what was signed."
    seen = set()
    for noun, sql in _TABLES.items():
        for record_id, content, content_hash in database.execute(sql):
            seen.add(record_id)
            own = hashlib.sha256(str(content).encode()).hexdigest()
            if own != content_hash or recorded.get(record_id) != content_hash:
                return Check("signed-records", ok=False, sentence=f"A signed {noun} isn't what was signed.")
    if set(recorded) - seen:
        return Check("signed-records", ok=False, sentence="A signed record is missing.")
    return Check("signed-records", ok=True, sentence=good)


def _search(database: Database) -> Check:
    expected = sum(
        int(database.value(_TOTALS[name])) for name in ("clients", "screenings", "plans", "incidents", "addenda")
    )
    found = int(database.value("SELECT count(*) FROM search"))
    problem = "" if found == expected else "The search index doesn't know every record."
    return _check("search-index", "The search index knows every record.", problem)
