"""The wizard's last page: everything once more in short, and the signature."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from safeplan_desktop.domain.screenings import InstrumentFact, ScreeningForm
from safeplan_desktop.domain.vocabulary import label_of
from safeplan_desktop.ui.screening.presenter import ScreeningPresenter
from safeplan_desktop.ui.screening.steps import fact_lines
from safeplan_desktop.ui.theme import GAP
from safeplan_desktop.ui.widgets.inputs import TextLine
from safeplan_desktop.ui.widgets.layout import Card, Form, button, clear_layout, label, row


class SignStep(QWidget):
    """What is signed, for whom, by whom."""

    wanted = Signal()
    """Enter at the signature."""
    questions_wanted = Signal()
    """Back to the questions, where something stays open."""

    def __init__(self, presenter: ScreeningPresenter) -> None:
        super().__init__()
        self._presenter = presenter
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2 * GAP)
        summary = Card("Read once more")
        self._summary = QVBoxLayout()
        summary.add(self._summary)
        column.addWidget(summary)
        self._open = Card(
            "Not counted, not answered",
            "You can sign it so. It stands here so that nothing is overlooked; the signed record says it as well.",
        )
        self._open_lines = QVBoxLayout()
        self._open_lines.setSpacing(GAP)
        self._open.add(self._open_lines)
        back = button("Go to the questions", "screening.open-questions", self.questions_wanted.emit)
        self._open.add(row(back, None))
        column.addWidget(self._open)
        own = Card("Sign", "A signed screening never changes; you can add to it later. Unsigned ones wait on Today.")
        self._for = label("", "heading", name="screening.for")
        own.add(self._for)
        self.form = Form("screening")
        self.signer = TextLine()
        self.signer.set_value(presenter.signer())
        self.signer.returnPressed.connect(self.wanted)
        self.form.add("signer", "Your name, as your signature", self.signer)
        own.add(self.form)
        column.addWidget(own)

    def show_summary(self, form: ScreeningForm) -> None:
        """Shows what is about to be signed, and what is still needed."""
        clear_layout(self._summary)
        facts = self._presenter.facts()
        self._show_open(facts)
        lines = fact_lines(facts)
        judgement, level = form.formulation.judgement, form.care.level
        lines.append(f"My judgement: {label_of(judgement) if judgement else 'not yet'}")
        lines += [form.formulation.reasons] if form.formulation.reasons else []
        lines.append(f"Level of care: {label_of(level) if level else 'not yet'}")
        if form.care.next_reassessment:
            lines.append(f"Next reassessment: {form.care.next_reassessment:%d %b %Y}")
        for line in lines:
            self._summary.addWidget(label(line))
        for _, sentence in self._presenter.missing():
            self._summary.addWidget(label(f"Still needed: {sentence[0].lower()}{sentence[1:]}", "error"))
        self._for.setText(f"For {self._presenter.who()}")

    def _show_open(self, facts: tuple[InstrumentFact, ...]) -> None:
        """Shows by question which answers count nothing and why, and which questions have none."""
        clear_layout(self._open_lines)
        left_open = [fact for fact in facts if fact.not_counted or fact.unanswered]
        for fact in left_open:
            self._open_lines.addWidget(label(fact.title, "heading"))
            for sentence in fact.not_counted:
                self._open_lines.addWidget(label(sentence))
            if fact.unanswered:
                self._open_lines.addWidget(label(f"No answer: {'; '.join(fact.unanswered)}"))
        self._open.setVisible(bool(left_open))
