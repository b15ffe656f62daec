"""The self-care plan on paper, for the therapist alone: no letterhead, no fingerprint, nothing official."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import TYPE_CHECKING

from safeplan_desktop.documents import pages, record_parts, theme
from safeplan_desktop.documents.pages import Margins

if TYPE_CHECKING:
    from safeplan_desktop.domain.moments import Moment
    from safeplan_desktop.domain.practice import Paper, PracticeProfile
    from safeplan_desktop.domain.self_care import SelfCareForm, SelfCareSection

TITLE = "My self-care plan"


@pages.one_at_a_time
def self_care_pdf(
    form: SelfCareForm,
    day: dt.date,
    sections: Sequence[SelfCareSection],
    practice: PracticeProfile,
    paper: Paper,
    made: Moment,
) -> bytes:
    """A version as a PDF; sections without words are left out.

    Args:
        form: The plan.
        day: When it was kept.
        sections: All of them, in their order.
        practice: It gives the form of dates alone.
        paper: Its size.
        made: The present moment.
    """
    look = record_parts.look_of(paper, practice)
    written = theme.day_words(day, look.book.language)
    story = look.text(TITLE, look.title, outline=True)
    story += look.text(f"Version {form.version}, written on {written}", look.quiet)
    for section in sections:
        story += record_parts.titled(look, section.title, form.text(section.key))
    pdf, _ = pages.build(
        story,
        paper,
        title="Self-care plan",
        language=look.book.language,
        made=made,
        margins=Margins(head="", foot="For me alone", page="Page {page} of {pages}"),
        look_=look,
    )
    return pdf
