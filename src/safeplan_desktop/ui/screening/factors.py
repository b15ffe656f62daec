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
from safeplan_desktop.ui.widgets.wrapping import TickBox


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
            box = TickBox(text)
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


class _Steps(Form):
    """What is done about access to one kind of means."""

    def __init__(self, name: str, means: str, actions: tuple[str, ...]) -> None:
        super().__init__(name)
        self.action = Choice([(action, action) for action in actions], empty="")
        self.who, self.note = TextLine(), TextLine()
        self.by, self.checked = DateField(), DateField()
        self.add_row(("action", "What is done", self.action, ""), ("who", "Who does it", self.who, ""))
        self.add_row(("by", "By when", self.by, ""), ("checked", "Checked on", self.checked, ""))
        self.add("note", "Note", self.note)
        for field, words in zip(
            self.fields, ("what is done", "who does it", "by when", "checked on", "note"), strict=True
        ):
            field.setAccessibleName(f"{means}: {words}")

    @property
    def fields(self) -> tuple[Choice | TextLine | DateField, ...]:
        return self.action, self.who, self.by, self.checked, self.note


class _MeansRow(QWidget):
    changed = Signal()

    def __init__(self, number: int, means: str, actions: tuple[str, ...]) -> None:
        super().__init__()
        self.means = means
        self._name, self._actions = f"screening.means-{number}", actions
        self._built: _Steps | None = None
        self.box = TickBox(means)
        self.box.setObjectName(self._name)
        self.box.setAccessibleName(f"Access to {means.lower()}")
        self.box.toggled.connect(self._show_steps)
        self.box.toggled.connect(lambda _on: self.changed.emit())
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(2)
        self._column.addWidget(self.box)

    @property
    def _steps(self) -> _Steps:
        """Built when it is first ticked: all of them at once would be a wait."""
        if self._built is None:
            self._built = _Steps(self._name, self.means, self._actions)
            for field in self._built.fields:
                field.changed.connect(self.changed)
            self._column.addWidget(self._built)
        return self._built

    def _show_steps(self, ticked: bool) -> None:  # noqa: FBT001 - Qt's signal
        if ticked or self._built is not None:
            self._steps.setVisible(ticked)

    def set_value(self, access: MeansAccess | None) -> None:
        self.box.blockSignals(True)
        self.box.setChecked(access is not None)
        self.box.blockSignals(False)
        if access is not None or self._built is not None:
            steps, shown = self._steps, access or MeansAccess(self.means)
            steps.action.set_value(shown.action)
            steps.who.set_value(shown.who)
            steps.by.set_value(shown.by)
            steps.checked.set_value(shown.checked_on)
            steps.note.set_value(shown.note)
        self._show_steps(access is not None)

    def value(self) -> MeansAccess | None:
        if not self.box.isChecked():
            return None
        steps = self._steps
        return MeansAccess(
            self.means,
            steps.action.value(),
            steps.who.value(),
            steps.by.value(),
            steps.checked.value(),
            steps.note.value(),
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
