"""How long records are kept: the practice's own rule, and which records are past it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from safeplan_desktop.domain.clients import Client
from safeplan_desktop.domain.moments import today
from safeplan_desktop.domain.retention import RecordDates, RetentionRule, begun_before, check_rule, kept_until
from safeplan_desktop.services.clients import Clients
from safeplan_desktop.services.desk import Desk
from safeplan_desktop.services.practice import Practice
from safeplan_desktop.storage import client_record
from safeplan_desktop.storage import retention as stored_dates

_RULE = "retention"


@dataclass(frozen=True, slots=True)
class KeptRecord:
    """One client's record, and how long it is kept.

    Attributes:
        dates: What the rule was applied to.
        until: The day from which it may go; None where the rule gives none.
        past: Whether that day has come.
    """

    client: Client
    dates: RecordDates
    until: dt.date | None
    past: bool


@dataclass(frozen=True, slots=True)
class Retention:
    """The rule, and the records that it is about."""

    desk: Desk
    clients: Clients
    practice: Practice

    def rule(self) -> RetentionRule:
        """The practice's rule; without a number until the therapist typed one."""
        return self.practice.kept(_RULE, RetentionRule) or RetentionRule()

    def save_rule(self, rule: RetentionRule) -> None:
        """Replaces the rule.

        Raises:
            InvalidInputError: naming the field.
        """
        check_rule(rule)
        self.practice.keep(_RULE, rule)

    def of_client(self, client: Client, rule: RetentionRule | None = None) -> KeptRecord:
        """How long one record is kept; by the practice's rule unless another one is given."""
        dates = RecordDates(
            client_record.last_entry(self.desk.database, client.id, self.desk.clock.zone()),
            stored_dates.ended_on(self.desk.database, client.id),
            client.form.birth_date,
        )
        until = kept_until(rule or self.rule(), dates)
        return KeptRecord(client, dates, until, until is not None and until <= today(self.desk.clock))

    def past(self) -> tuple[KeptRecord, ...]:
        """The records that are past their retention, those past it longest first."""
        return tuple(sorted(self._past(), key=lambda kept: (kept.until or dt.date.max, kept.client.code)))

    def count_past(self, up_to: int) -> int:
        """How many records are past their retention, counted no further than a number: Today doesn't wait for thousands."""
        return sum(1 for _ in islice(self._past(), up_to))

    def _past(self) -> Iterator[KeptRecord]:
        rule = self.rule()
        if not rule.is_set:
            return
        before = None
        if rule.after_last_entry is not None:
            before = begun_before(today(self.desk.clock), rule.after_last_entry)
        chosen = stored_dates.may_be_past(
            self.desk.database,
            before,
            ended=rule.after_ending is not None,
            born=rule.after_adulthood is not None,
        )
        for client_id in chosen:
            kept = self.of_client(self.clients.get(client_id), rule)
            if kept.past:
                yield kept
