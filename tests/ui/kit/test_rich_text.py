"""The field for rich text: four buttons with their keys, and nothing pasted goes beyond them."""

import pytest
from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import QTextCursor
from PySide6.QtTest import QTest

from safeplan_desktop.domain.rich_text import blocks_of, markdown_of
from safeplan_desktop.services import reference
from safeplan_desktop.ui.widgets.rich_text import RichTextField

CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def field(qtbot):
    made = RichTextField("field", "Text")
    qtbot.addWidget(made)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    made.text.setFocus()
    return made


def type_(field, words):
    QTest.keyClicks(field.text, words)


def key(field, which, modifiers=Qt.KeyboardModifier.NoModifier):
    QTest.keyClick(field.text, which, modifiers)


@pytest.mark.parametrize("section", [one for one in reference.policy().sections if one.text], ids=lambda one: one.id)
def test_our_texts_come_back_as_they_were_put_in(field, section):
    field.set_value(section.text)
    assert field.value() == markdown_of(blocks_of(section.text))


def test_heading_lists_and_bold_by_the_keyboard_alone(field):
    key(field, Qt.Key.Key_H, CTRL | SHIFT)
    type_(field, "Exits")
    key(field, Qt.Key.Key_Return)
    type_(field, "Keep the ")
    key(field, Qt.Key.Key_B, CTRL)
    type_(field, "door")
    key(field, Qt.Key.Key_B, CTRL)
    type_(field, " free")
    key(field, Qt.Key.Key_Return)
    key(field, Qt.Key.Key_U, CTRL | SHIFT)
    type_(field, "one")
    key(field, Qt.Key.Key_Return)
    type_(field, "two")
    key(field, Qt.Key.Key_Return)
    key(field, Qt.Key.Key_O, CTRL | SHIFT)
    type_(field, "first")

    assert field.value() == "## Exits\n\nKeep the **door** free\n\n- one\n- two\n\n1. first"


def test_a_button_makes_a_list_and_takes_it_back(field):
    field.set_value("one\n\ntwo")
    field.text.selectAll()
    field.tools[3].click()
    assert field.value() == "1. one\n2. two"
    field.text.selectAll()
    field.tools[3].click()
    assert field.value() == "one\n\ntwo"


def test_what_is_pasted_is_reduced_to_the_subset(field):
    pasted = QMimeData()
    pasted.setHtml(
        "<h1>Title</h1><p style='color:red'>Some <b>bold</b> <i>slanted</i> <a href='http://x'>link</a></p>"
        "<ul><li>one</li><li>two</li></ul><table><tr><td>cell</td></tr></table><img src='http://x/y.png'>"
    )
    field.text.insertFromMimeData(pasted)

    assert field.value() == "## Title\n\nSome **bold** slanted link\n\n- one\n- two\n\ncell"
    assert not field.text.document().toHtml().count("href")


def test_an_edit_can_be_undone_and_opening_a_text_can_not(field):
    field.set_value("First")
    heard = []
    field.changed.connect(lambda: heard.append(True))
    field.text.moveCursor(QTextCursor.MoveOperation.End)
    type_(field, " words")
    assert heard
    key(field, Qt.Key.Key_Z, CTRL)
    assert field.value() == "First"
    key(field, Qt.Key.Key_Z, CTRL)
    assert field.value() == "First"


def test_tab_leaves_the_text(field):
    type_(field, "a")
    key(field, Qt.Key.Key_Tab)
    assert field.value() == "a"
