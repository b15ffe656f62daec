"""Pages on which the therapist writes for themselves: some questions with room for words, saved as they are typed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from safeplan_desktop.domain.check_ins import KEYS, CheckInForm
from safeplan_desktop.domain.proqol import ITEMS, LOWEST, ProqolForm, ProqolTexts
from safeplan_desktop.domain.self_care import SelfCareForm, SelfCareText
from safeplan_desktop.errors import InvalidInputError, SafePlanError
from safeplan_desktop.ui.drafting import SavedLabel
from safeplan_desktop.ui.theme import GAP
from safeplan_desktop.ui.widgets.confirm import ask_discard
from safeplan_desktop.ui.widgets.flow import FlowLayout
from safeplan_desktop.ui.widgets.inputs import OptionRow, TextArea, TextLine
from safeplan_desktop.ui.widgets.layout import Card, Form, Page, button, label

Question = tuple[str, str, str]
"""Its key, its title, and what stands below it."""

_ANSWERS = ("never", "rarely", "sometimes", "often", "very often")


@dataclass(frozen=True, slots=True)
class WritingActions:
    """What a page calls.

    Attributes:
        leave: Goes back; the draft stays.
    """

    keep: Callable[[], None]
    leave: Callable[[], None]
    discard: Callable[[], None]


class WritingPage(Page):
    """What these pages have in common: the buttons, when it was saved last, and sentences beside the fields.

    Args:
        name: Begins the object names.
        title, about: On top.
        keep: On the button that keeps what was written.
        what: What is thrown away, such as "draft of the plan".
        actions: What the buttons do.
    """

    changed = Signal()

    def __init__(
        self,
        name: str,
        title: str,
        about: str,
        keep: str,
        what: str,
        actions: WritingActions,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(f"{name}.page", title, about, parent=parent)
        self._name, self._what, self._actions = name, what, actions
        self.form = Form(name)
        self.saved = SavedLabel(f"{name}.saved")
        self.saved.setContentsMargins(0, GAP, 0, GAP)
        line = FlowLayout(spacing=GAP)
        line.addWidget(button("Throw away...", f"{name}.discard", self._ask_discard, kind="quiet"))
        line.addWidget(button("Back", f"{name}.back", actions.leave))
        self.keep_button = button(keep, f"{name}.keep", actions.keep, kind="primary")
        line.addWidget(self.keep_button)
        line.addWidget(self.saved)  # last: what comes up later never moves a button away from under the mouse
        self.set_footer(line)

    def begin(self, form: Any) -> None:  # noqa: ANN401 - each page has its own form
        """Shows a form from its beginning."""
        self.banner.dismiss()
        self.form.clear_errors()
        self.saved.setText("")
        self.fill(form)
        self.to_top()
        self.first_field().setFocus()

    def fill(self, form: Any) -> None:  # noqa: ANN401 - see above
        """Fills the fields."""
        raise AssertionError(f"{type(self).__name__} fills nothing for {form}")

    def value(self) -> Any:  # noqa: ANN401 - see above
        """The form as typed."""
        raise AssertionError(f"{type(self).__name__} reads nothing")

    def first_field(self) -> QWidget:
        """Where writing begins."""
        return self.keep_button

    def show_problem(self, problem: SafePlanError) -> None:
        """Shows a sentence beside its field, or on top."""
        self.form.clear_errors()
        if isinstance(problem, InvalidInputError) and self.form.show_error(problem.field, problem.sentences):
            return
        self.banner.show_problem(problem)

    def _ask_discard(self) -> None:
        ask_discard(self, f"{self._name}.ask-discard", self._what, "What was kept before", self._actions.discard)


class WordsPage(WritingPage):
    """Questions with room for words."""

    def __init__(
        self,
        name: str,
        title: str,
        about: str,
        keep: str,
        what: str,
        questions: Sequence[Question],
        actions: WritingActions,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(name, title, about, keep, what, actions, parent=parent)
        self.texts = {key: TextArea(fewest_lines=2) for key, _, _ in questions}
        for key, words, ask in questions:
            self.form.add(key, words, self.texts[key], ask)
            self.texts[key].changed.connect(self.changed)
        card = self.card()
        card.add(self.form)
        self.body.addStretch(1)

    def first_field(self) -> QWidget:
        """The first one without words; the first of all where each has some."""
        empty = (text for text in self.texts.values() if not text.value().strip())
        return next(empty, next(iter(self.texts.values())))


class SelfCarePage(WordsPage):
    """The self-care plan."""

    def __init__(self, questions: Sequence[Question], actions: WritingActions, parent: QWidget | None = None) -> None:
        super().__init__(
            "self-care",
            "My self-care plan",
            "In your own words; what doesn't fit you stays empty. Everything is saved as you type, for you alone.",
            "Keep as today's version",
            "draft of the plan",
            questions,
            actions,
            parent,
        )

    def fill(self, form: SelfCareForm) -> None:
        """Fills the fields."""
        for key, text in self.texts.items():
            text.set_value(form.text(key))

    def value(self) -> SelfCareForm:
        """The plan as typed."""
        return SelfCareForm(tuple(SelfCareText(key, text.value()) for key, text in self.texts.items()))


class CheckInPage(WordsPage):
    """A moment for oneself."""

    def __init__(
        self,
        title: str,
        about: str,
        questions: Sequence[Question],
        actions: WritingActions,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__("check-in", title, about, "Keep for myself", "page", questions, actions, parent)
        self._base = CheckInForm()

    def fill(self, form: CheckInForm) -> None:
        """Fills the fields."""
        self._base = form
        for key, text in self.texts.items():
            text.set_value(getattr(form, key))

    def value(self) -> CheckInForm:
        """What was written."""
        how, need, whom, workload = (self.texts[key].value() for key in KEYS)
        return replace(self._base, how=how, need=need, whom=whom, workload=workload)


class ProqolPage(WritingPage):
    """Thirty answers by number: a digit answers and goes on to the next."""

    def __init__(self, texts: ProqolTexts, actions: WritingActions, parent: QWidget | None = None) -> None:
        super().__init__(
            "proqol",
            "ProQOL: enter the answers",
            "Answer on the published form, about the last 30 days; then type its thirty numbers here. A digit from 1 to 5 "
            "answers and goes on. The labels are our own short ones: they don't stand for the form's wording.",
            "Keep with today's date",
            "set of answers",
            actions,
            parent=parent,
        )
        options = [(LOWEST + place, words) for place, words in enumerate(_ANSWERS)]
        self.rows = [OptionRow(options, points=True) for _ in range(ITEMS)]
        self.note = TextLine("Such as: after a long month", longest=300)
        self.missing = label("", "quiet", name="proqol.missing")
        items = Form("proqol.items")
        for number, (words, option) in enumerate(zip(texts.items, self.rows, strict=True), start=1):
            items.add(f"item-{number}", f"{number}.  {words}", option)
            option.changed.connect(self._answered)
            option.chosen.connect(lambda place=number: self._go_on(place))
        self.form.add("answers", "Answers so far", self.missing)
        self.form.add("note", "A line for yourself", self.note)
        self.note.changed.connect(self.changed)
        card = Card()
        card.add(items)
        self.add(card)
        card = Card()
        card.add(self.form)
        card.add(label(texts.credit, "quiet", name="proqol.credit"))
        self.add(card)
        self.body.addStretch(1)

    def _go_on(self, place: int) -> None:
        if place < ITEMS:
            self.rows[place].focus_row()
        else:
            self.keep_button.setFocus()

    def _answered(self) -> None:
        self._show_missing()
        self.changed.emit()

    def _show_missing(self) -> None:
        self.form.clear_errors()
        missing = self.value().missing
        given = ITEMS - len(missing)
        self.missing.setText(f"{given} of {ITEMS}. There is a score once all are there." if missing else "All thirty.")

    def first_field(self) -> QWidget:
        """The first item without an answer."""
        return next((option for option in self.rows if option.value() is None), self.rows[0])

    def fill(self, form: ProqolForm) -> None:
        """Fills the fields."""
        for option, answer in zip(self.rows, form.answers, strict=False):
            option.set_value(answer)
        self.note.set_value(form.note)
        self._show_missing()

    def value(self) -> ProqolForm:
        """The answers as typed."""
        return ProqolForm(tuple(option.value() for option in self.rows), self.note.value())
