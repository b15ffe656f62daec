"""A folded name as a pattern, by the habits of its script: endings, prefixes, and scripts without spaces."""

from __future__ import annotations

import re
import unicodedata

from safeplan_desktop.domain.readable_text import UNCASED, has_cases

_ENDINGS = "аяоеиіьъςσαηεουω"
_SHORT_ENDINGS = "а|я|у|ю|ы|и|е|і|є|о|ои|еи|ою|ею|ом|ем|ям|ах|ях|ові|еві"
_LEAST_STEM = 3
_ARTICLE = "ال"
_LEAST_ARABIC = 5
"""Letters; what is left of a shorter name without its article may be a preposition."""
_FLEETING = re.compile(r"(?<=[бвгджзклмнпрстфхцчшщ])[еоє](?=[кцлнрв]$)")
_HONORIFICS = "さん|くん|ちゃん|さま|様|氏|君|先生|女士|小姐|씨|님|이가|에게|이|가|은|는|을|를|의|와|과|야|아"
_OWN = r"(?:'s|s'|es|s)?"
_TITLE = r"(?:(?:dr|prof|mr|mrs|ms|miss)\.? )?"


def bounded(term: str) -> tuple[str, str]:
    """A pattern for a folded name, with letters that every text which holds it has."""
    parts = [part for part in re.split(r"[\s\-]+", term) if part]
    longest = max(parts, key=len, default="")
    if has_cases(term):
        if term.isascii() or len(term) < _LEAST_STEM:
            return rf"(?<![^\W_]){_TITLE}{_spelled(parts)}{_OWN}(?![^\W_])", _needle(parts)
        body = r"[\s\-]+".join(_inflected(part) for part in parts)
        return rf"(?<![^\W_]){body}(?![^\W_])", longest[: 2 if len(longest) > _LEAST_STEM else 1]
    return _without_capitals(term, parts, longest)


def _without_capitals(term: str, parts: list[str], longest: str) -> tuple[str, str]:
    body = r"[\s\-·・]*".join(map(re.escape, parts))
    script = unicodedata.name(term[0], "").split()[0]
    if script == "ARABIC":
        bare = [part.removeprefix(_ARTICLE) if len(part) > _LEAST_ARABIC else part for part in parts]
        body = r"[\s\-]*".join(map(re.escape, bare))
        return rf"(?<![^\W_])(?:لل|[وفبكلس]{{0,2}}(?:{_ARTICLE})?){body}(?![^\W_])", max(bare, key=len)
    if script == "HEBREW":
        return rf"(?<![^\W_])[והבלמשכ]{{0,2}}{body}(?![^\W_])", longest
    if not re.match(rf"[{UNCASED}]", term):
        return body, longest
    if len(term) == 1:
        # One sign is a name only where it stands alone; in a longer run the whole run is asked about.
        return rf"(?<![{UNCASED}]){body}(?:{_HONORIFICS})?(?![{UNCASED}])", longest
    return rf"{body}(?:{_HONORIFICS})?", longest


def _spelled(parts: list[str]) -> str:
    """Apostrophes may be left out, or a space may stand instead."""
    return r"[\s\-]+".join(re.escape(part).replace("'", r"['\s]?") for part in parts)


def _needle(parts: list[str]) -> str:
    pieces = [piece for part in parts for piece in part.split("'")]
    return max(pieces, key=len, default="")


def _inflected(word: str) -> str:
    """Names change their endings in Cyrillic and Greek; in Russian a vowel before the last letter may go."""
    if word.isascii():
        return re.escape(word)
    stem = word.rstrip(_ENDINGS)
    if len(stem) < _LEAST_STEM:
        stem = word[:-1] if word[-1] in _ENDINGS else word
        return rf"{re.escape(stem)}(?:{_SHORT_ENDINGS})?"
    shorter = _FLEETING.sub("", stem)
    either = re.escape(stem) if shorter == stem else rf"(?:{re.escape(stem)}|{re.escape(shorter)})"
    return rf"{either}[^\W\d_]{{0,3}}"
