import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit

from safeplan_desktop.ui import auto_lock
from safeplan_desktop.ui.auto_lock import AutoLock, awake_clock


class Seconds:
    """A clock that stands still until it is moved."""

    def __init__(self) -> None:
        self.at = 1000.0

    def __call__(self) -> float:
        return self.at


@pytest.fixture
def clock(monkeypatch):
    clock = Seconds()
    monkeypatch.setattr(auto_lock, "awake_clock", clock)
    return clock


@pytest.fixture
def watch(app, clock, heard):
    watch = AutoLock(app, 5)
    watch.locks, watch.warnings = heard(watch.lock_now), heard(watch.warn)
    watch.start()
    yield watch
    watch.stop()


def _pass(watch, clock, seconds, step=1):
    for _ in range(int(seconds / step)):
        clock.at += step
        watch.tick()


def test_it_locks_after_five_minutes_without_a_key_or_a_click(watch, clock):
    _pass(watch, clock, 299)
    assert watch.locks.said == []
    _pass(watch, clock, 1)
    assert watch.locks.said == ["idle"]


def test_it_warns_a_minute_before_and_counts_down(watch, clock):
    _pass(watch, clock, 239)
    assert watch.warnings.said == []
    _pass(watch, clock, 3)
    assert watch.warnings.said == [60, 59, 58]


@pytest.mark.parametrize("minutes", [1, 2])
def test_a_short_limit_doesnt_warn_from_the_beginning(watch, clock, minutes):
    watch.set_minutes(minutes)
    _pass(watch, clock, minutes * 30 - 1)
    assert watch.warnings.said == []
    _pass(watch, clock, 1)
    assert len(watch.warnings) == 1


@pytest.mark.parametrize(
    "act",
    [
        lambda line: QTest.keyClick(line.window().windowHandle(), Qt.Key.Key_A),
        lambda line: QTest.mouseClick(line.window().windowHandle(), Qt.MouseButton.LeftButton),
        lambda line: QTest.mouseMove(line.window().windowHandle(), QPoint(5, 7)),
    ],
)
def test_a_key_a_click_or_the_mouse_begins_the_time_anew_and_takes_the_warning_back(watch, clock, show, act):
    line = QLineEdit()
    show(line)
    _pass(watch, clock, 290)
    act(line)
    assert watch.warnings.said[-1] == 0
    _pass(watch, clock, 239)
    assert watch.locks.said == []
    assert watch.warnings.said[-1] == 0


def test_a_sleep_of_the_computer_locks_when_it_wakes(watch, clock):
    _pass(watch, clock, 10)
    clock.at += 60
    watch.tick()
    assert watch.locks.said == ["sleep"]


def test_a_busy_moment_isnt_taken_for_a_sleep(watch, clock):
    clock.at += 15
    watch.tick()
    assert watch.locks.said == []


def test_the_limit_may_change_while_it_watches(watch, clock):
    watch.set_minutes(30)
    _pass(watch, clock, 1700)
    assert watch.locks.said == []
    _pass(watch, clock, 100)
    assert watch.locks.said == ["idle"]


def test_the_desktops_word_locks_at_once_but_only_while_the_records_are_open(watch):
    desktop = watch._desktop
    desktop.locked.emit()
    desktop.sleeping.emit()
    assert watch.locks.said == ["screen lock", "sleep"]
    watch.stop()
    desktop.locked.emit()
    assert len(watch.locks) == 2


def test_the_real_clock_goes_forward():
    first = awake_clock()
    assert awake_clock() >= first
