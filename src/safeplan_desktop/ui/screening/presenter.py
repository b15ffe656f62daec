"""The screening wizard between screen and services: begin, autosave, facts, sign."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Protocol

from safeplan_desktop.domain.changes import Noun
from safeplan_desktop.domain.drafts import Draft
from safeplan_desktop.domain.incidents import AddendumKind
from safeplan_desktop.domain.instruments import Instrument
from safeplan_desktop.domain.practice import RiskStyle
from safeplan_desktop.domain.scoring import Person
from safeplan_desktop.domain.screenings import (
    InstrumentFact,
    ScreeningForm,
    ScreeningSummary,
    Step,
    facts_and_judgement_apart,
    missing_for_signing,
)
from safeplan_desktop.errors import SafePlanError
from safeplan_desktop.services.session import Session
from safeplan_desktop.ui.ports import Shell


class ScreeningView(Protocol):
    """What the presenter asks of the screen."""

    def show_nobody(self) -> None: ...

    def show_overview(self, label: str, rows: tuple[ScreeningSummary, ...]) -> None: ...

    def show_wizard(self, label: str, form: ScreeningForm, step: Step) -> None: ...

    def form(self) -> ScreeningForm: ...

    def step(self) -> Step: ...

    def show_step_problem(self, step: Step, problem: SafePlanError) -> None: ...

    def show_problem(self, problem: SafePlanError) -> None: ...


@dataclass
class ScreeningPresenter:
    """One client's screening at a time."""

    session: Session
    shell: Shell
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
        self.draft, form = self.session.screenings.begin(self.client_id)
        step = next((step for step in Step if step.value == self.draft.place), Step.BEGIN)
        self._view.show_wizard(self.label(), form, step)

    def person(self) -> Person:
        """What published cut-offs may know of the client."""
        return self.session.screenings.person(self.client_id)

    def offered(self) -> dict[str, Instrument]:
        """The instruments that can be asked, by id."""
        return self.session.questionnaires.instruments()

    def instrument(self, instrument_id: str) -> Instrument:
        """One instrument, also one that is no longer offered."""
        return self.session.questionnaires.instrument(instrument_id)

    def style(self) -> RiskStyle:
        """How this practice speaks of risk."""
        return self.session.practice.settings().risk_style

    def autosave(self) -> None:
        """Saves the wizard as it stands."""
        if self.draft is not None:
            self.draft = self.session.screenings.autosave(self.draft, self._view.form(), self._view.step().value)

    def facts(self) -> tuple[InstrumentFact, ...]:
        """What the instruments say of the answers so far."""
        return self.session.screenings.facts(self._view.form())

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
        needs = self.missing()
        try:
            signed = self.session.screenings.sign(self.draft, self._view.form(), signer)
        except SafePlanError as problem:
            if needs:
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

    def preview(self, screening_id: str) -> None:
        """Shows a signed screening's report."""
        self.session.screenings.viewed(screening_id)
        self.shell.preview(self.session.exports.screening(screening_id))

    def add_addendum(self, screening_id: str, kind: AddendumKind, reason: str, text: str, signer: str) -> None:
        """Adds to a signed screening.

        Raises:
            InvalidInputError: naming the field that is empty.
        """
        self.session.addenda.add(
            Noun.SCREENING, screening_id, self.client_id, kind=kind, reason=reason, text=text, signer=signer
        )
        self.shell.say("Added. The original is as it was.")
