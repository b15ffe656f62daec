"""The dialogs of the training log: a rule for renewals, and which days are printed or saved."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Sequence
from dataclasses import replace

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget

from safeplan_desktop.domain.training_rules import RenewalRule, RuleExample, length_words
from safeplan_desktop.errors import InvalidInputError
from safeplan_desktop.ui.widgets.dates import NOT_A_DAY, DateField, period_of
from safeplan_desktop.ui.widgets.form_dialog import FormDialog
from safeplan_desktop.ui.widgets.inputs import Choice, TextLine
from safeplan_desktop.ui.widgets.topic_hours import NOT_A_LENGTH, HoursLine, TopicHoursField
from safeplan_desktop.ui.widgets.wrapping import TickBox

_LENGTHS = (6, 12, 24, 36, 48, 60, 72)
_ABOUT = (
    "As your board has it. An example is a published rule to begin with: it may have changed since, and yours may differ, so "
    "check it with your board before you save."
)


class RuleDialog(FormDialog):
    """One rule."""

    # What an example filled in is kept itself; choosing it again would take what was changed in it.
    chosen_anew = frozenset({"training-rule.example"})

    def __init__(
        self,
        parent: QWidget,
        rule: RenewalRule,
        topics: Sequence[str],
        examples: Sequence[RuleExample],
        begin_with: Callable[[RuleExample], RenewalRule],
        save: Callable[[RenewalRule], None],
    ) -> None:
        heading = "Change the rule" if rule.id else "A rule for renewals"
        super().__init__(parent, "training-rule", "Rule for renewals", heading, _ABOUT, letters=90)
        self._rule, self._begin_with, self._save = rule, begin_with, save
        self.example = Choice([(one, f"{one.name} ({one.source})") for one in examples], "No example")
        self.example.setSizeAdjustPolicy(Choice.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.name, self.source = TextLine(longest=120), TextLine(longest=300)
        self.months = Choice([(months, length_words(months)) for months in _LENGTHS], empty="")
        self.first, self.due = DateField(), DateField()
        self.total, self.carry = HoursLine(), HoursLine()
        self.topics = TopicHoursField()
        self.topics.set_topics(topics)
        self.exercises = TickBox("Exercises of the crisis protocol count, too")
        form = self.form
        if not rule.id:
            form.add("example", "Begin with an example", self.example, "Check it with your board")
            self.example.changed.connect(self._take_example)
        form.add_row(
            ("name", "Name of the rule", self.name, "Such as Licence"), ("length", "A cycle takes", self.months, "")
        )
        form.add_row(
            ("first_day", "First day of this cycle", self.first, ""),
            ("due_on", "Due on", self.due, "If it isn't the cycle's last day"),
        )
        form.add_row(
            ("total", "Hours of all subjects", self.total, ""),
            ("carry_over", "At most carried over", self.carry, "Hours above the total, into the next cycle"),
        )
        form.add("topics", "At least, of single subjects", self.topics)
        form.add("exercises", "Exercises", self.exercises)
        form.add("source", "Where it is written", self.source)
        self.topics.changed.connect(self._refit_soon)
        self._fill(rule)
        self.finish("Save the rule", "save", self._submit_rule)
        (self.name if rule.id else self.example).setFocus()

    def make_room(self, fields: Collection[str]) -> None:
        self.topics.lines_for(fields)

    def _refit_soon(self) -> None:
        # A new line gets its place in the next turn of the event loop.
        QTimer.singleShot(0, self, self.refit)

    def _fill(self, rule: RenewalRule) -> None:
        if rule.months not in _LENGTHS:
            every = sorted({*_LENGTHS, rule.months})
            self.months.set_options([(months, length_words(months)) for months in every])
        self.name.set_value(rule.name)
        self.source.set_value(rule.source)
        self.months.set_value(rule.months)
        self.first.set_value(rule.first_day)
        self.due.set_value(rule.due_on)
        self.total.set_minutes(rule.minutes)
        self.carry.set_minutes(rule.carry_over)
        self.topics.set_value(rule.topics)
        self.exercises.setChecked(rule.with_exercises)

    def _take_example(self) -> None:
        chosen = self.example.value()
        if chosen is not None:
            self._fill(replace(self._begin_with(chosen), first_day=self.first.value(), due_on=self.due.value()))
            self._refit_soon()

    def _submit_rule(self) -> None:
        for name, day in (("first_day", self.first), ("due_on", self.due)):
            if day.unreadable:
                raise InvalidInputError(name, NOT_A_DAY)
        for name, hours in (("total", self.total), ("carry_over", self.carry), ("topics", self.topics)):
            if hours.unreadable:
                raise InvalidInputError(name, NOT_A_LENGTH)
        self._save(
            replace(
                self._rule,
                name=self.name.value(),
                months=self.months.value(),
                first_day=self.first.value(),
                due_on=self.due.value(),
                minutes=self.total.minutes(),
                carry_over=self.carry.minutes(),
                topics=self.topics.value(),
                with_exercises=self.exercises.isChecked(),
                source=self.source.value(),
            )
        )


class DaysDialog(FormDialog):
    """Which days a summary covers."""

    def __init__(self, parent: QWidget, words: str, work: Callable[[dt.date | None, dt.date | None], None]) -> None:
        super().__init__(
            parent, "training-days", "Trainings of these days", "Which days?", "Both are included; empty means all."
        )
        self.since, self.until = DateField(), DateField()
        self.form.add_row(("since", "From", self.since, ""), ("until", "To", self.until, ""))

        def go() -> None:
            days = period_of(self.since, self.until)
            work(days.since, days.until)

        self.finish(words, "go", go)
        self.since.setFocus()
