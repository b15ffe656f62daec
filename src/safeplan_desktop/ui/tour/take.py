"""Takes the tour through its rooms, and leaves a report of it."""

from __future__ import annotations

import json
import platform
import sys
import time
from collections.abc import Callable
from pathlib import Path

from PySide6.QtGui import QGuiApplication

from safeplan_desktop import __version__
from safeplan_desktop.domain.moments import Clock
from safeplan_desktop.security.kdf import KdfParameters
from safeplan_desktop.ui.tour import assess, begin, practice, record, safe
from safeplan_desktop.ui.tour.hands import Step, Tour

_ROOMS = (
    (begin.first_start, begin.set_up, begin.sample_practice, begin.add_a_client),
    (assess.screen, assess.plan, assess.go_through_it_together),
    (record.session_note, record.consent, record.handout, record.log_an_incident),
    (record.client_record, record.find_again),
    (practice.crisis_panel, practice.policy, practice.practice),
    (safe.back_up, safe.lock_and_unlock, safe.restore_into_an_empty_place, safe.verify_the_restored_records),
)
STEPS: tuple[Step, ...] = tuple((step.__name__.replace("_", " "), step) for room in _ROOMS for step in room)
"""Every step, in the order of the tour."""


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
    tour = Tour(folder, clock, parameters, STEPS)
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
        "worst_busy_ms": round(max(result.worst_busy_ms for result in results), 1),
        "bugs": tour.bugs,
        "steps": [
            {
                "name": result.name,
                "ok": result.ok,
                "seconds": round(result.seconds, 3),
                "worst_gap_ms": round(result.worst_gap_ms, 1),
                "worst_busy_ms": round(result.worst_busy_ms, 1),
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
