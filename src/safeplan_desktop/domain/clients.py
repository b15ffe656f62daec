"""Clients, their contacts, and what is safe to do with each contact."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass

from safeplan_desktop.domain.answers import Answer
from safeplan_desktop.domain.client_status import ClientStatus
from safeplan_desktop.errors import InvalidInputError

_CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,19}")
LONGEST_LINE = 200
OLDEST_AGE_YEARS = 130


@dataclass(frozen=True, slots=True)
class ContactSafety:
    """What is safe with a person's phone and letter box; the emergency contact may be the danger.

    Attributes:
        call: May be called.
        leave_message: A message may be left, on a machine or with whoever answers.
        write: A letter or e-mail may be sent.
        never_contact: Must not be contacted at all, whatever the other answers say.
    """

    call: Answer = Answer.NOT_ASKED
    leave_message: Answer = Answer.NOT_ASKED
    write: Answer = Answer.NOT_ASKED
    never_contact: bool = False


@dataclass(frozen=True, slots=True)
class ClientContact:
    """Somebody around the client: emergency contact, family, friend, guardian, another professional.

    Attributes:
        emergency: Whether this is an emergency contact.
        consent: Whether the client agreed that this person is contacted in an emergency.
        consent_on: The day of that consent.
    """

    id: str
    name: str
    relation: str = ""
    phone: str = ""
    email: str = ""
    emergency: bool = False
    consent: Answer = Answer.NOT_ASKED
    consent_on: dt.date | None = None
    safety: ContactSafety = ContactSafety()
    note: str = ""


@dataclass(frozen=True, slots=True)
class ForEmergency:
    """What a dispatcher or a crew needs to know of a client, asked in quiet times.

    Attributes:
        hazards: At the client's address, such as weapons, dogs, stairs.
        medicines: That the client takes or has at home.
        department: The emergency department nearest to the client.
        police: The police at the client's place.
        dispatch: The direct-dial number of the dispatch of the client's area; the emergency number would reach the
            therapist's own.
    """

    hazards: str = ""
    medicines: str = ""
    department: str = ""
    police: str = ""
    dispatch: str = ""


@dataclass(frozen=True, slots=True)
class ClientForm:
    """What the therapist types about a client.

    Attributes:
        code: The short code that stands for the client on screens, numbers and file names; unique, never a name.
        language: BCP 47 code of the language of the client's documents, whatever the window's language is.
        country: ISO 3166 code of where the client lives (crisis numbers follow it); empty = the practice's country.
        safety: What is safe with the client's own phone and letter box.
    """

    code: str = ""
    name: str = ""
    pronouns: str = ""
    birth_date: dt.date | None = None
    phone: str = ""
    email: str = ""
    address: str = ""
    country: str = ""
    language: str = "en"
    safety: ContactSafety = ContactSafety()
    contacts: tuple[ClientContact, ...] = ()
    note: str = ""
    emergency: ForEmergency = ForEmergency()


def label_of(code: str, name: str, *, show_names: bool) -> str:
    """How a client is called on screens: by name where the therapist shows names, else by code."""
    return f"{name} ({code})" if show_names and name else code


@dataclass(frozen=True, slots=True)
class Client:
    """A client as stored.

    Attributes:
        archived_at: When the client was archived (UTC); None while active. Archived clients are hidden, not deleted.
        status: Where the client stands; the register holds since when and why.
    """

    id: str
    form: ClientForm
    created_at: dt.datetime
    updated_at: dt.datetime
    archived_at: dt.datetime | None = None
    status: ClientStatus = ClientStatus.ACTIVE

    @property
    def code(self) -> str:
        """The client's short code."""
        return self.form.code

    @property
    def name(self) -> str:
        """The client's name as typed."""
        return self.form.name

    def label(self, *, show_names: bool) -> str:
        """How the client is called on screens: by name where the therapist shows names, else by code."""
        return label_of(self.code, self.name, show_names=show_names)

    @property
    def emergency_contacts(self) -> tuple[ClientContact, ...]:
        """Emergency contacts that may be contacted."""
        return tuple(c for c in self.form.contacts if c.emergency and not c.safety.never_contact)

    @property
    def never_contact(self) -> tuple[ClientContact, ...]:
        """People who must not be contacted; they stand first wherever contacts are shown in a crisis."""
        return tuple(c for c in self.form.contacts if c.safety.never_contact)


@dataclass(frozen=True, slots=True)
class ClientLine:
    """A client in a list: what it shows, without the rest of the form."""

    id: str
    code: str
    name: str
    archived: bool
    status: ClientStatus

    def label(self, *, show_names: bool) -> str:
        """How the client is called on screens: by name where the therapist shows names, else by code."""
        return label_of(self.code, self.name, show_names=show_names)


@dataclass(frozen=True, slots=True)
class ClientSnapshot:
    """Who the client was when something was signed; a later change of name changes nothing that was signed."""

    client_id: str
    code: str
    name: str
    pronouns: str = ""
    birth_date: dt.date | None = None
    language: str = "en"


def snapshot_of(client: Client) -> ClientSnapshot:
    """The client as they are now, to stand in a signed record."""
    form = client.form
    return ClientSnapshot(client.id, form.code, form.name, form.pronouns, form.birth_date, form.language)


def check_client_form(form: ClientForm, *, today: dt.date) -> ClientForm:
    """The form with outer spaces removed.

    Raises:
        InvalidInputError: naming the field, when the code is missing or unsuitable, the name is missing, the birth date
            can't be, or a contact has no name.
    """
    cleaned = ClientForm(
        code=form.code.strip(),
        name=form.name.strip(),
        pronouns=form.pronouns.strip(),
        birth_date=form.birth_date,
        phone=form.phone.strip(),
        email=form.email.strip(),
        address=form.address.strip(),
        country=form.country.strip().upper(),
        language=form.language.strip() or "en",
        safety=form.safety,
        contacts=form.contacts,
        note=form.note,
        emergency=ForEmergency(
            hazards=form.emergency.hazards.strip(),
            medicines=form.emergency.medicines.strip(),
            department=form.emergency.department.strip(),
            police=form.emergency.police.strip(),
            dispatch=form.emergency.dispatch.strip(),
        ),
    )
    if not cleaned.name:
        raise InvalidInputError("name", "Please type the client's name.")
    if not cleaned.code:
        raise InvalidInputError("code", "Please type a short code for the client, such as M-07.")
    if not _CODE.fullmatch(cleaned.code):
        raise InvalidInputError(
            "code",
            "A code has at most 20 letters, digits, hyphens or underscores, and starts with a letter or digit.",
        )
    for field in ("name", "pronouns", "phone", "email"):
        if len(getattr(cleaned, field)) > LONGEST_LINE:
            raise InvalidInputError(field, f"This is longer than {LONGEST_LINE} characters.")
    if cleaned.birth_date is not None:
        if cleaned.birth_date > today:
            raise InvalidInputError("birth_date", "The birth date lies in the future.")
        if cleaned.birth_date.year < today.year - OLDEST_AGE_YEARS:
            raise InvalidInputError("birth_date", "The birth date is too long ago. Please check the year.")
    if any(not contact.name.strip() for contact in cleaned.contacts):
        raise InvalidInputError("contacts", "One of the contacts has no name yet.")
    return cleaned


def age_on(birth_date: dt.date, day: dt.date) -> int:
    """Completed years of life on a day."""
    before_birthday = (day.month, day.day) < (birth_date.month, birth_date.day)
    return day.year - birth_date.year - int(before_birthday)
