"""Rules for renewals: kept as one row of the practice, which the safety policy takes its words from, too."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from safeplan_desktop.domain.ids import new_id
from safeplan_desktop.domain.moments import today
from safeplan_desktop.domain.training import LoggedTraining, TopicHours
from safeplan_desktop.domain.training_rules import (
    AHEAD_DAYS,
    Progress,
    RenewalRule,
    RuleExample,
    TrainingRules,
    check_rule,
    cycle_of,
    open_cycles,
    progress_in,
)
from safeplan_desktop.errors import InvalidInputError, NotFoundError
from safeplan_desktop.services.desk import Desk
from safeplan_desktop.services.practice import Practice

NAME = "training rules"
_HOUR = 60


def rules_of(practice: Practice) -> tuple[RenewalRule, ...]:
    """The rules as they are kept, in the therapist's order."""
    return (practice.kept(NAME, TrainingRules) or TrainingRules()).rules


def begin_with(example: RuleExample) -> RenewalRule:
    """A rule to put right and to save, begun with a published one."""
    topics = tuple(TopicHours(topic, round(hours * _HOUR)) for topic, hours in example.topics)
    source = f"Begun with {example.source}; to be checked with my board"
    return RenewalRule("", example.name, example.months, None, round(example.hours * _HOUR), topics, source=source)


@dataclass(frozen=True, slots=True)
class Rules:
    """The use cases of rules."""

    desk: Desk
    practice: Practice

    def every(self) -> tuple[RenewalRule, ...]:
        """All rules, in the therapist's order."""
        return rules_of(self.practice)

    def by_name(self, name: str) -> RenewalRule:
        """The rule of a name, in any case.

        Raises:
            NotFoundError: when there is none; the sentence names those that there are.
        """
        wanted = name.strip().casefold()
        found = next((rule for rule in self.every() if rule.name.casefold() == wanted), None)
        if found is None:
            known = ", ".join(rule.name for rule in self.every()) or "none yet"
            raise NotFoundError(f"There is no rule {name}.", next_step=f"There are: {known}.")
        return found

    def save(self, rule: RenewalRule) -> RenewalRule:
        """Keeps a rule, new or changed.

        Raises:
            InvalidInputError: naming the field that isn't right.
        """
        kept = check_rule(replace(rule, id=rule.id or new_id()))
        others = self.every()
        if any(one.name.casefold() == kept.name.casefold() and one.id != kept.id for one in others):
            raise InvalidInputError("name", "There is a rule of this name already.")
        if any(one.id == kept.id for one in others):
            self._keep(tuple(kept if one.id == kept.id else one for one in others))
        else:
            self._keep((*others, kept))
        return kept

    def remove(self, rule_id: str) -> tuple[RenewalRule, ...]:
        """Takes a rule out; the trainings stay. Gives all rules as they were, for `bring_back`."""
        former = self.every()
        self._keep(tuple(one for one in former if one.id != rule_id))
        return former

    def bring_back(self, former: tuple[RenewalRule, ...]) -> None:
        """Undoes a removal, or that a cycle was marked as renewed."""
        self._keep(former)

    def renewed(self, rule_id: str, first_day: dt.date) -> tuple[RenewalRule, ...]:
        """Marks the cycle that begins on this day, and those before it, as renewed. Gives all rules as they were."""
        former = self.every()
        self._keep(tuple(replace(one, renewed=first_day) if one.id == rule_id else one for one in former))
        return former

    def _keep(self, rules: tuple[RenewalRule, ...]) -> None:
        self.practice.keep(NAME, TrainingRules(rules))

    # -- progress -------------------------------------------------------------------------------------------------

    def progress(self, rule: RenewalRule, log: Sequence[LoggedTraining], back: int = 0) -> Progress:
        """How far the present cycle is, or one before it."""
        return progress_in(rule, cycle_of(rule, today(self.desk.clock), back), log)

    def asked_about(self, log: Sequence[LoggedTraining]) -> Iterator[Progress]:
        """The cycles that aren't renewed and whose due day is near or past, the earliest first of each rule."""
        day = today(self.desk.clock)
        for rule in self.every():
            for cycle in open_cycles(rule, day):
                if cycle.due - dt.timedelta(days=AHEAD_DAYS) <= day:
                    yield progress_in(rule, cycle, log)
