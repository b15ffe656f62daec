"""Summaries of trainings as PDF and as a table: gathered here, made in a job."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from safeplan_desktop.domain.audit import AuditAction
from safeplan_desktop.domain.changes import Noun
from safeplan_desktop.domain.moments import today
from safeplan_desktop.domain.periods import Period
from safeplan_desktop.domain.practice import Paper, PracticeProfile
from safeplan_desktop.domain.searched_words import of_training
from safeplan_desktop.domain.training import LoggedTraining
from safeplan_desktop.domain.training_paper import TrainingPaper
from safeplan_desktop.domain.training_rules import BAR_MARGIN, BAR_ROW, Needed, Progress, RenewalRule
from safeplan_desktop.exchange.training_csv import training_csv
from safeplan_desktop.services.attachments import Attachments
from safeplan_desktop.services.desk import Desk
from safeplan_desktop.services.exports import Document, file_name
from safeplan_desktop.services.practice import Practice
from safeplan_desktop.services.trainings import Trainings
from safeplan_desktop.storage import audit
from safeplan_desktop.storage.atomic_file import write_document

_NAME = "trainings"


@dataclass(frozen=True, slots=True)
class TrainingDocuments:
    """What leaves the log."""

    desk: Desk
    practice: Practice
    trainings: Trainings
    attachments: Attachments

    def of_cycle(self, rule: RenewalRule, back: int = 0) -> TrainingPaper:
        """The present cycle of a rule, or one before it."""
        progress = self.trainings.rules.progress(rule, self.trainings.log(), back)
        cycle = progress.cycle
        return self._gathered(progress.counted, cycle.first, cycle.last, progress)

    def of_days(self, since: dt.date | None, until: dt.date | None) -> TrainingPaper:
        """All trainings between two days, both included, exercises among them.

        Raises:
            InvalidInputError: "until", when the last day lies before the first.
        """
        period = Period(since, until)
        return self._gathered([one for one in self.trainings.log() if period.holds(one.day)], since, until, None)

    def _gathered(
        self,
        entries: Iterable[LoggedTraining],
        since: dt.date | None,
        until: dt.date | None,
        progress: Progress | None,
    ) -> TrainingPaper:
        ordered = tuple(sorted(entries, key=lambda one: (one.day, one.training.title)))
        files = ((one.id, self.attachments.of_record(one.id)) for one in ordered if not one.of_drill)
        certificates = tuple((training_id, found) for training_id, found in files if found)
        return TrainingPaper(ordered, certificates, progress, since, until, self.desk.now())

    def document(self, summary: TrainingPaper, *, paper: Paper | None = None) -> Document:
        """A summary as a document, on the practice's paper by default."""
        paper = paper or self.practice.settings().paper
        head = audit.head(self.desk.database).stamp
        return Document(
            make=partial(_make, summary, self.practice.profile(), paper, head),
            title="Summary of trainings",
            suggested_name=file_name(_NAME, "", today(self.desk.clock)),
            noun=Noun.TRAINING,
            record_id="",
            client_id="",
            detail=f"summary, {paper.value}",
            words="\n".join(f"{one.training.title}\n{of_training(one.training)}" for one in summary.entries),
        )

    def table_name(self) -> str:
        """What a table may be called."""
        return file_name(_NAME, "", today(self.desk.clock), kind="csv")

    def save_table(self, summary: TrainingPaper, path: Path) -> bytes:
        """Writes a summary as a table for a spreadsheet, and notes it in the audit.

        Raises:
            StorageFullError, StorageUnavailableError: a file of that name stays as it was.
        """
        made = training_csv(summary)
        write_document(path, made)
        with self.desk.entry() as entry:
            entry.audit(AuditAction.EXPORTED, Noun.TRAINING, detail="summary, csv")
        return made


def _make(summary: TrainingPaper, practice: PracticeProfile, paper: Paper, chain_head: str) -> bytes:
    from safeplan_desktop.documents.training import training_pdf  # noqa: PLC0415 - ReportLab loads in the job

    return training_pdf(summary, practice, paper, chain_head)


def progress_height(lines: Sequence[Needed]) -> float:
    """How high the plot of a progress is, in points."""
    return BAR_ROW * max(len(lines), 1) + BAR_MARGIN


def progress_svg(lines: Sequence[Needed], width: float, inks: Mapping[str, str]) -> bytes:
    """The plot of a progress for the screen; for a job.

    Args:
        lines: What is done of what is asked for.
        width: In points.
        inks: The window's colours, by what they are for.
    """
    from safeplan_desktop.documents.charts import Inks, as_svg  # noqa: PLC0415 - ReportLab loads in the job
    from safeplan_desktop.documents.training import progress_plot  # noqa: PLC0415 - see above

    return as_svg(progress_plot(lines, width, Inks(**inks)))
