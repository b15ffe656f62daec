"""The report of a period: what it holds, scores over time, then every signed screening, the oldest first."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from reportlab.platypus import Flowable

from safeplan_desktop.documents import layout, pages, record_parts, theme, trend_report
from safeplan_desktop.documents.layout import INK
from safeplan_desktop.documents.screening_report import screening_story
from safeplan_desktop.domain.screenings import Judgement
from safeplan_desktop.domain.vocabulary import label_of

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Sequence

    from safeplan_desktop.documents.theme import Look
    from safeplan_desktop.domain.clients import ClientSnapshot
    from safeplan_desktop.domain.history import History
    from safeplan_desktop.domain.incidents import Addendum
    from safeplan_desktop.domain.moments import Moment
    from safeplan_desktop.domain.practice import Paper, PracticeProfile
    from safeplan_desktop.domain.screenings import SignedScreening

_TITLE = "Screenings of a period"
_SCORES = "Scores over time"


@dataclass(frozen=True, slots=True)
class Period:
    """What a report of a period is about.

    Attributes:
        client: As they are now.
        since, until: The first and the last day; None for no limit.
        instruments: The ids of those that are shown; empty for all of them.
        titles: Their titles, to be said on the report.
        history: Scores and events of the period.
        made: When the report is made.
    """

    client: ClientSnapshot
    since: dt.date | None
    until: dt.date | None
    instruments: tuple[str, ...]
    titles: tuple[str, ...]
    history: History
    made: Moment


@dataclass(frozen=True, slots=True)
class _Places:
    """On which page each part begins; known once the document was built."""

    pages: dict[str, int] = field(default_factory=dict)


class _Mark(Flowable):
    """Takes no room; notes the page that it comes to stand on."""

    def __init__(self, name: str, places: _Places) -> None:
        super().__init__()
        self.name, self.places = name, places

    def wrap(self, width: float, _height: float) -> tuple[float, float]:
        self.width, self.height = width, 0.0
        return self.width, self.height

    def draw(self) -> None:
        self.places.pages[self.name] = self.canv.getPageNumber()


@pages.one_at_a_time
def screening_period_pdf(
    period: Period,
    signed: Sequence[tuple[SignedScreening, Sequence[Addendum]]],
    practice: PracticeProfile,
    paper: Paper,
    chain_head: str,
    tell: Callable[[float], None] | None = None,
) -> bytes:
    """All signed screenings of a period with their addenda, as one PDF.

    Args:
        period: What it is about.
        signed: At least one screening, the oldest first, each with what was added.
        practice: As it is now; it gives the letterhead and the form of dates.
        paper: Its size.
        chain_head: The end of the audit's chain; its fingerprint is printed, with the number of the entry.
        tell: Hears how far it is, from 0.0 to 1.0; ends the work by raising.
    """
    places = _Places()
    pdf = b""
    # Built twice: the list on the first page names pages that are known only at the end.
    for turn in range(2):
        look = record_parts.look_of(paper, practice)
        pdf, _ = pages.build(
            _story(look, period, signed, practice, places),
            paper,
            title=_TITLE,
            language=look.book.language,
            made=period.made,
            margins=record_parts.margins(_TITLE, period.client.code, chain_head),
            look_=look,
            tell=None if tell is None else _share_of(tell, turn),
        )
    return pdf


def _share_of(tell: Callable[[float], None], turn: int) -> Callable[[float], None]:
    return lambda fraction: tell((turn + fraction) / 2)


def _story(
    look: Look,
    period: Period,
    signed: Sequence[tuple[SignedScreening, Sequence[Addendum]]],
    practice: PracticeProfile,
    places: _Places,
) -> list[Flowable]:
    story = record_parts.head(look, _TITLE, practice)
    story += theme.facts(
        look,
        [
            ("Client", record_parts.client_words(look, period.client)),
            ("Period", record_parts.period_words(look, period.since, period.until) or "All signed screenings"),
            ("Questions", f"Only {', '.join(period.titles)}" if period.titles else ""),
            ("As of", theme.moment_words(period.made, look.book.language)),
        ],
    )
    story += _contents(look, period, signed, places)
    if period.history.series:
        story += _part(look, _SCORES, _Mark(_SCORES, places), trend_report.history_story(look, period.history))
    for screening, addenda in signed:
        day = theme.day_words(screening.signed.local_date, look.book.language)
        kind = "Screening" if screening.form.quick is None else "Quick check"
        body = screening_story(look, screening, addenda, period.instruments)
        story += _part(look, f"{kind} {screening.number}, {day}", _Mark(screening.id, places), body)
    return story


def _part(look: Look, title: str, mark: _Mark, body: Sequence[Flowable]) -> list[Flowable]:
    """A part of the report below a strong line; its title never stands alone at the foot of a page."""
    head = [layout.Rule(1.2, colour=INK, space_before=18, space_after=8), mark]
    head += look.text(title, look.title, outline=True)
    return [layout.Together([*head, *body[:2]], head=len(head)), *body[2:]]


def _contents(
    look: Look, period: Period, signed: Sequence[tuple[SignedScreening, Sequence[Addendum]]], places: _Places
) -> list[Flowable]:
    rows = [("", _SCORES, "", "", _page(places, _SCORES))] if period.history.series else []
    for screening, addenda in signed:
        form = screening.form
        reason = label_of(form.reason) if form.reason else ""
        added = f"; {len(addenda)} added" if addenda else ""
        judgement = form.formulation.judgement
        decided = label_of(judgement) if judgement is not None and judgement is not Judgement.NO_LEVEL else ""
        level = label_of(form.care.level) if form.care.level else ""
        day = theme.short_day_words(screening.signed.local_date, look.book.language)
        what = f"Screening {screening.number}: {reason.lower()}{added}"
        rows.append((day, what, decided, level, _page(places, screening.id)))
    header = ("Signed", "What", "Judgement", "Level of care", "Page")
    return record_parts.table(look, "What this report holds", header, rows, (0.17, 0.35, 0.14, 0.25, 0.09))


def _page(places: _Places, name: str) -> str:
    return str(places.pages.get(name, ""))
