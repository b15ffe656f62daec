"""The practice's emergency contacts: rows to edit, and when each number was checked, by whom."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from safeplan_desktop.domain.ids import new_id
from safeplan_desktop.domain.practice import ContactType, EmergencyContact, check_warning
from safeplan_desktop.domain.reference_lists import LineKind
from safeplan_desktop.domain.vocabulary import label_of
from safeplan_desktop.ui.widgets.dates import DateField
from safeplan_desktop.ui.widgets.flow import FlowLayout
from safeplan_desktop.ui.widgets.inputs import Choice, TextLine, enum_options
from safeplan_desktop.ui.widgets.layout import Card, EmptyState, Form, Page, button, clear_layout, label, row
from safeplan_desktop.ui.widgets.wrapping import TickBox


@dataclass(frozen=True, slots=True)
class ContactActions:
    """What the page can do.

    Attributes:
        today: The present day.
        checker: Who checks numbers: the therapist's name.
        of_country: The rows of the practice's country, none of them checked; and the country's name.
    """

    save: Callable[[tuple[EmergencyContact, ...]], None]
    print_card: Callable[[], None]
    today: Callable[[], dt.date]
    checker: Callable[[], str]
    of_country: Callable[[], tuple[str, tuple[EmergencyContact, ...]]]


class ContactRow(Card):
    """One line of the emergency contacts."""

    changed = Signal()

    def __init__(
        self, number: int, contact: EmergencyContact, actions: ContactActions, remove: Callable[[], None]
    ) -> None:
        super().__init__()
        self._contact, self._actions = contact, actions
        prefix = f"practice.contact-{number}"
        self.form = Form(prefix)
        self.type = Choice(enum_options(ContactType, label_of), empty="")
        self.name, self.number, self.hours = TextLine(), TextLine(), TextLine()
        self.languages, self.note, self.checked_by = TextLine(), TextLine(), TextLine()
        self.checked_on = DateField()
        self.on_plans = TickBox("Offer it on safety plans")
        self.while_locked = TickBox("Show it while locked")
        self.form.add_row(
            ("type", "Kind", self.type, ""),
            ("name", "Who", self.name, ""),
            ("number", "Number", self.number, ""),
        )
        self.form.add_row(
            ("hours", "Hours", self.hours, ""),
            ("languages", "Languages", self.languages, ""),
            ("note", "Note", self.note, ""),
        )
        self.form.add_row(
            ("checked_on", "Number last checked on", self.checked_on, ""),
            ("checked_by", "By whom", self.checked_by, ""),
        )
        self.add(self.form)
        self._warning = label("", "error", name=f"{prefix}.warning")
        self._warning.hide()
        self._more = label("", "quiet")
        self._more.hide()
        self.add(self._more)
        self.add(self._warning)
        for box, name in ((self.on_plans, "on_plans"), (self.while_locked, "while_locked")):
            box.setObjectName(f"{prefix}.{name}")
            box.setAccessibleName(box.text())
        line = FlowLayout(spacing=8)
        checked = button("I checked this number today", f"{prefix}.checked", self.check_today, kind="small")
        for widget in (
            self.on_plans,
            self.while_locked,
            checked,
            button("Remove", f"{prefix}.remove", remove, kind="small"),
        ):
            line.addWidget(widget)
        self.add(line)
        for field in ("type", "name", "number", "hours", "languages", "note", "checked_on", "checked_by"):
            getattr(self, field).set_value(getattr(contact, field))
        self.on_plans.setChecked(contact.on_plans)
        self.while_locked.setChecked(contact.while_locked)
        for field in ("type", "name", "number", "hours", "languages", "note", "checked_on", "checked_by"):
            getattr(self, field).changed.connect(self.changed)
        self.on_plans.toggled.connect(self.changed)
        self.while_locked.toggled.connect(self.changed)
        self.number.changed.connect(self._number_changed)
        self.type.changed.connect(self._show_state)
        self.checked_on.changed.connect(self._show_state)
        self._show_state()

    def value(self) -> EmergencyContact:
        """The line as typed."""
        same = self.number.value().strip() == self._contact.number
        return replace(
            self._contact,
            type=self.type.value(),
            name=self.name.value().strip(),
            number=self.number.value().strip(),
            hours=self.hours.value().strip(),
            languages=self.languages.value().strip(),
            note=self.note.value().strip(),
            checked_on=self.checked_on.value(),
            checked_by=self.checked_by.value().strip() if self.checked_on.value() else "",
            on_plans=self.on_plans.isChecked(),
            while_locked=self.while_locked.isChecked(),
            free=self._contact.free if same else None,
            abroad=self._contact.abroad if same else "",
            line=self._contact.line if same else LineKind.CRISIS,
        )

    def check_today(self) -> None:
        """The therapist's word that this number was checked today."""
        self.checked_on.set_value(self._actions.today())
        self.checked_by.set_value(self._actions.checker())
        self._show_state()
        self.changed.emit()

    def _number_changed(self) -> None:
        """Another number hasn't been checked yet, whatever was said of the one before."""
        self.checked_on.set_value(None)
        self.checked_by.set_value("")
        self._show_state()

    def _show_state(self) -> None:
        typed = self.value()
        warning = check_warning(typed, self._actions.today()) if typed.number else ""
        self._warning.setText(f"{warning}." if warning else "")
        self._warning.setVisible(bool(warning))
        free = {True: "The call is free.", False: "The call costs something.", None: ""}[typed.free]
        whom = (
            "" if typed.line is LineKind.CRISIS or typed.type is not ContactType.CRISIS_LINE else label_of(typed.line)
        )
        abroad = f"From abroad: {typed.abroad}." if typed.abroad else ""
        self._more.setText("  ".join(part for part in (f"{whom}." if whom else "", free, abroad) if part))
        self._more.setVisible(bool(whom or free or abroad))


class ContactsPage(Page):
    """The table of emergency contacts."""

    changed = Signal()

    def __init__(self, actions: ContactActions, parent: QWidget | None = None) -> None:
        super().__init__(
            "practice.contacts",
            "Emergency contacts",
            "Check every number yourself before you rely on it, and once a year. Lines that are shown while locked are "
            "kept outside the encrypted file, so write nothing about a client here.",
            parent=parent,
        )
        self._actions = actions
        self.rows: list[ContactRow] = []
        line = FlowLayout(spacing=8)
        for made in (
            button("I checked all these numbers today", "practice.check-all", self._check_all),
            button("Take from this country's list", "practice.take-country", self._take_country),
            button("Print the wall card...", "practice.wall-card", actions.print_card),
        ):
            line.addWidget(made)
        self.add(line)
        self._none = EmptyState(
            "practice.contacts.none", "No number yet. Take those of your country first, then add your own."
        )
        self.add(self._none)
        self._list = QVBoxLayout()
        self._list.setSpacing(12)
        self.add(self._list)
        self.add(row(button("Add a contact", "practice.add-contact", self._add), None))
        self.body.addStretch(1)
        self.set_footer(row(None, button("Save the contacts", "practice.save-contacts", self._save, kind="primary")))

    def show_contacts(self, contacts: tuple[EmergencyContact, ...]) -> None:
        """Shows what is stored."""
        clear_layout(self._list)
        self.rows = []
        for contact in contacts:
            self._show(contact)
        self._none.setVisible(not self.rows)

    def show_error(self, field: str, sentence: str) -> bool:
        """Puts a sentence beside the first contact that isn't complete."""
        for made in self.rows:
            bad = made.value()
            if not bad.name or not any(character.isdigit() for character in bad.number):
                return made.form.show_error(field, sentence)
        return False

    def _show(self, contact: EmergencyContact) -> ContactRow:
        made = ContactRow(len(self.rows) + 1, contact, self._actions, lambda: self._remove(made))
        self.rows.append(made)
        self._list.addWidget(made)
        self._none.hide()
        made.changed.connect(self.changed)
        self.changed.emit()
        return made

    def value(self) -> tuple[EmergencyContact, ...]:
        """The contacts as typed."""
        return tuple(made.value() for made in self.rows)

    def _add(self) -> None:
        made = self._show(EmergencyContact(new_id(), ContactType.OTHER, "", ""))
        made.name.setFocus(Qt.FocusReason.OtherFocusReason)
        self.show_widget(made)

    def _remove(self, made: ContactRow) -> None:
        self.rows.remove(made)
        self._list.removeWidget(made)
        made.hide()
        made.deleteLater()
        self._none.setVisible(not self.rows)
        self.changed.emit()

    def _check_all(self) -> None:
        for made in self.rows:
            made.check_today()
        words = f"{len(self.rows)} numbers are marked as checked today. Save the contacts to keep that."
        self.banner.say("information", words if self.rows else "There is no number to check yet.")

    def _take_country(self) -> None:
        name, offered = self._actions.of_country()
        have = {"".join(c for c in made.number.value() if c.isdigit()) for made in self.rows}
        new = [one for one in offered if "".join(c for c in one.number if c.isdigit()) not in have]
        made = [self._show(contact) for contact in new]
        if made:
            rows = "One row was" if len(made) == 1 else f"{len(made)} rows were"
            words = f"{rows} added for {name}, below yours. None of them is checked yet; remove what you don't need."
            self.show_widget(made[0])
        elif offered:
            words = f"All numbers of the list for {name} stand here already."
        else:
            words = "There is no list for your country. It is chosen under Profile; please add the numbers by hand."
        self.banner.say("information", words)

    def _save(self) -> None:
        self.banner.dismiss()
        for made in self.rows:
            made.form.clear_errors()
        self._actions.save(self.value())
