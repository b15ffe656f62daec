"""The plan's editor: all sections as cards, crisis numbers, language; undo and redo across the whole plan."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QCheckBox, QVBoxLayout, QWidget

from safeplan_desktop.domain.plan_editing import PlanEditing
from safeplan_desktop.domain.plan_wording import PlanWording
from safeplan_desktop.domain.plans import Cue, PlanForm, SectionKey
from safeplan_desktop.ui.drafting import SavedLabel
from safeplan_desktop.ui.language_fonts import language_fonts
from safeplan_desktop.ui.plan.entries import PlanWideUndo
from safeplan_desktop.ui.plan.sections import SectionCard
from safeplan_desktop.ui.plan.states import EditorTools
from safeplan_desktop.ui.widgets.inputs import Choice
from safeplan_desktop.ui.widgets.layout import Page, button, clear_layout, label, row
from safeplan_desktop.ui.widgets.turns import Turns

ON_KEYS = "Ctrl+Return"
"""What goes on from the editor, and from step to step in the guided close."""

_CUES = {
    Cue.NO_HELPER_WITH_PHONE: (
        SectionKey.HELPERS,
        "Nobody with a phone number stands in the plan yet. “No one yet” is a valid answer, too.",
    ),
    Cue.NO_STEP_FOR_SURROUNDINGS: (
        SectionKey.SURROUNDINGS,
        "No step for the surroundings yet. It may wait, or be “not for me”.",
    ),
}


class EditorPage(Page):
    """Everything that is typed goes into a `PlanEditing`; this page only shows it."""

    edited = Signal()
    removed = Signal()
    undone = Signal()

    def __init__(
        self,
        words: PlanWording,
        languages: tuple[tuple[str, str], ...],
        wording_of: Callable[[str], PlanWording],
        actions: dict[str, Callable[[], None]],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(
            "plan.editor", "Safety plan", "In the client's words. Everything is saved as you type.", parent=parent
        )
        self._words, self._wording_of = words, wording_of
        self._editing: PlanEditing | None = None
        self._tools: EditorTools | None = None
        self._turns = Turns(self)
        self._shown_language = ""
        self._undo_keys = PlanWideUndo(self)
        self.undo_button = button("Undo", "plan.undo", self.undo, kind="quiet")
        self.redo_button = button("Redo", "plan.redo", self.redo, kind="quiet")
        self.add(
            row(
                self.undo_button,
                self.redo_button,
                None,
                button("Discard draft...", "plan.discard", actions["discard"], kind="quiet"),
            )
        )
        self.cards: dict[SectionKey, SectionCard] = {}
        self._sections = QVBoxLayout()
        self._sections.setSpacing(16)
        self.add(self._sections)
        self._numbers_card = self.card("Crisis numbers")
        self._numbers_where = label("", "quiet", name="plan.numbers-where")
        self._numbers_card.add(self._numbers_where)
        self._numbers_body = QVBoxLayout()
        self._numbers_card.add(self._numbers_body)
        self._numbers: list[QCheckBox] = []
        language_card = self.card("Language of the printed plan")
        self.language = Choice(languages, empty="")
        self.language.setObjectName("plan.language")
        self.language.setAccessibleName("Language of the printed plan")
        self.language.changed.connect(self._choose_language)
        self.language_note = label("", "quiet", name="plan.reviewed")
        language_card.add(row(self.language, None))
        language_card.add(self.language_note)
        self.body.addStretch(1)
        self.saved = SavedLabel("plan.saved")
        self.set_footer(
            row(
                self.saved,
                None,
                button("Session view (F11)", "plan.session-view", actions["session"]),
                button("Print now", "plan.print-now", actions["print"]),
                button("Go through it together", "plan.together", actions["together"], kind="primary"),
            )
        )
        for keys, action in (
            (QKeySequence.StandardKey.Undo, self.undo),
            (QKeySequence.StandardKey.Redo, self.redo),
            (ON_KEYS, actions["together"]),
        ):
            shortcut = QShortcut(QKeySequence(keys), self)
            # They live while this page is in sight, wherever in the window the cursor is.
            shortcut.setContext(Qt.ShortcutContext.WindowShortcut)
            shortcut.activated.connect(action)

    # -- showing --------------------------------------------------------------------------------------------------

    def show_plan(
        self, heading: str, editing: PlanEditing, tools: EditorTools, where: str, on_built: Callable[[], None]
    ) -> None:
        """Shows a plan; its cards are filled in turns of the event loop, so that no wait is long.

        Args:
            heading: The page's title.
            editing: The plan.
            tools: What the sections share.
            where: Which country's crisis numbers are offered.
            on_built: Called once everything stands.
        """
        self._editing, self._tools = editing, tools
        self.title.setText(heading)
        self.saved.clear()
        self.banner.dismiss()
        self._numbers_where.setText(where)
        self._turns.begin(self._build(editing, tools), on_built)

    def _build(self, editing: PlanEditing, tools: EditorTools) -> Iterator[None]:
        printed = self._wording_of(editing.form.language)
        self._shown_language = editing.form.language
        for number, key in enumerate(SectionKey, start=1):
            if key not in self.cards:
                card = SectionCard(number, key, self._words.section(key), self._undo_keys)
                card.changed.connect(self._changed)
                card.removed.connect(self.removed)
                self.cards[key] = card
                self._sections.addWidget(card)
                yield
            yield from self.cards[key].show_plan(editing, tools, printed.section(key))
            yield
        for _ in language_fonts():
            yield
        self._show_rest(editing.form)

    def finish_building(self) -> None:
        """Fills what is still missing, at once."""
        self._turns.finish()

    def _show_rest(self, form: PlanForm) -> None:
        self._show_numbers(form)
        self.language.set_value(form.language)
        self._show_language(form.language)
        self._enable_undo()

    def _show_numbers(self, form: PlanForm) -> None:
        numbers = form.crisis_numbers
        if len(self._numbers) != len(numbers) or not numbers:
            clear_layout(self._numbers_body)
            self._numbers = []
            if not numbers:
                self._numbers_body.addWidget(
                    label("No crisis line stands in your emergency contacts yet. Add one under Practice.", "quiet")
                )
            for index in range(len(numbers)):
                box = QCheckBox()
                box.setObjectName(f"plan.number-{index + 1}")
                box.clicked.connect(lambda on, index=index: self._confirm(index, on=on))
                self._numbers.append(box)
                self._numbers_body.addWidget(box)
        for box, number in zip(self._numbers, numbers, strict=True):
            checked = (
                f"number checked on {number.checked_on:%d %b %Y}" if number.checked_on else "not checked by you yet"
            )
            words = ", ".join(part for part in (number.hours, checked) if part)
            box.setText(f"{number.label}:  {number.number}  ({words})")
            box.setAccessibleName(f"Print {number.label}, {number.number}")
            box.setChecked(number.confirmed)

    def _show_language(self, language: str) -> None:
        wording = self._wording_of(language)
        note = "Headings and fixed sentences are printed in this language; the entries stay as they were typed."
        if not wording.is_reviewed:
            note += f" The words in {wording.name} were not yet reviewed by a native-speaking clinician."
        self.language_note.setText(note)
        if language != self._shown_language:
            self._shown_language = language
            for key, card in self.cards.items():
                card.set_printed(wording.section(key))

    def sync(self) -> None:
        """Shows everything as the plan has it now."""
        if self._editing is None:
            return
        self.finish_building()
        for card in self.cards.values():
            card.sync()
        self._show_rest(self._editing.form)

    def show_cues(self, cues: tuple[Cue, ...]) -> None:
        """Shows each cue beside its section."""
        said = dict(_CUES[cue] for cue in cues)
        for key, card in self.cards.items():
            card.show_cue(said.get(key, ""))

    def place(self) -> str:
        """The section that the cursor is in."""
        focus = self.focusWidget()
        for key, card in self.cards.items():
            if focus is not None and card.isAncestorOf(focus):
                return f"section:{key.value}"
        return ""

    def focus_place(self, place: str) -> None:
        """Puts the cursor into a section; into the first one for no place."""
        wanted = place.removeprefix("section:")
        for key, card in self.cards.items():
            if key.value == wanted or not wanted:
                card.focus_first()
                return

    # -- what the therapist does ----------------------------------------------------------------------------------

    def _changed(self) -> None:
        self._enable_undo()
        self.edited.emit()

    def _enable_undo(self) -> None:
        editing = self._editing
        self.undo_button.setEnabled(editing is not None and editing.can_undo)
        self.redo_button.setEnabled(editing is not None and editing.can_redo)

    def undo(self) -> None:
        """Takes the last step back, wherever in the plan it was."""
        if self._editing is not None:
            self._step(self._editing.undo)

    def redo(self) -> None:
        """Does again what was taken back last."""
        if self._editing is not None:
            self._step(self._editing.redo)

    def _step(self, step: Callable[[], bool]) -> None:
        if self._editing is None:
            return
        before = self._editing.form
        if not step():
            return
        self.sync()
        self._focus_difference(before, self._editing.form)
        self.undone.emit()
        self.edited.emit()

    def _focus_difference(self, before: PlanForm, after: PlanForm) -> None:
        """Puts the cursor where something changed, so that it is seen."""
        for key, card in self.cards.items():
            was, now = before.section(key), after.section(key)
            if was == now:
                continue
            known = set(was.items)
            item = next((item for item in now.items if item not in known), now.items[-1])
            card.focus_item(item.id)
            self.show_widget(card)
            return

    def _confirm(self, index: int, *, on: bool) -> None:
        if self._editing is None:
            return
        numbers = list(self._editing.form.crisis_numbers)
        numbers[index] = replace(numbers[index], confirmed=on)
        self._editing.set_form(crisis_numbers=tuple(numbers))
        self._changed()

    def _choose_language(self) -> None:
        if self._editing is None:
            return
        language = self.language.value()
        self._editing.set_form(language=language)
        self._show_language(language)
        self._changed()
