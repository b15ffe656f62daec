"""What the Crisis panel shows, and the times of the ticked steps; those are in memory only until an incident is made."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, field

from safeplan_desktop.domain.incidents import Action, IncidentForm, Place
from safeplan_desktop.domain.moments import Clock, zone_info
from safeplan_desktop.domain.practice import FOR_CLIENTS, ContactType, EmergencyContact
from safeplan_desktop.domain.reference_lists import Card
from safeplan_desktop.domain.vocabulary import label_of
from safeplan_desktop.services import reference
from safeplan_desktop.services.practice import CrisisCard, read_crisis_card
from safeplan_desktop.services.session import Session
from safeplan_desktop.storage.vault_folder import VaultFolder


@dataclass(frozen=True, slots=True)
class Line:
    """One name with its number."""

    name: str
    number: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Numbers:
    """The left side of the panel.

    Attributes:
        held_back: Whether something is left out, as the screen is turned to the client.
    """

    sections: tuple[tuple[str, tuple[Line, ...]], ...]
    can_make_incident: bool
    held_back: bool = False


@dataclass
class CrisisPresenter:
    """Knows whether the records are open, and whose they are just now."""

    folder: VaultFolder
    clock: Clock
    session: Callable[[], Session | None]
    client_id: Callable[[], str]
    faces_client: Callable[[], bool] = lambda: False
    _held_back: bool = field(default=False, init=False)
    _ticks: dict[tuple[str, int], dt.datetime] = field(default_factory=dict, init=False)

    def protocol(self, which: str) -> tuple[str, ...]:
        """The steps for "office" or "telehealth"."""
        protocol = reference.protocol()
        return protocol.office if which == "office" else protocol.telehealth

    def cards(self) -> tuple[Card, ...]:
        """The de-escalation cards."""
        return reference.cards()

    def tick(self, which: str, number: int, *, on: bool) -> str:
        """Stamps a step, or takes the stamp away; gives the local time as shown."""
        if not on:
            self._ticks.pop((which, number), None)
            return ""
        now = self._ticks.setdefault((which, number), self.clock.now())
        return now.astimezone(zone_info(self.clock.zone())).strftime("%H:%M")

    @property
    def has_ticks(self) -> bool:
        """Whether stamped steps wait for an incident."""
        return bool(self._ticks)

    def hold_back(self) -> None:
        """The screen is turned to the client: what is only for the therapist waits until it is asked for."""
        self._held_back = self.faces_client()

    def show_everything(self) -> None:
        """Shows the rest, too: whom never to contact, the consultant, what is known of the client."""
        self._held_back = False

    def numbers(self) -> Numbers:
        """What stands on the left: the practice's numbers always, the client's people only while unlocked."""
        session, client_id = self.session(), self.client_id()
        sections: list[tuple[str, tuple[Line, ...]]] = []
        if session is not None and client_id and not self._held_back:
            sections += self._client_sections(session, client_id)
        card = read_crisis_card(self.folder)
        contacts = session.practice.contacts() if session is not None else card.contacts
        if self._held_back:
            contacts = tuple(contact for contact in contacts if contact.type in FOR_CLIENTS)
        sections.insert(0, ("Emergency numbers", self._lines(contacts)))
        say = self._dispatcher(card)
        if say:
            sections.insert(1, ("Tell the dispatcher", say))
        return Numbers(tuple(sections), can_make_incident=session is not None, held_back=self._held_back)

    @staticmethod
    def _lines(contacts: tuple[EmergencyContact, ...]) -> tuple[Line, ...]:
        if not contacts:
            return (Line("No numbers yet.", "", "Practice > Emergency contacts."),)
        ordered = sorted(contacts, key=lambda contact: contact.type is not ContactType.EMERGENCY_NUMBER)
        lines = []
        for contact in ordered:
            checked = "" if contact.checked_on else "this number isn't checked by you yet"
            kind = "" if contact.name == label_of(contact.type) else label_of(contact.type)
            note = "; ".join(part.rstrip(". ") for part in (kind, contact.hours, contact.note, checked) if part)
            lines.append(Line(contact.name, contact.number, note))
        return tuple(lines)

    @staticmethod
    def _dispatcher(card: CrisisCard) -> tuple[Line, ...]:
        lines = []
        if card.address:
            lines.append(Line(card.address, "", card.entrance))
        if card.callback:
            lines.append(Line("Call-back number", card.callback))
        return tuple(lines)

    @staticmethod
    def _client_sections(session: Session, client_id: str) -> list[tuple[str, tuple[Line, ...]]]:
        client = session.clients.get(client_id)
        show_names = session.practice.settings().show_names
        sections: list[tuple[str, tuple[Line, ...]]] = []
        never = tuple(Line(c.name, "", f"Never contact. {c.relation}".strip()) for c in client.never_contact)
        if never:
            sections.append(("Never contact", never))
        people = tuple(
            Line(
                ", ".join(part for part in (c.name, c.relation) if part),
                c.phone,
                f"Consent: {label_of(c.consent).lower()}. Leave a message: {label_of(c.safety.leave_message).lower()}.",
            )
            for c in client.emergency_contacts
        )
        if people:
            sections.append(("Client's emergency contact", people))
        born = f"born {client.form.birth_date.isoformat()}" if client.form.birth_date else ""
        about = Line(
            client.label(show_names=show_names),
            client.form.phone,
            ", ".join(p for p in (born, client.form.address) if p),
        )
        sections.append(("About the client", (about,)))
        return sections

    def incident_form(self) -> IncidentForm:
        """An incident form with the ticked steps as its timeline."""
        ordered = sorted(self._ticks.items(), key=lambda entry: entry[1])
        actions = tuple(
            Action(at.replace(second=0, microsecond=0), self.protocol(which)[number - 1])
            for (which, number), at in ordered
        )
        telehealth = any(which == "telehealth" for which, _ in self._ticks)
        first = ordered[0][1].replace(second=0, microsecond=0) if ordered else None
        place = (Place.TELEHEALTH if telehealth else Place.OFFICE) if ordered else None
        return IncidentForm(happened_at=first, place=place, actions=actions, zone=self.clock.zone())
