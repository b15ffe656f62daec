"""The unlocked window: client bar and tabs. It joins the screens, which don't know each other."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QDialog,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from safeplan_desktop.domain.changes import Change, Noun
from safeplan_desktop.domain.crisis import Variant
from safeplan_desktop.domain.incidents import IncidentForm
from safeplan_desktop.errors import SafePlanError, StorageUnavailableError
from safeplan_desktop.security.kdf import KdfParameters
from safeplan_desktop.services.exports import Document
from safeplan_desktop.services.find import GROUPS, Found
from safeplan_desktop.services.session import Session
from safeplan_desktop.ui.backups.activity_presenter import ActivityPresenter
from safeplan_desktop.ui.backups.check_presenter import CheckPresenter
from safeplan_desktop.ui.backups.presenter import BackupsPresenter
from safeplan_desktop.ui.backups.view import BackupsScreen
from safeplan_desktop.ui.changes import Changes, RefreshWhenShown
from safeplan_desktop.ui.clients.presenter import ClientsPresenter
from safeplan_desktop.ui.clients.view import ClientsScreen
from safeplan_desktop.ui.drafting import Autosave
from safeplan_desktop.ui.find.view import FindDialog
from safeplan_desktop.ui.incidents.presenter import IncidentsPresenter
from safeplan_desktop.ui.incidents.view import IncidentsScreen
from safeplan_desktop.ui.jobs import Jobs
from safeplan_desktop.ui.plan.presenter import PlanPresenter
from safeplan_desktop.ui.plan.reading_parts import Reading
from safeplan_desktop.ui.plan.view import PlanScreen
from safeplan_desktop.ui.ports import Control, RunJob
from safeplan_desktop.ui.practice.feedback_sheet import FeedbackSheet
from safeplan_desktop.ui.practice.presenter import PracticePresenter
from safeplan_desktop.ui.practice.view import PracticeScreen
from safeplan_desktop.ui.previewing import Previewer
from safeplan_desktop.ui.read_ahead import load_soon
from safeplan_desktop.ui.report_period import PeriodDialog
from safeplan_desktop.ui.screen_tabs import TABS, ScreenTabs
from safeplan_desktop.ui.screening.presenter import ScreeningPresenter
from safeplan_desktop.ui.screening.view import ScreeningScreen
from safeplan_desktop.ui.theme import GAP
from safeplan_desktop.ui.today.presenter import TodayPresenter
from safeplan_desktop.ui.today.view import TodayView
from safeplan_desktop.ui.widgets.banner import Banner
from safeplan_desktop.ui.widgets.layout import Place, button
from safeplan_desktop.ui.widgets.tab_order import go_to_first_stop
from safeplan_desktop.ui.widgets.toast import Toast


def job_runner(jobs: Jobs, usual_owner: QWidget) -> RunJob:
    """What presenters are given to start long work."""

    def run(
        work: Callable[[Control], Any],
        on_done: Callable[[Any], None],
        on_problem: Callable[[SafePlanError], None],
        on_progress: Callable[[float | None, str], None] | None = None,
        *,
        owner: QObject | None = None,
    ) -> None:
        jobs.start(work, owner or usual_owner, on_done, on_problem, on_progress)

    return run


_IN_PRACTICE = {
    Noun.HANDOUT: "handouts",
    Noun.POLICY: "policy",
    Noun.TRAINING: "training",
    Noun.FEEDBACK: "reviews",
    Noun.REVIEW: "reviews",
    **dict.fromkeys((Noun.CONSULTATION, Noun.SELF_CARE, Noun.CHECK_IN), "support"),
}
"""Records that stand in a part of the practice."""


class Workspace(QWidget):
    """All screens of an open vault; it lives from unlock to lock."""

    crisis_wanted = Signal()
    lock_wanted = Signal()
    restore_wanted = Signal()
    session_view_wanted = Signal()
    feedback_wanted = Signal(object)
    exercise_wanted = Signal(object)
    calm_changed = Signal(bool)
    """Whether the way to other clients is closed, while the screen may be turned to the present one."""

    def __init__(self, session: Session, changes: Changes, jobs: Jobs, parameters: Callable[[], KdfParameters]) -> None:
        super().__init__()
        self.setObjectName("page")
        self.session, self._changes, self._jobs, self._parameters = session, changes, jobs, parameters
        self.client_id = ""
        self._run = job_runner(jobs, self)
        self._previewer = Previewer(self, session, self._run, self.show_problem)
        self._bar_buttons: list[QPushButton] = []
        self.banner = Banner("workspace.banner")
        self.tabs = ScreenTabs()
        self.tabs.setObjectName("tabs")
        self.tabs.setAccessibleName("Screens")
        self.tabs.setDocumentMode(True)
        self.screens: dict[str, QWidget] = {}
        self._places: dict[str, Place] = {}
        for name, words in TABS.items():
            self._places[name] = Place(f"tab.{name}")
            self.tabs.addTab(self._places[name], words)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._bar())
        layout.addWidget(self.banner)
        layout.addWidget(self.tabs, 1)
        self.toast = Toast(self, layout)
        self.screen_of("today")
        load_soon(self, self._run)
        self.tabs.currentChanged.connect(self._changed_tab)
        changes.changed.connect(self._hear)

    def _bar(self) -> QFrame:
        bar = QFrame()
        bar.setProperty("role", "bar")
        line = QHBoxLayout(bar)
        line.setContentsMargins(2 * GAP, GAP, 2 * GAP, GAP)
        line.setSpacing(GAP)
        self.client_label = QLabel("No client chosen")
        self.client_label.setObjectName("bar.client")
        self.client_label.setTextFormat(Qt.TextFormat.PlainText)
        self.client_label.setProperty("role", "heading")
        line.addWidget(self.client_label)
        line.addStretch(1)
        for words, name, action, kind in (
            ("New client", "bar.new", self.new_client, ""),
            ("Find", "bar.find", self.open_find, ""),
            ("Crisis", "bar.crisis", self.crisis_wanted.emit, "crisis"),
            ("Lock", "bar.lock", self.lock_wanted.emit, ""),
        ):
            made = button(words, name, action, kind=kind)
            line.addWidget(made)
            if name in ("bar.new", "bar.find"):
                self._bar_buttons.append(made)
        return bar

    # -- screens --------------------------------------------------------------------------------------------------

    def screen_of(self, name: str) -> Any:  # noqa: ANN401 - each screen is of its own kind
        """A screen, built when it is first needed."""
        if name not in self.screens:
            build = {
                "today": self._build_today,
                "clients": self._build_clients,
                "screening": self._build_screening,
                "plan": self._build_plan,
                "incidents": self._build_incidents,
                "practice": self._build_practice,
                "backups": self._build_backups,
            }[name]
            self.screens[name] = self._places[name].build(build)
        return self.screens[name]

    def _refresh(self, screen: QWidget, reload: Callable[[], None], *nouns: Noun) -> None:
        RefreshWhenShown(screen, self._changes, frozenset(nouns), reload)

    def _build_today(self, place: QWidget) -> QWidget:
        view = TodayView(TodayPresenter(self.session, self, self._run), place)
        self._refresh(view, view.reload, *Noun)
        return view

    def _build_clients(self, place: QWidget) -> QWidget:
        presenter = ClientsPresenter(self.session, self, self._run)
        view = ClientsScreen(presenter, place)
        self._refresh(view, presenter.reload, *Noun)
        self.clients_presenter = presenter
        return view

    def _build_screening(self, place: QWidget) -> QWidget:
        self.screening_presenter = ScreeningPresenter(self.session, self, self._run)
        view = ScreeningScreen(self.screening_presenter, place)
        self.screening_presenter.show_client(self.client_id)
        return view

    def _build_plan(self, place: QWidget) -> QWidget:
        self.plan_presenter = PlanPresenter(self.session, self)
        view = PlanScreen(self.plan_presenter, place)
        self._refresh(view, self.plan_presenter.reload, Noun.PLAN, Noun.PLAN_COPY)
        self.plan_presenter.show_client(self.client_id)
        return view

    def _build_incidents(self, place: QWidget) -> QWidget:
        presenter = IncidentsPresenter(self.session, self, self._run)
        self.incidents_presenter = presenter
        view = IncidentsScreen(presenter, place)
        self._refresh(view, presenter.reload, Noun.INCIDENT, Noun.ADDENDUM, Noun.DRAFT, Noun.CLIENT, Noun.SETTINGS)
        presenter.client_id = self.client_id
        presenter.show_log()
        return view

    def _build_practice(self, place: QWidget) -> QWidget:
        presenter = PracticePresenter(self.session, self, self._run, self._parameters)
        view = PracticeScreen(presenter, place)
        self._refresh(view, view.reload_exercises, Noun.DRILL, Noun.DRAFT)
        nouns = (Noun.POLICY, Noun.POLICY_READING, Noun.PRACTICE_CHECK, Noun.CONTACT, Noun.PRACTICE, Noun.SETTINGS)
        about = (Noun.DRILL, Noun.TRAINING, Noun.REVIEW, Noun.FEEDBACK, Noun.DRAFT, Noun.BACKUP, Noun.INCIDENT)
        self._refresh(view, view.reload_rooms, *nouns, *about)
        return view

    def _build_backups(self, place: QWidget) -> QWidget:
        presenter = BackupsPresenter(self.session, self, self._run, self.restore_wanted.emit)
        check = CheckPresenter(self.session, self, self._run)
        view = BackupsScreen(presenter, check, ActivityPresenter(self.session, self, self._run), place)
        self._refresh(view, presenter.reload, Noun.BACKUP)
        self._refresh(view.check_page, check.reload, Noun.BACKUP, Noun.SETTINGS)
        return view

    def _changed_tab(self, _index: int) -> None:
        self.flush()
        self.banner.dismiss()
        # What was said about one screen would be read as said about the next.
        self.toast.hide()
        self.focus_first()

    def focus_first(self) -> None:
        """The keyboard goes on where it was left on the screen that is shown; else at the first thing there is on it."""
        screen = self.screen_of(list(TABS)[self.tabs.currentIndex()])
        own = getattr(screen, "focus_first", None)
        if own is not None:
            own()
            return
        left = screen.focusWidget()
        if left is not None:
            left.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            go_to_first_stop(screen)

    def _hear(self, change: Change) -> None:
        if "incidents" in self.screens:
            # Before its screen reloads, so that only what changed is read again.
            self.incidents_presenter.hear(change)
        if change.noun in (Noun.CLIENT, Noun.SETTINGS):
            self._show_client_label()

    # -- what screens ask (ports.Shell) ---------------------------------------------------------------------------

    def choose_client(self, client_id: str) -> None:
        """Makes a client the current one; what was being written for another is saved first.

        Raises:
            StorageUnavailableError: when that can't be saved; it stays in its form, and nothing changes.
        """
        if client_id == self.client_id:
            self._show_client_label()
            return
        self.flush()
        writing = [self.screens[name] for name in ("screening", "plan", "incidents") if name in self.screens]
        if any(autosave.dirty for screen in writing for autosave in screen.findChildren(Autosave)):
            raise StorageUnavailableError(
                "What you are writing can't be saved just now, so the client stays the same.",
                safe="Your words still stand in their form.",
                next_step="Free some space or put the drive back, then choose the client again.",
            )
        self.client_id = client_id
        self._show_client_label()
        if "screening" in self.screens:
            self.screening_presenter.show_client(client_id)
        if "plan" in self.screens:
            self.plan_presenter.show_client(client_id)
        if "incidents" in self.screens:
            self.incidents_presenter.show_client(client_id)

    def _show_client_label(self) -> None:
        words = "No client chosen"
        if self.client_id:
            client = self.session.clients.get(self.client_id)
            words = client.label(show_names=self.session.practice.settings().show_names)
        self.client_label.setText(words)

    def open_screen(self, name: str) -> None:
        """Shows a tab."""
        screen = self.screen_of(name)
        was_left = screen.focusWidget() is not None
        self.tabs.setCurrentIndex(list(TABS).index(name))
        if not was_left and getattr(screen, "focus_first", None) is None:
            go_to_first_stop(screen)  # Qt may have put the cursor on what was made first

    def open_practice(self, part: str) -> None:
        """Shows a part of the practice."""
        self.open_screen("practice")
        self.screen_of("practice").open_part(part)

    def open_record(self, noun: Noun, record_id: str, client_id: str) -> None:
        """Shows a record on its screen; without an id, the client's own page there. Says so where it isn't there any more."""
        try:
            self._open_record(noun, record_id, client_id)
        except SafePlanError as problem:
            self.show_problem(problem)

    def _open_record(self, noun: Noun, record_id: str, client_id: str) -> None:
        if client_id:
            self.choose_client(client_id)
        if noun is Noun.DRAFT:
            self.open_screen("clients")
            self.clients_presenter.resume(record_id)
        elif noun in _IN_PRACTICE:
            self.open_screen("practice")
            self.screen_of("practice").open_record(_IN_PRACTICE[noun], noun, record_id)
        elif noun in (Noun.SCREENING, Noun.PLAN, Noun.INCIDENT):
            self._open_signed(noun, record_id)
        elif client_id:
            self.open_screen("clients")
            self.clients_presenter.open(client_id)
            opened = self.screen_of("clients").record_tabs.open_record(noun, record_id)
            if not opened and record_id and noun is not Noun.CLIENT:
                self.clients_presenter.read(noun, record_id)

    def _open_signed(self, noun: Noun, record_id: str) -> None:
        """Shows a screening, plan or incident on its own tab."""
        if noun is Noun.SCREENING:
            self.open_screen("screening")
            open_one: Callable[[str], object] = self.screening_presenter.preview
        elif noun is Noun.PLAN:
            self.open_screen("plan")
            open_one = self.plan_presenter.preview
        else:
            self.open_screen("incidents")
            open_one = self.incidents_presenter.open
        if record_id:
            open_one(record_id)

    def copy_as_text(self, noun: Noun, record_id: str) -> None:
        """Puts a signed record's text on the clipboard; the window empties it after a while, and at a lock."""
        QGuiApplication.clipboard().setText(self.session.record_texts.for_clipboard(noun, record_id))
        self.say("Copied as text. It leaves the clipboard in half a minute.")

    def begin_quick_check(self, client_id: str) -> None:
        """Opens a client's quick check."""
        self.choose_client(client_id)
        self.open_screen("screening")
        self.screening_presenter.begin_quick()

    def open_period(self, client_id: str) -> None:
        """Asks for the days of a report of a client's screenings."""
        reports = self.session.screening_reports
        used = reports.used(client_id)
        if not self.session.screenings.of_client(client_id):
            self.say("There is no signed screening yet.")
            return
        who = self.session.clients.get(client_id).label(show_names=self.session.practice.settings().show_names)
        receivers = self.session.client_links.may_receive(client_id)
        PeriodDialog(self, who, used, partial(reports.period, client_id), self._run, self.preview, receivers).open()

    def preview(self, document: Document) -> None:
        """Makes a document in a job and shows it."""
        self._previewer.preview(document)

    def preview_all(self, documents: Sequence[Document]) -> None:
        """Makes several documents in one job and shows them together."""
        self._previewer.preview(*documents)

    def open_session_view(self) -> None:
        """Asks the window for the session view."""
        self.session_view_wanted.emit()

    def open_feedback(self, sheet: FeedbackSheet) -> None:
        """Asks the window for a feedback form alone on the screen."""
        self.feedback_wanted.emit(sheet)

    def open_crisis(self) -> None:
        """Asks the window for the Crisis panel."""
        self.crisis_wanted.emit()

    def begin_exercise(self, variant: Variant) -> None:
        """Asks the window for an exercise."""
        self.exercise_wanted.emit(variant)

    def set_calm(self, *, on: bool) -> None:
        """Hides the way to other clients and to what is due; Crisis and Lock stay."""
        self.tabs.tabBar().setVisible(not on)
        self.tabs.calm = on
        for made in self._bar_buttons:
            made.setVisible(not on)
        self.calm_changed.emit(on)

    def reading(self) -> Reading | None:
        """The current client's plan for the session view; None where there is none."""
        self.flush()
        self.screen_of("plan")
        return self.plan_presenter.reading_for_session()

    def show_problem(self, problem: SafePlanError) -> None:
        """Shows an expected failure above the screens."""
        self.banner.show_problem(problem)

    def say(self, sentence: str, on_undo: Callable[[], None] | None = None) -> None:
        """Says in passing that something was done, and offers to undo it where it can be."""
        self.toast.say(sentence, on_undo)

    # -- the bar --------------------------------------------------------------------------------------------------

    def new_client(self) -> None:
        """Opens the form for a new client."""
        self.open_screen("clients")
        # In a turn of its own: building the screen and the form at once would be one long wait.
        QTimer.singleShot(0, self, self.clients_presenter.begin_new)

    def open_find(self) -> None:
        """Opens Find."""
        show_names = self.session.practice.settings().show_names

        def search(text: str, group: str) -> tuple[Found, ...]:
            return self.session.find.find(text, show_names=show_names, group=group)

        def open_found(found: Found) -> None:
            self.open_record(found.noun, found.record_id, found.client_id)

        FindDialog(self.window(), search, open_found, tuple(GROUPS)).open()

    def begin_incident(self, form: IncidentForm) -> None:
        """A new incident from the Crisis panel, a screening or a plan, of the client that it is about."""
        if form.client_id:
            self.choose_client(form.client_id)
        self.open_screen("incidents")
        self.incidents_presenter.begin(form)

    # -- leaving --------------------------------------------------------------------------------------------------

    def flush(self) -> None:
        """Saves everything that was typed and isn't saved yet."""
        for autosave in self.findChildren(Autosave):
            autosave.flush()

    def leave(self) -> None:
        """Saves, remembers the place, closes dialogs: the last thing before the lock."""
        self.flush()
        for dialog in self.window().findChildren(QDialog):
            if dialog.objectName() != "crisis":
                dialog.close()
        screen = list(TABS)[self.tabs.currentIndex()]
        open_draft = self.incidents_presenter.open_draft if screen == "incidents" else ""
        self.session.places.leave(screen, self.client_id, open_draft)

    def go_back(self, afterwards: Callable[[], None]) -> None:
        """Shows the place that was left at the last lock: at once when that was just now, else after a click.

        Args:
            afterwards: Called once that place is shown, or at once where none is: what it says stays on the screen.
        """
        if not self._go_back(afterwards):
            afterwards()

    def _go_back(self, afterwards: Callable[[], None]) -> bool:
        """Whether the place is shown in a moment."""
        place = self.session.places.last()
        if place is None or place.screen not in TABS:
            return False
        active = {line.id for line in self.session.clients.lines() if not line.archived}
        if place.client_id and place.client_id not in active:
            return False

        def continue_there() -> None:
            if place.client_id:
                self.choose_client(place.client_id)
            self.open_screen(place.screen)
            if place.record_id:
                self.incidents_presenter.go_on(place.record_id)

        def show_it() -> None:
            if self.session.vault.database.is_open:  # unless it was locked again at once
                continue_there()
                afterwards()

        if self.session.places.is_fresh(place):
            QTimer.singleShot(0, self, show_it)
            return True
        if place.screen != "today":
            self.banner.say(
                "information",
                "You can go on where you stopped.",
                action="Continue where I stopped",
                on_action=continue_there,
            )
        return False
