"""Where the therapist was: kept in the encrypted file at each lock, so that unlocking goes on there."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from safeplan_desktop.services.desk import Desk
from safeplan_desktop.storage import practice as stored

_PLACE = "place"
SAME_SCREEN_MINUTES = 10
"""Within this time the same screen is back; later a neutral page asks first, for somebody else may be looking."""


@dataclass(frozen=True, slots=True)
class Place:
    """A screen and a client.

    Attributes:
        record_id: The unsigned incident that was open; empty where there was none.
    """

    screen: str
    client_id: str
    left_at: dt.datetime
    record_id: str = ""


@dataclass(frozen=True, slots=True)
class Places:
    """Remembers the last place."""

    desk: Desk

    def leave(self, screen: str, client_id: str, record_id: str = "") -> None:
        """Remembers the place that is left now."""
        at = self.desk.now().at
        with self.desk.database.transaction():
            stored.save(self.desk.database, _PLACE, Place(screen, client_id, at, record_id), at)

    def last(self) -> Place | None:
        """The place that was left last."""
        return stored.load(self.desk.database, _PLACE, Place)

    def is_fresh(self, place: Place) -> bool:
        """Whether it was left so recently that going back needs no question."""
        away = self.desk.now().at - place.left_at
        return dt.timedelta(0) <= away <= dt.timedelta(minutes=SAME_SCREEN_MINUTES)
