"""A plan while it is written: every change is one step that can be undone and redone, across the whole plan."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from safeplan_desktop.domain.ids import new_id
from safeplan_desktop.domain.plans import PlanForm, PlanItem, PlanSection, SectionKey

MOST_STEPS = 500
"""Steps that can be undone; a form shares its unchanged parts with the next, so a step costs little."""

OF_THE_CLOSE = frozenset({"keeping", "recipients", "read_back", "review_on", "reason"})
"""Fields of a plan that only the guided close shows."""

_BULLET = re.compile(r"[-*•‣◦·▪●–—]\s+")
_NUMBERED = re.compile(r"\d{1,2}[.)]\s+")
"""Marks of a list that was copied from elsewhere; the plan numbers its entries itself."""


def entries_of(pasted: str) -> list[str]:
    """What was pasted, line by line, without the marks of a list; numbers go only where every line has a mark."""
    lines = [line.strip() for line in pasted.splitlines() if line.strip()]
    if len(lines) < 2:  # noqa: PLR2004 - a list has several lines
        return lines
    whole = all(_NUMBERED.match(line) or _BULLET.match(line) for line in lines)
    marks = (_NUMBERED, _BULLET) if whole else (_BULLET,)
    found = ((line, next((mark for mark in marks if mark.match(line)), None)) for line in lines)
    return [line if mark is None else mark.sub("", line, count=1) for line, mark in found]


class PlanEditing:
    """Holds the form as it stands, and the forms before and after it.

    Every section always has an entry to type in; blank ones are left out when the plan is finished or printed.
    """

    def __init__(self, form: PlanForm, make_id: Callable[[], str] = new_id) -> None:
        self._make_id = make_id
        self._form = self._settled(form)
        self._undo: list[PlanForm] = []
        self._redo: list[PlanForm] = []
        self._merging = ""

    @property
    def form(self) -> PlanForm:
        """The form as it stands, with its blank entries."""
        return self._form

    @property
    def can_undo(self) -> bool:
        """Whether there is a step to take back."""
        return bool(self._undo)

    @property
    def can_redo(self) -> bool:
        """Whether a step was taken back that can be done again."""
        return bool(self._redo)

    def pause(self) -> None:
        """What is typed from now on is a step of its own, also in the same field."""
        self._merging = ""

    def undo(self) -> bool:
        """Takes the last step back; False where there is none."""
        return self._step(self._undo, self._redo)

    def redo(self) -> bool:
        """Does again what was taken back last; False where there is nothing."""
        return self._step(self._redo, self._undo)

    def set_form(self, *, merge: str = "", **changes: Any) -> None:  # noqa: ANN401 - fields of the form
        """Changes fields of the form itself; edits with the same `merge` in a row are one step."""
        if changes.keys() <= OF_THE_CLOSE:
            self._form = replace(self._form, **changes)
            self._merging = ""
            return
        self._take(replace(self._form, **changes), merge)

    def set_item(self, key: SectionKey, item_id: str, **changes: Any) -> None:  # noqa: ANN401 - fields of an entry
        """Changes fields of an entry; typing on in the same field is one step."""
        section = self._form.section(key)
        items = tuple(replace(item, **changes) if item.id == item_id else item for item in section.items)
        self._take(self._form.with_section(replace(section, items=items)), f"{item_id}.{'.'.join(changes)}")

    def insert(self, key: SectionKey, index: int, texts: Sequence[str]) -> None:
        """New entries of these words from a place on."""
        self.insert_items(key, index, [PlanItem(self._make_id(), text) for text in texts])

    def insert_items(self, key: SectionKey, index: int, items: Sequence[PlanItem]) -> None:
        """Entries from a place on; a blank entry just before them makes room."""
        section = self._form.section(key)
        before = list(section.items[:index])
        if before and before[-1].is_blank and any(not item.is_blank for item in items):
            before.pop()
        self._replace(key, (*before, *items, *section.items[index:]))

    def new_item(self, **fields: Any) -> PlanItem:  # noqa: ANN401 - fields of an entry
        """An entry with an id of its own, not in the plan yet."""
        return PlanItem(self._make_id(), **fields)

    def remove(self, key: SectionKey, item_id: str) -> None:
        """Takes an entry out."""
        self._replace(key, tuple(item for item in self._form.section(key).items if item.id != item_id))

    def move(self, key: SectionKey, item_id: str, to: int, *, merge: str = "") -> bool:
        """Moves an entry to another place in its section; False when it is there already."""
        items = list(self._form.section(key).items)
        index = next(place for place, item in enumerate(items) if item.id == item_id)
        target = min(max(to, 0), len(items) - 1)
        if target == index:
            return False
        items.insert(target, items.pop(index))
        self._replace(key, tuple(items), merge=merge)
        return True

    def set_not_for_me(self, key: SectionKey, *, value: bool) -> None:
        """Sets a section aside, or takes it up again; its entries are kept."""
        self._take(self._form.with_section(replace(self._form.section(key), not_for_me=value)), "")

    def take_section(self, section: PlanSection) -> None:
        """Adds the entries of an earlier version's section that aren't there yet."""
        present = self._form.section(section.key)
        words = {item.text.strip().casefold() for item in present.items if not item.is_blank}
        kept = tuple(item for item in present.items if not item.is_blank)
        ids = {item.id for item in kept}
        added = tuple(
            replace(item, id=self._make_id()) if item.id in ids else item
            for item in section.items
            if not item.is_blank and item.text.strip().casefold() not in words
        )
        self._replace(section.key, (*kept, *added))

    def _replace(self, key: SectionKey, items: tuple[PlanItem, ...], *, merge: str = "") -> None:
        self._take(self._form.with_section(replace(self._form.section(key), items=items)), merge)

    def _take(self, form: PlanForm, merge: str) -> None:
        form = self._settled(form)
        if form == self._form:
            return
        if not merge or merge != self._merging:
            self._undo.append(self._form)
            del self._undo[:-MOST_STEPS]
        self._redo.clear()
        self._merging = merge
        self._form = form

    def _step(self, source: list[PlanForm], target: list[PlanForm]) -> bool:
        if not source:
            return False
        target.append(self._form)
        # What was said in the guided close isn't in sight beside the sections: it is never taken back with them.
        kept = {name: getattr(self._form, name) for name in OF_THE_CLOSE}
        self._form = replace(source.pop(), **kept)
        self._merging = ""
        return True

    def _settled(self, form: PlanForm) -> PlanForm:
        for key in SectionKey:
            section = form.section(key)
            if not section.items:
                form = form.with_section(replace(section, items=(PlanItem(self._make_id(), ""),)))
        return form
