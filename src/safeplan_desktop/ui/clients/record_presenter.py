"""One client's record: the timeline with its filters, where the client stands, links, copies."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import Protocol

from safeplan_desktop.domain.attachments import MediaType
from safeplan_desktop.domain.changes import Noun
from safeplan_desktop.domain.checklists import ChecklistAnswers, StepAnswer
from safeplan_desktop.domain.client_links import LinkNote
from safeplan_desktop.domain.client_status import ClientStatus, StatusNote
from safeplan_desktop.domain.clients import Client
from safeplan_desktop.domain.closing import ClosingItem
from safeplan_desktop.domain.disclosures import RecordPart
from safeplan_desktop.domain.plain_values import fields_of
from safeplan_desktop.domain.practice import Paper
from safeplan_desktop.domain.timeline import Standing, TimelineEntry, TimelineFilter, TimelineKind
from safeplan_desktop.domain.vocabulary import label_of
from safeplan_desktop.errors import SafePlanError
from safeplan_desktop.services import reference
from safeplan_desktop.services.client_links import LinkView
from safeplan_desktop.services.exports import Document
from safeplan_desktop.services.session import Session
from safeplan_desktop.ui.ports import Shell

_SIGNED = frozenset(
    {
        *(Noun.SCREENING, Noun.PLAN, Noun.INCIDENT, Noun.SESSION_NOTE, Noun.PRIVATE_NOTE, Noun.CONSENT),
        *(Noun.AGREEMENT, Noun.CONSULTATION),
    }
)


@dataclass(frozen=True, slots=True)
class StandingView:
    """Where the client stands, as the page shows it.

    Attributes:
        words: Such as "Discharged since 02 Mar 2026: moved away"; empty while nothing was ever noted.
        checklist: What the button for the checklist that goes with it says; empty where there is none.
        can_take_back: Whether there is a change to take back.
    """

    words: str = ""
    checklist: str = ""
    can_take_back: bool = False


@dataclass(frozen=True, slots=True)
class RecordState:
    """What the page shows.

    Attributes:
        total: How many entries there are in all.
        kinds: The kinds that there are entries of.
    """

    client: Client
    label: str
    entries: tuple[TimelineEntry, ...]
    total: int
    kinds: tuple[TimelineKind, ...]
    standing: StandingView
    links: tuple[LinkView, ...]


class RecordView(Protocol):
    """What the presenter asks of the page."""

    def show_reading(self, title: str, text: str) -> None: ...

    def show_picture(self, title: str, data: bytes) -> None: ...


@dataclass
class RecordPresenter:
    """Between the record's page and the services."""

    session: Session
    shell: Shell
    client_id: str = field(default="", init=False)
    wanted: TimelineFilter = field(default_factory=TimelineFilter, init=False)

    def attach(self, view: RecordView) -> None:
        """Takes the page that it speaks to."""
        self._view = view

    def choose(self, client_id: str) -> None:
        """Another client begins with the whole record."""
        if client_id != self.client_id:
            self.client_id, self.wanted = client_id, TimelineFilter()

    def state(self) -> RecordState:
        """The record as it is narrowed now."""
        client = self.session.clients.get(self.client_id)
        every = self.session.timelines.of_client(self.client_id)
        narrowed = self.wanted != TimelineFilter()
        return RecordState(
            client=client,
            label=client.label(show_names=self.session.practice.settings().show_names),
            entries=self.session.timelines.find(self.client_id, self.wanted) if narrowed else every,
            total=len(every),
            kinds=tuple(kind for kind in TimelineKind if any(one.kind is kind for one in every)),
            standing=self._standing(client),
            links=self.session.client_links.of_client(self.client_id),
        )

    def _standing(self, client: Client) -> StandingView:
        history = self.session.statuses.history(client.id)
        if not history:
            return StandingView()
        note = history[0].form_as(StatusNote)
        until = f", until {note.until:%d %b %Y}" if note.until else ""
        words = f"{label_of(client.status)} since {history[0].day:%d %b %Y}{until}: {note.reason}"
        checklist = ""
        if client.status is ClientStatus.DECEASED:
            checklist = "Checklist for the days after..."
        elif client.status.ended:
            checklist = "Closing checklist..."
        return StandingView(words, checklist, can_take_back=True)

    # -- the timeline ---------------------------------------------------------------------------------------------

    def open(self, entry: TimelineEntry) -> None:
        """Opens the thing itself."""
        noun, record_id = entry.opens
        self.shell.open_record(noun, record_id, self.client_id)

    def read(self, noun: Noun, record_id: str) -> None:
        """Shows a record that has no screen of its own."""
        try:
            self._read(noun, record_id)
        except SafePlanError as problem:
            self.shell.show_problem(problem)

    def _read(self, noun: Noun, record_id: str) -> None:
        if noun is Noun.ATTACHMENT:
            self._show_attachment(record_id)
        else:
            entry = self.session.register.get(record_id)
            shown = {name: value for name, value in entry.form.items() if name not in ("other_client", "contact")}
            lines = [f"{entry.day:%d %b %Y}", *(f"{title}: {'; '.join(said)}" for title, said in fields_of(shown))]
            self._view.show_reading(label_of(noun), "\n".join(lines))

    def _show_attachment(self, attachment_id: str) -> None:
        found = self.session.attachments.get(attachment_id)
        data = self.session.attachments.content(attachment_id)
        if found.media_type is not MediaType.PDF:
            self._view.show_picture(found.title, data)
            return
        code = self.session.clients.get(self.client_id).code
        self.shell.preview(
            Document(
                make=lambda: data,
                title="Attachment",
                suggested_name=f"attachment_{code}_{found.entered.local_date:%Y-%m-%d}.pdf",
                noun=Noun.ATTACHMENT,
                record_id=attachment_id,
                client_id=self.client_id,
                detail="attachment",
            )
        )

    @staticmethod
    def can_copy(entry: TimelineEntry | None) -> bool:
        """Whether an entry is a signed record, whose text can be taken to another program."""
        return entry is not None and entry.noun in _SIGNED and entry.standing is not Standing.DRAFT

    @staticmethod
    def can_void(entry: TimelineEntry | None) -> bool:
        """Whether an entry can be marked as entered in error."""
        return entry is not None and entry.noun in _SIGNED and entry.standing is Standing.KEPT

    def copy(self, noun: Noun, record_id: str) -> None:
        """Puts a record's text on the clipboard."""
        self.shell.copy_as_text(noun, record_id)

    def signer(self) -> str:
        """A beginning for signatures."""
        return self.session.practice.profile().therapist_name

    def void(self, noun: Noun, record_id: str, reason: str, signer: str) -> None:
        """Marks a signed record as entered in error.

        Raises:
            InvalidInputError: naming the field.
        """
        self.session.addenda.void(noun, record_id, self.client_id, reason=reason, signer=signer)
        self.shell.say("Marked as entered in error. It stays readable.")

    # -- where the client stands ----------------------------------------------------------------------------------

    def status(self) -> ClientStatus:
        """Where the client stands now."""
        return self.session.clients.get(self.client_id).status

    def change_status(self, status: ClientStatus, reason: str, day: dt.date | None, until: dt.date | None) -> None:
        """Notes that the client stands elsewhere; a mistake is undone at once or later.

        Raises:
            InvalidInputError: naming the field.
        """
        self.session.statuses.change(self.client_id, status, reason=reason, day=day, until=until)
        self.shell.say(f"{label_of(status)}.", self.take_back_status)

    def take_back_status(self) -> None:
        """Takes the newest change out."""
        self.shell.say(f"Taken back. {label_of(self.session.statuses.take_back(self.client_id))} again.")

    def closing(self) -> tuple[ClosingItem, ...]:
        """The closing checklist with what the record says."""
        return self.session.closings.of_client(self.client_id)

    def kept_answers(self) -> ChecklistAnswers | None:
        """What was answered of the checklist of an ending; None where the work goes on."""
        history = self.session.statuses.history(self.client_id)
        if not history or not self.status().ended:
            return None
        return history[0].form_as(StatusNote).checklist or ChecklistAnswers("", "")

    def keep_answers(self, answers: ChecklistAnswers) -> None:
        """Keeps what was answered with the change that it goes with."""
        self.session.statuses.keep_checklist(self.session.statuses.history(self.client_id)[0].id, answers)
        self.shell.say("Kept.")

    def keep_closing(self, notes: dict[str, str]) -> None:
        """Keeps the notes of the closing checklist."""
        steps = self.session.closings.closing_list()
        given = tuple(StepAnswer(one.id, one.ask, notes[one.id]) for one in steps.steps if notes.get(one.id))
        self.keep_answers(ChecklistAnswers("closing", steps.title, given))

    def after_death_answers(self) -> ChecklistAnswers:
        """The answers for the days after, with the practice's own note."""
        checklist = reference.after_death()
        kept = self.kept_answers() or ChecklistAnswers("", "")
        note = kept.note or self.session.practice.checklist_note(checklist.id)
        return ChecklistAnswers(checklist.id, checklist.title, kept.answers, note)

    # -- links and copies -----------------------------------------------------------------------------------------

    def others(self) -> tuple[tuple[tuple[str, str], str], ...]:
        """Who a link can lead to: other clients by code or name, then this client's contacts by name."""
        show_names = self.session.practice.settings().show_names
        clients = tuple(
            (("client", one.id), f"Client {one.label(show_names=show_names)}")
            for one in self.session.clients.list()
            if one.id != self.client_id
        )
        own = self.session.clients.get(self.client_id).form.contacts
        return (*clients, *((("contact", one.id), f"Contact {one.name}, {one.relation}".rstrip(", ")) for one in own))

    def add_link(self, note: LinkNote, day: dt.date | None) -> None:
        """Links the client.

        Raises:
            InvalidInputError: naming the field.
        """
        self.session.client_links.add(self.client_id, note, day)
        self.shell.say("Linked.")

    def remove_link(self, entry_id: str) -> None:
        """Takes a link out; it can be undone."""
        links = self.session.client_links
        former = links.remove(entry_id)
        self.shell.say("The link was taken out.", lambda: links.bring_back(former))

    def whole_record(self, to_whom: str, why: str, parts: tuple[RecordPart, ...], paper: Paper | None) -> Document:
        """Gathers the whole record as a document.

        Raises:
            InvalidInputError: naming the field.
        """
        return self.session.record_exports.whole(self.client_id, to_whom=to_whom, why=why, parts=parts, paper=paper)

    def paper(self) -> Paper:
        """The practice's paper."""
        return self.session.practice.settings().paper

    def may_receive(self) -> tuple[str, ...]:
        """Who may receive what about this client, a line each."""
        return self.session.record_exports.may_receive(self.client_id)
