"""The report of a client's scores over time: a plot and a table for each instrument, then what happened."""

from __future__ import annotations

from typing import TYPE_CHECKING

from safeplan_desktop.documents import charts, layout, pages, record_parts, theme
from safeplan_desktop.documents.text import Span
from safeplan_desktop.domain.history import signed
from safeplan_desktop.domain.vocabulary import label_of

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence

    from reportlab.platypus import Flowable

    from safeplan_desktop.documents.theme import Look
    from safeplan_desktop.domain.clients import ClientSnapshot
    from safeplan_desktop.domain.history import Event, History, Series
    from safeplan_desktop.domain.moments import Moment
    from safeplan_desktop.domain.practice import Paper, PracticeProfile

_TITLE = "Scores over time"
_PLOT = 185.0
_MARKS = "A ring is a score, a filled diamond a score with a critical answer. P: plan finished. I: incident. C: level of care changed."


@pages.one_at_a_time
def trend_report_pdf(
    history: History,
    client: ClientSnapshot,
    practice: PracticeProfile,
    paper: Paper,
    made: Moment,
    chain_head: str,
    *,
    since: dt.date | None = None,
    until: dt.date | None = None,
    only: Sequence[str] = (),
) -> bytes:
    """A client's scores over time, as a PDF.

    Args:
        history: At least one series of scores.
        client: As they are now.
        practice: As it is now; it gives the letterhead and the form of dates.
        paper: Its size.
        made: When the report is made.
        chain_head: The end of the audit's chain; its fingerprint is printed, with the number of the entry.
        since: The first day that it is about; None for no limit.
        until: The last day that it is about; None for no limit.
        only: The titles of the instruments that were chosen; empty where all are shown.
    """
    look = record_parts.look_of(paper, practice)
    story = record_parts.head(look, _TITLE, practice)
    story += theme.facts(
        look,
        [
            ("Client", record_parts.client_words(look, client)),
            ("Period", record_parts.period_words(look, since, until)),
            ("Questions", f"Only {', '.join(only)}" if only else ""),
            ("As of", theme.moment_words(made, look.book.language)),
        ],
    )
    story += history_story(look, history)
    return record_parts.report_pdf(look, story, paper, title=_TITLE, code=client.code, made=made, chain_head=chain_head)


def history_story(look: Look, history: History) -> list[Flowable]:
    """A plot and a table for each instrument, then what happened."""
    story: list[Flowable] = []
    for series in history.series:
        story += _series(look, series, history.events)
    rows = [(theme.day_words(one.day, look.book.language), label_of(one.kind), one.words) for one in history.events]
    return [*story, *record_parts.table(look, "What happened", ("Day", "What", "Details"), rows, (0.2, 0.3, 0.5))]


def _series(look: Look, series: Series, events: Sequence[Event]) -> list[Flowable]:
    plot: list[Flowable] = [charts.score_plot(series, events, look.width, _PLOT)]
    plot += look.text(_MARKS, look.small)
    scale = f"{series.lowest} to {series.highest}"
    better = "a higher score is better" if series.higher_is_better else "a lower score is better"
    lines = look.text(
        f"Scale {scale}; {better}. Bands: {series.source}." if series.bands else f"Scale {scale}; {better}.", look.quiet
    )
    if series.note:
        lines += look.text(series.note)
    if series.incomplete:
        numbers = ", ".join(str(number) for number in series.incomplete)
        lines += look.text([Span("Without a score: ", bold=True), Span(f"screening {numbers} (incomplete).")])
    rows = []
    for place, one in enumerate(series.occasions):
        change = series.change(place)
        day = theme.day_words(one.day, look.book.language)
        critical = "critical answer" if one.flagged else ""
        rows.append((day, str(one.screening), str(one.value), signed(change), one.band, critical))
    header = ("Day", "Screening", "Score", "Change", "Published band", "To note")
    table = record_parts.table(look, "", header, rows, (0.24, 0.13, 0.1, 0.1, 0.25, 0.18))
    return theme.section(
        look, series.title, [layout.Together([*plot, *lines], room=look.height), layout.Gap(6), *table]
    )
