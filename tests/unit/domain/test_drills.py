"""Exercises: how quickly, what was skipped, when the next one is due."""

import datetime as dt

import pytest

from safeplan_desktop.domain.crisis import CrisisRun, Protocol, ProtocolStep, Variant
from safeplan_desktop.domain.drills import drill_of, next_drill_due, seconds_words
from safeplan_desktop.domain.moments import Moment

BEGAN = dt.datetime(2026, 3, 2, 16, 0, tzinfo=dt.UTC)
PROTOCOL = Protocol((ProtocolStep("Look"), ProtocolStep("Call", call=True), ProtocolStep("Note")))


def _drill(*ticks: tuple[int, int]):
    run = CrisisRun(began_at=BEGAN)
    for place, seconds in ticks:
        run = run.ticked(Variant.OFFICE, PROTOCOL.office[place], BEGAN + dt.timedelta(seconds=seconds))
    ended = BEGAN + dt.timedelta(seconds=200)
    began = Moment(BEGAN, "UTC")
    return drill_of(run, PROTOCOL, Variant.OFFICE, drill_id="d1", began=began, ended_at=ended)


def test_an_exercise_knows_its_times_and_what_was_skipped():
    drill = _drill((1, 42), (0, 12))
    assert drill.seconds == 200
    assert drill.seconds_to_first_call == 42
    assert drill.pace == (("Look", 12), ("Call", 30))
    assert drill.skipped == ("Note",)


def test_an_exercise_without_a_call_says_so():
    drill = _drill((0, 12))
    assert drill.seconds_to_first_call is None
    assert drill.skipped == ("Call", "Note")


@pytest.mark.parametrize(
    ("last", "months", "due"),
    [
        (dt.date(2026, 3, 2), 6, dt.date(2026, 9, 2)),
        (dt.date(2026, 8, 31), 6, dt.date(2027, 2, 28)),
        (dt.date(2026, 12, 15), 12, dt.date(2027, 12, 15)),
        (dt.date(2026, 3, 2), 0, None),
        (None, 6, None),
    ],
)
def test_the_next_exercise_is_due_so_many_months_later(last, months, due):
    assert next_drill_due(last, months) == due


@pytest.mark.parametrize(("seconds", "words"), [(0, "0 s"), (59, "59 s"), (80, "1 min 20 s"), (-3, "0 s")])
def test_short_times_in_words(seconds, words):
    assert seconds_words(seconds) == words
