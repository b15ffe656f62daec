"""The screening wizard between screen and services: begin, autosave, facts, sign."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from safeplan_desktop.domain.changes import Noun
from safeplan_desktop.domain.considerations import Weighed
from safeplan_desktop.domain.drafts import Draft
from safeplan_desktop.domain.incidents import AddendumKind, IncidentForm
from safeplan_desktop.domain.instruments import Instrument
from safeplan_desktop.domain.moments import today
from safeplan_desktop.domain.practice import RiskStyle
from safeplan_desktop.domain.record_links import to_screening
from safeplan_desktop.domain.scoring import Person
from safeplan_desktop.domain.screenings import (
    QUICK_CHECK,
    InstrumentFact,
    ScreeningForm,
    ScreeningSummary,
    Step,
    as_whole_screening,
    facts_and_judgement_apart,
    missing_for_signing,
)
from safeplan_desktop.errors import NotFoundError, SafePlanError
from safeplan_desktop.services.answer_files import AnswerFile, TakenAnswers, answers_from
from safeplan_desktop.services.questionnaires import bytes_of
from safeplan_desktop.services.session import Session
from safeplan_desktop.ui.adding import AddendumKeeping, keeping_of
from safeplan_desktop.ui.ports import Control, RunJob, Shell


class ScreeningView(Protocol):
    """What the presenter asks of the screen."""

    def show_nobody(self) -> None: ...

    def show_overview(self, label: str, rows: tuple[ScreeningSummary, ...]) -> None: ...

    def show_wizard(self, label: str, form: ScreeningForm, step: Step) -> None: ...

    def form(self) -> ScreeningForm: ...

    def show_quick_check(self, label: str, form: ScreeningForm, place: str) -> None: ...

    def place(self) -> str: ...

    def show_field_problem(self, field: str, problem: SafePlanError) -> None: ...

    def show_step_problem(self, step: Step, problem: SafePlanError) -> None: ...

    def show_problem(self, problem: SafePlanError) -> None: ...

    def show_answers(self, instrument_id: str, found: TakenAnswers) -> None: ...


@dataclass
class ScreeningPresenter:
    """One client's screening at a time."""

    session: Session
    shell: Shell
    run: RunJob
    client_id: str = field(default="", init=False)
    draft: Draft | None = field(default=None, init=False)

    def attach(self, view: ScreeningView) -> None:
        """Takes the screen that it speaks to."""
        self._view = view

    def label(self) -> str:
        """How the client is called on the screen."""
        client = self.session.clients.get(self.client_id)
        return client.label(show_names=self.session.practice.settings().show_names)

    def who(self) -> str:
        """The client by name and birth date, for the signature."""
        form = self.session.clients.get(self.client_id).form
        born = f", born {form.birth_date:%d %b %Y}" if form.birth_date else ""
        return f"{form.name} ({form.code}){born}"

    def show_client(self, client_id: str) -> None:
        """Shows a client's unsigned screening where it was left, else their signed ones."""
        self.client_id, self.draft = client_id, None
        if not client_id:
            self._view.show_nobody()
        elif self.session.screenings.draft_of(client_id) is not None:
            self.begin()
        else:
            self._view.show_overview(self.label(), self.session.screenings.of_client(client_id))

    def begin(self) -> None:
        """Opens the wizard: at the step where it was left, or at the first."""
        if self._kept():
            self._open(*self.session.screenings.begin(self.client_id))

    def begin_quick(self) -> None:
        """Opens a quick check; says so where another screening comes first."""
        if not self._kept():
            return
        unsigned = self.session.screenings.draft_of(self.client_id) is not None
        try:
            draft, form = self.session.screenings.begin_quick_check(self.client_id)
        except NotFoundError as problem:
            self.shell.show_problem(problem)
            return
        self._open(draft, form)
        if unsigned:
            self.shell.say("This one was begun and isn't signed yet. Sign or discard it first.")

    def _kept(self) -> bool:
        """Saves what is still being typed, which would be read anew; says so when that fails."""
        try:
            self.autosave()
        except SafePlanError as problem:
            self._view.show_problem(problem)
            return False
        return True

    def _open(self, draft: Draft, form: ScreeningForm) -> None:
        self.draft = draft
        if form.quick is not None:
            self._view.show_quick_check(self.label(), form, draft.place)
            return
        step = next((step for step in Step if step.value == draft.place), Step.BEGIN)
        self._view.show_wizard(self.label(), form, step)

    def go_on_whole(self) -> None:
        """The quick check goes on as a whole screening, at the questions, with every word of it."""
        if self.draft is None:
            return
        form = as_whole_screening(self._view.form())
        self.draft = self.session.screenings.autosave(self.draft, form, Step.INSTRUMENTS.value)
        self._view.show_wizard(self.label(), form, Step.INSTRUMENTS)

    def today(self) -> dt.date:
        """The present day."""
        return today(self.session.desk.clock)

    def person(self) -> Person:
        """What published cut-offs may know of the client."""
        return self.session.screenings.person(self.client_id)

    def offered(self) -> dict[str, Instrument]:
        """The instruments that can be asked, by id; the quick check has a page of its own."""
        found = self.session.questionnaires.instruments()
        return {name: instrument for name, instrument in found.items() if name != QUICK_CHECK}

    def instrument(self, instrument_id: str) -> Instrument:
        """One instrument, also one that is no longer offered."""
        return self.session.questionnaires.instrument(instrument_id)

    def answers_from(self, path: Path, instrument_id: str) -> None:
        """Reads a file of answers in a job, and shows them before they are taken."""
        instrument = self.instrument(instrument_id)

        def work(_control: Control) -> TakenAnswers:
            return answers_from(bytes_of(path), instrument)

        self.run(work, lambda found: self._view.show_answers(instrument_id, found), self._view.show_problem)

    def answer_files(self, screening_id: str) -> tuple[AnswerFile, ...]:
        """The answers of a signed screening as files, one for each instrument."""
        return self.session.answer_files.of_screening(screening_id)

    def save_answers(self, file: AnswerFile, path: Path) -> None:
        """Writes the answers to a file.

        Raises:
            SafePlanError: when they can't be written there.
        """
        self.session.answer_files.save(file, path)
        self.shell.say("The answers are saved.")

    def style(self) -> RiskStyle:
        """How this practice speaks of risk."""
        return self.session.practice.settings().risk_style

    def autosave(self) -> None:
        """Saves the wizard as it stands."""
        if self.draft is not None:
            self.draft = self.session.screenings.autosave(self.draft, self._view.form(), self._view.place())

    def facts(self) -> tuple[InstrumentFact, ...]:
        """What the instruments say of the answers so far."""
        return self.session.screenings.facts(self._view.form())

    def considerations(self) -> tuple[Weighed, ...]:
        """Published considerations, first those that fit the answers so far."""
        return self.session.screenings.considerations(self._view.form())

    def apart(self) -> bool:
        """Whether facts and judgement seem apart, so that a line for a sentence is offered."""
        return facts_and_judgement_apart(self.facts(), self._view.form().formulation.judgement)

    def missing(self) -> tuple[tuple[Step, str], ...]:
        """What is still needed before signing."""
        return missing_for_signing(self._view.form())

    def signer(self) -> str:
        """The therapist's name as a beginning for the signature."""
        return self.session.practice.profile().therapist_name

    def sign(self, signer: str) -> bool:
        """Signs, and shows the report."""
        if self.draft is None:
            return False
        form = self._view.form()
        needs = self.missing()
        try:
            signed = self.session.screenings.sign(self.draft, form, signer)
        except SafePlanError as problem:
            if form.quick is not None:
                self._view.show_field_problem(getattr(problem, "field", ""), problem)
            elif needs:
                self._view.show_step_problem(needs[0][0], problem)
            else:
                self._view.show_problem(problem)
            return False
        self.show_client(self.client_id)
        self.shell.say(f"Screening {signed.number} is signed.")
        return True

    def discard(self) -> None:
        """Throws the unsigned screening away."""
        if self.draft is not None:
            self.session.screenings.discard(self.draft.record_id)
            self.show_client(self.client_id)

    def write_incident(self, screening: ScreeningSummary) -> None:
        """Begins an incident that goes with a signed screening."""
        self.shell.begin_incident(IncidentForm(screening=to_screening(screening)))

    def preview(self, screening_id: str) -> None:
        """Shows a signed screening's report."""
        self.session.screenings.viewed(screening_id)
        self.shell.preview(self.session.screening_reports.one(screening_id))

    def keeping(self, screening_id: str) -> AddendumKeeping:
        """What is being added to a signed screening, kept until it is signed."""
        return keeping_of(self.session, Noun.SCREENING, screening_id, self.client_id)

    def add_addendum(self, screening_id: str, kind: AddendumKind, reason: str, text: str, signer: str) -> None:
        """Adds to a signed screening.

        Raises:
            InvalidInputError: naming the field that is empty.
        """
        self.session.addenda.add(
            Noun.SCREENING, screening_id, self.client_id, kind=kind, reason=reason, text=text, signer=signer
        )
        self.shell.say("Added. The original is as it was.")

    def void(self, screening_id: str, reason: str, signer: str) -> None:
        """Marks a signed screening as entered in error.

        Raises:
            InvalidInputError: naming the field that is empty.
            SignedRecordError: when it was marked before.
        """
        self.session.addenda.void(Noun.SCREENING, screening_id, self.client_id, reason=reason, signer=signer)
        self.show_client(self.client_id)
        self.shell.say("Marked as entered in error. The original is as it was.")
