"""Training log and rules between the part and the services."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Protocol

from safeplan_desktop.domain.changes import Noun
from safeplan_desktop.domain.drafts import Draft
from safeplan_desktop.domain.moments import today
from safeplan_desktop.domain.training import LoggedTraining, Training
from safeplan_desktop.domain.training_rules import Needed, Progress, RenewalRule, RuleExample
from safeplan_desktop.errors import SafePlanError
from safeplan_desktop.services import reference
from safeplan_desktop.services.session import Session
from safeplan_desktop.services.training_rules import begin_with
from safeplan_desktop.ui.attaching import AttachmentActions, actions_of
from safeplan_desktop.ui.ports import RunJob, Shell

WAITING = "Not saved yet"


@dataclass(frozen=True, slots=True)
class TrainingRow:
    """One row of the log.

    Attributes:
        id: Of the training, the exercise, or the draft.
        day: None for a draft without one.
        files: How many certificates it has.
        waiting: Whether it is a draft.
    """

    id: str
    day: dt.date | None
    training: Training
    of_drill: bool = False
    files: int = 0
    waiting: bool = False


@dataclass(frozen=True, slots=True)
class ProgressRow:
    """One line of the table of rules.

    Attributes:
        id: Of the rule, with the line's place.
    """

    id: str
    progress: Progress
    line: Needed

    @property
    def words(self) -> str:
        """The rule and what the line counts."""
        return f"{self.progress.rule.name}: {self.line.title}"


@dataclass(frozen=True, slots=True)
class TrainingState:
    """What the list shows."""

    rows: tuple[TrainingRow, ...]
    progress: tuple[ProgressRow, ...]

    @property
    def bars(self) -> tuple[Needed, ...]:
        """The lines of the plot, each with its rule's name."""
        return tuple(replace(one.line, title=one.words) for one in self.progress)


class TrainingView(Protocol):
    """What the presenter asks of the part."""

    def show_list(self, state: TrainingState, chosen: str = "") -> None: ...

    def show_editor(self, form: Training, topics: tuple[str, ...], *, saved_before: bool) -> None: ...

    def show_problem(self, problem: SafePlanError) -> None: ...

    def form(self) -> Training: ...

    def forget(self) -> None: ...


@dataclass
class TrainingPresenter:
    """Log, editor, rules."""

    session: Session
    shell: Shell
    run: RunJob
    draft: Draft | None = field(default=None, init=False)

    def attach(self, view: TrainingView) -> None:
        """Takes the part that it speaks to."""
        self._view = view

    def reload(self, chosen: str = "") -> None:
        """Shows the list, unless a training is being written."""
        if self.draft is None:
            self._view.show_list(self.state(), chosen)

    def state(self) -> TrainingState:
        """Drafts first, then the log, the newest first; rules in the therapist's order."""
        trainings = self.session.trainings
        waiting = trainings.waiting()
        unfinished = {draft.record_id for draft, _ in waiting}
        log = trainings.log()
        rows = [TrainingRow(draft.record_id, form.last_day, form, waiting=True) for draft, form in waiting]
        rows += [self._row(one) for one in log if one.id not in unfinished]
        progress = [
            ProgressRow(f"{rule.id}-{place}", found, line)
            for rule in trainings.rules.every()
            for found in (trainings.rules.progress(rule, log),)
            for place, line in enumerate(found.lines)
        ]
        return TrainingState(tuple(rows), tuple(progress))

    def _row(self, one: LoggedTraining) -> TrainingRow:
        files = 0 if one.of_drill else len(self.session.attachments.of_record(one.id))
        return TrainingRow(one.id, one.day, one.training, one.of_drill, files)

    def today(self) -> dt.date:
        """The present day."""
        return today(self.session.desk.clock)

    def files_of(self, row: TrainingRow) -> AttachmentActions:
        """What the list of certificates does for a training."""
        return actions_of(self.session, self.shell, self.run, Noun.TRAINING, row.id)

    # -- writing --------------------------------------------------------------------------------------------------

    def begin_new(self) -> None:
        """Opens the editor."""
        self._try(lambda: self._edit(*self.session.trainings.begin()))

    def open(self, row: TrainingRow) -> None:
        """Opens the editor with a training; exercises are kept elsewhere."""
        if row.of_drill:
            self.shell.open_practice("exercises")
            return
        self._try(lambda: self._edit(*self.session.trainings.begin_change(row.id)))

    def _edit(self, draft: Draft, form: Training) -> None:
        self.draft = draft
        saved = any(one.id == draft.record_id for one in self.session.trainings.log())
        self._view.show_editor(form, self.session.trainings.topics(), saved_before=saved)

    def autosave(self) -> None:
        """Saves the editor as it stands."""
        if self.draft is not None:
            self.draft = self.session.trainings.autosave(self.draft, self._view.form())

    def close(self) -> None:
        """Goes back to the list; what was typed stays as a draft."""
        chosen = self.draft.record_id if self.draft is not None else ""
        self.draft = None
        self.reload(chosen)

    def discard(self) -> None:
        """Throws the draft away."""

        def throw_away() -> None:
            if self.draft is not None:
                self.session.trainings.discard(self.draft)
            self._view.forget()
            self.draft = None
            self.reload()

        self._try(throw_away)

    def save(self) -> None:
        """Puts the training into the log; what is missing is said beside its field."""
        if self.draft is None:
            return
        try:
            kept = self.session.trainings.save(self.draft, self._view.form())
        except SafePlanError as problem:
            self._view.show_problem(problem)
            return
        self._view.forget()
        self.draft = None
        self.reload(kept.id)
        self.shell.say("Saved. Its certificate can be taken in below the log.")

    def remove(self, row: TrainingRow) -> None:
        """Takes a training out, or throws a draft away."""

        def take_out() -> None:
            trainings = self.session.trainings
            if row.waiting:
                trainings.discard(next(draft for draft, _ in trainings.waiting() if draft.record_id == row.id))
                self.reload()
                return
            former = trainings.remove(row.id)
            self.reload()
            self.shell.say("The training was taken out.", lambda: self._again(lambda: trainings.bring_back(former)))

        self._try(take_out)

    # -- rules ----------------------------------------------------------------------------------------------------

    def save_rule(self, rule: RenewalRule) -> None:
        """Keeps a rule.

        Raises:
            InvalidInputError: naming the field that isn't right.
        """
        self.session.training_rules.save(rule)
        self.reload()

    def remove_rule(self, rule: RenewalRule) -> None:
        """Takes a rule out."""
        rules = self.session.training_rules
        former = rules.remove(rule.id)
        self.reload()
        self.shell.say("The rule was taken out.", lambda: self._again(lambda: rules.bring_back(former)))

    def renewed(self, progress: Progress) -> None:
        """Marks the cycle that Today asks about first, else the present one, as renewed."""
        rules = self.session.training_rules
        asked = [one for one in rules.asked_about(self.session.trainings.log()) if one.rule.id == progress.rule.id]
        cycle = asked[0].cycle if asked else progress.cycle
        former = rules.renewed(progress.rule.id, cycle.first)
        self.reload()
        said = f"The cycle from {cycle.words} is marked as renewed."
        self.shell.say(said, lambda: self._again(lambda: rules.bring_back(former)))

    @staticmethod
    def examples() -> tuple[RuleExample, ...]:
        """Published rules to begin with."""
        return reference.rule_examples()

    @staticmethod
    def begun_with(example: RuleExample) -> RenewalRule:
        """A rule to put right, begun with an example."""
        return begin_with(example)

    def topics(self) -> Sequence[str]:
        """The subjects to pick from."""
        return self.session.trainings.topics()

    # -- what leaves the log --------------------------------------------------------------------------------------

    def print_cycle(self, rule: RenewalRule, back: int) -> None:
        """Shows the summary of a rule's cycle."""
        documents = self.session.training_documents
        self.shell.preview(documents.document(documents.of_cycle(rule, back)))

    def print_days(self, since: dt.date | None, until: dt.date | None) -> None:
        """Shows the summary of days."""
        documents = self.session.training_documents
        self.shell.preview(documents.document(documents.of_days(since, until)))

    def table_name(self) -> str:
        """What a table may be called."""
        return self.session.training_documents.table_name()

    def save_table(self, since: dt.date | None, until: dt.date | None, path: Path) -> None:
        """Writes the trainings of these days as a table."""

        def write() -> None:
            documents = self.session.training_documents
            documents.save_table(documents.of_days(since, until), path)
            self.shell.say(f"Saved as {path.name}. It isn't encrypted.")

        self._try(write)

    def _again(self, work: Callable[[], None]) -> None:
        self._try(work)
        self.reload()

    def _try(self, work: Callable[[], None]) -> None:
        try:
            work()
        except SafePlanError as problem:
            self._view.show_problem(problem)
