"""The tour: drives the real window through the whole main job, as hands would, and leaves what came of it in a folder.

Each action is one turn of the event loop; a heartbeat beside it measures the longest time in which the window couldn't
have answered. Taking a screenshot and writing the invented practice are left out of that measure, since nobody does
these in daily work.
"""

from __future__ import annotations

import datetime as dt
import json
import platform
import sys
import time
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from safeplan_desktop import __version__
from safeplan_desktop.domain.moments import Clock
from safeplan_desktop.security.kdf import KdfParameters
from safeplan_desktop.services.sample import fill_with_sample
from safeplan_desktop.ui.app import make_app
from safeplan_desktop.ui.jobs import Jobs
from safeplan_desktop.ui.main_window import MainWindow, Surroundings
from safeplan_desktop.ui.printing import PdfPreview, file_printer
from safeplan_desktop.ui.theme import Scheme
from safeplan_desktop.ui.tour_driver import Driver, Steps, TourProblemError
from safeplan_desktop.ui.workspace import Workspace

W = TypeVar("W", bound=QWidget)

PASSPHRASE = "acorn bright copper dune eagle frost"  # noqa: S105 - of invented records
_SAMPLE_CLIENTS = 8


class Tour:
    """The steps, in order."""

    def __init__(self, folder: Path, clock: Clock, parameters: Callable[[], KdfParameters]) -> None:
        self.folder, self._clock, self._parameters = folder, clock, parameters
        self.bugs: list[str] = []
        self._app = make_app(Scheme.LIGHT)
        self._shots = 0
        self._words: tuple[str, ...] = ()
        self.window: MainWindow = self._window(folder / "vault")
        names = [name for name in dir(self) if name.startswith("step_")]
        self.driver = Driver(self._app, [(name[8:].replace("_", " "), getattr(self, name)) for name in sorted(names)])
        self.driver.on_problem = self._shot_of_problem

    def _shot_of_problem(self) -> None:
        (QApplication.activeModalWidget() or self.window).grab().save(str(self.folder / "problem.png"))

    def _window(self, vault: Path) -> MainWindow:
        jobs = Jobs(self._bug, self._app)
        window = MainWindow(Surroundings(vault, self._clock, jobs, self._parameters, None, None))
        window.show()
        return window

    def _bug(self, error: BaseException) -> None:
        traceback.print_exception(error)
        self.bugs.append(type(error).__name__)

    # -- hands ----------------------------------------------------------------------------------------------------

    @property
    def workspace(self) -> Workspace:
        """The open workspace."""
        if self.window.workspace is None:
            raise TourProblemError("the records aren't open")
        return self.window.workspace

    def find(self, name: str) -> Any:  # noqa: ANN401 - whatever widget has that name
        """The visible widget of that name."""
        for top in QApplication.topLevelWidgets():
            for widget in (top, *top.findChildren(QWidget, name)):
                if widget.objectName() == name and widget.isVisible():
                    return widget
        raise TourProblemError(f"there is no visible widget {name}")

    def there(self, name: str) -> Callable[[], bool]:
        """A condition: that a widget of this name can be seen."""

        def is_there() -> bool:
            try:
                return bool(self.find(name).isEnabled())
            except TourProblemError:
                return False

        is_there.__doc__ = f"{name} to be there"
        return is_there

    def click(self, name: str) -> Steps:
        """Clicks on a widget, once it is there."""
        yield self.there(name)
        widget = self.find(name)
        box = widget.property("checked") is not None and not hasattr(widget, "setDefault")
        at = QPoint(14, widget.height() // 2) if box else widget.rect().center()
        QTest.mouseClick(widget, Qt.MouseButton.LeftButton, pos=at)
        yield None

    def write(self, name: str, text: str) -> Steps:
        """Types a text into a field, key by key."""
        yield self.there(name)
        widget = self.find(name)
        widget.setFocus()
        for character in text:
            if character == "\n":
                QTest.keyClick(widget, Qt.Key.Key_Return)
            elif character.isascii():
                QTest.keyClicks(widget, character)
            else:
                widget.insertPlainText(character) if hasattr(widget, "insertPlainText") else widget.insert(character)
            yield None

    def press(self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> Steps:
        """Presses a key where the focus is."""
        QTest.keyClick(self._focused(), key, modifier)
        yield None

    def _focused(self) -> QWidget:
        """Where a key would go; also when the window system gave another window the keyboard."""
        top = QApplication.activeModalWidget() or self.window
        return top.focusWidget() or top

    def choose(self, name: str, value: object) -> Steps:
        """Chooses from a list, as Enter in it would."""
        yield self.there(name)
        widget = self.find(name)
        widget.set_value(value)
        widget.changed.emit()
        yield None

    def shot(self, name: str) -> Steps:
        """Takes a picture of the window, or of the dialog over it."""
        yield None
        yield None
        dialog = QApplication.activeModalWidget() or (self.window.crisis if self.window.crisis.isVisible() else None)
        self._shots += 1
        path = self.folder / f"{self._shots:02d}-{name}.png"
        (dialog or self.window).grab().save(str(path))
        self.driver.note_file(path.name)
        self.driver.unmeasured()
        yield None

    def _preview(self) -> PdfPreview:
        found = self.find("preview")
        if not isinstance(found, PdfPreview):
            raise TourProblemError("the preview isn't one")
        return found

    def keep_pdf(self, name: str) -> Steps:
        """Saves what the preview shows, and closes it."""
        yield self.there("preview")
        yield None
        if not self._preview().save_to(self.folder / name):
            raise TourProblemError("the document wasn't saved")
        self.driver.note_file(name)
        yield from self.click("preview.close")

    # -- steps ----------------------------------------------------------------------------------------------------

    def step_01_first_start(self) -> Steps:
        yield from self.shot("welcome")
        yield from self.click("first-run.begin")
        yield from self.write("first-run.therapist_name", "Dr. Alma Reyes")
        yield from self.write("first-run.practice_name", "Juniper Street Counseling")
        yield from self.write("first-run.phone", "+1 303 555 0142")
        yield from self.shot("practice")
        yield from self.click("first-run.practice.next")
        yield from self.write("first-run-pass.passphrase.line", PASSPHRASE)
        yield from self.write("first-run-pass.again.line", PASSPHRASE)
        yield from self.shot("passphrase")
        yield from self.click("first-run.make")
        yield self.there("first-run.word-24")
        self._words = tuple(self.find(f"first-run.word-{n}").text().split()[-1] for n in range(1, 25))
        yield from self.shot("recovery-words")
        yield from self.click("first-run.print")
        yield from self.keep_pdf("recovery-sheet.pdf")
        yield from self.click("first-run.have-words")
        page = self.window.first_run
        if page is None:
            raise TourProblemError("the first start ended too early")
        for position in list(page.check_lines):
            yield from self.write(f"first-run-check.word-{position}", self._words[position - 1])
        yield from self.shot("check-three-words")
        yield from self.click("first-run.finish")
        yield lambda: self.window.workspace is not None

    def step_02_sample_practice(self) -> Steps:
        yield from self.shot("today-empty")
        fill_with_sample(self.workspace.session.vault, self._clock, clients=_SAMPLE_CLIENTS, seed=7)
        self.driver.unmeasured()
        yield None

    def step_03_add_a_client(self) -> Steps:
        yield from self.click("bar.new")
        yield from self.write("client.name", "Maren Holt")
        yield from self.press(Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
        self.find("client.code").selectAll()
        yield from self.write("client.code", "M-07")
        yield from self.write("client.birth_date.line", "1990-05-04")
        yield from self.write("client.phone", "+1 303 555 0150")
        yield from self.click("client.add-contact")
        yield from self.write("client.contact-1.name", "Ana Holt")
        yield from self.write("client.contact-1.relation", "sister")
        yield from self.write("client.contact-1.phone", "+1 303 555 0151")
        yield from self.click("client.contact-1.consent.1")
        yield from self.click("client.contact-1.message.2")
        yield from self.shot("client-form")
        yield from self.click("client.save")
        yield lambda: bool(self.workspace.client_id)
        yield from self.shot("client-record")

    def step_04_screen(self) -> Steps:
        yield from self.click("clients.go-screening")
        yield from self.click("screening.none.action")
        yield from self.click("screening.reason.2")
        yield from self.click("screening.setting.0")
        yield from self.shot("screening-begin")
        yield from self.click("screening.next")
        for instrument, answers in (("phq-9", "2121112011"), ("gad-7", "2110110")):
            yield from self.click(f"screening.add-{instrument}")
            yield self.there(f"screening.{instrument}.1.0")
            self.find(f"screening.{instrument}.1.0").setFocus()
            for answer in answers:
                QTest.keyClicks(self._focused(), answer)
                yield None
        for instrument, said in (("phq-9", "11 of 27"), ("gad-7", "6 of 21")):
            if said not in self.find(f"screening.{instrument}.result").text():
                raise TourProblemError(f"the total of {instrument} isn't {said}")
        yield from self.shot("screening-questions")
        yield from self.click("screening.next")
        yield from self.click("screening.risk-7")
        yield from self.click("screening.protective-1")
        yield from self.click("screening.means-1")
        yield from self.choose("screening.means-1.action", "Handed to a trusted person")
        yield from self.write("screening.warning_signs", "Stops answering messages, lies awake.")
        yield from self.shot("screening-factors")
        yield from self.click("screening.next")
        yield from self.write("screening.state", "Somewhat worse than in the spring.")
        yield from self.click("screening.judgement.1")
        yield from self.write("screening.reasons", "Thoughts of death without plan or intent; the sister knows.")
        yield from self.shot("screening-formulation")
        yield from self.click("screening.next")
        level = self.find("screening.level")
        level.setCurrentIndex(2)
        level.activated.emit(2)
        yield from self.write(
            "screening.next_reassessment.line", (self._clock.now().date() + dt.timedelta(days=7)).isoformat()
        )
        yield from self.write("screening.actions", "Wrote the safety plan together.")
        yield from self.shot("screening-care")
        yield from self.click("screening.next")
        yield from self.shot("screening-sign")
        yield from self.click("screening.sign")
        yield self.there("screening.new")
        yield from self.click("screening.1.open")
        yield from self.shot("screening-report")
        yield from self.keep_pdf("screening-report.pdf")

    def step_05_plan(self) -> Steps:
        yield from self.click("bar.find")
        yield from self.write("find.line", "maren")
        yield from self.shot("find")
        yield from self.press(Qt.Key.Key_Return)
        self.workspace.open_screen("plan")
        yield from self.click("plan.none.action")
        yield self.there("plan.warning-signs.1.text")
        for section, lines in (
            ("warning-signs", ("I stop answering messages", "I lie awake past two")),
            ("coping", ("Walk to the river and back", "Cold water on my face")),
            ("distraction", ("The library, upper floor",)),
            ("surroundings", ("Ana keeps my medicines",)),
            ("reasons", ("My daughter's laugh", "To see the sea again")),
        ):
            for number, line in enumerate(lines, start=1):
                if number > 1:
                    yield from self.press(Qt.Key.Key_Return)
                yield from self.write(f"plan.{section}.{number}.text", line)
        yield from self.write("plan.helpers.1.text", "Ana Holt")
        yield from self.write("plan.helpers.1.relation", "sister")
        yield from self.write("plan.helpers.1.phone", "+1 303 555 0151")
        yield from self.write("plan.professionals.1.text", "Dr. Alma Reyes")
        yield from self.write("plan.professionals.1.phone", "+1 303 555 0142")
        yield from self.click("plan.number-1")
        yield from self.shot("plan-editor")
        yield from self.click("plan.print-now")
        yield from self.keep_pdf("safety-plan-working-copy.pdf")
        yield from self.click("plan.session-view")
        yield from self.shot("session-view")
        yield from self.press(Qt.Key.Key_Space)
        yield from self.press(Qt.Key.Key_A)
        yield from self.shot("session-view-all")
        yield from self.press(Qt.Key.Key_Escape)

    def step_06_go_through_it_together(self) -> Steps:
        yield from self.click("plan.together")
        yield from self.click("close.read-back")
        yield from self.shot("close-1-read-it-back")
        yield from self.click("close.next")
        yield from self.write("close.kept_at", "In my wallet, and a photo on my phone")
        yield from self.click("close.safe.0")
        yield from self.click("close.likelihood.6")
        yield from self.write("close.obstacles", "I may not want to look at it at night")
        yield from self.write("close.instead", "I call Ana and she reads it to me")
        yield from self.shot("close-2-keep-it")
        yield from self.click("close.next")
        yield from self.click("close.pocket-card")
        yield from self.click("close.photo")
        yield from self.shot("close-3-who-gets-a-copy")
        yield from self.click("close.next")
        yield from self.shot("close-4-finish")
        yield from self.click("plan.finish")
        yield from self.click("close.print-all")
        yield self.there("preview")
        yield from self.shot("plan-preview")
        printed = self.folder / "safety-plan-printed.pdf"
        if not self._preview().print_on(file_printer(printed)) or not printed.exists():
            raise TourProblemError("the plan wasn't printed")
        self.driver.note_file(printed.name)
        self.driver.unmeasured()
        for part, name in ((2, "pocket-card.pdf"), (3, "one-screen.pdf"), (0, "safety-plan.pdf")):
            self._preview().show_part(part)
            if name != "safety-plan.pdf" and not self._preview().save_to(self.folder / name):
                raise TourProblemError("the document wasn't saved")
        yield from self.keep_pdf("safety-plan.pdf")
        yield from self.click("close.next")
        yield from self.click("close.copies.give-all")
        yield from self.shot("close-5-who-has-a-copy")
        yield from self.click("close.leave")
        yield from self.shot("plan-versions")

    def step_07_log_an_incident(self) -> Steps:
        self.workspace.open_screen("incidents")
        yield from self.shot("incident-log")
        yield from self.click("incidents.new")
        yield self.there("incident.account")
        for name, index in (("incident.category", 1), ("incident.place", 3)):
            field_ = self.find(name)
            field_.setCurrentIndex(index)
            field_.activated.emit(index)
            yield None
        yield from self.click("incident.happened_at.now")
        yield from self.write("incident.antecedent", "A letter from the landlord.")
        yield from self.write(
            "incident.account", "Client called, crying, and could not see how to get through the night."
        )
        yield from self.click("incident.action.add")
        yield from self.write("incident.action-1.text", "Went through the safety plan together.")
        yield from self.click("incident.notification.add")
        yield from self.write("incident.notification-1.who", "Ana Holt")
        yield from self.click("incident.physical_harm.0")
        yield from self.click("incident.psychological_harm.2")
        yield from self.click("incident.follow-up.add")
        yield from self.write("incident.follow-up-1.text", "Call in the morning")
        yield from self.write(
            "incident.follow-up-1.due.line", (self._clock.now().date() + dt.timedelta(days=1)).isoformat()
        )
        yield from self.shot("incident-form")
        yield from self.click("incidents.sign")
        yield from self.click("incidents.add")
        yield from self.write("addendum.text", "The sister stayed overnight.")
        yield from self.write("addendum.reason", "Learned the next morning")
        yield from self.shot("incident-addendum")
        yield from self.click("addendum.sign")
        yield from self.shot("incident-signed")
        yield from self.click("incidents.report")
        yield from self.keep_pdf("incident-report.pdf")

    def step_08_crisis_panel(self) -> Steps:
        yield from self.press(Qt.Key.Key_F9)
        self.window.open_crisis()
        yield from self.shot("crisis-unlocked")
        yield from self.click("crisis.close")

    def step_09_back_up(self) -> Steps:
        target = self.folder / "backup"
        target.mkdir()
        self.workspace.open_screen("backups")
        yield from self.write("backups.folder", str(target))
        yield from self.click("backups.make")
        yield lambda: any(target.glob("*.safeplan-backup")) and self.there("backups.make")()
        yield from self.click("backups.check-records")
        yield self.there("backups.verdict")
        if "all good" not in self.find("backups.verdict").text():
            raise TourProblemError("the records aren't in order")
        yield from self.shot("backups")
        self.driver.note_file(f"backup/{next(target.iterdir()).name}")

    def step_10_practice(self) -> Steps:
        self.workspace.open_screen("practice")
        yield from self.shot("practice-profile")
        self.workspace.open_practice("contacts")
        yield from self.shot("practice-contacts")
        self.workspace.open_practice("settings")
        yield from self.shot("practice-settings")
        self.workspace.open_screen("today")
        yield from self.shot("today")

    def step_11_lock_and_unlock(self) -> Steps:
        yield from self.click("bar.lock")
        yield from self.shot("locked")
        self.window.open_crisis()
        yield from self.shot("crisis-locked")
        yield from self.click("crisis.close")
        yield from self.write("unlock.passphrase.line", "not the passphrase")
        yield from self.click("unlock.unlock")
        yield self.there("unlock.banner")
        yield from self.shot("wrong-passphrase")
        self.find("unlock.passphrase.line").clear()
        yield from self.write("unlock.passphrase.line", PASSPHRASE)
        yield from self.click("unlock.unlock")
        yield lambda: self.window.workspace is not None
        yield from self.shot("unlocked-again")

    def step_12_restore_into_an_empty_place(self) -> Steps:
        before = len(self.workspace.session.clients.list())
        self.window.close()
        self.window = self._window(self.folder / "restored")
        yield from self.click("first-run.restore")
        yield from self.write("restore.path", str(next((self.folder / "backup").iterdir())))
        yield from self.write("restore.passphrase.line", PASSPHRASE)
        yield from self.shot("restore")
        yield from self.click("restore.restore")
        yield self.there("unlock.passphrase.line")
        yield from self.write("unlock.passphrase.line", PASSPHRASE)
        yield from self.click("unlock.unlock")
        yield lambda: self.window.workspace is not None
        if len(self.workspace.session.clients.list()) != before:
            raise TourProblemError("the restored records hold another number of clients")
        yield from self.shot("restored")

    def step_13_verify_the_restored_records(self) -> Steps:
        self.workspace.open_screen("backups")
        yield from self.click("backups.check-records")
        yield self.there("backups.verdict")
        if "all good" not in self.find("backups.verdict").text():
            raise TourProblemError("the restored records aren't in order")
        yield from self.shot("restored-verified")
        self.window.close()
        yield None


def take_tour(folder: Path, clock: Clock, parameters: Callable[[], KdfParameters]) -> int:
    """Takes the tour; 0 when every step came out right.

    Leaves in `folder`: a screenshot of every screen, the PDFs, the backup, both vaults, and tour.json.
    """
    if folder.exists() and any(folder.iterdir()):
        print(f"{folder} isn't empty. Please name a folder that is empty or not there yet.", file=sys.stderr)  # noqa: T201 - the tour talks to a terminal
        return 2
    folder.mkdir(parents=True, exist_ok=True)
    folder = folder.absolute()
    began = time.perf_counter()
    tour = Tour(folder, clock, parameters)
    shown = time.perf_counter()
    ok = tour.driver.run() and not tour.bugs
    results = tour.driver.results
    worst = max(results, key=lambda result: result.worst_gap_ms)
    report = {
        "ok": ok,
        "version": __version__,
        "platform": QGuiApplication.platformName(),
        "python": platform.python_version(),
        "first_window_seconds": round(shown - began, 3),
        "worst_gap_ms": round(worst.worst_gap_ms, 1),
        "worst_gap_step": worst.name,
        "bugs": tour.bugs,
        "steps": [
            {
                "name": result.name,
                "ok": result.ok,
                "seconds": round(result.seconds, 3),
                "worst_gap_ms": round(result.worst_gap_ms, 1),
                "files": result.files,
                "problem": result.problem,
            }
            for result in results
        ],
    }
    (folder / "tour.json").write_text(json.dumps(report, indent=2) + "\n", encoding="utf-8")
    for result in results:
        said = "good" if result.ok else f"PROBLEM: {result.problem}"
        print(f"{result.name}: {said} ({result.seconds:.1f} s, worst gap {result.worst_gap_ms:.0f} ms)")  # noqa: T201 - the tour talks to a terminal
    return 0 if ok else 1
