"""Invented session notes, agreements and consents, written through the services."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from support.vaults import START

from safeplan_desktop.domain.answers import Answer
from safeplan_desktop.domain.consents import ConsentKind, Given
from safeplan_desktop.domain.incidents import Place
from safeplan_desktop.domain.session_notes import SessionNoteForm, Whereabout
from safeplan_desktop.domain.signed_records import SignedRecord
from safeplan_desktop.domain.signing_sheets import in_one
from safeplan_desktop.services.session import Session

SIGNER = "Dr. Alma Reyes"
WHERE = Whereabout("8 Oak Road, Boulder, back room", "+1 303 555 0117", "nobody")


def session_form(client_id: str = "c", **changes: object) -> SessionNoteForm:
    """A usual note of a telehealth session, from 8 to 8:50 in the morning in Denver."""
    form = SessionNoteForm(
        client_id,
        day=dt.date(2026, 3, 2),
        started_at=START - dt.timedelta(hours=1),
        ended_at=START - dt.timedelta(minutes=10),
        zone="America/Denver",
        place=Place.TELEHEALTH,
        whereabout=WHERE,
        modality="individual, CBT",
        participants="the client",
        agenda=("How the week was", "Sleep diary", "What you take with you"),
        limits_explained=True,
        risk_checked=True,
        plan_used=Answer.YES,
        risk="Thoughts on Tuesday night, no plan; used the plan and called Ana.",
        interventions="Sleep restriction explained; went through the diary.",
        response="Doubtful at first, then made her own times.",
        homework="In bed from 23:30 to 6:00; diary.",
        next_on=dt.date(2026, 3, 9),
        text="Will see the doctor about the tablets.",
    )
    return replace(form, **changes)


def sign_note(session: Session, client_id: str, **changes: object) -> SignedRecord:
    """Signs a session note."""
    draft, _ = session.session_notes.begin(client_id)
    return session.session_notes.sign(draft, session_form(client_id, **changes), SIGNER)


def sign_agreement(session: Session, client_id: str) -> SignedRecord:
    """Signs the next version of the working agreement."""
    draft, form = session.agreements.begin(client_id)
    return session.agreements.sign(draft, form, SIGNER)


def sign_consent(
    session: Session, client_id: str, kind: ConsentKind = ConsentKind.TELEHEALTH, **changes: object
) -> SignedRecord:
    """Signs a consent in the practice's words."""
    draft, form = session.consents.begin(client_id)
    known = session.consents.text(kind, form.language)
    text = in_one(known.parts, known.opening) if known else "I agree."
    form = replace(form, kind=kind, text=text, given=Given.SCANNED, **changes)
    return session.consents.sign(draft, form, SIGNER)
