"""The data key as 24 words for paper: BIP-39, English list, with its checksum."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Final, Protocol, TypeVar

from mnemonic import Mnemonic

from safeplan_desktop.errors import WrongRecoveryWordsError

WORD_COUNT: Final = 24
CHALLENGE_COUNT: Final = 3

_KEY_SIZE: Final = 32
_TELLING_LETTERS: Final = 4
"""The list is made so that no two words begin with the same four letters."""

_MOST_NAMED: Final = 5
"""More wrong words than this aren't named one by one."""

_SAFE: Final = "Nothing was changed."

_T = TypeVar("_T")


class Chooser(Protocol):
    """Where chance comes from: the `secrets` module or a `random.Random`."""

    def choice(self, seq: Sequence[_T], /) -> _T:
        """One of them, all equally likely."""
        ...


@cache
def word_list() -> tuple[str, ...]:
    """The 2,048 English words of BIP-39, in its order."""
    return tuple(_bip39().wordlist)


def words_of(key: bytes) -> tuple[str, ...]:
    """The 24 words that stand for a key.

    Raises:
        ValueError: when the key isn't 32 bytes.
    """
    if len(key) != _KEY_SIZE:
        raise ValueError("recovery words stand for 32 bytes")
    return tuple(_bip39().to_mnemonic(key).split(" "))


def key_of(text: str) -> bytes:
    """The key that typed words stand for.

    Forgives capitals, accents, numbering, line breaks, commas and words cut short after four letters or more.

    Raises:
        WrongRecoveryWordsError: when a word isn't on the list (its position is named), when there aren't 24,
            or when their checksum says that one is wrong or misplaced. It never holds what was typed.
    """
    words = [_known_word(token) for token in _tokens(text)]
    unknown = [position for position, word in enumerate(words, start=1) if word is None]
    if unknown:
        raise WrongRecoveryWordsError(
            _not_on_the_list(unknown),
            safe=_SAFE,
            next_step="Compare with your recovery sheet, letter by letter.",
        )
    if len(words) != WORD_COUNT:
        raise WrongRecoveryWordsError(
            f"There are {WORD_COUNT} recovery words, and you typed {len(words)}.",
            safe=_SAFE,
            next_step="Type all of them, in the order of your recovery sheet.",
        )
    try:
        return bytes(_bip39().to_entropy([word for word in words if word is not None]))
    except ValueError:
        # The cause isn't kept: its frames hold the words.
        raise WrongRecoveryWordsError(
            "All 24 words are on the list, but together they aren't right: one of them is another word,"
            " or two have changed places.",
            safe=_SAFE,
            next_step="Compare with your recovery sheet, word by word and number by number.",
        ) from None


def challenge(words: Sequence[str], rng: Chooser) -> tuple[int, ...]:
    """Three different positions to ask back, counted from 1, ascending."""
    positions = list(range(1, len(words) + 1))
    asked = []
    for _ in range(CHALLENGE_COUNT):
        position = rng.choice(positions)
        positions.remove(position)
        asked.append(position)
    return tuple(sorted(asked))


def check_challenge(words: Sequence[str], answers: Mapping[int, str]) -> tuple[int, ...]:
    """The positions whose answer isn't the word that stands there, ascending; empty when all are right.

    Forgives what `key_of` forgives.
    """
    return tuple(sorted(position for position, answer in answers.items() if not _is_answer(words, position, answer)))


def _is_answer(words: Sequence[str], position: int, answer: str) -> bool:
    tokens = _tokens(answer)
    return 1 <= position <= len(words) and len(tokens) == 1 and _known_word(tokens[0]) == words[position - 1]


@cache
def _bip39() -> Mnemonic:
    return Mnemonic("english")


def _tokens(text: str) -> list[str]:
    """The words of a typed text: lower case, without accents, numbering and punctuation."""
    plain = "".join(sign for sign in unicodedata.normalize("NFKD", text) if not unicodedata.combining(sign))
    runs = re.findall(r"[^\W_]+", plain.casefold())
    return [word for run in runs if (word := re.sub(r"^\d+|\d+$", "", run))]


def _known_word(token: str) -> str | None:
    """The word of the list that a token is, or that it begins where it has four letters or more."""
    words = word_list()
    if token in words:
        return token
    if len(token) < _TELLING_LETTERS:
        return None
    return next((word for word in words if word.startswith(token)), None)


def _not_on_the_list(positions: Sequence[int]) -> str:
    if len(positions) == 1:
        return f"Word {positions[0]} isn't on the list of recovery words."
    if len(positions) > _MOST_NAMED:
        named = ", ".join(str(position) for position in positions[:_MOST_NAMED])
        return f"Words {named} and {len(positions) - _MOST_NAMED} more aren't on the list of recovery words."
    *first, last = (str(position) for position in positions)
    return f"Words {', '.join(first)} and {last} aren't on the list of recovery words."
