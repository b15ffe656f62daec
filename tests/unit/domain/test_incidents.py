"""What an incident needs before it is signed, and what an addendum needs."""

import datetime as dt
from dataclasses import replace

import pytest

from safeplan_desktop.domain.incidents import (
    IncidentCategory,
    IncidentForm,
    PhysicalHarm,
    Place,
    PsychologicalHarm,
    missing_for_signing,
    wrong_for_signing,
    wrong_in_addendum,
)

NOW = dt.datetime(2026, 3, 2, 20, tzinfo=dt.UTC)
HOUR = dt.timedelta(hours=1)
READY = IncidentForm(
    category=IncidentCategory.CLIENT_CRISIS,
    happened_at=NOW - HOUR,
    place=Place.PHONE,
    account="Called at 19:00, crying.",
    physical_harm=PhysicalHarm.NONE,
    psychological_harm=PsychologicalHarm.LOW,
)


def _fields(form: IncidentForm) -> list[str]:
    return [field for field, _ in missing_for_signing(form, now=NOW)]


def test_a_new_form_names_everything_that_is_needed_in_the_order_of_the_form():
    assert _fields(IncidentForm()) == [
        "category",
        "happened_at",
        "place",
        "account",
        "physical_harm",
        "psychological_harm",
    ]


def test_a_filled_form_needs_nothing_and_no_client_has_to_be_involved():
    assert missing_for_signing(READY, now=NOW) == ()
    assert wrong_for_signing(READY, signer="Dr. Alma Reyes", now=NOW) == ()


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"category": None}, "category"),
        ({"happened_at": None}, "happened_at"),
        ({"happened_at": NOW + dt.timedelta(seconds=1)}, "happened_at"),
        ({"ended_at": NOW - 2 * HOUR}, "ended_at"),
        ({"place": None}, "place"),
        ({"account": " \n"}, "account"),
        ({"physical_harm": None}, "physical_harm"),
        ({"psychological_harm": None}, "psychological_harm"),
    ],
)
def test_what_is_missing_is_named_and_signing_is_refused_there(change, field):
    form = replace(READY, **change)
    assert _fields(form) == [field]
    ((refused, sentence),) = wrong_for_signing(form, signer="Dr. Alma Reyes", now=NOW)
    assert refused == field
    assert sentence.startswith("Still needed before signing: ")


@pytest.mark.parametrize("change", [{"happened_at": NOW}, {"ended_at": NOW - HOUR}, {"ended_at": NOW}])
def test_now_and_an_end_at_the_beginning_are_possible(change):
    assert _fields(replace(READY, **change)) == []


def test_no_harm_is_an_answer_and_is_never_assumed():
    assert IncidentForm().physical_harm is None
    assert IncidentForm().psychological_harm is None


def test_a_signature_is_a_name():
    assert [field for field, _ in wrong_for_signing(READY, signer=" ", now=NOW)] == ["signer"]


@pytest.mark.parametrize(
    ("reason", "text", "signer", "field"),
    [("forgot", " ", "AR", "text"), (" ", "more", "AR", "reason"), ("forgot", "more", "", "signer")],
)
def test_an_addendum_needs_text_reason_and_signature(reason, text, signer, field):
    assert [name for name, _ in wrong_in_addendum(reason, text, signer)] == [field]


def test_a_whole_addendum_is_taken():
    assert wrong_in_addendum("forgot", "The sister was called, too.", "AR") == ()
