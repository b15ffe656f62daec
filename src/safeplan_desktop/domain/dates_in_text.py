"""Dates as people write them: where they stand in a text, and which days each may mean."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from safeplan_desktop.domain.number_words import DAY_WORDS, SPANISH_DAYS, YEAR_IN_WORDS, year_of_words

_LANGUAGES = ("en", "de", "fr", "es", "it", "pt", "pl", "nl", "sv", "uk", "ru", "vi")
_SHORT_FORMS = ("en", "de")
_ALSO_VERBS = frozenset({"may", "march", "mars"})
_CENTURY = 100
_PIVOT = 30
_LONG_YEAR = 4
_LEAP_DAY = (2, 29)
_SEPARATOR = r"\s*[./\-\u2010-\u2015]\s*"
# The same sign twice: in "4 May 1990 / 5/4/1990" the year belongs to the day before it.
_YEAR_FIRST = re.compile(rf"(?<!\d)(\d{{4}})({_SEPARATOR})(\d{{1,2}})\2(\d{{1,2}})(?!\d)")
# "06.12.34.56.78" is a telephone number, however much its beginning looks like a day.
_YEAR_LAST = re.compile(
    rf"(?<![\d./\-])(\d{{1,2}}){_SEPARATOR}(\d{{1,2}}){_SEPARATOR}(\d{{4}}|\d{{2}})(?!\d|[.\-]\d{{2}}(?:[.\-]\d{{2}})+(?!\d))"
)
_ASIAN = re.compile(r"(\d{4})\s*[年년]\s*(\d{1,2})\s*[月월]\s*(\d{1,2})\s*[日일]?")
_COMPACT = re.compile(r"(?<!\d)(19\d\d|20\d\d)(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])(?!\d)")
_NO_YEAR = re.compile(r"\b(?:[Oo]n|[Ss]ince|[Uu]ntil|[Bb]y|[Ff]rom)\s+(\d{1,2})/(\d{1,2})(?![\d/.])")
_NO_YEAR_GERMAN = re.compile(r"\b(?:[Aa]m|[Vv]om|[Ss]eit)\s+(\d{1,2})\.\s?(\d{1,2})\.(?!\d)")


@dataclass(frozen=True, slots=True)
class FoundDate:
    """A date in a text.

    Attributes:
        days: The days that it may mean, the likeliest first: 3/4/2026 may be in March or in April.
        year_said: Whether it names its year.
    """

    start: int
    end: int
    days: tuple[dt.date, ...]
    year_said: bool = True

    def may_be(self, day: dt.date) -> bool:
        """Whether it may mean a day; without a year, the same day of any year."""
        return day in self.days or (
            not self.year_said and (day.month, day.day) in {(d.month, d.day) for d in self.days}
        )


@cache
def month_names() -> dict[str, int]:
    """The names of the months in the languages that are read, small letters, with their numbers."""
    from babel import Locale  # noqa: PLC0415 - the window starts without it

    found: dict[str, int] = {}
    for language in _LANGUAGES:
        months = Locale(language).months
        for context in ("format", "stand-alone"):
            # Short forms of other languages are English words: "2 out of 10", "3 days ago".
            for width in ("wide", "abbreviated") if language in _SHORT_FORMS else ("wide",):
                for number, name in months[context].get(width, {}).items():
                    word = name.casefold().rstrip(".")
                    if not word.isdigit() and len(word) > 2:  # noqa: PLR2004 - "T1" and the like say nothing
                        found.setdefault(word, number)
    found["sept"] = 9
    return found


@cache
def _worded() -> tuple[re.Pattern[str], re.Pattern[str]]:
    names = "|".join(re.escape(name) for name in sorted(month_names(), key=len, reverse=True))
    year = rf"(?:,?\s*(?:de\s+|del\s+|năm\s+)?(\d{{4}}|['’]\d{{2}}|{YEAR_IN_WORDS})(?!\d))?"
    words = "|".join(re.escape(word) for word in sorted(DAY_WORDS, key=len, reverse=True))
    # A month that is also a word ("May", "mars") is one only beside a day.
    day_first = rf"(?<![\d\w])(\d{{1,2}}|{words})(?:st|nd|rd|th|\.|º|er)?\s*(?:of\s+|de\s+|-)?({names})\b\.?-?{year}"
    month_first = rf"(?<!\w)({names})\b\.?\s+(?:the\s+)?(\d{{1,2}}|{words})(?:st|nd|rd|th)?(?![\d:\w]){year}"
    return re.compile(day_first, re.IGNORECASE), re.compile(month_first, re.IGNORECASE)


def dates_in(text: str, usual_year: int) -> tuple[FoundDate, ...]:
    """The dates of a text, in order.

    Args:
        text: As typed.
        usual_year: Of dates without one.
    """
    found: list[FoundDate] = []
    for one in _candidates(text, usual_year):
        if one.days and not any(one.start < other.end and other.start < one.end for other in found):
            found.append(one)
    return tuple(sorted(found, key=lambda one: one.start))


def _candidates(text: str, usual_year: int) -> Iterator[FoundDate]:
    for pattern in (_YEAR_FIRST, _ASIAN, _COMPACT):
        for match in pattern.finditer(text):
            year, month, day = (int(part) for part in match.groups() if part.isdigit())
            yield FoundDate(*match.span(), _days(year, (month, day), (day, month)))
    for match in _YEAR_LAST.finditer(text):
        readings = ((int(match[1]), int(match[2])), (int(match[2]), int(match[1])))
        if "." in match[0]:
            readings = readings[::-1]  # with dots between, the day comes first everywhere
        yield FoundDate(*match.span(), _days(_year(match[3], usual_year), *readings))
    yield from _named(text, usual_year)
    for match in _NO_YEAR.finditer(text):
        one, other = int(match[1]), int(match[2])
        yield FoundDate(match.start(1), match.end(), _days(usual_year, (one, other), (other, one)), year_said=False)
    for match in _NO_YEAR_GERMAN.finditer(text):
        day, month = int(match[1]), int(match[2])
        yield FoundDate(match.start(1), match.end(), _days(usual_year, (month, day)), year_said=False)


def _named(text: str, usual_year: int) -> Iterator[FoundDate]:
    """Dates that name their month."""
    day_first, month_first = _worded()
    for pattern, day_group, month_group in ((day_first, 1, 2), (month_first, 2, 1)):
        for match in pattern.finditer(text):
            word, said = match[month_group], match[day_group].casefold()
            if word in _ALSO_VERBS and not match[3]:
                continue  # "that 3 may come"
            if said in SPANISH_DAYS and not re.search(r"\sde\s", match[0]):
                continue  # "once May had come"
            month = month_names()[word.casefold().rstrip(".")]
            day = DAY_WORDS.get(said) or int(said)
            year = _year(match[3], usual_year) if match[3] else usual_year
            if not match[3] and (month, day) == _LEAP_DAY:
                year -= year % 4
            yield FoundDate(*match.span(), _days(year, (month, day)), year_said=match[3] is not None)


def _year(typed: str, usual_year: int) -> int:
    if typed[0].isalpha():
        return year_of_words(typed)
    year = int(typed.strip("'’"))
    if len(typed) == _LONG_YEAR and typed.isdigit():
        return year
    this_century = usual_year // _CENTURY * _CENTURY + year
    return this_century if this_century <= usual_year + _PIVOT // 10 else this_century - _CENTURY


def _days(year: int, *readings: tuple[int, int]) -> tuple[dt.date, ...]:
    days = []
    for month, day in readings:
        try:
            made = dt.date(year, month, day)
        except ValueError:
            continue
        if made not in days:
            days.append(made)
    return tuple(days)
