"""Who belongs together: one entry, seen from both records, never with a word of the other one."""

import pytest
from support.incidents import sign_incident

from safeplan_desktop.domain.client_links import LinkKind, LinkNote, Receives
from safeplan_desktop.domain.clients import ClientContact, ClientForm
from safeplan_desktop.domain.practice import PracticeSettings
from safeplan_desktop.errors import InvalidInputError
from safeplan_desktop.storage.checks import check_content


@pytest.fixture
def mother(session):
    contact = ClientContact("c1", "Ana Holt", "aunt")
    return session.clients.add(ClientForm(code="M-01", name="Maren Holt", contacts=(contact,))).id


@pytest.fixture
def child(session):
    return session.clients.add(ClientForm(code="K-02", name="Kim Holt")).id


def link(session, mother, child, **more):
    given = {
        "other_client": child,
        "other_receives": (),
        "client_receives": (Receives.PLAN, Receives.APPOINTMENTS),
        "basis": "Parental responsibility",
    } | more
    return session.client_links.add(mother, LinkNote(LinkKind.CHILD, **given))


def test_both_records_show_it_each_from_its_own_side(session, mother, child):
    link(session, mother, child)
    session.practice.save_settings(PracticeSettings(show_names=False))

    assert session.client_links.may_receive(mother) == ("Child K-02 may receive: nothing",)
    assert session.client_links.may_receive(child) == (
        "Parent M-01 may receive: safety plan, appointments (Parental responsibility, 02 Mar 2026)",
    )
    session.practice.save_settings(PracticeSettings(show_names=True))
    assert session.client_links.of_client(child)[0].label == "Maren Holt (M-01)"


def test_a_guardian_is_one_of_the_clients_own_contacts(session, child, mother):
    session.client_links.add(
        mother, LinkNote(LinkKind.GUARDIAN, contact="c1", other_receives=(Receives.SCREENINGS,), basis="Court order")
    )
    assert session.client_links.may_receive(mother) == (
        "Guardian Ana Holt may receive: screenings (Court order, 02 Mar 2026)",
    )
    assert session.client_links.of_client(child) == ()


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"other_client": ""}, "other"),
        ({"contact": "c1"}, "other"),
        ({"basis": " "}, "basis"),
        ({"other_client": "", "contact": "unknown"}, "other"),
    ],
)
def test_a_link_that_leads_nowhere_or_rests_on_nothing_is_refused(session, mother, child, changes, field):
    with pytest.raises(InvalidInputError) as refused:
        link(session, mother, child, **changes)
    assert refused.value.field == field


def test_nobody_is_linked_to_themselves_or_twice(session, mother, child):
    with pytest.raises(InvalidInputError):
        link(session, mother, mother)
    link(session, mother, child)
    for one, other in ((mother, child), (child, mother)):
        with pytest.raises(InvalidInputError):
            link(session, one, other)


def test_a_link_that_was_taken_out_comes_back_as_it_was(session, mother, child):
    entry = link(session, mother, child)
    before = session.client_links.of_client(child)
    former = session.client_links.remove(entry.id)
    assert session.client_links.of_client(mother) == ()
    session.client_links.bring_back(former)
    assert session.client_links.of_client(child) == before
    assert all(check.ok for check in check_content(session.vault.database))


def test_no_record_shows_a_word_of_the_other_one(session, mother, child):
    sign_incident(session, mother, account="Heron")
    link(session, mother, child)
    shown = [f"{one.title} {one.words}" for one in session.timelines.of_client(child)]
    assert shown == []
    assert "Heron" not in " ".join(session.client_links.may_receive(child))
