"""The Crisis panel as an exercise: marked on every part, timed, about no client; it ends with a summary."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from PySide6.QtCore import QSize, Qt, QTimer
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from safeplan_desktop.domain.crisis import CrisisRun, Variant
from safeplan_desktop.domain.drafts import DraftKind
from safeplan_desktop.domain.drills import Drill, drill_of, seconds_words
from safeplan_desktop.domain.moments import Moment
from safeplan_desktop.domain.vocabulary import label_of
from safeplan_desktop.errors import SafePlanError
from safeplan_desktop.services.session import Session
from safeplan_desktop.ui.crisis.presenter import CrisisPresenter
from safeplan_desktop.ui.crisis.view import CrisisPanel
from safeplan_desktop.ui.drafting import Autosave
from safeplan_desktop.ui.theme import GAP
from safeplan_desktop.ui.widgets.banner import Banner
from safeplan_desktop.ui.widgets.confirm import ask_discard
from safeplan_desktop.ui.widgets.dialog import Dialog, within_screen
from safeplan_desktop.ui.widgets.inputs import TextArea
from safeplan_desktop.ui.widgets.layout import Card, Form, button, label, row, scrolling_column

_SECOND_MS = 1000


@dataclass(frozen=True, slots=True)
class ExerciseFacts:
    """What a summary says of an exercise."""

    rows: tuple[tuple[str, str], ...]
    pace: tuple[tuple[str, str], ...]
    skipped: tuple[str, ...]


def facts_of(drill: Drill) -> ExerciseFacts:
    """An exercise in words: no mark, no verdict."""
    first = drill.seconds_to_first_call
    return ExerciseFacts(
        (
            ("Protocol", label_of(drill.variant)),
            ("Held on", f"{drill.held.local:%d %b %Y, %H:%M}"),
            ("Time in all", seconds_words(drill.seconds)),
            ("Time to the first call", "no call step was ticked" if first is None else seconds_words(first)),
        ),
        tuple((text, seconds_words(seconds)) for text, seconds in drill.pace),
        drill.skipped,
    )


class ExercisePanel(CrisisPanel):
    """The panel with one protocol, a clock, and an end."""

    def __init__(
        self, parent: QWidget, presenter: CrisisPresenter, variant: Variant, ended: Callable[[Variant], None]
    ) -> None:
        super().__init__(parent, presenter, (variant,))
        self._ended = ended
        strip = QFrame()
        strip.setProperty("role", "banner")
        strip.setProperty("kind", "caution")
        inner = QVBoxLayout(strip)
        inner.addWidget(label("This is an exercise. Nothing here is about a client, and nobody is called.", "heading"))
        self.clock_label = label("", "quiet", name="exercise.clock")
        inner.addWidget(self.clock_label)
        self._head.addWidget(strip)
        self.draft_button.setText("End the exercise")
        self.draft_button.setAccessibleName("End the exercise")
        self.draft_button.setObjectName("exercise.end")
        self.close_button.setText("Pause the exercise (Esc)")
        self.close_button.setAccessibleName("Pause the exercise (Esc)")
        self._timer = QTimer(self)
        self._timer.setInterval(_SECOND_MS)
        self._timer.timeout.connect(self._show_clock)

    def open_panel(self) -> None:
        super().open_panel()
        self._show_clock()
        self._timer.start()

    def _show_clock(self) -> None:
        began = self._presenter.run.began_at
        if began is not None:
            passed = int((self._presenter.clock.now() - began).total_seconds())
            self.clock_label.setText(f"Exercise: {seconds_words(passed)} since it was begun.")

    def _make_incident(self) -> None:
        self.hide()
        self._ended(self.variant)

    def _throw_away(self) -> None:
        super()._throw_away()
        self.reject()

    def done(self, result: int) -> None:
        self._timer.stop()
        super().done(result)


class SummaryDialog(Dialog):
    """What the exercise showed, and what to improve."""

    def __init__(self, parent: QWidget, presenter: CrisisPresenter, drill: Drill, keep: Callable[[str], None]) -> None:
        super().__init__(parent)
        self.setObjectName("exercise-summary")
        self.setWindowTitle("Exercise - SafePlan")
        self.setModal(True)
        self._presenter, self._keep = presenter, keep
        facts = facts_of(drill)
        self.banner = Banner("exercise-summary.banner")
        column = QWidget()
        inner = QVBoxLayout(column)
        inner.setContentsMargins(0, 0, GAP, 0)
        inner.setSpacing(2 * GAP)
        card = Card("Exercise: what it showed")
        for name, words in facts.rows:
            card.add(label(f"{name}: {words}"))
        inner.addWidget(card)
        pace = Card("Exercise: time for each step", "" if facts.pace else "No step was ticked.")
        for text, seconds in facts.pace:
            pace.add(label(f"{seconds}   {text}"))
        inner.addWidget(pace)
        skipped = Card("Exercise: steps that weren't ticked", "" if facts.skipped else "None.")
        for text in facts.skipped:
            skipped.add(label(f"•  {text}"))
        inner.addWidget(skipped)
        form = Form("exercise-summary")
        self.improve = TextArea(fewest_lines=3)
        self.improve.set_value(presenter.run.improve)
        form.add("improve", "What to improve", self.improve, "Write nothing about a client here")
        inner.addStretch(1)
        self.autosave = Autosave(self._note, self.banner.show_problem, presenter.clock, self)
        self.improve.changed.connect(self.autosave.touch)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(2 * GAP, 2 * GAP, 2 * GAP, 2 * GAP)
        layout.addWidget(self.banner)
        layout.addWidget(scrolling_column("exercise-summary", column, (0, 0, 0, 0)), 1)
        layout.addWidget(form)
        layout.addLayout(
            row(
                button("Throw the exercise away", "exercise-summary.throw-away", self._ask, kind="quiet"),
                None,
                button("Later", "exercise-summary.later", self.reject),
                button("Save the exercise", "exercise-summary.save", self._save, kind="primary"),
            )
        )
        self.resize(within_screen(self, QSize(760, 700)))
        self.improve.setFocus(Qt.FocusReason.OtherFocusReason)

    def _note(self) -> None:
        self._presenter.run = replace(self._presenter.run, improve=self.improve.value())
        self._presenter.save()

    def _save(self) -> None:
        self.autosave.forget()
        try:
            self._keep(self.improve.value())
        except SafePlanError as problem:
            self.banner.show_problem(problem)
            return
        self.accept()

    def _ask(self) -> None:
        ask_discard(self, "exercise-summary.ask", "exercise", "The exercises that were saved", self._throw_away)

    def _throw_away(self) -> None:
        self.autosave.forget()
        try:
            self._presenter.throw_away()
        except SafePlanError as problem:
            self.banner.show_problem(problem)
            return
        self.reject()

    def done(self, result: int) -> None:
        self.autosave.flush()
        super().done(result)


class Exercises:
    """Begins exercises, goes on with one that waits, and keeps those that were ended."""

    def __init__(
        self, window: QWidget, session: Session, presenter: CrisisPresenter, said: Callable[[str], None]
    ) -> None:
        self._window, self._session, self._presenter, self._said = window, session, presenter, said
        self.panel: ExercisePanel | None = None

    def begin(self, variant: Variant) -> None:
        """Begins an exercise, or goes on with the one that wasn't ended.

        Raises:
            SafePlanError: when it couldn't be saved.
        """
        waiting = self._session.crisis.waiting(DraftKind.DRILL)
        if waiting is None:
            now = self._presenter.clock.now().replace(microsecond=0)
            self._presenter.run = CrisisRun(began_at=now)
            self._session.crisis.save(DraftKind.DRILL, self._presenter.run, place=variant.value)
        else:
            draft, self._presenter.run = waiting
            variant = Variant(draft.place) if draft.place else variant
        self._presenter.saved = True
        if self._presenter.run.ended_at is not None:
            self._summary(variant)
            return
        self.panel = ExercisePanel(self._window, self._presenter, variant, self._end)
        self.panel.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.panel.open_panel()

    def _end(self, variant: Variant) -> None:
        self._presenter.run = replace(self._presenter.run, ended_at=self._presenter.clock.now().replace(microsecond=0))
        try:
            self._presenter.save()
        except SafePlanError as problem:
            if self.panel is not None:
                self.panel.show()
                self.panel.show_problem(problem)
            return
        self._summary(variant)

    def _summary(self, variant: Variant) -> None:
        waiting = self._session.crisis.waiting(DraftKind.DRILL)
        run = self._presenter.run
        if waiting is None or run.began_at is None or run.ended_at is None:
            return
        drill = drill_of(
            run,
            self._session.practice.protocol(),
            variant,
            drill_id=waiting[0].record_id,
            began=Moment(run.began_at, waiting[0].started_zone),
            ended_at=run.ended_at,
        )

        def keep(improve: str) -> None:
            self._session.drills.keep(drill, improve)
            self._presenter.run, self._presenter.saved = CrisisRun(), True
            self._said("The exercise is saved.")

        dialog = SummaryDialog(self._window, self._presenter, drill, keep)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()
