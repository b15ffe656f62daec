"""The form of one client, with their contacts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from safeplan_desktop.domain.answers import Answer
from safeplan_desktop.domain.clients import ClientContact, ClientForm, ContactSafety, ForEmergency
from safeplan_desktop.domain.ids import new_id
from safeplan_desktop.domain.vocabulary import label_of
from safeplan_desktop.errors import InvalidInputError, SafePlanError
from safeplan_desktop.services import reference
from safeplan_desktop.ui.drafting import SavedLabel
from safeplan_desktop.ui.widgets.dates import DateField
from safeplan_desktop.ui.widgets.inputs import Choice, OptionRow, TextArea, TextLine, enum_options
from safeplan_desktop.ui.widgets.layout import Card, Form, Page, button, row
from safeplan_desktop.ui.widgets.wrapping import TickBox


class _ContactCard(Card):
    """One contact of the client."""

    changed = Signal()

    def __init__(self, number: int, contact: ClientContact, remove: Callable[[], None]) -> None:
        super().__init__()
        self._contact = contact
        prefix = f"client.contact-{number}"
        self.form = Form(prefix)
        self.name, self.relation, self.phone = TextLine(), TextLine(), TextLine()
        self.emergency = TickBox("Emergency contact")
        self.never = TickBox("Never contact this person")
        self.consent_on = DateField()
        self.consent = OptionRow(enum_options(Answer, label_of), digits=False, clearable=False)
        self.call = OptionRow(enum_options(Answer, label_of), digits=False, clearable=False)
        self.message = OptionRow(enum_options(Answer, label_of), digits=False, clearable=False)
        self.write = OptionRow(enum_options(Answer, label_of), digits=False, clearable=False)
        self.form.add_row(
            ("name", "Name", self.name, ""),
            ("relation", "Relation", self.relation, ""),
            ("phone", "Phone", self.phone, ""),
        )
        self.form.add_row(("emergency", "Role", self.emergency, ""), ("never", "Warning", self.never, ""))
        self.form.add_row(
            ("consent", "Client agrees that this person is contacted", self.consent, ""),
            ("consent_on", "Agreed on", self.consent_on, ""),
        )
        self.form.add_row(
            ("call", "Safe to call", self.call, ""),
            ("message", "Safe to leave a message", self.message, ""),
        )
        self.form.add("write", "Safe to write", self.write)
        self.add(self.form)
        self.add(row(None, button("Remove this contact", f"{prefix}.remove", remove, kind="quiet")))
        self.name.set_value(contact.name)
        self.relation.set_value(contact.relation)
        self.phone.set_value(contact.phone)
        self.emergency.setChecked(contact.emergency)
        self.never.setChecked(contact.safety.never_contact)
        self.consent.set_value(contact.consent)
        self.consent_on.set_value(contact.consent_on)
        self.call.set_value(contact.safety.call)
        self.message.set_value(contact.safety.leave_message)
        self.write.set_value(contact.safety.write)
        fields = (self.name, self.relation, self.phone, self.consent, self.consent_on, self.call, self.message)
        for field in (*fields, self.write):
            field.changed.connect(self.changed)
        for box in (self.emergency, self.never):
            box.toggled.connect(lambda _on: self.changed.emit())

    def value(self) -> ClientContact:
        """The contact as typed."""
        return replace(
            self._contact,
            name=self.name.value().strip(),
            relation=self.relation.value().strip(),
            phone=self.phone.value().strip(),
            emergency=self.emergency.isChecked(),
            consent=self.consent.value() or Answer.NOT_ASKED,
            consent_on=self.consent_on.value(),
            safety=ContactSafety(
                call=self.call.value() or Answer.NOT_ASKED,
                leave_message=self.message.value() or Answer.NOT_ASKED,
                write=self.write.value() or Answer.NOT_ASKED,
                never_contact=self.never.isChecked(),
            ),
        )


class ClientFormPage(Page):
    """Add or edit a client."""

    changed = Signal()

    def __init__(
        self, save: Callable[[ClientForm], None], cancel: Callable[[], None], parent: QWidget | None = None
    ) -> None:
        super().__init__("client", "New client", parent=parent)
        self._save = save
        self.form = Form("client")
        self.name, self.code, self.pronouns = TextLine(), TextLine(longest=20), TextLine()
        self.birth_date, self.phone, self.email = DateField(), TextLine(), TextLine()
        self.address, self.note = TextArea(fewest_lines=2), TextArea(fewest_lines=2)
        self.language = Choice(reference.plan_languages(), empty="")
        countries = [(found.code, found.name) for found in reference.countries()]
        self.country = Choice(countries, empty="As the practice")
        self.call = OptionRow(enum_options(Answer, label_of), digits=False, clearable=False)
        self.message = OptionRow(enum_options(Answer, label_of), digits=False, clearable=False)
        self.write = OptionRow(enum_options(Answer, label_of), digits=False, clearable=False)
        self.form.add_row(
            ("name", "Name", self.name, ""),
            ("code", "Code", self.code, "Stands for the name on screens and files"),
        )
        self.form.add_row(
            ("birth_date", "Birth date", self.birth_date, ""), ("pronouns", "Pronouns", self.pronouns, "")
        )
        self.form.add_row(("phone", "Phone", self.phone, ""), ("email", "E-mail", self.email, ""))
        self.form.add_row(
            ("call", "Safe to call", self.call, ""), ("message", "Safe to leave a message", self.message, "")
        )
        self.form.add_row(
            ("write", "Safe to write", self.write, ""),
            ("language", "Language of documents", self.language, ""),
        )
        self.form.add("address", "Address", self.address)
        self.form.add("country", "Lives in", self.country, "Crisis numbers follow where the client lives")
        self.form.add("note", "Note", self.note)
        card = self.card()
        card.add(self.form)
        self._build_emergency()
        self._contacts = QVBoxLayout()
        self._cards: list[_ContactCard] = []
        self.add(self._contacts)
        self.add(row(button("Add a contact", "client.add-contact", self._add_contact), None))
        self.body.addStretch(1)
        self.save_button = button("Save", "client.save", self._submit, kind="primary")
        self.saved = SavedLabel("client.saved")
        self.set_footer(row(self.saved, None, button("Cancel", "client.cancel", cancel), self.save_button))
        typed = (self.name, self.code, self.pronouns, self.birth_date, self.phone, self.email, self.address, self.note)
        for field in (
            *typed,
            *self.emergency.values(),
            self.language,
            self.country,
            self.call,
            self.message,
            self.write,
        ):
            field.changed.connect(self.changed)
        self.show_in_turns()

    def _build_emergency(self) -> None:
        """What a dispatcher or a crew needs to know; the Crisis panel shows it."""
        self.emergency: dict[str, TextLine | TextArea] = {
            "hazards": TextArea(fewest_lines=1),
            "medicines": TextArea(fewest_lines=1),
            "department": TextLine(),
            "police": TextLine(),
            "dispatch": TextLine(),
        }
        fields, form = self.emergency, Form("client.emergency")
        form.add_row(
            ("hazards", "Hazards at the address", fields["hazards"], "Such as weapons, dogs, stairs"),
            ("medicines", "Medicines", fields["medicines"], ""),
        )
        form.add_row(
            ("department", "Nearest emergency department", fields["department"], "Of the client, with its number"),
            ("police", "Local police", fields["police"], "Of the client, with its number"),
        )
        form.add(
            "dispatch",
            "Direct number of the dispatch in the client's area",
            fields["dispatch"],
            "For telehealth: the emergency number that you dial reaches your own area",
        )
        card = self.card("For an emergency", "The Crisis panel shows it while this client is chosen.")
        card.add(form)

    def show_form(self, form: ClientForm, *, new: bool) -> None:
        """Fills the form."""
        self.title.setText("New client" if new else "Edit client")
        self.banner.dismiss()
        self.saved.setText("")
        self.form.clear_errors()
        for field, value in (
            (self.name, form.name),
            (self.code, form.code),
            (self.pronouns, form.pronouns),
            (self.phone, form.phone),
            (self.email, form.email),
            (self.address, form.address),
            (self.note, form.note),
        ):
            field.set_value(value)
        for name, line in self.emergency.items():
            line.set_value(getattr(form.emergency, name))
        self.birth_date.set_value(form.birth_date)
        self.language.set_value(form.language)
        self.country.set_value(form.country or None)
        self.call.set_value(form.safety.call)
        self.message.set_value(form.safety.leave_message)
        self.write.set_value(form.safety.write)
        for card in list(self._cards):
            self._remove(card)
        for contact in form.contacts:
            self._show_contact(contact)
        self.to_top()
        self.name.setFocus(Qt.FocusReason.OtherFocusReason)

    def value(self) -> ClientForm:
        """The form as typed."""
        return ClientForm(
            code=self.code.value(),
            name=self.name.value(),
            pronouns=self.pronouns.value(),
            birth_date=self.birth_date.value(),
            phone=self.phone.value(),
            email=self.email.value(),
            address=self.address.value(),
            country=self.country.value() or "",
            language=self.language.value(),
            safety=ContactSafety(
                call=self.call.value() or Answer.NOT_ASKED,
                leave_message=self.message.value() or Answer.NOT_ASKED,
                write=self.write.value() or Answer.NOT_ASKED,
            ),
            contacts=tuple(card.value() for card in self._cards),
            note=self.note.value(),
            emergency=ForEmergency(**{name: line.value() for name, line in self.emergency.items()}),
        )

    def show_problem(self, field: str, problem: SafePlanError) -> None:
        """Shows a sentence beside its field, or on top."""
        if not self.form.show_error(field, problem.sentences):
            self.banner.show_problem(problem)
            self.to_top()

    def _submit(self) -> None:
        self.form.clear_errors()
        self.banner.dismiss()
        if self.birth_date.unreadable:
            self.show_problem(
                "birth_date",
                InvalidInputError("birth_date", "This isn't a day. Please type it like 1990-05-04."),
            )
            return
        self._save(self.value())

    def _add_contact(self) -> None:
        card = self._show_contact(ClientContact(new_id(), "", emergency=not self._cards))
        card.name.setFocus(Qt.FocusReason.OtherFocusReason)
        self.show_widget(card)

    def _show_contact(self, contact: ClientContact) -> _ContactCard:
        card = _ContactCard(len(self._cards) + 1, contact, lambda: self._remove(card))
        card.changed.connect(self.changed)
        self._cards.append(card)
        self._contacts.addWidget(card)
        return card

    def _remove(self, card: _ContactCard) -> None:
        self._cards.remove(card)
        self._contacts.removeWidget(card)
        card.hide()
        card.deleteLater()
