"""The practice: its profile, its emergency contacts, and its settings."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import Enum

from safeplan_desktop.domain.checklists import ChecklistNote
from safeplan_desktop.domain.plans import PracticeSnapshot
from safeplan_desktop.domain.reference_lists import LineKind
from safeplan_desktop.errors import InvalidInputError


class Paper(Enum):
    """Paper sizes that documents are made for."""

    A4 = "a4"
    LETTER = "letter"


class ContactType(Enum):
    """What an emergency contact of the practice is."""

    EMERGENCY_NUMBER = "emergency-number"
    CRISIS_LINE = "crisis-line"
    CRISIS_TEAM = "crisis-team"
    EMERGENCY_DEPARTMENT = "emergency-department"
    POLICE = "police"
    POISON_CENTRE = "poison-centre"
    CONSULTANT = "consultant"
    COVERING_THERAPIST = "covering-therapist"
    BUILDING = "building"
    OTHER = "other"


SERVICES = frozenset(
    {
        ContactType.CRISIS_LINE,
        ContactType.CRISIS_TEAM,
        ContactType.EMERGENCY_DEPARTMENT,
        ContactType.COVERING_THERAPIST,
        ContactType.POISON_CENTRE,
        ContactType.OTHER,
    }
)
"""What of the practice's list a client may be given; consultants, the building and the police stay the therapist's."""

FOR_CLIENTS = SERVICES | {ContactType.EMERGENCY_NUMBER}
"""What a client may see of the practice's list: the services, and the emergency number."""


@dataclass(frozen=True, slots=True)
class PracticeProfile:
    """Who and where the practice is.

    Attributes:
        entrance: What an ambulance crew needs to find the door.
        callback: The number to give to a dispatcher.
        country: ISO 3166 code.
    """

    practice_name: str = ""
    therapist_name: str = ""
    credentials: str = ""
    phone: str = ""
    email: str = ""
    address: str = ""
    entrance: str = ""
    callback: str = ""
    country: str = "US"


@dataclass(frozen=True, slots=True)
class EmergencyContact:
    """One line of the practice's emergency contacts.

    Attributes:
        hours: When it answers, as text ("24 hours").
        checked_on: When the therapist last checked the number; None means never.
        checked_by: Who checked it then, as the name stood in the profile.
        languages: In which languages it answers, as text.
        free: Whether the call is free; None where it isn't known.
        abroad: How it is dialled from another country; empty where that isn't known.
        line: Of a crisis line, whom it is for or how it is reached.
        on_plans: Whether it is offered as a crisis number for safety plans.
        while_locked: Whether the Crisis panel shows it while the program is locked. Such a line is kept outside the
            encrypted file, so it must hold nothing about a client.
    """

    id: str
    type: ContactType
    name: str
    number: str
    hours: str = ""
    note: str = ""
    checked_on: dt.date | None = None
    on_plans: bool = False
    while_locked: bool = True
    checked_by: str = ""
    languages: str = ""
    free: bool | None = None
    abroad: str = ""
    line: LineKind = LineKind.CRISIS


class RiskStyle(Enum):
    """How the practice speaks of risk.

    Guidance in the United Kingdom asks not to use tools or levels to predict or to decide (NICE NG225, 2022).
    """

    TIERS = "tiers"
    FORMULATION = "formulation"


@dataclass(frozen=True, slots=True)
class PracticeSettings:
    """How the practice works with the program.

    Attributes:
        show_names: Whether screens show clients' names or only their codes.
        idle_minutes: Minutes without a key or a click until the program locks.
        paper: The paper in the printer.
        spool_note_seen: Whether the once-only note about print spools was read.
        qr_on_plans: Whether clients' copies show a square code that dials the first crisis number.
        practice_on_card: Whether the pocket card names the therapist and the practice.
        backup_folder: Where the last manual backup went; offered again.
        drill_months: After how many months the next exercise of the crisis protocol is due; 0 for never.
        risk_style: Whether tiers of screens and a level of risk are shown and asked for.
        checklist_notes: What applies where the practice works, in its own words, for each checklist.
    """

    show_names: bool = True
    idle_minutes: int = 5
    paper: Paper = Paper.A4
    spool_note_seen: bool = False
    backup_folder: str = ""
    qr_on_plans: bool = False
    practice_on_card: bool = False
    risk_style: RiskStyle = RiskStyle.TIERS
    checklist_notes: tuple[ChecklistNote, ...] = ()
    drill_months: int = 6


LONGEST_IDLE_MINUTES = 60
DAYS_A_CHECK_HOLDS = 365


def snapshot_of(profile: PracticeProfile, contacts: tuple[EmergencyContact, ...]) -> PracticeSnapshot:
    """The practice as it is now, to stand in a finished plan."""
    number = next((c.number for c in contacts if c.type is ContactType.EMERGENCY_NUMBER), "")
    return PracticeSnapshot(profile.practice_name, profile.therapist_name, profile.phone, number)


def is_stale(contact: EmergencyContact, day: dt.date, days: int = DAYS_A_CHECK_HOLDS) -> bool:
    """Whether the therapist never checked the number, or not for a year."""
    return contact.checked_on is None or (day - contact.checked_on).days > days


def check_words(contact: EmergencyContact) -> str:
    """When a number was last checked, and by whom."""
    if contact.checked_on is None:
        return "Number never checked"
    by = f" by {contact.checked_by}" if contact.checked_by else ""
    return f"Number checked on {contact.checked_on:%d %b %Y}{by}"


def check_warning(contact: EmergencyContact, day: dt.date) -> str:
    """What is said wherever a number shows that was never checked, or not for a year; else nothing."""
    if not is_stale(contact, day):
        return ""
    return check_words(contact) + ("" if contact.checked_on is None else ", more than a year ago")


def check_profile(profile: PracticeProfile) -> None:
    """Refuses a profile without the therapist's name.

    Raises:
        InvalidInputError: naming the field.
    """
    if not profile.therapist_name.strip():
        raise InvalidInputError("therapist_name", "Please type your name, as it stands on documents.")


def check_contact(contact: EmergencyContact) -> None:
    """Refuses a contact without a name or a number.

    Raises:
        InvalidInputError: naming the field.
    """
    if not contact.name.strip():
        raise InvalidInputError("name", "Please type who this is.")
    if not any(character.isdigit() for character in contact.number):
        raise InvalidInputError("number", "Please type the number.")


def check_settings(settings: PracticeSettings) -> None:
    """Refuses an idle time outside 1 to 60 minutes.

    Raises:
        InvalidInputError: naming the field.
    """
    if not 1 <= settings.idle_minutes <= LONGEST_IDLE_MINUTES:
        raise InvalidInputError("idle_minutes", f"Choose between 1 and {LONGEST_IDLE_MINUTES} minutes.")
