"""What is due, by day, for the therapist's own desk: codes, and boxes to tick."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from safeplan_desktop.documents import layout, pages, record_parts, theme
from safeplan_desktop.documents.pages import Margins
from safeplan_desktop.documents.text import Span

if TYPE_CHECKING:
    from reportlab.platypus import Flowable

    from safeplan_desktop.documents.theme import Look
    from safeplan_desktop.domain.due import DueGroup, DueRow
    from safeplan_desktop.domain.moments import Moment
    from safeplan_desktop.domain.practice import Paper, PracticeProfile

TITLE = "What is due this week"
_DATED, _UNDATED = (0.06, 0.26, 0.18, 0.5), (0.06, 0.26, 0.68)
"""Shares of the width: box, client, since when, what."""


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
            # "Tuesday", not its date twice.
            title = f"{group.title.partition(',')[0]}, {theme.day_words(group.day, language)}"
        story += theme.section(look, title, [_grid(look, group)])
    if put_off:
        words = "One thing was put off and isn't" if put_off == 1 else f"{put_off} things were put off and aren't"
        story += look.text(f"{words} listed.", look.quiet)
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


def _grid(look: Look, group: DueGroup) -> Flowable:
    """A group's rows; what is overdue also says since when."""
    dated = group.day is None and any(row.due for row in group.rows)
    small = theme.restyled(look.quiet, spaceAfter=0)
    cell = theme.restyled(look.body, fontSize=look.size * 0.95, spaceAfter=0)

    def cells(row: DueRow) -> list[list[Flowable]]:
        since = [theme.short_day_words(row.due, look.book.language) if row.due else ""] if dated else []
        words: list[list[Flowable]] = [look.text(text, cell) for text in (row.client_label, *since, row.sentence)]
        return [[layout.TickBox(look.size)], *words]

    titles = ("", "Client", "Since", "What") if dated else ("", "Client", "What")
    return layout.Grid(
        [look.width * share for share in (_DATED if dated else _UNDATED)],
        [look.text(Span(title, bold=True), small) for title in titles],
        [cells(row) for row in group.rows],
    )
