"""Records become one stable JSON and come back whole."""

import datetime as dt
import hashlib
import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from safeplan_desktop.domain.canonical import (
    UnreadableRecordError,
    content_hash,
    from_json,
    from_plain,
    to_json,
    to_plain,
)
from safeplan_desktop.domain.clients import ClientForm, ClientSnapshot
from safeplan_desktop.domain.crisis import CrisisRun, Protocol
from safeplan_desktop.domain.drills import Drill
from safeplan_desktop.domain.incidents import IncidentForm, SignedIncident
from safeplan_desktop.domain.moments import Moment
from safeplan_desktop.domain.plans import PlanForm, PlanVersion
from safeplan_desktop.domain.practice import EmergencyContact, PracticeProfile, PracticeSettings
from safeplan_desktop.domain.screenings import ItemAnswer, ScreeningForm, SignedScreening

EARLIEST = dt.datetime(1900, 1, 2)  # noqa: DTZ001 - Hypothesis takes bounds without a zone
st.register_type_strategy(dt.datetime, st.datetimes(EARLIEST, timezones=st.just(dt.UTC)))
# What is typed as a number is always one: see `typed_answers`.
st.register_type_strategy(float, st.floats(allow_nan=False, allow_infinity=False))

RECORDS = [
    ClientForm,
    ScreeningForm,
    SignedScreening,
    PlanForm,
    PlanVersion,
    IncidentForm,
    SignedIncident,
    EmergencyContact,
    PracticeProfile,
    PracticeSettings,
    CrisisRun,
    Protocol,
    Drill,
]


@pytest.mark.parametrize("kind", RECORDS, ids=lambda kind: kind.__name__)
@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data())
def test_a_record_comes_back_as_it_was_and_its_json_never_changes(kind, data):
    record = data.draw(st.from_type(kind))
    text = to_json(record)
    assert from_json(text, kind) == record
    assert to_json(from_json(text, kind)) == text


def test_a_number_that_is_none_never_enters_a_record():
    with pytest.raises(ValueError, match="JSON"):
        to_json(ItemAnswer("1", given=(float("nan"),)))


def test_the_json_is_sorted_unescaped_and_without_spaces():
    moment = Moment(dt.datetime(2026, 3, 2, 19, tzinfo=dt.timezone(dt.timedelta(hours=-7))), "America/Denver")
    assert to_json(moment) == '{"at":"2026-03-03T02:00:00+00:00","zone":"America/Denver"}'
    assert '"name":"Олена"' in to_json(ClientForm(name="Олена"))
    assert list(json.loads(to_json(ClientForm()))) == sorted(json.loads(to_json(ClientForm())))


def test_the_hash_is_over_exactly_these_bytes():
    text = to_json(ClientForm(name="Nguyễn"))
    assert content_hash(text) == hashlib.sha256(text.encode("utf-8")).hexdigest()
    assert content_hash(text) != content_hash(text.replace("ễ", "e"))


def test_a_form_of_an_older_program_gets_the_defaults_of_newer_fields():
    assert from_json('{"client_id":"c1"}', PlanForm) == PlanForm("c1")


def test_a_field_of_a_newer_program_is_passed_over():
    assert from_json('{"client_id":"c1","colour":"blue"}', ScreeningForm) == ScreeningForm("c1")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{",
        "null",
        "[]",
        '"Maren Holt"',
        '{"name":"Maren Holt"}',
        '{"client_id":"c1","setting":"Maren Holt"}',
        '{"client_id":"c1","care":{"next_reassessment":"Maren Holt"}}',
        '{"client_id":"c1","instruments":3}',
        '{"client_id":"c1","formulation":"Maren Holt"}',
        '{"client_id":"c1","formulation":[]}',
        '{"client_id":"c1","warning_signs":null}',
        '{"client_id":"c1","warning_signs":7}',
        '{"client_id":7}',
        '{"client_id":"c1","instruments":"Maren Holt"}',
        '{"client_id":"c1","instruments":[{"instrument":"phq-9","answers":[{"item":"1","value":"3"}]}]}',
        '{"client_id":"c1","instruments":[{"instrument":"phq-9","answers":[{"item":"1","value":true}]}]}',
    ],
)
def test_what_cannot_be_read_is_refused_without_repeating_it(text):
    with pytest.raises(UnreadableRecordError) as refused:
        from_json(text, ScreeningForm)
    assert "Maren" not in refused.value.sentences
    assert refused.value.__cause__ is None
    assert refused.value.__suppress_context__


@pytest.mark.parametrize("text", ["[]", '"Maren Holt"', "0", "null", '{"contacts":"Maren"}', '{"contacts":[""]}'])
def test_a_form_whose_fields_all_have_defaults_is_never_made_of_something_else(text):
    with pytest.raises(UnreadableRecordError):
        from_json(text, ClientForm)


def test_a_text_is_never_cut_into_a_list_of_letters():
    with pytest.raises(UnreadableRecordError):
        from_plain({"office": "Look around.", "telehealth": []}, Protocol)


def test_plain_data_and_back():
    snapshot = ClientSnapshot("c1", "M-07", "Maren Holt", birth_date=dt.date(1990, 5, 4))
    assert to_plain(snapshot)["birth_date"] == "1990-05-04"
    assert from_plain(to_plain(snapshot), ClientSnapshot) == snapshot
