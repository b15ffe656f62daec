"""The place in a text where searched words stand, as a list shows it."""

from __future__ import annotations

import re

from safeplan_desktop.domain.readable_text import has_cases, plain

_WORD = re.compile(r"[^\W_]+")
_HIDDEN = "[name]"
_RUN = re.compile(r"\[name\](?:[ '’-]+\[name\])+")


def without_name(excerpt: str, name: str) -> str:
    """The excerpt with a person's names hidden: a word of the name counts where it has a capital, as names do."""
    names = {plain(word) for word in _WORD.findall(name)}

    def hidden(match: re.Match[str]) -> str:
        word = match[0]
        is_name = plain(word) in names and (not has_cases(word) or word[0].isupper())
        return _HIDDEN if is_name else word

    return _RUN.sub(_HIDDEN, _WORD.sub(hidden, excerpt))
