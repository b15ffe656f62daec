"""Consultations: the log of whom the therapist asked. They are the practice's own, whomever they were about."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from safeplan_desktop.domain.changes import Noun
from safeplan_desktop.domain.consultations import FORM_VERSION, TITLE, ConsultationForm, FollowedUp, check_for_signing
from safeplan_desktop.domain.drafts import Draft, DraftKind
from safeplan_desktop.domain.incidents import Addendum
from safeplan_desktop.domain.moments import Moment
from safeplan_desktop.domain.periods import Period
from safeplan_desktop.domain.practice import Paper, PracticeProfile
from safeplan_desktop.domain.signed_records import SignedRecord, check_signature
from safeplan_desktop.domain.vocabulary import shortened
from safeplan_desktop.domain.written_text import Part, parts_of_consultation
from safeplan_desktop.errors import NotFoundError
from safeplan_desktop.services.addenda import Addenda
from safeplan_desktop.services.exports import Document, file_name
from safeplan_desktop.services.known_names import KnownNames
from safeplan_desktop.services.practice import Practice
from safeplan_desktop.services.written import Written
from safeplan_desktop.storage import audit
from safeplan_desktop.storage import signed_records as stored

_DONE = "consultation follow-ups"

Told = tuple[SignedRecord, ConsultationForm, tuple[Addendum, ...]]
"""A signed consultation with its form and what was added."""


def _make(told: Sequence[Told], period: Period | None, practice: PracticeProfile, paper: Paper, chain_head: str, made: Moment) -> bytes:  # fmt: skip
    from safeplan_desktop.documents import consultations  # noqa: PLC0415 - ReportLab loads in the job

    if period is None:
        return consultations.consultation_pdf(told[0], practice, paper, chain_head)
    return consultations.consultations_of_period_pdf(told, period, practice, paper, chain_head, made)


@dataclass(frozen=True, slots=True)
class FollowUpDue:
    """What is to be done after a consultation."""

    record_id: str
    title: str
    due: dt.date


@dataclass(frozen=True)
class Consultations(Written[ConsultationForm]):
    """The log. No record of it belongs to a client: a link stands in the form alone."""

    practice: Practice
    addenda: Addenda
    names: KnownNames

    noun = Noun.CONSULTATION
    kind = DraftKind.CONSULTATION
    form_kind = ConsultationForm
    form_version = FORM_VERSION

    def fresh(self, client_id: str) -> ConsultationForm:  # noqa: ARG002 - of nobody
        """Today, now."""
        now = self.desk.now()
        return ConsultationForm(day=now.local_date, at=now.at, zone=now.zone)

    def parts(self, record_id: str) -> tuple[Part, ...]:
        """A signed consultation as titled parts, without the client that it was about."""
        return parts_of_consultation(self.get(record_id)[1])

    def sign(self, draft: Draft, form: ConsultationForm, signer: str) -> SignedRecord:
        """Signs a consultation: from now on it never changes.

        Raises:
            InvalidInputError: naming the field with what is missing.
        """
        checked = self.check(form, signer)
        return self.records.sign(
            self.noun,
            checked,
            day=checked.day or self.today(),
            title=f"{TITLE} with {shortened(checked.who)}",
            signer=signer,
            words=checked.words,
            draft=draft,
        )

    def check(self, form: ConsultationForm, signer: str) -> ConsultationForm:
        """What would be signed; asked before names are looked for.

        Raises:
            InvalidInputError: naming the field with what is missing.
        """
        checked = check_for_signing(form, today=self.today())
        check_signature(signer)
        return checked

    def names_in(self, form: ConsultationForm) -> tuple[str, ...]:
        """Words of what was told that are names or numbers of clients in the records; work for a job."""
        return self.names.found_in(form.told)

    # -- follow-ups ---------------------------------------------------------------------------------------------------

    def due_follow_ups(self, horizon: dt.date) -> tuple[FollowUpDue, ...]:
        """What is to be done until a day and isn't marked as done, the earliest first."""
        found = stored.with_day(self.desk.database, self.noun, "follow_up_on", horizon)
        done = self._done() if found else frozenset()
        return tuple(FollowUpDue(one, title, day) for one, title, day in found if one not in done)

    def is_done(self, record_id: str) -> bool:
        """Whether what was to be done after a consultation is marked as done."""
        return record_id in self._done()

    def set_done(self, record_id: str, *, done: bool = True) -> None:
        """Marks what was to be done after a consultation as done, or takes that back."""
        others = self._done() - {record_id}
        self.practice.keep(_DONE, FollowedUp(tuple(sorted({*others, *((record_id,) if done else ())}))))

    def _done(self) -> frozenset[str]:
        return frozenset((self.practice.kept(_DONE, FollowedUp) or FollowedUp()).record_ids)

    # -- leaving the records ------------------------------------------------------------------------------------------

    def document(self, record_id: str, *, paper: Paper | None = None) -> Document:
        """A signed consultation with its addenda, as a document."""
        told = self._told(record_id)
        record = told[0]
        return self._document(
            (told,), None, paper, file_name("consultation", str(record.number), record.day), record.id
        )

    def of_period(self, since: dt.date | None, until: dt.date | None, *, paper: Paper | None = None) -> Document:
        """All consultations between two days, the oldest first; not those entered in error.

        Raises:
            InvalidInputError: "until", when the last day lies before the first.
            NotFoundError: when there is none.
        """
        period = Period(since, until)
        told = [self._told(one.id) for one in reversed(self.of_client("")) if not one.voided and period.holds(one.day)]
        if not told:
            raise NotFoundError("There is no signed consultation in this time.", next_step="Choose a longer time.")
        return self._document(told, period, paper, file_name("consultations", "", self.today()), "")

    def _told(self, record_id: str) -> Told:
        return (*self.get(record_id), self.addenda.of_record(record_id))

    def _document(
        self, told: Sequence[Told], period: Period | None, paper: Paper | None, name: str, record_id: str
    ) -> Document:
        paper = paper or self.practice.settings().paper
        head = audit.head(self.desk.database).stamp
        return Document(
            make=partial(_make, told, period, self.practice.profile(), paper, head, self.desk.now()),
            title=TITLE if period is None else "Consultations of a period",
            suggested_name=name,
            noun=self.noun,
            record_id=record_id,
            client_id="",
            detail=f"{'report' if period is None else 'period'}, {paper.value}",
            words="\n".join(form.words for _, form, _ in told),
        )
