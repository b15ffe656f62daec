"""The wizard's page of questions: which instruments are asked, and their cards."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from safeplan_desktop.domain.screenings import InstrumentAnswers, ScreeningForm
from safeplan_desktop.services.answer_files import TakenAnswers
from safeplan_desktop.ui.printing import choose_file
from safeplan_desktop.ui.screening.answer_files import KIND, TakeAnswersDialog
from safeplan_desktop.ui.screening.presenter import ScreeningPresenter
from safeplan_desktop.ui.screening.questions import InstrumentCard
from safeplan_desktop.ui.theme import GAP
from safeplan_desktop.ui.widgets.confirm import decide
from safeplan_desktop.ui.widgets.layout import Card, button, clear_layout, label, row

_USUAL = 3
"""How many instruments are offered at once; the others are one click away."""


class InstrumentsStep(QWidget):
    """What can be asked, and what is asked."""

    changed = Signal()
    added = Signal(QWidget)
    """A new card, to be scrolled to."""

    def __init__(self, presenter: ScreeningPresenter) -> None:
        super().__init__()
        self._presenter = presenter
        self.cards: list[InstrumentCard] = []
        self._all_offered = False
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2 * GAP)
        choose = Card("Which questions", "A digit chooses an answer and goes on; Delete clears it.")
        self._choices = QVBoxLayout()
        choose.add(self._choices)
        column.addWidget(choose)
        self._instruments = QVBoxLayout()
        self._instruments.setSpacing(2 * GAP)
        column.addLayout(self._instruments)

    def first_field(self) -> QWidget:
        """Where the cursor goes first: the first question without an answer, else the first offer."""
        for card in self.cards:
            card.focus_first()
            focus = self.window().focusWidget()
            if focus is not None and card.isAncestorOf(focus):
                return focus
        return next((made for made in self._offers() if made.isEnabled()), self)

    def focus_open(self) -> None:
        """Puts the cursor on what stays open: first on an answer that counts nothing, then on a question without one."""
        left_open = [(card, card.left_open()) for card in self.cards]
        uncounted = [card for card, one in left_open if one.not_counted]
        unanswered = [card for card, one in left_open if one.unanswered]
        for card in (*uncounted, *unanswered)[:1]:
            card.focus_open()

    def _offers(self) -> list[QWidget]:
        items = (self._choices.itemAt(place) for place in range(self._choices.count()))
        lines = (item.layout() for item in items if item is not None)
        firsts = (line.itemAt(0) for line in lines if line is not None)
        return [made for item in firsts if item is not None and (made := item.widget()) is not None]

    def show_form(self, form: ScreeningForm) -> None:
        """Fills the page."""
        clear_layout(self._instruments)
        self.cards = []
        for given in form.instruments:
            self._show_instrument(given)
        self._show_choices()

    def take(self, form: ScreeningForm) -> ScreeningForm:
        """The form with this page's answers."""
        return replace(form, instruments=tuple(card.value() for card in self.cards))

    def _show_choices(self) -> None:
        clear_layout(self._choices)
        chosen = {card.instrument.id for card in self.cards}
        shipped = self._presenter.offered()
        offered = [instrument for instrument in shipped.values() if instrument.id not in chosen]
        usual = [instrument for instrument in offered if list(shipped).index(instrument.id) < _USUAL]
        others = len(offered) - len(usual)
        for instrument in offered if self._all_offered else usual:
            add = button(
                f"Add: {instrument.title}",
                f"screening.add-{instrument.id}",
                partial(self.add_instrument, instrument.id),
            )
            self._choices.addLayout(row(add, label(instrument.about, "quiet"), stretch_last=True))
        if others:
            words = "Fewer instruments" if self._all_offered else f"Other instruments ({others})"
            more = button(words, "screening.more-instruments", self._toggle_offered, kind="quiet")
            self._choices.addLayout(row(more, None))
        if not offered:
            self._choices.addWidget(label("All instruments are below.", "quiet"))

    def _toggle_offered(self) -> None:
        self._all_offered = not self._all_offered
        self._show_choices()
        # The button was made anew; by keyboard one goes on among the offers.
        offers = self._offers()
        if offers:
            offers[-1].setFocus(Qt.FocusReason.OtherFocusReason)

    def add_instrument(self, instrument_id: str) -> None:
        """Puts an instrument's questions at the end."""
        card = self._show_instrument(InstrumentAnswers(instrument_id))
        self._all_offered = False
        self._show_choices()
        self.changed.emit()
        card.focus_first()
        self.added.emit(card)

    def _show_instrument(self, given: InstrumentAnswers, place: int | None = None) -> InstrumentCard:
        card = InstrumentCard(
            self._presenter.instrument(given.instrument), given, self._presenter.person(), self._presenter.style()
        )
        card.changed.connect(self.changed)
        card.removal_wanted.connect(lambda: self._ask_remove(card))
        card.file_wanted.connect(lambda: self._ask_file(card))
        place = len(self.cards) if place is None else place
        self.cards.insert(place, card)
        self._instruments.insertWidget(place, card)
        return card

    def _ask_file(self, card: InstrumentCard) -> None:
        path = choose_file(self, "Answers from a file", KIND)
        if path is not None:
            self._presenter.answers_from(path, card.instrument.id)

    def show_answers(self, instrument_id: str, found: TakenAnswers) -> None:
        """Shows a file's answers before they are taken."""
        card = next((one for one in self.cards if one.instrument.id == instrument_id), None)
        if card is not None:
            TakeAnswersDialog(
                self, card.instrument, found, replaces=card.has_answers(), take=lambda: self._take(card, found)
            ).open()

    def _take(self, card: InstrumentCard, found: TakenAnswers) -> None:
        if card not in self.cards:
            return
        place = self.cards.index(card)
        self._drop(card)
        taken = self._show_instrument(found.given, place)
        self.changed.emit()
        taken.focus_first()
        self.added.emit(taken)

    def _ask_remove(self, card: InstrumentCard) -> None:
        if not card.has_answers():
            self._remove(card)
            return
        decide(
            self,
            "screening.ask-remove",
            f"Remove {card.instrument.title} with its answers?",
            yes="Remove",
            no="Keep",
            on_yes=lambda: self._remove(card),
        )

    def _remove(self, card: InstrumentCard) -> None:
        self._drop(card)
        self._show_choices()
        self.changed.emit()

    def _drop(self, card: InstrumentCard) -> None:
        self.cards.remove(card)
        self._instruments.removeWidget(card)
        card.hide()
        card.deleteLater()
