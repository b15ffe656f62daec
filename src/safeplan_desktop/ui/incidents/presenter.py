"""The incident log between screen and services."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import Protocol

from safeplan_desktop.domain.changes import Noun
from safeplan_desktop.domain.drafts import Draft
from safeplan_desktop.domain.incidents import (
    Addendum,
    AddendumKind,
    IncidentForm,
    IncidentSummary,
    SignedIncident,
    missing_for_signing,
)
from safeplan_desktop.domain.moments import Moment
from safeplan_desktop.domain.vocabulary import label_of
from safeplan_desktop.errors import SafePlanError
from safeplan_desktop.services.session import Session
from safeplan_desktop.ui.ports import Shell


@dataclass(frozen=True, slots=True)
class LogRow:
    """One row of the log."""

    id: str
    number: str
    happened: str
    happened_at: dt.datetime | None
    category: str
    client: str
    harm: str
    state: str
    signed: bool


class IncidentsView(Protocol):
    """What the presenter asks of the screen."""

    def show_log(self, rows: tuple[LogRow, ...], *, filtered_by: str) -> None: ...

    def show_editor(self, draft: Draft, form: IncidentForm, clients: tuple[tuple[str, str], ...]) -> None: ...

    def show_signed(self, incident: SignedIncident, addenda: tuple[Addendum, ...]) -> None: ...

    def form(self) -> IncidentForm: ...

    def place(self) -> str: ...

    def show_problem(self, problem: SafePlanError) -> None: ...


@dataclass
class IncidentsPresenter:
    """The log, and one incident at a time."""

    session: Session
    shell: Shell
    client_id: str = field(default="", init=False)
    only_client: bool = field(default=False, init=False)
    draft: Draft | None = field(default=None, init=False)
    shown: str = field(default="", init=False)

    def attach(self, view: IncidentsView) -> None:
        """Takes the screen that it speaks to."""
        self._view = view

    def _labels(self) -> dict[str, str]:
        show_names = self.session.practice.settings().show_names
        return {c.id: c.label(show_names=show_names) for c in self.session.clients.list(include_archived=True)}

    def show_client(self, client_id: str) -> None:
        """Takes the current client; the log follows where it is narrowed to them. What is being written stays."""
        self.client_id = client_id
        if self.draft is None and not self.shown:
            self.show_log()

    def show_log(self) -> None:
        """Shows the log."""
        self.draft, self.shown = None, ""
        labels = self._labels()
        only = self.client_id if self.only_client else ""
        rows = tuple(
            self._row(summary, labels)
            for summary in self.session.incidents.list()
            if not only or summary.client_id == only
        )
        self._view.show_log(rows, filtered_by=labels.get(only, ""))

    def _row(self, summary: IncidentSummary, labels: dict[str, str]) -> LogRow:
        harm = []
        if summary.physical_harm is not None and summary.psychological_harm is not None:
            harm.append(f"physical {label_of(summary.physical_harm).lower()}")
            harm.append(f"psychological {label_of(summary.psychological_harm).lower()}")
        happened = "no time yet"
        if summary.happened_at is not None:
            happened = f"{Moment(summary.happened_at, summary.zone).local:%d %b %Y, %H:%M}"
        state = "Draft" if summary.signed is None else "Signed"
        if summary.addenda:
            state += f", {summary.addenda} added"
        return LogRow(
            summary.id,
            summary.number or "Draft",
            happened,
            summary.happened_at,
            label_of(summary.category) if summary.category else "",
            labels.get(summary.client_id, ""),
            ", ".join(harm),
            state,
            summary.signed is not None,
        )

    def begin(self, form: IncidentForm | None = None) -> None:
        """A new incident, for the current client where there is one."""
        self.draft, started = self.session.incidents.begin(self.client_id, form)
        self._edit(started)

    def open(self, incident_id: str) -> None:
        """Opens a draft in the form, a signed incident for reading."""
        try:
            self.draft, form = self.session.incidents.resume(incident_id)
        except SafePlanError:
            self.draft = None
            self.shown = incident_id
            incident = self.session.incidents.get(incident_id)
            self.session.incidents.viewed(incident_id)
            self._view.show_signed(incident, self.session.addenda.of_record(incident_id))
            return
        self._edit(form)

    def _edit(self, form: IncidentForm) -> None:
        if self.draft is None:
            return
        labels = self._labels()
        self._view.show_editor(self.draft, form, tuple(sorted(labels.items(), key=lambda entry: entry[1])))

    def autosave(self) -> None:
        """Saves the form as it stands."""
        if self.draft is not None:
            self.draft = self.session.incidents.autosave(self.draft, self._view.form(), self._view.place())

    def missing(self) -> tuple[tuple[str, str], ...]:
        """What is still needed before signing."""
        return missing_for_signing(self._view.form(), now=self.session.desk.now().at)

    def signer(self) -> str:
        """The therapist's name as a beginning for the signature."""
        return self.session.practice.profile().therapist_name

    def now(self) -> dt.datetime:
        """The present instant, for the "Now" buttons."""
        return self.session.desk.now().at.replace(second=0)

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

    def add_addendum(self, kind: AddendumKind, reason: str, text: str, signer: str) -> None:
        """Adds to the signed incident that is shown.

        Raises:
            InvalidInputError: naming the field that is empty.
        """
        incident = self.session.incidents.get(self.shown)
        client_id = incident.client.client_id if incident.client else ""
        self.session.addenda.add(
            Noun.INCIDENT, self.shown, client_id, kind=kind, reason=reason, text=text, signer=signer
        )
        self._view.show_signed(incident, self.session.addenda.of_record(self.shown))
        self.shell.say("Added. The original is as it was.")
