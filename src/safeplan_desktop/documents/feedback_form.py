"""The feedback form for a client: one page, answers from 0 to 10, a line or two for words; a name only where wanted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from safeplan_desktop.documents import layout, pages, theme
from safeplan_desktop.documents.blank_plan import WritingLine
from safeplan_desktop.documents.pages import Margins
from safeplan_desktop.documents.paper_form import AnswerBoxes
from safeplan_desktop.documents.text import Span
from safeplan_desktop.domain.feedback import HIGHEST, LOWEST

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reportlab.platypus import Flowable

    from safeplan_desktop.documents.itemise import FontBook
    from safeplan_desktop.documents.theme import Look
    from safeplan_desktop.domain.feedback import FeedbackWords
    from safeplan_desktop.domain.moments import Moment
    from safeplan_desktop.domain.practice import Paper, PracticeProfile

_SIZES = (12.5, 12.0, 11.5, 11.0, 10.5, 10.0)
"""Points, tried in turn until the form fits on one page."""

_LINE = 2.3
_FEWEST, _MOST = 3, 8
"""Lines for words: what is left of the page decides."""

_APART = 17.0
"""Points from a number to the next one's box: far more than to its own, and all of them stand on one line."""

_NUMBERS = tuple(str(number) for number in range(LOWEST, HIGHEST + 1))


@pages.one_at_a_time
def feedback_form_pdf(
    words: FeedbackWords, steps: Sequence[str], name: str, practice: PracticeProfile, paper: Paper, made: Moment
) -> bytes:
    """The form as a PDF.

    Args:
        words: In the client's language.
        steps: The parts of a plan, as they are headed in that language.
        name: Printed on it; empty for an empty line.
        practice: As it is now; its name stands above the form.
        paper: Its size.
        made: When the document is made.
    """
    book: FontBook | None = None
    for size in _SIZES:
        look = theme.look(paper, size=size, smallest=theme.SMALLEST, language=words.language, book=book)
        book = look.book
        room = look.height - layout.height_of(_story(look, words, steps, name, _FEWEST), look.width)
        if room >= 0:
            break
    more = min(max(int(room // (look.size * _LINE)), 0), _MOST - _FEWEST)
    pdf, _ = pages.build(
        _story(look, words, steps, name, _FEWEST + more),
        paper,
        title="Feedback form",
        language=words.language,
        made=made,
        margins=Margins(head=practice.practice_name, page=words.page, only_if_several=True),
        look_=look,
    )
    return pdf


def _story(look: Look, words: FeedbackWords, steps: Sequence[str], name: str, lines: int) -> list[Flowable]:
    tall = look.size * _LINE
    gap = look.size * 0.55
    day = look.width * 0.3
    who: list[Flowable] = (
        look.text([Span(f"{words.name_label}: "), Span(name, bold=True)])
        if name
        else [WritingLine(look, ((words.name_wanted, 1.0),), tall)]
    )
    story: list[Flowable] = [
        *look.text(Span(words.title, bold=True), look.title, outline=True),
        *look.text(words.lead),
        layout.Columns(
            [
                (look.width - day - look.size, who),
                (day, [WritingLine(look, ((words.day_label, 1.0),), tall)]),
            ],
            gap=look.size,
            space_after=gap,
        ),
        *look.text(words.scale, look.quiet),
        layout.Gap(gap),
    ]
    for question in words.questions:
        story += [*look.text(question.text), AnswerBoxes(look, _NUMBERS, _APART), layout.Gap(gap)]
    story += [*look.text(words.used), AnswerBoxes(look, (words.yes, words.no)), layout.Gap(gap)]
    story += [*look.text(words.helped), AnswerBoxes(look, steps), layout.Gap(gap)]
    story += [*look.text(words.words), *(WritingLine(look, (("", 1.0),), tall) for _ in range(lines))]
    return story
