"""A questionnaire before it is brought in: what each question takes and when it is asked, in words.

The window and the command line show these same words.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from safeplan_desktop.domain.questionnaires import (
    NOT_ASKED,
    AnswerOption,
    Code,
    Operator,
    Question,
    Questionnaire,
    QuestionType,
    ShowWhen,
)
from safeplan_desktop.domain.typed_answers import Entry, entry_of, limits_in_words, typed_text
from safeplan_desktop.domain.vocabulary import label_of, shortened


@dataclass(frozen=True, slots=True)
class QuestionPreview:
    """One question, heading or group as it is shown before it is brought in.

    Attributes:
        words: Its text with its number; its link id where it has none.
        depth: How deep it stands; 0 at the top.
        facts: What it takes, within which limits, whether it has to be answered; empty for a heading.
        answers: The answers to choose from, each with what it counts.
        when: When it is asked; empty for always.
        is_asked: Whether somebody can answer it at all.
    """

    words: str
    depth: int
    facts: str
    answers: tuple[str, ...]
    when: str
    is_asked: bool


_ASKS_FOR = {
    Entry.ONE: "one of the answers",
    Entry.SEVERAL: "several of the answers",
    Entry.DAY: "a date",
    Entry.MOMENT: "a date, with or without a time",
    Entry.TIME: "a time of day",
    Entry.WORDS: "words",
}
_ELSEWHERE = {QuestionType.ATTACHMENT: "a file", QuestionType.REFERENCE: "a record", QuestionType.URL: "an address"}


_DAYS = {QuestionType.DATE, QuestionType.DATE_TIME, QuestionType.TIME}
_IN_TIME = {
    Operator.GREATER: "is after",
    Operator.LESS: "is before",
    Operator.AT_LEAST: "is not before",
    Operator.AT_MOST: "is not after",
}


def preview_of(found: Questionnaire) -> tuple[QuestionPreview, ...]:
    """Every question in words, in the order in which they stand."""
    names = _names(found)
    return tuple(_preview(question, found, names) for question in found.questions)


def _preview(question: Question, found: Questionnaire, names: dict[str, str]) -> QuestionPreview:
    facts = "; ".join(_facts(question, found))
    return QuestionPreview(
        " ".join(part for part in (question.prefix, question.text or question.link_id) if part),
        question.depth,
        f"{facts[0].upper()}{facts[1:]}" if facts else "",
        tuple(_answer(option) for option in question.options),
        _when(question, found, names),
        question.is_asked,
    )


def _facts(question: Question, found: Questionnaire) -> Iterator[str]:
    if question.type not in NOT_ASKED:
        unit = (f"in {question.unit}",) if question.unit else ()
        yield " ".join((_asks_for(question), *limits_in_words(question), *unit))
    if question.takes_entries and question.type not in NOT_ASKED:
        yield "several entries"
    if question.required:
        yield "has to be answered"
    could_count = question.counts_itself or any(option.points is not None for option in question.options)
    if found.scoring.items and question.is_asked and could_count and question.link_id not in found.scoring.items:
        yield "isn't counted"
    if question.is_total:
        yield "the result, so nobody is asked for it"
    elif question.hidden:
        yield "hidden, so nobody is asked"
    elif question.read_only:
        yield "only to read, so nobody is asked"


def _asks_for(question: Question) -> str:
    entry = entry_of(question)
    if entry is Entry.NUMBER:
        return "a whole number" if question.type is QuestionType.INTEGER else "a number"
    if entry is Entry.WORDS and question.type in _ELSEWHERE:
        return _ELSEWHERE[question.type]
    other = ", or another in words" if question.options and question.type is QuestionType.OPEN_CHOICE else ""
    return f"{_ASKS_FOR[entry]}{other}"


def _answer(option: AnswerOption) -> str:
    return option.label if option.points is None else f"{option.label} ({option.points:g})"


def _names(found: Questionnaire) -> dict[str, str]:
    """What each question is called in a condition: its number and text; with its link id where another reads the same."""
    said = {
        one.link_id: shortened(" ".join(part for part in (one.prefix, one.text or one.link_id) if part))
        for one in found.questions
    }
    alike = Counter(said.values())
    return {link: f"“{words}”{f' ({link})' if alike[words] > 1 else ''}" for link, words in said.items()}


def _when(question: Question, found: Questionnaire, names: dict[str, str]) -> str:
    """When a question is asked; empty for always."""
    words = (_condition(condition, found, names) for condition in question.show_when)
    return (" or " if question.show_any else " and ").join(words)


def _condition(condition: ShowWhen, found: Questionnaire, names: dict[str, str]) -> str:
    asked = found.question(condition.question)
    listed = asked.option_for(condition.value) if asked is not None else None
    what = names.get(condition.question) or f"the sum of {len(condition.sum_of)} questions"
    if condition.operator is Operator.EXISTS:
        return f"{what} {label_of(condition.operator) if condition.value is True else 'is not answered'}"
    value = condition.value.code if isinstance(condition.value, Code) else typed_text(condition.value)
    compared = label_of(condition.operator)
    if asked is not None and asked.type in _DAYS:
        compared = _IN_TIME.get(condition.operator, compared)
    return f"{what} {compared} {listed.label if listed is not None else value}"
