"""The emergency numbers, one answer each: checked today, not for us, later."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from safeplan_desktop.domain.practice import EmergencyContact, check_words
from safeplan_desktop.domain.vocabulary import label_of
from safeplan_desktop.ui.widgets.inputs import OptionRow
from safeplan_desktop.ui.widgets.layout import Card, Page, button, clear_layout, label, row

_ANSWERS = ((True, "Checked today"), (False, "Not for us"), ("later", "Later"))


def _details(contact: EmergencyContact) -> str:
    return "; ".join(part for part in (label_of(contact.type), contact.hours, contact.languages, contact.note) if part)


class NumbersPage(Page):
    """Numbers to go through."""

    def __init__(
        self,
        save: Callable[[Sequence[tuple[EmergencyContact, bool | None]]], None],
        back: Callable[[], None],
        full: Callable[[], None],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(
            "set-up.numbers",
            "Emergency contacts",
            "Call each number or look it up where it is published, then answer with one key. What waits stays unchecked.",
            parent=parent,
        )
        self._save = save
        self._waiting: tuple[EmergencyContact, ...] = ()
        self.rows: dict[str, OptionRow] = {}
        self._list = QVBoxLayout()
        self._list.setSpacing(12)
        self.add(self._list)
        self.checked = label("", "quiet", name="set-up.numbers.checked")
        self.add(self.checked)
        self.body.addStretch(1)
        self.back = button("Back to the steps", "set-up.numbers.back", back)
        self.full = button("Add numbers of your own", "set-up.numbers.full", full)
        self.save = button("Save and go on", "set-up.numbers.save", self._submit, kind="primary")
        self.set_footer(row(self.back, self.full, None, self.save))

    def show_numbers(self, waiting: tuple[EmergencyContact, ...], checked: tuple[EmergencyContact, ...]) -> None:
        """Shows what is to go through, and what is checked already."""
        clear_layout(self._list)
        self.rows = {}
        self._waiting = waiting
        self.banner.dismiss()
        for number, contact in enumerate(waiting, start=1):
            card = Card(f"{contact.name}:  {contact.number}", _details(contact))
            answer = OptionRow(_ANSWERS)
            answer.setObjectName(f"set-up.numbers.{number}")
            answer.setAccessibleName(contact.name)
            answer.chosen.connect(partial(self._go_on, contact.id))
            card.add(answer)
            self._list.addWidget(card)
            self.rows[contact.id] = answer
        lines = "\n".join(f"{one.name}: {one.number}. {check_words(one)}." for one in checked)
        self.checked.setText(lines)
        self.checked.setVisible(bool(lines))
        rows = list(self.rows.values())
        if rows:
            rows[0].focus_row()
        else:
            self.full.setFocus(Qt.FocusReason.OtherFocusReason)
        self.to_top()

    def _go_on(self, contact_id: str) -> None:
        ids = list(self.rows)
        place = ids.index(contact_id) + 1
        if place < len(ids):
            following = self.rows[ids[place]]
            following.focus_row()
            self.show_widget(following)
        else:
            self.save.setFocus(Qt.FocusReason.OtherFocusReason)

    def _submit(self) -> None:
        said = [(contact, self.rows[contact.id].value()) for contact in self._waiting]
        self._save([(contact, value if isinstance(value, bool) else None) for contact, value in said])
