"""The calendar file: whole days, plain words, the same entry again next time, and nothing that tells who."""

import datetime as dt

from icalendar import Calendar

from safeplan_desktop.exchange.calendar_out import CalendarDay, calendar_ics

MADE = dt.datetime(2026, 3, 2, 16, 0, tzinfo=dt.UTC)
DAY = dt.date(2026, 3, 5)


def _events(*days):
    return Calendar.from_ical(calendar_ics(days, MADE)).walk("VEVENT")


def test_an_entry_is_a_whole_day_private_and_free():
    (event,) = _events(CalendarDay("plan-review|c|v", DAY, "Safety plan review"))
    assert event["dtstart"].dt == DAY
    assert event["dtend"].dt == DAY + dt.timedelta(days=1)
    assert event["dtstart"].params["VALUE"] == "DATE"
    assert (str(event["summary"]), event["class"], event["transp"]) == ("Safety plan review", "PRIVATE", "TRANSPARENT")


def test_lines_end_with_cr_lf_and_none_is_longer_than_75_octets():
    data = calendar_ics([CalendarDay("k", DAY, "Überprüfung des Sicherheitsplans, " * 6)], MADE)
    lines = data.split(b"\r\n")
    assert lines[-1] == b""
    assert all(b"\n" not in line and len(line) <= 75 for line in lines)
    assert str(Calendar.from_ical(data).walk("VEVENT")[0]["summary"]) == "Überprüfung des Sicherheitsplans, " * 6


def test_an_entry_keeps_its_id_when_its_day_moves_and_holds_no_id_of_the_records():
    first = _events(CalendarDay("reassessment|0197-client|", DAY, "Reassessment"))[0]
    moved = _events(CalendarDay("reassessment|0197-client|", DAY + dt.timedelta(days=9), "Reassessment"))[0]
    assert first["uid"] == moved["uid"]
    assert "0197" not in calendar_ics([CalendarDay("reassessment|0197-client|", DAY, "Reassessment")], MADE).decode()


def test_two_of_one_record_are_two_entries():
    twice = [CalendarDay("follow-up|c|i", DAY + dt.timedelta(days=n), "Incident follow-up") for n in range(2)]
    assert len({str(event["uid"]) for event in _events(*twice)}) == 2


def test_an_empty_calendar_is_one_too():
    data = calendar_ics([], MADE)
    assert Calendar.from_ical(data)["version"] == "2.0"
