"""Promise: what documents need is loaded before the first one is asked for, and never for a window that is gone."""

import subprocess
import sys

from PySide6.QtWidgets import QWidget
from shiboken6 import delete

from safeplan_desktop.ui import read_ahead


def test_it_is_loaded_in_a_job_shortly_after_the_window_is_there(qtbot, monkeypatch):
    monkeypatch.setattr(read_ahead, "AFTER_MS", 0)
    owner, jobs = QWidget(), []
    qtbot.addWidget(owner)
    read_ahead.load_soon(owner, lambda work, *_callbacks: jobs.append(work))
    assert jobs == []
    qtbot.waitUntil(lambda: len(jobs) == 1)


def test_nothing_is_loaded_for_a_window_that_is_gone(qtbot, monkeypatch):
    monkeypatch.setattr(read_ahead, "AFTER_MS", 0)
    owner, jobs, later = QWidget(), [], QWidget()
    qtbot.addWidget(later)
    read_ahead.load_soon(owner, lambda *_: jobs.append("gone"))
    read_ahead.load_soon(later, lambda *_: jobs.append("there"))
    delete(owner)
    qtbot.waitUntil(lambda: bool(jobs))
    assert jobs == ["there"]


def test_afterwards_a_plot_loads_nothing_more():
    script = (
        "import sys; from safeplan_desktop.services.read_ahead import load_documents; load_documents(); "
        "before = set(sys.modules); from safeplan_desktop.documents import charts; "
        "charts.as_svg(charts.Drawing(9, 9)); print(len(set(sys.modules) - before))"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "0"
