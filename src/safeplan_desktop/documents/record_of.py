"""Any signed record as it stands in a document: each kind by its own report, others in a plain, readable form.

A kind that gets a report of its own adds a line to `_OWN`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from safeplan_desktop.documents import layout, record_parts, theme
from safeplan_desktop.documents.consent_report import consent_story
from safeplan_desktop.documents.incident_report import Since, incident_story
from safeplan_desktop.documents.plan_parts import Audience, Parts, PlanDocument
from safeplan_desktop.documents.screening_report import screening_story
from safeplan_desktop.documents.session_note import note_story
from safeplan_desktop.domain.agreements import AgreementForm
from safeplan_desktop.domain.changes import Noun
from safeplan_desktop.domain.consents import ConsentForm, ConsentState
from safeplan_desktop.domain.incidents import SignedIncident
from safeplan_desktop.domain.plain_values import fields_of
from safeplan_desktop.domain.plans import PlanVersion
from safeplan_desktop.domain.screenings import SignedScreening
from safeplan_desktop.domain.session_notes import SessionNoteForm
from safeplan_desktop.domain.signed_records import SignedRecord
from safeplan_desktop.domain.written_text import parts_of

if TYPE_CHECKING:
    from reportlab.platypus import Flowable

    from safeplan_desktop.documents.theme import Look
    from safeplan_desktop.domain.plan_wording import PlanWording
    from safeplan_desktop.domain.practice import Paper
    from safeplan_desktop.domain.signed_items import SignedItem


@dataclass(frozen=True, slots=True)
class Setting:
    """What the records are set in.

    Attributes:
        wordings: The fixed words of plans, by the languages of the plans that are shown.
    """

    look: Look
    paper: Paper
    wordings: Mapping[str, PlanWording]


def _session_note(setting: Setting, item: SignedItem, record: SignedRecord) -> list[Flowable]:
    return note_story(setting.look, record, record.form_as(SessionNoteForm), item.addenda)


def _consent(setting: Setting, item: SignedItem, record: SignedRecord) -> list[Flowable]:
    """A consent as it was signed; a withdrawal stands in the record as a consent of its own."""
    form = record.form_as(ConsentForm)
    return consent_story(setting.look, record, ConsentState(record.id, form), item.addenda)


def _agreement(setting: Setting, item: SignedItem, record: SignedRecord) -> list[Flowable]:
    """An agreement without the therapist's own line, of which the form says that it isn't printed."""
    look, form = setting.look, record.form_as(AgreementForm)
    story = record_parts.voided_story(look, item.addenda)
    story += theme.facts(look, [("Agreed on", theme.day_words(record.day, look.book.language))])
    story += look.text(form.opening)
    for part in form.parts:
        story += record_parts.titled(look, part.heading, part.text)
    story = record_parts.signed_story(look, story, record.signer, record.signed)
    return [*story, *record_parts.addenda_story(look, item.addenda)]


_OWN: dict[Noun, Callable[[Setting, SignedItem, SignedRecord], list[Flowable]]] = {
    Noun.SESSION_NOTE: _session_note,
    Noun.CONSENT: _consent,
    Noun.AGREEMENT: _agreement,
}
"""Reports of kinds that are kept as plain forms, by their noun."""


def record_story(setting: Setting, item: SignedItem) -> list[Flowable]:
    """A record below its heading: what was signed, who signed it, what was added, what this copy withholds."""
    look, record = setting.look, item.record
    story: list[Flowable] = []
    if item.withheld:
        story += theme.facts(look, [("Not in this copy", "; ".join(item.withheld))])
    if isinstance(record, SignedScreening):
        return [*record_parts.voided_story(look, item.addenda), *story, *screening_story(look, record, item.addenda)]
    if isinstance(record, SignedIncident):
        return [*story, *incident_story(look, record, item.addenda, Since(item.follow_ups, item.revised))]
    if isinstance(record, PlanVersion):
        return [*record_parts.voided_story(look, item.addenda), *story, *_plan(setting, record)]
    own = _OWN.get(item.noun)
    if own is not None:
        return [*story, *own(setting, item, record)]
    return [*record_parts.voided_story(look, item.addenda), *story, *_plain(look, item, record)]


def _plan(setting: Setting, version: PlanVersion) -> list[Flowable]:
    """A plan in its own language, in the size of a report."""
    wording = setting.wordings[version.form.language]
    look = setting.look
    own = (
        look
        if wording.language == look.book.language
        else theme.look(setting.paper, size=look.size, language=wording.language)
    )
    document = PlanDocument(
        form=version.form,
        client=version.client,
        practice=version.practice,
        written=version.finished,
        number=version.number,
        replaces=version.replaces,
        audience=Audience.THERAPIST,
    )
    parts = Parts(document, wording, own)
    story = [*parts.sections(), parts.crisis_box(), *parts.keeping(), *parts.review()]
    return record_parts.signed_story(look, [*story, layout.Gap(look.size)], version.signer, version.finished)


def _fields(record: SignedRecord) -> Iterator[tuple[str, tuple[str, ...]]]:
    parts = parts_of(record)
    if parts is None:
        yield from fields_of(record.form)
    else:
        yield from ((title, (words,)) for title, words in parts if title != "Day")


def _plain(look: Look, item: SignedItem, record: SignedRecord) -> list[Flowable]:
    story = theme.facts(look, [("About", record.title), ("Day", theme.day_words(record.day, look.book.language))])
    for heading, lines in _fields(record):
        if len(lines) == 1:
            story += record_parts.titled(look, heading, lines[0])
        else:
            story += record_parts.listed(look, heading, lines)
    story = record_parts.signed_story(look, story, record.signer, record.signed)
    return [*story, *record_parts.addenda_story(look, item.addenda)]
