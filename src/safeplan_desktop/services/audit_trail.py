"""The activity log: the audit for people, and the account of what was given out about one client."""

from __future__ import annotations

import datetime as dt
from array import array
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from safeplan_desktop.domain.audit import AuditAction, AuditGroup
from safeplan_desktop.domain.audit_view import AuditFilter, AuditLine, actions_of
from safeplan_desktop.domain.backups import Verification
from safeplan_desktop.domain.changes import Noun
from safeplan_desktop.domain.clients import ClientSnapshot, snapshot_of
from safeplan_desktop.domain.moments import Moment, zone_info
from safeplan_desktop.domain.periods import Period
from safeplan_desktop.domain.practice import Paper, PracticeProfile
from safeplan_desktop.errors import InvalidInputError
from safeplan_desktop.services.clients import Clients
from safeplan_desktop.services.desk import Desk
from safeplan_desktop.services.exports import Document, file_name
from safeplan_desktop.services.practice import Practice
from safeplan_desktop.storage import audit, audit_view

MOST_PRINTED = 3000
"""Entries in one document; beyond that a shorter period is asked for."""

_DISCLOSURES = "accounting of disclosures"
_CHECK = "report of a check"
_TRAIL = "activity log"


def _make_trail(
    lines: Sequence[AuditLine],
    period: Period,
    client: ClientSnapshot | None,
    practice: PracticeProfile,
    paper: Paper,
    made: Moment,
    chain_head: str,
    *,
    disclosures: bool,
) -> bytes:
    from safeplan_desktop.documents.audit_report import audit_report_pdf, disclosures_pdf  # noqa: PLC0415 - ReportLab loads in the job that makes the first document

    days = (period.since, period.until)
    if disclosures and client is not None:
        return disclosures_pdf(lines, days, client, practice, paper, made, chain_head)
    return audit_report_pdf(lines, days, client, practice, paper, made, chain_head)


def _make_check(
    verification: Verification, what: str, practice: PracticeProfile, paper: Paper, made: Moment, chain_head: str
) -> bytes:
    from safeplan_desktop.documents.check_report import check_report_pdf  # noqa: PLC0415 - see above

    return check_report_pdf(verification, what, practice, paper, made, chain_head)


@dataclass(frozen=True, slots=True)
class AuditTrail:
    """The audit's use cases for people."""

    desk: Desk
    clients: Clients
    practice: Practice

    def wanted(
        self,
        period: Period,
        *,
        groups: Sequence[AuditGroup] = (),
        noun: Noun | None = None,
        client_id: str = "",
    ) -> AuditFilter:
        """What to look for; days are those of the zone the therapist is in."""
        zone = zone_info(self.desk.clock.zone())

        def begin(day: dt.date) -> dt.datetime:
            return dt.datetime(day.year, day.month, day.day, tzinfo=zone).astimezone(dt.UTC)

        return AuditFilter(
            None if period.since is None else begin(period.since),
            None if period.until is None else begin(period.until + dt.timedelta(days=1)),
            tuple(action for group in groups for action in actions_of(group)),
            noun,
            client_id,
        )

    def count(self) -> int:
        """How many entries there are; they are numbered from 1 without gaps."""
        return audit.head(self.desk.database).seq

    def choose(self, wanted: AuditFilter) -> array[int]:
        """The numbers of the entries that fit, the newest first; with many entries this is work for a job."""
        return audit_view.choose(self.desk.database, wanted)

    def page(self, numbers: Sequence[int]) -> tuple[AuditLine, ...]:
        """The entries of these numbers, the newest first, in words."""
        return audit_view.lines(self.desk.database, numbers)

    def disclosures(self, client_id: str, period: Period | None = None) -> tuple[AuditLine, ...]:
        """Everything about a client that was printed, saved as a file or given as a copy, the oldest first."""
        wanted = self.wanted(period or Period(), groups=(AuditGroup.DISCLOSED,), client_id=client_id)
        return tuple(reversed(self.page(self.choose(wanted))))

    def disclosures_document(
        self, client_id: str, period: Period | None = None, *, paper: Paper | None = None
    ) -> Document:
        """The account of disclosures of one client; that it was made is noted in the audit."""
        client = self.clients.get(client_id)
        period = period or Period()
        lines = self.disclosures(client_id, period)
        return self._document(lines, period, _DISCLOSURES, "Accounting of disclosures", client_id, client.code, paper)

    def trail_document(
        self, wanted: AuditFilter, period: Period, client_id: str = "", *, paper: Paper | None = None
    ) -> Document:
        """A list of entries, the oldest first; that it was made is noted in the audit.

        Raises:
            InvalidInputError: when there are too many for one document.
        """
        numbers = self.choose(wanted)
        if len(numbers) > MOST_PRINTED:
            raise InvalidInputError(
                "since",
                f"These are {len(numbers):,} entries; a document holds up to {MOST_PRINTED:,}.",
                next_step="Choose a shorter period.",
            )
        code = self.clients.get(client_id).code if client_id else ""
        lines = tuple(reversed(self.page(numbers)))
        return self._document(lines, period, _TRAIL, "Activity log", client_id, code, paper)

    def _document(
        self,
        lines: Sequence[AuditLine],
        period: Period,
        detail: str,
        title: str,
        client_id: str,
        code: str,
        paper: Paper | None,
    ) -> Document:
        made, paper = self.desk.now(), paper or self.practice.settings().paper
        client = snapshot_of(self.clients.get(client_id)) if client_id else None
        noun = Noun.CLIENT if client_id else Noun.VAULT
        head = audit.head(self.desk.database).stamp
        with self.desk.entry() as entry:
            entry.audit(AuditAction.VIEWED, noun, client_id, detail=detail)
        return Document(
            make=partial(
                _make_trail,
                lines,
                period,
                client,
                self.practice.profile(),
                paper,
                made,
                head,
                disclosures=detail == _DISCLOSURES,
            ),
            title=title,
            suggested_name=file_name(
                "disclosures" if detail == _DISCLOSURES else "activity-log", code, made.local_date
            ),
            noun=noun,
            record_id=client_id,
            client_id=client_id,
            detail=f"{detail}, {paper.value}",
            words=" ".join((client.name if client else "", *(line.to_whom for line in lines))),
        )

    def check_document(self, verification: Verification, what: str, *, paper: Paper | None = None) -> Document:
        """The report of a check.

        Args:
            verification: What was found.
            what: What was checked, such as "Your records" or a backup's file name.
            paper: Its size; None for the practice's own.
        """
        made, paper = self.desk.now(), paper or self.practice.settings().paper
        head = audit.head(self.desk.database).stamp
        return Document(
            make=partial(_make_check, verification, what, self.practice.profile(), paper, made, head),
            title="Report of a check",
            suggested_name=file_name("check", "", made.local_date),
            noun=Noun.VAULT,
            record_id="",
            client_id="",
            detail=f"{_CHECK}, {paper.value}",
            words=what,
        )
