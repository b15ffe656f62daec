"""What services of written records share, from the first letter to the signature: session notes, agreements, consents."""

from __future__ import annotations

import datetime as dt
from abc import ABC, abstractmethod
from dataclasses import dataclass
from typing import ClassVar, Generic, TypeVar

from safeplan_desktop.domain.audit import AuditAction
from safeplan_desktop.domain.canonical import from_json, to_json
from safeplan_desktop.domain.changes import Noun
from safeplan_desktop.domain.drafts import Draft, DraftKind
from safeplan_desktop.domain.moments import today
from safeplan_desktop.domain.signed_records import SignedRecord, SignedSummary
from safeplan_desktop.domain.written_text import Part, as_text
from safeplan_desktop.services.clients import Clients
from safeplan_desktop.services.desk import Desk
from safeplan_desktop.services.drafts import Drafts
from safeplan_desktop.services.signed_records import SignedRecords
from safeplan_desktop.storage import addenda as stored_addenda

F = TypeVar("F")


@dataclass(frozen=True)
class Written(ABC, Generic[F]):
    """One kind of record: it says how a form begins and what is signed of it, the rest is here.

    Attributes:
        noun, kind: What its records and drafts are.
        form_kind, form_version: The form, and the version of its JSON.
    """

    desk: Desk
    clients: Clients
    drafts: Drafts
    records: SignedRecords

    noun: ClassVar[Noun]
    kind: ClassVar[DraftKind]
    form_kind: ClassVar[type]
    form_version: ClassVar[int] = 1

    @abstractmethod
    def fresh(self, client_id: str) -> F:
        """The form as it begins for a client."""

    @abstractmethod
    def sign(self, draft: Draft, form: F, signer: str) -> SignedRecord:
        """Signs: from now on it never changes.

        Raises:
            InvalidInputError: naming the field with what is missing.
        """

    @abstractmethod
    def parts(self, record_id: str) -> tuple[Part, ...]:
        """A signed record as titled parts.

        Raises:
            NotFoundError: when there is none of that id.
        """

    def begin(self, client_id: str, form: F | None = None) -> tuple[Draft, F]:
        """A new draft, saved at once."""
        started = form if form is not None else self.fresh(client_id)
        return self.drafts.begin(self.kind, client_id, to_json(started), self.form_version), started

    def resume(self, record_id: str) -> tuple[Draft, F]:
        """An unsigned record as it was left.

        Raises:
            NotFoundError: when it was signed or discarded.
        """
        draft = self.drafts.get(self.kind, record_id)
        return draft, from_json(draft.form_json, self.form_kind)

    def autosave(self, draft: Draft, form: F, place: str = "") -> Draft:
        """Saves the form as it stands."""
        return self.drafts.save(draft, to_json(form), place=place)

    def discard(self, record_id: str) -> None:
        """Throws an unsigned record away, on the therapist's word."""
        self.drafts.discard(self.kind, record_id)

    def waiting(self, client_id: str) -> tuple[tuple[Draft, F], ...]:
        """A client's unsigned records, the one saved last first."""
        return tuple(
            (draft, from_json(draft.form_json, self.form_kind))
            for draft in self.drafts.every()
            if draft.kind is self.kind and draft.client_id == client_id
        )

    def of_client(self, client_id: str) -> tuple[SignedSummary, ...]:
        """A client's signed records of this kind, the newest first; those entered in error are among them, marked."""
        return self.records.of_kind(self.noun, client_id)

    def get(self, record_id: str) -> tuple[SignedRecord, F]:
        """A signed record and its form.

        Raises:
            NotFoundError: when there is none of that id.
        """
        record = self.records.get(record_id)
        return record, record.form_as(self.form_kind)

    def newest(self, client_id: str) -> tuple[SignedRecord, F] | None:
        """The record about the latest day that wasn't entered in error."""
        found = next((one for one in self.of_client(client_id) if not one.voided), None)
        return None if found is None else self.get(found.id)

    def copied(self, record_id: str) -> str:
        """A signed record as plain text with what was added to it; the audit notes that it was copied out.

        Raises:
            NotFoundError: when there is none of that id.
        """
        text = as_text(
            self.records.get(record_id),
            self.parts(record_id),
            stored_addenda.of_record(self.desk.database, record_id),
        )
        with self.desk.entry() as entry:
            entry.audit(AuditAction.EXPORTED, self.noun, record_id, detail="copied as text")
        return text

    def viewed(self, record_id: str) -> None:
        """Notes in the audit that a signed record was opened."""
        with self.desk.entry() as entry:
            entry.audit(AuditAction.VIEWED, self.noun, record_id)

    def today(self) -> dt.date:
        """The present day, where the therapist is."""
        return today(self.desk.clock)
