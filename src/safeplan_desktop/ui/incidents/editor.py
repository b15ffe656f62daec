"""The incident form."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from safeplan_desktop.domain.checklist_filling import with_answers
from safeplan_desktop.domain.checklists import Checklist, ChecklistAnswers
from safeplan_desktop.domain.drafts import Draft
from safeplan_desktop.domain.incidents import (
    Action,
    Consultation,
    FollowUp,
    IncidentCategory,
    IncidentForm,
    Notification,
    Party,
    Person,
    PhysicalHarm,
    Place,
    PsychologicalHarm,
    RecordLink,
    Wrong,
    entered_later,
)
from safeplan_desktop.domain.moments import Moment
from safeplan_desktop.domain.vocabulary import label_of
from safeplan_desktop.ui.incidents.rows import ActionRow, EntryList, FollowUpRow, NotificationRow, PersonRow
from safeplan_desktop.ui.widgets.dates import DateTimeField
from safeplan_desktop.ui.widgets.flow import FlowLayout
from safeplan_desktop.ui.widgets.inputs import Choice, OptionRow, TextArea, TextLine, enum_options
from safeplan_desktop.ui.widgets.layout import Card, Form, button, label
from safeplan_desktop.ui.widgets.turns import RevealInTurns
from safeplan_desktop.ui.widgets.wrapping import TickBox

Links = Callable[[str], tuple[tuple[RecordLink, ...], tuple[RecordLink, ...]]]


@dataclass(frozen=True, slots=True)
class EditorPorts:
    """What the form asks for.

    Attributes:
        links: A client's screenings and plans that an incident can go with.
        wrong: What keeps the form from being signed under a name.
        open_checklist: Opens a checklist over the form.
    """

    now: Callable[[], dt.datetime]
    links: Links
    checklists: tuple[Checklist, ...]
    wrong: Callable[[str], Wrong]
    open_checklist: Callable[[Checklist], None]


_TEXTS = (
    *(
        "antecedent",
        "account",
        "assessment",
        "de_escalation",
        "property_damage",
        "injured",
        "injury_note",
        "medical_care",
    ),
    *("outcome", "transport", "care_change", "factors", "lessons", "protocol_change", "debrief"),
    *("place_note", "client_location", "reporter"),
)
_LINES = frozenset(
    {"injured", "transport", "care_change", "place_note", "client_location", "reporter", "property_damage"}
)
_ASKED = ("why_now", "who", "advice", "decision")


class IncidentEditor(QWidget):
    """All fields of an incident; the entry time is shown and can't be edited."""

    changed = Signal()

    def __init__(self, ports: EditorPorts, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        now = ports.now
        self._ports, self._zone = ports, "UTC"
        self._base = IncidentForm()
        self._entered: Moment | None = None
        self.entered = label("", "quiet", name="incident.entered")
        self.later = label("", name="incident.entered-later")
        self.category = Choice(enum_options(IncidentCategory, label_of))
        self.client = Choice([], empty="No client involved")
        self.happened, self.ended = DateTimeField("UTC", now), DateTimeField("UTC", now)
        self.place = Choice(enum_options(Place, label_of))
        self.screening, self.plan = Choice([], empty="None"), Choice([], empty="None")
        self.texts: dict[str, TextLine | TextArea] = {
            name: TextLine(longest=2000) if name in _LINES else TextArea(fewest_lines=2) for name in _TEXTS
        }
        self.texts["account"] = TextArea(fewest_lines=5, most_lines=20)
        self.account = self.texts["account"]
        self.texts["place_note"].setPlaceholderText("Room, address, number")
        self.asked_at = DateTimeField("UTC", now)
        self.asked: dict[str, TextLine | TextArea] = {
            name: TextLine() if name == "who" else TextArea(fewest_lines=2) for name in _ASKED
        }
        self.physical = OptionRow(enum_options(PhysicalHarm, label_of), digits=False)
        self.psychological = OptionRow(enum_options(PsychologicalHarm, label_of), digits=False)
        self.near_miss = TickBox("A near miss: nothing happened, but it could have")
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
            lambda entry: ActionRow(entry or Action(now(), ""), self._zone, now),
        )
        self.notifications: EntryList[Notification] = EntryList(
            "incident.notification",
            "Who was told",
            "Emergency services, family, consultant, authorities.",
            "Add somebody who was told",
            lambda entry: NotificationRow(entry or Notification(Party.EMERGENCY_SERVICES, now()), self._zone, now),
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
        for form in self._forms:
            form.recheck = lambda: ports.wrong(self.signer.value())
        for field in self._fields():
            field.changed.connect(self._edited)
        self.near_miss.toggled.connect(lambda _on: self.changed.emit())
        self.client.changed.connect(self._offer_links)
        self._turns = RevealInTurns(self)
        self._turns.reveal(self._column, at_once=1)

    # -- building ---------------------------------------------------------------------------------------------------

    def _build(self) -> None:
        column = self._column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(16)
        self._forms: list[Form] = []
        head = Card(parent=self)
        head.add(self._head_form())
        head.add(self.entered)
        head.add(self.later)
        # One after the other: the tab key goes through them as they came into the form.
        cards: tuple[Callable[[], QWidget], ...] = (
            lambda: head,
            lambda: self._card("Account", *_ACCOUNT),
            lambda: self.people,
            lambda: self.done,
            self._checklist_card,
            lambda: self.notifications,
            self._harm_card,
            lambda: self._card("Afterwards", *_AFTERWARDS),
            self._consultation_card,
            lambda: self._card("Debrief and lessons", *_DEBRIEF),
            lambda: self.follow_ups,
            self._links_card,
            self._sign_card,
        )
        for make in cards:
            column.addWidget(make())

    def _form(self) -> Form:
        made = Form("incident")
        self._forms.append(made)
        return made

    def _new_card(self, title: str, about: str = "") -> tuple[Card, Form]:
        """A card with a form, both where they stay: what is moved with all its fields is styled once more."""
        card, form = Card(title, about, self), self._form()
        card.add(form)
        return card, form

    def _text_cell(self, name: str, title: str, help_line: str = "") -> tuple[str, str, QWidget, str]:
        return name, title, self.texts[name], help_line

    def _head_form(self) -> Form:
        form = self.form = self._form()
        form.add_row(("category", "Kind of incident", self.category, ""), ("client", "Client", self.client, ""))
        form.add_row(
            ("happened_at", "When it happened", self.happened, ""), ("ended_at", "When it ended", self.ended, "")
        )
        form.add_row(("place", "Where", self.place, ""), self._text_cell("place_note", "More about the place"))
        form.add_row(
            self._text_cell("client_location", "Where the client was", "In telehealth, or on the phone"),
            self._text_cell("reporter", "Reported by", "If it wasn't you"),
        )
        return form

    def _card(self, title: str, *cells: tuple[str, str, str]) -> Card:
        card, form = self._new_card(title)
        for cell in cells:
            form.add(*self._text_cell(*cell))
        return card

    def _harm_card(self) -> Card:
        card, form = self._new_card("Harm")
        form.add("physical_harm", "Physical harm", self.physical)
        form.add("psychological_harm", "Psychological harm", self.psychological)
        self.near_miss.setObjectName("incident.near_miss")
        self.near_miss.setAccessibleName(self.near_miss.text())
        form.add_widget(self.near_miss)
        form.add_row(
            self._text_cell("injured", "Who was hurt"), self._text_cell("property_damage", "Damage to property")
        )
        form.add(*self._text_cell("injury_note", "Injury"))
        form.add(*self._text_cell("medical_care", "Medical care"))
        return card

    def _checklist_card(self) -> Card:
        about = "Questions to think along in hard moments; the answers are kept with the incident."
        card = Card("Checklists", about, self)
        line = FlowLayout(spacing=8)
        for checklist in self._ports.checklists:
            open_it = partial(self._ports.open_checklist, checklist)
            line.addWidget(button(f"{checklist.title}...", f"incident.checklist.{checklist.id}", open_it))
        card.add(line)
        self._answered = label("", "quiet", name="incident.checklists")
        card.add(self._answered)
        return card

    def _consultation_card(self) -> Card:
        card, form = self._new_card("Consultation")
        form.add_row(
            ("consultation-at", "When", self.asked_at, ""), ("consultation-who", "With whom", self.asked["who"], "")
        )
        form.add("consultation-why_now", "What you wanted to know, and why then", self.asked["why_now"])
        form.add("consultation-advice", "What was advised", self.asked["advice"])
        form.add("consultation-decision", "What you decided, and why", self.asked["decision"])
        return card

    def _links_card(self) -> Card:
        card, form = self._new_card("Goes with", "The client's records that belong to it.")
        form.add_row(("screening", "Screening", self.screening, ""), ("plan", "Safety plan", self.plan, ""))
        return card

    def _sign_card(self) -> Card:
        card, form = self._new_card("Sign", "A signed incident never changes; you can add to it later.")
        form.add("signer", "Your name, as your signature", self.signer)
        return card

    def _fields(self) -> tuple[Any, ...]:
        return (
            *(self.category, self.client, self.happened, self.ended, self.place, self.screening, self.plan),
            *self.texts.values(),
            *(self.asked_at, *self.asked.values()),
            *(self.people, self.done, self.notifications, self.physical, self.psychological, self.follow_ups),
        )

    # -- filling ----------------------------------------------------------------------------------------------------

    def show_form(self, draft: Draft, form: IncidentForm, clients: tuple[tuple[str, str], ...], signer: str) -> None:
        """Fills the form."""
        self._base, self._zone = form, form.zone
        entered = self._entered = Moment(draft.started_at, draft.started_zone)
        self.entered.setText(f"Entered {entered.local:%d %b %Y, %H:%M} ({entered.zone}). This time can't be edited.")
        self.client.set_options(clients, empty="No client involved")
        self.client.set_value(form.client_id or None)
        for moment_field in (self.happened, self.ended, self.asked_at):
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
        for name, field in self.texts.items():
            field.set_value(getattr(form, name))
        self.signer.set_value(signer)
        self.people.set_value(form.people)
        self.done.set_value(form.actions)
        self.follow_ups.set_value(form.follow_ups)
        self._offer_links()
        self.screening.set_value(form.screening)
        self.plan.set_value(form.plan)
        self._show_filled(form)
        self._show_later()
        self.clear_errors()
        self.category.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_filled(self, form: IncidentForm) -> None:
        """What checklists fill in as well."""
        self.notifications.set_value(form.notifications)
        self.asked_at.set_value(form.consultation.at)
        for name, field in self.asked.items():
            field.set_value(getattr(form.consultation, name))
        answered = [f"{one.title}: {len(one.answers)} answered" for one in form.checklists]
        self._answered.setText(". ".join(answered) + "." if answered else "None was opened yet.")

    def _offer_links(self) -> None:
        screenings, plans = self._ports.links(self.client.value() or "")
        self.screening.set_options([(link, link.title) for link in screenings], empty="None")
        self.plan.set_options([(link, link.title) for link in plans], empty="None")

    def _edited(self) -> None:
        self._show_later()
        self.changed.emit()

    def _show_later(self) -> None:
        """Says calmly that an incident is entered on a later day than it happened."""
        days = entered_later(self.happened.value(), self._entered) if self._entered else 0
        when = "the day after it happened" if days == 1 else f"{days} days after it happened"
        said = f"This is entered {when}. That is all right: the report shows both times."
        self.later.setText(said if days > 0 else "")
        self.later.setVisible(days > 0)

    def given(self, checklist: Checklist) -> ChecklistAnswers | None:
        """The answers to a checklist so far; None where it wasn't opened yet."""
        return next((one for one in self._base.checklists if one.checklist == checklist.id), None)

    def take_answers(self, checklist: Checklist, answers: ChecklistAnswers) -> None:
        """Puts a checklist's answers into the form: who was told, the consultation, and the answers themselves."""
        self._base = with_answers(self.value(), checklist, answers)
        self._show_filled(self._base)
        self.changed.emit()

    # -- reading ----------------------------------------------------------------------------------------------------

    def value(self) -> IncidentForm:
        """The incident as typed."""
        typed: dict[str, Any] = {name: field.value() for name, field in self.texts.items()}
        return replace(
            self._base,
            client_id=self.client.value() or "",
            category=self.category.value(),
            happened_at=self.happened.value(),
            ended_at=self.ended.value(),
            zone=self._zone,
            place=self.place.value(),
            people=self.people.value(),
            actions=self.done.value(),
            notifications=self.notifications.value(),
            physical_harm=self.physical.value(),
            psychological_harm=self.psychological.value(),
            near_miss=self.near_miss.isChecked(),
            follow_ups=self.follow_ups.value(),
            consultation=Consultation(
                self.asked_at.value(), **{name: field.value() for name, field in self.asked.items()}
            ),
            screening=self.screening.value() or RecordLink(),
            plan=self.plan.value() or RecordLink(),
            **typed,
        )

    def show_error(self, field: str, sentence: str) -> bool:
        """Puts a sentence beside its field; False when there is no such field."""
        self._turns.finish()
        self.clear_errors()
        return any(form.show_error(field, sentence) for form in self._forms)

    def clear_errors(self) -> None:
        """Takes all sentences away."""
        for form in self._forms:
            form.clear_errors()


_ACCOUNT = (
    ("antecedent", "What led up to it", ""),
    ("account", "What happened", "Facts, in their order; quotes as quotes"),
    ("assessment", "How you judged the situation at the time", ""),
    ("de_escalation", "What you did to calm the situation", ""),
)
_AFTERWARDS = (
    ("outcome", "Outcome", ""),
    ("transport", "Taken somewhere: by whom, where to", ""),
    ("care_change", "Change in the level of care", ""),
)
_DEBRIEF = (
    ("debrief", "Debrief: with the client, with a colleague, for yourself", ""),
    ("factors", "What contributed to it", ""),
    ("lessons", "What you learned", ""),
    ("protocol_change", "What changes in your protocol", ""),
)
