"""Lists that the screens offer: factors to tick, crisis lines by country, de-escalation cards."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum


@dataclass(frozen=True, slots=True)
class Fit:
    """A result that a consideration fits: a screen result, an answer, or a total.

    Attributes:
        tier: The id of a published screen result.
        item, at_least, at_most: An answer between two values; None for no upper end.
        total: The lowest total.
        names_level: Whether the answer's words are a level of risk, which not every practice speaks of.
        unfinished: Whether it holds only while the instrument has no result: then a critical answer speaks for itself.
    """

    instrument: str
    tier: str = ""
    item: str = ""
    at_least: int = 1
    at_most: int | None = None
    total: int | None = None
    names_level: bool = False
    unfinished: bool = False


@dataclass(frozen=True, slots=True)
class Consideration:
    """Options to consider, shown as text with its source; never a verdict and never preselected.

    Attributes:
        fits: One of these results is enough.
        without_thoughts: Fits only where nothing that stands before it in the list does.
        otherwise: Fits where answers about suicide were given in full and nothing else fits.
    """

    when: str
    options: str
    prompts: str
    source: str
    fits: tuple[Fit, ...] = ()
    without_thoughts: bool = False
    otherwise: bool = False


@dataclass(frozen=True, slots=True)
class ScreeningLists:
    """What the wizard offers to tick."""

    risk: tuple[str, ...]
    protective: tuple[str, ...]
    means: tuple[str, ...]
    means_actions: tuple[str, ...]
    considerations: tuple[Consideration, ...]


class LineKind(Enum):
    """Whom a line is for, or how it is reached."""

    CRISIS = "crisis"
    TEXT = "text"
    CHAT = "chat"
    YOUTH = "youth"
    VETERANS = "veterans"
    HEALTH = "health"


@dataclass(frozen=True, slots=True)
class CrisisLine:
    """A suggestion for the practice's table; the therapist checks it before it is used.

    Attributes:
        hours: As it may stand on a plan, such as "24 hours, call or text".
        note: What only the therapist needs: further channels, what sources disagree about.
        type: Whom it is for, or how it is reached.
        languages: In which languages it answers, as far as known.
        free: Whether the call is free; None where it isn't known.
    """

    name: str
    number: str
    hours: str
    note: str = ""
    type: LineKind = LineKind.CRISIS
    languages: str = ""
    free: bool | None = None


@dataclass(frozen=True, slots=True)
class Country:
    """A country's emergency number and crisis lines.

    Attributes:
        code: ISO 3166.
        emergency: The number for an ambulance.
        seen: Where the numbers were seen.
        seen_on: When, as year or year-month; empty where it isn't known.
        also: Other emergency numbers, as a phrase.
        note: What is open or retired.
    """

    code: str
    name: str
    emergency: str
    seen: str
    lines: tuple[CrisisLine, ...]
    seen_on: str = ""
    also: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Countries:
    """All countries of the file."""

    countries: tuple[Country, ...]


@dataclass(frozen=True, slots=True)
class Card:
    """One de-escalation card."""

    title: str
    lines: tuple[str, ...]
    say: str


@dataclass(frozen=True, slots=True)
class Cards:
    """All cards, in order."""

    cards: tuple[Card, ...]
