"""Signed incidents for tests, as the therapist would make them; and ten thousand at once."""

from __future__ import annotations

import datetime as dt
import random
from dataclasses import replace

from safeplan_desktop.domain.changes import Noun
from safeplan_desktop.domain.clients import ClientForm, snapshot_of
from safeplan_desktop.domain.incidents import (
    FollowUp,
    IncidentCategory,
    IncidentForm,
    PhysicalHarm,
    Place,
    PsychologicalHarm,
    SignedIncident,
)
from safeplan_desktop.domain.moments import Moment
from safeplan_desktop.services.incidents import words_of
from safeplan_desktop.services.session import Session
from safeplan_desktop.services.signing import seal
from safeplan_desktop.storage import incidents as stored
from safeplan_desktop.storage import search

_WORDS = "walk river night phone sister landlord calm breath door plan session letter argument sleep work called stayed"


def sign_incident(session: Session, client_id: str = "", **fields: object) -> SignedIncident:
    """One signed incident that happened just now, with these fields instead of the usual ones."""
    draft, form = session.incidents.begin(client_id)
    usual = replace(
        form,
        category=IncidentCategory.CLIENT_CRISIS,
        happened_at=session.desk.now().at,
        place=Place.PHONE,
        account="Client called, crying.",
        physical_harm=PhysicalHarm.NONE,
        psychological_harm=PsychologicalHarm.LOW,
    )
    return session.incidents.sign(draft, replace(usual, **fields), "Dr. Alma Reyes")


def fill_log(session: Session, count: int, seed: int = 1) -> None:
    """So many incidents of forty clients over four years, in one transaction; the audit knows nothing of them."""
    rng = random.Random(seed)
    words = _WORDS.split()
    clients = [session.clients.add(ClientForm(code=f"L-{n:02d}", name=f"Client {n}")) for n in range(40)]
    now = session.desk.now().at
    with session.desk.database.transaction():
        for number in range(count):
            happened = now - dt.timedelta(minutes=rng.randint(60, 60 * 24 * 1460))
            client = rng.choice(clients)
            form = IncidentForm(
                client_id=client.id,
                category=rng.choice(list(IncidentCategory)),
                happened_at=happened,
                zone="America/Denver",
                place=Place.OFFICE,
                antecedent=" ".join(rng.choices(words, k=30)),
                account=f"{' '.join(rng.choices(words, k=200))} café{number % 100}",
                physical_harm=rng.choice(list(PhysicalHarm)),
                psychological_harm=rng.choice(list(PsychologicalHarm)),
                follow_ups=(FollowUp("Call", happened.date()),) if number % 3 == 0 else (),
            )
            moment = Moment(happened + dt.timedelta(minutes=30), "America/Denver")
            name = f"{moment.local.year}-{number:05d}"
            signed = seal(
                SignedIncident(f"i{number:05d}", name, snapshot_of(client), form, moment, "Dr. Reyes", moment)
            )
            stored.insert(session.desk.database, signed)
            search.add(session.desk.database, Noun.INCIDENT, signed.id, client.id, f"Incident {name}", words_of(form))
