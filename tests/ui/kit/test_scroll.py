"""Promise: what comes up below a page never pushes the field that is being written in out of sight."""

import pytest
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from safeplan_desktop.ui.widgets.layout import Page
from safeplan_desktop.ui.widgets.toast import Toast


@pytest.mark.parametrize("place", [0, 7, 19])
def test_a_line_at_the_foot_leaves_the_field_in_sight(qtbot, show, place):
    page, lines, window = Page("p", "Page"), [QLineEdit() for _ in range(20)], QWidget()
    for line in lines:
        page.add(line)
    column = QVBoxLayout(window)
    column.addWidget(page)
    window = show(window)
    window.resize(500, 300)
    toast = Toast(window, column)
    lines[place].setFocus()
    page.show_widget(lines[place])
    toast.say("Saved. " * 40)
    viewport = page._scroll.viewport()

    def in_sight():
        middle = lines[place].mapTo(viewport, lines[place].rect().center())
        return viewport.rect().contains(middle) and not toast.geometry().contains(
            lines[place].mapTo(window, lines[place].rect().center())
        )

    qtbot.waitUntil(in_sight)
    assert window.rect().contains(toast.geometry())
