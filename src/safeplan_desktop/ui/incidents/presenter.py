"""The incident log between screen and services."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import Protocol

from safeplan_desktop.domain.changes import Change, Noun
from safeplan_desktop.domain.checklists import Checklist, ChecklistAnswers
from safeplan_desktop.domain.de_identification import Doubtful
from safeplan_desktop.domain.drafts import Draft
from safeplan_desktop.domain.incident_log import LogFilter
from safeplan_desktop.domain.incidents import (
    Addendum,
    AddendumKind,
    FollowUpState,
    IncidentForm,
    IncidentSummary,
    RecordLink,
    SignedIncident,
    Wrong,
    wrong_for_signing,
)
from safeplan_desktop.domain.moments import Moment, today
from safeplan_desktop.domain.vocabulary import label_of
from safeplan_desktop.errors import NotFoundError, SafePlanError
from safeplan_desktop.services import reference
from safeplan_desktop.services.exports import Document
from safeplan_desktop.services.incident_exports import (
    COPY_FOR_EACH,
    Gathered,
    Preparation,
    Report,
    period_csv,
    period_pdf,
)
from safeplan_desktop.services.incident_log import IncidentLog
from safeplan_desktop.services.session import Session
from safeplan_desktop.ui.adding import AddendumKeeping, keeping_of
from safeplan_desktop.ui.kept_words import KeptWords
from safeplan_desktop.ui.ports import Control, RunJob, Shell

CURRENT = "current"
"""In the filter: whoever is the current client."""
_READING = 0.2
"""Which share of the work before a copy is reading; the rest is looking for words in doubt."""


@dataclass(frozen=True, slots=True)
class SignedView:
    """A signed incident with all that came after it."""

    incident: SignedIncident
    addenda: tuple[Addendum, ...]
    follow_ups: tuple[FollowUpState, ...]
    revised: RecordLink | None


class IncidentsView(Protocol):
    """What the presenter asks of the screen."""

    def show_log(self, rows: tuple[IncidentSummary, ...], *, total: int) -> None: ...

    def show_reading(self) -> None: ...

    def set_clients(self, clients: tuple[tuple[str, str], ...]) -> None: ...

    def show_editor(self, draft: Draft, form: IncidentForm, clients: tuple[tuple[str, str], ...]) -> None: ...

    def show_signed(self, shown: SignedView) -> None: ...

    def form(self) -> IncidentForm: ...

    def place(self) -> str: ...

    def show_problem(self, problem: SafePlanError) -> None: ...


@dataclass
class IncidentsPresenter:
    """The log, and one incident at a time."""

    session: Session
    shell: Shell
    run: RunJob
    client_id: str = field(default="", init=False)
    wanted: LogFilter = field(default=LogFilter(), init=False)
    draft: Draft | None = field(default=None, init=False)
    shown: str = field(default="", init=False)
    labels: dict[str, str] = field(default_factory=dict, init=False)

    def __post_init__(self) -> None:
        """The log's rows are kept from one showing to the next."""
        self.log = IncidentLog(self.session.incidents)

    def attach(self, view: IncidentsView) -> None:
        """Takes the screen that it speaks to."""
        self._view = view

    def hear(self, change: Change) -> None:
        """Notes what has to be read again."""
        self.log.hear(change)

    def reload(self) -> None:
        """Shows the log again after a change elsewhere; what is being written or read stays."""
        if self.draft is None and not self.shown:
            self.show_log()

    # -- the log ----------------------------------------------------------------------------------------------------

    def _name_clients(self) -> None:
        show_names = self.session.practice.settings().show_names
        self.labels = {line.id: line.label(show_names=show_names) for line in self.session.clients.lines()}

    def _clients(self) -> tuple[tuple[str, str], ...]:
        return tuple(sorted(self.labels.items(), key=lambda entry: entry[1]))

    def show_client(self, client_id: str) -> None:
        """Takes the current client; the log follows where it is narrowed to them.

        An incident of somebody else, written or read, goes from the screen: its draft is saved, and stands on Today.
        """
        self.client_id = client_id
        if self._whose() not in ("", client_id) or (self.draft is None and not self.shown):
            self.show_log()

    def _whose(self) -> str:
        """Whose incident is open; empty where there is none, or it is about nobody yet."""
        if self.draft is not None:
            return self._view.form().client_id
        return self._client_of_shown() if self.shown else ""

    def show_log(self) -> None:
        """Shows the log as it is narrowed."""
        self.draft, self.shown = None, ""
        self._name_clients()
        self._view.set_clients(self._clients())
        self.narrow(self.wanted)

    def narrow(self, wanted: LogFilter) -> None:
        """Shows what a filter keeps, once the log is read; until then says that it is being read."""
        self.wanted = wanted
        if not self.log.read_some():
            self._view.show_reading()
            return
        self._view.show_log(self.rows(), total=len(self.log.rows()))

    def read_on(self) -> None:
        """Reads the next part of the log, where it is what is shown."""
        if self.draft is None and not self.shown:
            self.narrow(self.wanted)

    def rows(self) -> tuple[IncidentSummary, ...]:
        """What the filter keeps."""
        if self.wanted.client_id != CURRENT:
            return self.log.narrowed(self.wanted)
        return self.log.narrowed(replace(self.wanted, client_id=self.client_id))

    @staticmethod
    def happened_words(row: IncidentSummary) -> str:
        """When it happened, where the therapist was."""
        return f"{Moment(row.happened_at, row.zone).local:%d %b %Y, %H:%M}" if row.happened_at else "no time yet"

    @staticmethod
    def harm_words(row: IncidentSummary) -> str:
        """Both axes; empty where one isn't answered yet."""
        if row.physical_harm is None or row.psychological_harm is None:
            return ""
        return f"{label_of(row.physical_harm)}, {label_of(row.psychological_harm).lower()}"

    @staticmethod
    def state_words(row: IncidentSummary) -> str:
        """Draft, signed or entered in error, and how much was added."""
        if row.voided:
            return "Entered in error"
        return "Draft" if row.signed is None else f"Signed, {row.addenda} added" if row.addenda else "Signed"

    def client_words(self, row: IncidentSummary) -> str:
        """The client as they are called on screens."""
        return self.labels.get(row.client_id, "")

    # -- one incident -----------------------------------------------------------------------------------------------

    def begin(self, form: IncidentForm | None = None) -> None:
        """A new incident, for the current client where there is one."""
        self.shown = ""
        self.draft, started = self.session.incidents.begin(self.client_id, form)
        self._edit(started)

    def open(self, incident_id: str) -> None:
        """Opens a draft in the form, a signed incident for reading; whose it is becomes the current client.

        The bar and the Crisis panel name the current client: they mustn't name another one than the page.
        """
        row = self.session.incidents.summary(incident_id)
        if row is not None and row.client_id not in ("", self.client_id):
            self.shell.choose_client(row.client_id)
        self.shown = ""
        try:
            self.draft, form = self.session.incidents.resume(incident_id)
        except SafePlanError:
            self.draft = None
            self.shown = incident_id
            self.session.incidents.viewed(incident_id)
            self._show_signed()
            return
        self._edit(form)

    @property
    def open_draft(self) -> str:
        """The unsigned incident that is open in the form; empty where none is."""
        return self.draft.record_id if self.draft is not None else ""

    def go_on(self, draft_id: str) -> None:
        """Opens the draft again that was open at the lock; where it is gone, the log stays."""
        try:
            self.session.incidents.resume(draft_id)
        except NotFoundError:
            return
        self.open(draft_id)

    def _show_signed(self) -> None:
        incident = self.session.incidents.get(self.shown)
        self._view.show_signed(
            SignedView(
                incident,
                self.session.addenda.of_record(self.shown),
                self.session.incidents.follow_ups(self.shown),
                self.session.incidents.revised_afterwards(incident),
            )
        )

    def _edit(self, form: IncidentForm) -> None:
        if self.draft is None:
            return
        self._name_clients()
        self._view.show_editor(self.draft, form, self._clients())

    def links(self, client_id: str) -> tuple[tuple[RecordLink, ...], tuple[RecordLink, ...]]:
        """A client's screenings and plans that the incident can go with."""
        return self.session.incidents.linkable(client_id)

    def autosave(self) -> None:
        """Saves the form as it stands."""
        if self.draft is not None:
            self.draft = self.session.incidents.autosave(self.draft, self._view.form(), self._view.place())

    def wrong(self, signer: str) -> Wrong:
        """What still keeps the incident from being signed: fields and sentences."""
        return wrong_for_signing(self._view.form(), signer=signer, now=self.session.desk.now().at)

    def signer(self) -> str:
        """The therapist's name as a beginning for the signature."""
        return self.session.practice.profile().therapist_name

    def now(self) -> dt.datetime:
        """The present instant, for the "Now" buttons."""
        return self.session.desk.now().at.replace(second=0)

    def today(self) -> dt.date:
        """The present day, where the therapist is."""
        return today(self.session.desk.clock)

    def sign(self, signer: str) -> bool:
        """Signs, and shows what was signed."""
        if self.draft is None:
            return False
        try:
            signed = self.session.incidents.sign(self.draft, self._view.form(), signer)
        except SafePlanError as problem:
            self._view.show_problem(problem)
            return False
        self.draft = None
        self.shell.say(f"Incident {signed.number} is signed.")
        self.open(signed.id)
        return True

    def discard(self) -> None:
        """Throws the unsigned incident away."""
        if self.draft is not None:
            self.session.incidents.discard(self.draft.record_id)
            self.show_log()

    def preview(self) -> None:
        """Shows the signed incident's report."""
        if self.shown:
            self.shell.preview(self.session.exports.incident(self.shown))

    def _client_of_shown(self) -> str:
        client = self.session.incidents.get(self.shown).client
        return client.client_id if client else ""

    def words(self, about: str = "") -> KeptWords:
        """What is typed into a dialog about the incident that is shown or written, kept until it is done.

        Args:
            about: Which part of the incident; empty for the whole.
        """
        incident_id = self.shown or self.open_draft
        client_id = self._client_of_shown() if self.shown else self._view.form().client_id
        return KeptWords(self.session, f"{incident_id}:{about}" if about else incident_id, client_id)

    def keeping(self) -> AddendumKeeping:
        """What is being added to the signed incident that is shown, kept until it is signed."""
        return keeping_of(self.session, Noun.INCIDENT, self.shown, self._client_of_shown())

    def add_addendum(self, kind: AddendumKind, reason: str, text: str, signer: str) -> None:
        """Adds to the signed incident that is shown.

        Raises:
            InvalidInputError: naming the field that is empty.
        """
        client_id = self._client_of_shown()
        self.session.addenda.add(
            Noun.INCIDENT, self.shown, client_id, kind=kind, reason=reason, text=text, signer=signer
        )
        self._show_signed()
        self.shell.say("Added. The original is as it was.")

    def void(self, reason: str, signer: str) -> None:
        """Marks the signed incident that is shown as entered in error.

        Raises:
            InvalidInputError: naming the field that is empty.
            SignedRecordError: when it was marked before.
        """
        client_id = self._client_of_shown()
        self.session.addenda.void(Noun.INCIDENT, self.shown, client_id, reason=reason, signer=signer)
        self._show_signed()
        self.shell.say("Marked as entered in error. The original is as it was.")

    def follow_up_done(self, position: int, done_on: dt.date | None, note: str) -> None:
        """Notes that a follow-up was done, and offers to take that back.

        Raises:
            InvalidInputError: naming the field that isn't right.
        """
        self.session.incidents.follow_up_done(self.shown, position, done_on, note)
        self._show_signed()
        self.shell.say("Noted as done.", partial(self.follow_up_open, self.shown, position))

    def follow_up_open(self, incident_id: str, position: int) -> None:
        """Takes back that a follow-up was done."""
        self.session.incidents.follow_up_open(incident_id, position)
        if self.shown == incident_id:
            self._show_signed()

    def open_link(self, noun: Noun, link: RecordLink) -> None:
        """Opens a screening or a plan that the incident goes with."""
        self.shell.open_record(noun, link.id, self._client_of_shown())

    # -- checklists -------------------------------------------------------------------------------------------------

    @staticmethod
    def checklists() -> tuple[Checklist, ...]:
        """All checklists."""
        return reference.checklists()

    def answers(self, checklist: Checklist, given: ChecklistAnswers | None) -> ChecklistAnswers:
        """The answers so far, beside the note that stands with the practice."""
        own = self.session.practice.checklist_note(checklist.id)
        return given or ChecklistAnswers(checklist.id, checklist.title, note=own)

    def save_note(self, checklist: Checklist, text: str) -> None:
        """Keeps the practice's own note for a checklist."""
        self.session.practice.save_checklist_note(checklist.id, text)

    # -- leaving the records ----------------------------------------------------------------------------------------

    def gather(self) -> Gathered:
        """The signed incidents of the log as it is narrowed, oldest first.

        Raises:
            NotFoundError: when there is none.
        """
        return self.session.incident_exports.gather(self.rows()[::-1], self.wanted.since, self.wanted.until)

    @staticmethod
    def make(gathered: Gathered, report: Report, *, as_table: bool) -> bytes:
        """The PDF or the table; runs in a job, which reads what was signed."""
        return period_csv(gathered, report) if as_table else period_pdf(gathered, report)

    def preview_period(self, gathered: Gathered, pdf: bytes) -> None:
        """Shows a period's PDF for printing and saving."""
        self.shell.preview(self.session.incident_exports.period_document(gathered, pdf))

    def save_table(self, path: Path, gathered: Gathered, table: bytes) -> None:
        """Saves a period's table where the therapist chose.

        Raises:
            StorageFullError, StorageUnavailableError: nothing was changed.
        """
        self.session.incident_exports.save(path, table, "period, csv", about=gathered.clients)
        self.shell.say("The table is saved. It isn't encrypted.")

    def rows_to_copy(self) -> tuple[IncidentSummary, ...]:
        """What a de-identified copy is made of: the incident that is shown, else the signed ones of the narrowed log."""
        shown = self.session.incidents.summary(self.shown) if self.shown else None
        return (shown,) if shown else tuple(row for row in self.rows()[::-1] if row.signed and not row.voided)

    def prepare_copy(self, rows: Sequence[IncidentSummary], report: Report) -> tuple[Preparation, tuple[Doubtful, ...]]:
        """What has to be decided before a de-identified copy, and the words in doubt; runs in a job.

        Raises:
            NotFoundError: when there is nothing signed.
        """
        preparation = self.session.incident_exports.prepare(rows, report=lambda part: report(_READING * part))
        return preparation, preparation.doubtful(lambda part: report(_READING + (1 - _READING) * part))

    def copy_document(self, preparation: Preparation, kept: Collection[str]) -> Document:
        """The de-identified copy, which is long work where there are many incidents."""
        return self.session.incident_exports.copy_document(preparation, kept)

    def save_copy(self, path: Path, preparation: Preparation, kept: Collection[str]) -> None:
        """Saves the de-identified copy as plain text; many incidents are written in a job, which tells how it went.

        Raises:
            SafePlanError: when it can't be made or saved; nothing was changed.
        """
        if len(preparation.incidents) == 1:
            self._save_text(path, preparation, preparation.text(kept))
            return

        def work(control: Control) -> bytes:
            return preparation.text(kept, lambda _part: control.check_cancelled())

        def done(text: bytes) -> None:
            try:
                self._save_text(path, preparation, text)
            except SafePlanError as problem:
                self.shell.show_problem(problem)

        self.shell.say("The copy is being written...")
        self.run(work, done, self.shell.show_problem)

    def _save_text(self, path: Path, preparation: Preparation, text: bytes) -> None:
        record_id = preparation.incidents[0][0].id if len(preparation.incidents) == 1 else ""
        about = preparation.clients
        self.session.incident_exports.save(
            path, text, "de-identified, text", record_id, about=about, about_detail=COPY_FOR_EACH
        )
        self.shell.say("The copy is saved. Read it before you pass it on.")
