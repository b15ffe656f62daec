"""Room and lone working: a list for the room, calls that are expected, rehearsals, and what was noted."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QVBoxLayout, QWidget

from safeplan_desktop.domain.practice_checks import CheckedItem, CheckKind
from safeplan_desktop.domain.vocabulary import label_of
from safeplan_desktop.errors import InvalidInputError, SafePlanError
from safeplan_desktop.services.practice_checks import Noted
from safeplan_desktop.services.practice_drafts import TypedRoom
from safeplan_desktop.ui.kept_words import KeptWords
from safeplan_desktop.ui.practice.checks_presenter import ChecksPresenter, ChecksState
from safeplan_desktop.ui.practice.typed import TypedForm
from safeplan_desktop.ui.widgets.confirm import decide
from safeplan_desktop.ui.widgets.data_table import Column, DataTable
from safeplan_desktop.ui.widgets.dates import DateField, DateTimeField
from safeplan_desktop.ui.widgets.form_dialog import FormDialog
from safeplan_desktop.ui.widgets.inputs import OptionRow, TextArea, TextLine
from safeplan_desktop.ui.widgets.layout import Form, Page, button, clear_layout, keeping_focus, label, row

_ANSWERS = ((True, "Fine"), (False, "To put right"))


class ChecksPage(Page):
    """The part "Room and lone working" of the practice."""

    def __init__(self, presenter: ChecksPresenter, parent: QWidget | None = None) -> None:
        super().__init__(
            "practice.room",
            "Room and lone working",
            "Your own safety at work. What is noted here stands, with its day, in the appendix of the safety policy. Write "
            "nothing about a client.",
            parent=parent,
        )
        self._presenter = presenter
        self._list: tuple[str, ...] = ()
        self._noted_call = ("", "", "")
        self.forms: dict[CheckKind, Form] = {}
        self._build_alone()
        self._build_room()
        self._build_rehearsals()
        self._build_noted()
        self.body.addStretch(1)
        self.show_in_turns()
        presenter.attach(self)
        drafts = presenter.session.practice_drafts
        self._typed = TypedForm(
            "room", self, self._value, self._fill, drafts, self, told="It isn't noted yet.", back="Throw it away"
        )
        self._is_filled = False
        for field in (
            *(self.expects, self.phone, self.if_not, self.due, self.room_note, self.room_day),
            *(self.rehearsed, self.rehearsal_day),
        ):
            field.changed.connect(self._typed.autosave.touch)

    def _build_alone(self) -> None:
        card = self.card(
            "Working alone",
            "Somebody elsewhere expects your call after the session. Today says so when it is overdue; the program itself "
            "calls nobody.",
        )
        self.awaited = QWidget()
        self._awaited = QVBoxLayout(self.awaited)
        self._awaited.setContentsMargins(0, 0, 0, 0)
        card.add(self.awaited)
        form = self.forms[CheckKind.LONE_WORKING] = Form("practice.room.alone")
        self.expects, self.phone, self.if_not = TextLine(), TextLine(), TextLine()
        self.due = DateTimeField(self._presenter.zone(), self._presenter.now)
        form.add_row(("expects", "Who expects the call", self.expects, ""), ("phone", "Their number", self.phone, ""))
        form.add("due", "When", self.due)
        form.add("if_not", "What they do if it doesn't come", self.if_not)
        card.add(form)
        card.add(row(None, button("Note the call", "practice.room.alone.note", self._note_alone, kind="primary")))

    def _build_room(self) -> None:
        card = self.card("Room check")
        self.items = QVBoxLayout()
        self.answers: list[OptionRow] = []
        card.add(self.items)
        form = self.forms[CheckKind.ROOM] = Form("practice.room.check")
        self.room_note, self.room_day = TextArea(fewest_lines=1), DateField()
        form.add("note", "What is to be put right", self.room_note)
        form.add("day", "Checked on", self.room_day)
        card.add(form)
        self._change_list = button("Change the list", "practice.room.list", self._ask_list)
        note = button("Note the room check", "practice.room.check.note-it", self._note_room, kind="primary")
        card.add(row(self._change_list, None, note))

    def _build_rehearsals(self) -> None:
        card = self.card(
            "Rehearsals",
            "Exercises of the crisis protocol enter by themselves. Note others here: the way out, an alarm.",
        )
        form = self.forms[CheckKind.REHEARSAL] = Form("practice.room.rehearsal")
        self.rehearsed, self.rehearsal_day = TextLine(), DateField()
        form.add("note", "What was rehearsed, and what to do better", self.rehearsed)
        form.add("day", "On", self.rehearsal_day)
        card.add(form)
        note = button("Note the rehearsal", "practice.room.rehearsal.note-it", self._note_rehearsal, kind="primary")
        card.add(row(None, note))

    def _build_noted(self) -> None:
        card = self.card("What was noted")
        self.none = label("Nothing yet. Begin with a look around the room.", "quiet", name="practice.room.none")
        self.table = DataTable(
            "practice.room.table",
            "Checks and rehearsals",
            (
                Column("Day", lambda one: f"{one.day:%d %b %Y}", lambda one: one.day, width=120),
                Column("What", lambda one: label_of(one.check.kind), width=150),
                Column("Noted", _words, stretch=True),
            ),
        )
        self.table.setMinimumHeight(9 * self.fontMetrics().lineSpacing())
        self.table.picked.connect(self._picked)
        self.remove = button("Take this entry out", "practice.room.remove", self._ask_remove)
        card.add(self.none)
        card.add(self.table)
        card.add(row(self.remove, None))

    # -- what the presenter asks ----------------------------------------------------------------------------------

    def show_state(self, state: ChecksState) -> None:
        """Shows what is stored; what is being typed stays."""
        with keeping_focus(self.awaited, self.expects):
            clear_layout(self._awaited)
            for number, noted in enumerate(state.awaited, start=1):
                self._awaited.addWidget(self._expected(number, noted, late=noted.check.overdue(state.now)))
        if state.room_list != self._list:
            self._list = state.room_list
            self._show_list()
        for field in (self.room_day, self.rehearsal_day):
            if field.value() is None and not field.unreadable:
                field.set_value(self._presenter.today())
        if not self._is_filled:
            self._is_filled = True
            self._typed.take_up()
        self.table.set_rows(state.every)
        self.table.setVisible(bool(state.every))
        self.none.setVisible(not state.every)
        self.remove.setVisible(bool(state.every))
        if self.table.current() is None and state.every:
            self.table.go_to(0)

    def _expected(self, number: int, noted: Noted, *, late: bool) -> QWidget:
        check = noted.check
        who = f"{check.expects} ({check.phone})" if check.phone else check.expects
        words = f"{'Overdue: ' if late else ''}{who} expects your call at {check.due_words()}. Else: {check.if_not}"
        line = QWidget()
        done = button(
            "I called", f"practice.room.called-{number}", partial(self._presenter.called, noted), kind="small"
        )
        inner = row(label(words, "error" if late else "", name=f"practice.room.awaited-{number}"), done)
        inner.setStretch(0, 1)
        line.setLayout(inner)
        return line

    def _show_list(self) -> None:
        clear_layout(self.items)
        self.answers = []
        for number, text in enumerate(self._list, start=1):
            answer = OptionRow(_ANSWERS)
            answer.setObjectName(f"practice.room.item-{number}")
            answer.setAccessibleName(text)
            answer.changed.connect(self._typed.autosave.touch)
            line = row(label(text), answer)
            line.setStretch(0, 1)
            line.setStretch(1, 1)
            self.items.addLayout(line)
            self.answers.append(answer)

    def show_problem(self, kind: CheckKind, problem: SafePlanError) -> None:
        """Shows a sentence beside its field, or on top."""
        field = problem.field if isinstance(problem, InvalidInputError) else ""
        if not self.forms[kind].show_error(field, problem.sentences):
            self.banner.show_problem(problem)

    def noted(self, kind: CheckKind) -> None:
        """Empties the form of what was noted."""
        self.banner.dismiss()
        if kind is CheckKind.LONE_WORKING:
            self.due.set_value(None)
            # Who and what stands there for the next call; it is noted.
            self._noted_call = self._call()
        elif kind is CheckKind.ROOM:
            self.room_note.set_value("")
            for answer in self.answers:
                answer.set_value(None)
        else:
            self.rehearsed.set_value("")
        self._typed.autosave.touch()
        self._typed.autosave.flush()

    # -- what is typed and not noted ------------------------------------------------------------------------------

    def _call(self) -> tuple[str, str, str]:
        return self.expects.value(), self.phone.value(), self.if_not.value()

    def _value(self) -> TypedRoom:
        call, due = self._call(), (self.due.day.line.text(), self.due.time.text())
        if call == self._noted_call and not any(due):
            call = ("", "", "")
        every = zip(self._list, (answer.value() for answer in self.answers), strict=True)
        answers = tuple(CheckedItem(text, fine) for text, fine in every if fine is not None)
        note, rehearsed = self.room_note.value(), self.rehearsed.value()
        return TypedRoom(
            *call,
            *due,
            answers=answers,
            room_note=note,
            # A day alone is nothing to be kept: it stands there by itself.
            room_day=self.room_day.line.text() if answers or note else "",
            rehearsed=rehearsed,
            rehearsal_day=self.rehearsal_day.line.text() if rehearsed else "",
        )

    def _fill(self, typed: TypedRoom) -> None:
        self.expects.set_value(typed.expects)
        self.phone.set_value(typed.phone)
        self.if_not.set_value(typed.if_not)
        self.due.day.line.setText(typed.due_day)
        self.due.time.setText(typed.due_time)
        given = {one.text: one.fine for one in typed.answers}
        for text, answer in zip(self._list, self.answers, strict=True):
            answer.set_value(given.get(text))
        self.room_note.set_value(typed.room_note)
        self.rehearsed.set_value(typed.rehearsed)
        today = self._presenter.today().isoformat()
        for field, day in ((self.room_day, typed.room_day), (self.rehearsal_day, typed.rehearsal_day)):
            field.line.setText(day or today)
        for form in self.forms.values():
            form.clear_errors()

    # -- what the therapist does ----------------------------------------------------------------------------------

    def _note_alone(self) -> None:
        self.forms[CheckKind.LONE_WORKING].clear_errors()
        self._presenter.note_alone(self.expects.value(), self.phone.value(), self.due.value(), self.if_not.value())

    def _note_room(self) -> None:
        self.forms[CheckKind.ROOM].clear_errors()
        answers = tuple(answer.value() for answer in self.answers)
        self._presenter.note_room(answers, self.room_note.value(), self.room_day.value())

    def _note_rehearsal(self) -> None:
        self.forms[CheckKind.REHEARSAL].clear_errors()
        self._presenter.note_rehearsal(self.rehearsed.value(), self.rehearsal_day.value())

    def _picked(self, noted: Noted) -> None:
        # Exercises are kept with the crisis protocol.
        self.remove.setEnabled(bool(noted.id))

    def _ask_remove(self) -> None:
        noted = self.table.current()
        if noted is None or not noted.id:
            return
        decide(
            self,
            "practice.room.ask-remove",
            "Take this entry out?",
            details="The activity log keeps that it was there.",
            yes="Take it out",
            no="Keep it",
            on_yes=lambda: self._presenter.remove(noted),
        )

    def _ask_list(self) -> None:
        _ListDialog(self, self._list, self._presenter).keeping(KeptWords(self._presenter.session)).open()


class _ListDialog(FormDialog):
    """The lines of the room check."""

    def __init__(self, parent: QWidget, lines: tuple[str, ...], presenter: ChecksPresenter) -> None:
        about = "One line each. Checks that were noted keep the lines of their day."
        super().__init__(parent, "room-list", "Room check", "The list for the room", about)
        self.items = TextArea(fewest_lines=8)
        self.items.set_value("\n".join(lines))
        self.form.add("items", "What is looked at", self.items)
        self.finish("Save the list", "save", lambda: presenter.save_list(self.items.value()))
        self.items.setFocus()


def _words(noted: Noted) -> str:
    """A check in one line."""
    check = noted.check
    if check.kind is CheckKind.LONE_WORKING:
        state = "called" if check.called_at is not None else "not called yet"
        return f"{check.expects}, {check.due_words()}: {state}"
    if check.kind is CheckKind.ROOM:
        wrong = "; ".join(check.to_put_right)
        return ". ".join(part for part in (f"To put right: {wrong}" if wrong else "All fine", check.note) if part)
    return check.note.replace("\n", " ")
