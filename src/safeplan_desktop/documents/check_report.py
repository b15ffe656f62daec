"""The report of a check: what was looked at, what was found, which earlier ends of the history it was compared with."""

from __future__ import annotations

from typing import TYPE_CHECKING

from safeplan_desktop.documents import pages, record_parts, theme
from safeplan_desktop.documents.text import Span
from safeplan_desktop.domain.chain_heads import FINGERPRINT
from safeplan_desktop.domain.check_words import next_steps, verdict_words
from safeplan_desktop.domain.vocabulary import label_of

if TYPE_CHECKING:
    from safeplan_desktop.documents.theme import Look
    from safeplan_desktop.domain.backups import Verification
    from safeplan_desktop.domain.chain_heads import HeadComparison
    from safeplan_desktop.domain.moments import Moment
    from safeplan_desktop.domain.practice import Paper, PracticeProfile

_TITLE = "Report of a check"


@pages.one_at_a_time
def check_report_pdf(
    verification: Verification, what: str, practice: PracticeProfile, paper: Paper, made: Moment, chain_head: str
) -> bytes:
    """The report of a check, as a PDF.

    Args:
        verification: What was found.
        what: What was checked, such as "Your records".
        practice: As it is now; it gives the letterhead and the form of dates.
        paper: Its size.
        made: When the report is made.
        chain_head: The end of the audit's chain; its fingerprint is printed, with the number of the entry.
    """
    look = record_parts.look_of(paper, practice)
    story = record_parts.head(look, _TITLE, practice)
    story += theme.facts(
        look,
        [
            ("Checked", what),
            ("On", theme.moment_words(made, look.book.language)),
            ("End of the history", chain_head),
            ("Result", verdict_words(verification)),
        ],
    )
    problems = [
        block
        for check in verification.checks
        if not check.ok
        for block in (
            *look.text([Span(check.sentence, bold=True)]),
            *look.text(next_steps(check), look.quiet),
        )
    ]
    story += theme.section(look, "To look at", problems)
    story += record_parts.listed(look, "Good", [check.sentence for check in verification.checks if check.ok])
    rows = [_compared(look, one, made.zone) for one in verification.heads]
    header = ("Compared with", "Recorded", "Entry", "Found")
    story += record_parts.table(look, "Earlier ends of the history", header, rows, (0.46, 0.16, 0.1, 0.28))
    story += look.text(
        "Keep this sheet apart from the computer: the fingerprint at its foot shows later whether anything before that "
        "entry was changed.",
        look.quiet,
    )
    return record_parts.report_pdf(look, story, paper, title=_TITLE, code="", made=made, chain_head=chain_head)


def _compared(look: Look, one: HeadComparison, zone: str) -> tuple[str, str, str, str]:
    head, made = one.head, one.day(zone)
    day = theme.short_day_words(made, look.book.language) if made is not None else ""
    name = head.name.removesuffix(".safeplan-backup") or head.words
    seq = "" if head.seq is None else str(head.seq)
    mark = f" ({head.hash[:FINGERPRINT]})" if head.hash and head.name else ""
    return name + mark, day, seq, label_of(one.verdict)
