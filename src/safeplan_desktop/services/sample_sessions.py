"""Invented session notes, working agreements and consents of a sample practice."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial

from safeplan_desktop.domain.answers import Answer
from safeplan_desktop.domain.consents import ConsentKind, Given
from safeplan_desktop.domain.incidents import Place
from safeplan_desktop.domain.session_notes import Whereabout
from safeplan_desktop.domain.signing_sheets import in_one
from safeplan_desktop.services.session import Session

_MOST_NOTES = 6
_MINUTES = 50
_DONE = (
    "Went through the week's diary; named two thoughts that come before the bad evenings.",
    "Behavioural activation: two small things for the week, written down together.",
    "Breathing exercise, done twice; spoke about when it helps and when it doesn't.",
    "Looked at the safety plan line by line; one step was changed.",
)
_RESPONSE = (
    "Slow at first, then took part well.",
    "Tired, but said that it helped to put it in an order.",
    "Doubtful about the exercise; wants to try it all the same.",
)
_HOMEWORK = ("Diary of sleep until next time.", "One call to the sister before Thursday.", "The walk, on three days.")
_STREETS = ("8 Oak Road", "41 Mill Lane", "3 Harbour Street", "117 Station Road")

Event = tuple[dt.datetime, Callable[[], None]]


def written_story(session: Session, client_id: str, number: int, starts: Sequence[dt.datetime]) -> list[Event]:
    """What is written and agreed in a client's sessions: at the first one consents and an agreement, then notes.

    Args:
        session: The services, at a clock that is set to each event's time.
        client_id: The client.
        number: Their place among the clients; the same number gives the same words.
        starts: When the client was there; the newest ones get a note.
    """
    rng = random.Random(number)  # noqa: S311 - invented data, not a secret
    if not starts:
        return []
    first = min(starts)
    story: list[Event] = [
        (first, partial(_consent, session, client_id, ConsentKind.CONFIDENTIALITY)),
        (first, partial(_agreement, session, client_id)),
    ]
    if number % 2:
        story.append((first, partial(_consent, session, client_id, ConsentKind.TELEHEALTH)))
    telehealth = bool(number % 2)
    return story + [
        (start, partial(_note, session, client_id, rng.random(), telehealth=telehealth))
        for start in sorted(starts)[-_MOST_NOTES:]
    ]


def _signer(session: Session) -> str:
    return session.practice.profile().therapist_name


def _note(session: Session, client_id: str, seed: float, *, telehealth: bool) -> None:
    rng = random.Random(seed)  # noqa: S311 - see above
    draft, form = session.session_notes.begin(client_id)
    now = session.desk.now()
    contacts = session.clients.get(client_id).form
    where = Whereabout(f"{rng.choice(_STREETS)}, at home", contacts.phone, "nobody") if telehealth else Whereabout()
    form = replace(
        form,
        started_at=now.at - dt.timedelta(minutes=_MINUTES),
        ended_at=now.at,
        place=Place.TELEHEALTH if telehealth else Place.OFFICE,
        whereabout=where,
        modality="individual",
        participants="the client",
        boundaries_spoken=rng.random() < 0.2,  # noqa: PLR2004 - now and then
        risk_checked=True,
        plan_used=rng.choice((Answer.YES, Answer.NO)),
        risk="Asked; see the screening of the day.",
        interventions=rng.choice(_DONE),
        response=rng.choice(_RESPONSE),
        homework=rng.choice(_HOMEWORK),
        next_on=now.local_date + dt.timedelta(days=7),
    )
    session.session_notes.sign(draft, form, _signer(session))


def _agreement(session: Session, client_id: str) -> None:
    draft, form = session.agreements.begin(client_id)
    session.agreements.sign(draft, form, _signer(session))


def _consent(session: Session, client_id: str, kind: ConsentKind) -> None:
    draft, form = session.consents.begin(client_id)
    known = session.consents.text(kind, form.language)
    text = in_one(known.parts, known.opening) if known else ""
    form = replace(form, kind=kind, text=text, given=Given.ON_PAPER)
    session.consents.sign(draft, form, _signer(session))
