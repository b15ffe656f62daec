"""A questionnaire that was brought in, as a form with answer boxes for the waiting room."""

from __future__ import annotations

import re
from itertools import groupby
from typing import TYPE_CHECKING

from reportlab.lib.units import mm
from reportlab.platypus import Flowable

from safeplan_desktop.documents import layout, pages, theme
from safeplan_desktop.documents.blank_plan import WritingLine
from safeplan_desktop.documents.layout import INK
from safeplan_desktop.documents.pages import Margins
from safeplan_desktop.documents.text import Span
from safeplan_desktop.domain.questionnaires import Operator
from safeplan_desktop.domain.typed_answers import typed_text
from safeplan_desktop.domain.vocabulary import label_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from safeplan_desktop.documents.theme import Look
    from safeplan_desktop.domain.instruments import Condition, Instrument, Item, Option
    from safeplan_desktop.domain.moments import Moment
    from safeplan_desktop.domain.practice import Paper, PracticeProfile
    from safeplan_desktop.domain.questionnaires import Question, Questionnaire, ShowWhen

_NUMBER = re.compile(r"\d{1,3}[.)]\s")
_BOX = 9.0
_GAP = 5.0
_ROOM = 16.0
_LINE = 9 * mm
_LINES = 2


class AnswerBoxes(Flowable):
    """Answers side by side, each with a box to tick; as many on a line as fit.

    Args:
        look: The document's look.
        labels: The answers.
        apart: From one answer to the next box, in points.
    """

    def __init__(self, look: Look, labels: Sequence[str], apart: float = _ROOM) -> None:
        super().__init__()
        self.apart = apart
        self.look, self.labels = look, labels

    def wrap(self, width: float, _height: float) -> tuple[float, float]:
        self.width = width
        self.places: list[tuple[float, float, list[Flowable], float]] = []
        x = y = tallest = 0.0
        for words in self.labels:
            blocks = self.look.text(words)
            wanted = min(self.look.width_of(words) + 2, width - _BOX - _GAP)
            tall = layout.height_of(blocks, wanted)
            if x and x + _BOX + _GAP + wanted > width:
                x, y, tallest = 0.0, y + tallest, 0.0
            self.places.append((x, y, blocks, wanted))
            tallest = max(tallest, tall, _BOX + 3)
            x += _BOX + _GAP + wanted + self.apart
        self.height = y + tallest
        return width, self.height

    def draw(self) -> None:
        canvas = self.canv
        canvas.setStrokeColor(INK)
        canvas.setLineWidth(0.9)
        for x, y, blocks, width in self.places:
            top = self.height - y
            left = self.width - x - _BOX if self.look.mirrored else x
            canvas.rect(left, top - _BOX - 2, _BOX, _BOX)
            foot = top
            for block in blocks:
                _, tall = block.wrap(width, top)
                foot -= tall
                at = self.width - x - _BOX - _GAP - width if self.look.mirrored else x + _BOX + _GAP
                block.drawOn(canvas, at, foot)


@pages.one_at_a_time
def paper_form_pdf(instrument: Instrument, practice: PracticeProfile, paper: Paper, made: Moment) -> bytes:
    """The form, as a PDF.

    Args:
        instrument: In the wording that the therapist brought in.
        practice: As it is now; its name stands above the form.
        paper: Its size.
        made: When the document is made.
    """
    look = theme.look(paper, size=11.0, smallest=theme.SMALLEST)
    story: list[Flowable] = []
    story += look.text(instrument.title, look.title, outline=True)
    story.append(WritingLine(look, (("Name", 2), ("Date", 1)), _LINE))
    story.append(layout.Gap(8))
    numbers = {item.id: place for place, item in enumerate(instrument.items, start=1)}
    for part, items in groupby(instrument.items, key=lambda item: item.part):
        heading = look.text(Span(part, bold=True)) if part else []
        for item in items:
            asked = _item(look, instrument, item, numbers)
            story.append(layout.Together([*heading, *asked], room=look.height))
            heading = []
    story += [layout.Gap(6), *look.text(instrument.credit, look.small)]
    pdf, _ = pages.build(
        story,
        paper,
        title="Questionnaire",
        language=look.book.language,
        made=made,
        margins=Margins(head=practice.practice_name, page="Page {page} of {pages}", only_if_several=True),
        look_=look,
    )
    return pdf


def _item(look: Look, instrument: Instrument, item: Item, numbers: dict[str, int]) -> list[Flowable]:
    numbered = _NUMBER.match(item.label) is not None
    said: list[Flowable] = look.text(item.label if numbered else f"{numbers[item.id]}.  {item.label}")
    for words in (_when(instrument, item, numbers), item.help):
        said += look.text(words, look.quiet) if words else []
    options = instrument.options_of(item)
    question = instrument.file.question(item.id) if instrument.follows_file and instrument.file is not None else None
    hints = _hints(question) if question is not None else ""
    said += look.text(hints, look.quiet) if hints else []
    if options:
        return [*said, AnswerBoxes(look, [option.label for option in options]), layout.Gap(7)]
    return [*said, *(WritingLine(look, (("", 1),), _LINE) for _ in range(_LINES)), layout.Gap(7)]


def _hints(question: Question) -> str:
    """How to answer, where the lines or boxes alone don't say it."""
    several = "You may tick several." if question.options else "You may give several answers."
    unit = f"In {question.unit}" if question.unit and not question.options else ""
    return " ".join(words for words in (several if question.repeats else "", unit) if words)


def _when(instrument: Instrument, item: Item, numbers: dict[str, int]) -> str:
    """When a question is to be answered at all; on paper nothing hides it."""
    if instrument.follows_file and instrument.file is not None:
        return _when_of_file(instrument.file, item, numbers)
    conditions = item.ask_when or item.ask_when_any
    joined = " or " if item.ask_when_any else " and "
    words = [_condition(instrument, condition, numbers) for condition in conditions]
    return f"Only if {joined.join(words)}." if words else ""


def _when_of_file(found: Questionnaire, item: Item, numbers: dict[str, int]) -> str:
    """The same for a questionnaire that was brought in, with the conditions of what the question stands under."""
    sentences = []
    question = found.question(item.id)
    while question is not None:
        words = [_held(condition, found, numbers) for condition in question.show_when]
        joined = " or " if question.show_any else " and "
        sentences += [f"Only if {joined.join(words)}."] if words else []
        question = found.question(question.parent)
    return " ".join(sentences)


def _held(condition: ShowWhen, found: Questionnaire, numbers: dict[str, int]) -> str:
    asked = found.question(condition.question)
    if asked is None:
        places = ", ".join(str(numbers[link]) for link in condition.sum_of if link in numbers)
        return f"the points of questions {places} together {_compared(condition, 'are')}"
    place = f"question {numbers[asked.link_id]}" if asked.link_id in numbers else f"“{asked.text}”"
    if condition.operator is Operator.EXISTS:
        return f"you answered {place}" if condition.value is True else f"you left {place} open"
    listed = asked.option_for(condition.value)
    said = f"“{listed.label}”" if listed is not None else ""
    return f"your answer to {place} {_compared(condition, 'is', said)}"


def _compared(condition: ShowWhen, verb: str, said: str = "") -> str:
    named = label_of(condition.operator).removeprefix("is ")
    how = {Operator.EQUAL: "", Operator.NOT_EQUAL: "not "}.get(condition.operator, f"{named} ")
    return f"{verb} {how}{said or typed_text(condition.value)}"


def _condition(instrument: Instrument, condition: Condition, numbers: dict[str, int]) -> str:
    asked = instrument.item(condition.item)
    highest = condition.at_most
    fitting: list[Option] = [
        option
        for option in instrument.options_of(asked)
        if option.value >= condition.at_least and (highest is None or option.value <= highest)
    ]
    if len(fitting) == len(instrument.options_of(asked)):
        return f"you answered question {numbers[asked.id]}"
    return f"your answer to question {numbers[asked.id]} is " + " or ".join(f"“{option.label}”" for option in fitting)
