"""The safety policy between screen and services."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from typing import Protocol

from safeplan_desktop.domain.changes import Noun
from safeplan_desktop.domain.drafts import Draft
from safeplan_desktop.domain.incidents import AddendumKind
from safeplan_desktop.domain.moments import today
from safeplan_desktop.domain.policy import AdoptedPolicy
from safeplan_desktop.domain.policy_comparison import PolicyComparison
from safeplan_desktop.domain.policy_editing import PolicyEditing
from safeplan_desktop.domain.policy_layout import not_said_yet
from safeplan_desktop.domain.reviews import ReviewState, ReviewSubject
from safeplan_desktop.domain.signed_records import SignedSummary
from safeplan_desktop.errors import SafePlanError
from safeplan_desktop.services import reference
from safeplan_desktop.services.policy import Covered
from safeplan_desktop.services.session import Session
from safeplan_desktop.ui.adding import AddendumKeeping, keeping_of
from safeplan_desktop.ui.ports import Shell

_PLACE = "section:"


@dataclass(frozen=True, slots=True)
class PolicyState:
    """What the overview shows.

    Attributes:
        in_force: The version that holds; None before the first.
        adopted: What was adopted with it.
        outdated: What changed in the practice since, in words.
        waiting: Whether a draft waits.
        today: The present day.
        review: When the policy is to be looked at again, and why at once.
        open_points: How much feedback waits for a decision.
    """

    in_force: SignedSummary | None
    adopted: AdoptedPolicy | None
    outdated: tuple[str, ...]
    waiting: bool
    versions: tuple[SignedSummary, ...]
    people: tuple[Covered, ...]
    today: dt.date
    review: ReviewState
    open_points: int = 0

    @property
    def number(self) -> int:
        """Of the version in force; 0 before the first."""
        return self.in_force.number if self.in_force is not None else 0


@dataclass(frozen=True, slots=True)
class Adoption:
    """What the dialog of an adoption begins with."""

    review_on: dt.date
    change: str
    signer: str
    undecided: int
    missing: tuple[str, ...]


class PolicyView(Protocol):
    """What the presenter asks of the screen."""

    def show_overview(self, state: PolicyState) -> None: ...

    def show_editor(self, editing: PolicyEditing, section_id: str) -> None: ...

    def show_problem(self, problem: SafePlanError) -> None: ...

    def flush(self) -> None: ...

    def forget(self) -> None: ...


@dataclass
class PolicyPresenter:
    """Overview, editor, adoption, people."""

    session: Session
    shell: Shell
    editing: PolicyEditing | None = None
    section_id: str = ""

    def attach(self, view: PolicyView) -> None:
        """Takes the screen that it speaks to."""
        self._view = view
        self._draft: Draft | None = None

    def show(self) -> None:
        """Shows what was left: the editor while somebody writes, else the overview."""
        if self.editing is None:
            self.show_overview()

    def show_overview(self) -> None:
        """Shows version in force, versions and people."""
        self._view.flush()
        self.editing = None
        self._view.show_overview(self.state())

    def set_aside(self) -> None:
        """Saves and closes the draft, before it is opened elsewhere."""
        if self.editing is not None:
            self.show_overview()

    def reload(self) -> None:
        """Shows the overview anew, where it is shown."""
        if self.editing is None:
            self._view.show_overview(self.state())

    def state(self) -> PolicyState:
        """What the overview shows."""
        policy = self.session.policy
        newest = policy.newest()
        versions = policy.versions()
        return PolicyState(
            in_force=next((one for one in versions if newest is not None and one.id == newest.id), None),
            adopted=newest.form_as(AdoptedPolicy) if newest is not None else None,
            outdated=tuple(change.sentence for change in policy.outdated()),
            waiting=policy.unfinished() is not None,
            versions=versions,
            people=policy.people(),
            today=today(self.session.desk.clock),
            review=self.session.reviews.state(ReviewSubject.POLICY),
            open_points=len(self.session.feedback.open_points()),
        )

    def open_feedback(self) -> None:
        """Leads to the feedback that waits for the review."""
        self.shell.open_practice("reviews")

    # -- writing --------------------------------------------------------------------------------------------------

    def begin(self) -> None:
        """Opens the draft, at the section where it was left."""
        self._draft, form = self.session.policy.begin()
        self.editing = PolicyEditing(form, reference.policy())
        place = self._draft.place.removeprefix(_PLACE)
        first = next(iter(form.in_order())).id
        self.section_id = place if any(one.id == place for one in form.sections) else first
        self._view.show_editor(self.editing, self.section_id)

    def open_waiting(self, record_id: str) -> None:
        """Goes on with the draft, if it is that and nobody writes in it already."""
        waiting = self.session.policy.unfinished()
        if self.editing is None and waiting is not None and waiting[0].record_id == record_id:
            self.begin()

    def autosave(self) -> None:
        """Saves the draft as it stands."""
        if self._draft is not None and self.editing is not None:
            place = f"{_PLACE}{self.section_id}"
            self._draft = self.session.policy.save(self._draft, self.editing.form, place)

    def discard(self) -> None:
        """Throws the draft away."""
        if self._draft is None:
            return
        self._view.forget()
        self.session.policy.discard(self._draft)
        self._close()
        self.shell.say("The draft is gone. Adopted versions stay as they are.")

    def preview_draft(self) -> None:
        """Shows the draft as it would be printed."""
        if self._draft is not None and self.editing is not None:
            self._view.flush()
            self.shell.preview(self.session.policy_documents.draft(self._draft.record_id, self.editing.form))

    def adoption(self) -> Adoption | None:
        """What is asked before the policy is adopted; None where nothing is being written."""
        if self.editing is None:
            return None
        policy, form = self.session.policy, self.editing.form
        return Adoption(
            review_on=policy.usual_review(),
            change=policy.suggested_change(form),
            signer=self.session.practice.profile().therapist_name,
            undecided=len(form.undecided),
            missing=not_said_yet(form, policy.facts()),
        )

    def adopt(self, signer: str, review_on: dt.date | None, change: str, *, leave_undecided: bool) -> None:
        """Signs the next version.

        Raises:
            InvalidInputError: naming the field.
        """
        if self._draft is None or self.editing is None:
            return
        self._view.flush()
        record = self.session.policy.adopt(
            self._draft,
            self.editing.form,
            signer,
            review_on=review_on,
            change=change,
            leave_undecided=leave_undecided,
        )
        self._view.forget()
        self._close()
        self.shell.say(f"Version {record.number} is adopted and in force.")

    def _close(self) -> None:
        self._draft, self.editing = None, None
        self._view.show_overview(self.state())

    # -- versions -------------------------------------------------------------------------------------------------

    def preview(self, record_id: str) -> None:
        """Shows a version for printing and saving."""
        record = self.session.signed_records.get(record_id)
        self.shell.preview(self.session.policy_documents.version(record))

    def compare(self, older_id: str, newer_id: str) -> PolicyComparison:
        """What differs between two versions."""
        records = self.session.signed_records
        return self.session.policy.compare(records.get(older_id), records.get(newer_id))

    def print_comparison(self, older_id: str, newer_id: str) -> None:
        """Shows the comparison for printing and saving."""
        records = self.session.signed_records
        documents = self.session.policy_documents
        self.shell.preview(documents.comparison(records.get(older_id), records.get(newer_id)))

    def keeping(self, record_id: str) -> AddendumKeeping:
        """What is being added to a version, kept until it is signed."""
        return keeping_of(self.session, Noun.POLICY, record_id, "")

    def add_addendum(self, record_id: str, kind: AddendumKind, reason: str, text: str, signer: str) -> None:
        """Signs an addition to a version.

        Raises:
            SafePlanError: naming the field that is empty.
        """
        self.session.addenda.add(Noun.POLICY, record_id, "", kind=kind, reason=reason, text=text, signer=signer)
        self.reload()

    def void(self, record_id: str, reason: str, signer: str) -> None:
        """Marks a version as entered in error.

        Raises:
            SafePlanError: when it can't be marked.
        """
        self.session.addenda.void(Noun.POLICY, record_id, "", reason=reason, signer=signer)
        self.reload()

    def signer(self) -> str:
        """A beginning for a signature."""
        return self.session.practice.profile().therapist_name

    # -- people ---------------------------------------------------------------------------------------------------

    def save_person(self, person_id: str, name: str, role: str) -> None:
        """Adds somebody, or puts name and role right.

        Raises:
            InvalidInputError: naming "name".
        """
        if person_id:
            self.session.policy.change_person(person_id, name, role)
        else:
            self.session.policy.add_person(name, role)
        self.reload()

    def note_reading(self, person_id: str, version: int, on: dt.date | None) -> None:
        """Notes that somebody read and signed a version.

        Raises:
            InvalidInputError: naming "on".
        """
        self.session.policy.note_reading(person_id, version, on)
        self.reload()

    def remove_person(self, covered: Covered) -> None:
        """Takes somebody out of the list, with a way back."""
        policy = self.session.policy
        policy.remove_person(covered.id)
        self.reload()

        def back() -> None:
            made = policy.add_person(covered.person.name, covered.person.role)
            for reading in covered.person.readings:
                policy.note_reading(made.id, reading.version, reading.on)
            self.reload()

        self.shell.say("Taken out of the list. Adopted versions keep the name.", back)

    def go_to(self, section_id: str) -> None:
        """Remembers the section that is shown."""
        self.section_id = section_id
        if self._draft is not None:
            self._draft = replace(self._draft, place=f"{_PLACE}{section_id}")
