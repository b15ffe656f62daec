"""Handouts on a real vault: which numbers, which language, and the record of what was given."""

import datetime as dt
from dataclasses import replace

import pytest
from support.pdf_reading import read
from support.vaults import HeldClock, fresh_vault, session_on

from safeplan_desktop.domain.audit import AuditAction
from safeplan_desktop.domain.changes import Noun
from safeplan_desktop.domain.clients import ClientForm
from safeplan_desktop.domain.handouts import Giving
from safeplan_desktop.domain.practice import Paper
from safeplan_desktop.errors import InvalidInputError, NotFoundError
from safeplan_desktop.services import reference
from safeplan_desktop.storage import audit


@pytest.fixture
def clock():
    return HeldClock()


@pytest.fixture
def session(tmp_path, clock):
    made = session_on(fresh_vault(tmp_path / "vault"), clock)
    yield made
    made.vault.database.close()


def _text(document):
    return " ".join(read(document.make()).text.split())


def test_the_numbers_are_of_where_the_client_lives_and_never_of_the_language(session):
    here = session.clients.add(ClientForm(code="A", name="Anna Roth", language="es"))
    abroad = session.clients.add(ClientForm(code="B", name="Ben Bell", language="en", country="IE"))
    handouts = session.handouts
    at_home = _text(handouts.document(handouts.get("helping", "es"), client_id=here.id))
    assert "911" in at_home
    assert "988" in at_home
    elsewhere = _text(handouts.document(handouts.get("helping", "en"), client_id=abroad.id))
    assert "911" not in elsewhere
    assert "988" not in elsewhere
    assert "Emergency number" in elsewhere


def test_hours_that_are_known_are_printed_in_the_language_of_the_handout_and_stay_as_typed_in_the_practice(session):
    session.practice.save_contacts(
        [replace(one, hours="24 hours, call or text") for one in session.practice.contacts()]
    )
    handouts = session.handouts
    assert "Lifeline 24 horas, llamada o mensaje de texto" in _text(handouts.document(handouts.get("helping", "es")))
    assert "Lifeline 24 hours, call or text" in _text(handouts.document(handouts.get("helping", "en")))
    assert session.practice.contacts()[1].hours == "24 hours, call or text"


def test_a_number_that_was_not_checked_for_a_year_is_left_to_be_written_in(session, clock):
    handouts = session.handouts
    clock.forward(days=400)
    assert "988" not in _text(handouts.document(handouts.get("helping")))


def test_neither_page_nor_file_name_nor_title_names_the_client(session):
    client = session.clients.add(ClientForm(code="C-07", name="Maren Holt", phone="303 555 0199"))
    document = session.handouts.document(session.handouts.get("sleep-stress"), client_id=client.id, paper=Paper.LETTER)
    pdf = document.make()
    assert "Holt" not in _text(document)
    assert document.suggested_name == "handout-sleep-stress_C-07_2026-03-02.pdf"
    assert b"Holt" not in pdf
    assert (document.client_id, document.detail) == (client.id, "handout, letter")


def test_what_was_given_is_listed_newest_first_with_the_version_and_can_be_taken_back(session, clock):
    client = session.clients.add(ClientForm(code="A", name="Anna Roth"))
    handouts = session.handouts
    first = handouts.give(client.id, handouts.get("grounding"), Giving.PRINTED)
    clock.forward(days=2)
    second = handouts.give(client.id, handouts.get("helping", "es"), Giving.HANDED_OVER, note=" For her sister. ")
    assert handouts.given_to(client.id) == (second, first)
    assert (second.form.title, second.form.language, second.form.version, second.form.note) == (
        reference.handouts()["helping"]["es"].title,
        "es",
        1,
        "For her sister.",
    )
    handouts.take_back(second.entry_id)
    assert handouts.given_to(client.id) == (first,)
    noted = audit.of_record(session.desk.database, second.entry_id)
    assert {(row.action, row.noun) for row in noted} == {
        (AuditAction.CREATED, Noun.HANDOUT_GIVEN),
        (AuditAction.GIVEN, Noun.HANDOUT_GIVEN),
        (AuditAction.REMOVED, Noun.HANDOUT_GIVEN),
    }
    assert all("sister" not in row.detail for row in noted)


def test_the_note_can_be_put_right_and_is_not_endless(session):
    client = session.clients.add(ClientForm(code="A", name="Anna Roth"))
    given = session.handouts.give(client.id, session.handouts.get("grounding"), Giving.PRINTED)
    assert session.handouts.note(given.entry_id, "Read together").form == replace(given.form, note="Read together")
    with pytest.raises(InvalidInputError):
        session.handouts.note(given.entry_id, "x" * 501)


def test_a_day_ahead_a_client_who_isnt_there_and_an_unknown_handout_are_refused(session):
    client = session.clients.add(ClientForm(code="A", name="Anna Roth"))
    page = session.handouts.get("grounding")
    with pytest.raises(InvalidInputError) as refused:
        session.handouts.give(client.id, page, Giving.PRINTED, day=dt.date(2026, 3, 3))
    assert refused.value.field == "day"
    with pytest.raises(NotFoundError):
        session.handouts.give("nobody", page, Giving.PRINTED)
    with pytest.raises(NotFoundError) as unknown:
        session.handouts.get("sleeep")
    assert "sleep-stress" in unknown.value.sentences
    assert not session.handouts.given_to(client.id)
