"""Where clients stand: change it with a reason and a day, take a mistake back, see what an ending leaves open."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace

from safeplan_desktop.domain.audit import AuditAction
from safeplan_desktop.domain.changes import Noun
from safeplan_desktop.domain.checklists import ChecklistAnswers
from safeplan_desktop.domain.client_status import ClientStatus, StatusNote, check_status_note
from safeplan_desktop.domain.clients import Client
from safeplan_desktop.domain.moments import today
from safeplan_desktop.domain.register import RegisterEntry
from safeplan_desktop.errors import NotFoundError
from safeplan_desktop.services.clients import Clients
from safeplan_desktop.services.desk import Desk, Entry
from safeplan_desktop.services.register import Register
from safeplan_desktop.storage import clients as stored_clients
from safeplan_desktop.storage import statuses as stored


@dataclass(frozen=True, slots=True)
class Statuses:
    """Changes of where a client stands; the register keeps each with its reason and day."""

    desk: Desk
    clients: Clients
    register: Register

    def history(self, client_id: str) -> tuple[RegisterEntry, ...]:
        """A client's changes, the newest first."""
        return stored.of_client(self.desk.database, client_id)

    def since(self, client_id: str) -> dt.date | None:
        """Since when the client stands where they stand; None while that never changed."""
        history = self.history(client_id)
        return history[0].day if history else None

    def change(
        self,
        client_id: str,
        status: ClientStatus,
        *,
        reason: str,
        day: dt.date | None = None,
        until: dt.date | None = None,
        checklist: ChecklistAnswers | None = None,
    ) -> RegisterEntry:
        """Notes that a client stands elsewhere from a day on.

        Args:
            client_id: Whose.
            status: Where they stand now.
            reason: Why, in a few words.
            day: From when; None for today.
            until: For a pause, when to look at it again.
            checklist: The checklist of an ending, as far as it was gone through.

        Raises:
            InvalidInputError: naming the field.
            NotFoundError: when there is no such client.
        """
        client = self.clients.get(client_id)
        day = day or today(self.desk.clock)
        note = check_status_note(
            StatusNote(status, client.status, reason, until, checklist),
            day=day,
            last=self.since(client_id),
            today=today(self.desk.clock),
        )
        with self.desk.entry() as entry:
            made = self.register.add_within(entry, Noun.STATUS, note, day=day, client_id=client_id)
            self._stand(entry, client, status)
        return made

    def take_back(self, client_id: str) -> ClientStatus:
        """Takes the newest change out, as if it had not been made; gives where the client stands again.

        Raises:
            NotFoundError: when there is no change to take back.
        """
        history = self.history(client_id)
        if not history:
            raise NotFoundError("There is no change of status to take back.")
        client = self.clients.get(client_id)
        former = history[0].form_as(StatusNote).former
        with self.desk.entry() as entry:
            self.register.remove_within(entry, history[0].id)
            self._stand(entry, client, former)
        return former

    def keep_checklist(self, entry_id: str, answers: ChecklistAnswers) -> None:
        """Keeps what was answered of the checklist that goes with a change; it may be gone on with later."""
        note = self.register.get(entry_id).form_as(StatusNote)
        self.register.change(entry_id, replace(note, checklist=answers))

    def pauses(self) -> dict[str, dt.date]:
        """The day on which a pause is looked at again, by client id."""
        return stored.pauses(self.desk.database)

    def _stand(self, entry: Entry, client: Client, status: ClientStatus) -> None:
        moved = replace(client, status=status, updated_at=entry.moment.at)
        written = stored_clients.update(self.desk.database, moved)
        entry.audit(AuditAction.CHANGED, Noun.CLIENT, client.id, detail=f"status: {status.value}", content_hash=written)
        entry.changed(Noun.CLIENT, client.id, client.id)
