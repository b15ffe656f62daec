"""The working agreement: boundaries, the structure of sessions, expectations. A sheet of its own, never part of the plan."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace

from safeplan_desktop.domain.signing_sheets import SheetPart
from safeplan_desktop.errors import InvalidInputError

FORM_VERSION = 1
TITLE = "Working agreement"


@dataclass(frozen=True, slots=True)
class AgreementForm:
    """A working agreement as it was put into words together.

    Attributes:
        language: BCP 47 code of its words.
        day: The day on which it was agreed.
        note: The therapist's own line; it isn't printed.
    """

    client_id: str = ""
    language: str = "en"
    day: dt.date | None = None
    opening: str = ""
    parts: tuple[SheetPart, ...] = ()
    note: str = ""


def check_for_signing(form: AgreementForm, *, today: dt.date) -> AgreementForm:
    """The form as it is signed: parts without words are left out.

    Raises:
        InvalidInputError: naming the field.
    """
    if form.day is None:
        raise InvalidInputError("day", "Please type the day on which it was agreed.")
    if form.day > today:
        raise InvalidInputError("day", "This day lies ahead.")
    kept = tuple(part for part in form.parts if part.text.strip())
    if not kept:
        raise InvalidInputError("parts", "There are no words in the agreement yet.")
    if any(not part.heading.strip() for part in kept):
        raise InvalidInputError("parts", "One of the parts has no heading yet.")
    return replace(form, parts=kept)


def words_of(form: AgreementForm) -> str:
    """Everything that was typed, for the search."""
    return "\n".join([form.opening, *(f"{part.heading}\n{part.text}" for part in form.parts), form.note])
