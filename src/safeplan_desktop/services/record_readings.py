"""Reads a signed record of whatever kind, whole."""

from __future__ import annotations

from dataclasses import dataclass

from safeplan_desktop.domain.changes import Noun
from safeplan_desktop.domain.signed_items import SignedItem
from safeplan_desktop.services.addenda import Addenda
from safeplan_desktop.services.desk import Desk
from safeplan_desktop.services.incidents import Incidents
from safeplan_desktop.services.plans import Plans
from safeplan_desktop.services.screenings import Screenings
from safeplan_desktop.services.signed_records import SignedRecords


@dataclass(frozen=True, slots=True)
class RecordReadings:
    """Signed records with what was added to them."""

    desk: Desk
    screenings: Screenings
    plans: Plans
    incidents: Incidents
    signed_records: SignedRecords
    addenda: Addenda

    def read(self, noun: Noun, record_id: str) -> SignedItem:
        """One signed record.

        Raises:
            NotFoundError: when there is none of that kind and id.
        """
        added = self.addenda.of_record(record_id)
        if noun is Noun.SCREENING:
            return SignedItem(noun, self.screenings.get(record_id), added)
        if noun is Noun.PLAN:
            return SignedItem(noun, self.plans.get(record_id))
        if noun is Noun.INCIDENT:
            incident = self.incidents.get(record_id)
            return SignedItem(
                noun,
                incident,
                added,
                self.incidents.follow_ups(record_id),
                self.incidents.revised_afterwards(incident),
            )
        return SignedItem(noun, self.signed_records.get(record_id), added)
