"""A record goes for good: past its retention or on a lawful request, whole, with a certificate of what it was."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from safeplan_desktop.domain.audit import AuditAction
from safeplan_desktop.domain.changes import Change, Noun
from safeplan_desktop.domain.clients import Client
from safeplan_desktop.domain.moments import Moment
from safeplan_desktop.domain.practice import Paper, PracticeProfile
from safeplan_desktop.domain.retention import (
    KnownBackup,
    PurgeCertificate,
    PurgeReason,
    check_confirmation,
    check_nameless,
)
from safeplan_desktop.domain.signed_records import SignedRecord, SignedSummary, check_signature
from safeplan_desktop.errors import InvalidInputError
from safeplan_desktop.services.backups import LastBackup
from safeplan_desktop.services.clients import Clients
from safeplan_desktop.services.desk import Desk
from safeplan_desktop.services.exports import Document, file_name
from safeplan_desktop.services.practice import Practice
from safeplan_desktop.services.retention import Retention
from safeplan_desktop.services.signed_records import SignedRecords
from safeplan_desktop.storage import audit
from safeplan_desktop.storage import practice as stored_practice
from safeplan_desktop.storage import purges as stored
from safeplan_desktop.storage.backup_container import SUFFIX

_LAST_BACKUP = "last-backup"
_DAY = re.compile(r"safeplan-(\d{4}-\d{2}-\d{2})-\d{4}")


def _make_certificate(record: SignedRecord, practice: PracticeProfile, paper: Paper, chain_head: str) -> bytes:
    from safeplan_desktop.documents.purge_certificate import purge_certificate_pdf  # noqa: PLC0415 - ReportLab loads in the job

    return purge_certificate_pdf(record, practice, paper, chain_head)


@dataclass(frozen=True, slots=True)
class PurgeOutlook:
    """What a purge of a record would take, before it is decided.

    Attributes:
        counts: Rows by kind.
        past: Whether the record is past its retention.
        until: Until when the rule keeps it; None where it gives no day.
        backups: Backups that may hold it still.
    """

    client: Client
    counts: dict[Noun, int]
    past: bool
    until: dt.date | None
    backups: tuple[KnownBackup, ...]


@dataclass(frozen=True, slots=True)
class Purges:
    """The one door through which signed records go."""

    desk: Desk
    clients: Clients
    retention: Retention
    signed_records: SignedRecords
    practice: Practice

    def outlook(self, client_id: str) -> PurgeOutlook:
        """What would go.

        Raises:
            NotFoundError: when there is no such client.
        """
        client = self.clients.get(client_id)
        kept = self.retention.of_client(client)
        counts = stored.doomed(self.desk.database, client_id).counts
        return PurgeOutlook(client, counts, kept.past, kept.until, self._backups(client))

    def check(self, client_id: str, reason: PurgeReason, *, note: str, confirm: str, signer: str) -> None:
        """Refuses a purge that isn't meant as it was typed, before anything is closed for it; see `purge`.

        Raises:
            InvalidInputError, NotFoundError: as `purge` does.
        """
        client = self.clients.get(client_id)
        if reason is PurgeReason.RETENTION and not self.retention.of_client(client).past:
            raise InvalidInputError("reason", "By the practice's rule this record isn't past its retention.")
        if reason is PurgeReason.REQUEST and not note.strip():
            raise InvalidInputError("note", "Please write on what the request rests, without names.")
        check_nameless(note, (client.form.name, *(contact.name for contact in client.form.contacts)))
        check_confirmation(client.code, confirm)
        check_signature(signer)

    def purge(self, client_id: str, reason: PurgeReason, *, note: str, confirm: str, signer: str) -> SignedRecord:
        """Removes a client's whole record for good, in one transaction, and signs the certificate.

        Args:
            client_id: Whose.
            reason: Why.
            note: Words on the rule or the request, without names.
            confirm: The client's code, as typed.
            signer: The signature as typed.

        Raises:
            InvalidInputError: naming the field; also when the retention isn't over and no request is named.
            NotFoundError: when there is no such client.
        """
        record = self.remove(client_id, reason, note=note, confirm=confirm, signer=signer)
        self.tell()
        return record

    def remove(self, client_id: str, reason: PurgeReason, *, note: str, confirm: str, signer: str) -> SignedRecord:
        """The same from a job: nobody is told of it before `tell` is called in the window's thread.

        Raises:
            InvalidInputError, NotFoundError: as `purge` does.
        """
        self.check(client_id, reason, note=note, confirm=confirm, signer=signer)
        client = self.clients.get(client_id)
        kept = self.retention.of_client(client)
        database = self.desk.database
        with self.desk.entry() as entry:
            doomed = stored.doomed(database, client_id)
            certificate = PurgeCertificate(
                client_id=client_id,
                code=client.code,
                reason=reason,
                note=note.strip(),
                first_entry=Moment(client.created_at, entry.moment.zone).local_date,
                last_entry=kept.dates.last_entry,
                kept_until=kept.until,
                counts=tuple((noun.value, count) for noun, count in doomed.counts.items()),
                incidents=tuple(sorted(row.number for row in doomed.signed if row.noun == Noun.INCIDENT.value)),
                records=doomed.signed,
                backups=self._backups(client),
            )
            stored.erase(database, client_id)
            for row in doomed.signed:
                entry.audit(AuditAction.PURGED, Noun(row.noun), row.id, content_hash=row.hash)
            for noun, record_id in doomed.noted:
                entry.audit(AuditAction.PURGED, noun, record_id)
            entry.audit(AuditAction.PURGED, Noun.CLIENT, client_id, detail=reason.value)
            record = self.signed_records.sign_within(
                entry, Noun.PURGE, certificate, day=entry.moment.local_date, title="Certificate", signer=signer
            )
            entry.changes.clear()
        return record

    def tell(self) -> None:
        """Tells the screens that anything may be gone."""
        for noun in Noun:
            self.desk.on_change(Change(noun))

    def tidy(self) -> None:
        """Rewrites the search index and the file, so that no page holds a word of what went. Work for a job."""
        with self.desk.database.transaction():
            stored.tidy_index(self.desk.database)
        self.desk.database.vacuum()

    def certificates(self) -> tuple[SignedSummary, ...]:
        """All certificates, the newest first."""
        return self.signed_records.of_kind(Noun.PURGE, "")

    def code_of(self, record_id: str) -> str:
        """The code that a certificate is about."""
        return self.signed_records.get(record_id).form_as(PurgeCertificate).code

    def certificate(self, record_id: str, *, paper: Paper | None = None) -> Document:
        """A certificate as a document.

        Raises:
            NotFoundError: when there is none of that id.
        """
        record = self.signed_records.get(record_id)
        form = record.form_as(PurgeCertificate)
        paper = paper or self.practice.settings().paper
        head = audit.head(self.desk.database).stamp
        return Document(
            make=partial(_make_certificate, record, self.practice.profile(), paper, head),
            title="Certificate of a purge",
            suggested_name=file_name("purge", form.code, record.day),
            noun=Noun.PURGE,
            record_id=record.id,
            client_id="",
            detail=f"certificate, {paper.value}",
            words=record.content,
        )

    def _backups(self, client: Client) -> tuple[KnownBackup, ...]:
        """Backups since the record was begun, by day; with the file's name where it lies in the folder of the last one."""
        days = stored.backups_since(self.desk.database, client.created_at)
        last = stored_practice.load(self.desk.database, _LAST_BACKUP, LastBackup)
        named: dict[dt.date, list[str]] = {}
        for name in _files_in(Path(last.folder)) if last else ():
            match = _DAY.match(name)
            if match:
                named.setdefault(dt.date.fromisoformat(match[1]), []).append(name)
        return tuple(KnownBackup(day, name) for day in days for name in named.get(day, [""]))


def _files_in(folder: Path) -> tuple[str, ...]:
    try:
        return tuple(sorted(path.name for path in folder.iterdir() if path.name.endswith(SUFFIX)))
    except OSError:
        return ()
