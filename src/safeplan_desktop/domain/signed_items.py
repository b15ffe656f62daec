"""One signed thing of whatever kind, with what was added to it; and what is withheld of it in a copy."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass, replace

from safeplan_desktop.domain.changes import Noun
from safeplan_desktop.domain.disclosures import RecordPart
from safeplan_desktop.domain.incidents import (
    Addendum,
    Consultation,
    FollowUpState,
    IncidentCategory,
    RecordLink,
    SignedIncident,
)
from safeplan_desktop.domain.plans import PlanVersion
from safeplan_desktop.domain.screenings import SignedScreening
from safeplan_desktop.domain.signed_records import SignedRecord
from safeplan_desktop.domain.vocabulary import label_of

Signed = SignedScreening | PlanVersion | SignedIncident | SignedRecord

VIOLENCE_INSTRUMENTS = frozenset({"hark"})
CONSULTATION_CHECKLIST = "consultation"
_VIOLENCE = "violence"


@dataclass(frozen=True, slots=True)
class SignedItem:
    """A signed record as it is shown in full.

    Attributes:
        addenda: What was added since, in order.
        follow_ups, revised: Of an incident, what was done since, and the plan that was finished afterwards.
        withheld: What this copy leaves out of it, in words.
    """

    noun: Noun
    record: Signed
    addenda: tuple[Addendum, ...] = ()
    follow_ups: tuple[FollowUpState, ...] = ()
    revised: RecordLink | None = None
    withheld: tuple[str, ...] = ()

    @property
    def title(self) -> str:
        """What it is, with its number; never a name."""
        record = self.record
        if isinstance(record, SignedScreening):
            return f"{'Screening' if record.form.quick is None else 'Quick check'} {record.number}"
        if isinstance(record, PlanVersion):
            return f"Safety plan, version {record.number}"
        if isinstance(record, SignedIncident):
            return f"Incident {record.number}"
        return f"{label_of(record.noun)} {record.number}"

    @property
    def day(self) -> dt.date:
        """The day on which it was signed, or that it is about."""
        record = self.record
        if isinstance(record, PlanVersion):
            return record.finished.local_date
        return record.day if isinstance(record, SignedRecord) else record.signed.local_date


def without_withheld(item: SignedItem, parts: Collection[RecordPart]) -> SignedItem | None:
    """The item as a copy may hold it; None where the whole of it is withheld.

    Args:
        item: As it was signed.
        parts: What of the parts that are left out by default the copy may hold.
    """
    record = item.record
    if isinstance(record, SignedIncident):
        return _incident(item, record, parts)
    if isinstance(record, SignedScreening) and RecordPart.VIOLENCE not in parts:
        return _screening(item, record)
    wanted = {
        Noun.CONSULTATION: RecordPart.CONSULTATIONS,
        Noun.PRIVATE_NOTE: RecordPart.PSYCHOTHERAPY_NOTES,
    }.get(item.noun)
    return item if wanted is None or wanted in parts else None


def _incident(item: SignedItem, incident: SignedIncident, parts: Collection[RecordPart]) -> SignedItem | None:
    if RecordPart.INCIDENTS not in parts:
        return None
    form = incident.form
    if form.category is IncidentCategory.PARTNER_VIOLENCE and RecordPart.VIOLENCE not in parts:
        return None
    kept = tuple(one for one in form.checklists if one.checklist != CONSULTATION_CHECKLIST)
    if RecordPart.CONSULTATIONS in parts or (form.consultation == Consultation() and kept == form.checklists):
        return item
    shown = replace(incident, form=replace(form, consultation=Consultation(), checklists=kept))
    return replace(item, record=shown, withheld=("The note of a consultation",))


def _screening(item: SignedItem, screening: SignedScreening) -> SignedItem:
    def is_about_it(words: str) -> bool:
        return _VIOLENCE in words.casefold()

    facts = tuple(
        fact for fact in screening.facts if fact.instrument not in VIOLENCE_INSTRUMENTS and not is_about_it(fact.title)
    )
    factors = tuple(one for one in screening.form.factors if not is_about_it(one.label))
    if facts == screening.facts and factors == screening.form.factors:
        return item
    shown = replace(screening, facts=facts, form=replace(screening.form, factors=factors))
    return replace(item, record=shown, withheld=("Answers about violence",))
