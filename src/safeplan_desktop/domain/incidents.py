"""Incidents: a factual log. Event time and entry time are apart, and what was signed is only ever added to."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum

from safeplan_desktop.domain.checklists import ChecklistAnswers
from safeplan_desktop.domain.clients import ClientSnapshot
from safeplan_desktop.domain.moments import Moment

FORM_VERSION = 1


class IncidentCategory(Enum):
    """What kind of incident it was."""

    CLIENT_CRISIS = "client-crisis"
    SUICIDAL_INTENT = "suicidal-intent"
    SELF_HARM = "self-harm"
    SUICIDE_ATTEMPT = "suicide-attempt"
    DEATH = "death"
    THREAT_TO_OTHERS = "threat-to-others"
    VIOLENCE = "violence"
    WEAPON = "weapon"
    STALKING = "stalking"
    PARTNER_VIOLENCE = "partner-violence"
    ABUSE_REPORT = "abuse-report"
    MEDICAL_EMERGENCY = "medical-emergency"
    INTOXICATION = "intoxication"
    MISSING_CLIENT = "missing-client"
    BOUNDARY = "boundary"
    PRIVACY_BREACH = "privacy-breach"
    TELEHEALTH_FAILURE = "telehealth-failure"
    PREMISES = "premises"
    COMPLAINT = "complaint"
    EMERGENCY_RESPONSE = "emergency-response"
    NEAR_MISS = "near-miss"
    OTHER = "other"


class PhysicalHarm(Enum):
    """Physical harm, graded (levels as in England's LFPSE)."""

    NONE = "none"
    LOW = "low"
    MODERATE = "moderate"
    SEVERE = "severe"
    FATAL = "fatal"


class PsychologicalHarm(Enum):
    """Psychological harm, graded apart from physical harm (levels as in England's LFPSE)."""

    NONE = "none"
    LOW = "low"
    MODERATE = "moderate"
    SEVERE = "severe"


class Place(Enum):
    """Where it happened."""

    OFFICE = "office"
    TELEHEALTH = "telehealth"
    PHONE = "phone"
    HOME_VISIT = "home-visit"
    PUBLIC = "public"
    ELSEWHERE = "elsewhere"


class Party(Enum):
    """Who was notified."""

    EMERGENCY_SERVICES = "emergency-services"
    CRISIS_TEAM = "crisis-team"
    EMERGENCY_CONTACT = "emergency-contact"
    POLICE = "police"
    INTENDED_VICTIM = "intended-victim"
    CONSULTANT = "consultant"
    CHILD_OR_ADULT_PROTECTION = "child-or-adult-protection"
    PHYSICIAN = "physician"
    INSURER = "insurer"
    LICENSING_BOARD = "licensing-board"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who was there, and how to reach them."""

    name: str
    role: str = ""
    contact: str = ""


@dataclass(frozen=True, slots=True)
class Action:
    """One thing that was done, with its time to the minute."""

    at: dt.datetime | None
    text: str


@dataclass(frozen=True, slots=True)
class Notification:
    """Who was told: how, when, whom they spoke to, under what reference, on what legal basis or consent.

    Attributes:
        checklist: The checklist that it was filled in by; empty where it was typed.
    """

    party: Party
    at: dt.datetime | None = None
    who: str = ""
    how: str = ""
    reference: str = ""
    basis: str = ""
    outcome: str = ""
    checklist: str = ""


@dataclass(frozen=True, slots=True)
class Consultation:
    """A consultation about the incident: when, why just then, with whom, what was advised, what was decided and why."""

    at: dt.datetime | None = None
    why_now: str = ""
    who: str = ""
    advice: str = ""
    decision: str = ""


@dataclass(frozen=True, slots=True)
class RecordLink:
    """Another signed record that this one goes with; its title stands as it was on the day of signing."""

    id: str = ""
    title: str = ""


@dataclass(frozen=True, slots=True)
class FollowUp:
    """Something to do afterwards."""

    text: str
    due: dt.date | None = None
    done_on: dt.date | None = None


@dataclass(frozen=True, slots=True)
class IncidentForm:
    """What the therapist writes about an incident. The entry time isn't here: it can't be edited.

    Attributes:
        client_id: Whose incident it is; empty where no client was involved.
        zone: IANA zone in which the times were entered.
        account: What happened: facts, in order, quotes marked as such.
        client_location: Where the client was, when the place is telehealth or the phone.
        reporter: Who saw it or told of it, where that isn't the therapist.
        assessment: How the situation was judged at the time.
        injured: Who was hurt.
        transport: Whether somebody was taken somewhere: by whom, where to.
        care_change: A change in the level of care.
        factors: What contributed to it.
        lessons: What was learned.
        protocol_change: What changes in the practice's protocol.
        screening, plan: Which of the client's records it goes with.
        crisis_started_at: When the run of the Crisis panel began that it was made from.
    """

    client_id: str = ""
    category: IncidentCategory | None = None
    happened_at: dt.datetime | None = None
    ended_at: dt.datetime | None = None
    zone: str = "UTC"
    place: Place | None = None
    place_note: str = ""
    people: tuple[Person, ...] = ()
    antecedent: str = ""
    account: str = ""
    de_escalation: str = ""
    actions: tuple[Action, ...] = ()
    notifications: tuple[Notification, ...] = ()
    physical_harm: PhysicalHarm | None = None
    psychological_harm: PsychologicalHarm | None = None
    near_miss: bool = False
    injury_note: str = ""
    outcome: str = ""
    follow_ups: tuple[FollowUp, ...] = ()
    debrief: str = ""
    client_location: str = ""
    reporter: str = ""
    assessment: str = ""
    property_damage: str = ""
    injured: str = ""
    medical_care: str = ""
    transport: str = ""
    care_change: str = ""
    factors: str = ""
    lessons: str = ""
    protocol_change: str = ""
    consultation: Consultation = Consultation()
    checklists: tuple[ChecklistAnswers, ...] = ()
    screening: RecordLink = RecordLink()
    plan: RecordLink = RecordLink()
    crisis_started_at: dt.datetime | None = None


@dataclass(frozen=True, slots=True)
class SignedIncident:
    """A signed incident: never changes; addenda follow it.

    Attributes:
        number: Such as "2026-003": the year of entry, and a sequence within it.
        entered: When the entry was begun; nobody can edit it.
        content: The canonical JSON that was signed.
        content_hash: Its SHA-256, in hex.
    """

    id: str
    number: str
    client: ClientSnapshot | None
    form: IncidentForm
    entered: Moment
    signer: str
    signed: Moment
    content: str = ""
    content_hash: str = ""
    credentials: str = ""


@dataclass(frozen=True, slots=True)
class IncidentSummary:
    """One row of the incident log.

    Attributes:
        number: Empty for a draft.
        signed: None for a draft.
        happened_at: UTC; None where a draft has no time yet.
        voided: Whether it was entered in error; the record stays, readable and marked.
    """

    id: str
    number: str
    client_id: str
    category: IncidentCategory | None
    happened_at: dt.datetime | None
    zone: str
    entered: Moment
    signed: Moment | None
    physical_harm: PhysicalHarm | None
    psychological_harm: PsychologicalHarm | None
    addenda: int = 0
    voided: bool = False


class AddendumKind(Enum):
    """Why something is added to what was signed."""

    LATE_ENTRY = "late-entry"  # something that was forgotten
    ADDENDUM = "addendum"  # something new since
    CORRECTION = "correction"  # something that was wrong
    ENTERED_IN_ERROR = "entered-in-error"  # the whole record should not be there


ADDED_KINDS = (AddendumKind.LATE_ENTRY, AddendumKind.ADDENDUM, AddendumKind.CORRECTION)
"""What can simply be added; "entered in error" is a decision of its own."""


ADDENDUM_FORM_VERSION = 1


@dataclass(frozen=True, slots=True)
class AddendumForm:
    """What is being added to a signed record, before it is signed."""

    kind: AddendumKind = AddendumKind.LATE_ENTRY
    reason: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True)
class Addendum:
    """What was added to a signed record; the original stays readable as it was.

    Attributes:
        record_id: The signed incident or screening.
        number: 1, 2, 3, ... for each record.
    """

    id: str
    record_id: str
    number: int
    kind: AddendumKind
    reason: str
    text: str
    signer: str
    signed: Moment
    content: str = ""
    content_hash: str = ""


@dataclass(frozen=True, slots=True)
class FollowUpState:
    """A follow-up of a signed incident, and whether it was done since.

    Attributes:
        position: From 0, in the order that was signed.
        done_on: The day it was done; None while it is open.
        note: What was noted when it was done.
        marked: Whether it was marked after signing, so that the mark can be taken back.
    """

    incident_id: str
    position: int
    text: str
    due: dt.date | None
    done_on: dt.date | None = None
    note: str = ""
    marked: bool = False


def void_of(addenda: Iterable[Addendum]) -> Addendum | None:
    """The addendum that says that the record was entered in error; None where there is none."""
    return next((one for one in addenda if one.kind is AddendumKind.ENTERED_IN_ERROR), None)


def entered_later(happened_at: dt.datetime | None, entered: Moment) -> int:
    """Days from the day it happened to the day it was entered, where the therapist was; 0 for the same day."""
    if happened_at is None:
        return 0
    return (entered.local_date - Moment(happened_at, entered.zone).local_date).days


Wrong = tuple[tuple[str, str], ...]
"""What isn't right, in the order of the fields: the field's name, and a sentence."""


def missing_for_signing(form: IncidentForm, *, now: dt.datetime) -> Wrong:
    """What is still needed before signing: the field, and a sentence. Empty when nothing is missing."""
    needs: list[tuple[str, str]] = []
    if form.category is None:
        needs.append(("category", "What kind of incident it was."))
    if form.happened_at is None:
        needs.append(("happened_at", "When it happened."))
    elif form.happened_at > now:
        needs.append(("happened_at", "A time that isn't in the future."))
    if form.happened_at and form.ended_at and form.ended_at < form.happened_at:
        needs.append(("ended_at", "An end that isn't before the beginning."))
    if form.place is None:
        needs.append(("place", "Where it happened."))
    if not form.account.strip():
        needs.append(("account", "What happened."))
    if form.physical_harm is None:
        needs.append(("physical_harm", "How severe any physical harm was, or that there was none."))
    if form.psychological_harm is None:
        needs.append(("psychological_harm", "How severe any psychological harm was, or that there was none."))
    return tuple(needs)


def wrong_for_signing(form: IncidentForm, *, signer: str, now: dt.datetime) -> Wrong:
    """What keeps a form from being signed: the field, or "signer", and a sentence to stand beside it."""
    asked = [
        (field, f"Still needed before signing: {sentence[0].lower()}{sentence[1:]}")
        for field, sentence in missing_for_signing(form, now=now)
    ]
    return (*asked, *_unsigned(signer))


def wrong_in_addendum(reason: str, text: str, signer: str) -> Wrong:
    """What an addendum lacks: text, reason or signature."""
    asked = [("text", "Please write what you want to add.")] if not text.strip() else []
    if not reason.strip():
        asked.append(("reason", "Please write why it is added now."))
    return (*asked, *_unsigned(signer))


def wrong_in_voiding(reason: str, signer: str) -> Wrong:
    """What a mark "entered in error" lacks: reason or signature."""
    asked = [] if reason.strip() else [("reason", "Please write why the record should not be there.")]
    return (*asked, *_unsigned(signer))


def wrong_in_done(done_on: dt.date | None, day: dt.date) -> Wrong:
    """What isn't right about the day on which a follow-up was done; `day` is the present one."""
    if done_on is None:
        return (("done_on", "Please type the day it was done."),)
    return (("done_on", "The day it was done lies ahead."),) if done_on > day else ()


def _unsigned(signer: str) -> Wrong:
    return () if signer.strip() else (("signer", "Please type your name as your signature."),)
