"""One instrument's questions: answers by digit, notes, branch questions in place, critical answers named at once."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from safeplan_desktop.domain.instruments import Instrument, InstrumentKind
from safeplan_desktop.domain.scoring import Score, is_asked, score
from safeplan_desktop.domain.screenings import InstrumentAnswers, ItemAnswer
from safeplan_desktop.ui.widgets.banner import Banner
from safeplan_desktop.ui.widgets.inputs import OptionRow, TextLine
from safeplan_desktop.ui.widgets.layout import Card, button, label, row


class InstrumentCard(Card):
    """All questions of one instrument."""

    changed = Signal()
    removal_wanted = Signal()

    def __init__(self, instrument: Instrument, given: InstrumentAnswers) -> None:
        super().__init__(instrument.title, f"{instrument.about} About {instrument.window}.")
        self.instrument = instrument
        self._prefix = f"screening.{instrument.id}"
        interview = instrument.kind is InstrumentKind.INTERVIEW
        if not interview:
            self.add(
                label(
                    "Short labels for entering a score: not the official wording, please don't read them aloud.",
                    "quiet",
                )
            )
        self.rows: dict[str, OptionRow] = {}
        self.notes: dict[str, TextLine] = {}
        self._blocks: dict[str, QWidget] = {}
        self._flags: dict[str, Banner] = {}
        self._named: dict[str, str] = {}
        answers = {answer.item: answer for answer in given.answers}
        part = ""
        for item in instrument.items:
            if item.part and item.part != part:
                part = item.part
                self.add(label(part, "heading"))
            options = [(option.value, option.label) for option in instrument.options_of(item)]
            choice = OptionRow(options)
            choice.setObjectName(f"{self._prefix}.{item.id}")
            choice.setAccessibleName(item.label)
            answer = answers.get(item.id, ItemAnswer(item.id))
            choice.set_value(answer.value)
            choice.changed.connect(self._edited)
            choice.chosen.connect(lambda item_id=item.id: self._focus_after(item_id))
            self.rows[item.id] = choice
            block = QWidget()
            column = QVBoxLayout(block)
            column.setContentsMargins(0, 2, 0, 6)
            column.setSpacing(3)
            column.addWidget(
                label(item.label if interview else f"{item.id}.  {item.label}" if item.id.isdigit() else item.label)
            )
            column.addWidget(choice)
            note = TextLine(item.note_prompt or "Note", longest=4000)
            note.setObjectName(f"{self._prefix}.{item.id}.note")
            note.setAccessibleName(f"Note: {item.label}")
            note.set_value(answer.note)
            note.changed.connect(self.changed)
            self.notes[item.id] = note
            column.addWidget(note)
            # Only once it has a parent: without one, showing it would open a window of its own for an instant.
            note.setVisible(interview or bool(answer.note))
            if any(rule.item == item.id for rule in instrument.flags):
                self._flags[item.id] = Banner(f"{self._prefix}.{item.id}.flag")
                column.addWidget(self._flags[item.id])
            self._blocks[item.id] = block
            self.add(block)
        self._result = label("", "heading", name=f"{self._prefix}.result")
        self.add(self._result)
        words = button("Remove this instrument", f"{self._prefix}.remove", self.removal_wanted.emit, kind="quiet")
        self.add(row(None, words))
        self._refresh()

    def value(self) -> InstrumentAnswers:
        """The answers so far."""
        return InstrumentAnswers(
            self.instrument.id,
            tuple(
                ItemAnswer(item.id, self.rows[item.id].value(), self.notes[item.id].value())
                for item in self.instrument.items
            ),
        )

    def focus_first(self) -> None:
        """Puts the cursor on the first question that has no answer."""
        for item_id, choice in self.rows.items():
            if choice.value() is None and not self._blocks[item_id].isHidden():
                choice.focus_row()
                return

    def _edited(self) -> None:
        self._refresh()
        self.changed.emit()

    def _focus_after(self, item_id: str) -> None:
        ids = list(self.rows)
        for following in ids[ids.index(item_id) + 1 :]:
            if not self._blocks[following].isHidden():
                self.rows[following].focus_row()
                return

    def _refresh(self) -> None:
        values = {item_id: choice.value() for item_id, choice in self.rows.items()}
        for item in self.instrument.items:
            # An answer under a question that is no longer asked stays in sight; nothing is lost by a change above it.
            shown = is_asked(item, values) or values[item.id] is not None
            self._blocks[item.id].setVisible(shown)
        result = score(self.instrument, values)
        self._result.setText(self._words(result))
        self._result.setVisible(bool(self._result.text()))
        named = {flag.item: flag.sentence for flag in result.flags}
        for item_id, banner in self._flags.items():
            # Named at the question itself, at once, and only when that changes: a closed message stays closed.
            if (sentence := named.get(item_id, "")) != self._named.get(item_id, ""):
                self._named[item_id] = sentence
                if sentence:
                    banner.say("caution", f"{sentence} The Crisis panel is at F9.")
                else:
                    banner.dismiss()

    def _words(self, result: Score) -> str:
        if result.total is not None and result.band is not None:
            return f"{result.total} of {self.instrument.highest_total}: {result.band.label}"
        if self.instrument.has_total and len(result.missing) < len(self.instrument.scored_items):
            count = len(result.missing)
            return f"Incomplete: {count} {'question has' if count == 1 else 'questions have'} no answer yet"
        return ""
