"""Exercises of the emergency protocol: what was done, how quickly, what was skipped, and what to improve."""

from __future__ import annotations

import calendar
import datetime as dt
from dataclasses import dataclass

from safeplan_desktop.domain.crisis import CrisisRun, Protocol, Variant
from safeplan_desktop.domain.moments import Moment

MONTHS_BETWEEN = (3, 6, 12, 0)
"""How often an exercise may be due; 0 means never."""

_MINUTE = 60


@dataclass(frozen=True, slots=True)
class DrillStep:
    """A step of the protocol as it stood at the exercise.

    Attributes:
        at: When it was ticked (UTC); None where it was skipped.
    """

    text: str
    call: bool = False
    at: dt.datetime | None = None


@dataclass(frozen=True, slots=True)
class Drill:
    """One exercise; it is the practice's own and holds nothing about a client.

    Attributes:
        held: When it was begun.
        ended_at: When it was ended (UTC).
        improve: What the therapist wants to do better.
    """

    id: str
    variant: Variant
    held: Moment
    ended_at: dt.datetime
    steps: tuple[DrillStep, ...]
    improve: str = ""

    @property
    def seconds(self) -> int:
        """How long it took."""
        return int((self.ended_at - self.held.at).total_seconds())

    @property
    def seconds_to_first_call(self) -> int | None:
        """From the beginning to the first call for help; None where there was none."""
        calls = [step.at for step in self.steps if step.call and step.at is not None]
        return int((min(calls) - self.held.at).total_seconds()) if calls else None

    @property
    def skipped(self) -> tuple[str, ...]:
        """The steps that weren't ticked, in the protocol's order."""
        return tuple(step.text for step in self.steps if step.at is None)

    @property
    def pace(self) -> tuple[tuple[str, int], ...]:
        """The ticked steps by time, each with its seconds since the one before it (or since the beginning)."""
        done = sorted((step.at, step.text) for step in self.steps if step.at is not None)
        before, rows = self.held.at, []
        for at, text in done:
            rows.append((text, int((at - before).total_seconds())))
            before = at
        return tuple(rows)


def drill_of(
    run: CrisisRun, protocol: Protocol, variant: Variant, *, drill_id: str, began: Moment, ended_at: dt.datetime
) -> Drill:
    """An exercise that has just ended."""
    steps = []
    for step in protocol.steps(variant):
        stamp = run.stamp_of(variant, step.text)
        steps.append(DrillStep(step.text, step.call, stamp.at if stamp is not None else None))
    return Drill(drill_id, variant, began, ended_at.replace(microsecond=0), tuple(steps))


def next_drill_due(last: dt.date | None, months: int) -> dt.date | None:
    """The day of the next exercise: so many months after the last one; None where none is due or none was ever held."""
    if last is None or not months:
        return None
    year, month = divmod(last.year * 12 + last.month - 1 + months, 12)
    return dt.date(year, month + 1, min(last.day, calendar.monthrange(year, month + 1)[1]))


def seconds_words(seconds: int) -> str:
    """A short time in words, such as "1 min 20 s"."""
    minutes, rest = divmod(max(seconds, 0), _MINUTE)
    return f"{minutes} min {rest} s" if minutes else f"{rest} s"
