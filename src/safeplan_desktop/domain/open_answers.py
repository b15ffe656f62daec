"""What stays open in a set of answers: which ones count nothing and why, and which questions have none.

It is said before signing, by question: a result that isn't there, or an answer that was only kept as typed, is easily
overlooked among many that count.
"""

from __future__ import annotations

from dataclasses import dataclass

from safeplan_desktop.domain.given_answers import asked_in, is_answered, questionnaire_of, result_of, words_of
from safeplan_desktop.domain.instruments import Instrument, Item
from safeplan_desktop.domain.questionnaires import Question, QuestionType
from safeplan_desktop.domain.screenings import InstrumentAnswers, ItemAnswer
from safeplan_desktop.domain.typed_answers import Entry, entry_of, read_typed, typed_text
from safeplan_desktop.domain.vocabulary import shortened

_READ_AS = {
    Entry.NUMBER: "a number",
    Entry.DAY: "a day",
    Entry.MOMENT: "a day and a time",
    Entry.TIME: "a time of day",
}


@dataclass(frozen=True, slots=True)
class OpenAnswers:
    """What stays open of one instrument.

    Attributes:
        not_counted: A sentence on each answer that counts nothing: the question, the answer, why.
        unanswered: The questions that are asked and have no answer, as they stand on the screen.
        items: The ids of both, those of answers that count nothing first.
    """

    not_counted: tuple[str, ...] = ()
    unanswered: tuple[str, ...] = ()
    items: tuple[str, ...] = ()


def open_answers(instrument: Instrument, given: InstrumentAnswers) -> OpenAnswers:
    """What stays open with these answers."""
    asked = asked_in(instrument, given)
    unknown = result_of(instrument, given).unknown
    typed = {answer.item: answer for answer in given.answers}
    not_counted: dict[str, str] = {}
    unanswered: dict[str, str] = {}
    for item in instrument.items:
        answer = typed.get(item.id, ItemAnswer(item.id))
        why = _why_not(instrument, item, answer, asked=item.id in asked, unknown=item.id in unknown)
        if why:
            not_counted[item.id] = f"“{shortened(item.label)}”: {why}"
        elif item.id in asked and not has_answer(instrument, item, answer):
            unanswered[item.id] = f"{item.id}. {item.label}" if item.id.isdigit() else item.label
    return OpenAnswers(tuple(not_counted.values()), tuple(unanswered.values()), (*not_counted, *unanswered))


def _why_not(instrument: Instrument, item: Item, answer: ItemAnswer, *, asked: bool, unknown: bool) -> str:
    """Why an answer counts nothing, as a sentence; empty where it counts, or where there is none."""
    question = _question(instrument, item)
    entry = entry_of(question) if question is not None else Entry.ONE
    if not asked and has_answer(instrument, item, answer):
        return "answered, although it is no longer asked; the answer counts nothing."
    if entry in _READ_AS and answer.note.strip() and not answer.given:
        return f"“{shortened(answer.note.strip())}” can't be read as {_READ_AS[entry]}; kept as typed, it counts as no answer."
    if question is not None and answer.given and not question.allows(answer.given):
        words = typed_text(answer.given[0])
        return f"“{words}” is kept as typed. {read_typed(question, words)[1]}"
    if unknown:
        return f"“{shortened(' '.join(words_of(instrument, item, answer)).strip())}” has no points here; it counts nothing."
    options = [option.value for option in instrument.options_of(item)]
    if answer.value is not None and answer.value not in options:
        return "the answer is none of those that can be chosen now; it counts nothing."
    return ""


def has_answer(instrument: Instrument, item: Item, answer: ItemAnswer) -> bool:
    """Whether something was chosen, or typed that can be read; words count where the question is answered in words."""
    question = _question(instrument, item)
    if is_answered(answer) or not answer.note.strip():
        return is_answered(answer)
    if question is None:
        return not instrument.options_of(item)
    return entry_of(question) is Entry.WORDS or question.type is QuestionType.OPEN_CHOICE


def _question(instrument: Instrument, item: Item) -> Question | None:
    """The question of a file that is followed; None for an instrument of ours."""
    return questionnaire_of(instrument).question(item.id) if instrument.follows_file else None
