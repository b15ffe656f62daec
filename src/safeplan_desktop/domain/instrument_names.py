"""Instruments by what people call them: the id, the title, a short form, in any case, with or without hyphens."""

from __future__ import annotations

from collections.abc import Mapping

from safeplan_desktop.errors import NotFoundError


def instrument_named(word: str, titles: Mapping[str, str]) -> str:
    """The id of the instrument that a word means: its id or title, else the only one that begins so.

    Args:
        word: As it was typed, such as "PHQ9" or "c-ssrs".
        titles: Of the instruments that there are, by id.

    Raises:
        NotFoundError: when it is none of them or could be several; the sentence names those that it could be.
    """
    typed = _plain(word)
    if same_id := [name for name in titles if _plain(name) == typed]:
        return same_id[0]
    names = {name: {_plain(name), _plain(title)} for name, title in titles.items()}
    same = [name for name, called in names.items() if typed in called]
    if len(same) == 1:
        return same[0]
    alike = same or [name for name, called in names.items() if any(one.startswith(typed) for one in called)]
    if not typed or not alike:
        there = f"There are: {', '.join(titles)}." if titles else "There is none yet."
        raise NotFoundError(f"There is no instrument “{word}”.", next_step=there)
    if len(alike) > 1:
        raise NotFoundError(
            f"“{word}” could be several instruments.", next_step=f"Please name one of: {', '.join(alike)}."
        )
    return alike[0]


def _plain(word: str) -> str:
    return "".join(letter for letter in word.casefold() if letter.isalnum())
