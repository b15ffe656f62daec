"""The wizard's page of factors: risk and protective factors, warning signs, access to means."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QCheckBox, QGridLayout, QVBoxLayout, QWidget

from safeplan_desktop.domain.screenings import Factor, FactorKind, MeansAccess, ScreeningForm
from safeplan_desktop.domain.vocabulary import label_of
from safeplan_desktop.services import reference
from safeplan_desktop.ui.widgets.dates import DateField
from safeplan_desktop.ui.widgets.inputs import Choice, TextArea, TextLine
from safeplan_desktop.ui.widgets.layout import Card, Form


class _TickList(Card):
    """Things to tick, each with a note once it is ticked."""

    changed = Signal()

    def __init__(self, kind: FactorKind, words: tuple[str, ...]) -> None:
        super().__init__(label_of(kind), "Tick what applies; a note is optional.")
        self._kind = kind
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(2)
        self.boxes: dict[str, QCheckBox] = {}
        self.notes: dict[str, TextLine] = {}
        self._grid, self._cells, self._columns = grid, list[QWidget](), 0
        for index, text in enumerate(words):
            name = f"screening.{kind.value}-{index + 1}"
            box = QCheckBox(text)
            box.setObjectName(name)
            box.setAccessibleName(text)
            note = TextLine("Note")
            note.setObjectName(f"{name}.note")
            note.setAccessibleName(f"Note: {text}")
            note.setVisible(False)
            box.toggled.connect(note.setVisible)
            box.toggled.connect(lambda _on: self.changed.emit())
            note.changed.connect(self.changed)
            holder = QWidget()
            cell = QVBoxLayout(holder)
            cell.setContentsMargins(0, 0, 0, 0)
            cell.setSpacing(1)
            cell.addWidget(box)
            cell.addWidget(note)
            cell.addStretch(1)
            self._cells.append(holder)
            self.boxes[text], self.notes[text] = box, note
        self.add(grid)
        self._lay_out(2)

    def _lay_out(self, columns: int) -> None:
        if columns == self._columns:
            return
        self._columns = columns
        lines = -(-len(self._cells) // columns)
        for index, cell in enumerate(self._cells):
            self._grid.addWidget(cell, index % lines, index // lines)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        # With large letters, one below the other: no words are cut.
        widest = max(box.sizeHint().width() for box in self.boxes.values())
        margins = self.body.contentsMargins()
        room = self.width() - margins.left() - margins.right() - self._grid.horizontalSpacing()
        self._lay_out(2 if 2 * widest <= room else 1)

    def set_value(self, factors: tuple[Factor, ...]) -> None:
        chosen = {factor.label: factor.note for factor in factors if factor.kind is self._kind}
        for text, box in self.boxes.items():
            box.blockSignals(True)
            box.setChecked(text in chosen)
            box.blockSignals(False)
            self.notes[text].set_value(chosen.get(text, ""))
            self.notes[text].setVisible(text in chosen)

    def value(self) -> tuple[Factor, ...]:
        return tuple(
            Factor(self._kind, text, self.notes[text].value()) for text, box in self.boxes.items() if box.isChecked()
        )


class _MeansRow(QWidget):
    changed = Signal()

    def __init__(self, number: int, means: str, actions: tuple[str, ...]) -> None:
        super().__init__()
        self.means = means
        name = f"screening.means-{number}"
        self.box = QCheckBox(means)
        self.box.setObjectName(name)
        self.box.setAccessibleName(f"Access to {means.lower()}")
        self.action = Choice([(action, action) for action in actions], empty="")
        self.who, self.note = TextLine(), TextLine()
        self.by, self.checked = DateField(), DateField()
        self._more = Form(name)
        self._more.add_row(("action", "What is done", self.action, ""), ("who", "Who does it", self.who, ""))
        self._more.add_row(("by", "By when", self.by, ""), ("checked", "Checked on", self.checked, ""))
        self._more.add("note", "Note", self.note)
        for field, words in (
            (self.action, "what is done"),
            (self.who, "who does it"),
            (self.by, "by when"),
            (self.checked, "checked on"),
            (self.note, "note"),
        ):
            field.setAccessibleName(f"{means}: {words}")
            field.changed.connect(self.changed)
        self.box.toggled.connect(self._more.setVisible)
        self.box.toggled.connect(lambda _on: self.changed.emit())
        self._more.setVisible(False)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addWidget(self.box)
        column.addWidget(self._more)

    def set_value(self, access: MeansAccess | None) -> None:
        self.box.blockSignals(True)
        self.box.setChecked(access is not None)
        self.box.blockSignals(False)
        self._more.setVisible(access is not None)
        access = access or MeansAccess(self.means)
        self.action.set_value(access.action)
        self.who.set_value(access.who)
        self.by.set_value(access.by)
        self.checked.set_value(access.checked_on)
        self.note.set_value(access.note)

    def value(self) -> MeansAccess | None:
        if not self.box.isChecked():
            return None
        return MeansAccess(
            self.means,
            self.action.value(),
            self.who.value(),
            self.by.value(),
            self.checked.value(),
            self.note.value(),
        )


class FactorsStep(QWidget):
    """Risk and protective factors, warning signs, access to means."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        lists = reference.screening_lists()
        self.risk = _TickList(FactorKind.RISK, lists.risk)
        self.protective = _TickList(FactorKind.PROTECTIVE, lists.protective)
        signs = Card(
            "Warning signs",
            "What tells the client, or others, that it is getting hard; in the client's words.",
        )
        self.warning_signs = TextArea(fewest_lines=2)
        self.warning_signs.setObjectName("screening.warning_signs")
        self.warning_signs.setAccessibleName("Warning signs")
        signs.add(self.warning_signs)
        means = Card("Access to means", "Tick what is within reach, and what is done about it.")
        self.means = [
            _MeansRow(number, words, lists.means_actions) for number, words in enumerate(lists.means, start=1)
        ]
        for entry in self.means:
            means.add(entry)
            entry.changed.connect(self.changed)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(16)
        for widget in (self.risk, self.protective, signs, means):
            layout.addWidget(widget)
        for field in (self.risk, self.protective, self.warning_signs):
            field.changed.connect(self.changed)

    def first_field(self) -> QWidget:
        """Where the cursor goes first."""
        return next(iter(self.risk.boxes.values()))

    def show_form(self, form: ScreeningForm) -> None:
        """Fills the page."""
        self.risk.set_value(form.factors)
        self.protective.set_value(form.factors)
        self.warning_signs.set_value(form.warning_signs)
        access = {entry.means: entry for entry in form.means}
        for entry in self.means:
            entry.set_value(access.get(entry.means))

    def take(self, form: ScreeningForm) -> ScreeningForm:
        """The form with this page's answers."""
        means = tuple(access for entry in self.means if (access := entry.value()) is not None)
        return replace(
            form,
            factors=(*self.risk.value(), *self.protective.value()),
            means=means,
            warning_signs=self.warning_signs.value(),
        )
