"""Known people as patterns: whole names, their parts, initials, other spellings and endings, codes."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise

from safeplan_desktop.domain.known_places import place_patterns
from safeplan_desktop.domain.names_in_scripts import bounded
from safeplan_desktop.domain.readable_text import UNCASED, has_cases, plain, straightened, words_set

_UMLAUTS = {"ä": "ae", "ö": "oe", "ü": "ue", "å": "aa", "ø": "oe"}
_WRITTEN_OUT = re.compile(r"(?<=[^aeiou])(a|o|u)e(?=[^aeiou])")
_TITLES = words_set("dr prof mr mrs ms miss mx herr frau sr sra jr rn phd md psyd lcsw lmft lpc the and of at for")
_PARTICLES = words_set("von van der den del de la le da do dos das di du el al bin bint ibn y e zu zur ter ten")
_LEAST_LETTERS = 3
_JOINED = re.compile(r"^([OD])(?=[A-Z][a-z])")
_LONGEST_UNCASED = 6


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


@dataclass(frozen=True)
class Term:
    """A known text and what stands instead.

    Attributes:
        source: Its pattern, for a folded text or for one as it is read; compiled when a text may hold it.
        ordinary: Whether it is an ordinary word as well, such as "Will".
        needle: Folded letters without which it can't be found, so that most texts needn't be searched.
    """

    source: str
    role: str
    on_folded: bool = True
    ordinary: bool = False
    needle: str = ""

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """What is searched for."""
        return re.compile(self.source)


@dataclass(frozen=True, slots=True)
class Known:
    """What is looked for of one identity, or of several.

    Attributes:
        terms: With their weights: the heavier goes first, so that a whole name goes before its parts.
        words: Name words and initials, folded and without spaces, with the role; for letters that stand apart.
        asked: Words, folded, that are names and ordinary words alike: asked about where they have no capital.
        initials: Initials that mean something else, too, such as "ER"; asked about.
    """

    terms: list[tuple[int, Term]] = field(default_factory=list)
    words: dict[str, str] = field(default_factory=dict)
    asked: set[str] = field(default_factory=set)
    initials: set[str] = field(default_factory=set)


def known_of(
    identities: Sequence[Identity], common: Collection[str], cache: dict[Identity, Known] | None = None
) -> Known:
    """All that is looked for of some people, the heaviest first.

    Args:
        identities: Of two that fit equally well, the first gives the role.
        common: Ordinary words, folded; a name that is one is looked for only where it has a capital.
        cache: What was made before of the same identities with the same words; it is filled.
    """
    together = Known()
    for identity in identities:
        one = cache.get(identity) if cache is not None else None
        if one is None:
            one = _known(identity, common)
            if cache is not None:
                cache[identity] = one
        together.terms.extend(one.terms)
        for word, role in one.words.items():
            together.words.setdefault(word, role)
        together.asked.update(one.asked)
        together.initials.update(one.initials)
    together.terms.sort(key=lambda pair: -pair[0])
    return together


def _known(identity: Identity, common: Collection[str]) -> Known:
    known = Known()
    for name in dict.fromkeys(identity.names):
        words = [word for word in _parts(straightened(name)) if plain(word) not in _TITLES]
        if words:
            _add_name(known, identity, words, common)
    for place in dict.fromkeys(identity.places):
        for weight, pattern, needle, on_folded in place_patterns(straightened(place), common):
            known.terms.append((weight, Term(pattern, "[address]", on_folded, needle=needle)))
    known.terms.extend(_mark_terms(identity))
    return known


def spellings_of(name: str) -> set[str]:
    """A name without capitals and accents, as it may be written: "Müller" also as "Mueller", and the other way round."""
    lowered = name.casefold()
    german = "".join(_UMLAUTS.get(c, c) for c in lowered)
    return {plain(name), plain(german), _WRITTEN_OUT.sub(r"\1", plain(name))} - {""}


def _parts(name: str) -> list[str]:
    words = [word.strip(".,'’\"“”()") for word in re.split(r"[\s\-\u2010-\u2015,/()\"“”·・]+", name)]
    return [_JOINED.sub(r"\1'", word) for word in words if word]


def _add_name(known: Known, identity: Identity, words: list[str], common: Collection[str]) -> None:
    role = identity.role
    pairs = ["".join(pair) for pair in pairwise(words)] if not identity.whole_names else []
    for whole in (" ".join(words), "".join(words), " ".join(reversed(words)), "".join(reversed(words)), *pairs):
        small = len(whole) < _LEAST_LETTERS and has_cases(whole)
        if small or (len(words) == 1 and (plain(whole) in common or not has_cases(whole))):
            continue
        for variant in spellings_of(whole):
            known.terms.append((len(variant) + 100, _term(variant, role)))
            known.words.setdefault(re.sub(r"[\s'\-]", "", variant), role)
    if identity.whole_names:
        if len(words) == 1 and not has_cases(words[0]):
            known.terms.append((len(words[0]), _term(plain(words[0]), role)))
        return
    _add_initials(known, words, role, common)
    for word in words:
        if not any(letter.isalpha() for letter in word):
            continue  # "Maren Holt 2"
        if has_cases(word):
            _add_part(known, word, role, common, alone=len(words) == 1)
        else:
            _add_uncased(known, word, role)


def _term(variant: str, role: str) -> Term:
    pattern, needle = bounded(variant)
    return Term(pattern, role, needle=needle)


def _add_initials(known: Known, words: Sequence[str], role: str, common: Collection[str]) -> None:
    """Initials such as M., M. H., M.A.H. and MAH."""
    letters = [word[0] for word in words if word[0] != word[0].lower()]
    if not letters:
        return
    owns = r"(?:['’]s)?"
    for each in {tuple(letters), (letters[0], letters[-1])} if len(letters) > 1 else ():
        dotted = r"\.\s?-?".join(map(re.escape, each))
        anyhow = "(?i)" if len(each) >= _LEAST_LETTERS else ""
        pattern = rf"{anyhow}(?<![^\W_]){dotted}(?:\.|(?![^\W_])){owns}"
        needle = f"{plain(each[0])}."
        known.terms.append((len(each) + 2, Term(pattern, role, on_folded=False, needle=needle)))
        together = "".join(each)
        known.words.setdefault(plain(together), role)
        if plain(together) in common:
            known.initials.add(together)
        else:
            close = rf"(?<![^\W_]){re.escape(together)}(?:s|['’]s)?(?![^\W_])"
            known.terms.append((len(each) + 1, Term(close, role, on_folded=False, needle=plain(together))))
    alone = rf"(?<![^\W_]){re.escape(letters[0])}\.(?=\s+[^\W\d_]|\s*$|['’,;)]){owns}"
    known.terms.append((2, Term(alone, role, on_folded=False, needle=f"{plain(letters[0])}.")))


def _add_part(known: Known, word: str, role: str, common: Collection[str], *, alone: bool) -> None:
    lowered = plain(word)
    capital = word[:1] != word[:1].lower()
    if lowered in _PARTICLES and not capital and (lowered in common or len(lowered) < _LEAST_LETTERS):
        return
    if len(lowered) < _LEAST_LETTERS or lowered in common:
        if not capital:
            return  # "sister" or "helper" in a field for names: a role, not a name
        # An ordinary word, too ("Hope", "Will", "Li"): only where it is written like a name; else it is asked about.
        exact = rf"(?<![^\W_])(?:{re.escape(word)}|{re.escape(word.upper())})(?:['’]s|s['’]|s)?(?![^\W_])"
        if len(lowered) > 1 or alone:
            term = Term(exact, role, on_folded=False, ordinary=True, needle=lowered if word.isascii() else "")
            known.terms.append((len(word), term))
            known.words.setdefault(lowered, role)
            if lowered not in _PARTICLES:
                known.asked.add(lowered)
        return
    inner = [part for part in re.split(r"['’]", word)[1:] if len(part) > _LEAST_LETTERS]
    for variant in {spelled for one in (word, *inner) for spelled in spellings_of(one)}:
        known.terms.append((len(variant), _term(variant, role)))
        known.words.setdefault(variant.replace("'", ""), role)


def _add_uncased(known: Known, word: str, role: str) -> None:
    """A name in a script without capitals: as a whole; where no space parts it, also its beginnings and its ends."""
    known.terms.append((len(word) + 100, _term(plain(word), role)))
    if not re.fullmatch(rf"[{UNCASED}]{{2,{_LONGEST_UNCASED}}}", word):
        return
    for place in range(1, len(word)):
        for part in (word[:place], word[place:]):
            known.terms.append((len(part), _term(plain(part), role)))


def _mark_terms(identity: Identity) -> Iterator[tuple[int, Term]]:
    for mark in identity.marks:
        words = re.findall(r"[^\W_]+", plain(straightened(mark)))
        if sum(map(len, words)) >= _LEAST_LETTERS - 1:
            body = r"[\W_]{0,3}".join(map(re.escape, words))
            what = "e-mail" if "@" in mark else "reference"
            pattern = rf"(?<![^\W_]){body}(?:'s)?(?![^\W_])"
            yield len(mark) + 200, Term(pattern, f"[{what}]", needle=max(words, key=len))
