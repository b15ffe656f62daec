"""The incident log in memory: ten thousand rows filter at once, and a change reads one row again, not all."""

from __future__ import annotations

from dataclasses import dataclass, field

from safeplan_desktop.domain.canonical import from_json
from safeplan_desktop.domain.changes import Change, Noun
from safeplan_desktop.domain.drafts import DraftKind
from safeplan_desktop.domain.incident_log import LogFilter, holds_words, narrowed
from safeplan_desktop.domain.incidents import IncidentForm, IncidentSummary
from safeplan_desktop.services.incidents import Incidents, words_of
from safeplan_desktop.storage import search

_PART = 500
"""Rows that are read at a time: a few milliseconds, so that whoever types meanwhile notices nothing."""


@dataclass
class IncidentLog:
    """The rows of the log, kept as long as nothing changes; `hear` is told of every change."""

    incidents: Incidents
    _rows: dict[str, IncidentSummary] | None = field(default=None, init=False)
    _parts: dict[str, IncidentSummary] = field(default_factory=dict, init=False)
    _stale: set[str] = field(default_factory=set, init=False)
    _open: frozenset[str] | None = field(default=None, init=False)
    _index: dict[int, str] = field(default_factory=dict, init=False)
    _index_stale: bool = field(default=True, init=False)
    _texts: dict[str, str] | None = field(default=None, init=False)

    def hear(self, change: Change) -> None:
        """Remembers what has to be read again."""
        if change.noun in (Noun.INCIDENT, Noun.ADDENDUM, Noun.DRAFT):
            self._stale.add(change.record_id)
            self._open = self._texts = None
            self._index_stale = True
            if not change.record_id:
                # A record may have been removed for good: the numbers of its rows in the index are given again.
                self._index.clear()

    def rows(self) -> tuple[IncidentSummary, ...]:
        """All rows: drafts first, then the newest first."""
        while not self.read_some():
            pass
        return tuple(self._rows.values()) if self._rows is not None else ()

    def read_some(self) -> bool:
        """Reads the next part of a log that isn't in memory yet; whether now all of it is."""
        if "" in self._stale:
            # Nobody said what was changed, so everything is read again.
            self._rows, self._parts = None, {}
            self._stale.clear()
        if self._rows is None:
            part = self.incidents.some(next(reversed(self._parts), ""), _PART)
            self._parts.update((row.id, row) for row in part)
            if len(part) == _PART:
                return False
            self._parts.update((row.id, row) for row in self.incidents.unsigned())
            self._rows, self._parts = _ordered(self._parts), {}
        if self._stale:
            self._read_again(self._rows)
        return True

    def _read_again(self, rows: dict[str, IncidentSummary]) -> None:
        for record_id in self._stale:
            found = self.incidents.summary(record_id)
            if found is not None:
                rows[record_id] = found
            else:
                rows.pop(record_id, None)
        self._stale.clear()
        self._rows = _ordered(rows)

    def narrowed(self, wanted: LogFilter) -> tuple[IncidentSummary, ...]:
        """The rows that a filter keeps."""
        rows = self.rows()
        if wanted.open_follow_up and self._open is None:
            self._open = frozenset(one.incident_id for one in self.incidents.open_follow_ups())
        return narrowed(
            rows, wanted, with_open_follow_up=self._open or frozenset(), with_text=self._with_text(wanted.text)
        )

    def _with_text(self, typed: str) -> set[str | None] | None:
        """The incidents that hold the text in themselves or in an addendum; None where nothing was typed."""
        database = self.incidents.desk.database
        found = search.rows_with(database, typed)
        if found is None:
            return None
        if self._index_stale:
            # While nobody removes a record, rows of signed ones are only added, so what is known of them stays true.
            self._index.update(search.incident_rows(database, max(self._index, default=0)))
            self._index_stale = False
        ids = set(map(self._index.get, found))
        ids.update(record_id for record_id, text in self._draft_texts().items() if holds_words(text, typed))
        return ids

    def _draft_texts(self) -> dict[str, str]:
        if self._texts is None:
            drafts = (draft for draft in self.incidents.drafts.every() if draft.kind is DraftKind.INCIDENT)
            self._texts = {one.record_id: words_of(from_json(one.form_json, IncidentForm)) for one in drafts}
        return self._texts


def _ordered(rows: dict[str, IncidentSummary]) -> dict[str, IncidentSummary]:
    ordered = sorted(rows.values(), key=lambda row: (row.happened_at or row.entered.at, row.number), reverse=True)
    ordered.sort(key=lambda row: row.signed is not None)
    return {row.id: row for row in ordered}
