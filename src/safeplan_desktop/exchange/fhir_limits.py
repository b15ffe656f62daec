"""Within which limits a question is answered: numbers, days and times, the length of words, decimal places.

A limit that no answer can be held against is named and left out, and so are two that contradict each other.
"""

from __future__ import annotations

from dataclasses import replace

from safeplan_desktop.domain.questionnaires import NUMBERS, Question, QuestionType
from safeplan_desktop.domain.typed_answers import read_typed
from safeplan_desktop.exchange.fhir_json import Plain
from safeplan_desktop.exchange.fhir_parts import CORE, Notes, extension_value, extensions, number

LOWEST = CORE + "minValue"
HIGHEST = CORE + "maxValue"
DECIMALS = CORE + "maxDecimalPlaces"
_DAYS = {QuestionType.DATE, QuestionType.DATE_TIME, QuestionType.TIME}


def with_limits(item: Plain, question: Question, notes: Notes) -> Question:
    """The question with the limits that stand beside it in the file."""
    question = replace(question, longest=_longest(item, question, notes), decimals=_decimals(item, question, notes))
    if question.type in NUMBERS:
        low, high = (_number(item, url, question, notes) for url in (LOWEST, HIGHEST))
        if low is None or high is None or low <= high:
            return replace(question, lowest=low, highest=high)
    elif question.type in _DAYS:
        earliest, latest = (_day(item, url, question, notes) for url in (LOWEST, HIGHEST))
        # What is written shorter means all of it: the year 2025 ends after March 2025.
        if not earliest or not latest or earliest[: len(latest)] <= latest:
            return replace(question, earliest=earliest, latest=latest)
    else:
        for url in (LOWEST, HIGHEST):
            if extension_value(item, url) is not None:
                notes.keep(question.link_id, url.removeprefix(CORE))
        return question
    notes.warn(
        f"The limits of question {question.link_id} contradict each other "
        f"({_said(extension_value(item, LOWEST))} to {_said(extension_value(item, HIGHEST))}) and are left out."
    )
    return question


def _number(item: Plain, url: str, question: Question, notes: Notes) -> float | None:
    written = extension_value(item, url)
    found = number(written.get("value") if isinstance(written, dict) else written)
    if found is None and any(extensions(item, url)):
        _leave_out(url, written, question, notes)
    return found


def _day(item: Plain, url: str, question: Question, notes: Notes) -> str:
    written = extension_value(item, url)
    value = read_typed(question, written)[0] if isinstance(written, str) else None
    if isinstance(value, str):
        return value
    if any(extensions(item, url)):
        _leave_out(url, written, question, notes)
    return ""


def _leave_out(url: str, written: object, question: Question, notes: Notes) -> None:
    which = "lowest" if url == LOWEST else "highest"
    kind = {QuestionType.DATE: "date", QuestionType.DATE_TIME: "date", QuestionType.TIME: "time of day"}
    if written is None:
        what = "is given in a way that isn't understood"
    else:
        what = f"is to be {_said(written)}, which is no {kind.get(question.type, 'number')}"
    notes.warn(f"The {which} answer to question {question.link_id} {what}; this limit is left out.")


def _longest(item: Plain, question: Question, notes: Notes) -> int | None:
    written = item.get("maxLength")
    found = number(written)
    if found is not None and found >= 1 and found.is_integer():
        return int(found)
    if written is not None:
        notes.warn(
            f"The greatest length of an answer to question {question.link_id} is to be {_said(written)}; this limit is left out."
        )
    return None


def _decimals(item: Plain, question: Question, notes: Notes) -> int | None:
    written = extension_value(item, DECIMALS)
    found = number(written)
    if found is not None and found >= 0 and found.is_integer():
        return int(found)
    if written is not None:
        notes.warn(
            f"The decimal places of an answer to question {question.link_id} are to be {_said(written)}; this limit is left out."
        )
    return None


def _said(written: object) -> str:
    return f"“{str(written)[:40]}”"
