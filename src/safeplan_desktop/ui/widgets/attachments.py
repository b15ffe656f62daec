"""The files of a record: their list, Take in, Open, Save a copy; it knows no kind of record."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QProgressBar, QWidget

from safeplan_desktop.domain.attachments import Attachment, MediaType, size_words
from safeplan_desktop.domain.vocabulary import label_of
from safeplan_desktop.errors import InvalidInputError, SafePlanError
from safeplan_desktop.ui.attaching import AttachmentActions
from safeplan_desktop.ui.ports import Control
from safeplan_desktop.ui.printing import choose_file, choose_save_path
from safeplan_desktop.ui.widgets.banner import Banner
from safeplan_desktop.ui.widgets.data_table import Column
from safeplan_desktop.ui.widgets.inputs import TextLine
from safeplan_desktop.ui.widgets.layout import Card, Form, button, label, row
from safeplan_desktop.ui.widgets.pictures import PictureDialog, check_pdf, decode
from safeplan_desktop.ui.widgets.short_table import ShortTable

_FULL = 1000
_KINDS = "PDF and pictures (*.pdf *.png *.jpg *.jpeg)"
_ROWS, _NARROW = 4, 68


class AttachmentList(Card):
    """A card with a record's files. `changed` tells that one was taken in.

    Args:
        name: Its object name, which begins the names of all its widgets.
        title: Its heading.
        about: A line of help.
        usual_title: What a file is called unless something else is typed.
    """

    changed = Signal()

    def __init__(self, name: str, title: str, about: str, usual_title: str) -> None:
        super().__init__(title, about)
        self.setObjectName(name)
        self._name, self._usual, self._actions = name, usual_title, None
        self.banner = Banner(f"{name}.banner")
        self.table = ShortTable(
            f"{name}.table",
            title,
            (
                Column("What", lambda one: one.title, stretch=True),
                Column("Kind", lambda one: label_of(one.media_type), width=130),
                Column("Size", lambda one: size_words(one.size), width=80),
                Column("Taken in", lambda one: f"{one.entered.local:%d %b %Y}", width=120),
            ),
            most=_ROWS,
            may_go=(1, 2),
            letters=_NARROW,
        )
        self.table.opened.connect(self._open)
        self._none = label("There is no file yet.", "quiet", name=f"{name}.none")
        self.progress = QProgressBar()
        self.progress.setObjectName(f"{name}.progress")
        self.progress.setAccessibleName("How far the file is")
        self.progress.setRange(0, _FULL)
        self.progress.setTextVisible(False)
        self.form = Form(name)
        self.title = TextLine(longest=200)
        self.title.set_value(usual_title)
        self.form.add("title", "What the file is", self.title, "The file's own name isn't kept")
        self.take_in_button = button("Take in a file...", f"{name}.take-in", self._ask_take_in)
        self.open_button = button("Open", f"{name}.open", lambda: self._open(self.table.current()))
        self.save_button = button("Save a copy...", f"{name}.save", lambda: self._ask_save(self.table.current(), self))
        for widget in (self.banner, self._none, self.table):
            self.add(widget)
        self.add(row(None, self.save_button, self.open_button))
        self.add(self.form)
        self.add(self.progress)
        self.add(row(None, self.take_in_button))
        self.progress.hide()

    _actions: AttachmentActions | None

    def show_record(self, actions: AttachmentActions, *, may_take_in: bool = True) -> None:
        """Shows the files of a record."""
        self._actions = actions
        self.banner.dismiss()
        self.form.clear_errors()
        self.form.setVisible(may_take_in)
        self.take_in_button.setVisible(may_take_in)
        self.reload()

    def reload(self) -> None:
        """Shows the list anew."""
        if self._actions is None:
            return
        files = self._actions.listed()
        self.table.set_rows(files)
        self._none.setVisible(not files)
        for widget in (self.open_button, self.save_button):
            widget.setVisible(bool(files))

    # -- taking in ----------------------------------------------------------------------------------------------------

    def _ask_take_in(self) -> None:
        self.form.clear_errors()
        if not self.title.value().strip():
            self.form.show_error("title", "Please type what this file is.")
            return
        path = choose_file(self, "Take in a file", _KINDS)
        if path is not None:
            self.take_in(path)

    def take_in(self, path: Path) -> None:
        """Reads a file in a job and keeps it with the record."""
        actions = self._actions
        if actions is None:
            return
        self.banner.dismiss()
        title = self.title.value()
        self._busy(on=True)

        def work(control: Control) -> Attachment:
            return actions.take_in(control, path, title)

        actions.run(work, partial(self._taken_in, actions), self._failed, self._progressed, owner=self)

    def _busy(self, *, on: bool) -> None:
        self.take_in_button.setEnabled(not on)
        self.progress.setValue(0)
        self.progress.setVisible(on)

    def _progressed(self, fraction: float | None, sentence: str) -> None:
        self.progress.setValue(round((fraction or 0) * _FULL))
        self.progress.setAccessibleName(sentence or "How far the file is")

    def _taken_in(self, actions: AttachmentActions, made: Attachment) -> None:
        self._busy(on=False)
        self.title.set_value(self._usual)
        actions.told(made)
        if actions is self._actions:
            self.reload()
            self.table.choose(lambda one: one.id == made.id)
            self.banner.say("success", "The file is in the records now. Its own place on the disk is left as it is.")
        self.changed.emit()

    def _failed(self, problem: SafePlanError) -> None:
        self._busy(on=False)
        if isinstance(problem, InvalidInputError) and self.form.show_error(problem.field, problem.sentences):
            return
        self.banner.show_problem(problem)

    # -- showing and saving -------------------------------------------------------------------------------------------

    def _open(self, chosen: Attachment | None) -> None:
        actions = self._actions
        if chosen is None or actions is None:
            return
        self.banner.dismiss()
        is_pdf = chosen.media_type is MediaType.PDF

        def work(_control: Control) -> Any:  # noqa: ANN401 - bytes of a PDF, or a picture
            data = actions.content(chosen)
            if not is_pdf:
                return decode(data)
            check_pdf(data)
            return data

        def show(made: Any) -> None:  # noqa: ANN401 - see above
            if is_pdf:
                actions.show_pdf(chosen, made)
            else:
                PictureDialog(self, chosen.title, made, partial(self._ask_save, chosen)).open()

        actions.run(work, show, self.banner.show_problem, owner=self)

    def _ask_save(self, chosen: Attachment | None, parent: QWidget) -> None:
        actions = self._actions
        if chosen is None or actions is None:
            return
        path = choose_save_path(parent, actions.name_of(chosen), f"{label_of(chosen.media_type)} (*{chosen.ending})")
        if path is not None:
            self.save_to(chosen, path if path.suffix else path.with_suffix(chosen.ending), parent)

    def save_to(self, chosen: Attachment, path: Path, parent: QWidget | None = None) -> None:
        """Writes a copy in a job; says so, or why not, where it was asked for."""
        actions = self._actions
        if actions is None:
            return
        place = parent if isinstance(parent, PictureDialog) else self
        said = f"Saved as {path.name}. It isn't encrypted: keep it where only you can see it."
        actions.run(
            lambda _control: actions.save(chosen, path),
            lambda _none: place.banner.say("success", said),
            place.banner.show_problem,
            owner=place,
        )
