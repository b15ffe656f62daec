"""Reports of the audit: what was given out about one client, and what was done in the records."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from safeplan_desktop.documents import pages, record_parts, theme
from safeplan_desktop.domain.vocabulary import label_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reportlab.platypus import Flowable

    from safeplan_desktop.documents.theme import Look
    from safeplan_desktop.domain.audit_view import AuditLine
    from safeplan_desktop.domain.clients import ClientSnapshot
    from safeplan_desktop.domain.moments import Moment
    from safeplan_desktop.domain.practice import Paper, PracticeProfile

Days = tuple[dt.date | None, dt.date | None]

_DISCLOSURES, _TRAIL = "Accounting of disclosures", "Activity log"
_NOT_NOTED = "not noted"
_SOURCE = (
    "From the audit of these records, which notes every print, every file that was saved and every copy of a plan that "
    "was given. What was told by word of mouth, or sent by other means, isn't in it. To whom a print or a file went is "
    "noted only where a copy was given to somebody."
)


@pages.one_at_a_time
def disclosures_pdf(
    lines: Sequence[AuditLine],
    days: Days,
    client: ClientSnapshot,
    practice: PracticeProfile,
    paper: Paper,
    made: Moment,
    chain_head: str,
) -> bytes:
    """What was printed, saved or given about one client, as a PDF.

    Args:
        lines: The entries, the oldest first.
        days: The first and the last day; None for no limit.
        client: As they are now.
        practice: As it is now; it gives the letterhead and the form of dates.
        paper: Its size.
        made: When the report is made.
        chain_head: The end of the audit's chain; its fingerprint is printed, with the number of the entry.
    """
    look = record_parts.look_of(paper, practice)
    story = _begin(look, _DISCLOSURES, days, client, practice, made, len(lines))
    rows = [
        (
            _when(look, line),
            label_of(line.entry.action),
            _about(line),
            line.to_whom or _NOT_NOTED,
            str(line.entry.seq),
        )
        for line in lines
    ]
    header = ("When", "How", "What", "To whom", "Entry")
    story += record_parts.table(look, "", header, rows, (0.22, 0.15, 0.31, 0.22, 0.1))
    if not rows:
        story += look.text("Nothing was printed, saved or given in this time.")
    story += look.text(_SOURCE, look.quiet)
    return _built(look, story, _DISCLOSURES, client.code, paper, made, chain_head)


@pages.one_at_a_time
def audit_report_pdf(
    lines: Sequence[AuditLine],
    days: Days,
    client: ClientSnapshot | None,
    practice: PracticeProfile,
    paper: Paper,
    made: Moment,
    chain_head: str,
) -> bytes:
    """A list of the audit's entries, as a PDF; see `disclosures_pdf`. Clients are named by their codes."""
    look = record_parts.look_of(paper, practice)
    story = _begin(look, _TRAIL, days, client, practice, made, len(lines))
    rows = [(str(line.entry.seq), _when(look, line), line.words, line.client_code) for line in lines]
    story += record_parts.table(look, "", ("Entry", "When", "What", "Client"), rows, (0.12, 0.25, 0.48, 0.15))
    if not rows:
        story += look.text("There is no such entry in this time.")
    code = client.code if client is not None else ""
    return _built(look, story, _TRAIL, code, paper, made, chain_head)


def _begin(
    look: Look,
    title: str,
    days: Days,
    client: ClientSnapshot | None,
    practice: PracticeProfile,
    made: Moment,
    count: int,
) -> list[Flowable]:
    language = look.book.language
    since, until = (theme.day_words(day, language) if day else "" for day in days)
    period = " ".join(part for part in (f"from {since}" if since else "", f"to {until}" if until else "") if part)
    facts = [
        ("Client", record_parts.client_words(look, client) if client is not None else ""),
        ("Period", period or "from the beginning of these records"),
        ("As of", theme.moment_words(made, language)),
        ("Entries", str(count)),
    ]
    return [*record_parts.head(look, title, practice), *theme.facts(look, facts)]


def _when(look: Look, line: AuditLine) -> str:
    moment, language = line.entry.moment, look.book.language
    return f"{theme.short_day_words(moment.local_date, language)}, {theme.clock_words(moment, language)}"


def _about(line: AuditLine) -> str:
    return line.about[0].upper() + line.about[1:]


def _built(
    look: Look, story: list[Flowable], title: str, code: str, paper: Paper, made: Moment, chain_head: str
) -> bytes:
    return record_parts.report_pdf(look, story, paper, title=title, code=code, made=made, chain_head=chain_head)
