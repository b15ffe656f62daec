"""What of the therapist's own support stands on Today: follow-ups of consultations, and the offer after an incident."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from safeplan_desktop.domain.due import DueKind, DueRow
from safeplan_desktop.services.check_ins import CheckIns
from safeplan_desktop.services.consultations import Consultations


@dataclass(frozen=True, slots=True)
class SupportDue:
    """Rows for Today; they name nobody."""

    consultations: Consultations
    check_ins: CheckIns

    def rows(self, day: dt.date, horizon: dt.date) -> Iterator[DueRow]:
        """What is due until a day. The offer is never overdue, and goes by itself."""
        for one in self.consultations.due_follow_ups(horizon):
            sentence = "Follow-up of a consultation"
            yield DueRow(DueKind.CONSULTATION, one.due, one.due < day, sentence, record_id=one.record_id)
        for offer in self.check_ins.offers():
            sentence = f"A moment for you, after incident {offer.number}, if you like"
            yield DueRow(DueKind.CHECK_IN, None, False, sentence, record_id=offer.incident_id)
