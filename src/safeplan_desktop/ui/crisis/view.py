"""The Crisis panel: numbers, protocol steps, cards. Large type; digits tick steps; it works while locked, too."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLabel, QScrollArea, QTabWidget, QVBoxLayout, QWidget

from safeplan_desktop.ui.crisis.presenter import CrisisPresenter
from safeplan_desktop.ui.theme import GAP
from safeplan_desktop.ui.widgets.dialog import Dialog, within_screen
from safeplan_desktop.ui.widgets.layout import Card, button, clear_layout, label, row


class _StepWords(QLabel):
    """A step in as many lines as it needs; a click on it ticks the step."""

    def __init__(self, step: str, box: QCheckBox) -> None:
        super().__init__(step)
        self._step, self._box = step, box
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(True)
        self.setProperty("role", "step")
        self.setBuddy(box)

    def show_stamp(self, stamp: str) -> None:
        """Shows when the step was ticked."""
        self.setText(f"{self._step}   {stamp}" if stamp else self._step)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._box.toggle()
        event.accept()


class CrisisPanel(Dialog):
    """One window over everything else, closed by Esc. What was ticked stays until the program ends."""

    incident_wanted = Signal(object)

    def __init__(self, parent: QWidget, presenter: CrisisPresenter) -> None:
        super().__init__(parent)
        self.setObjectName("crisis")
        self.setWindowTitle("Crisis - SafePlan")
        self.setModal(False)
        self._presenter = presenter
        self._steps: dict[str, list[QCheckBox]] = {"office": [], "telehealth": []}
        layout = QHBoxLayout(self)
        layout.setContentsMargins(2 * GAP, 2 * GAP, 2 * GAP, 2 * GAP)
        layout.setSpacing(2 * GAP)
        self._left = QVBoxLayout()
        self._left.setSpacing(GAP)
        holder = QWidget()
        holder.setObjectName("page-body")
        holder.setLayout(self._left)
        scroll = QScrollArea()
        scroll.setObjectName("crisis.numbers")
        scroll.setWidgetResizable(True)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setWidget(holder)
        right = QVBoxLayout()
        self.tabs = QTabWidget()
        self.tabs.setObjectName("crisis.tabs")
        self.tabs.setAccessibleName("Steps and cards")
        self.tabs.addTab(self._protocol("office"), "In the office")
        self.tabs.addTab(self._protocol("telehealth"), "Telehealth or phone")
        self.tabs.addTab(self._cards(), "De-escalation cards")
        right.addWidget(self.tabs, 1)
        self.draft_button = button(
            "Make an incident draft of these steps", "crisis.incident", self._make_incident, kind="primary"
        )
        self.close_button = button("Close (Esc)", "crisis.close", self.reject)
        self._reveal = button("Show everything", "crisis.reveal", self._show_everything, kind="quiet")
        self._reveal.hide()
        right.addLayout(row(self.draft_button, self._reveal, None, self.close_button))
        layout.addWidget(scroll, 4)
        layout.addLayout(right, 6)
        self.resize(within_screen(self, QSize(1080, 740)))

    @property
    def has_ticks(self) -> bool:
        """Whether stamped steps wait for an incident."""
        return self._presenter.has_ticks

    def refresh(self) -> None:
        """Shows the numbers for the present state: locked or not, with or without a client."""
        clear_layout(self._left)
        numbers = self._presenter.numbers()
        self._reveal.setVisible(numbers.held_back)
        for title, lines in numbers.sections:
            card = Card(title)
            for line in lines:
                card.add(label(line.name))
                if line.number:
                    card.add(label(line.number, "title"))
                if line.note:
                    card.add(label(line.note, "quiet"))
            self._left.addWidget(card)
        self._left.addStretch(1)
        self.draft_button.setEnabled(numbers.can_make_incident)
        if not numbers.can_make_incident:
            self.draft_button.setToolTip("Unlock first; the ticked steps wait.")

    def open_panel(self) -> None:
        """Shows the panel at once."""
        self._presenter.hold_back()
        self.refresh()
        self.show()
        self.raise_()
        self.activateWindow()
        self._focus_next()

    def _show_everything(self) -> None:
        self._presenter.show_everything()
        self.refresh()
        self._focus_next()

    def _protocol(self, which: str) -> QWidget:
        content = QWidget()
        content.setObjectName("page-body")
        column = QVBoxLayout(content)
        column.setSpacing(GAP)
        column.addWidget(label("Digits 1 to 9, and 0 for step 10, tick a step and stamp the time.", "quiet"))
        for number, step in enumerate(self._presenter.protocol(which), start=1):
            box = QCheckBox(str(number))
            box.setObjectName(f"crisis.{which}.{number}")
            box.setAccessibleName(f"Step {number}: {step}")
            box.setProperty("role", "step")
            words = _StepWords(step, box)
            box.toggled.connect(partial(self._ticked, which, number, words))
            self._steps[which].append(box)
            column.addLayout(row(box, words, stretch_last=True))
        column.addStretch(1)
        return self._scrolling(content, f"crisis.{which}")

    def _cards(self) -> QWidget:
        content = QWidget()
        content.setObjectName("page-body")
        column = QVBoxLayout(content)
        column.setSpacing(GAP)
        for number, card in enumerate(self._presenter.cards(), start=1):
            box = Card(f"{number}. {card.title}")
            for line in card.lines:
                box.add(label(line))
            box.add(label(f"“{card.say}”", "quiet"))
            column.addWidget(box)
        column.addStretch(1)
        return self._scrolling(content, "crisis.cards")

    @staticmethod
    def _scrolling(content: QWidget, name: str) -> QScrollArea:
        scroll = QScrollArea()
        scroll.setObjectName(f"{name}.scroll")
        scroll.setAccessibleName("Steps" if "cards" not in name else "Cards")
        scroll.setWidgetResizable(True)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setWidget(content)
        return scroll

    def _ticked(self, which: str, number: int, words: _StepWords, on: bool) -> None:  # noqa: FBT001 - Qt's signal
        words.show_stamp(self._presenter.tick(which, number, on=on))

    def _which(self) -> str:
        return "telehealth" if self.tabs.currentIndex() == 1 else "office"

    def _focus_next(self) -> None:
        for box in self._steps[self._which()]:
            if not box.isChecked():
                box.setFocus(Qt.FocusReason.OtherFocusReason)
                return

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.text().isdecimal() and self.tabs.currentIndex() < 2:  # noqa: PLR2004 - the two protocols
            steps = self._steps[self._which()]
            index = (int(event.text()) or 10) - 1
            if index < len(steps):
                steps[index].toggle()
                self._focus_next()
                return
        super().keyPressEvent(event)

    def _make_incident(self) -> None:
        form = self._presenter.incident_form()
        for boxes in self._steps.values():
            for box in boxes:
                box.setChecked(False)
        self.hide()
        self.incident_wanted.emit(form)
