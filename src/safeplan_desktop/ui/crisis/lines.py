"""The lines on the left of the Crisis panel: what to say first, whom to call, what is known of the client."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from safeplan_desktop.domain.answers import Answer
from safeplan_desktop.domain.clients import Client, ClientContact
from safeplan_desktop.domain.crisis import Variant, Whereabouts
from safeplan_desktop.domain.practice import FOR_CLIENTS, ContactType, EmergencyContact, check_warning
from safeplan_desktop.domain.screenings import Setting
from safeplan_desktop.domain.vocabulary import kind_of, label_of
from safeplan_desktop.services.practice import CrisisCard

_FIRST = "Call, and say first"


@dataclass(frozen=True, slots=True)
class Line:
    """One name with its number.

    Attributes:
        number: Shown in large letters: a number, or words to be read aloud.
    """

    name: str
    number: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """Lines under a heading."""

    title: str
    lines: tuple[Line, ...]


def dispatcher_section(
    card: CrisisCard, variant: Variant, client: Client | None, whereabouts: Whereabouts | None, day: dt.date
) -> Section:
    """Whom to call, and what to say in the order in which dispatchers ask: where, how to get in, which number to call back."""
    if variant is Variant.TELEHEALTH:
        return Section(_FIRST, _elsewhere(card, client, whereabouts or Whereabouts()))
    lines = [Line("Call", contact.number, _note(contact, day, kind="")) for contact in _emergency(card.contacts)]
    if whereabouts is not None and whereabouts.setting is Setting.HOME_VISIT and whereabouts.place:
        lines.append(Line("You visited the client at", whereabouts.place, _asked(whereabouts)))
    if card.address:
        lines.append(Line("Where", card.address.replace("\n", ", ")))
        if card.entrance:
            lines.append(Line("Entrance", card.entrance))
    if card.callback:
        lines.append(Line("Call-back number", card.callback))
    if not card.address:
        lines.append(Line("No address yet.", "", "It comes from Practice > Profile."))
    return Section(_FIRST, tuple(lines))


def _elsewhere(card: CrisisCard, client: Client | None, whereabouts: Whereabouts) -> tuple[Line, ...]:
    lines = []
    address = client.form.address.replace("\n", ", ") if client is not None else ""
    if whereabouts.place:
        lines.append(Line("Where the client is", whereabouts.place, _asked(whereabouts)))
    elif address:
        lines.append(
            Line("Where the client is: not asked yet", address, "This is the address in the record. Please ask.")
        )
    else:
        lines.append(Line("Where the client is: please ask", "", ""))
    numbers = [("Call-back number", card.callback)] if card.callback else []
    if whereabouts.callback:
        numbers.append(("The client's number", whereabouts.callback))
    elif client is not None and client.form.phone:
        numbers.append(("The client's number", client.form.phone))
    lines += [Line(name, number) for name, number in numbers]
    dispatch = client.form.emergency.dispatch if client is not None else ""
    if dispatch:
        lines.append(Line("Dispatch of the client's area, direct", dispatch, "As it stands in the client's record."))
    else:
        own = next((contact.number for contact in _emergency(card.contacts)), "The emergency number")
        to = f" to {whereabouts.place or address}" if whereabouts.place or address else " to the client's address"
        lines.append(
            Line(
                f"{own}, dialled here, reaches your own area. Ask for a transfer{to}.",
                "",
                "The direct number of the client's area can stand in the client's record.",
            )
        )
    return tuple(lines)


def _asked(whereabouts: Whereabouts) -> str:
    if whereabouts.asked is None:
        return ""
    return f"As last asked: {whereabouts.asked.local:%d %b %Y, %H:%M}. Please ask again."


def client_sections(client: Client, *, show_names: bool) -> list[Section]:
    """Whom never to contact, the emergency contacts, what to read to the dispatcher: all of it from the record."""
    form = client.form
    never = tuple(Line(c.name, "", f"Never contact. {c.relation}".strip()) for c in client.never_contact)
    people = tuple(_person(contact) for contact in client.emergency_contacts)
    emergency = form.emergency
    who = form.name if show_names and form.name else f"{client.code} (names are hidden; “Show everything” shows it)"
    facts = [Line("Client", who, f"born {form.birth_date:%d %b %Y}" if form.birth_date else "birth date not known")]
    facts += [
        Line(name, "", words)
        for name, words in (
            ("Hazards at the address", emergency.hazards),
            ("Medicines", emergency.medicines),
            ("Nearest emergency department", emergency.department),
            ("Local police", emergency.police),
            ("Address in the record", form.address),
        )
        if words
    ]
    return [
        Section("Never contact", never),
        Section("Client's emergency contact", people),
        Section("Read to the dispatcher", tuple(facts)),
    ]


def _person(contact: ClientContact) -> Line:
    agreed = f", on {contact.consent_on:%d %b %Y}" if contact.consent is Answer.YES and contact.consent_on else ""
    said = (
        f"Consent: {label_of(contact.consent).lower()}{agreed}",
        f"Safe to call: {label_of(contact.safety.call).lower()}",
        f"Leave a message: {label_of(contact.safety.leave_message).lower()}",
    )
    name = ", ".join(part for part in (contact.name, contact.relation) if part)
    return Line(name, contact.phone, ". ".join(said) + ".")


def numbers_section(
    contacts: tuple[EmergencyContact, ...], variant: Variant, day: dt.date, *, for_client: bool
) -> Section:
    """The practice's numbers; one that wasn't checked for a year says so. The emergency number may stand on top already."""
    if for_client:
        contacts = tuple(contact for contact in contacts if contact.type in FOR_CLIENTS)
    if not contacts:
        return Section(
            "Emergency numbers", (Line("No numbers yet.", "", "They come from Practice > Emergency contacts."),)
        )
    lines = [
        Line(
            contact.name,
            contact.number,
            _note(contact, day, kind="" if contact.name == kind_of(contact) else kind_of(contact)),
        )
        for contact in contacts
        if variant is Variant.TELEHEALTH or contact.type is not ContactType.EMERGENCY_NUMBER
    ]
    return Section("Emergency numbers", tuple(lines))


def _emergency(contacts: tuple[EmergencyContact, ...]) -> tuple[EmergencyContact, ...]:
    return tuple(contact for contact in contacts if contact.type is ContactType.EMERGENCY_NUMBER)


def _note(contact: EmergencyContact, day: dt.date, *, kind: str) -> str:
    parts = (kind, contact.hours, contact.languages, contact.note, check_warning(contact, day))
    return "; ".join(part.rstrip(". ") for part in parts if part)
