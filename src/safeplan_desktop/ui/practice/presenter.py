"""The practice between screen and services."""

from __future__ import annotations

import datetime as dt
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Protocol

from safeplan_desktop.domain import crisis
from safeplan_desktop.domain.brought_in import BroughtIn
from safeplan_desktop.domain.crisis import Variant
from safeplan_desktop.domain.drafts import DraftKind
from safeplan_desktop.domain.drills import Drill
from safeplan_desktop.domain.moments import today
from safeplan_desktop.domain.practice import EmergencyContact, PracticeProfile, PracticeSettings
from safeplan_desktop.domain.questionnaires import Questionnaire
from safeplan_desktop.errors import InvalidInputError, SafePlanError
from safeplan_desktop.security.kdf import KdfParameters
from safeplan_desktop.security.key_slot import KeySlot
from safeplan_desktop.security.passphrase import ensure_strong, generate_passphrase
from safeplan_desktop.services import questionnaires, reference, vault
from safeplan_desktop.services.practice import contacts_of_country
from safeplan_desktop.services.practice_drafts import TypedSettings
from safeplan_desktop.services.session import Session
from safeplan_desktop.ui.ports import Control, RunJob, Shell


class PracticeView(Protocol):
    """What the presenter asks of the screen."""

    def show_practice(
        self, profile: PracticeProfile, contacts: tuple[EmergencyContact, ...], settings: PracticeSettings
    ) -> None: ...

    def show_problem(self, part: str, problem: SafePlanError) -> None: ...

    def passphrase_changed(self) -> None: ...

    def set_busy(self, *, busy: bool) -> None: ...

    def show_questionnaires(self, every: tuple[BroughtIn, ...]) -> None: ...

    def show_protocol(self, protocol: crisis.Protocol) -> None: ...

    def show_checklist_notes(self, notes: Mapping[str, str]) -> None: ...

    def show_exercises(
        self, every: tuple[Drill, ...], due: dt.date | None, months: int, waiting: Variant | None
    ) -> None: ...

    def show_preview(self, data: bytes, found: Questionnaire, limits: tuple[str, ...]) -> None: ...


@dataclass
class PracticePresenter:
    """Profile, emergency contacts, settings, passphrase."""

    session: Session
    shell: Shell
    run: RunJob
    parameters: Callable[[], KdfParameters]

    def attach(self, view: PracticeView) -> None:
        """Takes the screen that it speaks to."""
        self._view = view

    def reload(self) -> None:
        """Shows what is stored."""
        practice = self.session.practice
        self._view.show_practice(practice.profile(), practice.contacts(), practice.settings())

    def day(self) -> dt.date:
        """Today, for the "checked today" buttons."""
        return today(self.session.desk.clock)

    def checker(self) -> str:
        """Who checks the numbers."""
        return self.session.practice.profile().therapist_name

    def contacts_of_country(self) -> tuple[str, tuple[EmergencyContact, ...]]:
        """The list of the practice's country, and the country's name."""
        code = self.session.practice.profile().country
        country = reference.country(code)
        return (country.name if country is not None else ""), contacts_of_country(code)

    def print_wall_card(self) -> None:
        """Shows the wall card, of what is stored."""
        self.shell.preview(self.session.wall_cards.card())

    def show_protocol(self) -> None:
        """Shows the crisis protocol."""
        self._view.show_protocol(self.session.practice.protocol())

    def save_protocol(self, protocol: crisis.Protocol) -> None:
        """Saves the crisis protocol."""
        self._try("protocol", lambda: self._view.show_protocol(self.session.practice.save_protocol(protocol)))

    def reset_protocol(self) -> None:
        """Goes back to our crisis protocol."""
        self._try("protocol", lambda: self._view.show_protocol(self.session.practice.reset_protocol()))

    def show_exercises(self) -> None:
        """Shows the exercises, and whether one wasn't ended."""
        waiting = self.session.crisis.waiting(DraftKind.DRILL)
        variant = None
        if waiting is not None:
            variant = Variant(waiting[0].place) if waiting[0].place else Variant.OFFICE
        drills = self.session.drills
        months = self.session.practice.settings().drill_months
        self._view.show_exercises(drills.every(), drills.next_due(), months, variant)

    def set_drill_months(self, months: int) -> None:
        """Takes how often an exercise is due."""
        settings = replace(self.session.practice.settings(), drill_months=months)
        self._try("exercises", lambda: self.session.practice.save_settings(settings))
        self.show_exercises()

    def save_profile(self, profile: PracticeProfile) -> None:
        """Saves the profile."""
        self._try("profile", lambda: self.session.practice.save_profile(profile))

    def save_contacts(self, contacts: tuple[EmergencyContact, ...]) -> None:
        """Saves the emergency contacts."""
        self._try("contacts", lambda: self.session.practice.save_contacts(contacts))

    def save_settings(self, typed: TypedSettings) -> None:
        """Saves the settings; what another part of the program changed meanwhile stays."""
        settings = replace(
            self.session.practice.settings(),
            show_names=typed.show_names,
            idle_minutes=typed.idle_minutes,
            paper=typed.paper,
            risk_style=typed.risk_style,
        )
        self._try("settings", lambda: self.session.practice.save_settings(settings))

    def show_checklist_notes(self) -> None:
        """Shows the practice's own note for each checklist."""
        practice = self.session.practice
        self._view.show_checklist_notes({one.id: practice.checklist_note(one.id) for one in reference.checklists()})

    def save_checklist_notes(self, notes: Mapping[str, str]) -> None:
        """Saves these notes."""
        self._try("checklists", lambda: self.session.practice.save_checklist_notes(notes))

    def show_questionnaires(self) -> None:
        """Shows what was brought in."""
        self._view.show_questionnaires(self.session.questionnaires.every())

    def preview_questionnaire(self, path: Path) -> None:
        """Reads a file in a job, and shows what it would be here."""

        def work(_control: Control) -> tuple[bytes, Questionnaire, tuple[str, ...]]:
            data = questionnaires.bytes_of(path)
            found = questionnaires.read(data)
            return data, found, questionnaires.limits_of(found)

        self.run(
            work,
            lambda made: self._view.show_preview(*made),
            lambda problem: self._view.show_problem("questionnaires", problem),
        )

    def take_in(self, data: bytes, permission: str, *, sum_confirmed: bool) -> None:
        """Takes a questionnaire into the records.

        Raises:
            SafePlanError: when it can't be taken in.
        """
        taken = self.session.questionnaires.take_in(data, permission, sum_confirmed=sum_confirmed)
        self.show_questionnaires()
        self.shell.say(f"“{taken.title}” can now be asked in a screening.")

    def retire(self, record: BroughtIn) -> None:
        """Offers a questionnaire no longer."""
        self.session.questionnaires.retire(record.id)
        self.show_questionnaires()
        self.shell.say("It is no longer offered. Screenings that hold it stay as they are.")

    def print_form(self, record: BroughtIn) -> None:
        """Shows the form for the waiting room."""
        self.shell.preview(self.session.exports.paper_form(record.id))

    def _try(self, part: str, save: Callable[[], None]) -> None:
        try:
            save()
        except SafePlanError as problem:
            self._view.show_problem(part, problem)
            return
        self.session.practice_drafts.forget(part)
        self.shell.say("Saved.")

    def suggestion(self) -> str:
        """A passphrase of six random words."""
        return generate_passphrase(secrets)

    def change_passphrase(self, present: str, new: str, again: str) -> None:
        """Checks the present passphrase and puts a new one in its place, in a job."""
        profile = self.session.practice.profile()
        personal = tuple(part for part in (profile.practice_name, profile.therapist_name) if part)
        try:
            ensure_strong(new, personal)
        except SafePlanError as problem:
            self._view.show_problem("passphrase", InvalidInputError("new", problem.sentences))
            return
        if new != again:
            self._view.show_problem("passphrase", InvalidInputError("again", "The two aren't the same."))
            return
        opened, parameters, at = self.session.vault, self.parameters, self.session.desk.now().at

        def work(_control: Control) -> KeySlot:
            vault.check_passphrase(opened, present)
            return vault.rewrap(opened.data_key, opened.vault_id, new, parameters(), at, personal=personal)

        self._view.set_busy(busy=True)
        self.run(work, self._rewrapped, self._failed)

    def _rewrapped(self, slot: KeySlot) -> None:
        try:
            vault.replace_passphrase(self.session.vault, slot, self.session.desk.clock)
        except SafePlanError as problem:
            self._failed(problem)
            return
        self._view.set_busy(busy=False)
        self._view.passphrase_changed()
        self.shell.say("The passphrase is changed. Backups made before still open with the old one.")

    def _failed(self, problem: SafePlanError) -> None:
        self._view.set_busy(busy=False)
        self._view.show_problem("passphrase", InvalidInputError("present", problem.sentences))
