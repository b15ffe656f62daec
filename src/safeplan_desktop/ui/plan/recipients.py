"""Who gets a copy, in which form, and what each copy shows."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QCheckBox, QMenu, QVBoxLayout, QWidget

from safeplan_desktop.domain.ids import new_id
from safeplan_desktop.domain.plans import (
    SHARED_BY_DEFAULT,
    HolderKind,
    PlanFormat,
    PlanItem,
    Recipient,
    SectionKey,
)
from safeplan_desktop.domain.vocabulary import label_of
from safeplan_desktop.errors import InvalidInputError, SafePlanError
from safeplan_desktop.ui.plan.dialogs import begin_dialog
from safeplan_desktop.ui.plan.entries import fill_offers, menu_button
from safeplan_desktop.ui.plan.states import ContactOffer
from safeplan_desktop.ui.widgets.banner import Banner
from safeplan_desktop.ui.widgets.dates import NOT_A_DAY, DateField
from safeplan_desktop.ui.widgets.dialog import within_screen
from safeplan_desktop.ui.widgets.flow import FlowLayout
from safeplan_desktop.ui.widgets.inputs import Choice, TextLine
from safeplan_desktop.ui.widgets.layout import Card, Form, button, clear_layout, label, row, scrolling_column
from safeplan_desktop.ui.widgets.wrapping import TickBox

CLIENT_FORMATS = (
    PlanFormat.FULL,
    PlanFormat.LARGE_PRINT,
    PlanFormat.POCKET_CARD,
    PlanFormat.POCKET_CARD_ONE_SIDED,
    PlanFormat.PHONE,
    PlanFormat.PHOTO,
)
_OTHERS_FORMATS = (PlanFormat.SUPPORT_PERSON, PlanFormat.FULL, PlanFormat.LARGE_PRINT, PlanFormat.PHONE)
_OTHERS = (HolderKind.SUPPORT_PERSON, HolderKind.PROFESSIONAL)


def somebody(offer: ContactOffer) -> Recipient:
    """Somebody from the contacts, or a person yet to be named, with what is usually shared."""
    return Recipient(
        new_id(),
        offer.item.text,
        HolderKind.SUPPORT_PERSON,
        PlanFormat.SUPPORT_PERSON,
        relation=offer.item.relation,
        sections=SHARED_BY_DEFAULT,
    )


_WIDE, _HIGH = 800, 680

NOBODY_YET = ContactOffer("", PlanItem("", ""))


class PersonCard(Card):
    """One person beside the client who gets a copy."""

    changed = Signal(object)
    removal_wanted = Signal()

    def __init__(
        self, name: str, recipient: Recipient, today: Callable[[], dt.date], *, removable: bool = True
    ) -> None:
        super().__init__()
        self.recipient, self._today = recipient, today
        form = Form(name)
        self.person = TextLine("Name")
        self.relation = TextLine("Such as: sister")
        self.kind = Choice([(kind, label_of(kind)) for kind in _OTHERS], empty="")
        self.format = Choice([(one, label_of(one)) for one in _OTHERS_FORMATS], empty="")
        self.release = DateField()
        form.add_row(("name", "Who", self.person, ""), ("relation", "Relation to the client", self.relation, ""))
        form.add_row(("kind", "They are a", self.kind, ""), ("format", "What they get", self.format, ""))
        self.kept_at = TextLine("Such as: at home, in her desk")
        form.add_row(
            ("release_on", "The client agreed to share on", self.release, "Needed for this copy"),
            ("kept_at", "Where they keep it", self.kept_at, ""),
        )
        self.add(form)
        agreed = button("The client agrees today", f"{name}.agreed-today", self._agrees_today, kind="small")
        remove = button("Remove", f"{name}.remove", self.removal_wanted.emit, kind="small")
        self.add(row(agreed, None, remove))
        if not removable:
            remove.hide()
        self.add(label("This copy shows", "quiet"))
        holder = QWidget()
        flow = FlowLayout(holder)
        self.boxes: dict[SectionKey, QCheckBox] = {}
        for key in SectionKey:
            box = TickBox(label_of(key))
            box.setObjectName(f"{name}.shows-{key.value}")
            box.setAccessibleName(f"This copy shows: {label_of(key)}")
            box.clicked.connect(partial(self._tick, box))
            self.boxes[key] = box
            flow.addWidget(box)
        self.add(holder)
        self._least = label("A copy shows at least one part. Tick another one first.", "error", name=f"{name}.least")
        self._least.setVisible(False)
        self.add(self._least)
        self._show(recipient)
        for field in (self.person, self.relation, self.kind, self.format, self.release, self.kept_at):
            field.changed.connect(self._edited)
        self.form = form

    def _show(self, recipient: Recipient) -> None:
        self.person.set_value(recipient.name)
        self.relation.set_value(recipient.relation)
        self.kind.set_value(recipient.kind)
        self.format.set_value(recipient.format)
        self.release.set_value(recipient.release_on)
        self.kept_at.set_value(recipient.kept_at)
        for key, box in self.boxes.items():
            box.setChecked(not recipient.sections or key in recipient.sections)

    def _agrees_today(self) -> None:
        self.release.set_value(self._today())
        self._edited()

    def _tick(self, box: QCheckBox) -> None:
        # A copy of nothing is stored like a copy of everything: the last tick stays.
        last = not any(other.isChecked() for other in self.boxes.values())
        if last:
            box.setChecked(True)
        self._least.setVisible(last)
        self._edited()

    def unreadable(self) -> bool:
        """Whether the day of the release can't be read as it was typed."""
        return self.release.unreadable

    def _edited(self) -> None:
        shown = tuple(key for key, box in self.boxes.items() if box.isChecked())
        self.recipient = replace(
            self.recipient,
            name=self.person.value(),
            relation=self.relation.value(),
            kind=self.kind.value(),
            format=self.format.value(),
            release_on=self.release.value(),
            kept_at=self.kept_at.value(),
            sections=() if len(shown) == len(self.boxes) else shown,
        )
        self.changed.emit(self.recipient)


class RecipientsStep(QWidget):
    """The third step of the guided close."""

    changed = Signal(object)

    def __init__(self, offers: Callable[[], Sequence[ContactOffer]], today: Callable[[], dt.date]) -> None:
        super().__init__()
        self._offers, self._today = offers, today
        self._recipients: tuple[Recipient, ...] = ()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(16)
        client = Card("The client", "Tick every form that they want. It can be several.")
        holder = QWidget()
        flow = FlowLayout(holder)
        self.boxes: dict[PlanFormat, QCheckBox] = {}
        for plan_format in CLIENT_FORMATS:
            flow.addWidget(self._box(plan_format, HolderKind.CLIENT, label_of(plan_format)))
        client.add(holder)
        column.addWidget(client)
        own = Card("Your file")
        own.add(self._box(PlanFormat.THERAPIST, HolderKind.THERAPIST, label_of(PlanFormat.THERAPIST)))
        column.addWidget(own)
        others = Card("Others", "Only on the client's word: who, what it shows, and the day on which they agreed.")
        self._people = QVBoxLayout()
        self._people.setSpacing(8)
        others.add(self._people)
        pick = menu_button("Add from contacts", "close.add-contact", self._fill_offers)
        add = button("Add somebody else", "close.add-person", lambda: self._add(NOBODY_YET))
        others.add(row(pick, add, None))
        column.addWidget(others)
        column.addStretch(1)

    def _box(self, plan_format: PlanFormat, kind: HolderKind, words: str) -> QCheckBox:
        box = TickBox(words)
        box.setObjectName(f"close.{plan_format.value}")
        box.setAccessibleName(f"{label_of(kind)}: {words}")
        box.clicked.connect(lambda on: self._tick(plan_format, kind, on=on))
        self.boxes[plan_format] = box
        return box

    def show_recipients(self, recipients: tuple[Recipient, ...]) -> None:
        """Shows who gets a copy."""
        self._recipients = recipients
        for plan_format, box in self.boxes.items():
            kind = HolderKind.THERAPIST if plan_format is PlanFormat.THERAPIST else HolderKind.CLIENT
            box.setChecked(any(r.kind is kind and r.format is plan_format for r in recipients))
        clear_layout(self._people)
        for number, recipient in enumerate((r for r in recipients if r.kind in _OTHERS), start=1):
            person = PersonCard(f"close.person-{number}", recipient, self._today)
            person.changed.connect(self._changed_person)
            person.removal_wanted.connect(partial(self._remove, recipient.id))
            self._people.addWidget(person)

    def _tick(self, plan_format: PlanFormat, kind: HolderKind, *, on: bool) -> None:
        kept = tuple(r for r in self._recipients if not (r.kind is kind and r.format is plan_format))
        self._take((*kept, Recipient(new_id(), "", kind, plan_format)) if on else kept)

    def _cards(self) -> list[PersonCard]:
        items = (self._people.itemAt(index) for index in range(self._people.count()))
        widgets = (item.widget() for item in items if item is not None)
        return [widget for widget in widgets if isinstance(widget, PersonCard)]

    def show_error(self, recipient: Recipient, problem: InvalidInputError) -> bool:
        """Shows what is missing beside its field; False when the person isn't shown."""
        for person in self._cards():
            if person.recipient.id == recipient.id:
                return person.form.show_error(problem.field, problem.sentences)
        return False

    def show_unreadable(self) -> bool:
        """Shows a sentence beside a day that can't be read; False where there is none."""
        for person in self._cards():
            if person.unreadable():
                return person.form.show_error("release_on", NOT_A_DAY)
        return False

    def _take(self, recipients: tuple[Recipient, ...]) -> None:
        self._recipients = recipients
        self.changed.emit(recipients)

    def _changed_person(self, recipient: Recipient) -> None:
        self._take(tuple(recipient if r.id == recipient.id else r for r in self._recipients))

    def _remove(self, recipient_id: str) -> None:
        self._take(tuple(r for r in self._recipients if r.id != recipient_id))
        self.show_recipients(self._recipients)

    def _fill_offers(self, menu: QMenu) -> None:
        fill_offers(menu, self._offers(), self._add)

    def _add(self, offer: ContactOffer) -> None:
        self._take((*self._recipients, somebody(offer)))
        self.show_recipients(self._recipients)
        last = self._people.itemAt(self._people.count() - 1)
        person = last.widget() if last is not None else None
        if isinstance(person, PersonCard):
            person.person.setFocus()


def open_somebody(
    parent: QWidget, recipient: Recipient, today: Callable[[], dt.date], give: Callable[[Recipient], None]
) -> None:
    """Asks for a copy that somebody gets of a version that is finished: who, what it shows, and the dated release."""
    dialog, layout = begin_dialog(parent, "somebody", "A copy for somebody else")
    layout.addWidget(label("Only on the client's word: who, what it shows, and the day on which they agreed.", "quiet"))
    banner = Banner("somebody.banner")
    layout.addWidget(banner)
    person = PersonCard("somebody", recipient, today, removable=False)
    column = QWidget()
    inner = QVBoxLayout(column)
    inner.setContentsMargins(0, 0, 0, 0)
    inner.addWidget(person)
    inner.addStretch(1)
    layout.addWidget(scrolling_column("somebody", column, (0, 0, 0, 0)), 1)

    def note() -> None:
        try:
            give(person.recipient)
        except InvalidInputError as problem:
            if not person.form.show_error(problem.field, problem.sentences):
                banner.show_problem(problem)
        except SafePlanError as problem:
            banner.show_problem(problem)
        else:
            dialog.accept()

    layout.addLayout(
        row(
            None,
            button("Not now", "somebody.no", dialog.reject),
            button("Note it and open the copy", "somebody.yes", note, kind="primary"),
        )
    )
    dialog.resize(within_screen(dialog, QSize(_WIDE, _HIGH)))
    dialog.open()
    (person.release if recipient.name.strip() else person.person).setFocus()
