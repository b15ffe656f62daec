"""What every service works at: the open database, the clock, and whom to tell of a change."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from safeplan_desktop.domain.audit import AuditAction
from safeplan_desktop.domain.changes import Change, Noun
from safeplan_desktop.domain.moments import Clock, Moment, moment_now
from safeplan_desktop.storage import audit
from safeplan_desktop.storage.connection import Database


@dataclass(slots=True)
class Entry:
    """One use case under way: its moment, the changes it will tell of, and its line in the audit."""

    database: Database
    moment: Moment
    changes: list[Change] = field(default_factory=list)

    def audit(
        self,
        action: AuditAction,
        noun: Noun,
        record_id: str = "",
        *,
        detail: str = "",
        content_hash: str = "",
    ) -> None:
        """Adds a link to the audit's chain; `detail` is a constant of the program, never what somebody typed."""
        audit.append(
            self.database,
            self.moment,
            action,
            noun,
            record_id=record_id,
            detail=detail,
            content_hash=content_hash,
        )

    def changed(self, noun: Noun, record_id: str = "", client_id: str = "") -> None:
        """Remembers a change; the screens hear of it after the transaction."""
        self.changes.append(Change(noun, record_id, client_id))


@dataclass(frozen=True, slots=True)
class Desk:
    """The database, the clock, and whom to tell.

    Attributes:
        on_change: Called once for each change, after its transaction is on the disk.
    """

    database: Database
    clock: Clock
    on_change: Callable[[Change], None]

    def now(self) -> Moment:
        """The present moment."""
        return moment_now(self.clock)

    @contextmanager
    def entry(self) -> Iterator[Entry]:
        """One use case: one transaction with its audit line; changes are told once it is on the disk."""
        entry = Entry(self.database, self.now())
        with self.database.transaction():
            yield entry
        for change in entry.changes:
            self.on_change(change)
