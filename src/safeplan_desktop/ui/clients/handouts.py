"""A client's handouts: choose, print, and see what was given."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QVBoxLayout, QWidget

from safeplan_desktop.domain.vocabulary import label_of
from safeplan_desktop.errors import InvalidInputError, SafePlanError
from safeplan_desktop.services import reference
from safeplan_desktop.services.handouts import LONGEST_NOTE, Given, HandoutChoice
from safeplan_desktop.ui.clients.handouts_presenter import ClientHandoutsPresenter
from safeplan_desktop.ui.kept_words import KeptWords
from safeplan_desktop.ui.widgets.data_table import Column, DataTable
from safeplan_desktop.ui.widgets.form_dialog import FormDialog
from safeplan_desktop.ui.widgets.inputs import Choice, TextArea, TextLine
from safeplan_desktop.ui.widgets.layout import Card, Form, Page, button, clear_layout, label, row
from safeplan_desktop.ui.widgets.wrapping import TickBox

_NAME = "clients.handouts"
_USUAL_LANGUAGE = "en"


class NoteDialog(FormDialog):
    """The note beside what was given."""

    def __init__(self, parent: QWidget, presenter: ClientHandoutsPresenter, given: Given) -> None:
        about = (
            f"{given.form.title}, given on {given.day:%d %b %Y}. Only you see the note; it never stands on the page."
        )
        super().__init__(parent, "handout-note", "Note", "Note on a handout", about)
        self.note = TextArea(fewest_lines=2, most_lines=5)
        self.note.set_value(given.form.note)
        self.form.add("note", "Note", self.note)
        self.finish("Save the note", "save", lambda: presenter.set_note(given, self.note.value()))


class ClientHandoutsPage(Page):
    """The page."""

    def __init__(self, presenter: ClientHandoutsPresenter, parent: QWidget | None = None) -> None:
        super().__init__(
            _NAME,
            "Handouts",
            "One page each, in plain words. Crisis numbers are those of where the client lives, as you checked them; "
            "where there is none, a line to write it on. No page names the client.",
            parent=parent,
        )
        self._presenter = presenter
        self._choices: tuple[HandoutChoice, ...] = ()
        self.boxes: dict[str, QCheckBox] = {}
        self.add(self._give_card())
        self.add(self._given_card())
        self.body.addStretch(1)
        presenter.attach(self)

    def _give_card(self) -> Card:
        card = Card("Give a handout", "Choose one or several. What is printed or saved is noted below as given today.")
        self.form = Form(_NAME)
        self.language = Choice([], empty="")
        self.language.changed.connect(self._name_boxes)
        self.form.add("language", "Language", self.language)
        card.add(self.form)
        self._list = QVBoxLayout()
        self._list.setSpacing(6)
        card.add(self._list)
        noting = Form(_NAME)
        self.note = TextLine("Such as: read together, for her sister", longest=LONGEST_NOTE)
        noting.add("note", "Note, only for the record", self.note)
        card.add(noting)
        self.preview = button("Preview and print", f"{_NAME}.preview", self._preview, kind="primary")
        self.hand_over = button("Note as handed over", f"{_NAME}.hand-over", self._hand_over)
        self.set_footer(row(None, self.hand_over, self.preview))
        return card

    def _given_card(self) -> Card:
        card = Card("What was given", "The newest first. Enter shows the page again.")
        self.none = label("Nothing was given yet. Choose a handout above.", "quiet", name=f"{_NAME}.none")
        languages = dict(reference.plan_languages())
        self.table = DataTable(
            f"{_NAME}.table",
            "What was given",
            (
                Column("Day", lambda one: f"{one.day:%d %b %Y}", lambda one: one.day, width=110),
                Column("Handout", lambda one: one.form.title, stretch=True),
                Column("Language", lambda one: languages.get(one.form.language, one.form.language), width=90),
                Column("How", lambda one: label_of(one.form.how), width=120),
                Column("Note", lambda one: one.form.note.replace("\n", " "), width=150),
            ),
        )
        self.table.setMinimumHeight(8 * self.fontMetrics().lineSpacing())
        self.table.opened.connect(self._presenter.show_again)
        self.edit_note = button("Change the note", f"{_NAME}.edit-note", self._edit_note)
        self.take_out = button("Take out of the list", f"{_NAME}.take-out", self._take_out)
        card.add(self.none)
        card.add(self.table)
        card.add(row(None, self.edit_note, self.take_out))
        return card

    # -- what the presenter asks ----------------------------------------------------------------------------------

    def show_choices(
        self, choices: tuple[HandoutChoice, ...], languages: Sequence[tuple[str, str]], language: str
    ) -> None:
        """Offers the handouts, in a language where they are written in it."""
        self._choices = choices
        clear_layout(self._list)
        self.boxes = {}
        for choice in choices:
            box = TickBox(choice.title.replace("&", "&&"))
            box.setObjectName(f"{_NAME}.choice-{choice.id}")
            box.setAccessibleName(choice.title)
            box.toggled.connect(self._enable)
            self.boxes[choice.id] = box
            self._list.addWidget(box)
        self.language.set_options(languages)
        self.language.set_value(language if language in dict(languages) else _USUAL_LANGUAGE)
        self._name_boxes()
        self._enable()

    def _name_boxes(self) -> None:
        """Says beside a handout where it isn't written in the chosen language."""
        names = dict(reference.plan_languages())
        for choice in self._choices:
            here = self.language.value() in choice.languages
            only = " and ".join(names.get(code, code) for code in choice.languages)
            words = choice.title if here else f"{choice.title} (only in {only})"
            self.boxes[choice.id].setText(words.replace("&", "&&"))
            self.boxes[choice.id].setAccessibleName(words)

    def show_given(self, given: tuple[Given, ...]) -> None:
        """Shows what was given."""
        self.table.set_rows(given)
        for widget in (self.table, self.edit_note, self.take_out):
            widget.setVisible(bool(given))
        self.none.setVisible(not given)
        if given and self.table.current() is None:
            self.table.go_to(0)

    def show_problem(self, problem: SafePlanError) -> None:
        """Shows a sentence beside its field, or on top."""
        field = problem.field if isinstance(problem, InvalidInputError) else ""
        if not self.form.show_error(field, problem.sentences):
            self.banner.show_problem(problem)

    def handed_out(self) -> None:
        """Unticks what was given, and forgets the note."""
        self.banner.dismiss()
        for box in self.boxes.values():
            box.setChecked(False)
        self.note.set_value("")

    def show_noted(self, sentence: str, on_undo: Callable[[], None]) -> None:
        """Says what was noted. It stays in sight: the preview may lie over it at first."""

        def undo() -> None:
            on_undo()
            self.language.setFocus(Qt.FocusReason.OtherFocusReason)

        self.banner.say("success", sentence, action="Undo", on_action=undo)

    # -- what the therapist does ----------------------------------------------------------------------------------

    def _chosen(self) -> list[str]:
        return [handout_id for handout_id, box in self.boxes.items() if box.isChecked()]

    def _enable(self) -> None:
        chosen = bool(self._chosen())
        for made in (self.preview, self.hand_over):
            if not chosen and made.hasFocus():
                # The cursor stays near: a button that can't be pressed any more would lose it.
                next(iter(self.boxes.values())).setFocus(Qt.FocusReason.OtherFocusReason)
            made.setEnabled(chosen)

    def _preview(self) -> None:
        self.banner.dismiss()
        self._presenter.preview(self._chosen(), self.language.value(), self.note.value())

    def _hand_over(self) -> None:
        self.banner.dismiss()
        self._presenter.hand_over(self._chosen(), self.language.value(), self.note.value())

    def _edit_note(self) -> None:
        given = self.table.current()
        if given is not None:
            kept = KeptWords(self._presenter.session, given.entry_id, self._presenter.client_id)
            NoteDialog(self, self._presenter, given).keeping(kept).open()

    def _take_out(self) -> None:
        given = self.table.current()
        if given is not None:
            self._presenter.take_back(given)
