import threading

import pytest
from PySide6.QtCore import QObject, QThread
from shiboken6 import delete

from safeplan_desktop.errors import CancelledError, SafePlanError, StorageFullError
from safeplan_desktop.ui.jobs import Jobs


@pytest.fixture
def bugs():
    return []


@pytest.fixture
def jobs(app, bugs):
    jobs = Jobs(bugs.append)
    yield jobs
    jobs.drain()


@pytest.fixture
def owner(app):
    return QObject()


class Gate:
    """Work that says when it began and goes on until it is let through or cancelled."""

    def __init__(self) -> None:
        self.began, self.open = threading.Event(), threading.Event()

    def work(self, control):
        self.began.set()
        while not self.open.wait(0.001):
            control.check_cancelled()
        return "through"


def test_work_runs_beside_the_window_and_its_result_comes_back_into_it(qtbot, jobs, owner):
    threads, results = [], []
    jobs.start(
        lambda _c: threads.append(QThread.currentThread()) or 42,
        owner,
        lambda result: results.append((result, QThread.currentThread())),
        pytest.fail,
    )
    qtbot.waitUntil(lambda: bool(results))
    assert results == [(42, owner.thread())]
    assert threads[0] != owner.thread()


def test_work_is_done_one_after_the_other_in_order(qtbot, jobs, owner):
    running, order, gate = [], [], Gate()

    def second(_control):
        running.append(gate.open.is_set())

    jobs.start(gate.work, owner, order.append, pytest.fail)
    jobs.start(second, owner, lambda _none: order.append("second"), pytest.fail)
    gate.began.wait()
    assert running == []
    gate.open.set()
    qtbot.waitUntil(lambda: len(order) == 2)
    assert order == ["through", "second"]
    assert running == [True]


def test_an_expected_failure_goes_to_the_screen_and_isnt_a_bug(qtbot, jobs, owner, bugs):
    problems = []

    def work(_control):
        raise StorageFullError("The disk is full.")

    jobs.start(work, owner, pytest.fail, problems.append)
    qtbot.waitUntil(lambda: bool(problems))
    assert isinstance(problems[0], StorageFullError)
    assert bugs == []


def test_anything_else_is_a_bug_and_not_shown_as_a_problem(qtbot, jobs, owner, bugs):
    jobs.start(lambda _c: 1 / 0, owner, pytest.fail, pytest.fail)
    qtbot.waitUntil(lambda: bool(bugs))
    assert isinstance(bugs[0], ZeroDivisionError)


def test_progress_is_told_in_the_window_in_order(qtbot, jobs, owner):
    told = []

    def work(control):
        control.report(None, "Beginning")
        control.report(0.5, "Half")

    done = []
    jobs.start(work, owner, done.append, pytest.fail, lambda fraction, sentence: told.append((fraction, sentence)))
    qtbot.waitUntil(lambda: bool(done))
    assert told == [(None, "Beginning"), (0.5, "Half")]


def test_cancelling_ends_the_work_at_its_next_step(qtbot, jobs, owner):
    gate, problems = Gate(), []
    control = jobs.start(gate.work, owner, pytest.fail, problems.append)
    gate.began.wait()
    control.cancel()
    qtbot.waitUntil(lambda: bool(problems))
    assert isinstance(problems[0], CancelledError)
    assert "Nothing was changed" in problems[0].sentences


def test_what_was_cancelled_while_waiting_never_begins(qtbot, jobs, owner):
    gate, began, problems = Gate(), [], []
    jobs.start(gate.work, owner, lambda _r: None, pytest.fail)
    jobs.start(lambda _c: began.append(1), owner, pytest.fail, problems.append).cancel()
    gate.open.set()
    qtbot.waitUntil(lambda: bool(problems))
    assert began == []


def test_the_result_is_dropped_when_its_owner_is_gone(qtbot, jobs, owner):
    gate, got, others = Gate(), [], []
    jobs.start(gate.work, owner, got.append, got.append, lambda *said: got.append(said))
    delete(owner)
    gate.open.set()
    jobs.start(lambda _c: "other", jobs, others.append, pytest.fail)
    qtbot.waitUntil(lambda: others == ["other"])
    assert got == []


def test_a_bug_is_told_even_when_its_owner_is_gone(qtbot, jobs, owner, bugs):
    jobs.start(lambda _c: 1 / 0, owner, pytest.fail, pytest.fail)
    delete(owner)
    qtbot.waitUntil(lambda: bool(bugs))
    assert isinstance(bugs[0], ZeroDivisionError)


def test_draining_ends_everything_and_drops_what_comes_after(qtbot, jobs, owner):
    gate, got, began = Gate(), [], []
    jobs.start(gate.work, owner, got.append, got.append)
    jobs.start(lambda _c: began.append(1), owner, got.append, got.append)
    gate.began.wait()
    jobs.drain()
    assert not jobs.busy
    others = []
    jobs.start(lambda _c: "after", owner, others.append, pytest.fail)
    qtbot.waitUntil(lambda: others == ["after"])
    assert (got, began) == ([], [])


def test_it_is_busy_from_the_first_to_the_last_piece_of_work(qtbot, jobs, owner, heard):
    told, gate = heard(jobs.busy_changed), Gate()
    jobs.start(gate.work, owner, lambda _r: None, pytest.fail)
    jobs.start(lambda _c: None, owner, lambda _r: None, pytest.fail)
    assert jobs.busy
    gate.open.set()
    qtbot.waitUntil(lambda: not jobs.busy)
    assert told.said[0] is True
    assert told.said[-1] is False
    assert told.said.count(False) == 1


def test_a_cancelled_job_isnt_mistaken_for_another_failure():
    assert issubclass(CancelledError, SafePlanError)
