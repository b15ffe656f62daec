"""Consents: what the client agreed to, in which words, how, and until when; a withdrawal is a later record."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import Enum

from safeplan_desktop.errors import InvalidInputError

FORM_VERSION = 1
LONGEST_TITLE = 80


class ConsentKind(Enum):
    """What is agreed to."""

    CONFIDENTIALITY = "confidentiality"
    TELEHEALTH = "telehealth"
    EMERGENCY_CONTACT = "emergency-contact"
    OWN = "own"


class Given(Enum):
    """How a consent was given."""

    ON_PAPER = "on-paper"
    SPOKEN = "spoken"
    SCANNED = "scanned"


_NAMES = {
    ConsentKind.CONFIDENTIALITY: "limits of confidentiality",
    ConsentKind.TELEHEALTH: "telehealth",
    ConsentKind.EMERGENCY_CONTACT: "emergency contact",
}


@dataclass(frozen=True, slots=True)
class ConsentForm:
    """A consent as it was given, or its withdrawal.

    Attributes:
        own_kind: What it is about, where it is none of the named kinds.
        day: The day on which it was given or withdrawn.
        language: BCP 47 code of the text.
        version: What the text's wording is called.
        text: The words that the client agreed to; they are kept with the record.
        valid_until: The last day on which it counts; None for no end.
        contact_id, contact_name: Whom it is about, for an emergency contact.
        withdraws: The id of the consent that this record withdraws; empty for a consent.
    """

    client_id: str = ""
    kind: ConsentKind | None = None
    own_kind: str = ""
    day: dt.date | None = None
    language: str = "en"
    version: str = ""
    text: str = ""
    given: Given | None = None
    valid_until: dt.date | None = None
    contact_id: str = ""
    contact_name: str = ""
    note: str = ""
    withdraws: str = ""

    @property
    def about(self) -> str:
        """What it is about, such as "telehealth"; never a client's name."""
        if self.kind is None:
            return ""
        return _NAMES.get(self.kind) or self.own_kind.strip()

    @property
    def title(self) -> str:
        """What it is in a list."""
        return f"Consent withdrawn: {self.about}" if self.withdraws else f"Consent: {self.about}"


def check_for_signing(form: ConsentForm, *, today: dt.date) -> ConsentForm:
    """The form as it is signed.

    Raises:
        InvalidInputError: naming the field.
    """
    if form.kind is None:
        raise InvalidInputError("kind", "Please choose what the consent is about.")
    if form.kind is ConsentKind.OWN and not form.own_kind.strip():
        raise InvalidInputError("own_kind", "Please type in a few words what the consent is about.")
    if len(form.own_kind) > LONGEST_TITLE:
        raise InvalidInputError("own_kind", f"This is longer than {LONGEST_TITLE} characters.")
    if form.day is None:
        raise InvalidInputError("day", "Please type the day.")
    if form.day > today:
        raise InvalidInputError("day", "This day lies ahead.")
    if form.given is None:
        raise InvalidInputError("given", "Please choose how it was said.")
    if form.withdraws:
        return form
    if not form.text.strip():
        raise InvalidInputError(
            "text", "The words that the client agreed to are missing; they are kept with the record."
        )
    if form.valid_until is not None and form.valid_until < form.day:
        raise InvalidInputError("valid_until", "It would end before it was given. Please check both days.")
    return form


@dataclass(frozen=True, slots=True)
class OwnText:
    """Words that a practice uses for a kind of consent instead of ours."""

    kind: ConsentKind
    language: str
    version: str
    title: str
    text: str


@dataclass(frozen=True, slots=True)
class OwnTexts:
    """All of them."""

    texts: tuple[OwnText, ...] = ()


def words_of(form: ConsentForm) -> str:
    """Everything that was typed, for the search."""
    return "\n".join(part for part in (form.own_kind, form.contact_name, form.text, form.note) if part.strip())


@dataclass(frozen=True, slots=True)
class ConsentState:
    """A consent with what became of it.

    Attributes:
        record_id: The consent's record.
        withdrawn_on: The day on which it was withdrawn; None while it counts.
        withdrawal_id: The record of the withdrawal.
    """

    record_id: str
    form: ConsentForm
    withdrawn_on: dt.date | None = None
    withdrawal_id: str = ""
    voided: bool = False

    def counts_on(self, day: dt.date) -> bool:
        """Whether the client's consent counts on a day."""
        if self.voided or self.withdrawn_on is not None:
            return False
        return self.form.valid_until is None or day <= self.form.valid_until

    def words(self, day: dt.date) -> str:
        """What became of it, in words."""
        if self.voided:
            return "entered in error"
        if self.withdrawn_on is not None:
            return f"withdrawn on {self.withdrawn_on:%d %b %Y}"
        if self.form.valid_until is None:
            return "given"
        ended = day > self.form.valid_until
        return f"{'ended on' if ended else 'valid until'} {self.form.valid_until:%d %b %Y}"
