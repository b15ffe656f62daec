"""The log of consultations between its pages and the services; before one is signed, names are looked for and asked about."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, field

from safeplan_desktop.domain.signed_records import SignedSummary
from safeplan_desktop.errors import NotFoundError, SafePlanError
from safeplan_desktop.services.consultations import Consultations
from safeplan_desktop.services.exports import Document
from safeplan_desktop.services.session import Session
from safeplan_desktop.ui.ports import Control, RunJob, Shell
from safeplan_desktop.ui.written.presenter import WrittenPresenter


@dataclass(frozen=True, slots=True)
class Behind:
    """What stands with a signed consultation on the screen alone.

    Attributes:
        client: How the client is called that it was about; empty where none was chosen.
        follow_up: What is to be done, with its day; empty where nothing is.
        done: Whether that is done.
    """

    client: str = ""
    client_id: str = ""
    follow_up: str = ""
    done: bool = False


@dataclass
class ConsultationsPresenter(WrittenPresenter):
    """Consultations; they belong to the practice, so there is no client to show."""

    looking: bool = field(default=False, init=False)

    @classmethod
    def of(cls, session: Session, shell: Shell, run: RunJob) -> ConsultationsPresenter:
        """A presenter of the session's log."""
        return cls(session, shell, run, session.consultations)

    @property
    def log(self) -> Consultations:
        """The service."""
        return self.session.consultations

    def state_of(self, summary: SignedSummary) -> str:
        """With what is still to be done."""
        form = self.log.get(summary.id)[1]
        waits = form.follow_up_on is not None and not summary.voided and not self.log.is_done(summary.id)
        return (
            f"{super().state_of(summary)}, follow-up {form.follow_up_on:%d %b %Y}"
            if waits
            else super().state_of(summary)
        )

    def clients(self) -> list[tuple[str, str]]:
        """Clients whom a consultation can be linked to."""
        labels = self.session.clients.labels(show_names=self.session.practice.settings().show_names)
        return sorted(labels.items(), key=lambda one: one[1].casefold())

    def behind(self) -> Behind:
        """What stands with the signed consultation that is shown."""
        form = self.log.get(self.shown)[1]
        client = ""
        if form.about_client:
            try:
                found = self.session.clients.get(form.about_client)
                client = found.label(show_names=self.session.practice.settings().show_names)
            except NotFoundError:
                client = "A client whose record is gone"
        due = f"by {form.follow_up_on:%d %b %Y}" if form.follow_up_on else ""
        follow_up = ": ".join(part for part in (due, form.follow_up) if part)
        return Behind(client, form.about_client, follow_up, self.log.is_done(self.shown))

    def set_done(self, *, done: bool) -> None:
        """Marks what was to be done as done, or takes that back."""
        self.log.set_done(self.shown, done=done)
        self.show_signed()

    def look_and_sign(self, signer: str, ask: Callable[[tuple[str, ...]], None]) -> None:
        """Signs, once names were looked for; where some stand in it, `ask` is called instead, and nothing is signed yet."""
        draft, form = self.draft, self._view.form()
        if draft is None or self.looking:
            return
        try:
            self.log.check(form, signer)
        except SafePlanError as problem:
            self._view.show_problem(problem)
            return
        self.looking = True

        def look(_control: Control) -> tuple[str, ...]:
            return self.log.names_in(form)

        def found(words: tuple[str, ...]) -> None:
            self.looking = False
            # While it was looked for, the form may have been left, and what was typed since wasn't looked through.
            if self.draft is None or self.draft.record_id != draft.record_id:
                return
            if self._view.form() != form:
                self.look_and_sign(signer, ask)
            elif words:
                ask(words)
            else:
                self.sign(signer)

        def failed(problem: SafePlanError) -> None:
            self.looking = False
            self._view.show_problem(problem)

        self.run(look, found, failed, owner=self._view)

    def document(self) -> Document:
        """The report of the signed consultation that is shown."""
        return self.log.document(self.shown)

    def preview_period(self, since: dt.date | None, until: dt.date | None) -> None:
        """Shows the consultations between two days.

        Raises:
            InvalidInputError: "until", when the last day lies before the first.
            NotFoundError: when there is none.
        """
        self.shell.preview(self.log.of_period(since, until))
