"""Consultations on paper: one, or those of a period. Which client one was about is printed on neither."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from safeplan_desktop.documents import layout, pages, record_parts, theme
from safeplan_desktop.documents.layout import INK
from safeplan_desktop.domain.consultations import TITLE
from safeplan_desktop.domain.moments import Moment
from safeplan_desktop.domain.vocabulary import label_of
from safeplan_desktop.domain.written_text import texts_of_consultation

if TYPE_CHECKING:
    from reportlab.platypus import Flowable

    from safeplan_desktop.documents.theme import Look
    from safeplan_desktop.domain.consultations import ConsultationForm
    from safeplan_desktop.domain.incidents import Addendum
    from safeplan_desktop.domain.periods import Period
    from safeplan_desktop.domain.practice import Paper, PracticeProfile
    from safeplan_desktop.domain.signed_records import SignedRecord

    Told = tuple[SignedRecord, ConsultationForm, tuple[Addendum, ...]]

_OF_PERIOD = "Consultations of a period"


@pages.one_at_a_time
def consultation_pdf(told: Told, practice: PracticeProfile, paper: Paper, chain_head: str) -> bytes:
    """A signed consultation with its addenda, as a PDF.

    Args:
        told: What was signed, its form, and what was added since.
        practice: As it is now; it gives the letterhead and the form of dates.
        paper: Its size.
        chain_head: The end of the audit's chain; its fingerprint is printed, with the number of the entry.
    """
    look = record_parts.look_of(paper, practice)
    record = told[0]
    title = f"{TITLE} {record.number}"
    story = [*record_parts.head(look, title, practice), *_story(look, told)]
    return record_parts.report_pdf(
        look, story, paper, title=TITLE, code="", made=record.signed, chain_head=chain_head, heading=title
    )


@pages.one_at_a_time
def consultations_of_period_pdf(
    told: Sequence[Told], period: Period, practice: PracticeProfile, paper: Paper, chain_head: str, made: Moment
) -> bytes:
    """Several consultations, one after the other; see `consultation_pdf`."""
    look = record_parts.look_of(paper, practice)
    story = record_parts.head(look, _OF_PERIOD, practice)
    words = record_parts.period_words(look, period.since, period.until)
    count = "One consultation" if len(told) == 1 else f"{len(told)} consultations"
    story += look.text(". ".join(part for part in (words, count) if part) + ".", look.quiet)
    for one in told:
        story.append(layout.Rule(1.2, colour=INK, space_before=24, space_after=8))
        heading = look.text(f"{TITLE} {one[0].number}", look.heading)
        first, *rest = _story(look, one)
        story += [layout.Together([*heading, first], room=look.height), *rest]
    return record_parts.report_pdf(look, story, paper, title=_OF_PERIOD, code="", made=made, chain_head=chain_head)


def _story(look: Look, told: Told) -> list[Flowable]:
    record, form, addenda = told
    story = record_parts.voided_story(look, addenda)
    story += theme.facts(look, _facts(look, form))
    for title, text in texts_of_consultation(form):
        story += record_parts.titled(look, title, text)
    story = record_parts.signed_story(look, story, record.signer, record.signed)
    return story + record_parts.addenda_story(look, addenda)


def _facts(look: Look, form: ConsultationForm) -> list[tuple[str, str]]:
    language = look.book.language
    clock = ""
    if form.at is not None:
        clock = f"{theme.clock_words(Moment(form.at, form.zone), language)} ({theme.zone_words(form.zone)})"
    return [
        ("Day", theme.day_words(form.day, language) if form.day else ""),
        ("Time", clock),
        ("With", ", ".join(part for part in (form.who, form.credentials) if part)),
        ("Kind", label_of(form.kind) if form.kind else ""),
        ("To be done by", theme.day_words(form.follow_up_on, language) if form.follow_up_on else ""),
    ]
