"""The wizard's pages besides the questions: begin, factors, formulation, level of care."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QGridLayout, QVBoxLayout, QWidget

from safeplan_desktop.domain.reference_lists import Consideration
from safeplan_desktop.domain.screenings import (
    Care,
    Factor,
    FactorKind,
    Formulation,
    InstrumentFact,
    Judgement,
    LevelOfCare,
    MeansAccess,
    ScreeningForm,
    ScreeningReason,
    Setting,
)
from safeplan_desktop.domain.vocabulary import label_of
from safeplan_desktop.services import reference
from safeplan_desktop.ui.widgets.inputs import Choice, DateField, OptionRow, TextArea, TextLine, enum_options
from safeplan_desktop.ui.widgets.layout import Card, Form, clear_layout, label, row


class BeginStep(QWidget):
    """Reason, setting, where the client is."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.form = Form("screening")
        self.reason = OptionRow(enum_options(ScreeningReason, label_of))
        self.reason_note = TextLine("In a few words")
        self.setting = OptionRow(enum_options(Setting, label_of))
        self.location = TextLine("Street, number, town")
        self.callback = TextLine()
        self.form.add("reason", "Why this screening is done", self.reason)
        self.form.add("reason_note", "What led to it", self.reason_note)
        self.form.add("setting", "Where the session is", self.setting)
        self._elsewhere = Form("screening")
        self._elsewhere.add(
            "location",
            "Where the client is now",
            self.location,
            "Ask at the start of every session that isn't in the office",
        )
        self._elsewhere.add("callback", "Number to call back if the line drops", self.callback)
        card = Card()
        card.add(self.form)
        card.add(self._elsewhere)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(card)
        for field in (self.reason, self.reason_note, self.setting, self.location, self.callback):
            field.changed.connect(self.changed)
        self.setting.changed.connect(self._show_location)

    def _show_location(self) -> None:
        self._elsewhere.setVisible(self.setting.value() not in (None, Setting.OFFICE))

    def first_field(self) -> QWidget:
        """Where the cursor goes first."""
        return self.reason.buttons[0]

    def show_form(self, form: ScreeningForm) -> None:
        """Fills the page."""
        self.reason.set_value(form.reason)
        self.reason_note.set_value(form.reason_note)
        self.setting.set_value(form.setting)
        self.location.set_value(form.client_location)
        self.callback.set_value(form.callback)
        self._show_location()

    def take(self, form: ScreeningForm) -> ScreeningForm:
        """The form with this page's answers."""
        return replace(
            form,
            reason=self.reason.value(),
            reason_note=self.reason_note.value(),
            setting=self.setting.value(),
            client_location=self.location.value(),
            callback=self.callback.value(),
        )


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
        half = -(-len(words) // 2)
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
            cell = QVBoxLayout()
            cell.setSpacing(1)
            cell.addWidget(box)
            cell.addWidget(note)
            cell.addStretch(1)
            grid.addLayout(cell, index % half, index // half)
            self.boxes[text], self.notes[text] = box, note
        self.add(grid)

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
        self.who, self.note, self.by = TextLine("Who does it"), TextLine("Note"), DateField()
        self.by.line.setPlaceholderText("By when")
        self._more = QWidget()
        inner = row(self.action, self.who, self.by, self.note, stretch_last=True)
        self._more.setLayout(inner)
        for field, part, words in (
            (self.action, "action", "what is done"),
            (self.who, "who", "who does it"),
            (self.by, "by", "by when"),
            (self.note, "note", "note"),
        ):
            field.setObjectName(f"{name}.{part}")
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
        self.note.set_value(access.note)

    def value(self) -> MeansAccess | None:
        if not self.box.isChecked():
            return None
        return MeansAccess(self.means, self.action.value(), self.who.value(), self.by.value(), None, self.note.value())


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


def fact_lines(facts: tuple[InstrumentFact, ...]) -> list[str]:
    """What the instruments said, as lines."""
    lines = []
    for fact in facts:
        if fact.total is not None:
            lines.append(f"{fact.title}: {fact.total} of {fact.highest_total}, {fact.band} ({fact.band_source})")
        elif not fact.complete:
            lines.append(f"{fact.title}: incomplete, so no result")
        lines += [f"{fact.title}: {flag}" for flag in fact.flags]
        lines += [f"{fact.title}: {finding}" for finding in fact.findings]
    return lines


class FormulationStep(QWidget):
    """The therapist's own judgement and reasons; facts stand beside it."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        facts = Card("What the answers say", "Facts with their source. They decide nothing; you do.")
        self._facts = QVBoxLayout()
        facts.add(self._facts)
        self.form = Form("screening")
        self.status = TextArea("Compared with whom: this practice, the general population", fewest_lines=2)
        self.state = TextArea("Compared with this person's own better or worse times", fewest_lines=2)
        self.resources, self.foreseeable = TextArea(fewest_lines=2), TextArea(fewest_lines=2)
        self.judgement = OptionRow(enum_options(Judgement, label_of), digits=False)
        self.reasons, self.difference = TextArea(fewest_lines=3), TextArea(fewest_lines=2)
        self.form.add_row(("status", "Risk status", self.status, ""), ("state", "Risk state", self.state, ""))
        self.form.add_row(
            ("resources", "Resources that can be drawn on", self.resources, ""),
            (
                "foreseeable",
                "Foreseeable changes",
                self.foreseeable,
                "What could soon make it better or worse",
            ),
        )
        self.form.add("judgement", "My judgement of risk", self.judgement)
        self.form.add("reasons", "My reasons", self.reasons, "Judgement and reasons are needed to sign, not to go on")
        self._apart = Form("screening")
        self._apart.add(
            "difference",
            "A critical answer stands beside the judgement “low”. Would you like to add a sentence?",
            self.difference,
            "Optional",
        )
        self._apart.setVisible(False)
        own = Card("My formulation")
        own.add(self.form)
        own.add(self._apart)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(16)
        layout.addWidget(facts)
        layout.addWidget(own)
        for field in self._fields():
            field.changed.connect(self.changed)

    def _fields(self) -> tuple[TextArea | OptionRow, ...]:
        areas = (self.status, self.state, self.resources, self.foreseeable, self.reasons, self.difference)
        return (*areas, self.judgement)

    def show_facts(self, facts: tuple[InstrumentFact, ...], *, apart: bool) -> None:
        """Shows the facts, and the line for a sentence where they and the judgement seem apart."""
        clear_layout(self._facts)
        for line in fact_lines(facts) or ["No instrument was used."]:
            self._facts.addWidget(label(line))
        self._apart.setVisible(apart or bool(self.difference.value()))

    def first_field(self) -> QWidget:
        """Where the cursor goes first."""
        return self.status

    def show_form(self, form: ScreeningForm) -> None:
        """Fills the page."""
        given = form.formulation
        self.status.set_value(given.status)
        self.state.set_value(given.state)
        self.resources.set_value(given.resources)
        self.foreseeable.set_value(given.foreseeable)
        self.judgement.set_value(given.judgement)
        self.reasons.set_value(given.reasons)
        self.difference.set_value(given.difference)

    def take(self, form: ScreeningForm) -> ScreeningForm:
        """The form with this page's answers."""
        return replace(
            form,
            formulation=Formulation(
                status=self.status.value(),
                state=self.state.value(),
                resources=self.resources.value(),
                foreseeable=self.foreseeable.value(),
                judgement=self.judgement.value(),
                reasons=self.reasons.value(),
                difference=self.difference.value(),
            ),
        )


class CareStep(QWidget):
    """The level of care that the therapist decides, and what follows."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.form = Form("screening")
        self.level = Choice(enum_options(LevelOfCare, label_of))
        self.reasons, self.taken, self.told = (
            TextArea(fewest_lines=2),
            TextArea(fewest_lines=3),
            TextArea(fewest_lines=2),
        )
        self.next = DateField()
        self.form.add_row(
            ("level", "Level of care", self.level, "Your decision"),
            ("next_reassessment", "Next reassessment", self.next, "It appears on Today"),
        )
        self.form.add("care_reasons", "Reasons", self.reasons)
        self.form.add("actions", "Actions taken", self.taken)
        self.form.add("told", "Who was told, when and how", self.told)
        card = Card()
        card.add(self.form)
        considerations = Card(
            "To consider", "Published considerations, with their source. Nothing here is chosen for you."
        )
        for entry in reference.screening_lists().considerations:
            considerations.add(label(self._words(entry), "quiet"))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(16)
        layout.addWidget(card)
        layout.addWidget(considerations)
        for field in (self.level, self.next, self.reasons, self.taken, self.told):
            field.changed.connect(self.changed)

    @staticmethod
    def _words(entry: Consideration) -> str:
        return f"{entry.when}: {entry.options}. {entry.prompts}. ({entry.source})"

    def first_field(self) -> QWidget:
        """Where the cursor goes first."""
        return self.level

    def show_form(self, form: ScreeningForm) -> None:
        """Fills the page."""
        self.level.set_value(form.care.level)
        self.next.set_value(form.care.next_reassessment)
        self.reasons.set_value(form.care.reasons)
        self.taken.set_value(form.care.actions)
        self.told.set_value(form.care.told)

    def take(self, form: ScreeningForm) -> ScreeningForm:
        """The form with this page's answers."""
        return replace(
            form,
            care=Care(
                level=self.level.value(),
                reasons=self.reasons.value(),
                actions=self.taken.value(),
                told=self.told.value(),
                next_reassessment=self.next.value(),
            ),
        )
