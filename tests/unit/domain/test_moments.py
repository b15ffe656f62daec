"""An instant keeps the zone it was entered in; a day is the day where the therapist is."""

import datetime as dt
from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from safeplan_desktop.domain.moments import Moment, moment_now, today, zone_info

YEARS = (dt.datetime(1900, 1, 2), dt.datetime(2200, 1, 1))  # noqa: DTZ001 - Hypothesis takes bounds without a zone
LATE = dt.datetime(2026, 3, 3, 4, 30, 15, 999_999, tzinfo=dt.UTC)


@dataclass(frozen=True)
class Held:
    instant: dt.datetime
    name: str

    def now(self) -> dt.datetime:
        return self.instant

    def zone(self) -> str:
        return self.name


def test_an_evening_in_denver_belongs_to_that_day():
    moment = Moment(LATE, "America/Denver")
    assert moment.local.isoformat() == "2026-03-02T21:30:15-07:00"
    assert moment.local_date == dt.date(2026, 3, 2)
    assert today(Held(LATE, "America/Denver")) == dt.date(2026, 3, 2)
    assert today(Held(LATE, "Asia/Tokyo")) == dt.date(2026, 3, 3)


def test_equal_instants_are_equal_values_whatever_offset_they_came_with():
    elsewhere = LATE.astimezone(dt.timezone(dt.timedelta(hours=9)))
    assert Moment(elsewhere, "UTC") == Moment(LATE, "UTC")
    assert Moment(LATE, "UTC").at.microsecond == 0


def test_a_time_without_a_zone_is_a_bug_of_the_caller():
    with pytest.raises(ValueError, match="aware"):
        Moment(LATE.replace(tzinfo=None), "UTC")


@pytest.mark.parametrize("name", ["", "Mars/Olympus", "../../etc/passwd", "/etc/localtime", "America"])
def test_a_zone_that_this_computer_does_not_know_is_shown_in_utc(name):
    assert zone_info(name).key == "UTC"
    assert Moment(LATE, name).local.utcoffset() == dt.timedelta(0)
    assert Moment(LATE, name).zone == name


def test_the_hour_that_comes_twice_stays_two_instants():
    first = Moment(dt.datetime(2026, 11, 1, 7, 30, tzinfo=dt.UTC), "America/Denver")
    second = Moment(dt.datetime(2026, 11, 1, 8, 30, tzinfo=dt.UTC), "America/Denver")
    assert (first.local.hour, second.local.hour) == (1, 1)
    assert first < second


def test_the_present_moment_is_the_clocks():
    assert moment_now(Held(LATE, "Europe/Berlin")) == Moment(LATE, "Europe/Berlin")


@given(
    st.datetimes(*YEARS, timezones=st.just(dt.UTC)),
    st.sampled_from(["UTC", "America/Denver", "Asia/Kathmandu", "Pacific/Apia", "Europe/London"]),
)
def test_local_time_is_the_same_instant(at, zone):
    moment = Moment(at, zone)
    assert moment.local == moment.at
    assert dt.timedelta(0) <= at - moment.at < dt.timedelta(seconds=1)
