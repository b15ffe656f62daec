"""A client's handouts between the page and the services."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Protocol

from safeplan_desktop.domain.audit import AuditAction
from safeplan_desktop.domain.handouts import Giving, Handout
from safeplan_desktop.errors import SafePlanError
from safeplan_desktop.services import reference
from safeplan_desktop.services.handouts import Given, HandoutChoice
from safeplan_desktop.services.session import Session
from safeplan_desktop.ui.ports import Shell

_HOW = {AuditAction.PRINTED: Giving.PRINTED, AuditAction.EXPORTED: Giving.SAVED}


class ClientHandoutsView(Protocol):
    """What the presenter asks of the page."""

    def show_choices(
        self, choices: tuple[HandoutChoice, ...], languages: Sequence[tuple[str, str]], language: str
    ) -> None: ...

    def show_given(self, given: tuple[Given, ...]) -> None: ...

    def show_problem(self, problem: SafePlanError) -> None: ...

    def handed_out(self) -> None: ...

    def show_noted(self, sentence: str, on_undo: Callable[[], None]) -> None: ...


def languages_of(choices: Sequence[HandoutChoice], first: str) -> tuple[tuple[str, str], ...]:
    """The languages in which there is anything, by code and own name: this one first, then English, then the others."""
    there = {code for choice in choices for code in choice.languages}
    return tuple(
        sorted((row for row in reference.plan_languages() if row[0] in there), key=lambda row: row[0] != first)
    )


@dataclass
class ClientHandoutsPresenter:
    """Choose, print, note as given, take back."""

    session: Session
    shell: Shell
    client_id: str = field(default="", init=False)
    _offered: tuple[str, tuple[HandoutChoice, ...], str] = field(default=("", (), ""), init=False)

    def attach(self, view: ClientHandoutsView) -> None:
        """Takes the page that it speaks to."""
        self._view = view

    def show_client(self, client_id: str) -> None:
        """Shows a client's handouts; what is chosen stays while it is the same client."""
        choices = self.session.handouts.every()
        language = self.session.handouts.language_of(client_id).partition("-")[0]
        if (client_id, choices, language) != self._offered:
            self.client_id = client_id
            self._offered = (client_id, choices, language)
            self._view.handed_out()
            self._view.show_choices(choices, languages_of(choices, language), language)
        self._view.show_given(self.session.handouts.given_to(client_id))

    def preview(self, chosen: Sequence[str], language: str, note: str) -> None:
        """Shows the chosen handouts; each is noted as given once it is printed or saved there."""
        handouts = self.session.handouts
        client_id = self.client_id
        noted: list[Given] = []  # in this preview, so that one "Undo" takes back all that it printed

        def printed(handout: Handout, action: AuditAction) -> None:
            if all(one.form.handout_id != handout.id for one in noted):
                self._try(lambda: self._give(client_id, (handout,), _HOW[action], note, noted))

        def gather() -> None:
            pages = [handouts.get(one, language) for one in chosen]
            self.shell.preview_all(
                [replace(handouts.document(page, client_id=client_id), after=partial(printed, page)) for page in pages]
            )

        self._try(gather)

    def hand_over(self, chosen: Sequence[str], language: str, note: str) -> None:
        """Notes that the chosen handouts were handed over, as from the shelf in the waiting room."""
        handouts = self.session.handouts
        self._try(
            lambda: self._give(
                self.client_id, [handouts.get(one, language) for one in chosen], Giving.HANDED_OVER, note, []
            )
        )

    def _give(self, client_id: str, pages: Sequence[Handout], how: Giving, note: str, before: list[Given]) -> None:
        """Notes it, and adds it to what the same step noted before."""
        before += self.session.handouts.give_all(client_id, pages, how, note=note)
        if client_id != self.client_id:
            return
        self._reload()
        self._view.handed_out()
        what = f"“{before[0].form.title}”" if len(before) == 1 else f"{len(before)} handouts"
        self._view.show_noted(f"Noted as given today: {what}.", lambda: self._try(partial(self._undo, before)))

    def _undo(self, given: Sequence[Given]) -> None:
        there = {one.entry_id for one in self.session.handouts.given_to(self.client_id)}
        for one in given:
            if one.entry_id in there:
                self.session.handouts.take_back(one.entry_id)
        self._reload()

    def take_back(self, given: Given) -> None:
        """Takes a line out of the list, with a way back."""

        def bring_back() -> None:
            self.session.handouts.bring_back(former)
            self._reload()

        try:
            former = self.session.handouts.take_back(given.entry_id)
        except SafePlanError as problem:
            self._view.show_problem(problem)
            return
        self._reload()
        self.shell.say("Taken out of the list.", lambda: self._try(bring_back))

    def set_note(self, given: Given, note: str) -> None:
        """Replaces a line's note.

        Raises:
            InvalidInputError: naming the field, when it is too long.
        """
        self.session.handouts.note(given.entry_id, note)
        self._reload()

    def show_again(self, given: Given) -> None:
        """Shows a handout that was given, as it is now, in the language it was given in; nothing is noted."""
        handouts = self.session.handouts

        def again() -> None:
            page = handouts.get(given.form.handout_id, given.form.language)
            self.shell.preview(handouts.document(page, client_id=self.client_id))

        self._try(again)

    def _reload(self) -> None:
        self._view.show_given(self.session.handouts.given_to(self.client_id))

    def _try(self, work: Callable[[], None]) -> None:
        try:
            work()
        except SafePlanError as problem:
            self._view.show_problem(problem)
