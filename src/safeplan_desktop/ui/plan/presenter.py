"""The safety plan editor between screen and services: begin, autosave, finish, print."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Protocol

from safeplan_desktop.domain.drafts import Draft
from safeplan_desktop.domain.plan_wording import PlanWording
from safeplan_desktop.domain.plans import Cue, PlanForm, PlanSummary, cues
from safeplan_desktop.errors import SafePlanError
from safeplan_desktop.services import reference
from safeplan_desktop.services.session import Session
from safeplan_desktop.ui.ports import Shell

_CUES = {
    Cue.NO_HELPER_WITH_PHONE: "Nobody with a phone number stands in the plan yet. “No one yet” is a valid answer, too.",
    Cue.NO_STEP_FOR_SURROUNDINGS: "No step for the surroundings yet. It may wait, or be “not for me”.",
}


class PlanView(Protocol):
    """What the presenter asks of the screen."""

    def show_nobody(self) -> None: ...

    def show_overview(self, label: str, versions: tuple[PlanSummary, ...]) -> None: ...

    def show_editor(self, label: str, form: PlanForm, wording: PlanWording, place: str) -> None: ...

    def form(self) -> PlanForm: ...

    def place(self) -> str: ...

    def show_cues(self, sentences: tuple[str, ...]) -> None: ...

    def show_problem(self, problem: SafePlanError) -> None: ...


@dataclass
class PlanPresenter:
    """One client's plan at a time."""

    session: Session
    shell: Shell
    client_id: str = field(default="", init=False)
    draft: Draft | None = field(default=None, init=False)

    def attach(self, view: PlanView) -> None:
        """Takes the screen that it speaks to."""
        self._view = view

    def _label(self) -> str:
        client = self.session.clients.get(self.client_id)
        return client.label(show_names=self.session.practice.settings().show_names)

    def show_client(self, client_id: str) -> None:
        """Shows a client's unfinished plan, else their versions."""
        self.client_id, self.draft = client_id, None
        if not client_id:
            self._view.show_nobody()
            return
        if self.session.plans.draft_of(client_id) is not None:
            self.begin()
            return
        self._view.show_overview(self._label(), self.session.plans.of_client(client_id))

    def begin(self, *, from_blank: bool = False) -> None:
        """Opens the editor: the unfinished plan, or a new one from the last version or from blank."""
        self.draft, form = self.session.plans.begin(self.client_id, from_blank=from_blank)
        self._view.show_editor(self._label(), form, reference.plan_wording(form.language), self.draft.place)
        self.look_at_cues()

    def look_at_cues(self) -> None:
        """Shows the cues that fit the form."""
        if self.draft is not None:
            self._view.show_cues(tuple(_CUES[cue] for cue in cues(self._view.form())))

    def autosave(self) -> None:
        """Saves the editor as it stands."""
        if self.draft is not None:
            self.draft = self.session.plans.autosave(self.draft, self._view.form(), self._view.place())

    def finish(self, signer: str) -> bool:
        """Makes the plan a version and shows its PDF."""
        if self.draft is None:
            return False
        try:
            version = self.session.plans.finish(self.draft, self._view.form(), signer)
        except SafePlanError as problem:
            self._view.show_problem(problem)
            return False
        self.show_client(self.client_id)
        self.shell.say(f"Version {version.number} is finished.")
        self.preview(version.id)
        return True

    def discard(self) -> None:
        """Throws the unfinished plan away."""
        if self.draft is not None:
            self.session.plans.discard(self.draft.record_id)
            self.show_client(self.client_id)

    def signer(self) -> str:
        """The therapist's name as a beginning for the signature."""
        return self.session.practice.profile().therapist_name

    def print_now(self) -> None:
        """Shows a working copy."""
        if self.draft is not None:
            self.shell.preview(self.session.exports.working_plan(self.draft.record_id, self._view.form()))

    def preview(self, version_id: str, *, for_therapist: bool = False) -> None:
        """Shows a finished version for printing and saving."""
        self.session.plans.viewed(version_id)
        self.shell.preview(self.session.exports.plan(version_id, for_therapist=for_therapist))
