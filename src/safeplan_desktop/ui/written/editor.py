"""What the forms of written records have in common."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QVBoxLayout, QWidget

from safeplan_desktop.ui.theme import GAP
from safeplan_desktop.ui.widgets.folding import FoldingRows
from safeplan_desktop.ui.widgets.inputs import TextLine
from safeplan_desktop.ui.widgets.layout import Card, Form
from safeplan_desktop.ui.widgets.turns import RevealInTurns
from safeplan_desktop.ui.widgets.wrapping import TickBox


class RecordEditor(QWidget):
    """Fields in cards, and the signature at the end; a subclass adds the fields.

    Attributes:
        signer: The signature as typed.
    """

    changed = Signal()

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(f"{name}.form")
        self.name = name
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(2 * GAP)
        self._forms: list[Form] = []
        self._folding = FoldingRows(self)
        self.signer = TextLine()
        self._turns = RevealInTurns(self)

    def show_in_turns(self) -> None:
        """Shows the first two cards at once, and the others in turns; for the end of building."""
        self._turns.reveal(self.column, at_once=2)

    def new_form(self) -> Form:
        """Another group of fields."""
        made = Form(self.name)
        self._forms.append(made)
        return made

    def add_card(self, title: str = "", about: str = "") -> tuple[Card, Form]:
        """A card with a group of fields at its end."""
        card, form = Card(title, about), self.new_form()
        card.add(form)
        self.column.addWidget(card)
        return card, form

    def add_row(self, form: Form, *cells: tuple[str, str, QWidget, str]) -> None:
        """Fields side by side, where there is room for that."""
        self._folding.add(form.add_row(*cells))

    def add_signature(self, what: str) -> None:
        """The last card."""
        _, form = self.add_card("Sign", f"A signed {what} never changes; you can add to it later.")
        form.add("signer", "Your name, as your signature", self.signer)

    def tick(self, suffix: str, words: str) -> QCheckBox:
        """A box to tick that is a field of its own."""
        made = TickBox(words)
        made.setObjectName(f"{self.name}.{suffix}")
        made.setAccessibleName(words)
        made.clicked.connect(lambda _checked=False: self.changed.emit())
        return made

    def listen(self, *fields: Any) -> None:  # noqa: ANN401 - input widgets of all kinds
        """Tells of edits of these fields."""
        for field in fields:
            field.changed.connect(self.changed)

    def show_form(self, form: Any, signer: str, place: str) -> None:  # noqa: ANN401 - each kind has its own form
        """Fills the fields and puts the cursor where it was, or where writing begins."""
        self.clear_errors()
        self.signer.set_value(signer)
        self.fill(form)
        target = (self.findChild(QWidget, place) if place else None) or self.first_field(form)
        if not target.isVisibleTo(self):
            self._turns.finish()
        target.setFocus()

    def fill(self, form: Any) -> None:  # noqa: ANN401 - see above
        """Fills the fields."""
        raise AssertionError(f"{type(self).__name__} fills nothing for {form}")

    def first_field(self, _form: Any) -> QWidget:  # noqa: ANN401 - see above
        """Where writing begins."""
        return self.signer

    def value(self) -> Any:  # noqa: ANN401 - see above
        """The form as typed."""
        raise AssertionError(f"{type(self).__name__} reads nothing")

    def show_error(self, field: str, sentence: str) -> bool:
        """Puts a sentence beside its field; False when there is no such field."""
        self._turns.finish()
        self.clear_errors()
        return any(form.show_error(field, sentence) for form in self._forms)

    def clear_errors(self) -> None:
        """Takes all sentences away."""
        for form in self._forms:
            form.clear_errors()
