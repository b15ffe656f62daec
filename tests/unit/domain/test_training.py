"""Trainings and rules for renewals: hours as they are typed, cycles, what is missing."""

import datetime as dt
from dataclasses import replace

import pytest
from support.trainings import ETHICS, LICENCE, logged

from safeplan_desktop.domain.crisis import Variant
from safeplan_desktop.domain.drills import Drill
from safeplan_desktop.domain.moments import Moment
from safeplan_desktop.domain.training import (
    TopicHours,
    Training,
    TrainingFormat,
    check_training,
    hours_words,
    parse_hours,
    training_of_drill,
)
from safeplan_desktop.domain.training_rules import check_rule, cycle_of, open_cycles, progress_in
from safeplan_desktop.errors import InvalidInputError

DAY = dt.date(2026, 3, 2)
WHOLE = Training("  Safer homes ", last_day=DAY, hours=(TopicHours(ETHICS, 90),), format=TrainingFormat.SELF_STUDY)


@pytest.mark.parametrize(
    ("typed", "minutes"), [("1.5", 90), ("1,5", 90), ("1:30", 90), (" 2 h", 120), ("0.75", 45), ("", None)]
)
def test_hours_are_read_as_people_type_them(typed, minutes):
    assert parse_hours(typed) == minutes


@pytest.mark.parametrize("typed", ["many", "-2", "1:75", "1.555", "99999"])
def test_what_is_no_length_is_refused(typed):
    with pytest.raises(ValueError):
        parse_hours(typed)


def test_a_length_has_no_more_digits_than_it_needs():
    assert [hours_words(minutes) for minutes in (90, 120, 45, 10)] == ["1.5 h", "2 h", "0.75 h", "0.17 h"]


def test_a_training_is_kept_trimmed_and_with_both_days():
    kept = check_training(WHOLE, DAY)
    assert (kept.title, kept.first_day, kept.minutes) == ("Safer homes", DAY, 90)


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"title": " "}, "title"),
        ({"last_day": None}, "first_day"),
        ({"first_day": dt.date(2026, 3, 3)}, "last_day"),
        ({"last_day": dt.date(2026, 3, 3)}, "last_day"),
        ({"format": None}, "format"),
        ({"hours": ()}, "hours"),
        ({"hours": (TopicHours(" ", 60),)}, "hours"),
        ({"hours": (TopicHours("A", 60), TopicHours("a", 60))}, "hours"),
    ],
)
def test_what_a_training_lacks_is_named_by_its_field(change, field):
    with pytest.raises(InvalidInputError) as refused:
        check_training(replace(WHOLE, **change), DAY)
    assert refused.value.field == field


def test_an_exercise_is_a_training_with_the_minutes_that_it_took():
    held = Moment(dt.datetime(2026, 3, 2, 16, 0, tzinfo=dt.UTC), "America/Denver")
    drill = Drill(
        "d1", Variant.OFFICE, held, held.at + dt.timedelta(minutes=12, seconds=40), (), "Say the address first"
    )
    row = training_of_drill(drill, "in the office")
    assert (row.id, row.of_drill, row.training.minutes, row.training.reflection) == ("d1", True, 13, drill.improve)


# Cycles


@pytest.mark.parametrize(
    ("day", "first", "last"),
    [
        ((2025, 7, 1), (2025, 7, 1), (2027, 6, 30)),
        ((2027, 6, 30), (2025, 7, 1), (2027, 6, 30)),
        ((2027, 7, 1), (2027, 7, 1), (2029, 6, 30)),
        ((2024, 1, 1), (2025, 7, 1), (2027, 6, 30)),  # before the first cycle
    ],
)
def test_a_day_lies_in_the_cycle_that_follows_from_the_first_day(day, first, last):
    cycle = cycle_of(LICENCE, dt.date(*day))
    assert (cycle.first, cycle.last, cycle.due) == (dt.date(*first), dt.date(*last), dt.date(*last))


def test_a_cycle_that_begins_on_the_last_of_a_month_and_its_due_day_move_along():
    rule = replace(LICENCE, months=6, first_day=dt.date(2025, 8, 31), due_on=dt.date(2026, 3, 31))
    cycle = cycle_of(rule, dt.date(2026, 3, 2))
    assert (cycle.first, cycle.last, cycle.due) == (dt.date(2026, 2, 28), dt.date(2026, 8, 30), dt.date(2026, 9, 30))


def test_progress_counts_what_lies_in_the_cycle_by_subject_and_says_what_is_missing():
    log = [
        logged(dt.date(2025, 6, 30), (ETHICS, 20)),
        logged(dt.date(2025, 7, 1), ("ethics and LAW", 2), ("Telehealth", 5)),
        logged(dt.date(2026, 2, 1), ("Telehealth", 3)),
    ]
    progress = progress_in(replace(LICENCE, carry_over=0), cycle_of(LICENCE, DAY), log)
    assert [(line.done, line.missing) for line in progress.lines] == [(600, 1800), (120, 240)]
    assert progress.missing_words == "missing: 30 h, 4 h of Ethics and law"


def test_hours_above_the_former_cycle_go_over_up_to_the_limit_and_never_to_a_subject():
    log = [logged(dt.date(2025, 6, 30), (ETHICS, 55))]
    total, ethics = progress_in(LICENCE, cycle_of(LICENCE, DAY), log).lines
    assert (total.done, total.carried, ethics.done) == (600, 600, 0)
    less = [logged(dt.date(2025, 6, 30), (ETHICS, 41))]
    assert progress_in(LICENCE, cycle_of(LICENCE, DAY), less).lines[0].done == 60


def test_exercises_count_only_where_the_rule_says_so():
    log = [logged(DAY, (ETHICS, 1), of_drill=True)]
    assert progress_in(LICENCE, cycle_of(LICENCE, DAY), log).lines[1].done == 0
    assert progress_in(replace(LICENCE, with_exercises=True), cycle_of(LICENCE, DAY), log).lines[1].done == 60


def test_a_cycle_is_asked_about_until_it_is_marked_as_renewed_and_none_before_the_first():
    assert [one.first for one in open_cycles(LICENCE, DAY)] == [dt.date(2025, 7, 1)]
    later = dt.date(2027, 7, 2)
    assert [one.first.year for one in open_cycles(LICENCE, later)] == [2025, 2027]
    assert [one.first.year for one in open_cycles(replace(LICENCE, renewed=dt.date(2025, 7, 1)), later)] == [2027]


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"name": ""}, "name"),
        ({"months": 0}, "length"),
        ({"first_day": None}, "first_day"),
        ({"due_on": dt.date(2025, 6, 1)}, "due_on"),
        ({"minutes": 0, "topics": ()}, "total"),
        ({"minutes": 60}, "total"),
    ],
)
def test_what_a_rule_lacks_is_named_by_its_field(change, field):
    with pytest.raises(InvalidInputError) as refused:
        check_rule(replace(LICENCE, **change))
    assert refused.value.field == field


def test_a_rule_says_in_a_sentence_what_it_asks_for():
    assert LICENCE.sentence == "40 h, at least 6 h of Ethics and law in 2 years"
    assert replace(LICENCE, minutes=0, months=72).sentence == "6 h of Ethics and law in 6 years"
