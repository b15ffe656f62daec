"""Session notes: when and where, who took part, what was agreed at the beginning, what was done, what comes next."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace

from safeplan_desktop.domain.answers import Answer
from safeplan_desktop.domain.incidents import Place
from safeplan_desktop.domain.moments import Moment, zone_info
from safeplan_desktop.errors import InvalidInputError

FORM_VERSION = 1
TITLE = "Session note"

PLACES = (Place.OFFICE, Place.TELEHEALTH, Place.PHONE, Place.HOME_VISIT, Place.ELSEWHERE)
"""Where a session may be."""

APART = frozenset({Place.TELEHEALTH, Place.PHONE})
"""Where therapist and client aren't in the same place, so that it is asked where the client is."""

LONGEST_PAST_MIDNIGHT = dt.timedelta(hours=6)
"""So long may a session be whose end, typed as an earlier time of day, is taken to be of the next day."""

MOST_POINTS = 20
LONGEST_POINT = 200


@dataclass(frozen=True, slots=True)
class Whereabout:
    """Where a client was in a session apart from the therapist, as asked in that session.

    Attributes:
        callback: The number on which the client can be called back.
        present: Who else was there.
    """

    location: str = ""
    callback: str = ""
    present: str = ""

    @property
    def is_empty(self) -> bool:
        """Whether nothing was written."""
        return not any(part.strip() for part in (self.location, self.callback, self.present))


@dataclass(frozen=True, slots=True)
class SessionNoteForm:
    """A session note as typed.

    Attributes:
        day: The day of the session.
        started_at, ended_at: UTC; None where they weren't typed.
        zone: In which the times were typed.
        place_note: More about the place.
        whereabout: Asked anew at each session by telehealth or phone.
        modality: Such as "individual, CBT".
        participants: Who took part besides the therapist.
        agenda: The structure of the session, a point each.
        limits_explained: Whether the limits of confidentiality were explained.
        boundaries_spoken: Whether boundaries were spoken of.
        risk_checked: Whether risk was checked.
        plan_used: Whether the client used the safety plan since the last session.
        risk: What was seen and asked about risk.
        homework: What was agreed until the next session.
        next_on: The day of the next session.
    """

    client_id: str = ""
    day: dt.date | None = None
    started_at: dt.datetime | None = None
    ended_at: dt.datetime | None = None
    zone: str = "UTC"
    place: Place | None = None
    place_note: str = ""
    whereabout: Whereabout = Whereabout()
    modality: str = ""
    participants: str = ""
    agenda: tuple[str, ...] = ()
    limits_explained: bool = False
    boundaries_spoken: bool = False
    risk_checked: bool = False
    plan_used: Answer = Answer.NOT_ASKED
    risk: str = ""
    interventions: str = ""
    response: str = ""
    homework: str = ""
    next_on: dt.date | None = None
    text: str = ""

    @property
    def apart(self) -> bool:
        """Whether therapist and client weren't in the same place."""
        return self.place in APART

    def local(self, at: dt.datetime | None) -> dt.datetime | None:
        """A time of the session where it was typed."""
        return None if at is None else Moment(at, self.zone).local

    @property
    def past_midnight(self) -> bool:
        """Whether it ended on the day after it began, by the clock of where it was."""
        began, ended = self.local(self.started_at), self.local(self.ended_at)
        return began is not None and ended is not None and ended.date() > began.date()

    @property
    def minutes(self) -> int | None:
        """How long the session was; None where a time is missing."""
        if self.started_at is None or self.ended_at is None:
            return None
        return int((self.ended_at - self.started_at).total_seconds() // 60)


@dataclass(frozen=True, slots=True)
class UsualAgenda:
    """The structure that a session usually has, a point each."""

    points: tuple[str, ...] = ()


def time_on(day: dt.date, time: dt.time, zone: str, *, after: dt.datetime | None = None) -> dt.datetime:
    """A typed time of a session as an instant.

    Args:
        day: The day of the session.
        time: As typed.
        zone: In which it was typed.
        after: When the session began, for its end: 00:20 behind 23:30 is of the next day. Where the session would be longer
            than one that goes past midnight, the time is a slip, and stays on the day.
    """
    at = dt.datetime.combine(day, time, zone_info(zone)).astimezone(dt.UTC)
    if after is None or at >= after:
        return at
    next_day = dt.datetime.combine(day + dt.timedelta(days=1), time, zone_info(zone)).astimezone(dt.UTC)
    return next_day if next_day - after <= LONGEST_PAST_MIDNIGHT else at


def cleaned_agenda(points: tuple[str, ...]) -> tuple[str, ...]:
    """The points without outer spaces and empty ones.

    Raises:
        InvalidInputError: naming "agenda", for too many points or one that is too long.
    """
    kept = tuple(point.strip() for point in points if point.strip())
    if len(kept) > MOST_POINTS:
        raise InvalidInputError("agenda", f"There are more than {MOST_POINTS} points. Please join some of them.")
    if any(len(point) > LONGEST_POINT for point in kept):
        raise InvalidInputError("agenda", f"One of the points is longer than {LONGEST_POINT} characters.")
    return kept


def missing_for_signing(form: SessionNoteForm, *, now: Moment) -> tuple[tuple[str, str], ...]:
    """What is still needed before signing: the field, and a sentence. Empty when nothing is missing."""
    needs = _about_times(form, now)
    if form.place is None:
        needs.append(("place", "Please choose where the session was."))
    if form.apart and not form.whereabout.location.strip():
        needs.append(("location", "Please type where the client was, or that it wasn't asked."))
    if not any(part.strip() for part in (form.interventions, form.response, form.homework, form.risk, form.text)):
        needs.append(("text", "There are no words about the session yet. A sentence will do."))
    if form.next_on is not None and form.day is not None and form.next_on < form.day:
        needs.append(("next_on", "The next session lies before this one. Please check the day."))
    return tuple(needs)


def _about_times(form: SessionNoteForm, now: Moment) -> list[tuple[str, str]]:
    needs = []
    ahead = form.day is not None and form.day > now.local_date
    if form.day is None:
        needs.append(("day", "Please type the day of the session."))
    elif ahead:
        needs.append(("day", "This day lies ahead. A note is about a session that was held."))
    if form.started_at is None:
        needs.append(("started_at", "Please type when the session began, such as 14:30."))
    elif form.started_at > now.at and not ahead:
        needs.append(("started_at", "This time lies ahead. A note is about a session that was held."))
    if form.ended_at is None:
        needs.append(("ended_at", "Please type when the session ended, such as 15:20."))
    elif form.started_at is not None and form.ended_at < form.started_at:
        needs.append(("ended_at", "The session ends before it begins. Please check both times."))
    return needs


def check_for_signing(form: SessionNoteForm, *, now: Moment) -> SessionNoteForm:
    """The form as it is signed: without empty points, and without a whereabout where both were in one place.

    Raises:
        InvalidInputError: naming the field.
    """
    for field, sentence in missing_for_signing(form, now=now):
        raise InvalidInputError(field, sentence)
    whereabout = form.whereabout if form.apart else Whereabout()
    return replace(form, agenda=cleaned_agenda(form.agenda), whereabout=whereabout)
