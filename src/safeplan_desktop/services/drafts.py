"""Drafts: what was typed a moment ago survives a lock, a crash and a flat battery."""

from __future__ import annotations

from dataclasses import dataclass, replace

from safeplan_desktop.domain.audit import AuditAction
from safeplan_desktop.domain.changes import Change, Noun
from safeplan_desktop.domain.drafts import Draft, DraftKind
from safeplan_desktop.domain.ids import new_id
from safeplan_desktop.errors import NotFoundError
from safeplan_desktop.services.desk import Desk
from safeplan_desktop.storage import drafts as stored


@dataclass(frozen=True, slots=True)
class Drafts:
    """The one mechanism behind every form."""

    desk: Desk

    def begin(
        self, kind: DraftKind, client_id: str, form_json: str, form_version: int, *, record_id: str = ""
    ) -> Draft:
        """A new draft, saved at once: its beginning is the entry time of what it becomes.

        Raises:
            NotFoundError: when the client's record was removed for good.
        """
        moment = self.desk.now()
        draft = Draft(
            kind=kind,
            record_id=record_id or new_id(),
            client_id=client_id,
            form_json=form_json,
            form_version=form_version,
            place="",
            started_at=moment.at,
            started_zone=moment.zone,
            saved_at=moment.at,
        )
        self._refuse_purged(client_id)
        with self.desk.database.transaction():
            stored.save(self.desk.database, draft)
        self.desk.on_change(Change(Noun.DRAFT, draft.record_id, client_id))
        return draft

    def save(self, draft: Draft, form_json: str, *, client_id: str | None = None, place: str = "") -> Draft:
        """The draft with the form as it stands now; one commit of about a millisecond.

        No change is told: only the screen that types knows of it.

        Raises:
            NotFoundError: when the client's record was removed for good.
        """
        saved = replace(
            draft,
            form_json=form_json,
            client_id=draft.client_id if client_id is None else client_id,
            place=place,
            saved_at=self.desk.now().at,
        )
        self._refuse_purged(saved.client_id)
        with self.desk.database.transaction():
            stored.save(self.desk.database, saved)
        return saved

    def _refuse_purged(self, client_id: str) -> None:
        """A form that was left open may not bring words back of a record that was removed for good."""
        if client_id and stored.is_purged(self.desk.database, client_id):
            raise NotFoundError(
                "The record of this client was removed for good, so what is typed here isn't kept.",
                next_step="Close this form.",
            )

    def get(self, kind: DraftKind, record_id: str) -> Draft:
        """One draft.

        Raises:
            NotFoundError: when it was signed or discarded meanwhile.
        """
        draft = stored.find(self.desk.database, kind, record_id)
        if draft is None:
            raise NotFoundError("This draft isn't there any more.", next_step="It may have been signed or discarded.")
        return draft

    def newest_of_client(self, kind: DraftKind, client_id: str) -> Draft | None:
        """The client's newest draft of a kind."""
        return stored.newest_of_client(self.desk.database, kind, client_id)

    def every(self) -> tuple[Draft, ...]:
        """All drafts, newest first."""
        return stored.every(self.desk.database)

    def forget(self, kind: DraftKind, record_id: str) -> None:
        """Removes a draft whose form was saved as a record."""
        with self.desk.database.transaction():
            stored.delete(self.desk.database, kind, record_id)
        self.desk.on_change(Change(Noun.DRAFT, record_id))

    def discard(self, kind: DraftKind, record_id: str) -> None:
        """Throws a draft away, on the therapist's word."""
        draft = self.get(kind, record_id)
        with self.desk.entry() as entry:
            stored.delete(self.desk.database, kind, record_id)
            entry.audit(AuditAction.DISCARDED, Noun.DRAFT, record_id, detail=kind.value)
            entry.changed(Noun.DRAFT, record_id, draft.client_id)
