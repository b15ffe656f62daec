"""Prints how long the window is busy when a room is first shown: `python tests/bench/first_showings.py [TIMES] [ROOM]`.

Each time is a process of its own, as after a start of the program; the middle one of each figure is printed. A turn is one
round of the event loop: what is typed or clicked meanwhile waits until it ends. With ROOM, what that showing spends its
time on is printed instead.
"""

import cProfile
import gc
import json
import os
import pstats
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
sys.path.insert(0, str(Path(__file__).parents[1]))

from PySide6.QtWidgets import QDialog, QPushButton, QWidget
from support.vaults import HeldClock, fresh_vault, session_on, shared_keys

from safeplan_desktop.domain.changes import Noun
from safeplan_desktop.security.kdf import KdfParameters
from safeplan_desktop.services.sample import fill_with_sample
from safeplan_desktop.services.vault import open_vault
from safeplan_desktop.ui.app import make_app
from safeplan_desktop.ui.jobs import Jobs
from safeplan_desktop.ui.main_window import MainWindow, Surroundings
from safeplan_desktop.ui.theme import Scheme

CLIENTS, PROMISED_MS = 6, 50
_SETTLED_SECONDS, _READ_AHEAD_SECONDS = 0.25, 1.5
_PARTS = (
    *("profile", "contacts", "protocol", "exercises", "checklists", "policy", "room", "training", "reviews"),
    *("handouts", "support", "retention", "set-up", "questionnaires", "settings"),
)
_BACK = ("session-note.back", "agreement.back", "practice.training.back")

Door = tuple[str, Callable[[], object], Callable[[], object]]
"""A room's name, what has to be shown before it, and what opens it."""


class Showings:
    """A window on an invented practice of six clients."""

    def __init__(self, folder: Path) -> None:
        session = session_on(fresh_vault(folder), HeldClock())
        fill_with_sample(session.vault, HeldClock(), clients=CLIENTS, seed=1)
        self.client = session.clients.list()[0].id
        session.vault.database.close()
        self.app = make_app(Scheme.LIGHT)
        jobs = Jobs(_raise, self.app)
        around = Surroundings(folder, HeldClock(), jobs, lambda: KdfParameters.FLOOR, None, None)
        self.window: Any = MainWindow(around)
        self.window.show()
        gc.freeze()  # as the program does
        self.settle()
        self.vault = open_vault(folder, shared_keys().data_key, HeldClock())

    @property
    def space(self) -> Any:
        return self.window.workspace

    def doors(self) -> list[Door]:
        """The rooms in the order of their showing."""
        doors = [
            ("Today", _nothing, lambda: self.window._opened(self.vault)),
            ("Clients", _nothing, lambda: self.space.open_screen("clients")),
            self._pressed("Client, form", "clients.new"),
            ("Client's record", _nothing, lambda: self.space.open_record(Noun.CLIENT, "", self.client)),
        ]
        for room, forms in (
            ("sessions", ("session-note",)),
            ("agreements", ("agreement", "consent")),
            ("handouts", ()),
        ):
            doors.append((f"Record > {room}", _nothing, lambda room=room: self._tabs().open_room(room)))
            doors += [self._pressed(f"{form.capitalize()}, form", f"{form}.new", self._leave_forms) for form in forms]
        doors += [
            (name.capitalize(), _nothing, lambda name=name: self.space.open_screen(name))
            for name in ("screening", "plan", "incidents")
        ]
        doors.append(self._pressed("Incident, form", "incidents.new"))
        doors.append(("Quick check", _nothing, lambda: self.space.begin_quick_check(self.client)))
        doors += [(f"Practice > {part}", _nothing, lambda part=part: self.space.open_practice(part)) for part in _PARTS]
        for words, part, name in (
            ("Training, form", "training", "practice.trainings.add"),
            ("Rule, dialog", "training", "practice.trainings.add-rule"),
            ("Own feedback, form", "reviews", "practice.reviews.own"),
            ("Handout, form", "handouts", "practice.handouts.new"),
            ("Self-care plan, form", "support", "practice.support.write"),
            ("Policy, draft", "policy", "practice.policy.write"),
        ):
            doors.append(self._pressed(words, name, lambda part=part: self._list_of(part)))
        doors.append(("Backups", _nothing, lambda: self.space.open_screen("backups")))
        doors += [
            (f"Backups > {part}", _nothing, lambda part=part: self.space.screen_of("backups").open_part(part))
            for part in ("check", "activity")
        ]
        doors.append(("Find", _nothing, lambda: self.space.open_find()))  # noqa: PLW0108 - there is no workspace yet
        doors.append(("Crisis panel", _nothing, self.window.open_crisis))
        return doors

    def _tabs(self) -> Any:
        return self.space.screen_of("clients").record_tabs

    def _pressed(self, words: str, name: str, before: Callable[[], object] = lambda: None) -> Door:
        return words, before, lambda: self._visible(name).click()

    def _leave_forms(self) -> None:
        """Back from the forms to their lists."""
        for back in self.window.findChildren(QPushButton):
            if back.isVisible() and back.objectName() in _BACK:
                back.click()

    def _list_of(self, part: str) -> None:
        self._leave_forms()
        self.space.open_practice(part)

    def _visible(self, name: str) -> Any:
        there = [one for one in self.window.findChildren(QWidget, name) if one.isVisible()]
        assert there, name
        return there[0]

    def settle(self, seconds: float = _SETTLED_SECONDS) -> list[tuple[float, float]]:
        """Lets the event loop turn until nothing happens any more; what each turn worked and took, in ms."""
        turns, quiet_since = [], time.perf_counter()
        while time.perf_counter() - quiet_since < seconds:
            turns.append(_measured(self.app.processEvents))
            if turns[-1][0] > 1.0:
                quiet_since = time.perf_counter()
            time.sleep(0.001)
        return turns

    def open(self, door: Door) -> tuple[float, float, int]:
        """Opens a room: its longest turn in ms of work and by the clock, and how many turns took longer than a moment."""
        _, before, opens = door
        before()
        self.settle()

        def first_turn() -> None:
            opens()
            self.app.processEvents()

        turns = [_measured(first_turn), *self.settle()]
        for dialog in self.window.findChildren(QDialog):
            dialog.close()
        return max(work for work, _ in turns), max(took for _, took in turns), sum(work > 1.0 for work, _ in turns)


def _nothing() -> None:
    """Nothing has to be shown before."""


def _raise(error: BaseException) -> None:
    raise error


def _measured(work: Callable[[], object]) -> tuple[float, float]:
    worked, began = time.thread_time(), time.perf_counter()
    work()
    return (time.thread_time() - worked) * 1000, (time.perf_counter() - began) * 1000


def _measure_here(profiled: str) -> dict[str, tuple[float, float, int]]:
    with tempfile.TemporaryDirectory() as place:
        showings = Showings(Path(place) / "vault")
        found = {}
        for door in showings.doors():
            if door[0] == profiled:
                with cProfile.Profile(time.thread_time) as profile:
                    showings.open(door)
                pstats.Stats(profile).sort_stats("cumulative").print_stats(60)
                return {}
            found[door[0]] = showings.open(door)
            if door[0] == "Today":
                # What documents need is read ahead; that is another thread's work.
                showings.settle(_READ_AHEAD_SECONDS)
        showings.window.lock()
    return found


def main() -> None:
    times = int(sys.argv[1]) if len(sys.argv) > 1 else 3
    if times < 1 or len(sys.argv) > 2:
        found = _measure_here(sys.argv[2] if len(sys.argv) > 2 else "")
        print(json.dumps(found))
        return
    runs = []
    for _ in range(times):
        done = subprocess.run([sys.executable, __file__, "0"], capture_output=True, text=True, check=True)
        runs.append(json.loads(done.stdout.splitlines()[-1]))
    for name in runs[0]:
        work, took, turns = (statistics.median(values) for values in zip(*(run[name] for run in runs), strict=True))
        print(
            f"{name:26} {work:6.0f} ms of work, {took:6.0f} ms in all, {turns:3.0f} turns{'   !' if work > PROMISED_MS else ''}"
        )


main()
