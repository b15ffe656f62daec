"""A span of days, as it is asked for in reports, filters and exports."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from safeplan_desktop.errors import InvalidInputError


@dataclass(frozen=True, slots=True)
class Period:
    """From one day to another, both included; None for no limit.

    Raises:
        InvalidInputError: "until", when the last day lies before the first.
    """

    since: dt.date | None = None
    until: dt.date | None = None

    def __post_init__(self) -> None:
        """Refuses days in the wrong order: nothing could lie between them, and that would look like nothing found."""
        if self.since is not None and self.until is not None and self.until < self.since:
            raise InvalidInputError("until", "The last day lies before the first.")

    def holds(self, day: dt.date) -> bool:
        """Whether a day lies in it."""
        return (self.since is None or day >= self.since) and (self.until is None or day <= self.until)
