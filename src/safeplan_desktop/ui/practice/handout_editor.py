"""The editor of a handout of one's own: title, sections with plain text and a list, numbers, lines to write on."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QVBoxLayout, QWidget

from safeplan_desktop.domain.handouts import LONGEST_TITLE, MOST_SECTIONS, NUMBER_KINDS, Handout, HandoutSection
from safeplan_desktop.domain.vocabulary import label_of
from safeplan_desktop.errors import InvalidInputError, SafePlanError
from safeplan_desktop.ui.drafting import SavedLabel
from safeplan_desktop.ui.widgets.confirm import ask_discard
from safeplan_desktop.ui.widgets.inputs import Choice, TextArea, TextLine
from safeplan_desktop.ui.widgets.layout import Card, Form, button, label, row
from safeplan_desktop.ui.widgets.page_with_editor import EditorPage
from safeplan_desktop.ui.widgets.wrapping import TickBox

_NAME = "practice.handout"
_LONGER = (
    "This is longer than one page. People read one page more easily: shorten it, or make two handouts of it. "
    "It can be printed as it is."
)
_LENGTHS = {False: "One page", True: "Longer than one page"}


class _SectionCard(Card):
    """One section."""

    changed = Signal()

    def __init__(self, section: HandoutSection, move: Callable[[int], None], remove: Callable[[], None]) -> None:
        super().__init__("Section")
        self._form = Form(_NAME)
        self.title = TextLine(longest=LONGEST_TITLE)
        self.text = TextArea(fewest_lines=2, most_lines=8)
        self.items = TextArea("One point on each line", fewest_lines=2, most_lines=10)
        self._form.add("heading", "Heading", self.title)
        self._form.add("text", "Text", self.text)
        self._form.add("items", "List", self.items)
        self.title.set_value(section.heading)
        self.text.set_value(section.text)
        self.items.set_value("\n".join(section.items))
        self.add(self._form)
        self.up = button("Up", "up", lambda: move(-1), kind="small")
        self.down = button("Down", "down", lambda: move(1), kind="small")
        self.take_out = button("Remove", "remove", remove, kind="small")
        self.add(row(None, self.up, self.down, self.take_out))
        for field in (self.title, self.text, self.items):
            field.changed.connect(self.changed)

    def set_place(self, number: int, count: int) -> None:
        """Names everything after the section's place."""
        self.heading.setText(f"Section {number}")
        for name, widget, words in (
            ("heading", self.title, f"Heading of section {number}"),
            ("text", self.text, f"Text of section {number}"),
            ("items", self.items, f"List of section {number}, one point on each line"),
            ("up", self.up, f"Move section {number} up"),
            ("down", self.down, f"Move section {number} down"),
            ("remove", self.take_out, f"Remove section {number}"),
        ):
            widget.setObjectName(f"{_NAME}.section-{number}.{name}")
            widget.setAccessibleName(words)
        self.up.setEnabled(number > 1)
        self.down.setEnabled(number < count)

    def value(self) -> HandoutSection:
        """The section as typed."""
        items = tuple(line for line in self.items.value().split("\n") if line.strip())
        return HandoutSection(self.title.value(), self.text.value(), items)


@dataclass(frozen=True, slots=True)
class EditorActions:
    """What the editor calls."""

    save: Callable[[], None]
    preview: Callable[[], None]
    close: Callable[[], None]
    discard: Callable[[], None]


class HandoutEditor(EditorPage):
    """The form; `changed` tells of every edit."""

    def __init__(
        self, languages: tuple[tuple[str, str], ...], actions: EditorActions, parent: QWidget | None = None
    ) -> None:
        super().__init__(
            _NAME,
            "A handout of your own",
            "One page in plain words: short sentences, one thought each. Say “died by suicide”, describe no means, and "
            "promise nothing. Write nothing about a client here.",
            parent=parent,
        )
        self._actions = actions
        self._handout = Handout("")
        self._filling = False
        self.sections: list[_SectionCard] = []
        self.add(self._head(languages))
        self._list = QVBoxLayout()
        self._list.setSpacing(12)
        self.add(self._list)
        self.add_section = button("Add a section", f"{_NAME}.add-section", self._add)
        self.add(row(self.add_section, None))
        self.add(self._end())
        self.body.addStretch(1)
        self.saved = SavedLabel(f"{_NAME}.saved")
        self.length = SavedLabel(f"{_NAME}.length")
        self.set_footer(
            row(
                button("Back to the list", f"{_NAME}.back", actions.close),
                button("Throw away", f"{_NAME}.discard", self._ask_discard, kind="quiet"),
                self.saved,
                self.length,
                None,
                button("Preview", f"{_NAME}.preview", actions.preview),
                button("Save the handout", f"{_NAME}.save", actions.save, kind="primary"),
            )
        )

    def _head(self, languages: tuple[tuple[str, str], ...]) -> Card:
        card = Card()
        self.form = Form(_NAME)
        self.name = TextLine(longest=LONGEST_TITLE)
        self.language = Choice(languages, empty="")
        self.lead = TextArea("What it is about, in two sentences", fewest_lines=2, most_lines=6)
        self.form.add_row(("title", "Title", self.name, ""), ("language", "Language", self.language, ""))
        self.form.add("lead", "Beginning", self.lead)
        card.add(self.form)
        for field in (self.name, self.language, self.lead):
            field.changed.connect(self._edited)
        return card

    def _end(self) -> Card:
        card = Card("At the end of the page")
        self.numbers: dict[str, QCheckBox] = {}
        card.add(label("Numbers, as you checked them; else a line to write one on"))
        for kind in NUMBER_KINDS:
            box = TickBox(label_of(kind))
            box.setObjectName(f"{_NAME}.number-{kind.value}")
            box.setAccessibleName(label_of(kind))
            box.toggled.connect(self._edited)
            self.numbers[kind.value] = box
            card.add(box)
        form = Form(_NAME)
        self.notes = TextLine("Such as: What I want to try", longest=LONGEST_TITLE)
        form.add("notes", "Heading over lines for handwriting", self.notes, "Leave it empty for no lines")
        card.add(form)
        self.notes.changed.connect(self._edited)
        self.hint = label(_LONGER, name=f"{_NAME}.longer")
        self.hint.setVisible(False)
        card.add(self.hint)
        return card

    # -- what the part asks ---------------------------------------------------------------------------------------

    def fill(self, handout: Handout) -> None:
        """Shows a draft."""
        self._filling = True
        self.banner.dismiss()
        self.form.clear_errors()
        self._handout = handout
        self.name.set_value(handout.title)
        self.language.set_value(handout.language)
        self.lead.set_value(handout.lead)
        self.notes.set_value(handout.notes)
        for kind in NUMBER_KINDS:
            self.numbers[kind.value].setChecked(kind in handout.numbers)
        for made in list(self.sections):
            self._take_out(made)
        for section in handout.sections:
            self._insert(section)
        self._name_all()
        self.saved.setText("")
        self.length.setText("")
        self.hint.setVisible(False)
        self._filling = False
        self.to_top()
        self.name.setFocus(Qt.FocusReason.OtherFocusReason)

    def value(self) -> Handout:
        """The handout as typed."""
        return replace(
            self._handout,
            title=self.name.value(),
            language=self.language.value(),
            lead=self.lead.value(),
            sections=tuple(made.value() for made in self.sections),
            numbers=tuple(kind for kind in NUMBER_KINDS if self.numbers[kind.value].isChecked()),
            notes=self.notes.value(),
        )

    def show_length(self, *, longer: bool) -> None:
        """Says whether it fits on one page."""
        self.length.setText(_LENGTHS[longer])
        self.hint.setVisible(longer)

    def show_problem(self, problem: SafePlanError) -> None:
        """Shows a sentence beside its field, or on top."""
        field = problem.field if isinstance(problem, InvalidInputError) else ""
        if not self.form.show_error(field, problem.sentences):
            self.banner.show_problem(problem)

    # -- sections -------------------------------------------------------------------------------------------------

    def _edited(self) -> None:
        if not self._filling:
            self.changed.emit()

    def _insert(self, section: HandoutSection) -> _SectionCard:
        made = _SectionCard(section, lambda by: self._move(made, by), lambda: self._remove(made))
        made.changed.connect(self._edited)
        self.sections.append(made)
        self._list.addWidget(made)
        return made

    def _add(self) -> None:
        made = self._insert(HandoutSection())
        self._name_all()
        made.title.setFocus(Qt.FocusReason.OtherFocusReason)
        self._edited()

    def _take_out(self, made: _SectionCard) -> None:
        self.sections.remove(made)
        self._list.removeWidget(made)
        made.hide()
        made.deleteLater()

    def _remove(self, made: _SectionCard) -> None:
        place = self.sections.index(made)
        self._take_out(made)
        self._name_all()
        after = self.sections[min(place, len(self.sections) - 1)].title if self.sections else self.add_section
        after.setFocus(Qt.FocusReason.OtherFocusReason)
        self._edited()

    def _move(self, made: _SectionCard, by: int) -> None:
        place = self.sections.index(made) + by
        if not 0 <= place < len(self.sections):
            return
        self.sections.remove(made)
        self.sections.insert(place, made)
        self._list.removeWidget(made)
        self._list.insertWidget(place, made)
        self._name_all()
        wanted = made.up if by < 0 else made.down
        (wanted if wanted.isEnabled() else made.title).setFocus(Qt.FocusReason.OtherFocusReason)
        self._edited()

    def _name_all(self) -> None:
        for number, made in enumerate(self.sections, start=1):
            made.set_place(number, len(self.sections))
        self.add_section.setEnabled(len(self.sections) < MOST_SECTIONS)

    def _ask_discard(self) -> None:
        ask_discard(
            self, f"{_NAME}.ask-discard", "unfinished handout", "Handouts that were saved", self._actions.discard
        )
