"""The first start: practice, passphrase, recovery words, check of three of them."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from safeplan_desktop.domain.audit import AuditAction
from safeplan_desktop.domain.moments import Clock, today
from safeplan_desktop.domain.practice import (
    Paper,
    PracticeProfile,
    PracticeSettings,
    check_profile,
)
from safeplan_desktop.errors import InvalidInputError, SafePlanError
from safeplan_desktop.security.kdf import KdfParameters
from safeplan_desktop.security.passphrase import Strength, ensure_strong, generate_passphrase, strength_of
from safeplan_desktop.security.recovery_words import challenge, check_challenge
from safeplan_desktop.services import vault
from safeplan_desktop.services.exports import make_recovery_sheet
from safeplan_desktop.services.practice import contacts_of_country
from safeplan_desktop.services.session import Session, open_session
from safeplan_desktop.services.vault import NewVault, OpenVault, PreparedKeys
from safeplan_desktop.ui.ports import Control, RunJob


class FirstRunView(Protocol):
    """What the presenter asks of the pages."""

    def set_busy(self, *, busy: bool) -> None: ...

    def show_problem(self, problem: SafePlanError) -> None: ...

    def show_words(self, words: tuple[str, ...]) -> None: ...

    def show_check(self, positions: tuple[int, ...]) -> None: ...

    def show_wrong_words(self, positions: tuple[int, ...]) -> None: ...


@dataclass
class FirstRunPresenter:
    """Makes new records from what the first pages asked."""

    folder: Path
    clock: Clock
    run: RunJob
    parameters: Callable[[], KdfParameters]
    on_open: Callable[[OpenVault], None]
    _new: NewVault | None = field(default=None, init=False)
    _session: Session | None = field(default=None, init=False)
    _profile: PracticeProfile = field(default_factory=PracticeProfile, init=False)
    _paper: Paper = field(default=Paper.A4, init=False)
    _asked: tuple[int, ...] = field(default=(), init=False)

    def attach(self, view: FirstRunView) -> None:
        """Takes the pages that it speaks to."""
        self._view = view

    def suggestion(self) -> str:
        """A passphrase of six random words."""
        return generate_passphrase(secrets)

    def strength(self, passphrase: str) -> Strength:
        """How hard a passphrase is to guess."""
        return strength_of(passphrase, self._personal())

    def _personal(self) -> tuple[str, ...]:
        profile = self._profile
        return tuple(part for part in (profile.practice_name, profile.therapist_name) if part)

    def take_profile(self, profile: PracticeProfile, paper: Paper) -> None:
        """Takes the practice's page.

        Raises:
            InvalidInputError: naming the field.
        """
        check_profile(profile)
        self._profile, self._paper = profile, paper

    def make(self, passphrase: str, again: str) -> None:
        """Makes the records in a job."""
        try:
            ensure_strong(passphrase, self._personal())
        except SafePlanError as problem:
            self._view.show_problem(InvalidInputError("passphrase", problem.sentences))
            return
        if passphrase != again:
            self._view.show_problem(InvalidInputError("again", "The two aren't the same. Please type it once more."))
            return
        personal, at, parameters = self._personal(), self.clock.now(), self.parameters

        def work(_control: Control) -> PreparedKeys:
            return vault.prepare_keys(passphrase, parameters(), at, personal=personal)

        self._view.set_busy(busy=True)
        self.run(work, self._made, self._failed)

    def _made(self, keys: PreparedKeys) -> None:
        try:
            new = vault.create_vault(self.folder, keys, self.clock)
            session = open_session(new.vault, self.clock, lambda _change: None)
            practice = session.practice
            practice.save_profile(self._profile)
            practice.save_settings(PracticeSettings(paper=self._paper))
            practice.save_contacts(contacts_of_country(self._profile.country))
            session.set_up.begin()
        except SafePlanError as problem:
            self._failed(problem)
            return
        self._new, self._session = new, session
        self._view.set_busy(busy=False)
        self._view.show_words(new.words)

    def _failed(self, problem: SafePlanError) -> None:
        self._view.set_busy(busy=False)
        self._view.show_problem(problem)

    def sheet(self) -> Callable[[], bytes]:
        """Makes the recovery sheet's PDF; may run in a job."""
        new = self._require_new()
        key_id, day = new.vault.data_key.key_id(), today(self.clock)
        paper, name = self._paper, self._profile.practice_name
        return lambda: make_recovery_sheet(new.words, key_id, new.vault.vault_id, day, paper, name)

    def note_sheet(self, action: AuditAction) -> None:
        """Notes that the recovery sheet was printed or saved."""
        if self._session is not None:
            self._session.set_up.note_recovery_sheet(action)

    def ask_words(self) -> None:
        """Asks three of the words back."""
        self._asked = challenge(self._require_new().words, secrets)
        self._view.show_check(self._asked)

    def check_words(self, answers: Mapping[int, str]) -> None:
        """Goes on when the three words are right."""
        new = self._require_new()
        wrong = check_challenge(new.words, {position: answers.get(position, "") for position in self._asked})
        if wrong:
            self._view.show_wrong_words(wrong)
            return
        self._new = self._session = None
        self.on_open(new.vault)

    def _require_new(self) -> NewVault:
        if self._new is None:
            raise ValueError("the words are asked before there are records")
        return self._new

    def abandon(self) -> None:
        """Closes the new records when the window is closed before the words were checked; they open by passphrase."""
        if self._new is not None:
            vault.close_vault(self._new.vault, self.clock)
            self._new = self._session = None
