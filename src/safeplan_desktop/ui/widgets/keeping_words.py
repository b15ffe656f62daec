"""A dialog in which words are typed: leaving it without its work asks first, and a lock keeps them, encrypted."""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import Self

from PySide6.QtCore import Qt
from PySide6.QtGui import QCloseEvent, QKeyEvent
from PySide6.QtWidgets import QDialog, QLineEdit, QPlainTextEdit, QWidget

from safeplan_desktop.domain.drafts import DialogWords, FieldWords
from safeplan_desktop.errors import SafePlanError
from safeplan_desktop.ui.drafting import Autosave
from safeplan_desktop.ui.kept_words import KeptWords
from safeplan_desktop.ui.widgets.banner import Banner
from safeplan_desktop.ui.widgets.confirm import decide
from safeplan_desktop.ui.widgets.dialog import Dialog
from safeplan_desktop.ui.widgets.dialog_fields import Field, fields_of, is_text, put_back, watch, words_in

_A_FEW_LETTERS = 10
"""So little is typed again at once; more is asked about."""


def letters_typed_in(widget: QWidget) -> int:
    """How many letters stand in the fields of a widget that were typed in; the others lose nothing."""
    lines = [line.text() for line in widget.findChildren(QLineEdit) if line.isModified()]
    areas = [area for area in widget.findChildren(QPlainTextEdit) if area.document().isModified()]
    return sum(len(text.strip()) for text in (*lines, *(area.toPlainText() for area in areas)))


def ask_to_throw_away(asking: QWidget, name: str, letters: int, throw_away: Callable[[], None]) -> None:
    """Asks whether so many letters may be thrown away, and does it; a few go without asking."""
    if letters < _A_FEW_LETTERS:
        throw_away()
        return
    decide(
        asking,
        name,
        "Throw away what you typed here?",
        details="It isn't in the records yet. Everything else stays as it is.",
        yes="Throw it away",
        no="Go on writing",
        on_yes=throw_away,
    )


class KeepingDialog(Dialog):
    """Asks before Escape, Cancel or the window's own close throws typed words away; a lock never asks.

    Attributes:
        banner: Where something is said above the fields.
        chosen_anew: Object names of choices that are never kept, such as of another client.
    """

    banner: Banner
    chosen_anew: frozenset[str] = frozenset()
    _keeper: _Keeper | None = None

    def keeping(self, kept: KeptWords) -> Self:
        """Keeps what is typed from now on until the work is done or it is thrown away, and shows what waits from before."""
        self._keeper = _Keeper(self, kept)
        return self

    def make_room(self, fields: Collection[str]) -> None:
        """Makes the fields of these object names, in a dialog that can have more of them."""

    def setVisible(self, visible: bool) -> None:  # noqa: FBT001 - Qt's own
        super().setVisible(visible)
        line = self.focusWidget()
        # Qt selects the line that a dialog begins with: the first letter would take the place of what waited.
        if visible and self._keeper is not None and isinstance(line, QLineEdit) and line.isModified():
            line.end(False)

    def ask_to_leave(self) -> None:
        """Closes the dialog without its work, or asks whether it may."""
        self.ask_to_throw_away(self.letters_typed(), self._leave)

    def _leave(self) -> None:
        if self._keeper is None or self._keeper.forgotten():
            self.reject()

    def done(self, result: int) -> None:
        if self._keeper is not None:
            if result == QDialog.DialogCode.Accepted:
                self._keeper.forgotten()
            else:
                # A lock closes it, or it gives way to something else.
                self._keeper.keep_now()
        super().done(result)

    def ask_to_throw_away(self, letters: int, throw_away: Callable[[], None]) -> None:
        """Asks whether so many letters may be thrown away, and does it; a few go without asking."""
        ask_to_throw_away(self, f"{self.objectName()}.ask-leave", letters, throw_away)

    def letters_typed(self) -> int:
        """How many letters stand in the fields that were typed in; the others lose nothing."""
        return letters_typed_in(self)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.ask_to_leave()
            return
        super().keyPressEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        # A lock and the end of the program close it by themselves, which isn't spontaneous.
        if event.spontaneous():
            event.ignore()
            self.ask_to_leave()
            return
        super().closeEvent(event)


class _Keeper:
    """Keeps the words of one dialog while it is open.

    Args:
        dialog: With all of its fields, as they stand before anything is typed.
        kept: Where they are kept.
    """

    def __init__(self, dialog: KeepingDialog, kept: KeptWords) -> None:
        self._dialog, self._kept, self._name = dialog, kept, dialog.objectName()
        fields = self._fields()
        self._before = {name: words_in(field) for name, field in fields.items()}
        waiting = self._waiting()
        if waiting:
            dialog.make_room(waiting)
            put_back(self._fields(), waiting)
            dialog.banner.say("information", "What you typed before is still here. Cancel throws it away.")
        self.autosave = Autosave(self._keep, dialog.banner.show_problem, kept.clock, dialog)
        for field in self._fields().values():
            watch(field, self.autosave.touch)
        self._thrown_away = False

    def _waiting(self) -> dict[str, str]:
        try:
            return {one.field: one.words for one in self._kept.waiting(self._name).fields}
        except SafePlanError as problem:
            # The dialog's own work goes on without them.
            self._dialog.banner.show_problem(problem)
            return {}

    def _fields(self) -> dict[str, Field]:
        every = fields_of(self._dialog)
        return {name: field for name, field in every.items() if name not in self._dialog.chosen_anew}

    def _keep(self) -> None:
        self._kept.keep(self._name, self._words())

    def _words(self) -> DialogWords:
        """What doesn't stand as it did; where no word was typed, a choice alone isn't kept."""
        fields = self._fields()
        now = {name: words_in(field) for name, field in fields.items()}
        # A line that was taken out stands there empty.
        other = {
            name: now.get(name, "") for name in self._before | now if now.get(name, "") != self._before.get(name, "")
        }
        if not any(name not in fields or is_text(fields[name]) for name in other):
            return DialogWords()
        return DialogWords(tuple(FieldWords(name, words) for name, words in other.items()))

    def keep_now(self) -> None:
        """Keeps what stands there, unless it was thrown away."""
        if not self._thrown_away:
            self.autosave.touch()
            self.autosave.flush()

    def forgotten(self) -> bool:
        """Forgets what is kept; False when that couldn't be, which is said in the dialog."""
        self.autosave.forget()
        try:
            self._kept.forget(self._name)
        except SafePlanError as problem:
            self._dialog.banner.show_problem(problem)
            return False
        self._thrown_away = True
        return True
