"""Published answer lists that questionnaires refer to by address instead of writing them out."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ListedAnswer:
    """One answer of a published list; without points where the list gives none."""

    code: str
    label: str
    points: float | None = None


@dataclass(frozen=True, slots=True)
class AnswerList:
    """A published answer list.

    Attributes:
        name: Such as "LOINC LL358-3".
        system: Whose codes these are.
        urls: The addresses it is referred to by.
    """

    name: str
    system: str
    urls: tuple[str, ...]
    options: tuple[ListedAnswer, ...]

    def points(self, code: str) -> float | None:
        """What a code counts; None where it isn't listed or counts nothing."""
        return next((option.points for option in self.options if option.code == code), None)


@dataclass(frozen=True, slots=True)
class AnswerLists:
    """All lists that this program knows."""

    lists: tuple[AnswerList, ...]

    def at(self, url: str) -> AnswerList | None:
        """The list of exactly this address; a version behind a bar is no part of it."""
        address = url.partition("|")[0].rstrip("/").replace("https://", "http://")
        return next((found for found in self.lists if address in found.urls), None)

    def like(self, url: str) -> AnswerList | None:
        """The list whose LOINC number stands in an address of somebody else."""
        lower = url.lower()
        numbers = ((found, found.name.rpartition(" ")[2].lower()) for found in self.lists)
        return next((found for found, number in numbers if number.startswith("ll") and number in lower), None)

    def holding(self, codes: set[str]) -> AnswerList | None:
        """The first list that holds all of these codes with points."""
        for found in self.lists:
            if codes <= {option.code for option in found.options if option.points is not None}:
                return found
        return None
