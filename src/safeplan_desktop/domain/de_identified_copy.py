"""A signed incident as a de-identified copy: roles, days counted from the incident, and no names, numbers or places."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from safeplan_desktop.domain.clients import Client, age_on
from safeplan_desktop.domain.de_identification import Deidentifier, relative_day
from safeplan_desktop.domain.incidents import Addendum, IncidentForm, SignedIncident
from safeplan_desktop.domain.known_people import Identity
from safeplan_desktop.domain.moments import Moment
from safeplan_desktop.domain.practice import ContactType, EmergencyContact, PracticeProfile
from safeplan_desktop.domain.times_and_ages import part_of_day
from safeplan_desktop.domain.vocabulary import label_of

_HOUR = 60
_OLDEST_SAID = 89
_DECADE = 10


@dataclass(frozen=True, slots=True)
class CopySection:
    """A heading with its lines."""

    heading: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DeidentifiedCopy:
    """One incident without what tells who it was about.

    Attributes:
        title: Such as "Incident 1".
    """

    title: str
    sections: tuple[CopySection, ...]


def day_zero_of(incident: SignedIncident) -> dt.date:
    """The day that all others are counted from: when it happened."""
    happened = incident.form.happened_at
    return Moment(happened, incident.form.zone).local_date if happened else incident.entered.local_date


def identities_of(
    incident: SignedIncident,
    client: Client | None,
    helpers: Sequence[Identity],
    profile: PracticeProfile,
    contacts: Sequence[EmergencyContact],
) -> tuple[Identity, ...]:
    """Everybody who is known to belong to an incident, with the role that stands instead of the name.

    Args:
        incident: What was signed.
        client: As they are now; None where no client was involved.
        helpers: Further people, such as those of the client's plan.
        profile: The practice's.
        contacts: The practice's emergency contacts.
    """
    found = [*_client(incident, client), *_people(incident.form), *helpers]
    found.append(
        Identity(
            "the therapist",
            tuple(dict.fromkeys(name for name in (incident.signer, profile.therapist_name) if name)),
            tuple(number for number in (profile.phone, profile.callback) if number),
            tuple(place for place in (profile.address, profile.entrance) if place),
            tuple(mark for mark in (profile.email, incident.number) if mark),
        )
    )
    found.append(Identity("the practice", (profile.practice_name,), whole_names=True))
    persons = (ContactType.CONSULTANT, ContactType.COVERING_THERAPIST)
    found += [
        Identity(_contact_role(one), (one.name,), (one.number,), whole_names=one.type not in persons)
        for one in contacts
        if one.type not in (ContactType.EMERGENCY_NUMBER, ContactType.CRISIS_LINE)
    ]
    return tuple(found)


def _contact_role(contact: EmergencyContact) -> str:
    return {
        ContactType.CONSULTANT: "the consultant",
        ContactType.COVERING_THERAPIST: "the covering therapist",
    }.get(contact.type, "[service]")


def _client(incident: SignedIncident, client: Client | None) -> Iterator[Identity]:
    snapshot = incident.client
    if snapshot is None:
        return
    form = client.form if client else None
    places = (form.address if form else "", incident.form.place_note, incident.form.client_location)
    yield Identity(
        "the client",
        tuple(dict.fromkeys(name for name in (snapshot.name, form.name if form else "") if name)),
        (form.phone,) if form and form.phone else (),
        tuple(place for place in places if place),
        tuple(mark for mark in (snapshot.code, form.code if form else "", form.email if form else "") if mark),
        snapshot.birth_date or (form.birth_date if form else None),
    )
    if form is None:
        return
    if form.birth_date and form.birth_date != snapshot.birth_date:
        yield Identity("the client", born=form.birth_date)
    emergency = [one for one in form.contacts if one.emergency]
    for contact in form.contacts:
        role = f"the client’s {contact.relation.strip().lower()}" if contact.relation.strip().isalpha() else "a contact"
        if contact.emergency:
            place = emergency.index(contact) + 1
            role = "the emergency contact" if len(emergency) == 1 else f"emergency contact {place}"
        yield Identity(role, (contact.name,), (contact.phone,) if contact.phone else (), marks=(contact.email,))


def _people(form: IncidentForm) -> Iterator[Identity]:
    for number, person in enumerate(form.people, start=1):
        numbers, marks = (person.contact,), (person.contact,) if "@" in person.contact else ()
        yield Identity(f"person {number}", (person.name,), numbers, marks=marks)
    for note in form.notifications:
        who = note.who.split(",")[0]
        yield Identity(f"the person spoken to ({label_of(note.party).lower()})", (who,), (note.who, note.how))
        yield Identity("[reference]", marks=(note.reference,))
    yield Identity("the consultant", (form.consultation.who.split(",")[0],), (form.consultation.who,))
    yield Identity("the reporter", (form.reporter.split(",")[0],), (form.reporter,))
    yield Identity("the injured person", (form.injured.split(",")[0],))


def texts_of(incident: SignedIncident, addenda: Sequence[Addendum]) -> tuple[str, ...]:
    """All texts of an incident that would stand in its copy, as they were typed."""
    kept: list[str] = []

    class _Listening(Deidentifier):
        def text(self, typed: str) -> str:
            kept.append(typed)
            return typed

    copy_of(incident, addenda, _Listening((), day_zero_of(incident)), title="", client=None)
    return tuple(kept)


def copy_of(
    incident: SignedIncident,
    addenda: Sequence[Addendum],
    out: Deidentifier,
    *,
    title: str,
    client: Client | None,
) -> DeidentifiedCopy:
    """The copy. Places, reference numbers and signatures are left out as a whole."""
    form, zero = incident.form, day_zero_of(incident)
    sections = (
        CopySection("", tuple(_facts(incident, client))),
        _words(out, "People", *(_person(out, form, place) for place in range(len(form.people)))),
        _typed(out, "What led up to it", form.antecedent),
        _typed(out, "What happened", form.account),
        _typed(out, "Assessment at the time", form.assessment),
        _typed(out, "De-escalation used", form.de_escalation),
        _words(
            out, "What was done", *(f"{_from_start(form, one.at, zero)}{out.text(one.text)}" for one in form.actions)
        ),
        _words(out, "Who was told", *_told(out, form, zero)),
        _words(out, "Harm", *_harm(out, form)),
        _typed(out, "Outcome", form.outcome, form.transport, form.care_change),
        _typed(out, "Contributing factors and lessons", form.factors, form.lessons, form.protocol_change),
        _words(out, "Consultation", *_consultation(out, form, zero)),
        *(
            _words(
                out, f"Checklist: {one.title}", *(_step(out, form, zero, a.ask, a.answer, a.at) for a in one.answers)
            )
            for one in form.checklists
        ),
        _words(
            out,
            "Follow-ups",
            *(f"{out.text(one.text)}{_due(one.due, zero)}" for one in form.follow_ups),
        ),
        _typed(out, "Debrief", form.debrief),
        *(
            _words(
                out,
                f"{label_of(one.kind)} ({relative_day(one.signed.local_date, zero)})",
                f"Reason: {out.text(one.reason)}",
                out.text(one.text),
            )
            for one in addenda
        ),
    )
    return DeidentifiedCopy(title, tuple(section for section in sections if section.lines))


def as_text(copies: Sequence[DeidentifiedCopy], notice: str) -> str:
    """Copies as plain text, for another program."""
    parts = [notice]
    for copy in copies:
        parts.append(copy.title)
        parts += ["\n".join(line for line in (one.heading, *one.lines) if line) for one in copy.sections]
    return "\n\n".join(parts) + "\n"


def notice(day: dt.date) -> str:
    """What every copy says of itself."""
    return (
        f"De-identified on {day:%d %B %Y}. The program took out what it knows; it can miss something. "
        "The therapist has to read this copy before it is passed on."
    )


def _words(_out: Deidentifier, heading: str, *lines: str) -> CopySection:
    return CopySection(heading, tuple(line for line in lines if line.strip()))


def _typed(out: Deidentifier, heading: str, *texts: str) -> CopySection:
    return _words(out, heading, *(out.text(text) for text in texts if text.strip()))


def _facts(incident: SignedIncident, client: Client | None) -> Iterator[str]:
    form, zero = incident.form, day_zero_of(incident)
    if form.category:
        yield f"Kind: {label_of(form.category)}"
    if form.happened_at:
        yield f"Happened: day 0, {part_of_day(Moment(form.happened_at, form.zone).local)}"
        if form.ended_at and (minutes := round((form.ended_at - form.happened_at).total_seconds() / 60)) > 0:
            yield f"It lasted about {_span(minutes)}"
    yield f"Entered: {relative_day(incident.entered.local_date, zero)}"
    if form.place:
        yield f"Place: {label_of(form.place)}"
    born = incident.client.birth_date if incident.client else None
    if born and client is not None:
        age = age_on(born, zero)
        yield f"The client’s age: {'90 or older' if age > _OLDEST_SAID else f'in the {age // _DECADE * _DECADE}s'}"


def _span(minutes: int) -> str:
    if minutes < _HOUR:
        return f"{minutes} minutes"
    hours = round(minutes / _HOUR)
    return "an hour" if hours == 1 else f"{hours} hours"


def _from_start(form: IncidentForm, at: dt.datetime | None, zero: dt.date) -> str:
    if at is None:
        return ""
    local = Moment(at, form.zone).local
    words = f"{relative_day(local.date(), zero)}, {part_of_day(local)}"
    if form.happened_at and 0 <= (minutes := round((at - form.happened_at).total_seconds() / 60)) <= 3 * _HOUR:
        words += f", {minutes} min after the beginning"
    return f"{words}: "


def _person(out: Deidentifier, form: IncidentForm, place: int) -> str:
    role = out.text(form.people[place].role)
    return f"Person {place + 1}{f': {role}' if role.strip() else ''}"


def _told(out: Deidentifier, form: IncidentForm, zero: dt.date) -> Iterator[str]:
    for note in form.notifications:
        more = [out.text(text) for text in (note.how, note.basis, note.outcome) if text.strip()]
        yield f"{_from_start(form, note.at, zero)}{'; '.join((label_of(note.party), *more))}"


def _harm(out: Deidentifier, form: IncidentForm) -> Iterator[str]:
    if form.physical_harm and form.psychological_harm:
        yield f"Physical: {label_of(form.physical_harm)}. Psychological: {label_of(form.psychological_harm)}."
    if form.near_miss:
        yield "A near miss"
    for heading, text in (("Injury", form.injury_note), ("Care", form.medical_care), ("Damage", form.property_damage)):
        if text.strip():
            yield f"{heading}: {out.text(text)}"


def _consultation(out: Deidentifier, form: IncidentForm, zero: dt.date) -> Iterator[str]:
    note = form.consultation
    if note.at:
        yield f"When: {relative_day(Moment(note.at, form.zone).local_date, zero)}"
    for heading, text in (("Why then", note.why_now), ("Advice", note.advice), ("Decision and why", note.decision)):
        if text.strip():
            yield f"{heading}: {out.text(text)}"


def _step(out: Deidentifier, form: IncidentForm, zero: dt.date, ask: str, answer: str, at: dt.datetime | None) -> str:
    said = out.text(answer) if answer.strip() else ""
    when = relative_day(Moment(at, form.zone).local_date, zero) if at else ""
    return f"{ask} {', '.join(part for part in (said, when) if part)}"


def _due(due: dt.date | None, zero: dt.date) -> str:
    return f" (due {relative_day(due, zero)})" if due else ""
