"""What the pages of the plan show, without Qt: the presenter makes it, the pages take it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

from safeplan_desktop.domain.ids import new_id
from safeplan_desktop.domain.plan_copies import PlanCopy
from safeplan_desktop.domain.plans import (
    HolderKind,
    PlanForm,
    PlanFormat,
    PlanItem,
    PlanSection,
    PlanVersion,
    Recipient,
    SectionKey,
)
from safeplan_desktop.ui.plan.reading_parts import Reading

VOID_INSTEAD = (
    "If it is the newest, the version before it takes its place. Copies of it stand on Today until they are taken back. "
    "For a wrong word, finish a new version instead."
)
"""What is to be known before a version is marked as entered in error."""

STEPS = ("Read it back", "Keep it, use it", "Who gets a copy", "Finish and print", "Who has a copy")
READ, KEEP, RECIPIENTS, FINISH, COPIES = range(len(STEPS))


@dataclass(frozen=True, slots=True)
class ContactOffer:
    """Somebody who may be picked for a section.

    Attributes:
        item: What enters the plan, without an id.
        never: Must not be contacted: shown, so that nobody wonders, but not to be picked.
    """

    words: str
    item: PlanItem
    never: bool = False


@dataclass(frozen=True, slots=True)
class EditorTools:
    """What the sections of one editor share.

    Attributes:
        offers: Who may be picked for a section.
        earlier: The client's last finished version, section by section, with its number; None where there is none.
        check_phone: A number as it is usually written, and whether it is doubtful.
        today: The present day.
    """

    offers: Callable[[SectionKey], tuple[ContactOffer, ...]]
    earlier: Callable[[SectionKey], tuple[int, PlanSection] | None]
    check_phone: Callable[[str], tuple[str, bool]]
    today: Callable[[], dt.date]


@dataclass(frozen=True, slots=True)
class Swap:
    """A copy of an older version that is out, and what its holder gets for it."""

    copy: PlanCopy
    recipient: Recipient


@dataclass(frozen=True, slots=True)
class CopiesState:
    """What the panel shows.

    Attributes:
        version: The number of the newest version that counts; 0 where none does.
        agreed: Who is to get a copy of it and has none yet.
        to_swap: Copies of older versions that are still out.
        out: Copies of the newest version.
        ended: Copies that are out no longer.
        to_get_back: Copies of older versions with people who aren't to get this version.
        unreleased: Who was to get a copy, but the name or the client's dated release is missing.
        in_error: Copies of versions that were entered in error; they are out until they are taken back.
    """

    version: int
    agreed: tuple[Recipient, ...] = ()
    to_swap: tuple[Swap, ...] = ()
    out: tuple[PlanCopy, ...] = ()
    ended: tuple[PlanCopy, ...] = ()
    unreleased: tuple[Recipient, ...] = ()
    to_get_back: tuple[PlanCopy, ...] = ()
    in_error: tuple[PlanCopy, ...] = ()


@dataclass(frozen=True, slots=True)
class CloseState:
    """What the guided close shows.

    Attributes:
        form: The plan as it stands, or as it was finished.
        version: The finished version; None as long as it is a draft.
        number: The number that the version has or will get.
        language_note: What is to be known about the language before printing.
        qr, practice_on_card: The practice's settings for printed plans.
    """

    form: PlanForm
    reading: Reading
    version: PlanVersion | None
    number: int
    signer: str
    language_note: str
    qr: bool
    practice_on_card: bool
    copies: CopiesState


def usual_recipients() -> tuple[Recipient, ...]:
    """What is offered first: the full sheet for the client, and the therapist's copy."""
    return (
        Recipient(new_id(), "", HolderKind.CLIENT, PlanFormat.FULL),
        Recipient(new_id(), "", HolderKind.THERAPIST, PlanFormat.THERAPIST),
    )
