"""Known people and places as patterns: whole names, their parts, other spellings, addresses, codes."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass


def words_set(words: str) -> frozenset[str]:
    """The words of a text, as a set."""
    return frozenset(words.split())


_LETTERS = {
    "ł": "l",
    "ø": "o",
    "đ": "d",
    "ð": "d",
    "þ": "th",
    "ß": "ss",
    "æ": "ae",
    "œ": "oe",
    "ı": "i",
    "ŧ": "t",
    "ħ": "h",
}
_UMLAUTS = {"ä": "ae", "ö": "oe", "ü": "ue", "å": "aa"}
_TITLES = words_set("dr prof mr mrs ms miss mx herr frau sr sra jr rn phd md psyd lcsw lmft lpc the and of at for")
_PARTICLES = words_set("von van der den del de la le da do dos das di du el al bin bint ibn y e zu zur ter ten")
_PLAIN_PLACES = words_set(
    "street avenue road lane drive suite floor apartment apt building block house court square place way "
    "north south east west unit room boulevard strasse straße platz weg rue via calle city town county "
    "state country united"
)
_LEAST_LETTERS = 3
_LEAST_STEM = 5
_ENDINGS = "аяоеиіьйъςαηε"


@dataclass(frozen=True, slots=True)
class Identity:
    """Somebody, or something, that must not be recognised.

    Attributes:
        role: What stands instead, such as "the client" or "person 2 (witness)".
        names: As written in the records; their parts are taken out, too.
        numbers: Telephone numbers, in any grouping.
        places: Addresses and other places.
        marks: Codes, reference numbers, e-mail addresses: exact texts.
        born: The birth date.
        whole_names: Whether names are taken out only as a whole, as their parts are ordinary words.
    """

    role: str
    names: tuple[str, ...] = ()
    numbers: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    marks: tuple[str, ...] = ()
    born: dt.date | None = None
    whole_names: bool = False


def folded(text: str) -> tuple[str, list[int]]:
    """The text without accents and capitals, and for each of its letters its place in the original."""
    letters: list[str] = []
    places: list[int] = []
    for place, character in enumerate(text):
        for plain in unicodedata.normalize("NFKD", _LETTERS.get(character.casefold(), character.casefold())):
            if not unicodedata.combining(plain):
                letters.append("'" if plain == "’" else plain)
                places.append(place)
    places.append(len(text))
    return "".join(letters), places


def plain(text: str) -> str:
    """The text without accents and capitals."""
    return folded(text)[0]


def digits_of(text: str) -> str:
    """Only the digits, whatever script they are written in."""
    return "".join(str(unicodedata.digit(c)) for c in text if unicodedata.digit(c, None) is not None)


@dataclass(frozen=True, slots=True)
class Term:
    """A known text and what stands instead; `exact_case` for names that are ordinary words as well."""

    pattern: re.Pattern[str]
    role: str
    on_folded: bool = True


def _variants(name: str) -> set[str]:
    lowered = unicodedata.normalize("NFC", name).casefold()
    german = "".join(_UMLAUTS.get(c, c) for c in lowered)
    return {plain(name), plain(german)} - {""}


def _has_cases(word: str) -> bool:
    return word.upper() != word.lower()


def _bounded(term: str) -> re.Pattern[str]:
    """A pattern for a folded name: whole words with their endings; in scripts without spaces or capitals, anywhere."""
    body = r"[\s\-]+".join(re.escape(part) for part in re.split(r"[\s\-]+", term) if part)
    if not _has_cases(term):
        return re.compile(body)
    if not term.isascii() and len(term) >= _LEAST_STEM and " " not in term:
        # Names change their endings in Cyrillic and Greek.
        return re.compile(rf"(?<![^\W_]){re.escape(term.rstrip(_ENDINGS))}[^\W\d_]{{0,3}}(?![^\W_])")
    return re.compile(rf"(?<![^\W_])(?:(?:dr|prof|mr|mrs|ms|miss)\.? )?{body}(?:'s|s'|s)?(?![^\W_])")


def _parts(name: str) -> list[str]:
    words = [word.strip(".,'’\"“”()") for word in re.split(r"[\s\-,/()\"“”]+", name)]
    return [word for word in words if word]


def _name_terms(identity: Identity, common: Collection[str]) -> Iterator[tuple[int, Term]]:
    for name in identity.names:
        words = [word for word in _parts(name) if plain(word) not in _TITLES]
        if not words:
            continue
        for whole in (" ".join(_parts(name)), " ".join(words), "".join(words), "".join(reversed(words))):
            if len(whole) < _LEAST_LETTERS and _has_cases(whole):
                continue
            if len(words) == 1 and plain(whole) in common:
                continue
            for variant in _variants(whole):
                yield len(variant) + 100, Term(_bounded(variant), identity.role)
        if identity.whole_names:
            continue
        yield from _initial_terms(words, identity.role)
        for word in words:
            yield from _part_terms(word, identity.role, common, alone=len(words) == 1)


def _initial_terms(words: Sequence[str], role: str) -> Iterator[tuple[int, Term]]:
    """Initials such as M. and M. H.: only with the dot, and only as capitals."""
    letters = [word[0] for word in words if word[0] != word[0].lower()]
    if letters:
        pair = rf"{letters[0]}\.\s?{letters[-1]}\." if len(letters) > 1 else rf"{letters[0]}\."
        yield 2, Term(re.compile(rf"(?<![^\W_])(?:{pair}|{letters[0]}\.)(?=\s+[^\W\d_]|['’])"), role, on_folded=False)


def _part_terms(word: str, role: str, common: Collection[str], *, alone: bool) -> Iterator[tuple[int, Term]]:
    lowered = plain(word)
    capital = word[:1] != word[:1].lower()
    if lowered in _PARTICLES and not capital and (lowered in common or len(lowered) < _LEAST_LETTERS):
        return
    if not _has_cases(word):
        yield len(word), Term(_bounded(lowered), role)
    elif len(lowered) < _LEAST_LETTERS or lowered in common:
        if not capital:
            return  # "sister" or "helper" in a field for names: a role, not a name
        # An ordinary word, too ("Hope", "Will", "Li"): only where it is written like a name.
        exact = rf"(?<![^\W_])(?:{re.escape(word)}|{re.escape(word.upper())})(?:['’]s|s['’]|s)?(?![^\W_])"
        if len(lowered) > 1 or alone:
            yield len(word), Term(re.compile(exact), role, on_folded=False)
    else:
        for variant in _variants(word):
            yield len(variant), Term(_bounded(variant), role)


def _place_terms(identity: Identity, common: Collection[str]) -> Iterator[tuple[int, Term]]:
    for place in identity.places:
        for piece in {place, *re.split(r"[,\n;]", place)}:
            words = re.findall(r"[^\W_]+", plain(piece))
            letters = [word for word in words if not word.isdigit()]
            if len(words) > 1 or (words and len(words[0]) >= _LEAST_LETTERS and words[0] not in _PLAIN_PLACES):
                body = r"[\s,.\-]+".join(map(re.escape, words))
                yield sum(map(len, words)) + 100, Term(re.compile(rf"(?<![^\W_]){body}(?![^\W_])"), "[address]")
            street = [word for word in letters if len(word) > 1]
            if len(street) > 1:
                body = r"[\s,.\-]+".join(map(re.escape, street))
                yield sum(map(len, street)) + 50, Term(re.compile(rf"(?<![^\W_]){body}(?![^\W_])"), "[address]")
        for word in re.findall(r"[^\W_]+", place):
            lowered = plain(word)
            known = lowered in _PLAIN_PLACES or lowered in _PARTICLES or lowered in _TITLES
            if known or (lowered.isdigit() and len(lowered) < _LEAST_LETTERS) or len(lowered) < _LEAST_LETTERS:
                continue
            if lowered in common:
                exact = rf"(?<![^\W_]){re.escape(word)}(?![^\W_])"
                if word[:1] != word[:1].lower():
                    yield len(word), Term(re.compile(exact), "[address]", on_folded=False)
            else:
                yield len(word), Term(_bounded(lowered), "[address]")


def _mark_terms(identity: Identity) -> Iterator[tuple[int, Term]]:
    for mark in identity.marks:
        words = re.findall(r"[^\W_]+", plain(mark))
        if sum(map(len, words)) >= _LEAST_LETTERS - 1:
            body = r"[\W_]{0,3}".join(map(re.escape, words))
            term = Term(re.compile(rf"(?<![^\W_]){body}(?:'s)?(?![^\W_])"), f"[{_what(mark)}]")
            yield len(mark) + 200, term


def _what(mark: str) -> str:
    return "e-mail" if "@" in mark else "reference"


def terms_of(identities: Sequence[Identity], common: Collection[str]) -> list[Term]:
    """All patterns of some people, the longest first, so that a whole name goes before its parts.

    Args:
        identities: Of two that fit equally well, the first gives the role.
        common: Ordinary words, folded; a name that is one is looked for only where it has a capital.
    """
    weighed: list[tuple[int, Term]] = []
    for identity in identities:
        weighed += _name_terms(identity, common)
        weighed += _place_terms(identity, common)
        weighed += _mark_terms(identity)
    weighed.sort(key=lambda pair: -pair[0])
    return [term for _, term in weighed]
