"""Texts that a client signs on paper, and the fixed words around them: the working agreement, consents."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

LANGUAGES = ("en", "es")
"""The languages in which our own texts are written."""


@dataclass(frozen=True, slots=True)
class SheetPart:
    """A heading and the words under it."""

    heading: str
    text: str


@dataclass(frozen=True, slots=True)
class SheetWords:
    """The fixed words of a sheet in one language; `{...}` are filled in.

    Attributes:
        written_on: Takes {date}.
        version: Takes {number}.
        valid_until: Takes {date}.
        page: Takes {page} and {pages}.
        reviewed_by: The native-speaking clinician who read the words; empty = not yet reviewed.
    """

    language: str
    name: str
    for_client: str
    written_on: str
    version: str
    valid_until: str
    signature_of_client: str
    signature_of_therapist: str
    signature_of_guardian: str
    day: str
    page: str
    reviewed_by: str = ""


@dataclass(frozen=True, slots=True)
class SheetText:
    """A text of ours, or the practice's own.

    Attributes:
        version: What its wording is called; a changed wording gets another one.
        reviewed_by: As in `SheetWords`.
    """

    language: str
    version: str
    title: str
    opening: str = ""
    parts: tuple[SheetPart, ...] = ()
    reviewed_by: str = ""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet as it is printed.

    Attributes:
        day: The day on which its words were put together.
        number: Its version; None where it has none, or isn't signed yet.
        valid_until: The last day on which it counts.
    """

    language: str
    title: str
    opening: str
    parts: tuple[SheetPart, ...]
    day: dt.date
    number: int | None = None
    valid_until: dt.date | None = None


def language_of(wanted: str) -> str:
    """The language of our texts for a client's: theirs where it is among ours, else English."""
    base = wanted.partition("-")[0]
    return base if base in LANGUAGES else LANGUAGES[0]


def in_one(parts: tuple[SheetPart, ...], opening: str = "") -> str:
    """A text of several parts as one, each heading on a line of its own."""
    blocks = [opening, *(f"{part.heading}\n{part.text}" if part.heading else part.text for part in parts)]
    return "\n\n".join(block.strip() for block in blocks if block.strip())
