"""The unlock page: passphrase, recovery words, restore, and the Crisis panel."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QVBoxLayout, QWidget

from safeplan_desktop.errors import InvalidInputError, SafePlanError
from safeplan_desktop.ui.theme import GAP
from safeplan_desktop.ui.unlock.presenter import UnlockPresenter
from safeplan_desktop.ui.widgets.banner import Banner
from safeplan_desktop.ui.widgets.inputs import PassphraseField, TextArea
from safeplan_desktop.ui.widgets.layout import Card, Form, button, label, row


class UnlockPage(QWidget):
    """What the window shows while the records are locked."""

    crisis_wanted = Signal()
    restore_wanted = Signal()

    def __init__(self, presenter: UnlockPresenter) -> None:
        super().__init__()
        self.setObjectName("page")
        self._presenter = presenter
        presenter.attach(self)
        self.banner = Banner("unlock.banner")
        self.busy = QProgressBar()
        self.busy.setObjectName("unlock.busy")
        self.busy.setAccessibleName("Opening the records")
        self.busy.setRange(0, 0)
        self.busy.setTextVisible(False)
        self._by_passphrase, self._by_words = self._passphrase_card(), self._words_card()
        self._by_words.setVisible(False)
        column = QVBoxLayout()
        column.setSpacing(2 * GAP)
        title = label("SafePlan", "title")
        title.setAlignment(Qt.AlignmentFlag.AlignCenter)
        column.addStretch(2)
        column.addWidget(title)
        column.addWidget(self.banner)
        column.addWidget(self._by_passphrase)
        column.addWidget(self._by_words)
        column.addWidget(self.busy)
        self.crisis = button("Crisis (F9)", "unlock.crisis", self.crisis_wanted.emit, kind="crisis")
        restore = button("Restore a backup...", "unlock.restore", self.restore_wanted.emit, kind="quiet")
        column.addLayout(row(self.crisis, None, restore))
        column.addStretch(3)
        holder = QWidget()
        holder.setMaximumWidth(560)
        holder.setLayout(column)
        line = QHBoxLayout(self)
        line.addStretch(1)
        line.addWidget(holder, 4)
        line.addStretch(1)
        self.set_busy(busy=False)

    def _passphrase_card(self) -> Card:
        card = Card("Your records are locked")
        self.form = Form("unlock")
        self.passphrase = PassphraseField()
        self.form.add("passphrase", "Passphrase", self.passphrase)
        self.passphrase.submitted.connect(self._unlock)
        self.unlock_button = button("Unlock", "unlock.unlock", self._unlock, kind="primary")
        card.add(self.form)
        words = button("Use my recovery words", "unlock.use-words", lambda: self._show_words(shown=True), kind="quiet")
        card.add(row(words, None, self.unlock_button))
        return card

    def _words_card(self) -> Card:
        card = Card(
            "Open with the 24 recovery words",
            "From your recovery sheet, in their order. You then choose a new passphrase.",
        )
        self.words_form = Form("recover")
        self.words = TextArea("word word word ...", fewest_lines=4)
        self.new_passphrase = PassphraseField()
        self.words_form.add("words", "Recovery words", self.words)
        self.words_form.add(
            "passphrase",
            "New passphrase",
            self.new_passphrase,
            "Six random words are easy to keep and hard to guess.",
        )
        suggest = button("Suggest a passphrase", "recover.suggest", self._suggest, kind="quiet")
        card.add(self.words_form)
        card.add(row(suggest, None))
        back = button("Back to the passphrase", "recover.back", lambda: self._show_words(shown=False), kind="quiet")
        self.recover_button = button("Open the records", "recover.open", self._recover, kind="primary")
        card.add(row(back, None, self.recover_button))
        return card

    def focus_first(self) -> None:
        """Puts the cursor where typing begins."""
        field = self.words if self._by_passphrase.isHidden() else self.passphrase.line
        field.setFocus(Qt.FocusReason.OtherFocusReason)

    def set_busy(self, *, busy: bool) -> None:
        """Shows that the key is being made; the page stays usable for the Crisis panel."""
        self.busy.setVisible(busy)
        for widget in (
            self.passphrase,
            self.unlock_button,
            self.words,
            self.new_passphrase,
            self.recover_button,
        ):
            widget.setEnabled(not busy)

    def show_problem(self, problem: SafePlanError) -> None:
        """Shows why it didn't open."""
        self.set_busy(busy=False)
        if isinstance(problem, InvalidInputError) and self.words_form.show_error(problem.field, problem.sentences):
            return
        self.banner.show_problem(problem)
        if not self._by_passphrase.isHidden():
            self.passphrase.line.selectAll()
        self.focus_first()

    def clear(self) -> None:
        """Forgets everything that was typed."""
        for field in (self.passphrase, self.new_passphrase):
            field.set_value("")
        self.words.set_value("")

    def _show_words(self, *, shown: bool) -> None:
        self.banner.dismiss()
        self._by_passphrase.setVisible(not shown)
        self._by_words.setVisible(shown)
        self.focus_first()

    def _suggest(self) -> None:
        self.new_passphrase.set_value(self._presenter.suggestion())
        self.new_passphrase.reveal()

    def _unlock(self) -> None:
        self.banner.dismiss()
        self._presenter.unlock(self.passphrase.value())

    def _recover(self) -> None:
        self.banner.dismiss()
        self.words_form.clear_errors()
        self._presenter.recover(self.words.value(), self.new_passphrase.value())
