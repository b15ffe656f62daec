"""The incident form."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QVBoxLayout, QWidget

from safeplan_desktop.domain.drafts import Draft
from safeplan_desktop.domain.incidents import (
    Action,
    FollowUp,
    IncidentCategory,
    IncidentForm,
    Notification,
    Party,
    Person,
    PhysicalHarm,
    Place,
    PsychologicalHarm,
)
from safeplan_desktop.domain.moments import Moment
from safeplan_desktop.domain.vocabulary import label_of
from safeplan_desktop.ui.incidents.rows import ActionRow, EntryList, FollowUpRow, NotificationRow, PersonRow
from safeplan_desktop.ui.widgets.dates import DateTimeField
from safeplan_desktop.ui.widgets.inputs import Choice, OptionRow, TextArea, TextLine, enum_options
from safeplan_desktop.ui.widgets.layout import Card, Form, label


class IncidentEditor(QWidget):
    """All fields of an incident; the entry time is shown and can't be edited."""

    changed = Signal()

    def __init__(self, now: Callable[[], dt.datetime]) -> None:
        super().__init__()
        self._now, self._zone = now, "UTC"
        self._base = IncidentForm()
        self.entered = label("", "quiet", name="incident.entered")
        self.category = Choice(enum_options(IncidentCategory, label_of))
        self.client = Choice([], empty="No client involved")
        self.happened, self.ended = DateTimeField("UTC", now), DateTimeField("UTC", now)
        self.place, self.place_note = Choice(enum_options(Place, label_of)), TextLine("Room, address, number")
        self.antecedent, self.account = TextArea(fewest_lines=2), TextArea(fewest_lines=5, most_lines=20)
        self.de_escalation = TextArea(fewest_lines=2)
        self.physical = OptionRow(enum_options(PhysicalHarm, label_of), digits=False)
        self.psychological = OptionRow(enum_options(PsychologicalHarm, label_of), digits=False)
        self.near_miss = QCheckBox("A near miss: nothing happened, but it could have")
        self.injury, self.outcome, self.debrief = (
            TextArea(fewest_lines=2),
            TextArea(fewest_lines=2),
            TextArea(fewest_lines=2),
        )
        self.people: EntryList[Person] = EntryList(
            "incident.person",
            "Who was there",
            "",
            "Add a person",
            lambda entry: PersonRow(entry or Person("")),
        )
        self.done: EntryList[Action] = EntryList(
            "incident.action",
            "What was done, in order",
            "Each action with its time.",
            "Add an action",
            lambda entry: ActionRow(entry or Action(self._now(), ""), self._zone, self._now),
        )
        self.notifications: EntryList[Notification] = EntryList(
            "incident.notification",
            "Who was told",
            "Emergency services, family, consultant, authorities.",
            "Add somebody who was told",
            lambda entry: NotificationRow(
                entry or Notification(Party.EMERGENCY_SERVICES, self._now()), self._zone, self._now
            ),
        )
        self.follow_ups: EntryList[FollowUp] = EntryList(
            "incident.follow-up",
            "Follow-ups",
            "With a day they appear on Today.",
            "Add a follow-up",
            lambda entry: FollowUpRow(entry or FollowUp("")),
        )
        self.signer = TextLine()
        self._build()
        for field in self._fields():
            field.changed.connect(self.changed)
        self.near_miss.toggled.connect(lambda _on: self.changed.emit())

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(16)
        self.form = Form("incident")
        self.form.add_row(("category", "Kind of incident", self.category, ""), ("client", "Client", self.client, ""))
        self.form.add_row(
            ("happened_at", "When it happened", self.happened, ""),
            ("ended_at", "When it ended", self.ended, ""),
        )
        self.form.add_row(
            ("place", "Where", self.place, ""), ("place_note", "More about the place", self.place_note, "")
        )
        self.story_form = Form("incident")
        self.story_form.add("antecedent", "What led up to it", self.antecedent)
        self.story_form.add("account", "What happened", self.account, "Facts, in their order; quotes as quotes")
        self.story_form.add("de_escalation", "What you did to calm the situation", self.de_escalation)
        self.harm_form = Form("incident")
        self.harm_form.add("physical_harm", "Physical harm", self.physical)
        self.harm_form.add("psychological_harm", "Psychological harm", self.psychological)
        self.near_miss.setObjectName("incident.near_miss")
        self.near_miss.setAccessibleName(self.near_miss.text())
        self.harm_form.add_widget(self.near_miss)
        self.harm_form.add("injury_note", "Injury and care", self.injury)
        self.end_form = Form("incident")
        self.end_form.add("outcome", "Outcome", self.outcome)
        self.end_form.add("debrief", "Debrief: with the client, with a colleague, for yourself", self.debrief)
        self.sign_form = Form("incident")
        self.sign_form.add("signer", "Your name, as your signature", self.signer)
        head, story, harm, end, sign = (
            Card(),
            Card("Account"),
            Card("Harm"),
            Card("Afterwards"),
            Card("Sign", "A signed incident never changes; you can add to it later."),
        )
        head.add(self.form)
        head.add(self.entered)
        story.add(self.story_form)
        harm.add(self.harm_form)
        end.add(self.end_form)
        sign.add(self.sign_form)
        for widget in (
            head,
            story,
            self.people,
            self.done,
            self.notifications,
            harm,
            end,
            self.follow_ups,
            sign,
        ):
            column.addWidget(widget)

    def _fields(self) -> tuple[Any, ...]:
        return (
            *(
                self.category,
                self.client,
                self.happened,
                self.ended,
                self.place,
                self.place_note,
                self.antecedent,
            ),
            *(self.account, self.de_escalation, self.people, self.done, self.notifications, self.physical),
            *(self.psychological, self.injury, self.outcome, self.debrief, self.follow_ups),
        )

    def show_form(self, draft: Draft, form: IncidentForm, clients: tuple[tuple[str, str], ...], signer: str) -> None:
        """Fills the form."""
        self._base, self._zone = form, form.zone
        entered = Moment(draft.started_at, draft.started_zone)
        self.entered.setText(f"Entered {entered.local:%d %b %Y, %H:%M} ({entered.zone}). This time can't be edited.")
        self.client.set_options(clients, empty="No client involved")
        self.client.set_value(form.client_id or None)
        for moment_field in (self.happened, self.ended):
            moment_field.set_zone(form.zone)
        self.category.set_value(form.category)
        self.happened.set_value(form.happened_at)
        self.ended.set_value(form.ended_at)
        self.place.set_value(form.place)
        self.physical.set_value(form.physical_harm)
        self.psychological.set_value(form.psychological_harm)
        self.near_miss.blockSignals(True)
        self.near_miss.setChecked(form.near_miss)
        self.near_miss.blockSignals(False)
        for field, value in (
            (self.place_note, form.place_note),
            (self.antecedent, form.antecedent),
            (self.account, form.account),
            (self.de_escalation, form.de_escalation),
            (self.injury, form.injury_note),
            (self.outcome, form.outcome),
            (self.debrief, form.debrief),
            (self.signer, signer),
        ):
            field.set_value(value)
        self.people.set_value(form.people)
        self.done.set_value(form.actions)
        self.notifications.set_value(form.notifications)
        self.follow_ups.set_value(form.follow_ups)
        self.clear_errors()
        self.category.setFocus(Qt.FocusReason.OtherFocusReason)

    def value(self) -> IncidentForm:
        """The incident as typed."""
        return IncidentForm(
            client_id=self.client.value() or "",
            category=self.category.value(),
            happened_at=self.happened.value(),
            ended_at=self.ended.value(),
            zone=self._zone,
            place=self.place.value(),
            place_note=self.place_note.value(),
            people=self.people.value(),
            antecedent=self.antecedent.value(),
            account=self.account.value(),
            de_escalation=self.de_escalation.value(),
            actions=self.done.value(),
            notifications=self.notifications.value(),
            physical_harm=self.physical.value(),
            psychological_harm=self.psychological.value(),
            near_miss=self.near_miss.isChecked(),
            injury_note=self.injury.value(),
            outcome=self.outcome.value(),
            follow_ups=self.follow_ups.value(),
            debrief=self.debrief.value(),
        )

    def show_error(self, field: str, sentence: str) -> bool:
        """Puts a sentence beside its field; False when there is no such field."""
        self.clear_errors()
        return any(form.show_error(field, sentence) for form in self._forms())

    def clear_errors(self) -> None:
        """Takes all sentences away."""
        for form in self._forms():
            form.clear_errors()

    def _forms(self) -> tuple[Form, ...]:
        return (self.form, self.story_form, self.harm_form, self.end_form, self.sign_form)
