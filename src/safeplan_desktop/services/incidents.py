"""The incident log: begin, autosave, sign, add to, list."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass, replace

from safeplan_desktop.domain.audit import FOLLOW_UP_DONE, FOLLOW_UP_OPEN, AuditAction
from safeplan_desktop.domain.canonical import from_json, to_json, to_plain
from safeplan_desktop.domain.changes import Noun
from safeplan_desktop.domain.clients import snapshot_of
from safeplan_desktop.domain.drafts import Draft, DraftKind
from safeplan_desktop.domain.incidents import (
    FORM_VERSION,
    FollowUpState,
    IncidentForm,
    IncidentSummary,
    RecordLink,
    SignedIncident,
    wrong_for_signing,
    wrong_in_done,
)
from safeplan_desktop.domain.moments import Moment, today
from safeplan_desktop.domain.record_links import to_plan, to_screening
from safeplan_desktop.domain.searched_words import of_incident, searched
from safeplan_desktop.errors import NotFoundError, refuse
from safeplan_desktop.services.clients import Clients
from safeplan_desktop.services.desk import Desk
from safeplan_desktop.services.drafts import Drafts
from safeplan_desktop.services.practice import Practice
from safeplan_desktop.services.signing import seal
from safeplan_desktop.storage import addenda as stored_addenda
from safeplan_desktop.storage import drafts as stored_drafts
from safeplan_desktop.storage import follow_ups as stored_follow_ups
from safeplan_desktop.storage import incidents as stored
from safeplan_desktop.storage import plans as stored_plans
from safeplan_desktop.storage import screenings as stored_screenings
from safeplan_desktop.storage import search


@dataclass(frozen=True, slots=True)
class Incidents:
    """The incident log's use cases."""

    desk: Desk
    clients: Clients
    drafts: Drafts
    practice: Practice

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
        with self.desk.database.transaction():
            stored_drafts.delete_dialogs(self.desk.database, record_id)

    def sign(self, draft: Draft, form: IncidentForm, signer: str) -> SignedIncident:
        """Signs an incident: from now on it never changes.

        Raises:
            InvalidInputError: naming the field with what is missing.
        """
        refuse(wrong_for_signing(form, signer=signer, now=self.desk.now().at))
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
                    credentials=self.practice.profile().credentials,
                )
            )
            stored.insert(self.desk.database, signed)
            stored_drafts.delete(self.desk.database, DraftKind.INCIDENT, draft.record_id)
            stored_drafts.delete_dialogs(self.desk.database, draft.record_id)
            found_by = searched(Noun.INCIDENT, to_plain(signed))
            search.add(self.desk.database, Noun.INCIDENT, signed.id, form.client_id, *found_by)
            entry.audit(AuditAction.SIGNED, Noun.INCIDENT, signed.id, content_hash=signed.content_hash)
            entry.changed(Noun.INCIDENT, signed.id, form.client_id)
            entry.changed(Noun.DRAFT, signed.id, form.client_id)
        return signed

    def list(self) -> tuple[IncidentSummary, ...]:
        """Drafts first, then signed incidents, the newest first; those entered in error are among them, marked."""
        return (*self.unsigned(), *stored.every(self.desk.database))

    def some(self, last_id: str, limit: int) -> tuple[IncidentSummary, ...]:
        """The next signed incidents by id, in no other order; begin with an empty id."""
        return stored.after(self.desk.database, last_id, limit=limit)

    def unsigned(self) -> tuple[IncidentSummary, ...]:
        """The drafts alone."""
        return tuple(self._draft_row(draft) for draft in self.drafts.every() if draft.kind is DraftKind.INCIDENT)

    def of_client(self, client_id: str) -> tuple[IncidentSummary, ...]:
        """A client's signed incidents, newest first; those entered in error are among them, marked."""
        return stored.of_client(self.desk.database, client_id)

    def summary(self, incident_id: str) -> IncidentSummary | None:
        """One incident's row of the log, signed or not; None when it is gone."""
        found = stored.summary(self.desk.database, incident_id)
        return found or next((row for row in self.unsigned() if row.id == incident_id), None)

    def summaries(self, incident_ids: Collection[str]) -> dict[str, IncidentSummary]:
        """The rows of the log of these signed incidents, by id."""
        return stored.summaries(self.desk.database, incident_ids)

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

    def follow_ups(self, incident_id: str) -> tuple[FollowUpState, ...]:
        """A signed incident's follow-ups, with what was done about them since."""
        return stored_follow_ups.of_incident(self.desk.database, incident_id)

    def open_follow_ups(self) -> tuple[FollowUpState, ...]:
        """Follow-ups that wait, however long ago the incident was; of records entered in error none does."""
        return stored_follow_ups.still_open(self.desk.database)

    def follow_up_done(self, incident_id: str, position: int, done_on: dt.date | None, note: str = "") -> None:
        """Notes that a follow-up was done; the signed record stays as it is.

        Raises:
            InvalidInputError: naming the field, when the day is missing or lies ahead.
            NotFoundError: when the incident has no such follow-up.
        """
        refuse(wrong_in_done(done_on, today(self.desk.clock)))
        if done_on is None or not 0 <= position < len(self.get(incident_id).form.follow_ups):
            raise NotFoundError("This follow-up isn't in the records.")
        with self.desk.entry() as entry:
            noted = stored_follow_ups.mark_done(
                self.desk.database, incident_id, position, done_on, note.strip(), entry.moment.at
            )
            entry.audit(AuditAction.CHANGED, Noun.INCIDENT, incident_id, detail=FOLLOW_UP_DONE, content_hash=noted)
            entry.changed(Noun.INCIDENT, incident_id)

    def follow_up_open(self, incident_id: str, position: int) -> None:
        """Takes back that a follow-up was done."""
        with self.desk.entry() as entry:
            noted = stored_follow_ups.mark_open(self.desk.database, incident_id, position)
            entry.audit(AuditAction.CHANGED, Noun.INCIDENT, incident_id, detail=FOLLOW_UP_OPEN, content_hash=noted)
            entry.changed(Noun.INCIDENT, incident_id)

    def linkable(self, client_id: str) -> tuple[tuple[RecordLink, ...], tuple[RecordLink, ...]]:
        """A client's screenings and finished plans that an incident can go with, newest first."""
        if not client_id:
            return (), ()
        voided = stored_addenda.voided_ids(self.desk.database)
        screenings = tuple(
            to_screening(one)
            for one in stored_screenings.of_client(self.desk.database, client_id)
            if one.id not in voided
        )
        plans = tuple(to_plan(one) for one in stored_plans.of_client(self.desk.database, client_id) if not one.voided)
        return screenings, plans

    def revised_afterwards(self, incident: SignedIncident) -> RecordLink | None:
        """The first version of the client's plan that was finished after the incident; never stored, always looked up."""
        return self.revised_after(incident.client.client_id if incident.client else "", incident.form.happened_at)

    def revised_after(self, client_id: str, happened: dt.datetime | None) -> RecordLink | None:
        """The first version of a client's plan that counts and was finished after a time; None where there is none."""
        if not client_id or happened is None:
            return None
        plans = stored_plans.of_client(self.desk.database, client_id)
        later = [one for one in plans if one.finished.at > happened and not one.voided]
        if not later:
            return None
        return to_plan(min(later, key=lambda one: one.number))

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


def words_of(form: IncidentForm) -> str:
    """Everything that was typed, for the search."""
    return of_incident(to_plain(form))
