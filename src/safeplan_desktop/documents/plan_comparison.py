"""Two versions of a plan compared, on paper: for the therapist, in the window's language."""

from __future__ import annotations

from typing import TYPE_CHECKING

from safeplan_desktop.documents import pages, theme
from safeplan_desktop.documents.pages import Margins
from safeplan_desktop.documents.text import Span
from safeplan_desktop.domain.plan_comparison import compare_plans
from safeplan_desktop.domain.plan_comparison_words import words_of, words_of_languages, words_of_number
from safeplan_desktop.domain.plans import SectionKey
from safeplan_desktop.domain.vocabulary import label_of

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from reportlab.platypus import Flowable

    from safeplan_desktop.domain.moments import Moment
    from safeplan_desktop.domain.plans import PlanVersion
    from safeplan_desktop.domain.practice import Paper

TITLE = "Safety plan, two versions compared"


@pages.one_at_a_time
def plan_comparison_pdf(
    older: PlanVersion,
    newer: PlanVersion,
    paper: Paper,
    made: Moment,
    languages: Mapping[str, str],
    in_error: Collection[str] = (),
) -> bytes:
    """What was added, removed, changed and moved from one version to another.

    Args:
        older: The version from which.
        newer: The version to which.
        paper: The size of the pages.
        made: When the document is made.
        languages: The names of the printed languages by their codes.
        in_error: The ids of those that were entered in error.
    """
    look = theme.look(paper, size=11.0, smallest=9.0)
    difference = compare_plans(older.form, newer.form)
    story: list[Flowable] = [*look.text(TITLE, look.title)]
    story += theme.facts(
        look,
        [
            ("Client", newer.client.name or newer.client.code),
            *(
                (
                    f"Version {version.number}",
                    ("Entered in error, it counts nowhere; " if version.id in in_error else "")
                    + f"finished on {theme.moment_words(version.finished)} by {version.signer}"
                    + (f". Reason: {version.form.reason}" if version.form.reason.strip() else ""),
                )
                for version in (older, newer)
            ),
        ],
    )
    if difference.is_none:
        story += look.text("The two versions say the same.", theme.restyled(look.body, spaceBefore=look.size))
    for key in SectionKey:
        items: list[Flowable] = []
        for entry in difference.of_section(key):
            head, *more = words_of(entry)
            items += look.text([Span(f"{label_of(entry.kind)}:  ", bold=True), Span(head)])
            for line in more:
                items += look.text(line, theme.restyled(look.quiet, leftIndent=look.size * 1.5))
        story += theme.section(look, label_of(key), items)
    numbers = [
        block
        for number in difference.numbers
        for block in look.text([Span(f"{label_of(number.kind)}:  ", bold=True), Span(words_of_number(number))])
    ]
    story += theme.section(look, "Crisis numbers", numbers)
    if difference.language is not None:
        words = words_of_languages(difference.language, languages)
        story += theme.section(look, "Language of the printed plan", look.text(words))
    pdf, _ = pages.build(
        story,
        paper,
        title=TITLE,
        language="en",
        made=made,
        margins=Margins(
            head=f"{newer.client.code}  ·  Versions {_marked(older, in_error)} and {_marked(newer, in_error)}",
            page="Page {page} of {pages}",
        ),
        look_=look,
    )
    return pdf


def _marked(version: PlanVersion, in_error: Collection[str]) -> str:
    return f"{version.number} (entered in error)" if version.id in in_error else str(version.number)
