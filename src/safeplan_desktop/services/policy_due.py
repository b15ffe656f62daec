"""What of the safety policy is due: its review, a new version after a change, readings, calls that didn't come."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from safeplan_desktop.domain.moments import Moment, today
from safeplan_desktop.domain.reviews import ReviewSubject
from safeplan_desktop.services.desk import Desk
from safeplan_desktop.services.policy import Policy
from safeplan_desktop.services.practice_checks import PracticeChecks
from safeplan_desktop.services.reviews import Reviews

Row = tuple[str, dt.date | None, bool, str]
"""What it is ("policy", "lone-working"), the day, whether that has passed, and the sentence."""


@dataclass(frozen=True, slots=True)
class PolicyDue:
    """Rows for Today."""

    desk: Desk
    policy: Policy
    checks: PracticeChecks
    reviews: Reviews

    def rows(self, horizon: dt.date) -> Iterator[Row]:
        """What is due until a day."""
        day = today(self.desk.clock)
        newest = self.policy.newest()
        if newest is not None:
            state = self.reviews.state(ReviewSubject.POLICY)
            if state.due is not None and state.due <= horizon:
                why = f", {state.why}" if state.why else ""
                yield "policy", state.due, state.due < day, f"Review of the safety policy{why}"
            changes = self.policy.outdated()
            if changes:
                more = f", and {len(changes) - 1} more" if len(changes) > 1 else ""
                yield "policy", None, False, f"Safety policy is out of date: {changes[0].sentence}{more}"
            unread = len(self.policy.not_read())
            if unread:
                people = "one person hasn't" if unread == 1 else f"{unread} people haven't"
                yield "policy", None, False, f"Safety policy, version {newest.number}: {people} read it yet"
        for one in self.checks.overdue():
            due = one.check.due
            if due is not None:
                on = Moment(due, one.check.zone).local_date
                yield "lone-working", on, True, f"Working alone: the call expected at {one.check.due_words()}"
