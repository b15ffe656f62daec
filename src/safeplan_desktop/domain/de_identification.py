"""De-identified text: names become roles, dates become days counted from the incident, numbers and addresses go.

What is known of the people of a record is taken out for certain; what only looks like a name or a number is shown to the
therapist, who decides. No program can promise more, and the copy says so.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum
from functools import cached_property

from safeplan_desktop.domain.dates_in_text import FoundDate, dates_in
from safeplan_desktop.domain.known_people import Identity, Known, known_of
from safeplan_desktop.domain.known_places import STREET
from safeplan_desktop.domain.numbers_in_text import (
    EMAIL,
    EMERGENCY,
    GERMAN_PLATE,
    LINK,
    NET,
    PLATE,
    RUN,
    doubtful_numbers,
    known_in,
    said_in,
)
from safeplan_desktop.domain.readable_text import (
    MARKS,
    begins,
    digits_of,
    folded,
    has_cases,
    plain,
    spaced_runs,
    straightened,
    words_set,
)
from safeplan_desktop.domain.times_and_ages import (
    birth_years_in,
    great_ages_in,
    months_in,
    months_said_in,
    times_in,
)

_LEAST_DIGITS = 7
_LEAST_LETTERS = 3
_LEAST_SLIPPED = 6
"""Letters of a name from which on a slip of the keyboard is looked for; shorter ones are too near to other words."""
_WORD = re.compile(rf"[^\W\d_](?:[^\W\d_]|[{MARKS}\u200c\u200d])*(?:['’\-][^\W\d_](?:[^\W\d_]|[{MARKS}])*)*")
_INITIALS = re.compile(r"(?<!\w)[^\W\d_a-z]\.(?:[\s\-]?[^\W\d_a-z]\.)+|(?<!\w)[A-HJ-Z]\.(?=\s+[A-Z][a-z])")
_ACCOUNT = re.compile(r"(?<!\w)(?=\w*[\d_])\w*[^\W\d_]\w*(?!\w)")
_OWNS = re.compile(r"['’]s$")
_NEXT_WORD = re.compile(r"\s+([^\W\d_]+)")
_OPENERS = words_set(
    "i you he she it we they the a an this that these those there my your his her its our their me him us them not be all"
)
"""Behind a capital that begins a sentence these speak for a verb: "Will you", "May I", "Mark the"."""


class Doubt(Enum):
    """Why something is shown for a decision."""

    NAME = "name"
    OWN_NAME = "own-name"
    NUMBER = "number"


@dataclass(frozen=True, slots=True)
class Doubtful:
    """A word or number that may tell who somebody is.

    Attributes:
        text: As it stands in the record.
        around: The words around its first place; dots where there are more.
    """

    text: str
    doubt: Doubt
    around: str


@dataclass
class Deidentifier:
    """Takes the known people of one record, or of several, out of texts.

    Attributes:
        identities: Who and what must not be recognised; the first that fits gives the role.
        day_zero: The day that others are counted from.
        common: Ordinary words, folded; they aren't doubtful.
        kept: Doubtful texts that the therapist decided to keep.
        also_names: Ordinary words that are names, too: doubtful where a capital stands inside a sentence, and,
            where True stands beside them, also at its beginning.
        cache: What was made of identities for other records; None where there is one record alone.
    """

    identities: Sequence[Identity]
    day_zero: dt.date
    common: Collection[str] = frozenset()
    kept: Collection[str] = frozenset()
    also_names: Mapping[str, bool] = field(default_factory=dict)
    cache: dict[Identity, Known] | None = None
    _known: Known = field(default_factory=Known, init=False)
    _numbers: list[tuple[str, str]] = field(default_factory=list, init=False)
    _long_numbers: tuple[str, ...] = field(default=(), init=False)
    _born: frozenset[dt.date] = field(default=frozenset(), init=False)
    _long_words: tuple[str, ...] = field(default=(), init=False)
    _doubled: re.Pattern[str] = field(default=re.compile("(?!)"), init=False)

    def __post_init__(self) -> None:
        """Collects what is looked for."""
        self._known = known_of(self.identities, self.common, self.cache)
        self._numbers = [
            (d, identity.role) for identity in self.identities for n in identity.numbers if (d := digits_of(n))
        ]
        long_ones = {known for known, _ in self._numbers if len(known) >= _LEAST_DIGITS}
        self._long_numbers = tuple(sorted(long_ones, key=len, reverse=True))
        self._born = frozenset(identity.born for identity in self.identities if identity.born)
        self._long_words = tuple(word for word in self._known.words if len(word) > _LEAST_LETTERS)
        roles = {*(identity.role for identity in self.identities), "[name]", "[number]", "[address]"}
        either = "|".join(re.escape(role) for role in sorted(roles, key=len, reverse=True) if role)
        self._doubled = re.compile(rf"({either})(?:[\s,\-]+\1)+")  # a surname behind a first name

    def text(self, typed: str) -> str:
        """The text as it may stand in the copy: known things out, doubtful ones out unless they were kept."""
        pieces = self._pieces(typed)
        said = "".join(
            piece if hidden else self._without_doubtful(pieces, index) for index, (piece, hidden) in enumerate(pieces)
        )
        return self._doubled.sub(r"\1", said)

    def doubtful(self, typed: Iterable[str]) -> tuple[Doubtful, ...]:
        """What the therapist has to decide on in these texts, each once, in order."""
        found: dict[str, Doubtful] = {}
        for text in typed:
            pieces = self._pieces(text)
            for index, (piece, hidden) in enumerate(pieces):
                if hidden:
                    continue
                for start, end, doubt in self._doubts(pieces, index):
                    word = piece[start:end]
                    found.setdefault(word, Doubtful(word, doubt, _around(piece, start, end)))
        return tuple(found.values())

    def leaks(self, text: str) -> tuple[str, ...]:
        """Known things that still stand in a finished copy; empty when it holds none."""
        lowered, places = folded(text)
        found = [
            text[start:end]
            for start, end, role in self._people(text, lowered, places)
            # The program's own words begin lines ("Kind: Client crisis"), and may be somebody's name.
            if text[start:end] not in role and not (plain(text[start:end]) in self._known.asked and begins(text, start))
        ]
        found += [run[0] for run in RUN.finditer(text) if self._role_of_number(digits_of(run[0]))]
        found += [text[start:end] for start, end in known_in(text, self._long_numbers)]
        found += [
            text[d.start : d.end]
            for d in dates_in(text, self.day_zero.year)
            if any(d.may_be(born) for born in self._born)
        ]
        return tuple(found)

    # -- what is known ----------------------------------------------------------------------------------------------

    def _pieces(self, typed: str) -> list[tuple[str, bool]]:
        """The text in pieces, each with whether it is one of ours that stands instead of something."""
        typed = straightened(typed)
        taken = bytearray(len(typed) + 1)
        spans = []
        for start, end, words in self._certain(typed):
            # What was found earlier stays: an e-mail address goes as a whole, not by the name in it.
            if start < end and not any(taken[start:end]):
                taken[start:end] = b"\x01" * (end - start)
                spans.append((start, end, words))
        pieces, at = [], 0
        for start, end, words in sorted(spans):
            pieces += [(typed[at:start], False), (words, True)]
            at = end
        return [*pieces, (typed[at:], False)]

    def _certain(self, typed: str) -> Iterator[tuple[int, int, str]]:
        """What is known for certain, or has the form of an address, a number, a date; and what stands instead."""
        for pattern, words in ((EMAIL, "[e-mail]"), (NET, "[number]"), (LINK, "[link]")):
            yield from ((*match.span(), words) for match in pattern.finditer(typed))
        yield from ((*span, "[number]") for span in known_in(typed, self._long_numbers))
        yield from great_ages_in(typed)
        lowered, places = folded(typed)
        yield from self._weighing(typed, lowered, places, least=_WHOLE)
        yield from self._dates(typed)
        yield from birth_years_in(typed)
        yield from self._runs(typed)
        yield from times_in(typed)
        yield from months_said_in(typed)
        yield from self._people(typed, lowered, places)
        yield from ((*match.span(), "[address]") for match in STREET.finditer(typed))
        yield from ((*match.span(1), "[number]") for match in PLATE.finditer(typed))
        yield from ((*match.span(), "[number]") for match in GERMAN_PLATE.finditer(typed))
        yield from months_in(typed)

    def _dates(self, typed: str) -> Iterator[tuple[int, int, str]]:
        for found in dates_in(typed, self.day_zero.year):
            end = found.end
            if not found.year_said and (born := next((day for day in self._born if found.may_be(day)), None)):
                short = re.compile(rf",?\s*['’]?(?:{born.year}|{born.year % 100:02})(?!\d)").match(typed, end)
                end = short.end() if short else end
            yield found.start, end, self._date_words(found)

    def _runs(self, typed: str) -> Iterator[tuple[int, int, str]]:
        for match in RUN.finditer(typed):
            digits = digits_of(match[0])
            if len(digits) >= _LEAST_DIGITS or self._role_of_number(digits):
                yield *match.span(), "[number]"
        for start, end, digits in said_in(typed):
            if len(digits) >= _LEAST_DIGITS or self._role_of_number(digits):
                yield start, end, "[number]"

    def _people(self, typed: str, lowered: str, places: list[int]) -> Iterator[tuple[int, int, str]]:
        """Known names, places and codes in every way of writing them."""
        yield from self._weighing(typed, lowered, places, least=0)
        for start, end, joined in spaced_runs(lowered):
            role = self._known.words.get(joined) or next(
                (role for word, role in self._known.words.items() if len(word) > _LEAST_LETTERS and word in joined), ""
            )
            if role:
                yield places[start], places[end - 1] + 1, role
        for match in _ACCOUNT.finditer(lowered):
            letters = re.sub(r"[\d_]", "", match[0])
            if any(word in letters for word in self._long_words):
                yield places[match.start()], places[match.end() - 1] + 1, "[account]"

    def _weighing(self, typed: str, lowered: str, places: list[int], *, least: int) -> Iterator[tuple[int, int, str]]:
        for weight, term in self._known.terms:
            if weight < least:
                return  # the heaviest stand first
            if term.needle and term.needle not in lowered:
                continue
            for match in term.pattern.finditer(lowered if term.on_folded else typed):
                start, end = match.span()
                if start == end or (term.ordinary and self._reads_like_a_word(typed, match)):
                    continue
                if term.on_folded:
                    start, end = places[start], places[end - 1] + 1
                yield start, end, term.role + ("’s" if _OWNS.search(typed[start:end]) else "")

    @staticmethod
    def _reads_like_a_word(typed: str, match: re.Match[str]) -> bool:
        """Whether a name that is an ordinary word, too, begins a sentence as a verb, or all letters are capitals."""
        if typed.isupper() and len(typed.split()) > _LEAST_LETTERS:
            return True
        behind = _NEXT_WORD.match(typed, match.end())
        return begins(typed, match.start()) and behind is not None and behind[1].lower() in _OPENERS

    def _role_of_number(self, digits: str) -> str:
        for known, role in self._numbers:
            if len(known) < _LEAST_DIGITS:
                if known == digits and known not in EMERGENCY:
                    return role
            elif known[-_LEAST_DIGITS:] in digits:
                return role
        return ""

    def _date_words(self, found: FoundDate) -> str:
        if any(found.may_be(born) for born in self._born):
            return "[birth date]"
        return relative_day(found.days[0], self.day_zero)

    # -- what is doubtful -------------------------------------------------------------------------------------------

    def _without_doubtful(self, pieces: list[tuple[str, bool]], index: int) -> str:
        piece, said, at = pieces[index][0], [], 0
        for start, end, doubt in self._doubts(pieces, index):
            if piece[start:end] in self.kept:
                continue
            said += [piece[at:start], "[number]" if doubt is Doubt.NUMBER else "[name]"]
            at = end
        return "".join((*said, piece[at:]))

    def _doubts(self, pieces: list[tuple[str, bool]], index: int) -> list[tuple[int, int, Doubt]]:
        piece = pieces[index][0]
        found = [(start, end, Doubt.NUMBER) for start, end in doubtful_numbers(piece)]
        found += [(*match.span(), Doubt.NAME) for match in _INITIALS.finditer(piece)]
        found += [(*match.span(), Doubt.NAME) for match in _ACCOUNT.finditer(piece) if "_" in match[0].strip("_")]
        found += [
            (start, end, Doubt.NAME)
            for start, end, joined in spaced_runs(piece)
            if len(joined) >= _LEAST_LETTERS and joined.isalpha() and joined.lower() not in _SHORT_FORMS
        ]
        for match in _WORD.finditer(piece):
            if self._is_a_name_too(match[0]):
                found.append((*match.span(), Doubt.OWN_NAME))
            elif self._is_nearly_a_name(match[0]) or self._may_be_a_name(match, piece, first=index == 0):
                found.append((*match.span(), Doubt.NAME))
        found.sort(key=lambda one: (one[0], -one[1]))
        apart: list[tuple[int, int, Doubt]] = []
        for one in found:
            if not apart or one[0] >= apart[-1][1]:
                apart.append(one)
        return apart

    def _is_a_name_too(self, word: str) -> bool:
        """Whether a word is a name of this record, but stands where it may be an ordinary word."""
        return plain(word).removesuffix("'s") in self._known.asked or word in self._known.initials

    def _is_nearly_a_name(self, word: str) -> bool:
        """Whether a word in small letters is a name of this record with a slip of the keyboard, or one in two parts."""
        lowered = plain(word).removesuffix("'s")
        letters = re.sub(r"['\-]", "", lowered)
        if len(letters) < _LEAST_SLIPPED or not letters.isalpha() or not has_cases(letters):
            return False
        if letters != lowered and self._known.words.get(letters, ""):
            return True
        if any(part in self.common for part in (lowered, letters, *_stems(lowered))):
            return False
        return not self._slips.isdisjoint(with_a_slip(letters))

    @cached_property
    def _slips(self) -> frozenset[str]:
        """The names of this record's own people, each as it is and with a letter less."""
        whole = {identity.role for identity in self.identities if identity.whole_names}
        names = (word for word, role in self._known.words.items() if len(word) >= _LEAST_SLIPPED and role not in whole)
        return frozenset(slip for name in names if name.isalpha() and name.isascii() for slip in with_a_slip(name))

    def _may_be_a_name(self, match: re.Match[str], piece: str, *, first: bool) -> bool:
        word = match[0]
        lowered = plain(word)
        bare = lowered.removesuffix("'s")
        if not has_cases(word):
            return lowered not in self.common
        if word[0] == word[0].lower() or len(word) == 1:
            return False
        starts = begins(piece, match.start()) and (first or piece[: match.start()].strip() != "")
        if bare in self.also_names:
            behind = _NEXT_WORD.match(piece, match.end())
            verb = behind is not None and behind[1].lower() in _OPENERS
            return not starts or (self.also_names[bare] and not verb)
        if lowered in self.common or any(part in self.common for part in (bare, *_stems(lowered))):
            return False
        # At a beginning every word has a capital; there, the endings of verbs and adverbs speak against a name.
        return not (starts and lowered.endswith(("ed", "ing", "ly", "tion", "ment", "ness")))


_AROUND = 40


def _around(piece: str, start: int, end: int) -> str:
    """Whole words on both sides, with dots where more stand there."""
    before, behind = piece[:start], piece[end:]
    if len(before) > _AROUND:
        before = "… " + before[-_AROUND:].partition(" ")[2]
    if len(behind) > _AROUND:
        behind = behind[:_AROUND].rpartition(" ")[0] + " …"
    return " ".join(f"{before}{piece[start:end]}{behind}".split())


_WHOLE = 100
"""From this weight on a term is a whole name, an address or a code."""
_SHORT_FORMS = words_set("eg ie am pm usa")


def with_a_slip(word: str) -> Iterator[str]:
    """A word as it is and with each letter left out: two that share one are a letter, or two that changed places, apart."""
    yield word
    for place in range(len(word)):
        yield word[:place] + word[place + 1 :]


def _stems(word: str) -> Iterator[str]:
    for ending, instead in (
        ("s", ""),
        ("es", ""),
        ("ed", ""),
        ("ed", "e"),
        ("ing", ""),
        ("ing", "e"),
        ("ly", ""),
        ("ies", "y"),
        ("ied", "y"),
    ):
        if word.endswith(ending):
            yield word.removesuffix(ending) + instead


_MONTH = 31
_YEAR = 365


def relative_day(day: dt.date, day_zero: dt.date) -> str:
    """A day, counted from the day of the incident: "day 0", "day 3", "day -2"; far away in months or years."""
    days = (day - day_zero).days
    if abs(days) <= 2 * _MONTH:
        return f"day {days}"
    side = "after" if days > 0 else "before"
    if abs(days) < _YEAR:
        return f"about {round(abs(days) / 30.4)} months {side}"
    years = max(1, round(abs(days) / 365.25))
    return f"about {'a year' if years == 1 else f'{years} years'} {side}"
