"""The set-up: a step is done when the thing is there; what was said of a step only matters until then."""

import datetime as dt
from dataclasses import replace

import pytest

from safeplan_desktop.domain.policy import PolicyClause, PolicyForm, PolicyPart, PolicySection, Practised
from safeplan_desktop.domain.policy_editing import PolicyEditing
from safeplan_desktop.domain.practice import PracticeProfile
from safeplan_desktop.domain.set_up import (
    SetUp,
    SetUpFacts,
    SetUpNotes,
    SetUpStep,
    StepState,
    answer_of,
    decided_words,
    missing_of,
)

ALL = SetUpFacts((), 3, 0, True, 1, "Paper: A4.", dt.date(2026, 3, 2), True, True)
LOOKED = SetUpNotes(looked_through=(SetUpStep.SETTINGS,))


@pytest.mark.parametrize(
    ("step", "lacking"),
    [
        (SetUpStep.PROFILE, {"missing": ("address",)}),
        (SetUpStep.CONTACTS, {"unchecked": 1}),
        (SetUpStep.CONTACTS, {"numbers": 0}),
        (SetUpStep.PROTOCOL, {"own_protocol": False}),
        (SetUpStep.POLICY, {"policy": 0}),
        (SetUpStep.BACKUP, {"backup": None}),
        (SetUpStep.PRINTS, {"wall_card": False}),
        (SetUpStep.PRINTS, {"recovery_sheet": False}),
    ],
)
def test_one_thing_that_is_lacking_leaves_its_step_alone_open(step, lacking):
    found = SetUp(replace(ALL, **lacking), LOOKED)
    assert [one for one in SetUpStep if not found.is_done(one)] == [step]
    assert (found.next_step, found.finished) == (step, False)
    assert found.row == "Set up the practice: 6 of 7 done"


def test_with_everything_there_nothing_is_left_whatever_was_put_off_before():
    notes = LOOKED.with_step(SetUpStep.POLICY, StepState.LATER).with_step(SetUpStep.BACKUP, StepState.NOT_NEEDED)
    found = SetUp(ALL, notes)
    assert (found.done, found.finished, found.next_step) == (7, True, None)
    assert {found.state(step) for step in SetUpStep} == {StepState.DONE}


def test_a_step_put_off_comes_after_the_open_ones_and_one_left_out_never():
    notes = SetUpNotes().with_step(SetUpStep.PROFILE, StepState.LATER)
    notes = notes.with_step(SetUpStep.CONTACTS, StepState.NOT_NEEDED)
    found = SetUp(replace(ALL, missing=("address",), unchecked=2), notes)
    assert found.next_step is SetUpStep.SETTINGS
    found = SetUp(found.facts, replace(notes, looked_through=(SetUpStep.SETTINGS,)))
    assert found.next_step is SetUpStep.PROFILE
    assert not found.finished
    back = notes.with_step(SetUpStep.CONTACTS, StepState.OPEN)
    assert SetUp(found.facts, back).state(SetUpStep.CONTACTS) is StepState.OPEN
    assert SetUp(found.facts, back).next_step is SetUpStep.CONTACTS


def test_the_phone_is_a_number_to_call_back_and_blanks_say_nothing():
    profile = PracticeProfile("Juniper", "Alma", phone="+1 303", address=" ", entrance="Back door")
    assert missing_of(profile) == ("address",)
    assert "a number to call you back" in missing_of(replace(profile, phone=""))


def test_one_answer_decides_a_whole_section_and_is_one_step_back():
    clauses = (PolicyClause("a1", "One"), PolicyClause("a2", "Two", Practised.NOT_HERE), PolicyClause("a3", " "))
    form = PolicyForm((PolicySection("a", PolicyPart.PURPOSE, "Aims", clauses=clauses),))
    editing = PolicyEditing(form, form)
    assert answer_of(form.section("a")) is None
    assert decided_words(form.section("a")) == "One by one: 0 of 2 practised, 1 not decided."
    editing.decide_section("a", Practised.WE_DO)
    assert [one.practised for one in editing.form.section("a").clauses] == [Practised.WE_DO, Practised.WE_DO, None]
    assert answer_of(editing.form.section("a")) is Practised.WE_DO
    assert decided_words(editing.form.section("a")) == ""
    editing.undo()
    assert editing.form == form
