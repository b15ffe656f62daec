"""The activity log between screen and services: which entries, and where one leads."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Protocol

from safeplan_desktop.domain.audit import AuditGroup
from safeplan_desktop.domain.audit_view import AuditFilter, AuditLine
from safeplan_desktop.domain.changes import Noun
from safeplan_desktop.domain.periods import Period
from safeplan_desktop.errors import InvalidInputError, SafePlanError
from safeplan_desktop.services.session import Session
from safeplan_desktop.ui.ports import Control, RunJob, Shell


@dataclass(frozen=True, slots=True)
class Wish:
    """What the filters say."""

    period: Period = field(default_factory=Period)
    group: AuditGroup | None = None
    noun: Noun | None = None
    client_id: str = ""


class ActivityView(Protocol):
    """What the presenter asks of the screen."""

    def show_clients(self, clients: tuple[tuple[str, str], ...]) -> None: ...

    def show_entries(self, numbers: Sequence[int]) -> None: ...

    def show_problem(self, problem: SafePlanError) -> None: ...

    def show_field_problem(self, problem: InvalidInputError) -> None: ...


@dataclass
class ActivityPresenter:
    """The log with its filters."""

    session: Session
    shell: Shell
    run: RunJob
    _wish: Wish = field(default_factory=Wish)
    _turn: int = 0

    def attach(self, view: ActivityView) -> None:
        """Takes the screen that it speaks to."""
        self._view = view

    def reload(self) -> None:
        """Shows clients and entries as they are now."""
        show_names = self.session.practice.settings().show_names
        clients = self.session.clients.lines()
        self._view.show_clients(tuple((client.id, client.label(show_names=show_names)) for client in clients))
        self.look(self._wish)

    def look(self, wish: Wish) -> None:
        """Gathers the entries that fit: at once when all do, else in a job."""
        trail = self.session.audit_trail
        self._wish, self._turn = wish, self._turn + 1
        try:
            wanted = self._wanted(wish)
        except InvalidInputError as problem:
            self._view.show_field_problem(problem)
            return
        if wanted.takes_all:
            self._view.show_entries(range(trail.count(), 0, -1))
            return
        turn = self._turn

        def work(_control: Control) -> array[int]:
            return trail.choose(wanted)

        def done(numbers: array[int]) -> None:
            if turn == self._turn:
                self._view.show_entries(numbers)

        self.run(work, done, self._view.show_problem)

    def _wanted(self, wish: Wish) -> AuditFilter:
        groups = (wish.group,) if wish.group is not None else ()
        return self.session.audit_trail.wanted(wish.period, groups=groups, noun=wish.noun, client_id=wish.client_id)

    def page(self, numbers: Sequence[int]) -> tuple[AuditLine, ...]:
        """The entries of these numbers in words."""
        return self.session.audit_trail.page(numbers)

    def open(self, line: AuditLine) -> None:
        """Shows the record that an entry is about."""
        if line.target is None:
            self.shell.say("This entry doesn't lead to a record.")
        else:
            self.shell.open_record(line.target, line.target_id, line.client_id)

    def open_list(self) -> None:
        """Shows the entries that fit as a document."""
        wish = self._wish
        try:
            document = self.session.audit_trail.trail_document(self._wanted(wish), wish.period, wish.client_id)
        except InvalidInputError as problem:
            self._view.show_field_problem(problem)
            return
        self.shell.preview(document)

    def open_disclosures(self) -> None:
        """Shows the account of what was given out about the chosen client."""
        wish = self._wish
        if wish.client_id:
            self.shell.preview(self.session.audit_trail.disclosures_document(wish.client_id, wish.period))
