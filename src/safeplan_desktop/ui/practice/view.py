"""The practice screen: profile, emergency contacts, settings, passphrase."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from typing import Any

from PySide6.QtCore import SignalInstance
from PySide6.QtWidgets import QVBoxLayout, QWidget

from safeplan_desktop.domain.brought_in import BroughtIn
from safeplan_desktop.domain.changes import Noun
from safeplan_desktop.domain.checklists import ChecklistNote
from safeplan_desktop.domain.crisis import Protocol, Variant
from safeplan_desktop.domain.drills import Drill
from safeplan_desktop.domain.practice import (
    LONGEST_IDLE_MINUTES,
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
from safeplan_desktop.services.practice_drafts import Typed, TypedContacts, TypedNotes, TypedSettings
from safeplan_desktop.ui.practice.checklist_notes import ChecklistNotesPage
from safeplan_desktop.ui.practice.contacts import ContactActions, ContactsPage
from safeplan_desktop.ui.practice.exercises import ExerciseActions, ExercisesPage
from safeplan_desktop.ui.practice.presenter import PracticePresenter
from safeplan_desktop.ui.practice.protocol import ProtocolPage
from safeplan_desktop.ui.practice.questionnaires import PreviewDialog, QuestionnaireActions, QuestionnairesPage
from safeplan_desktop.ui.practice.rooms import rooms
from safeplan_desktop.ui.practice.typed import TypedForm
from safeplan_desktop.ui.printing import choose_file
from safeplan_desktop.ui.widgets.inputs import Choice, PassphraseField, TextArea, TextLine, enum_options
from safeplan_desktop.ui.widgets.layout import Form, Page, button, row
from safeplan_desktop.ui.widgets.parts import Part, Parts
from safeplan_desktop.ui.widgets.wrapping import TickBox


class PracticeScreen(QWidget):
    """The practice tab."""

    def __init__(self, presenter: PracticePresenter, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("page")
        self._presenter = presenter
        self._filled: set[str] = set()
        self._typed: dict[str, TypedForm] = {}
        reload = presenter.reload
        self.parts = Parts(
            "practice.parts",
            "Parts of the practice",
            (
                Part("profile", "Profile", self._build_profile, reload),
                Part("contacts", "Emergency contacts", self._build_contacts, reload),
                Part("protocol", "Crisis protocol", self._build_protocol),
                Part("exercises", "Exercises", self._build_exercises, presenter.show_exercises),
                Part("checklists", "Checklists", self._build_checklists),
                *rooms(presenter.session, presenter.shell, presenter.run),
                Part("questionnaires", "Questionnaires", self._build_questionnaires, presenter.show_questionnaires),
                Part("settings", "Settings and passphrase", self._build_settings, reload),
            ),
        )
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.parts)
        presenter.attach(self)
        self.parts.opened.connect(self._keep_what_was_left)
        self.parts.open("profile")

    def open_part(self, name: str) -> None:
        """Shows a part that another screen leads to."""
        self.parts.open(name)
        focus_first = getattr(self.parts.built[name], "focus_first", None)
        if focus_first is not None:
            focus_first()

    def open_record(self, name: str, noun: Noun, record_id: str) -> None:
        """Shows a part, and opens one of its records where it can; without an id, what the part begins with."""
        self.parts.open(name)
        opens = getattr(self.parts.built[name], "open_record", None)
        if opens is not None and record_id:
            opens(noun, record_id)

    def reload_exercises(self) -> None:
        """Shows the exercises anew, where their part was opened."""
        self.parts.show_again("exercises")

    def reload_rooms(self) -> None:
        """Shows the part that is open anew, where it is one of the further ones."""
        if self.parts.current in ("policy", "room", "training", "reviews", "support", "set-up"):
            self.parts.show_again(self.parts.current)
        if self.parts.current == "set-up":
            # What was done there stands in the other parts as well.
            self._filled.clear()
            if "protocol" in self.parts.built:
                self._presenter.show_protocol()
                self._typed["protocol"].take_up()

    def _keep_typed(
        self, part: str, page: Page, value: Callable[[], Typed], fill: Callable[[Any], None], *changed: SignalInstance
    ) -> None:
        """What is typed into a form waits until it is saved."""
        typed = TypedForm(part, page, value, fill, self._presenter.session.practice_drafts, self)
        self._typed[part] = typed
        for signal in changed:
            signal.connect(typed.autosave.touch)

    def _keep_what_was_left(self, _opened: str) -> None:
        """Another part may fill a form anew before a second is over."""
        for typed in tuple(self._typed.values()):
            typed.autosave.flush()

    def _saving(self, part: str, save: Callable[[Any], None]) -> Callable[[Any], None]:
        """Saves a form; what was typed a moment ago isn't kept once more behind that."""

        def flush_and_save(typed: Any) -> None:  # noqa: ANN401 - a form
            self._typed[part].autosave.flush()
            self._typed[part].page.banner.dismiss()
            save(typed)

        return flush_and_save

    def _build_profile(self, place: QWidget) -> Page:
        page = Page(
            "practice.profile",
            "Profile",
            "It stands on documents, and what a dispatcher needs stands in the Crisis panel.",
            place,
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
        card = page.card()
        card.add(form)
        page.body.addStretch(1)
        page.set_footer(
            row(None, button("Save the profile", "practice.save-profile", self._save_profile, kind="primary"))
        )
        self._keep_typed(
            "profile",
            page,
            self._profile,
            self._show_profile,
            *(field.changed for field in (*fields.values(), self.country)),
        )
        return page

    def _build_contacts(self, place: QWidget) -> Page:
        presenter = self._presenter
        self.contacts = ContactsPage(
            ContactActions(
                self._saving("contacts", presenter.save_contacts),
                presenter.print_wall_card,
                presenter.day,
                presenter.checker,
                presenter.contacts_of_country,
            ),
            place,
        )

        def value() -> TypedContacts:
            return TypedContacts(self.contacts.value())

        def fill(typed: TypedContacts) -> None:
            self.contacts.show_contacts(typed.contacts)

        self._keep_typed("contacts", self.contacts, value, fill, self.contacts.changed)
        return self.contacts

    def _build_protocol(self, place: QWidget) -> Page:
        self.protocol = ProtocolPage(
            self._saving("protocol", self._presenter.save_protocol), self._presenter.reset_protocol, place
        )
        self._presenter.show_protocol()
        self._keep_typed(
            "protocol", self.protocol, self.protocol.value, self.protocol.show_protocol, self.protocol.changed
        )
        self._typed["protocol"].take_up()
        return self.protocol

    def _build_exercises(self, place: QWidget) -> Page:
        self.exercises = ExercisesPage(
            ExerciseActions(self._presenter.shell.begin_exercise, self._presenter.set_drill_months), place
        )
        return self.exercises

    def _build_checklists(self, place: QWidget) -> Page:
        self.checklists = ChecklistNotesPage(
            reference.checklists(), self._saving("checklists", self._presenter.save_checklist_notes), place
        )
        self._presenter.show_checklist_notes()

        def value() -> TypedNotes:
            return TypedNotes(tuple(ChecklistNote(one, text.strip()) for one, text in self.checklists.value().items()))

        def fill(typed: TypedNotes) -> None:
            self.checklists.show_notes({one.checklist: one.text for one in typed.notes})

        self._keep_typed(
            "checklists", self.checklists, value, fill, *(note.changed for note in self.checklists.notes.values())
        )
        self._typed["checklists"].take_up()
        return self.checklists

    def _build_settings(self, place: QWidget) -> Page:
        page = Page("practice.settings", "Settings and passphrase", parent=place)
        self.settings_form = Form("practice")
        self.show_names = TickBox("Show clients' names on screens (else only codes)")
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
        card = page.card("Settings")
        card.add(self.settings_form)
        card.add(
            row(
                None,
                button("Save the settings", "practice.save-settings", self._save_settings, kind="primary"),
            )
        )
        self.pass_form = Form("practice-pass")
        self.present, self.new, self.again = PassphraseField(), PassphraseField(), PassphraseField()
        self.pass_form.add("present", "Present passphrase", self.present)
        self.pass_form.add("new", "New passphrase", self.new)
        self.pass_form.add("again", "The new one once more", self.again)
        own = page.card(
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
        page.body.addStretch(1)
        self._keep_typed(
            "settings",
            page,
            self._settings,
            self._show_settings,
            self.show_names.clicked,
            *(choice.changed for choice in (self.idle, self.paper, self.risk_style)),
        )
        return page

    def _build_questionnaires(self, place: QWidget) -> Page:
        self.questionnaires = QuestionnairesPage(
            QuestionnaireActions(self._choose_questionnaire, self._presenter.retire, self._presenter.print_form), place
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
        """Fills the part that is shown, unless it was filled before: what is being typed stays."""
        name = self.parts.current
        if name in self._filled:
            return
        self._filled.add(name)
        if name == "profile":
            self._show_profile(profile)
            self._typed[name].take_up()
        elif name == "contacts":
            self.contacts.show_contacts(contacts)
            self._typed[name].take_up()
        else:
            self._show_settings(TypedSettings.of(settings))
            self._typed[name].take_up()

    def _show_settings(self, settings: TypedSettings) -> None:
        self.show_names.setChecked(settings.show_names)
        self.idle.set_value(settings.idle_minutes)
        self.paper.set_value(settings.paper)
        self.risk_style.set_value(settings.risk_style)

    def _show_profile(self, profile: PracticeProfile) -> None:
        for name, field in self.fields.items():
            field.set_value(getattr(profile, name))
        self.country.set_value(profile.country)

    def show_questionnaires(self, every: tuple[BroughtIn, ...]) -> None:
        """Shows what was brought in."""
        self.questionnaires.banner.dismiss()
        self.questionnaires.show_all(every)

    def show_protocol(self, protocol: Protocol) -> None:
        """Shows the crisis protocol."""
        self.protocol.show_protocol(protocol)

    def show_checklist_notes(self, notes: Mapping[str, str]) -> None:
        """Shows the practice's own note for each checklist."""
        self.checklists.show_notes(notes)

    def show_exercises(
        self, every: tuple[Drill, ...], due: dt.date | None, months: int, waiting: Variant | None
    ) -> None:
        """Shows the exercises."""
        self.exercises.show_exercises(every, due, months, waiting)

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
        if part == "contacts" and self.contacts.show_error(field, problem.sentences):
            return
        if part in ("protocol", "checklists"):
            (self.protocol if part == "protocol" else self.checklists).banner.show_problem(problem)
            return
        form = {
            "profile": self.profile_form,
            "settings": self.settings_form,
            "passphrase": self.pass_form,
        }.get(part)
        if form is None or not form.show_error(field, problem.sentences):
            page = self.parts.built[part if part in ("profile", "contacts") else "settings"]
            if isinstance(page, Page):
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
        self._saving("profile", self._presenter.save_profile)(self._profile())

    def _profile(self) -> PracticeProfile:
        typed = {name: field.value().strip() for name, field in self.fields.items()}
        return PracticeProfile(country=self.country.value(), **typed)

    def _save_settings(self) -> None:
        self._saving("settings", self._presenter.save_settings)(self._settings())

    def _settings(self) -> TypedSettings:
        return TypedSettings(
            self.show_names.isChecked(), self.idle.value(), self.paper.value(), self.risk_style.value()
        )

    def _suggest(self) -> None:
        self.new.set_value(self._presenter.suggestion())
        self.new.reveal()

    def _change(self) -> None:
        self.pass_form.clear_errors()
        self._presenter.change_passphrase(self.present.value(), self.new.value(), self.again.value())
