"""The set-up between screen and services."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Protocol

from safeplan_desktop.domain import crisis
from safeplan_desktop.domain.practice import EmergencyContact, PracticeProfile, PracticeSettings
from safeplan_desktop.domain.set_up import SetUp, SetUpStep, StepState
from safeplan_desktop.errors import InvalidInputError, SafePlanError
from safeplan_desktop.services.backups import BackupReport
from safeplan_desktop.services.exports import Document
from safeplan_desktop.services.session import Session
from safeplan_desktop.ui.ports import Control, RunJob, Shell

PAGES = {SetUpStep.CONTACTS: "contacts", SetUpStep.PROTOCOL: "protocol", SetUpStep.POLICY: "policy"}
"""Steps that have a page of their own here, and the part of the practice where all of it stands."""


class SetUpView(Protocol):
    """What the presenter asks of the room."""

    def show_steps(self, state: SetUp) -> None: ...

    def refill(self, state: SetUp) -> None: ...

    def say(self, sentence: str) -> None: ...

    def show_problem(self, problem: SafePlanError) -> None: ...


@dataclass
class SetUpPresenter:
    """The steps, and what is done in place.

    Attributes:
        set_aside: Saves and closes a draft of the policy that is open elsewhere, before it is opened here.
    """

    session: Session
    shell: Shell
    run: RunJob
    set_aside: Callable[[], None]

    def attach(self, view: SetUpView) -> None:
        """Takes the room that it speaks to."""
        self._view = view

    def show(self) -> None:
        """Shows what is stored now; a page that is open stays."""
        self._view.refill(self.session.set_up.now())

    def back(self) -> None:
        """Shows the steps, with the cursor on the one to go on with."""
        self._view.show_steps(self.session.set_up.now())

    def put(self, step: SetUpStep, state: StepState) -> None:
        """Puts a step off, leaves it out, or takes it up again."""
        self._try(lambda: self.session.set_up.put(step, state))

    def show_on_today(self, *, on: bool) -> None:
        """Takes the set-up off Today, or puts it there."""
        self._try(lambda: self.session.set_up.show_on_today(on=on))
        self.shell.say("It stands on Today again." if on else "Today says nothing of it any more. It stays here.")

    def _try(self, work: Callable[[], None]) -> None:
        try:
            work()
        except SafePlanError as problem:
            self._view.show_problem(problem)
            return
        self.back()

    # -- in place -------------------------------------------------------------------------------------------------

    def profile(self) -> PracticeProfile:
        """As stored."""
        return self.session.practice.profile()

    def save_profile(self, profile: PracticeProfile) -> None:
        """Saves the profile.

        Raises:
            SafePlanError: naming the field that isn't right.
        """
        self.session.practice.save_profile(profile)
        self.back()

    def numbers(self) -> tuple[tuple[EmergencyContact, ...], tuple[EmergencyContact, ...]]:
        """Numbers to go through, and those that were checked within a year."""
        every = self.session.set_up.numbers()
        waiting = tuple(one for one in every if self.session.set_up.is_unchecked(one))
        return waiting, tuple(one for one in every if one not in waiting)

    def take_numbers(self, answers: Sequence[tuple[EmergencyContact, bool | None]]) -> None:
        """Saves what was said of the numbers."""
        self._try(lambda: self.session.set_up.take_numbers(answers))

    def protocol(self) -> crisis.Protocol:
        """As it stands."""
        return self.session.practice.protocol()

    def take_protocol(self) -> None:
        """Takes the protocol as it stands for the practice's own."""
        practice = self.session.practice

        def save() -> None:
            practice.save_protocol(practice.protocol())

        self._try(save)

    def settings(self) -> PracticeSettings:
        """As stored."""
        return self.session.practice.settings()

    def save_settings(self, settings: PracticeSettings) -> None:
        """Saves paper and names.

        Raises:
            SafePlanError: naming the field that isn't right.
        """
        self.session.set_up.take_settings(settings)
        self.back()

    def open_full(self, part: str) -> None:
        """Shows the part of the practice that holds all of a step."""
        self.shell.open_practice(part)

    # -- backup and paper -----------------------------------------------------------------------------------------

    def back_up(self, typed: str) -> None:
        """Makes the first backup in a job.

        Raises:
            InvalidInputError: naming "folder".
        """
        into = Path(typed.strip()).expanduser()
        if not typed.strip() or not into.is_dir():
            raise InvalidInputError("folder", "Please choose a folder that is there just now.")
        practice, backups = self.session.practice, self.session.backups
        practice.save_settings(replace(practice.settings(), backup_folder=str(into)))

        def work(control: Control) -> BackupReport:
            return backups.back_up(into, control.report, control.check_cancelled)

        def done(report: BackupReport) -> None:
            backups.tell()
            self.back()
            self._view.say(f"{report.path.name} was made, read back and verified.")

        self._view.say("Making the backup, and reading it back...")
        self.run(work, done, self._view.show_problem)

    def print_wall_card(self) -> None:
        """Shows the wall card for printing and saving."""
        self._preview(self.session.wall_cards.card())

    def print_recovery_sheet(self, passphrase: str) -> None:
        """Shows the recovery sheet for printing and saving, if the passphrase is right."""
        self._preview(self.session.set_up.recovery_sheet(passphrase))

    def _preview(self, document: Document) -> None:
        self.shell.preview(replace(document, after=lambda _action: self.back()))
