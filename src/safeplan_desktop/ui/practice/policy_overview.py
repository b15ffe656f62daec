"""The safety policy at a glance: the version in force, whether it still holds, all versions, the people whom it covers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtWidgets import QWidget

from safeplan_desktop.domain.signed_records import SignedSummary
from safeplan_desktop.services.policy import Covered
from safeplan_desktop.ui.practice.policy_presenter import PolicyState
from safeplan_desktop.ui.widgets.data_table import Column, DataTable
from safeplan_desktop.ui.widgets.flow import FlowLayout
from safeplan_desktop.ui.widgets.layout import Page, button, label

_NEVER = "9999"


@dataclass(frozen=True, slots=True)
class OverviewActions:
    """What the page can do.

    Attributes:
        write: Begins a draft, or goes on with it.
        feedback: Leads to the feedback that waits for the next review.
        read: Note that the chosen person read the version in force.
    """

    write: Callable[[], None]
    feedback: Callable[[], None]
    preview: Callable[[str], None]
    compare: Callable[[], None]
    add_to: Callable[[SignedSummary], None]
    void: Callable[[SignedSummary], None]
    add_person: Callable[[], None]
    change_person: Callable[[Covered], None]
    read: Callable[[Covered], None]
    remove_person: Callable[[Covered], None]


class PolicyOverview(Page):
    """The first page of the policy."""

    def __init__(self, actions: OverviewActions, parent: QWidget | None = None) -> None:
        super().__init__(
            "practice.policy",
            "Safety policy",
            "What the practice does to keep people safe, in eight parts: the document that a licensing board or an insurer "
            "asks for. Emergency contacts and the crisis protocol come into it by themselves.",
            parent=parent,
        )
        self._actions = actions
        self._state: PolicyState | None = None
        self._build_status()
        self._build_versions()
        self._build_people()
        self.body.addStretch(1)

    def _build_status(self) -> None:
        self.status = self.card("In force")
        self.in_force = label("", name="practice.policy.in-force")
        self.outdated = label("", name="practice.policy.outdated")
        self.write = button("Begin the policy", "practice.policy.write", self._actions.write, kind="primary")
        self.print = button("Read and print it", "practice.policy.print", self._print)
        line = FlowLayout(spacing=8)
        line.addWidget(self.write)
        line.addWidget(self.print)
        self.feedback = button("Feedback to decide on", "practice.policy.feedback", self._actions.feedback)
        line.addWidget(self.feedback)
        self.points = label("", name="practice.policy.points")
        for widget in (self.in_force, self.outdated, self.points):
            self.status.add(widget)
        self.status.add(line)

    def _build_versions(self) -> None:
        self.versions_card = self.card("Versions")
        self.versions = DataTable(
            "practice.policy.versions",
            "Versions of the safety policy",
            (
                Column("Version", lambda one: str(one.number), lambda one: one.number, width=90),
                Column("Adopted on", lambda one: f"{one.day:%d %b %Y}", lambda one: one.day, width=140),
                Column("State", self._state_words, stretch=True),
            ),
        )
        self.versions.opened.connect(lambda one: self._actions.preview(one.id))
        self.versions.setMinimumHeight(6 * self.fontMetrics().lineSpacing())
        self.compare = button("Compare two versions", "practice.policy.compare", self._actions.compare)
        line = FlowLayout(spacing=8)
        for made in (
            button("Open the chosen version", "practice.policy.open", self._open),
            self.compare,
            button("Add to it", "practice.policy.add-to", self._add_to),
            button("Entered in error", "practice.policy.void", self._void),
        ):
            line.addWidget(made)
        self.versions_card.add(self.versions)
        self.versions_card.add(line)

    def _build_people(self) -> None:
        card = self.card(
            "People covered",
            "Everybody who works here, also without a computer. The printed policy has a line to sign.",
        )
        self.unread = label("", name="practice.policy.unread")
        self.people = DataTable(
            "practice.policy.people",
            "People whom the policy covers",
            (
                Column("Name", lambda one: one.person.name, stretch=True),
                Column("Role", lambda one: one.person.role, width=220),
                Column("Read and signed", self._read_words, self._read_key, width=220),
            ),
        )
        self.people.opened.connect(self._actions.read)
        self.people.setMinimumHeight(7 * self.fontMetrics().lineSpacing())
        line = FlowLayout(spacing=8)
        self.person_buttons = [
            button("Read and signed", "practice.policy.read", lambda: self._with_person(self._actions.read)),
            button(
                "Change name or role", "practice.policy.person", lambda: self._with_person(self._actions.change_person)
            ),
            button("Remove", "practice.policy.remove", lambda: self._with_person(self._actions.remove_person)),
        ]
        line.addWidget(button("Add a person", "practice.policy.add-person", self._actions.add_person))
        for made in self.person_buttons:
            line.addWidget(made)
        for content in (self.unread, self.people):
            card.add(content)
        card.add(line)

    # -- showing --------------------------------------------------------------------------------------------------

    def show_state(self, state: PolicyState) -> None:
        """Shows where the policy stands."""
        self._state = state
        adopted, in_force = state.adopted, state.in_force
        if adopted is None or in_force is None:
            words = "There is no policy yet. Begin with our text and decide clause by clause what you do here."
        else:
            words = f"Version {in_force.number}, adopted on {in_force.day:%d %b %Y}. "
            words += _review_words(state)
        self.in_force.setText(words)
        changes = "\n".join(f"•  {sentence}" for sentence in state.outdated)
        self.outdated.setText(
            f"Out of date: the practice changed since.\n{changes}\nThe next version carries it." if changes else ""
        )
        self.outdated.setVisible(bool(changes))
        points = state.open_points
        self.points.setText(
            f"Feedback: {'one point waits' if points == 1 else f'{points} points wait'} for the next review."
            if points
            else ""
        )
        self.points.setVisible(bool(points))
        self.feedback.setVisible(bool(points))
        self.write.setText(
            "Go on with the draft" if state.waiting else "Write the next version" if in_force else "Begin the policy"
        )
        self.write.setAccessibleName(self.write.text())
        self.print.setVisible(in_force is not None)
        self.versions_card.setVisible(bool(state.versions))
        self.compare.setEnabled(len(state.versions) > 1)
        self.versions.set_rows(state.versions)
        if self.versions.current() is None and state.versions:
            self.versions.go_to(0)
        unread = [one.person.name for one in state.people if in_force and one.person.read_on(state.number) is None]
        self.unread.setText(
            f"Version {state.number} not read yet: {', '.join(unread)}." if unread else self._all_read(state)
        )
        self.people.set_rows(state.people)
        self.people.setVisible(bool(state.people))
        if self.people.current() is None and state.people:
            self.people.go_to(0)
        for made in self.person_buttons:
            made.setEnabled(bool(state.people))
        self.person_buttons[0].setEnabled(bool(state.people) and in_force is not None)

    @staticmethod
    def _all_read(state: PolicyState) -> str:
        if not state.people:
            return "Nobody is in the list yet. Add yourself first, then everybody who works here."
        return f"Everybody has read version {state.number}." if state.in_force else "They read it once it is adopted."

    def _state_words(self, one: SignedSummary) -> str:
        if one.voided:
            return "Entered in error"
        added = f", {one.addenda} added" if one.addenda else ""
        return (
            f"In force{added}"
            if self._state is not None and one.number == self._state.number
            else f"Earlier version{added}"
        )

    def _read_words(self, one: Covered) -> str:
        on = one.person.read_on(self._state.number) if self._state is not None else None
        return f"{on:%d %b %Y}" if on is not None else "not this version"

    def _read_key(self, one: Covered) -> str:
        on = one.person.read_on(self._state.number) if self._state is not None else None
        return on.isoformat() if on is not None else _NEVER

    # -- what the therapist does ----------------------------------------------------------------------------------

    def _print(self) -> None:
        if self._state is not None and self._state.in_force is not None:
            self._actions.preview(self._state.in_force.id)

    def _open(self) -> None:
        if (one := self.versions.current()) is not None:
            self._actions.preview(one.id)

    def _add_to(self) -> None:
        if (one := self.versions.current()) is not None:
            self._actions.add_to(one)

    def _void(self) -> None:
        one = self.versions.current()
        if one is not None and not one.voided:
            self._actions.void(one)

    def _with_person(self, act: Callable[[Covered], None]) -> None:
        if (one := self.people.current()) is not None:
            act(one)


def _review_words(state: PolicyState) -> str:
    """When the policy is looked at again, in a sentence."""
    review = state.review
    if review.why:
        return f"To be reviewed now, {review.why}."
    if review.due is None:
        return "Today doesn't ask for a review."
    return f"Next review: {review.due:%d %b %Y}{', which has passed' if review.due < state.today else ''}."
