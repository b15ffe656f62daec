"""Parts that the practice's own reports share: the head, addenda, the signature, the fingerprint."""

from __future__ import annotations

from typing import TYPE_CHECKING

from safeplan_desktop.documents import layout, pages, theme
from safeplan_desktop.documents.layout import INK, RULE
from safeplan_desktop.documents.pages import Margins
from safeplan_desktop.documents.text import Span
from safeplan_desktop.documents.theme import Look
from safeplan_desktop.domain.chain_heads import FINGERPRINT
from safeplan_desktop.domain.incidents import void_of
from safeplan_desktop.domain.vocabulary import label_of

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence

    from reportlab.platypus import Flowable

    from safeplan_desktop.domain.clients import ClientSnapshot
    from safeplan_desktop.domain.incidents import Addendum
    from safeplan_desktop.domain.moments import Moment
    from safeplan_desktop.domain.practice import Paper, PracticeProfile

_SIZE = 10.5
_SHORT = 3
"""The share of a page up to which the last lines above a signature are taken over to its page."""


def look_of(paper: Paper, practice: PracticeProfile) -> Look:
    """The styles of a report: smaller than a client's copy, with the dates of the practice's country."""
    return theme.look(paper, size=_SIZE, language=theme.report_language(practice.country))


def head(look: Look, title: str, practice: PracticeProfile) -> list[Flowable]:
    """The practice's letterhead and the report's title."""
    story: list[Flowable] = []
    who = ", ".join(part for part in (practice.therapist_name, practice.credentials) if part)
    where = "  ·  ".join(part for part in (practice.address.replace("\n", ", "), practice.phone) if part)
    name, *others = [line for line in (practice.practice_name, who, where) if line] or [""]
    story += look.text(Span(name, bold=True))
    for line in others:
        story += look.text(line, look.quiet)
    story.append(layout.Rule(1.2, colour=INK, space_before=5, space_after=9))
    story += look.text(title, look.title, outline=True)
    return story


def period_words(look: Look, since: dt.date | None, until: dt.date | None) -> str:
    """From which day to which a report goes; empty where it isn't limited."""
    first = theme.day_words(since, look.book.language) if since is not None else ""
    last = theme.day_words(until, look.book.language) if until is not None else ""
    if not first:
        return f"Until {last}" if last else ""
    return f"From {first} to {last}" if last else f"From {first}"


def client_words(look: Look, client: ClientSnapshot | None) -> str:
    """The client as they were when the record was signed."""
    if client is None:
        return "No client involved"
    name = f"{client.name} ({client.code})" if client.name else client.code
    born = f"born {theme.day_words(client.birth_date, look.book.language)}" if client.birth_date else ""
    return ", ".join(part for part in (name, born, client.pronouns) if part)


def titled(look: Look, title: str, text: str) -> list[Flowable]:
    """A heading with its text; nothing at all when there is no text."""
    return theme.section(look, title, look.text(text)) if text.strip() else []


def listed(look: Look, title: str, lines: Sequence[str | Sequence[Span]]) -> list[Flowable]:
    """A heading with a list; nothing at all for an empty list."""
    items = [block for line in lines for block in look.text(line, look.item, bullet="•")]
    return theme.section(look, title, items)


def table(
    look: Look, title: str, header: Sequence[str], rows: Sequence[Sequence[str]], shares: Sequence[float]
) -> list[Flowable]:
    """A heading with a table; nothing at all without rows.

    Args:
        look: The styles.
        title: The heading; empty for none.
        header: The words above the columns.
        rows: The cells.
        shares: Of the width, for each column.
    """
    if not rows:
        return []
    small = theme.restyled(look.quiet, spaceAfter=0)
    cell = theme.restyled(look.body, fontSize=look.size * 0.95, spaceAfter=0)
    grid = layout.Grid(
        [look.width * share for share in shares],
        [look.text(Span(words, bold=True), small) for words in header],
        [[look.text(words, cell) for words in row] for row in rows],
    )
    return theme.section(look, title, [grid]) if title else [grid]


def signed_story(look: Look, story: list[Flowable], signer: str, signed: Moment) -> list[Flowable]:
    """What was signed, then by whom and when; where its last lines are short, the signature stays with them."""
    words = [
        Span("Signed by "),
        Span(signer, bold=True),
        Span(f" on {theme.moment_words(signed, look.book.language)}"),
    ]
    rule = layout.Rule(0.8, colour=INK, space_before=14, space_after=5)
    short = bool(story) and layout.height_of(story[-1:], look.width) < look.height / _SHORT
    kept = len(story) - short
    return [*story[:kept], layout.Together([*story[kept:], rule, *look.text(words)], room=look.height)]


def addenda_story(look: Look, addenda: Sequence[Addendum]) -> list[Flowable]:
    """What was added after signing, in its order, each labelled, below the original."""
    story: list[Flowable] = []
    for addendum in addenda:
        items = [
            *look.text([Span(f"{addendum.number}. {label_of(addendum.kind)}", bold=True)]),
            *look.text([Span("Reason: ", colour=layout.QUIET), Span(addendum.reason)]),
            *look.text(addendum.text),
            *look.text(
                f"Signed by {addendum.signer} on {theme.moment_words(addendum.signed, look.book.language)}",
                look.quiet,
            ),
        ]
        story += [layout.Rule(colour=RULE, space_before=6, space_after=5)] if story else []
        story.append(layout.Together(items, head=2))
    return theme.section(look, "Added after signing; the record above stays as it was signed", story)


def voided_story(look: Look, addenda: Sequence[Addendum]) -> list[Flowable]:
    """On top of a record that was entered in error: that it was, why and when. Nothing for any other record."""
    voided = void_of(addenda)
    if voided is None:
        return []
    when = theme.moment_words(voided.signed, look.book.language)
    items = [
        layout.Rule(1.2, colour=INK, space_before=2, space_after=5),
        *look.text(Span("Entered in error", bold=True), look.heading),
        *look.text([Span("Reason: ", colour=layout.QUIET), Span(voided.reason)]),
        *look.text(f"Marked by {voided.signer} on {when}. The record below stays as it was signed.", look.quiet),
        layout.Rule(1.2, colour=INK, space_before=3, space_after=9),
    ]
    return [layout.Together(items, room=look.height)]


def margins(title: str, code: str, chain_head: str) -> Margins:
    """What stands on every page of a report: what it is, the code, the fingerprint, the page.

    Args:
        title: What it is.
        code: Whose it is.
        chain_head: The end of the audit's chain: its hash, or the fingerprint with the entry's number behind a comma.
    """
    return Margins(
        head="  ·  ".join(part for part in (title, code) if part),
        foot=f"Confidential record{fingerprint_words(chain_head)}",
        page="Page {page} of {pages}",
    )


def fingerprint_words(chain_head: str) -> str:
    """The fingerprint as it goes on in a foot line; empty where there is none."""
    hash_, _, entry = chain_head.partition(",")
    words = ",".join(part for part in (f"Fingerprint {hash_[:FINGERPRINT]}", entry) if part) if hash_ else ""
    return f"  ·  {words}" if words else ""


def report_pdf(
    look: Look,
    story: Sequence[Flowable],
    paper: Paper,
    *,
    title: str,
    code: str,
    made: Moment,
    chain_head: str,
    heading: str = "",
) -> bytes:
    """A confidential report as a PDF.

    Args:
        look: Its styles.
        story: What stands on its pages, with its head.
        paper: Their size.
        title: A generic title for the file; never a name.
        code: The client's code, or what else tells the report from others of its kind; empty for nothing.
        made: The time written into the file: when the record was signed, or the report was made.
        chain_head: The end of the audit's chain; its fingerprint is printed, with the number of the entry.
        heading: What the margins call it; the title where it is empty.
    """
    pdf, _ = pages.build(
        story,
        paper,
        title=title,
        language=look.book.language,
        made=made,
        margins=margins(heading or title, code, chain_head),
        look_=look,
    )
    return pdf
