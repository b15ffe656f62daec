"""How long records are kept: the practice's own rule, and which records are past it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from safeplan_desktop.domain.clients import Client
from safeplan_desktop.domain.moments import today
from safeplan_desktop.domain.retention import RecordDates, RetentionRule, check_rule, kept_until, years_after
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

    def of_client(self, client: Client) -> KeptRecord:
        """How long one record is kept."""
        dates = RecordDates(
            client_record.last_entry(self.desk.database, client.id),
            stored_dates.ended_on(self.desk.database, client.id),
            client.form.birth_date,
        )
        until = kept_until(self.rule(), dates)
        return KeptRecord(client, dates, until, until is not None and until <= today(self.desk.clock))

    def past(self) -> tuple[KeptRecord, ...]:
        """The records that are past their retention, those past it longest first."""
        rule, day = self.rule(), today(self.desk.clock)
        if not rule.is_set:
            return ()
        found = []
        for client in self.clients.list(include_archived=True):
            # A record that was begun too short ago can't be past it, so its entries needn't be looked through.
            years = rule.after_last_entry
            if years is not None and years_after(client.created_at.date(), years) > day + dt.timedelta(days=1):
                continue
            kept = self.of_client(client)
            if kept.past:
                found.append(kept)
        return tuple(sorted(found, key=lambda kept: (kept.until or dt.date.max, kept.client.code)))
