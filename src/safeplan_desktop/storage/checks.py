"""What "Check my records" looks at: pages, structure, references, hashes, the audit's chain, the search index."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from safeplan_desktop.domain.backups import Check, Verification
from safeplan_desktop.domain.chain_heads import HeadComparison, RecordedHead
from safeplan_desktop.domain.moments import zone_is_known
from safeplan_desktop.errors import DamagedVaultError
from safeplan_desktop.security.data_key import DataKey
from safeplan_desktop.storage import audit
from safeplan_desktop.storage.audit import ChainProblem
from safeplan_desktop.storage.chain_heads import compare_heads, heads_check
from safeplan_desktop.storage.check_index import check_index
from safeplan_desktop.storage.check_kept import check_kept
from safeplan_desktop.storage.check_records import check_records
from safeplan_desktop.storage.check_schema import check_schema
from safeplan_desktop.storage.check_search_words import SearchWords
from safeplan_desktop.storage.connection import Database
from safeplan_desktop.storage.migrate import refuse_newer

Report = Callable[[float, str], None]

_PAGE = 4096
_LISTS = "search-lists"
_OF_THE_INDEX = ("FTS5 table main.search", 'table "search"')
"""How a line of SQLite's own check ends that is about the lists of the search."""

_TOTALS = {
    "clients": "SELECT count(*) FROM client",
    "screenings": "SELECT count(*) FROM screening",
    "plans": "SELECT count(*) FROM plan_version",
    "incidents": "SELECT count(*) FROM incident",
    "addenda": "SELECT count(*) FROM addendum",
    "drafts": "SELECT count(*) FROM draft",
}
_LATER_TOTALS = {
    "signed_records": "SELECT count(*) FROM signed_record",
    "register_entries": "SELECT count(*) FROM register_entry",
    "attachments": "SELECT count(*) FROM attachment",
}
_SINCE = "signed_record"
"""A table that came with those."""


def totals_of(database: Database) -> dict[str, int]:
    """Rows by kind of record; kinds that the schema doesn't have are left out."""
    totals = {name: int(database.value(sql)) for name, sql in _TOTALS.items()}
    if database.has_table(_SINCE):
        totals |= {name: int(database.value(sql)) for name, sql in _LATER_TOTALS.items()}
    return totals


def check_snapshot(
    path: Path,
    key: DataKey,
    *,
    heads: Sequence[RecordedHead] = (),
    check_cancelled: Callable[[], None] | None = None,
    report: Report | None = None,
) -> Verification:
    """Checks a snapshot that nobody else uses.

    SQLite's own check runs first and the page codes second, on connections of their own: each finds what the other
    misses, and the first found fault would spoil the other's result.

    Args:
        path: The snapshot's file.
        key: The key with the snapshot's salt.
        heads: Earlier ends of the audit's chain, to hold it against.
        check_cancelled: Called between steps; whatever it raises ends the check.
        report: Told how far it is (0.0 to 1.0), and what is looked at.

    Raises:
        NewerSchemaError: when a newer program wrote it.
        CancelledError: from `check_cancelled`.
    """
    content = _Content(tuple(heads), check_cancelled or (lambda: None), report or (lambda _fraction, _sentence: None))
    checks = [_size(path)]
    steps: tuple[tuple[str, float, Callable[[Database], list[Check]]], ...] = (
        ("Looking at the file's structure", 0.0, _structure),
        ("Looking at every page", 0.25, _pages),
        ("Reading the audit", 0.4, content.checks),
    )
    for words, fraction, step in steps:
        content.check_cancelled()
        content.report(fraction, words)
        try:
            with Database.open_snapshot(path, key) as database:
                checks += step(database)
            content.index_sound = all(check.ok for check in checks if check.id == _LISTS)
        except DamagedVaultError:
            checks.append(Check("readable", ok=False, sentence="The records can't be read: the file is damaged."))
            break
    return Verification(tuple(checks), content.compared)


def check_content(database: Database, heads: Sequence[RecordedHead] = ()) -> list[Check]:
    """Everything but pages and structure: the audit's chain, guards, signed records, the search index, heads."""
    return _Content(tuple(heads), lambda: None, lambda _fraction, _sentence: None).checks(database)


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
    problems = database.integrity_problems()
    found = [line for line in problems if not line.endswith(_OF_THE_INDEX)]
    lost = database.execute("PRAGMA foreign_key_check")
    return [
        _check("page-count", "Every page is there.", "Pages are missing at the end of the file." if short else ""),
        _check(
            "structure",
            "The database's structure is sound.",
            "The database's structure is damaged." if found else "",
        ),
        _check("references", "Every reference leads somewhere.", "A reference leads nowhere." if lost else ""),
        # The lists of the search are made from the records: damage in them says nothing of the records.
        _check(
            _LISTS,
            "What Find looks in is sound.",
            "What Find looks in is damaged." if len(found) < len(problems) else "",
        ),
    ]


def _pages(database: Database) -> list[Check]:
    found = database.cipher_problems()
    free = int(database.value("PRAGMA freelist_count")) if found else 0
    good = "Every page is what was written."
    if found and len(found) <= free:
        good = "Every page in use is what was written; some unused pages are damaged, which loses nothing."
        found = []
    return [_check("pages", good, f"{len(found)} pages aren't what was written." if found else "")]


@dataclass(slots=True)
class _Content:
    """What the rows say, looked at one part after the other.

    Attributes:
        index_sound: Whether what Find looks in can be read; where it can't, only the records themselves are looked at.
    """

    heads: tuple[RecordedHead, ...]
    check_cancelled: Callable[[], None]
    report: Report
    compared: tuple[HeadComparison, ...] = ()
    index_sound: bool = True

    def checks(self, database: Database) -> list[Check]:
        total = max(audit.head(database).seq, 1)

        def progress(rows: int) -> None:
            self.report(0.4 + 0.25 * min(rows / total, 1.0), "Reading the audit")

        reading = audit.read_chain(database, check_cancelled=self.check_cancelled, progress=progress)
        checks = [_of_entry("audit-chain", "The audit's chain is unbroken.", reading.broken)]
        checks += [_of_entry("times", "No time goes back unexplained.", reading.step_back), _zones(database, reading)]
        self.check_cancelled()
        checks += check_schema(database)

        def compared(fraction: float) -> None:
            self.report(0.65 + 0.25 * fraction, "Comparing signed records with the audit")

        compared(0.0)
        # An index of an earlier schema has no list of places by which its rows could be compared.
        words = SearchWords(database) if self.index_sound and database.has_table("search_place") else None
        checks += check_records(database, self.check_cancelled, compared, words)
        checks.append(check_kept(database))
        self.report(0.95, "Comparing with earlier ends of the history")
        if self.index_sound:
            checks.append(check_index(database))
        if words is not None:
            words.rest(self.check_cancelled)
            checks.append(words.check())
        self.compared = compare_heads(database, self.heads)
        checks.append(heads_check(self.compared))
        return checks


def _of_entry(check_id: str, good: str, problem: ChainProblem | None) -> Check:
    if problem is None:
        return Check(check_id, ok=True, sentence=good)
    return Check(check_id, ok=False, sentence=problem.sentence, noun="audit", seq=problem.seq)


_ZONES = {
    "screening": "SELECT id, signed_zone FROM screening GROUP BY signed_zone",
    "plan": "SELECT id, finished_zone FROM plan_version GROUP BY finished_zone",
    "incident": "SELECT id, zone FROM incident GROUP BY zone"
    " UNION SELECT id, entered_zone FROM incident GROUP BY entered_zone"
    " UNION SELECT id, signed_zone FROM incident GROUP BY signed_zone",
    "addendum": "SELECT id, signed_zone FROM addendum GROUP BY signed_zone",
}


def _zones(database: Database, reading: audit.ChainReading) -> Check:
    for zone, seq in reading.zones.items():
        if not zone_is_known(zone):
            words = f"Entry {seq} of the audit names a time zone that this computer doesn't know."
            return Check("zones", ok=False, sentence=words, noun="audit", seq=seq)
    for noun, sql in _ZONES.items():
        for record_id, zone in database.execute(sql):
            if not zone_is_known(zone):
                words = f"The {noun} {record_id} names a time zone that this computer doesn't know."
                return Check("zones", ok=False, sentence=words, noun=noun, record_id=record_id)
    return Check("zones", ok=True, sentence="Every time zone is a known one.")
