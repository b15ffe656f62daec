"""Psychotherapy notes: the therapist's own thoughts about a session, kept apart from the record."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from safeplan_desktop.errors import InvalidInputError

FORM_VERSION = 1
TITLE = "Psychotherapy note"


@dataclass(frozen=True, slots=True)
class PrivateNoteForm:
    """A psychotherapy note as typed.

    Attributes:
        day: The day of the session that it is about.
    """

    client_id: str = ""
    day: dt.date | None = None
    text: str = ""


def check_for_signing(form: PrivateNoteForm, *, today: dt.date) -> PrivateNoteForm:
    """The form as it is signed.

    Raises:
        InvalidInputError: naming the field.
    """
    if form.day is None:
        raise InvalidInputError("day", "Please type the day that the note is about.")
    if form.day > today:
        raise InvalidInputError("day", "This day lies ahead.")
    if not form.text.strip():
        raise InvalidInputError("text", "There are no words in the note yet.")
    return form
