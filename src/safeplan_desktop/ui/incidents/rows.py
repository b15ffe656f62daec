"""Lists inside the incident form: people, actions with times, notifications, follow-ups. Each row is one entry."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Generic, TypeVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from safeplan_desktop.domain.incidents import Action, FollowUp, Notification, Party, Person
from safeplan_desktop.domain.vocabulary import label_of
from safeplan_desktop.ui.widgets.dates import DateField, DateTimeField
from safeplan_desktop.ui.widgets.inputs import Choice, TextLine, enum_options
from safeplan_desktop.ui.widgets.layout import Card, button, row

T = TypeVar("T")
Now = Callable[[], dt.datetime]


class EntryRow(QWidget, Generic[T]):
    """One entry: fields side by side, and a way to remove it."""

    changed = Signal()
    removal_wanted = Signal()
    given: frozenset[str] = frozenset({"party", "at"})
    """Fields that are filled in a new entry, so that they alone don't make one."""

    def __init__(self, fields: Sequence[tuple[str, str, Any, int]]) -> None:
        super().__init__()
        self.fields = {name: widget for name, _, widget, _ in fields}
        self._words = {name: words for name, words, _, _ in fields}
        self.remove_button = button("Remove", "remove", self.removal_wanted.emit, kind="small")
        self._line = line = row()
        for _, _, widget, stretch in fields:
            widget.changed.connect(self.changed)
            line.addWidget(widget, stretch)
        line.addWidget(self.remove_button, 0, Qt.AlignmentFlag.AlignVCenter)
        self._arrange()

    def _arrange(self) -> None:
        self.setLayout(self._line)

    def _add_fields(self, more: Mapping[str, tuple[Any, str]]) -> None:
        """Further fields, on lines of their own, each with its words."""
        for name, (widget, words) in more.items():
            self.fields[name] = widget
            self._words[name] = words
            widget.changed.connect(self.changed)

    def set_place(self, prefix: str, number: int) -> None:
        """Names every field for tests and screen readers."""
        self.setObjectName(f"{prefix}-{number}")
        for name, widget in self.fields.items():
            widget.setObjectName(f"{prefix}-{number}.{name}")
            widget.setAccessibleName(f"{self._words[name]}, entry {number}")
        self.remove_button.setObjectName(f"{prefix}-{number}.remove")
        self.remove_button.setAccessibleName(f"Remove entry {number}")

    def value(self) -> T:
        """The entry as typed."""
        raise TypeError("each kind of row gives its own value")

    @property
    def is_empty(self) -> bool:
        """Whether nothing was typed."""
        return not any(widget.value() for name, widget in self.fields.items() if name not in self.given)


class PersonRow(EntryRow[Person]):
    """Somebody who was there."""

    def __init__(self, person: Person) -> None:
        name, role = TextLine("Name or role"), TextLine("Client, witness, helper ...")
        contact = TextLine("Phone, e-mail")
        name.set_value(person.name)
        role.set_value(person.role)
        contact.set_value(person.contact)
        super().__init__((("name", "Person", name, 3), ("role", "Role", role, 3), ("contact", "Contact", contact, 2)))

    def value(self) -> Person:
        return Person(self.fields["name"].value(), self.fields["role"].value(), self.fields["contact"].value())


class ActionRow(EntryRow[Action]):
    """One thing that was done, and below it when."""

    def __init__(self, action: Action, zone: str, now: Now) -> None:
        at, text = DateTimeField(zone, now), TextLine("What was done", longest=4000)
        at.set_value(action.at)
        text.set_value(action.text)
        super().__init__((("text", "What was done", text, 1),))
        self._add_fields({"at": (at, "Time")})
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 6)
        column.setSpacing(4)
        column.addLayout(self._line)
        column.addWidget(at)

    def _arrange(self) -> None:
        """Two lines; the second is added once its field is there."""

    def value(self) -> Action:
        return Action(self.fields["at"].value(), self.fields["text"].value())


class FollowUpRow(EntryRow[FollowUp]):
    """Something to do afterwards: what, and below it when."""

    def __init__(self, follow_up: FollowUp) -> None:
        text, due, done = TextLine("What is to be done", longest=1000), DateField(), DateField()
        due.line.setPlaceholderText("Due")
        done.line.setPlaceholderText("Done on")
        text.set_value(follow_up.text)
        due.set_value(follow_up.due)
        done.set_value(follow_up.done_on)
        super().__init__((("text", "Follow-up", text, 1),))
        self._add_fields({"due": (due, "Due"), "done_on": (done, "Done on")})
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 6)
        column.setSpacing(4)
        column.addLayout(self._line)
        column.addLayout(row(due, done, None))

    def _arrange(self) -> None:
        """Two lines; the second is added once its fields are there."""

    def value(self) -> FollowUp:
        return FollowUp(self.fields["text"].value(), self.fields["due"].value(), self.fields["done_on"].value())


class NotificationRow(EntryRow[Notification]):
    """Who was told: two lines of fields."""

    def __init__(self, note: Notification, zone: str, now: Now) -> None:
        # The time that a checklist asked for is an answer by itself.
        self._checklist, self.given = note.checklist, frozenset({"party"} if note.checklist else {"party", "at"})
        party = Choice(enum_options(Party, label_of), empty="")
        at = DateTimeField(zone, now)
        who, how = TextLine("Whom you spoke to"), TextLine("How: phone, in person ...")
        reference, basis, outcome = (
            TextLine("Reference number"),
            TextLine("Legal basis or consent"),
            TextLine("What came of it", longest=2000),
        )
        party.set_value(note.party)
        at.set_value(note.at)
        for field, value in (
            (who, note.who),
            (how, note.how),
            (reference, note.reference),
            (basis, note.basis),
            (outcome, note.outcome),
        ):
            field.set_value(value)
        super().__init__((("party", "Who was told", party, 2), ("at", "When", at, 3)))
        more = {
            "who": (who, "Whom you spoke to"),
            "how": (how, "How"),
            "reference": (reference, "Reference number"),
        }
        more |= {"basis": (basis, "Legal basis or consent"), "outcome": (outcome, "What came of it")}
        self._add_fields(more)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 6)
        column.setSpacing(4)
        column.addLayout(self._line)
        column.addLayout(row(who, how))
        column.addLayout(row(reference, basis, outcome, stretch_last=True))

    def _arrange(self) -> None:
        """Two lines; the second is added once its fields are there."""

    def value(self) -> Notification:
        typed = {name: self.fields[name].value() for name in ("who", "how", "reference", "basis", "outcome")}
        at = self.fields["at"].value()
        return Notification(self.fields["party"].value(), at, **typed, checklist=self._checklist)


class EntryList(Card, Generic[T]):
    """A list of entries of one kind."""

    changed = Signal()

    def __init__(
        self, prefix: str, title: str, help_line: str, add_words: str, make: Callable[[T | None], EntryRow[T]]
    ) -> None:
        super().__init__(title, help_line)
        self._prefix, self._make = prefix, make
        self.rows: list[EntryRow[T]] = []
        self._layout = QVBoxLayout()
        self._layout.setSpacing(6)
        self.add(self._layout)
        self.add_button = button(add_words, f"{prefix}.add", self.add_entry)
        self.add(row(self.add_button, None))

    def set_value(self, entries: Sequence[T]) -> None:
        """Shows the entries."""
        for made in list(self.rows):
            self._drop(made)
        for entry in entries:
            self._show(entry)

    def value(self) -> tuple[T, ...]:
        """The entries as typed; empty ones are left out."""
        return tuple(made.value() for made in self.rows if not made.is_empty)

    def add_entry(self) -> None:
        """A new entry with the cursor in it."""
        made = self._show(None)
        next(iter(made.fields.values())).setFocus(Qt.FocusReason.OtherFocusReason)
        self.changed.emit()

    def _show(self, entry: T | None) -> EntryRow[T]:
        made = self._make(entry)
        made.changed.connect(self.changed)
        made.removal_wanted.connect(lambda: self._remove(made))
        self.rows.append(made)
        self._layout.addWidget(made)
        self._number()
        return made

    def _drop(self, made: EntryRow[T]) -> None:
        self.rows.remove(made)
        self._layout.removeWidget(made)
        made.hide()
        made.deleteLater()

    def _remove(self, made: EntryRow[T]) -> None:
        self._drop(made)
        self._number()
        self.add_button.setFocus(Qt.FocusReason.OtherFocusReason)
        self.changed.emit()

    def _number(self) -> None:
        for number, made in enumerate(self.rows, start=1):
            made.set_place(self._prefix, number)
