"""Exercises of the crisis protocol: begin one, see those that were held, choose how often."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtWidgets import QWidget

from safeplan_desktop.domain.crisis import Variant
from safeplan_desktop.domain.drills import MONTHS_BETWEEN, Drill, seconds_words
from safeplan_desktop.domain.vocabulary import label_of
from safeplan_desktop.ui.widgets.data_table import Column, DataTable
from safeplan_desktop.ui.widgets.inputs import Choice
from safeplan_desktop.ui.widgets.layout import Form, Page, button, label, row


@dataclass(frozen=True, slots=True)
class ExerciseActions:
    """What the page can do.

    Attributes:
        set_months: Takes how many months lie between two exercises; 0 for never.
    """

    begin: Callable[[Variant], None]
    set_months: Callable[[int], None]


def _first_call(drill: Drill) -> str:
    first = drill.seconds_to_first_call
    return "none" if first is None else seconds_words(first)


class ExercisesPage(Page):
    """The list of exercises."""

    def __init__(self, actions: ExerciseActions, parent: QWidget | None = None) -> None:
        super().__init__(
            "practice.exercises",
            "Exercises",
            "Go through the crisis protocol in quiet times. An exercise is marked as such on every part, shows no client, "
            "and never becomes an incident.",
            parent=parent,
        )
        self._actions = actions
        begin = self.card("Begin an exercise")
        self.due = label("", name="practice.exercises.due")
        begin.add(self.due)
        self.begin_buttons = [
            button(label_of(variant), f"practice.exercises.begin-{variant.value}", self._begin(variant), kind="primary")
            for variant in Variant
        ]
        begin.add(row(*self.begin_buttons, None))
        form = Form("practice.exercises")
        words = {0: "never", 12: "every year"}
        self.months = Choice([(m, words.get(m, f"every {m} months")) for m in MONTHS_BETWEEN], empty="")
        self.months.changed.connect(lambda: actions.set_months(self.months.value()))
        form.add("months", "Today reminds me", self.months)
        begin.add(form)
        held = self.card("Exercises that were held")
        self.none = label("None was held yet.", "quiet", name="practice.exercises.none")
        self.table = DataTable(
            "practice.exercises.table",
            "Exercises that were held",
            (
                Column("Held", lambda one: f"{one.held.local:%d %b %Y}", lambda one: one.held.at, width=120),
                Column("Protocol", lambda one: label_of(one.variant), width=180),
                Column("Time", lambda one: seconds_words(one.seconds), lambda one: one.seconds, width=110),
                Column("First call", _first_call, width=110),
                Column("Skipped", lambda one: f"{len(one.skipped)} of {len(one.steps)}", width=90),
                Column("What to improve", lambda one: one.improve.replace("\n", " "), stretch=True),
            ),
        )
        self.table.setMinimumHeight(9 * self.fontMetrics().lineSpacing())
        held.add(self.none)
        held.add(self.table)
        self.body.addStretch(1)

    def _begin(self, variant: Variant) -> Callable[[], None]:
        return lambda: self._actions.begin(variant)

    def show_exercises(
        self, every: tuple[Drill, ...], due: dt.date | None, months: int, waiting: Variant | None
    ) -> None:
        """Shows the list, when the next one is due, and whether one wasn't ended."""
        self.table.set_rows(every)
        self.table.setVisible(bool(every))
        self.none.setVisible(not every)
        self.months.set_value(months)
        said = f"The next one is due on {due:%d %b %Y}." if due is not None else ""
        if waiting is not None:
            said = f"An exercise wasn't ended yet ({label_of(waiting).lower()}). Go on with it first."
        self.due.setText(said or "About ten minutes, with the door closed.")
        for variant, made in zip(Variant, self.begin_buttons, strict=True):
            made.setText(f"Go on: {label_of(variant).lower()}" if variant is waiting else label_of(variant))
            made.setEnabled(waiting in (None, variant))
