"""The part "Reviews and feedback": what is looked at again and when, open points for the policy, feedback over time."""

from __future__ import annotations

import datetime as dt
from functools import partial

from PySide6.QtWidgets import QWidget

from safeplan_desktop.domain.feedback import CLIENT_COLUMNS, CLIENT_QUESTIONS, Feedback, FeedbackFrom
from safeplan_desktop.domain.reviews import ABOUT, ReviewState, ReviewSubject
from safeplan_desktop.domain.vocabulary import label_of, shortened
from safeplan_desktop.ui.drafting import Autosave
from safeplan_desktop.ui.kept_words import KeptWords
from safeplan_desktop.ui.practice.feedback_editor import EditorActions, FeedbackEditor
from safeplan_desktop.ui.practice.feedback_sheet import FeedbackSheet
from safeplan_desktop.ui.practice.review_dialogs import IntervalDialog, NoChangeDialog, ReviewedDialog, TakenUpDialog
from safeplan_desktop.ui.practice.reviews_presenter import FeedbackRow, NoteRow, ReviewsPresenter, ReviewsState
from safeplan_desktop.ui.widgets.confirm import decide
from safeplan_desktop.ui.widgets.data_table import Column
from safeplan_desktop.ui.widgets.flow import FlowLayout
from safeplan_desktop.ui.widgets.inputs import Choice
from safeplan_desktop.ui.widgets.layout import Form, Page, button, label
from safeplan_desktop.ui.widgets.page_with_editor import PageWithEditor
from safeplan_desktop.ui.widgets.short_table import ShortTable
from safeplan_desktop.ui.widgets.wrapping import TickBox

_NAME = "practice.reviews"
_FEW, _MANY = 5, 10


class ReviewsPart(PageWithEditor[FeedbackEditor]):
    """The page, or the form of a feedback."""

    def __init__(self, presenter: ReviewsPresenter, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(f"{_NAME}.part")
        self._presenter = presenter
        self._state: ReviewsState | None = None
        self.autosave = Autosave(presenter.autosave, self.show_problem, presenter.session.desk.clock, self)
        self.page = Page(
            _NAME,
            "Reviews and feedback",
            "What is looked at again and how often, and what clients and you yourself say about the work.",
            self,
        )
        self.addWidget(self.page)
        self._build_schedule()
        self._build_points()
        self._build_form()
        self._build_feedback()
        self.page.body.addStretch(1)
        self.page.show_in_turns()
        presenter.attach(self)

    def make_editor(self, parent: QWidget) -> FeedbackEditor:
        """Builds the form of a feedback."""
        return FeedbackEditor(EditorActions(self._presenter.keep, self._close, self._presenter.discard), parent)

    def _build_schedule(self) -> None:
        card = self.page.card("What is looked at again")
        self.schedule = ShortTable(
            f"{_NAME}.schedule",
            "What is looked at again",
            (
                Column("What, and how often", _subject_words, stretch=True),
                Column("Last", lambda one: _day_words(one.last, "not yet"), width=118),
                Column("Next", _next_words, width=118),
            ),
            most=len(ReviewSubject),
        )
        self.schedule.opened.connect(lambda one: self._presenter.open_subject(one.subject))
        self.schedule.picked.connect(self._show_about)
        self.about = label("", "quiet", name=f"{_NAME}.about")
        card.add(self.schedule)
        card.add(self.about)
        line = FlowLayout(spacing=8)
        for made in (
            button("Reviewed today", f"{_NAME}.reviewed", self._ask_reviewed, kind="primary"),
            button("Change how often", f"{_NAME}.interval", self._ask_interval),
            button("Open it", f"{_NAME}.open", self._open),
        ):
            line.addWidget(made)
        card.add(line)
        self.notes = ShortTable(
            f"{_NAME}.notes",
            "What was noted",
            (
                Column("Day", lambda one: f"{one.day:%d %b %Y}", lambda one: one.day, width=115),
                Column("What", lambda one: label_of(one.note.subject), width=190),
                Column("Noted", lambda one: one.note.note.replace("\n", " ") or "looked at", stretch=True),
            ),
            most=_FEW,
        )
        self.take_back = button("Take this note out", f"{_NAME}.take-back", self._take_back, kind="small")
        self.notes_title = label("What was noted", "heading")
        card.add(self.notes_title)
        card.add(self.notes)
        back = FlowLayout(spacing=8)
        back.addWidget(self.take_back)
        card.add(back)

    def _build_points(self) -> None:
        card = self.page.card(
            "For the next review of the safety policy",
            "What was said in words and isn't decided yet. Decide one by one; each stays on record with what became of it.",
        )
        self.no_point = label("Nothing waits.", "quiet", name=f"{_NAME}.no-point")
        self.points = ShortTable(
            f"{_NAME}.points",
            "Open points",
            (
                Column("Day", lambda one: f"{one.kept.day:%d %b %Y}", lambda one: one.kept.day, width=115),
                Column("From", _from_words, width=130),
                Column("What was said", lambda one: one.form.point.replace("\n", " "), stretch=True),
            ),
            most=_FEW,
        )
        said = self.said = label("", name=f"{_NAME}.said")
        self.points.picked.connect(lambda one: said.setText(one.form.point))
        line = FlowLayout(spacing=8)
        self.point_buttons = [
            button("Taken up in a version...", f"{_NAME}.taken-up", self._ask_taken_up),
            button("No change needed, because...", f"{_NAME}.no-change", self._ask_no_change),
        ]
        for made in self.point_buttons:
            line.addWidget(made)
        for content in (self.no_point, self.points, self.said):
            card.add(content)
        card.add(line)

    def _build_form(self) -> None:
        card = self.page.card(
            "Ask a client",
            "Our own short form, on paper or on this screen turned to the client. Without a name, nobody can tell whose it is.",
        )
        form = Form(_NAME)
        self.client, self.language = Choice([], "Without a name"), Choice(self._presenter.languages(), "")
        form.add_row(("client", "Client", self.client, ""), ("language", "Language of the form", self.language, ""))
        self.client.changed.connect(self._client_chosen)
        self.with_name = TickBox("Print the client's name on the form")
        self.with_name.setObjectName(f"{_NAME}.with-name")
        self.with_name.setAccessibleName("Print the client's name on the form")
        card.add(form)
        card.add(self.with_name)
        line = FlowLayout(spacing=8)
        self.resume = button("Go on with what waits", f"{_NAME}.resume", self._presenter.resume, kind="primary")
        for made in (
            self.resume,
            button("Answer on this screen", f"{_NAME}.on-screen", self._on_screen),
            button("Print the form", f"{_NAME}.print", self._print),
            button("Enter from paper", f"{_NAME}.from-paper", self._from_paper),
            button("My own feedback", f"{_NAME}.own", self._presenter.begin_own),
        ):
            line.addWidget(made)
        card.add(line)

    def _build_feedback(self) -> None:
        card = self.page.card(
            "Feedback over time", "Answers from 0 to 10, as they were given. The program draws no conclusion from them."
        )
        self.none = label(
            "Nothing yet. Ask a client whom you have known for some weeks.", "quiet", name=f"{_NAME}.none"
        )
        numbers = [
            Column(title, partial(_number_words, question), partial(_number_key, question), width=58)
            for title, question in zip(("Heard", "Goals", "Way", "All", "Plan"), CLIENT_QUESTIONS, strict=True)
        ]
        self.of_clients = ShortTable(
            f"{_NAME}.of-clients",
            f"Feedback of clients: {', '.join(CLIENT_COLUMNS).lower()}",
            (
                Column("Day", lambda one: f"{one.kept.day:%d %b %Y}", lambda one: one.kept.day, width=115),
                Column("Of", lambda one: one.who, stretch=True),
                *numbers,
            ),
            most=_MANY,
        )
        self.own = ShortTable(
            f"{_NAME}.of-mine",
            "My own feedback",
            (
                Column("Day", lambda one: f"{one.kept.day:%d %b %Y}", lambda one: one.kept.day, width=115),
                Column("Confidence", partial(_number_words, "confidence"), width=105),
                Column("Workload", partial(_number_words, "workload"), width=95),
                Column("Plans", _quality_words, stretch=True),
            ),
            most=_FEW,
        )
        self.chosen = label("", name=f"{_NAME}.chosen")
        self.remove = button("Take this feedback out", f"{_NAME}.remove", self._ask_remove, kind="small")
        self._shown: FeedbackRow | None = None
        for table in (self.of_clients, self.own):
            table.picked.connect(self._show_feedback)
            table.opened.connect(self._show_feedback)
        self.own_title = label("My own", "heading")
        for content in (self.none, self.of_clients, self.own_title, self.own, self.chosen):
            card.add(content)
        line = FlowLayout(spacing=8)
        line.addWidget(self.remove)
        card.add(line)

    # -- what the presenter asks ----------------------------------------------------------------------------------

    def show_state(self, state: ReviewsState) -> None:
        """Shows what is stored."""
        # Filling the tables chooses rows, which shows them.
        before = self._shown
        self._state = state
        self.setCurrentWidget(self.page)
        chosen = self.schedule.currentIndex().row()
        self.schedule.set_rows(state.reviews)
        self.schedule.go_to(max(chosen, 0))
        self.notes.set_rows(state.notes)
        self.take_back.setVisible(bool(state.notes))
        self.notes_title.setVisible(bool(state.notes))
        self.points.set_rows(state.points)
        self.no_point.setVisible(not state.points)
        for widget in (self.said, *self.point_buttons):
            widget.setVisible(bool(state.points))
        self.client.set_options(state.clients, "Without a name")
        self.with_name.setEnabled(self.client.value() is not None)
        count = len(state.waiting)
        self.resume.setVisible(bool(count))
        self.resume.setText("Go on with what waits" if count == 1 else f"Go on with the newest of {count}")
        self.resume.setAccessibleName(self.resume.text())
        self.of_clients.set_rows(state.of_clients)
        self.own.set_rows(state.own)
        self.own_title.setVisible(bool(state.own))
        self.none.setVisible(not state.of_clients and not state.own)
        every = (*state.of_clients, *state.own)
        shown = next((one for one in every if before is not None and one.id == before.id), None)
        self._show_feedback(shown or (every[0] if every else None))

    def show_sheet(self, sheet: FeedbackSheet) -> None:
        """Shows the form of a feedback."""
        self.setCurrentWidget(self.editor)
        self.editor.show_sheet(sheet)

    def form(self, form: Feedback) -> Feedback:
        """The form as typed."""
        return self.editor.value(form)

    def day(self) -> dt.date | None:
        """The day as typed."""
        return self.editor.day.value()

    # -- the schedule ---------------------------------------------------------------------------------------------

    def _show_about(self, state: ReviewState) -> None:
        why = f"Due at once, {state.why}. " if state.why else ""
        self.about.setText(f"{_subject_words(state)}. {why}{ABOUT[state.subject]}")

    def _ask_reviewed(self) -> None:
        state = self.schedule.current()
        if state is not None and self._state is not None:
            dialog = ReviewedDialog(self, state, self._state.today, partial(self._presenter.reviewed, state.subject))
            dialog.keeping(KeptWords(self._presenter.session, state.subject.value)).open()

    def _ask_interval(self) -> None:
        state = self.schedule.current()
        if state is not None:
            IntervalDialog(self, state, self._presenter.set_interval).open()

    def _open(self) -> None:
        state = self.schedule.current()
        if state is not None:
            self._presenter.open_subject(state.subject)

    def _take_back(self) -> None:
        chosen: NoteRow | None = self.notes.current()
        if chosen is not None:
            decide(
                self,
                f"{_NAME}.ask-take-back",
                "Take this note out?",
                details="What it was about may be due again then. The activity log keeps that it was there.",
                yes="Take it out",
                no="Keep it",
                on_yes=lambda: self._presenter.take_back(chosen),
            )

    # -- feedback -------------------------------------------------------------------------------------------------

    def _client_chosen(self) -> None:
        client_id = self.client.value() or ""
        self.with_name.setEnabled(bool(client_id))
        if not client_id:
            self.with_name.setChecked(False)
        self.language.set_value(self._presenter.language_of(client_id))

    def _on_screen(self) -> None:
        self._presenter.begin_on_screen(self.client.value() or "", self.language.value())

    def _print(self) -> None:
        client_id = self.client.value() or ""
        self._presenter.print_form(client_id, self.language.value(), with_name=self.with_name.isChecked())

    def _from_paper(self) -> None:
        self._presenter.begin_from_paper(self.client.value() or "", self.language.value())

    def _close(self) -> None:
        self.autosave.flush()
        self._presenter.close()

    def _ask_taken_up(self) -> None:
        chosen: FeedbackRow | None = self.points.current()
        if chosen is not None and self._state is not None:
            save = partial(self._presenter.taken_up, chosen)
            TakenUpDialog(self, _in_one_line(chosen), self._state.newest_version, save).open()

    def _ask_no_change(self) -> None:
        chosen: FeedbackRow | None = self.points.current()
        if chosen is not None:
            dialog = NoChangeDialog(self, _in_one_line(chosen), partial(self._presenter.no_change, chosen))
            dialog.keeping(KeptWords(self._presenter.session, chosen.id, chosen.kept.client_id)).open()

    def _show_feedback(self, chosen: FeedbackRow | None) -> None:
        self._shown = chosen
        self.remove.setVisible(chosen is not None)
        self.chosen.setText("" if chosen is None else _told(chosen))

    def _ask_remove(self) -> None:
        chosen = self._shown
        if chosen is not None:
            decide(
                self,
                f"{_NAME}.ask-remove",
                "Take this feedback out?",
                details="The activity log keeps that it was there.",
                yes="Take it out",
                no="Keep it",
                on_yes=lambda: self._presenter.remove(chosen),
            )


def _day_words(day: dt.date | None, none: str) -> str:
    return none if day is None else f"{day:%d %b %Y}"


def _subject_words(state: ReviewState) -> str:
    return f"{label_of(state.subject)}, {state.interval.words}"


def _in_one_line(row: FeedbackRow) -> str:
    return shortened(row.form.point.replace("\n", " "))


def _next_words(state: ReviewState) -> str:
    if not state.interval.on:
        return "off"
    return "at once" if state.why else _day_words(state.due, "open")


def _from_words(row: FeedbackRow) -> str:
    return row.who if row.form.source is FeedbackFrom.CLIENT else "me"


def _number_words(question: str, row: FeedbackRow) -> str:
    value = row.form.rating(question)
    return "" if value is None else str(value)


def _number_key(question: str, row: FeedbackRow) -> int:
    value = row.form.rating(question)
    return -1 if value is None else value


def _quality_words(row: FeedbackRow) -> str:
    asked = [item for item in row.form.quality if item.fine is not None]
    return f"{sum(bool(item.fine) for item in asked)} of {len(asked)} as they should be" if asked else ""


def _told(row: FeedbackRow) -> str:
    """All of a feedback but its numbers."""
    form = row.form
    whose = f"{row.who}, {label_of(form.way).lower()}" if form.way else "my own"
    parts = [f"{row.kept.day:%d %b %Y}, {whose}"]
    if form.plan_used is not None:
        helped = ", ".join(label_of(key).lower() for key in form.helped)
        used = "The plan was used" if form.plan_used else "The plan wasn't used"
        parts.append(f"{used}{f'; what helped: {helped}' if helped else ''}")
    parts += [part for part in (form.point,) if part]
    if form.decision is not None:
        parts.append(f"{form.decision.sentence} ({form.decision.on:%d %b %Y})")
    return "\n".join(parts)
