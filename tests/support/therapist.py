"""What an invented therapist wrote for herself, through the services."""

from __future__ import annotations

import datetime as dt

from support.vaults import START

from safeplan_desktop.domain.check_ins import CheckInForm
from safeplan_desktop.domain.consultations import ConsultationForm, ConsultationKind
from safeplan_desktop.domain.proqol import ProqolForm
from safeplan_desktop.domain.self_care import SelfCareForm, SelfCareText
from safeplan_desktop.domain.signed_records import SignedRecord
from safeplan_desktop.services.session import Session

SIGNER = "Dr. Alma Reyes"


def consultation_form(**more: object) -> ConsultationForm:
    """A usual consultation with a peer."""
    usual = {
        "day": START.date(),
        "at": START,
        "zone": "America/Denver",
        "who": "Dr. Okafor",
        "credentials": "psychologist, PhD",
        "kind": ConsultationKind.PEER,
        "why_now": "The session is tomorrow.",
        "question": "Is a call to the family right?",
        "summary": "An adult, no plan, lives with a relative.",
        "options": "Call, wait, ask the client first.",
        "advice": "Ask first.",
        "decision": "I ask in the session.",
        "reasons": "Trust matters more here.",
    }
    return ConsultationForm(**{**usual, **more})


def sign_consultation(session: Session, **more: object) -> SignedRecord:
    """Signs one."""
    draft, _ = session.consultations.begin("")
    return session.consultations.sign(draft, consultation_form(**more), SIGNER)


def keep(service, form):
    """Keeps what is written with a service of its kind."""
    draft, _ = service.begin()
    return service.keep(draft, form)


def fill_support(session: Session) -> None:
    """One of each kind, with a follow-up and a linked client where there is one."""
    client = next(iter(session.clients.list()), None)
    keep(session.self_care, SelfCareForm((SelfCareText("physical", "Swim"),)))
    keep(session.proqol, ProqolForm((3,) * 30, note="A usual month"))
    keep(session.check_ins, CheckInForm(how="Tired"))
    sign_consultation(
        session,
        about_client=client.id if client else "",
        follow_up="Ask again",
        follow_up_on=START.date() + dt.timedelta(days=3),
    )
