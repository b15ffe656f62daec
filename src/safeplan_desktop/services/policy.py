"""The safety policy: write it, adopt it as a version, know whether it still says what the practice does, who read it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace

from safeplan_desktop.domain.canonical import from_json, to_json
from safeplan_desktop.domain.changes import Noun
from safeplan_desktop.domain.drafts import Draft, DraftKind
from safeplan_desktop.domain.moments import today
from safeplan_desktop.domain.policy import (
    FORM_VERSION,
    AdoptedPolicy,
    CoveredPerson,
    LogLine,
    PolicyForm,
    merged_with_ours,
    undecided_words,
)
from safeplan_desktop.domain.policy_comparison import PolicyComparison, compare_policies, suggested_change
from safeplan_desktop.domain.policy_facts import Fact, FactChange, fact_changes
from safeplan_desktop.domain.policy_layout import laid_out
from safeplan_desktop.domain.reviews import ReviewSubject
from safeplan_desktop.domain.searched_words import of_policy
from safeplan_desktop.domain.signed_records import SignedRecord, SignedSummary, check_signature
from safeplan_desktop.errors import InvalidInputError, NotFoundError
from safeplan_desktop.services import reference
from safeplan_desktop.services.desk import Desk
from safeplan_desktop.services.drafts import Drafts
from safeplan_desktop.services.policy_facts import facts_now
from safeplan_desktop.services.practice import Practice
from safeplan_desktop.services.register import Register
from safeplan_desktop.services.review_schedule import interval_of
from safeplan_desktop.services.signed_records import SignedRecords
from safeplan_desktop.storage import signed_records as stored

TITLE = "Safety policy"


@dataclass(frozen=True, slots=True)
class Covered:
    """A person in the list.

    Attributes:
        id: Of the register's entry.
    """

    id: str
    person: CoveredPerson


@dataclass(frozen=True, slots=True)
class Policy:
    """The use cases of the policy."""

    desk: Desk
    drafts: Drafts
    practice: Practice
    signed_records: SignedRecords
    register: Register

    # -- writing --------------------------------------------------------------------------------------------------

    def facts(self) -> tuple[Fact, ...]:
        """What is filled in, as the practice stands now."""
        return facts_now(self.practice)

    def unfinished(self) -> tuple[Draft, PolicyForm] | None:
        """The draft that is being written; None where there is none."""
        draft = self.drafts.newest_of_client(DraftKind.POLICY, "")
        return None if draft is None else (draft, from_json(draft.form_json, PolicyForm))

    def begin(self) -> tuple[Draft, PolicyForm]:
        """The unfinished draft; else a new one from the version in force, or from our text where there is none."""
        found = self.unfinished()
        if found is not None:
            return found
        form = self.proposed()
        return self.drafts.begin(DraftKind.POLICY, "", to_json(form), FORM_VERSION), form

    def proposed(self) -> PolicyForm:
        """What a new draft begins with: the version in force, or our text where there is none. Nothing is stored."""
        newest = self.newest()
        form = newest.form_as(AdoptedPolicy).form if newest is not None else PolicyForm()
        return merged_with_ours(form, reference.policy())

    def save(self, draft: Draft, form: PolicyForm, place: str = "") -> Draft:
        """Autosaves the draft."""
        return self.drafts.save(draft, to_json(form), place=place)

    def usual_review(self) -> dt.date:
        """The day of the next review, if the policy is adopted today."""
        return interval_of(self.practice, ReviewSubject.POLICY).after(today(self.desk.clock))

    def changes_of(self, form: PolicyForm) -> PolicyComparison | None:
        """What a draft changes in the version in force; None where there is none."""
        newest = self.newest()
        if newest is None:
            return None
        adopted = newest.form_as(AdoptedPolicy)
        return compare_policies(adopted.form, form, adopted.facts, self.facts())

    def suggested_change(self, form: PolicyForm) -> str:
        """A beginning for the line of the change log."""
        return suggested_change(self.changes_of(form))

    def adopt(
        self,
        draft: Draft,
        form: PolicyForm,
        signer: str,
        *,
        review_on: dt.date | None,
        change: str,
        leave_undecided: bool = False,
    ) -> SignedRecord:
        """Signs the policy as the next version, with everything that stands in it; the draft goes.

        Args:
            draft: Where it was written.
            form: The policy.
            signer: The signature as typed.
            review_on: The day of the next review.
            change: What changed and why.
            leave_undecided: The therapist's word that the undecided clauses stay out.

        Raises:
            InvalidInputError: naming "undecided", "clauses", "review_on", "change" or "signer".
        """
        day = today(self.desk.clock)
        undecided = len(form.undecided)
        if undecided and not leave_undecided:
            raise InvalidInputError(
                "undecided",
                f"{undecided_words(undecided)}, so nobody knows whether you do what it says.",
                next_step="Decide them one by one, or say here that they stay out of this version.",
            )
        facts = self.facts()
        if not any(section.clauses for part in laid_out(form, facts) for section in part.sections):
            raise InvalidInputError("clauses", "No clause says yet what you do.", next_step="Decide them one by one.")
        if review_on is None or review_on <= day:
            raise InvalidInputError("review_on", "Please choose a day after today for the next review.")
        if not change.strip():
            raise InvalidInputError("change", "Please write what changed and why, for the change log.")
        check_signature(signer)
        people = tuple(replace(one.person, readings=()) for one in self.people())
        adopted = AdoptedPolicy(
            sections=form.sections,
            facts=facts,
            review_on=review_on,
            change=change.strip(),
            list_not_here=form.list_not_here,
            people=people,
            undecided=undecided,
        )
        with self.desk.entry() as entry:
            number = stored.next_number(self.desk.database, Noun.POLICY, "")
            return self.signed_records.sign_within(
                entry,
                Noun.POLICY,
                adopted,
                day=day,
                title=f"{TITLE}, version {number}",
                signer=signer,
                words=of_policy(adopted),
                draft=draft,
            )

    def discard(self, draft: Draft) -> None:
        """Throws the draft away, on the therapist's word."""
        self.drafts.discard(DraftKind.POLICY, draft.record_id)

    # -- versions -------------------------------------------------------------------------------------------------

    def newest(self) -> SignedRecord | None:
        """The version in force; None before the first."""
        return self.signed_records.newest(Noun.POLICY)

    def versions(self) -> tuple[SignedSummary, ...]:
        """All versions, the newest first; also those that were entered in error, which say so."""
        return self.signed_records.of_kind(Noun.POLICY, "")

    def by_number(self, number: int) -> SignedRecord:
        """The version of a number.

        Raises:
            NotFoundError: when there is none.
        """
        known = {summary.number: summary.id for summary in self.versions()}
        if number not in known:
            listed = ", ".join(str(one) for one in sorted(known)) or "none yet"
            raise NotFoundError(
                f"There is no version {number} of the safety policy.", next_step=f"There are: {listed}."
            )
        return self.signed_records.get(known[number])

    def compare(self, older: SignedRecord, newer: SignedRecord) -> PolicyComparison:
        """What differs between two versions."""
        was, now = older.form_as(AdoptedPolicy), newer.form_as(AdoptedPolicy)
        return compare_policies(was.form, now.form, was.facts, now.facts)

    def log(self, until: int | None = None) -> tuple[LogLine, ...]:
        """The change log, the first version first; up to a version where one is named."""
        lines = []
        for summary in reversed(self.versions()):
            if not summary.voided and (until is None or summary.number <= until):
                record = self.signed_records.get(summary.id)
                change = record.form_as(AdoptedPolicy).change
                lines.append(LogLine(record.number, record.day, change, record.signer))
        return tuple(lines)

    def outdated(self) -> tuple[FactChange, ...]:
        """What changed in the practice since the version in force was adopted; nothing where it still holds."""
        newest = self.newest()
        return () if newest is None else fact_changes(newest.form_as(AdoptedPolicy).facts, self.facts())

    # -- people ---------------------------------------------------------------------------------------------------

    def people(self) -> tuple[Covered, ...]:
        """Whom the policy covers, by name."""
        entries = self.register.of_kind(Noun.POLICY_READING, "")
        people = [Covered(one.id, one.form_as(CoveredPerson)) for one in entries]
        return tuple(sorted(people, key=lambda one: (one.person.name.casefold(), one.id)))

    def add_person(self, name: str, role: str) -> Covered:
        """Adds somebody to the list.

        Raises:
            InvalidInputError: naming "name".
        """
        person = _checked(CoveredPerson(name, role))
        made = self.register.add(Noun.POLICY_READING, person, day=today(self.desk.clock))
        return Covered(made.id, person)

    def change_person(self, person_id: str, name: str, role: str) -> None:
        """Puts name and role right; the readings stay.

        Raises:
            InvalidInputError: naming "name".
        """
        present = self.register.get(person_id).form_as(CoveredPerson)
        self.register.change(person_id, _checked(replace(present, name=name, role=role)))

    def remove_person(self, person_id: str) -> None:
        """Takes somebody out of the list; adopted versions keep the name."""
        self.register.remove(person_id)

    def note_reading(self, person_id: str, version: int, on: dt.date | None) -> None:
        """Notes on which day somebody read and signed a version; None takes it back.

        Raises:
            InvalidInputError: naming "on", for a day that hasn't come or lies before the adoption.
            NotFoundError: when there is no such version.
        """
        adopted = self.by_number(version).day
        if on is not None and not adopted <= on <= today(self.desk.clock):
            raise InvalidInputError("on", f"Please choose a day from {adopted:%d %b %Y} to today.")
        person = self.register.get(person_id).form_as(CoveredPerson)
        self.register.change(person_id, person.with_reading(version, on))

    def not_read(self) -> tuple[Covered, ...]:
        """Who hasn't read the version in force; nobody before the first."""
        newest = self.newest()
        if newest is None:
            return ()
        return tuple(one for one in self.people() if one.person.read_on(newest.number) is None)


def _checked(person: CoveredPerson) -> CoveredPerson:
    if not person.name.strip():
        raise InvalidInputError("name", "Please type the name.")
    return replace(person, name=person.name.strip(), role=person.role.strip())
