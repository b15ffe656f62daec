"""What is taken of a client form, and who stands where in a crisis."""

import datetime as dt
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from safeplan_desktop.domain.clients import (
    Client,
    ClientContact,
    ClientForm,
    ContactSafety,
    age_on,
    check_client_form,
    snapshot_of,
)
from safeplan_desktop.errors import InvalidInputError

TODAY = dt.date(2026, 3, 2)
NOON = dt.datetime(2026, 3, 2, 12, tzinfo=dt.UTC)
FORM = ClientForm(code="M-07", name="Maren Holt", birth_date=dt.date(1990, 5, 4))


def _client(form: ClientForm = FORM) -> Client:
    return Client("c1", form, NOON, NOON)


def test_outer_spaces_go_and_the_country_is_in_capitals():
    form = check_client_form(
        replace(FORM, code=" M-07 ", name=" Maren Holt\t", phone=" 303 ", country=" us ", language=" "), today=TODAY
    )
    assert (form.code, form.name, form.phone, form.country, form.language) == ("M-07", "Maren Holt", "303", "US", "en")


def test_nothing_else_of_a_form_is_changed_by_the_check():
    full = ClientForm(
        code="M-07",
        name="李明",
        pronouns="they/them",
        birth_date=TODAY,
        phone="1",
        email="a@b.example",
        address="Line 1\nLine 2",
        country="US",
        language="es",
        safety=ContactSafety(never_contact=True),
        contacts=(ClientContact("k1", "Rosa", note=" stays "),),
        note=" as typed ",
    )
    assert check_client_form(full, today=TODAY) == full


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"name": "  "}, "name"),
        ({"name": "n" * 201}, "name"),
        ({"code": ""}, "code"),
        ({"code": "M 07"}, "code"),
        ({"code": "-M07"}, "code"),
        ({"code": "../M07"}, "code"),
        ({"code": "Ä-07"}, "code"),
        ({"code": "M" * 21}, "code"),
        ({"pronouns": "p" * 201}, "pronouns"),
        ({"phone": "1" * 201}, "phone"),
        ({"email": "e" * 201}, "email"),
        ({"birth_date": TODAY + dt.timedelta(days=1)}, "birth_date"),
        ({"birth_date": dt.date(1895, 12, 31)}, "birth_date"),
        ({"contacts": (ClientContact("k1", " "),)}, "contacts"),
    ],
)
def test_a_form_that_cannot_be_is_refused_at_its_field(change, field):
    with pytest.raises(InvalidInputError) as refused:
        check_client_form(replace(FORM, **change), today=TODAY)
    assert refused.value.field == field
    assert refused.value.what.endswith(".")


@pytest.mark.parametrize("code", ["A", "7", "M-07", "a_b-C", "M" * 20])
def test_a_code_is_short_and_fit_for_a_file_name(code):
    assert check_client_form(replace(FORM, code=code), today=TODAY).code == code


@pytest.mark.parametrize(
    ("born", "day", "age"),
    [
        (dt.date(1990, 5, 4), dt.date(2026, 5, 3), 35),
        (dt.date(1990, 5, 4), dt.date(2026, 5, 4), 36),
        (dt.date(2000, 2, 29), dt.date(2026, 2, 28), 25),
        (dt.date(2000, 2, 29), dt.date(2026, 3, 1), 26),
        (TODAY, TODAY, 0),
    ],
)
def test_age_is_in_completed_years(born, day, age):
    assert age_on(born, day) == age


@given(st.dates(dt.date(1900, 1, 1), dt.date(2026, 1, 1)), st.integers(0, 40_000))
def test_nobody_gets_younger(born, days):
    later = born + dt.timedelta(days=days)
    assert 0 <= age_on(born, later) <= age_on(born, later + dt.timedelta(days=1))


def test_somebody_who_must_not_be_contacted_is_never_an_emergency_contact():
    danger = ClientContact("k1", "Karl", emergency=True, safety=ContactSafety(never_contact=True))
    sister = ClientContact("k2", "Rosa", emergency=True)
    friend = ClientContact("k3", "Theo")
    client = _client(replace(FORM, contacts=(danger, sister, friend)))
    assert client.emergency_contacts == (sister,)
    assert client.never_contact == (danger,)


@pytest.mark.parametrize(("show_names", "label"), [(True, "Maren Holt (M-07)"), (False, "M-07")])
def test_a_label_holds_the_name_only_where_names_are_shown(show_names, label):
    assert _client().label(show_names=show_names) == label


def test_a_snapshot_holds_who_the_client_was():
    taken = snapshot_of(_client())
    assert (taken.client_id, taken.code, taken.name, taken.birth_date) == ("c1", "M-07", "Maren Holt", FORM.birth_date)
    assert taken.language == "en"
