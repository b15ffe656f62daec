"""Invented standings, a link and a rule of retention for the sample practice: written through the services."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from safeplan_desktop.domain.client_links import LinkKind, LinkNote, Receives
from safeplan_desktop.domain.client_status import ClientStatus
from safeplan_desktop.domain.moments import today
from safeplan_desktop.domain.retention import RetentionRule
from safeplan_desktop.services.session import Session

_PAUSED, _DISCHARGED, _MANY = 3, 4, 6
_PAUSE_DAYS = 30


def add_to_records(session: Session, client_ids: Sequence[str]) -> None:
    """Of six and more clients one is paused, one discharged, and two belong together; a smaller practice has a rule only.

    Args:
        session: Whose clock stands at the end of the sample.
        client_ids: The sample's clients, in the order in which they were added.
    """
    session.retention.save_rule(
        RetentionRule(after_last_entry=10, after_adulthood=7, source="Invented for this sample")
    )
    if len(client_ids) < _MANY:
        return
    until = today(session.desk.clock) + dt.timedelta(days=_PAUSE_DAYS)
    session.statuses.change(
        client_ids[_PAUSED], ClientStatus.PAUSED, reason="Away for work; wants to go on afterwards.", until=until
    )
    session.statuses.change(
        client_ids[_DISCHARGED], ClientStatus.DISCHARGED, reason="Goals reached; knows how to come back."
    )
    session.client_links.add(
        client_ids[0],
        LinkNote(
            LinkKind.SIBLING,
            other_client=client_ids[1],
            other_receives=(Receives.APPOINTMENTS,),
            basis="Said so in session; noted together.",
        ),
    )
