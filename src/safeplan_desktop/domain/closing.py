"""The checklist for an ending: what has to be looked at, and what the record itself says of it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from safeplan_desktop.domain.changes import Noun


class Evidence(Enum):
    """Where the record itself tells whether something is open; the rest the therapist knows alone."""

    LAST_SCREENING = "last-screening"
    PLAN_COPY = "plan-copy"
    DRAFTS = "drafts"
    FOLLOW_UPS = "follow-ups"
    CONSENTS = "consents"
    BY_HAND = "by-hand"


@dataclass(frozen=True, slots=True)
class ClosingStep:
    """One thing to look at, as it is shipped."""

    id: str
    ask: str
    evidence: Evidence = Evidence.BY_HAND
    hint: str = ""


@dataclass(frozen=True, slots=True)
class ClosingList:
    """All of them, in their order."""

    title: str
    about: str
    steps: tuple[ClosingStep, ...]


@dataclass(frozen=True, slots=True)
class ClosingItem:
    """One thing to look at, with what the record says.

    Attributes:
        says: What the record says of it; empty where it can't tell.
        open: Whether something is left to do; None where the record can't tell.
        opens: Where it is done; the client's own page where there is nothing to open.
    """

    step: ClosingStep
    says: str = ""
    open: bool | None = None
    opens: tuple[Noun, str] = (Noun.CLIENT, "")


SCREENING_FRESH_DAYS = 30
"""A last screening older than this is named as one to think of; a convention of this program."""
