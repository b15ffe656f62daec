"""Numbers, codes and addresses of the net in a text: what they look like, and which digits are said in words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from safeplan_desktop.domain.readable_text import digits_of, words_set

EMERGENCY = words_set("911 112 999 988 111 000 110 113 114 116 117 118 119 143 144 133 142 741741 85258 116123 131114")
RUN = re.compile(r"(?<![\w:.])[+(]{0,2}\d(?:[\s().\-/\u2010-\u2015\u00a0\u202f]{0,3}\d)+(?![\w:]\d)")
EMAIL = re.compile(
    r"[\w.+\-]+@[\w\-]+(?:\.[\w\-]+)*|"
    r"[\w.+\-]+(?:\s+(?:dot|punkt|punto|point)\s+[\w\-]+)*\s+at\s+[\w\-]+(?:\s+(?:dot|punkt|punto|point)\s+[\w\-]+)+|"
    r"[\w.+\-]+\s*[(\[{]\s*(?:at|ät|arroba)\s*[)\]}]\s*[\w.\-]+(?:\s*[(\[{]\s*dot\s*[)\]}]\s*\w+)*",
    re.IGNORECASE,
)
_DOMAINS = "com|org|net|edu|gov|info|app|io|me|example|test|local|eu|uk|de|fr|es|it|pt|pl|nl|se|no|dk|fi|ua|us|ca|au|ch|at|be|ie|nz|in|cn|jp|kr|br|mx"
LINK = re.compile(
    rf"(?:https?://|www\.)\S+|(?<!\w)@\w{{2,}}|(?<![\w@.])(?:[a-z0-9][a-z0-9\-]*\.)+(?:{_DOMAINS})(?:[/?#]\S*|(?!\w))",
    re.IGNORECASE,
)
NET = re.compile(
    r"(?<![\w.])\d{1,3}(?:\.\d{1,3}){3}(?![\w.]?\d)|(?<![\w:])(?:[0-9a-f]{2}[:\-]){5}[0-9a-f]{2}(?![\w:])|"
    r"(?<![\w:])(?=[0-9a-f:]*(?:::|[a-f]))(?:[0-9a-f]{0,4}:){2,7}[0-9a-f]{1,4}(?![\w:])",
    re.IGNORECASE,
)
PLATE = re.compile(
    r"\b(?i:(?:licen[cs]e|number|registration)\s*plate|plate|registration|kennzeichen|nummernschild|matr[ií]cula)\b"
    r"\W{0,3}(?:(?i:no|number|nr|is|was)\b\.?\W{0,2})?((?=[A-Z\- ]*\d)[A-Z0-9](?:[A-Z0-9]|[\-· ](?=[A-Z0-9])){1,9})(?!\w)"
)
GERMAN_PLATE = re.compile(r"(?<!\w)[A-ZÄÖÜ]{1,3}[\-–·][A-ZÄÖÜ]{1,2}[\s\-]?\d{1,4}[EH]?(?!\w)")
_OTHER_PLATE = re.compile(r"(?<!\w)[A-Z]{2,3}[\s\-]\d{3,4}(?![\w/])")
_CODE = re.compile(r"(?<!\w)(?=\w*\d)(?=\w*[^\W\d_])\w+(?:[\-/]\w+)*|(?<!\w)[A-Z]{1,5}[\-/]\d+(?:[\-/]\d+)*")
_WITH_UNIT = re.compile(
    r"[1-8]?\d(?:st|nd|rd|th|s)|\d+(?:mg|mcg|µg|g|kg|ml|l|cl|min|mins|h|hr|hrs|d|km|mi|m|cm|mm|x|bpm|yo|yr|yrs|wks?|jährige?[rnms]?)"
    r"|[1-8]?\d-(?:year|month|week|day|hour|minute|jährige?[rnms]?)(?:s|-old|-olds)?",
    re.IGNORECASE,
)
_SHORT_RUN = re.compile(r"(?<![\w:,])(?<![^.]\.)\d{3,}(?![\w:]|[.,]\d|/\d{2,3}(?!\d))")
_PARTED_RUN = re.compile(r"(?<![\w:.,])\d+(?:[ \u00a0\u202f]\d+)+(?![\w:]|[.,]\d)")
_NINETIES = re.compile(
    r"(?<![\w:.,/$€£])9\d(?![\w:%°]|[.,/]\d|[\s\-]*(?:min|sec|hour|day|week|month|m?c?g\b|ml\b|%|km\b|mile|per\s?cent|kg\b|lb|bpm|beats|of\b|out\b))"
)
_LEAST_PARTED = 4
_LEAST_SAID = 3

_WORDS = {
    **dict(
        zip(["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"], range(10), strict=True)
    ),
    **dict(
        zip(["null", "eins", "zwei", "drei", "vier", "fünf", "sechs", "sieben", "acht", "neun"], range(10), strict=True)
    ),
    **dict(
        zip(["cero", "uno", "dos", "tres", "cuatro", "cinco", "seis", "siete", "ocho", "nueve"], range(10), strict=True)
    ),
    "oh": 0,
    "nought": 0,
    "zwo": 2,
}
_TIMES = {"double": 2, "doppel": 2, "triple": 3}
_TOKEN = rf"(?:(?:{'|'.join(_TIMES)})\s+)?(?:{'|'.join(sorted(_WORDS, key=len, reverse=True))}|\d)|\d+"
_SAID = re.compile(rf"(?<![\w.])(?:{_TOKEN})(?:[\s,.\-]+(?:{_TOKEN}))+(?!\w)", re.IGNORECASE)
_ONE = re.compile(
    rf"(?:({'|'.join(_TIMES)})\s+)?({'|'.join(sorted(_WORDS, key=len, reverse=True))}|\d+)", re.IGNORECASE
)


def said_in(text: str) -> Iterator[tuple[int, int, str]]:
    """Digits that are said in words, alone or among others: where, and which."""
    for match in _SAID.finditer(text):
        digits, words = "", 0
        for one in _ONE.finditer(match[0]):
            word = one[2].casefold()
            words += word in _WORDS or one[1] is not None
            digits += str(_WORDS.get(word, word)) * _TIMES.get((one[1] or "").casefold(), 1)
        if words and len(digits_of(digits)) >= _LEAST_SAID:
            yield *match.span(), digits


def doubtful_numbers(text: str) -> Iterator[tuple[int, int]]:
    """Where numbers and codes stand that may be of somebody."""
    for match in (*_SHORT_RUN.finditer(text), *_OTHER_PLATE.finditer(text)):
        if match[0] not in EMERGENCY and digits_of(match[0]) not in EMERGENCY:
            yield match.span()
    for match in _PARTED_RUN.finditer(text):
        if len(digits_of(match[0])) >= _LEAST_PARTED:
            yield match.span()
    for match in _CODE.finditer(text):
        if sum(map(str.isdigit, match[0])) > 1 and not _WITH_UNIT.fullmatch(match[0]):
            yield match.span()
    yield from (match.span() for match in _NINETIES.finditer(text))
    for start, end, digits in said_in(text):
        if sum(map(str.isalpha, text[start:end])) and len(digits) >= _LEAST_SAID:
            yield start, end


_TAIL, _WIDEST_GAP, _LONGEST_PREFIX = 7, 3, 8
_BEFORE = re.compile(r"[\s().\-/_·\u2010-\u2015]{0,2}")


def known_in(text: str, known: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Where known numbers stand, whatever signs part their digits; country and area before them belong to them.

    Args:
        text: As typed.
        known: Their digits, the longest first; the last seven tell a number.
    """
    places = [place for place, letter in enumerate(text) if letter.isdecimal()]
    digits = "".join(str(int(text[place])) for place in places)

    def apart(n: int) -> bool:
        between = text[places[n] + 1 : places[n + 1]]
        return len(between) <= _WIDEST_GAP and not any(letter.isalnum() for letter in between)

    for number in known:
        tail, before = number[-_TAIL:], number[-_TAIL - 1 :: -1] if len(number) > _TAIL else ""
        at = digits.find(tail)
        while at >= 0:
            if all(apart(n) for n in range(at, at + _TAIL - 1)):
                begin = at
                for digit in before:
                    if begin == 0 or digits[begin - 1] != digit or not apart(begin - 1):
                        break
                    begin -= 1
                while begin > max(0, at - _LONGEST_PREFIX) and _BEFORE.fullmatch(
                    text, places[begin - 1] + 1, places[begin]
                ):
                    begin -= 1
                start = places[begin]
                while start > 0 and text[start - 1] in "+(":
                    start -= 1
                yield start, places[at + _TAIL - 1] + 1
            at = digits.find(tail, at + 1)
