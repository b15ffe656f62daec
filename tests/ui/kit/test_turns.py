"""Promise: a long page is there at once with what is looked at first, and nothing typed meanwhile goes astray."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from safeplan_desktop.ui.widgets.inputs import TextLine
from safeplan_desktop.ui.widgets.layout import Page
from safeplan_desktop.ui.widgets.turns import Turns


@pytest.fixture
def page(qtbot):
    """Four cards with a field each, of which the third is hidden for a reason of its own."""
    made = Page("long")
    qtbot.addWidget(made)
    made.lines = [TextLine() for _ in range(4)]
    made.cards = [made.card(f"Card {number}") for number in range(4)]
    for card, line in zip(made.cards, made.lines, strict=True):
        card.add(line)
    made.cards[2].hide()
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    made.show_in_turns()
    made.lines[0].setFocus()
    return made


def seen(page):
    return [number for number, card in enumerate(page.cards) if card.isVisible()]


def test_the_first_card_is_there_at_once_and_the_others_come_by_themselves(page, qtbot):
    assert seen(page) == [0]
    qtbot.waitUntil(lambda: not page.turns.running)
    assert seen(page) == [0, 1, 3]


def test_a_key_finds_every_card_there_and_arrives_where_the_cursor_is(page):
    QTest.keyClick(page.windowHandle(), Qt.Key.Key_A)
    assert seen(page) == [0, 1, 3]
    assert page.lines[0].value() == "a"
    QTest.keyClick(page.windowHandle(), Qt.Key.Key_Tab)
    assert QApplication.focusWidget() is page.lines[1]


def test_work_in_turns_ends_once_however_it_is_ended(qtbot):
    owner, done, ends = QWidget(), [], []
    qtbot.addWidget(owner)
    turns = Turns(owner)
    turns.begin((done.append(number) for number in range(3)), lambda: ends.append(len(done)))
    assert (done, turns.running) == ([], True)
    turns.finish()
    assert (done, ends, turns.running) == ([0, 1, 2], [3], False)
    turns.begin((done.append(number) for number in range(3)), lambda: ends.append(len(done)))
    qtbot.waitUntil(lambda: not turns.running)
    turns.finish()
    assert ends == [3, 6]
