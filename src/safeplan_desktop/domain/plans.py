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
MOST_LIKELY = 10
LIKELY_ENOUGH = 7
"""From this likelihood (0-10) on, the obstacle isn't asked about; a common threshold, not a published one (clinical.md 3.2)."""


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

LIKELIHOOD_SECTIONS = frozenset(
    {SectionKey.COPING, SectionKey.DISTRACTION, SectionKey.HELPERS, SectionKey.SURROUNDINGS}
)
"""Sections whose entries are things to do, so that it can be asked how likely they are to be done."""


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
        checked_on: The day on which client and therapist looked whether it was done (making surroundings safer).
        likelihood: How likely the client is to do it, 0 to 10, in their own estimate; None where it wasn't asked.
        obstacle: What could get in the way of it, and what the client does then.
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
    checked_on: dt.date | None = None
    likelihood: int | None = None
    obstacle: str = ""

    @property
    def is_blank(self) -> bool:
        """Whether nothing stands in it yet."""
        return not (self.text.strip() or self.phone.strip())


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
        emergency: Whether it is the emergency number of where the client lives, for a client in another country.
    """

    label: str
    number: str
    hours: str = ""
    confirmed: bool = False
    checked_on: dt.date | None = None
    emergency: bool = False


@dataclass(frozen=True, slots=True)
class Keeping:
    """Where the client keeps the plan, and how they will come to use it; asked in the guided close.

    Attributes:
        place: Where it is kept, in the client's words.
        safe: Whether it is safe to have it there.
        likelihood: How likely the client is to use the plan, 0 to 10; None where it wasn't asked.
        obstacles: What could get in the way.
        instead: What the client does then.
    """

    place: str = ""
    safe: Answer = Answer.NOT_ASKED
    likelihood: int | None = None
    obstacles: str = ""
    instead: str = ""

    @property
    def is_known(self) -> bool:
        """Whether anything was said about it."""
        return self != Keeping()


class PlanFormat(Enum):
    """The forms in which a plan is printed or shown."""

    FULL = "full"
    LARGE_PRINT = "large-print"
    POCKET_CARD = "pocket-card"
    POCKET_CARD_ONE_SIDED = "pocket-card-one-sided"
    PHONE = "phone"
    PHOTO = "photo"
    SUPPORT_PERSON = "support-person"
    THERAPIST = "therapist"
    BLANK = "blank"


SCREEN_FORMATS = frozenset({PlanFormat.PHONE, PlanFormat.PHOTO})
"""Formats whose pages have the size of a screen; they aren't meant for paper."""


class HolderKind(Enum):
    """Who holds a copy."""

    CLIENT = "client"
    SUPPORT_PERSON = "support-person"
    PROFESSIONAL = "professional"
    THERAPIST = "therapist"


SHARED_BY_DEFAULT = (
    SectionKey.WARNING_SIGNS,
    SectionKey.COPING,
    SectionKey.PROFESSIONALS,
    SectionKey.SURROUNDINGS,
)
"""Offered for a support person's copy: other people's names and numbers, and the reasons for living, only on the client's word."""


@dataclass(frozen=True, slots=True)
class Recipient:
    """One copy that somebody is to get.

    Attributes:
        sections: What the copy shows; empty = all of the plan.
        release_on: The day on which the client agreed that this person gets it; needed for everybody but the client.
        kept_at: Where this copy will be kept.
    """

    id: str
    name: str
    kind: HolderKind
    format: PlanFormat
    relation: str = ""
    sections: tuple[SectionKey, ...] = ()
    release_on: dt.date | None = None
    kept_at: str = ""

    @property
    def copy_key(self) -> tuple[HolderKind, str, PlanFormat]:
        """Who holds it in which form; equal for a copy and the one that it is swapped for."""
        return self.kind, self.name.strip().casefold(), self.format


def check_recipient(recipient: Recipient, *, today: dt.date) -> None:
    """Refuses a copy for somebody without a name, or without the client's dated release.

    Raises:
        InvalidInputError: naming the field.
    """
    if recipient.kind in (HolderKind.CLIENT, HolderKind.THERAPIST):
        return
    if not recipient.name.strip():
        raise InvalidInputError("name", "Please type who gets this copy.")
    if recipient.release_on is None:
        raise InvalidInputError(
            "release_on", f"Please add the day on which the client agreed to share with {recipient.name.strip()}."
        )
    if recipient.release_on > today:
        raise InvalidInputError("release_on", "The day of the release lies in the future.")


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
        keeping: Where it is kept and how it will be used.
        read_back: Whether it was read back to the client.
        recipients: Who is to get a copy of this version.
    """

    client_id: str
    sections: tuple[PlanSection, ...] = _empty_sections()
    crisis_numbers: tuple[CrisisNumber, ...] = ()
    language: str = "en"
    review_on: dt.date | None = None
    reason: str = ""
    keeping: Keeping = Keeping()
    read_back: bool = False
    recipients: tuple[Recipient, ...] = ()

    def section(self, key: SectionKey) -> PlanSection:
        """The section of that key; an empty one where the form holds none."""
        return next((section for section in self.sections if section.key is key), PlanSection(key))

    def with_section(self, section: PlanSection) -> PlanForm:
        """The form with that section in place of its former self."""
        return replace(self, sections=tuple(section if key is section.key else self.section(key) for key in SectionKey))

    def without_blanks(self) -> PlanForm:
        """The form without blank entries, as it is printed and finished."""
        return replace(
            self,
            sections=tuple(
                replace(section, items=tuple(item for item in section.items if not item.is_blank))
                for section in self.sections
            ),
        )

    @property
    def emergency_number(self) -> str:
        """The confirmed emergency number of where the client lives; empty where the practice's own applies, or none."""
        return next((n.number for n in self.crisis_numbers if n.emergency and n.confirmed), "")

    @property
    def lives_elsewhere(self) -> bool:
        """Whether the client lives where another emergency number than the practice's applies."""
        return any(number.emergency for number in self.crisis_numbers)

    @property
    def is_empty(self) -> bool:
        """Whether nothing was entered or decided yet."""
        return not any(
            section.not_for_me or any(not item.is_blank for item in section.items) for section in self.sections
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
    """One row of a client's plan versions.

    Attributes:
        review_on: The day by which it is looked at again; a review without a change moves it.
        reviewed_on: When client and therapist last looked at it together without changing it; None for never.
        voided: Whether it was entered in error; the version stays, readable and marked, and keeps its number.
    """

    id: str
    number: int
    client_id: str
    finished: Moment
    review_on: dt.date
    reviewed_on: dt.date | None = None
    voided: bool = False


def check_for_finishing(form: PlanForm, *, signer: str, today: dt.date) -> PlanForm:
    """The form without blank entries, ready to become a version.

    Raises:
        InvalidInputError: naming the field, when the plan is empty, there is no review date or it isn't ahead, an
            entry is too long, or the signature is missing.
    """
    cleaned = form.without_blanks()
    sections = cleaned.sections
    if not any(section.items for section in sections if not section.not_for_me):
        raise InvalidInputError("sections", "The plan has no entry yet.", next_step="Write at least one.")
    if any(
        not 0 <= likelihood <= MOST_LIKELY
        for likelihood in (form.keeping.likelihood, *(i.likelihood for section in sections for i in section.items))
        if likelihood is not None
    ):
        raise InvalidInputError("likelihood", f"A likelihood lies between 0 and {MOST_LIKELY}.")
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
