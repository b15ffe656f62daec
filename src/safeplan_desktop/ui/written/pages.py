"""The pages of one kind of written record: a card with the list, the form, and a signed record for reading."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cached_property
from typing import Any

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QApplication, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from safeplan_desktop.domain.incidents import ADDED_KINDS, AddendumKind, void_of
from safeplan_desktop.domain.vocabulary import label_of
from safeplan_desktop.errors import InvalidInputError, SafePlanError
from safeplan_desktop.ui.drafting import Autosave, SavedLabel
from safeplan_desktop.ui.theme import GAP
from safeplan_desktop.ui.widgets.addendum import AddendumDialog
from safeplan_desktop.ui.widgets.confirm import ask_discard
from safeplan_desktop.ui.widgets.data_table import Column
from safeplan_desktop.ui.widgets.flow import FlowLayout
from safeplan_desktop.ui.widgets.layout import Card, Page, button, clear_layout, label, row
from safeplan_desktop.ui.widgets.short_table import ShortTable
from safeplan_desktop.ui.widgets.void import VoidDialog
from safeplan_desktop.ui.written.editor import RecordEditor
from safeplan_desktop.ui.written.look import KindWords
from safeplan_desktop.ui.written.presenter import SignedShown, WrittenPresenter, WrittenRow

_ROWS = 8
_NARROW = 68
"""Letters; in a list that is narrower, the state stands behind the title."""

_SHORT, _CAPTION = 60, 22
"""Letters: what stands beside its title, and the room for the title."""


class ListCard(Card):
    """The records of a kind, and the button that begins one."""

    def __init__(self, words: KindWords, begin: Callable[[], None], open_one: Callable[[str], None]) -> None:
        super().__init__(words.heading, words.about)
        self.table = ShortTable(
            f"{words.name}.table",
            words.heading,
            (
                Column("Day", lambda one: one.day, width=110),
                Column("What", self._what, stretch=True),
                Column("State", lambda one: one.state, width=240),
            ),
            most=_ROWS,
            may_go=(2,),
            letters=_NARROW,
        )
        self.table.opened.connect(lambda one: open_one(one.id))
        self._none = label(words.none, "quiet", name=f"{words.name}.none")
        self.new_button = button(words.new, f"{words.name}.new", begin, kind="primary")
        self.add(self._none)
        self.add(self.table)
        self.line = row(None, self.new_button)
        self.add(self.line)

    def show_rows(self, rows: Sequence[WrittenRow]) -> None:
        """Shows the list."""
        self.table.set_rows(rows)
        self._none.setVisible(not rows)

    def _what(self, one: WrittenRow) -> str:
        """What a row is about; with its state where that has no column of its own."""
        return f"{one.title} ({one.state[0].lower()}{one.state[1:]})" if self.table.narrow else one.title


class ReadingPage(Page):
    """A signed record with what was added; a subclass may put more behind it.

    Attributes:
        extra: Below what was signed.
        footer: The row of buttons.
    """

    def __init__(self, words: KindWords, presenter: WrittenPresenter, back: Callable[[], None]) -> None:
        super().__init__(f"{words.name}.signed", words.what.capitalize())
        self.words, self.presenter = words, presenter
        self._parts = QVBoxLayout()
        self._parts.setSpacing(2 * GAP)
        self.add(self._parts)
        self.extra = QVBoxLayout()
        self.extra.setSpacing(2 * GAP)
        self.add(self.extra)
        self.body.addStretch(1)
        self.footer = FlowLayout(spacing=GAP)
        name = words.name
        self.back_button = button("Back", f"{name}.signed.back", back)
        self.void_button = button("Entered in error...", f"{name}.void", self._ask_void, kind="quiet")
        self.footer.addWidget(self.back_button)
        self.footer.addWidget(self.void_button)
        if words.copies:
            self.footer.addWidget(button("Copy as text", f"{name}.copy", self._copy))
        self.footer.addWidget(button("Add to it...", f"{name}.add", self._ask_addendum))
        for made in self.more_buttons():
            self.footer.addWidget(made)
        if words.report:
            self.footer.addWidget(button(words.report, f"{name}.report", presenter.preview, kind="primary"))
        self.set_footer(self.footer)

    def more_buttons(self) -> tuple[QPushButton, ...]:
        """Further buttons of a kind."""
        return ()

    def show_record(self, shown: SignedShown) -> None:
        """Shows one."""
        clear_layout(self._parts)
        record, voided = shown.record, void_of(shown.addenda)
        self.title.setText(record.title)
        self.void_button.setVisible(voided is None)
        if voided is not None:
            card = Card("Entered in error", f"Reason: {voided.reason}")
            card.setObjectName(f"{self.words.name}.in-error")
            when = f"{voided.signed.local:%d %b %Y, %H:%M}"
            card.add(label(f"Marked by {voided.signer}, {when}. What was signed stays below; it counts nowhere."))
            self._parts.addWidget(card)
        card = Card()
        for number, (title, text) in enumerate(shown.parts, start=1):
            words = label(text, name=f"{self.words.name}.part-{number}")
            caption = label(title, "quiet")
            if len(text) <= _SHORT and "\n" not in text:
                caption.setFixedWidth(self.fontMetrics().averageCharWidth() * _CAPTION)
                card.add(row(caption, words, stretch_last=True))
                continue
            card.body.addSpacing(GAP // 2)
            card.add(caption)
            card.add(words)
        begun = f"Begun {record.begun.local:%d %b %Y, %H:%M}. " if record.begun.at != record.signed.at else ""
        signed = f"Signed by {record.signer}, {record.signed.local:%d %b %Y, %H:%M} ({record.signed.zone})."
        card.body.addSpacing(GAP)
        card.add(label(f"{begun}{signed}", "quiet"))
        self._parts.addWidget(card)
        for addendum in shown.addenda:
            added = Card(f"{addendum.number}. {label_of(addendum.kind)}", f"Reason: {addendum.reason}")
            added.add(label(addendum.text))
            added.add(label(f"Signed by {addendum.signer}, {addendum.signed.local:%d %b %Y, %H:%M}", "quiet"))
            self._parts.addWidget(added)

    def _copy(self) -> None:
        QApplication.clipboard().setText(self.presenter.copied())
        self.presenter.shell.say("Copied as text, with the client's code. The clipboard is emptied in half a minute.")

    def _ask_addendum(self) -> None:
        AddendumDialog(
            self,
            [(kind, label_of(kind)) for kind in ADDED_KINDS],
            self.presenter.signer(),
            lambda kind, reason, text, signer: self.presenter.add_addendum(AddendumKind(kind), reason, text, signer),
            self.presenter.keeping(),
        ).open()

    def _ask_void(self) -> None:
        VoidDialog(self, self.presenter.signer(), self.presenter.void).keeping(self.presenter.words()).open()


class WrittenPages(QObject):
    """The pages of a kind in a stack, beside the home page that holds its list.

    Args:
        stack: Where form and reading page are put when they are first needed.
        home: The page of the stack with the list.
        presenter: Of this kind.
        words: Of this kind.
        editor: Makes the form inside its parent.
        reading: Makes the reading page.
    """

    def __init__(
        self,
        stack: QStackedWidget,
        home: QWidget,
        presenter: WrittenPresenter,
        words: KindWords,
        editor: Callable[[QWidget], RecordEditor],
        reading: Callable[[KindWords, WrittenPresenter, Callable[[], None]], ReadingPage] = ReadingPage,
    ) -> None:
        super().__init__(stack)
        self._stack, self._home, self.presenter, self._words = stack, home, presenter, words
        self._make_editor, self._make_reading = editor, reading
        self.autosave = Autosave(presenter.autosave, self.show_problem, presenter.session.desk.clock, self)
        self.list_card = ListCard(words, presenter.begin, presenter.open)
        presenter.attach(self)

    @property
    def editor(self) -> RecordEditor:
        """The form, built when it is first needed."""
        return self._editor_on_page[0]

    @property
    def editor_page(self) -> Page:
        """The form's page."""
        return self._editor_on_page[1]

    @cached_property
    def _editor_on_page(self) -> tuple[RecordEditor, Page]:
        words = self._words
        page = Page(f"{words.name}.editor", words.what.capitalize(), words.editor, self._stack)
        editor = self._make_editor(page.column)
        editor.changed.connect(self.autosave.touch)
        editor.show_in_turns()
        page.add(editor)
        page.body.addStretch(1)
        saved = SavedLabel(f"{words.name}.saved")
        saved.setContentsMargins(0, GAP, 0, GAP)
        self.autosave.saved.connect(saved.say)
        line = FlowLayout(spacing=GAP)
        line.addWidget(button("Discard draft...", f"{words.name}.discard", self._ask_discard, kind="quiet"))
        line.addWidget(button("Back to the list", f"{words.name}.back", self.back))
        if words.working:
            line.addWidget(button(words.working, f"{words.name}.print", self._print))
        line.addWidget(button("Sign", f"{words.name}.sign", self._sign, kind="primary"))
        line.addWidget(saved)  # last: what comes up later never moves a button away from under the mouse
        page.set_footer(line)
        self._saved = saved
        self._stack.addWidget(page)
        return editor, page

    @cached_property
    def reading_page(self) -> ReadingPage:
        """The page for reading, built when it is first needed."""
        made = self._make_reading(self._words, self.presenter, self.back)
        self._stack.addWidget(made)
        return made

    # -- what the presenter asks --------------------------------------------------------------------------------------

    def show_list(self, rows: Sequence[WrittenRow]) -> None:
        """Shows the list."""
        self.autosave.forget()
        self.list_card.show_rows(rows)
        self._stack.setCurrentWidget(self._home)

    def show_editor(self, form: Any) -> None:  # noqa: ANN401 - each kind has its own form
        """Shows the form."""
        self.autosave.forget()
        page = self.editor_page
        page.banner.dismiss()
        self._saved.setText("")
        self._stack.setCurrentWidget(page)
        page.to_top()
        self.editor.show_form(form, self.presenter.signer(), self.presenter.place())

    def show_signed(self, shown: SignedShown) -> None:
        """Shows a signed record with what was added."""
        self.autosave.forget()
        page = self.reading_page
        page.show_record(shown)
        if self._stack.currentWidget() is not page:
            self._stack.setCurrentWidget(page)
            page.to_top()
            page.back_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def form(self) -> Any:  # noqa: ANN401 - see above
        """The form as typed."""
        return self.editor.value()

    def place(self) -> str:
        """The field that the cursor is in."""
        focus = self.editor.focusWidget()
        return focus.objectName() if focus is not None else ""

    def show_problem(self, problem: SafePlanError) -> None:
        """Shows a sentence beside its field, or on top."""
        if isinstance(problem, InvalidInputError) and self.editor.show_error(problem.field, problem.sentences):
            return
        self.editor_page.banner.show_problem(problem)

    # -- what the therapist does --------------------------------------------------------------------------------------

    def show_client(self, client_id: str) -> None:
        """Shows a client's records; what was being written for another is saved first."""
        if client_id != self.presenter.client_id:
            self.autosave.flush()
        self.presenter.show_client(client_id)

    def open(self, record_id: str) -> None:
        """Opens a record of the client that is shown; the list for an empty id."""
        self.autosave.flush()
        if record_id:
            self.presenter.open(record_id)
        else:
            self.presenter.show_list()

    def leave(self) -> None:
        """Saves what was typed and lets go of it, as another kind is shown; the draft stays."""
        self.autosave.flush()
        self.presenter.draft, self.presenter.shown = None, ""

    def back(self) -> None:
        """Goes back to the list; the draft stays."""
        self.autosave.flush()
        self.presenter.show_list()
        self.list_card.new_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def _print(self) -> None:
        self.autosave.flush()
        self.presenter.preview_working_copy()

    def _sign(self) -> None:
        self.autosave.touch()
        self.autosave.flush()
        if self.presenter.sign(self.editor.signer.value()):
            self.autosave.forget()

    def _ask_discard(self) -> None:
        name = self._words.name
        ask_discard(self._stack, f"{name}.ask-discard", f"unsigned {self._words.what}", "Signed records", self._discard)

    def _discard(self) -> None:
        self.autosave.forget()
        self.presenter.discard()
