"""Trainings as a table for a spreadsheet: one row for each subject of each training, so that hours can be summed."""

from __future__ import annotations

from collections.abc import Iterator

from safeplan_desktop.domain.training import LoggedTraining, hours_number
from safeplan_desktop.domain.training_paper import TrainingPaper
from safeplan_desktop.domain.vocabulary import label_of
from safeplan_desktop.exchange.csv_out import table

COLUMNS = (
    *("first_day", "last_day", "title", "provider", "accreditor", "number", "format", "topic", "hours"),
    *("exercise_of_the_protocol", "cost", "reflection", "certificates", "fingerprints"),
)


def training_csv(summary: TrainingPaper) -> bytes:
    """The table; fingerprints are SHA-256 in hex, with spaces between those of several files."""
    return table(COLUMNS, (row for entry in summary.entries for row in _rows(summary, entry)))


def _rows(summary: TrainingPaper, entry: LoggedTraining) -> Iterator[tuple[str, ...]]:
    training, files = entry.training, summary.files_of(entry.id)
    for part in training.hours:
        yield (
            training.first_day.isoformat() if training.first_day else "",
            training.last_day.isoformat() if training.last_day else "",
            training.title,
            training.provider,
            training.accreditor,
            training.number,
            label_of(training.format) if training.format else "",
            part.topic,
            hours_number(part.minutes),
            "yes" if entry.of_drill else "no",
            training.cost,
            training.reflection,
            "; ".join(file.title for file in files),
            " ".join(file.sha256 for file in files),
        )
