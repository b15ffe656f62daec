"""Instants and dates: an instant is UTC plus the zone it was entered in, a date never moves with a zone."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Protocol
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError


class Clock(Protocol):
    """Where the present time comes from; the composition root passes one in."""

    def now(self) -> dt.datetime:
        """The present instant, aware, in UTC."""
        ...

    def zone(self) -> str:
        """The IANA name of the zone the therapist is in."""
        ...


@dataclass(frozen=True, slots=True, order=True)
class Moment:
    """An instant together with the zone it was entered in.

    Attributes:
        at: The instant, aware, in UTC, to the second (microseconds are dropped).
        zone: IANA name, such as "America/Denver".

    Raises:
        ValueError: when `at` isn't aware, which is a bug in the caller.
    """

    at: dt.datetime
    zone: str

    def __post_init__(self) -> None:
        """Normalise to UTC seconds, so that equal instants are equal values."""
        if self.at.tzinfo is None:
            raise ValueError("a moment needs an aware time")
        object.__setattr__(self, "at", self.at.astimezone(dt.UTC).replace(microsecond=0))

    @property
    def local(self) -> dt.datetime:
        """The wall-clock time in the zone it was entered in (UTC where that zone is unknown)."""
        return self.at.astimezone(zone_info(self.zone))

    @property
    def local_date(self) -> dt.date:
        """The calendar day in the zone it was entered in."""
        return self.local.date()


def zone_info(name: str) -> ZoneInfo:
    """The zone of that IANA name; UTC when the name is unknown to this computer's time-zone data."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):  # "America" alone is a folder of that data
        return ZoneInfo("UTC")


def zone_is_known(name: str) -> bool:
    """Whether this computer's time-zone data has a zone of that name."""
    return zone_info(name).key == name


def moment_now(clock: Clock) -> Moment:
    """The present moment of a clock."""
    return Moment(clock.now(), clock.zone())


def today(clock: Clock) -> dt.date:
    """The calendar day where the therapist is."""
    return clock.now().astimezone(zone_info(clock.zone())).date()
