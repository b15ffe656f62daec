"""Screenings: begin, autosave, look at the facts, sign, add to."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace

from safeplan_desktop.domain.audit import AuditAction
from safeplan_desktop.domain.canonical import from_json, to_json, to_plain
from safeplan_desktop.domain.changes import Noun
from safeplan_desktop.domain.clients import Client, age_on, snapshot_of
from safeplan_desktop.domain.considerations import Result, Weighed, weigh
from safeplan_desktop.domain.drafts import Draft, DraftKind
from safeplan_desktop.domain.given_answers import (
    asked_in,
    highest_of,
    is_answered,
    points_in,
    result_of,
    words_of,
)
from safeplan_desktop.domain.instruments import Instrument, Region
from safeplan_desktop.domain.moments import Moment, today
from safeplan_desktop.domain.open_answers import open_answers
from safeplan_desktop.domain.practice import RiskStyle
from safeplan_desktop.domain.scoring import NOBODY_KNOWN, Person
from safeplan_desktop.domain.screenings import (
    FORM_VERSION,
    AnswerFact,
    InstrumentAnswers,
    InstrumentFact,
    ItemAnswer,
    ScreeningForm,
    ScreeningSummary,
    SignedScreening,
    begin_quick_check,
    check_for_signing,
)
from safeplan_desktop.domain.searched_words import searched
from safeplan_desktop.errors import InvalidInputError, NotFoundError
from safeplan_desktop.services import reference
from safeplan_desktop.services.clients import Clients
from safeplan_desktop.services.desk import Desk
from safeplan_desktop.services.drafts import Drafts
from safeplan_desktop.services.practice import Practice
from safeplan_desktop.services.questionnaires import Questionnaires
from safeplan_desktop.services.signing import seal
from safeplan_desktop.storage import drafts as stored_drafts
from safeplan_desktop.storage import screenings as stored
from safeplan_desktop.storage import search


def fact_of(instrument: Instrument, given: InstrumentAnswers, person: Person = NOBODY_KNOWN) -> InstrumentFact:
    """What the published rules say of the answers, in that day's words."""
    result = result_of(instrument, given, person)
    asked = asked_in(instrument, given)
    left_open = open_answers(instrument, given)
    typed = {answer.item: answer for answer in given.answers}
    answers = []
    for item in instrument.items:
        answer = typed.get(item.id, ItemAnswer(item.id))
        if not is_answered(answer) and not answer.note and item.id not in asked:
            continue
        words, note = words_of(instrument, item, answer)
        answers.append(AnswerFact(item.id, item.label, points_in(instrument, item, answer), words, note, item.part))
    return InstrumentFact(
        instrument=instrument.id,
        title=instrument.title,
        window=instrument.window,
        complete=result.complete,
        total=result.total,
        highest_total=highest_of(instrument),
        band=result.band.label if result.band else "",
        band_source=result.band.source if result.band else "",
        flags=tuple(flag.sentence for flag in result.flags),
        findings=tuple(finding.sentence for finding in result.findings),
        missing=len(result.missing),
        answers=tuple(answers),
        credit=instrument.credit,
        tier=result.tier or "",
        tier_source=result.tier_source,
        cutoffs=tuple(f"{fact.sentence} ({fact.cutoff.source})" for fact in result.cutoffs),
        parts=tuple(f"{part.subscale.label}: {part.total}" for part in result.subtotals),
        scaled=result.scaled,
        hidden=len(result.hidden),
        uncounted=len(result.unknown),
        not_counted=left_open.not_counted,
        unanswered=left_open.unanswered,
    )


def person_of(client: Client, day: dt.date, country: str) -> Person:
    """What cut-offs may know of a client: their age, and whose cut-offs apply where the practice is."""
    born = client.form.birth_date
    region = {"GB": Region.UK, "US": Region.US}.get(country)
    return Person(age=age_on(born, day) if born is not None else None, region=region)


@dataclass(frozen=True, slots=True)
class Screenings:
    """The screening wizard's use cases."""

    desk: Desk
    clients: Clients
    drafts: Drafts
    practice: Practice
    questionnaires: Questionnaires

    def begin(self, client_id: str) -> tuple[Draft, ScreeningForm]:
        """A new screening of a client, or the one that was begun and not signed."""
        self.clients.get(client_id)
        draft = self.drafts.newest_of_client(DraftKind.SCREENING, client_id)
        if draft is None:
            form = ScreeningForm(client_id)
            return self.drafts.begin(DraftKind.SCREENING, client_id, to_json(form), FORM_VERSION), form
        return draft, from_json(draft.form_json, ScreeningForm)

    def begin_quick_check(self, client_id: str) -> tuple[Draft, ScreeningForm]:
        """A quick check of a client, or whatever screening was begun and not signed.

        Raises:
            NotFoundError: when there is no earlier screening that it could follow.
        """
        draft = self.draft_of(client_id)
        if draft is not None:
            return draft, from_json(draft.form_json, ScreeningForm)
        last = self.last_of_client(client_id)
        if last is None:
            raise NotFoundError(
                "A quick check follows an earlier screening, and there is none yet.",
                next_step="Begin with a whole screening.",
            )
        form = begin_quick_check(client_id, last)
        return self.drafts.begin(DraftKind.SCREENING, client_id, to_json(form), FORM_VERSION), form

    def draft_of(self, client_id: str) -> Draft | None:
        """The client's unsigned screening, if there is one."""
        return self.drafts.newest_of_client(DraftKind.SCREENING, client_id)

    def resume(self, record_id: str) -> tuple[Draft, ScreeningForm]:
        """An unsigned screening as it was left; the draft's place is the wizard's step.

        Raises:
            NotFoundError: when it was signed or discarded.
        """
        draft = self.drafts.get(DraftKind.SCREENING, record_id)
        return draft, from_json(draft.form_json, ScreeningForm)

    def autosave(self, draft: Draft, form: ScreeningForm, place: str) -> Draft:
        """Saves the wizard as it stands."""
        return self.drafts.save(draft, to_json(form), place=place)

    def discard(self, record_id: str) -> None:
        """Throws an unsigned screening away, on the therapist's word."""
        self.drafts.discard(DraftKind.SCREENING, record_id)

    def facts(self, form: ScreeningForm) -> tuple[InstrumentFact, ...]:
        """What the chosen instruments say, in the order they were chosen."""
        person = self.person(form.client_id)
        facts = tuple(
            fact_of(self.questionnaires.instrument(given.instrument), given, person) for given in form.instruments
        )
        if self.practice.settings().risk_style is RiskStyle.FORMULATION:
            return tuple(replace(fact, tier="", tier_source="") for fact in facts)
        return facts

    def considerations(self, form: ScreeningForm) -> tuple[Weighed, ...]:
        """Published considerations: first those that fit this screening's own results, then the others."""
        person = self.person(form.client_id)
        results = []
        for given in form.instruments:
            instrument = self.questionnaires.instrument(given.instrument)
            results.append(Result(instrument, given.values(), result_of(instrument, given, person)))
        with_tiers = self.practice.settings().risk_style is RiskStyle.TIERS
        return weigh(reference.screening_lists().considerations, results, with_tiers=with_tiers)

    def person(self, client_id: str) -> Person:
        """What published cut-offs may know of a client."""
        return person_of(self.clients.get(client_id), today(self.desk.clock), self.practice.profile().country)

    def sign(self, draft: Draft, form: ScreeningForm, signer: str) -> SignedScreening:
        """Signs a screening: from now on it never changes.

        Raises:
            InvalidInputError: naming the step with what is missing.
        """
        check_for_signing(form, signer)
        if form.care.next_reassessment is not None and form.care.next_reassessment < today(self.desk.clock):
            raise InvalidInputError(
                "next_reassessment", "The next reassessment lies in the past. Please check its day."
            )
        client = self.clients.get(form.client_id)
        facts = self.facts(form)
        with self.desk.entry() as entry:
            signed = seal(
                SignedScreening(
                    id=draft.record_id,
                    number=stored.next_number(self.desk.database, client.id),
                    client=snapshot_of(client),
                    form=form,
                    facts=facts,
                    started=Moment(draft.started_at, draft.started_zone),
                    signer=signer.strip(),
                    signed=entry.moment,
                )
            )
            stored.insert(self.desk.database, signed, _summary(signed))
            stored_drafts.delete(self.desk.database, DraftKind.SCREENING, draft.record_id)
            found_by = searched(Noun.SCREENING, to_plain(signed))
            search.add(self.desk.database, Noun.SCREENING, signed.id, client.id, *found_by)
            entry.audit(AuditAction.SIGNED, Noun.SCREENING, signed.id, content_hash=signed.content_hash)
            entry.changed(Noun.SCREENING, signed.id, client.id)
            entry.changed(Noun.DRAFT, signed.id, client.id)
        return signed

    def of_client(self, client_id: str) -> tuple[ScreeningSummary, ...]:
        """A client's signed screenings, newest first."""
        return stored.of_client(self.desk.database, client_id)

    def last_of_client(self, client_id: str) -> ScreeningSummary | None:
        """A client's newest signed screening that wasn't entered in error; None before the first."""
        return next((one for one in self.of_client(client_id) if not one.voided), None)

    def get(self, screening_id: str) -> SignedScreening:
        """A signed screening.

        Raises:
            NotFoundError: when there is none of that id.
        """
        screening = stored.find(self.desk.database, screening_id)
        if screening is None:
            raise NotFoundError("This screening isn't in the records.")
        return screening

    def viewed(self, screening_id: str) -> None:
        """Notes in the audit that a signed screening was opened."""
        with self.desk.entry() as entry:
            entry.audit(AuditAction.VIEWED, Noun.SCREENING, screening_id)


def _summary(signed: SignedScreening) -> ScreeningSummary:
    form = signed.form
    if form.reason is None or form.formulation.judgement is None or form.care.level is None:
        raise ValueError("a signed screening is complete")
    return ScreeningSummary(
        id=signed.id,
        number=signed.number,
        client_id=signed.client.client_id,
        signed=signed.signed,
        reason=form.reason,
        judgement=form.formulation.judgement,
        level=form.care.level,
        next_reassessment=form.care.next_reassessment,
        flagged=any(fact.flags for fact in signed.facts),
    )
