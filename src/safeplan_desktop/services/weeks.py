"""What is due leaves the window: the week on paper, and as a calendar file."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from safeplan_desktop.domain.audit import AuditAction
from safeplan_desktop.domain.changes import Noun
from safeplan_desktop.domain.due import DueGroup, DueRow, grouped
from safeplan_desktop.domain.moments import Moment, today
from safeplan_desktop.domain.practice import Paper, PracticeProfile
from safeplan_desktop.domain.vocabulary import label_of
from safeplan_desktop.exchange.calendar_out import CalendarDay, calendar_ics
from safeplan_desktop.services.desk import Desk
from safeplan_desktop.services.due import Due
from safeplan_desktop.services.exports import Document, file_name
from safeplan_desktop.services.practice import Practice
from safeplan_desktop.storage.atomic_file import write_document


def _make(groups: tuple[DueGroup, ...], put_off: int, practice: PracticeProfile, paper: Paper, made: Moment) -> bytes:
    from safeplan_desktop.documents.week import week_pdf  # noqa: PLC0415 - ReportLab loads in the job

    return week_pdf(groups, put_off, practice, paper, made)


@dataclass(frozen=True, slots=True)
class CalendarFile:
    """What is to become a calendar file; made in a job, as its library takes a while to load."""

    days: tuple[CalendarDay, ...]
    made: dt.datetime
    suggested_name: str

    def data(self) -> bytes:
        """The file."""
        return calendar_ics(self.days, self.made)


@dataclass(frozen=True, slots=True)
class Weeks:
    """Today and the next seven days, for the desk and for another calendar."""

    desk: Desk
    due: Due
    practice: Practice

    @property
    def may_show_names(self) -> bool:
        """Whether names may be asked for on the sheet: where the practice shows them on screens."""
        return self.practice.settings().show_names

    def document(self, *, names: bool = False, paper: Paper | None = None) -> Document:
        """The week on paper, by day, with codes.

        Args:
            names: Names beside the codes, for this sheet alone; only where the practice shows names on screens.
            paper: The practice's own when left out.
        """
        paper = paper or self.practice.settings().paper
        names = names and self.may_show_names
        listed = self.due.listed(show_names=names)
        made = self.desk.now()
        groups = grouped(listed.waiting, made.local_date)
        about = tuple(dict.fromkeys(row.client_id for row in listed.waiting if row.client_id)) if names else ()
        return Document(
            make=partial(_make, groups, len(listed.put_off), self.practice.profile(), paper, made),
            title="What is due this week",
            suggested_name=file_name("week", "", made.local_date),
            noun=Noun.PRACTICE,
            record_id="",
            client_id="",
            detail=f"week, with names, {paper.value}" if names else f"week, {paper.value}",
            about=about,
            about_detail="week, with names",
            words="\n".join(f"{row.sentence} {row.client_label}" for row in listed.waiting),
        )

    def calendar(self) -> CalendarFile:
        """Everything that waits and has a day, without clients."""
        rows = self.due.listed(show_names=False).waiting
        days = tuple(CalendarDay(_known_by(row), row.due, label_of(row.kind)) for row in rows if row.due is not None)
        made = self.desk.now()
        return CalendarFile(days, made.at, file_name("due", "", today(self.desk.clock), kind="ics"))

    def save_calendar(self, data: bytes, path: Path) -> None:
        """Writes the calendar where the therapist chose, and notes it in the audit.

        Raises:
            StorageFullError, StorageUnavailableError: a file of that name stays as it was.
        """
        write_document(path, data)
        with self.desk.entry() as entry:
            entry.audit(AuditAction.EXPORTED, Noun.PRACTICE, detail="calendar")


def _known_by(row: DueRow) -> str:
    """The same for a row whose day was moved: the calendar moves its entry."""
    return f"{row.kind.value}|{row.client_id}|{row.record_id}"
