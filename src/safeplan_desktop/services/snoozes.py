"""Putting rows of Today off, with a reason; a snooze ends by itself on its day."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from safeplan_desktop.domain.changes import Noun
from safeplan_desktop.domain.due import DueRow
from safeplan_desktop.domain.moments import today
from safeplan_desktop.domain.snoozes import ActiveSnooze, Snooze, check_snooze
from safeplan_desktop.services.desk import Desk
from safeplan_desktop.services.register import Register
from safeplan_desktop.storage import register as stored


@dataclass(frozen=True, slots=True)
class Snoozes:
    """What was put off. In the register an entry stands at the day on which its row comes back."""

    desk: Desk
    register: Register

    def active(self) -> dict[str, ActiveSnooze]:
        """Those whose day hasn't come, by their rows' keys."""
        tomorrow = today(self.desk.clock) + dt.timedelta(days=1)
        found = stored.of_kind_from(self.desk.database, Noun.SNOOZE, tomorrow)
        by_entry = sorted(found, key=lambda entry: (entry.entered_at, entry.id))
        snoozes = [ActiveSnooze(entry.form_as(Snooze), entry.id) for entry in by_entry]
        return {one.snooze.key: one for one in snoozes}

    def put_off(self, row: DueRow, until: dt.date | None, reason: str) -> str:
        """Puts a row off; gives the id that `wake` takes.

        Raises:
            InvalidInputError: naming "until" or "reason".
        """
        snooze = check_snooze(row, until, reason, today(self.desk.clock))
        present = self.active().get(row.key)
        if present is not None:
            # Otherwise the earlier word would come back with the later one's end.
            return self.register.change(present.entry_id, snooze, day=snooze.until).id
        # It belongs to the client's record, so that it goes with it.
        return self.register.add(Noun.SNOOZE, snooze, day=snooze.until, client_id=row.client_id).id

    def wake(self, entry_id: str) -> None:
        """Takes a snooze back: its row waits again.

        Raises:
            NotFoundError: when it isn't there any more.
        """
        self.register.remove(entry_id)
