"""The first start, in plain words: welcome, practice, passphrase, recovery words, check."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QLineEdit, QProgressBar, QStackedWidget, QVBoxLayout, QWidget

from safeplan_desktop.domain.practice import Paper, PracticeProfile
from safeplan_desktop.domain.vocabulary import label_of
from safeplan_desktop.errors import InvalidInputError, SafePlanError
from safeplan_desktop.services import reference
from safeplan_desktop.ui.first_run.presenter import FirstRunPresenter
from safeplan_desktop.ui.theme import GAP
from safeplan_desktop.ui.widgets.inputs import Choice, PassphraseField, TextLine, enum_options
from safeplan_desktop.ui.widgets.layout import Form, Page, StepHeader, button, clear_layout, label, row

_LETTER_COUNTRIES = frozenset({"US", "CA", "MX"})
_STEPS = ("Welcome", "Your practice", "Passphrase", "Recovery words", "Check")


class FirstRunPage(QWidget):
    """The pages of the first start."""

    print_wanted = Signal(object)
    restore_wanted = Signal()

    def __init__(self, presenter: FirstRunPresenter) -> None:
        super().__init__()
        self.setObjectName("first-run")
        self._presenter = presenter
        presenter.attach(self)
        self._header = StepHeader("first-run.steps", _STEPS)
        self._header.setEnabled(False)
        self.pages = QStackedWidget()
        self._pages: dict[int, Page] = {}
        self.form: Form | None = None
        self.pass_form: Form | None = None
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 2 * GAP, 0, 0)
        layout.addLayout(row(self._header, stretch_last=True))
        layout.addWidget(self.pages, 1)
        self._go(0)

    def _go(self, step: int) -> None:
        self._header.set_current(step)
        self._build(step)
        self.pages.setCurrentWidget(self._pages[step])
        fields: dict[int, Callable[[], QWidget]] = {
            0: lambda: self.begin_button,
            1: lambda: self.therapist_name,
            2: lambda: self.passphrase.line,
        }
        focus = fields.get(step)
        if focus is not None:
            focus().setFocus(Qt.FocusReason.OtherFocusReason)

    def focus_first(self) -> None:
        """Puts the cursor on the button that begins, once the page is in its window."""
        self.begin_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def _build(self, step: int) -> None:
        """Builds a page when it is first shown."""
        if step not in self._pages:
            page = (self._welcome, self._practice, self._passphrase, self._words, self._check)[step]()
            self._pages[step] = page
            self.pages.addWidget(page)

    def _welcome(self) -> Page:
        page = Page(
            "first-run.welcome",
            "Welcome to SafePlan",
            "Screening, safety plans and incidents for your practice, on this computer only.",
        )
        card = page.card("Before you begin")
        for sentence in (
            "Everything you write is encrypted on this computer. Nothing is ever sent anywhere.",
            "You choose a passphrase. Nobody can reset it for you.",
            "You get 24 recovery words on paper. They open your records if the passphrase is lost, so keep them locked up.",
            "It takes about four minutes. A printer or pen and paper should be at hand.",
        ):
            card.add(label(f"•  {sentence}"))
        page.body.addStretch(1)
        self.begin_button = button("Begin", "first-run.begin", lambda: self._go(1), kind="primary")
        page.set_footer(
            row(
                button("Restore a backup instead...", "first-run.restore", self.restore_wanted.emit, kind="quiet"),
                None,
                self.begin_button,
            )
        )
        return page

    def _practice(self) -> Page:
        page = Page("first-run.practice", "Your practice", "It stands on documents. You can change all of it later.")
        form = self.form = Form("first-run")
        self.therapist_name, self.credentials = TextLine(), TextLine()
        self.practice_name, self.phone = TextLine(), TextLine()
        self.country = Choice(
            [*((found.code, found.name) for found in reference.countries()), ("", "Another country")], empty=""
        )
        self.country.set_value("US")
        self.paper = Choice(enum_options(Paper, label_of), empty="")
        self.country.changed.connect(self._suggest_paper)
        self._suggest_paper()
        form.add_row(
            ("therapist_name", "Your name", self.therapist_name, "As it stands on documents"),
            ("credentials", "Credentials", self.credentials, "Such as PsyD, LMFT"),
        )
        form.add_row(
            ("practice_name", "Name of the practice", self.practice_name, ""),
            ("phone", "Phone", self.phone, ""),
        )
        form.add_row(
            (
                "country",
                "Country",
                self.country,
                "For the emergency number and crisis lines you can start from",
            ),
            ("paper", "Paper in your printer", self.paper, ""),
        )
        card = page.card()
        card.add(form)
        page.body.addStretch(1)
        page.set_footer(
            row(
                button("Back", "first-run.practice.back", lambda: self._go(0)),
                None,
                button("Go on", "first-run.practice.next", self._take_practice, kind="primary"),
            )
        )
        return page

    def _passphrase(self) -> Page:
        page = Page("first-run.passphrase", "Your passphrase", "You type it each time you open your records.")
        form = self.pass_form = Form("first-run-pass")
        self.passphrase, self.again = PassphraseField(), PassphraseField()
        form.add(
            "passphrase",
            "Passphrase",
            self.passphrase,
            "A few words are easier to keep and harder to guess than a short password.",
        )
        self.strength = label("", "quiet", name="first-run.strength")
        form.add_widget(self.strength)
        form.add("again", "The same once more", self.again)
        self.passphrase.changed.connect(self._show_strength)
        self.again.submitted.connect(self._make)
        self.busy = QProgressBar()
        self.busy.setObjectName("first-run.busy")
        self.busy.setAccessibleName("Making your records")
        self.busy.setRange(0, 0)
        self.busy.setTextVisible(False)
        self.busy.setVisible(False)
        card = page.card()
        card.add(form)
        card.add(row(button("Suggest six random words", "first-run.suggest", self._suggest), None))
        card.add(self.busy)
        page.body.addStretch(1)
        self.make_button = button("Make my records", "first-run.make", self._make, kind="primary")
        page.set_footer(row(button("Back", "first-run.pass.back", lambda: self._go(1)), None, self.make_button))
        return page

    def _words(self) -> Page:
        page = Page(
            "first-run.words",
            "Your 24 recovery words",
            "This window shows them only now. Print the sheet or write them down, and keep it locked up, away from this computer.",
        )
        card = page.card()
        self._words_grid = QGridLayout()
        self._words_grid.setSpacing(GAP)
        card.add(self._words_grid)
        page.body.addStretch(1)
        page.set_footer(
            row(
                button("Print the recovery sheet...", "first-run.print", self._print),
                None,
                button("I have them on paper", "first-run.have-words", self._presenter.ask_words, kind="primary"),
            )
        )
        return page

    def _check(self) -> Page:
        page = Page(
            "first-run.check",
            "Three of your words, please",
            "So that you know the sheet is right before you need it.",
        )
        self._check_card = page.card()
        self._check_form: Form | None = None
        self.check_lines: dict[int, QLineEdit] = {}
        page.body.addStretch(1)
        page.set_footer(
            row(
                button("Show the words again", "first-run.check.back", lambda: self._go(3)),
                None,
                button("Check and open my records", "first-run.finish", self._finish, kind="primary"),
            )
        )
        return page

    # -- what the presenter asks ----------------------------------------------------------------------------------

    def set_busy(self, *, busy: bool) -> None:
        """Shows that the records are being made."""
        self.busy.setVisible(busy)
        self.make_button.setEnabled(not busy)

    def show_problem(self, problem: SafePlanError) -> None:
        """Shows a sentence beside the field, or on the page."""
        if isinstance(problem, InvalidInputError):
            for form in [form for form in (self.form, self.pass_form) if form is not None]:
                if form.show_error(problem.field, problem.sentences):
                    return
        page = self.pages.currentWidget()
        if isinstance(page, Page):
            page.banner.show_problem(problem)

    def show_words(self, words: tuple[str, ...]) -> None:
        """Shows the words and forgets the passphrase."""
        self.passphrase.set_value("")
        self.again.set_value("")
        self._build(3)
        clear_layout(self._words_grid)
        for index, word in enumerate(words):
            cell = label(f"{index + 1}.  {word}", "heading", name=f"first-run.word-{index + 1}")
            cell.setAccessibleName(f"Word {index + 1}: {word}")
            self._words_grid.addWidget(cell, index % 8, index // 8)
        self._go(3)

    def show_check(self, positions: tuple[int, ...]) -> None:
        """Asks for the words at these positions."""
        self._build(4)
        if self._check_form is not None:
            self._check_form.hide()
            self._check_form.deleteLater()
        self._check_form = Form("first-run-check")
        self.check_lines = {}
        for position in positions:
            line = TextLine()
            line.returnPressed.connect(self._finish)
            self.check_lines[position] = line
            self._check_form.add(f"word-{position}", f"Word number {position}", line)
        self._check_card.add(self._check_form)
        self._go(4)
        self.check_lines[positions[0]].setFocus(Qt.FocusReason.OtherFocusReason)

    def show_wrong_words(self, positions: tuple[int, ...]) -> None:
        """Says which word isn't right."""
        if self._check_form is not None:
            self._check_form.show_error(f"word-{positions[0]}", "This isn't the word on the sheet. Please look again.")

    # -- what the therapist does ----------------------------------------------------------------------------------

    def _suggest_paper(self) -> None:
        self.paper.set_value(Paper.LETTER if self.country.value() in _LETTER_COUNTRIES else Paper.A4)

    def _take_practice(self) -> None:
        if self.form is not None:
            self.form.clear_errors()
        profile = PracticeProfile(
            practice_name=self.practice_name.value().strip(),
            therapist_name=self.therapist_name.value().strip(),
            credentials=self.credentials.value().strip(),
            phone=self.phone.value().strip(),
            country=self.country.value(),
        )
        try:
            self._presenter.take_profile(profile, self.paper.value())
        except SafePlanError as problem:
            self.show_problem(problem)
            return
        self._go(2)

    def _show_strength(self) -> None:
        text = self.passphrase.value()
        self.strength.setText(self._presenter.strength(text).sentence if text else "")

    def _suggest(self) -> None:
        words = self._presenter.suggestion()
        self.passphrase.set_value(words)
        self.passphrase.reveal()
        self.again.set_value("")
        self._show_strength()
        self.again.line.setFocus(Qt.FocusReason.OtherFocusReason)

    def _make(self) -> None:
        if self.pass_form is not None:
            self.pass_form.clear_errors()
        self._presenter.make(self.passphrase.value(), self.again.value())

    def _print(self) -> None:
        make: Callable[[], bytes] = self._presenter.sheet()
        self.print_wanted.emit(make)

    def _finish(self) -> None:
        self._presenter.check_words({position: line.text() for position, line in self.check_lines.items()})
