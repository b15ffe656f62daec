"""A signed incident for reading: what was signed, what it goes with, what is still to be done, what was added."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from PySide6.QtWidgets import QVBoxLayout, QWidget

from safeplan_desktop.domain.changes import Noun
from safeplan_desktop.domain.incidents import (
    FollowUpState,
    RecordLink,
    SignedIncident,
    entered_later,
    void_of,
    wrong_in_done,
)
from safeplan_desktop.domain.moments import Moment
from safeplan_desktop.domain.vocabulary import label_of
from safeplan_desktop.ui.incidents.presenter import SignedView
from safeplan_desktop.ui.theme import GAP
from safeplan_desktop.ui.widgets.dates import DateField
from safeplan_desktop.ui.widgets.flow import FlowLayout
from safeplan_desktop.ui.widgets.form_dialog import FormDialog
from safeplan_desktop.ui.widgets.inputs import TextLine
from safeplan_desktop.ui.widgets.layout import Card, Page, button, clear_layout, label, row


@dataclass(frozen=True, slots=True)
class SignedActions:
    """What the page's buttons do."""

    back: Callable[[], None]
    add: Callable[[], None]
    void: Callable[[], None]
    copy: Callable[[], None]
    copy_text: Callable[[], None]
    report: Callable[[], None]
    done: Callable[[FollowUpState], None]
    open_again: Callable[[FollowUpState], None]
    open_link: Callable[[Noun, RecordLink], None]


class SignedPage(Page):
    """One signed incident."""

    def __init__(self, actions: SignedActions, parent: QWidget | None = None) -> None:
        super().__init__("incidents.signed", "Incident", parent=parent)
        self._actions = actions
        self._parts = QVBoxLayout()
        self._parts.setSpacing(2 * GAP)
        self.add(self._parts)
        self.body.addStretch(1)
        self.void_button = button("Entered in error...", "incidents.void", actions.void, kind="quiet")
        self.copy_button = button("De-identified copy...", "incidents.copy", actions.copy)
        self.back_button = button("Back to the log", "incidents.signed.back", actions.back)
        line = FlowLayout(spacing=GAP)
        for made in (
            self.back_button,
            self.void_button,
            self.copy_button,
            button("Copy as text", "incidents.copy-text", actions.copy_text),
            button("Add to it...", "incidents.add", actions.add),
            button("Open the report", "incidents.report", actions.report, kind="primary"),
        ):
            line.addWidget(made)
        self.set_footer(line)

    def show_incident(self, shown: SignedView) -> None:
        """Shows one."""
        clear_layout(self._parts)
        incident = shown.incident
        self.title.setText(f"Incident {incident.number}")
        voided = void_of(shown.addenda)
        self.void_button.setVisible(voided is None)
        self.copy_button.setVisible(voided is None)
        if voided is not None:
            card = Card("Entered in error", f"Reason: {voided.reason}")
            card.setObjectName("incidents.in-error")
            when = f"{voided.signed.local:%d %b %Y, %H:%M}"
            card.add(label(f"Marked by {voided.signer}, {when}. What was signed stays below; it counts nowhere."))
            self._parts.addWidget(card)
        self._parts.addWidget(self._about(incident))
        self._links(shown)
        self._follow_ups(shown.follow_ups, marked=voided is None)
        for addendum in (one for one in shown.addenda if one is not voided):
            added = Card(f"{addendum.number}. {label_of(addendum.kind)}", f"Reason: {addendum.reason}")
            added.add(label(addendum.text))
            added.add(label(f"Signed by {addendum.signer}, {addendum.signed.local:%d %b %Y, %H:%M}", "quiet"))
            self._parts.addWidget(added)

    @staticmethod
    def _about(incident: SignedIncident) -> Card:
        form = incident.form
        card = Card(label_of(form.category) if form.category else "")
        happened = Moment(form.happened_at, form.zone) if form.happened_at else None
        days = entered_later(form.happened_at, incident.entered)
        later = "" if days <= 0 else ", the day after" if days == 1 else f", {days} days later"
        signer = ", ".join(part for part in (incident.signer, incident.credentials) if part)
        for line in (
            f"Happened {happened.local:%d %b %Y, %H:%M} ({happened.zone})" if happened else "",
            f"Entered {incident.entered.local:%d %b %Y, %H:%M} ({incident.entered.zone}){later}",
            f"Signed by {signer}, {incident.signed.local:%d %b %Y, %H:%M}",
        ):
            card.add(label(line, "quiet"))
        card.add(label(form.account))
        if form.outcome:
            card.add(label(f"Outcome: {form.outcome}"))
        card.add(label("The report has everything that was signed.", "quiet"))
        return card

    def _links(self, shown: SignedView) -> None:
        form = shown.incident.form
        found = [
            (Noun.SCREENING, form.screening, "incidents.link.screening", ""),
            (Noun.PLAN, form.plan, "incidents.link.plan", ""),
            (Noun.PLAN, shown.revised or RecordLink(), "incidents.link.revised", "Revised afterwards: "),
        ]
        found = [one for one in found if one[1].id]
        if not found:
            return
        card, line = Card("Goes with"), FlowLayout(spacing=GAP)
        for noun, link, name, before in found:
            line.addWidget(button(f"{before}{link.title}", name, partial(self._actions.open_link, noun, link)))
        card.add(line)
        self._parts.addWidget(card)

    def _follow_ups(self, follow_ups: tuple[FollowUpState, ...], *, marked: bool) -> None:
        if not follow_ups:
            return
        card = Card("Follow-ups")
        for one in follow_ups:
            name = f"incidents.follow-up-{one.position + 1}"
            said = [one.text, f"due {one.due:%d %b %Y}" if one.due else ""]
            said.append(f"done {one.done_on:%d %b %Y}" if one.done_on else "open")
            said.append(one.note)
            words = label(", ".join(part for part in said if part), name=name)
            actions = []
            if marked and one.done_on is None:
                actions.append(
                    button("Mark as done...", f"{name}.done", partial(self._actions.done, one), kind="small")
                )
            elif marked and one.marked:
                again = partial(self._actions.open_again, one)
                actions.append(button("Open again", f"{name}.open", again, kind="small"))
            for made in actions:
                made.setAccessibleName(f"{made.text().rstrip('.')}: {one.text}")
            line = row(words, *actions)
            line.setStretch(0, 1)
            card.add(line)
        self._parts.addWidget(card)


class DoneDialog(FormDialog):
    """When a follow-up was done, and a note."""

    def __init__(
        self, parent: QWidget, follow_up: FollowUpState, day: dt.date, keep: Callable[[dt.date | None, str], None]
    ) -> None:
        super().__init__(parent, "follow-up", "Follow-up", "This follow-up was done", follow_up.text, letters=64)
        self.done_on, self.note = DateField(), TextLine("What came of it", longest=1000)
        self.done_on.set_value(day)
        self.form.add("done_on", "Done on", self.done_on)
        self.form.add("note", "Note", self.note)
        self.finish(
            "Mark as done",
            "keep",
            lambda: keep(self.done_on.value(), self.note.value()),
            lambda: wrong_in_done(self.done_on.value(), day),
        )
        self.note.setFocus()
