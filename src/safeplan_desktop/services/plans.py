"""Safety plans: begin from blank or from the last version, autosave, finish as an immutable version."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace

from safeplan_desktop.domain.audit import AuditAction
from safeplan_desktop.domain.canonical import content_hash, from_json, to_json, to_plain
from safeplan_desktop.domain.changes import Noun
from safeplan_desktop.domain.clients import Client, snapshot_of
from safeplan_desktop.domain.drafts import Draft, DraftKind
from safeplan_desktop.domain.ids import new_id
from safeplan_desktop.domain.moments import today
from safeplan_desktop.domain.plan_copies import PlanReview
from safeplan_desktop.domain.plans import (
    FORM_VERSION,
    CrisisNumber,
    PlanForm,
    PlanSummary,
    PlanVersion,
    PracticeSnapshot,
    check_for_finishing,
)
from safeplan_desktop.domain.practice import snapshot_of as practice_snapshot_of
from safeplan_desktop.domain.reviews import ReviewSubject
from safeplan_desktop.domain.searched_words import searched
from safeplan_desktop.errors import InvalidInputError, NotFoundError, SignedRecordError
from safeplan_desktop.services import reference
from safeplan_desktop.services.clients import Clients
from safeplan_desktop.services.desk import Desk
from safeplan_desktop.services.drafts import Drafts
from safeplan_desktop.services.practice import Practice
from safeplan_desktop.services.review_schedule import interval_of
from safeplan_desktop.services.signing import seal
from safeplan_desktop.storage import addenda as stored_addenda
from safeplan_desktop.storage import drafts as stored_drafts
from safeplan_desktop.storage import plan_copies as stored_copies
from safeplan_desktop.storage import plans as stored
from safeplan_desktop.storage import search


@dataclass(frozen=True, slots=True)
class Plans:
    """The safety plan editor's use cases."""

    desk: Desk
    clients: Clients
    drafts: Drafts
    practice: Practice

    def begin(self, client_id: str, *, from_blank: bool = False) -> tuple[Draft, PlanForm]:
        """The client's unfinished plan; else a new draft from their last version (or from blank).

        The practice's crisis lines are offered; each has to be confirmed again for a new version, and so has the
        client's release for every other person who gets a copy.
        """
        draft = self.drafts.newest_of_client(DraftKind.PLAN, client_id)
        if draft is not None:
            return draft, from_json(draft.form_json, PlanForm)
        client = self.clients.get(client_id)
        newest = self.newest(client_id)
        base = PlanForm(client_id, language=client.form.language)
        if newest is not None and not from_blank:
            last = newest.form
            # A release covers the words that were agreed on: for other words it is asked for again.
            recipients = tuple(replace(one, release_on=None) for one in last.recipients)
            base = replace(last, reason="", read_back=False, recipients=recipients)
        form = replace(base, review_on=self.usual_review(), crisis_numbers=self.offered_numbers(client))
        return self.drafts.begin(DraftKind.PLAN, client_id, to_json(form), FORM_VERSION), form

    def usual_review(self) -> dt.date:
        """The day that is offered for the next look at a plan: so long after today as the practice's schedule says."""
        return interval_of(self.practice, ReviewSubject.PLANS).after(today(self.desk.clock))

    def draft_of(self, client_id: str) -> Draft | None:
        """The client's unfinished plan, if there is one."""
        return self.drafts.newest_of_client(DraftKind.PLAN, client_id)

    def resume(self, record_id: str) -> tuple[Draft, PlanForm]:
        """An unfinished plan as it was left.

        Raises:
            NotFoundError: when it was finished or discarded.
        """
        draft = self.drafts.get(DraftKind.PLAN, record_id)
        return draft, from_json(draft.form_json, PlanForm)

    def autosave(self, draft: Draft, form: PlanForm, place: str) -> Draft:
        """Saves the editor as it stands."""
        return self.drafts.save(draft, to_json(form), place=place)

    def discard(self, record_id: str) -> None:
        """Throws an unfinished plan away, on the therapist's word."""
        self.drafts.discard(DraftKind.PLAN, record_id)

    def finish(self, draft: Draft, form: PlanForm, signer: str) -> PlanVersion:
        """Makes the plan a version that never changes.

        Raises:
            InvalidInputError: naming the field with what is missing.
        """
        cleaned = check_for_finishing(form, signer=signer, today=today(self.desk.clock))
        client = self.clients.get(form.client_id)
        with self.desk.entry() as entry:
            number = stored.next_number(self.desk.database, client.id)
            before = next((one.number for one in self.counting(client.id)), None)
            version = seal(
                PlanVersion(
                    id=draft.record_id,
                    number=number,
                    client=snapshot_of(client),
                    practice=self.practice_now(cleaned),
                    form=cleaned,
                    signer=signer.strip(),
                    finished=entry.moment,
                    replaces=before,
                )
            )
            stored.insert(self.desk.database, version)
            stored_drafts.delete(self.desk.database, DraftKind.PLAN, draft.record_id)
            search.add(self.desk.database, Noun.PLAN, version.id, client.id, *searched(Noun.PLAN, to_plain(version)))
            entry.audit(AuditAction.SIGNED, Noun.PLAN, version.id, content_hash=version.content_hash)
            entry.changed(Noun.PLAN, version.id, client.id)
            entry.changed(Noun.DRAFT, version.id, client.id)
        return version

    def of_client(self, client_id: str) -> tuple[PlanSummary, ...]:
        """A client's finished versions, newest first; those entered in error are among them, marked."""
        return stored.of_client(self.desk.database, client_id)

    def counting(self, client_id: str) -> tuple[PlanSummary, ...]:
        """A client's finished versions that weren't entered in error, newest first."""
        return tuple(one for one in self.of_client(client_id) if not one.voided)

    def get(self, version_id: str) -> PlanVersion:
        """A finished version.

        Raises:
            NotFoundError: when there is none of that id.
        """
        version = stored.find(self.desk.database, version_id)
        if version is None:
            raise NotFoundError("This plan isn't in the records.")
        return version

    def viewed(self, version_id: str) -> None:
        """Notes in the audit that a finished plan was opened."""
        with self.desk.entry() as entry:
            entry.audit(AuditAction.VIEWED, Noun.PLAN, version_id)

    def newest(self, client_id: str) -> PlanVersion | None:
        """A client's newest finished version that wasn't entered in error; None where there is none."""
        versions = self.counting(client_id)
        return self.get(versions[0].id) if versions else None

    def refuse_voided(self, version_id: str) -> None:
        """Says that nothing goes on with a version that was entered in error.

        Raises:
            SignedRecordError: when it was.
        """
        if stored_addenda.is_voided(self.desk.database, version_id):
            raise SignedRecordError(
                "This version of the plan was entered in error: it counts nowhere and is given to nobody.",
                safe="It stays in the records as it is.",
            )

    def reviewed(self, version_id: str, next_review_on: dt.date) -> PlanReview:
        """Notes that client and therapist looked at a version together and changed nothing.

        Raises:
            InvalidInputError: naming the field, when the next day isn't ahead.
            NotFoundError: when there is no such version.
            SignedRecordError: when it was entered in error.
        """
        day = today(self.desk.clock)
        if next_review_on <= day:
            raise InvalidInputError("next_review_on", "The review day has to lie ahead of today.")
        client_id = self.get(version_id).client.client_id
        self.refuse_voided(version_id)
        review = PlanReview(new_id(), client_id, version_id, day, next_review_on)
        with self.desk.entry() as entry:
            stored_copies.insert_review(self.desk.database, review, entry.moment.at)
            entry.audit(AuditAction.REVIEWED, Noun.PLAN, version_id, content_hash=content_hash(to_json(review)))
            entry.changed(Noun.PLAN, version_id, client_id)
        return review

    def offered_numbers(self, client: Client) -> tuple[CrisisNumber, ...]:
        """Crisis numbers of where the client lives, none of them confirmed yet.

        At home they are the practice's own; elsewhere, or where the practice has none, they are suggestions from the
        country list. The language of the plan plays no part.
        """
        home = self.practice.profile().country
        country = client.form.country or home
        own = tuple(
            CrisisNumber(contact.name, contact.number, contact.hours, checked_on=contact.checked_on)
            for contact in self.practice.contacts()
            if contact.on_plans
        )
        listed = reference.country(country)
        if listed is None or (country == home and own):
            return own if country == home else ()
        lines = tuple(CrisisNumber(line.name, line.number, line.hours) for line in listed.lines)
        if country == home:
            return lines
        emergency = CrisisNumber(f"Emergency number, {listed.name}", listed.emergency, emergency=True)
        return (emergency, *lines)

    def practice_now(self, form: PlanForm) -> PracticeSnapshot:
        """The practice as it stands, with the emergency number of where the client lives."""
        snapshot = practice_snapshot_of(self.practice.profile(), self.practice.contacts())
        home = self.practice.profile().country
        elsewhere = form.lives_elsewhere or (self.clients.get(form.client_id).form.country or home) != home
        return replace(snapshot, emergency_number=form.emergency_number) if elsewhere else snapshot
