"""A handout: one page of plain words in large calm letters, whom to call, and lines for one's own notes."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from safeplan_desktop.documents import layout, pages, theme
from safeplan_desktop.documents.blank_plan import WritingLine
from safeplan_desktop.documents.layout import QUIET
from safeplan_desktop.documents.pages import Margins
from safeplan_desktop.documents.text import Span, tel_link
from safeplan_desktop.domain.practice import ContactType

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reportlab.platypus import Flowable

    from safeplan_desktop.documents.itemise import FontBook
    from safeplan_desktop.documents.theme import Look
    from safeplan_desktop.domain.handouts import Handout, HandoutWords, NumberToCall
    from safeplan_desktop.domain.moments import Moment
    from safeplan_desktop.domain.practice import Paper, PracticeProfile

_SIZES = (13.0, 12.5, 12.0, 11.5, 11.0)
"""Points, tried in turn until the handout fits on one page."""

_TITLE = 1.75
_LEAD = 1.06
_HEADING = 1.12
_LINE = 2.1
"""From one line for handwriting to the next, as a multiple of the letters' size."""

_BLANK = 1.6
"""The room for a number that is written by hand, in the same measure."""

_FEWEST_LINES, _MOST_LINES = 2, 4
_WIDEST_NUMBER = 0.45
_LONGEST_GAP = 0.9
"""What is left of the page stands between the sections, at most so many letters high."""

_PDF_TITLE = "Handout"


@pages.one_at_a_time
def handout_pdf(
    handout: Handout,
    numbers: Sequence[NumberToCall],
    profile: PracticeProfile | None,
    words: HandoutWords,
    paper: Paper,
    made: Moment,
) -> bytes:
    """The handout as a PDF: one page, unless the therapist's own is longer than that. It names no client.

    Args:
        handout: What stands on it.
        numbers: The lines of its box.
        profile: The practice, named at the foot; None for none.
        words: The fixed words of the handout's language.
        paper: Its size.
        made: The time written into the document.
    """
    fitted = _fitted(handout, numbers, words, paper)
    pdf, _ = pages.build(
        fitted.story,
        paper,
        title=handout.title if not handout.own else _PDF_TITLE,
        language=handout.language,
        made=made,
        margins=Margins(foot=_foot(handout, profile, words), page="{page} / {pages}", only_if_several=True),
        look_=fitted.look,
    )
    return pdf


@pages.one_at_a_time
def is_longer_than_a_page(handout: Handout, numbers: Sequence[NumberToCall], words: HandoutWords, paper: Paper) -> bool:
    """Whether it doesn't fit on one page in the smallest letters that are still easy to read."""
    return not _fitted(handout, numbers, words, paper).fits


@dataclass(frozen=True, slots=True)
class _Fitted:
    look: Look
    story: list[Flowable]
    fits: bool


def _fitted(handout: Handout, numbers: Sequence[NumberToCall], words: HandoutWords, paper: Paper) -> _Fitted:
    """The handout in the largest letters that leave it on one page, with what is left of the page put to use."""
    book: FontBook | None = None
    fewest = _FEWEST_LINES if handout.notes else 0
    for size in _SIZES:
        look = _look(handout, paper, size, book)
        book = look.book
        room = look.height - layout.height_of(_story(handout, numbers, words, look, fewest, 0.0), look.width)
        if room >= 0:
            break
    if room < 0:
        return _Fitted(look, _story(handout, numbers, words, look, fewest, 0.0), fits=False)
    tall = size * _LINE
    more = min(int(room // tall), _MOST_LINES - fewest) if handout.notes else 0
    gaps = len(handout.sections) + bool(numbers) + bool(handout.notes)
    gap = min((room - more * tall) / max(gaps, 1), size * _LONGEST_GAP)
    # A hair less than the room: sums of points may differ in the last digit.
    return _Fitted(look, _story(handout, numbers, words, look, fewest + more, gap * 0.99), fits=True)


def _look(handout: Handout, paper: Paper, size: float, book: FontBook | None) -> Look:
    look = theme.look(paper, size=size, smallest=theme.SMALLEST, language=handout.language, book=book)
    return replace(
        look,
        title=theme.restyled(look.title, fontSize=size * _TITLE, spaceAfter=size * 0.4),
        heading=theme.restyled(look.heading, fontSize=size * _HEADING, spaceBefore=size * 0.75, spaceAfter=size * 0.2),
    )


def _story(
    handout: Handout, numbers: Sequence[NumberToCall], words: HandoutWords, look: Look, lines: int, gap: float
) -> list[Flowable]:
    lead = theme.restyled(look.body, fontSize=look.size * _LEAD, spaceAfter=look.size * 0.5)
    look = replace(look, heading=theme.restyled(look.heading, spaceBefore=look.heading.spaceBefore + gap))
    story: list[Flowable] = [
        *look.text(Span(handout.title, bold=True), look.title, outline=True, balanced=True),
        *look.text(handout.lead, lead),
        layout.Rule(0.8, space_after=look.size * 0.1),
    ]
    for section in handout.sections:
        body = [*look.text(section.text)]
        for item in section.items:
            body += look.text(item, look.item, bullet="•")
        if section.heading and body:
            story += theme.section(look, section.heading, body)
        else:
            story += [*(look.heading_of(section.heading) if section.heading else ()), *body]
    if numbers:
        story.append(_box(numbers, words, look, gap))
    if handout.notes:
        label = look.text(Span(handout.notes, bold=True), theme.restyled(look.heading, spaceAfter=0))
        written = [WritingLine(look, (("", 1.0),), look.size * _LINE) for _ in range(lines)]
        story.append(layout.Together([*label, *written], head=len(label), room=look.height))
    return story


def _box(numbers: Sequence[NumberToCall], words: HandoutWords, look: Look, gap: float) -> Flowable:
    """Whom to call, in a strong frame: a number that was checked, else a line to write one on."""
    padding = look.size * 0.75
    width = look.width - 2 * padding
    style = theme.restyled(look.body, spaceAfter=0)
    calls = {number: Span(number.number.strip(), bold=True, link=tel_link(number.number)) for number in numbers}
    widest = max((look.width_of(call, style) + 2 for call in calls.values() if call.text), default=0.0)
    share = min(widest, width * _WIDEST_NUMBER)
    rows = look.text(
        Span(words.heading, bold=True), theme.restyled(look.body, spaceAfter=look.size * 0.3), outline=True
    )
    for number, call in calls.items():
        usual = words.label_of(number.kind)
        if not call.text:
            rows += [WritingLine(look, ((usual or words.phone, 1.0),), look.size * _BLANK), layout.Gap(look.size * 0.3)]
            continue
        # The emergency number has a name in every language; a service is called what the practice calls it.
        named = number.kind is not ContactType.EMERGENCY_NUMBER
        name = number.name.strip() if named or not usual else usual
        hours = Span(f"  {number.hours.strip()}", colour=QUIET) if named and number.hours.strip() else None
        rows.append(
            layout.Columns(
                [
                    (width - share - look.size, look.text([Span(name), *([hours] if hours else [])], style)),
                    (share, look.text(call, style)),
                ],
                gap=look.size,
                mirrored=look.mirrored,
                space_after=look.size * 0.15,
            )
        )
    return layout.Box(rows, room=look.height, padding=padding, space_before=look.size * 0.8 + gap)


def _foot(handout: Handout, profile: PracticeProfile | None, words: HandoutWords) -> str:
    """Who wrote it and for whom: for the practice's clients, never for one by name."""
    name = (profile.practice_name or profile.therapist_name).strip() if profile else ""
    phone = profile.phone.strip().replace(" ", "\u00a0") if profile else ""
    practice = ", ".join(part for part in (name, phone) if part)
    author = ", ".join(p.strip() for p in (profile.therapist_name, profile.credentials) if p.strip()) if profile else ""
    if handout.own and not author:
        return practice
    alone = words.own_alone if handout.own else words.ours_alone
    together = words.own if handout.own else words.ours
    return (together if name else alone).format(practice=practice, author=author) or practice
