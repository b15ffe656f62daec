"""What a summary of trainings shows, gathered before it is drawn or written as a table."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from safeplan_desktop.domain.attachments import Attachment
from safeplan_desktop.domain.moments import Moment
from safeplan_desktop.domain.training import LoggedTraining
from safeplan_desktop.domain.training_rules import Progress


@dataclass(frozen=True, slots=True)
class TrainingPaper:
    """One summary.

    Attributes:
        entries: The trainings, the oldest first.
        certificates: Their files, by the training's id.
        progress: Of the rule that was asked for; None for a summary of days alone.
        since, until: The days it covers, both included; None where it is open.
    """

    entries: tuple[LoggedTraining, ...]
    certificates: tuple[tuple[str, tuple[Attachment, ...]], ...]
    progress: Progress | None
    since: dt.date | None
    until: dt.date | None
    made: Moment

    def files_of(self, training_id: str) -> tuple[Attachment, ...]:
        """The certificates of a training."""
        return dict(self.certificates).get(training_id, ())

    @property
    def minutes(self) -> int:
        """Of all entries."""
        return sum(one.training.minutes for one in self.entries)

    @property
    def by_topic(self) -> tuple[tuple[str, tuple[LoggedTraining, ...]], ...]:
        """The entries by subject, the longest subject first; one that is about several stands under each."""
        return by_topic(self.entries)


def by_topic(entries: Sequence[LoggedTraining]) -> tuple[tuple[str, tuple[LoggedTraining, ...]], ...]:
    """Entries under their subjects."""
    names: dict[str, str] = {}
    found: dict[str, list[LoggedTraining]] = {}
    minutes: dict[str, int] = {}
    for entry in entries:
        for part in entry.training.hours:
            key = part.topic.casefold()
            names.setdefault(key, part.topic)
            found.setdefault(key, []).append(entry)
            minutes[key] = minutes.get(key, 0) + part.minutes
    order = sorted(found, key=lambda key: (-minutes[key], key))
    return tuple((names[key], tuple(found[key])) for key in order)
