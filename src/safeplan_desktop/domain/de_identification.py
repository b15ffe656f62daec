"""De-identified text: names become roles, dates become days counted from the incident, numbers and addresses go.

What is known of the people of a record is taken out for certain; what only looks like a name or a number is shown to the
therapist, who decides. No program can promise more, and the copy says so.
"""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from enum import Enum

from safeplan_desktop.domain.dates_in_text import FoundDate, dates_in
from safeplan_desktop.domain.known_people import Identity, Term, digits_of, folded, plain, terms_of, words_set

_LEAST_DIGITS = 7
_EMERGENCY = words_set("911 112 999 988 111 000 110 113 114 116 117 118 119 143 144 133 142 741741 85258 116123 131114")
_RUN = re.compile(r"(?<![\w:.])[+(]{0,2}\d(?:[\s().\-/\u2010-\u2015\u00a0\u202f]{0,3}\d)+(?![\w:]\d)")
_EMAIL = re.compile(r"[\w.+\-]+@[\w\-]+(?:\.[\w\-]+)*")
_LINK = re.compile(r"(?:https?://|www\.)\S+|(?<!\w)@\w{2,}", re.IGNORECASE)
_NUMBERED = r"(?<!\w)\d{1,5}[A-Za-z]?\s+"
_ROOM = r"\b\.?(?:,?\s+(?i:suite|ste|apt|apartment|unit|flat|no)\.?\s*\w+)?"
# "20 minutes on the way" is no address: what is an ordinary word, too, counts only behind words with capitals.
_STREET = re.compile(
    rf"{_NUMBERED}(?:[^\W\d_][\w'’.\-]*\s+){{1,4}}(?i:street|avenue|road|boulevard|blvd|terrace|crescent){_ROOM}|"
    rf"{_NUMBERED}(?:[^\W\d_a-z][\w'’.\-]*\s+){{1,4}}(?i:st|ave|rd|lane|ln|drive|dr|court|ct|place|pl|square|sq|way|close){_ROOM}"
)
_WORD = re.compile(r"[^\W\d_]+(?:['’\-][^\W\d_]+)*")
_CODE = re.compile(r"(?<!\w)(?=\w*\d)(?=\w*[A-Za-z])\w+(?:[\-/]\w+)*|(?<!\w)[A-Z]{1,5}[\-/]\d+(?:[\-/]\d+)*")
_SHORT_RUN = re.compile(r"(?<![\w:.,])\d{3,}(?![\w:]|[.,]\d)")
_ENDS = frozenset('.!?:;\n“”"«»„•-–—(')
_OWNS = re.compile(r"['’]s$")


class Doubt(Enum):
    """Why something is shown for a decision."""

    NAME = "name"
    NUMBER = "number"


@dataclass(frozen=True, slots=True)
class Doubtful:
    """A word or number that may tell who somebody is.

    Attributes:
        text: As it stands in the record.
        around: The words around its first place.
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
    """

    identities: Sequence[Identity]
    day_zero: dt.date
    common: Collection[str] = frozenset()
    kept: Collection[str] = frozenset()
    _terms: list[Term] = field(default_factory=list, init=False)
    _numbers: list[tuple[str, str]] = field(default_factory=list, init=False)

    def __post_init__(self) -> None:
        """Collects what is looked for."""
        self._terms = terms_of(self.identities, self.common)
        self._numbers = [
            (d, identity.role) for identity in self.identities for n in identity.numbers if (d := digits_of(n))
        ]

    def text(self, typed: str) -> str:
        """The text as it may stand in the copy: known things out, doubtful ones out unless they were kept."""
        pieces = self._pieces(typed)
        said = "".join(
            piece if hidden else self._without_doubtful(pieces, index) for index, (piece, hidden) in enumerate(pieces)
        )
        for role in {*(identity.role for identity in self.identities), "[name]", "[number]", "[address]"}:
            once = re.escape(role)
            said = re.sub(rf"{once}(?:[\s,\-]+{once})+", role, said)  # a surname behind a first name
        return said

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
                    around = f"{piece[max(0, start - 40) : start]}{word}{piece[end : end + 40]}"
                    found.setdefault(word, Doubtful(word, doubt, " ".join(around.split())))
        return tuple(found.values())

    def leaks(self, text: str) -> tuple[str, ...]:
        """Known things that still stand in a finished copy; empty when it holds none."""
        lowered, _ = folded(text)
        found = [
            m[0]
            for t in self._terms
            if (m := t.pattern.search(lowered if t.on_folded else text)) and m[0] not in t.role
        ]
        found += [run[0] for run in _RUN.finditer(text) if self._role_of_number(digits_of(run[0]))]
        born = {identity.born for identity in self.identities} - {None}
        return (*found, *(text[d.start : d.end] for d in dates_in(text, self.day_zero.year) if born & set(d.days)))

    # -- what is known ----------------------------------------------------------------------------------------------

    def _pieces(self, typed: str) -> list[tuple[str, bool]]:
        """The text in pieces, each with whether it is one of ours that stands instead of something."""
        typed = unicodedata.normalize("NFC", typed)
        taken = bytearray(len(typed) + 1)
        spans = []
        for start, end, words in self._known(typed):
            # What was found earlier stays: an e-mail address goes as a whole, not by the name in it.
            if start < end and not any(taken[start:end]):
                taken[start:end] = b"\x01" * (end - start)
                spans.append((start, end, words))
        pieces, at = [], 0
        for start, end, words in sorted(spans):
            pieces += [(typed[at:start], False), (words, True)]
            at = end
        return [*pieces, (typed[at:], False)]

    def _known(self, typed: str) -> Iterator[tuple[int, int, str]]:
        """What is known for certain, or has the form of an address, a number, a date; and what stands instead."""
        for pattern, words in ((_EMAIL, "[e-mail]"), (_LINK, "[link]")):
            yield from ((*match.span(), words) for match in pattern.finditer(typed))
        yield from ((found.start, found.end, self._date_words(found)) for found in dates_in(typed, self.day_zero.year))
        for match in _RUN.finditer(typed):
            digits = digits_of(match[0])
            if len(digits) >= _LEAST_DIGITS or self._role_of_number(digits):
                yield *match.span(), "[number]"
        lowered, places = folded(typed)
        for term in self._terms:
            for match in term.pattern.finditer(lowered if term.on_folded else typed):
                start, end = match.span()
                if term.on_folded:
                    start, end = places[start], places[end - 1] + 1
                yield start, end, term.role + ("’s" if _OWNS.search(typed[start:end]) else "")
        yield from ((*match.span(), "[address]") for match in _STREET.finditer(typed))

    def _role_of_number(self, digits: str) -> str:
        for known, role in self._numbers:
            if len(known) < _LEAST_DIGITS:
                if known == digits and known not in _EMERGENCY:
                    return role
            elif known[-_LEAST_DIGITS:] in digits:
                return role
        return ""

    def _date_words(self, found: FoundDate) -> str:
        born = {identity.born for identity in self.identities}
        if born & set(found.days):
            return "[birth date]"
        return relative_day(found.days[0], self.day_zero)

    # -- what is doubtful -------------------------------------------------------------------------------------------

    def _without_doubtful(self, pieces: list[tuple[str, bool]], index: int) -> str:
        piece, said, at = pieces[index][0], [], 0
        for start, end, doubt in self._doubts(pieces, index):
            if piece[start:end] in self.kept:
                continue
            said += [piece[at:start], "[name]" if doubt is Doubt.NAME else "[number]"]
            at = end
        return "".join((*said, piece[at:]))

    def _doubts(self, pieces: list[tuple[str, bool]], index: int) -> list[tuple[int, int, Doubt]]:
        piece = pieces[index][0]
        found = [(*m.span(), Doubt.NUMBER) for m in _SHORT_RUN.finditer(piece) if m[0] not in _EMERGENCY]
        found += [(*m.span(), Doubt.NUMBER) for m in _CODE.finditer(piece) if sum(map(str.isdigit, m[0])) > 1]
        for match in _WORD.finditer(piece):
            if self._may_be_a_name(match, piece, first=index == 0):
                found.append((*match.span(), Doubt.NAME))
        found.sort(key=lambda one: (one[0], -one[1]))
        apart: list[tuple[int, int, Doubt]] = []
        for one in found:
            if not apart or one[0] >= apart[-1][1]:
                apart.append(one)
        return apart

    def _may_be_a_name(self, match: re.Match[str], piece: str, *, first: bool) -> bool:
        word = match[0]
        if word[0] == word[0].lower() or len(word) == 1:
            return False
        lowered = plain(word)
        if lowered in self.common or any(
            part in self.common for part in (lowered.removesuffix("'s"), *_stems(lowered))
        ):
            return False
        before = piece[: match.start()].rstrip(" \t'\"‘’“”")
        begins = (not before and first) or (before != "" and before[-1] in _ENDS)
        # At a beginning every word has a capital; there, the endings of verbs and adverbs speak against a name.
        return not (begins and lowered.endswith(("ed", "ing", "ly", "tion", "ment", "ness")))


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


_PARTS_OF_DAY = (
    (5, "night"),
    (8, "early morning"),
    (12, "morning"),
    (14, "midday"),
    (18, "afternoon"),
    (22, "evening"),
    (24, "night"),
)


def part_of_day(local: dt.datetime) -> str:
    """The part of the day that a time lies in."""
    return next(words for hour, words in _PARTS_OF_DAY if local.hour < hour)
