"""Setting the practice up: which steps are done, read from the records; what was put off; the recovery sheet again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from safeplan_desktop.domain.audit import CRISIS_PROTOCOL, AuditAction
from safeplan_desktop.domain.changes import Noun
from safeplan_desktop.domain.crisis import Protocol
from safeplan_desktop.domain.moments import today
from safeplan_desktop.domain.practice import EmergencyContact, PracticeSettings, is_stale
from safeplan_desktop.domain.set_up import SetUp, SetUpFacts, SetUpNotes, SetUpStep, StepState, missing_of
from safeplan_desktop.domain.vocabulary import label_of
from safeplan_desktop.security.recovery_words import words_of
from safeplan_desktop.services.backups import Backups
from safeplan_desktop.services.desk import Desk
from safeplan_desktop.services.exports import Document, file_name, make_recovery_sheet
from safeplan_desktop.services.policy import Policy
from safeplan_desktop.services.practice import Practice, contacts_of_country
from safeplan_desktop.services.vault import OpenVault, check_passphrase
from safeplan_desktop.storage import audit

SET_UP = "set up"
RECOVERY_SHEET = "recovery sheet"
_WALL_CARD = "wall card"


@dataclass(frozen=True, slots=True)
class SettingUp:
    """The use cases of the set-up."""

    desk: Desk
    vault: OpenVault
    practice: Practice
    policy: Policy
    backups: Backups

    def begin(self) -> None:
        """Begins the set-up of new records: from now on it stands on Today until it is finished."""
        self._keep(SetUpNotes())

    def now(self) -> SetUp:
        """Where it stands."""
        return SetUp(self._facts(), self._notes() or SetUpNotes())

    def row(self) -> str:
        """The row on Today; empty where the set-up was never begun, is finished, or was taken off."""
        notes = self._notes()
        if notes is None or notes.off_today:
            return ""
        found = SetUp(self._facts(), notes)
        return "" if found.finished else found.row

    def put(self, step: SetUpStep, state: StepState) -> None:
        """Puts a step off, leaves it out, or takes it up again."""
        self._keep((self._notes() or SetUpNotes()).with_step(step, state))

    def show_on_today(self, *, on: bool) -> None:
        """Takes the set-up off Today, or puts it there."""
        self._keep(replace(self._notes() or SetUpNotes(), off_today=not on))

    def take_settings(self, settings: PracticeSettings) -> None:
        """Saves paper and names, and notes that they were looked at.

        Raises:
            InvalidInputError: naming the field.
        """
        self.practice.save_settings(settings)
        self._keep((self._notes() or SetUpNotes()).with_looked_through(SetUpStep.SETTINGS))

    def numbers(self) -> tuple[EmergencyContact, ...]:
        """The practice's contacts, and behind them those of its country's list that aren't among them."""
        own = self.practice.contacts()
        have = {(contact.type, contact.number, contact.line) for contact in own}
        offered = contacts_of_country(self.practice.profile().country)
        return (*own, *(one for one in offered if (one.type, one.number, one.line) not in have))

    def is_unchecked(self, contact: EmergencyContact) -> bool:
        """Whether the number was never checked, or not for a year."""
        return is_stale(contact, today(self.desk.clock))

    def take_numbers(self, answers: Sequence[tuple[EmergencyContact, bool | None]]) -> None:
        """Saves the contacts after they were gone through; those that weren't asked about stay as they are.

        Args:
            answers: Of `numbers`: True for "checked today", False for "not for us", None for later.

        Raises:
            InvalidInputError: naming the field of a contact that isn't complete.
        """
        day, checker = today(self.desk.clock), self.practice.profile().therapist_name
        stored = {contact.id: contact for contact in self.practice.contacts()}
        for contact, answer in answers:
            if answer:
                stored[contact.id] = replace(contact, checked_on=day, checked_by=checker)
            elif answer is not None:
                stored.pop(contact.id, None)
        self.practice.save_contacts(tuple(stored.values()))

    def recovery_sheet(self, passphrase: str) -> Document:
        """The sheet with the recovery words, once more; making it asks the passphrase first, and is slow on purpose.

        Whoever finds the program open must not carry the key away with two clicks.
        """
        vault, practice = self.vault, self.practice.profile().practice_name
        paper, made = self.practice.settings().paper, self.desk.now()

        def make() -> bytes:
            check_passphrase(vault, passphrase)
            words = words_of(vault.data_key.key)
            return make_recovery_sheet(words, vault.data_key.key_id(), vault.vault_id, made.local_date, paper, practice)

        return Document(
            make=make,
            title="Recovery sheet",
            suggested_name=file_name("safeplan-recovery-sheet", "", made.local_date),
            noun=Noun.VAULT,
            record_id="",
            client_id="",
            detail=RECOVERY_SHEET,
        )

    def note_recovery_sheet(self, action: AuditAction) -> None:
        """Notes that the sheet of the first start was printed or saved."""
        with self.desk.entry() as entry:
            entry.audit(action, Noun.VAULT, detail=RECOVERY_SHEET)

    def _facts(self) -> SetUpFacts:
        contacts, settings, last = self.practice.contacts(), self.practice.settings(), self.backups.latest()
        newest, database = self.policy.newest(), self.desk.database
        names = "clients' names are shown" if settings.show_names else "only clients' codes are shown"
        return SetUpFacts(
            missing=missing_of(self.practice.profile()),
            numbers=len(contacts),
            unchecked=len(self.practice.numbers_never_checked()),
            own_protocol=self.practice.kept(CRISIS_PROTOCOL, Protocol) is not None,
            policy=newest.number if newest is not None else 0,
            settings=f"Paper: {label_of(settings.paper)}; {names}.",
            backup=last.day(self.desk.clock.zone()) if last is not None else None,
            wall_card=audit.left_the_records(database, _WALL_CARD),
            recovery_sheet=audit.left_the_records(database, RECOVERY_SHEET),
        )

    def _notes(self) -> SetUpNotes | None:
        return self.practice.kept(SET_UP, SetUpNotes)

    def _keep(self, notes: SetUpNotes) -> None:
        if notes != self._notes():
            self.practice.keep(SET_UP, notes)
