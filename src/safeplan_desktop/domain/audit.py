"""The audit: who did what, when, to which record; each entry's hash covers the one before it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from safeplan_desktop.domain.changes import Noun
from safeplan_desktop.domain.moments import Moment


class AuditAction(Enum):
    """What happened."""

    CREATED = "created"
    CHANGED = "changed"
    ARCHIVED = "archived"
    UNARCHIVED = "unarchived"
    VIEWED = "viewed"
    SIGNED = "signed"
    ADDENDUM = "addendum"
    DISCARDED = "discarded"
    REMOVED = "removed"
    PURGED = "purged"
    REVIEWED = "reviewed"
    GIVEN = "given"
    PRINTED = "printed"
    EXPORTED = "exported"
    UNLOCKED = "unlocked"
    UNLOCK_FAILED = "unlock-failed"
    LOCKED = "locked"
    PASSPHRASE_CHANGED = "passphrase-changed"  # noqa: S105 - the name of an event
    RECOVERED = "recovered-with-words"
    BACKED_UP = "backed-up"
    RESTORED = "restored"
    VERIFIED = "verified"
    MIGRATED = "migrated"
    CLOCK_WENT_BACK = "clock-went-back"


class AuditGroup(Enum):
    """Kinds of entries that people look for together."""

    DISCLOSED = "disclosed"
    SIGNED = "signed"
    CHANGED = "changed"
    VIEWED = "viewed"
    OPENED = "opened"
    SAFETY = "safety"


CLOCK_WATCHED = "steps back of the clock are noted"
"""The detail of an opening: from this entry on, no time goes back without an entry that says so."""


CRISIS_PROTOCOL = "crisis protocol"
SEARCH_MADE_ANEW = "what Find looks in, made anew from the records"
FOLLOW_UP_DONE, FOLLOW_UP_OPEN = "follow-up done", "follow-up open again"
"""Details of changes; a check tells by them which row an entry is about."""


@dataclass(frozen=True, slots=True)
class AuditEntry:
    """One link of the chain. It holds ids and field names, never a name or a text.

    Attributes:
        seq: 1, 2, 3, ... without gaps.
        record_id: The record's id; empty for the vault itself.
        detail: A constant of the program (such as "safety plan, A4"), never what somebody typed.
        content_hash: SHA-256 of what the record then held; empty where that has no meaning.
        hash: SHA-256 over the previous entry's hash and this entry's canonical JSON.
    """

    seq: int
    moment: Moment
    action: AuditAction
    noun: Noun
    record_id: str
    detail: str
    content_hash: str
    previous_hash: str
    hash: str
