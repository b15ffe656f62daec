"""Reading directions: the Unicode bidirectional algorithm, by python-bidi, with what its Python form lacks.

Its newer form gives finished strings only; here each letter's level is needed, because letters are joined
by another library afterwards. The paired-bracket rule (N0) is added, and each span of text is kept
together as one embedding, so that a phone number stands the right way round between Arabic words.
"""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, Any

from bidi import algorithm

if TYPE_CHECKING:
    from collections.abc import Sequence

RIGHT_TO_LEFT = frozenset({"R", "AL"})
_UNORDERED = frozenset({"LRI", "RLI", "FSI", "PDI", "LRE", "RLE", "LRO", "RLO", "PDF", "BN"})
_RTL_LANGUAGES = frozenset({"ar", "ckb", "dv", "fa", "he", "ps", "sd", "ug", "ur", "yi"})
# A phone number reads from left to right in every language; the algorithm alone would reverse its groups.
_PHONE = re.compile(r"(?<!\w)\+?\(?\d[\d\u00a0 ().\-/]{4,}\d(?!\w)", re.ASCII)
_BRACKETS = {"(": ")", "[": "]", "{": "}"}
_OPENERS = {close: opener for opener, close in _BRACKETS.items()}


def is_right_to_left(text: str) -> bool:
    """Whether the first letter with a direction runs from right to left."""
    for character in text:
        kind = unicodedata.bidirectional(character)
        if kind in RIGHT_TO_LEFT:
            return True
        if kind == "L":
            return False
    return False


def is_right_to_left_language(language: str) -> bool:
    """Whether a language is written from right to left (BCP 47 code)."""
    return language.partition("-")[0].lower() in _RTL_LANGUAGES


def needs_ordering(text: str) -> bool:
    """Whether a text holds anything that doesn't run from left to right."""
    return not text.isascii() and any(unicodedata.bidirectional(c) in {"R", "AL", "AN"} for c in text)


def levels(spans: Sequence[str], *, right_to_left: bool) -> list[int]:
    """The embedding level of each character of the spans in turn; an odd level runs from right to left.

    Args:
        spans: The texts of one paragraph; where there are several, each is an embedding in its own direction.
        right_to_left: The direction of the paragraph itself.
    """
    base = int(right_to_left)
    storage = algorithm.get_empty_storage()
    storage["base_level"] = base
    total = 0
    for span in spans:
        embedded = len(spans) > 1
        if embedded:
            storage["chars"].append(_entry("RLE" if is_right_to_left(span) else "LRE", base, -1))
        numbers = {
            place: kind
            for match in _PHONE.finditer(span)
            for place, kind in ((match.start(), "LRE"), (match.end(), "PDF"))
        }
        for place, character in enumerate(span):
            if place in numbers:
                storage["chars"].append(_entry(numbers.pop(place), base, -1))
            kind = unicodedata.bidirectional(character) or "L"
            storage["chars"].append(_entry("BN" if kind in _UNORDERED else kind, base, total, character))
            total += 1
        # A number at the very end is closed here.
        storage["chars"] += [_entry(kind, base, -1) for kind in numbers.values()]
        if embedded:
            storage["chars"].append(_entry("PDF", base, -1))
    algorithm.explicit_embed_and_overrides(storage)
    algorithm.resolve_weak_types(storage)
    for run in storage["runs"]:
        _resolve_brackets(storage["chars"][run["start"] : run["start"] + run["length"]], run["sor"])
    algorithm.resolve_neutral_types(storage, debug=False)
    algorithm.resolve_implicit_levels(storage, debug=False)
    found: dict[int, int] = {entry["index"]: entry["level"] for entry in storage["chars"]}
    result: list[int] = []
    for index in range(total):
        # Joiners and marks that the algorithm takes out go with the letter before them.
        result.append(found.get(index, result[-1] if result else base))
    return result


def _entry(kind: str, level: int, index: int, character: str = "") -> dict[str, Any]:
    return {"ch": character, "level": level, "type": kind, "orig": kind, "index": index}


def _resolve_brackets(run: list[dict[str, Any]], before_run: str) -> None:
    """Rule N0: a pair of brackets takes the direction of what it holds, or of its surroundings."""
    for start, end in _pairs(run):
        embedding = "R" if run[start]["level"] % 2 else "L"
        inside = {strong for entry in run[start + 1 : end] if (strong := _strong(entry))}
        if embedding in inside:
            direction = embedding
        elif inside:
            earlier = (strong for entry in reversed(run[:start]) if (strong := _strong(entry)))
            direction = embedding if next(earlier, before_run) == embedding else next(iter(inside))
        else:
            continue
        for index in (start, end):
            run[index]["type"] = direction
            for follower in run[index + 1 :]:
                if follower["orig"] != "NSM":
                    break
                follower["type"] = direction


def _strong(entry: dict[str, Any]) -> str:
    kind = entry["type"]
    return "R" if kind in {"R", "EN", "AN"} else "L" if kind == "L" else ""


def _pairs(run: list[dict[str, Any]]) -> list[tuple[int, int]]:
    waiting: list[tuple[str, int]] = []
    found: list[tuple[int, int]] = []
    for index, entry in enumerate(run):
        character = entry["ch"]
        if entry["type"] != "ON":
            continue
        if character in _BRACKETS:
            waiting.append((character, index))
        elif character in _OPENERS:
            for place in range(len(waiting) - 1, -1, -1):
                if waiting[place][0] == _OPENERS[character]:
                    found.append((waiting[place][1], index))
                    del waiting[place:]
                    break
    return sorted(found)


def visual_order(unit_levels: Sequence[int]) -> list[int]:
    """Rule L2: the order, from left to right, in which the units of one line stand."""
    order = list(range(len(unit_levels)))
    odd = [level for level in unit_levels if level % 2]
    if not odd:
        return order
    for level in range(max(unit_levels), min(odd) - 1, -1):
        start = 0
        while start < len(order):
            if unit_levels[order[start]] < level:
                start += 1
                continue
            end = start
            while end < len(order) and unit_levels[order[end]] >= level:
                end += 1
            order[start:end] = reversed(order[start:end])
            start = end
    return order
