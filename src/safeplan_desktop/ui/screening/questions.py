"""One instrument's questions: answers by digit, notes, branch questions in place, critical answers named at once."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

from safeplan_desktop.domain.instruments import Instrument, InstrumentKind, Item
from safeplan_desktop.domain.practice import RiskStyle
from safeplan_desktop.domain.scoring import NOBODY_KNOWN, Person, Score, is_asked, score
from safeplan_desktop.domain.screenings import InstrumentAnswers, ItemAnswer
from safeplan_desktop.ui.widgets.banner import Banner
from safeplan_desktop.ui.widgets.inputs import OptionRow, TextLine
from safeplan_desktop.ui.widgets.layout import Card, button, label, row


class InstrumentCard(Card):
    """All questions of one instrument."""

    changed = Signal()
    removal_wanted = Signal()

    def __init__(
        self,
        instrument: Instrument,
        given: InstrumentAnswers,
        person: Person = NOBODY_KNOWN,
        style: RiskStyle = RiskStyle.TIERS,
    ) -> None:
        when = f" About {instrument.window}." if instrument.window else ""
        super().__init__(instrument.title, f"{instrument.about}{when}")
        self.instrument, self._person, self._style = instrument, person, style
        self._prefix = f"screening.{instrument.id}"
        if instrument.read_aloud and instrument.kind is not InstrumentKind.INTERVIEW:
            self.add(label(f"The wording that you brought in. {instrument.credit}", "quiet"))
        elif instrument.kind is not InstrumentKind.INTERVIEW:
            self.add(
                label(
                    "Short labels for entering a score: not the official wording, please don't read them aloud.",
                    "quiet",
                )
            )
        self.rows: dict[str, OptionRow] = {}
        self.notes: dict[str, TextLine] = {}
        self._openers: dict[str, QPushButton] = {}
        self._blocks: dict[str, QWidget] = {}
        self._flags: dict[str, Banner] = {}
        self._named: dict[str, str] = {}
        self._single = ""  # the question that stands alone; empty while all are on the page
        self._stayed_at = ""
        self._headings: list[tuple[QLabel, list[str]]] = []
        answers = {answer.item: answer for answer in given.answers}
        part = ""
        for item in instrument.items:
            if item.part and item.part != part:
                part = item.part
                heading = label(part, "heading")
                self._headings.append((heading, []))
                self.add(heading)
            if self._headings:
                self._headings[-1][1].append(item.id)
            self._add_question(item, answers.get(item.id, ItemAnswer(item.id)))
        self._back = button("Back", f"{self._prefix}.back", lambda: self._turn(-1), kind="small")
        self._next = button("Next", f"{self._prefix}.next", lambda: self._turn(1), kind="small")
        self._progress = label("", "quiet", name=f"{self._prefix}.progress")
        self._mode = button("One at a time", f"{self._prefix}.mode", self._change_mode, kind="quiet")
        self.add(row(self._back, self._next, self._progress, None, self._mode))
        self._result = label("", "heading", name=f"{self._prefix}.result")
        self.add(self._result)
        words = button("Remove this instrument", f"{self._prefix}.remove", self.removal_wanted.emit, kind="quiet")
        self.add(row(None, words))
        self._refresh()

    def _add_question(self, item: Item, answer: ItemAnswer) -> None:
        interview = self.instrument.kind is InstrumentKind.INTERVIEW
        options = [(option.value, option.label) for option in self.instrument.options_of(item)]
        choice = OptionRow(options, points=self.instrument.has_total) if options else None
        if choice is not None:
            choice.setObjectName(f"{self._prefix}.{item.id}")
            choice.setAccessibleName(item.label)
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
        if item.help:
            column.addWidget(label(item.help, "quiet"))
        note = TextLine(item.note_prompt or "Note", longest=4000)
        note.setObjectName(f"{self._prefix}.{item.id}.note")
        note.setAccessibleName(f"Note: {item.label}")
        note.set_value(answer.note)
        note.changed.connect(self.changed)
        self.notes[item.id] = note
        if choice is not None:
            opener = button(
                "Note", f"{self._prefix}.{item.id}.add-note", partial(self._open_note, item.id), kind="quiet"
            )
            opener.setAccessibleName(f"Write a note: {item.label}")
            self._openers[item.id] = opener
            column.addLayout(row(choice, None, opener))
        column.addWidget(note)
        # Only once it has a parent: without one, showing it would open a window of its own for an instant.
        note.setVisible(interview or choice is None or bool(answer.note))
        if choice is not None:
            opener.setVisible(note.isHidden())
        if any(rule.item == item.id for rule in self.instrument.flags):
            self._flags[item.id] = Banner(f"{self._prefix}.{item.id}.flag")
            column.addWidget(self._flags[item.id])
        self._blocks[item.id] = block
        self.add(block)

    def value(self) -> InstrumentAnswers:
        """The answers so far."""
        values = self._values()
        return InstrumentAnswers(
            self.instrument.id,
            tuple(ItemAnswer(item.id, values[item.id], self.notes[item.id].value()) for item in self.instrument.items),
        )

    def focus_first(self) -> None:
        """Puts the cursor on the first question that has no answer."""
        for item_id, choice in self.rows.items():
            if choice.value() is None and not self._blocks[item_id].isHidden():
                choice.focus_row()
                return

    def _open_note(self, item_id: str) -> None:
        self.notes[item_id].setVisible(True)
        self.notes[item_id].setFocus(Qt.FocusReason.OtherFocusReason)
        self._openers[item_id].setVisible(False)

    def _edited(self) -> None:
        self._refresh()
        self.changed.emit()

    def _focus_after(self, item_id: str) -> None:
        if self._single:
            # A critical answer stays with what is said about it; Enter goes on.
            if self._named.get(item_id) and self._stayed_at != item_id:
                self._stayed_at = item_id
            else:
                self._turn(1)
            return
        ids = list(self.rows)
        for following in ids[ids.index(item_id) + 1 :]:
            if not self._blocks[following].isHidden():
                self.rows[following].focus_row()
                return

    def _asked(self) -> list[str]:
        """The questions that are to be seen, in order."""
        values = self._values()
        # An answer under a question that is no longer asked stays in sight; nothing is lost by a change above it.
        return [item.id for item in self.instrument.items if is_asked(item, values) or values[item.id] is not None]

    def _change_mode(self) -> None:
        """All questions on the page, or one at a time, beginning with the first that has no answer."""
        values, asked = self._values(), self._asked()
        self._single = "" if self._single else next((one for one in asked if values[one] is None), asked[0])
        self._refresh()
        self._focus_single()

    def _turn(self, step: int) -> None:
        asked = self._asked()
        place = asked.index(self._single) + step if self._single in asked else 0
        self._single = asked[min(max(place, 0), len(asked) - 1)]
        self._stayed_at = ""
        self._refresh()
        self._focus_single()

    def _focus_single(self) -> None:
        if not self._single:
            self._mode.setFocus(Qt.FocusReason.OtherFocusReason)
        elif self._single in self.rows:
            self.rows[self._single].focus_row()
        else:
            self.notes[self._single].setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_questions(self) -> None:
        asked = self._asked()
        if self._single and self._single not in asked:
            self._single = asked[0]
        for item in self.instrument.items:
            self._blocks[item.id].setVisible(item.id in asked and self._single in ("", item.id))
        for heading, ids in self._headings:
            heading.setVisible(any(one in asked and self._single in ("", one) for one in ids))
        for shown in (self._back, self._next, self._progress):
            shown.setVisible(bool(self._single))
        self._mode.setText("All on one page" if self._single else "One at a time")
        self._mode.setAccessibleName(f"{self.instrument.title}: {self._mode.text().lower()}")
        if self._single:
            place = asked.index(self._single)
            self._progress.setText(f"Question {place + 1} of {len(asked)}")
            self._back.setEnabled(place > 0)
            self._next.setEnabled(place < len(asked) - 1)

    def _refresh(self) -> None:
        values = self._values()
        self._show_questions()
        result = score(self.instrument, values, self._person)
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

    def _values(self) -> dict[str, int | None]:
        chosen = {item_id: choice.value() for item_id, choice in self.rows.items()}
        return {item.id: chosen.get(item.id) for item in self.instrument.items}

    def _words(self, result: Score) -> str:
        if result.hidden:
            names = ", ".join(f"“{self.instrument.item(item_id).label}”" for item_id in result.hidden)
            return f"No result yet: {names} has an answer although it is no longer asked. Clear it, or change the answer above."
        if result.tier is not None and self._style is RiskStyle.FORMULATION:
            return "All questions are answered."
        if result.tier is not None:
            return f"Screen result: {result.tier}  ({result.tier_source})"
        if result.total is not None:
            band = f": {result.band.label}" if result.band is not None else ""
            scaled = f" ({result.scaled} of 100)" if result.scaled is not None else ""
            lines = [f"{result.total} of {self.instrument.highest_total}{scaled}{band}"]
            lines += [f"{part.subscale.label}: {part.total}" for part in result.subtotals]
            return "\n".join([*lines, *(fact.sentence for fact in result.cutoffs)])
        wants_all = self.instrument.has_total or bool(self.instrument.tiers)
        if wants_all and result.missing and any(value is not None for value in self._values().values()):
            count = len(result.missing)
            return f"Incomplete: {count} {'question has' if count == 1 else 'questions have'} no answer yet"
        return ""
