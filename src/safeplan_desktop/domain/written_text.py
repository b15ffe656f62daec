"""Written records as titled parts: for reading on the screen, and as plain text for another record system."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence

from safeplan_desktop.domain.agreements import AgreementForm
from safeplan_desktop.domain.answers import Answer
from safeplan_desktop.domain.changes import Noun
from safeplan_desktop.domain.consents import ConsentForm, ConsentState
from safeplan_desktop.domain.consultations import ConsultationForm
from safeplan_desktop.domain.incidents import Addendum, void_of
from safeplan_desktop.domain.private_notes import PrivateNoteForm
from safeplan_desktop.domain.session_notes import SessionNoteForm
from safeplan_desktop.domain.signed_records import SignedRecord
from safeplan_desktop.domain.vocabulary import label_of

Part = tuple[str, str]
"""A title and its words; several lines where they are a list."""


def _day(day: dt.date | None) -> str:
    return f"{day:%d %b %Y}" if day else ""


def _kept(parts: Iterable[Part]) -> tuple[Part, ...]:
    return tuple((title, words.strip()) for title, words in parts if words.strip())


def spoken_of(form: SessionNoteForm) -> tuple[str, ...]:
    """What was ticked in a session note, in sentences."""
    ticked = (
        (form.limits_explained, "The limits of confidentiality were explained."),
        (form.boundaries_spoken, "Boundaries were spoken of."),
        (form.risk_checked, "Risk was checked."),
    )
    lines = [words for on, words in ticked if on]
    if form.plan_used is not Answer.NOT_ASKED:
        lines.append(f"Safety plan used since the last session: {label_of(form.plan_used).lower()}.")
    return tuple(lines)


def parts_of_session(form: SessionNoteForm) -> tuple[Part, ...]:
    """A session note."""
    times = [f"{at:%H:%M}" for at in (form.local(form.started_at), form.local(form.ended_at)) if at is not None]
    length = f", {form.minutes} minutes" if form.minutes is not None else ""
    next_day = " on the next day" if form.past_midnight else ""
    where = form.whereabout
    place = ": ".join(part for part in (label_of(form.place) if form.place else "", form.place_note) if part)
    return _kept(
        (
            ("Day", _day(form.day)),
            ("Time", f"{' to '.join(times)}{next_day} ({form.zone}){length}" if times else ""),
            ("Place", place),
            ("Where the client was", where.location),
            ("Call-back number", where.callback),
            ("Who else was there", where.present),
            ("Kind of session", form.modality),
            ("Who took part", form.participants),
            ("How the session was laid out", "\n".join(form.agenda)),
            ("Spoken of and checked", "\n".join(spoken_of(form))),
            ("Risk", form.risk),
            ("What was done", form.interventions),
            ("How the client responded", form.response),
            ("Agreed until the next session", form.homework),
            ("Next session", _day(form.next_on)),
            ("Note", form.text),
        )
    )


def parts_of_private(form: PrivateNoteForm) -> tuple[Part, ...]:
    """A psychotherapy note."""
    return _kept((("Day", _day(form.day)), ("Note", form.text)))


def parts_of_agreement(form: AgreementForm) -> tuple[Part, ...]:
    """A working agreement."""
    said = [("To begin with", form.opening), *((part.heading, part.text) for part in form.parts)]
    return _kept((("Agreed on", _day(form.day)), *said, ("Your own line; it isn't printed", form.note)))


def parts_of_consent(form: ConsentForm, state: ConsentState) -> tuple[Part, ...]:
    """A consent, or its withdrawal."""
    if form.withdraws:
        return _kept(
            (
                ("Withdrawn on", _day(form.day)),
                ("How", label_of(form.given) if form.given else ""),
                ("Whom it was about", form.contact_name),
                ("Given on", _day(state.form.day)),
                ("Note", form.note),
            )
        )
    return _kept(
        (
            ("Given on", _day(form.day)),
            ("How", label_of(form.given) if form.given else ""),
            ("Whom it is about", form.contact_name),
            ("Valid until", _day(form.valid_until)),
            ("Withdrawn on", _day(state.withdrawn_on)),
            ("Wording", form.version),
            ("The words that were agreed to", form.text),
            ("Note", form.note),
        )
    )


def texts_of_consultation(form: ConsultationForm) -> tuple[Part, ...]:
    """What was written of a consultation, in its order."""
    return _kept(
        (
            ("Why just then", form.why_now),
            ("Question", form.question),
            ("Summary, de-identified", form.summary),
            ("Options", form.options),
            ("Advice", form.advice),
            ("Decision", form.decision),
            ("Reasons", form.reasons),
            ("To be done", form.follow_up),
        )
    )


def parts_of_consultation(form: ConsultationForm) -> tuple[Part, ...]:
    """A consultation, without the client that it was about."""
    local = form.local
    facts = (
        ("Day", _day(form.day)),
        ("Time", f"{local:%H:%M} ({form.zone})" if local else ""),
        ("With", ", ".join(part for part in (form.who, form.credentials) if part.strip())),
        ("Kind", label_of(form.kind) if form.kind else ""),
    )
    return _kept((*facts, *texts_of_consultation(form), ("To be done by", _day(form.follow_up_on))))


_PARTS: Mapping[Noun, Callable[[SignedRecord], tuple[Part, ...]]] = {
    Noun.SESSION_NOTE: lambda record: parts_of_session(record.form_as(SessionNoteForm)),
    Noun.PRIVATE_NOTE: lambda record: parts_of_private(record.form_as(PrivateNoteForm)),
    Noun.AGREEMENT: lambda record: parts_of_agreement(record.form_as(AgreementForm)),
    Noun.CONSULTATION: lambda record: parts_of_consultation(record.form_as(ConsultationForm)),
}


def parts_of(record: SignedRecord) -> tuple[Part, ...] | None:
    """A record of a kind whose parts follow from it alone; None for the others.

    Raises:
        UnreadableRecordError: when it isn't of its kind.
    """
    read = _PARTS.get(record.noun)
    return None if read is None else read(record)


def as_text(record: SignedRecord, parts: Sequence[Part], addenda: Sequence[Addendum]) -> str:
    """A signed record as plain text: the client's code, never the name; then what was added."""
    code = f"Client {record.client.code}" if record.client else ""
    lines = [", ".join(part for part in (record.title, code) if part)]
    if (voided := void_of(addenda)) is not None:
        lines.append(f"ENTERED IN ERROR. Reason: {voided.reason}")
    for title, words in parts:
        several = "\n" in words
        lines.append(f"{title}:{chr(10) if several else ' '}{words}")
    lines.append(f"Signed by {record.signer}, {record.signed.local:%d %b %Y, %H:%M} ({record.signed.zone})")
    lines += [
        f"{one.number}. {label_of(one.kind)}: {one.text}\nReason: {one.reason}\n"
        f"Signed by {one.signer}, {one.signed.local:%d %b %Y, %H:%M} ({one.signed.zone})"
        for one in addenda
    ]
    return "\n\n".join(lines)
