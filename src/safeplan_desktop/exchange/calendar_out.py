"""A calendar file (iCalendar, RFC 5545): whole days and plain words; no client's name or code, and no record's id."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterable
from dataclasses import dataclass

PRODUCT = "-//SafePlan Desktop//Today//EN"
_UID_DIGITS = 32


@dataclass(frozen=True, slots=True)
class CalendarDay:
    """An entry of the calendar.

    Attributes:
        known_by: What the entry is known by within the records; only a hash of it leaves, so that a later file brings
            the same entry up to date.
        words: What stands in the calendar.
    """

    known_by: str
    day: dt.date
    words: str


def calendar_ics(days: Iterable[CalendarDay], made: dt.datetime) -> bytes:
    """Whole-day entries; of several that are known by the same, each is told apart by its order.

    Args:
        days: What stands in the calendar.
        made: The present instant.
    """
    from icalendar import Calendar, Event  # noqa: PLC0415 - it takes 150 ms to load, and few ask for the file

    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    seen: dict[str, int] = {}
    for one in sorted(days, key=lambda entry: (entry.day, entry.words, entry.known_by)):
        number = seen[one.known_by] = seen.get(one.known_by, 0) + 1
        event = Event()
        event.add("uid", _uid(one.known_by, number))
        event.add("dtstamp", made.astimezone(dt.UTC).replace(microsecond=0))
        event.add("dtstart", one.day)
        event.add("dtend", one.day + dt.timedelta(days=1))
        event.add("summary", one.words)
        event.add("class", "PRIVATE")
        event.add("transp", "TRANSPARENT")
        calendar.add_component(event)
    written: bytes = calendar.to_ical()
    return written


def _uid(known_by: str, number: int) -> str:
    digest = hashlib.sha256(f"safeplan-calendar/1|{known_by}|{number}".encode()).hexdigest()
    return f"{digest[:_UID_DIGITS]}@safeplan"
