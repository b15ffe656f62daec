"""Who has a copy of a plan: give, swap, take back; the list stays true from version to version."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace

from safeplan_desktop.domain.audit import AuditAction
from safeplan_desktop.domain.changes import Noun
from safeplan_desktop.domain.ids import new_id
from safeplan_desktop.domain.moments import today
from safeplan_desktop.domain.plan_copies import CopyEnd, PlanCopy, copies_to_swap
from safeplan_desktop.domain.plans import PlanVersion, Recipient, check_recipient
from safeplan_desktop.errors import InvalidInputError, NotFoundError
from safeplan_desktop.services.desk import Desk, Entry
from safeplan_desktop.services.plans import Plans
from safeplan_desktop.storage import plan_copies as stored
from safeplan_desktop.storage.rows import row_hash


@dataclass(frozen=True, slots=True)
class PlanCopies:
    """The copies' use cases."""

    desk: Desk
    plans: Plans

    def of_client(self, client_id: str) -> tuple[PlanCopy, ...]:
        """All copies of a client's plans; those that are out first."""
        return stored.of_client(self.desk.database, client_id)

    def get(self, copy_id: str) -> PlanCopy:
        """One copy.

        Raises:
            NotFoundError: when there is none of that id.
        """
        copy = stored.find(self.desk.database, copy_id)
        if copy is None:
            raise NotFoundError("This copy isn't on the list.")
        return copy

    def to_swap(self, client_id: str) -> tuple[PlanCopy, ...]:
        """Copies of older versions that are still out; none once the work with the client is over."""
        if not self.plans.clients.get(client_id).status.swaps_copies:
            return ()
        versions = self.plans.of_client(client_id)
        newest = next((one.number for one in versions if not one.voided), 0)
        in_error = frozenset(one.id for one in versions if one.voided)
        return copies_to_swap(self.of_client(client_id), newest, in_error)

    def to_take_back(self, client_id: str) -> tuple[PlanCopy, ...]:
        """Copies of versions that were entered in error and are still out, whatever became of the work."""
        in_error = frozenset(one.id for one in self.plans.of_client(client_id) if one.voided)
        return tuple(copy for copy in self.of_client(client_id) if copy.is_out and copy.version_id in in_error)

    def give(self, version_id: str, recipient: Recipient, *, received: bool = False) -> PlanCopy:
        """Notes that somebody got a copy of a finished version.

        Older copies that the same person has in the same form are noted as swapped: the new one goes out for them. One of
        a version that was entered in error isn't: it is out until somebody notes that it came back.

        Raises:
            InvalidInputError: naming the field, when the name or the client's dated release is missing.
            NotFoundError: when there is no such version.
            SignedRecordError: when it was entered in error.
        """
        return self.give_all(version_id, (recipient,), received=received)[0]

    def give_all(
        self, version_id: str, recipients: Sequence[Recipient], *, received: bool = False
    ) -> tuple[PlanCopy, ...]:
        """Notes that several people got their copies: all of them are noted, or none.

        Raises:
            InvalidInputError: naming the field, when somebody's name or the client's dated release is missing.
            NotFoundError: when there is no such version.
            SignedRecordError: when it was entered in error.
        """
        day = today(self.desk.clock)
        for recipient in recipients:
            check_recipient(recipient, today=day)
        version = self.plans.get(version_id)
        self.plans.refuse_voided(version_id)
        with self.desk.entry() as entry:
            return tuple(self._give(entry, version, recipient, day, received=received) for recipient in recipients)

    def _give(
        self, entry: Entry, version: PlanVersion, recipient: Recipient, day: dt.date, *, received: bool
    ) -> PlanCopy:
        copy = PlanCopy(
            new_id(), version.client.client_id, version.id, version.number, recipient, day, received=received
        )
        for former in self._replaced_by(version, recipient):
            self._end(entry, former, CopyEnd.REPLACED, day)
        stored.insert(self.desk.database, copy)
        sealed = row_hash(*stored.row_of(copy))
        entry.audit(AuditAction.GIVEN, Noun.PLAN_COPY, copy.id, detail=recipient.format.value, content_hash=sealed)
        entry.changed(Noun.PLAN_COPY, copy.id, copy.client_id)
        return copy

    def _replaced_by(self, version: PlanVersion, recipient: Recipient) -> list[PlanCopy]:
        counting = {one.id for one in self.plans.counting(version.client.client_id)}
        return [
            copy
            for copy in self.of_client(version.client.client_id)
            if copy.is_out
            and copy.version_id in counting
            and copy.version_number <= version.number
            and copy.recipient.copy_key == recipient.copy_key
        ]

    def end(self, copy_id: str, end: CopyEnd, on: dt.date | None = None) -> PlanCopy:
        """Notes what became of a copy.

        Raises:
            InvalidInputError: naming the field, when the day lies before the copy was given or in the future.
            NotFoundError: when there is no such copy.
        """
        former = self.get(copy_id)
        day = on or today(self.desk.clock)
        if not former.given_on <= day <= today(self.desk.clock):
            raise InvalidInputError("ended_on", "The day lies before the copy was given, or in the future.")
        with self.desk.entry() as entry:
            return self._end(entry, former, end, day)

    def take_back(self, copy_id: str) -> PlanCopy:
        """Undoes a note of what became of a copy: it is out again."""
        with self.desk.entry() as entry:
            return self._change(entry, replace(self.get(copy_id), end=None, ended_on=None))

    def received(self, copy_id: str) -> PlanCopy:
        """Notes that the holder said that they received it."""
        with self.desk.entry() as entry:
            return self._change(entry, replace(self.get(copy_id), received=True))

    def _end(self, entry: Entry, copy: PlanCopy, end: CopyEnd, day: dt.date) -> PlanCopy:
        return self._change(entry, replace(copy, end=end, ended_on=day))

    def _change(self, entry: Entry, copy: PlanCopy) -> PlanCopy:
        stored.update(self.desk.database, copy)
        entry.audit(AuditAction.CHANGED, Noun.PLAN_COPY, copy.id, content_hash=row_hash(*stored.row_of(copy)))
        entry.changed(Noun.PLAN_COPY, copy.id, copy.client_id)
        return copy
