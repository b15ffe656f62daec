"""Until when a record is kept, and what a purge refuses."""

import datetime as dt

import pytest

from safeplan_desktop.domain.retention import (
    RecordDates,
    RetentionRule,
    check_confirmation,
    check_nameless,
    kept_until,
    years_after,
)
from safeplan_desktop.errors import InvalidInputError

LAST = dt.date(2020, 6, 1)


@pytest.mark.parametrize(
    ("rule", "dates", "until"),
    [
        (RetentionRule(), RecordDates(LAST), None),
        (RetentionRule(after_last_entry=7), RecordDates(LAST), dt.date(2027, 6, 1)),
        (RetentionRule(after_last_entry=7, after_ending=7), RecordDates(LAST), None),
        (RetentionRule(after_ending=7), RecordDates(LAST, dt.date(2021, 1, 1)), dt.date(2028, 1, 1)),
        (
            RetentionRule(after_last_entry=7, after_adulthood=3),
            RecordDates(LAST, born=dt.date(2012, 2, 29)),
            dt.date(2033, 3, 1),
        ),
        (RetentionRule(after_last_entry=7, after_adulthood=3), RecordDates(LAST), None),
        (RetentionRule(after_last_entry=0), RecordDates(LAST), LAST),
    ],
)
def test_the_latest_of_the_days_counts_and_a_missing_day_keeps_the_record(rule, dates, until):
    assert kept_until(rule, dates) == until


def test_the_day_that_a_year_does_not_have_is_the_next_one():
    assert years_after(dt.date(2024, 2, 29), 1) == dt.date(2025, 3, 1)
    assert years_after(dt.date(9990, 1, 1), 50) == dt.date.max


@pytest.mark.parametrize("typed", ["", "m-07", "M-7", "M-07 yes"])
def test_anything_but_the_code_is_refused(typed):
    with pytest.raises(InvalidInputError):
        check_confirmation("M-07", typed)
    check_confirmation("M-07", " M-07 ")


NAMES = ("Maren Holt", "Ána Li", "Jörg Müller", "An Nguyen", "Nora O'Brien", "李伟")


@pytest.mark.parametrize(
    "note",
    [
        *(
            "Holt asked",
            "for MAREN.",
            "the sister, Ána",
            "the sister, Ana",
            "HÓLT asked",
            "asked by Li",
            "Li asked for it",
        ),
        *(
            "Mr. Mueller asked",
            "Muller's request",
            "A\u0301na asked",
            "In An's words",
            "as O’Brien wrote",
            "应李伟的要求",
        ),
    ],
)
def test_a_note_with_a_part_of_a_name_is_refused(note):
    with pytest.raises(InvalidInputError):
        check_nameless(note, NAMES)


def test_a_note_without_a_name_is_taken_even_where_a_name_is_as_short_as_a_word():
    check_nameless("Asked for in writing by li, the counsel. An heir agreed, as an order came in.", NAMES)
