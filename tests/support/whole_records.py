"""A client with one of everything, each typed word marked, so that none of them can be overlooked later."""

from __future__ import annotations

from dataclasses import dataclass, replace

from support.incidents import sign_incident
from support.vaults import START, finish_two_versions, sign_scores

from safeplan_desktop.domain.changes import Noun
from safeplan_desktop.domain.client_links import LinkKind, LinkNote
from safeplan_desktop.domain.client_status import ClientStatus
from safeplan_desktop.domain.clients import ClientContact, ClientForm
from safeplan_desktop.domain.drafts import DialogWords, DraftKind, FieldWords
from safeplan_desktop.domain.incidents import AddendumKind, Consultation, FollowUp
from safeplan_desktop.services.session import Session

DAY = START.date()
WORDS = (
    *("Marenword", "Contactword", "Riverword", "Accountword", "Noteword", "Privateword", "Consentword", "Handoutword"),
    *("Reasonword", "Scanword", "Draftword", "Addendumword", "Errorword", "Doneword", "Basisword", "Adviceword"),
    "Dialogword",
)


@dataclass(frozen=True, slots=True)
class Form:
    """A form of any kind."""

    text: str = ""
    title: str = ""


def fill_record(session: Session, code: str = "M-07", other: str = "") -> str:
    """The client's id. With the id of another client, the two are linked."""
    contact = ClientContact("c1", "Contactword Holt", "sister", "+1 303 555 0100", emergency=True)
    client_id = session.clients.add(ClientForm(code=code, name="Marenword Holt", contacts=(contact,))).id
    finish_two_versions(session, client_id)
    draft, form = session.plans.begin(client_id)
    first = form.sections[1]
    items = (replace(first.items[0], text="Riverword walk"), *first.items[1:])
    session.plans.finish(draft, form.with_section(replace(first, items=items)), "Dr. Reyes")
    newest = session.plans.of_client(client_id)[0]
    session.plans.reviewed(newest.id, DAY.replace(month=6))
    screening = sign_scores(session, client_id, {"phq-2": (1, 1), "hark": (1, 0, 0, 0)})
    session.addenda.add(
        Noun.SCREENING, screening, client_id, kind=AddendumKind.ADDENDUM, reason="New", text="Addendumword", signer="R"
    )
    incident = sign_incident(
        session,
        client_id,
        account="Accountword by the door",
        follow_ups=(FollowUp("Call", DAY),),
        consultation=Consultation(advice="Adviceword"),
    )
    session.incidents.follow_up_done(incident.id, 0, DAY, "Doneword")
    typed = DialogWords((FieldWords("void.reason", "Dialogword"),))
    session.dialog_drafts.keep("void", incident.id, client_id, typed)
    note = session.signed_records.sign(
        Noun.SESSION_NOTE,
        Form("Noteword"),
        day=DAY,
        title="Individual",
        signer="R",
        words="Noteword",
        client_id=client_id,
    )
    session.addenda.void(Noun.SESSION_NOTE, note.id, client_id, reason="Errorword", signer="R")
    session.signed_records.sign(
        Noun.PRIVATE_NOTE, Form("Privateword"), day=DAY, title="Own", signer="R", client_id=client_id
    )
    session.signed_records.sign(
        Noun.CONSENT,
        Form("Consentword"),
        day=DAY,
        title="Release",
        signer="R",
        words="Consentword",
        client_id=client_id,
    )
    session.register.add(Noun.HANDOUT_GIVEN, Form(title="Handoutword"), day=DAY, client_id=client_id)
    session.statuses.change(client_id, ClientStatus.DISCHARGED, reason="Reasonword")
    session.attachments.take_in(
        Noun.CONSENT, note.id, b"%PDF-1.7\n" + b"Scanword " * 30_000, title="Scanword", client_id=client_id
    )
    session.drafts.begin(DraftKind.INCIDENT, client_id, '{"account":"Draftword"}', 1)
    if other:
        session.client_links.add(other, LinkNote(LinkKind.SIBLING, other_client=client_id, basis="Basisword"))
    return client_id
