"""What a session note needs before it is signed."""

import datetime as dt

import pytest
from support.vaults import START
from support.written import session_form

from safeplan_desktop.domain.canonical import to_plain
from safeplan_desktop.domain.incidents import Place
from safeplan_desktop.domain.moments import Moment
from safeplan_desktop.domain.searched_words import of_session
from safeplan_desktop.domain.session_notes import (
    Whereabout,
    check_for_signing,
    cleaned_agenda,
    missing_for_signing,
    time_on,
)
from safeplan_desktop.domain.written_text import parts_of_session
from safeplan_desktop.errors import InvalidInputError

NOW = Moment(START, "America/Denver")


def fields(**changes):
    return [field for field, _ in missing_for_signing(session_form(**changes), now=NOW)]


def test_a_usual_note_needs_nothing():
    assert fields() == []
    assert session_form().minutes == 50


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"day": None}, "day"),
        ({"day": dt.date(2026, 3, 3)}, "day"),
        ({"started_at": None}, "started_at"),
        ({"started_at": START + dt.timedelta(minutes=1), "ended_at": START + dt.timedelta(hours=1)}, "started_at"),
        ({"ended_at": None}, "ended_at"),
        ({"ended_at": START - dt.timedelta(hours=2)}, "ended_at"),
        ({"place": None}, "place"),
        ({"whereabout": Whereabout(callback="+1 303")}, "location"),
        ({"place": Place.PHONE, "whereabout": Whereabout()}, "location"),
        ({"next_on": dt.date(2026, 3, 1)}, "next_on"),
        ({"risk": "", "interventions": " ", "response": "", "homework": "", "text": ""}, "text"),
    ],
)
def test_what_is_missing_is_named_beside_its_field(changes, field):
    assert fields(**changes) == [field]
    with pytest.raises(InvalidInputError) as refused:
        check_for_signing(session_form(**changes), now=NOW)
    assert refused.value.field == field


@pytest.mark.parametrize("place", [Place.OFFICE, Place.HOME_VISIT, Place.ELSEWHERE])
def test_in_one_place_nobody_asks_where_the_client_is(place):
    assert fields(place=place, whereabout=Whereabout()) == []
    assert check_for_signing(session_form(place=place), now=NOW).whereabout == Whereabout()


def test_that_it_was_not_asked_is_an_answer():
    assert fields(whereabout=Whereabout("not asked")) == []


def test_a_note_of_yesterday_evening_counts_by_the_days_of_the_therapist():
    late = dt.datetime(2026, 3, 2, 5, 30, tzinfo=dt.UTC)  # still the first of March in Denver

    assert fields(day=dt.date(2026, 3, 1), started_at=late, ended_at=late) == []


@pytest.mark.parametrize(
    ("began", "ended", "minutes"),
    [
        ("23:30", "00:20", 50),
        ("22:00", "04:00", 360),
        ("23:30", "23:30", 0),
        ("22:00", "04:01", None),
        ("14:30", "13:20", None),
    ],
)
def test_an_end_behind_midnight_is_of_the_next_day_and_a_slip_is_not(began, ended, minutes):
    day, zone = dt.date(2026, 2, 28), "America/Denver"
    started = time_on(day, dt.time.fromisoformat(began), zone)
    form = session_form(
        day=day, started_at=started, ended_at=time_on(day, dt.time.fromisoformat(ended), zone, after=started)
    )
    if minutes is None:
        assert [field for field, _ in missing_for_signing(form, now=NOW)] == ["ended_at"]
        return
    assert (form.minutes, fields(day=day, started_at=form.started_at, ended_at=form.ended_at)) == (minutes, [])
    said = dict(parts_of_session(form))["Time"]
    assert ("on the next day" in said) is form.past_midnight is (ended < began)


def test_the_night_that_the_clocks_change_counts_as_long_as_it_was():
    day, zone = dt.date(2026, 3, 7), "America/Denver"  # at two o'clock it becomes three
    started = time_on(day, dt.time(23, 30), zone)
    assert time_on(day, dt.time(3, 30), zone, after=started) - started == dt.timedelta(hours=3)


def test_empty_points_are_left_out_and_long_ones_are_refused():
    assert check_for_signing(session_form(agenda=(" a ", "", "b")), now=NOW).agenda == ("a", "b")
    with pytest.raises(InvalidInputError, match="longer than 200"):
        cleaned_agenda(("x" * 201,))


def test_the_search_knows_every_word_but_not_the_call_back_number():
    words = of_session(to_plain(session_form()))

    assert "Oak Road" in words
    assert "Sleep diary" in words
    assert "0117" not in words
