"""Where the Crisis panel lives: its keys, its way through locking and unlocking, and what becomes of the ticked steps."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication, QWidget

from safeplan_desktop.domain.crisis import Variant
from safeplan_desktop.domain.drafts import DraftKind
from safeplan_desktop.domain.incidents import IncidentForm
from safeplan_desktop.domain.moments import Clock
from safeplan_desktop.errors import SafePlanError
from safeplan_desktop.services.session import Session
from safeplan_desktop.storage.vault_folder import VaultFolder
from safeplan_desktop.ui.crisis.exercise import Exercises
from safeplan_desktop.ui.crisis.keys import CrisisKeys
from safeplan_desktop.ui.crisis.presenter import CrisisPresenter
from safeplan_desktop.ui.crisis.view import CrisisPanel, kept_apart_words
from safeplan_desktop.ui.widgets.banner import Banner
from safeplan_desktop.ui.widgets.confirm import decide


class Screens(Protocol):
    """What the panel asks of the unlocked window."""

    @property
    def session(self) -> Session: ...

    @property
    def client_id(self) -> str: ...

    @property
    def banner(self) -> Banner: ...

    def begin_incident(self, form: IncidentForm) -> None: ...

    def show_problem(self, problem: SafePlanError) -> None: ...

    def say(self, sentence: str) -> None: ...

    def flush(self) -> None: ...


class CrisisRoom(QObject):
    """The panel from the start of the program to its end.

    Args:
        window: The main window.
        app: The application, for the keys.
        folder: Of the records.
        clock: The time.
        screens: The unlocked window; None while locked.
        faces_client: Whether the screen is turned to the client.
    """

    def __init__(
        self,
        window: QWidget,
        app: QApplication,
        folder: VaultFolder,
        clock: Clock,
        screens: Callable[[], Screens | None],
        faces_client: Callable[[], bool],
    ) -> None:
        super().__init__(window)
        self._window, self._folder, self._clock, self._screens = window, folder, clock, screens
        self._faces_client = faces_client
        self.presenter = CrisisPresenter(folder, clock, self._session, self._client_id, faces_client)
        self.panel = CrisisPanel(window, self.presenter)
        self.panel.incident_wanted.connect(self._make_incident)
        self.keys = CrisisKeys(app, self)
        self.keys.struck.connect(self.open)
        self.exercises: Exercises | None = None

    def _session(self) -> Session | None:
        screens = self._screens()
        return screens.session if screens is not None else None

    def _client_id(self) -> str:
        screens = self._screens()
        return screens.client_id if screens is not None else ""

    def open(self) -> None:
        """Opens the panel, from any screen and while locked; where the client is may have been typed a moment ago."""
        screens = self._screens()
        try:
            if screens is not None:
                screens.flush()
        finally:
            self.panel.open_panel()

    def unlocked(self) -> None:
        """The records are open: what was ticked before goes into them, and the panel offers the incident draft."""
        screens = self._screens()
        if screens is None:
            return
        self.panel.banner.dismiss()
        try:
            self.presenter.unlocked()
        except SafePlanError as problem:
            screens.show_problem(problem)
        if self.panel.isVisible():
            self.panel.refresh()
            if self.presenter.kept_apart:
                self.panel.banner.say("information", kept_apart_words(self.presenter.kept_apart))

    def offer(self) -> None:
        """Says on the screen that ticked steps wait."""
        screens = self._screens()
        if screens is not None and self.presenter.has_ticks:
            since = self.presenter.kept_apart
            apart = f" {kept_apart_words(since)}" if since else ""
            screens.banner.say(
                "information",
                f"Steps that you ticked in the Crisis panel wait. They can become an incident draft.{apart}",
                action="Open the Crisis panel",
                on_action=self.open,
            )

    def save(self) -> None:
        """Saves what was typed or ticked, before the records close.

        Raises:
            SafePlanError: when that failed.
        """
        self.panel.autosave.flush()
        if self.presenter.only_in_memory:
            self.presenter.save()

    def locked(self) -> bool:
        """The records are closed: nothing of a client is left. Gives whether the process may be replaced."""
        stays = self.presenter.has_ticks and (self.panel.isVisible() or self.presenter.only_in_memory)
        self.presenter.locked(keep_ticks=stays)
        self.exercises = None
        self.panel.settle()
        self.panel.forget_client()
        return not stays

    def may_quit(self, quit_: Callable[[], object]) -> bool:
        """Whether nothing is lost when the program ends now; else asks first."""
        if not self.presenter.only_in_memory:
            return True

        def lose_them() -> None:
            self.presenter.throw_away(everything=True)
            quit_()

        decide(
            self._window,
            "ask-quit",
            "Quit, and lose the steps that you ticked?",
            details="While locked they are only in memory. Unlock, and they are saved at once.",
            yes="Quit and lose them",
            no="Stay here",
            on_yes=lose_them,
        )
        return False

    def begin_exercise(self, variant: Variant) -> None:
        """Begins an exercise, or goes on with the one that waits."""
        screens = self._screens()
        if screens is None:
            return
        presenter = CrisisPresenter(
            self._folder, self._clock, self._session, lambda: "", self._faces_client, kind=DraftKind.DRILL
        )
        self.exercises = Exercises(self._window, screens.session, presenter, screens.say)
        try:
            self.exercises.begin(variant)
        except SafePlanError as problem:
            screens.show_problem(problem)

    def _make_incident(self, form: IncidentForm) -> None:
        screens = self._screens()
        if screens is None:
            return
        try:
            screens.begin_incident(form)
            self.presenter.became_incident()
        except SafePlanError as problem:
            self.panel.show_problem(problem)
            return
        self.panel.accept()
        self.panel.refresh()
