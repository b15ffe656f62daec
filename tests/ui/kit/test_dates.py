import datetime as dt

import pytest
from PySide6.QtCore import QDate, QLocale, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QCalendarWidget, QLineEdit

from safeplan_desktop.ui.widgets.dates import DateField, DateTimeField, parse_date
from safeplan_desktop.ui.widgets.layout import Form

NOON = dt.datetime(2026, 7, 1, 12, 0, tzinfo=dt.UTC)


@pytest.fixture
def locale():
    former = QLocale()
    yield QLocale.setDefault
    QLocale.setDefault(former)


@pytest.mark.parametrize(
    ("name", "text", "day"),
    [
        ("C", "2026-03-05", dt.date(2026, 3, 5)),
        ("C", " 2026-03-05 ", dt.date(2026, 3, 5)),
        ("C", "5.3.2026", dt.date(2026, 3, 5)),
        ("C", "29.02.2024", dt.date(2024, 2, 29)),
        ("en_US", "3/5/2026", dt.date(2026, 3, 5)),
        ("en_US", "2026-03-05", dt.date(2026, 3, 5)),
        ("en_GB", "05/03/2026", dt.date(2026, 3, 5)),
        ("de_DE", "05.03.2026", dt.date(2026, 3, 5)),
        # Two digits could be either century, in a birth date above all: they are asked about, not guessed.
        ("en_US", "3/5/26", None),
        ("C", "5.3.90", None),
        ("C", "31.2.2026", None),
        ("C", "2026-13-01", None),
        ("C", "soon", None),
        ("C", "", None),
    ],
)
def test_a_day_is_read_as_people_type_it(locale, name, text, day):
    locale(QLocale(name))
    assert parse_date(text) == day


@pytest.fixture
def field(show):
    field = DateField()
    field.setObjectName("when")
    field.setAccessibleName("When")
    show(field, QLineEdit())
    return field


def test_a_typed_day_is_told_and_tidied_when_the_field_is_left(field, heard):
    told = heard(field.changed)
    field.line.setFocus()
    QTest.keyClicks(field.line, "5.3.2026")
    assert len(told) == 8
    assert field.value() == dt.date(2026, 3, 5)
    QTest.keyClick(field.line, Qt.Key.Key_Tab)
    assert field.line.text() == "2026-03-05"


def test_setting_a_day_is_silent_and_none_empties_the_field(field, heard):
    told = heard(field.changed)
    field.set_value(dt.date(1990, 5, 4))
    assert field.line.text() == "1990-05-04"
    field.set_value(None)
    assert (field.value(), field.line.text(), field.unreadable) == (None, "", False)
    assert len(told) == 0


def test_nonsense_stays_in_sight_counts_as_empty_and_is_said_to_be_so(field, heard):
    said = heard(field.complained)
    field.line.setFocus()
    QTest.keyClicks(field.line, "soon")
    assert len(said) == 0  # not in the middle of typing
    QTest.keyClick(field.line, Qt.Key.Key_Tab)
    assert field.value() is None
    assert field.unreadable
    assert field.line.text() == "soon"
    assert "can't be read" in said.said[-1]
    field.line.clear()
    field.line.setFocus()
    QTest.keyClicks(field.line, "2026-03-05")
    QTest.keyClick(field.line, Qt.Key.Key_Tab)
    assert said.said[-1] == ""


def test_a_form_puts_the_complaint_beside_the_field_and_takes_it_away(show):
    form, field = Form("f"), DateField()
    form.add("when", "When", field)
    show(form, QLineEdit())
    field.line.setFocus()
    QTest.keyClicks(field.line, "soon")
    QTest.keyClick(field.line, Qt.Key.Key_Tab)
    assert "can't be read" in form._errors["when"].text()
    assert form._errors["when"].isVisible()
    assert not field.line.hasFocus()
    field.set_value(dt.date(2026, 3, 5))
    assert not form._errors["when"].isVisible()


def test_a_day_can_be_picked_from_the_calendar_which_is_made_when_it_is_first_opened(field, heard):
    told = heard(field.changed)
    assert field.findChildren(QCalendarWidget) == []
    field._fill_menu()
    (calendar,) = field.findChildren(QCalendarWidget)
    calendar.clicked.emit(QDate(2026, 3, 5))
    assert field.value() == dt.date(2026, 3, 5)
    assert len(told) == 1
    field._fill_menu()
    assert len(field.findChildren(QCalendarWidget)) == 1


def test_its_parts_bear_its_name(field):
    assert field.line.objectName() == "when.line"
    assert field._pick.objectName() == "when.calendar"
    assert field._pick.accessibleName() == "When: calendar"


@pytest.fixture
def moment(show):
    field = DateTimeField("America/Denver", lambda: NOON)
    field.setObjectName("at")
    show(field, QLineEdit())
    return field


def test_an_instant_is_shown_in_its_zone_and_given_back_in_utc(moment):
    moment.set_value(NOON)
    assert (moment.day.line.text(), moment.time.text()) == ("2026-07-01", "06:00")
    assert moment.value() == NOON
    assert moment.value().tzinfo is dt.UTC


def test_another_zone_shows_the_same_instant(moment):
    moment.set_value(NOON)
    moment.set_zone("Asia/Tokyo")
    assert moment.time.text() == "21:00"
    assert moment.value() == NOON


@pytest.mark.parametrize("time", ["14:30", "14.30"])
def test_the_time_may_be_typed_with_a_point(moment, time):
    moment.day.set_value(dt.date(2026, 1, 5))
    moment.time.setText(time)
    assert moment.value() == dt.datetime(2026, 1, 5, 21, 30, tzinfo=dt.UTC)


@pytest.mark.parametrize(
    ("day", "time"),
    [("2026-01-05", ""), ("", "14:30"), ("2026-01-05", "25:00"), ("2026-01-05", "noon"), ("soon", "14:30")],
)
def test_what_cant_be_read_is_no_instant(moment, day, time):
    moment.day.line.setText(day)
    moment.time.setText(time)
    assert moment.value() is None
    assert moment.unreadable


@pytest.mark.parametrize(("zone", "day"), [("Asia/Tokyo", "0001-01-01"), ("America/Denver", "9999-12-31")])
def test_the_ends_of_the_calendar_are_no_bug(moment, zone, day):
    moment.set_zone(zone)
    moment.day.line.setText(day)
    moment.time.setText("23:59" if day > "5" else "00:00")
    assert moment.value() is None


def test_a_time_without_a_day_is_complained_of_a_day_without_a_time_not_yet(moment, heard):
    said = heard(moment.complained)
    moment.day.line.setFocus()
    QTest.keyClicks(moment.day.line, "2026-01-05")
    QTest.keyClick(moment.day.line, Qt.Key.Key_Tab)
    assert not any(said.said)
    moment.time.setFocus()
    QTest.keyClicks(moment.time, "25:00")
    QTest.keyClick(moment.time, Qt.Key.Key_Tab)
    assert "can't be read" in said.said[-1]
    moment.set_value(NOON)
    assert said.said[-1] == ""


def test_now_fills_in_both_and_is_told(moment, heard):
    told = heard(moment.changed)
    moment._set_now.click()
    assert moment.value() == NOON
    assert len(told) == 1
