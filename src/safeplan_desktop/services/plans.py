"""Safety plans: begin from blank or from the last version, autosave, finish as an immutable version."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace

from safeplan_desktop.domain.audit import AuditAction
from safeplan_desktop.domain.canonical import from_json, to_json
from safeplan_desktop.domain.changes import Noun
from safeplan_desktop.domain.clients import snapshot_of
from safeplan_desktop.domain.drafts import Draft, DraftKind
from safeplan_desktop.domain.moments import today
from safeplan_desktop.domain.plans import (
    DEFAULT_REVIEW_DAYS,
    FORM_VERSION,
    CrisisNumber,
    PlanForm,
    PlanSummary,
    PlanVersion,
    check_for_finishing,
)
from safeplan_desktop.domain.practice import snapshot_of as practice_snapshot_of
from safeplan_desktop.errors import NotFoundError
from safeplan_desktop.services.clients import Clients
from safeplan_desktop.services.desk import Desk
from safeplan_desktop.services.drafts import Drafts
from safeplan_desktop.services.practice import Practice
from safeplan_desktop.services.signing import seal
from safeplan_desktop.storage import drafts as stored_drafts
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

        The practice's crisis lines are offered; each has to be confirmed again for a new version.
        """
        draft = self.drafts.newest_of_client(DraftKind.PLAN, client_id)
        if draft is not None:
            return draft, from_json(draft.form_json, PlanForm)
        client = self.clients.get(client_id)
        versions = stored.of_client(self.desk.database, client_id)
        review_on = today(self.desk.clock) + dt.timedelta(days=DEFAULT_REVIEW_DAYS)
        base = PlanForm(client_id, language=client.form.language)
        if versions and not from_blank:
            base = replace(self.get(versions[0].id).form, reason="")
        form = replace(base, review_on=review_on, crisis_numbers=self._offered_numbers())
        return self.drafts.begin(DraftKind.PLAN, client_id, to_json(form), FORM_VERSION), form

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
            version = seal(
                PlanVersion(
                    id=draft.record_id,
                    number=number,
                    client=snapshot_of(client),
                    practice=practice_snapshot_of(self.practice.profile(), self.practice.contacts()),
                    form=cleaned,
                    signer=signer.strip(),
                    finished=entry.moment,
                    replaces=number - 1 if number > 1 else None,
                )
            )
            stored.insert(self.desk.database, version)
            stored_drafts.delete(self.desk.database, DraftKind.PLAN, draft.record_id)
            words = "\n".join(
                f"{item.text} {item.relation} {item.phone}" for section in cleaned.sections for item in section.items
            )
            search.add(self.desk.database, Noun.PLAN, version.id, client.id, f"Safety plan, version {number}", words)
            entry.audit(AuditAction.SIGNED, Noun.PLAN, version.id, content_hash=version.content_hash)
            entry.changed(Noun.PLAN, version.id, client.id)
            entry.changed(Noun.DRAFT, version.id, client.id)
        return version

    def of_client(self, client_id: str) -> tuple[PlanSummary, ...]:
        """A client's finished versions, newest first."""
        return stored.of_client(self.desk.database, client_id)

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

    def _offered_numbers(self) -> tuple[CrisisNumber, ...]:
        return tuple(
            CrisisNumber(contact.name, contact.number, contact.hours, checked_on=contact.checked_on)
            for contact in self.practice.contacts()
            if contact.on_plans
        )
