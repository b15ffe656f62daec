"""What left the practice: for whom a document was made, and why, as the therapist noted it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from safeplan_desktop.errors import InvalidInputError


class RecordPart(Enum):
    """Parts of a record that no export holds unless they are ticked."""

    INCIDENTS = "incidents"
    CONSULTATIONS = "consultations"
    VIOLENCE = "violence"
    PSYCHOTHERAPY_NOTES = "psychotherapy-notes"


@dataclass(frozen=True, slots=True)
class DisclosureNote:
    """One document that was saved or printed for somebody.

    Attributes:
        document: What it is, a constant of the program.
        to_whom: Who it was made for.
        why: For what.
        parts: What it held of what is left out by default.
    """

    document: str
    to_whom: str
    why: str
    parts: tuple[RecordPart, ...] = ()


def check_disclosure(note: DisclosureNote) -> None:
    """Refuses a copy of a record that is for nobody or for nothing.

    Raises:
        InvalidInputError: naming the field.
    """
    if not note.to_whom.strip():
        raise InvalidInputError("to_whom", "Please type for whom this copy is.")
    if not note.why.strip():
        raise InvalidInputError("why", "Please type what it is for, such as a request by the client.")
