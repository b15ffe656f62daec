"""A client's record in one line of time: what it is, since when, whether it is a draft or was entered in error."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from enum import Enum

from safeplan_desktop.domain.changes import Noun


class TimelineKind(Enum):
    """What people look for together."""

    SCREENING = "screening"
    PLAN = "plan"
    COPY = "copy"
    INCIDENT = "incident"
    NOTE = "note"
    CONSENT = "consent"
    AGREEMENT = "agreement"
    HANDOUT = "handout"
    STATUS = "status"
    LINK = "link"
    FEEDBACK = "feedback"
    ATTACHMENT = "attachment"
    DISCLOSURE = "disclosure"
    OTHER = "other"


_KINDS = {
    Noun.SCREENING: TimelineKind.SCREENING,
    Noun.PLAN: TimelineKind.PLAN,
    Noun.PLAN_COPY: TimelineKind.COPY,
    Noun.INCIDENT: TimelineKind.INCIDENT,
    Noun.SESSION_NOTE: TimelineKind.NOTE,
    Noun.PRIVATE_NOTE: TimelineKind.NOTE,
    Noun.CONSENT: TimelineKind.CONSENT,
    Noun.AGREEMENT: TimelineKind.AGREEMENT,
    Noun.HANDOUT_GIVEN: TimelineKind.HANDOUT,
    Noun.STATUS: TimelineKind.STATUS,
    Noun.LINK: TimelineKind.LINK,
    Noun.FEEDBACK: TimelineKind.FEEDBACK,
    Noun.ATTACHMENT: TimelineKind.ATTACHMENT,
    Noun.DISCLOSURE: TimelineKind.DISCLOSURE,
}


def kind_of(noun: Noun) -> TimelineKind:
    """Where a noun stands among the kinds."""
    return _KINDS.get(noun, TimelineKind.OTHER)


class Standing(Enum):
    """What an entry is, besides its kind."""

    KEPT = "kept"
    DRAFT = "draft"
    IN_ERROR = "in-error"


@dataclass(frozen=True, slots=True)
class TimelineEntry:
    """One row.

    Attributes:
        id: The record's own id.
        noun: What it is.
        kind: What it is looked for by.
        day: The day that it is about, or was signed on.
        at: When it was signed or noted (UTC): the order within a day.
        title: Such as "Screening 3"; never a name.
        detail: More about it, in a line.
        addenda: How many addenda it has.
        opens: The record that opens for it; for a copy that is its plan.
    """

    id: str
    noun: Noun
    kind: TimelineKind
    day: dt.date
    at: dt.datetime
    title: str
    detail: str = ""
    standing: Standing = Standing.KEPT
    addenda: int = 0
    opens: tuple[Noun, str] = (Noun.CLIENT, "")

    @property
    def mark(self) -> str:
        """What sets it apart, in words; empty for what simply counts."""
        return {Standing.DRAFT: "draft", Standing.IN_ERROR: "entered in error"}.get(self.standing, "")

    @property
    def words(self) -> str:
        """The whole line about it."""
        added = f"{self.addenda} added" if self.addenda else ""
        return ", ".join(part for part in (self.mark, self.detail, added) if part)


@dataclass(frozen=True, slots=True)
class TimelineFilter:
    """What is looked for; an empty field takes all.

    Attributes:
        words: Typed words: each has to stand in the entry's line, or the record itself has to hold all of them.
    """

    kind: TimelineKind | None = None
    words: str = ""


def ordered(entries: Iterable[TimelineEntry]) -> tuple[TimelineEntry, ...]:
    """The newest first; drafts stand before what was signed on the same day."""
    return tuple(
        sorted(entries, key=lambda one: (one.day, one.standing is Standing.DRAFT, one.at, one.id), reverse=True)
    )


def narrowed(
    entries: Iterable[TimelineEntry], wanted: TimelineFilter, found: Collection[str] = ()
) -> tuple[TimelineEntry, ...]:
    """The entries that fit.

    Args:
        entries: In their order, which stays.
        wanted: What is looked for.
        found: The ids of the records that hold all typed words in their own text.
    """
    words = wanted.words.casefold().split()
    return tuple(
        one
        for one in entries
        if wanted.kind in (None, one.kind)
        and (not words or one.id in found or all(word in f"{one.title} {one.words}".casefold() for word in words))
    )
