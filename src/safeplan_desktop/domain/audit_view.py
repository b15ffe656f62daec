"""What the audit shows to people: what to look for, and an entry in words."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from safeplan_desktop.domain.audit import AuditAction, AuditEntry, AuditGroup
from safeplan_desktop.domain.changes import Noun
from safeplan_desktop.domain.incidents import AddendumKind
from safeplan_desktop.domain.plan_copies import PlanCopy
from safeplan_desktop.domain.plans import PlanFormat
from safeplan_desktop.domain.practice import Paper
from safeplan_desktop.domain.vocabulary import label_of

_GROUPS = {
    AuditAction.PRINTED: AuditGroup.DISCLOSED,
    AuditAction.EXPORTED: AuditGroup.DISCLOSED,
    AuditAction.GIVEN: AuditGroup.DISCLOSED,
    AuditAction.SIGNED: AuditGroup.SIGNED,
    AuditAction.ADDENDUM: AuditGroup.SIGNED,
    AuditAction.REVIEWED: AuditGroup.SIGNED,
    AuditAction.VIEWED: AuditGroup.VIEWED,
    AuditAction.UNLOCKED: AuditGroup.OPENED,
    AuditAction.UNLOCK_FAILED: AuditGroup.OPENED,
    AuditAction.LOCKED: AuditGroup.OPENED,
    AuditAction.PASSPHRASE_CHANGED: AuditGroup.OPENED,
    AuditAction.RECOVERED: AuditGroup.OPENED,
    AuditAction.BACKED_UP: AuditGroup.SAFETY,
    AuditAction.RESTORED: AuditGroup.SAFETY,
    AuditAction.VERIFIED: AuditGroup.SAFETY,
    AuditAction.MIGRATED: AuditGroup.SAFETY,
    AuditAction.CLOCK_WENT_BACK: AuditGroup.SAFETY,
}


def actions_of(group: AuditGroup) -> tuple[AuditAction, ...]:
    """The actions of a group; what no other group names is a change."""
    return tuple(action for action in AuditAction if _GROUPS.get(action, AuditGroup.CHANGED) is group)


@dataclass(frozen=True, slots=True)
class AuditFilter:
    """Which entries are wanted; an empty field takes all.

    Attributes:
        since: The first instant, in UTC.
        until: The first instant that is too late, in UTC.
    """

    since: dt.datetime | None = None
    until: dt.datetime | None = None
    actions: tuple[AuditAction, ...] = ()
    noun: Noun | None = None
    client_id: str = ""

    @property
    def takes_all(self) -> bool:
        """Whether every entry is wanted."""
        return self == AuditFilter()


@dataclass(frozen=True, slots=True)
class AuditLine:
    """An entry with what it is about.

    Attributes:
        client_id, client_code: Whose record it is; empty where it is nobody's or isn't known any more.
        number: The record's number, such as "2" or "2026-003"; empty where it has none.
        target, target_id: The record that the entry leads to; None where it leads nowhere.
        to_whom: Who got a copy, as the therapist noted it; empty where that isn't noted.
    """

    entry: AuditEntry
    client_id: str = ""
    client_code: str = ""
    number: str = ""
    target: Noun | None = None
    target_id: str = ""
    to_whom: str = ""

    @property
    def words(self) -> str:
        """What happened, such as "Printed: safety plan, version 2, pocket card, A4"."""
        action, about = label_of(self.entry.action), self.about
        return f"{action}: {about}" if about else action

    @property
    def about(self) -> str:
        """The record, with its number and in which form."""
        if self.entry.noun is Noun.BACKUP:
            return ""
        if self.entry.noun is Noun.VAULT and self.entry.action is not AuditAction.CREATED:
            return _vault_words(self.entry)
        noun = label_of(self.entry.noun)
        named = noun[0].lower() + noun[1:]
        if self.number:
            named += f", version {self.number}" if self._is_plan else f" {self.number}"
        details = detail_words(self.entry)
        return f"{named}, {details}" if details else named

    @property
    def _is_plan(self) -> bool:
        return self.entry.noun in (Noun.PLAN, Noun.PLAN_COPY)


def _vault_words(entry: AuditEntry) -> str:
    if entry.action is AuditAction.UNLOCK_FAILED and entry.detail:
        return f"at {entry.detail[:16].replace('T', ' ')} UTC"
    if entry.action in (AuditAction.PRINTED, AuditAction.EXPORTED, AuditAction.VIEWED, AuditAction.CHANGED):
        return detail_words(entry)
    return ""


_TERMS = {term.value: label_of(term) for kind in (PlanFormat, AddendumKind) for term in kind}


def detail_words(entry: AuditEntry) -> str:
    """An entry's detail in words; it is always a constant of the program."""
    if entry.noun is Noun.VAULT and entry.action in (AuditAction.CREATED, AuditAction.UNLOCKED, AuditAction.RECOVERED):
        return ""
    return ", ".join(_word(part) for part in entry.detail.split(", ") if part)


def _word(part: str) -> str:
    paper = next((paper for paper in Paper if paper.value == part), None)
    if paper is not None:
        return label_of(paper).split(" (", maxsplit=1)[0]
    words = _TERMS.get(part.removesuffix(" copy"), part).split(":", maxsplit=1)[0]
    # "FHIR R4" keeps its capitals.
    return words if words[1:2].isupper() else words[0].lower() + words[1:]


def holder_words(copy: PlanCopy) -> str:
    """Who has a copy, as the therapist noted it."""
    recipient = copy.recipient
    kind = label_of(recipient.kind)
    name = recipient.name.strip()
    if not name:
        return kind
    relation = f", {recipient.relation}" if recipient.relation.strip() else ""
    return f"{name}{relation} ({kind[0].lower()}{kind[1:]})"
