"""What is due, by day, for the therapist's own desk: codes, and boxes to tick."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from safeplan_desktop.documents import pages, record_parts, theme
from safeplan_desktop.documents.pages import Margins

if TYPE_CHECKING:
    from safeplan_desktop.domain.due import DueGroup, DueRow
    from safeplan_desktop.domain.moments import Moment
    from safeplan_desktop.domain.practice import Paper, PracticeProfile

TITLE = "What is due this week"
_BOX = "☐"
_WITH_DAY, _WITHOUT = (0.06, 0.22, 0.22, 0.5), (0.06, 0.28, 0.66)


@pages.one_at_a_time
def week_pdf(groups: Sequence[DueGroup], put_off: int, practice: PracticeProfile, paper: Paper, made: Moment) -> bytes:
    """The week as a PDF.

    Args:
        groups: What waits, by day.
        put_off: How much was put off; it isn't listed.
        practice: It gives the form of dates alone: the sheet names nobody.
        paper: Its size.
        made: The present moment.
    """
    look = record_parts.look_of(paper, practice)
    language = look.book.language
    story = look.text(TITLE, look.title, outline=True)
    story += look.text(f"As of {theme.moment_words(made, language)}", look.quiet)
    if not groups:
        story += look.text("Nothing is due in the next seven days.")
    for group in groups:
        title = group.title
        if group.day is not None:
            title = f"{group.title}, {theme.day_words(group.day, language)}"
        several = group.day is None and any(row.due for row in group.rows)
        header = ["", "Client", "Since", "What"] if several else ["", "Client", "What"]

        def cells(row: DueRow, *, several: bool = several) -> list[str]:
            since = [theme.short_day_words(row.due, language) if row.due else ""] if several else []
            return [_BOX, row.client_label, *since, row.sentence]

        story += record_parts.table(
            look, title, header, [cells(row) for row in group.rows], _WITH_DAY if several else _WITHOUT
        )
    if put_off:
        words = "One thing was" if put_off == 1 else f"{put_off} things were"
        story += look.text(
            f"{words} put off and isn't listed." if put_off == 1 else f"{words} put off and aren't listed.", look.quiet
        )
    pdf, _ = pages.build(
        story,
        paper,
        title=TITLE,
        language=language,
        made=made,
        margins=Margins(head="", foot="Confidential: for the practice alone", page="Page {page} of {pages}"),
        look_=look,
    )
    return pdf
