"""The register: what is noted by the day and may be put right later, such as a training or a handout that was given."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from safeplan_desktop.domain.canonical import from_plain
from safeplan_desktop.domain.changes import Noun

T = TypeVar("T")

KINDS = (
    Noun.POLICY_READING,
    Noun.PRACTICE_CHECK,
    Noun.STATUS,
    Noun.LINK,
    Noun.TRAINING,
    Noun.HANDOUT,
    Noun.HANDOUT_GIVEN,
    Noun.FEEDBACK,
    Noun.REVIEW,
    Noun.SELF_CARE,
    Noun.PROQOL,
    Noun.CHECK_IN,
    Noun.SNOOZE,
    Noun.DISCLOSURE,
)
"""The kinds of entries that are kept this way."""


@dataclass(frozen=True, slots=True)
class RegisterEntry:
    """One entry.

    Attributes:
        client_id: Whose it is; empty for the practice's own.
        day: The day that it is about.
        form: The kind's own form as plain data; `form_as` reads it.
        entered_at: When it was first noted (UTC).
        updated_at: When it was last put right (UTC).
    """

    id: str
    noun: Noun
    client_id: str
    day: dt.date
    form: Mapping[str, Any]
    entered_at: dt.datetime
    updated_at: dt.datetime

    def form_as(self, kind: type[T]) -> T:
        """The form as a record of its kind.

        Raises:
            UnreadableRecordError: when it isn't of that kind.
        """
        return from_plain(self.form, kind)

    @property
    def sealed(self) -> tuple[str, str, str, str, Mapping[str, Any]]:
        """What the audit holds the hash of."""
        return (self.id, self.noun.value, self.client_id, self.day.isoformat(), self.form)
