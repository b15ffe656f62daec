"""Promise: a dialog tells how far its work is, and once it is closed nothing comes back."""

import threading
from functools import partial

import pytest
from PySide6.QtWidgets import QDialog, QVBoxLayout

from safeplan_desktop.errors import StorageFullError
from safeplan_desktop.ui.dialog_work import DialogWork
from safeplan_desktop.ui.jobs import Jobs


@pytest.fixture
def jobs(qtbot):
    bugs = []
    made = Jobs(bugs.append)
    yield made
    made.drain()
    assert bugs == []


@pytest.fixture
def dialog(qtbot):
    made = QDialog()
    QVBoxLayout(made)
    qtbot.addWidget(made)
    made.open()
    return made


def _work_in(dialog, jobs, problems):
    def run(work, on_done, on_problem, on_progress=None, *, owner=None):
        jobs.start(work, owner or jobs, on_done, on_problem, on_progress)

    work = DialogWork("period", dialog, run, problems.append)
    dialog.layout().addWidget(work)
    return work


def _stepwise(go_on, steps, tell):
    for step in range(4):
        tell(step / 4, f"Step {step}")
        steps.append(step)
        go_on.acquire()
    return "made"


def test_how_far_it_is_stands_there_while_it_lasts_and_then_goes(qtbot, dialog, jobs):
    go_on, steps, made = threading.Semaphore(0), [], []
    work = _work_in(dialog, jobs, [])
    assert work.isHidden()
    work.start(partial(_stepwise, go_on, steps), made.append)
    assert work.isVisible()
    go_on.release(2)
    qtbot.waitUntil(lambda: work._doing.text() == "Step 2")
    assert work.progress.value() == work.progress.maximum() // 2
    go_on.release(2)
    qtbot.waitUntil(lambda: made == ["made"])
    assert work.isHidden()


def test_a_closed_dialog_ends_the_work_at_its_next_step_and_hears_nothing(qtbot, dialog, jobs):
    go_on, steps, made, problems = threading.Semaphore(0), [], [], []
    _work_in(dialog, jobs, problems).start(partial(_stepwise, go_on, steps), made.append)
    qtbot.waitUntil(lambda: steps == [0])
    dialog.reject()
    go_on.release(4)
    qtbot.waitUntil(lambda: not jobs.busy)
    assert (steps, made, problems) == ([0], [], [])


def test_a_failure_is_said_and_leaves_the_dialog_as_before(qtbot, dialog, jobs):
    problems, busy = [], []

    def fail(_tell):
        raise StorageFullError("The disk is full.")

    work = _work_in(dialog, jobs, problems)
    work.busy_changed.connect(busy.append)
    work.start(fail, problems.append)
    qtbot.waitUntil(lambda: len(problems) == 1)
    assert problems[0].what == "The disk is full."
    assert (busy, work.isHidden(), dialog.isVisible()) == ([True, False], True, True)
