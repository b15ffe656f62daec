"""Addenda: late entries, additions and corrections to what was signed; the original stays as it was."""

from __future__ import annotations

from dataclasses import dataclass

from safeplan_desktop.domain.audit import AuditAction
from safeplan_desktop.domain.canonical import to_plain
from safeplan_desktop.domain.changes import Noun
from safeplan_desktop.domain.drafts import DraftKind
from safeplan_desktop.domain.ids import new_id
from safeplan_desktop.domain.incidents import Addendum, AddendumKind, wrong_in_addendum, wrong_in_voiding
from safeplan_desktop.domain.searched_words import searched
from safeplan_desktop.domain.signed_records import LEFT_OUT_BY_DEFAULT
from safeplan_desktop.errors import NotFoundError, SignedRecordError, refuse
from safeplan_desktop.services.desk import Desk, Entry
from safeplan_desktop.services.signing import seal
from safeplan_desktop.storage import addenda as stored
from safeplan_desktop.storage import drafts as stored_drafts
from safeplan_desktop.storage import search

IN_ERROR = "This record was entered in error."


@dataclass(frozen=True, slots=True)
class Addenda:
    """Addenda to signed records. A plan gets none but the mark: what changes in it is written as a new version."""

    desk: Desk

    def of_record(self, record_id: str) -> tuple[Addendum, ...]:
        """A record's addenda, in their order."""
        return stored.of_record(self.desk.database, record_id)

    def add(
        self,
        noun: Noun,
        record_id: str,
        client_id: str,
        *,
        kind: AddendumKind,
        reason: str,
        text: str,
        signer: str,
    ) -> Addendum:
        """Signs an addendum.

        Raises:
            InvalidInputError: naming the field that is empty.
        """
        refuse(wrong_in_addendum(reason, text, signer))
        if kind is AddendumKind.ENTERED_IN_ERROR:
            raise ValueError("a record is voided by `void`")
        if noun is Noun.PLAN:
            raise ValueError("a plan is rewritten by its next version")
        with self.desk.entry() as entry:
            stored_drafts.delete(self.desk.database, DraftKind.ADDENDUM, record_id)
            entry.changed(Noun.DRAFT, record_id, client_id)
            return self._sign(entry, noun, record_id, client_id, kind, reason, text, signer)

    def void(self, noun: Noun, record_id: str, client_id: str, *, reason: str, signer: str) -> Addendum:
        """Marks a signed record or a finished plan as entered in error: it stays readable, and counts nowhere any more.

        Raises:
            InvalidInputError: naming the field that is empty.
            NotFoundError: when there is no such signed record.
            SignedRecordError: when it was marked before.
        """
        refuse(wrong_in_voiding(reason, signer))
        if not stored.is_signed(self.desk.database, noun, record_id):
            raise NotFoundError("This record isn't signed, or isn't in the records.")
        if stored.is_voided(self.desk.database, record_id):
            raise SignedRecordError("This record is marked as entered in error already.", safe="It stays as it is.")
        kind = AddendumKind.ENTERED_IN_ERROR
        with self.desk.entry() as entry:
            addendum = self._sign(entry, noun, record_id, client_id, kind, reason, IN_ERROR, signer)
            stored.void(self.desk.database, noun, addendum, entry.moment.at)
        return addendum

    def _sign(
        self,
        entry: Entry,
        noun: Noun,
        record_id: str,
        client_id: str,
        kind: AddendumKind,
        reason: str,
        text: str,
        signer: str,
    ) -> Addendum:
        addendum = seal(
            Addendum(
                id=new_id(),
                record_id=record_id,
                number=stored.next_number(self.desk.database, record_id),
                kind=kind,
                reason=reason.strip(),
                text=text.strip(),
                signer=signer.strip(),
                signed=entry.moment,
            )
        )
        stored.insert(self.desk.database, noun, addendum)
        if noun not in LEFT_OUT_BY_DEFAULT:
            found_by = searched(Noun.ADDENDUM, to_plain(addendum))
            search.add(self.desk.database, Noun.ADDENDUM, addendum.id, client_id, *found_by)
        entry.audit(AuditAction.ADDENDUM, noun, addendum.id, detail=kind.value, content_hash=addendum.content_hash)
        entry.changed(Noun.ADDENDUM, record_id, client_id)
        entry.changed(noun, record_id, client_id)
        return addendum
