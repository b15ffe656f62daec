"""The practice's handouts: look through all, print some for the waiting room, write own ones."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from safeplan_desktop.domain.changes import Noun
from safeplan_desktop.domain.handouts import Handout
from safeplan_desktop.ui.drafting import Autosave
from safeplan_desktop.ui.practice.handout_editor import EditorActions, HandoutEditor
from safeplan_desktop.ui.practice.handouts_presenter import DRAFT, OURS, HandoutRow, HandoutsPresenter
from safeplan_desktop.ui.widgets.confirm import decide
from safeplan_desktop.ui.widgets.data_table import Column, DataTable
from safeplan_desktop.ui.widgets.flow import FlowLayout
from safeplan_desktop.ui.widgets.inputs import Choice
from safeplan_desktop.ui.widgets.layout import Form, Page, button
from safeplan_desktop.ui.widgets.page_with_editor import PageWithEditor
from safeplan_desktop.ui.widgets.wrapping import TickBox

_NAME = "practice.handouts"
_SPACING = 8


class HandoutsPart(PageWithEditor[HandoutEditor]):
    """The list, or the editor."""

    def __init__(self, presenter: HandoutsPresenter, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(f"{_NAME}.part")
        self._presenter = presenter
        self.autosave = Autosave(presenter.autosave, self.show_problem, presenter.session.desk.clock, self)
        self.page = self._list_page()
        self.addWidget(self.page)
        presenter.attach(self)

    def make_editor(self, parent: QWidget) -> HandoutEditor:
        """Builds the form of a handout."""
        actions = EditorActions(self._save, self._preview_draft, self._close, self._discard)
        return HandoutEditor(self._presenter.languages(), actions, parent)

    def _list_page(self) -> Page:
        page = Page(
            _NAME,
            "Handouts",
            "One page each, in plain words. Print some for the waiting room here; what a client gets is given and noted "
            "in their record, on the page Handouts.",
            self,
        )
        card = page.card("All handouts", "Enter opens one of your own; of ours, it begins a copy that you may change.")
        form = Form(_NAME)
        self.language = Choice([(code, name) for code, name in self._presenter.languages() if code in ("en", "es")], "")
        form.add("language", "Language of ours", self.language)
        self.language.set_value("en")
        self.with_practice = TickBox("Name the practice at the foot of the page")
        self.with_practice.setObjectName(f"{_NAME}.with-practice")
        self.with_practice.setAccessibleName("Name the practice at the foot of the page")
        self.with_practice.setChecked(True)
        card.add(form)
        card.add(self.with_practice)
        names = dict(self._presenter.languages())
        self.table = DataTable(
            f"{_NAME}.table",
            "All handouts",
            (
                Column("Handout", lambda one: one.title, stretch=True),
                Column("Languages", lambda one: ", ".join(names.get(code, code) for code in one.languages), width=150),
                Column("Written by", lambda one: one.kind, width=190),
            ),
        )
        self.table.setMinimumHeight(19 * self.fontMetrics().lineSpacing())
        self.table.opened.connect(lambda one: self._presenter.open(one, self.language.value()))
        self.table.picked.connect(lambda _row: self._enable())
        card.add(self.table)
        self.preview = button("Preview and print", f"{_NAME}.preview", self._preview, kind="primary")
        self.change = button("Change", f"{_NAME}.change", self._change)
        self.copy = button("Use as a beginning for my own", f"{_NAME}.copy", self._copy)
        self.remove = button("Take out", f"{_NAME}.remove", self._remove)
        buttons = FlowLayout(spacing=_SPACING)
        for made in (self.preview, self.copy, self.change, self.remove):
            buttons.addWidget(made)
        card.add(buttons)
        own = page.card("A handout of your own", "From a template with two sections, saved as you type.")
        self.begin = button("Write a handout", f"{_NAME}.new", self._presenter.begin_new)
        line = FlowLayout(spacing=_SPACING)
        line.addWidget(self.begin)
        own.add(line)
        page.body.addStretch(1)
        return page

    def open_record(self, _noun: Noun, record_id: str) -> None:
        """Opens an unfinished handout; of the others, chooses its row."""
        self._presenter.open_waiting(record_id)
        self.table.choose(lambda one: one.id == record_id)

    # -- what the presenter asks ----------------------------------------------------------------------------------

    def show_list(self, rows: tuple[HandoutRow, ...]) -> None:
        """Shows all handouts."""
        self.page.banner.dismiss()
        leaving = self.in_editor
        self.table.set_rows(rows)
        if self.table.current() is None:
            self.table.go_to(0)
        self.setCurrentWidget(self.page)
        self._enable()
        if leaving:
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_editor(self, handout: Handout, *, saved_before: bool) -> None:
        """Shows the editor."""
        self.editor.title.setText("Change your handout" if saved_before else "A handout of your own")
        self.setCurrentWidget(self.editor)
        self.editor.fill(handout)

    def show_length(self, *, longer: bool) -> None:
        """Says whether the handout that is being written fits on one page."""
        self.editor.show_length(longer=longer)

    def handout(self) -> Handout:
        """What is typed in the editor."""
        return self.editor.value()

    # -- what the therapist does ----------------------------------------------------------------------------------

    def _enable(self) -> None:
        row: HandoutRow | None = self.table.current()
        self.change.setEnabled(row is not None and row.kind != OURS)
        self.remove.setEnabled(row is not None and row.kind != OURS)
        self.change.setText("Go on with it" if row is not None and row.kind == DRAFT else "Change")
        self.copy.setEnabled(row is not None and row.kind != DRAFT)
        self.preview.setEnabled(row is not None)

    def _preview(self) -> None:
        row = self.table.current()
        if row is not None:
            self._presenter.preview(row, self.language.value(), with_practice=self.with_practice.isChecked())

    def _change(self) -> None:
        row = self.table.current()
        if row is not None:
            self._presenter.open(row, self.language.value())

    def _copy(self) -> None:
        row = self.table.current()
        if row is not None:
            self._presenter.duplicate(row, self.language.value())

    def _remove(self) -> None:
        row = self.table.current()
        if row is None:
            return
        if row.kind != DRAFT:
            self._presenter.remove(row)
            return
        decide(
            self,
            f"{_NAME}.ask-discard",
            "Throw this unfinished handout away?",
            details="Handouts that were saved stay as they are.",
            yes="Throw it away",
            no="Keep it",
            on_yes=partial(self._presenter.remove, row),
        )

    def _save(self) -> None:
        if self._presenter.save():
            self.autosave.forget()

    def _close(self) -> None:
        self.autosave.flush()
        if not self.autosave.dirty:  # else it couldn't be saved, which is said; what was typed must not be lost
            self._presenter.close()

    def _discard(self) -> None:
        self.autosave.forget()
        self._presenter.discard()

    def _preview_draft(self) -> None:
        self.autosave.flush()
        self._presenter.preview_draft()
