"""The incidents of a period: counts, a list with page numbers, then each incident in full."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from reportlab.platypus import PageBreak

from safeplan_desktop.documents import count_charts, layout, pages, record_parts, theme
from safeplan_desktop.documents.incident_report import Since, incident_story
from safeplan_desktop.domain.moments import Moment
from safeplan_desktop.domain.vocabulary import label_of

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from reportlab.platypus import Flowable

    from safeplan_desktop.documents.theme import Look
    from safeplan_desktop.domain.incidents import Addendum, SignedIncident
    from safeplan_desktop.domain.practice import Paper, PracticeProfile

_TITLE = "Incidents of a period"


@dataclass(frozen=True, slots=True)
class Entry:
    """One incident with what came after it was signed."""

    incident: SignedIncident
    addenda: Sequence[Addendum]
    since: Since


@dataclass(frozen=True, slots=True)
class Period:
    """What a report of a period shows.

    Attributes:
        since, until: The days it covers, both included; None where it is open.
        counts: Titles with their bars, such as ("By month", (("Mar 2026", 2),)).
        made: When the report is made.
    """

    entries: tuple[Entry, ...]
    since: dt.date | None
    until: dt.date | None
    counts: tuple[tuple[str, tuple[tuple[str, int], ...]], ...]
    made: Moment


@pages.one_at_a_time
def incidents_of_period_pdf(
    period: Period, practice: PracticeProfile, paper: Paper, chain_head: str, report: Callable[[float], None]
) -> bytes:
    """The report, as a PDF.

    Args:
        period: What it shows.
        practice: As it is now; it gives the letterhead and the form of dates.
        paper: Its size.
        chain_head: The audit chain's head, in hex; its first 12 characters are printed.
        report: Told how far the work is (0.0 to 1.0); whatever it raises ends the work.
    """
    begins: dict[int, int] = {}
    made = b""
    # The list of contents stands before what it counts: a first round finds the pages, a second one prints them.
    for turn in range(2):

        def note(number: int, page: int, *, turn: int = turn) -> None:
            begins[number] = page
            report((turn + number / max(len(period.entries), 1)) / 2)

        look = record_parts.look_of(paper, practice)
        story = _opening(look, period, practice, begins)
        for number, entry in enumerate(period.entries):
            story += [PageBreak(), layout.PageNote(partial(note, number))]
            story += look.text(f"Incident {entry.incident.number}", look.title, outline=True)
            story += incident_story(look, entry.incident, entry.addenda, entry.since)
        made, _ = pages.build(
            story,
            paper,
            title=_TITLE,
            language=look.book.language,
            made=period.made,
            margins=record_parts.margins(_TITLE, "", chain_head),
            look_=look,
        )
    return made


def _opening(look: Look, period: Period, practice: PracticeProfile, begins: dict[int, int]) -> list[Flowable]:
    language = look.book.language
    story = record_parts.head(look, _TITLE, practice)
    first = theme.day_words(period.since, language) if period.since else "the first incident"
    last = theme.day_words(period.until, language) if period.until else "the last one"
    number = len(period.entries)
    story += theme.facts(
        look,
        [
            ("Period", f"{first} to {last}"),
            ("Incidents", f"{number}, signed; what was entered in error isn't counted"),
            ("As of", theme.moment_words(period.made, language)),
        ],
    )
    for title, bars in period.counts:
        if bars:
            plot: list[Flowable] = [count_charts.bar_plot(bars, look.width)]
            story += theme.section(look, title, [layout.Together(plot, room=look.height)])
    rows = []
    for place, entry in enumerate(period.entries):
        form = entry.incident.form
        happened = Moment(form.happened_at, form.zone).local_date if form.happened_at else None
        rows.append(
            (
                entry.incident.number,
                theme.short_day_words(happened, language) if happened else "",
                label_of(form.category) if form.category else "",
                entry.incident.client.code if entry.incident.client else "",
                str(begins.get(place, "")),
            )
        )
    header = ("Number", "Happened", "Kind", "Client", "Page")
    return story + record_parts.table(look, "Contents", header, rows, (0.16, 0.2, 0.4, 0.14, 0.1))
