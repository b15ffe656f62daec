"""A large vault, made quickly: signed incidents and a long audit, row by row through the storage, in one transaction."""

from __future__ import annotations

import datetime as dt
import random
from dataclasses import replace

from safeplan_desktop.domain.audit import AuditAction
from safeplan_desktop.domain.changes import Noun
from safeplan_desktop.domain.clients import ClientForm, snapshot_of
from safeplan_desktop.domain.ids import new_id
from safeplan_desktop.domain.incidents import (
    IncidentCategory,
    IncidentForm,
    PhysicalHarm,
    Place,
    PsychologicalHarm,
    SignedIncident,
)
from safeplan_desktop.domain.moments import Moment
from safeplan_desktop.security.chain import link
from safeplan_desktop.services.session import Session
from safeplan_desktop.services.signing import seal
from safeplan_desktop.storage import audit, search
from safeplan_desktop.storage import incidents as stored
from safeplan_desktop.storage.audit import canonical_text
from safeplan_desktop.storage.rows import instant

_VIEWS = ((AuditAction.VIEWED, ""), (AuditAction.PRINTED, "report, a4"), (AuditAction.EXPORTED, "report, letter"))


def fill(session: Session, *, clients: int, incidents: int, entries: int) -> None:
    """Adds clients, signed incidents, and views and prints of them, until the audit has so many entries."""
    rng, database = random.Random(7), session.vault.database
    people = [session.clients.add(ClientForm(code=f"L-{n:03d}", name=f"Person {n}")) for n in range(clients)]
    start, zone = session.desk.now().at, session.desk.clock.zone()
    with database.transaction():
        last = audit.head(database)
        seq, previous, ids = last.seq, last.hash, []
        while seq < entries:
            moment = Moment(start + dt.timedelta(seconds=30 * (seq - last.seq)), zone)
            if len(ids) < incidents and (seq - last.seq) % (entries // incidents) == 0:
                incident = _incident(len(ids) + 1, snapshot_of(rng.choice(people)), moment)
                stored.insert(database, incident)
                search.add(
                    database,
                    Noun.INCIDENT,
                    incident.id,
                    incident.form.client_id,
                    incident.number,
                    "Walked to the river",
                )
                ids.append(incident.id)
                facts = (AuditAction.SIGNED, incident.id, "", incident.content_hash)
            else:
                action, detail = rng.choice(_VIEWS)
                facts = (action, rng.choice(ids), detail, "")
            seq += 1
            columns = (instant(moment.at), zone, facts[0].value, Noun.INCIDENT.value, *facts[1:])
            own = link(previous, canonical_text(seq, columns).encode())
            database.execute("INSERT INTO audit VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", (seq, *columns, previous, own))
            previous = own


def _incident(number: int, client, moment: Moment) -> SignedIncident:
    form = IncidentForm(
        client_id=client.client_id,
        category=IncidentCategory.CLIENT_CRISIS,
        happened_at=moment.at - dt.timedelta(hours=1),
        zone=moment.zone,
        place=Place.OFFICE,
        account="Walked to the river and back; wanted to talk. " * 8,
        physical_harm=PhysicalHarm.NONE,
        psychological_harm=PsychologicalHarm.LOW,
    )
    signed = SignedIncident(new_id(), f"2026-{number:03d}", replace(client), form, moment, "Dr. Alma Reyes", moment)
    return seal(signed)
