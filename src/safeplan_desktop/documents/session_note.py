"""The report of a signed session note: facts first, then what was done, then what was added."""

from __future__ import annotations

from typing import TYPE_CHECKING

from safeplan_desktop.documents import pages, record_parts, theme
from safeplan_desktop.domain.moments import Moment
from safeplan_desktop.domain.session_notes import TITLE
from safeplan_desktop.domain.vocabulary import label_of
from safeplan_desktop.domain.written_text import spoken_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reportlab.platypus import Flowable

    from safeplan_desktop.documents.theme import Look
    from safeplan_desktop.domain.incidents import Addendum
    from safeplan_desktop.domain.practice import Paper, PracticeProfile
    from safeplan_desktop.domain.session_notes import SessionNoteForm
    from safeplan_desktop.domain.signed_records import SignedRecord


@pages.one_at_a_time
def session_note_pdf(
    record: SignedRecord,
    form: SessionNoteForm,
    addenda: Sequence[Addendum],
    practice: PracticeProfile,
    paper: Paper,
    chain_head: str,
) -> bytes:
    """A signed session note with its addenda, as a PDF.

    Args:
        record: What was signed.
        form: Its form.
        addenda: What was added since, in order.
        practice: As it is now; it gives the letterhead and the form of dates.
        paper: Its size.
        chain_head: The end of the audit's chain; its fingerprint is printed, with the number of the entry.
    """
    look = record_parts.look_of(paper, practice)
    story = record_parts.head(look, TITLE, practice)
    story += note_story(look, record, form, addenda)
    code = record.client.code if record.client else ""
    return record_parts.report_pdf(
        look, story, paper, title=TITLE, code=code, made=record.signed, chain_head=chain_head
    )


def note_story(look: Look, record: SignedRecord, form: SessionNoteForm, addenda: Sequence[Addendum]) -> list[Flowable]:
    """All that was signed of a session, then what was added; a report of one and of a whole record share it."""
    story = record_parts.voided_story(look, addenda)
    story += theme.facts(look, _facts(look, record, form))
    story += record_parts.listed(look, "How the session was laid out", form.agenda)
    story += record_parts.listed(look, "Spoken of and checked", spoken_of(form))
    for title, text in (
        ("Risk", form.risk),
        ("What was done", form.interventions),
        ("How the client responded", form.response),
        ("Agreed until the next session", form.homework),
        ("Note", form.text),
    ):
        story += record_parts.titled(look, title, text)
    story = record_parts.signed_story(look, story, record.signer, record.signed)
    return story + record_parts.addenda_story(look, addenda)


def _facts(look: Look, record: SignedRecord, form: SessionNoteForm) -> list[tuple[str, str]]:
    language, where = look.book.language, form.whereabout
    times = [
        theme.clock_words(Moment(at, form.zone), language) for at in (form.started_at, form.ended_at) if at is not None
    ]
    length = f", {form.minutes} minutes" if form.minutes is not None else ""
    next_day = " on the next day" if form.past_midnight else ""
    place = label_of(form.place) if form.place else ""
    return [
        ("Client", record_parts.client_words(look, record.client)),
        ("Day", theme.day_words(form.day, language) if form.day else ""),
        ("Time", f"{' to '.join(times)}{next_day} ({theme.zone_words(form.zone)}){length}" if times else ""),
        ("Place", ": ".join(part for part in (place, form.place_note) if part)),
        ("Where the client was", where.location),
        ("Call-back number", where.callback),
        ("Who else was there", where.present),
        ("Kind of session", form.modality),
        ("Who took part", form.participants),
        ("Next session", theme.day_words(form.next_on, language) if form.next_on else ""),
        ("Begun", theme.moment_words(record.begun, language)),
    ]
