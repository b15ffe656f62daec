"""Who has a copy: which version of a plan is out, with whom, in which form, since when, and what became of it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from enum import Enum

from safeplan_desktop.domain.plans import Recipient


class CopyEnd(Enum):
    """What became of a copy that is out no longer."""

    REPLACED = "replaced"
    RETURNED = "returned"
    DESTROYED = "destroyed"
    LOST = "lost"


@dataclass(frozen=True, slots=True)
class PlanCopy:
    """One copy that was given.

    Attributes:
        recipient: Who holds it, in which form, what it shows, and the dated release.
        given_on: The day on which it was given.
        received: Whether the holder said that they received it.
        end: What became of it; None while it is out.
        ended_on: The day of that.
    """

    id: str
    client_id: str
    version_id: str
    version_number: int
    recipient: Recipient
    given_on: dt.date
    received: bool = False
    end: CopyEnd | None = None
    ended_on: dt.date | None = None

    @property
    def is_out(self) -> bool:
        """Whether somebody still has it, as far as known."""
        return self.end is None


def copies_to_swap(
    copies: Iterable[PlanCopy], newest_version: int, in_error: Collection[str] = ()
) -> tuple[PlanCopy, ...]:
    """The copies of older versions that are still out: each is to be swapped for one of the newest version.

    Args:
        copies: All of a client.
        newest_version: The number of the newest version that counts; 0 where none does.
        in_error: The ids of versions that were entered in error; their copies are taken back, not swapped.
    """
    return tuple(
        copy
        for copy in copies
        if copy.is_out and copy.version_number < newest_version and copy.version_id not in in_error
    )


@dataclass(frozen=True, slots=True)
class PlanReview:
    """Client and therapist looked at a version together and changed nothing.

    Attributes:
        next_review_on: The day by which they look at it again.
    """

    id: str
    client_id: str
    version_id: str
    reviewed_on: dt.date
    next_review_on: dt.date
