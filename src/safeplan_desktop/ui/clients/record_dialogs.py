"""The record's dialogs: where the client stands, links, the whole record as a document, reading one record."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QLabel, QPlainTextEdit, QVBoxLayout, QWidget

from safeplan_desktop.domain.client_links import LinkKind, LinkNote, Receives
from safeplan_desktop.domain.client_status import EFFECTS, ClientStatus
from safeplan_desktop.domain.closing import ClosingItem, ClosingList
from safeplan_desktop.domain.disclosures import RecordPart
from safeplan_desktop.domain.practice import Paper
from safeplan_desktop.domain.vocabulary import label_of
from safeplan_desktop.errors import InvalidInputError, SafePlanError
from safeplan_desktop.services.exports import Document
from safeplan_desktop.ui.document_dialog import DocumentDialog
from safeplan_desktop.ui.ports import RunJob
from safeplan_desktop.ui.theme import GAP
from safeplan_desktop.ui.widgets.banner import Banner
from safeplan_desktop.ui.widgets.dates import NOT_A_DAY, DateField
from safeplan_desktop.ui.widgets.dialog import Dialog, within_screen
from safeplan_desktop.ui.widgets.flow import FlowLayout
from safeplan_desktop.ui.widgets.form_dialog import FormDialog
from safeplan_desktop.ui.widgets.inputs import Choice, TextArea, TextLine, enum_options
from safeplan_desktop.ui.widgets.keeping_words import KeepingDialog
from safeplan_desktop.ui.widgets.layout import Card, button, label, row, scrolling_column
from safeplan_desktop.ui.widgets.wrapping import TickBox


def _day_of(field: str, line: DateField) -> dt.date | None:
    if line.unreadable:
        raise InvalidInputError(field, NOT_A_DAY)
    return line.value()


class _Ticks(QWidget):
    """Several things to tick side by side."""

    def __init__(self, options: list[tuple[object, str]]) -> None:
        super().__init__()
        self._values = [value for value, _ in options]
        self.boxes = [TickBox(words) for _, words in options]
        line = FlowLayout(self)
        for box in self.boxes:
            line.addWidget(box)

    def setObjectName(self, name: str) -> None:
        super().setObjectName(name)
        for place, box in enumerate(self.boxes):
            box.setObjectName(f"{name}.{place}")

    def setAccessibleName(self, name: str) -> None:
        super().setAccessibleName(name)
        for box in self.boxes:
            box.setAccessibleName(f"{name}: {box.text()}")

    def value(self) -> tuple[object, ...]:
        """What is ticked."""
        return tuple(value for value, box in zip(self._values, self.boxes, strict=True) if box.isChecked())


class StatusDialog(FormDialog):
    """Where the client stands from a day on, and why.

    Args:
        parent: The screen that it belongs to.
        now: Where the client stands now.
        change: Takes status, reason, day, and the end of a pause; raises `InvalidInputError`.
    """

    def __init__(
        self,
        parent: QWidget,
        now: ClientStatus,
        change: Callable[[ClientStatus, str, dt.date | None, dt.date | None], None],
    ) -> None:
        about = f"{label_of(now)} now. The change stands in the record with its day, and can be taken back."
        super().__init__(parent, "status", "Status", "Where the client stands", about)
        self._change = change
        self.status = Choice([(one, label_of(one)) for one in ClientStatus if one is not now])
        self.reason, self.day, self.until = TextArea(fewest_lines=2), DateField(), DateField()
        self.form.add("status", "From now on", self.status)
        self.effect = label("", "quiet", name="status.effect")
        self.form.add_widget(self.effect)
        self.form.add(
            "reason", "Why", self.reason, "Such as: goals reached, moved away, told by the family on the phone"
        )
        self.form.add_row(
            ("day", "Since", self.day, "Empty for today"),
            ("until", "Ask again on", self.until, "Of a pause: Today asks how it goes on"),
        )
        self.status.changed.connect(self._explain)
        self._explain()
        self.finish("Note it", "save", self._note)
        self.status.setFocus()

    def _explain(self) -> None:
        chosen = self.status.value()
        self.effect.setText(EFFECTS[chosen] if chosen else "What it does to Today is said here.")
        self.until.setEnabled(chosen is ClientStatus.PAUSED)

    def _note(self) -> None:
        chosen = self.status.value()
        if chosen is None:
            raise InvalidInputError("status", "Please choose where the client stands.")
        until = _day_of("until", self.until) if chosen is ClientStatus.PAUSED else None
        self._change(chosen, self.reason.value(), _day_of("day", self.day), until)


class ClosingDialog(KeepingDialog):
    """The closing checklist: what the record says of each line, a way there, and a line for a note.

    Args:
        parent: The screen that it belongs to.
        closing: The list's title and what it is for.
        items: Its lines with what the record says.
        notes: What was noted before, by the step's id.
        keep: Takes the notes.
        open_item: Opens what a line is about.
    """

    def __init__(
        self,
        parent: QWidget,
        closing: ClosingList,
        items: tuple[ClosingItem, ...],
        notes: dict[str, str],
        keep: Callable[[dict[str, str]], None],
        open_item: Callable[[ClosingItem], None],
    ) -> None:
        super().__init__(parent.window())
        self.setObjectName("closing")
        self.setWindowTitle("Closing checklist - SafePlan")
        self.setModal(True)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._keep, self._open_item = keep, open_item
        self.fields: dict[str, TextLine] = {}
        body = QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GAP)
        for item in items:
            column.addWidget(self._line(item, notes.get(item.step.id, "")))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(2 * GAP, 2 * GAP, 2 * GAP, 2 * GAP)
        layout.setSpacing(GAP)
        layout.addWidget(label(closing.title, "heading"))
        layout.addWidget(label(closing.about, "quiet"))
        self.banner = Banner("closing.banner")
        layout.addWidget(self.banner)
        layout.addWidget(scrolling_column("closing", body, (0, 0, GAP, 0)), 1)
        done = button("Keep the notes", "closing.keep", self._done, kind="primary")
        layout.addLayout(row(None, button("Cancel", "closing.cancel", self.ask_to_leave), done))
        line = self.fontMetrics().lineSpacing()
        self.resize(within_screen(self, QSize(42 * line, 42 * line)))

    def _line(self, item: ClosingItem, note: str) -> Card:
        card, name = Card(), f"closing.{item.step.id}"
        card.add(label(item.step.ask))
        if item.step.hint:
            card.add(label(item.step.hint, "quiet"))
        said = {True: "Open: ", False: "Done: ", None: ""}[item.open] + item.says
        if item.says:
            go = button("Open it", f"{name}.open", lambda: self._go(item), kind="small")
            go.setAccessibleName(f"Open it: {item.step.ask}")
            card.add(row(label(said, "quiet", name=f"{name}.says"), go, stretch_first=True))
        field = TextLine("Note")
        field.setObjectName(f"{name}.note")
        field.setAccessibleName(f"Note: {item.step.ask}")
        field.set_value(note)
        self.fields[item.step.id] = field
        card.add(field)
        return card

    def _go(self, item: ClosingItem) -> None:
        if self._kept():
            self._open_item(item)

    def _done(self) -> None:
        self._kept()

    def _kept(self) -> bool:
        """Keeps the notes and closes; what can't be kept stays in sight."""
        try:
            self._keep({step: field.value().strip() for step, field in self.fields.items()})
        except SafePlanError as problem:
            self.banner.show_problem(problem)
            return False
        self.accept()
        return True


class LinkDialog(FormDialog):
    """Links a client to another client, or to one of their own contacts.

    Args:
        parent: The screen that it belongs to.
        others: Whom a link can lead to: ("client" or "contact", id), and their words.
        add: Takes the link and its day; raises `InvalidInputError`.
    """

    # No word about another client may wait in this one's record, where it would outlive theirs.
    chosen_anew = frozenset({"link.other"})

    def __init__(
        self,
        parent: QWidget,
        others: tuple[tuple[tuple[str, str], str], ...],
        add: Callable[[LinkNote, dt.date | None], None],
    ) -> None:
        about = "The link stands on both records, by code or name. Neither record shows a word of the other one."
        super().__init__(parent, "link", "Link", "Who belongs to this client", about)
        self._add = add
        self.other = Choice(list(others))
        self.kind = Choice(enum_options(LinkKind, label_of))
        what: list[tuple[object, str]] = [(one, label_of(one)) for one in Receives]
        self.other_receives, self.client_receives = _Ticks(what), _Ticks(what)
        self.basis, self.day = TextLine(), DateField()
        self.form.add("other", "Another client, or a contact of this one", self.other)
        self.form.add("kind", "To this client, that person is", self.kind)
        self.form.add(
            "other_receives", "That person may receive about this client", self.other_receives, "None ticked: nothing"
        )
        self.form.add(
            "client_receives", "This client may receive about that person", self.client_receives, "Another client only"
        )
        self.form.add("basis", "On what basis", self.basis, "Such as: signed release, parental responsibility")
        self.form.add("day", "Since", self.day, "Empty for today")
        self.finish("Link", "save", self._save)
        self.other.setFocus()

    def _save(self) -> None:
        other, kind = self.other.value(), self.kind.value()
        if other is None:
            raise InvalidInputError("other", "Please choose the other person.")
        if kind is None:
            raise InvalidInputError("kind", "Please choose what that person is to this client.")
        what, other_id = other
        note = LinkNote(
            kind,
            other_client=other_id if what == "client" else "",
            contact=other_id if what == "contact" else "",
            other_receives=tuple(one for one in Receives if one in self.other_receives.value()),
            client_receives=tuple(one for one in Receives if one in self.client_receives.value()),
            basis=self.basis.value(),
        )
        self._add(note, _day_of("day", self.day))


class FullRecordDialog(DocumentDialog):
    """For whom, why, what is in it, on which paper.

    Args:
        parent: The screen that it belongs to.
        who: The client as they are called on the screen.
        may_receive: Who may receive what about this client, a line each.
        paper: The practice's own.
        gather: Takes for whom, why, what is in it, paper; raises `InvalidInputError`.
        run: Starts the job that makes it.
        preview: Shows the document.
    """

    def __init__(
        self,
        parent: QWidget,
        who: str,
        may_receive: tuple[str, ...],
        paper: Paper,
        gather: Callable[[str, str, tuple[RecordPart, ...], Paper | None], Document],
        run: RunJob,
        preview: Callable[[Document], None],
    ) -> None:
        about = "Everything that was signed, with what was added, and the timeline. Drafts are never in it."
        super().__init__(parent, "record", "Full record", f"The whole record of {who}", about, run, preview)
        self._gather = gather
        self.say_who_may_receive(may_receive)
        self.to_whom, self.why = TextLine(), TextLine()
        self.parts = _Ticks([(part, label_of(part)) for part in RecordPart])
        self.paper = Choice(enum_options(Paper, label_of), empty="")
        self.paper.set_value(paper)
        self.form.add(
            "to_whom", "For whom", self.to_whom, "Stands in the document and in the accounting of disclosures"
        )
        self.form.add("why", "For what", self.why, "Such as: asked for by the client, transfer of care")
        self.form.add(
            "parts", "Also in it", self.parts, "Left out unless you tick it. Your own sentences stay as they are."
        )
        self.form.add("paper", "Paper", self.paper)
        self.finish("Make the document")
        self.to_whom.setFocus()
        for field in (self.to_whom, self.why):
            field.returnPressed.connect(self.begin)

    def gathered(self) -> Document:
        """The record as it was asked for; see `DocumentDialog.gathered`."""
        chosen = tuple(part for part in RecordPart if part in self.parts.value())
        return self._gather(self.to_whom.value(), self.why.value(), chosen, self.paper.value())


class ReadingDialog(Dialog):
    """What was noted by the day, as text for reading; nothing in it can be changed."""

    def __init__(self, parent: QWidget, title: str, text: str) -> None:
        super().__init__(parent.window())
        self.setObjectName("reading")
        self.setWindowTitle("Record - SafePlan")
        self.setModal(True)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(2 * GAP, 2 * GAP, 2 * GAP, 2 * GAP)
        layout.setSpacing(GAP)
        self.text = QPlainTextEdit()
        self.text.setObjectName("reading.text")
        self.text.setAccessibleName(title)
        self.text.setReadOnly(True)
        self.text.setTabChangesFocus(True)
        self.text.setPlainText(text)
        layout.addWidget(label(title, "heading"))
        layout.addWidget(self.text, 1)
        close = button("Close", "reading.close", self.accept, kind="primary")
        layout.addLayout(row(None, close))
        line = self.fontMetrics().lineSpacing()
        self.resize(within_screen(self, QSize(42 * line, 34 * line)))
        close.setFocus()


class PictureDialog(Dialog):
    """A picture that was taken in, as large as fits."""

    def __init__(self, parent: QWidget, title: str, data: bytes) -> None:
        super().__init__(parent.window())
        self.setObjectName("picture")
        self.setWindowTitle("Attachment - SafePlan")
        self.setModal(True)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(2 * GAP, 2 * GAP, 2 * GAP, 2 * GAP)
        layout.setSpacing(GAP)
        picture = QPixmap()
        picture.loadFromData(data)
        shown = QLabel()
        shown.setAccessibleName(title)
        if picture.isNull():
            shown.setText("This picture can't be shown. The file is in the records as it was taken in.")
        else:
            room = within_screen(self, picture.size()) * 0.8
            shown.setPixmap(
                picture.scaled(room, Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation)
            )
        layout.addWidget(label(title, "heading"))
        layout.addWidget(shown, 1)
        layout.addLayout(row(None, button("Close", "picture.close", self.accept, kind="primary")))
