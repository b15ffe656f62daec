"""What Find looks in, made anew from the records: a job, as it reads all of them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from safeplan_desktop.domain.audit import SEARCH_MADE_ANEW, AuditAction
from safeplan_desktop.domain.changes import Change, Noun
from safeplan_desktop.services.desk import Desk
from safeplan_desktop.storage import audit
from safeplan_desktop.storage.search_rebuild import rebuild


@dataclass(frozen=True, slots=True)
class SearchIndex:
    """The index of the search as a whole; each service keeps its own records' part of it."""

    desk: Desk

    def make_anew(self, report: Callable[[float, str], None], check_cancelled: Callable[[], None]) -> int:
        """Makes it say what the records say, in one transaction with its audit line; nobody is told before `tell`.

        Args:
            report: Told how far it is (0.0 to 1.0), and what is done.
            check_cancelled: Raises when the therapist cancelled.

        Returns:
            How many rows were written or taken out.

        Raises:
            StorageFullError, StorageUnavailableError, CancelledError: the index is as it was.
        """
        database = self.desk.database

        def note() -> None:
            audit.append(database, self.desk.now(), AuditAction.CHANGED, Noun.VAULT, detail=SEARCH_MADE_ANEW)

        return rebuild(database, within=note, report=report, check_cancelled=check_cancelled)

    def tell(self) -> None:
        """Tells those who keep parts of the index in memory; call it in the window's thread."""
        self.desk.on_change(Change(Noun.INCIDENT))
