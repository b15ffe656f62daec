"""What applies where the practice works: its own note for each checklist, as it stands beside the questions."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtWidgets import QWidget

from safeplan_desktop.domain.checklists import Checklist
from safeplan_desktop.ui.widgets.inputs import TextArea
from safeplan_desktop.ui.widgets.layout import Card, Form, Page, button, row


class ChecklistNotesPage(Page):
    """One note for each checklist."""

    def __init__(
        self,
        checklists: tuple[Checklist, ...],
        save: Callable[[Mapping[str, str]], None],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(
            "practice.checklists",
            "Checklists",
            "What applies where you practise, in your own words: which law, whom to call, how soon. Your note stands beside "
            "the questions of that checklist; incidents that hold it already keep the words of that day.",
            parent=parent,
        )
        self._save = save
        self.notes: dict[str, TextArea] = {}
        for checklist in checklists:
            card, form = Card(checklist.title, checklist.about), Form("practice.checklist")
            note = self.notes[checklist.id] = TextArea("Nothing written yet", fewest_lines=3)
            form.add(checklist.id, "Your note", note)
            note.setAccessibleName(f"Your note for {checklist.title}")
            card.add(form)
            self.add(card)
        self.body.addStretch(1)
        self.set_footer(
            row(None, button("Save the notes", "practice.checklists.save", self._submit, kind="primary")),
        )

    def show_notes(self, notes: Mapping[str, str]) -> None:
        """Shows what is stored."""
        for checklist, field in self.notes.items():
            field.set_value(notes.get(checklist, ""))

    def _submit(self) -> None:
        self.banner.dismiss()
        self._save(self.value())

    def value(self) -> Mapping[str, str]:
        """The notes as typed, by checklist."""
        return {checklist: field.value() for checklist, field in self.notes.items()}
