"""Rows of Today: under which day they stand, what they are known by, and for how long they can be put off."""

import datetime as dt

import pytest

from safeplan_desktop.domain.due import DueKind, DueRow, day_title, grouped
from safeplan_desktop.domain.snoozes import check_snooze
from safeplan_desktop.errors import InvalidInputError

MONDAY = dt.date(2026, 3, 2)


def _row(days=0, kind=DueKind.PLAN_REVIEW, **more):
    due = MONDAY + dt.timedelta(days=days)
    return DueRow(kind, due, days < 0, "Safety plan review", client_id="c", **{"record_id": "v1", **more})


def test_rows_stand_under_overdue_then_their_days_then_open():
    undated = DueRow(DueKind.DRAFT_PLAN, None, False, "Safety plan to finish")
    backup = DueRow(DueKind.BACKUP, None, True, "No backup yet")
    rows = [undated, _row(3), _row(1), _row(0), _row(-2), _row(7), backup, _row(1, record_id="v2")]
    titles = [(group.title, len(group.rows)) for group in grouped(rows, MONDAY)]
    assert titles == [
        ("Overdue", 2),
        ("Today", 1),
        ("Tomorrow", 2),
        ("Thursday", 1),
        ("Monday, 9 March 2026", 1),
        ("Open", 1),
    ]


def test_a_weekday_alone_is_never_todays():
    assert day_title(MONDAY + dt.timedelta(days=6), MONDAY) == "Sunday"
    assert day_title(MONDAY + dt.timedelta(days=7), MONDAY) == "Monday, 9 March 2026"


def test_a_row_is_another_one_once_its_day_or_version_is_another():
    keys = {_row(0).key, _row(1).key, _row(0, record_id="v2").key, _row(0, kind=DueKind.REASSESSMENT).key}
    assert len(keys) == 4
    assert _row(0, client_label="M-07").key == _row(0, client_label="Maren Holt (M-07)").key


def test_rows_about_no_record_are_told_apart_by_what_they_say():
    rows = [DueRow(DueKind.POLICY, None, False, words) for words in ("out of date", "not read yet")]
    assert rows[0].key != rows[1].key


@pytest.mark.parametrize(
    ("until", "reason", "field"),
    [
        (None, "why", "until"),
        (MONDAY, "why", "until"),
        (MONDAY + dt.timedelta(days=400), "why", "until"),
        (MONDAY + dt.timedelta(days=3), "  ", "reason"),
        (MONDAY + dt.timedelta(days=3), "x" * 201, "reason"),
    ],
)
def test_a_snooze_needs_a_day_ahead_and_a_short_reason(until, reason, field):
    with pytest.raises(InvalidInputError) as caught:
        check_snooze(_row(), until, reason, MONDAY)
    assert caught.value.field == field


@pytest.mark.parametrize("kind", [DueKind.REASSESSMENT, DueKind.FOLLOW_UP])
def test_what_is_overdue_and_about_safety_waits_seven_days_at_most(kind):
    week, more = MONDAY + dt.timedelta(days=7), MONDAY + dt.timedelta(days=8)
    assert check_snooze(_row(-1, kind), week, "away", MONDAY).until == week
    with pytest.raises(InvalidInputError, match="seven days at most"):
        check_snooze(_row(-1, kind), more, "away", MONDAY)
    # Before its day, and for what isn't about safety, there is no such limit.
    assert check_snooze(_row(1, kind), more, "away", MONDAY).until == more
    assert check_snooze(_row(-1), more, "away", MONDAY).until == more
