"""The Crisis panel: what to say, the steps, the cards. Large type and targets; it works while locked, too."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QCloseEvent, QKeyEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QScrollArea, QTabWidget, QVBoxLayout, QWidget

from safeplan_desktop.domain.crisis import ProtocolStep, Variant
from safeplan_desktop.errors import SafePlanError
from safeplan_desktop.ui.crisis.lines import Section
from safeplan_desktop.ui.crisis.presenter import CrisisPresenter
from safeplan_desktop.ui.crisis.steps import StepHandling, Steps
from safeplan_desktop.ui.drafting import Autosave
from safeplan_desktop.ui.theme import GAP
from safeplan_desktop.ui.widgets.banner import Banner
from safeplan_desktop.ui.widgets.confirm import ask_discard
from safeplan_desktop.ui.widgets.dialog import Dialog, within_screen
from safeplan_desktop.ui.widgets.inputs import TextLine
from safeplan_desktop.ui.widgets.layout import Card, button, clear_layout, label, row

_KEPT = "The ticked steps are kept. Press Esc once more to close."


_TABS = {Variant.OFFICE: "Office", Variant.TELEHEALTH: "Telehealth"}
"""Short, so that all tabs stand side by side on a small screen."""


def kept_apart_words(since: str) -> str:
    """That steps of an earlier crisis aren't among those of this one."""
    return f"The steps of {since} are an incident draft of their own now."


class CrisisPanel(Dialog):
    """One window over everything else. What was ticked stays when it closes.

    Args:
        parent: The main window.
        presenter: Of the panel, or of an exercise.
        variants: Which protocols it shows.
    """

    incident_wanted = Signal(object)

    def __init__(
        self, parent: QWidget, presenter: CrisisPresenter, variants: tuple[Variant, ...] = tuple(Variant)
    ) -> None:
        super().__init__(parent)
        self._presenter = presenter
        self._word = "Exercise: " if presenter.is_exercise else ""
        self._prefix = prefix = "exercise" if presenter.is_exercise else "crisis"
        self.setObjectName(prefix)
        self.setProperty("role", "crisis")
        self.setWindowTitle("Exercise - SafePlan" if presenter.is_exercise else "Crisis - SafePlan")
        self.setModal(False)
        self._asked_to_close = False
        self.autosave = Autosave(self._save, self.show_problem, presenter.clock, self)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(2 * GAP, 2 * GAP, 2 * GAP, 2 * GAP)
        layout.setSpacing(GAP)
        self.banner = Banner(f"{self._prefix}.banner")
        self._head = QVBoxLayout()
        layout.addLayout(self._head)
        layout.addWidget(self.banner)
        sides = QHBoxLayout()
        sides.setSpacing(2 * GAP)
        sides.addWidget(self._numbers_side(), 4)
        handling = StepHandling(self._tick, presenter.stamp_words)
        self.steps = {variant: Steps(prefix, variant, handling) for variant in variants}
        self.tabs = QTabWidget()
        self.tabs.setObjectName(f"{self._prefix}.tabs")
        self.tabs.setAccessibleName("Steps and cards")
        for variant, steps in self.steps.items():
            self.tabs.addTab(steps, f"{self._word}{_TABS[variant]}")
        self.tabs.addTab(self._cards(), f"{self._word}Cards")
        sides.addWidget(self.tabs, 6)
        layout.addLayout(sides, 1)
        self._foot(layout)
        for steps in self.steps.values():
            steps.changed.connect(self._show_state)
        self._show_protocol()
        self.tabs.currentChanged.connect(lambda _index: self.refresh())
        self.resize(within_screen(self, QSize(1120, 780)))

    # -- parts ----------------------------------------------------------------------------------------------------

    def _numbers_side(self) -> QScrollArea:
        self._where_card = Card("Where is the client right now?")
        self.where = TextLine("Address, floor, door; ask again")
        self.where.setObjectName(f"{self._prefix}.where")
        self.where.setAccessibleName("Where is the client right now?")
        self.where.changed.connect(self._typed_where)
        self.where.editingFinished.connect(self.refresh)
        self._where_card.add(self.where)
        self._left = QVBoxLayout()
        self._left.setSpacing(GAP)
        holder = QWidget()
        holder.setObjectName("page-body")
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, GAP, 0)
        column.setSpacing(GAP)
        column.addLayout(self._left)
        column.addWidget(self._where_card)
        self._more = QVBoxLayout()
        self._more.setSpacing(GAP)
        column.addLayout(self._more)
        column.addStretch(1)
        self._where_card.hide()
        scroll = QScrollArea()
        scroll.setObjectName(f"{self._prefix}.numbers")
        scroll.setWidgetResizable(True)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setWidget(holder)
        return scroll

    def _cards(self) -> QScrollArea:
        content = QWidget()
        content.setObjectName("page-body")
        column = QVBoxLayout(content)
        column.setSpacing(GAP)
        for number, card in enumerate(self._presenter.cards(), start=1):
            box = Card(f"{self._word}{number}. {card.title}")
            for line in card.lines:
                box.add(label(line))
            box.add(label(f"“{card.say}”", "quiet"))
            column.addWidget(box)
        column.addStretch(1)
        scroll = QScrollArea()
        scroll.setObjectName(f"{self._prefix}.cards.scroll")
        scroll.setAccessibleName("Cards")
        scroll.setWidgetResizable(True)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setWidget(content)
        return scroll

    def _foot(self, layout: QVBoxLayout) -> None:
        self.draft_button = button(
            "Make the incident draft", f"{self._prefix}.incident", self._make_incident, kind="primary"
        )
        self.throw_button = button(
            "Throw the ticks away", f"{self._prefix}.throw-away", self._ask_throw_away, kind="quiet"
        )
        self.reveal_button = button("Show everything", f"{self._prefix}.reveal", self._show_everything, kind="quiet")
        self.close_button = button("Close (Esc)", f"{self._prefix}.close", self.reject)
        self.waiting = label("", "quiet", name=f"{self._prefix}.waiting")
        layout.addWidget(self.waiting)
        layout.addLayout(row(self.draft_button, self.throw_button, self.reveal_button, None, self.close_button))
        for made in (self.throw_button, self.reveal_button, self.waiting):
            made.hide()

    # -- showing --------------------------------------------------------------------------------------------------

    @property
    def has_ticks(self) -> bool:
        """Whether stamped steps wait for an incident."""
        return self._presenter.has_ticks

    @property
    def variant(self) -> Variant:
        """The protocol in front; that of the first tab while the cards are."""
        tabs = list(self.steps)
        return tabs[min(self.tabs.currentIndex(), len(tabs) - 1)]

    def open_panel(self) -> None:
        """Shows the panel at once, also over a dialog that keeps all other windows waiting."""
        self._presenter.hold_back()
        self._asked_to_close = False
        self._presenter.begin_anew()
        if not self.isVisible():
            self.banner.dismiss()
            if self._presenter.opens_at() in self.steps:
                self.tabs.setCurrentIndex(list(self.steps).index(self._presenter.opens_at()))
        self._come_to_the_front()
        self.refresh()
        self.show()
        self.raise_()
        self.activateWindow()
        self.steps[self.variant].focus_next()
        self.tell_of_earlier()

    def tell_of_earlier(self) -> None:
        """Says that steps of an earlier crisis wait beside the present ones. It asks nothing: nothing is lost either way."""
        since = self._presenter.earlier_words()
        if not since:
            return
        if self._presenter.has_ticks:
            self.banner.say(
                "information", f"The steps of {since} are kept apart: they become an incident draft of their own."
            )
            return
        self.banner.say(
            "information",
            f"The steps of {since} wait. What you tick now is another crisis.",
            action=f"Go on with the steps of {since}",
            on_action=self._go_on,
        )

    def _go_on(self) -> None:
        self._presenter.go_on()
        self.refresh()
        self.steps[self.variant].focus_next()

    def _come_to_the_front(self) -> None:
        over = QApplication.activeModalWidget()
        modality = Qt.WindowModality.ApplicationModal if over not in (None, self) else Qt.WindowModality.NonModal
        if over is not self and self.windowModality() != modality:
            self.hide()
            self.setWindowModality(modality)

    def settle(self) -> None:
        """The dialogs below are gone: no other window has to wait any more."""
        if self.isVisible() and self.isModal():
            self.hide()
            self.setWindowModality(Qt.WindowModality.NonModal)
            self.show()

    def refresh(self) -> None:
        """Shows the present state: locked or not, with or without a client, this protocol or the other."""
        numbers = self._presenter.numbers(self.variant)
        self._show_protocol()
        clear_layout(self._left)
        clear_layout(self._more)
        for index, section in enumerate(numbers.sections):
            (self._left if index == 0 else self._more).addWidget(self._section(section))
        shown = numbers.asks_where and self.variant is Variant.TELEHEALTH
        if not self.where.hasFocus() or not shown:
            self.where.set_value(self._presenter.run.where if shown else "")
        self._where_card.setVisible(shown)
        self.reveal_button.setVisible(numbers.held_back)
        self.draft_button.setEnabled(numbers.can_make_incident)
        self.draft_button.setToolTip("" if numbers.can_make_incident else "Unlock first; the ticked steps wait.")
        self._of_another = numbers.of_another
        self._show_state()

    def forget_client(self) -> None:
        """Takes everything off the panel that was shown while the records were open; a closed panel is filled later."""
        self.where.set_value("")
        if self.isVisible():
            self.refresh()
            return
        clear_layout(self._left)
        clear_layout(self._more)
        self._of_another = ""
        self.waiting.setText("")

    def _section(self, section: Section) -> Card:
        card = Card(f"{self._word}{section.title}")
        for line in section.lines:
            card.add(label(line.name))
            if line.number:
                card.add(label(line.number, "title"))
            if line.note:
                card.add(label(line.note, "quiet"))
        return card

    def _show_protocol(self) -> None:
        protocol = self._presenter.protocol()
        for variant, steps in self.steps.items():
            steps.show_steps(protocol.steps(variant))

    def _show_state(self) -> None:
        """What is said of the ticks below the steps."""
        words = ""
        if self.has_ticks and not self._presenter.is_exercise:
            words = (
                "The ticked steps are saved." if self._presenter.saved else "The ticked steps wait until you unlock."
            )
            if self._of_another:
                words += f" They belong to {self._of_another}."
        self.waiting.setText(words)
        self.waiting.setVisible(bool(words))
        self.throw_button.setVisible(self.has_ticks)

    _of_another = ""

    def show_problem(self, problem: SafePlanError) -> None:
        """Says that something couldn't be saved; the ticks are still there."""
        self.banner.show_problem(problem)

    # -- what the therapist does ----------------------------------------------------------------------------------

    def _tick(self, variant: Variant, step: ProtocolStep, on: bool) -> None:  # noqa: FBT001 - Qt's signal
        self._asked_to_close = False
        since = self._presenter.earlier_words()
        try:
            self._presenter.tick(variant, step, on=on)
        except SafePlanError as problem:
            self.show_problem(problem)
            return
        self._tell_kept_apart(since)

    def _save(self) -> None:
        since = self._presenter.earlier_words()
        self._presenter.save()
        self._tell_kept_apart(since)

    def _tell_kept_apart(self, since: str) -> None:
        """Says what became of steps of an earlier crisis, where some waited when this one began."""
        if since and not self._presenter.earlier:
            self.banner.say("information", kept_apart_words(since))
        elif since:
            self.tell_of_earlier()

    def _typed_where(self) -> None:
        self._presenter.set_where(self.where.value())
        self.autosave.touch()

    def _show_everything(self) -> None:
        self._presenter.show_everything()
        self.refresh()
        self.steps[self.variant].focus_next()

    def _make_incident(self) -> None:
        self.autosave.flush()
        self.incident_wanted.emit(self._presenter.incident_form())

    def _ask_throw_away(self) -> None:
        ask_discard(self, f"{self._prefix}.ask-throw-away", "list of ticked steps", "The records", self._throw_away)

    def _throw_away(self) -> None:
        self.autosave.forget()
        try:
            self._presenter.throw_away()
        except SafePlanError as problem:
            self.show_problem(problem)
        self.refresh()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        plain = not event.modifiers() & ~(Qt.KeyboardModifier.KeypadModifier | Qt.KeyboardModifier.ShiftModifier)
        if event.key() == Qt.Key.Key_Escape:
            self._escape()
            return
        on_steps = self.tabs.currentIndex() < len(self.steps)
        if (
            plain
            and event.text()
            and on_steps
            and (event.isAutoRepeat() or self.steps[self.variant].strike(event.text()))
        ):
            return
        super().keyPressEvent(event)

    def _escape(self) -> None:
        """Closes; while steps are ticked, only when it is struck twice: the first may have been a slip."""
        if self.has_ticks and not self._asked_to_close:
            self._asked_to_close = True
            self.banner.say("information", _KEPT)
            return
        self.reject()

    def closeEvent(self, event: QCloseEvent) -> None:
        if event.spontaneous() and self.has_ticks and not self._asked_to_close:
            self._escape()
            event.ignore()
            return
        super().closeEvent(event)

    def done(self, result: int) -> None:
        self.autosave.flush()
        self._presenter.go_on()
        super().done(result)
        below = QApplication.activeModalWidget()
        if below is not None:
            below.activateWindow()  # else the cursor would be in the window that waits behind the dialog
