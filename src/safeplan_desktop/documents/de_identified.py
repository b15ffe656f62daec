"""A de-identified copy as a PDF: no letterhead, no fingerprint, no code; it says of itself that it has to be read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from safeplan_desktop.documents import layout, pages, theme
from safeplan_desktop.documents.layout import INK
from safeplan_desktop.documents.pages import Margins

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from safeplan_desktop.domain.de_identified_copy import DeidentifiedCopy
    from safeplan_desktop.domain.moments import Moment
    from safeplan_desktop.domain.practice import Paper

_TITLE = "De-identified copy"
_SIZE = 10.5


@pages.one_at_a_time
def de_identified_pdf(
    copies: Sequence[DeidentifiedCopy],
    notice: str,
    paper: Paper,
    made: Moment,
    tell: Callable[[float], None] | None = None,
) -> bytes:
    """Copies, one behind the other.

    Args:
        copies: At least one.
        notice: What the copy says of itself, on top.
        paper: Its size.
        made: When it was made.
        tell: Hears how far it is, from 0.0 to 1.0; ends the work by raising.
    """
    look = theme.look(paper, size=_SIZE)
    story = look.text(_TITLE, look.title, outline=True)
    story += look.text(notice)
    for copy in copies:
        story.append(layout.Rule(1.2, colour=INK, space_before=10, space_after=4))
        story += look.heading_of(copy.title)
        for section in copy.sections:
            lines = [block for line in section.lines for block in look.text(line)]
            story += theme.section(look, section.heading, lines) if section.heading else lines
    pdf, _ = pages.build(
        story,
        paper,
        title=_TITLE,
        language=look.book.language,
        made=made,
        margins=Margins(
            head=_TITLE, foot="To be read by the therapist before it is passed on", page="Page {page} of {pages}"
        ),
        look_=look,
        tell=tell,
    )
    return pdf
