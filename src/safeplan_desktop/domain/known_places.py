"""Known addresses as patterns, whichever way streets are shortened, and what looks like an address of anybody."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from safeplan_desktop.domain.readable_text import plain, words_set

_BEFORE = words_set(
    "calle c rue via viale piazza plaza avenida avda av rua ul ulica boulevard camino paseo chemin allee"
)
_BEHIND = words_set(
    "street st str road rd avenue ave av drive dr lane ln court ct place pl square sq boulevard blvd terrace ter "
    "crescent cres close cl way parkway pkwy highway hwy circle cir trail trl row walk alley gate mews gardens gdns gdn "
    "grove grv strasse weg platz gasse allee"
)
_COMPOUND = re.compile(r"(?:strasse|str)$")
_SIDES = words_set("north south east west n s e w ne nw se sw")
_INNER = words_set("suite ste floor fl apartment apt unit flat room rm building block house no nr bell door")
_PLAIN = (
    _BEFORE | _BEHIND | _SIDES | _INNER | words_set("city town county state country united the and of at for on de la")
)
_LEAST_LETTERS = 3
_NUMBER = re.compile(r"\d{1,5}[a-z]?")
_ROOM_BEHIND = r"(?:[\s,]*(?:(?:suite|ste|apt|apartment|unit|flat|floor|no|nr)(?![^\W_])\.?|#)\s*\w{1,4}(?![^\W_]))?"
_ANY_NUMBER = r"(?:(?<![^\W_])\d{1,5}\s?[a-z]?[\s,]+)?"

_NUMBERED = r"(?<!\w)\d{1,5}[A-Za-z]?\s+"
_ROOM = r"\b\.?(?:,?\s+(?i:suite|ste|apt|apartment|unit|flat|no)\.?\s*\w+)?"
_HOUSE = r"(?:,?\s+(?i:n\.?º|no\.?|nr\.?)?\s*\d{1,4}\s?[A-Za-z]?(?!\w))"
# "20 minutes on the way" is no address: what is an ordinary word, too, counts only behind words with capitals.
STREET = re.compile(
    rf"{_NUMBERED}(?:[^\W\d_][\w'’.\-]*\s+){{1,4}}(?i:street|avenue|ave|road|rd|boulevard|blvd|terrace|crescent){_ROOM}|"
    rf"{_NUMBERED}(?:[^\W\d_a-z][\w'’.\-]*\s+){{1,4}}(?i:st|lane|ln|drive|dr|court|ct|place|pl|square|sq|way|close){_ROOM}|"
    rf"(?<!\w)(?:[Cc]/\s*|(?:[Cc]alle|[Aa]venida|[Aa]vda\.?|[Pp]laza|[Rr]ue|Via|Viale|[Rr]ua|ul\.|[Uu]lica)\s+)"
    rf"(?:(?:de|la|los|las|del|du|des)\s+)*[^\W\d_a-z][\w'’.\-]*(?:\s+[^\W\d_][\w'’.\-]*){{0,3}}?{_HOUSE}|"
    rf"(?<!\w)[^\W\d_a-z][^\W\d_]{{2,}}(?:stra(?:ß|ss)e|str\.|gasse|allee|platz|weg){_HOUSE.replace('+', '*', 1)}"
)
"""An address of anybody: a number before or behind what streets are called."""


Found = tuple[int, str, str, bool]
"""How much a pattern weighs, the pattern, letters that it can't do without, and whether it is for a folded text."""


def place_patterns(place: str, common: Collection[str]) -> Iterator[Found]:
    """Patterns of a known place.

    Args:
        place: As written in the records.
        common: Ordinary words, folded; one that is part of a place is looked for only where it has a capital.
    """
    for piece in {place, *re.split(r"[,\n;]", place)}:
        words = re.findall(r"[^\W_]+", plain(piece))
        if len(words) > 1 or (words and len(words[0]) >= _LEAST_LETTERS and words[0] not in _PLAIN):
            code = all(len(word) <= 4 for word in words) and any(c.isdigit() for c in piece)  # noqa: PLR2004 - "OX4 1AB"
            body = (r"[\s,.\-]*" if code else r"[\s,.\-]+").join(map(re.escape, words))
            yield sum(map(len, words)) + 200, rf"(?<![^\W_]){body}(?![^\W_])", max(words, key=len), True
        if piece != place or not re.search(r"[,\n;]", place):
            yield from _streets(words, common)
    for house, room in re.findall(r"(?<!\w)(\d+[a-z]?)\s?/\s?(\d+[a-z]?)(?!\w)", plain(place)):
        # Without its street as well, whose name may have another ending.
        yield len(house) + len(room), rf"(?<![\w/]){house}\s?/\s?{room}(?![\w/])", house, True
    for word in re.findall(r"[^\W_]+", place):
        yield from _word(word, common)


def _streets(words: list[str], common: Collection[str]) -> Iterator[Found]:
    """A street with or without its number, and with its kind written out, shortened or left out."""
    numbers = [word for word in words if _NUMBER.fullmatch(word)]
    core = [word for word in words if word not in _BEFORE | _BEHIND | _SIDES | _INNER and not word[0].isdigit()]
    if not core or not any(word in _BEFORE | _BEHIND or _COMPOUND.search(word) for word in words):
        return
    core[-1] = _COMPOUND.sub("", core[-1]) or core[-1]
    body = r"[\s.,\-]+".join(map(re.escape, core))
    known = "|".join(re.sub(r"(\d)([a-z])", r"\1\\s?\2", number) for number in numbers) or r"(?!)"
    before = rf"(?:(?<![^\W_])(?:{'|'.join(sorted(_BEFORE, key=len, reverse=True))})(?:[./]\s*|\s+)(?:(?:de|la|los|las|del|du|des)\s+)*)"
    side = rf"(?:(?<![^\W_])(?:{'|'.join(_SIDES)})\.?\s+)?"
    behind = rf"(?:[\s\-]*(?:{'|'.join(sorted(_BEHIND, key=len, reverse=True))})(?![^\W\d_])\.?)"
    number = rf"(?:[\s,]*(?:no\.?|nr\.?|#)?\s*(?:{known})(?![^\W_]))"
    needle = max(core, key=len)
    edge = r"(?<![^\W_])"
    weight = sum(map(len, core)) + 120
    yield weight + 3, rf"{_ANY_NUMBER}{side}{edge}{body}{behind}{number}?{_ROOM_BEHIND}", needle, True
    yield weight + 2, rf"{edge}(?:{known})[\s,]+{side}{body}(?![^\W_]){_ROOM_BEHIND}", needle, True
    yield weight + 1, rf"(?:{edge}(?:{known})[\s,]+)?{before}{body}(?![^\W_]){number}?", needle, True
    yield weight, rf"{edge}{body}(?![^\W_]){number}", needle, True
    if not all(word in common or len(word) < _LEAST_LETTERS for word in core):
        yield weight - 1, rf"{edge}{body}(?![^\W_])", needle, True


def _word(word: str, common: Collection[str]) -> Iterator[Found]:
    lowered = plain(word)
    mixed = any(c.isdigit() for c in lowered) and any(c.isalpha() for c in lowered)
    if lowered in _PLAIN or (len(lowered) < _LEAST_LETTERS and not mixed) or (mixed and len(lowered) < 2):  # noqa: PLR2004
        return
    if lowered in common:
        if word[:1] != word[:1].lower():
            yield len(word), rf"(?<![^\W_]){re.escape(word)}(?![^\W_])", lowered, False
        return
    german = plain("".join({"ä": "ae", "ö": "oe", "ü": "ue"}.get(c, c) for c in word.casefold()))
    for spelled in {lowered, german}:
        edged = rf"(?<![^\W_]){re.escape(spelled)}(?![^\W_])" if spelled.isascii() else re.escape(spelled)
        yield len(word), edged, spelled, True
