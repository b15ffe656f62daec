"""Patterns (regular expressions) inside a file's expressions: only those that can't try many ways for long.

A pattern out of a file may be written so that matching thirty letters takes longer than anybody waits. Published ones pick
link ids ("^phq9-q[1-9]$"); for these, a few choices and two parts that repeat without an end are enough.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

_LONGEST_PATTERN = 1000
_LONGEST_WORD = 300
_MOST_WAYS = 256
_MOST_ENDLESS = 2
_STEPS_IN_A_UNIT = 500
_ESCAPED = re.compile(r"\\(.)", re.DOTALL)
# What a backslash may stand before besides signs: the kinds of letters, and their borders, that all dialects know.
_KNOWN_KINDS = frozenset("dDwWsSbB")
_SET = re.compile(r"\[\^?\]?[^\[\]]*\]")
_FIXED = re.compile(r"(?<!\))\{([1-9]|1\d)\}")
_GROUP = re.compile(r"\((?:\?:)?([^()]*)\)")
_REPEATS = re.compile(r"[*+]|\{")


@dataclass(frozen=True, slots=True)
class _Pattern:
    found: re.Pattern[str]
    ways: int
    endless: int


def is_quick(pattern: str) -> bool:
    """Whether a pattern, as it stands between quotes in FHIRPath, is one that this program runs."""
    return _read(_unquoted(pattern)) is not None


def units(pattern: str, words: Iterable[str]) -> int:
    """How much work it makes to look for a pattern, as it stands between quotes, once in each of the words."""
    read = _read(_unquoted(pattern))
    if read is None:
        return 0
    steps: int = sum(read.ways * max(len(word), 30) ** (read.endless + 1) for word in words)
    return steps // _STEPS_IN_A_UNIT


@lru_cache(maxsize=20_000)
def has(word: str, pattern: str) -> bool:
    """Whether a word holds the pattern somewhere.

    Raises:
        ValueError: for a pattern that isn't run here, and for a very long word.
    """
    read = _read(pattern)
    if read is None or len(word) > _LONGEST_WORD:
        raise ValueError("This pattern could take too long to look for.")
    return read.found.search(word) is not None


def _unquoted(pattern: str) -> str:
    """What a text between quotes means in FHIRPath, where a backslash escapes, too."""
    return pattern.replace("\\'", "'").replace("\\\\", "\\")


@lru_cache(maxsize=256)
def _read(pattern: str) -> _Pattern | None:
    if len(pattern) > _LONGEST_PATTERN:
        return None
    if any(one.isalnum() and one not in _KNOWN_KINDS for one in _ESCAPED.findall(pattern)):
        return None
    bare = _FIXED.sub("", _SET.sub("a", _ESCAPED.sub("a", pattern)))
    ways = 2 ** min(bare.replace("(?:", "(").count("?"), 20)
    while (group := _GROUP.search(bare)) is not None:
        inside = group[1]
        if _REPEATS.match(bare[group.end() : group.end() + 1]):
            return None
        ways *= inside.count("|") + 1
        # What repeats inside a group still repeats.
        bare = f"{bare[: group.start()]}a{'*' * len(_REPEATS.findall(inside))}{bare[group.end() :]}"
    ways *= bare.count("|") + 1
    endless = len(_REPEATS.findall(bare))
    if endless > _MOST_ENDLESS or ways > _MOST_WAYS or "(" in bare:
        return None
    try:
        return _Pattern(re.compile(pattern, re.DOTALL), ways, endless)
    except re.error:
        return None
