"""The form of a consent, its page for reading with the scanned sheets, and its withdrawal."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtWidgets import QPushButton, QWidget

from safeplan_desktop.domain.consents import ConsentForm, ConsentKind, Given
from safeplan_desktop.domain.vocabulary import label_of
from safeplan_desktop.errors import InvalidInputError
from safeplan_desktop.ui.clients.written.consent_presenter import ConsentsPresenter
from safeplan_desktop.ui.theme import GAP
from safeplan_desktop.ui.widgets.attachments import AttachmentList
from safeplan_desktop.ui.widgets.dates import DateField
from safeplan_desktop.ui.widgets.flow import FlowLayout
from safeplan_desktop.ui.widgets.form_dialog import FormDialog
from safeplan_desktop.ui.widgets.inputs import Choice, OptionRow, TextArea, TextLine, enum_options
from safeplan_desktop.ui.widgets.layout import button, label
from safeplan_desktop.ui.widgets.wrapping import TickBox
from safeplan_desktop.ui.written.editor import RecordEditor
from safeplan_desktop.ui.written.look import KindWords
from safeplan_desktop.ui.written.pages import ReadingPage
from safeplan_desktop.ui.written.presenter import SignedShown

_NAMES = (("en", "English"), ("es", "Español"))
_HOW = [(Given.ON_PAPER, label_of(Given.ON_PAPER)), (Given.SPOKEN, label_of(Given.SPOKEN))]


class ConsentEditor(RecordEditor):
    """Kind, words, day, how, until when."""

    def __init__(self, presenter: ConsentsPresenter, parent: QWidget | None = None) -> None:
        super().__init__("consent", parent=parent)
        self._presenter, self._base = presenter, ConsentForm()
        self.kind = Choice(enum_options(ConsentKind, label_of))
        self.own_kind = TextLine("Such as recordings, a letter to the doctor", longest=80)
        self.contact = Choice([], empty="Please choose")
        self.language = Choice(_NAMES, empty="")
        self.text = TextArea(fewest_lines=6, most_lines=16)
        self.day, self.valid_until = DateField(), DateField()
        self.given = OptionRow(enum_options(Given, label_of))
        self.note = TextLine(longest=500)
        self.set_contact = self.tick("set-contact", "Answer yes in the client's form, too")
        self._build()
        self.listen(self.kind, self.own_kind, self.contact, self.language, self.text, self.day, self.valid_until)
        self.listen(self.given, self.note)
        self.kind.changed.connect(self._other_words)
        self.language.changed.connect(self._other_words)
        self.text.changed.connect(self._show_version)
        self.contact.changed.connect(self._show_parts)
        self.set_contact.toggled.connect(self._ticked)

    def _build(self) -> None:
        _, form = self.add_card()
        self.add_row(form, ("kind", "What it is about", self.kind, ""), ("day", "Given on", self.day, ""))
        self._own, self._who = self.new_form(), self.new_form()
        self._own.add("own_kind", "What it is about, in a few words", self.own_kind)
        self._who.add("contact", "Whom it is about", self.contact, "From the contacts in the client's form")
        self._who.add_widget(self.set_contact)
        for extra in (self._own, self._who):
            form.add_widget(extra)
        form.add("given", "How it was given", self.given, "A scanned sheet is taken in after signing")
        self.add_row(
            form,
            ("valid_until", "Valid until", self.valid_until, "Empty for no end; Today reminds you before it"),
            ("note", "Note", self.note, ""),
        )
        card, form = self.add_card("The words", "They are kept with the record, as they stand here.")
        form.add("language", "Language", self.language)
        form.add("text", "What the client agrees to", self.text)
        self._version = label("", "quiet", name="consent.version")
        card.add(self._version)
        self.keep_button = button("Keep as my practice's words", "consent.keep-text", self._keep, kind="small")
        self.ours_button = button("Go back to the program's words", "consent.ours", self._ours, kind="small")
        line = FlowLayout(spacing=GAP)
        for made in (self.keep_button, self.ours_button):
            line.addWidget(made)
        card.add(line)
        self.add_signature("consent")

    def fill(self, form: ConsentForm) -> None:
        """Fills the fields."""
        self._base = form
        self.contact.set_options(self._presenter.contacts(), empty="Please choose")
        self.kind.set_value(form.kind)
        self.own_kind.set_value(form.own_kind)
        self.contact.set_value(form.contact_id or None)
        self.language.set_value(form.language)
        self.text.set_value(form.text)
        self.day.set_value(form.day)
        self.valid_until.set_value(form.valid_until)
        self.given.set_value(form.given)
        self.note.set_value(form.note)
        self.set_contact.setChecked(False)
        self._show_parts()
        self._show_version()

    def first_field(self, _form: ConsentForm) -> QWidget:
        """What it is about."""
        return self.kind

    def _show_parts(self) -> None:
        kind = self.kind.value()
        self._own.setVisible(kind is ConsentKind.OWN)
        self._who.setVisible(kind is ConsentKind.EMERGENCY_CONTACT)
        self.set_contact.setEnabled(self.contact.value() is not None)
        named = kind is not None and kind is not ConsentKind.OWN
        self.keep_button.setVisible(named)
        self.ours_button.setVisible(named)

    def _ticked(self, on: bool) -> None:  # noqa: FBT001 - Qt's signal
        self._presenter.set_contact = on

    def _other_words(self) -> None:
        """Another kind or language brings its words, unless other ones were typed."""
        former = self._base
        known = self._presenter.text(former.kind, former.language) if former.kind else None
        untouched = not self.text.value().strip() or (known is not None and self.text.value().strip() == known[1])
        self._base = replace(former, kind=self.kind.value(), language=self.language.value() or "en")
        self._show_parts()
        if untouched:
            self._take_words()
        self._show_version()

    def _take_words(self) -> None:
        kind = self._base.kind
        found = self._presenter.text(kind, self._base.language) if kind else None
        self.text.set_value(found[1] if found else "")

    def _show_version(self) -> None:
        form = self.value()
        spanish = form.language == "es" and form.kind is not None and form.kind is not ConsentKind.OWN
        note = " Our words in Spanish were not yet reviewed by a native-speaking clinician." if spanish else ""
        said = f"Wording: {self._presenter.version_of(form)}.{note}" if form.kind and form.text.strip() else ""
        self._version.setText(said)
        self._version.setVisible(bool(said))

    def _keep(self) -> None:
        self.clear_errors()
        form = self.value()
        if form.kind is None:
            return
        try:
            self._presenter.keep_text(form.kind, form.language, form.text)
        except InvalidInputError as problem:
            self.show_error(problem.field, problem.sentences)
        self._show_version()

    def _ours(self) -> None:
        form = self.value()
        if form.kind is not None:
            self._presenter.take_ours_again(form.kind, form.language)
            self._base = form
            self._take_words()
            self._show_version()
            self.changed.emit()

    def value(self) -> ConsentForm:
        """The consent as typed."""
        kind = self.kind.value()
        about_contact = kind is ConsentKind.EMERGENCY_CONTACT
        contact = self.contact.value() if about_contact else None
        return replace(
            self._base,
            kind=kind,
            own_kind=self.own_kind.value() if kind is ConsentKind.OWN else "",
            contact_id=contact or "",
            contact_name=self.contact.currentText() if contact else "",
            language=self.language.value() or "en",
            text=self.text.value().strip(),
            day=self.day.value(),
            valid_until=self.valid_until.value(),
            given=self.given.value(),
            note=self.note.value(),
        )


class ConsentPage(ReadingPage):
    """A signed consent with its scanned sheets."""

    def __init__(self, words: KindWords, presenter: ConsentsPresenter, back: Callable[[], None]) -> None:
        super().__init__(words, presenter, back)
        self.consents = presenter
        self.files = AttachmentList(
            "consent.files",
            "Scanned sheets",
            "PDF, PNG or JPEG up to 20 MB. They are kept in the encrypted file and shown here.",
            "Signed consent",
        )
        self.extra.addWidget(self.files)
        self.files.changed.connect(self.banner.dismiss)

    def more_buttons(self) -> tuple[QPushButton, ...]:
        """Withdrawal, and giving it again."""
        self.withdraw_button = button("Withdrawn...", "consent.withdraw", self._ask_withdraw)
        self.anew_button = button("Renew", "consent.anew", self._give_anew)
        return self.withdraw_button, self.anew_button

    def _give_anew(self) -> None:
        self.consents.give_anew()

    def show_record(self, shown: SignedShown) -> None:
        """Shows one."""
        super().show_record(shown)
        state = self.consents.state()
        is_consent = state.record_id == shown.record.id
        self.withdraw_button.setVisible(is_consent and not state.voided and state.withdrawn_on is None)
        self.anew_button.setVisible(is_consent)
        self.files.show_record(self.consents.files())
        self.banner.dismiss()
        if is_consent and state.form.given is Given.SCANNED and not self.files.table.rows():
            self.banner.say(
                "information",
                "The scanned sheet is still to be taken in, at the end of this page.",
                action="Go there",
                on_action=self._go_to_files,
            )

    def _go_to_files(self) -> None:
        self.files.take_in_button.setFocus()
        self.show_widget(self.files.take_in_button)

    def _ask_withdraw(self) -> None:
        WithdrawDialog(self, self.consents).keeping(self.consents.words()).open()


class WithdrawDialog(FormDialog):
    """When and how a consent was withdrawn; a record of its own."""

    def __init__(self, parent: QWidget, presenter: ConsentsPresenter) -> None:
        about = "This is signed as a record of its own; the consent stays readable as it was."
        super().__init__(parent, "withdraw", "Consent withdrawn", "The client withdrew this consent", about)
        form = presenter.state().form
        self.day, self.given = DateField(), Choice(_HOW)
        self.note, self.signer = TextLine(longest=500), TextLine()
        self.day.set_value(presenter.today())
        self.signer.set_value(presenter.signer())
        self.form.add("day", "Withdrawn on", self.day)
        self.form.add("given", "How it was said", self.given)
        self.form.add("note", "Note", self.note)
        self.set_contact = TickBox("Answer no in the client's form, too")
        self.set_contact.setObjectName("withdraw.set-contact")
        self.set_contact.setAccessibleName(self.set_contact.text())
        self.form.add_widget(self.set_contact)
        self.set_contact.setVisible(bool(form.contact_id))
        self.form.add("signer", "Your name, as your signature", self.signer)
        self.finish(
            "Sign",
            "sign",
            lambda: presenter.withdraw(
                self.day.value(),
                self.given.value(),
                self.note.value(),
                self.signer.value(),
                set_contact=self.set_contact.isChecked(),
            ),
        )
        self.given.setFocus()
