"""What is due leaves the window: by day on paper with codes, and as a calendar that names nobody."""

import datetime as dt
from dataclasses import replace

import pytest
from icalendar import Calendar
from support.pdf_reading import words_of
from support.vaults import START, HeldClock, fresh_vault, session_on, sign_scores

from safeplan_desktop.domain.clients import ClientForm
from safeplan_desktop.domain.due import DueKind
from safeplan_desktop.domain.practice import Paper
from safeplan_desktop.errors import StorageUnavailableError

TODAY = dt.date(2026, 3, 2)


@pytest.fixture
def session(tmp_path):
    clock = HeldClock(START - dt.timedelta(days=5))
    made = session_on(fresh_vault(tmp_path / "vault"), clock)
    for code, name, days in (("M-07", "Maren Holt", -2), ("Z-99", "Zora Quinn", 0), ("K-3", "Kim Aster", 4)):
        client = made.clients.add(ClientForm(code=code, name=name))
        sign_scores(made, client.id, {"phq-2": (1, 1)}, again_on=TODAY + dt.timedelta(days=days))
    clock.forward(days=5)
    yield made
    made.vault.database.close()


def _text(document):
    return words_of(document.make())


def _show_names(session, *, on):
    session.practice.save_settings(replace(session.practice.settings(), show_names=on))


@pytest.mark.parametrize("paper", Paper)
def test_the_week_stands_by_day_with_codes(session, paper):
    text = _text(session.weeks.document(paper=paper))
    places = [text.index(words) for words in ("Overdue", "M-07", "Today", "Z-99", "Friday", "K-3", "Open")]
    assert places == sorted(places)


@pytest.mark.parametrize("shown", [True, False])
def test_names_stand_on_it_only_where_the_practice_shows_them_and_this_sheet_was_ticked(session, shown):
    _show_names(session, on=shown)
    assert "Maren" not in _text(session.weeks.document())
    ticked = session.weeks.document(names=True)
    assert ("Maren Holt" in _text(ticked)) is shown
    assert len(ticked.about) == (3 if shown else 0)


def test_what_was_put_off_isnt_listed_but_counted(session):
    row = next(row for row in session.due.rows() if row.kind is DueKind.REASSESSMENT and not row.overdue)
    session.snoozes.put_off(row, TODAY + dt.timedelta(days=2), "Away")
    text = _text(session.weeks.document())
    assert row.client_label not in text
    assert "One thing was put off" in text


def test_an_empty_week_says_so(tmp_path):
    session = session_on(fresh_vault(tmp_path / "empty"), HeldClock())
    try:
        for row in session.due.rows():
            session.snoozes.put_off(row, TODAY + dt.timedelta(days=1), "Later")
        assert "Nothing is due" in _text(session.weeks.document())
    finally:
        session.vault.database.close()


def test_the_calendar_holds_every_row_with_a_day_and_tells_nothing_about_anybody(session):
    file = session.weeks.calendar()
    data = file.data()
    events = Calendar.from_ical(data).walk("VEVENT")
    assert [event["dtstart"].dt for event in events] == [TODAY + dt.timedelta(days=days) for days in (-2, 0, 4)]
    assert {str(event["summary"]) for event in events} == {"Reassessment"}
    words = data.decode()
    for client in session.clients.list():
        assert client.id not in words
        assert client.code not in words
        assert client.name.split()[0] not in words
    assert file.suggested_name == "due_2026-03-02.ics"


def test_saving_the_calendar_is_noted(session, tmp_path):
    path = tmp_path / "due.ics"
    session.weeks.save_calendar(session.weeks.calendar().data(), path)
    assert path.read_bytes().startswith(b"BEGIN:VCALENDAR\r\n")
    last = session.vault.database.row("SELECT action, detail FROM audit ORDER BY seq DESC LIMIT 1")
    assert last == ("exported", "calendar")


def test_next_week_s_calendar_may_take_the_place_of_this_week_s_and_of_nothing_else(session, tmp_path):
    path, other = tmp_path / "due.ics", tmp_path / "letter.ics"
    data = session.weeks.calendar().data()
    for _ in range(2):
        session.weeks.save_calendar(data, path)
    other.write_bytes(b"Dear colleague")
    with pytest.raises(StorageUnavailableError):
        session.weeks.save_calendar(data, other)

    assert path.read_bytes() == data
    assert other.read_bytes() == b"Dear colleague"
