"""The wizard's pages besides questions and factors: begin, formulation, level of care."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from safeplan_desktop.domain.considerations import Weighed
from safeplan_desktop.domain.practice import RiskStyle
from safeplan_desktop.domain.screenings import (
    QUICK_CHECK,
    Care,
    Formulation,
    InstrumentFact,
    Judgement,
    LevelOfCare,
    ScreeningForm,
    ScreeningReason,
    Setting,
)
from safeplan_desktop.domain.vocabulary import label_of
from safeplan_desktop.ui.theme import GAP
from safeplan_desktop.ui.widgets.dates import DateField
from safeplan_desktop.ui.widgets.inputs import Choice, OptionRow, TextArea, TextLine, enum_options
from safeplan_desktop.ui.widgets.layout import Card, Form, bring_into_sight, clear_layout, label

_NEEDED = "Needed to sign, not to go on"


def _go_to(field: QWidget) -> None:
    """An answer was chosen: the cursor goes on to a field, which comes into sight as a whole."""
    field.setFocus(Qt.FocusReason.TabFocusReason)
    bring_into_sight(field)


class BeginStep(QWidget):
    """Reason, setting, where the client is."""

    changed = Signal()
    answered = Signal()
    """Enter, or a digit, at the last field: the next step may be shown."""

    def __init__(self) -> None:
        super().__init__()
        self.form = Form("screening")
        self.reason = OptionRow(
            [one for one in enum_options(ScreeningReason, label_of) if one[0] is not ScreeningReason.FOLLOW_UP]
        )
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
            field.changed.connect(self._clear_errors)
            field.changed.connect(self.changed)
        self.setting.changed.connect(self._show_location)
        self.reason.chosen.connect(lambda: _go_to(self.reason_note))
        self.reason_note.returnPressed.connect(self.setting.focus_row)
        self.setting.chosen.connect(self._after_setting)
        self.location.returnPressed.connect(lambda: _go_to(self.callback))
        self.callback.returnPressed.connect(self.answered)

    def _after_setting(self) -> None:
        if self.setting.value() in (None, Setting.OFFICE):
            self.answered.emit()
        else:
            _go_to(self.location)

    def _show_location(self) -> None:
        self._elsewhere.setVisible(self.setting.value() not in (None, Setting.OFFICE))

    def first_field(self) -> QWidget:
        """Where the cursor goes first."""
        return self.reason.buttons[0]

    def show_missing(self, sentence: str) -> None:
        """Says at the first field that a signature needs and that is empty what is missing."""
        if self.reason.value() is None:
            self.form.show_error("reason", sentence)
        elif self.setting.value() is None:
            self.form.show_error("setting", sentence)
        else:
            self._elsewhere.show_error("location", sentence)

    def _clear_errors(self) -> None:
        for form in (self.form, self._elsewhere):
            form.clear_errors()

    def show_form(self, form: ScreeningForm) -> None:
        """Fills the page."""
        self._clear_errors()
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


def fact_lines(facts: tuple[InstrumentFact, ...]) -> list[str]:
    """What the instruments said, as lines."""
    lines = []
    for fact in facts:
        if fact.total is not None:
            band = f", {fact.band} ({fact.band_source})" if fact.band else ""
            scaled = f" ({fact.scaled} of 100)" if fact.scaled is not None else ""
            lines.append(f"{fact.title}: {fact.total} of {fact.highest_total}{scaled}{band}")
        elif fact.tier:
            lines.append(f"{fact.title}: screen result {fact.tier} ({fact.tier_source})")
        elif fact.hidden:
            lines.append(f"{fact.title}: a question has an answer although it is no longer asked, so no result")
        elif fact.uncounted and not fact.missing:
            lines.append(f"{fact.title}: an answer that should count is none that its question takes, so no result")
        elif not fact.complete:
            # A quick check asks what is needed, and has no result that would need all of it.
            lines += [f"{fact.title}: incomplete, so no result"] if fact.instrument != QUICK_CHECK else []
        elif fact.not_counted:
            count = len(fact.not_counted)
            lines.append(
                f"{fact.title}: answered; {count} {'answer counts' if count == 1 else 'answers count'} nothing"
            )
        elif not (fact.flags or fact.findings):
            lines.append(f"{fact.title}: answered; no answer stands out")
        lines += [f"{fact.title}: {line}" for line in (*fact.parts, *fact.cutoffs)]
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
        self.judgement = OptionRow(enum_options(Judgement, label_of))
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
        self._level = Form("screening")
        self._level.add("judgement", "My judgement of risk", self.judgement)
        self.judgement.chosen.connect(lambda: _go_to(self.reasons))
        self._reasons = Form("screening")
        self._reasons.add("reasons", "My reasons", self.reasons, _NEEDED)
        self._style = RiskStyle.TIERS
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
        own.add(self._level)
        own.add(self._reasons)
        own.add(self._apart)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(16)
        layout.addWidget(facts)
        layout.addWidget(own)
        for field in self._fields():
            field.changed.connect(self._clear_errors)
            field.changed.connect(self.changed)

    def _fields(self) -> tuple[TextArea | OptionRow, ...]:
        areas = (self.status, self.state, self.resources, self.foreseeable, self.reasons, self.difference)
        return (*areas, self.judgement)

    def set_style(self, style: RiskStyle) -> None:
        """Asks for a level of risk, or for words alone."""
        self._style = style
        self._level.setVisible(style is RiskStyle.TIERS)

    def show_facts(self, facts: tuple[InstrumentFact, ...], *, apart: bool) -> None:
        """Shows the facts, and the line for a sentence where they and the judgement seem apart."""
        clear_layout(self._facts)
        for line in fact_lines(facts) or ["No instrument was used."]:
            self._facts.addWidget(label(line))
        self._apart.setVisible(apart or bool(self.difference.value()))

    def first_field(self) -> QWidget:
        """Where the cursor goes first."""
        return self.status

    def show_missing(self, sentence: str) -> None:
        """Says at the first field that a signature needs and that is empty what is missing."""
        if self._style is RiskStyle.TIERS and self.judgement.value() is None:
            self._level.show_error("judgement", sentence)
        else:
            self._reasons.show_error("reasons", sentence)

    def _clear_errors(self) -> None:
        for form in (self._level, self._reasons):
            form.clear_errors()

    def show_form(self, form: ScreeningForm) -> None:
        """Fills the page."""
        self._clear_errors()
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
                judgement=self.judgement.value() if self._style is RiskStyle.TIERS else Judgement.NO_LEVEL,
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
        self._considerations = QVBoxLayout()
        self._considerations.setSpacing(GAP)
        considerations.add(self._considerations)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(16)
        layout.addWidget(card)
        layout.addWidget(considerations)
        self.level.changed.connect(self.form.clear_errors)
        for field in (self.level, self.next, self.reasons, self.taken, self.told):
            field.changed.connect(self.changed)

    def show_considerations(self, weighed: tuple[Weighed, ...]) -> None:
        """Shows what fits an answer first, each marked in words and with the results that it fits; then the others."""
        clear_layout(self._considerations)
        fitting = [one for one in weighed if one.fits]
        for one in fitting:
            entry = one.consideration
            mark = "Fits an answer above" + ("; the highest of those that fit" if one.highest else "")
            self._considerations.addWidget(label(mark, "heading"))
            for result in one.because:
                self._considerations.addWidget(label(result))
            words = f"{entry.when}: {entry.options}. {entry.prompts}. ({entry.source})"
            self._considerations.addWidget(label(words, "quiet"))
        others = [one.consideration for one in weighed if not one.fits]
        if fitting and others:
            self._considerations.addWidget(label("Others", "heading"))
        for entry in others:
            words = f"{entry.when}: {entry.options}. {entry.prompts}. ({entry.source})"
            self._considerations.addWidget(label(words, "quiet"))

    def first_field(self) -> QWidget:
        """Where the cursor goes first."""
        return self.level

    def show_missing(self, sentence: str) -> None:
        """Says at the level of care, which a signature needs, that it is missing."""
        self.form.show_error("level", sentence)

    def show_form(self, form: ScreeningForm) -> None:
        """Fills the page."""
        self.form.clear_errors()
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
