"""Consultations: whom the therapist asked, why just then, what was advised, what they decided and why."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from enum import Enum

from safeplan_desktop.domain.moments import Moment, zone_info
from safeplan_desktop.errors import InvalidInputError, refuse

FORM_VERSION = 1
TITLE = "Consultation"
LONGEST_LINE, LONGEST_TEXT = 300, 20_000
LINES = ("who", "credentials")
_NEEDED = (
    ("who", "Please type with whom you talked."),
    ("question", "Please write what you asked."),
    ("decision", "Please write what you decided; that nothing changes is a decision, too."),
)
TEXTS = ("why_now", "question", "summary", "options", "advice", "decision", "reasons", "follow_up")


class ConsultationKind(Enum):
    """With what kind of person."""

    PEER = "peer"
    SUPERVISION = "supervision"
    LEGAL = "legal"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class ConsultationForm:
    """A consultation as typed.

    Attributes:
        day: The day of the talk.
        at: When it was (UTC).
        zone: The IANA zone of that time.
        summary: What was told, without what tells who the client is.
        reasons: Why that was decided.
        follow_up: What is to be done by the day `follow_up_on`.
        about_client: The id of the client that it was about; it stands here alone, and leaves on no paper and in no copy.
    """

    day: dt.date | None = None
    at: dt.datetime | None = None
    zone: str = "UTC"
    who: str = ""
    credentials: str = ""
    kind: ConsultationKind | None = None
    why_now: str = ""
    question: str = ""
    summary: str = ""
    options: str = ""
    advice: str = ""
    decision: str = ""
    reasons: str = ""
    follow_up: str = ""
    follow_up_on: dt.date | None = None
    about_client: str = ""

    @property
    def local(self) -> dt.datetime | None:
        """The wall-clock time of the talk."""
        return None if self.at is None else Moment(self.at, self.zone).local

    @property
    def words(self) -> str:
        """Everything typed: what is looked through for names, and what the search finds it by."""
        typed = [getattr(self, name) for name in (*LINES, *TEXTS)]
        return "\n".join(text.strip() for text in typed if text.strip())

    @property
    def told(self) -> str:
        """What was told about a client; the consultant's own name may be known from the records and doesn't count."""
        return "\n".join(text for name in TEXTS if (text := getattr(self, name).strip()))


@dataclass(frozen=True, slots=True)
class FollowedUp:
    """That what was to be done after a consultation is done, kept by the practice.

    Attributes:
        record_ids: Of those consultations.
    """

    record_ids: tuple[str, ...] = ()


def at_local(day: dt.date, time: dt.time, zone: str) -> dt.datetime:
    """A time of a day in a zone, as an instant (UTC)."""
    return dt.datetime.combine(day, time, zone_info(zone)).astimezone(dt.UTC)


def check_for_signing(form: ConsultationForm, *, today: dt.date) -> ConsultationForm:
    """The form as it is signed.

    Raises:
        InvalidInputError: naming the field.
    """
    if form.day is None:
        raise InvalidInputError("day", "Please type the day of the talk.")
    if form.day > today:
        raise InvalidInputError("day", "The day lies in the future.")
    cleaned = replace(form, **{name: getattr(form, name).strip() for name in (*LINES, *TEXTS)})
    if cleaned.kind is None:
        raise InvalidInputError("kind", "Please choose what kind of consultation it was.")
    refuse([(name, sentence) for name, sentence in _NEEDED if not getattr(cleaned, name)])
    refuse(
        [
            (name, f"This is longer than {LONGEST_LINE} characters.")
            for name in LINES
            if len(getattr(cleaned, name)) > LONGEST_LINE
        ]
    )
    refuse(
        [
            (name, f"This is longer than {LONGEST_TEXT:,} characters.")
            for name in TEXTS
            if len(getattr(cleaned, name)) > LONGEST_TEXT
        ]
    )
    if cleaned.follow_up_on is not None and cleaned.follow_up_on < form.day:
        raise InvalidInputError("follow_up_on", "The follow-up lies before the talk.")
    return cleaned
