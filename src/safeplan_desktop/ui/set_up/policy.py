"""The safety policy in one go: one answer for each section, then the adoption. The draft is the one of the full editor."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from functools import partial

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from safeplan_desktop.domain.policy import ROMAN, PolicyPart, PolicySection, Practised, undecided_words
from safeplan_desktop.domain.policy_editing import PolicyEditing
from safeplan_desktop.domain.set_up import answer_of, decided_words
from safeplan_desktop.domain.vocabulary import label_of
from safeplan_desktop.errors import SafePlanError
from safeplan_desktop.ui.drafting import Autosave, SavedLabel
from safeplan_desktop.ui.kept_words import KeptWords
from safeplan_desktop.ui.practice.policy_dialogs import AdoptDialog
from safeplan_desktop.ui.practice.policy_presenter import PolicyPresenter, PolicyState
from safeplan_desktop.ui.widgets.flow import FlowLayout
from safeplan_desktop.ui.widgets.inputs import OptionRow
from safeplan_desktop.ui.widgets.layout import Card, Page, button, clear_layout, label

_LATER = "later"
_ANSWERS = ((Practised.WE_DO, "We do all of this"), (Practised.NOT_HERE, "Not here"), (_LATER, "One by one, later"))


class PolicyInBulk(Page):
    """One answer a section."""

    def __init__(
        self,
        presenter: PolicyPresenter,
        in_short: Mapping[str, str],
        back: Callable[[], None],
        full: Callable[[], None],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(
            "set-up.policy",
            "Safety policy",
            "Each section in a few words; the keys 0, 1 and 2 answer. Say yes only where you do all of it: what waits is "
            "neither printed nor promised. Read the draft before you sign it.",
            parent=parent,
        )
        self._presenter, self._in_short, self._back = presenter, in_short, back
        self._editing: PolicyEditing | None = None
        self.rows: dict[str, OptionRow] = {}
        self._list = QVBoxLayout()
        self._list.setSpacing(12)
        self.count = label("", name="set-up.policy.count")
        self.add(self.count)
        self.add(self._list)
        self.body.addStretch(1)
        self.saved = SavedLabel("set-up.policy.saved")
        self.autosave = Autosave(presenter.autosave, self.show_problem, presenter.session.desk.clock, self)
        self.autosave.saved.connect(self.saved.say)
        self.adopt = button("Adopt...", "set-up.policy.adopt", self._ask_adopt, kind="primary")
        foot = FlowLayout(spacing=8)
        for widget in (
            button("Back to the steps", "set-up.policy.back", self._leave),
            button("Clause by clause", "set-up.policy.full", full),
            button("Read the draft", "set-up.policy.preview", presenter.preview_draft),
            self.adopt,
            self.saved,
        ):
            foot.addWidget(widget)
        self.set_footer(foot)
        presenter.attach(self)

    def hideEvent(self, event: QHideEvent) -> None:
        self.autosave.flush()
        super().hideEvent(event)

    # -- what the policy's presenter asks -------------------------------------------------------------------------

    def show_overview(self, _state: PolicyState) -> None:
        """The policy was adopted: back to the steps."""
        self._back()

    def show_editor(self, editing: PolicyEditing, _section_id: str) -> None:
        """Shows the draft."""
        self._editing = editing
        self.banner.dismiss()
        self.saved.setText("")
        clear_layout(self._list)
        self.rows = {}
        for part, numeral in zip(PolicyPart, ROMAN, strict=True):
            sections = [one for one in editing.form.of_part(part) if any(c.text.strip() for c in one.clauses)]
            if not sections:
                continue
            card = Card(f"{numeral}.  {label_of(part)}")
            for section in sections:
                self._add_section(card, section)
            self._list.addWidget(card)
        self._show_count()
        # New rows get their places in the next turn of the event loop.
        QTimer.singleShot(0, self, self._begin)

    def show_problem(self, problem: SafePlanError) -> None:
        """Shows an expected failure."""
        self.banner.show_problem(problem)

    def flush(self) -> None:
        """Saves what was answered."""
        self.autosave.flush()

    def forget(self) -> None:
        """Drops what isn't saved: the draft was adopted."""
        self.autosave.forget()

    # -- rows -----------------------------------------------------------------------------------------------------

    def _add_section(self, card: Card, section: PolicySection) -> None:
        words = "; ".join(self._in_short.get(one.id, one.text) for one in section.clauses if one.text.strip())
        answer = OptionRow(_ANSWERS)
        answer.setObjectName(f"set-up.policy.{len(self.rows) + 1}")
        answer.setAccessibleName(section.title)
        answer.set_value(answer_of(section))
        answer.changed.connect(partial(self._decided, section.id))
        answer.chosen.connect(partial(self._go_on, section.id))
        title = label(section.title)
        title.setProperty("role", "subheading")
        card.add(title)
        card.add(label(f"{words[:1].upper()}{words[1:]}."))
        if mixed := decided_words(section):
            card.add(label(mixed))
        card.add(answer)
        self.rows[section.id] = answer

    def _begin(self) -> None:
        undecided = self._editing.form.undecided if self._editing is not None else ()
        if undecided:
            self._show_row(undecided[0][0].id)
        else:
            self.adopt.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_row(self, section_id: str) -> None:
        answer = self.rows[section_id]
        answer.focus_row()
        self.show_widget(answer)

    def _decided(self, section_id: str) -> None:
        value = self.rows[section_id].value()
        if self._editing is not None and isinstance(value, Practised):
            self._editing.decide_section(section_id, value)
            self._show_count()
            self.autosave.touch()

    def _go_on(self, section_id: str) -> None:
        ids = list(self.rows)
        place = ids.index(section_id) + 1
        if place < len(ids):
            self._show_row(ids[place])
        else:
            self.adopt.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_count(self) -> None:
        count = len(self._editing.form.undecided) if self._editing is not None else 0
        self.count.setText(f"{undecided_words(count)}." if count else "Every clause is decided.")

    def _leave(self) -> None:
        self._presenter.show_overview()

    def _ask_adopt(self) -> None:
        begin = self._presenter.adoption()
        if begin is None:
            return

        def adopt(signer: str, review_on: dt.date | None, change: str, leave: bool) -> None:  # noqa: FBT001 - a tick
            self._presenter.adopt(signer, review_on, change, leave_undecided=leave)

        AdoptDialog(self, begin, adopt, self._begin).keeping(KeptWords(self._presenter.session)).open()
