"""The field for a time of the day."""

import datetime as dt

import pytest
from PySide6.QtTest import QTest

from safeplan_desktop.ui.widgets.times import TimeField, parse_time


@pytest.mark.parametrize(
    ("text", "time"),
    [
        *(("14:30", dt.time(14, 30)), ("14.30", dt.time(14, 30)), ("1430", dt.time(14, 30)), ("930", dt.time(9, 30))),
        *((" 9 ", dt.time(9)), ("0:05", dt.time(0, 5)), ("24:00", None), ("14:60", None), ("soon", None), ("", None)),
    ],
)
def test_a_time_is_read_as_people_type_it(text, time):
    assert parse_time(text) == time


def test_what_cannot_be_read_stays_in_sight_and_is_said_to_be_so(qtbot):
    field = TimeField(lambda: dt.time(9, 5))
    qtbot.addWidget(field)
    said = []
    field.complained.connect(said.append)
    QTest.keyClicks(field.line, "25:00")
    field.line.editingFinished.emit()

    assert field.value() is None
    assert field.line.text() == "25:00"
    assert "type it like 14:30" in said[-1]
    field._set_now.click()
    assert (field.value(), said[-1]) == (dt.time(9, 5), "")
