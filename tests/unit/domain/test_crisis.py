"""A crisis as it runs: ticks, slips of the hand, what is joined after a lock, the incident that it becomes."""

import datetime as dt
from dataclasses import replace

import pytest

from safeplan_desktop.domain.crisis import (
    APART_MINUTES,
    LONGEST_STEP,
    MOST_STEPS,
    SLIP_SECONDS,
    CrisisRun,
    Protocol,
    ProtocolStep,
    Variant,
    apart,
    check_protocol,
    incident_form_of,
)
from safeplan_desktop.domain.incidents import Place
from safeplan_desktop.errors import InvalidInputError

AT = dt.datetime(2026, 3, 2, 16, 0, 7, tzinfo=dt.UTC)
LOOK, CALL, ASK = ProtocolStep("Look"), ProtocolStep("Call", call=True), ProtocolStep("Ask where")


def _later(seconds: int) -> dt.datetime:
    return AT + dt.timedelta(seconds=seconds)


def _run(*ticks: tuple[Variant, ProtocolStep, int]) -> CrisisRun:
    run = CrisisRun()
    for variant, step, seconds in ticks:
        run = run.ticked(variant, step, _later(seconds))
    return run


def test_a_step_keeps_the_second_at_which_it_was_first_ticked():
    run = _run((Variant.OFFICE, LOOK, 0), (Variant.OFFICE, LOOK, 30))
    assert [stamp.at for stamp in run.stamps] == [AT]


def test_the_same_step_of_the_other_protocol_has_a_stamp_of_its_own():
    run = _run((Variant.OFFICE, LOOK, 0), (Variant.TELEHEALTH, LOOK, 5))
    assert [stamp.variant for stamp in run.in_order()] == [Variant.OFFICE, Variant.TELEHEALTH]


@pytest.mark.parametrize(("wait", "kept"), [(SLIP_SECONDS, True), (SLIP_SECONDS + 1, False)])
def test_a_slip_of_the_hand_doesnt_lose_the_first_time(wait, kept):
    run = _run((Variant.OFFICE, LOOK, 0)).unticked(Variant.OFFICE, "Look", _later(60))
    assert run.stamps == ()
    run = run.ticked(Variant.OFFICE, LOOK, _later(60 + wait))
    assert (run.stamps[0].at == AT) is kept
    assert run.taken_back == ()


def test_unticking_what_isnt_ticked_changes_nothing():
    run = _run((Variant.OFFICE, LOOK, 0))
    assert run.unticked(Variant.OFFICE, "Call", _later(1)) is run


def test_what_was_ticked_while_locked_joins_what_waits_and_the_earlier_time_counts():
    waiting = replace(_run((Variant.OFFICE, LOOK, 0), (Variant.OFFICE, CALL, 40)), client_id="c1")
    locked = _run((Variant.OFFICE, CALL, 20), (Variant.TELEHEALTH, ASK, 50))
    joined = waiting.joined(locked)
    assert [(stamp.step, stamp.at) for stamp in joined.in_order()] == [
        ("Look", AT),
        ("Call", _later(20)),
        ("Ask where", _later(50)),
    ]
    assert joined.client_id == "c1"


def test_what_was_unticked_while_locked_doesnt_come_back():
    waiting = _run((Variant.OFFICE, LOOK, 0), (Variant.OFFICE, CALL, 40))
    locked = waiting.unticked(Variant.OFFICE, "Call", _later(60))
    assert [stamp.step for stamp in waiting.joined(locked).stamps] == ["Look"]
    assert waiting.joined(locked).taken_back == locked.taken_back


@pytest.mark.parametrize("newer_first", [True, False])
def test_of_where_the_client_is_the_newer_word_counts(newer_first):
    older = CrisisRun(where="At work", where_at=AT)
    newer = CrisisRun(where="At home", where_at=_later(60))
    joined = newer.joined(older) if newer_first else older.joined(newer)
    assert (joined.where, joined.where_at) == ("At home", _later(60))


def test_the_incident_has_the_steps_in_order_the_first_second_the_place_and_where_the_client_was():
    run = _run((Variant.OFFICE, CALL, 75), (Variant.OFFICE, LOOK, 0))
    form = incident_form_of(run, "America/Denver")
    assert [action.text for action in form.actions] == ["Look", "Call"]
    assert [action.at.second for action in form.actions] == [0, 0]
    assert form.crisis_started_at == AT
    assert form.happened_at == AT.replace(second=0)
    assert (form.place, form.place_note) == (Place.OFFICE, "")
    elsewhere = incident_form_of(replace(run, where="4 Birch Lane", where_at=AT), "America/Denver")
    assert elsewhere.place is Place.TELEHEALTH
    assert elsewhere.place_note == "Where the client was, asked at 09:00: 4 Birch Lane"


def test_an_empty_run_makes_an_empty_form():
    form = incident_form_of(CrisisRun(), "UTC")
    assert (form.place, form.happened_at, form.crisis_started_at, form.actions) == (None, None, None, ())


def _steps(*texts: str) -> tuple[ProtocolStep, ...]:
    return tuple(ProtocolStep(text) for text in texts)


def test_a_protocol_is_taken_without_outer_spaces():
    assert check_protocol(Protocol(_steps(" Look "), _steps("Ask"))).office == _steps("Look")


@pytest.mark.parametrize(
    "steps",
    [
        (),
        _steps("Look", " "),
        _steps("Look", "look"),
        _steps("x" * (LONGEST_STEP + 1)),
        _steps(*(f"Step {n}" for n in range(MOST_STEPS + 1))),
    ],
    ids=["none", "blank", "twice", "long", "many"],
)
@pytest.mark.parametrize("variant", Variant)
def test_a_protocol_that_couldnt_be_ticked_is_refused_and_the_variant_is_named(steps, variant):
    good = _steps("Look")
    protocol = Protocol(steps, good) if variant is Variant.OFFICE else Protocol(good, steps)
    with pytest.raises(InvalidInputError) as refused:
        check_protocol(protocol)
    assert refused.value.field == variant.value


def test_runs_that_lie_far_apart_stay_two_and_those_close_together_are_one():
    first = _run((Variant.OFFICE, LOOK, 0))
    soon = _run((Variant.OFFICE, CALL, 60 * APART_MINUTES))
    later = _run((Variant.OFFICE, LOOK, 60 * (2 * APART_MINUTES + 1)))
    assert apart((later, first)) == (first, later)
    assert [len(run.stamps) for run in apart((later, soon, first))] == [2, 1]
    assert apart((first, first)) == (first,)
    assert apart((CrisisRun(),)) == ()
