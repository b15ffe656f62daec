"""How long records are kept: the practice's own rule, and the day from which a record may go. No legal advice."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Collection
from dataclasses import dataclass
from enum import Enum

from safeplan_desktop.domain.changes import Noun
from safeplan_desktop.domain.known_people import spellings_of
from safeplan_desktop.domain.readable_text import MARKS, begins, has_cases, plain, straightened
from safeplan_desktop.errors import InvalidInputError

ADULT = 18
MOST_YEARS = 100


@dataclass(frozen=True, slots=True)
class RetentionRule:
    """The practice's own numbers, in years; None where that doesn't count. The latest of the days counts.

    Attributes:
        after_last_entry: After the last entry of the record.
        after_ending: After discharge, transfer or death.
        after_adulthood: After the client's 18th birthday.
        source: Where the numbers come from, as the therapist notes it.
    """

    after_last_entry: int | None = None
    after_ending: int | None = None
    after_adulthood: int | None = None
    source: str = ""

    @property
    def is_set(self) -> bool:
        """Whether there is any number at all."""
        return any(years is not None for years in (self.after_last_entry, self.after_ending, self.after_adulthood))


def check_rule(rule: RetentionRule) -> None:
    """Refuses numbers that can't be.

    Raises:
        InvalidInputError: naming the field.
    """
    for field in ("after_last_entry", "after_ending", "after_adulthood"):
        years = getattr(rule, field)
        if years is not None and not 0 <= years <= MOST_YEARS:
            raise InvalidInputError(field, f"Please type a number of years up to {MOST_YEARS}, or leave it empty.")


def years_after(day: dt.date, years: int) -> dt.date:
    """The same day so many years later; 29 February becomes 1 March where the year has none."""
    year = day.year + years
    if year > dt.MAXYEAR:
        return dt.date.max
    try:
        return day.replace(year=year)
    except ValueError:
        return dt.date(year, 3, 1)


def begun_before(today: dt.date, years: int) -> dt.date:
    """A day after every day from which so many years have passed today; a few days later, for zones and 29 February."""
    return dt.date(max(today.year - years, 1), today.month, 1) + dt.timedelta(days=today.day + 3)


@dataclass(frozen=True, slots=True)
class RecordDates:
    """What the rule is applied to.

    Attributes:
        last_entry: The day of the last entry of any kind.
        ended: The day of discharge, transfer or death; None while the work goes on.
        born: The client's birthday; None where it isn't known.
    """

    last_entry: dt.date
    ended: dt.date | None = None
    born: dt.date | None = None


def kept_until(rule: RetentionRule, dates: RecordDates) -> dt.date | None:
    """The day from which a record may go: the latest that the rule gives; None where it gives none.

    A rule that needs a day that isn't known gives none: an ending that never was, a birthday that wasn't asked.
    """
    days = []
    for years, since in (
        (rule.after_last_entry, dates.last_entry),
        (rule.after_ending, dates.ended),
        (rule.after_adulthood, years_after(dates.born, ADULT) if dates.born else None),
    ):
        if years is None:
            continue
        if since is None:
            return None
        days.append(years_after(since, years))
    return max(days, default=None)


class PurgeReason(Enum):
    """Why a record goes."""

    RETENTION = "retention"
    REQUEST = "request"


@dataclass(frozen=True, slots=True)
class PurgedRow:
    """One signed record that went: what is left of it.

    Attributes:
        number: Its number as people saw it; empty where it had none.
        hash: The SHA-256 of what was signed.
    """

    noun: str
    id: str
    number: str
    hash: str


@dataclass(frozen=True, slots=True)
class KnownBackup:
    """A backup that may still hold the record."""

    made_on: dt.date
    name: str = ""


@dataclass(frozen=True, slots=True)
class PurgeCertificate:
    """What is left of a record that was removed for good: no name, and no word of it.

    Attributes:
        client_id, code: Whose record it was.
        first_entry, last_entry: From which day to which it went.
        note: The therapist's words on the request or the rule; never a name.
        counts: How many rows of each kind went.
        incidents: The numbers of the incidents that went; they aren't given again.
        records: Each signed record that went.
        backups: Backups that may still hold it.
    """

    client_id: str
    code: str
    reason: PurgeReason
    note: str
    first_entry: dt.date
    last_entry: dt.date
    kept_until: dt.date | None
    counts: tuple[tuple[str, int], ...]
    incidents: tuple[str, ...]
    records: tuple[PurgedRow, ...]
    backups: tuple[KnownBackup, ...]


CERTIFICATE = Noun.PURGE
_WORD = re.compile(rf"[\w{MARKS}]+")
_SHORT = 2
"""A name of two letters may be an ordinary word, so it counts only where it is written like a name."""

_SMALL_WORDS = frozenset(
    {"am", "an", "as", "at", "be", "by", "do", "go", "he", "if", "in", "is", "it", "me"}
    | {"my", "no", "of", "on", "or", "so", "to", "up", "us", "we"}
)


def check_confirmation(code: str, typed: str) -> None:
    """Refuses anything but the client's code, as it stands.

    Raises:
        InvalidInputError: naming "confirm".
    """
    if typed.strip() != code:
        raise InvalidInputError("confirm", f"Please type the client's code, {code}, as it stands here.")


def check_nameless(note: str, names: Collection[str]) -> None:
    """Refuses a note that holds a part of a name: the certificate is kept when the record is gone.

    Raises:
        InvalidInputError: naming "note".
    """
    if _holds_a_name(straightened(note), {part for name in names for part in _WORD.findall(straightened(name))}):
        raise InvalidInputError("note", "This holds a name of the record that goes. Please write it without names.")


def _holds_a_name(note: str, parts: Collection[str]) -> bool:
    cased = [part for part in parts if has_cases(part)]
    names = {spelled for part in cased if len(part) > _SHORT for spelled in spellings_of(part)}
    short = {plain(part) for part in cased if len(part) == _SHORT}
    for match in _WORD.finditer(note):
        word = plain(match[0])
        if names & spellings_of(match[0]) or (word in short and _written_as_name(note, match.start(), word)):
            return True
    # Scripts without capitals may be written without spaces, so their names are looked for inside of words.
    return any(plain(part) in plain(note) for part in parts if not has_cases(part) and len(part) >= _SHORT)


def _written_as_name(note: str, place: int, word: str) -> bool:
    """Whether a word of two letters is a name here: "Li" is, "li" isn't, nor is "An" where a sentence begins with it."""
    capital = note[place] != note[place].lower()
    return capital and not (word in _SMALL_WORDS and begins(note, place))
