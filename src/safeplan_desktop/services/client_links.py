"""Links between clients, and to guardians: kept once, shown on both records, never with a word of the other record."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from safeplan_desktop.domain.changes import Noun
from safeplan_desktop.domain.client_links import LinkKind, LinkNote, Receives, check_link
from safeplan_desktop.domain.moments import today
from safeplan_desktop.domain.register import RegisterEntry
from safeplan_desktop.domain.vocabulary import label_of
from safeplan_desktop.errors import InvalidInputError
from safeplan_desktop.services.clients import Clients
from safeplan_desktop.services.desk import Desk
from safeplan_desktop.services.practice import Practice
from safeplan_desktop.services.register import Register


@dataclass(frozen=True, slots=True)
class LinkView:
    """A link as one of the two records shows it.

    Attributes:
        entry_id: The entry of the register.
        kind: What the other person is to this client.
        label: The other client's code or name, as the practice shows clients; a contact's name.
        other_client: The other client's id; empty for a contact.
        receives: What the other person may receive about this client.
        basis, day: On what that rests, since when.
    """

    entry_id: str
    kind: LinkKind
    label: str
    other_client: str
    receives: tuple[Receives, ...]
    basis: str
    day: dt.date

    @property
    def words(self) -> str:
        """Who may receive what, on what basis, in a line."""
        what = ", ".join(label_of(one).lower() for one in self.receives) or "nothing"
        ground = f" ({self.basis}, {self.day:%d %b %Y})" if self.receives else ""
        return f"{label_of(self.kind)} {self.label} may receive: {what}{ground}"


@dataclass(frozen=True, slots=True)
class ClientLinks:
    """Who belongs together, and who may receive what."""

    desk: Desk
    clients: Clients
    register: Register
    practice: Practice

    def add(self, client_id: str, note: LinkNote, day: dt.date | None = None) -> RegisterEntry:
        """Links a client to another one, or to one of their contacts.

        Raises:
            InvalidInputError: naming the field; also when the two are linked already.
            NotFoundError: when there is no such client.
        """
        note, day = self._checked(client_id, note, day)
        if note.other_client and any(one.other_client == note.other_client for one in self.of_client(client_id)):
            raise InvalidInputError("other", "These two are linked already. Take the link out first.")
        return self.register.add(Noun.LINK, note, day=day, client_id=client_id)

    def remove(self, entry_id: str) -> RegisterEntry:
        """Takes a link out of both records; `bring_back` undoes it.

        Raises:
            NotFoundError: when it isn't there.
        """
        return self.register.remove(entry_id)

    def bring_back(self, entry: RegisterEntry) -> None:
        """Puts a link back that was taken out."""
        self.register.add(
            Noun.LINK, entry.form_as(LinkNote), day=entry.day, client_id=entry.client_id, entry_id=entry.id
        )

    def of_client(self, client_id: str) -> tuple[LinkView, ...]:
        """A client's links, seen from their record, the newest first."""
        found = []
        for entry in self.register.of_kind(Noun.LINK):
            note = entry.form_as(LinkNote)
            if entry.client_id == client_id:
                label = self._label(note.other_client) if note.other_client else self._contact(client_id, note.contact)
                found.append(
                    LinkView(entry.id, note.kind, label, note.other_client, note.other_receives, note.basis, entry.day)
                )
            elif note.other_client == client_id:
                found.append(
                    LinkView(
                        entry.id,
                        note.kind.seen_from_there,
                        self._label(entry.client_id),
                        entry.client_id,
                        note.client_receives,
                        note.basis,
                        entry.day,
                    )
                )
        return tuple(found)

    def may_receive(self, client_id: str) -> tuple[str, ...]:
        """Who may receive what about a client, a line each; empty where nobody is linked."""
        return tuple(link.words for link in self.of_client(client_id))

    def _checked(self, client_id: str, note: LinkNote, day: dt.date | None) -> tuple[LinkNote, dt.date]:
        now = today(self.desk.clock)
        if day is not None and day > now:
            raise InvalidInputError("day", "The day lies in the future.")
        cleaned = check_link(note, client_id)
        client = self.clients.get(client_id)
        if cleaned.other_client:
            self.clients.get(cleaned.other_client)
        elif all(contact.id != cleaned.contact for contact in client.form.contacts):
            raise InvalidInputError("other", "This contact isn't among the client's contacts any more.")
        return cleaned, day or now

    def _label(self, client_id: str) -> str:
        return self.clients.get(client_id).label(show_names=self.practice.settings().show_names)

    def _contact(self, client_id: str, contact_id: str) -> str:
        contacts = self.clients.get(client_id).form.contacts
        return next((one.name for one in contacts if one.id == contact_id), "a contact who was taken out")
