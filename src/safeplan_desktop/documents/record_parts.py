"""Parts that the practice's own reports share: the head of a report, addenda, the signature, the fingerprint."""

from __future__ import annotations

from collections.abc import Sequence

from reportlab.platypus import Flowable, KeepTogether

from safeplan_desktop.documents import theme
from safeplan_desktop.documents.text import Span
from safeplan_desktop.documents.theme import Look, Margins
from safeplan_desktop.domain.clients import ClientSnapshot
from safeplan_desktop.domain.incidents import Addendum
from safeplan_desktop.domain.moments import Moment
from safeplan_desktop.domain.practice import PracticeProfile
from safeplan_desktop.domain.vocabulary import label_of

FINGERPRINT = 12
"""Characters of the chain's head that are printed."""


def head(look: Look, title: str, practice: PracticeProfile) -> list[Flowable]:
    """The practice's letterhead and the report's title."""
    who = ", ".join(part for part in (practice.therapist_name, practice.credentials) if part)
    lines = [practice.practice_name, who, ", ".join(p for p in (practice.address, practice.phone) if p)]
    story: list[Flowable] = []
    for line in lines:
        story += look.text(line, look.small) if line else []
    story.append(theme.rule())
    story += look.text(Span(title, bold=True), look.title)
    story.append(theme.gap(3))
    return story


def client_words(client: ClientSnapshot | None) -> str:
    """The client as they were when the record was signed."""
    if client is None:
        return "No client involved"
    parts = [client.name, f"({client.code})"]
    if client.birth_date is not None:
        parts.append(f"born {theme.day_words(client.birth_date, 'en')}")
    if client.pronouns:
        parts.append(client.pronouns)
    return ", ".join(parts).replace(", (", " (")


def titled(look: Look, title: str, text: str) -> list[Flowable]:
    """A heading with its text; nothing at all when there is no text."""
    if not text.strip():
        return []
    first, *rest = look.text(text, look.body)
    return [KeepTogether([*look.text(Span(title, bold=True), look.heading), first]), *rest]


def signature(look: Look, signer: str, signed: Moment) -> list[Flowable]:
    """Who signed, and when."""
    return [
        theme.gap(8),
        KeepTogether([theme.rule(), *look.text(f"Signed by {signer} on {theme.moment_words(signed)}", look.body)]),
    ]


def addenda_story(look: Look, addenda: Sequence[Addendum]) -> list[Flowable]:
    """What was added after signing, in its order, each labelled."""
    if not addenda:
        return []
    story: list[Flowable] = [*look.text(Span("Added after signing", bold=True), look.heading)]
    for addendum in addenda:
        title = f"{addendum.number}. {label_of(addendum.kind)}"
        story.append(KeepTogether([*look.text(Span(title, bold=True), look.body)]))
        story += look.text(f"Reason: {addendum.reason}", look.body)
        story += look.text(addendum.text, look.body)
        story += look.text(f"Signed by {addendum.signer} on {theme.moment_words(addendum.signed)}", look.small)
        story.append(theme.gap(4))
    return story


def margins(title: str, code: str, chain_head: str) -> Margins:
    """What stands on every page of a report: what it is, the code, the fingerprint, the page."""
    print_ = f"Fingerprint {chain_head[:FINGERPRINT]}" if chain_head else ""
    return Margins(
        head=" · ".join(part for part in (title, code) if part),
        foot=" · ".join(part for part in ("Confidential record", print_) if part),
        page="Page {page} of {pages}",
    )
