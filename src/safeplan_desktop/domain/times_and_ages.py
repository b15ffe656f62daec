"""Times of day, months and great ages in a text, and how they are told more generally."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from functools import cache

from safeplan_desktop.domain.dates_in_text import month_names
from safeplan_desktop.domain.number_words import YEAR_IN_WORDS
from safeplan_desktop.domain.readable_text import begins

_PARTS_OF_DAY = (
    (5, "night"),
    (8, "early morning"),
    (12, "morning"),
    (14, "midday"),
    (18, "afternoon"),
    (22, "evening"),
    (24, "night"),
)
_NOON = 12
Found = tuple[int, int, str]
"""Where something begins and ends, and what stands instead."""


def part_of_day(local: dt.datetime) -> str:
    """The part of the day that a time lies in."""
    return _part_of(local.hour)


def _part_of(hour: int) -> str:
    return next(words for until, words in _PARTS_OF_DAY if hour % 24 < until)


_HALF = r"[ap]\.?\s?m\b\.?"
_UHR = r"Uhr\b|hrs?\b|hours\b"
_CLOCK = re.compile(
    rf"(?<![\d:.,/\-])(?P<hour>[01]?\d|2[0-4])"
    rf"(?:(?:(?P<sign>[:h])[0-5]\d(?::[0-5]\d)?\s*)(?P<behind>{_HALF}|{_UHR})?"
    rf"|(?:\.[0-5]\d)?\s*(?P<alone>{_HALF}|Uhr\b|o['’]?clock\b))(?!\d|:\d)",
    re.IGNORECASE,
)
_MILITARY = re.compile(r"(?<![\w.,:])(?P<hour>[01]\d|2[0-3])[0-5]\d\s?(?:hrs|hours|h)\b")
_HOURS = "one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve"
_GERMAN = "ein|eins|zwei|drei|vier|fünf|sechs|sieben|acht|neun|zehn|elf|zwölf"
_SPANISH = "una|dos|tres|cuatro|cinco|seis|siete|ocho|nueve|diez|once|doce"
_SPOKEN = re.compile(
    rf"\b(?:(?:half|(?:a\s+)?quarter|(?:ten|five|twenty(?:-five)?|\d{{1,2}})(?:\s+minutes)?)\s+past|(?:a\s+)?quarter\s+to|"
    rf"(?<=at )(?:ten|five|twenty(?:-five)?)\s+to)\s+(?:{_HOURS}|\d{{1,2}})(?:\s+o['’]?clock)?\b|"
    rf"\b(?:{_HOURS})\s+o['’]?clock\b|\b(?:{_HOURS})\s?[ap]\.?m\b\.?|\b(?:{_HOURS})(?=\s+in\s+the\s+(?:morning|afternoon|evening))|"
    rf"\b(?:halb|viertel\s+(?:nach|vor))\s+(?:{_GERMAN})\b|\b(?:{_GERMAN})\s+Uhr\b|"
    rf"(?<=\blas )(?:{_SPANISH}|\d{{1,2}})(?:\s+(?:y|menos)\s+(?:media|cuarto|\w+))?\b",
    re.IGNORECASE,
)


def times_in(text: str) -> Iterator[Found]:
    """Times of day; "[time]" stands instead where it isn't said which half of the day is meant."""
    for match in _CLOCK.finditer(text):
        hour = int(match["hour"])
        behind = (match["behind"] or match["alone"] or "").lower()
        if behind.startswith(("a", "p")):
            hour = hour % _NOON + (_NOON if behind.startswith("p") else 0)
        sure = match["sign"] in ("h", "H") or (behind and not behind.startswith("o"))
        certain = sure or hour > _NOON or match["hour"].startswith("0")
        end = match.end() if behind else match.start() + len(match[0].rstrip())
        yield match.start(), end, f"[{_part_of(hour)}]" if certain else "[time]"
    for match in _MILITARY.finditer(text):
        yield *match.span(), f"[{_part_of(int(match['hour']))}]"
    yield from ((*match.span(), "[time]") for match in _SPOKEN.finditer(text))


_TENS = r"(?:ninety(?:[\s\-](?:one|two|three|four|five|six|seven|eight|nine))?|(?:a|one)\shundred(?:\s(?:and\s)?\w+)?)"
_TENS_ELSEWHERE = (
    r"(?:noventa(?:\sy\s\w+)?|cien(?:to\s\w+)?|(?:(?:ein|zwei|drei|vier|fünf|sechs|sieben|acht|neun)und)?neunzig|(?:ein)?hundert\w*|"
    r"quatre-vingt-(?:dix(?:-\w+)?|onze|douze|treize|quatorze|quinze|seize))"
)
_OLD = rf"(?<![\w.,])(?:9\d|1[0-2]\d|{_TENS}|{_TENS_ELSEWHERE})"
_AGED = re.compile(rf"\baged?:?\s+(?:of\s+)?{_OLD}(?![\w%])", re.IGNORECASE)
_YEARS = re.compile(
    rf"{_OLD}[\s\-]*(?:(?:years?|yrs?)[\s\-]*(?:old|of\s+age)|y/?o\b|jährige?[rnms]?\b|jahren?\b(?:\s+alt)?|años\b(?:\s+de\s+edad)?|ans\b|anni\b|anos\b)",
    re.IGNORECASE,
)
_TURNED = re.compile(rf"\b(?:turn(?:ed|s|ing)|cumplió|wurde)\s+({_OLD})(?![\w%])", re.IGNORECASE)


def great_ages_in(text: str) -> Iterator[Found]:
    """Ages over 89, in digits or in words."""
    yield from ((*match.span(), "aged 90 or over") for match in _AGED.finditer(text))
    yield from ((*match.span(), "[aged 90 or over]") for match in _YEARS.finditer(text))
    yield from ((*match.span(1), "[aged 90 or over]") for match in _TURNED.finditer(text))


_SHORT_YEAR = (
    r"(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)[\s\-](?:one|two|three|four|five|six|seven|eight|nine)\b"
    r"(?![\s\-]+(?:second|minute|hour|day|week|month)s?\b)"
)
_BORN = re.compile(
    r"(?<![^\W_])(?:born|b\.|n[ée]e?|geb\.?|geboren|nacid[oa]|nat[oa]|dob|d\.o\.b\.?|birth\s?year|year\s+of\s+birth|geburtsjahr)"
    r"\s*(?::|(?:in|on|around|about|im|en|el|jahr|año|the|year)\b|\s)*"
    rf"((?:18|19|20)\d\d|['’]\d\d|{YEAR_IN_WORDS}|{_SHORT_YEAR})(?!\d)",
    re.IGNORECASE,
)


def birth_years_in(text: str) -> Iterator[Found]:
    """Years that stand beside "born" or the like."""
    yield from ((*match.span(1), "[birth date]") for match in _BORN.finditer(text))


_VERBS_TOO = frozenset({"may", "march", "mai", "mars", "august"})
_MONTH_AND_YEAR = re.compile(r"(?<![\d/.])(0?[1-9]|1[0-2])\s?/\s?((?:19|20)\d\d)(?![\d/])")


@cache
def _months() -> tuple[re.Pattern[str], re.Pattern[str]]:
    names = "|".join(re.escape(name) for name in sorted(month_names(), key=len, reverse=True))
    before = r"(?:in|since|until|till|last|next|early|late|mid|during|this|seit|im|en|desde)"
    return (
        re.compile(rf"\b{before}[\s\-]+({names})(?!\w)\.?", re.IGNORECASE),
        re.compile(rf"(?<!\w)({names})(?!\w)", re.IGNORECASE),
    )


def months_said_in(text: str) -> Iterator[Found]:
    """Months that are surely meant as such: "in May", "early march", "05/2024"."""
    for match in _MONTH_AND_YEAR.finditer(text):
        yield *match.span(), f"[month] {match[2]}"
    yield from ((*match.span(1), "[month]") for match in _months()[0].finditer(text))


def months_in(text: str) -> Iterator[Found]:
    """Other words that are months; "may" and "march" only with a capital, and not at the beginning."""
    for match in _months()[1].finditer(text):
        if match[1] not in _VERBS_TOO and (match[1].lower() not in _VERBS_TOO or not begins(text, match.start())):
            yield *match.span(), "[month]"
