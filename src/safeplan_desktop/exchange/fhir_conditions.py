"""When a question is shown: `enableWhen`, checked against the question that each condition names.

A condition that could never hold would hide its question for ever; it is said, and the question is always shown.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from graphlib import CycleError

from safeplan_desktop.domain.questionnaire_answers import compare, in_order_of_need
from safeplan_desktop.domain.questionnaires import (
    CHOICES,
    NOT_ASKED,
    NUMBERS,
    AnswerValue,
    Code,
    Operator,
    Question,
    QuestionType,
    ShowWhen,
)
from safeplan_desktop.exchange.fhir_json import Plain
from safeplan_desktop.exchange.fhir_parts import Notes, answer_in, number, parts, value_of, words

_UPWARDS = {Operator.GREATER, Operator.AT_LEAST}
_DOWNWARDS = {Operator.LESS, Operator.AT_MOST}


def with_conditions(
    items: Iterable[Plain], questions: list[Question], units: Mapping[str, set[str]], notes: Notes
) -> list[Question]:
    """The questions with the conditions that stand beside them; one may name a question that comes later."""
    known = {question.link_id: question for question in questions}
    found: dict[str, tuple[tuple[ShowWhen, ...], bool]] = {}
    for item in items:
        written_ = parts(item, "enableWhen", notes, str(item.get("linkId")))
        if written_:
            link_id = str(item["linkId"]).strip()
            found[link_id] = _conditions(item, link_id, written_, known, units, notes)
    held = [
        replace(one, show_when=found[one.link_id][0], show_any=found[one.link_id][1]) if one.link_id in found else one
        for one in questions
    ]
    return without_circles(held, notes)


def _conditions(
    item: Plain,
    link_id: str,
    written_: list[Plain],
    known: Mapping[str, Question],
    units: Mapping[str, set[str]],
    notes: Notes,
) -> tuple[tuple[ShowWhen, ...], bool]:
    behaviour = words(item, "enableBehavior", notes, link_id)
    if len(written_) > 1 and behaviour not in {"any", "all"}:
        notes.warn(
            f"Question {link_id} doesn't say whether one or all of its conditions must hold; it is always shown."
        )
        return (), False
    found = []
    for condition in written_:
        read = _condition(condition, link_id, known, units)
        if isinstance(read, str):
            notes.warn(f"{read} It is always shown.")
            return (), False
        found.append(read)
    return tuple(found), behaviour == "any"


def _condition(
    condition: Plain, link_id: str, known: Mapping[str, Question], units: Mapping[str, set[str]]
) -> ShowWhen | str:
    about = condition.get("question")
    about = about.strip() if isinstance(about, str) else ""
    if about not in known or about == link_id:
        return f"Question {link_id} depends on “{about[:60]}”, which isn't another question here."
    try:
        operator = Operator(condition.get("operator"))
    except ValueError:
        return f"The condition of question {link_id} compares in a way that FHIR R4 doesn't know."
    value = answer_in(condition, "answer")
    if value is None or (operator is Operator.EXISTS and not isinstance(value, bool)):
        return f"The condition of question {link_id} names no answer that is understood."
    if operator is Operator.EXISTS:
        return ShowWhen(about, operator, value)
    return _compared(condition, link_id, known[about], operator, value, units.get(about, set()))


def _compared(
    condition: Plain, link_id: str, asked: Question, operator: Operator, value: AnswerValue, units: set[str]
) -> ShowWhen | str:
    about = asked.link_id
    unit = unit_names(value_of(condition, "answer"))
    if unit and units and not unit & units:
        return f"The condition of question {link_id} names {about} in another unit ({', '.join(sorted(unit))[:40]})."
    always = operator is Operator.NOT_EQUAL and bool(asked.options) and asked.option_for(value) is None
    # What is none of the answers is never given: not being it always holds, as the file has it.
    problem = "" if always else _why_never(asked, operator, value)
    if problem:
        return f"Question {link_id} is to be asked only if {about} is {_COMPARED[operator]}“{written(value)[:60]}”{problem}"
    # A code without its system means the answer that the question itself lists.
    listed = asked.option_for(value)
    return ShowWhen(about, operator, listed.value if listed is not None else value)


def _why_never(asked: Question, operator: Operator, value: AnswerValue) -> str:
    """Why an answer never stands so to a value, as the end of a sentence; empty where it may."""
    about = asked.link_id
    if isinstance(value, Code) and asked.options and operator not in {Operator.EQUAL, Operator.NOT_EQUAL}:
        return "; answers to choose from are in no order, so this can't be followed."
    codes = [option.value.code for option in asked.options if isinstance(option.value, Code)]
    if isinstance(value, Code) and value.code in codes and asked.option_for(value) is None:
        if not value.system:
            return f"; {about} has several answers of that code, so it can't be told which is meant."
        return f" of {value.system[:80]}; {about} has that code in another system, so this can never hold."
    if not possible(value, asked) or not _can_hold(operator, value, asked):
        return f"; {about} never has such an answer, so this can never hold."
    return ""


_COMPARED = {
    Operator.EQUAL: "",
    Operator.NOT_EQUAL: "not ",
    Operator.GREATER: "more than ",
    Operator.LESS: "less than ",
    Operator.AT_LEAST: "at least ",
    Operator.AT_MOST: "at most ",
}


def unit_names(quantity: object) -> set[str]:
    """What the unit of a quantity, or a coding of one, is called and coded as, in small letters."""
    if not isinstance(quantity, dict):
        return set()
    named = {"unit", "code"} if "value" in quantity else {"display", "code"}
    return {text.strip().casefold() for name in named if isinstance(text := quantity.get(name), str) and text.strip()}


def possible(value: AnswerValue, asked: Question) -> bool:
    """Whether a question can be answered with a value of this kind, or with this very one of its answers."""
    if asked.type in NOT_ASKED:
        return False
    if asked.options:
        typed = asked.type is QuestionType.OPEN_CHOICE and isinstance(value, str)
        return typed or asked.option_for(value) is not None
    if asked.type in NUMBERS:
        return not isinstance(value, bool | str) and number(value) is not None
    if asked.type is QuestionType.BOOLEAN:
        return isinstance(value, bool)
    if asked.type in CHOICES and isinstance(value, Code):
        # Its answers are kept elsewhere, so words are typed in; a code can't be.
        return False
    return isinstance(value, str) and is_moment(value, asked.type)


_DAY = r"(?P<day>\d{4}(?:-\d\d(?:-\d\d)?)?)"
_TIME = r"(?P<time>\d\d:\d\d(?::\d\d)?)(?:\.\d+)?"
_ZONE = r"(?:Z|[+-](?:0\d|1[0-4]):[0-5]\d)?"
_MOMENTS = {
    QuestionType.DATE: re.compile(_DAY),
    QuestionType.DATE_TIME: re.compile(f"{_DAY}(?:T{_TIME}{_ZONE})?"),
    QuestionType.TIME: re.compile(_TIME),
}


def is_moment(text: str, kind: QuestionType) -> bool:
    """Whether a text is a day, a time, or both, that there is; of a kind that is neither, every text is."""
    form = _MOMENTS.get(kind)
    if form is None:
        return True
    found = form.fullmatch(text)
    if found is None:
        return False
    told = found.groupdict()
    day, time = told.get("day") or "2000-01-01", told.get("time") or "00:00"
    try:
        # A year or a month alone is a day, too: it means all of it.
        dt.date.fromisoformat(day + "0001-01-01"[len(day) :])
        dt.time.fromisoformat(time)
    except ValueError:
        return False
    return "T" not in text or len(day) == len("2000-01-01")


def _can_hold(operator: Operator, value: AnswerValue, asked: Question) -> bool:
    """Whether any answer within the question's limits stands so to the value."""
    if asked.options and operator not in {Operator.EQUAL, Operator.NOT_EQUAL}:
        return any(compare(option.value, operator, value) for option in asked.options) or (
            asked.type is QuestionType.OPEN_CHOICE
        )
    lowest: AnswerValue | None = asked.lowest if asked.type in NUMBERS else asked.earliest or None
    highest: AnswerValue | None = asked.highest if asked.type in NUMBERS else asked.latest or None
    if operator in _UPWARDS:
        return highest is None or compare(highest, operator, value)
    if operator in _DOWNWARDS:
        return lowest is None or compare(lowest, operator, value)
    if operator is Operator.EQUAL and not asked.options and not isinstance(value, bool | Code):
        return asked.allows((value,))
    return True


def written(value: AnswerValue) -> str:
    """An answer as it can be named in a sentence."""
    if isinstance(value, Code):
        return value.code
    if isinstance(value, bool):
        return "yes" if value else "no"
    return f"{value:g}" if isinstance(value, int | float) else value[:60]


def without_circles(questions: list[Question], notes: Notes) -> list[Question]:
    """The questions without conditions that wait for each other, or for what stands inside them."""
    while True:
        try:
            in_order_of_need(tuple(questions))
        except CycleError as error:
            circle = set(error.args[1])
            named = next(question for question in questions if question.link_id in circle and question.show_when)
            notes.warn(f"Question {named.link_id} waits for a question that waits for it; it is always shown.")
            questions = [replace(one, show_when=()) if one is named else one for one in questions]
        else:
            return questions


def that_somebody_answers(questions: Iterable[Question], notes: Notes) -> tuple[Question, ...]:
    """The questions without conditions on what nobody is asked, and what doesn't come answered either."""
    questions = tuple(questions)
    unanswered = {one.link_id for one in questions if not one.is_asked and not one.is_total and not one.initial}
    found = []
    for question in questions:
        about = [one.question for one in question.show_when if one.question in unanswered]
        if about:
            notes.warn(
                f"Question {question.link_id} depends on {about[0]}, which nobody is asked and which comes without an answer. "
                "It is always shown."
            )
            question = replace(question, show_when=())  # noqa: PLW2901 - the same question, without them
        found.append(question)
    return tuple(found)
