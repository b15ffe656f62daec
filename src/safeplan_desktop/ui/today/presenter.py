"""What is due, in words and by day, and where each row leads."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

from safeplan_desktop.domain.changes import Noun
from safeplan_desktop.domain.crisis import Variant
from safeplan_desktop.domain.drafts import DraftKind
from safeplan_desktop.domain.due import DueKind, DueRow, grouped
from safeplan_desktop.domain.moments import today
from safeplan_desktop.domain.snoozes import PutOff, latest
from safeplan_desktop.services.due import DueList
from safeplan_desktop.services.session import Session
from safeplan_desktop.services.weeks import CalendarFile
from safeplan_desktop.ui.ports import RunJob, Shell

MANY = 12
"""From so many rows on, they can be narrowed to one sort."""

_SCREENS = {DueKind.BACKUP: "backups"}
_OF_PRACTICE = {
    DueKind.SET_UP: "set-up",
    DueKind.NUMBERS: "contacts",
    DueKind.DRILL: "exercises",
    DueKind.POLICY: "policy",
    DueKind.LONE_WORKING: "room",
    DueKind.RETENTION: "retention",
    DueKind.DRAFT_TRAINING: "training",
    DueKind.TRAINING: "training",
    DueKind.DRAFT_FEEDBACK: "reviews",
    DueKind.REVIEW: "reviews",
}
_NOUNS = {
    DueKind.DRAFT_CLIENT: Noun.DRAFT,
    DueKind.DRAFT_SCREENING: Noun.SCREENING,
    DueKind.REASSESSMENT: Noun.SCREENING,
    DueKind.DRAFT_PLAN: Noun.PLAN,
    DueKind.PLAN_REVIEW: Noun.PLAN,
    DueKind.COPIES: Noun.PLAN,
    DueKind.DRAFT_INCIDENT: Noun.INCIDENT,
    DueKind.FOLLOW_UP: Noun.INCIDENT,
    DueKind.DRAFT_SESSION_NOTE: Noun.SESSION_NOTE,
    DueKind.DRAFT_PRIVATE_NOTE: Noun.PRIVATE_NOTE,
    DueKind.DRAFT_AGREEMENT: Noun.AGREEMENT,
    DueKind.DRAFT_CONSENT: Noun.CONSENT,
    DueKind.CONSENT: Noun.CONSENT,
    DueKind.PAUSE: Noun.STATUS,
    DueKind.DRAFT_HANDOUT: Noun.HANDOUT,
    DueKind.DRAFT_POLICY: Noun.POLICY,
    DueKind.DRAFT_SELF_CARE: Noun.SELF_CARE,
    DueKind.DRAFT_CONSULTATION: Noun.CONSULTATION,
    DueKind.CONSULTATION: Noun.CONSULTATION,
    DueKind.CHECK_IN: Noun.CHECK_IN,
}


class Sort(Enum):
    """What rows can be narrowed to."""

    REASSESSMENTS = "Reassessments"
    REVIEWS = "Safety plan reviews and copies"
    FOLLOW_UPS = "Follow-ups"
    UNSIGNED = "Drafts and what isn't signed"
    PRACTICE = "The practice and everything else"


def sort_of(kind: DueKind) -> Sort:
    """Where a kind belongs."""
    if kind.value.startswith("draft-") or kind is DueKind.CRISIS:
        return Sort.UNSIGNED
    return _SORTS.get(kind, Sort.PRACTICE)


_SORTS = {
    DueKind.REASSESSMENT: Sort.REASSESSMENTS,
    DueKind.PLAN_REVIEW: Sort.REVIEWS,
    DueKind.COPIES: Sort.REVIEWS,
    DueKind.FOLLOW_UP: Sort.FOLLOW_UPS,
    DueKind.CONSULTATION: Sort.FOLLOW_UPS,
}


@dataclass(frozen=True, slots=True)
class Group:
    """A line of the list that says when; the rows below it are its own."""

    title: str
    count: int

    @property
    def sentence(self) -> str:
        """The day with the number of its rows."""
        return f"{self.title} ({self.count:,})"


Line = Group | DueRow | PutOff


def row_of(line: Line | None) -> DueRow | None:
    """What is due in a line of the list."""
    return line.row if isinstance(line, PutOff) else line if isinstance(line, DueRow) else None


@dataclass(frozen=True)
class TodayPresenter:
    """Rows of the due list."""

    session: Session
    shell: Shell
    run: RunJob

    def listed(self) -> DueList:
        """What is due now, and what was put off."""
        return self.session.due.listed()

    def day(self) -> dt.date:
        """The present day."""
        return today(self.session.desk.clock)

    def lines(self, listed: DueList, sort: Sort | None = None, *, with_put_off: bool = False) -> list[Line]:
        """The list: under each day's line its rows, and at the end, if wanted, what was put off.

        Args:
            listed: What is due, and what was put off.
            sort: Only of this sort.
            with_put_off: Whether what was put off is shown.
        """
        waiting = [row for row in listed.waiting if sort in (None, sort_of(row.kind))]
        put_off = [one for one in listed.put_off if sort in (None, sort_of(one.row.kind))] if with_put_off else []
        lines: list[Line] = []
        for group in grouped(waiting, self.day()):
            lines += [Group(group.title, len(group.rows)), *group.rows]
        if put_off:
            lines += [Group("Put off", len(put_off)), *put_off]
        return lines

    @staticmethod
    def sorts(listed: DueList) -> list[tuple[Sort, str]]:
        """The sorts that there are, with their numbers."""
        counts = dict.fromkeys(Sort, 0)
        for row in listed.waiting:
            counts[sort_of(row.kind)] += 1
        return [(sort, f"{sort.value} ({count:,})") for sort, count in counts.items() if count]

    def about(self, listed: DueList) -> str:
        """One line about the list."""
        rows, later = listed.waiting, len(listed.put_off)
        put_off = f" {later:,} put off." if later else ""
        if not rows:
            return put_off.strip()
        overdue = sum(row.overdue for row in rows)
        things = "One thing" if len(rows) == 1 else f"{len(rows):,} things"
        return f"{things} for today and the next seven days{f', {overdue:,} overdue' if overdue else ''}.{put_off}"

    def empty_sentence(self) -> str:
        """What an empty page says."""
        if not self.session.clients.any():
            return "Your records are ready. Add your first client to begin."
        return "Nothing is due in the next seven days."

    @staticmethod
    def what_words(line: Line) -> str:
        """What is due, and why it was put off; of a day's line, the day with the number of its rows."""
        return line.sentence

    @staticmethod
    def client_words(line: Line) -> str:
        """Whom it is about."""
        row = row_of(line)
        return row.client_label if row else ""

    @staticmethod
    def due_words(line: Line) -> str:
        """The day, and in words whether it has passed, or until when it was put off."""
        if isinstance(line, PutOff):
            return f"Until {line.until:%a %d %b %Y}"
        if isinstance(line, Group):
            return ""
        if line.due is None:
            return "Overdue" if line.overdue else "Open"
        day = f"{line.due:%a %d %b %Y}"
        return f"{day}, overdue" if line.overdue else day

    @staticmethod
    def can_be_quick(line: Line | None) -> bool:
        """Whether a quick check may do for what is due."""
        row = row_of(line)
        return row is not None and row.kind is DueKind.REASSESSMENT

    def quick_check(self, row: DueRow) -> None:
        """Opens a quick check of the row's client."""
        self.shell.begin_quick_check(row.client_id)

    # -- putting off ----------------------------------------------------------------------------------------------

    def choices(self, row: DueRow) -> list[tuple[dt.date | None, str]]:
        """Until when a row can be put off; the last choice is a day to be typed."""
        day, last = self.day(), latest(row, self.day())
        found: list[tuple[dt.date | None, str]] = [
            (day + dt.timedelta(days=days), words)
            for days, words in ((1, "Until tomorrow"), (3, "For three days"), (7, "For a week"))
            if day + dt.timedelta(days=days) <= last
        ]
        return [*found, (None, "Until a day")]

    def limit_words(self, row: DueRow) -> str:
        """What is to be known before a row is put off."""
        last = latest(row, self.day())
        if (last - self.day()).days > _WEEK:
            return "It comes back by itself on that day, or as soon as its record or its day is another."
        return (
            f"This is about a client's safety and its day has passed, so it can wait until {last:%d %b %Y} at most. "
            "It can be put off again then."
        )

    def put_off(self, row: DueRow, until: dt.date | None, reason: str) -> None:
        """Puts a row off.

        Raises:
            InvalidInputError: naming "until" or "reason".
        """
        entry_id = self.session.snoozes.put_off(row, until, reason)
        self.shell.say("Put off.", lambda: self.session.snoozes.wake(entry_id))

    def wake(self, put_off: PutOff) -> None:
        """Takes a row that was put off back."""
        self.session.snoozes.wake(put_off.entry_id)

    # -- leaving --------------------------------------------------------------------------------------------------

    def print_week(self, *, names: bool) -> None:
        """Shows the week for printing."""
        self.shell.preview(self.session.weeks.document(names=names))

    def calendar(self) -> CalendarFile:
        """What is to become a calendar file."""
        return self.session.weeks.calendar()

    # -- opening --------------------------------------------------------------------------------------------------

    def open(self, row: DueRow) -> None:
        """Opens what a row is about."""
        if row.kind is DueKind.CRISIS:
            if row.client_id:
                self.shell.choose_client(row.client_id)
            self.shell.open_crisis()
            return
        if row.kind is DueKind.DRILL and row.record_id:
            self._go_on_with_exercise()
            return
        if row.kind in _OF_PRACTICE:
            self.shell.open_practice(_OF_PRACTICE[row.kind])
            return
        if row.kind is DueKind.DRAFT_PRACTICE:
            self.shell.open_practice(row.record_id)
            return
        if row.kind is DueKind.DRAFT_ADDENDUM:
            self._go_on_adding(row)
            return
        screen = _SCREENS.get(row.kind)
        if screen is not None:
            self.shell.open_screen(screen)
            return
        draft = row.kind in (DueKind.DRAFT_SCREENING, DueKind.DRAFT_PLAN)
        self.shell.open_record(
            _NOUNS[row.kind],
            "" if draft or row.kind is DueKind.REASSESSMENT else row.record_id,
            row.client_id,
        )

    def _go_on_adding(self, row: DueRow) -> None:
        """Shows the signed record; its button for adding brings the words back."""
        noun = self.session.addendum_drafts.noun_of(row.record_id)
        if noun is Noun.POLICY:
            self.shell.open_practice("policy")
            return
        # Signed screenings are added to from their list.
        self.shell.open_record(noun, "" if noun is Noun.SCREENING else row.record_id, row.client_id)
        self.shell.say("“Add to it” on the record brings back what you typed.")

    def _go_on_with_exercise(self) -> None:
        waiting = self.session.crisis.waiting(DraftKind.DRILL)
        place = waiting[0].place if waiting is not None else ""
        self.shell.begin_exercise(Variant(place) if place else Variant.OFFICE)


def first_row(lines: Sequence[Line]) -> int:
    """The place of the first row that can be chosen; -1 where there is none."""
    return next((place for place, line in enumerate(lines) if not isinstance(line, Group)), -1)


_WEEK = 7
