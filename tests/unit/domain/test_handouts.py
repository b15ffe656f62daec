"""Handouts: the numbers that a box may show, and what makes one of the therapist's own complete."""

import datetime as dt

import pytest

from safeplan_desktop.domain.handouts import Handout, HandoutSection, NumberToCall, check_handout, numbers_of
from safeplan_desktop.domain.practice import ContactType, EmergencyContact
from safeplan_desktop.errors import InvalidInputError

DAY = dt.date(2026, 3, 2)
EMERGENCY, LINE, POISON = ContactType.EMERGENCY_NUMBER, ContactType.CRISIS_LINE, ContactType.POISON_CENTRE


def _contact(kind, number, *, checked=DAY, on_plans=True):
    return EmergencyContact(number, kind, f"Name of {number}", number, checked_on=checked, on_plans=on_plans)


def test_only_numbers_that_were_checked_within_the_year_are_shown_else_there_is_a_line_to_write_on():
    contacts = (
        _contact(EMERGENCY, "911", checked=DAY - dt.timedelta(days=366)),
        _contact(LINE, "988", checked=None),
        _contact(LINE, "989"),
    )
    shown = numbers_of((EMERGENCY, LINE, POISON), contacts, DAY)
    assert shown == (
        NumberToCall(EMERGENCY),
        NumberToCall(LINE, "Name of 989", "989"),
        NumberToCall(POISON),
    )


def test_a_line_that_isnt_for_everybody_is_left_out_and_no_more_than_two_of_a_kind_stand_there():
    lines = (_contact(LINE, "1", on_plans=False), *(_contact(LINE, str(number)) for number in range(2, 6)))
    assert [one.number for one in numbers_of((LINE,), lines, DAY)] == ["2", "3"]


def test_contacts_that_are_the_therapists_never_stand_on_a_handout():
    police = _contact(ContactType.POLICE, "555")
    assert numbers_of((EMERGENCY,), (police,), DAY) == (NumberToCall(EMERGENCY),)
    assert numbers_of((), (_contact(LINE, "988"),), DAY) == ()


def test_blank_parts_of_an_own_handout_are_left_out():
    typed = Handout(
        "x",
        title="  After   the move ",
        lead=" Hello. ",
        sections=(HandoutSection(), HandoutSection(" Pack ", "", ("boxes ", " ", ""))),
    )
    cleaned = check_handout(typed)
    assert (cleaned.title, cleaned.lead) == ("After the move", "Hello.")
    assert cleaned.sections == (HandoutSection("Pack", "", ("boxes",)),)


@pytest.mark.parametrize(
    ("handout", "field"),
    [
        (Handout("x", lead="Hello."), "title"),
        (Handout("x", title="A" * 91, lead="Hello."), "title"),
        (Handout("x", title="Empty", sections=(HandoutSection("Heading only"),)), "lead"),
    ],
)
def test_an_own_handout_needs_a_title_and_something_on_the_page(handout, field):
    with pytest.raises(InvalidInputError) as refused:
        check_handout(handout)
    assert refused.value.field == field
