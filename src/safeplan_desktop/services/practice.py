"""The practice: profile, emergency contacts, settings, and the card that the Crisis panel shows while locked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import TypeVar

from safeplan_desktop.domain.audit import CRISIS_PROTOCOL, AuditAction
from safeplan_desktop.domain.canonical import UnreadableRecordError, content_hash, from_json, to_json
from safeplan_desktop.domain.changes import Noun
from safeplan_desktop.domain.checklists import ChecklistNote
from safeplan_desktop.domain.crisis import Protocol, check_protocol
from safeplan_desktop.domain.ids import new_id
from safeplan_desktop.domain.moments import today
from safeplan_desktop.domain.phone_numbers import from_abroad
from safeplan_desktop.domain.practice import (
    ContactType,
    EmergencyContact,
    PracticeProfile,
    PracticeSettings,
    check_contact,
    check_profile,
    check_settings,
    is_stale,
)
from safeplan_desktop.errors import StorageFullError, StorageUnavailableError
from safeplan_desktop.services import reference
from safeplan_desktop.services.desk import Desk, Entry
from safeplan_desktop.storage import practice as stored
from safeplan_desktop.storage.atomic_file import write_atomically
from safeplan_desktop.storage.vault_folder import VaultFolder

_PROFILE = "profile"
_SETTINGS = "settings"
_LARGEST_CARD = 256 * 1024


T = TypeVar("T")


def _row_of(name: str) -> str:
    return name.replace(" ", "-")


@dataclass(frozen=True, slots=True)
class CrisisCard:
    """What the Crisis panel may show while locked: of the practice only, nothing about a client.

    Attributes:
        protocol: The practice's own steps; None where it was written before there were any.
    """

    practice_name: str = ""
    address: str = ""
    entrance: str = ""
    callback: str = ""
    country: str = ""
    contacts: tuple[EmergencyContact, ...] = ()
    protocol: Protocol | None = None


def read_crisis_card(folder: VaultFolder) -> CrisisCard:
    """The card as last written; an empty one when there is none or it can't be read: the panel must always open."""
    try:
        if folder.crisis_card.stat().st_size > _LARGEST_CARD:
            return CrisisCard()
        return from_json(folder.crisis_card.read_text(encoding="utf-8"), CrisisCard)
    except (OSError, UnicodeDecodeError, UnreadableRecordError):
        return CrisisCard()


def contacts_of_country(code: str) -> tuple[EmergencyContact, ...]:
    """A country's emergency number and crisis lines as rows to edit; none of them is checked yet.

    The first line is for everybody; others may be for veterans or young people, so the therapist picks those for plans.
    """
    country = reference.country(code)
    if country is None:
        return ()
    emergency = EmergencyContact(
        new_id(), ContactType.EMERGENCY_NUMBER, "Emergency number", country.emergency, "24 hours", country.also
    )
    lines = tuple(
        EmergencyContact(
            new_id(),
            ContactType.CRISIS_LINE,
            line.name,
            line.number,
            line.hours,
            line.note,
            on_plans=index == 0,
            languages=line.languages,
            free=line.free,
            abroad=from_abroad(line.number, country.code),
            line=line.type,
        )
        for index, line in enumerate(country.lines)
    )
    return (emergency, *lines)


@dataclass(frozen=True, slots=True)
class Practice:
    """The practice's own data."""

    desk: Desk
    folder: VaultFolder

    def profile(self) -> PracticeProfile:
        """Who and where the practice is."""
        return stored.load(self.desk.database, _PROFILE, PracticeProfile) or PracticeProfile()

    def save_profile(self, profile: PracticeProfile) -> None:
        """Replaces the profile.

        Raises:
            InvalidInputError: naming the field.
        """
        check_profile(profile)
        with self.desk.entry() as entry:
            stored.save(self.desk.database, _PROFILE, profile, entry.moment.at)
            entry.audit(AuditAction.CHANGED, Noun.PRACTICE, content_hash=content_hash(to_json(profile)))
            entry.changed(Noun.PRACTICE)
        self.write_crisis_card()

    def contacts(self) -> tuple[EmergencyContact, ...]:
        """The emergency contacts, in the therapist's order."""
        return stored.contacts(self.desk.database)

    def save_contacts(self, contacts: tuple[EmergencyContact, ...]) -> None:
        """Replaces the table of emergency contacts.

        Raises:
            InvalidInputError: naming the field of the first contact that isn't complete.
        """
        for contact in contacts:
            check_contact(contact)
        with self.desk.entry() as entry:
            former = [one.id for one in self.contacts()]
            stored.replace_contacts(self.desk.database, contacts)
            self._note_contacts(entry, contacts, former)
            entry.audit(AuditAction.CHANGED, Noun.CONTACT, content_hash=content_hash(to_json(contacts)))
            entry.changed(Noun.CONTACT)
        self.write_crisis_card()

    def _note_contacts(self, entry: Entry, contacts: Sequence[EmergencyContact], former: Sequence[str]) -> None:
        """Notes each contact that was changed or taken out by itself, so that a check can name the one that differs."""
        present = {one.id: content_hash(to_json(one)) for one in contacts}
        noted = stored.noted_contacts(self.desk.database, (*present, *former))
        for contact_id, digest in present.items():
            if noted.get(contact_id) != digest or contact_id not in former:
                entry.audit(AuditAction.CHANGED, Noun.CONTACT, contact_id, content_hash=digest)
        for contact_id in former:
            if contact_id not in present:
                entry.audit(AuditAction.REMOVED, Noun.CONTACT, contact_id)

    def settings(self) -> PracticeSettings:
        """How the practice works with the program."""
        return stored.load(self.desk.database, _SETTINGS, PracticeSettings) or PracticeSettings()

    def save_settings(self, settings: PracticeSettings) -> None:
        """Replaces the settings.

        Raises:
            InvalidInputError: naming the field.
        """
        check_settings(settings)
        if settings == self.settings():
            return
        with self.desk.entry() as entry:
            stored.save(self.desk.database, _SETTINGS, settings, entry.moment.at)
            entry.audit(AuditAction.CHANGED, Noun.SETTINGS, content_hash=content_hash(to_json(settings)))
            entry.changed(Noun.SETTINGS)

    def checklist_note(self, checklist: str) -> str:
        """The practice's own note on what applies where it works, for one checklist; empty where there is none."""
        return next((one.text for one in self.settings().checklist_notes if one.checklist == checklist), "")

    def save_checklist_note(self, checklist: str, text: str) -> None:
        """Replaces that note; an empty one takes it away."""
        self.save_checklist_notes({checklist: text})

    def save_checklist_notes(self, notes: Mapping[str, str]) -> None:
        """Replaces the notes of these checklists; an empty one takes its note away."""
        settings = self.settings()
        others = tuple(one for one in settings.checklist_notes if one.checklist not in notes)
        own = tuple(ChecklistNote(checklist, text.strip()) for checklist, text in notes.items() if text.strip())
        self.save_settings(replace(settings, checklist_notes=(*others, *own)))

    def protocol(self) -> Protocol:
        """The emergency protocol: the practice's own, else ours."""
        return self.kept(CRISIS_PROTOCOL, Protocol) or reference.protocol()

    def save_protocol(self, protocol: Protocol) -> Protocol:
        """Replaces the emergency protocol.

        Raises:
            InvalidInputError: naming the variant.
        """
        cleaned = check_protocol(protocol)
        self.keep(CRISIS_PROTOCOL, cleaned)
        self.write_crisis_card()
        return cleaned

    def keep(self, name: str, value: object) -> None:
        """Replaces one thing that the practice keeps, such as its rules for trainings.

        Args:
            name: What it is, in small words with spaces between them; it stands in the audit, and "Check my records" finds
                the row by it.
            value: A frozen dataclass.
        """
        with self.desk.entry() as entry:
            stored.save(self.desk.database, _row_of(name), value, entry.moment.at)
            entry.audit(AuditAction.CHANGED, Noun.PRACTICE, detail=name, content_hash=content_hash(to_json(value)))
            entry.changed(Noun.PRACTICE)

    def kept(self, name: str, kind: type[T]) -> T | None:
        """What was kept under a name; None where nothing was."""
        return stored.load(self.desk.database, _row_of(name), kind)

    def reset_protocol(self) -> Protocol:
        """Goes back to our protocol."""
        return self.save_protocol(reference.protocol())

    def write_crisis_card(self) -> None:
        """Writes what the Crisis panel may show while locked."""
        write_atomically(self.folder.crisis_card, to_json(self.crisis_card()).encode())

    def renew_crisis_card(self) -> None:
        """Writes the card where it is missing or old, as after a restore; a folder that can't be written stops nothing."""
        if read_crisis_card(self.folder) != self.crisis_card():
            with suppress(StorageFullError, StorageUnavailableError):
                self.write_crisis_card()

    def crisis_card(self) -> CrisisCard:
        """What the Crisis panel may show while locked."""
        profile = self.profile()
        return CrisisCard(
            practice_name=profile.practice_name,
            address=profile.address,
            entrance=profile.entrance,
            callback=profile.callback or profile.phone,
            country=profile.country,
            contacts=tuple(contact for contact in self.contacts() if contact.while_locked),
            protocol=self.protocol(),
        )

    def numbers_never_checked(self) -> tuple[EmergencyContact, ...]:
        """Contacts whose number the therapist hasn't checked yet, or not for a year."""
        day = today(self.desk.clock)
        return tuple(contact for contact in self.contacts() if is_stale(contact, day))
