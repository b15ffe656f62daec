"""The training log: write, put right, take out; exercises of the protocol stand in it by themselves."""

from __future__ import annotations

from dataclasses import dataclass

from safeplan_desktop.domain.canonical import from_json, to_json
from safeplan_desktop.domain.changes import Noun
from safeplan_desktop.domain.drafts import Draft, DraftKind
from safeplan_desktop.domain.moments import today
from safeplan_desktop.domain.register import RegisterEntry
from safeplan_desktop.domain.searched_words import of_training
from safeplan_desktop.domain.training import (
    FORM_VERSION,
    TOPICS,
    LoggedTraining,
    Training,
    check_training,
    training_of_drill,
)
from safeplan_desktop.domain.training_rules import topics_of
from safeplan_desktop.domain.vocabulary import label_of
from safeplan_desktop.services.desk import Desk
from safeplan_desktop.services.drafts import Drafts
from safeplan_desktop.services.drills import Drills
from safeplan_desktop.services.register import Register
from safeplan_desktop.services.training_rules import Rules
from safeplan_desktop.storage import drafts as stored_drafts


@dataclass(frozen=True, slots=True)
class Trainings:
    """The log's use cases."""

    desk: Desk
    drafts: Drafts
    register: Register
    drills: Drills
    rules: Rules

    def log(self) -> tuple[LoggedTraining, ...]:
        """All that was held, the newest first; of exercises, their minutes as they were timed."""
        found = [
            LoggedTraining(one.id, one.day, one.form_as(Training)) for one in self.register.of_kind(Noun.TRAINING, "")
        ]
        found += [training_of_drill(drill, label_of(drill.variant).lower()) for drill in self.drills.every()]
        return tuple(sorted(found, key=lambda one: one.day, reverse=True))

    def get(self, training_id: str) -> LoggedTraining:
        """One training.

        Raises:
            NotFoundError: when it isn't there.
        """
        entry = self.register.get(training_id)
        return LoggedTraining(entry.id, entry.day, entry.form_as(Training))

    def topics(self) -> tuple[str, ...]:
        """The subjects to choose from: ours, those of the rules, and those that were used before."""
        used = [part.topic for one in self.log() for part in one.training.hours]
        every = (*TOPICS, *topics_of(self.rules.every()), *reversed(used))
        return tuple({topic.casefold(): topic for topic in reversed(every)}[key] for key in _first_seen(every))

    # -- writing --------------------------------------------------------------------------------------------------

    def begin(self) -> tuple[Draft, Training]:
        """A new draft."""
        form = Training()
        return self.drafts.begin(DraftKind.TRAINING, "", to_json(form), FORM_VERSION), form

    def begin_change(self, training_id: str) -> tuple[Draft, Training]:
        """A draft of what is to be put right; the one that waits, if there is one. The entry stays until it is saved."""
        waiting = next((found for found in self.waiting() if found[0].record_id == training_id), None)
        if waiting is not None:
            return waiting
        form = self.get(training_id).training
        return self.drafts.begin(DraftKind.TRAINING, "", to_json(form), FORM_VERSION, record_id=training_id), form

    def waiting(self) -> tuple[tuple[Draft, Training], ...]:
        """Drafts that aren't saved yet, the newest first."""
        return tuple(
            (draft, from_json(draft.form_json, Training))
            for draft in self.drafts.every()
            if draft.kind is DraftKind.TRAINING
        )

    def autosave(self, draft: Draft, form: Training) -> Draft:
        """Saves the form as it stands."""
        return self.drafts.save(draft, to_json(form))

    def discard(self, draft: Draft) -> None:
        """Throws a draft away, on the therapist's word; what was saved before stays."""
        self.drafts.discard(DraftKind.TRAINING, draft.record_id)

    def save(self, draft: Draft, form: Training) -> LoggedTraining:
        """Puts the training into the log, or puts right what stands there; it counts on its last day.

        Raises:
            InvalidInputError: naming the field that isn't right.
        """
        kept = check_training(form, today(self.desk.clock))
        day = kept.last_day or today(self.desk.clock)
        words = of_training(kept)
        stands = any(one.id == draft.record_id for one in self.register.of_kind(Noun.TRAINING, ""))
        with self.desk.entry() as entry:
            if stands:
                made = self.register.change_within(entry, draft.record_id, kept, day=day, title=kept.title, words=words)
            else:
                made = self.register.add_within(
                    entry, Noun.TRAINING, kept, day=day, title=kept.title, words=words, entry_id=draft.record_id
                )
            stored_drafts.delete(self.desk.database, DraftKind.TRAINING, draft.record_id)
            entry.changed(Noun.DRAFT, draft.record_id)
        return LoggedTraining(made.id, day, kept)

    def remove(self, training_id: str) -> RegisterEntry:
        """Takes an entry out, on the therapist's word; its certificate stays in the records. Gives what `bring_back` takes.

        Raises:
            NotFoundError: when it isn't there.
        """
        return self.register.remove(training_id)

    def bring_back(self, entry: RegisterEntry) -> None:
        """Undoes that."""
        form = entry.form_as(Training)
        self.register.add(
            Noun.TRAINING, form, day=entry.day, title=form.title, words=of_training(form), entry_id=entry.id
        )


def _first_seen(topics: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(topic.casefold() for topic in topics))
