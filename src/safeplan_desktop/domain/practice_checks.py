"""Checks of the practice: the room, working alone, rehearsals. Dated, and nothing in them is about a client."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from enum import Enum

from safeplan_desktop.domain.moments import Moment
from safeplan_desktop.errors import InvalidInputError


class CheckKind(Enum):
    """What was checked."""

    ROOM = "room"
    LONE_WORKING = "lone-working"
    REHEARSAL = "rehearsal"


ROOM_ITEMS = (
    "I sit nearest to the door",
    "The way to the exit is free",
    "A phone is in reach",
    "The emergency numbers and the steps hang where I see them",
    "Nothing that could injure lies about",
    "Somebody in the building could hear me",
    "The light works, inside and on the way out",
    "The door can be opened from inside without a key",
)
"""Our beginning of the list; the practice makes it its own."""


@dataclass(frozen=True, slots=True)
class CheckedItem:
    """One line of a room check.

    Attributes:
        fine: Whether it was as it should be; None where it wasn't looked at.
    """

    text: str
    fine: bool | None = None


@dataclass(frozen=True, slots=True)
class PracticeCheck:
    """One entry of the register.

    Attributes:
        note: What is to be put right, or what was practised.
        items: Of a room check.
        expects: Of working alone: who waits for the call.
        phone: That person's number.
        due: When the call is expected (UTC), with `zone`.
        if_not: What that person does if it doesn't come.
        called_at: When the call was made (UTC); None while it is awaited.
    """

    kind: CheckKind
    note: str = ""
    items: tuple[CheckedItem, ...] = field(default=())
    expects: str = ""
    phone: str = ""
    due: dt.datetime | None = None
    zone: str = ""
    if_not: str = ""
    called_at: dt.datetime | None = None

    def awaited(self) -> bool:
        """Whether a call is expected that wasn't made yet."""
        return self.kind is CheckKind.LONE_WORKING and self.called_at is None and self.due is not None

    def overdue(self, at: dt.datetime) -> bool:
        """Whether the call should have been made by now."""
        return self.awaited() and self.due is not None and self.due <= at

    def due_words(self) -> str:
        """When the call is expected, in the zone in which it was agreed."""
        return "" if self.due is None else f"{Moment(self.due, self.zone).local:%H:%M on %d %b %Y}"

    @property
    def to_put_right(self) -> tuple[str, ...]:
        """The lines of a room check that weren't fine."""
        return tuple(item.text for item in self.items if item.fine is False)


def check_form(check: PracticeCheck) -> None:
    """Refuses a check that says nothing.

    Raises:
        InvalidInputError: naming the field.
    """
    if check.kind is CheckKind.ROOM and all(item.fine is None for item in check.items):
        raise InvalidInputError("items", "Please answer at least one line of the list.")
    if check.kind is CheckKind.REHEARSAL and not check.note.strip():
        raise InvalidInputError("note", "Please say what was rehearsed.")
    if check.kind is CheckKind.LONE_WORKING:
        if not check.expects.strip():
            raise InvalidInputError("expects", "Please say who expects the call.")
        if check.due is None:
            raise InvalidInputError("due", "Please say when the call is expected.")
        if not check.if_not.strip():
            raise InvalidInputError("if_not", "Please say what they do if the call doesn't come.")
