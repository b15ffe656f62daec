"""Find: groups, beginnings, accents, excerpts, what was added, what was entered in error, and what it must not show."""

import datetime as dt

import pytest
from support.incidents import sign_incident
from support.vaults import finish_two_versions, sign_scores

from safeplan_desktop.domain.changes import Noun
from safeplan_desktop.domain.clients import ClientForm
from safeplan_desktop.domain.incidents import AddendumKind
from safeplan_desktop.services.find import GROUPS
from safeplan_desktop.storage import search

DAY = dt.date(2026, 3, 2)


@pytest.fixture
def client(session):
    return session.clients.add(ClientForm(code="M-07", name="Zoë Müller", phone="+1 303 555 0188"))


def find(session, text, *, show_names=True, group=""):
    return session.find.find(text, show_names=show_names, group=group)


def sign_note(session, client, text):
    return session.signed_records.sign(
        Noun.SESSION_NOTE,
        {"text": text},
        day=DAY,
        title="Session note",
        signer="R",
        words=text,
        client_id=client.id,
    )


def test_every_kind_that_is_searched_has_a_group():
    grouped = {noun for nouns in GROUPS.values() for noun in nouns}

    assert grouped >= search.SIGNED_KINDS | search.REGISTERED_KINDS
    assert {Noun.CLIENT, Noun.PLAN, Noun.SCREENING, Noun.INCIDENT} <= grouped


@pytest.mark.parametrize("typed", ["z", "zoe", "Zoë", "MULL", "müller zo", "m-07", "0188"])
def test_a_client_is_found_by_beginnings_without_regard_to_accents_and_case(session, client, typed):
    assert [hit.record_id for hit in find(session, typed)] == [client.id]


@pytest.mark.parametrize("typed", ["lukasz", "Łukasz", "LUK", "sorens", "sørens", "grossmann", "großmann", "do"])
def test_letters_that_are_no_accented_ones_are_found_by_the_plain_ones(session, typed):
    added = session.clients.add(ClientForm(code="L-01", name="Łukasz Sørensen Großmann Đỗ"))

    assert [hit.record_id for hit in find(session, typed, group="Clients")] == [added.id]


@pytest.mark.parametrize("typed", ["Lukasz", "łukasz"])
def test_a_name_that_was_typed_plainly_is_found_by_its_own_letters(session, typed):
    added = session.clients.add(ClientForm(code="L-01", name="Lukasz"))

    assert [hit.record_id for hit in find(session, typed)] == [added.id]


@pytest.mark.parametrize(
    ("typed", "name"), [("ground breath", "grounding"), ("calma respiracion", "grounding"), ("sueño", "sleep-stress")]
)
def test_the_handouts_of_the_program_are_found_in_all_their_languages(session, typed, name):
    (found,) = [hit for hit in find(session, typed) if hit.record_id == name]

    assert (found.noun, found.group, found.client_id) == (Noun.HANDOUT, "Handouts", "")
    assert "\x02" in found.excerpt
    assert find(session, typed, group="Handouts") == tuple(h for h in find(session, typed) if h.group == "Handouts")
    assert not find(session, typed, group="Session notes")


def test_while_names_are_hidden_no_excerpt_tells_the_name_of_its_client(session, client):
    sign_note(session, client, "The sister of Zoë Müller said that Zoe walked home")

    (hidden,) = session.find.find("sister", show_names=False, group="Session notes")
    (shown,) = session.find.find("sister", show_names=True, group="Session notes")

    assert hidden.excerpt == shown.excerpt.replace("Zoë Müller", "[name]").replace("Zoe", "[name]")
    assert "Zoë Müller" in shown.excerpt


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("The sister knows Maren Holt from school", "The sister knows [name] from school"),
        ("A sister; Holt, the neighbour, and maren", "A sister; [name], the neighbour, and maren"),
        ("Will the sister come? Will Long did", "Will the sister come? [name] did"),
        ("I met the sister of Ida I. twice, 2 of 3 times", "I met the sister of [name]. twice, 2 of 3 times"),
        ("A sister of Jo 2 and of Ida", "A sister of [name] and of [name]"),
        ("The sister of 李明说 and of Zoë Müller", "The sister of [name]说 and of Zoë Müller"),
    ],
)
def test_no_excerpt_tells_the_name_of_another_client(session, client, text, seen):
    for code, name in (
        ("M-08", "Maren Holt"),
        ("W-01", "Will Long"),
        ("L-02", "李明"),
        ("I-01", "Ida I."),
        ("J-01", "Jo 2 A"),
    ):
        session.clients.add(ClientForm(code=code, name=name))
    sign_note(session, client, text)

    (shown,) = session.find.find("sister", show_names=True, group="Session notes")
    (hidden,) = session.find.find("sister", show_names=False, group="Session notes")

    assert shown.excerpt.replace("\x02", "").replace("\x03", "") == seen
    assert hidden.excerpt == shown.excerpt.replace("Zoë Müller", "[name]")


def test_a_client_who_came_while_find_was_open_is_hidden_as_well(session, client):
    sign_note(session, client, "Her sister met Maren Holt")
    assert "Maren Holt" in find(session, "sister", group="Session notes")[0].excerpt

    session.clients.add(ClientForm(code="M-08", name="Maren Holt"))

    assert "[name]" in find(session, "sister", group="Session notes")[0].excerpt


def test_results_stand_in_groups_with_clients_first_and_the_newest_before_the_older(session, client):
    sign_incident(session, client.id, account="She walked along the river")
    finish_two_versions(session, client.id)
    session.clients.change(client.id, ClientForm(code="M-07", name="Zoë River"))
    first, second = sign_note(session, client, "Spoke of the river"), sign_note(session, client, "The river again")

    found = find(session, "river")

    groups = [hit.group for hit in found]
    assert groups == sorted(groups, key=list(GROUPS).index)
    assert groups[0] == "Clients"
    assert [hit.record_id for hit in found if hit.group == "Session notes"] == [second.id, first.id]


def test_a_group_alone_can_be_searched(session, client):
    sign_incident(session, client.id, account="She walked along the river")
    note = sign_note(session, client, "Spoke of the river")

    assert [hit.record_id for hit in find(session, "river", group="Session notes")] == [note.id]
    assert {hit.noun for hit in find(session, "river", group="Incidents")} == {Noun.INCIDENT}
    assert not find(session, "river", group="Clients")


def test_the_excerpt_shows_where_the_words_stand(session, client):
    sign_note(session, client, " ".join(["before"] * 40) + " lantern in the window " + " ".join(["after"] * 40))

    (found,) = find(session, "lant")

    assert found.excerpt.startswith("… before before before \x02lantern\x03 in the window")
    assert len(found.excerpt) < 150


def test_what_was_added_leads_to_the_record_that_it_was_added_to(session, client):
    note = sign_note(session, client, "Spoke of sleep")
    session.addenda.add(
        note.noun, note.id, client.id, kind=AddendumKind.LATE_ENTRY, reason="Forgot", text="Her grandmother", signer="R"
    )

    (found,) = find(session, "grandmother")

    assert (found.noun, found.record_id, found.group) == (Noun.SESSION_NOTE, note.id, "Session notes")
    assert find(session, "grandmother", group="Session notes") == (found,)
    assert not find(session, "grandmother", group="Incidents")


def test_what_was_entered_in_error_says_so(session, client):
    note = sign_note(session, client, "Spoke of sleep")
    session.addenda.void(note.noun, note.id, client.id, reason="Another client's", signer="R")

    assert [hit.voided for hit in find(session, "sleep", group="Session notes")] == [True]


def test_while_names_are_hidden_no_result_of_a_client_shows_one(session, client):
    (found,) = find(session, "zoë", show_names=False)

    assert (found.client_label, found.excerpt, found.title) == ("M-07", "", "Client")


@pytest.mark.parametrize(
    "typed", ["", " ", '"', "*", "(", "NEAR(", "title:", "{kind} : client", "\x00", "-", "AND", "é" * 500]
)
def test_whatever_is_typed_is_searched_as_words(session, client, typed):
    assert isinstance(find(session, typed), tuple)


def test_the_kind_of_a_record_is_no_word_that_finds_it(session, client):
    sign_scores(session, client.id, {"phq-2": (1, 1)})

    assert not find(session, "sessionnote")
    assert all(hit.noun is not Noun.CLIENT for hit in find(session, "client"))
