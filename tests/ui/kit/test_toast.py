import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit

from safeplan_desktop.ui.theme import Scheme, apply_theme
from safeplan_desktop.ui.widgets.layout import Page, button, row
from safeplan_desktop.ui.widgets.toast import SHOWN_MS, Toast

LONG = "SafePlan locks in 60 seconds. Press any key to go on. Everything is saved."


@pytest.fixture
def window(show):
    page = Page("p", "Page")
    page.set_footer(row(None, button("Save", "p.save", lambda: None)))
    line = QLineEdit()
    page.add(line)
    window = show(page)
    line.setFocus()
    window.line, window.page = line, page
    return window


def test_it_goes_away_by_itself_after_some_seconds(qtbot, window):
    toast = Toast(window)
    toast.say("Saved.")
    assert toast.isVisible()
    assert toast._timer.interval() == SHOWN_MS
    toast._timer.setInterval(10)
    qtbot.waitUntil(lambda: not toast.isVisible())


def test_it_never_takes_the_focus(window):
    toast = Toast(window)
    toast.say("Removed.", lambda: None)
    assert window.line.hasFocus()


def test_undo_undoes_once_and_is_there_only_when_it_can(window):
    undone, toast = [], Toast(window)
    toast.say("Removed.", lambda: undone.append(1))
    QTest.mouseClick(toast._undo, Qt.MouseButton.LeftButton)
    assert undone == [1]
    assert not toast.isVisible()
    toast.say("Saved.")
    assert not toast._undo.isVisible()


@pytest.mark.parametrize("scale", [1.0, 1.5, 2.0])
@pytest.mark.parametrize("width", [500, 900])
def test_a_long_sentence_is_shown_whole_within_the_window_and_above_its_buttons(app, window, scale, width):
    apply_theme(app, Scheme.LIGHT, scale)
    window.resize(width, 600)
    toast = Toast(window)
    toast.say(LONG, lambda: None)
    QApplication.sendPostedEvents()
    assert window.rect().contains(toast.geometry())
    assert toast._text.height() >= toast._text.heightForWidth(toast._text.width())
    footer = window.findChild(type(toast._undo), "p.save")
    assert toast.geometry().bottom() <= footer.mapTo(window, footer.rect().topLeft()).y()


def test_it_moves_with_its_window(window):
    toast = Toast(window)
    toast.say("Saved.")
    window.resize(1200, 700)
    assert abs(toast.geometry().center().x() - 600) <= 1


def test_a_countdown_is_read_out_once(window, monkeypatch):
    told, toast = [], Toast(window)
    monkeypatch.setattr(QAccessible, "updateAccessibility", lambda event: told.append(event.message()))
    for seconds in (60, 59, 58):
        toast.say(f"Locks in {seconds} seconds.")
    assert told == ["Locks in 60 seconds."]
