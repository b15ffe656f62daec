"""Signing, reading and listing of every kind of record that needs no columns of its own."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from safeplan_desktop.domain.audit import AuditAction
from safeplan_desktop.domain.canonical import to_plain
from safeplan_desktop.domain.changes import Noun
from safeplan_desktop.domain.clients import snapshot_of
from safeplan_desktop.domain.drafts import Draft
from safeplan_desktop.domain.ids import new_id
from safeplan_desktop.domain.moments import Moment
from safeplan_desktop.domain.signed_records import SignedRecord, SignedSummary, check_signature
from safeplan_desktop.errors import NotFoundError
from safeplan_desktop.services.clients import Clients
from safeplan_desktop.services.desk import Desk, Entry
from safeplan_desktop.services.signing import seal
from safeplan_desktop.storage import drafts as stored_drafts
from safeplan_desktop.storage import search
from safeplan_desktop.storage import signed_records as stored


@dataclass(frozen=True, slots=True)
class SignedRecords:
    """What the services of the single kinds have in common; each checks its own form before it signs here."""

    desk: Desk
    clients: Clients

    def sign(
        self,
        noun: Noun,
        form: object,
        *,
        day: dt.date,
        title: str,
        signer: str,
        words: str = "",
        client_id: str = "",
        draft: Draft | None = None,
    ) -> SignedRecord:
        """Signs a form; its draft goes in the same transaction.

        Args:
            noun: The kind.
            form: The kind's own form; plain data of it is what is signed.
            day: The day that it is about.
            title: What it is in a list; never a client's name.
            signer: The signature as typed.
            words: What the search finds it by, besides the title; kinds that aren't searched pass nothing.
            client_id: Whose it is; empty for the practice's own.
            draft: The draft that it was written in; its id and beginning carry over.

        Raises:
            InvalidInputError: naming "signer".
            NotFoundError: when there is no such client.
        """
        with self.desk.entry() as entry:
            return self.sign_within(
                entry,
                noun,
                form,
                day=day,
                title=title,
                signer=signer,
                words=words,
                client_id=client_id,
                draft=draft,
            )

    def sign_within(
        self,
        entry: Entry,
        noun: Noun,
        form: object,
        *,
        day: dt.date,
        title: str,
        signer: str,
        words: str = "",
        client_id: str = "",
        draft: Draft | None = None,
    ) -> SignedRecord:
        """The same, as part of a use case that is under way."""
        check_signature(signer)
        database = self.desk.database
        record = seal(
            SignedRecord(
                id=draft.record_id if draft else new_id(),
                noun=noun,
                number=stored.next_number(database, noun, client_id),
                client=snapshot_of(self.clients.get(client_id)) if client_id else None,
                title=title,
                day=day,
                begun=Moment(draft.started_at, draft.started_zone) if draft else entry.moment,
                signer=signer.strip(),
                signed=entry.moment,
                form=to_plain(form),
            )
        )
        stored.insert(database, record)
        if draft is not None:
            stored_drafts.delete(database, draft.kind, draft.record_id)
            entry.changed(Noun.DRAFT, draft.record_id, client_id)
        if noun in search.SIGNED_KINDS:
            search.add(database, noun, record.id, client_id, title, words)
        entry.audit(AuditAction.SIGNED, noun, record.id, content_hash=record.content_hash)
        entry.changed(noun, record.id, client_id)
        return record

    def next_number(self, noun: Noun, client_id: str = "") -> int:
        """The number that the next record of a kind gets, of a client or of the practice."""
        return stored.next_number(self.desk.database, noun, client_id)

    def get(self, record_id: str) -> SignedRecord:
        """One signed record.

        Raises:
            NotFoundError: when there is none of that id.
        """
        record = stored.find(self.desk.database, record_id)
        if record is None:
            raise NotFoundError("This record isn't in the records.")
        return record

    def newest(self, noun: Noun, client_id: str = "") -> SignedRecord | None:
        """The newest of a kind that wasn't entered in error."""
        return stored.newest(self.desk.database, noun, client_id)

    def of_client(self, client_id: str) -> tuple[SignedSummary, ...]:
        """A client's records of all kinds, the newest first."""
        return stored.of_client(self.desk.database, client_id)

    def of_kind(self, noun: Noun, client_id: str | None = None) -> tuple[SignedSummary, ...]:
        """Records of a kind, the newest first: of everybody, or of a client, or (empty) of the practice."""
        return stored.of_kind(self.desk.database, noun, client_id)
