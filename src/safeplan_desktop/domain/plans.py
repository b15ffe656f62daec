"""Safety plans: sections in the order of the published method, in the client's words; finished plans are versions.

The order follows Stanley and Brown's published sequence, with reasons for living; headings and prompts are our own.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from enum import Enum

from safeplan_desktop.domain.answers import Answer
from safeplan_desktop.domain.clients import ClientSnapshot
from safeplan_desktop.domain.moments import Moment
from safeplan_desktop.errors import InvalidInputError

FORM_VERSION = 1
LONGEST_ITEM = 10_000


class SectionKey(Enum):
    """The plan's sections, in order."""

    WARNING_SIGNS = "warning-signs"
    COPING = "coping"
    DISTRACTION = "distraction"
    HELPERS = "helpers"
    PROFESSIONALS = "professionals"
    SURROUNDINGS = "surroundings"
    REASONS = "reasons"


CONTACT_SECTIONS = frozenset({SectionKey.HELPERS, SectionKey.PROFESSIONALS})
"""Sections whose entries are people or services with a phone number."""


@dataclass(frozen=True, slots=True)
class PlanItem:
    """One entry of a section.

    Attributes:
        text: The entry in the client's words; for a person or service, their name.
        relation: Who they are to the client (contact sections).
        phone: Their number (contact sections).
        when_to_call: When they can be reached, or for what (contact sections).
        call, leave_message, write: What is safe with that contact.
        who: Who does this step (making surroundings safer).
        when: By when, in the client's words (making surroundings safer).
    """

    id: str
    text: str
    relation: str = ""
    phone: str = ""
    when_to_call: str = ""
    call: Answer = Answer.NOT_ASKED
    leave_message: Answer = Answer.NOT_ASKED
    write: Answer = Answer.NOT_ASKED
    who: str = ""
    when: str = ""


@dataclass(frozen=True, slots=True)
class PlanSection:
    """One section.

    Attributes:
        not_for_me: The client said that this section isn't for them; its items are kept but not printed.
    """

    key: SectionKey
    items: tuple[PlanItem, ...] = ()
    not_for_me: bool = False


@dataclass(frozen=True, slots=True)
class CrisisNumber:
    """A crisis line of where the client lives.

    Attributes:
        confirmed: Ticked by the therapist for this plan; only ticked ones are printed.
        checked_on: When the therapist last checked the number itself.
    """

    label: str
    number: str
    hours: str = ""
    confirmed: bool = False
    checked_on: dt.date | None = None


def _empty_sections() -> tuple[PlanSection, ...]:
    return tuple(PlanSection(key) for key in SectionKey)


@dataclass(frozen=True, slots=True)
class PlanForm:
    """Everything that the editor holds.

    Attributes:
        sections: All sections, in the order of `SectionKey`.
        language: BCP 47 code of the printed plan's headings; the entries stay as they were typed.
        review_on: The day by which the plan is looked at again.
        reason: Why this version was written; empty for the first.
    """

    client_id: str
    sections: tuple[PlanSection, ...] = _empty_sections()
    crisis_numbers: tuple[CrisisNumber, ...] = ()
    language: str = "en"
    review_on: dt.date | None = None
    reason: str = ""

    def section(self, key: SectionKey) -> PlanSection:
        """The section of that key; an empty one where the form holds none."""
        return next((section for section in self.sections if section.key is key), PlanSection(key))

    def with_section(self, section: PlanSection) -> PlanForm:
        """The form with that section in place of its former self."""
        return replace(self, sections=tuple(section if key is section.key else self.section(key) for key in SectionKey))

    @property
    def is_empty(self) -> bool:
        """Whether nothing was entered or decided yet."""
        return not any(
            section.not_for_me or any(item.text.strip() or item.phone.strip() for item in section.items)
            for section in self.sections
        )


class Cue(Enum):
    """The two cues beside the editor; never a wall."""

    NO_HELPER_WITH_PHONE = "no-helper-with-phone"
    NO_STEP_FOR_SURROUNDINGS = "no-step-for-surroundings"


def cues(form: PlanForm) -> tuple[Cue, ...]:
    """The cues that fit the form as it stands. "Not for me" is an answer, so it silences its cue."""
    found: list[Cue] = []
    people = [form.section(key) for key in (SectionKey.HELPERS, SectionKey.PROFESSIONALS)]
    if not form.section(SectionKey.HELPERS).not_for_me and not any(
        item.phone.strip() for section in people if not section.not_for_me for item in section.items
    ):
        found.append(Cue.NO_HELPER_WITH_PHONE)
    surroundings = form.section(SectionKey.SURROUNDINGS)
    if not surroundings.not_for_me and not any(item.text.strip() for item in surroundings.items):
        found.append(Cue.NO_STEP_FOR_SURROUNDINGS)
    return tuple(found)


@dataclass(frozen=True, slots=True)
class PracticeSnapshot:
    """The practice as it stood when a plan was finished."""

    practice_name: str = ""
    therapist_name: str = ""
    phone: str = ""
    emergency_number: str = ""


@dataclass(frozen=True, slots=True)
class PlanVersion:
    """A finished plan: immutable, numbered for each client.

    Attributes:
        replaces: The number of the version before it; None for the first.
        content: The canonical JSON that was finished.
        content_hash: Its SHA-256, in hex.
    """

    id: str
    number: int
    client: ClientSnapshot
    practice: PracticeSnapshot
    form: PlanForm
    signer: str
    finished: Moment
    replaces: int | None = None
    content: str = ""
    content_hash: str = ""


@dataclass(frozen=True, slots=True)
class PlanSummary:
    """One row of a client's plan versions."""

    id: str
    number: int
    client_id: str
    finished: Moment
    review_on: dt.date


def check_for_finishing(form: PlanForm, *, signer: str, today: dt.date) -> PlanForm:
    """The form without blank entries, ready to become a version.

    Raises:
        InvalidInputError: naming the field, when the plan is empty, there is no review date or it isn't ahead, an
            entry is too long, or the signature is missing.
    """
    sections = tuple(
        replace(section, items=tuple(item for item in section.items if item.text.strip() or item.phone.strip()))
        for section in form.sections
    )
    cleaned = replace(form, sections=sections)
    if not any(section.items for section in sections if not section.not_for_me):
        raise InvalidInputError("sections", "The plan has no entry yet.", next_step="Write at least one.")
    if any(len(item.text) > LONGEST_ITEM for section in sections for item in section.items):
        raise InvalidInputError("sections", f"An entry is longer than {LONGEST_ITEM:,} characters. Please split it.")
    if form.review_on is None:
        raise InvalidInputError("review_on", "Please choose the day by which you look at the plan again.")
    if form.review_on <= today:
        raise InvalidInputError("review_on", "The review day has to lie ahead of today.")
    if not signer.strip():
        raise InvalidInputError("signer", "Please type your name.")
    return cleaned


DEFAULT_REVIEW_DAYS = 30
"""A standing review within 30 to 90 days is common (clinical.md 7.4); the shorter end is offered."""
