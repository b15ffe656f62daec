"""The form of a session note: short fields first, then words; where the client is is asked at each session apart."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, replace

from PySide6.QtWidgets import QHBoxLayout, QWidget

from safeplan_desktop.domain.answers import Answer
from safeplan_desktop.domain.moments import Moment
from safeplan_desktop.domain.session_notes import APART, PLACES, SessionNoteForm, Whereabout, time_on
from safeplan_desktop.domain.vocabulary import label_of
from safeplan_desktop.errors import InvalidInputError
from safeplan_desktop.ui.theme import GAP
from safeplan_desktop.ui.widgets.dates import DateField
from safeplan_desktop.ui.widgets.inputs import Choice, OptionRow, TextArea, TextLine
from safeplan_desktop.ui.widgets.layout import Card, button, label, row
from safeplan_desktop.ui.widgets.times import TimeField
from safeplan_desktop.ui.written.editor import RecordEditor

_LINES = ("place_note", "modality", "participants")
_TEXTS = ("risk", "interventions", "response", "homework", "text")
_WHERE = ("location", "callback", "present")
_USED = ((Answer.YES, "Yes"), (Answer.NO, "No"), (Answer.NOT_ASKED, "Not asked"))


@dataclass(frozen=True, slots=True)
class SessionPorts:
    """What the form asks for.

    Attributes:
        now: The present moment.
        last_where: Where the client was in the last session apart, with that session; None where there is none.
        quick_check: Opens the client's quick check.
        keep_agenda: Keeps a structure as the practice's usual one; raises `InvalidInputError` naming "agenda".
    """

    now: Callable[[], Moment]
    last_where: Callable[[], tuple[Whereabout, SessionNoteForm] | None]
    quick_check: Callable[[], None]
    keep_agenda: Callable[[tuple[str, ...]], None]


class SessionNoteEditor(RecordEditor):
    """All fields of a session note."""

    def __init__(self, ports: SessionPorts, parent: QWidget | None = None) -> None:
        super().__init__("session-note", parent=parent)
        self._ports, self._base, self._offered = ports, SessionNoteForm(), Whereabout()
        self.day, self.next_on = DateField(), DateField()
        self.started, self.ended = TimeField(self._now), TimeField(self._now)
        self.place = Choice([(place, label_of(place)) for place in PLACES])
        self.lines = {name: TextLine(longest=300) for name in _LINES}
        self.where = {name: TextLine(longest=300) for name in _WHERE}
        self.texts = {name: TextArea(fewest_lines=2) for name in _TEXTS}
        self.texts["text"] = TextArea(fewest_lines=3, most_lines=20)
        self.agenda = TextArea(fewest_lines=3)
        self.plan_used = OptionRow(_USED, clearable=False)
        self._build()
        self.listen(self.day, self.next_on, self.started, self.ended, self.place, self.agenda, self.plan_used)
        self.listen(*self.lines.values(), *self.where.values(), *self.texts.values())
        self.place.changed.connect(self._show_where)
        for field in (self.day, self.started, self.ended):
            field.changed.connect(self._show_next_day)

    def _now(self) -> dt.time:
        return self._ports.now().local.time()

    # -- building -----------------------------------------------------------------------------------------------------

    def _build(self) -> None:
        _, form = self.add_card()
        self.add_row(
            form,
            ("day", "Day", self.day, ""),
            ("started_at", "Began", self.started, ""),
            ("ended_at", "Ended", self.ended, ""),
        )
        self._next_day = label("", "quiet", name="session-note.next-day")
        form.add_widget(self._next_day)
        self.add_row(
            form,
            ("place", "Where", self.place, ""),
            ("place_note", "More about the place", self.lines["place_note"], ""),
        )
        self.lines["modality"].setPlaceholderText("Such as individual, couple; CBT")
        self.add_row(
            form,
            ("modality", "Kind of session", self.lines["modality"], ""),
            ("participants", "Who took part", self.lines["participants"], ""),
        )
        self._build_where()
        self._build_agenda()
        self._build_checked()
        _, form = self.add_card("The session")
        form.add("interventions", "What was done", self.texts["interventions"])
        form.add("response", "How the client responded", self.texts["response"])
        form.add("homework", "Agreed until the next session", self.texts["homework"])
        form.add("text", "Note", self.texts["text"], "Facts and what was said; guesses belong in a psychotherapy note")
        form.add("next_on", "Next session", self.next_on)
        self.add_signature("note")

    def _build_where(self) -> None:
        self.where_card = Card(
            "Where the client is now", "Asked at each session by video or phone, so that help finds them."
        )
        self._last = label("", name="session-note.last-where")
        self.use_last = button("Asked, and it is still so", "session-note.use-last", self._take_last, kind="small")
        form = self.new_form()
        form.add("location", "Where", self.where["location"], "Address, floor, room")
        self.add_row(
            form,
            ("callback", "Number to call back", self.where["callback"], ""),
            ("present", "Who else is there", self.where["present"], ""),
        )
        self.where_card.add(self._last)
        self.where_card.add(row(self.use_last, None))
        self.where_card.add(form)
        self.column.addWidget(self.where_card)

    def _build_agenda(self) -> None:
        card, form = self.add_card("Structure of the session")
        form.add("agenda", "Points, one on each line", self.agenda)
        card.add(
            row(None, button("Keep as my usual structure", "session-note.keep-agenda", self._keep_agenda, kind="small"))
        )

    def _build_checked(self) -> None:
        _, form = self.add_card("Spoken of and checked")
        self.limits = self.tick("limits", "Limits of confidentiality explained")
        self.boundaries = self.tick("boundaries", "Boundaries spoken of")
        self.risk_checked = self.tick("risk-checked", "Risk checked")
        check = button("Quick check...", "session-note.quick-check", self._ports.quick_check, kind="small")
        for content in (row(self.limits, None), row(self.boundaries, None), row(self.risk_checked, check, None)):
            form.add_widget(_holder(content))
        form.add("plan_used", "Safety plan used since the last session", self.plan_used)
        form.add("risk", "Risk: what you saw and asked", self.texts["risk"])

    # -- filling ------------------------------------------------------------------------------------------------------

    def fill(self, form: SessionNoteForm) -> None:
        """Fills the fields."""
        self._base = form
        self.day.set_value(form.day)
        for field, at in ((self.started, form.started_at), (self.ended, form.ended_at)):
            local = form.local(at)
            field.set_value(None if local is None else local.time())
        self.place.set_value(form.place)
        for name, line in self.lines.items():
            line.set_value(getattr(form, name))
        for name, line in self.where.items():
            line.set_value(getattr(form.whereabout, name))
        for name, text in self.texts.items():
            text.set_value(getattr(form, name))
        self.agenda.set_value("\n".join(form.agenda))
        self.limits.setChecked(form.limits_explained)
        self.boundaries.setChecked(form.boundaries_spoken)
        self.risk_checked.setChecked(form.risk_checked)
        self.plan_used.set_value(form.plan_used)
        self.next_on.set_value(form.next_on)
        self._show_where()
        self._show_next_day()

    def first_field(self, form: SessionNoteForm) -> QWidget:
        """In a session apart, where the client is comes first; else when it ended."""
        return self.where["location"] if form.apart and not form.whereabout.location else self.ended

    def _show_where(self) -> None:
        """Asks where the client is, in a session apart, and offers what was said last; it is taken on a click alone."""
        apart = self.place.value() in APART
        self.where_card.setVisible(apart)
        last = self._ports.last_where() if apart else None
        self._last.setVisible(last is not None)
        self.use_last.setVisible(last is not None)
        if last is None:
            return
        self._offered, form = last
        said = ", ".join(part for part in (last[0].location, last[0].callback) if part.strip())
        present = f"; who else was there: {last[0].present}" if last[0].present.strip() else ""
        day = f"{form.day:%d %b %Y}" if form.day else ""
        self._last.setText(f"Last time ({day}): {said}{present}")

    def _show_next_day(self) -> None:
        """Says when an end is taken to be of the next day."""
        form = self.value()
        ended = form.local(form.ended_at) if form.past_midnight else None
        self._next_day.setText(
            f"Ended on the next day, {ended:%d %b %Y}, after {form.minutes} minutes." if ended else ""
        )
        self._next_day.setVisible(ended is not None)

    def _take_last(self) -> None:
        for name, line in self.where.items():
            line.set_value(getattr(self._offered, name))
        self.changed.emit()
        self.where["present"].setFocus()

    def _keep_agenda(self) -> None:
        self.clear_errors()
        try:
            self._ports.keep_agenda(self._points())
        except InvalidInputError as problem:
            self.show_error(problem.field, problem.sentences)

    # -- reading ------------------------------------------------------------------------------------------------------

    def _points(self) -> tuple[str, ...]:
        return tuple(self.agenda.value().splitlines())

    def _at(self, time: dt.time | None, after: dt.datetime | None = None) -> dt.datetime | None:
        """A time on the day of the session; where that can't be read yet, on the day it had before, so that none is lost."""
        if time is None:
            return None
        day = self.day.value() or self._base.day or self._ports.now().local_date
        return time_on(day, time, self._base.zone, after=after)

    def value(self) -> SessionNoteForm:
        """The note as typed."""
        started = self._at(self.started.value())
        return replace(
            self._base,
            day=self.day.value(),
            started_at=started,
            ended_at=self._at(self.ended.value(), started),
            place=self.place.value(),
            whereabout=Whereabout(**{name: line.value() for name, line in self.where.items()}),
            agenda=self._points(),
            limits_explained=self.limits.isChecked(),
            boundaries_spoken=self.boundaries.isChecked(),
            risk_checked=self.risk_checked.isChecked(),
            plan_used=self.plan_used.value() or Answer.NOT_ASKED,
            next_on=self.next_on.value(),
            **{name: line.value() for name, line in self.lines.items()},
            **{name: text.value() for name, text in self.texts.items()},
        )


def _holder(content: QHBoxLayout) -> QWidget:
    content.setSpacing(2 * GAP)
    made = QWidget()
    made.setLayout(content)
    return made
