import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QLineEdit

from safeplan_desktop.errors import StorageFullError
from safeplan_desktop.ui.widgets.banner import Banner


@pytest.fixture
def banner(show):
    banner = Banner("b")
    show(banner, QLineEdit())
    return banner


def test_it_is_hidden_until_there_is_something_to_say(banner):
    assert not banner.isVisible()
    banner.say("information", "You can go on where you stopped.")
    assert banner.isVisible()


@pytest.mark.parametrize(
    ("kind", "word"), [("caution", "Please note"), ("success", "Done"), ("problem", "didn't work")]
)
def test_a_word_says_the_kind_so_that_colour_isnt_the_only_sign(banner, kind, word):
    banner.say(kind, "A sentence.")
    said = [label.text() for label in banner.findChildren(QLabel) if label.isVisible()]
    assert any(word in text for text in said)
    assert word in banner.accessibleName()


def test_an_expected_failure_says_what_happened_what_is_safe_and_what_to_do(banner):
    banner.show_problem(StorageFullError("The disk is full.", safe="All is safe.", next_step="Make room."))
    assert banner.text == "The disk is full. All is safe. Make room."
    assert banner.kind == "problem"


def test_what_looks_like_markup_is_shown_as_typed(banner):
    banner.say("information", "<b>Maren</b> <img src='file:///etc/passwd'>")
    assert banner._text.textFormat() is Qt.TextFormat.PlainText
    assert banner.text == "<b>Maren</b> <img src='file:///etc/passwd'>"


def test_its_button_acts_once_and_hides_it(banner):
    done = []
    banner.say("information", "Go on?", action="Go on", on_action=lambda: done.append(1))
    banner._action.setFocus()
    QTest.keyClick(banner._action, Qt.Key.Key_Space)
    assert done == [1]
    assert not banner.isVisible()
    banner.say("success", "Saved.")
    assert not banner._action.isVisible()


def test_it_can_be_closed_by_the_keyboard_and_never_takes_the_focus(banner):
    line = banner.window().findChild(QLineEdit)
    line.setFocus()
    banner.say("problem", "Something.")
    assert line.hasFocus()
    close = next(button for button in banner.children() if button.objectName() == "b.close")
    QTest.keyClick(close, Qt.Key.Key_Space)
    assert not banner.isVisible()


def test_a_screen_reader_is_told_once_of_each_message(banner, monkeypatch):
    told = []
    monkeypatch.setattr(QAccessible, "updateAccessibility", lambda event: told.append(event.message()))
    for sentence in ("The disk is full.", "The disk is full.", "Saved."):
        banner.say("information", sentence)
    assert told == ["The disk is full.", "Saved."]
