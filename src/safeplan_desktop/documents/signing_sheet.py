"""A sheet that is read together and signed by hand: the working agreement, the words of a consent."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportlab.lib.units import mm

from safeplan_desktop.documents import layout, pages, theme
from safeplan_desktop.documents.blank_plan import WritingLine
from safeplan_desktop.documents.layout import INK
from safeplan_desktop.documents.pages import Margins
from safeplan_desktop.documents.text import Span

if TYPE_CHECKING:
    from reportlab.platypus import Flowable

    from safeplan_desktop.documents.theme import Look
    from safeplan_desktop.domain.clients import ClientSnapshot
    from safeplan_desktop.domain.moments import Moment
    from safeplan_desktop.domain.practice import Paper, PracticeProfile
    from safeplan_desktop.domain.signing_sheets import Sheet, SheetWords

_SIZES = (11.5, 11.0, 10.5, 10.0)
"""Points; the largest at which everything stands on one page, else the largest."""
_LINE = 11 * mm


@pages.one_at_a_time
def signing_sheet_pdf(
    sheet: Sheet, words: SheetWords, client: ClientSnapshot, practice: PracticeProfile, paper: Paper, made: Moment
) -> bytes:
    """The sheet, as a PDF in the client's language.

    Args:
        sheet: Title, words, day.
        words: The fixed words around them.
        client: Whose it is.
        practice: Its name stands on top.
        paper: Its size.
        made: The time written into the document.
    """
    story: list[Flowable] = []
    for size in (*_SIZES, _SIZES[0]):
        look = theme.look(paper, size=size, smallest=theme.SMALLEST, language=sheet.language)
        story = _story(look, sheet, words, client)
        if layout.fits_into(story, look.width, look.height, 1):
            break
    where = "  ·  ".join(part for part in (practice.practice_name or practice.therapist_name, practice.phone) if part)
    pdf, _ = pages.build(
        story,
        paper,
        title=sheet.title,
        language=sheet.language,
        made=made,
        margins=Margins(foot=where, page=words.page, only_if_several=True),
        look_=look,
    )
    return pdf


def _story(look: Look, sheet: Sheet, words: SheetWords, client: ClientSnapshot) -> list[Flowable]:
    day = theme.day_words(sheet.day, sheet.language)
    about = [words.version.format(number=sheet.number)] if sheet.number is not None else []
    about.append(words.written_on.format(date=day))
    if sheet.valid_until is not None:
        about.append(words.valid_until.format(date=theme.day_words(sheet.valid_until, sheet.language)))
    story = look.text(sheet.title, look.title, outline=True)
    story += look.text([Span(f"{words.for_client} "), Span(client.name or client.code, bold=True)])
    story += look.text("  ·  ".join(about), look.quiet)
    story.append(layout.Rule(1.2, colour=INK, space_before=5, space_after=9))
    story += look.text(sheet.opening)
    for part in sheet.parts:
        blocks = look.text(part.text)
        story += theme.section(look, part.heading, blocks) if part.heading else [*blocks, layout.Gap(look.size * 0.3)]
    story.append(layout.Together(_signatures(look, words), room=look.height))
    return story


def _signatures(look: Look, words: SheetWords) -> list[Flowable]:
    """A line each: signature and day."""
    lines: list[Flowable] = [layout.Gap(3 * mm)]
    for label in (words.signature_of_client, words.signature_of_therapist, words.signature_of_guardian):
        lines.append(WritingLine(look, ((label, 3.0), (words.day, 1.0)), _LINE))
        lines.append(layout.Gap(1 * mm))
    return lines
