import datetime as dt
from dataclasses import replace

import pytest
from support.incidents import sign_incident
from support.vaults import START
from support.written import sign_agreement

from safeplan_desktop.domain.changes import Change, Noun
from safeplan_desktop.domain.clients import ClientForm
from safeplan_desktop.errors import InvalidInputError, NotFoundError


def test_added_client_is_found_by_id_and_code(session, client):
    assert session.clients.get(client.id) == client
    assert session.clients.by_code("m-07") == client


def test_adding_tells_of_the_change_after_it_is_stored(session, heard):
    added = session.clients.add(ClientForm(code="A-1", name="Ana"))
    assert Change(Noun.CLIENT, added.id, added.id) in heard.changes


def test_the_last_signature_counts_on_the_day_where_the_therapist_is_and_notes_count_too(session, client, clock):
    assert session.clients.last_activity() == {}
    clock.moment = START + dt.timedelta(hours=12)  # 21:00 in Denver, when it is the next day in London
    sign_incident(session, client.id)
    assert session.clients.last_activity() == {client.id: START.date()}
    clock.forward(days=20)
    sign_agreement(session, client.id)
    assert session.clients.last_activity() == {client.id: START.date() + dt.timedelta(days=20)}


def test_a_code_is_taken_only_once_whatever_its_case(session, client):
    with pytest.raises(InvalidInputError) as refused:
        session.clients.add(ClientForm(code="m-07", name="Somebody"))
    assert refused.value.field == "code"
    assert len(session.clients.list()) == 1


def test_a_client_keeps_the_own_code_when_changed(session, client):
    changed = session.clients.change(client.id, replace(client.form, name="Maren Holt-Ruiz"))
    assert session.clients.get(client.id).name == "Maren Holt-Ruiz"
    assert changed.created_at == client.created_at


def test_birth_date_in_the_future_is_refused_and_nothing_is_stored(session, clock):
    with pytest.raises(InvalidInputError) as refused:
        session.clients.add(ClientForm(code="B-1", name="B", birth_date=clock.now().date() + dt.timedelta(days=2)))
    assert refused.value.field == "birth_date"
    assert session.clients.list() == ()


def test_archived_client_is_hidden_and_comes_back(session, client):
    session.clients.archive(client.id)
    assert session.clients.list() == ()
    assert session.clients.list(include_archived=True)[0].archived_at is not None
    session.clients.unarchive(client.id)
    assert [found.id for found in session.clients.list()] == [client.id]


def test_suggested_code_is_the_next_free_one(session):
    assert session.clients.suggest_code() == "C-01"
    session.clients.add(ClientForm(code="C-07", name="Seven"))
    assert session.clients.suggest_code() == "C-08"


def test_unknown_code_says_so(session):
    with pytest.raises(NotFoundError):
        session.clients.by_code("nobody")


@pytest.mark.parametrize("typed", ["maren", "HOLT", "mar", "Márèn hol"])
def test_find_takes_beginnings_and_ignores_case_and_accents(session, client, typed):
    found = session.find.find(typed, show_names=True, group="Clients")
    assert [row.record_id for row in found] == [client.id]
    assert found[0].client_label == "Maren Holt (M-07)"


def test_find_shows_only_the_code_where_names_are_hidden(session, client):
    assert session.find.find("maren", show_names=False)[0].client_label == "M-07"


@pytest.mark.parametrize("typed", ["", "   ", '"', "AND (", "*", "maren OR", "-", "col:x", "\x00"])
def test_find_never_stumbles_over_what_is_typed(session, client, typed):
    assert isinstance(session.find.find(typed, show_names=True), tuple)
