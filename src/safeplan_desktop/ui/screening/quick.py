"""The quick check of a follow-up: one page, answered by digits and Enter."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from safeplan_desktop.domain.instruments import Instrument, Item
from safeplan_desktop.domain.practice import RiskStyle
from safeplan_desktop.domain.scoring import is_asked, score
from safeplan_desktop.domain.screenings import (
    QUICK_CHECK,
    InstrumentAnswers,
    ItemAnswer,
    Judgement,
    LevelOfCare,
    QuickCheck,
    ScreeningForm,
    Setting,
)
from safeplan_desktop.domain.vocabulary import label_of
from safeplan_desktop.errors import SafePlanError
from safeplan_desktop.ui.drafting import SavedLabel
from safeplan_desktop.ui.widgets.banner import Banner
from safeplan_desktop.ui.widgets.dates import DateField
from safeplan_desktop.ui.widgets.inputs import Choice, OptionRow, TextLine, enum_options
from safeplan_desktop.ui.widgets.layout import Card, Form, Page, button, label, row

_WEEKS = (1, 2, 4)
_OPENS_NOTE = 2
"""Answers from this value on have something to tell: their note is at hand."""


class QuickCheckPage(Page):
    """One page: what is asked, the therapist's judgement, the next date, the signature."""

    edited = Signal()
    """Something was typed, or the cursor went elsewhere: both are kept."""

    def __init__(
        self,
        instrument: Instrument,
        today: Callable[[], dt.date],
        parent: QWidget | None = None,
        *,
        sign: Callable[[], None],
        go_on: Callable[[], None],
        write_plan: Callable[[], None],
        discard: Callable[[], None],
    ) -> None:
        super().__init__(
            "quick", "Quick check", "A digit chooses an answer and goes on; Enter goes on; Delete clears.", parent
        )
        self._instrument, self._today, self._sign, self._go_on = instrument, today, sign, go_on
        self._base = ScreeningForm("")
        self._style = RiskStyle.TIERS
        self._named = ""
        self._begins_at: QWidget = self
        self.rows: dict[str, OptionRow] = {}
        self.notes: dict[str, TextLine] = {}
        self._forms: dict[str, Form] = {}
        self._blocks: dict[str, QWidget] = {}
        self.add(self._questions())
        self.add(self._judgement_card())
        self.add(self._other_card())
        self.add(self._sign_card())
        self.body.addStretch(1)
        self.saved = SavedLabel("quick.saved")
        # Beside the buttons, so that it is in sight wherever on the page one writes.
        self.critical = Banner("quick.critical")
        foot = QVBoxLayout()
        foot.addWidget(self.critical)
        foot.addLayout(
            row(
                button("Discard draft...", "quick.discard", discard, kind="quiet"),
                self.saved,
                None,
                button("Write the plan now", "quick.write-plan", write_plan),
                button("Go on to the whole screening", "quick.whole", go_on),
                button("Sign", "quick.sign", sign, kind="primary"),
            )
        )
        self.set_footer(foot)
        self._join()
        self.show_in_turns(2)

    # -- building -------------------------------------------------------------------------------------------------

    def _questions(self) -> Card:
        card = Card("Since last time")
        self._last_words = label("", "quiet", name="quick.last")
        card.add(self._last_words)
        for item in self._instrument.items:
            card.add(self._question(item))
        return card

    def _question(self, item: Item) -> QWidget:
        choice = OptionRow([(option.value, option.label) for option in self._instrument.options_of(item)])
        note = TextLine(item.note_prompt or "Note", longest=4000)
        note.setObjectName(f"quick.{item.id}.note")
        note.setAccessibleName(f"Note: {item.label}")
        note.setVisible(False)
        form = Form("quick")
        form.add(item.id, item.label, choice)
        block = QWidget()
        column = QVBoxLayout(block)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(3)
        column.addWidget(form)
        column.addWidget(note)
        self.rows[item.id], self.notes[item.id], self._blocks[item.id] = choice, note, block
        self._forms[item.id] = form
        return block

    def _judgement_card(self) -> Card:
        card = Card("My judgement")
        self._level_form, self._own = Form("quick"), Form("quick")
        self.judgement = OptionRow(enum_options(Judgement, label_of))
        self.reasons = TextLine("Optional", longest=4000)
        self.weeks = OptionRow([(weeks, _in_weeks(weeks)) for weeks in _WEEKS])
        self.next = DateField()
        self._level_form.add("judgement", "My judgement of risk", self.judgement)
        self._own.add("reasons", "My reasons, in a few words", self.reasons)
        self._own.add("weeks", "Next check", self.weeks)
        self._own.add("next_day", "On", self.next, "It appears on Today; without a day, nothing does")
        card.add(self._level_form)
        card.add(self._own)
        return card

    def _other_card(self) -> Card:
        card = Card("Only where something is different")
        self._other, self._elsewhere = Form("quick"), Form("quick")
        self.level = Choice(enum_options(LevelOfCare, label_of))
        self.setting = OptionRow(enum_options(Setting, label_of))
        self.location = TextLine("Street, number, town")
        self._other.add("level", "Level of care", self.level, "Stays as you decided it, unless you change it here")
        self._other.add("setting", "Where the session is", self.setting)
        self._elsewhere.add("location", "Where the client is now", self.location)
        card.add(self._other)
        card.add(self._elsewhere)
        return card

    def _sign_card(self) -> Card:
        card = Card("Sign", "Signed, it never changes; you can add to it later. Unsigned, it waits on Today.")
        self._for = label("", "heading", name="quick.for")
        self.signer = TextLine()
        self._signature = Form("quick")
        self._signature.add("signer", "Your name, as your signature", self.signer)
        card.add(self._for)
        card.add(self._signature)
        return card

    def _join(self) -> None:
        """Edits are told, and Enter goes on."""
        for item_id, choice in self.rows.items():
            choice.changed.connect(self._answered)
            choice.chosen.connect(lambda item_id=item_id: self._after(item_id))
            self.notes[item_id].changed.connect(self.edited)
            self.notes[item_id].returnPressed.connect(lambda item_id=item_id: self._after_note(item_id))
        self.judgement.chosen.connect(lambda: self._focus(self.reasons))
        self.reasons.returnPressed.connect(self.weeks.focus_row)
        self.weeks.changed.connect(self._take_weeks)
        self.weeks.chosen.connect(lambda: self._focus(self.signer if self.next.value() else self.next.line))
        self.next.changed.connect(self._show_weeks)
        self.next.line.returnPressed.connect(lambda: self._focus(self.signer))
        self.setting.changed.connect(self._show_location)
        self.signer.returnPressed.connect(self._sign)
        for field in (self.judgement, self.reasons, self.next, self.weeks, self.level, self.setting, self.location):
            field.changed.connect(self.edited)
        for part in self.findChildren(QWidget):
            if part.focusPolicy() & Qt.FocusPolicy.TabFocus:
                part.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        # Where the cursor stands is part of the draft: after a lock it stands there again.
        if event.type() == QEvent.Type.FocusIn and self.isVisible() and isinstance(watched, QWidget):
            self.show_widget(watched)
            self.edited.emit()
        return super().eventFilter(watched, event)

    # -- what the screen asks -------------------------------------------------------------------------------------

    def show_check(self, form: ScreeningForm, place: str, style: RiskStyle, who: str, signer: str) -> None:
        """Fills the page; the cursor goes to the field of that name, else to the first question without an answer."""
        self._base, self._style, self._named = form, style, ""
        self.banner.dismiss()
        self.critical.dismiss()
        for one in (*self._forms.values(), self._level_form, self._own, self._other, self._elsewhere, self._signature):
            one.clear_errors()
        if form.quick is not None:
            self._last_words.setText(_last_time(form.quick, style))
        given = next((one for one in form.instruments if one.instrument == QUICK_CHECK), InstrumentAnswers(QUICK_CHECK))
        answers = {answer.item: answer for answer in given.answers}
        for item_id, choice in self.rows.items():
            answer = answers.get(item_id, ItemAnswer(item_id))
            choice.set_value(answer.value)
            self.notes[item_id].set_value(answer.note)
        self._level_form.setVisible(style is RiskStyle.TIERS)
        self.judgement.set_value(form.formulation.judgement)
        self.reasons.set_value(form.formulation.reasons)
        self.next.set_value(form.care.next_reassessment)
        self.level.set_value(form.care.level)
        self.setting.set_value(form.setting)
        self.location.set_value(form.client_location)
        self.signer.set_value(signer)
        self._for.setText(f"For {who}")
        self._show_weeks()
        self._show_location()
        self._refresh()
        self.to_top()
        if place:
            self.turns.finish()
        found = self.findChild(QWidget, place) if place else None
        first = next((choice for choice in self.rows.values() if choice.value() is None), self.judgement)
        self._begins_at = found if found is not None and found.isVisibleTo(self) else first
        self.focus_first()

    def focus_first(self) -> None:
        """Puts the cursor where the check begins, or goes on."""
        self._focus(self._begins_at)

    def form(self) -> ScreeningForm:
        """The quick check as typed."""
        answers = InstrumentAnswers(
            QUICK_CHECK,
            tuple(
                ItemAnswer(item_id, choice.value(), self.notes[item_id].value())
                for item_id, choice in self.rows.items()
            ),
        )
        others = tuple(one for one in self._base.instruments if one.instrument != QUICK_CHECK)
        return replace(
            self._base,
            setting=self.setting.value(),
            client_location=self.location.value(),
            instruments=(answers, *others),
            formulation=replace(
                self._base.formulation,
                judgement=self.judgement.value() if self._style is RiskStyle.TIERS else Judgement.NO_LEVEL,
                reasons=self.reasons.value(),
            ),
            care=replace(self._base.care, level=self.level.value(), next_reassessment=self.next.value()),
        )

    def place(self) -> str:
        """The name of the field in which the cursor stands."""
        focus = self.window().focusWidget()
        return focus.objectName() if focus is not None and self.isAncestorOf(focus) else ""

    def show_field_problem(self, field: str, problem: SafePlanError) -> None:
        """Says beside its field what is missing, else on top."""
        self.turns.finish()
        forms = (*self._forms.values(), self._level_form, self._own, self._other, self._elsewhere, self._signature)
        if not any(form.show_error(field, problem.sentences) for form in forms):
            self.banner.show_problem(problem)

    # -- what the therapist does ----------------------------------------------------------------------------------

    def _answered(self) -> None:
        self._refresh()
        self.edited.emit()

    def _refresh(self) -> None:
        """Shows what is asked now, and names a critical answer at once."""
        values: dict[str, int | None] = {item_id: choice.value() for item_id, choice in self.rows.items()}
        for item in self._instrument.items:
            value, note = values[item.id], self.notes[item.id]
            # An answer under a question that is no longer asked stays in sight; nothing is lost by a change above it.
            self._blocks[item.id].setVisible(is_asked(item, values) or value is not None or bool(note.value()))
            tells = value is not None and value >= _OPENS_NOTE and bool(item.note_prompt)
            note.setVisible(tells or bool(note.value()))
            self._forms[item.id].clear_errors()
        named = " ".join(flag.sentence for flag in score(self._instrument, values).flags)
        if named != self._named:
            self._named = named
            if named:
                self.critical.say(
                    "caution",
                    f"{named} The Crisis panel is at F9.",
                    action="Ask the whole screening",
                    on_action=self._go_on,
                )
            else:
                self.critical.dismiss()

    def _after(self, item_id: str) -> None:
        """What has changed, and what was said, is worth a word: then the note comes first."""
        note = self.notes[item_id]
        if note.isVisibleTo(self) and not note.value() and self.rows[item_id].value() is not None:
            self._focus(note)
        else:
            self._after_note(item_id)

    def _after_note(self, item_id: str) -> None:
        ids = list(self.rows)
        following = (one for one in ids[ids.index(item_id) + 1 :] if not self._blocks[one].isHidden())
        next_row = next((self.rows[one] for one in following), None)
        if next_row is None:
            next_row = self.judgement if self._style is RiskStyle.TIERS else None
        self._focus(next_row if next_row is not None else self.reasons)

    def _focus(self, widget: QWidget) -> None:
        if isinstance(widget, OptionRow):
            widget.focus_row()
        else:
            widget.setFocus(Qt.FocusReason.TabFocusReason)

    def _take_weeks(self) -> None:
        weeks = self.weeks.value()
        self.next.set_value(None if weeks is None else self._today() + dt.timedelta(weeks=weeks))

    def _show_weeks(self) -> None:
        day = self.next.value()
        ahead = {self._today() + dt.timedelta(weeks=weeks): weeks for weeks in _WEEKS}
        self.weeks.set_value(ahead.get(day) if day is not None else None)

    def _show_location(self) -> None:
        self._elsewhere.setVisible(self.setting.value() not in (None, Setting.OFFICE))


def _in_weeks(weeks: int) -> str:
    return "In one week" if weeks == 1 else f"In {weeks} weeks"


def _last_time(quick: QuickCheck, style: RiskStyle) -> str:
    """The last screening as facts: its number and day, the judgement, the level of care."""
    parts = [f"Last time: screening {quick.last_number}, {quick.last_day:%d %b %Y}"]
    if style is RiskStyle.TIERS:
        parts.append(f"judgement: {label_of(quick.last_judgement).lower()}")
    parts.append(f"level of care: {label_of(quick.last_level).lower()}")
    return "; ".join(parts) + "."
