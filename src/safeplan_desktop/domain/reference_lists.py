"""Lists that the screens offer: factors to tick, crisis lines by country, the emergency protocol, de-escalation cards."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Consideration:
    """Options to consider, shown as text with its source; never a verdict and never preselected."""

    when: str
    options: str
    prompts: str
    source: str


@dataclass(frozen=True, slots=True)
class ScreeningLists:
    """What the wizard offers to tick."""

    risk: tuple[str, ...]
    protective: tuple[str, ...]
    means: tuple[str, ...]
    means_actions: tuple[str, ...]
    considerations: tuple[Consideration, ...]


@dataclass(frozen=True, slots=True)
class CrisisLine:
    """A suggestion for the practice's table; the therapist checks it before it is used.

    Attributes:
        hours: As it may stand on a plan, such as "24 hours, call or text".
        note: What only the therapist needs: further channels, languages, what sources disagree about.
    """

    name: str
    number: str
    hours: str
    note: str = ""


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
class Protocol:
    """The emergency protocol's steps, for the office and for telehealth."""

    office: tuple[str, ...]
    telehealth: tuple[str, ...]


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
