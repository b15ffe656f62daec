"""What is taken of the practice's profile, contacts and settings."""

from dataclasses import replace

import pytest

from safeplan_desktop.domain.practice import (
    LONGEST_IDLE_MINUTES,
    ContactType,
    EmergencyContact,
    PracticeProfile,
    PracticeSettings,
    check_contact,
    check_profile,
    check_settings,
    snapshot_of,
)
from safeplan_desktop.errors import InvalidInputError

PROFILE = PracticeProfile(practice_name="Juniper Street", therapist_name="Dr. Alma Reyes", phone="+1 303 555 0142")
LINE = EmergencyContact("e1", ContactType.CRISIS_LINE, "Lifeline", "988")
NUMBER = EmergencyContact("e2", ContactType.EMERGENCY_NUMBER, "Emergency number", "911")


def test_a_plan_bears_the_emergency_number_wherever_it_stands_in_the_table():
    snapshot = snapshot_of(PROFILE, (LINE, NUMBER))
    assert (snapshot.practice_name, snapshot.therapist_name) == ("Juniper Street", "Dr. Alma Reyes")
    assert (snapshot.phone, snapshot.emergency_number) == ("+1 303 555 0142", "911")


def test_a_crisis_line_is_never_taken_for_the_emergency_number():
    assert snapshot_of(PROFILE, (LINE,)).emergency_number == ""


def test_a_profile_needs_the_therapists_name_and_nothing_else():
    check_profile(PracticeProfile(therapist_name="A"))
    with pytest.raises(InvalidInputError) as refused:
        check_profile(replace(PROFILE, therapist_name="  "))
    assert refused.value.field == "therapist_name"


@pytest.mark.parametrize(("change", "field"), [({"name": " "}, "name"), ({"number": "call us"}, "number")])
def test_a_contact_needs_a_name_and_a_number_with_digits(change, field):
    with pytest.raises(InvalidInputError) as refused:
        check_contact(replace(LINE, **change))
    assert refused.value.field == field


def test_a_number_may_be_written_as_people_write_it():
    check_contact(replace(LINE, number="+1 (303) 555-0142, press 2"))


def test_a_contact_is_unchecked_and_on_no_plan_until_the_therapist_says_so():
    assert LINE.checked_on is None
    assert LINE.on_plans is False


@pytest.mark.parametrize("minutes", [1, 5, LONGEST_IDLE_MINUTES])
def test_the_program_may_lock_after_one_to_sixty_minutes(minutes):
    check_settings(PracticeSettings(idle_minutes=minutes))


@pytest.mark.parametrize("minutes", [-1, 0, LONGEST_IDLE_MINUTES + 1])
def test_it_never_locks_at_once_and_never_not_at_all(minutes):
    with pytest.raises(InvalidInputError) as refused:
        check_settings(PracticeSettings(idle_minutes=minutes))
    assert refused.value.field == "idle_minutes"
