"""What is typed in for a number, a day or a time: read as the question takes it, or a sentence why it isn't.

What can't be read, or lies outside the question's limits, is kept as it was typed and counts nothing.
"""

from __future__ import annotations

import datetime as dt
import re
from enum import Enum

from safeplan_desktop.domain.questionnaires import NUMBERS, AnswerValue, Code, Question, QuestionType

_NUMBER = re.compile(r"[+-]?\d{1,15}(?:[.,]\d{1,10})?")
_THOUSANDS = re.compile(r"[+-]?\d{1,3},\d{3}")
_SEPARATED = re.compile(r"[,;\s]")
_DAY = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})")
_PARTIAL = re.compile(r"\d{4}(?:-(?:0[1-9]|1[0-2]))?")
# The zone of a moment: the time stays as somebody wrote it there.
_ZONE = re.compile(r"(?<=:\d\d)(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)$")
_TIME = re.compile(r"([01]?\d|2[0-3])[:.]([0-5]\d)(?::([0-5]\d))?")


class Entry(Enum):
    """How a question is answered on the screen."""

    ONE = "one"  # one of the answers
    SEVERAL = "several"  # any of the answers
    NUMBER = "number"
    DAY = "day"
    MOMENT = "moment"
    TIME = "time"
    WORDS = "words"


_TYPED = {QuestionType.DATE: Entry.DAY, QuestionType.DATE_TIME: Entry.MOMENT, QuestionType.TIME: Entry.TIME}
_LIKE = {
    Entry.DAY: "YYYY-MM-DD",
    Entry.MOMENT: "YYYY-MM-DD HH:MM",
    Entry.TIME: "HH:MM",
}


def entry_of(question: Question) -> Entry:
    """How a question is answered."""
    if question.options:
        return Entry.SEVERAL if question.repeats else Entry.ONE
    if question.type in NUMBERS:
        return Entry.NUMBER
    return _TYPED.get(question.type, Entry.WORDS)


def takes_words(question: Question) -> bool:
    """Whether words are an answer to it, alone or instead of those that it lists."""
    return question.type is QuestionType.OPEN_CHOICE or entry_of(question) is Entry.WORDS


def read_typed(question: Question, text: str) -> tuple[AnswerValue | None, str]:
    """The answer in a typed text, and a sentence when it isn't one that the question allows.

    Outside the limits there is both: the answer, which counts nothing, and the sentence.
    """
    text = text.strip()
    if not text:
        return None, ""
    entry = entry_of(question)
    value: AnswerValue | None
    if entry is Entry.NUMBER:
        value, problem = _number(text)
    elif entry is Entry.WORDS:
        value, problem = text, ""
    else:
        value, problem = _MEANT[entry](text), f"This can't be read. Please type it like {_LIKE[entry]}."
    if value is None:
        several = question.takes_entries and _SEPARATED.search(text) is not None
        alone = " Each entry has a line of its own." if several else ""
        return None, f"{problem}{alone} As it stands, it counts as no answer."
    if not question.allows((value,)):
        return value, f"{_limits(question)} As it stands, it counts nothing."
    return value, ""


def typed_text(value: AnswerValue) -> str:
    """An answer as it is typed."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Code):
        return value.code
    if isinstance(value, int | float):
        return str(int(value)) if float(value).is_integer() else repr(value)
    if _TIME.fullmatch(value) or "T" in value:
        return _ZONE.sub("", value).replace("T", " ").removesuffix(":00")
    return value


def entry_text(question: Question, value: AnswerValue) -> str:
    """An answer as it is typed into this question; words stay as they are."""
    in_words = isinstance(value, str) and entry_of(question) is Entry.WORDS
    return value if in_words and isinstance(value, str) else typed_text(value)


def _number(text: str) -> tuple[float | None, str]:
    if _THOUSANDS.fullmatch(text):
        return None, "A comma before three digits could mean two things. Please type 1500 or 1.5."
    if not _NUMBER.fullmatch(text):
        return None, "This can't be read as a number. Please type it like 7 or 7.5."
    return float(text.replace(",", ".")), ""


def _day(text: str) -> str | None:
    found = _DAY.fullmatch(text)
    if found is not None:
        text = f"{found[3]}-{int(found[2]):02}-{int(found[1]):02}"
    if _PARTIAL.fullmatch(text):
        return text
    try:
        return dt.date.fromisoformat(text).isoformat() if text[4:5] == "-" else None
    except ValueError:
        return None


def _time(text: str) -> str | None:
    found = _TIME.fullmatch(text)
    return None if found is None else f"{int(found[1]):02}:{found[2]}:{found[3] or '00'}"


def _moment(text: str) -> str | None:
    day, _, time = _ZONE.sub("", text).replace("T", " ").partition(" ")
    read_day, read_time = _day(day), _time(time.strip()) if time.strip() else ""
    if read_day is None or read_time is None or (read_time and _PARTIAL.fullmatch(read_day)):
        return None
    return f"{read_day}T{read_time}" if read_time else read_day


_MEANT = {Entry.DAY: _day, Entry.MOMENT: _moment, Entry.TIME: _time}


def _limits(question: Question) -> str:
    whole = "a whole number" if question.type is QuestionType.INTEGER else "an answer"
    return f"The question takes {' '.join((whole, *limits_in_words(question)))}."


def limits_in_words(question: Question) -> tuple[str, ...]:
    """Within which limits an answer has to be, in words that follow what is asked for; none without limits."""
    entry = entry_of(question)
    if entry in {Entry.ONE, Entry.SEVERAL}:
        return ()
    if entry is Entry.NUMBER:
        low = "" if question.lowest is None else f"{question.lowest:.15g}"
        high = "" if question.highest is None else f"{question.highest:.15g}"
    else:
        low, high = question.earliest, question.latest
    words = []
    if low and high:
        words.append(f"from {low} to {high}")
    elif low or high:
        under, over = ("not under", "not over") if entry is Entry.NUMBER else ("not before", "not after")
        words.append(f"{under} {low}" if low else f"{over} {high}")
    if entry is Entry.NUMBER and question.type is not QuestionType.INTEGER and question.decimals is not None:
        places = "place" if question.decimals == 1 else "places"
        words.append(f"with at most {question.decimals} decimal {places}" if question.decimals else "without decimals")
    if entry is Entry.WORDS and question.longest is not None:
        words.append(f"of at most {question.longest} characters")
    return tuple(words)
