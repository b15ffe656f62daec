"""A signed record as plain text, for another record system: all of it, in the order of its report."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from safeplan_desktop.domain.incidents import IncidentForm, SignedIncident, void_of
from safeplan_desktop.domain.moments import Moment
from safeplan_desktop.domain.plain_values import fields_of
from safeplan_desktop.domain.plan_wording import PlanWording
from safeplan_desktop.domain.plans import PlanVersion
from safeplan_desktop.domain.screenings import InstrumentFact, SignedScreening
from safeplan_desktop.domain.signed_items import SignedItem
from safeplan_desktop.domain.signed_records import SignedRecord
from safeplan_desktop.domain.vocabulary import label_of


@dataclass(frozen=True, slots=True)
class TextPart:
    """A heading with its lines."""

    heading: str
    lines: tuple[str, ...]


def text_of(item: SignedItem, wording: PlanWording) -> str:
    """The record as plain text; what was added and whether it was entered in error are in it.

    Args:
        item: The record with what was added.
        wording: The fixed words of plans, for the headings of a plan's sections.
    """
    parts = [TextPart(item.title, tuple(_opening(item)))]
    record = item.record
    if isinstance(record, SignedScreening):
        parts += _screening(record)
    elif isinstance(record, PlanVersion):
        parts += _plan(record, wording)
    elif isinstance(record, SignedIncident):
        parts += _incident(item, record)
    else:
        parts += [TextPart(heading, lines) for heading, lines in fields_of(record.form)]
    parts.append(TextPart("", (_signature(record),)))
    parts += [
        TextPart(
            f"{label_of(one.kind)} {one.number}",
            (f"Reason: {one.reason}", one.text, f"Signed by {one.signer}, {_when(one.signed)}"),
        )
        for one in item.addenda
    ]
    blocks = ("\n".join(line for line in (part.heading, *part.lines) if line) for part in parts)
    return "\n\n".join(block for block in blocks if block) + "\n"


def _opening(item: SignedItem) -> Iterator[str]:
    client = item.record.client
    if client is not None:
        born = f", born {client.birth_date:%d %b %Y}" if client.birth_date else ""
        yield f"Client: {client.name} ({client.code}){born}"
    voided = void_of(item.addenda)
    if voided is not None:
        yield f"ENTERED IN ERROR: {voided.reason}"


def _signature(record: SignedScreening | PlanVersion | SignedIncident | SignedRecord) -> str:
    at = record.finished if isinstance(record, PlanVersion) else record.signed
    return f"Signed by {record.signer}, {_when(at)}"


def _when(moment: Moment) -> str:
    return f"{moment.local:%d %b %Y, %H:%M} ({moment.zone})"


def _at(at: dt.datetime | None, zone: str) -> str:
    return _when(Moment(at, zone)) if at is not None else ""


def _named(rows: Iterable[tuple[str, str]]) -> tuple[str, ...]:
    return tuple(f"{name}: {words}" for name, words in rows if words)


def _part(heading: str, lines: Iterable[str]) -> Iterator[TextPart]:
    kept = tuple(line for line in lines if line)
    if kept:
        yield TextPart(heading, kept)


def _screening(screening: SignedScreening) -> Iterator[TextPart]:
    form = screening.form
    yield from _part(
        "",
        _named(
            (
                ("Begun", _when(screening.started)),
                ("Reason", ": ".join(p for p in (label_of(form.reason) if form.reason else "", form.reason_note) if p)),
                ("Setting", label_of(form.setting) if form.setting else ""),
                ("Client's location", form.client_location),
                ("Call-back number", form.callback),
            )
        ),
    )
    for fact in screening.facts:
        yield from _part(", ".join(p for p in (fact.title, fact.window) if p), _fact(fact))
    for kind in dict.fromkeys(one.kind for one in form.factors):
        lines = (": ".join(p for p in (one.label, one.note) if p) for one in form.factors if one.kind is kind)
        yield from _part(label_of(kind), lines)
    yield from _part("Warning signs in the client's words", (form.warning_signs,))
    yield from _part(
        "Access to means",
        (
            ": ".join(p for p in (one.means, "; ".join(q for q in (one.action, one.who, one.note) if q)) if p)
            for one in form.means
        ),
    )
    own, care = form.formulation, form.care
    yield from _part(
        "Judgement by the therapist",
        _named(
            (
                ("Risk status", own.status),
                ("Risk state", own.state),
                ("Resources", own.resources),
                ("Foreseeable changes", own.foreseeable),
                ("Judgement", label_of(own.judgement) if own.judgement else ""),
                ("Reasons", own.reasons),
                ("Facts and judgement", own.difference),
            )
        ),
    )
    yield from _part(
        "Level of care, decided by the therapist",
        _named(
            (
                ("Level of care", label_of(care.level) if care.level else ""),
                ("Reasons", care.reasons),
                ("Actions taken", care.actions),
                ("Who was told", care.told),
                ("Next reassessment", f"{care.next_reassessment:%d %b %Y}" if care.next_reassessment else ""),
            )
        ),
    )


def _fact(fact: InstrumentFact) -> Iterator[str]:
    if fact.total is not None and fact.complete:
        highest = f" of {fact.highest_total}" if fact.highest_total is not None else ""
        yield f"Result: {fact.total}{highest}{f', {fact.band}' if fact.band else ''}"
    elif not fact.complete:
        yield f"Incomplete: {fact.missing} without an answer"
    if fact.tier:
        yield f"Screen result: {fact.tier}"
    yield from (f"To note: {flag}" for flag in fact.flags)
    yield from (*fact.parts, *fact.cutoffs, *fact.findings)
    for one in fact.answers:
        note = f" ({one.note})" if one.note else ""
        yield f"- {one.label}: {one.answer or 'no answer'}{note}"


def _plan(version: PlanVersion, wording: PlanWording) -> Iterator[TextPart]:
    form = version.form
    headings = {section.key: section.heading for section in wording.sections}
    for section in form.sections:
        if section.not_for_me:
            yield TextPart(headings[section.key], ("Not for me",))
            continue
        yield from _part(
            headings[section.key],
            (
                "- " + ", ".join(p for p in (item.text, item.relation, item.phone, item.when) if p)
                for item in section.items
            ),
        )
    yield from _part(
        wording.crisis_heading, (f"- {one.label}: {one.number}" for one in form.crisis_numbers if one.confirmed)
    )
    keeping = form.keeping
    yield from _part("", _named((("Kept at", keeping.place), ("What could get in the way", keeping.obstacles))))
    yield from _part("", _named((("Review by", f"{form.review_on:%d %b %Y}" if form.review_on else ""),)))


def _incident(item: SignedItem, incident: SignedIncident) -> Iterator[TextPart]:
    form = incident.form
    place = ": ".join(p for p in (label_of(form.place) if form.place else "", form.place_note) if p)
    yield from _part(
        "",
        _named(
            (
                ("Kind", label_of(form.category) if form.category else ""),
                ("Happened", _at(form.happened_at, form.zone)),
                ("Ended", _at(form.ended_at, form.zone)),
                ("Entered", _when(incident.entered)),
                ("Place", place),
                ("Where the client was", form.client_location),
                ("Reported by", form.reporter),
                ("People", "; ".join(", ".join(p for p in (o.name, o.role, o.contact) if p) for o in form.people)),
            )
        ),
    )
    for heading, words in (
        ("What led up to it", form.antecedent),
        ("What happened", form.account),
        ("Assessment at the time", form.assessment),
        ("De-escalation used", form.de_escalation),
    ):
        yield from _part(heading, (words,))
    yield from _part(
        "What was done", (": ".join(p for p in (_at(one.at, form.zone), one.text) if p) for one in form.actions)
    )
    yield from _part("Who was told", _told(form))
    yield from _part("Harm", _harm(form))
    yield from _part("Outcome", (form.outcome, form.transport, form.care_change))
    yield from _part("Contributing factors and lessons", (form.factors, form.lessons, form.protocol_change))
    talk = form.consultation
    yield from _part(
        "Consultation",
        _named(
            (
                ("When", _at(talk.at, form.zone)),
                ("Why, and why then", talk.why_now),
                ("With whom", talk.who),
                ("What was advised", talk.advice),
                ("Decision, and why", talk.decision),
            )
        ),
    )
    for one in form.checklists:
        yield from _part(
            f"Checklist: {one.title}",
            (
                *(f"{a.ask} {', '.join(p for p in (a.answer, _at(a.at, form.zone)) if p)}" for a in one.answers),
                f"The practice's own note: {one.note}" if one.note.strip() else "",
            ),
        )
    done = {one.position: one for one in item.follow_ups}
    yield from _part(
        "Follow-ups",
        (
            ", ".join(
                p
                for p in (
                    one.text,
                    f"due {one.due:%d %b %Y}" if one.due else "",
                    f"done {done[at].done_on:%d %b %Y}" if at in done and done[at].done_on else "",
                    done[at].note if at in done else "",
                )
                if p
            )
            for at, one in enumerate(form.follow_ups)
        ),
    )
    yield from _part("Debrief", (form.debrief,))


def _told(form: IncidentForm) -> Iterator[str]:
    for one in form.notifications:
        more = (one.who, one.how, one.reference, one.basis, one.outcome)
        yield f"{_at(one.at, form.zone)} {label_of(one.party)}: {', '.join(p for p in more if p)}".strip()


def _harm(form: IncidentForm) -> tuple[str, ...]:
    return _named(
        (
            ("Physical", label_of(form.physical_harm) if form.physical_harm else ""),
            ("Psychological", label_of(form.psychological_harm) if form.psychological_harm else ""),
            ("Near miss", "Yes" if form.near_miss else ""),
            ("Who was hurt", form.injured),
            ("Injury", form.injury_note),
            ("Medical care", form.medical_care),
            ("Damage to property", form.property_damage),
        )
    )
