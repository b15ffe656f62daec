"""The part "Training" of the practice: rules with their progress, the log, certificates, and the form of a training."""

from __future__ import annotations

import datetime as dt
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from safeplan_desktop.domain.training import Training, hours_number, hours_words
from safeplan_desktop.domain.training_rules import RenewalRule
from safeplan_desktop.domain.vocabulary import label_of
from safeplan_desktop.errors import SafePlanError
from safeplan_desktop.services.training_documents import progress_height, progress_svg
from safeplan_desktop.ui.drafting import Autosave
from safeplan_desktop.ui.kept_words import KeptWords
from safeplan_desktop.ui.practice.rule_dialog import DaysDialog, RuleDialog
from safeplan_desktop.ui.practice.training_editor import EditorActions, TrainingEditor
from safeplan_desktop.ui.practice.training_presenter import (
    WAITING,
    ProgressRow,
    TrainingPresenter,
    TrainingRow,
    TrainingState,
)
from safeplan_desktop.ui.printing import choose_save_path
from safeplan_desktop.ui.theme import GAP
from safeplan_desktop.ui.widgets.attachments import AttachmentList
from safeplan_desktop.ui.widgets.confirm import decide
from safeplan_desktop.ui.widgets.data_table import Column
from safeplan_desktop.ui.widgets.flow import FlowLayout
from safeplan_desktop.ui.widgets.layout import READABLE_WIDTH, Page, button, label
from safeplan_desktop.ui.widgets.page_with_editor import PageWithEditor
from safeplan_desktop.ui.widgets.plot import POINTS_A_LINE, Plot, plot_inks
from safeplan_desktop.ui.widgets.short_table import ShortTable

_NAME = "practice.trainings"
_MOST_ROWS = 10


class TrainingPart(PageWithEditor[TrainingEditor]):
    """The list, or the form."""

    def __init__(self, presenter: TrainingPresenter, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(f"{_NAME}.part")
        self._presenter = presenter
        self._state = TrainingState((), ())
        self.autosave = Autosave(presenter.autosave, self.show_problem, presenter.session.desk.clock, self)
        self.page = Page(
            _NAME,
            "Training",
            "What you learned, and what your renewals still ask for. Exercises of the crisis protocol enter by themselves.",
            self,
        )
        self.addWidget(self.page)
        self._build_rules()
        self._build_log()
        self.files = AttachmentList(
            f"{_NAME}.files", "Certificates of the chosen training", "PDF, PNG or JPEG, up to 20 MB.", "Certificate"
        )
        self.files.changed.connect(self._files_changed)
        self.page.add(self.files)
        self.page.body.addStretch(1)
        presenter.attach(self)

    def make_editor(self, parent: QWidget) -> TrainingEditor:
        """Builds the form of a training."""
        return TrainingEditor(EditorActions(self._presenter.save, self._close, self._presenter.discard), parent)

    def _build_rules(self) -> None:
        card = self.page.card(
            "Rules for renewals",
            "Your board's rules, typed by you. Today reminds you 60 days before the due day. The safety policy says what "
            "stands here.",
        )
        self.no_rule = label(
            "There is no rule yet. Add one to see what is missing; published ones are there to begin with.",
            "quiet",
            name=f"{_NAME}.no-rule",
        )
        self.plot = Plot(f"{_NAME}.plot", "Bars of the hours done; the table below says the same")
        self.rules = ShortTable(
            f"{_NAME}.rules",
            "What the rules ask for in the present cycle",
            (
                Column("Rule and hours", lambda one: one.words, stretch=True),
                Column("Done", _done_words, lambda one: one.line.done, width=105),
                Column(
                    "Missing", lambda one: hours_words(one.line.missing) if one.line.missing else "nothing", width=80
                ),
                Column("Due on", _due_words, width=120),
            ),
            most=_MOST_ROWS,
        )
        self.rules.opened.connect(lambda one: self._ask_rule(one.progress.rule))
        self.rule_about = label("", "quiet", name=f"{_NAME}.rule-about")
        self.rules.picked.connect(self._rule_picked)
        line = FlowLayout(spacing=8)
        line.addWidget(button("Add a rule", f"{_NAME}.add-rule", lambda: self._ask_rule(None)))
        self.rule_buttons = [
            button("Change", f"{_NAME}.change-rule", self._change_rule),
            button("Print this cycle", f"{_NAME}.print-cycle", partial(self._print_cycle, 0)),
            button("Print the cycle before", f"{_NAME}.print-before", partial(self._print_cycle, 1)),
            button("It is renewed", f"{_NAME}.renewed", self._ask_renewed),
            button("Take the rule out", f"{_NAME}.remove-rule", self._ask_remove_rule, kind="quiet"),
        ]
        for made in self.rule_buttons:
            line.addWidget(made)
        for content in (self.no_rule, self.plot, self.rules, self.rule_about):
            card.add(content)
        card.add(line)

    def _build_log(self) -> None:
        card = self.page.card("Training log")
        self.none = label("Nothing yet. Add the training that you came from last.", "quiet", name=f"{_NAME}.none")
        self.table = ShortTable(
            f"{_NAME}.table",
            "Training log",
            (
                Column("Day", _day_words, lambda one: one.day or dt.date.max, width=115),
                Column("Training", _title_words, stretch=True),
                Column(
                    "Hours", lambda one: hours_number(one.training.minutes), lambda one: one.training.minutes, width=70
                ),
                Column("Certificate", _files_words, width=105),
            ),
            most=_MOST_ROWS,
        )
        self.table.opened.connect(self._presenter.open)
        self.table.picked.connect(self._picked)
        self.about = label("", "quiet", name=f"{_NAME}.about")
        line = FlowLayout(spacing=8)
        line.addWidget(button("Add a training", f"{_NAME}.add", self._presenter.begin_new, kind="primary"))
        self.change = button("Change", f"{_NAME}.change", self._change)
        self.remove = button("Take out", f"{_NAME}.remove", self._ask_remove)
        self.print = button("Print", f"{_NAME}.print", self._ask_print)
        self.export = button("Save as a table", f"{_NAME}.table-out", self._ask_table)
        for made in (self.change, self.remove, self.print, self.export):
            line.addWidget(made)
        for content in (self.none, self.table, self.about):
            card.add(content)
        card.add(line)

    # -- what the presenter asks ----------------------------------------------------------------------------------

    def show_list(self, state: TrainingState, chosen: str = "") -> None:
        """Shows rules and log; with `chosen`, that training is the chosen one."""
        came_back = self.in_editor
        self._state = state
        self.setCurrentWidget(self.page)
        self._show_rules(state)
        self.table.set_rows(state.rows)
        for widget in (self.about, self.change, self.remove, self.print, self.export):
            widget.setVisible(bool(state.rows))
        self.none.setVisible(not state.rows)
        if chosen:
            self.table.choose(lambda one: one.id == chosen)
        self._picked(self.table.current())
        if came_back:
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_rules(self, state: TrainingState) -> None:
        there = bool(state.progress)
        for widget in (self.plot, self.rule_about, *self.rule_buttons):
            widget.setVisible(there)
        self.no_rule.setVisible(not there)
        self.rules.set_rows(state.progress)
        if not there:
            return
        self._rule_picked(self.rules.current())
        self._draw(state)

    def _draw(self, state: TrainingState) -> None:
        pixels_a_point = self.fontMetrics().lineSpacing() / POINTS_A_LINE
        room = min(self.width() or READABLE_WIDTH, READABLE_WIDTH) - 10 * GAP
        bars = state.bars
        self.plot.setFixedHeight(round(progress_height(bars) * pixels_a_point))
        inks = plot_inks()
        width = max(room / pixels_a_point, 260.0)
        self.plot.begin()

        def drawn(svg: bytes) -> None:
            if state is self._state:
                self.plot.show_svg(svg)

        def failed(problem: SafePlanError) -> None:
            self.plot.fail()
            self.page.banner.show_problem(problem)

        self._presenter.run(lambda _control: progress_svg(bars, width, inks), drawn, failed, owner=self)

    def show_editor(self, form: Training, topics: tuple[str, ...], *, saved_before: bool) -> None:
        """Shows the form."""
        self.editor.title.setText("Change a training" if saved_before else "A new training")
        self.setCurrentWidget(self.editor)
        self.editor.fill(form, topics)

    def form(self) -> Training:
        """The form as typed."""
        return self.editor.value()

    # -- what the therapist does ----------------------------------------------------------------------------------

    def _close(self) -> None:
        self.autosave.flush()
        self._presenter.close()

    def _picked(self, chosen: TrainingRow | None) -> None:
        kept = chosen is not None and not chosen.of_drill
        self.change.setEnabled(kept)
        self.remove.setEnabled(kept)
        with_files = chosen is not None and kept and not chosen.waiting
        self.files.setVisible(with_files)
        if chosen is None:
            return
        self.about.setText(_about(chosen))
        if with_files:
            self.files.show_record(self._presenter.files_of(chosen))

    def _files_changed(self) -> None:
        chosen = self.table.current()
        if chosen is not None:
            self._presenter.reload(chosen.id)

    def _change(self) -> None:
        if (chosen := self.table.current()) is not None:
            self._presenter.open(chosen)

    def _ask_remove(self) -> None:
        chosen = self.table.current()
        if chosen is None or chosen.of_drill:
            return
        decide(
            self,
            f"{_NAME}.ask-remove",
            "Throw this draft away?" if chosen.waiting else "Take this training out of the log?",
            details=""
            if chosen.waiting
            else "The activity log keeps that it was there. Its certificate stays in the encrypted file and comes back with it.",
            yes="Throw it away" if chosen.waiting else "Take it out",
            no="Keep it",
            on_yes=lambda: self._presenter.remove(chosen),
        )

    def _ask_print(self) -> None:
        DaysDialog(self, "Preview and print", self._presenter.print_days).open()

    def _ask_table(self) -> None:
        def save(since: dt.date | None, until: dt.date | None) -> None:
            path = choose_save_path(self, self._presenter.table_name(), "Table (*.csv)")
            if path is not None:
                self._presenter.save_table(since, until, path if path.suffix else path.with_suffix(".csv"))

        DaysDialog(self, "Save as a table...", save).open()

    # -- rules ----------------------------------------------------------------------------------------------------

    def _rule_picked(self, chosen: ProgressRow | None) -> None:
        if chosen is not None:
            rule, cycle = chosen.progress.rule, chosen.progress.cycle
            parts = [f"{rule.name}: {rule.sentence}. Present cycle: {cycle.words}."]
            if chosen.progress.renewed:
                parts.append("Marked as renewed.")
            if rule.source:
                parts.append(f"{rule.source}.")
            self.rule_about.setText(" ".join(parts))

    def _ask_rule(self, rule: RenewalRule | None) -> None:
        presenter = self._presenter
        dialog = RuleDialog(
            self,
            rule or RenewalRule(""),
            presenter.topics(),
            presenter.examples(),
            presenter.begun_with,
            presenter.save_rule,
        )
        dialog.keeping(KeptWords(presenter.session, rule.id if rule else "")).open()

    def _change_rule(self) -> None:
        if (chosen := self.rules.current()) is not None:
            self._ask_rule(chosen.progress.rule)

    def _print_cycle(self, back: int) -> None:
        if (chosen := self.rules.current()) is not None:
            self._presenter.print_cycle(chosen.progress.rule, back)

    def _ask_renewed(self) -> None:
        chosen = self.rules.current()
        if chosen is None:
            return
        decide(
            self,
            f"{_NAME}.ask-renewed",
            f"Is {chosen.progress.rule.name} renewed for this cycle?",
            details="Today stops asking about it, whatever the hours are, and begins again with the next cycle.",
            yes="It is renewed",
            no="Not yet",
            on_yes=lambda: self._presenter.renewed(chosen.progress),
        )

    def _ask_remove_rule(self) -> None:
        chosen = self.rules.current()
        if chosen is None:
            return
        decide(
            self,
            f"{_NAME}.ask-remove-rule",
            f"Take the rule {chosen.progress.rule.name} out?",
            details="Trainings and certificates stay. The safety policy is out of date then, and says so.",
            yes="Take it out",
            no="Keep it",
            on_yes=lambda: self._presenter.remove_rule(chosen.progress.rule),
        )


def _done_words(one: ProgressRow) -> str:
    return f"{hours_number(one.line.done)} of {hours_words(one.line.wanted)}"


def _due_words(one: ProgressRow) -> str:
    return "renewed" if one.progress.renewed else f"{one.progress.cycle.due:%d %b %Y}"


def _day_words(one: TrainingRow) -> str:
    return WAITING if one.waiting else f"{one.day:%d %b %Y}"


def _title_words(one: TrainingRow) -> str:
    return one.training.title.strip() or "Without a name yet"


def _files_words(one: TrainingRow) -> str:
    if one.of_drill:
        return "timed here"
    return {0: "none", 1: "one"}.get(one.files, str(one.files))


def _about(one: TrainingRow) -> str:
    training = one.training
    hours = "; ".join(f"{part.topic}: {hours_words(part.minutes)}" for part in training.hours)
    if one.of_drill:
        return f"{hours}. Kept under Exercises, as it was timed there; Enter leads to it."
    recognised = ", ".join(part for part in (training.accreditor, training.number) if part)
    how = label_of(training.format) if training.format else ""
    return ". ".join(part for part in (training.provider, how, hours, recognised, training.reflection.strip()) if part)
