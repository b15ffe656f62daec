"""Reads a signed record of whatever kind, whole."""

from __future__ import annotations

from dataclasses import dataclass, replace

from safeplan_desktop.domain.canonical import from_json
from safeplan_desktop.domain.changes import Noun
from safeplan_desktop.domain.incidents import Addendum, FollowUpState, RecordLink, SignedIncident
from safeplan_desktop.domain.plans import PlanVersion
from safeplan_desktop.domain.screenings import SignedScreening
from safeplan_desktop.domain.signed_items import Signed, SignedItem
from safeplan_desktop.domain.signed_records import SignedRecord
from safeplan_desktop.services.addenda import Addenda
from safeplan_desktop.services.desk import Desk
from safeplan_desktop.services.incidents import Incidents
from safeplan_desktop.services.plans import Plans
from safeplan_desktop.services.screenings import Screenings
from safeplan_desktop.services.signed_records import SignedRecords
from safeplan_desktop.storage import client_record
from safeplan_desktop.storage.client_record import Text

_KINDS: dict[Noun, type[Signed]] = {
    Noun.SCREENING: SignedScreening,
    Noun.PLAN: PlanVersion,
    Noun.INCIDENT: SignedIncident,
}


@dataclass(frozen=True, slots=True)
class StoredItem:
    """A signed record as it lies in the file; it is taken apart in the job that needs it."""

    id: str
    noun: Noun
    text: Text
    addenda: tuple[Text, ...] = ()
    follow_ups: tuple[FollowUpState, ...] = ()
    revised: RecordLink | None = None

    def read(self) -> SignedItem:
        """What was signed, with what was added.

        Raises:
            UnreadableRecordError: when it isn't of its kind.
        """
        content, content_hash = self.text
        record = replace(
            from_json(content, _KINDS.get(self.noun, SignedRecord)), content=content, content_hash=content_hash
        )
        added = (replace(from_json(text, Addendum), content=text, content_hash=hash_) for text, hash_ in self.addenda)
        return SignedItem(self.noun, record, tuple(added), self.follow_ups, self.revised)


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
            return SignedItem(noun, self.plans.get(record_id), added)
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

    def of_client(self, client_id: str) -> dict[str, StoredItem]:
        """Every signed record of a client by its id, still to be taken apart."""
        database = self.desk.database
        texts = client_record.texts(database, client_id)
        added = client_record.addenda_texts(database, client_id)
        nouns = {one.id: Noun.SCREENING for one in self.screenings.of_client(client_id)}
        nouns |= {one.id: Noun.PLAN for one in self.plans.of_client(client_id)}
        nouns |= {one.id: one.noun for one in self.signed_records.of_client(client_id)}
        found = {
            record_id: StoredItem(record_id, noun, texts[record_id], added.get(record_id, ()))
            for record_id, noun in nouns.items()
        }
        for one in self.incidents.of_client(client_id):
            if one.signed is not None:
                found[one.id] = StoredItem(
                    one.id,
                    Noun.INCIDENT,
                    texts[one.id],
                    added.get(one.id, ()),
                    self.incidents.follow_ups(one.id),
                    self.incidents.revised_after(client_id, one.happened_at),
                )
        return found
