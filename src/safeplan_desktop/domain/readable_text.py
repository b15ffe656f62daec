"""Text as it is read: without what can't be seen, in letters of one width, and without accents where names are compared."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

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
    "ة": "ه",  # both ends of the same Arabic names
    "ـ": "",  # the line that stretches Arabic letters
}
_APOSTROPHES = frozenset("’‘ʼʹ`´′＇")
_HYPHENS = frozenset("\u2010\u2011\u2012\u2013\u2014\u2015\u2212")
_JOINERS = "\u200c\u200d"
_UNSEEN = frozenset("\u034f\u115f\u1160\u3164\ufe0e\ufe0f")
_WIDE = ((0xFF00, 0xFFEF), (0x1D400, 0x1D7FF), (0x2460, 0x24FF), (0x1F100, 0x1F1AF))
MARKS = "".join(chr(code) for code in range(0x300, 0x1200) if unicodedata.category(chr(code)).startswith("M"))
"""Signs above, below and behind letters, which patterns don't count among letters."""
UNCASED = "\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\uac00-\ud7a3"
"""Letters of Chinese, Japanese and Korean, which are written without spaces or with endings."""
_SPACED = re.compile(r"(?<![^\W_])[^\W_](?:[\s.\-_*·]{1,2}[^\W_])+(?![^\W_])")


def straightened(text: str) -> str:
    """The text as it is read: composed letters, nothing unseen, letters and digits of the usual width."""
    kept: list[str] = []
    for character in unicodedata.normalize("NFC", text):
        if character in _JOINERS and kept and not _cased(kept[-1]) and not kept[-1].isspace():
            kept.append(character)  # Persian, Hindi and faces of several parts need them
        elif character in _UNSEEN or unicodedata.category(character) == "Cf":
            continue
        elif any(low <= ord(character) <= high for low, high in _WIDE):
            kept.append(unicodedata.normalize("NFKC", character))
        else:
            kept.append(character)
    return unicodedata.normalize("NFC", "".join(kept))


def _cased(character: str) -> bool:
    return character.upper() != character.lower()


def has_cases(word: str) -> bool:
    """Whether a word is of a script with capitals."""
    return word.upper() != word.lower()


def folded(text: str) -> tuple[str, list[int]]:
    """The text without accents and capitals, and for each of its letters its place in the original."""
    if text.isascii():
        lowered = text.lower().replace("`", "'")
        return lowered, [*range(len(text) + 1)]
    letters: list[str] = []
    places: list[int] = []
    for place, character in enumerate(text):
        for letter in _plain_letters(character):
            letters.append(letter)
            places.append(place)
    places.append(len(text))
    return "".join(letters), places


@lru_cache(maxsize=4096)
def _plain_letters(character: str) -> str:
    if character in _APOSTROPHES:
        return "'"
    if character in _HYPHENS:
        return "-"
    if character in _UNSEEN or unicodedata.category(character) == "Cf":
        return ""
    small = character.casefold()
    return "".join(c for c in unicodedata.normalize("NFKD", _LETTERS.get(small, small)) if not unicodedata.combining(c))


def plain(text: str) -> str:
    """The text without accents and capitals."""
    return folded(text)[0]


def digits_of(text: str) -> str:
    """Only the digits, whatever script they are written in."""
    return "".join(str(unicodedata.digit(c)) for c in text if unicodedata.digit(c, None) is not None)


def spaced_runs(text: str) -> list[tuple[int, int, str]]:
    """Letters that stand apart, such as "M a y a": where, and joined; of a folded text or another."""
    return [(*match.span(), re.sub(r"[\s.\-_*·]", "", match[0])) for match in _SPACED.finditer(text)]


_ENDS = frozenset('.!?:;\n“”"«»„•-–—(')
_TITLE = re.compile(r"(?<![^\W_])(?:Mrs?|Ms|Mx|Dr|Prof|Sra?|Fr|Hr|Rev|St)\.$")


def begins(text: str, place: int) -> bool:
    """Whether a sentence begins at this place, so that a capital there says nothing."""
    before = text[:place].rstrip(" \t'\"‘’“”")
    return not before or (before[-1] in _ENDS and not _TITLE.search(before))


def words_set(words: str) -> frozenset[str]:
    """The words of a text, as a set."""
    return frozenset(words.split())
