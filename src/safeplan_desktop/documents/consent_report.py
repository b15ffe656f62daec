"""The report of a signed consent: what, how, until when; the words themselves; what was added."""

from __future__ import annotations

from typing import TYPE_CHECKING

from safeplan_desktop.documents import pages, record_parts, theme
from safeplan_desktop.domain.vocabulary import label_of

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence

    from reportlab.platypus import Flowable

    from safeplan_desktop.documents.theme import Look
    from safeplan_desktop.domain.consents import ConsentState
    from safeplan_desktop.domain.incidents import Addendum
    from safeplan_desktop.domain.practice import Paper, PracticeProfile
    from safeplan_desktop.domain.signed_records import SignedRecord

_TITLE = "Consent"


@pages.one_at_a_time
def consent_report_pdf(
    record: SignedRecord,
    state: ConsentState,
    addenda: Sequence[Addendum],
    practice: PracticeProfile,
    paper: Paper,
    chain_head: str,
) -> bytes:
    """A signed consent with its addenda, as a PDF.

    Args:
        record: What was signed: the consent, or its withdrawal.
        state: The consent with what became of it.
        addenda: What was added since, in order.
        practice: As it is now; it gives the letterhead and the form of dates.
        paper: Its size.
        chain_head: The end of the audit's chain; its fingerprint is printed, with the number of the entry.
    """
    look = record_parts.look_of(paper, practice)
    story = record_parts.head(look, record.title, practice)
    story += consent_story(look, record, state, addenda)
    code = record.client.code if record.client else ""
    return record_parts.report_pdf(
        look, story, paper, title=_TITLE, code=code, made=record.signed, chain_head=chain_head
    )


def consent_story(look: Look, record: SignedRecord, state: ConsentState, addenda: Sequence[Addendum]) -> list[Flowable]:
    """All that was signed about a consent; a report of one and of a whole record share it."""
    form = state.form

    def day(date: dt.date | None) -> str:
        return theme.day_words(date, look.book.language) if date else ""

    withdrawal = record.id != state.record_id
    story = record_parts.voided_story(look, addenda)
    story += theme.facts(
        look,
        [
            ("Client", record_parts.client_words(look, record.client)),
            ("Whom it is about", form.contact_name),
            ("Given on", day(form.day)),
            ("How", label_of(form.given) if form.given else ""),
            ("Counts until", day(form.valid_until)),
            ("Withdrawn on", day(record.day) if withdrawal else day(state.withdrawn_on)),
            ("Wording", form.version),
            ("Note", str(record.form.get("note", "")) if withdrawal else form.note),
        ],
    )
    story += record_parts.titled(look, "The words that were agreed to", form.text)
    story = record_parts.signed_story(look, story, record.signer, record.signed)
    return story + record_parts.addenda_story(look, addenda)
