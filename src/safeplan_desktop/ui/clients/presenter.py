"""Clients: the list, and the form with its draft; the record has a presenter of its own."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Protocol

from safeplan_desktop.domain.canonical import from_json, to_json
from safeplan_desktop.domain.changes import Noun
from safeplan_desktop.domain.client_status import ClientStatus
from safeplan_desktop.domain.clients import Client, ClientForm, ClientLine
from safeplan_desktop.domain.drafts import Draft, DraftKind
from safeplan_desktop.domain.history import History
from safeplan_desktop.domain.vocabulary import label_of
from safeplan_desktop.errors import SafePlanError
from safeplan_desktop.services.session import Session
from safeplan_desktop.ui.clients.record_presenter import RecordPresenter
from safeplan_desktop.ui.ports import RunJob, Shell


@dataclass(frozen=True, slots=True)
class ClientRow:
    """One row of the list."""

    id: str
    code: str
    name: str
    last: str
    standing: str


def _standing(client: ClientLine) -> str:
    """What sets a client apart in the list; empty for whoever is there as usual."""
    marks = [] if client.status is ClientStatus.ACTIVE else [label_of(client.status)]
    return ", ".join([*marks, "archived"] if client.archived else marks).capitalize()


class ClientsView(Protocol):
    """What the presenter asks of the screen."""

    def show_rows(self, rows: tuple[ClientRow, ...], *, any_client: bool) -> None: ...

    def show_client(self, client: Client) -> None: ...

    def show_form(self, form: ClientForm, *, new: bool) -> None: ...

    def show_list(self) -> None: ...

    def show_problem(self, problem: SafePlanError) -> None: ...

    def form(self) -> ClientForm: ...

    def show_over_time(self, who: str, history: History) -> None: ...


@dataclass
class ClientsPresenter:
    """Between the clients screen and the services."""

    session: Session
    shell: Shell
    run: RunJob
    filter_text: str = field(default="", init=False)
    with_ended: bool = field(default=False, init=False)
    editing: str | None = field(
        default=None, init=False
    )  # a client's id; "" for a new client; None when no form is open
    shown: str = field(default="", init=False)
    record: RecordPresenter = field(init=False)
    draft: Draft | None = field(default=None, init=False)

    def __post_init__(self) -> None:
        """The record has a presenter of its own."""
        self.record = RecordPresenter(self.session, self.shell)

    def attach(self, view: ClientsView) -> None:
        """Takes the screen that it speaks to."""
        self._view = view

    def reload(self) -> None:
        """Shows the list as filtered, and the chosen client's record."""
        show_names = self.session.practice.settings().show_names
        activity = self.session.clients.last_activity()
        every = self.session.clients.lines()
        wanted = self.filter_text.strip().casefold()
        rows = tuple(
            ClientRow(
                client.id,
                client.code,
                client.name if show_names else "",
                f"{activity[client.id]:%d %b %Y}" if client.id in activity else "",
                _standing(client),
            )
            for client in every
            if (self.with_ended or not (client.archived or client.status.ended))
            and (not wanted or wanted in client.code.casefold() or wanted in client.name.casefold())
        )
        self._view.show_rows(rows, any_client=bool(every))
        if self.shown and self.editing is None and any(client.id == self.shown for client in every):
            self._show(self.shown)
        elif self.shown and all(client.id != self.shown for client in every):
            # The record was removed for good meanwhile.
            self.shown, self.editing, self.draft = "", None, None
            self._view.show_list()

    def read(self, noun: Noun, record_id: str) -> None:
        """Shows one record of the chosen client that has no screen of its own."""
        self.record.read(noun, record_id)

    def open(self, client_id: str) -> None:
        """Opens a client's record: it becomes the current client, and the audit notes that it was viewed."""
        # A form that is open stays as a draft; it waits on Today.
        self.editing, self.draft = None, None
        if client_id != self.shown:
            self.session.clients.viewed(client_id)
        self.shown = client_id
        self._show(client_id)
        self.shell.choose_client(client_id)

    def _show(self, client_id: str) -> None:
        self._view.show_client(self.session.clients.get(client_id))

    def open_over_time(self) -> None:
        """Shows the chosen client's scores over time; says so where there are none yet."""
        history = self.session.histories.of_client(self.shown)
        if not history.series:
            self.shell.say("There is no signed score yet.")
            return
        show_names = self.session.practice.settings().show_names
        self._view.show_over_time(self.session.clients.get(self.shown).label(show_names=show_names), history)

    def print_scores(self, instrument: str) -> None:
        """Makes the report of one instrument's scores; of all of them for an empty name."""
        wanted = (instrument,) if instrument else ()
        self.shell.preview(self.session.screening_reports.scores(self.shown, instruments=wanted))

    def begin_new(self) -> None:
        """Opens the form for a new client as it was left, else an empty one with a suggested code."""
        found = self.session.drafts.newest_of_client(DraftKind.CLIENT, "")
        self._begin("", found, ClientForm(code=self.session.clients.suggest_code()))

    def begin_edit(self, client_id: str) -> None:
        """Opens a client's form as it was left, else as it is stored."""
        found = self.session.drafts.newest_of_client(DraftKind.CLIENT, client_id)
        self._begin(client_id, found, self.session.clients.get(client_id).form)

    def resume(self, record_id: str) -> None:
        """Opens a form that wasn't saved."""
        draft = self.session.drafts.get(DraftKind.CLIENT, record_id)
        if draft.client_id:
            self.open(draft.client_id)
            self.begin_edit(draft.client_id)
        else:
            self.begin_new()

    def _begin(self, client_id: str, draft: Draft | None, form: ClientForm) -> None:
        self.editing, self.draft = client_id, draft
        if draft is not None:
            form = from_json(draft.form_json, ClientForm)
        self._view.show_form(form, new=not client_id)

    def autosave(self) -> None:
        """Saves the form as it stands; the client's record stays as it is until the form is saved."""
        if self.editing is None:
            return
        text = to_json(self._view.form())
        drafts = self.session.drafts
        if self.draft is None:
            self.draft = drafts.begin(DraftKind.CLIENT, self.editing, text, 1, record_id=self.editing)
        else:
            self.draft = drafts.save(self.draft, text)

    def _forget_draft(self) -> None:
        if self.draft is not None:
            self.session.drafts.forget(DraftKind.CLIENT, self.draft.record_id)
            self.draft = None

    def cancel(self) -> None:
        """Closes the form without saving."""
        self._forget_draft()
        self.editing = None
        if self.shown:
            self._show(self.shown)
        else:
            self._view.show_list()

    def save(self, form: ClientForm) -> bool:
        """Saves the form; a problem is shown beside its field."""
        try:
            client = self.session.clients.change(self.editing, form) if self.editing else self.session.clients.add(form)
        except SafePlanError as problem:
            self._view.show_problem(problem)
            return False
        self._forget_draft()
        self.editing = None
        self.shown = client.id
        self.reload()
        self.shell.choose_client(client.id)
        self.shell.say("Saved.")
        return True

    def archive(self, client_id: str) -> None:
        """Archives a client."""
        self.session.clients.archive(client_id)
        self.shell.say("Archived. Nothing was deleted.")

    def unarchive(self, client_id: str) -> None:
        """Takes a client back."""
        self.session.clients.unarchive(client_id)
        self.shell.say("Taken back from the archive.")
