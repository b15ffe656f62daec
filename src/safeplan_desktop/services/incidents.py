"""The incident log: begin, autosave, sign, add to, list."""

from __future__ import annotations

from dataclasses import dataclass, replace

from safeplan_desktop.domain.audit import AuditAction
from safeplan_desktop.domain.canonical import from_json, to_json
from safeplan_desktop.domain.changes import Noun
from safeplan_desktop.domain.clients import snapshot_of
from safeplan_desktop.domain.drafts import Draft, DraftKind
from safeplan_desktop.domain.incidents import (
    FORM_VERSION,
    IncidentForm,
    IncidentSummary,
    SignedIncident,
    check_for_signing,
)
from safeplan_desktop.domain.moments import Moment
from safeplan_desktop.errors import NotFoundError
from safeplan_desktop.services.clients import Clients
from safeplan_desktop.services.desk import Desk
from safeplan_desktop.services.drafts import Drafts
from safeplan_desktop.services.signing import seal
from safeplan_desktop.storage import drafts as stored_drafts
from safeplan_desktop.storage import incidents as stored
from safeplan_desktop.storage import search


@dataclass(frozen=True, slots=True)
class Incidents:
    """The incident log's use cases."""

    desk: Desk
    clients: Clients
    drafts: Drafts

    def begin(self, client_id: str = "", form: IncidentForm | None = None) -> tuple[Draft, IncidentForm]:
        """A new incident draft; its beginning is the entry time, which nobody can edit."""
        started = replace(form or IncidentForm(), client_id=client_id, zone=self.desk.clock.zone())
        return self.drafts.begin(DraftKind.INCIDENT, client_id, to_json(started), FORM_VERSION), started

    def resume(self, record_id: str) -> tuple[Draft, IncidentForm]:
        """An unsigned incident as it was left.

        Raises:
            NotFoundError: when it was signed or discarded.
        """
        draft = self.drafts.get(DraftKind.INCIDENT, record_id)
        return draft, from_json(draft.form_json, IncidentForm)

    def autosave(self, draft: Draft, form: IncidentForm, place: str) -> Draft:
        """Saves the form as it stands."""
        return self.drafts.save(draft, to_json(form), client_id=form.client_id, place=place)

    def discard(self, record_id: str) -> None:
        """Throws an unsigned incident away, on the therapist's word."""
        self.drafts.discard(DraftKind.INCIDENT, record_id)

    def sign(self, draft: Draft, form: IncidentForm, signer: str) -> SignedIncident:
        """Signs an incident: from now on it never changes.

        Raises:
            InvalidInputError: naming the field with what is missing.
        """
        check_for_signing(form, signer=signer, now=self.desk.now().at)
        client = self.clients.get(form.client_id) if form.client_id else None
        entered = Moment(draft.started_at, draft.started_zone)
        with self.desk.entry() as entry:
            signed = seal(
                SignedIncident(
                    id=draft.record_id,
                    number=stored.next_number(self.desk.database, entered.local.year),
                    client=snapshot_of(client) if client else None,
                    form=form,
                    entered=entered,
                    signer=signer.strip(),
                    signed=entry.moment,
                )
            )
            stored.insert(self.desk.database, signed)
            stored_drafts.delete(self.desk.database, DraftKind.INCIDENT, draft.record_id)
            search.add(
                self.desk.database,
                Noun.INCIDENT,
                signed.id,
                form.client_id,
                f"Incident {signed.number}",
                _words(form),
            )
            entry.audit(AuditAction.SIGNED, Noun.INCIDENT, signed.id, content_hash=signed.content_hash)
            entry.changed(Noun.INCIDENT, signed.id, form.client_id)
            entry.changed(Noun.DRAFT, signed.id, form.client_id)
        return signed

    def list(self) -> tuple[IncidentSummary, ...]:
        """Drafts first, then signed incidents, the newest first."""
        drafts = [self._draft_row(draft) for draft in self.drafts.every() if draft.kind is DraftKind.INCIDENT]
        return (*drafts, *stored.every(self.desk.database))

    def get(self, incident_id: str) -> SignedIncident:
        """A signed incident.

        Raises:
            NotFoundError: when there is none of that id.
        """
        incident = stored.find(self.desk.database, incident_id)
        if incident is None:
            raise NotFoundError("This incident isn't in the records.")
        return incident

    def viewed(self, incident_id: str) -> None:
        """Notes in the audit that a signed incident was opened."""
        with self.desk.entry() as entry:
            entry.audit(AuditAction.VIEWED, Noun.INCIDENT, incident_id)

    def _draft_row(self, draft: Draft) -> IncidentSummary:
        form = from_json(draft.form_json, IncidentForm)
        return IncidentSummary(
            id=draft.record_id,
            number="",
            client_id=form.client_id,
            category=form.category,
            happened_at=form.happened_at,
            zone=form.zone,
            entered=Moment(draft.started_at, draft.started_zone),
            signed=None,
            physical_harm=form.physical_harm,
            psychological_harm=form.psychological_harm,
        )


def _words(form: IncidentForm) -> str:
    parts = [form.place_note, form.antecedent, form.account, form.de_escalation, form.injury_note]
    parts += [form.outcome, form.debrief]
    parts += [f"{person.name} {person.role}" for person in form.people]
    parts += [action.text for action in form.actions]
    parts += [f"{note.who} {note.how} {note.reference} {note.outcome}" for note in form.notifications]
    parts += [follow_up.text for follow_up in form.follow_ups]
    return "\n".join(part for part in parts if part)
