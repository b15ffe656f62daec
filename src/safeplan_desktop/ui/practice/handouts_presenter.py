"""The practice's handouts between the part and the services: look through all, print, write own ones."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Protocol

from safeplan_desktop.domain.drafts import Draft
from safeplan_desktop.domain.handouts import Handout
from safeplan_desktop.errors import SafePlanError
from safeplan_desktop.services import reference
from safeplan_desktop.services.session import Session
from safeplan_desktop.ui.ports import Control, RunJob, Shell

OURS, OWN, DRAFT = "Comes with the program", "Your own", "Yours, not finished"


@dataclass(frozen=True, slots=True)
class HandoutRow:
    """One row of the list.

    Attributes:
        id: Of the handout, or of the draft.
        languages: Their codes.
        kind: Whose it is, in words.
    """

    id: str
    title: str
    languages: tuple[str, ...]
    kind: str


class HandoutsView(Protocol):
    """What the presenter asks of the part."""

    def show_list(self, rows: tuple[HandoutRow, ...]) -> None: ...

    def show_editor(self, handout: Handout, *, saved_before: bool) -> None: ...

    def show_problem(self, problem: SafePlanError) -> None: ...

    def show_length(self, *, longer: bool) -> None: ...

    def handout(self) -> Handout: ...


@dataclass
class HandoutsPresenter:
    """All handouts, and the editor of one's own."""

    session: Session
    shell: Shell
    run: RunJob
    draft: Draft | None = field(default=None, init=False)
    _measured: Handout | None = field(default=None, init=False)

    def attach(self, view: HandoutsView) -> None:
        """Takes the part that it speaks to."""
        self._view = view

    def reload(self) -> None:
        """Shows the list, unless one is being written."""
        if self.draft is None:
            self._view.show_list(self.rows())

    def rows(self) -> tuple[HandoutRow, ...]:
        """Unfinished ones first, then ours, then the therapist's own."""
        drafts = [
            HandoutRow(draft.record_id, handout.title.strip() or "Without a title yet", (handout.language,), DRAFT)
            for draft, handout in self.session.own_handouts.waiting()
        ]
        unfinished = {row.id for row in drafts}
        others = [
            HandoutRow(one.id, one.title, one.languages, OWN if one.own else OURS)
            for one in self.session.handouts.every()
            if one.id not in unfinished
        ]
        return (*drafts, *others)

    # -- the list -------------------------------------------------------------------------------------------------

    def preview(self, row: HandoutRow, language: str, *, with_practice: bool) -> None:
        """Shows a handout as for the waiting room: nothing is noted as given."""

        def show() -> None:
            handout = (
                self.session.own_handouts.resume(row.id)[1]
                if row.kind == DRAFT
                else self.session.handouts.get(row.id, language)
            )
            self._show_page(handout, with_practice=with_practice)

        self._try(show)

    def open(self, row: HandoutRow, language: str) -> None:
        """Opens the editor: of a draft or of an own one as it is; of ours, a copy as a beginning."""

        def begin() -> None:
            own = self.session.own_handouts
            if row.kind == DRAFT:
                self._edit(*own.resume(row.id))
            elif row.kind == OWN:
                self._edit(*own.begin_change(self.session.handouts.get(row.id)))
            else:
                self._edit(*own.begin(self.session.handouts.get(row.id, language)))

        self._try(begin)

    def open_waiting(self, record_id: str) -> None:
        """Opens the editor of an unfinished handout, if it still is one."""
        row = next((one for one in self.rows() if one.kind == DRAFT and one.id == record_id), None)
        if row is not None and (self.draft is None or self.draft.record_id != record_id):
            self.open(row, row.languages[0])

    def duplicate(self, row: HandoutRow, language: str) -> None:
        """Opens the editor with a copy of a handout."""
        self._try(lambda: self._edit(*self.session.own_handouts.begin(self.session.handouts.get(row.id, language))))

    def begin_new(self) -> None:
        """Opens the editor with the template."""
        self._try(lambda: self._edit(*self.session.own_handouts.begin()))

    def remove(self, row: HandoutRow) -> None:
        """Takes out an own handout, or throws a draft away."""

        def take_out() -> None:
            if row.kind == DRAFT:
                self.session.own_handouts.discard(row.id)
                self.reload()
                return
            former = self.session.own_handouts.remove(row.id)
            self.reload()

            def bring_back() -> None:
                self.session.own_handouts.bring_back(former)
                self.reload()

            self.shell.say("The handout was taken out.", lambda: self._try(bring_back))

        self._try(take_out)

    # -- the editor -----------------------------------------------------------------------------------------------

    def _edit(self, draft: Draft, handout: Handout) -> None:
        self.draft = draft
        self._measured = None
        saved = any(one.id == draft.record_id for one in self.session.handouts.own())
        self._view.show_editor(handout, saved_before=saved)
        self._measure(handout)

    def autosave(self) -> None:
        """Saves the editor as it stands, and measures its page."""
        if self.draft is not None:
            handout = self._view.handout()
            self.draft = self.session.own_handouts.autosave(self.draft, handout)
            self._measure(handout)

    def _measure(self, handout: Handout) -> None:
        """Says whether it is longer than a page, as soon as a job has found out."""
        if handout == self._measured:
            return
        self._measured = handout
        check = self.session.handouts.length_check(handout)

        def found(longer: bool) -> None:  # noqa: FBT001 - what the job brings
            if self.draft is not None and self._measured == handout:
                self._view.show_length(longer=longer)

        def work(control: Control) -> bool:
            control.check_cancelled()
            return check.is_longer()

        self.run(work, found, self._view.show_problem, owner=self._view)

    def preview_draft(self) -> None:
        """Shows the page as it stands."""
        self._try(lambda: self._show_page(self._view.handout(), with_practice=True))

    def close(self) -> None:
        """Goes back to the list; what was typed stays as a draft."""
        self.draft = None
        self.reload()

    def discard(self) -> None:
        """Throws the draft away."""

        def throw_away() -> None:
            if self.draft is not None:
                self.session.own_handouts.discard(self.draft.record_id)
            self.close()

        self._try(throw_away)

    def save(self) -> bool:
        """Saves the handout; False when something is missing, which is said beside its field."""
        if self.draft is None:
            return False
        try:
            made = self.session.own_handouts.save(self.draft, self._view.handout())
        except SafePlanError as problem:
            self._view.show_problem(problem)
            return False
        self.close()
        self.shell.say(f"Saved: “{made.title}”. It can be given like the others.")
        return True

    def _show_page(self, handout: Handout, *, with_practice: bool) -> None:
        document = self.session.handouts.document(handout, with_practice=with_practice)
        self.shell.preview(document)

    def _try(self, work: Callable[[], None]) -> None:
        try:
            work()
        except SafePlanError as problem:
            self._view.show_problem(problem)

    @staticmethod
    def languages() -> tuple[tuple[str, str], ...]:
        """Every language that a handout can be written in."""
        return reference.plan_languages()
