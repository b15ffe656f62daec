"""Documents of records: what is printed, saved and noted in the audit."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from safeplan_desktop.domain.audit import AuditAction
from safeplan_desktop.domain.canonical import to_json
from safeplan_desktop.domain.changes import Noun
from safeplan_desktop.domain.clients import snapshot_of
from safeplan_desktop.domain.incidents import Addendum, SignedIncident
from safeplan_desktop.domain.plans import PlanForm, PlanVersion
from safeplan_desktop.domain.practice import Paper, PracticeProfile
from safeplan_desktop.domain.practice import snapshot_of as practice_snapshot_of
from safeplan_desktop.domain.screenings import SignedScreening
from safeplan_desktop.services import reference
from safeplan_desktop.services.addenda import Addenda
from safeplan_desktop.services.clients import Clients
from safeplan_desktop.services.desk import Desk
from safeplan_desktop.services.incidents import Incidents
from safeplan_desktop.services.plans import Plans
from safeplan_desktop.services.practice import Practice
from safeplan_desktop.services.screenings import Screenings
from safeplan_desktop.storage import audit
from safeplan_desktop.storage.atomic_file import write_document


@dataclass(frozen=True, slots=True)
class Document:
    """A document that can be made: gathering was quick, making it is a job.

    Attributes:
        make: Makes the PDF; touches no database, so it may run in another thread.
        suggested_name: A file name with code and date, never a name.
        words: The record's own words, to be held against the fonts.
        noun, record_id: What the audit notes when it is printed or saved.
        detail: A constant for the audit, such as "client copy, A4".
    """

    make: Callable[[], bytes]
    title: str
    suggested_name: str
    noun: Noun
    record_id: str
    client_id: str
    detail: str
    words: str = ""
    language: str = "en"

    def unprintable(self) -> tuple[str, ...]:
        """Characters of the document that no font holds; they are spelled out in print, and said before printing."""
        from safeplan_desktop.documents.fonts import unprintable  # noqa: PLC0415 - with ReportLab, in the job

        return unprintable(self.words, self.language)


def file_name(kind: str, code: str, day: dt.date) -> str:
    """A file name from a kind, a client's code and a day; only letters, digits, hyphens and underscores."""
    safe = re.sub(r"[^A-Za-z0-9_-]", "", code)[:20]
    return "_".join(part for part in (kind, safe, day.isoformat()) if part) + ".pdf"


# ReportLab loads when a document is first made, in the job that makes it: the window doesn't wait for it.


def _make_plan(version: PlanVersion, paper: Paper, *, working_copy: bool, for_therapist: bool) -> bytes:
    from safeplan_desktop.documents.safety_plan import Audience, PlanDocument, safety_plan_pdf  # noqa: PLC0415 - see above

    document = PlanDocument(
        form=version.form,
        client=version.client,
        practice=version.practice,
        written=version.finished,
        number=None if working_copy else version.number,
        replaces=version.replaces,
        audience=Audience.THERAPIST if for_therapist else Audience.CLIENT,
    )
    return safety_plan_pdf(document, reference.plan_wording(version.form.language), paper)


def _make_screening(
    screening: SignedScreening,
    addenda: Sequence[Addendum],
    practice: PracticeProfile,
    paper: Paper,
    chain_head: str,
) -> bytes:
    from safeplan_desktop.documents.screening_report import screening_report_pdf  # noqa: PLC0415 - see above

    return screening_report_pdf(screening, addenda, practice, paper, chain_head)


def _make_incident(
    incident: SignedIncident,
    addenda: Sequence[Addendum],
    practice: PracticeProfile,
    paper: Paper,
    chain_head: str,
) -> bytes:
    from safeplan_desktop.documents.incident_report import incident_report_pdf  # noqa: PLC0415 - see above

    return incident_report_pdf(incident, addenda, practice, paper, chain_head)


def make_recovery_sheet(
    words: Sequence[str], key_id: str, vault_id: str, day: dt.date, paper: Paper, practice_name: str
) -> bytes:
    """The recovery sheet's PDF; see `documents.recovery_sheet`."""
    from safeplan_desktop.documents.recovery_sheet import recovery_sheet_pdf  # noqa: PLC0415 - see above

    return recovery_sheet_pdf(words, key_id, vault_id, day, paper, practice_name)


@dataclass(frozen=True, slots=True)
class Exports:
    """Documents of plans, screenings and incidents."""

    desk: Desk
    clients: Clients
    screenings: Screenings
    plans: Plans
    incidents: Incidents
    addenda: Addenda
    practice: Practice

    def plan(self, version_id: str, *, paper: Paper | None = None, for_therapist: bool = False) -> Document:
        """A finished plan, as the client's copy or the therapist's."""
        version = self.plans.get(version_id)
        paper = paper or self.practice.settings().paper
        return Document(
            make=partial(_make_plan, version, paper, working_copy=False, for_therapist=for_therapist),
            title="Safety plan",
            suggested_name=file_name("safety-plan", version.client.code, version.finished.local_date),
            noun=Noun.PLAN,
            record_id=version.id,
            client_id=version.client.client_id,
            detail=f"{'therapist' if for_therapist else 'client'} copy, {paper.value}",
            words=version.content,
            language=version.form.language,
        )

    def working_plan(self, record_id: str, form: PlanForm, *, paper: Paper | None = None) -> Document:
        """The plan as it stands now, plainly marked as a working copy."""
        client = self.clients.get(form.client_id)
        paper = paper or self.practice.settings().paper
        now = self.desk.now()
        as_it_stands = PlanVersion(
            id=record_id,
            number=0,
            client=snapshot_of(client),
            practice=practice_snapshot_of(self.practice.profile(), self.practice.contacts()),
            form=form,
            signer="",
            finished=now,
        )
        return Document(
            make=partial(_make_plan, as_it_stands, paper, working_copy=True, for_therapist=False),
            title="Safety plan, working copy",
            suggested_name=file_name("safety-plan-working-copy", client.code, now.local_date),
            noun=Noun.PLAN,
            record_id=record_id,
            client_id=client.id,
            detail=f"working copy, {paper.value}",
            words=to_json(as_it_stands),
            language=form.language,
        )

    def screening(self, screening_id: str, *, paper: Paper | None = None) -> Document:
        """The report of a signed screening with its addenda."""
        screening = self.screenings.get(screening_id)
        paper = paper or self.practice.settings().paper
        head = audit.head(self.desk.database).hash
        addenda = self.addenda.of_record(screening_id)
        return Document(
            make=partial(_make_screening, screening, addenda, self.practice.profile(), paper, head),
            title="Screening report",
            suggested_name=file_name("screening", screening.client.code, screening.signed.local_date),
            noun=Noun.SCREENING,
            record_id=screening.id,
            client_id=screening.client.client_id,
            detail=f"report, {paper.value}",
            words=screening.content,
        )

    def incident(self, incident_id: str, *, paper: Paper | None = None) -> Document:
        """The report of a signed incident with its addenda."""
        incident = self.incidents.get(incident_id)
        paper = paper or self.practice.settings().paper
        head = audit.head(self.desk.database).hash
        addenda = self.addenda.of_record(incident_id)
        return Document(
            make=partial(_make_incident, incident, addenda, self.practice.profile(), paper, head),
            title="Incident report",
            suggested_name=file_name("incident", incident.number, incident.signed.local_date),
            noun=Noun.INCIDENT,
            record_id=incident.id,
            client_id=incident.client.client_id if incident.client else "",
            detail=f"report, {paper.value}",
            words=incident.content,
        )

    def save(self, document: Document, path: Path, pdf: bytes) -> None:
        """Writes a document's PDF where the therapist chose, as a whole or not at all, and notes it in the audit.

        Raises:
            StorageFullError, StorageUnavailableError: a file of that name stays as it was.
        """
        write_document(path, pdf)
        self._note(document, AuditAction.EXPORTED)

    def printed(self, document: Document) -> None:
        """Notes in the audit that a document went to a printer."""
        self._note(document, AuditAction.PRINTED)

    def _note(self, document: Document, action: AuditAction) -> None:
        with self.desk.entry() as entry:
            entry.audit(action, document.noun, document.record_id, detail=document.detail)
