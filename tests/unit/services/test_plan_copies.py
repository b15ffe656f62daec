"""Who has a copy, from version to version; reviews without a change; numbers of where the client lives."""

import datetime as dt
from dataclasses import replace

import pytest

from safeplan_desktop.domain.changes import Noun
from safeplan_desktop.domain.clients import ClientForm
from safeplan_desktop.domain.plan_copies import CopyEnd
from safeplan_desktop.domain.plans import HolderKind, PlanFormat, PlanItem, PlanSection, Recipient, SectionKey
from safeplan_desktop.errors import InvalidInputError, NotFoundError
from safeplan_desktop.storage import audit

CLIENT = Recipient("r1", "", HolderKind.CLIENT, PlanFormat.FULL)
CARD = Recipient("r2", "", HolderKind.CLIENT, PlanFormat.POCKET_CARD)


def _finish(session, client, text="Walk"):
    draft, form = session.plans.begin(client.id)
    form = form.with_section(PlanSection(SectionKey.COPING, (PlanItem("i", text),)))
    return session.plans.finish(draft, form, "Dr. Reyes")


@pytest.fixture
def ana(clock):
    return Recipient(
        "r3", "Ana Holt", HolderKind.SUPPORT_PERSON, PlanFormat.SUPPORT_PERSON, release_on=clock.now().date()
    )


def test_copies_that_are_out_of_an_older_version_are_to_be_swapped(session, client, clock, ana):
    first = _finish(session, client)
    for recipient in (CLIENT, CARD, ana):
        session.plan_copies.give(first.id, recipient)
    assert session.plan_copies.to_swap(client.id) == ()
    clock.forward(days=7)
    second = _finish(session, client, "Swim")
    assert {copy.recipient.id for copy in session.plan_copies.to_swap(client.id)} == {"r1", "r2", "r3"}
    (row,) = [row for row in session.due.rows() if row.kind.value == "copies"]
    assert "3 copies to swap" in row.sentence
    session.plan_copies.give(second.id, replace(CLIENT, id="other"))
    assert {copy.recipient.id for copy in session.plan_copies.to_swap(client.id)} == {"r2", "r3"}
    former = next(c for c in session.plan_copies.of_client(client.id) if c.recipient.id == "r1")
    assert (former.end, former.ended_on) == (CopyEnd.REPLACED, clock.now().date())


def test_one_persons_new_copy_takes_nobody_elses_off_the_list(session, client, ana):
    version = _finish(session, client)
    ben = replace(ana, id="r4", name="Ben Holt")
    session.plan_copies.give(version.id, ana)
    session.plan_copies.give(version.id, ben)
    assert {copy.recipient.name for copy in session.plan_copies.of_client(client.id) if copy.is_out} == {
        "Ana Holt",
        "Ben Holt",
    }


def test_a_support_person_gets_no_copy_without_a_dated_release(session, client, ana):
    version = _finish(session, client)
    with pytest.raises(InvalidInputError) as refused:
        session.plan_copies.give(version.id, replace(ana, release_on=None))
    assert refused.value.field == "release_on"
    with pytest.raises(InvalidInputError):
        session.plan_copies.give(version.id, replace(ana, release_on=ana.release_on + dt.timedelta(days=1)))
    with pytest.raises(InvalidInputError):
        session.plan_copies.give(version.id, replace(ana, name=" "))
    assert session.plan_copies.of_client(client.id) == ()


@pytest.mark.parametrize("end", [CopyEnd.RETURNED, CopyEnd.DESTROYED, CopyEnd.LOST])
def test_a_copy_that_came_back_or_was_destroyed_is_out_no_longer_and_that_can_be_undone(session, client, end):
    version = _finish(session, client)
    copy = session.plan_copies.give(version.id, CLIENT)
    ended = session.plan_copies.end(copy.id, end)
    assert not ended.is_out
    assert session.plan_copies.take_back(copy.id).is_out


def test_what_became_of_a_copy_cant_lie_before_it_was_given(session, client, clock):
    copy = session.plan_copies.give(_finish(session, client).id, CLIENT)
    with pytest.raises(InvalidInputError):
        session.plan_copies.end(copy.id, CopyEnd.RETURNED, clock.now().date() - dt.timedelta(days=2))
    assert session.plan_copies.get(copy.id).is_out


def test_every_note_on_a_copy_is_in_the_audit_and_told_to_the_screens(session, client, heard):
    copy = session.plan_copies.give(_finish(session, client).id, CLIENT)
    session.plan_copies.received(copy.id)
    entries = sorted(audit.of_record(session.vault.database, copy.id), key=lambda entry: entry.seq)
    assert [entry.action.value for entry in entries] == ["given", "changed"]
    assert next(change for change in heard.changes if change.noun is Noun.PLAN_COPY).client_id == client.id
    assert session.plan_copies.get(copy.id).received


def test_a_copy_or_version_that_isnt_there_is_a_sentence(session):
    with pytest.raises(NotFoundError):
        session.plan_copies.get("nothing")
    with pytest.raises(NotFoundError):
        session.plan_copies.give("nothing", CLIENT)


def test_a_review_without_a_change_moves_the_next_review_and_is_printed(session, client, clock):
    version = _finish(session, client)
    clock.forward(days=29)
    assert [row.kind.value for row in session.due.rows() if row.client_id == client.id] == ["plan-review"]
    session.plans.reviewed(version.id, clock.now().date() + dt.timedelta(days=60))
    (summary,) = session.plans.of_client(client.id)
    assert summary.reviewed_on == clock.now().date()
    assert summary.review_on == clock.now().date() + dt.timedelta(days=60)
    assert [row for row in session.due.rows() if row.client_id == client.id] == []
    assert session.plans.get(version.id) == version


def test_the_newest_of_several_reviews_counts_and_the_next_one_lies_ahead(session, client, clock):
    version = _finish(session, client)
    session.plans.reviewed(version.id, clock.now().date() + dt.timedelta(days=30))
    clock.forward(days=5)
    session.plans.reviewed(version.id, clock.now().date() + dt.timedelta(days=10))
    (summary,) = session.plans.of_client(client.id)
    assert summary.review_on == clock.now().date() + dt.timedelta(days=10)
    with pytest.raises(InvalidInputError):
        session.plans.reviewed(version.id, clock.now().date())


def test_numbers_follow_where_the_client_lives_never_the_language(session):
    home = session.clients.add(ClientForm(code="A", name="A", language="de"))
    abroad = session.clients.add(ClientForm(code="B", name="B", language="en", country="DE"))
    assert [n.number for n in session.plans.offered_numbers(home)] == ["988"]
    offered = session.plans.offered_numbers(abroad)
    assert offered[0].emergency
    assert offered[0].number == "112"
    assert len(offered) > 1
    assert not any(number.confirmed for number in offered)


def test_an_emergency_number_abroad_is_printed_only_when_it_was_confirmed(session):
    abroad = session.clients.add(ClientForm(code="B", name="B", country="DE"))
    _, form = session.plans.begin(abroad.id)
    assert session.plans.practice_now(form).emergency_number == ""
    confirmed = replace(form, crisis_numbers=tuple(replace(n, confirmed=True) for n in form.crisis_numbers))
    assert session.plans.practice_now(confirmed).emergency_number == "112"


def test_a_new_version_keeps_who_gets_a_copy_and_asks_again_to_read_it_back(session, client):
    draft, form = session.plans.begin(client.id)
    form = form.with_section(PlanSection(SectionKey.COPING, (PlanItem("i", "Walk"),)))
    session.plans.finish(draft, replace(form, recipients=(CLIENT, CARD), read_back=True), "Dr. Reyes")
    _, again = session.plans.begin(client.id)
    assert again.recipients == (CLIENT, CARD)
    assert not again.read_back


@pytest.mark.parametrize("plan_format", list(PlanFormat))
def test_every_format_names_its_file_by_code_never_by_name(session, client, plan_format):
    from safeplan_desktop.services.plan_prints import PlanPrint

    version = _finish(session, client)
    document = session.exports.plan(version.id, PlanPrint(plan_format))
    assert "M-07" in document.suggested_name
    assert "Maren" not in document.suggested_name + document.title + document.detail
    assert document.make().startswith(b"%PDF")
    assert document.for_screen == (plan_format in (PlanFormat.PHONE, PlanFormat.PHOTO))


def test_two_versions_compared_are_a_document(session, client, clock):
    first = _finish(session, client)
    clock.forward(days=7)
    second = _finish(session, client, "Swim")
    assert session.exports.plan_comparison(first.id, second.id).make().startswith(b"%PDF")
