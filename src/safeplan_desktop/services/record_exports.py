"""The whole record of a client as one document: what was ticked, for whom, and why."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from functools import partial

from safeplan_desktop.domain.changes import Noun
from safeplan_desktop.domain.clients import Client
from safeplan_desktop.domain.disclosures import DisclosureNote, RecordPart, check_disclosure
from safeplan_desktop.domain.moments import Moment
from safeplan_desktop.domain.plans import PlanVersion
from safeplan_desktop.domain.practice import Paper, PracticeProfile
from safeplan_desktop.domain.screenings import SignedScreening
from safeplan_desktop.domain.signed_items import without_withheld
from safeplan_desktop.domain.timeline import Standing, TimelineEntry
from safeplan_desktop.services import reference
from safeplan_desktop.services.client_links import ClientLinks
from safeplan_desktop.services.clients import Clients
from safeplan_desktop.services.desk import Desk
from safeplan_desktop.services.exports import Document, Tell, file_name
from safeplan_desktop.services.practice import Practice
from safeplan_desktop.services.record_readings import RecordReadings, StoredItem
from safeplan_desktop.services.timelines import CRITICAL, Timelines
from safeplan_desktop.storage import audit

_OF_OTHERS = frozenset({Noun.LINK, Noun.DISCLOSURE})
"""What tells of other people; it stays out of every copy."""

_READING = 0.1
"""Of the time that a copy takes, the share of reading what was signed."""


@dataclass(frozen=True, slots=True)
class _Gathered:
    """What the job needs, without the database."""

    client: Client
    items: tuple[StoredItem, ...]
    timeline: tuple[TimelineEntry, ...]
    note: DisclosureNote
    practice: PracticeProfile
    paper: Paper
    made: Moment
    chain_head: str


# ReportLab loads when a document is first made, in the job that makes it: the window doesn't wait for it.


def _make(gathered: _Gathered, tell: Tell) -> bytes:
    from safeplan_desktop.documents.full_record import FullRecord, full_record_pdf  # noqa: PLC0415 - see above

    items, withheld, calm = [], set(), set()
    for place, stored in enumerate(gathered.items):
        tell(_READING * place / len(gathered.items), "Reading what was signed")
        item = without_withheld(stored.read(), gathered.note.parts)
        if item is None:
            withheld.add(stored.id)
        else:
            items.append(item)
            if item.withheld and isinstance(item.record, SignedScreening):
                calm |= set() if any(fact.flags for fact in item.record.facts) else {stored.id}
    languages = {item.record.form.language for item in items if isinstance(item.record, PlanVersion)}
    record = FullRecord(
        gathered.client,
        tuple(items),
        tuple(_line(one, calm) for one in gathered.timeline if one.id not in withheld),
        gathered.note,
        {language: reference.plan_wording(language) for language in languages},
        gathered.made,
    )
    return full_record_pdf(
        record,
        gathered.practice,
        gathered.paper,
        gathered.chain_head,
        lambda done: tell(_READING + (1 - _READING) * done, "Setting the pages"),
    )


def _line(entry: TimelineEntry, calm: Collection[str]) -> TimelineEntry:
    """A line of the timeline; where every flagged answer of a screening is withheld, it doesn't tell that there was one."""
    if entry.id not in calm:
        return entry
    return replace(entry, detail=entry.detail.removesuffix(CRITICAL).removesuffix(", "))


def _to_nobody(_fraction: float, _sentence: str) -> None:
    """Hears how far the work is and does nothing with it."""


@dataclass(frozen=True, slots=True)
class RecordExports:
    """Copies of whole records."""

    desk: Desk
    clients: Clients
    practice: Practice
    timelines: Timelines
    client_links: ClientLinks
    readings: RecordReadings

    def whole(
        self,
        client_id: str,
        *,
        to_whom: str,
        why: str,
        parts: Collection[RecordPart] = (),
        paper: Paper | None = None,
    ) -> Document:
        """A client's whole record.

        Incidents, consultations, answers about violence and psychotherapy notes are left out unless `parts` names them.
        Drafts, links to other people and earlier copies never are in it.

        Args:
            client_id: Whose.
            to_whom: For whom the copy is; it stands in the document and in the accounting of disclosures.
            why: For what; the same.
            parts: What of the parts that are left out by default it holds.
            paper: Its size; None for the practice's own.

        Raises:
            InvalidInputError: naming the field.
            NotFoundError: when there is no such client.
        """
        kept = tuple(part for part in RecordPart if part in parts)
        note = DisclosureNote("full record", to_whom.strip(), why.strip(), kept)
        check_disclosure(note)
        client = self.clients.get(client_id)
        paper = paper or self.practice.settings().paper
        stored = self.readings.of_client(client_id)
        timeline = [
            entry
            for entry in reversed(self.timelines.of_client(client_id))
            if entry.standing is not Standing.DRAFT and entry.noun not in _OF_OTHERS
        ]
        items = tuple(stored[entry.id] for entry in timeline if entry.id in stored)
        gathered = _Gathered(
            client=client,
            items=items,
            timeline=tuple(timeline),
            note=note,
            practice=self.practice.profile(),
            paper=paper,
            made=self.desk.now(),
            chain_head=audit.head(self.desk.database).stamp,
        )
        telling = partial(_make, gathered)
        withs = "".join(f", with {part.value}" for part in kept)
        return Document(
            make=partial(telling, _to_nobody),
            telling=telling,
            title="Full record",
            suggested_name=file_name("record", client.code, gathered.made.local_date),
            noun=Noun.CLIENT,
            record_id=client.id,
            client_id=client.id,
            detail=f"full record{withs}, {paper.value}",
            words=" ".join((client.name, to_whom, why, *(item.text[0] for item in items))),
            disclosed=note,
        )

    def may_receive(self, client_id: str) -> tuple[str, ...]:
        """Who may receive what about a client, a line each, for whoever makes a copy."""
        return self.client_links.may_receive(client_id)
