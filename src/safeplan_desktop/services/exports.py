"""Documents of records: what is printed, saved and noted in the audit."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from safeplan_desktop.domain.audit import AuditAction
from safeplan_desktop.domain.canonical import to_json
from safeplan_desktop.domain.changes import Noun
from safeplan_desktop.domain.clients import snapshot_of
from safeplan_desktop.domain.disclosures import DisclosureNote
from safeplan_desktop.domain.incidents import Addendum, FollowUpState, RecordLink, SignedIncident, void_of
from safeplan_desktop.domain.instruments import Instrument
from safeplan_desktop.domain.moments import Moment, moment_now
from safeplan_desktop.domain.plans import (
    SCREEN_FORMATS,
    SHARED_BY_DEFAULT,
    PlanForm,
    PlanFormat,
    PlanVersion,
    Recipient,
)
from safeplan_desktop.domain.practice import Paper, PracticeProfile
from safeplan_desktop.domain.vocabulary import label_of
from safeplan_desktop.errors import NotFoundError
from safeplan_desktop.services import reference
from safeplan_desktop.services.addenda import Addenda
from safeplan_desktop.services.clients import Clients
from safeplan_desktop.services.desk import Desk, Entry
from safeplan_desktop.services.incidents import Incidents
from safeplan_desktop.services.plan_prints import CARDS, PlanPrint, make_comparison, make_plan
from safeplan_desktop.services.plans import Plans
from safeplan_desktop.services.practice import Practice
from safeplan_desktop.services.register import Register
from safeplan_desktop.services.screenings import Screenings
from safeplan_desktop.storage import audit
from safeplan_desktop.storage.addenda import voided_among
from safeplan_desktop.storage.atomic_file import write_document

Tell = Callable[[float, str], None]
"""Hears how far long work is, from 0.0 to 1.0, and what it does; whoever has no use for the result raises."""


@dataclass(frozen=True, slots=True)
class Document:
    """A document that can be made: gathering was quick, making it is a job.

    Attributes:
        make: Makes the PDF; touches no database, so it may run in another thread.
        suggested_name: A file name with code and date, never a name.
        words: The record's own words, to be held against the fonts.
        for_screen: Whether its pages have the size of a screen, so that it isn't meant for a printer.
        telling: Makes the same PDF and tells how far it is; None where that is quick.
        holder: Whose copy it is, to tell several apart on the screen; empty for the client's own.
        noun, record_id: What the audit notes when it is printed or saved.
        about: The clients whose details are in it, where it is about several; the audit notes it for each.
        about_detail: The constant with which it is noted for each of them.
        detail: A constant for the audit, such as "full copy, a4".
        disclosed: For whom it is made and why; noted for the accounting when it is printed or saved.
        note: What is said above its preview; None for what is to be known about the language of plans.
        after: Called once it was printed or saved, with which of both.
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
    for_screen: bool = False
    holder: str = ""
    telling: Callable[[Tell], bytes] | None = None
    about: tuple[str, ...] = ()
    about_detail: str = ""
    disclosed: DisclosureNote | None = None
    note: str | None = None
    after: Callable[[AuditAction], None] | None = None

    def unprintable(self) -> tuple[str, ...]:
        """Characters of the document that no font holds; they are spelled out in print, and said before printing."""
        from safeplan_desktop.documents.fonts import unprintable  # noqa: PLC0415 - with ReportLab, in the job

        return unprintable(self.words, self.language)


def file_name(what: str, code: str, day: dt.date, *, kind: str = "pdf") -> str:
    """A file name from what it is, a client's code and a day; only letters, digits, hyphens and underscores."""
    safe = re.sub(r"[^A-Za-z0-9_-]", "", code)[:20]
    return "_".join(part for part in (what, safe, day.isoformat()) if part) + f".{kind}"


# ReportLab loads when a document is first made, in the job that makes it: the window doesn't wait for it.


def _make_incident(
    incident: SignedIncident,
    addenda: Sequence[Addendum],
    practice: PracticeProfile,
    paper: Paper,
    chain_head: str,
    follow_ups: tuple[FollowUpState, ...],
    revised: RecordLink | None,
) -> bytes:
    from safeplan_desktop.documents.incident_report import Since, incident_report_pdf  # noqa: PLC0415 - see above

    return incident_report_pdf(incident, addenda, practice, paper, chain_head, Since(follow_ups, revised))


def _make_paper_form(instrument: Instrument, practice: PracticeProfile, paper: Paper, made: Moment) -> bytes:
    from safeplan_desktop.documents.paper_form import paper_form_pdf  # noqa: PLC0415 - see above

    return paper_form_pdf(instrument, practice, paper, made)


def make_recovery_sheet(
    words: Sequence[str], key_id: str, vault_id: str, day: dt.date, paper: Paper, practice_name: str
) -> bytes:
    """The recovery sheet's PDF; see `documents.recovery_sheet`."""
    from safeplan_desktop.documents.recovery_sheet import recovery_sheet_pdf  # noqa: PLC0415 - see above

    return recovery_sheet_pdf(words, key_id, vault_id, day, paper, practice_name)


def note_each_client(entry: Entry, action: AuditAction, client_ids: Sequence[str], detail: str) -> None:
    """Notes for each client that something about several people left the records: an accounting is of one client.

    Args:
        entry: The transaction in which it is noted.
        action: Whether it was printed or saved.
        client_ids: Whose details are in it.
        detail: A constant that says what it is, such as "incidents of a period".
    """
    for client_id in client_ids:
        entry.audit(action, Noun.CLIENT, client_id, detail=detail)


@dataclass(frozen=True, slots=True)
class Exports:
    """Documents of plans, incidents and questionnaires; those of screenings are in `services.screening_reports`."""

    desk: Desk
    clients: Clients
    screenings: Screenings
    plans: Plans
    incidents: Incidents
    addenda: Addenda
    practice: Practice
    register: Register

    def plan(
        self,
        version_id: str,
        print_: PlanPrint | None = None,
        *,
        paper: Paper | None = None,
        for_therapist: bool = False,
    ) -> Document:
        """A finished plan in one of its formats; by default the client's full sheet on the practice's paper.

        One that was entered in error is marked on each of its pages.
        """
        version = self.plans.get(version_id)
        print_ = print_ or PlanPrint(
            PlanFormat.THERAPIST if for_therapist else PlanFormat.FULL,
            paper or self.practice.settings().paper,
        )
        reviewed_on = next(
            (s.reviewed_on for s in self.plans.of_client(version.client.client_id) if s.id == version_id), None
        )
        voided = void_of(self.addenda.of_record(version_id))
        return self._plan_document(version, print_, working_copy=False, reviewed_on=reviewed_on, voided=voided)

    def copy(self, version_id: str, recipient: Recipient) -> Document:
        """One person's copy of a finished plan, as it was agreed with the client."""
        usual = self.usual_print(recipient.format)
        print_ = replace(usual, sections=recipient.sections, recipient=recipient.name, shared_on=recipient.release_on)
        return replace(self.plan(version_id, print_), holder=recipient.name.strip())

    def usual_print(self, plan_format: PlanFormat) -> PlanPrint:
        """A format as this practice prints it; a support person's copy shows only what is usually shared."""
        settings = self.practice.settings()
        return PlanPrint(
            plan_format,
            settings.paper,
            sections=SHARED_BY_DEFAULT if plan_format is PlanFormat.SUPPORT_PERSON else (),
            qr=settings.qr_on_plans,
            practice_on_card=settings.practice_on_card,
        )

    def working_plan(
        self, record_id: str, form: PlanForm, print_: PlanPrint | None = None, *, paper: Paper | None = None
    ) -> Document:
        """The plan as it stands now, plainly marked as a working copy."""
        client = self.clients.get(form.client_id)
        as_it_stands = PlanVersion(
            id=record_id,
            number=0,
            client=snapshot_of(client),
            practice=self.plans.practice_now(form),
            form=form.without_blanks(),
            signer="",
            finished=self.desk.now(),
        )
        print_ = print_ or PlanPrint(paper=paper or self.practice.settings().paper)
        return self._plan_document(as_it_stands, print_, working_copy=True, reviewed_on=None)

    def blank_plan(self, client_id: str, *, paper: Paper | None = None, language: str = "") -> Document:
        """The form for handwriting, in a client's language."""
        client = self.clients.get(client_id)
        form = PlanForm(client_id, language=language or client.form.language)
        print_ = PlanPrint(PlanFormat.BLANK, paper or self.practice.settings().paper)
        nobody = replace(snapshot_of(client), name="")
        version = PlanVersion("", 0, nobody, self.plans.practice_now(form), form, "", self.desk.now())
        return self._plan_document(version, print_, working_copy=False, reviewed_on=None)

    def _plan_document(
        self,
        version: PlanVersion,
        print_: PlanPrint,
        *,
        working_copy: bool,
        reviewed_on: dt.date | None,
        voided: Addendum | None = None,
    ) -> Document:
        kind = "safety-plan" if print_.format is PlanFormat.FULL else f"safety-plan-{print_.format.value}"
        if print_.format in CARDS:
            kind = "my-plan-card"
        mark = "-working-copy" if working_copy else "-entered-in-error" if voided is not None else ""
        what = "working copy" if working_copy else f"{print_.format.value} copy"
        return Document(
            make=partial(make_plan, version, print_, working_copy=working_copy, reviewed_on=reviewed_on, voided=voided),
            title="Safety plan, working copy" if working_copy else f"Safety plan: {label_of(print_.format)}",
            suggested_name=file_name(f"{kind}{mark}", version.client.code, version.finished.local_date),
            noun=Noun.PLAN,
            # A draft may go; what was printed of it stays in the client's account.
            record_id=version.client.client_id if working_copy else version.id,
            client_id=version.client.client_id,
            detail=f"{what}, {'screen' if print_.format in SCREEN_FORMATS else print_.paper.value}",
            words="" if print_.format is PlanFormat.BLANK else version.content or to_json(version),
            language=print_.language or version.form.language,
            for_screen=print_.format in SCREEN_FORMATS,
        )

    def plan_comparison(self, older_id: str, newer_id: str, *, paper: Paper | None = None) -> Document:
        """Two versions of a client's plan compared."""
        older, newer = self.plans.get(older_id), self.plans.get(newer_id)
        paper = paper or self.practice.settings().paper
        in_error = voided_among(self.desk.database, (older_id, newer_id))
        now = self.desk.now()
        return Document(
            make=partial(make_comparison, older, newer, paper, now, in_error),
            title=f"Safety plan: versions {older.number} and {newer.number}",
            suggested_name=file_name("safety-plan-comparison", newer.client.code, now.local_date),
            noun=Noun.PLAN,
            record_id=newer.id,
            client_id=newer.client.client_id,
            detail=f"comparison, {paper.value}",
            words=older.content + newer.content,
        )

    def incident(self, incident_id: str, *, paper: Paper | None = None) -> Document:
        """The report of a signed incident with its addenda."""
        incident = self.incidents.get(incident_id)
        paper = paper or self.practice.settings().paper
        head = audit.head(self.desk.database).stamp
        addenda = self.addenda.of_record(incident_id)
        return Document(
            make=partial(
                _make_incident,
                incident,
                addenda,
                self.practice.profile(),
                paper,
                head,
                self.incidents.follow_ups(incident_id),
                self.incidents.revised_afterwards(incident),
            ),
            title="Incident report",
            suggested_name=file_name("incident", incident.number, incident.signed.local_date),
            noun=Noun.INCIDENT,
            record_id=incident.id,
            client_id=incident.client.client_id if incident.client else "",
            detail=f"report, {paper.value}",
            words=incident.content,
        )

    def paper_form(self, record_id: str, *, paper: Paper | None = None) -> Document:
        """A questionnaire that was brought in, to be filled in by hand.

        Raises:
            NotFoundError: when it isn't in the records, or is no longer offered.
        """
        questionnaires = self.screenings.questionnaires
        record = next((one for one in questionnaires.every() if one.id == record_id and one.retired_at is None), None)
        if record is None:
            raise NotFoundError("This questionnaire is no longer offered.")
        instrument = record.asked.instrument
        own = reference.instruments().get(instrument.id)
        if own is not None:
            # Our own short labels are for entering scores; only what was brought in may be read by a client.
            ours = {(item.id, item.label) for item in own.items}
            kept = tuple(item for item in instrument.items if (item.id, item.label) not in ours)
            instrument = replace(instrument, title=record.title, items=kept)
        made = moment_now(self.desk.clock)
        paper = paper or self.practice.settings().paper
        return Document(
            make=partial(_make_paper_form, instrument, self.practice.profile(), paper, made),
            title=f"Form: {record.title}",
            suggested_name=file_name("form", "", made.local_date),
            noun=Noun.QUESTIONNAIRE,
            record_id=record.id,
            client_id="",
            detail=f"paper form, {paper.value}",
            words=record.source,
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
            noun, record_id = document.noun, document.record_id
            if document.disclosed is not None:
                # The audit holds no typed text: to whom and why stand in an entry of their own, which it names.
                noun = Noun.DISCLOSURE
                record_id = self.register.add_within(
                    entry, noun, document.disclosed, day=entry.moment.local_date, client_id=document.client_id
                ).id
            entry.audit(action, noun, record_id, detail=document.detail)
            note_each_client(entry, action, document.about, document.about_detail)
        if document.after is not None:
            document.after(action)
