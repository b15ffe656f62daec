"""The wizard's last page: everything once more in short, and the signature."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from safeplan_desktop.domain.screenings import ScreeningForm
from safeplan_desktop.domain.vocabulary import label_of
from safeplan_desktop.ui.screening.presenter import ScreeningPresenter
from safeplan_desktop.ui.screening.steps import fact_lines
from safeplan_desktop.ui.theme import GAP
from safeplan_desktop.ui.widgets.inputs import TextLine
from safeplan_desktop.ui.widgets.layout import Card, Form, clear_layout, label


class SignStep(QWidget):
    """What is signed, for whom, by whom."""

    wanted = Signal()
    """Enter at the signature."""

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
        lines = fact_lines(self._presenter.facts())
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
