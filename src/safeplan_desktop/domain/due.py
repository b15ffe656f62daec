"""What is due: its kinds, its rows, the days that they are told under, and what a row is known by while it waits."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum

_WEEK = 7
BEGIN, OVERDUE, OPEN = "To begin with", "Overdue", "Open"


class DueKind(Enum):
    """What is due."""

    DRAFT_CLIENT = "draft-client"
    DRAFT_ADDENDUM = "draft-addendum"
    DRAFT_PRACTICE = "draft-practice"
    DRAFT_SCREENING = "draft-screening"
    DRAFT_PLAN = "draft-plan"
    DRAFT_INCIDENT = "draft-incident"
    DRAFT_SESSION_NOTE = "draft-session-note"
    DRAFT_PRIVATE_NOTE = "draft-private-note"
    DRAFT_AGREEMENT = "draft-agreement"
    DRAFT_CONSENT = "draft-consent"
    CONSENT = "consent"
    REASSESSMENT = "reassessment"
    PLAN_REVIEW = "plan-review"
    COPIES = "copies"
    FOLLOW_UP = "follow-up"
    BACKUP = "backup"
    NUMBERS = "numbers"
    CRISIS = "crisis"
    DRILL = "drill"
    PAUSE = "pause"
    RETENTION = "retention"
    DRAFT_HANDOUT = "draft-handout"
    DRAFT_POLICY = "draft-policy"
    POLICY = "policy"
    LONE_WORKING = "lone-working"
    DRAFT_SELF_CARE = "draft-self-care"
    DRAFT_CONSULTATION = "draft-consultation"
    CONSULTATION = "consultation"
    CHECK_IN = "check-in"
    DRAFT_TRAINING = "draft-training"
    DRAFT_FEEDBACK = "draft-feedback"
    TRAINING = "training"
    REVIEW = "review"
    SET_UP = "set-up"


@dataclass(frozen=True, slots=True)
class DueRow:
    """One row of Today.

    Attributes:
        due: The day it is due; None for what has no day.
        overdue: Whether that day has passed.
        sentence: What is due, in words, without a name.
        client_label: The client's code, or name where names are shown; empty where there is none.
        record_id: The record that the row opens; empty where it opens a whole screen.
    """

    kind: DueKind
    due: dt.date | None
    overdue: bool
    sentence: str
    client_label: str = ""
    client_id: str = ""
    record_id: str = ""

    @property
    def key(self) -> str:
        """What the row is known by as long as neither its record nor its day changes.

        What is about no record is known by its sentence, which tells what changed.
        """
        about = self.record_id or f"{self.client_id}|{self.sentence}"
        return f"{self.kind.value}|{about}|{self.due or ''}"

    @property
    def id(self) -> str:
        """The same: a table keeps the chosen row by it."""
        return self.key


@dataclass(frozen=True, slots=True)
class DueGroup:
    """Rows that are told together.

    Attributes:
        title: "Overdue", "Today", "Tomorrow", a day's name, or "Open" for what has no day.
        day: The day; None for what is overdue or has none.
    """

    title: str
    day: dt.date | None
    rows: tuple[DueRow, ...]


def day_title(day: dt.date, today: dt.date) -> str:
    """How a day is called from today: by its name within a week, else by its date, too."""
    ahead = (day - today).days
    if ahead in (0, 1):
        return ("Today", "Tomorrow")[ahead]
    return f"{day:%A}" if 0 < ahead < _WEEK else f"{day:%A}, {day.day} {day:%B %Y}"


def grouped(rows: Iterable[DueRow], today: dt.date) -> tuple[DueGroup, ...]:
    """Rows by day: the set-up of the practice, what is overdue, the days in their order, what has no day.

    Empty groups are left out.
    """
    begin, overdue, undated = [], [], []
    days: dict[dt.date, list[DueRow]] = {}
    for row in rows:
        if row.kind is DueKind.SET_UP:
            begin.append(row)
        elif row.overdue:
            overdue.append(row)
        elif row.due is None:
            undated.append(row)
        else:
            days.setdefault(row.due, []).append(row)
    groups = [DueGroup(title, None, tuple(found)) for title, found in ((BEGIN, begin), (OVERDUE, overdue)) if found]
    groups += [DueGroup(day_title(day, today), day, tuple(days[day])) for day in sorted(days)]
    if undated:
        groups.append(DueGroup(OPEN, None, tuple(undated)))
    return tuple(groups)
