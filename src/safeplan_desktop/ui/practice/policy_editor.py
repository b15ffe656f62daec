"""The editor of the safety policy: one section at a time, its text and its clauses."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from safeplan_desktop.domain.policy import ROMAN, PolicyClause, PolicyPart, PolicySection, Practised, undecided_words
from safeplan_desktop.domain.policy_editing import PolicyEditing
from safeplan_desktop.domain.policy_facts import PLACEHOLDERS
from safeplan_desktop.domain.vocabulary import label_of
from safeplan_desktop.ui.drafting import SavedLabel
from safeplan_desktop.ui.widgets.flow import FlowLayout
from safeplan_desktop.ui.widgets.inputs import Choice, OptionRow, TextArea, TextLine, enum_options
from safeplan_desktop.ui.widgets.layout import Page, button, clear_layout, label, row
from safeplan_desktop.ui.widgets.rich_text import RichTextField
from safeplan_desktop.ui.widgets.wrapping import TickBox

_PREFIX = "practice.policy"


@dataclass(frozen=True, slots=True)
class EditorActions:
    """What the page can do beyond writing."""

    overview: Callable[[], None]
    adopt: Callable[[], None]
    preview: Callable[[], None]
    discard: Callable[[], None]
    add_section: Callable[[PolicyPart], None]


class _ClauseRow(QWidget):
    """One clause: its words, and whether the practice does it."""

    def __init__(self, number: int, clause: PolicyClause) -> None:
        super().__init__()
        self.clause_id = clause.id
        prefix = f"{_PREFIX}.clause-{number}"
        self.text = TextArea("What you do", fewest_lines=1)
        self.text.setObjectName(f"{prefix}.text")
        self.text.setAccessibleName(f"Clause {number}")
        self.text.set_value(clause.text)
        self.answer = OptionRow(enum_options(Practised, label_of))
        self.answer.setObjectName(f"{prefix}.answer")
        self.answer.setAccessibleName(f"Clause {number}")
        self.answer.set_value(clause.practised)
        self.remove = button("Remove", f"{prefix}.remove", lambda: None, kind="small")
        self.remove.setAccessibleName(f"Remove clause {number}")
        if not clause.own:
            self.remove.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 6)
        column.setSpacing(4)
        column.addWidget(self.text)
        line = row(self.answer, self.remove)
        line.setStretch(0, 1)
        column.addLayout(line)


class PolicyEditor(Page):
    """Writes what was typed into the editing at once; `edited` tells that there is something to save."""

    edited = Signal()
    turned = Signal(str)
    """Another section is shown, by its id."""

    def __init__(self, actions: EditorActions, parent: QWidget | None = None) -> None:
        super().__init__(f"{_PREFIX}.editor", "Safety policy: draft", parent=parent)
        self._actions = actions
        self._editing: PolicyEditing | None = None
        self._section_id = ""
        self.rows: list[_ClauseRow] = []
        self._build_head()
        self._build_text()
        self._clauses_card = self.card(
            "Clauses",
            "A clause is printed once you say that you do it. The keys 0 and 1 answer and lead to the next open one.",
        )
        self._holder = QWidget()
        self._list = QVBoxLayout(self._holder)
        self._list.setContentsMargins(0, 0, 0, 0)
        self._clauses_card.add(self._holder)
        self.add_clause = button("Add a clause of your own", f"{_PREFIX}.add-clause", self._add_clause)
        self._clauses_card.add(row(self.add_clause, None))
        self.listing = TickBox("List what we don't do as “Not practised here”")
        self.listing.setObjectName(f"{_PREFIX}.listing")
        self.listing.setAccessibleName(self.listing.text())
        self.listing.clicked.connect(self._list_not_here)
        self.add(self.listing)
        self.body.addStretch(1)
        self.saved = SavedLabel(f"{_PREFIX}.saved")
        foot = FlowLayout(spacing=8)
        self.undo = button("Undo", f"{_PREFIX}.undo", self._undo)
        buttons = (
            button("To the overview", f"{_PREFIX}.overview", actions.overview),
            self.undo,
            button("Throw the draft away", f"{_PREFIX}.discard", actions.discard),
            button("See the draft", f"{_PREFIX}.preview", actions.preview),
            button("Adopt...", f"{_PREFIX}.adopt", actions.adopt, kind="primary"),
        )
        for widget in (*buttons, self.saved):
            foot.addWidget(widget)
        self.set_footer(foot)

    def _build_head(self) -> None:
        card = self.card()
        self.count = label("", name=f"{_PREFIX}.count")
        self.next_open = button("Decide them one by one", f"{_PREFIX}.one-by-one", self.decide_next, kind="primary")
        self.sections = Choice([], empty="")
        self.sections.setObjectName(f"{_PREFIX}.section")
        self.sections.setAccessibleName("Section")
        self.sections.changed.connect(lambda: self.show_section(self.sections.value()))
        self.before = button("Section before", f"{_PREFIX}.before", lambda: self._turn(-1))
        self.after = button("Next section", f"{_PREFIX}.after", lambda: self._turn(1))
        card.add(row(self.count, None, self.next_open))
        card.add(self.sections)
        line = FlowLayout(spacing=8)
        for widget in (
            self.before,
            self.after,
            button("Add a section", f"{_PREFIX}.add-section", self._add_section),
        ):
            line.addWidget(widget)
        card.add(line)

    def _build_text(self) -> None:
        card = self.card("Text")
        self.name = TextLine("Title of the section")
        self.name.setObjectName(f"{_PREFIX}.title")
        self.name.setAccessibleName("Title of the section")
        self.name.changed.connect(self._typed)
        self.text = RichTextField(f"{_PREFIX}.text", "Text of the section")
        self.text.changed.connect(self._typed)
        names = [(name, f"[{name}]") for name in PLACEHOLDERS]
        self.fill = Choice(names, empty="Insert from the practice...")
        self.fill.setObjectName(f"{_PREFIX}.fill")
        self.fill.setAccessibleName("Insert from the practice")
        self.fill.changed.connect(self._insert)
        self.ours = button("Back to our text", f"{_PREFIX}.ours", self._back_to_ours)
        self.remove = button("Remove this section", f"{_PREFIX}.remove-section", self._remove_section)
        line = FlowLayout(spacing=8)
        for widget in (self.fill, self.ours, self.remove):
            line.addWidget(widget)
        card.add(self.name)
        card.add(self.text)
        card.add(
            label(
                "Words in [brackets] are filled in from the practice, so that this document and the program agree.",
                "quiet",
            )
        )
        card.add(line)

    # -- showing --------------------------------------------------------------------------------------------------

    def show_editing(self, editing: PolicyEditing, section_id: str) -> None:
        """Shows a draft at a section."""
        self._editing = editing
        self.saved.setText("")
        self.listing.setChecked(editing.form.list_not_here)
        self._fill_sections()
        self.show_section(section_id)

    def _fill_sections(self) -> None:
        if self._editing is None:
            return
        parts = list(PolicyPart)
        options = []
        for section in self._editing.form.in_order():
            left = sum(1 for clause in section.clauses if clause.practised is None and clause.text.strip())
            words = f"{ROMAN[parts.index(section.part)]}.  {section.title}"
            options.append((section.id, f"{words}  ({left} to decide)" if left else words))
        self.sections.set_options(options)

    def show_section(self, section_id: str) -> None:
        """Shows one section, from its top."""
        if self._editing is None:
            return
        self._section_id = section_id
        self._fill_all()
        self.to_top()
        self.turned.emit(section_id)

    def _section(self) -> PolicySection | None:
        return self._editing.form.section(self._section_id) if self._editing is not None else None

    def _fill_all(self) -> None:
        section = self._section()
        if section is None or self._editing is None:
            return
        self.name.set_value(section.title)
        self.text.set_value(section.text)
        clear_layout(self._list)
        self.rows = []
        for number, clause in enumerate(section.clauses, start=1):
            made = _ClauseRow(number, clause)
            made.text.changed.connect(partial(self._clause_typed, made))
            made.answer.changed.connect(partial(self._decided, made))
            made.answer.chosen.connect(partial(self._go_on, made))
            made.remove.clicked.connect(partial(self._remove_clause, clause.id))
            self._list.addWidget(made)
            self.rows.append(made)
        self.remove.setVisible(section.own)
        self._show_counts()

    def _show_counts(self) -> None:
        if self._editing is None:
            return
        count = len(self._editing.form.undecided)
        self.count.setText(f"{undecided_words(count)}." if count else "Every clause is decided.")
        self.next_open.setVisible(bool(count))
        self.undo.setEnabled(self._editing.can_undo)
        self.ours.setEnabled(self._editing.differs_from_ours(self._section_id))
        ids = [section.id for section in self._editing.form.in_order()]
        place = ids.index(self._section_id)
        self.before.setEnabled(place > 0)
        self.after.setEnabled(place < len(ids) - 1)
        self._fill_sections()
        self.sections.set_value(self._section_id)

    # -- what the therapist does ----------------------------------------------------------------------------------

    def _changed(self) -> None:
        self._show_counts()
        self.edited.emit()

    def _typed(self) -> None:
        if self._editing is not None:
            self._editing.set_text(self._section_id, self.name.value(), self.text.value())
            self._changed()

    def _clause_typed(self, made: _ClauseRow) -> None:
        if self._editing is not None:
            self._editing.set_clause(self._section_id, made.clause_id, made.text.value())
            self._changed()

    def _decided(self, made: _ClauseRow) -> None:
        if self._editing is not None:
            self._editing.decide(self._section_id, made.clause_id, made.answer.value())
            self._changed()

    def _go_on(self, made: _ClauseRow) -> None:
        """After an answer by the keyboard the cursor goes to the next clause that isn't decided."""
        self._decide_from(made.clause_id)

    def decide_next(self) -> None:
        """Puts the cursor on the next clause that isn't decided."""
        self._decide_from("")

    def _decide_from(self, after: str) -> None:
        if self._editing is None:
            return
        found = self._editing.next_undecided(self._section_id, after)
        if found is None:
            return
        section_id, clause_id = found
        if section_id != self._section_id:
            self.show_section(section_id)
        made = next(one for one in self.rows if one.clause_id == clause_id)
        made.answer.focus_row()
        # New rows get their places in the next turn of the event loop.
        QTimer.singleShot(0, made, partial(self._bring, made))

    def _bring(self, made: _ClauseRow) -> None:
        self.show_widget(made)
        made.answer.focus_row()

    def _insert(self) -> None:
        name = self.fill.value()
        self.fill.set_value(None)
        if name:
            self.text.insert_words(f"[{name}]")

    def _list_not_here(self) -> None:
        if self._editing is not None:
            self._editing.list_not_here(on=self.listing.isChecked())
            self._changed()

    def _add_clause(self) -> None:
        if self._editing is not None:
            self._editing.add_clause(self._section_id)
            self._fill_all()
            self.edited.emit()
            self.rows[-1].text.setFocus(Qt.FocusReason.OtherFocusReason)

    def _remove_clause(self, clause_id: str, _checked: bool = False) -> None:  # noqa: FBT001, FBT002 - Qt's signal
        if self._editing is not None:
            self._editing.remove_clause(self._section_id, clause_id)
            self._fill_all()
            self.edited.emit()
            self.add_clause.setFocus(Qt.FocusReason.OtherFocusReason)

    def _back_to_ours(self) -> None:
        if self._editing is not None:
            self._editing.back_to_ours(self._section_id)
            self._fill_all()
            self.edited.emit()
            self.text.text.setFocus(Qt.FocusReason.OtherFocusReason)

    def _undo(self) -> None:
        if self._editing is None:
            return
        self._editing.undo()
        ids = [section.id for section in self._editing.form.in_order()]
        if self._section_id not in ids:
            self._section_id = ids[0]
        self.listing.setChecked(self._editing.form.list_not_here)
        self._fill_all()
        self.edited.emit()

    def _turn(self, by: int) -> None:
        if self._editing is None:
            return
        ids = [section.id for section in self._editing.form.in_order()]
        self.show_section(ids[max(0, min(ids.index(self._section_id) + by, len(ids) - 1))])

    def _add_section(self) -> None:
        section = self._section()
        if section is not None:
            self._actions.add_section(section.part)

    def section_added(self, part: PolicyPart, title: str) -> None:
        """Adds a section of the practice's own and shows it."""
        if self._editing is not None:
            self.show_section(self._editing.add_section(part, title))
            self.edited.emit()
            self.text.text.setFocus(Qt.FocusReason.OtherFocusReason)

    def _remove_section(self) -> None:
        if self._editing is None:
            return
        ids = [section.id for section in self._editing.form.in_order()]
        place = ids.index(self._section_id)
        gone = self._section_id
        self._section_id = ids[place - 1 if place else 1]
        self._editing.remove_section(gone)
        self.show_section(self._section_id)
        self.edited.emit()
        self.sections.setFocus(Qt.FocusReason.OtherFocusReason)
