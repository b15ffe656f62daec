"""The window: a shell around the first start, the unlock page and the workspace; nothing else."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from PySide6.QtCore import QByteArray, QSettings, Qt, QTimer
from PySide6.QtGui import QAction, QCloseEvent, QKeySequence
from PySide6.QtWidgets import QApplication, QMainWindow, QStackedWidget, QWidget
from shiboken6 import isValid

from safeplan_desktop.domain.audit import AuditAction
from safeplan_desktop.domain.moments import Clock
from safeplan_desktop.errors import SafePlanError
from safeplan_desktop.logs import log_exception
from safeplan_desktop.security.kdf import KdfParameters
from safeplan_desktop.services.session import open_session
from safeplan_desktop.services.vault import OpenVault, close_vault, vault_is_there
from safeplan_desktop.storage.atomic_file import write_document
from safeplan_desktop.storage.restore import Restored
from safeplan_desktop.storage.vault_folder import VaultFolder
from safeplan_desktop.ui.auto_lock import AutoLock
from safeplan_desktop.ui.backups.restore import RestoreDialog
from safeplan_desktop.ui.changes import Changes
from safeplan_desktop.ui.clipboard import ClipboardWatch
from safeplan_desktop.ui.crisis.room import CrisisRoom
from safeplan_desktop.ui.feedback_view import FeedbackView
from safeplan_desktop.ui.first_run.presenter import FirstRunPresenter
from safeplan_desktop.ui.first_run.view import FirstRunPage
from safeplan_desktop.ui.help import HelpDialog, ShortcutsDialog
from safeplan_desktop.ui.jobs import Jobs
from safeplan_desktop.ui.practice.feedback_sheet import FeedbackSheet
from safeplan_desktop.ui.printing import PdfPreview, PreviewPart
from safeplan_desktop.ui.screen_tabs import TABS
from safeplan_desktop.ui.session_view import IDLE_MINUTES, SessionView
from safeplan_desktop.ui.theme import Scheme, apply_theme
from safeplan_desktop.ui.unlock.presenter import UnlockPresenter
from safeplan_desktop.ui.unlock.view import UnlockPage
from safeplan_desktop.ui.widgets.confirm import decide
from safeplan_desktop.ui.widgets.dialog import within_screen
from safeplan_desktop.ui.widgets.tab_order import go_to_next_stop
from safeplan_desktop.ui.widgets.toast import Toast
from safeplan_desktop.ui.workspace import Workspace, job_runner

_IN_SESSION_VIEW = frozenset({"action.session-view", "action.crisis-panel", "action.lock", "action.quit"})
"""What still works in the session view; the others lead to other clients or show them."""

LOCKED_TITLE, UNLOCKED_TITLE = "SafePlan (locked)", "SafePlan"


@dataclass(frozen=True)
class Surroundings:
    """What the composition root hands to the window.

    Attributes:
        parameters: Measures what one guess at a passphrase shall cost on this computer; slow.
        relaunch: Replaces the process after a lock, so that nothing typed stays in memory; None in tests and the tour.
        settings: The window's size and theme; no client data.
    """

    folder: Path
    clock: Clock
    jobs: Jobs
    parameters: Callable[[], KdfParameters]
    relaunch: Callable[[], None] | None
    settings: QSettings | None


class MainWindow(QMainWindow):
    """Locked, unlocked, or starting for the first time."""

    def __init__(self, around: Surroundings) -> None:
        super().__init__()
        self.setObjectName("main")
        self._around = around
        self._other_actions: list[QAction] = []
        self._ways: list[QAction] = []
        self._ways_closed = False
        self._session_view: SessionView | FeedbackView | None = None
        self._back_to = ""
        self._focus_before: QWidget | None = None
        self._stack = QStackedWidget()
        self.setCentralWidget(self._stack)
        self.changes = Changes(self)
        self.workspace: Workspace | None = None
        self.unlock_page: UnlockPage | None = None
        self.first_run: FirstRunPage | None = None
        self.crisis_room = CrisisRoom(
            self,
            self._app(),
            VaultFolder(around.folder),
            around.clock,
            lambda: self.workspace,
            lambda: self._session_view is not None,
        )
        self.crisis = self.crisis_room.panel
        self.crisis_room.keys.lock_struck.connect(self.lock)
        self._lock_watch = AutoLock(self._app(), 5, self)
        self._lock_watch.lock_now.connect(self.lock)
        self._lock_watch.warn.connect(self._warn)
        self._clipboard = ClipboardWatch(self._app().clipboard(), self)
        self._toast = Toast(self)
        self._build_menus()
        self.resize(1180, 820)
        self.setMinimumSize(900, 600)
        self._restore_geometry()
        if vault_is_there(around.folder):
            self._show_unlock()
        else:
            self._show_first_run()

    @staticmethod
    def _app() -> QApplication:
        app = QApplication.instance()
        if not isinstance(app, QApplication):
            raise TypeError("the window needs an application")
        return app

    # -- menus ----------------------------------------------------------------------------------------------------

    def _build_menus(self) -> None:
        menus = self.menuBar()
        file = menus.addMenu("&File")
        self._ways.append(self._add(file, "&Find...", "Ctrl+F", self._find))
        self._add(file, "&Crisis panel", ["F9", "Ctrl+Shift+E"], self.open_crisis)
        self._add(file, "&Lock", "Ctrl+L", self.lock)
        self._add(file, "&Quit", "Ctrl+Q", self.close)
        view = menus.addMenu("&View")
        self._add(view, "Session view", "F11", self.toggle_session_view)
        view.addSeparator()
        for words, scheme in (
            ("As the system", Scheme.SYSTEM),
            ("Light", Scheme.LIGHT),
            ("Dark", Scheme.DARK),
        ):
            self._add(view, words, "", partial(self.set_theme, scheme))
        view.addSeparator()
        for percent in (100, 125, 150, 200):
            self._add(view, f"Text {percent} %", "", partial(self.set_text_scale, percent / 100))
        go = menus.addMenu("&Go")
        for number, (name, words) in enumerate(TABS.items(), start=1):
            self._ways.append(self._add(go, words, f"Ctrl+{number}", partial(self._go, name)))
        go.addSeparator()
        for words, part in (("Check my records", "check"), ("Activity log", "activity")):
            self._ways.append(self._add(go, words, "", partial(self._go_to_backups, part)))
        help_menu = menus.addMenu("&Help")
        self._add(help_menu, "&Help", "F1", lambda: HelpDialog(self).open())
        self._ways.append(self._add(help_menu, "&Set up the practice", "", self._go_to_set_up))
        self._add(help_menu, "&Keyboard shortcuts", "Ctrl+/", lambda: ShortcutsDialog(self).open())

    def _add(self, menu: QWidget, words: str, keys: str | list[str], action: Callable[[], object]) -> QAction:
        made = QAction(words, self)
        made.setObjectName(f"action.{words.replace('&', '').strip('.').lower().replace(' ', '-')}")
        made.setShortcuts([QKeySequence(key) for key in ([keys] if isinstance(keys, str) else keys) if key])
        made.setShortcutContext(Qt.ShortcutContext.ApplicationShortcut)
        made.triggered.connect(lambda _checked=False: action())
        menu.addAction(made)
        # In the session view the menus are hidden, and the shortcuts of a hidden menu are dead.
        self.addAction(made)
        if made.objectName() not in _IN_SESSION_VIEW:
            self._other_actions.append(made)
        return made

    def _go(self, name: str) -> None:
        if self.workspace is not None:
            self.workspace.open_screen(name)

    def _go_to_backups(self, part: str) -> None:
        if self.workspace is not None:
            self.workspace.open_screen("backups")
            self.workspace.screen_of("backups").open_part(part)

    def _go_to_set_up(self) -> None:
        if self.workspace is not None:
            self.workspace.open_practice("set-up")

    def _find(self) -> None:
        if self.workspace is not None:
            self.workspace.open_find()

    # -- pages ----------------------------------------------------------------------------------------------------

    def _show_page(self, page: QWidget, title: str) -> None:
        self._end_session_view()
        while (former := self._stack.widget(0)) is not None:
            self._stack.removeWidget(former)
            former.deleteLater()
        self._stack.addWidget(page)
        self.setWindowTitle(title)

    def _show_unlock(self) -> None:
        around = self._around
        presenter = UnlockPresenter(
            around.folder, around.clock, job_runner(around.jobs, self), around.parameters, self._opened
        )
        page = UnlockPage(presenter)
        page.crisis_wanted.connect(self.open_crisis)
        page.restore_wanted.connect(self.restore)
        self.unlock_page, self.first_run, self.workspace = page, None, None
        self._show_page(page, LOCKED_TITLE)
        page.focus_first()

    def _show_first_run(self) -> None:
        around = self._around
        self._first_presenter = FirstRunPresenter(
            around.folder, around.clock, job_runner(around.jobs, self), around.parameters, self._opened
        )
        page = FirstRunPage(self._first_presenter)
        page.print_wanted.connect(self._preview_sheet)
        page.restore_wanted.connect(self.restore)
        self.first_run, self.unlock_page = page, None
        self._show_page(page, UNLOCKED_TITLE)
        page.focus_first()

    def _opened(self, vault: OpenVault) -> None:
        # The screens are built in a turn of their own: opening and building together would be one long wait.
        QTimer.singleShot(0, self, lambda: self._show_workspace(vault))

    def _show_workspace(self, vault: OpenVault) -> None:
        session = open_session(vault, self._around.clock, self.changes.tell)
        workspace = Workspace(session, self.changes, self._around.jobs, self._around.parameters)
        workspace.crisis_wanted.connect(self.open_crisis)
        workspace.exercise_wanted.connect(self.crisis_room.begin_exercise)
        workspace.lock_wanted.connect(self.lock)
        workspace.restore_wanted.connect(self._ask_restore)
        workspace.session_view_wanted.connect(self.toggle_session_view)
        workspace.feedback_wanted.connect(self._open_feedback)
        workspace.calm_changed.connect(self._close_ways)
        self.workspace, self.unlock_page, self.first_run = workspace, None, None
        self._show_page(workspace, UNLOCKED_TITLE)
        workspace.focus_first()
        self._lock_watch.set_minutes(session.practice.settings().idle_minutes)
        self._lock_watch.start()
        self.changes.changed.connect(self._settings_changed)
        self.crisis_room.unlocked()
        workspace.go_back(self.crisis_room.offer)

    # -- session view ---------------------------------------------------------------------------------------------

    def toggle_session_view(self) -> None:
        """Shows the current client's plan alone, in large type; or goes back to the screens."""
        workspace = self.workspace
        if self._session_view is not None:
            self.leave_session_view()
            return
        if workspace is None or QApplication.activeModalWidget() is not None:
            return
        reading = workspace.reading()
        if reading is None:
            words = "This client has no safety plan yet." if workspace.client_id else "Choose a client first."
            workspace.banner.say("information", f"{words} The session view shows a client's plan.")
            return
        view = SessionView(reading, self.leave_session_view, self.open_crisis)
        self._show_alone(view, "plan")
        view.setFocus(Qt.FocusReason.OtherFocusReason)

    def _open_feedback(self, sheet: FeedbackSheet) -> None:
        """Shows a feedback form alone; what was being typed elsewhere is saved first."""
        if self.workspace is None or self._session_view is not None:
            return
        self.workspace.flush()
        view = FeedbackView(sheet, self.leave_session_view, self.open_crisis)
        self._show_alone(view, "practice")
        view.begin()

    def _show_alone(self, view: SessionView | FeedbackView, back_to: str) -> None:
        """Shows nothing but this, until it is left for a screen."""
        self._session_view, self._back_to = view, back_to
        self._focus_before = self.focusWidget()
        self._toast.hide()
        self._stack.addWidget(view)
        self._stack.setCurrentWidget(view)
        self._allow_actions()
        self.menuBar().setVisible(False)
        self.setWindowState(self.windowState() | Qt.WindowState.WindowFullScreen)
        self._lock_watch.set_minutes(IDLE_MINUTES)

    def _close_ways(self, closed: bool) -> None:  # noqa: FBT001 - Qt's signal
        """Closes the menus' ways to other clients, or opens them again."""
        self._ways_closed = closed
        self._allow_actions()

    def _allow_actions(self) -> None:
        """What the menus offer: little in the session view, no way to other clients in the guided close."""
        for action in self._other_actions:
            action.setEnabled(self._session_view is None and not (self._ways_closed and action in self._ways))

    def leave_session_view(self) -> None:
        """Back to where it was opened from: this client's plan, or the practice; never to a list of clients."""
        workspace = self.workspace
        if self._session_view is None or workspace is None:
            return
        self._end_session_view()
        self._stack.setCurrentWidget(workspace)
        workspace.open_screen(self._back_to)
        before = self._focus_before
        if before is not None and isValid(before):
            before.setFocus(Qt.FocusReason.OtherFocusReason)
        self._lock_watch.set_minutes(workspace.session.practice.settings().idle_minutes)

    def _end_session_view(self) -> None:
        view, self._session_view = self._session_view, None
        if view is None:
            return
        self._stack.removeWidget(view)
        view.deleteLater()
        self._allow_actions()
        self.menuBar().setVisible(True)
        self.setWindowState(self.windowState() & ~Qt.WindowState.WindowFullScreen)

    def _settings_changed(self, _change: object) -> None:
        if self.workspace is not None and self._session_view is None:
            self._lock_watch.set_minutes(self.workspace.session.practice.settings().idle_minutes)

    # -- lock -----------------------------------------------------------------------------------------------------

    def lock(self, _reason: str = "asked") -> None:
        """Saves what was typed, closes everything, forgets the key. Never asks."""
        workspace = self.workspace
        if workspace is None:
            return
        self._lock_watch.stop()
        self.changes.changed.disconnect(self._settings_changed)
        if isinstance(self._session_view, FeedbackView):
            self._session_view.autosave.flush()
        # A full disk must not keep the records open; the autosave before this one is on the disk.
        with suppress(SafePlanError):
            self.crisis_room.save()
        with suppress(SafePlanError):
            workspace.leave()
        self._around.jobs.drain()
        vault = workspace.session.vault
        self.workspace = None
        self._close(vault)
        self._clipboard.forget()
        self._save_geometry()
        if self.crisis_room.locked() and self._around.relaunch is not None:
            self._around.relaunch()
        self._show_unlock()

    def _close(self, vault: OpenVault) -> None:
        """Closes the records whatever happens: nothing may keep them open or in sight."""
        try:
            close_vault(vault, self._around.clock)
        except SafePlanError as problem:
            # The last line of the audit, or its head beside the keys, couldn't be written; the records are whole.
            log_exception(problem)
        finally:
            vault.database.close()

    def _warn(self, seconds: int) -> None:
        if seconds:
            self._toast.say(f"SafePlan locks in {seconds} seconds. Press any key to go on. Everything is saved.")
        else:
            self._toast.hide()

    # -- crisis, restore, sheet -----------------------------------------------------------------------------------

    def open_crisis(self) -> None:
        """Opens the Crisis panel, from any screen and while locked."""
        self.crisis_room.open()

    def _ask_restore(self) -> None:
        decide(
            self,
            "ask-restore",
            "Lock and restore a backup?",
            details="Your present records are kept under a dated name. You can close the restore window without doing anything.",
            yes="Lock and go on",
            no="Stay here",
            on_yes=self._lock_and_restore,
        )

    def _lock_and_restore(self) -> None:
        relaunch, around = self._around.relaunch, self._around
        # The process stays for the restore; it is replaced at the next lock.
        self._around = Surroundings(around.folder, around.clock, around.jobs, around.parameters, None, around.settings)
        self.lock()
        self._around = Surroundings(
            around.folder, around.clock, around.jobs, around.parameters, relaunch, around.settings
        )
        self.restore()

    def restore(self) -> None:
        """Opens the restore dialog."""
        around = self._around
        dialog = RestoreDialog(self, around.folder, around.clock, job_runner(around.jobs, self), self._restored)
        dialog.open()

    def _restored(self, restored: Restored) -> None:
        self._show_unlock()
        if self.unlock_page is not None:
            kept = f" The records that were here are kept in {restored.replaced.name}." if restored.replaced else ""
            self.unlock_page.banner.say(
                "success",
                f"Verified and restored. {restored.history_words}{kept} Unlock with the passphrase of that backup.",
            )

    def _preview_sheet(self, make: Callable[[], bytes]) -> None:
        def show(pdf: bytes) -> None:
            def save(path: Path) -> None:
                write_document(path, pdf)
                self._first_presenter.note_sheet(AuditAction.EXPORTED)

            sheet = PreviewPart(
                pdf,
                "Recovery sheet",
                "safeplan-recovery-sheet.pdf",
                save=save,
                printed=lambda: self._first_presenter.note_sheet(AuditAction.PRINTED),
            )
            PdfPreview(
                self,
                [sheet],
                spool_note_seen=False,
                saw_spool_note=lambda: None,
            ).open()

        def failed(problem: SafePlanError) -> None:
            if self.first_run is not None:
                self.first_run.show_problem(problem)

        self._around.jobs.start(lambda _control: make(), self, show, failed)

    # -- the window itself ----------------------------------------------------------------------------------------

    def set_theme(self, scheme: Scheme) -> None:
        """Changes the colours and remembers them."""
        self._remember("scheme", scheme.value)
        self._apply_look()

    def set_text_scale(self, scale: float) -> None:
        """Changes the size of all text and remembers it."""
        self._remember("text-scale", scale)
        self._apply_look()

    def _apply_look(self) -> None:
        scheme, scale = read_look(self._around.settings)
        apply_theme(self._app(), scheme, scale)

    def _remember(self, key: str, value: object) -> None:
        if self._around.settings is not None:
            self._around.settings.setValue(key, value)

    def _restore_geometry(self) -> None:
        if self._around.settings is not None:
            geometry = self._around.settings.value("geometry")
            if not isinstance(geometry, QByteArray) or not self.restoreGeometry(geometry):
                self.resize(within_screen(self, self.size()))  # else the lowest buttons are out of sight on a small one

    def _save_geometry(self) -> None:
        self._remember("geometry", self.saveGeometry())
        if self._around.settings is not None:
            self._around.settings.sync()

    def focusNextPrevChild(self, forwards: bool) -> bool:  # noqa: FBT001 - Qt's own
        return go_to_next_stop(self, forwards=forwards) or super().focusNextPrevChild(forwards)

    def closeEvent(self, event: QCloseEvent) -> None:
        with suppress(SafePlanError):
            self.crisis_room.save()
        if not self.crisis_room.may_quit(self.close):
            event.ignore()
            return
        self._save_geometry()
        workspace = self.workspace
        if workspace is not None:
            self._lock_watch.stop()
            with suppress(SafePlanError):
                workspace.leave()
            self._around.jobs.drain()
            self._close(workspace.session.vault)
            self.workspace = None
        else:
            self._around.jobs.drain()
            if self.first_run is not None:
                self._first_presenter.abandon()
        self._clipboard.forget()  # some systems keep what was copied beyond the program's end
        self.crisis.close()
        super().closeEvent(event)


def read_look(settings: QSettings | None) -> tuple[Scheme, float]:
    """The remembered colours and text size."""
    if settings is None:
        return Scheme.SYSTEM, 1.0
    scheme = next((s for s in Scheme if s.value == settings.value("scheme")), Scheme.SYSTEM)
    try:
        scale = float(str(settings.value("text-scale", 1.0)))
    except ValueError:
        scale = 1.0
    return scheme, scale
