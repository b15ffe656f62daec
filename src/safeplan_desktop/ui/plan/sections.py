"""One section of the plan as a calm card: entries typed one after the other, moved by mouse or keyboard, with ideas beside them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from functools import partial

from PySide6.QtCore import QPoint, Signal
from PySide6.QtWidgets import QMenu, QVBoxLayout, QWidget

from safeplan_desktop.domain.plan_editing import PlanEditing
from safeplan_desktop.domain.plan_wording import SectionWording
from safeplan_desktop.domain.plans import CONTACT_SECTIONS, PlanSection, SectionKey
from safeplan_desktop.ui.plan.entries import ItemRow, PlanWideUndo, fill_offers, menu_button
from safeplan_desktop.ui.plan.states import ContactOffer, EditorTools
from safeplan_desktop.ui.widgets.flow import FlowLayout
from safeplan_desktop.ui.widgets.layout import Card, button, clear_layout, label
from safeplan_desktop.ui.widgets.wrapping import TickBox

_ROWS_AT_ONCE = 2


class SectionCard(Card):
    """A section with its entries, its ideas, and "not for me"."""

    changed = Signal()
    removed = Signal()

    def __init__(self, number: int, key: SectionKey, words: SectionWording, undo_keys: PlanWideUndo) -> None:
        super().__init__(f"{number}. {words.heading}", words.hint)
        self.key = key
        self._prefix = f"plan.{key.value}"
        self._heading = words.heading
        self._undo_keys = undo_keys
        self._editing: PlanEditing | None = None
        self._tools: EditorTools | None = None
        self.rows: list[ItemRow] = []
        self._dragged = ""
        self._printed = label("", "quiet", name=f"{self._prefix}.printed")
        self.add(self._printed)
        self._cue = label("", "quiet", name=f"{self._prefix}.cue")
        self._cue.setVisible(False)
        self.add(self._cue)
        self._rows_layout = QVBoxLayout()
        self._rows_layout.setSpacing(8)
        self.add(self._rows_layout)
        tools = QWidget()
        flow = FlowLayout(tools)
        self.add_button = button("Add", f"{self._prefix}.add", self.add_entry)
        self.add_button.setAccessibleName(f"Add to: {words.heading}")
        self._contacts_button = menu_button("From contacts", f"{self._prefix}.contacts", self._fill_contacts)
        self._contacts_button.setAccessibleName(f"From contacts: {words.heading}")
        if key not in CONTACT_SECTIONS and key is not SectionKey.DISTRACTION:
            self._contacts_button.hide()
        self._ideas_button = button("Questions and ideas", f"{self._prefix}.ideas", self._toggle_ideas, kind="quiet")
        self._ideas_button.setAccessibleName(f"Questions and ideas for: {words.heading}")
        self._earlier_button = button("", f"{self._prefix}.earlier", self._take_earlier, kind="quiet")
        self.not_for_me = TickBox("Not for me")
        self.not_for_me.setObjectName(f"{self._prefix}.not-for-me")
        self.not_for_me.setAccessibleName(f"{words.heading}: not for me")
        self.not_for_me.clicked.connect(self._set_aside)
        for widget in (
            self.add_button,
            self._contacts_button,
            self._ideas_button,
            self._earlier_button,
            self.not_for_me,
        ):
            flow.addWidget(widget)
        self.add(tools)
        self._ideas = QWidget()
        self._ideas_layout = QVBoxLayout(self._ideas)
        self._ideas_layout.setContentsMargins(0, 0, 0, 0)
        self._ideas.setVisible(False)
        self.add(self._ideas)

    # -- showing --------------------------------------------------------------------------------------------------

    def show_plan(self, editing: PlanEditing, tools: EditorTools, printed: SectionWording) -> Iterator[None]:
        """Shows the section of a plan, a few rows in each turn.

        Args:
            editing: The plan.
            tools: What the editor shares.
            printed: The section's words in the language of the printed plan.
        """
        self._editing, self._tools = editing, tools
        self.set_printed(printed)
        yield
        yield from self._sync(stepwise=True)

    def set_printed(self, printed: SectionWording) -> None:
        """Takes the words of the printed plan's language: its heading where it is another one, its questions and ideas."""
        other = printed.heading != self._heading
        self._printed.setText(f"Printed as: {printed.heading}" if other else "")
        self._printed.setVisible(other)
        self._words = printed
        self._ideas.setVisible(False)
        clear_layout(self._ideas_layout)

    def sync(self) -> None:
        """Shows the section as the plan has it now."""
        for _ in self._sync(stepwise=False):
            pass

    def _sync(self, *, stepwise: bool) -> Iterator[None]:
        section = self._section
        while len(self.rows) > len(section.items):
            row = self.rows.pop()
            row.hide()
            self._rows_layout.removeWidget(row)
            row.deleteLater()
        for index, item in enumerate(section.items):
            if index == len(self.rows):
                row = ItemRow(self.key, self, self._undo_keys)
                row.set_place(self._prefix, index + 1, self._heading)
                self.rows.append(row)
                self._rows_layout.addWidget(row)
                if stepwise and not index % _ROWS_AT_ONCE:
                    yield
            self.rows[index].bind(item)
        self.not_for_me.setChecked(section.not_for_me)
        self._enable()
        self._offer_earlier()

    @property
    def _section(self) -> PlanSection:
        return self._editing.form.section(self.key) if self._editing is not None else PlanSection(self.key)

    def _enable(self) -> None:
        on = not self._section.not_for_me
        for widget in (self.add_button, self._contacts_button, self._earlier_button, *self.rows):
            widget.setEnabled(on)

    def _offer_earlier(self) -> None:
        """Offers the last version's entries where there are any that aren't here."""
        earlier = self._tools.earlier(self.key) if self._tools is not None else None
        present = {item.text.strip().casefold() for item in self._section.items}
        missing = earlier is not None and any(
            not item.is_blank and item.text.strip().casefold() not in present for item in earlier[1].items
        )
        if earlier is not None:
            self._earlier_button.setText(f"Bring back from version {earlier[0]}")
            self._earlier_button.setAccessibleName(f"Bring back from version {earlier[0]}: {self._heading}")
        self._earlier_button.setVisible(missing)

    def show_cue(self, sentence: str) -> None:
        """Shows a cue beside the section; it never stops anything."""
        self._cue.setText(sentence)
        self._cue.setVisible(bool(sentence))

    def focus_first(self) -> None:
        """Puts the cursor in the first entry."""
        if self.rows:
            self.rows[0].focus()

    def focus_item(self, item_id: str) -> bool:
        """Puts the cursor into an entry; False when it isn't here."""
        for row in self.rows:
            if row.item.id == item_id:
                row.focus(at_end=True)
                return True
        return False

    # -- what the section's rows ask (entries.Owner) --------------------------------------------------------------

    def edit(self, row: ItemRow, field: str, value: object) -> None:
        """Takes an edit into the plan."""
        if self._editing is None:
            return
        self._editing.set_item(self.key, row.item.id, **{field: value})
        row.item = next(item for item in self._section.items if item.id == row.item.id)
        if field in ("checked_on", "likelihood"):
            row.bind(row.item)
        self.changed.emit()

    def go_on(self, row: ItemRow) -> None:
        """Enter: to the blank entry below, which is made if there is none."""
        index = self.rows.index(row) + 1
        if row.item.is_blank:
            return
        if index == len(self.rows) or not self.rows[index].item.is_blank:
            self._apply(lambda editing: editing.insert(self.key, index, [""]))
        self.rows[index].focus()

    def paste(self, row: ItemRow, lines: list[str]) -> None:
        """Several pasted lines: the first goes on in the entry, each other becomes an entry."""
        # A blank entry makes room for the first line.
        last = self.rows.index(row) + len(lines) - row.item.is_blank
        self._apply(lambda editing: editing.insert(self.key, self.rows.index(row) + 1, lines))
        self.rows[last].focus(at_end=True)

    def pause(self) -> None:
        """What comes now is a step of undo of its own."""
        if self._editing is not None:
            self._editing.pause()

    def remove(self, row: ItemRow, *, by_key: bool = False) -> None:
        """Takes an entry out; it comes back with undo."""
        index = self.rows.index(row)
        if by_key and len(self.rows) == 1:
            return
        said = not row.item.is_blank
        self._apply(lambda editing: editing.remove(self.key, row.item.id))
        self.rows[min(max(index - 1 if by_key else index, 0), len(self.rows) - 1)].focus(at_end=True)
        if said:
            self.removed.emit()

    def shift(self, row: ItemRow, step: int) -> None:
        """Moves an entry up (-1) or down (1)."""
        self._move(row, self.rows.index(row) + step)

    def _move(self, row: ItemRow, target: int, *, merge: str = "") -> None:
        if self._editing is None or not 0 <= target < len(self.rows):
            return
        item_id = row.item.id
        self._apply(lambda editing: editing.move(self.key, item_id, target, merge=merge))
        self.focus_item(item_id)

    def begin_drag(self, row: ItemRow) -> None:
        """Remembers which entry the mouse took: while it moves, its words wander from row to row."""
        self._dragged = row.item.id
        if self._editing is not None:
            self._editing.pause()

    def drag(self, row: ItemRow, where: QPoint) -> None:
        """Moves an entry to the place under the mouse; the whole way is one step of undo."""
        item_id = self._dragged or row.item.id
        index = next((place for place, other in enumerate(self.rows) if other.item.id == item_id), None)
        if index is None:
            return
        for target, other in enumerate(self.rows):
            top = other.mapToGlobal(QPoint(0, 0)).y()
            if top <= where.y() < top + other.height() and target != index:
                self._move(self.rows[index], target, merge=f"drag.{item_id}")
                return

    def step_to(self, row: ItemRow, step: int) -> None:
        """Puts the cursor into the entry above (-1) or below (1)."""
        target = self.rows.index(row) + step
        if 0 <= target < len(self.rows):
            self.rows[target].focus()

    def check_phone(self, typed: str) -> tuple[str, bool]:
        """A number as it is usually written, and whether it is doubtful."""
        return self._tools.check_phone(typed) if self._tools is not None else (typed, False)

    def today(self) -> dt.date:
        """The present day."""
        if self._tools is None:
            raise RuntimeError("the section shows no plan")
        return self._tools.today()

    # -- what the therapist does ----------------------------------------------------------------------------------

    def _apply(self, change: Callable[[PlanEditing], object]) -> None:
        if self._editing is not None:
            change(self._editing)
            self.sync()
            self.changed.emit()

    def add_entry(self) -> None:
        """A blank entry at the end, with the cursor in it."""
        if not self.rows or not self.rows[-1].item.is_blank:
            self._apply(lambda editing: editing.insert(self.key, len(self.rows), [""]))
        self.rows[-1].focus()

    def _set_aside(self, on: bool) -> None:  # noqa: FBT001 - Qt's signal
        self._apply(lambda editing: editing.set_not_for_me(self.key, value=on))

    def _take_earlier(self) -> None:
        earlier = self._tools.earlier(self.key) if self._tools is not None else None
        if earlier is not None:
            self._apply(lambda editing: editing.take_section(earlier[1]))
            self.rows[-1].focus(at_end=True)

    def _fill_contacts(self, menu: QMenu) -> None:
        offers = self._tools.offers(self.key) if self._tools is not None else ()
        fill_offers(menu, offers, self.pick)

    def pick(self, offer: ContactOffer) -> None:
        """Takes somebody into the section."""
        index = len(self.rows)
        if self._editing is not None:
            taken = {
                name: getattr(offer.item, name)
                for name in ("text", "relation", "phone", "when_to_call", "call", "leave_message", "write")
            }
            taken["phone"] = self.check_phone(offer.item.phone)[0]
            made = self._editing.new_item(**taken)
            self._apply(lambda editing: editing.insert_items(self.key, index, [made]))
            self.focus_item(made.id)

    def _toggle_ideas(self) -> None:
        if not self._ideas_layout.count():
            self._fill_ideas()
        self._ideas.setVisible(self._ideas.isHidden())

    def _fill_ideas(self) -> None:
        questions = "\n".join(f"•  {question}" for question in self._words.questions)
        self._ideas_layout.addWidget(label(questions, "quiet", name=f"{self._prefix}.questions"))
        if not self._words.ideas:
            return
        self._ideas_layout.addWidget(
            label("If it fits, choose one to add it. Then change it to the client's own words.")
        )
        holder = QWidget()
        flow = FlowLayout(holder)
        for number, idea in enumerate(self._words.ideas, start=1):
            made = button(idea, f"{self._prefix}.idea-{number}", partial(self._choose_idea, idea), kind="small")
            made.setAccessibleName(f"Add: {idea}")
            flow.addWidget(made)
        self._ideas_layout.addWidget(holder)

    def _choose_idea(self, idea: str) -> None:
        self._apply(lambda editing: editing.insert(self.key, len(self.rows), [idea]))
        self.rows[-1].focus(at_end=True)
