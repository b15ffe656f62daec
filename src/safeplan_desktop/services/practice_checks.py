"""Checks of the practice: the room by the practice's own list, calls after working alone, rehearsals."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace

from safeplan_desktop.domain.changes import Noun
from safeplan_desktop.domain.moments import Moment, today
from safeplan_desktop.domain.practice_checks import ROOM_ITEMS, CheckKind, PracticeCheck, check_form
from safeplan_desktop.domain.vocabulary import label_of
from safeplan_desktop.errors import InvalidInputError
from safeplan_desktop.services.desk import Desk
from safeplan_desktop.services.drills import Drills
from safeplan_desktop.services.practice import Practice
from safeplan_desktop.services.register import Register

_LIST = "room check"
_MOST_ITEMS, _LONGEST_ITEM = 40, 200


@dataclass(frozen=True, slots=True)
class RoomList:
    """The practice's own list for the room."""

    items: tuple[str, ...] = ROOM_ITEMS


@dataclass(frozen=True, slots=True)
class Noted:
    """A check as it was noted.

    Attributes:
        id: Of the register's entry; empty for an exercise of the protocol, which is kept elsewhere.
    """

    id: str
    day: dt.date
    check: PracticeCheck


@dataclass(frozen=True, slots=True)
class PracticeChecks:
    """What is noted, put right, ticked off."""

    desk: Desk
    register: Register
    drills: Drills
    practice: Practice

    def room_list(self) -> tuple[str, ...]:
        """The lines of the room check."""
        return (self.practice.kept(_LIST, RoomList) or RoomList()).items

    def save_room_list(self, items: tuple[str, ...]) -> None:
        """Replaces the list.

        Raises:
            InvalidInputError: naming "items", when there is no line, or too many, or one is long.
        """
        kept = tuple(dict.fromkeys(item.strip() for item in items if item.strip()))
        if not kept:
            raise InvalidInputError("items", "Please keep at least one line.")
        if len(kept) > _MOST_ITEMS or any(len(item) > _LONGEST_ITEM for item in kept):
            raise InvalidInputError("items", f"At most {_MOST_ITEMS} lines of {_LONGEST_ITEM} characters each, please.")
        self.practice.keep(_LIST, RoomList(kept))

    def note(self, check: PracticeCheck, day: dt.date | None = None) -> Noted:
        """Notes a check; of today unless a day is named.

        Raises:
            InvalidInputError: naming the field that isn't right.
        """
        check_form(check)
        present = today(self.desk.clock)
        if day is not None and day > present:
            raise InvalidInputError("day", "Please choose today or a day before.")
        now = self.desk.now()
        if check.due is not None and check.due <= now.at and check.awaited():
            raise InvalidInputError("due", "Please choose a time that is still to come.")
        check = replace(check, zone=check.zone or now.zone)
        made = self.register.add(Noun.PRACTICE_CHECK, check, day=day or present)
        return Noted(made.id, made.day, check)

    def called(self, entry_id: str) -> None:
        """Ticks off that the call was made, now."""
        check = self.register.get(entry_id).form_as(PracticeCheck)
        self.register.change(entry_id, replace(check, called_at=self.desk.now().at))

    def remove(self, entry_id: str) -> None:
        """Takes an entry out, on the therapist's word."""
        self.register.remove(entry_id)

    def every(self, kind: CheckKind | None = None) -> tuple[Noted, ...]:
        """What was noted, the newest first; exercises of the protocol stand among the rehearsals by themselves."""
        found = [
            Noted(one.id, one.day, one.form_as(PracticeCheck)) for one in self.register.of_kind(Noun.PRACTICE_CHECK, "")
        ]
        found += [
            Noted(
                "",
                drill.held.local_date,
                PracticeCheck(
                    CheckKind.REHEARSAL, f"Exercise of the crisis protocol ({label_of(drill.variant).lower()})"
                ),
            )
            for drill in self.drills.every()
        ]
        found = [one for one in found if kind is None or one.check.kind is kind]
        return tuple(sorted(found, key=lambda one: one.day, reverse=True))

    def awaited(self) -> tuple[Noted, ...]:
        """The calls that are expected, the soonest first."""
        waiting = [one for one in self.every(CheckKind.LONE_WORKING) if one.check.awaited()]
        return tuple(sorted(waiting, key=lambda one: one.check.due or dt.datetime.max.replace(tzinfo=dt.UTC)))

    def overdue(self) -> tuple[Noted, ...]:
        """The calls that should have been made by now."""
        now = self.desk.now().at
        return tuple(one for one in self.awaited() if one.check.overdue(now))

    def last_done(self) -> tuple[tuple[CheckKind, dt.date | None], ...]:
        """When each kind was last done; None for never. Of working alone: the last call that was made."""
        return tuple((kind, max(self._done(kind), default=None)) for kind in CheckKind)

    def _done(self, kind: CheckKind) -> list[dt.date]:
        found = self.every(kind)
        if kind is not CheckKind.LONE_WORKING:
            return [one.day for one in found]
        calls = [(one.check.called_at, one.check.zone) for one in found]
        return [Moment(at, zone).local_date for at, zone in calls if at is not None]
