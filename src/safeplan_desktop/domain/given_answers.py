"""Answers of the wizard as answers to a questionnaire, and back: what is asked, what it gives, how it reads.

A questionnaire that was brought in is followed by the one rule of `questionnaire_answers`; an instrument of ours has its own.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from safeplan_desktop.domain.instruments import Instrument, Item
from safeplan_desktop.domain.questionnaire_answers import points_of, shown, sum_up
from safeplan_desktop.domain.questionnaires import (
    AnswerOption,
    Answers,
    AnswerValue,
    Code,
    Question,
    Questionnaire,
    QuestionType,
    RuleKind,
    ScoreRule,
)
from safeplan_desktop.domain.scoring import NOBODY_KNOWN, Person, Score, is_asked, score
from safeplan_desktop.domain.screenings import InstrumentAnswers, ItemAnswer
from safeplan_desktop.domain.typed_answers import Entry, entry_of, entry_text, read_typed, takes_words, typed_text
from safeplan_desktop.domain.vocabulary import shortened

LOINC = "http://loinc.org"
_TOTAL = "total"
MOST_ENTRIES = 100
"""The most entries of one answer that are taken from a file."""

NEXT_ENTRY = "\n"
"""Between the entries of one answer that can't be read."""

OURS = "urn:safeplan-desktop:answers:"
"""The system of answers that no published list holds, followed by the instrument's id."""


def questionnaire_of(instrument: Instrument) -> Questionnaire:
    """The file that was brought in; for an instrument of ours, its short labels with the published codes."""
    if instrument.file is not None:
        return instrument.file
    questions = tuple(
        Question(
            item.id,
            QuestionType.CHOICE if instrument.options_of(item) else QuestionType.TEXT,
            item.label,
            codes=(Code(item.loinc, LOINC),) if item.loinc else (),
            options=tuple(
                AnswerOption(
                    option.label,
                    Code(option.loinc, LOINC) if option.loinc else Code(str(option.value), OURS + instrument.id),
                    float(instrument.points(item, option.value)),
                )
                for option in instrument.options_of(item)
            ),
        )
        for item in instrument.items
    )
    total = instrument.has_total and instrument.scaled_by == 1 and bool(instrument.loinc_total)
    if total:
        code = Code(instrument.loinc_total, LOINC)
        questions += (Question(_TOTAL, QuestionType.INTEGER, "Total", codes=(code,), is_total=True),)
    return Questionnaire(
        instrument.title,
        questions,
        ScoreRule(RuleKind.OWN_RULE if instrument.has_total else RuleKind.NONE, "", total_item=_TOTAL if total else ""),
        codes=(Code(instrument.loinc, LOINC),) if instrument.loinc else (),
    )


def places_of(instrument: Instrument) -> Mapping[str, str]:
    """The link ids of an instrument's items; what a file doesn't ask isn't among them."""
    if instrument.file is not None and instrument.file.scoring.places:
        return dict(instrument.file.scoring.places)
    return {item.id: item.id for item in instrument.items}


def answers_of(instrument: Instrument, given: InstrumentAnswers) -> Answers:
    """The answers by link id. What nobody is asked and what comes answered in the file counts as answered so."""
    found = questionnaire_of(instrument)
    known = {question.link_id: question for question in found.questions}
    places = places_of(instrument)
    answers = {one.link_id: one.initial for one in found.questions if not one.is_asked and one.initial}
    for answer in given.answers:
        question = known.get(places.get(answer.item, ""))
        if question is not None:
            values = _values(instrument, instrument.item(answer.item), question, answer)
            if values:
                answers[question.link_id] = values
    return answers


def _values(instrument: Instrument, item: Item, question: Question, answer: ItemAnswer) -> tuple[AnswerValue, ...]:
    values: tuple[AnswerValue, ...] = answer.given
    if answer.value is not None:
        options = [option.value for option in instrument.options_of(item)]
        if not question.options:
            values = (float(answer.value),)
        elif answer.value in options and options.index(answer.value) < len(question.options):
            values = (question.options[options.index(answer.value)].value,)
    if takes_words(question) and answer.note.strip() and (not values or question.repeats):
        values = (*values, answer.note.strip())
    return values


def given_from(instrument: Instrument, answers: Answers) -> tuple[InstrumentAnswers, tuple[str, ...]]:
    """The answers as the wizard holds them, and a sentence on each that it can't take."""
    found = questionnaire_of(instrument)
    places = places_of(instrument)
    made: list[ItemAnswer] = []
    untaken: list[str] = []
    for item in instrument.items:
        question = found.question(places.get(item.id, ""))
        values = answers.get(question.link_id, ()) if question is not None else ()
        if question is None:
            answer = ItemAnswer(item.id)
        elif question.takes_entries and instrument.follows_file:
            answer = _typed_entries(item, question, values)
        else:
            answer = _answer(instrument, item, question, values)
        if question is not None:
            untaken += _untaken(item, question, values, answer)
        made.append(answer)
    taken = set(places.values())
    for link_id in answers:
        question = found.question(link_id)
        if link_id not in taken and question is not None and question.is_asked:
            untaken.append(f"“{shortened(question.text)}” isn't asked here; its answer is left out.")
    return InstrumentAnswers(instrument.id, tuple(made)), tuple(untaken)


def _untaken(item: Item, question: Question, values: tuple[AnswerValue, ...], answer: ItemAnswer) -> Iterator[str]:
    """What of the answers to a question doesn't go over as it is, each in a sentence."""
    named = f"“{shortened(item.label)}”"
    if values and not (is_answered(answer) or answer.note):
        yield f"The answer to {named} can't be chosen here and is left out."
        return
    lost = 0
    if question.takes_entries:
        lost = len(values) - len(_entries(values))
    elif entry_of(question) is Entry.SEVERAL:
        in_words = _in_words(question, values) if takes_words(question) else []
        lost = len(values) - len(answer.given) - len(in_words)
        if len(in_words) > 1:
            yield f"The answers in words to {named} are put into one line."
    if lost:
        yield f"{named}: {lost} of {len(values)} answers can't be taken here; left out."


def _answer(instrument: Instrument, item: Item, question: Question, values: tuple[AnswerValue, ...]) -> ItemAnswer:
    """The answer as the wizard holds it; empty for what it can't take."""
    entry = entry_of(question)
    listed = [question.option_for(value) for value in values]
    typed = ", ".join(_in_words(question, values))
    if entry is Entry.SEVERAL:
        chosen = tuple(option.value for option in listed if option is not None)
        return ItemAnswer(item.id, given=chosen, note=typed if question.type is QuestionType.OPEN_CHOICE else "")
    if entry is Entry.WORDS or (question.type is QuestionType.OPEN_CHOICE and typed):
        return ItemAnswer(item.id, note=typed)
    if len(values) != 1 or (entry is Entry.ONE and listed[0] is None):
        return ItemAnswer(item.id)
    options = instrument.options_of(item)
    if listed[0] is not None:
        place = question.options.index(listed[0])
        return ItemAnswer(item.id, options[place].value if place < len(options) else None)
    if options:
        # One of our own instruments whose file asks for the number itself.
        fitting = [option.value for option in options if values[0] == option.value]
        return ItemAnswer(item.id, fitting[0] if fitting else None)
    value, _ = read_typed(question, typed_text(values[0]))
    return ItemAnswer(item.id, given=(value,) if value is not None else (), note="" if value is not None else typed)


def _in_words(question: Question, values: tuple[AnswerValue, ...]) -> list[str]:
    return [value for value in values if isinstance(value, str) and question.option_for(value) is None]


def _typed_entries(item: Item, question: Question, values: tuple[AnswerValue, ...]) -> ItemAnswer:
    typed_in = [entry_text(question, value) for value in _entries(values)]
    read = [read_typed(question, text)[0] for text in typed_in]
    unread = [text for text, meant in zip(typed_in, read, strict=True) if meant is None]
    return ItemAnswer(item.id, given=tuple(one for one in read if one is not None), note=NEXT_ENTRY.join(unread))


def _entries(values: tuple[AnswerValue, ...]) -> tuple[AnswerValue, ...]:
    """The answers that have a line each; a code can't be typed in."""
    return tuple(value for value in values if not isinstance(value, bool | Code))[:MOST_ENTRIES]


def asked_in(instrument: Instrument, given: InstrumentAnswers) -> frozenset[str]:
    """The ids of the items that are asked with these answers."""
    if not instrument.follows_file:
        values = given.values()
        return frozenset(item.id for item in instrument.items if is_asked(item, values))
    return shown(questionnaire_of(instrument), answers_of(instrument, given)) & {item.id for item in instrument.items}


def result_of(instrument: Instrument, given: InstrumentAnswers, person: Person = NOBODY_KNOWN) -> Score:
    """What the rule says of these answers."""
    if not instrument.follows_file:
        return score(instrument, given.values(), person)
    found = questionnaire_of(instrument)
    answers = answers_of(instrument, given)
    asked = asked_in(instrument, given)
    answered = {item.id for item in instrument.items if answers.get(item.id)}
    hidden = tuple(item.id for item in instrument.items if item.id in answered and item.id not in asked)
    missing = tuple(item.id for item in instrument.needed if item.id in asked and item.id not in answered)
    added = sum_up(found, answers)
    whole = instrument.has_total and added.total is not None and float(added.total).is_integer()
    counted = {item.id for item in instrument.items if item.scored and item.id in asked}
    half_read = [
        answer.item for answer in given.answers if answer.item in counted and _half_read(found, answer, answers)
    ]
    unknown = tuple(dict.fromkeys((*added.unknown, *half_read))) if instrument.has_total else ()
    if missing or hidden or unknown:
        return Score(missing=missing, hidden=hidden, unknown=unknown)
    return Score(total=int(added.total or 0) * _times(found) if whole else None, complete=True)


def _times(found: Questionnaire) -> int:
    """What the wizard multiplies a sum with. It counts in whole numbers: a sum that a file divides, or adds to, stays the sum."""
    return found.scoring.times if found.scoring.divided_by == 1 and not found.scoring.plus else 1


def stated_by_file(instrument: Instrument, total: int) -> float:
    """The wizard's total as the file itself would state it."""
    if not instrument.follows_file:
        return float(total)
    found = questionnaire_of(instrument)
    return found.scoring.result(total / _times(found))


def _half_read(found: Questionnaire, answer: ItemAnswer, answers: Answers) -> bool:
    """Whether some entries of an answer are understood and others aren't: their sum would be a smaller one."""
    question = found.question(answer.item)
    half = question is not None and question.takes_entries and unread_of(question, answer)
    return bool(half) and bool(answers.get(answer.item))


def unread_of(question: Question, answer: ItemAnswer) -> str:
    """What was typed for a number, a day or a time and can't be read; empty for nothing."""
    return "" if entry_of(question) in {Entry.ONE, Entry.SEVERAL, Entry.WORDS} else answer.note.strip()


def highest_of(instrument: Instrument) -> int | None:
    """The highest possible total; None where there is none or it isn't limited."""
    if not instrument.has_total:
        return None
    if not instrument.follows_file:
        return instrument.highest_total
    found = questionnaire_of(instrument)
    limits = found.sum_limits()
    return int(limits[1]) * _times(found) if limits is not None else None


def is_answered(answer: ItemAnswer) -> bool:
    """Whether something was chosen or typed that can be read."""
    return answer.value is not None or bool(answer.given)


def points_in(instrument: Instrument, item: Item, answer: ItemAnswer) -> int | None:
    """What is recorded beside an answer: what it counts, else its place among the answers; None for neither."""
    question = questionnaire_of(instrument).question(item.id) if instrument.follows_file else None
    if question is None or not item.scored or not instrument.has_total:
        return answer.value
    values = _values(instrument, item, question, answer)
    if _half_read(questionnaire_of(instrument), answer, {item.id: values}):
        return None
    points = points_of(question, values)
    return int(points) if points is not None and float(points).is_integer() else None


def words_of(instrument: Instrument, item: Item, answer: ItemAnswer) -> tuple[str, str]:
    """An answer in words, and the note beside it."""
    options = instrument.options_of(item)
    if answer.value is not None:
        return next((option.label for option in options if option.value == answer.value), ""), answer.note
    question = questionnaire_of(instrument).question(item.id) if instrument.follows_file else None
    if question is None:
        # What is answered in words stands in the note's place on the screen.
        return ("", answer.note) if options else (answer.note, "")
    if not answer.given:
        return (answer.note, "") if takes_words(question) else ("", answer.note)
    said = []
    for value in answer.given:
        option = question.option_for(value)
        words = option.label if option is not None else entry_text(question, value)
        said.append(f"{words} {question.unit}".strip() if entry_of(question) is Entry.NUMBER else words)
    words = "; ".join(said)
    if not question.allows(answer.given):
        words += " (outside what the question takes: counts nothing)"
    if question.takes_entries and answer.note.strip():
        unread = answer.note.strip().replace(NEXT_ENTRY, "; ")
        return f"{words}; {unread}" if entry_of(question) is Entry.WORDS else f"{words} (can't be read: {unread})", ""
    return words, answer.note
