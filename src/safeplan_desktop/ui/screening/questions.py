"""One instrument's questions: answers by digit, notes, branch questions in place, critical answers named at once."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

from safeplan_desktop.domain.given_answers import asked_in, highest_of, is_answered, result_of
from safeplan_desktop.domain.instruments import Instrument, InstrumentKind, Item
from safeplan_desktop.domain.open_answers import OpenAnswers, has_answer, open_answers
from safeplan_desktop.domain.practice import RiskStyle
from safeplan_desktop.domain.questionnaires import Question
from safeplan_desktop.domain.scoring import NOBODY_KNOWN, Person, Score
from safeplan_desktop.domain.screenings import InstrumentAnswers, ItemAnswer
from safeplan_desktop.domain.typed_answers import Entry, entry_of
from safeplan_desktop.ui.screening.fields import SeveralAnswers, SeveralEntries, TypedAnswer
from safeplan_desktop.ui.widgets.banner import Banner
from safeplan_desktop.ui.widgets.inputs import OptionRow, TextLine
from safeplan_desktop.ui.widgets.layout import Card, bring_into_sight, button, label, row

_Choice = OptionRow | SeveralAnswers | SeveralEntries | TypedAnswer


class InstrumentCard(Card):
    """All questions of one instrument."""

    changed = Signal()
    removal_wanted = Signal()
    file_wanted = Signal()

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
        self.rows: dict[str, _Choice] = {}
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
        from_file = button("Answers from a file...", f"{self._prefix}.from-file", self.file_wanted.emit, kind="quiet")
        from_file.setAccessibleName(f"{instrument.title}: take answers from a file")
        words = button("Remove this instrument", f"{self._prefix}.remove", self.removal_wanted.emit, kind="quiet")
        self.add(row(None, from_file, words))
        self._refresh()

    def _add_question(self, item: Item, answer: ItemAnswer) -> None:
        interview = self.instrument.kind is InstrumentKind.INTERVIEW
        choice = self._choice(item, answer)
        if choice is not None:
            choice.setObjectName(f"{self._prefix}.{item.id}")
            choice.setAccessibleName(item.label)
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
        self._blocks[item.id] = block
        if isinstance(choice, TypedAnswer | SeveralEntries):
            column.addWidget(choice)
            self.add(block)
            return
        note = TextLine(item.note_prompt or "Note", longest=4000)
        note.setObjectName(f"{self._prefix}.{item.id}.note")
        note.setAccessibleName(f"Note: {item.label}")
        note.set_value(answer.note)
        note.changed.connect(self._edited if self.instrument.follows_file else self.changed)
        note.returnPressed.connect(partial(self._focus_after, item.id))
        self.notes[item.id] = note
        if choice is not None:
            words = item.note_prompt if self.instrument.follows_file and item.note_prompt else "Note"
            name = f"{self._prefix}.{item.id}.add-note"
            opener = button(words, name, partial(self._open_note, item.id), kind="quiet")
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
        self.add(block)

    def _choice(self, item: Item, answer: ItemAnswer) -> _Choice | None:
        """What a question is answered with, beside words; None for words alone."""
        question = self._question(item)
        entry = entry_of(question) if question is not None else Entry.ONE
        if question is not None and entry is Entry.SEVERAL:
            several = SeveralAnswers(question, points=item.scored and self.instrument.has_total)
            several.set_given(answer.given)
            return several
        checked = entry not in {Entry.ONE, Entry.WORDS} or (question is not None and question.longest is not None)
        if question is not None and not question.options and (question.takes_entries or checked):
            typed = SeveralEntries(question) if question.takes_entries else TypedAnswer(question)
            typed.set_given(answer.given, answer.note)
            return typed
        options = [(option.value, option.label) for option in self.instrument.options_of(item)]
        if question is not None and item.scored and self.instrument.has_total:
            # Answers that count the same are chosen by their place, so what they count stands beside them.
            pairs = zip(options, question.options, strict=True)
            options = [
                (value, words if value == option.points else f"{words} ({option.points:g})")
                for (value, words), option in pairs
            ]
        if not options:
            return None
        choice = OptionRow(options, points=self.instrument.has_total)
        choice.set_value(answer.value)
        return choice

    def _question(self, item: Item) -> Question | None:
        """The question of a file that is followed; None for an instrument of ours."""
        file = self.instrument.file
        return file.question(item.id) if file is not None and self.instrument.follows_file else None

    def value(self) -> InstrumentAnswers:
        """The answers so far."""
        return InstrumentAnswers(self.instrument.id, tuple(self._answer(item.id) for item in self.instrument.items))

    def has_answers(self) -> bool:
        """Whether anything was chosen or typed."""
        return any(is_answered(answer) or answer.note for answer in self.value().answers)

    def _answer(self, item_id: str) -> ItemAnswer:
        choice, note = self.rows.get(item_id), self.notes.get(item_id)
        words = note.value() if note is not None else ""
        if isinstance(choice, TypedAnswer | SeveralEntries):
            return ItemAnswer(item_id, note=choice.unread(), given=choice.given())
        if isinstance(choice, SeveralAnswers):
            return ItemAnswer(item_id, note=words, given=choice.given())
        return ItemAnswer(item_id, choice.value() if choice is not None else None, words)

    def _has_answer(self, item_id: str) -> bool:
        return has_answer(self.instrument, self.instrument.item(item_id), self._answer(item_id))

    def focus_first(self) -> None:
        """Puts the cursor on the first question that has no answer."""
        for item_id, block in self._blocks.items():
            if not self._has_answer(item_id) and not block.isHidden():
                self._focus_on(item_id)
                return

    def _focus_on(self, item_id: str) -> None:
        if item_id in self.rows:
            self.rows[item_id].focus_row()
        else:
            self.notes[item_id].setFocus(Qt.FocusReason.OtherFocusReason)
        # The question with its words; where that is higher than the window, at least where the cursor is.
        bring_into_sight(self._blocks[item_id])
        focus = self.window().focusWidget()
        if focus is not None:
            bring_into_sight(focus)

    def left_open(self) -> OpenAnswers:
        """What counts nothing so far, and what has no answer."""
        return open_answers(self.instrument, self.value())

    def focus_open(self) -> None:
        """Puts the cursor on the first answer that counts nothing, else on the first question without one."""
        item_id = next(iter(self.left_open().items), "")
        if not item_id:
            return
        if self._single:
            self._single = item_id
            self._refresh()
        self._focus_on(item_id)

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
        ids = list(self._blocks)
        for following in ids[ids.index(item_id) + 1 :]:
            if not self._blocks[following].isHidden():
                self._focus_on(following)
                return

    def _asked(self) -> list[str]:
        """The questions that are to be seen, in order."""
        asked = asked_in(self.instrument, self.value())
        # An answer under a question that is no longer asked stays in sight; nothing is lost by a change above it.
        return [item.id for item in self.instrument.items if item.id in asked or self._has_answer(item.id)]

    def _change_mode(self) -> None:
        """All questions on the page, or one at a time, beginning with the first that has no answer."""
        asked = self._asked()
        if not asked:
            return
        self._single = "" if self._single else next((one for one in asked if not self._has_answer(one)), asked[0])
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
        else:
            self._focus_on(self._single)

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
        self._show_questions()
        result = result_of(self.instrument, self.value(), self._person)
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

    def _open_end(self, result: Score) -> str:
        """Why there is no result although questions are answered; empty where there is another reason or none."""
        if result.hidden:
            names = ", ".join(f"“{self.instrument.item(item_id).label}”" for item_id in result.hidden)
            return f"No result yet: {names} has an answer although it is no longer asked. Clear it, or change the answer above."
        if result.unknown and not result.missing:
            names = ", ".join(f"“{self.instrument.item(item_id).label}”" for item_id in result.unknown)
            return f"No result yet: the answer to {names} is none that the question takes, so it counts nothing."
        return ""

    def _words(self, result: Score) -> str:
        if open_end := self._open_end(result):
            return open_end
        if result.tier is not None and self._style is RiskStyle.FORMULATION:
            return "All questions are answered."
        if result.tier is not None:
            return f"Screen result: {result.tier}  ({result.tier_source})"
        if result.total is not None:
            band = f": {result.band.label}" if result.band is not None else ""
            scaled = f" ({result.scaled} of 100)" if result.scaled is not None else ""
            highest = highest_of(self.instrument)
            lines = [f"{result.total}{'' if highest is None else f' of {highest}'}{scaled}{band}"]
            lines += [f"{part.subscale.label}: {part.total}" for part in result.subtotals]
            return "\n".join([*lines, *(fact.sentence for fact in result.cutoffs)])
        wants_all = self.instrument.has_total or bool(self.instrument.tiers)
        if wants_all and result.missing and any(self._has_answer(item.id) for item in self.instrument.items):
            count = len(result.missing)
            return f"Incomplete: {count} {'question has' if count == 1 else 'questions have'} no answer yet"
        return ""
