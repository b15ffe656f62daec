"""A client's whole record in one line of time, from columns and summaries: no signed text is taken apart."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from safeplan_desktop.domain.canonical import UnreadableRecordError
from safeplan_desktop.domain.changes import Noun
from safeplan_desktop.domain.client_links import LinkNote
from safeplan_desktop.domain.client_status import StatusNote
from safeplan_desktop.domain.disclosures import DisclosureNote
from safeplan_desktop.domain.drafts import DraftKind
from safeplan_desktop.domain.moments import Moment
from safeplan_desktop.domain.register import RegisterEntry
from safeplan_desktop.domain.timeline import Standing, TimelineEntry, TimelineFilter, kind_of, narrowed, ordered
from safeplan_desktop.domain.vocabulary import label_of
from safeplan_desktop.services.desk import Desk
from safeplan_desktop.storage import attachments, client_record, incidents, plan_copies, plans, register, screenings
from safeplan_desktop.storage import signed_records as stored_records

_DRAFTS = {
    DraftKind.SCREENING: Noun.SCREENING,
    DraftKind.PLAN: Noun.PLAN,
    DraftKind.INCIDENT: Noun.INCIDENT,
    DraftKind.SESSION_NOTE: Noun.SESSION_NOTE,
    DraftKind.PRIVATE_NOTE: Noun.PRIVATE_NOTE,
    DraftKind.CONSENT: Noun.CONSENT,
    DraftKind.AGREEMENT: Noun.AGREEMENT,
    DraftKind.CONSULTATION: Noun.CONSULTATION,
    DraftKind.HANDOUT: Noun.HANDOUT_GIVEN,
    DraftKind.FEEDBACK: Noun.FEEDBACK,
}
"""Drafts that become a record of the client; the client's own form isn't one."""

_LEFT_OUT = frozenset({Noun.SNOOZE})
CRITICAL = "critical answer"
"""What a screening's line ends with where an answer in it was flagged."""
_TELLING = ("title", "name", "topic", "handout", "words")


@dataclass(frozen=True, slots=True)
class Timelines:
    """What the record of a client shows."""

    desk: Desk

    def of_client(self, client_id: str) -> tuple[TimelineEntry, ...]:
        """Everything in a client's record, the newest first; drafts and what was entered in error are marked."""
        rows = (
            *self._screenings(client_id),
            *self._plans(client_id),
            *self._incidents(client_id),
            *self._signed(client_id),
            *self._registered(client_id),
            *self._attachments(client_id),
            *self._drafts(client_id),
        )
        return ordered(rows)

    def find(self, client_id: str, wanted: TimelineFilter) -> tuple[TimelineEntry, ...]:
        """The entries that fit; words are looked for in the records themselves, too, but for psychotherapy notes."""
        found = client_record.with_words(self.desk.database, client_id, wanted.words)
        return narrowed(self.of_client(client_id), wanted, found)

    def _screenings(self, client_id: str) -> Iterator[TimelineEntry]:
        added = client_record.addenda_counts(self.desk.database, client_id)
        for one in screenings.of_client(self.desk.database, client_id):
            detail = [label_of(one.reason), label_of(one.level), CRITICAL if one.flagged else ""]
            yield TimelineEntry(
                one.id,
                Noun.SCREENING,
                kind_of(Noun.SCREENING),
                one.signed.local_date,
                one.signed.at,
                f"Screening {one.number}",
                ", ".join(part for part in detail if part),
                Standing.IN_ERROR if one.voided else Standing.KEPT,
                added.get(one.id, 0),
                (Noun.SCREENING, one.id),
            )

    def _plans(self, client_id: str) -> Iterator[TimelineEntry]:
        versions = plans.of_client(self.desk.database, client_id)
        in_error = frozenset(one.id for one in versions if one.voided)
        for one in versions:
            yield TimelineEntry(
                one.id,
                Noun.PLAN,
                kind_of(Noun.PLAN),
                one.finished.local_date,
                one.finished.at,
                f"Safety plan, version {one.number}",
                "" if one.voided else f"review by {one.review_on:%d %b %Y}",
                Standing.IN_ERROR if one.voided else Standing.KEPT,
                opens=(Noun.PLAN, one.id),
            )
        for review, number, at in client_record.reviews(self.desk.database, client_id):
            yield TimelineEntry(
                review.id,
                Noun.REVIEW,
                kind_of(Noun.PLAN),
                review.reviewed_on,
                at,
                f"Safety plan, version {number}: looked at together",
                f"nothing changed, next review by {review.next_review_on:%d %b %Y}",
                Standing.IN_ERROR if review.version_id in in_error else Standing.KEPT,
                opens=(Noun.PLAN, review.version_id),
            )
        for copy in plan_copies.of_client(self.desk.database, client_id):
            whose = copy.recipient.name.strip() or label_of(copy.recipient.kind)
            wrong = "of a version entered in error, " if copy.version_id in in_error else ""
            end = f"{label_of(copy.end).lower()} {copy.ended_on:%d %b %Y}" if copy.end and copy.ended_on else "is out"
            yield TimelineEntry(
                copy.id,
                Noun.PLAN_COPY,
                kind_of(Noun.PLAN_COPY),
                copy.given_on,
                dt.datetime.combine(copy.given_on, dt.time(), dt.UTC),  # the day is all that is known
                f"Copy of version {copy.version_number}: {whose}",
                f"{wrong}{label_of(copy.recipient.format)}, {end}",
                opens=(Noun.PLAN, copy.version_id),
            )

    def _incidents(self, client_id: str) -> Iterator[TimelineEntry]:
        for one in incidents.of_client(self.desk.database, client_id):
            if one.signed is None or one.happened_at is None:
                continue
            yield TimelineEntry(
                one.id,
                Noun.INCIDENT,
                kind_of(Noun.INCIDENT),
                Moment(one.happened_at, one.zone).local_date,
                one.signed.at,
                f"Incident {one.number}",
                label_of(one.category) if one.category else "",
                Standing.IN_ERROR if one.voided else Standing.KEPT,
                one.addenda,
                (Noun.INCIDENT, one.id),
            )

    def _signed(self, client_id: str) -> Iterator[TimelineEntry]:
        for one in stored_records.of_client(self.desk.database, client_id):
            name = label_of(one.noun)
            yield TimelineEntry(
                one.id,
                one.noun,
                kind_of(one.noun),
                one.day,
                one.signed.at,
                f"{name} {one.number}",
                "" if one.title == name else one.title,
                Standing.IN_ERROR if one.voided else Standing.KEPT,
                one.addenda,
                (one.noun, one.id),
            )

    def _registered(self, client_id: str) -> Iterator[TimelineEntry]:
        for one in register.of_client(self.desk.database, client_id):
            if one.noun not in _LEFT_OUT:
                try:
                    title, detail = _of_register(one)
                except UnreadableRecordError:
                    # One entry of another form must not hide the whole record.
                    title, detail = label_of(one.noun), "stored in a form that this version can't read"
                yield TimelineEntry(
                    one.id,
                    one.noun,
                    kind_of(one.noun),
                    one.day,
                    one.entered_at,
                    title,
                    detail,
                    opens=(one.noun, one.id),
                )

    def _attachments(self, client_id: str) -> Iterator[TimelineEntry]:
        for one in attachments.of_client(self.desk.database, client_id):
            yield TimelineEntry(
                one.id,
                Noun.ATTACHMENT,
                kind_of(Noun.ATTACHMENT),
                one.entered.local_date,
                one.entered.at,
                "Attachment",
                one.title,
                opens=(Noun.ATTACHMENT, one.id),
            )

    def _drafts(self, client_id: str) -> Iterator[TimelineEntry]:
        zone = self.desk.clock.zone()
        for one in client_record.drafts(self.desk.database, client_id):
            noun = _DRAFTS.get(one.kind)
            if noun is not None:
                yield TimelineEntry(
                    one.record_id,
                    noun,
                    kind_of(noun),
                    Moment(one.started_at, zone).local_date,
                    one.saved_at,
                    label_of(noun),
                    "not signed yet",
                    Standing.DRAFT,
                    # A screening or a plan goes on where its screen stands; there is one of each at most.
                    opens=(noun, "" if noun in (Noun.SCREENING, Noun.PLAN) else one.record_id),
                )


def _of_register(entry: RegisterEntry) -> tuple[str, str]:
    """Title and detail of an entry of the register."""
    if entry.noun is Noun.STATUS:
        note = entry.form_as(StatusNote)
        until = f", until {note.until:%d %b %Y}" if note.until else ""
        return f"Status: {label_of(note.status).lower()}{until}", note.reason
    if entry.noun is Noun.LINK:
        link = entry.form_as(LinkNote)
        return f"Link: {label_of(link.kind).lower()}", link.basis
    if entry.noun is Noun.DISCLOSURE:
        disclosed = entry.form_as(DisclosureNote)
        return f"Copy for somebody else: {disclosed.document}", f"{disclosed.to_whom}: {disclosed.why}"
    told = next((entry.form[name] for name in _TELLING if isinstance(entry.form.get(name), str)), "")
    return label_of(entry.noun), str(told)
