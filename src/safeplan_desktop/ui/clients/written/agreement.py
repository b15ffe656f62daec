"""The form of a working agreement: headings and words, changed with the client."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from PySide6.QtWidgets import QVBoxLayout, QWidget

from safeplan_desktop.domain.agreements import AgreementForm
from safeplan_desktop.domain.signing_sheets import SheetPart
from safeplan_desktop.ui.theme import GAP
from safeplan_desktop.ui.widgets.attachments import AttachmentList
from safeplan_desktop.ui.widgets.dates import DateField
from safeplan_desktop.ui.widgets.inputs import Choice, TextArea, TextLine
from safeplan_desktop.ui.widgets.layout import button, clear_layout, keeping_focus, label, row
from safeplan_desktop.ui.written.editor import RecordEditor
from safeplan_desktop.ui.written.look import KindWords
from safeplan_desktop.ui.written.pages import ReadingPage
from safeplan_desktop.ui.written.presenter import SignedShown, WrittenPresenter

_NAMES = (("en", "English"), ("es", "Español"))


class _PartRow(QWidget):
    """One part: its heading, its words, and a way to take it out."""

    def __init__(self, number: int, part: SheetPart, edited: Callable[[], None], remove: Callable[[], None]) -> None:
        super().__init__()
        name = f"agreement.part-{number}"
        self.setObjectName(name)
        self.heading, self.text = TextLine("Heading", longest=120), TextArea(fewest_lines=2)
        for field, suffix, words, value in (
            (self.heading, "heading", f"Heading {number}", part.heading),
            (self.text, "text", f"Words under heading {number}", part.text),
        ):
            field.setObjectName(f"{name}.{suffix}")
            field.setAccessibleName(words)
            field.set_value(value)
            field.changed.connect(edited)
        self.out = out = button("Leave out", f"{name}.remove", remove, kind="small")
        out.setAccessibleName(f"Leave out part {number}")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, GAP)
        column.setSpacing(3)
        line = row(self.heading, out)
        line.setStretch(0, 1)
        column.addLayout(line)
        column.addWidget(self.text)

    def value(self) -> SheetPart:
        """The part as typed."""
        return SheetPart(self.heading.value().strip(), self.text.value().strip())


class AgreementEditor(RecordEditor):
    """Day, language, opening, parts.

    Args:
        our_words: Our text in a language, as a form.
    """

    def __init__(self, our_words: Callable[[str], AgreementForm], parent: QWidget | None = None) -> None:
        super().__init__("agreement", parent=parent)
        self._base, self._our_words = AgreementForm(), our_words
        self.day, self.language = DateField(), Choice(_NAMES, empty="")
        self.opening, self.note = TextArea(fewest_lines=2), TextLine(longest=500)
        card, form = self.add_card()
        self.add_row(form, ("day", "Agreed on", self.day, ""), ("language", "Language of the sheet", self.language, ""))
        self._reviewed = label("", "quiet", name="agreement.reviewed")
        card.add(self._reviewed)
        self._ours = button("Begin again with our words", "agreement.ours", self._take_ours, kind="small")
        card.add(row(None, self._ours))
        card, form = self.add_card("The words", "In plain words, as the client would say them.")
        form.add("opening", "To begin with", self.opening)
        self._parts_error = self.new_form()
        self._holder = QWidget()
        self._holder.setObjectName("agreement.parts-holder")
        self._parts = QVBoxLayout(self._holder)
        self._parts.setContentsMargins(0, 0, 0, 0)
        self._parts_error.add("parts", "Parts", self._holder)
        card.add(self._parts_error)
        self.add_button = button("Add a part", "agreement.add-part", self._add)
        card.add(row(self.add_button, None))
        _, form = self.add_card("For yourself")
        form.add("note", "Your own line", self.note, "It isn't printed")
        self.add_signature("version")
        self.rows: list[_PartRow] = []
        self.listen(self.day, self.language, self.opening, self.note)
        self.language.changed.connect(self._show_reviewed)

    def fill(self, form: AgreementForm) -> None:
        """Fills the fields."""
        self._base = form
        self.day.set_value(form.day)
        self.language.set_value(form.language)
        self.opening.set_value(form.opening)
        self.note.set_value(form.note)
        self._show_parts(form.parts)
        self._show_reviewed()

    def first_field(self, _form: AgreementForm) -> QWidget:
        """The words."""
        return self.opening

    def _show_reviewed(self) -> None:
        spanish = self.language.value() == "es"
        said = "Our words in Spanish were not yet reviewed by a native-speaking clinician." if spanish else ""
        self._reviewed.setText(said)
        self._reviewed.setVisible(spanish)

    def _show_parts(self, parts: tuple[SheetPart, ...]) -> None:
        with keeping_focus(self._holder, self.add_button):
            clear_layout(self._parts)
            self.rows = []
            for number, part in enumerate(parts, start=1):
                made = _PartRow(number, part, self.changed.emit, partial(self._remove, number - 1))
                self.rows.append(made)
                self._parts.addWidget(made)

    def _add(self) -> None:
        self._show_parts((*self._values(), SheetPart("", "")))
        self.rows[-1].heading.setFocus()
        self.changed.emit()

    def _remove(self, place: int) -> None:
        values = self._values()
        self._show_parts((*values[:place], *values[place + 1 :]))
        self.changed.emit()

    def _take_ours(self) -> None:
        ours = self._our_words(self.language.value() or "en")
        self.opening.set_value(ours.opening)
        self._show_parts(ours.parts)
        self.changed.emit()

    def _values(self) -> tuple[SheetPart, ...]:
        return tuple(made.value() for made in self.rows)

    def value(self) -> AgreementForm:
        """The agreement as typed."""
        return replace(
            self._base,
            day=self.day.value(),
            language=self.language.value() or "en",
            opening=self.opening.value().strip(),
            parts=self._values(),
            note=self.note.value(),
        )


class AgreementPage(ReadingPage):
    """A signed agreement with the sheets that were signed on paper."""

    def __init__(self, words: KindWords, presenter: WrittenPresenter, back: Callable[[], None]) -> None:
        super().__init__(words, presenter, back)
        self.files = AttachmentList(
            "agreement.files",
            "Scanned sheets",
            "The sheet with both signatures: PDF, PNG or JPEG up to 20 MB. It is kept in the encrypted file and shown here.",
            "Signed agreement",
        )
        self.extra.addWidget(self.files)

    def show_record(self, shown: SignedShown) -> None:
        """Shows one."""
        super().show_record(shown)
        self.files.show_record(self.presenter.files())
