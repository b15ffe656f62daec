"""Handouts for clients: one page of plain words, whom to call, and the record of what was given to whom."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import Enum

from safeplan_desktop.domain.practice import ContactType, EmergencyContact, is_stale
from safeplan_desktop.errors import InvalidInputError

FORM_VERSION = 1
LONGEST_TITLE = 90
LONGEST_TEXT = 2000
MOST_SECTIONS = 8
NUMBER_KINDS = (ContactType.EMERGENCY_NUMBER, ContactType.CRISIS_LINE, ContactType.POISON_CENTRE)
"""The kinds of numbers that a handout may show."""

_MOST_OF_A_KIND = 2


@dataclass(frozen=True, slots=True)
class HandoutSection:
    """One short part of a handout.

    Attributes:
        text: A paragraph; empty for none.
        items: A list under it.
    """

    heading: str = ""
    text: str = ""
    items: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Handout:
    """One handout in one language, ours or the therapist's own.

    Attributes:
        language: BCP 47 code.
        numbers: Which kinds of numbers stand in its box; none for no box.
        notes: The heading over lines for handwriting; empty for no such lines.
        version: Counts up with each change that was saved.
        own: Whether the therapist wrote it.
    """

    id: str
    language: str = "en"
    title: str = ""
    lead: str = ""
    sections: tuple[HandoutSection, ...] = ()
    numbers: tuple[ContactType, ...] = ()
    notes: str = ""
    version: int = 1
    own: bool = False

    @property
    def words(self) -> str:
        """All of its own words, one paragraph a line."""
        lines = [self.title, self.lead]
        for section in self.sections:
            lines += [section.heading, section.text, *section.items]
        return "\n".join(line for line in (*lines, self.notes) if line)


@dataclass(frozen=True, slots=True)
class HandoutWords:
    """What stands on the handouts of one language besides their own words; `{...}` are filled in.

    Attributes:
        reviewed_by: The native-speaking clinician who reviewed our handouts in this language; empty = not yet reviewed.
        heading: Over the numbers.
        ours, own: Who wrote it, for whom; take {practice}, and `own` {author}.
        ours_alone, own_alone: The same where the practice isn't named.
        emergency_number, crisis_line, poison_centre: Before a line to write the number on.
        phone: The same, where the language has none of these.
    """

    language: str
    heading: str
    reviewed_by: str = ""
    ours: str = ""
    ours_alone: str = ""
    own: str = ""
    own_alone: str = ""
    emergency_number: str = ""
    crisis_line: str = ""
    poison_centre: str = ""
    phone: str = ""

    def label_of(self, kind: ContactType) -> str:
        """What a number of a kind is called."""
        return {
            ContactType.EMERGENCY_NUMBER: self.emergency_number,
            ContactType.CRISIS_LINE: self.crisis_line,
            ContactType.POISON_CENTRE: self.poison_centre,
        }.get(kind, "")


@dataclass(frozen=True, slots=True)
class WordsOfLanguages:
    """The file that holds them."""

    languages: tuple[HandoutWords, ...]
    hours: tuple[dict[str, tuple[str, ...]], ...] = ()


_BETWEEN_HOURS = re.compile(r"(\s*[,;]\s*)")


def hours_in(language: str, typed: str, known: Sequence[Mapping[str, Sequence[str]]]) -> str:
    """When a line answers, in a handout's language where all of it is known; else as the practice typed it.

    Args:
        language: Of the handout.
        typed: The practice's words, such as "24 hours, free".
        known: Phrases that say the same, by language; the first of a language is what is printed.
    """
    parts = _BETWEEN_HOURS.split(typed.strip().rstrip("."))
    said: list[str] = []
    for place, part in enumerate(parts):
        if place % 2:
            said.append(part)
            continue
        word = " ".join(part.casefold().split())
        same = next((one for one in known if language in one and any(word in those for those in one.values())), None)
        if same is None:
            return typed
        said.append(part if word in same[language] else same[language][0])
    return "".join(said)


@dataclass(frozen=True, slots=True)
class NumberToCall:
    """One line of the box.

    Attributes:
        name, hours: In the practice's words.
        number: Empty for a line to write one on.
    """

    kind: ContactType
    name: str = ""
    number: str = ""
    hours: str = ""


class Giving(Enum):
    """How a handout went to a client."""

    PRINTED = "printed"
    SAVED = "saved"
    HANDED_OVER = "handed-over"


@dataclass(frozen=True, slots=True)
class HandoutGiven:
    """That a client was given a handout; the day stands in the register.

    Attributes:
        handout_id: Which one; one of the therapist's own may be gone or changed since.
        title: As it stood on the page.
        version: Which version of it.
        note: The therapist's own, such as what was talked about.
    """

    handout_id: str
    title: str
    language: str
    version: int
    how: Giving
    note: str = ""


def numbers_of(
    kinds: Sequence[ContactType], contacts: Sequence[EmergencyContact], day: dt.date
) -> tuple[NumberToCall, ...]:
    """What stands in the box: numbers that the therapist checked within the year, else a line to write one on.

    Args:
        kinds: Which kinds the handout shows, in its order.
        contacts: The practice's emergency contacts of where the client lives; none where they live elsewhere.
        day: Today.
    """
    rows: list[NumberToCall] = []
    for kind in kinds:
        found = [one for one in contacts if one.type is kind and not is_stale(one, day)]
        if kind is ContactType.CRISIS_LINE:
            # Others may be for veterans or young people: the therapist picked those that are for everybody.
            found = [one for one in found if one.on_plans]
        rows += [NumberToCall(kind, one.name, one.number, one.hours) for one in found[:_MOST_OF_A_KIND]] or [
            NumberToCall(kind)
        ]
    return tuple(rows)


def check_handout(handout: Handout) -> Handout:
    """A handout of the therapist's own without blank parts, ready to be saved.

    Raises:
        InvalidInputError: naming the field with what is missing.
    """
    sections = tuple(
        made
        for section in handout.sections
        if (
            made := HandoutSection(
                section.heading.strip(),
                section.text.strip(),
                tuple(item.strip() for item in section.items if item.strip()),
            )
        )
        != HandoutSection()
    )
    cleaned = replace(
        handout,
        title=" ".join(handout.title.split()),
        lead=handout.lead.strip(),
        notes=handout.notes.strip(),
        sections=sections,
    )
    if not cleaned.title:
        raise InvalidInputError("title", "Please give the handout a title.")
    if len(cleaned.title) > LONGEST_TITLE:
        raise InvalidInputError("title", f"The title is longer than {LONGEST_TITLE} characters.")
    if not cleaned.lead and not any(section.text or section.items for section in sections):
        raise InvalidInputError("lead", "There is nothing on the page yet. Please write a sentence or a section.")
    return cleaned
