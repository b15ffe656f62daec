"""The questions of a feedback, in the client's language; large where the client answers them on the screen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QVBoxLayout, QWidget

from safeplan_desktop.domain.feedback import HIGHEST, LOWEST, THERAPIST_QUESTIONS, Feedback, FeedbackWords, Rating
from safeplan_desktop.domain.plans import SectionKey
from safeplan_desktop.ui.theme import GAP
from safeplan_desktop.ui.widgets.inputs import OptionRow, TextArea
from safeplan_desktop.ui.widgets.layout import label
from safeplan_desktop.ui.widgets.wrapping import TickBox

_NUMBERS = [(number, str(number)) for number in range(LOWEST, HIGHEST + 1)]


class FeedbackForm(QWidget):
    """A client's answers; `changed` tells of every edit. A digit answers, arrow keys go on to 10, Delete takes back.

    Args:
        name: Begins the names of all its widgets.
        words: In the client's language.
        steps: The parts of a plan in that language.
        large: Whether the letters are large.
    """

    changed = Signal()

    def __init__(
        self, name: str, words: FeedbackWords, steps: Sequence[tuple[SectionKey, str]], *, large: bool
    ) -> None:
        super().__init__()
        self._role = "large" if large else ""
        self._name = name
        self._body = QVBoxLayout(self)
        self._body.setContentsMargins(0, 0, 0, 0)
        self._body.setSpacing(GAP)
        self._body.addWidget(label(words.scale, "large-quiet" if large else "quiet"))
        self.ratings = {one.id: self._asked(one.id, one.text, _NUMBERS) for one in words.questions}
        self.used = self._asked("used", words.used, [(True, words.yes), (False, words.no)])
        self._body.addSpacing(GAP)
        self._body.addWidget(label(words.helped, self._role))
        self.helped: dict[SectionKey, QCheckBox] = {}
        for key, heading in steps:
            box = TickBox(heading)
            box.setObjectName(f"{name}.helped-{key.value}")
            box.setAccessibleName(heading)
            box.setProperty("role", self._role)
            box.toggled.connect(self.changed)
            self._body.addWidget(box)
            self.helped[key] = box
        self._body.addSpacing(GAP)
        self._body.addWidget(label(words.words, self._role))
        self.words = TextArea(fewest_lines=3)
        self.words.setObjectName(f"{name}.words")
        self.words.setAccessibleName(words.words)
        self.words.setProperty("role", self._role)
        self.words.changed.connect(self.changed)
        self._body.addWidget(self.words)

    def _asked(self, question: str, words: str, options: Sequence[tuple[object, str]]) -> OptionRow:
        self._body.addSpacing(GAP)
        self._body.addWidget(label(words, self._role))
        answers = OptionRow(options, digits=options is _NUMBERS)
        answers.setObjectName(f"{self._name}.{question}")
        answers.setAccessibleName(words)
        for radio in answers.buttons:
            radio.setProperty("role", self._role)
        answers.changed.connect(self.changed)
        self._body.addWidget(answers)
        return answers

    def fill(self, form: Feedback) -> None:
        """Shows what was answered."""
        for question, answers in self.ratings.items():
            answers.set_value(form.rating(question))
        self.used.set_value(form.plan_used)
        for key, box in self.helped.items():
            box.blockSignals(True)
            box.setChecked(key in form.helped)
            box.blockSignals(False)
        self.words.set_value(form.words)

    def value(self, form: Feedback) -> Feedback:
        """The form with what was answered here."""
        given = {question: answers.value() for question, answers in self.ratings.items()}
        return replace(
            form,
            ratings=tuple(Rating(question, value) for question, value in given.items() if value is not None),
            plan_used=self.used.value(),
            helped=tuple(key for key, box in self.helped.items() if box.isChecked()),
            words=self.words.value(),
        )

    def focus_first(self) -> None:
        """Puts the cursor on the first question."""
        next(iter(self.ratings.values())).focus_row()


class OwnFeedbackForm(QWidget):
    """The therapist's own answers; `changed` tells of every edit."""

    changed = Signal()

    def __init__(self, name: str, items: Sequence[str]) -> None:
        super().__init__()
        body = QVBoxLayout(self)
        body.setContentsMargins(0, 0, 0, 0)
        body.setSpacing(GAP)
        body.addWidget(label("0 means not at all, 10 means completely.", "quiet"))
        self._items = tuple(items)
        self.ratings: dict[str, OptionRow] = {}
        for question, words in THERAPIST_QUESTIONS:
            self.ratings[question] = self._row(body, f"{name}.{question}", words, _NUMBERS)
        body.addSpacing(GAP)
        body.addWidget(label("The plans of these weeks", "heading"))
        answers = [(True, "Yes"), (False, "Not yet")]
        self.quality = [
            self._row(body, f"{name}.quality-{place}", words, answers) for place, words in enumerate(items, start=1)
        ]
        self.lacked, self.words = TextArea(fewest_lines=2), TextArea(fewest_lines=2)
        for widget, suffix, words in (
            (self.lacked, "lacked", "What did the protocol lack?"),
            (self.words, "words", "Anything else"),
        ):
            widget.setObjectName(f"{name}.{suffix}")
            widget.setAccessibleName(words)
            widget.changed.connect(self.changed)
            body.addSpacing(GAP)
            body.addWidget(label(words))
            body.addWidget(widget)

    def _row(self, body: QVBoxLayout, name: str, words: str, options: Sequence[tuple[object, str]]) -> OptionRow:
        body.addWidget(label(words))
        answers = OptionRow(options, digits=options is _NUMBERS)
        answers.setObjectName(name)
        answers.setAccessibleName(words)
        answers.changed.connect(self.changed)
        body.addWidget(answers)
        return answers

    def fill(self, form: Feedback) -> None:
        """Shows what was answered."""
        for question, answers in self.ratings.items():
            answers.set_value(form.rating(question))
        for answers, item in zip(self.quality, form.quality, strict=True):
            answers.set_value(item.fine)
        self.lacked.set_value(form.lacked)
        self.words.set_value(form.words)

    def value(self, form: Feedback) -> Feedback:
        """The form with what was answered here."""
        given = {question: answers.value() for question, answers in self.ratings.items()}
        quality = tuple(
            replace(item, fine=answers.value()) for answers, item in zip(self.quality, form.quality, strict=True)
        )
        return replace(
            form,
            ratings=tuple(Rating(question, value) for question, value in given.items() if value is not None),
            quality=quality,
            lacked=self.lacked.value(),
            words=self.words.value(),
        )

    def focus_first(self) -> None:
        """Puts the cursor on the first question."""
        next(iter(self.ratings.values())).focus_row()
