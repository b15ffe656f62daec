"""The check-in after an incident: how the therapist is and what they need. Private, without scores, never a duty."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace

from safeplan_desktop.errors import InvalidInputError

FORM_VERSION = 1
OFFERED_AFTER = dt.timedelta(hours=24)
OFFERED_UNTIL = dt.timedelta(hours=72)
"""The offer stands on Today from a day to three days after the incident was signed; then it goes by itself."""
LONGEST_TEXT = 5_000
KEYS = ("how", "need", "whom", "workload")


@dataclass(frozen=True, slots=True)
class CheckInQuestion:
    """One field, with what stands beside it."""

    key: str
    title: str
    ask: str


@dataclass(frozen=True, slots=True)
class CheckInTexts:
    """What the packaged file holds."""

    title: str
    offer: str
    not_now: str
    questions: tuple[CheckInQuestion, ...]


@dataclass(frozen=True, slots=True)
class CheckInForm:
    """What was written, or that nothing is wanted.

    Attributes:
        incident_id: After which incident; empty for one of one's own accord.
        dismissed: The offer was turned down; it doesn't come again for this incident.
    """

    incident_id: str = ""
    how: str = ""
    need: str = ""
    whom: str = ""
    workload: str = ""
    dismissed: bool = False


@dataclass(frozen=True, slots=True)
class OfferSettings:
    """Whether the offer is made at all."""

    offered: bool = True


@dataclass(frozen=True, slots=True)
class Offer:
    """An incident after which a moment for oneself is offered."""

    incident_id: str
    number: str
    signed_on: dt.date


@dataclass(frozen=True, slots=True)
class CheckIn:
    """One that was written."""

    id: str
    day: dt.date
    form: CheckInForm


def check_check_in(form: CheckInForm) -> CheckInForm:
    """What was written, as it is saved.

    Raises:
        InvalidInputError: naming the field.
    """
    cleaned = replace(form, **{key: getattr(form, key).strip() for key in KEYS})
    if not any(getattr(cleaned, key) for key in KEYS):
        raise InvalidInputError("how", "There is nothing to keep yet. A word is enough, or leave it.")
    for key in KEYS:
        if len(getattr(cleaned, key)) > LONGEST_TEXT:
            raise InvalidInputError(key, f"This is longer than {LONGEST_TEXT:,} characters.")
    return cleaned
