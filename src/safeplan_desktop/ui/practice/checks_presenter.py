"""Room, lone working and rehearsals between screen and services."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Protocol

from safeplan_desktop.domain.moments import today
from safeplan_desktop.domain.practice_checks import CheckedItem, CheckKind, PracticeCheck
from safeplan_desktop.errors import SafePlanError
from safeplan_desktop.services.practice_checks import Noted
from safeplan_desktop.services.session import Session
from safeplan_desktop.ui.ports import Shell


@dataclass(frozen=True, slots=True)
class ChecksState:
    """What the page shows.

    Attributes:
        now: The present instant, which says what is overdue.
    """

    room_list: tuple[str, ...]
    awaited: tuple[Noted, ...]
    every: tuple[Noted, ...]
    now: dt.datetime


class ChecksView(Protocol):
    """What the presenter asks of the screen."""

    def show_state(self, state: ChecksState) -> None: ...

    def show_problem(self, kind: CheckKind, problem: SafePlanError) -> None: ...

    def noted(self, kind: CheckKind) -> None: ...


@dataclass
class ChecksPresenter:
    """Notes, ticks off, takes out."""

    session: Session
    shell: Shell

    def attach(self, view: ChecksView) -> None:
        """Takes the screen that it speaks to."""
        self._view = view

    def show(self) -> None:
        """Shows what is stored."""
        checks = self.session.practice_checks
        self._view.show_state(
            ChecksState(checks.room_list(), checks.awaited(), checks.every(), self.session.desk.now().at)
        )

    def today(self) -> dt.date:
        """The present day."""
        return today(self.session.desk.clock)

    def now(self) -> dt.datetime:
        """The present instant."""
        return self.session.desk.now().at

    def zone(self) -> str:
        """The therapist's zone."""
        return self.session.desk.now().zone

    def note_room(self, answers: tuple[bool | None, ...], note: str, day: dt.date | None) -> None:
        """Notes a room check by the list."""
        texts = self.session.practice_checks.room_list()
        items = tuple(CheckedItem(text, fine) for text, fine in zip(texts, answers, strict=True))
        self._note(PracticeCheck(CheckKind.ROOM, note.strip(), items), day)

    def note_alone(self, expects: str, phone: str, due: dt.datetime | None, if_not: str) -> None:
        """Notes that a call is expected."""
        self._note(
            PracticeCheck(
                CheckKind.LONE_WORKING, expects=expects.strip(), phone=phone.strip(), due=due, if_not=if_not.strip()
            ),
            None,
        )

    def note_rehearsal(self, note: str, day: dt.date | None) -> None:
        """Notes a rehearsal."""
        self._note(PracticeCheck(CheckKind.REHEARSAL, note.strip()), day)

    def _note(self, check: PracticeCheck, day: dt.date | None) -> None:
        try:
            self.session.practice_checks.note(check, day)
        except SafePlanError as problem:
            self._view.show_problem(check.kind, problem)
            return
        self._view.noted(check.kind)
        self.show()
        self.shell.say("Noted.")

    def called(self, noted: Noted) -> None:
        """Ticks off that the call was made."""
        self.session.practice_checks.called(noted.id)
        self.show()
        self.shell.say("The call was made.")

    def remove(self, noted: Noted) -> None:
        """Takes an entry out."""
        self.session.practice_checks.remove(noted.id)
        self.show()

    def save_list(self, lines: str) -> None:
        """Replaces the list for the room: one line each.

        Raises:
            InvalidInputError: naming "items".
        """
        self.session.practice_checks.save_room_list(tuple(lines.splitlines()))
        self.show()
