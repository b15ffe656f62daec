"""The place in a text where searched words stand, as a list shows it."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass

from safeplan_desktop.domain.readable_text import has_cases, plain

_WORD = re.compile(r"[^\W_]+")
_HIDDEN = "[name]"
_RUN = re.compile(r"\[name\](?:[ '’-]+\[name\])+")
_BETWEEN = re.compile(r"[\s\x02\x03.'’-]{1,4}")
"""What may stand between the words of one name, marks of found words among it."""


def without_name(excerpt: str, name: str) -> str:
    """The excerpt with a person's names hidden: a word of the name counts where it has a capital, as names do."""
    if len(name) > 1 and not has_cases(name):
        excerpt = excerpt.replace(name, _HIDDEN)
    names = {plain(word) for word in _WORD.findall(name)}

    def hidden(match: re.Match[str]) -> str:
        word = match[0]
        is_name = plain(word) in names and (not has_cases(word) or word[0].isupper())
        return _HIDDEN if is_name else word

    return _RUN.sub(_HIDDEN, _WORD.sub(hidden, excerpt))


def _folded(word: str) -> str:
    return word.lower() if word.isascii() else plain(word)


def _says_little(word: str) -> bool:
    """Whether a word of a name is an initial or a number: "I" and "2" stand in every other sentence."""
    return word.isdecimal() or (len(word) == 1 and has_cases(word))


@dataclass(frozen=True, slots=True)
class ClientNames:
    """The names of all clients, for hiding those that stand in a record of somebody else.

    Attributes:
        of_word: The clients whose name has a word, by the word without accents and capitals.
        unspaced: Names in scripts without capitals, which may stand within a longer run of letters, with their client.
    """

    of_word: Mapping[str, frozenset[str]]
    unspaced: tuple[tuple[str, str], ...]

    @classmethod
    def of(cls, names: Mapping[str, str]) -> ClientNames:
        """From the names by the clients' ids."""
        of_word: dict[str, set[str]] = {}
        unspaced = []
        for client_id, name in names.items():
            for word in _WORD.findall(name):
                of_word.setdefault(_folded(word), set()).add(client_id)
            if len(name) > 1 and not has_cases(name):
                unspaced.append((name, client_id))
        return cls({word: frozenset(ids) for word, ids in of_word.items()}, tuple(unspaced))

    def hidden_in(self, excerpt: str, own: str, common: Callable[[], Collection[str]]) -> str:
        """The excerpt with the names of all clients hidden but one's own.

        A word of a name counts where it has a capital. One that is an ordinary word as well, such as "Will", an initial, or
        a number counts only beside another word of the same name.

        Args:
            excerpt: With or without the marks of found words.
            own: Whose record it is; that client's name is left as it is.
            common: Gives the ordinary words, without accents and capitals; asked only where a name was found.
        """
        for name, client_id in self.unspaced:
            if client_id != own:
                excerpt = excerpt.replace(name, _HIDDEN)
        words = list(_WORD.finditer(excerpt))
        whose = [self._others(word[0], own) for word in words]
        if not any(whose):
            return excerpt
        parts, end = [], 0
        for place, word in enumerate(words):
            beside = any(
                whose[place] & whose[other]
                and _BETWEEN.fullmatch(excerpt[words[first].end() : words[first + 1].start()])
                for other, first in ((place - 1, place - 1), (place + 1, place))
                if 0 <= other < len(words)
            )
            if whose[place] and (beside or not (_says_little(word[0]) or _folded(word[0]) in common())):
                parts += [excerpt[end : word.start()], _HIDDEN]
                end = word.end()
        return _RUN.sub(_HIDDEN, "".join((*parts, excerpt[end:])))

    def _others(self, word: str, own: str) -> frozenset[str]:
        """The other clients who may be meant by a word; nobody where it is a word of one's own name."""
        if not word[0].isupper() and has_cases(word):
            return frozenset()
        whose = self.of_word.get(_folded(word), frozenset())
        return frozenset() if own in whose else whose
