"""The practice screen: profile, emergency contacts, settings, passphrase."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QTabWidget, QVBoxLayout, QWidget

from safeplan_desktop.domain.brought_in import BroughtIn
from safeplan_desktop.domain.ids import new_id
from safeplan_desktop.domain.practice import (
    LONGEST_IDLE_MINUTES,
    ContactType,
    EmergencyContact,
    Paper,
    PracticeProfile,
    PracticeSettings,
    RiskStyle,
)
from safeplan_desktop.domain.questionnaires import Questionnaire
from safeplan_desktop.domain.vocabulary import label_of
from safeplan_desktop.errors import InvalidInputError, SafePlanError
from safeplan_desktop.services import reference
from safeplan_desktop.ui.practice.presenter import PracticePresenter
from safeplan_desktop.ui.practice.questionnaires import PreviewDialog, QuestionnaireActions, QuestionnairesPage
from safeplan_desktop.ui.printing import choose_file
from safeplan_desktop.ui.widgets.dates import DateField
from safeplan_desktop.ui.widgets.inputs import Choice, PassphraseField, TextArea, TextLine, enum_options
from safeplan_desktop.ui.widgets.layout import Card, Form, Page, button, clear_layout, row

_PROFILE, _CONTACTS, _SETTINGS, _QUESTIONNAIRES = range(4)


class _ContactRow(Card):
    """One line of the emergency contacts."""

    def __init__(
        self, number: int, contact: EmergencyContact, remove: Callable[[], None], today: Callable[[], str]
    ) -> None:
        super().__init__()
        self._contact = contact
        prefix = f"practice.contact-{number}"
        self.form = Form(prefix)
        self.type = Choice(enum_options(ContactType, label_of), empty="")
        self.name, self.number, self.hours = TextLine(), TextLine(), TextLine()
        self.checked_on = DateField()
        self.on_plans = QCheckBox("Offer it on safety plans")
        self.while_locked = QCheckBox("Show it while locked")
        self.form.add_row(
            ("type", "Kind", self.type, ""),
            ("name", "Who", self.name, ""),
            ("number", "Number", self.number, ""),
        )
        self.form.add_row(("hours", "Hours", self.hours, ""), ("checked_on", "Last checked on", self.checked_on, ""))
        self.add(self.form)
        for box, name in ((self.on_plans, "on_plans"), (self.while_locked, "while_locked")):
            box.setObjectName(f"{prefix}.{name}")
            box.setAccessibleName(box.text())
        self.add(
            row(
                self.on_plans,
                self.while_locked,
                None,
                button(
                    "Checked today",
                    f"{prefix}.checked",
                    lambda: self.checked_on.line.setText(today()),
                    kind="small",
                ),
                button("Remove", f"{prefix}.remove", remove, kind="small"),
            )
        )
        self.type.set_value(contact.type)
        self.name.set_value(contact.name)
        self.number.set_value(contact.number)
        self.hours.set_value(contact.hours)
        self.checked_on.set_value(contact.checked_on)
        self.on_plans.setChecked(contact.on_plans)
        self.while_locked.setChecked(contact.while_locked)

    def value(self) -> EmergencyContact:
        """The line as typed."""
        return replace(
            self._contact,
            type=self.type.value(),
            name=self.name.value().strip(),
            number=self.number.value().strip(),
            hours=self.hours.value().strip(),
            checked_on=self.checked_on.value(),
            on_plans=self.on_plans.isChecked(),
            while_locked=self.while_locked.isChecked(),
        )


class PracticeScreen(QWidget):
    """The practice tab."""

    def __init__(self, presenter: PracticePresenter) -> None:
        super().__init__()
        self.setObjectName("page")
        self._presenter = presenter
        self.tabs = QTabWidget()
        self.tabs.setObjectName("practice.tabs")
        self.tabs.setAccessibleName("Parts of the practice")
        self.tabs.setDocumentMode(True)
        self._parts: dict[int, Page] = {}
        self._holders: list[QVBoxLayout] = []
        for title in ("Profile", "Emergency contacts", "Settings and passphrase", "Questionnaires"):
            holder = QWidget()
            inner = QVBoxLayout(holder)
            inner.setContentsMargins(0, 0, 0, 0)
            self._holders.append(inner)
            self.tabs.addTab(holder, title)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.tabs)
        presenter.attach(self)
        self.tabs.currentChanged.connect(self._show_part)
        self._show_part(0)

    def _show_part(self, index: int) -> None:
        """Builds a part when it is first shown, and fills it with what is stored."""
        if index in self._parts:
            return
        builders = (self._build_profile, self._build_contacts, self._build_settings, self._build_questionnaires)
        self._parts[index] = builders[index]()
        self._holders[index].addWidget(self._parts[index])
        if index == _QUESTIONNAIRES:
            self._presenter.show_questionnaires()
        else:
            self._presenter.reload()

    def _build_profile(self) -> Page:
        page = Page(
            "practice.profile",
            "Profile",
            "It stands on documents, and what a dispatcher needs stands in the Crisis panel.",
        )
        self.profile_form = Form("practice")
        self.fields: dict[str, TextLine | TextArea] = {
            name: TextLine()
            for name in (
                "practice_name",
                "therapist_name",
                "credentials",
                "phone",
                "email",
                "entrance",
                "callback",
            )
        }
        self.fields["address"] = TextArea(fewest_lines=2)
        self.country = Choice(
            [*((found.code, found.name) for found in reference.countries()), ("", "Another country")], empty=""
        )
        form, fields = self.profile_form, self.fields
        form.add_row(
            ("therapist_name", "Your name", fields["therapist_name"], ""),
            ("credentials", "Credentials", fields["credentials"], ""),
        )
        form.add_row(
            ("practice_name", "Name of the practice", fields["practice_name"], ""),
            ("country", "Country", self.country, ""),
        )
        form.add_row(("phone", "Phone", fields["phone"], ""), ("email", "E-mail", fields["email"], ""))
        form.add("address", "Address", fields["address"], "What you read to the dispatcher")
        form.add_row(
            ("entrance", "How to find the entrance", fields["entrance"], ""),
            ("callback", "Call-back number", fields["callback"], "If it isn't the phone above"),
        )
        card = Card()
        card.add(form)
        page.add(card)
        page.body.addStretch(1)
        page.set_footer(
            row(None, button("Save the profile", "practice.save-profile", self._save_profile, kind="primary"))
        )
        return page

    def _build_contacts(self) -> Page:
        page = Page(
            "practice.contacts",
            "Emergency contacts",
            "Check every number yourself before you rely on it. Lines that are shown while locked are kept outside the "
            "encrypted file, so write nothing about a client here.",
        )
        self._contacts = QVBoxLayout()
        self._contacts.setSpacing(12)
        self.contact_rows: list[_ContactRow] = []
        page.add(self._contacts)
        page.add(row(button("Add a contact", "practice.add-contact", self._add_contact), None))
        page.body.addStretch(1)
        page.set_footer(
            row(
                None,
                button("Save the contacts", "practice.save-contacts", self._save_contacts, kind="primary"),
            )
        )
        return page

    def _build_settings(self) -> Page:
        page = Page("practice.settings", "Settings and passphrase")
        self.settings_form = Form("practice")
        self.show_names = QCheckBox("Show clients' names on screens (else only codes)")
        self.idle = Choice(
            [(minutes, f"{minutes} minutes") for minutes in (1, 2, 5, 10, 15, 30, LONGEST_IDLE_MINUTES)],
            empty="",
        )
        self.paper = Choice(enum_options(Paper, label_of), empty="")
        self.settings_form.add("show_names", "Names", self.show_names)
        self.settings_form.add_row(
            ("idle_minutes", "Lock after", self.idle, "Without a key or a click"),
            ("paper", "Paper", self.paper, ""),
        )
        self.risk_style = Choice(enum_options(RiskStyle, label_of), empty="")
        self.settings_form.add(
            "risk_style",
            "In screenings I use",
            self.risk_style,
            "Guidance in the United Kingdom (NICE NG225) asks not to predict or decide by levels and scales",
        )
        card = Card("Settings")
        card.add(self.settings_form)
        card.add(
            row(
                None,
                button("Save the settings", "practice.save-settings", self._save_settings, kind="primary"),
            )
        )
        page.add(card)
        self.pass_form = Form("practice-pass")
        self.present, self.new, self.again = PassphraseField(), PassphraseField(), PassphraseField()
        self.pass_form.add("present", "Present passphrase", self.present)
        self.pass_form.add("new", "New passphrase", self.new)
        self.pass_form.add("again", "The new one once more", self.again)
        own = Card(
            "Change the passphrase",
            "The recovery words stay the same. Backups made before still open with the old passphrase.",
        )
        own.add(self.pass_form)
        self.change_button = button("Change the passphrase", "practice.change-passphrase", self._change, kind="primary")
        own.add(
            row(
                button("Suggest six random words", "practice.suggest", self._suggest, kind="quiet"),
                None,
                self.change_button,
            )
        )
        page.add(own)
        page.body.addStretch(1)
        return page

    def _build_questionnaires(self) -> Page:
        self.questionnaires = QuestionnairesPage(
            QuestionnaireActions(self._choose_questionnaire, self._presenter.retire, self._presenter.print_form)
        )
        return self.questionnaires

    def _choose_questionnaire(self) -> None:
        path = choose_file(self, "Choose a questionnaire", "FHIR questionnaires (*.json)")
        if path is not None:
            self._presenter.preview_questionnaire(path)

    # -- what the presenter asks ----------------------------------------------------------------------------------

    def show_practice(
        self, profile: PracticeProfile, contacts: tuple[EmergencyContact, ...], settings: PracticeSettings
    ) -> None:
        """Fills the part that was built last; what is being typed in another one stays."""
        newest = list(self._parts)[-1]
        self._settings = settings
        if newest == _PROFILE:
            for name, field in self.fields.items():
                field.set_value(getattr(profile, name))
            self.country.set_value(profile.country)
        elif newest == _CONTACTS:
            clear_layout(self._contacts)
            self.contact_rows = []
            for contact in contacts:
                self._show_contact(contact)
        else:
            self.show_names.setChecked(settings.show_names)
            self.idle.set_value(settings.idle_minutes)
            self.paper.set_value(settings.paper)
            self.risk_style.set_value(settings.risk_style)

    def show_questionnaires(self, every: tuple[BroughtIn, ...]) -> None:
        """Shows what was brought in."""
        self.questionnaires.banner.dismiss()
        self.questionnaires.show_all(every)

    def show_preview(self, data: bytes, found: Questionnaire, limits: tuple[str, ...]) -> None:
        """Shows what a file would be here."""

        def take_in(permission: str, sum_confirmed: bool) -> None:  # noqa: FBT001 - a tick
            self._presenter.take_in(data, permission, sum_confirmed=sum_confirmed)

        PreviewDialog(self.window(), found, limits, take_in).open()

    def show_problem(self, part: str, problem: SafePlanError) -> None:
        """Shows a sentence beside its field, or on top of its part."""
        field = problem.field if isinstance(problem, InvalidInputError) else ""
        if part == "questionnaires":
            self.questionnaires.banner.show_problem(problem)
            return
        if part == "contacts":
            for contact in self.contact_rows:
                bad = contact.value()
                if not bad.name or not any(character.isdigit() for character in bad.number):
                    contact.form.show_error(field, problem.sentences)
                    return
        form = {
            "profile": self.profile_form,
            "settings": self.settings_form,
            "passphrase": self.pass_form,
        }.get(part)
        if form is None or not form.show_error(field, problem.sentences):
            page = self._parts[{"profile": _PROFILE, "contacts": _CONTACTS}.get(part, _SETTINGS)]
            page.banner.show_problem(problem)

    def passphrase_changed(self) -> None:
        """Forgets what was typed."""
        for field in (self.present, self.new, self.again):
            field.set_value("")
        self.pass_form.clear_errors()

    def set_busy(self, *, busy: bool) -> None:
        """While the new key slot is made."""
        self.change_button.setEnabled(not busy)
        self.change_button.setText("One moment..." if busy else "Change the passphrase")

    # -- what the therapist does ----------------------------------------------------------------------------------

    def _save_profile(self) -> None:
        self.profile_form.clear_errors()
        typed = {name: field.value().strip() for name, field in self.fields.items()}
        self._presenter.save_profile(PracticeProfile(country=self.country.value(), **typed))

    def _add_contact(self) -> None:
        made = self._show_contact(EmergencyContact(new_id(), ContactType.OTHER, "", ""))
        made.name.setFocus(Qt.FocusReason.OtherFocusReason)
        self._parts[_CONTACTS].show_widget(made)

    def _show_contact(self, contact: EmergencyContact) -> _ContactRow:
        made = _ContactRow(len(self.contact_rows) + 1, contact, lambda: self._remove(made), self._presenter.today_iso)
        self.contact_rows.append(made)
        self._contacts.addWidget(made)
        return made

    def _remove(self, made: _ContactRow) -> None:
        self.contact_rows.remove(made)
        self._contacts.removeWidget(made)
        made.hide()
        made.deleteLater()

    def _save_contacts(self) -> None:
        for contact in self.contact_rows:
            contact.form.clear_errors()
        self._presenter.save_contacts(tuple(contact.value() for contact in self.contact_rows))

    def _save_settings(self) -> None:
        self._presenter.save_settings(
            replace(
                self._settings,
                show_names=self.show_names.isChecked(),
                idle_minutes=self.idle.value(),
                paper=self.paper.value(),
                risk_style=self.risk_style.value(),
            )
        )

    def _suggest(self) -> None:
        self.new.set_value(self._presenter.suggestion())
        self.new.reveal()

    def _change(self) -> None:
        self.pass_form.clear_errors()
        self._presenter.change_passphrase(self.present.value(), self.new.value(), self.again.value())
