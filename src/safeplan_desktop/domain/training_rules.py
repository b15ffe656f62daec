"""Rules for renewals, as the practice has them from its board: cycles, hours, and what of them is still missing."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace

from safeplan_desktop.domain.drills import next_drill_due
from safeplan_desktop.domain.training import LoggedTraining, TopicHours, check_hours, hours_words, minutes_of
from safeplan_desktop.errors import InvalidInputError

AHEAD_DAYS = 60
"""So long before its due day a renewal stands on Today."""

BAR_MARGIN, BAR_ROW = 12.0, 22.0
"""Points of the plot of a progress: above and below all bars, and for each."""

_YEAR, _LONGEST = 12, 20 * 12
_ALL = "All hours"


@dataclass(frozen=True, slots=True)
class RenewalRule:
    """One rule. None comes with the program as the practice's own: the therapist types it, or begins with an example.

    Attributes:
        name: Such as "Licence".
        months: The length of a cycle.
        first_day: Of any one cycle; the others follow from it.
        minutes: Of all subjects together in a cycle; 0 where only subjects are asked for.
        topics: The least for each subject.
        carry_over: At most so many minutes above `minutes` go over into the next cycle.
        due_on: The due day of the cycle that begins on `first_day`; None for that cycle's last day.
        with_exercises: Whether exercises of the crisis protocol count.
        source: Where the rule is written, or from which example it was begun.
        renewed: The first day of the newest cycle that the therapist says is renewed; None before the first.
    """

    id: str
    name: str = ""
    months: int = 24
    first_day: dt.date | None = None
    minutes: int = 0
    topics: tuple[TopicHours, ...] = ()
    carry_over: int = 0
    due_on: dt.date | None = None
    with_exercises: bool = False
    source: str = ""
    renewed: dt.date | None = None

    @property
    def sentence(self) -> str:
        """What it asks for, within a sentence."""
        parts = [hours_words(self.minutes)] if self.minutes else []
        least = ", ".join(f"{hours_words(one.minutes)} of {one.topic}" for one in self.topics)
        if least:
            parts.append(f"at least {least}" if parts else least)
        return f"{', '.join(parts)} in {length_words(self.months)}"


@dataclass(frozen=True, slots=True)
class TrainingRules:
    """All rules of the practice."""

    rules: tuple[RenewalRule, ...] = ()


@dataclass(frozen=True, slots=True)
class RuleExample:
    """A published rule to begin with.

    Attributes:
        source: Where it is written; it has to be checked there.
    """

    name: str
    months: int
    source: str
    hours: float = 0.0
    topics: tuple[tuple[str, float], ...] = ()


@dataclass(frozen=True, slots=True)
class RuleExamples:
    """The examples."""

    examples: tuple[RuleExample, ...]


@dataclass(frozen=True, slots=True)
class Cycle:
    """One cycle of a rule, both days included."""

    first: dt.date
    last: dt.date
    due: dt.date

    def holds(self, day: dt.date) -> bool:
        """Whether a day lies in it."""
        return self.first <= day <= self.last

    @property
    def words(self) -> str:
        """From when to when."""
        return f"{self.first:%d %b %Y} to {self.last:%d %b %Y}"


@dataclass(frozen=True, slots=True)
class Needed:
    """One line of a progress, in minutes.

    Attributes:
        title: The subject, or all of them.
        carried: Of `done`, what came over from the cycle before.
    """

    title: str
    done: int
    wanted: int
    carried: int = 0

    @property
    def missing(self) -> int:
        """What isn't there yet."""
        return max(self.wanted - self.done, 0)


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a cycle is.

    Attributes:
        counted: What counts in it, the oldest first.
    """

    rule: RenewalRule
    cycle: Cycle
    lines: tuple[Needed, ...]
    counted: tuple[LoggedTraining, ...]

    @property
    def complete(self) -> bool:
        """Whether all hours are there."""
        return not any(line.missing for line in self.lines)

    @property
    def renewed(self) -> bool:
        """Whether the therapist said that this cycle is renewed."""
        return self.rule.renewed is not None and self.cycle.first <= self.rule.renewed

    @property
    def missing_words(self) -> str:
        """What is missing, in words."""
        parts = [
            hours_words(line.missing) if line.title == _ALL else f"{hours_words(line.missing)} of {line.title}"
            for line in self.lines
            if line.missing
        ]
        return f"missing: {', '.join(parts)}" if parts else "all hours are there"


def length_words(months: int) -> str:
    """The length of a cycle in words."""
    years, rest = divmod(months, _YEAR)
    if rest:
        return "one month" if months == 1 else f"{months} months"
    return "one year" if years == 1 else f"{years} years"


def cycle_of(rule: RenewalRule, day: dt.date, back: int = 0) -> Cycle:
    """The cycle in which a day lies, or one before it; the first one where none has begun by then.

    Args:
        rule: With its first day.
        day: Such as today.
        back: How many cycles before that.
    """
    first = rule.first_day or day
    months = (day.year - first.year) * _YEAR + day.month - first.month
    place = months // rule.months
    if _later(first, place * rule.months) > day:
        place -= 1
    return _cycle(rule, first, max(place, 0) - back)


def _cycle(rule: RenewalRule, first: dt.date, place: int) -> Cycle:
    begins, following = _later(first, place * rule.months), _later(first, (place + 1) * rule.months)
    last = following - dt.timedelta(days=1)
    return Cycle(begins, last, _later(rule.due_on, place * rule.months) if rule.due_on is not None else last)


def _later(day: dt.date, months: int) -> dt.date:
    return (next_drill_due(day, months) or day) if months else day


def progress_in(rule: RenewalRule, cycle: Cycle, log: Sequence[LoggedTraining]) -> Progress:
    """How far a cycle is, with what the cycle before left over.

    Args:
        rule: What is asked for.
        cycle: One of its cycles.
        log: All trainings, in any order.
    """
    counted = _counted(rule, cycle, log)
    trainings = [one.training for one in counted]
    carried = 0
    if rule.carry_over and rule.minutes:
        before = _counted(rule, cycle_of(rule, cycle.first, back=1), log)
        carried = min(max(sum(one.training.minutes for one in before) - rule.minutes, 0), rule.carry_over)
    lines = []
    if rule.minutes:
        lines.append(Needed(_ALL, sum(one.minutes for one in trainings) + carried, rule.minutes, carried))
    lines += [Needed(one.topic, minutes_of(trainings, one.topic), one.minutes) for one in rule.topics]
    return Progress(rule, cycle, tuple(lines), counted)


def _counted(rule: RenewalRule, cycle: Cycle, log: Sequence[LoggedTraining]) -> tuple[LoggedTraining, ...]:
    found = [one for one in log if cycle.holds(one.day) and (rule.with_exercises or not one.of_drill)]
    return tuple(sorted(found, key=lambda one: (one.day, one.training.title)))


def open_cycles(rule: RenewalRule, day: dt.date) -> tuple[Cycle, ...]:
    """The cycles that Today asks about: the one before, where it isn't renewed, and the present one."""
    if rule.first_day is None:
        return ()
    present = cycle_of(rule, day)
    before = cycle_of(rule, day, back=1)
    found = [before, present] if before.first >= rule.first_day else [present]
    return tuple(one for one in found if rule.renewed is None or one.first > rule.renewed)


def check_rule(rule: RenewalRule) -> RenewalRule:
    """The rule as it is kept.

    Raises:
        InvalidInputError: naming the field that isn't right.
    """
    if not rule.name.strip():
        raise InvalidInputError("name", "Please give the rule a name, such as Licence.")
    if not 1 <= rule.months <= _LONGEST:
        raise InvalidInputError("length", "A cycle takes from one month to 20 years.")
    if rule.first_day is None:
        raise InvalidInputError("first_day", "Please choose the first day of a cycle.")
    if rule.due_on is not None and rule.due_on < rule.first_day:
        raise InvalidInputError("due_on", "The due day lies before the cycle begins.")
    topics = check_hours(rule.topics, "topics", may_be_none=True)
    if rule.minutes <= 0 and not topics:
        raise InvalidInputError("total", "Please type the hours of a cycle, or the least for a subject.")
    if rule.minutes and rule.minutes < max((one.minutes for one in topics), default=0):
        raise InvalidInputError("total", "One subject alone asks for more hours than this.")
    return replace(rule, name=rule.name.strip(), source=rule.source.strip(), topics=topics)


def topics_of(rules: Sequence[RenewalRule]) -> tuple[str, ...]:
    """The subjects that rules ask for, each once."""
    return tuple({one.topic.casefold(): one.topic for rule in rules for one in rule.topics}.values())
