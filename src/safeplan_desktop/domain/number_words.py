"""Days and years that are written as words, in English, German and Spanish."""

from __future__ import annotations

import re
from itertools import chain

YEAR_IN_WORDS = (
    r"(?:eighteen|nineteen|twenty|two\s+thousand)(?:[\s\-]+(?:hundred|and|oh|ten|eleven|twelve|\w+teen|twenty|thirty|forty|fifty|sixty|seventy|"
    r"eighty|ninety|one|two|three|four|five|six|seven|eight|nine)(?!\w)){1,4}"
)
"""A pattern of years such as "nineteen fifty-eight"."""


def _listed(words: str) -> list[str]:
    return words.split()


_SMALL = _listed(
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen"
)
_TENS = _listed("twenty thirty forty fifty sixty seventy eighty ninety")
_ENGLISH = _listed(
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth sixteenth "
    "seventeenth eighteenth nineteenth twentieth"
)
_GERMAN = _listed(
    "erst zweit dritt viert fünft sechst siebt acht neunt zehnt elft zwölft dreizehnt vierzehnt fünfzehnt sechzehnt siebzehnt achtzehnt "
    "neunzehnt zwanzigst"
)
_GERMAN_ONES = _listed("einund zweiund dreiund vierund fünfund sechsund siebenund achtund neunund")
_SPANISH = _listed(
    "uno dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce quince dieciséis diecisiete dieciocho diecinueve "
    "veinte veintiuno veintidós veintitrés veinticuatro veinticinco veintiséis veintisiete veintiocho veintinueve treinta"
)
SPANISH_DAYS = {"primero": 1, "treinta y uno": 31} | {word: number for number, word in enumerate(_SPANISH, start=1)}


def _english() -> dict[str, int]:
    found = {word: number for number, word in enumerate(_ENGLISH, start=1)}
    for number, word in enumerate(_ENGLISH[:9], start=1):
        found[f"twenty-{word}"] = found[f"twenty {word}"] = 20 + number
    return found | {"thirtieth": 30, "thirty-first": 31, "thirty first": 31}


def _german() -> dict[str, int]:
    numbered = chain(
        enumerate(_GERMAN, start=1),
        enumerate((f"{one}zwanzigst" for one in _GERMAN_ONES), start=21),
        ((30, "dreißigst"), (31, "einunddreißigst")),
    )
    return {f"{word}e{ending}": number for number, word in numbered for ending in ("", "n", "r", "s")}


DAY_WORDS = {**_english(), **_german(), **SPANISH_DAYS}
"""Words of a day of the month, in small letters, with the day."""


def year_of_words(words: str) -> int:
    """The year that words such as "nineteen fifty-eight" mean."""
    parts = [part for part in re.split(r"[\s\-]+", words.casefold()) if part not in ("hundred", "and", "oh")]
    century = {"eighteen": 1800, "nineteen": 1900}.get(parts[0], 2000)
    low = 0
    for part in parts[2:] if parts[0] == "two" else parts[1:]:
        if part in _SMALL:
            low += _SMALL.index(part)
        elif part in _TENS:
            low += 20 + 10 * _TENS.index(part)
    return century + low
