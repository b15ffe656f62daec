"""The form of a psychotherapy note, and the page that stands before them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtWidgets import QWidget

from safeplan_desktop.domain.private_notes import PrivateNoteForm
from safeplan_desktop.ui.theme import GAP
from safeplan_desktop.ui.widgets.dates import DateField
from safeplan_desktop.ui.widgets.flow import FlowLayout
from safeplan_desktop.ui.widgets.inputs import TextArea
from safeplan_desktop.ui.widgets.layout import Page, button, label
from safeplan_desktop.ui.written.editor import RecordEditor
from safeplan_desktop.ui.written.look import ABOUT_PRIVATE


class PrivateNoteEditor(RecordEditor):
    """Day and words."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("private-note", parent=parent)
        self._base = PrivateNoteForm()
        self.day, self.text = DateField(), TextArea(fewest_lines=8, most_lines=24)
        _, form = self.add_card()
        form.add("day", "About the session of", self.day)
        form.add("text", "Note", self.text)
        self.add_signature("note")
        self.listen(self.day, self.text)

    def fill(self, form: PrivateNoteForm) -> None:
        """Fills the fields."""
        self._base = form
        self.day.set_value(form.day)
        self.text.set_value(form.text)

    def first_field(self, _form: PrivateNoteForm) -> QWidget:
        """The words."""
        return self.text

    def value(self) -> PrivateNoteForm:
        """The note as typed."""
        return replace(self._base, day=self.day.value(), text=self.text.value())


class PrivateGate(Page):
    """What psychotherapy notes are, before any is shown."""

    def __init__(self, go_on: Callable[[], None], back: Callable[[], None]) -> None:
        super().__init__("private-note.gate", "Psychotherapy notes")
        card = self.card("Kept apart")
        card.add(label(ABOUT_PRIVATE, name="private-note.about"))
        self.body.addStretch(1)
        self.go_on = button("Show psychotherapy notes", "private-note.show", go_on, kind="primary")
        line = FlowLayout(spacing=GAP)
        line.addWidget(button("Back to the session notes", "private-note.leave", back))
        line.addWidget(self.go_on)
        self.set_footer(line)
