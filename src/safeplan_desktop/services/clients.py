"""Clients: add, change, find, archive."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Collection
from dataclasses import dataclass, replace

from safeplan_desktop.domain.audit import AuditAction
from safeplan_desktop.domain.canonical import to_plain
from safeplan_desktop.domain.changes import Noun
from safeplan_desktop.domain.client_status import ClientStatus
from safeplan_desktop.domain.clients import Client, ClientForm, ClientLine, check_client_form, label_of
from safeplan_desktop.domain.ids import new_id
from safeplan_desktop.domain.moments import today
from safeplan_desktop.domain.searched_words import searched
from safeplan_desktop.errors import InvalidInputError, NotFoundError
from safeplan_desktop.services.desk import Desk, Entry
from safeplan_desktop.storage import clients as stored
from safeplan_desktop.storage import search


@dataclass(frozen=True, slots=True)
class Clients:
    """The practice's clients."""

    desk: Desk

    def get(self, client_id: str) -> Client:
        """One client.

        Raises:
            NotFoundError: when there is none of that id.
        """
        client = stored.find(self.desk.database, client_id)
        if client is None:
            raise NotFoundError("This client isn't in the records.")
        return client

    def by_code(self, code: str) -> Client:
        """The client of that code.

        Raises:
            NotFoundError: when there is none.
        """
        client = stored.find_by_code(self.desk.database, code)
        if client is None:
            raise NotFoundError("No client has this code.", next_step="The command clients lists all codes.")
        return client

    def list(self, *, include_archived: bool = False) -> tuple[Client, ...]:
        """Clients by code; archived ones only when asked for."""
        return tuple(c for c in stored.every(self.desk.database) if include_archived or c.archived_at is None)

    def lines(self) -> tuple[ClientLine, ...]:
        """All clients as lists show them, archived ones too, by code."""
        return stored.lines(self.desk.database)

    def any(self) -> bool:
        """Whether there is a client at all."""
        return stored.any_client(self.desk.database)

    def labels(self, client_ids: Collection[str] | None = None, *, show_names: bool) -> dict[str, str]:
        """How clients are called on screens, by id: of these, else of all who aren't archived."""
        found = stored.names(self.desk.database, client_ids)
        return {one: label_of(code, name, show_names=show_names) for one, (code, name) in found.items()}

    def codes_and_names(self, client_ids: Collection[str]) -> dict[str, tuple[str, str]]:
        """The code and the name of these clients by their ids."""
        return stored.names(self.desk.database, client_ids)

    def statuses(self) -> dict[str, ClientStatus]:
        """Where clients stand who aren't simply active, archived ones too, by id."""
        return stored.statuses(self.desk.database)

    def last_activity(self) -> dict[str, dt.date]:
        """The day of the newest signature of each client that has one, by client id."""
        return stored.last_activity(self.desk.database, self.desk.clock.zone())

    def suggest_code(self) -> str:
        """A code that nobody has: C-01, C-02, ... It says nothing about the client."""
        taken = stored.codes(self.desk.database)
        numbers = [int(match[1]) for code in taken if (match := re.fullmatch(r"c-(\d{1,6})", code))]
        return f"C-{max(numbers, default=0) + 1:02d}"

    def add(self, form: ClientForm) -> Client:
        """A new client.

        Raises:
            InvalidInputError: naming the field; also when the code is taken.
        """
        cleaned = self._checked(form, own_id="")
        moment = self.desk.now()
        client = Client(new_id(), cleaned, moment.at, moment.at)
        with self.desk.entry() as entry:
            self._wrote(entry, client, AuditAction.CREATED, stored.insert(self.desk.database, client))
        return client

    def change(self, client_id: str, form: ClientForm) -> Client:
        """The client with a new form.

        Raises:
            InvalidInputError: naming the field; also when another client has the code.
            NotFoundError: when there is no such client.
        """
        with self.desk.entry() as entry:
            return self.change_within(entry, client_id, form)

    def change_within(self, entry: Entry, client_id: str, form: ClientForm) -> Client:
        """The same, as part of a use case that is under way."""
        former = self.get(client_id)
        cleaned = self._checked(form, own_id=client_id)
        client = replace(former, form=cleaned, updated_at=entry.moment.at)
        self._wrote(entry, client, AuditAction.CHANGED, stored.update(self.desk.database, client))
        return client

    def archive(self, client_id: str) -> Client:
        """Hides a client from lists and due rows; nothing is deleted."""
        return self._set_archived(client_id, self.desk.now().at)

    def unarchive(self, client_id: str) -> Client:
        """Takes a client back from the archive."""
        return self._set_archived(client_id, None)

    def viewed(self, client_id: str) -> None:
        """Notes in the audit that a record was opened."""
        with self.desk.entry() as entry:
            entry.audit(AuditAction.VIEWED, Noun.CLIENT, client_id)

    def _set_archived(self, client_id: str, at: dt.datetime | None) -> Client:
        client = replace(self.get(client_id), archived_at=at)
        with self.desk.entry() as entry:
            written = stored.update(self.desk.database, client)
            action = AuditAction.UNARCHIVED if at is None else AuditAction.ARCHIVED
            entry.audit(action, Noun.CLIENT, client_id, content_hash=written)
            entry.changed(Noun.CLIENT, client_id, client_id)
        return client

    def _checked(self, form: ClientForm, *, own_id: str) -> ClientForm:
        cleaned = check_client_form(form, today=today(self.desk.clock))
        other = stored.find_by_code(self.desk.database, cleaned.code)
        if other is not None and other.id != own_id:
            raise InvalidInputError("code", "Another client has this code already.", next_step="Please choose another.")
        return cleaned

    def _wrote(self, entry: Entry, client: Client, action: AuditAction, written: str) -> None:
        put = search.add if action is AuditAction.CREATED else search.replace
        put(self.desk.database, Noun.CLIENT, client.id, client.id, *searched(Noun.CLIENT, to_plain(client.form)))
        entry.audit(action, Noun.CLIENT, client.id, content_hash=written)
        entry.changed(Noun.CLIENT, client.id, client.id)
