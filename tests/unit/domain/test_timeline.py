"""The order of a record's timeline, its marks, and what narrows it."""

import datetime as dt

import pytest

from safeplan_desktop.domain.changes import Noun
from safeplan_desktop.domain.timeline import (
    Standing,
    TimelineEntry,
    TimelineFilter,
    TimelineKind,
    kind_of,
    narrowed,
    ordered,
)

DAY = dt.date(2026, 3, 2)


def entry(name, day=DAY, hour=9, noun=Noun.CONSENT, **more):
    at = dt.datetime.combine(day, dt.time(hour), dt.UTC)
    return TimelineEntry(name, noun, kind_of(noun), day, at, name, **more)


def test_the_newest_day_first_then_drafts_then_the_later_hour():
    rows = [
        entry("early"),
        entry("late", hour=12),
        entry("draft", hour=1, standing=Standing.DRAFT),
        entry("next", DAY + dt.timedelta(days=1)),
    ]
    assert [one.id for one in ordered(rows)] == ["next", "draft", "late", "early"]


def test_a_line_says_its_mark_first_and_how_much_was_added():
    one = entry("a", standing=Standing.IN_ERROR, detail="Release", addenda=2)
    assert one.words == "entered in error, Release, 2 added"
    assert entry("b").words == ""


@pytest.mark.parametrize(
    ("wanted", "left"),
    [
        (TimelineFilter(), ["Consent 1", "Note 2"]),
        (TimelineFilter(TimelineKind.CONSENT), ["Consent 1"]),
        (TimelineFilter(words="note"), ["Note 2"]),
        (TimelineFilter(words="RELEASE consent"), ["Consent 1"]),
        (TimelineFilter(words="release elsewhere"), []),
        (TimelineFilter(TimelineKind.CONSENT, "heron"), []),
        (TimelineFilter(words="heron"), ["Note 2"]),
    ],
)
def test_it_is_narrowed_by_kind_by_the_line_and_by_what_the_record_holds(wanted, left):
    rows = (entry("Consent 1", detail="Release"), entry("Note 2", noun=Noun.SESSION_NOTE))
    found = {"Note 2"} if "heron" in wanted.words else set()
    assert [one.id for one in narrowed(rows, wanted, found)] == left


def test_a_noun_without_a_place_of_its_own_stands_among_the_others():
    assert kind_of(Noun.PROQOL) is TimelineKind.OTHER
