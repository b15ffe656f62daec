"""Where a client stands in the practice, since when and why; and what each standing does to Today."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import Enum

from safeplan_desktop.domain.checklists import ChecklistAnswers
from safeplan_desktop.errors import InvalidInputError


class ClientStatus(Enum):
    """Where a client stands."""

    ACTIVE = "active"
    PAUSED = "paused"
    DISCHARGED = "discharged"
    TRANSFERRED = "transferred"
    DECEASED = "deceased"

    @property
    def ended(self) -> bool:
        """Whether the work with this client is over."""
        return self in (ClientStatus.DISCHARGED, ClientStatus.TRANSFERRED, ClientStatus.DECEASED)

    @property
    def is_reviewed(self) -> bool:
        """Whether reassessments and plan reviews fall due."""
        return self is ClientStatus.ACTIVE

    @property
    def swaps_copies(self) -> bool:
        """Whether older copies of a plan are still to be swapped for newer ones."""
        return self in (ClientStatus.ACTIVE, ClientStatus.PAUSED)

    @property
    def waits_for_anything(self) -> bool:
        """Whether open drafts and follow-ups stand on Today."""
        return self is not ClientStatus.DECEASED


EFFECTS = {
    ClientStatus.ACTIVE: "Everything that falls due stands on Today.",
    ClientStatus.PAUSED: "Reassessments and plan reviews wait. Open drafts, follow-ups and copies to swap stay on Today.",
    ClientStatus.DISCHARGED: "Reassessments, plan reviews and copies to swap are cancelled. What isn't signed or followed "
    "up yet stays on Today until it is.",
    ClientStatus.TRANSFERRED: "Reassessments, plan reviews and copies to swap are cancelled. What isn't signed or "
    "followed up yet stays on Today until it is.",
    ClientStatus.DECEASED: "Every row of this client leaves Today at once, and no copy of a plan waits to be swapped or "
    "printed again. A checklist for the days after is offered.",
}
"""What each standing does, in words."""


@dataclass(frozen=True, slots=True)
class StatusNote:
    """One change of where a client stands.

    Attributes:
        former: Where they stood before.
        until: For a pause, the day on which Today asks how it goes on; None for no such day.
        checklist: The checklist that goes with it, as far as it was gone through.
    """

    status: ClientStatus
    former: ClientStatus = ClientStatus.ACTIVE
    reason: str = ""
    until: dt.date | None = None
    checklist: ChecklistAnswers | None = None


def check_status_note(note: StatusNote, *, day: dt.date, last: dt.date | None, today: dt.date) -> StatusNote:
    """The note with outer spaces removed.

    Args:
        note: What was typed.
        day: The day from which it counts.
        last: The day of the last change; None where there was none.
        today: The present day.

    Raises:
        InvalidInputError: naming the field, when nothing changes, the reason is missing, or a day can't be.
    """
    if note.status is note.former:
        raise InvalidInputError("status", "The client stands there already. Please choose another.")
    if not note.reason.strip():
        raise InvalidInputError("reason", "Please write why, in a few words.")
    if day > today:
        raise InvalidInputError("day", "The day lies in the future.")
    if last is not None and day < last:
        raise InvalidInputError("day", f"The last change was on {last:%d %b %Y}; this one can't lie before it.")
    if note.until is not None and note.until < day:
        raise InvalidInputError("until", "The pause would end before it begins.")
    until = note.until if note.status is ClientStatus.PAUSED else None
    return StatusNote(note.status, note.former, note.reason.strip(), until, note.checklist)
