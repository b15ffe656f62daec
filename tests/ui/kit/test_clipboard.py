import pytest
from PySide6.QtWidgets import QApplication

from safeplan_desktop.ui.clipboard import KEPT_MS, ClipboardWatch


@pytest.fixture
def clipboard(app, monkeypatch):
    # Qt's offscreen platform can't tell whose the clipboard is and always denies; here it is ours.
    monkeypatch.setattr(ClipboardWatch, "_ours", lambda _self: True)
    yield QApplication.clipboard()
    QApplication.clipboard().clear()


def test_what_was_copied_here_is_gone_after_its_time(qtbot, clipboard):
    watch = ClipboardWatch(clipboard, kept_ms=20)
    clipboard.setText("Maren Holt")
    assert clipboard.text() == "Maren Holt"
    qtbot.waitUntil(lambda: clipboard.text() == "")
    assert not watch._timer.isActive()


def test_half_a_minute_is_its_time(clipboard):
    watch = ClipboardWatch(clipboard)
    clipboard.setText("Maren Holt")
    assert watch._timer.isActive()
    assert watch._timer.interval() == KEPT_MS == 30_000


def test_it_can_be_forgotten_at_once(clipboard):
    watch = ClipboardWatch(clipboard)
    clipboard.setText("Maren Holt")
    watch.forget()
    assert clipboard.text() == ""
    assert not watch._timer.isActive()


def test_what_another_program_copied_is_left_alone(clipboard, monkeypatch):
    monkeypatch.setattr(ClipboardWatch, "_ours", lambda _self: False)
    watch = ClipboardWatch(clipboard)
    clipboard.setText("of another program")
    assert not watch._timer.isActive()
    watch.forget()
    assert clipboard.text() == "of another program"


def test_a_copy_by_another_program_ends_the_time_of_ours(clipboard, monkeypatch):
    watch = ClipboardWatch(clipboard)
    clipboard.setText("Maren Holt")
    monkeypatch.setattr(ClipboardWatch, "_ours", lambda _self: False)
    clipboard.setText("of another program")
    assert not watch._timer.isActive()
