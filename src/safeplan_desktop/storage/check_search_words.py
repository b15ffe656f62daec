"""Whether the words by which the search finds a record are those of the record."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from safeplan_desktop.domain.backups import Check
from safeplan_desktop.domain.canonical import UnreadableRecordError
from safeplan_desktop.domain.changes import Noun
from safeplan_desktop.domain.searched_words import KINDS, all_words_in, searched, words_in
from safeplan_desktop.domain.vocabulary import label_of
from safeplan_desktop.storage.check_books import WORDS, Plain, summed_up
from safeplan_desktop.storage.connection import Database
from safeplan_desktop.storage.search import REGISTERED_KINDS

_GOOD = "The search finds each record by its own words."
_BATCH = 500
_INDEXED = (
    "SELECT p.record_id, s.title, s.body FROM json_each(?2) AS wanted"
    " CROSS JOIN search_place AS p ON p.noun = ?1 AND p.record_id = wanted.value"
    " CROSS JOIN search AS s ON s.rowid = p.place"
)
_REST = (
    "SELECT id, 'client' AS noun, json FROM client WHERE id > ?1"
    " UNION ALL SELECT id, noun, json FROM register_entry"
    " WHERE id > ?1 AND noun IN (SELECT value FROM json_each(?2)) ORDER BY id LIMIT ?3"
)


@dataclass(slots=True)
class SearchWords:
    """Compares record by record; that a record isn't in the index at all, `check_index` says.

    Attributes:
        foreign: Records that the search finds by words that don't stand in them, or by none of theirs.
        fewer: How many records it finds by some of their words only, as earlier versions of the program left some out.
    """

    database: Database
    foreign: list[Check] = field(default_factory=list)
    fewer: int = 0
    first_with_fewer: str = ""

    def compare(self, records: Mapping[str, tuple[Noun, Plain]]) -> None:
        """Compares what the index holds of these records, by their ids, with what it should.

        Args:
            records: Kind and plain data, as `searched` takes them; kinds that aren't searched are passed over.
        """
        for noun in {noun for noun, _ in records.values()} & KINDS:
            ids = [record_id for record_id, (kind, _) in records.items() if kind is noun]
            for record_id, title, body in self.database.execute(_INDEXED, (noun.value, json.dumps(ids))):
                self._compare(noun, record_id, (title, body), records[record_id][1])

    def rest(self, check_cancelled: Callable[[], None]) -> None:
        """Compares clients and entries of the register, which are no signed records."""
        nouns = json.dumps(sorted(noun.value for noun in REGISTERED_KINDS))
        last = ""
        while rows := self.database.execute(_REST, (last, nouns, _BATCH)):
            check_cancelled()
            self.compare({row[0]: (Noun(row[1]), plain) for row in rows if (plain := _read(row[2])) is not None})
            last = rows[-1][0]

    def _compare(self, noun: Noun, record_id: str, indexed: tuple[str, str], record: Plain) -> None:
        try:
            wanted = searched(noun, record)
        except (UnreadableRecordError, KeyError, TypeError, AttributeError):
            return  # what it holds isn't of its kind: other checks say what was changed, or there is nothing to compare with
        if indexed == wanted:
            return
        found, own = words_in(*indexed), words_in(*wanted)
        emptied = words_in(wanted[1]) and not words_in(indexed[1])
        if emptied or found - own - all_words_in(record):
            self.foreign.append(_differs(noun, record_id))
        elif own - found:
            self.fewer += 1
            self.first_with_fewer = self.first_with_fewer or f"{label_of(noun).lower()} {record_id}"

    def check(self) -> Check:
        """All of it as one check."""
        good = _GOOD
        if self.fewer:
            those = "One record is" if self.fewer == 1 else f"{self.fewer} records are"
            good += (
                f" {those} found by some of the words only (earlier versions of the program left some out), the first is the"
                f" {self.first_with_fewer}."
            )
        return summed_up(WORDS, self.foreign, good)


def _read(text: str) -> Plain | None:
    try:
        plain = json.loads(text)
    except ValueError:
        return None
    return plain if isinstance(plain, dict) else None


def _differs(noun: Noun, record_id: str) -> Check:
    return Check(
        WORDS,
        ok=False,
        sentence=f"The search finds the {label_of(noun).lower()} {record_id} by other words than those in it.",
        noun=noun.value,
        record_id=record_id,
    )
