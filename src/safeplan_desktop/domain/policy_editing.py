"""The policy while it is written: every change is one step that can be undone."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from safeplan_desktop.domain.ids import new_id
from safeplan_desktop.domain.policy import PolicyClause, PolicyForm, PolicyPart, PolicySection, Practised

MOST_STEPS = 300


class PolicyEditing:
    """Holds the form as it stands, and the forms before it.

    Args:
        form: As it was opened.
        ours: Our text, to go back to.
    """

    def __init__(self, form: PolicyForm, ours: PolicyForm, make_id: Callable[[], str] = new_id) -> None:
        self.form = form
        self._ours, self._make_id = ours, make_id
        self._before: list[PolicyForm] = []
        self._merging = ""

    @property
    def can_undo(self) -> bool:
        """Whether there is a step to take back."""
        return bool(self._before)

    def undo(self) -> None:
        """Takes the last step back; nothing where there is none."""
        if self._before:
            self.form = self._before.pop()
        self._merging = ""

    def _step(self, form: PolicyForm, merge: str = "") -> None:
        """Edits with the same `merge` in a row are one step."""
        if form == self.form:
            return
        if not merge or merge != self._merging:
            self._before = [*self._before[-MOST_STEPS:], self.form]
        self._merging = merge
        self.form = form

    def set_text(self, section_id: str, title: str, text: str) -> None:
        """Takes title and text of a section."""
        section = replace(self.form.section(section_id), title=title, text=text)
        self._step(self.form.with_section(section), f"text {section_id}")

    def set_clause(self, section_id: str, clause_id: str, text: str) -> None:
        """Takes the words of a clause."""
        form = self.form.with_clause(section_id, clause_id, lambda clause: replace(clause, text=text))
        self._step(form, f"clause {clause_id}")

    def decide(self, section_id: str, clause_id: str, practised: Practised | None) -> None:
        """Takes a decision; None takes it back."""
        self._step(self.form.with_clause(section_id, clause_id, lambda clause: replace(clause, practised=practised)))

    def decide_section(self, section_id: str, practised: Practised) -> None:
        """Takes one answer for all clauses of a section; it is one step."""
        section = self.form.section(section_id)
        clauses = tuple(replace(one, practised=practised) if one.text.strip() else one for one in section.clauses)
        self._step(self.form.with_section(replace(section, clauses=clauses)))

    def add_clause(self, section_id: str) -> str:
        """Adds a clause of the practice's own, which it does; its id."""
        clause = PolicyClause(self._make_id(), "", Practised.WE_DO, own=True)
        section = self.form.section(section_id)
        self._step(self.form.with_section(replace(section, clauses=(*section.clauses, clause))))
        return clause.id

    def remove_clause(self, section_id: str, clause_id: str) -> None:
        """Takes out a clause of the practice's own."""
        section = self.form.section(section_id)
        kept = tuple(one for one in section.clauses if one.id != clause_id or not one.own)
        self._step(self.form.with_section(replace(section, clauses=kept)))

    def add_section(self, part: PolicyPart, title: str) -> str:
        """Adds a section of the practice's own at the end of a part; its id."""
        section = PolicySection(self._make_id(), part, title.strip(), own=True)
        self._step(self.form.with_section(section))
        return section.id

    def remove_section(self, section_id: str) -> None:
        """Takes out a section of the practice's own."""
        if self.form.section(section_id).own:
            self._step(self.form.without_section(section_id))

    def back_to_ours(self, section_id: str) -> None:
        """Gives a section our words again; what was decided stays, and so do the practice's own clauses."""
        ours = next((one for one in self._ours.sections if one.id == section_id), None)
        if ours is None:
            return
        present = self.form.section(section_id)
        decided = {clause.id: clause.practised for clause in present.clauses}
        clauses = tuple(replace(clause, practised=decided.get(clause.id)) for clause in ours.clauses)
        own = tuple(clause for clause in present.clauses if clause.own)
        self._step(self.form.with_section(replace(ours, clauses=(*clauses, *own))))

    def differs_from_ours(self, section_id: str) -> bool:
        """Whether a section has other words than ours."""
        ours = next((one for one in self._ours.sections if one.id == section_id), None)
        if ours is None:
            return False
        present = self.form.section(section_id)
        words = {clause.id: clause.text for clause in present.clauses if not clause.own}
        return (present.title, present.text.strip(), words) != (
            ours.title,
            ours.text.strip(),
            {clause.id: clause.text for clause in ours.clauses},
        )

    def list_not_here(self, *, on: bool) -> None:
        """Takes whether what isn't practised is listed."""
        self._step(replace(self.form, list_not_here=on))

    def next_undecided(self, section_id: str, after: str = "") -> tuple[str, str] | None:
        """The next clause that isn't decided, as ids of section and clause, from a place on and around the end."""
        places = [(section, clause) for section in self.form.in_order() for clause in section.clauses]
        start = next(
            (
                place
                for place, (section, clause) in enumerate(places)
                if section.id == section_id and (not after or clause.id == after)
            ),
            0,
        )
        ordered = [*places[start:], *places[:start]]
        return next(
            (
                (section.id, clause.id)
                for section, clause in ordered
                if clause.practised is None and clause.text.strip() and clause.id != after
            ),
            None,
        )
