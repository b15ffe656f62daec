"""Exercises of the emergency protocol: keep, list, and when the next one is due."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace

from safeplan_desktop.domain.audit import AuditAction
from safeplan_desktop.domain.canonical import content_hash, to_json
from safeplan_desktop.domain.changes import Noun
from safeplan_desktop.domain.drafts import DraftKind
from safeplan_desktop.domain.drills import Drill, next_drill_due
from safeplan_desktop.errors import NotFoundError
from safeplan_desktop.services.desk import Desk
from safeplan_desktop.services.practice import Practice
from safeplan_desktop.storage import drafts as stored_drafts
from safeplan_desktop.storage import drills as stored


@dataclass(frozen=True, slots=True)
class Drills:
    """The practice's exercises; a training log reads them here."""

    desk: Desk
    practice: Practice

    def keep(self, drill: Drill, improve: str) -> Drill:
        """Keeps an exercise that was held, with what is to be improved; its draft goes in the same transaction."""
        kept = replace(drill, improve=improve.strip())
        with self.desk.entry() as entry:
            stored.insert(self.desk.database, kept)
            stored_drafts.delete(self.desk.database, DraftKind.DRILL, kept.id)
            entry.audit(AuditAction.CREATED, Noun.DRILL, kept.id, content_hash=content_hash(to_json(kept)))
            entry.changed(Noun.DRILL, kept.id)
        return kept

    def every(self) -> tuple[Drill, ...]:
        """All exercises, the newest first."""
        return stored.every(self.desk.database)

    def get(self, drill_id: str) -> Drill:
        """One exercise.

        Raises:
            NotFoundError: when there is none of that id.
        """
        drill = stored.find(self.desk.database, drill_id)
        if drill is None:
            raise NotFoundError("This exercise isn't in the records.")
        return drill

    def next_due(self) -> dt.date | None:
        """The day of the next exercise; None where none is wanted or none was ever held."""
        held = self.every()
        last = held[0].held.local_date if held else None
        return next_drill_due(last, self.practice.settings().drill_months)
