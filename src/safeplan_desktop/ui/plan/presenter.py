"""The safety plan between screen and services: begin, autosave, go through it together, finish, print, copies."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any, Protocol

from safeplan_desktop.domain.changes import Noun
from safeplan_desktop.domain.drafts import Draft
from safeplan_desktop.domain.moments import today
from safeplan_desktop.domain.phone_numbers import check_phone
from safeplan_desktop.domain.plan_comparison import PlanDifference, compare_plans
from safeplan_desktop.domain.plan_copies import CopyEnd, PlanCopy
from safeplan_desktop.domain.plan_editing import PlanEditing
from safeplan_desktop.domain.plans import (
    Cue,
    HolderKind,
    PlanForm,
    PlanFormat,
    PlanItem,
    PlanSection,
    PlanSummary,
    PlanVersion,
    Recipient,
    SectionKey,
    check_recipient,
    cues,
)
from safeplan_desktop.domain.practice import SERVICES
from safeplan_desktop.errors import InvalidInputError, SafePlanError
from safeplan_desktop.services import reference
from safeplan_desktop.services.session import Session
from safeplan_desktop.ui.plan.reading_parts import Reading, reading_of
from safeplan_desktop.ui.plan.states import (
    FINISH,
    CloseState,
    ContactOffer,
    CopiesState,
    EditorTools,
    Swap,
    usual_recipients,
)
from safeplan_desktop.ui.ports import Shell

_CLOSE = "close:"
_ORDER = {kind: place for place, kind in enumerate(HolderKind)}


class PlanView(Protocol):
    """What the presenter asks of the screen."""

    def show_nobody(self) -> None: ...

    def show_overview(
        self, heading: str, versions: tuple[PlanSummary, ...], reason: str, copies: CopiesState
    ) -> None: ...

    def show_editor(self, heading: str, editing: PlanEditing, tools: EditorTools, where: str, place: str) -> None: ...

    def show_close(self, heading: str, state: CloseState, step: int) -> None: ...

    def refresh_close(self, state: CloseState) -> None: ...

    def place(self) -> str: ...

    def show_cues(self, found: tuple[Cue, ...]) -> None: ...

    def show_problem(self, problem: SafePlanError) -> None: ...

    def show_recipient_problem(self, recipient: Recipient, problem: InvalidInputError) -> None: ...


@dataclass
class PlanPresenter:
    """One client's plan at a time."""

    session: Session
    shell: Shell
    client_id: str = field(default="", init=False)
    draft: Draft | None = field(default=None, init=False)
    editing: PlanEditing | None = field(default=None, init=False)
    version: PlanVersion | None = field(default=None, init=False)
    closing: bool = field(default=False, init=False)

    def attach(self, view: PlanView) -> None:
        """Takes the screen that it speaks to."""
        self._view = view

    def _heading(self) -> str:
        client = self.session.clients.get(self.client_id)
        return f"Safety plan for {client.label(show_names=self.session.practice.settings().show_names)}"

    # -- pages ----------------------------------------------------------------------------------------------------

    def show_client(self, client_id: str) -> None:
        """Shows a client's unfinished plan, else their versions."""
        self.client_id, self.draft, self.editing, self.version = client_id, None, None, None
        self.closing = False
        if not client_id:
            self._view.show_nobody()
            return
        if self.session.plans.draft_of(client_id) is not None:
            self.begin()
            return
        self.show_overview()

    def show_overview(self) -> None:
        """Shows the finished versions."""
        self.closing, self.version = False, None
        newest = self.session.plans.newest(self.client_id)
        self._view.show_overview(
            self._heading(),
            self.session.plans.of_client(self.client_id),
            newest.form.reason if newest is not None else "",
            self.copies_state(),
        )

    def reload(self) -> None:
        """Shows the lists anew after a change elsewhere; what is being typed stays untouched."""
        if not self.client_id:
            return
        if self.version is not None and not self._counts(self.version):
            self.show_overview()
        elif self.closing and self.version is not None:
            self._view.refresh_close(self._close_state())
        elif self.draft is None:
            self.show_overview()

    def begin(self, *, from_blank: bool = False) -> None:
        """Opens the unfinished plan where it was left, or a new one from the last version or from blank."""
        self.draft, form = self.session.plans.begin(self.client_id, from_blank=from_blank)
        self.editing = PlanEditing(form)
        place = self.draft.place
        if place.startswith(_CLOSE) and place.removeprefix(_CLOSE).isdecimal():
            self.open_close(int(place.removeprefix(_CLOSE)))
        else:
            self.show_editor()

    def show_editor(self) -> None:
        """Shows the editor."""
        if self.editing is None or self.draft is None:
            return
        self.closing = False
        place = "" if self.draft.place.startswith(_CLOSE) else self.draft.place
        self._view.show_editor(self._heading(), self.editing, self._tools(), self._where(), place)

    def _where(self) -> str:
        client = self.session.clients.get(self.client_id)
        code = client.form.country or self.session.practice.profile().country
        country = reference.country(code)
        name = country.name if country is not None else code
        return f"Of where the client lives: {name}. Tick a number once you have confirmed it; only ticked ones are printed."

    def open_close(self, step: int = 0) -> None:
        """Begins to go through the plan together, or goes on."""
        if self.editing is None:
            return
        self.closing = True
        if not self.editing.form.recipients:
            self.editing.set_form(recipients=usual_recipients())
        self._view.show_close(self._heading(), self._close_state(), step)

    def leave_close(self) -> None:
        """Back to the editor, or to the versions once the plan is finished."""
        if self.version is not None:
            self.show_overview()
        else:
            self.show_editor()

    # -- the editor -----------------------------------------------------------------------------------------------

    def _tools(self) -> EditorTools:
        newest = self.session.plans.newest(self.client_id)
        country = self.session.practice.profile().country

        def earlier(key: SectionKey) -> tuple[int, PlanSection] | None:
            return None if newest is None else (newest.number, newest.form.section(key))

        def checked(typed: str) -> tuple[str, bool]:
            found = check_phone(typed, country)
            return found.written, found.doubtful

        return EditorTools(self._offers, earlier, checked, self.today)

    def today(self) -> dt.date:
        """The present day."""
        return today(self.session.desk.clock)

    def _offers(self, key: SectionKey) -> tuple[ContactOffer, ...]:
        if key is not SectionKey.PROFESSIONALS:
            return self.people()
        own = []
        profile = self.session.practice.profile()
        if profile.therapist_name:
            language = self.editing.form.language if self.editing is not None else ""
            relation = reference.plan_wording(language or "en").my_therapist
            item = PlanItem("", profile.therapist_name, relation, profile.phone)
            own.append(ContactOffer(f"{profile.therapist_name}, therapist", item))
        for contact in self.session.practice.contacts():
            if contact.type in SERVICES:
                item = PlanItem("", contact.name, phone=contact.number, when_to_call=contact.hours)
                own.append(ContactOffer(f"{contact.name}, {contact.number}", item))
        return (*own, *self.people())

    def people(self) -> tuple[ContactOffer, ...]:
        """The client's own contacts; those who must never be contacted can be seen, not picked."""
        found = []
        for contact in self.session.clients.get(self.client_id).form.contacts:
            safety = contact.safety
            item = PlanItem(
                "",
                contact.name,
                contact.relation,
                contact.phone,
                call=safety.call,
                leave_message=safety.leave_message,
                write=safety.write,
            )
            words = ", ".join(part for part in (contact.name, contact.relation, contact.phone) if part)
            found.append(ContactOffer(words, item, never=safety.never_contact))
        return tuple(found)

    def edit(self, **changes: Any) -> None:  # noqa: ANN401 - fields of the form
        """Takes a change of the guided close into the plan."""
        if self.editing is not None:
            self.editing.set_form(merge="close." + ".".join(changes), **changes)

    def look_at_cues(self) -> None:
        """Shows the cues that fit the plan."""
        if self.editing is not None and not self.closing:
            self._view.show_cues(cues(self.editing.form))

    def autosave(self) -> None:
        """Saves the plan as it stands."""
        if self.draft is not None and self.editing is not None:
            self.editing.pause()
            place = self._view.place()
            self.draft = self.session.plans.autosave(self.draft, self.editing.form, place)

    def turned_to(self, step: int) -> None:
        """Remembers the step of the guided close, so that it is resumed there."""
        if self.draft is not None and self.editing is not None and self.draft.place != f"{_CLOSE}{step}":
            self.draft = self.session.plans.autosave(self.draft, self.editing.form, f"{_CLOSE}{step}")

    def discard(self) -> None:
        """Throws the unfinished plan away."""
        if self.draft is not None:
            self.session.plans.discard(self.draft.record_id)
            self.show_client(self.client_id)

    # -- finishing ------------------------------------------------------------------------------------------------

    def _close_state(self) -> CloseState:
        settings = self.session.practice.settings()
        form = self.version.form if self.version is not None else self._form()
        versions = self.session.plans.of_client(self.client_id)
        last = versions[0].number if versions else 0
        return CloseState(
            form=form,
            reading=self._reading(),
            version=self.version,
            number=self.version.number if self.version is not None else last + 1,
            signer=self.session.practice.profile().therapist_name,
            language_note=reference.language_note(form.language),
            qr=settings.qr_on_plans,
            practice_on_card=settings.practice_on_card,
            copies=self.copies_state(),
        )

    def _form(self) -> PlanForm:
        if self.editing is None:
            raise RuntimeError("no plan is open")
        return self.editing.form

    def finish(self, signer: str) -> bool:
        """Makes the plan a version; the guided close goes on with printing."""
        if self.draft is None or self.editing is None:
            return False
        if not self.recipients_are_ready():
            return False
        try:
            version = self.session.plans.finish(self.draft, self.editing.form, signer)
        except SafePlanError as problem:
            self._view.show_problem(problem)
            return False
        self.draft, self.editing, self.version = None, None, version
        self.shell.say(f"Version {version.number} is finished.")
        self._view.show_close(self._heading(), self._close_state(), FINISH)
        return True

    def recipients_are_ready(self) -> bool:
        """Whether everybody who gets a copy has a name and a dated release; who hasn't is shown where it can be added."""
        for recipient in self.editing.form.recipients if self.editing is not None else ():
            try:
                check_recipient(recipient, today=self.today())
            except InvalidInputError as problem:
                self._view.show_recipient_problem(recipient, problem)
                return False
        return True

    def numbers_unconfirmed(self) -> bool:
        """Whether crisis numbers are at hand and none of them was confirmed."""
        numbers = self.editing.form.crisis_numbers if self.editing is not None else ()
        return bool(numbers) and not any(number.confirmed for number in numbers)

    def set_print_settings(self, qr: bool, practice_on_card: bool) -> None:  # noqa: FBT001 - two ticks of one card
        """Remembers how plans are printed."""
        settings = self.session.practice.settings()
        self.session.practice.save_settings(replace(settings, qr_on_plans=qr, practice_on_card=practice_on_card))

    # -- reading, printing ----------------------------------------------------------------------------------------

    def _reading(self) -> Reading:
        if self.version is not None:
            return _reading_of_version(self.version)
        form = self._form()
        emergency = self.session.plans.practice_now(form).emergency_number
        return reading_of(form, reference.plan_wording(form.language), emergency)

    def reading_for_session(self) -> Reading | None:
        """The current client's plan for the session view: as it stands, else the newest version; None without one."""
        if not self.client_id:
            return None
        if self.editing is not None or (self.version is not None and self._counts(self.version)):
            return self._reading()
        newest = self.session.plans.newest(self.client_id)
        if newest is None:
            return None
        self.session.plans.viewed(newest.id)
        return _reading_of_version(newest)

    def print_now(self) -> None:
        """Shows a working copy."""
        if self.draft is not None and self.editing is not None:
            self.shell.preview(self.session.exports.working_plan(self.draft.record_id, self.editing.form))

    def preview(self, version_id: str, plan_format: PlanFormat = PlanFormat.FULL) -> None:
        """Shows a finished version for printing and saving."""
        self.preview_several(version_id, (plan_format,))

    def preview_several(self, version_id: str, formats: tuple[PlanFormat, ...]) -> None:
        """Shows a finished version in several formats, to print or save in one go."""
        self.session.plans.viewed(version_id)
        exports = self.session.exports
        self.shell.preview_all([exports.plan(version_id, exports.usual_print(one)) for one in formats])

    def print_blank(self) -> None:
        """Shows the form for handwriting."""
        self.shell.preview(self.session.exports.blank_plan(self.client_id))

    def print_these(self, recipients: tuple[Recipient, ...]) -> None:
        """Shows the copies of these people, each as it was agreed."""
        newest = self.session.plans.newest(self.client_id)
        ready = [recipient for recipient in recipients if self.is_released(recipient)]
        if newest is None:
            return
        if ready:
            self.session.plans.viewed(newest.id)
            self.shell.preview_all([self.session.exports.copy(newest.id, recipient) for recipient in ready])
        if len(ready) < len(recipients):
            names = ", ".join(recipient.name.strip() for recipient in recipients if recipient not in ready)
            self.shell.say(f"Left out, as the client's dated release is missing: {names}.")

    def is_released(self, recipient: Recipient) -> bool:
        """Whether a copy may be printed for somebody: the client, the own file, or a name with the dated release."""
        try:
            check_recipient(recipient, today=self.today())
        except InvalidInputError:
            return False
        return True

    # -- versions -------------------------------------------------------------------------------------------------

    def compare(self, older_id: str, newer_id: str) -> PlanDifference:
        """What differs between two versions."""
        plans = self.session.plans
        return compare_plans(plans.get(older_id).form, plans.get(newer_id).form)

    def print_comparison(self, older_id: str, newer_id: str) -> None:
        """Shows two versions compared, as a document."""
        self.shell.preview(self.session.exports.plan_comparison(older_id, newer_id))

    def suggested_review(self) -> dt.date:
        """The day that is offered for the next review."""
        return self.session.plans.usual_review()

    def reviewed(self, next_review_on: dt.date) -> None:
        """Notes that the newest version was looked at together and nothing changed."""
        newest = self.session.plans.newest(self.client_id)
        if newest is not None:
            self.session.plans.reviewed(newest.id, next_review_on)

    def _counts(self, version: PlanVersion) -> bool:
        return any(one.id == version.id for one in self.session.plans.counting(self.client_id))

    def signer(self) -> str:
        """A beginning for signatures."""
        return self.session.practice.profile().therapist_name

    def void(self, version_id: str, reason: str, signer: str) -> None:
        """Marks a version as entered in error.

        Raises:
            InvalidInputError: naming the field.
        """
        self.session.addenda.void(Noun.PLAN, version_id, self.client_id, reason=reason, signer=signer)
        self.shell.say("Marked as entered in error. It stays readable.")

    # -- copies ---------------------------------------------------------------------------------------------------

    def copies_state(self) -> CopiesState:
        """Who has a copy, and who is to get one."""
        newest = self.session.plans.newest(self.client_id)
        copies = self.session.plan_copies.of_client(self.client_id)
        in_error = self.session.plan_copies.to_take_back(self.client_id)
        ended = tuple(copy for copy in copies if not copy.is_out)
        if newest is None:
            return CopiesState(0, ended=ended, in_error=in_error)
        current = [copy for copy in copies if copy.version_id == newest.id]
        # What was swapped for a version that turned out to be an error is to be given once more.
        had = {copy.recipient.copy_key for copy in current if copy.end is not CopyEnd.REPLACED}
        wanted = [r for r in newest.form.recipients if r.copy_key not in had]
        agreed = {r.copy_key: r for r in wanted if self.is_released(r)}
        older = sorted(
            self.session.plan_copies.to_swap(self.client_id),
            key=lambda copy: (_ORDER[copy.recipient.kind], copy.recipient.name.casefold(), copy.recipient.format.value),
        )
        # Only who was agreed on for this version gets it; a release for an earlier one doesn't cover its words.
        swaps = [Swap(copy, agreed.pop(copy.recipient.copy_key)) for copy in older if copy.recipient.copy_key in agreed]
        waiting = {copy.id for copy in older} - {swap.copy.id for swap in swaps}
        return CopiesState(
            newest.number,
            tuple(agreed.values()),
            tuple(swaps),
            tuple(sorted((copy for copy in current if copy.is_out), key=lambda copy: _ORDER[copy.recipient.kind])),
            ended,
            tuple(r for r in wanted if not self.is_released(r)),
            tuple(copy for copy in older if copy.id in waiting),
            in_error,
        )

    def give(self, recipients: tuple[Recipient, ...]) -> None:
        """Notes that people got their copies of the newest version: all of them, or none."""
        newest = self.session.plans.newest(self.client_id)
        if newest is None:
            return
        kept_at = newest.form.keeping.place
        given = [replace(one, kept_at=kept_at) if one.kind is HolderKind.CLIENT else one for one in recipients]
        self._noting(lambda: self.session.plan_copies.give_all(newest.id, given))

    def give_to_somebody(self, recipient: Recipient) -> None:
        """Notes and shows a copy for somebody who was thought of, or agreed to, only after the plan was finished.

        Raises:
            InvalidInputError: naming the field, when the name or the client's dated release is missing.
        """
        check_recipient(recipient, today=self.today())
        self.give((recipient,))
        self.print_these((recipient,))

    def received(self, copy: PlanCopy) -> None:
        """Notes that the holder said that they have it."""
        self._noting(lambda: self.session.plan_copies.received(copy.id))

    def end_copy(self, copy: PlanCopy, end: CopyEnd) -> None:
        """Notes what became of a copy."""
        self._noting(lambda: self.session.plan_copies.end(copy.id, end))

    def take_copy_back(self, copy: PlanCopy) -> None:
        """A copy is out after all."""
        self._noting(lambda: self.session.plan_copies.take_back(copy.id))

    def _noting(self, note: Callable[[], object]) -> None:
        try:
            note()
        except SafePlanError as problem:
            self._view.show_problem(problem)


def _reading_of_version(version: PlanVersion) -> Reading:
    wording = reference.plan_wording(version.form.language)
    return reading_of(version.form, wording, version.practice.emergency_number)
