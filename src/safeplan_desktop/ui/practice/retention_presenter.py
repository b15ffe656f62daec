"""Records and retention: the practice's rule, what is past it, and the purge of a record."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from typing import Protocol

from safeplan_desktop.domain.retention import PurgeReason, RetentionRule
from safeplan_desktop.domain.signed_records import SignedRecord
from safeplan_desktop.domain.vocabulary import label_of
from safeplan_desktop.errors import SafePlanError
from safeplan_desktop.services.purges import PurgeOutlook, Purges
from safeplan_desktop.services.retention import KeptRecord
from safeplan_desktop.services.session import Session
from safeplan_desktop.ui.ports import Control, RunJob, Shell

_REMOVING, _TIDYING = 0.1, 0.5
"""How far the work is when its parts begin; both take about as long."""


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

    def show_removing(self, *, busy: bool) -> None: ...

    def show_progress(self, fraction: float | None, sentence: str) -> None: ...


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
        self.session.practice_drafts.forget("retention")
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
        """Removes a record for good and has the file rewritten, in one job; the page lets nothing else be done meanwhile.

        Raises:
            InvalidInputError: naming the field.
        """
        purges, view = self.session.purges, self._view
        purges.check(client_id, reason, note=note, confirm=confirm, signer=signer)
        # Nothing of the record may stand on a screen, or be saved from one, while it goes.
        self.shell.choose_client("")
        if view is not None:
            view.show_removing(busy=True)

        remove = partial(purges.remove, client_id, reason, note=note, confirm=confirm, signer=signer)

        def ended() -> None:
            if view is not None:
                view.show_removing(busy=False)
            purges.tell()
            self.reload()

        def done(outcome: tuple[str, Exception | None]) -> None:
            record_id, bug = outcome
            ended()
            if bug is not None:
                raise bug
            self.shell.say("The record was removed for good.")
            self.open_certificate(record_id)

        def failed(problem: SafePlanError) -> None:
            # It may have happened while the file was rewritten: the record is gone then.
            ended()
            if view is not None:
                view.show_problem(problem)

        self.run(partial(_removed, purges, remove), done, failed, view.show_progress if view is not None else None)

    def open_certificate(self, record_id: str) -> None:
        """Shows a certificate for printing and saving."""
        self.shell.preview(self.session.purges.certificate(record_id))


def _removed(purges: Purges, remove: Callable[[], SignedRecord], control: Control) -> tuple[str, Exception | None]:
    """The job: the certificate's id, or a bug, which is told once the window isn't held any more: nothing else lets it go."""
    try:
        control.report(_REMOVING, "The record is being removed")
        record = remove()
        control.report(_TIDYING, "The file is being rewritten, so that no word of the record is left in it")
        purges.tidy()
    except SafePlanError:
        raise
    except Exception as bug:  # noqa: BLE001 - any bug at all
        return "", bug
    return record.id, None
