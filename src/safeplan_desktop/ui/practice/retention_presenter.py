"""Records and retention: the practice's rule, what is past it, and the purge of a record."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Protocol

from safeplan_desktop.domain.retention import PurgeReason, RetentionRule
from safeplan_desktop.domain.vocabulary import label_of
from safeplan_desktop.errors import SafePlanError
from safeplan_desktop.services.purges import PurgeOutlook
from safeplan_desktop.services.retention import KeptRecord
from safeplan_desktop.services.session import Session
from safeplan_desktop.ui.ports import Control, RunJob, Shell


@dataclass(frozen=True, slots=True)
class KeptRow:
    """One record that is past its retention."""

    client_id: str
    label: str
    status: str
    last: str
    until: str


@dataclass(frozen=True, slots=True)
class CertificateRow:
    """One certificate."""

    id: str
    day: str
    code: str


class RetentionView(Protocol):
    """What the presenter asks of the page."""

    def show_rule(self, rule: RetentionRule) -> None: ...

    def show_rows(
        self, past: tuple[KeptRow, ...], certificates: tuple[CertificateRow, ...], *, has_rule: bool
    ) -> None: ...

    def show_problem(self, problem: SafePlanError) -> None: ...

    def show_tidying(self, *, busy: bool) -> None: ...


@dataclass
class RetentionPresenter:
    """Between the page and the services."""

    session: Session
    shell: Shell
    run: RunJob
    _view: RetentionView | None = field(default=None, init=False)

    def attach(self, view: RetentionView) -> None:
        """Takes the page that it speaks to."""
        self._view = view
        view.show_rule(self.session.retention.rule())

    def reload(self) -> None:
        """Shows what is past its retention, and the certificates."""
        if self._view is None:
            return
        certificates = tuple(
            CertificateRow(one.id, f"{one.day:%d %b %Y}", self.session.purges.code_of(one.id))
            for one in self.session.purges.certificates()
        )
        past = tuple(self._row(kept) for kept in self.session.retention.past())
        self._view.show_rows(past, certificates, has_rule=self.session.retention.rule().is_set)

    def _row(self, kept: KeptRecord) -> KeptRow:
        show_names = self.session.practice.settings().show_names
        return KeptRow(
            kept.client.id,
            kept.client.label(show_names=show_names),
            label_of(kept.client.status),
            f"{kept.dates.last_entry:%d %b %Y}",
            f"{kept.until:%d %b %Y}" if kept.until else "",
        )

    def save_rule(self, rule: RetentionRule) -> None:
        """Keeps the rule.

        Raises:
            InvalidInputError: naming the field.
        """
        self.session.retention.save_rule(rule)
        self.shell.say("Saved.")
        self.reload()

    def clients(self) -> tuple[tuple[str, str], ...]:
        """Every client by code or name, archived ones too: ids with their words."""
        show_names = self.session.practice.settings().show_names
        every = self.session.clients.list(include_archived=True)
        return tuple((one.id, one.label(show_names=show_names)) for one in every)

    def outlook(self, client_id: str) -> PurgeOutlook:
        """What a purge would take."""
        return self.session.purges.outlook(client_id)

    def signer(self) -> str:
        """A beginning for the signature."""
        return self.session.practice.profile().therapist_name

    def purge(self, client_id: str, reason: PurgeReason, note: str, confirm: str, signer: str) -> None:
        """Removes a record for good; then the file is rewritten, in a job.

        Raises:
            InvalidInputError: naming the field.
        """
        purges = self.session.purges
        purges.check(client_id, reason, note=note, confirm=confirm, signer=signer)
        # Nothing of the record may stand on a screen, or be saved from one, while it goes.
        self.shell.choose_client("")
        record = purges.purge(client_id, reason, note=note, confirm=confirm, signer=signer)
        self.reload()
        if self._view is not None:
            self._view.show_tidying(busy=True)

        def tidy(_control: Control) -> None:
            self.session.purges.tidy()

        def done(_nothing: None) -> None:
            if self._view is not None:
                self._view.show_tidying(busy=False)
            self.shell.say("The record was removed for good.")
            self.open_certificate(record.id)

        def failed(problem: SafePlanError) -> None:
            if self._view is not None:
                self._view.show_tidying(busy=False)
                self._view.show_problem(problem)

        self.run(tidy, done, failed)

    def open_certificate(self, record_id: str) -> None:
        """Shows a certificate for printing and saving."""
        self.shell.preview(self.session.purges.certificate(record_id))
