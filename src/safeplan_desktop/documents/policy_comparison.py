"""Two versions of the safety policy compared, on paper."""

from __future__ import annotations

from typing import TYPE_CHECKING

from safeplan_desktop.documents import pages, record_parts, theme
from safeplan_desktop.documents.text import Span
from safeplan_desktop.domain.policy import PolicyPart
from safeplan_desktop.domain.vocabulary import label_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reportlab.platypus import Flowable

    from safeplan_desktop.domain.moments import Moment
    from safeplan_desktop.domain.policy import LogLine
    from safeplan_desktop.domain.policy_comparison import PolicyComparison
    from safeplan_desktop.domain.practice import Paper, PracticeProfile

TITLE = "Safety policy, two versions compared"


@pages.one_at_a_time
def policy_comparison_pdf(
    versions: Sequence[LogLine],
    comparison: PolicyComparison,
    practice: PracticeProfile,
    paper: Paper,
    made: Moment,
    chain_head: str,
) -> bytes:
    """What was added, removed and changed from one version to another.

    Args:
        versions: The older and the newer one, as lines of the change log.
        comparison: What differs.
        practice: As it is now; it gives the letterhead and the form of dates.
        paper: The size of the pages.
        made: When the document is made.
        chain_head: The end of the audit's chain; its fingerprint is printed.
    """
    look = record_parts.look_of(paper, practice)
    story = record_parts.head(look, TITLE, practice)
    story += theme.facts(
        look,
        [
            (
                f"Version {line.number}",
                f"adopted on {theme.day_words(line.adopted, look.book.language)} by {line.signer}. {line.change}",
            )
            for line in versions
        ],
    )
    if comparison.is_none:
        story += look.text("The two versions say the same.", theme.restyled(look.body, spaceBefore=look.size))
    more = theme.restyled(look.quiet, leftIndent=look.size * 1.5)
    for part in PolicyPart:
        items: list[Flowable] = []
        for one in comparison.of_part(part):
            words = one.after or one.before
            items += look.text([Span(f"{label_of(one.kind)}, {one.where}:  ", bold=True), Span(words)])
            if one.before and one.after:
                items += look.text(f"Before: {one.before}", more)
        story += theme.section(look, label_of(part), items)
    story += record_parts.listed(look, "Filled in from the practice", [change.sentence for change in comparison.facts])
    numbers = " and ".join(str(line.number) for line in versions)
    return record_parts.report_pdf(
        look,
        story,
        paper,
        title=TITLE,
        code=f"Versions {numbers}",
        made=made,
        chain_head=chain_head,
        heading="Safety policy",
    )
