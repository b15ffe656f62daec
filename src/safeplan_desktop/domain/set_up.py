"""Setting a practice up: its steps, and which of them are done. A step is done when the thing itself is there."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from enum import Enum

from safeplan_desktop.domain.policy import PolicySection, Practised
from safeplan_desktop.domain.practice import PracticeProfile


class SetUpStep(Enum):
    """The steps, in their order."""

    PROFILE = "profile"
    CONTACTS = "contacts"
    PROTOCOL = "protocol"
    POLICY = "policy"
    SETTINGS = "settings"
    BACKUP = "backup"
    PRINTS = "prints"


class StepState(Enum):
    """Where a step stands."""

    OPEN = "open"
    DONE = "done"
    LATER = "later"
    NOT_NEEDED = "not-needed"


ESTIMATES = {
    SetUpStep.PROFILE: "about a minute",
    SetUpStep.CONTACTS: "about a minute",
    SetUpStep.PROTOCOL: "about two minutes",
    SetUpStep.POLICY: "about four minutes",
    SetUpStep.SETTINGS: "half a minute",
    SetUpStep.BACKUP: "half a minute",
    SetUpStep.PRINTS: "about a minute",
}
"""For how long a step takes; a journey through the window measures the sum."""


@dataclass(frozen=True, slots=True)
class SetUpNotes:
    """What the records don't say by themselves.

    Attributes:
        later: Steps put off.
        not_needed: Steps that this practice leaves out.
        looked_through: Steps whose only trace is that somebody looked.
        off_today: Whether Today says nothing of the set-up.
    """

    later: tuple[SetUpStep, ...] = ()
    not_needed: tuple[SetUpStep, ...] = ()
    looked_through: tuple[SetUpStep, ...] = ()
    off_today: bool = False

    def with_step(self, step: SetUpStep, state: StepState) -> SetUpNotes:
        """The notes after a step was put off, left out, or taken up again."""
        return replace(
            self,
            later=_with(self.later, step, on=state is StepState.LATER),
            not_needed=_with(self.not_needed, step, on=state is StepState.NOT_NEEDED),
        )

    def with_looked_through(self, step: SetUpStep) -> SetUpNotes:
        """The notes after somebody looked a step through."""
        return replace(self, looked_through=_with(self.looked_through, step, on=True))


def _with(steps: tuple[SetUpStep, ...], step: SetUpStep, *, on: bool) -> tuple[SetUpStep, ...]:
    others = tuple(one for one in steps if one is not step)
    return (*others, step) if on else others


@dataclass(frozen=True, slots=True)
class SetUpFacts:
    """What the records say.

    Attributes:
        missing: What the profile doesn't say yet, in words.
        numbers: How many emergency contacts there are.
        unchecked: How many of them were never checked, or not for a year.
        own_protocol: Whether the protocol was looked through and taken as the practice's own.
        policy: The number of the version in force; 0 for none.
        settings: Paper and names, in words.
        backup: The day of the last backup.
        wall_card: Whether the wall card was printed or saved.
        recovery_sheet: Whether the recovery sheet was printed or saved.
    """

    missing: tuple[str, ...] = ()
    numbers: int = 0
    unchecked: int = 0
    own_protocol: bool = False
    policy: int = 0
    settings: str = ""
    backup: dt.date | None = None
    wall_card: bool = False
    recovery_sheet: bool = False


@dataclass(frozen=True, slots=True)
class SetUp:
    """Where the set-up stands."""

    facts: SetUpFacts
    notes: SetUpNotes

    def is_done(self, step: SetUpStep) -> bool:
        """Whether the thing is there."""
        facts = self.facts
        return {
            SetUpStep.PROFILE: not facts.missing,
            SetUpStep.CONTACTS: bool(facts.numbers) and not facts.unchecked,
            SetUpStep.PROTOCOL: facts.own_protocol,
            SetUpStep.POLICY: bool(facts.policy),
            SetUpStep.SETTINGS: SetUpStep.SETTINGS in self.notes.looked_through,
            SetUpStep.BACKUP: facts.backup is not None,
            SetUpStep.PRINTS: facts.wall_card and facts.recovery_sheet,
        }[step]

    def state(self, step: SetUpStep) -> StepState:
        """Where a step stands; what is there is done, whatever was said of it before."""
        if self.is_done(step):
            return StepState.DONE
        if step in self.notes.not_needed:
            return StepState.NOT_NEEDED
        return StepState.LATER if step in self.notes.later else StepState.OPEN

    @property
    def done(self) -> int:
        """How many steps are done."""
        return sum(self.is_done(step) for step in SetUpStep)

    @property
    def finished(self) -> bool:
        """Whether no step is left: each is done or not needed."""
        return all(self.state(step) in (StepState.DONE, StepState.NOT_NEEDED) for step in SetUpStep)

    @property
    def next_step(self) -> SetUpStep | None:
        """The step to go on with: the first open one, else the first that was put off; None when nothing is left."""
        for wanted in (StepState.OPEN, StepState.LATER):
            for step in SetUpStep:
                if self.state(step) is wanted:
                    return step
        return None

    @property
    def row(self) -> str:
        """The set-up in one row."""
        return f"Set up the practice: {self.done} of {len(SetUpStep)} done"

    def words(self, step: SetUpStep) -> str:
        """What the records say of a step; empty where that it is to do says it all."""
        facts = self.facts
        unchecked = "One number isn't" if facts.unchecked == 1 else f"{facts.unchecked} numbers aren't"
        printed = [
            f"{name} {'printed or saved' if there else 'not printed yet'}"
            for name, there in (("Wall card", facts.wall_card), ("recovery sheet", facts.recovery_sheet))
        ]
        return {
            SetUpStep.PROFILE: f"Not said yet: {', '.join(facts.missing)}." if facts.missing else "All of it is said.",
            SetUpStep.CONTACTS: "There is no number yet."
            if not facts.numbers
            else f"{unchecked} checked yet."
            if facts.unchecked
            else f"All {facts.numbers} were checked within a year."
            if facts.numbers > 1
            else "The one number was checked within a year.",
            SetUpStep.PROTOCOL: "It is the practice's own." if facts.own_protocol else "",
            SetUpStep.POLICY: f"Version {facts.policy} is in force." if facts.policy else "",
            SetUpStep.SETTINGS: facts.settings,
            SetUpStep.BACKUP: f"Last backup: {facts.backup:%d %b %Y}." if facts.backup else "",
            SetUpStep.PRINTS: f"{printed[0]}; {printed[1]}.",
        }[step]


def missing_of(profile: PracticeProfile) -> tuple[str, ...]:
    """What of the profile a dispatcher or a document would miss, in words."""
    wanted = (
        ("your name", profile.therapist_name),
        ("name of the practice", profile.practice_name),
        ("address", profile.address),
        ("how to find the entrance", profile.entrance),
        ("a number to call you back", profile.callback or profile.phone),
    )
    return tuple(words for words, value in wanted if not value.strip())


def answer_of(section: PolicySection) -> Practised | None:
    """The answer for a whole section; None where its clauses aren't decided, or not all the same."""
    answers = {clause.practised for clause in section.clauses if clause.text.strip()}
    return answers.pop() if len(answers) == 1 else None


def decided_words(section: PolicySection) -> str:
    """How many clauses of a section are decided, where it is some but not all, or differently; else nothing."""
    clauses = [clause for clause in section.clauses if clause.text.strip()]
    done = [clause for clause in clauses if clause.practised is not None]
    if not done or answer_of(section) is not None:
        return ""
    practised = sum(clause.practised is Practised.WE_DO for clause in done)
    return f"One by one: {practised} of {len(clauses)} practised, {len(clauses) - len(done)} not decided."
