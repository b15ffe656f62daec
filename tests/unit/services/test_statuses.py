"""Where a client stands: what it does to Today, how a mistake is taken back, what an ending leaves open."""

from __future__ import annotations

import datetime as dt

import pytest
from support.incidents import sign_incident
from support.vaults import START, finish_two_versions, sign_scores
from support.written import sign_consent

from safeplan_desktop.domain.changes import Noun
from safeplan_desktop.domain.checklists import ChecklistAnswers, StepAnswer
from safeplan_desktop.domain.client_status import ClientStatus, StatusNote
from safeplan_desktop.domain.clients import ClientForm
from safeplan_desktop.domain.consents import Given
from safeplan_desktop.domain.incidents import AddendumForm, FollowUp
from safeplan_desktop.errors import InvalidInputError, NotFoundError
from safeplan_desktop.services import reference
from safeplan_desktop.storage.checks import check_content

DAY = START.date()


@pytest.fixture
def client_id(session):
    return session.clients.add(ClientForm(code="M-07", name="Maren Holt")).id


@pytest.fixture
def busy(session, client_id, clock):
    """A client of whom everything is due: a review, copies to swap, a follow-up, a draft."""
    finish_two_versions(session, client_id)
    sign_incident(session, client_id, follow_ups=(FollowUp("Call", DAY),))
    session.screenings.begin(client_id)
    clock.forward(days=40)
    return client_id


def of_client(session, client_id):
    return {row.kind.value for row in session.due.rows() if row.client_id == client_id}


def change(session, client_id, status, **more):
    return session.statuses.change(client_id, status, reason="As agreed", **more)


def test_every_client_begins_active_and_a_change_keeps_reason_and_day(session, client_id):
    assert session.clients.get(client_id).status is ClientStatus.ACTIVE

    entry = change(session, client_id, ClientStatus.DISCHARGED, day=DAY)

    assert session.clients.get(client_id).status is ClientStatus.DISCHARGED
    assert session.statuses.since(client_id) == DAY
    note = entry.form_as(StatusNote)
    assert (note.former, note.reason, entry.day) == (ClientStatus.ACTIVE, "As agreed", DAY)
    assert all(check.ok for check in check_content(session.vault.database))


def test_what_is_due_of_an_active_client_is_all_there(session, busy):
    assert of_client(session, busy) == {"plan-review", "copies", "follow-up", "draft-screening"}


def test_a_follow_up_stays_on_today_until_it_is_done_however_long_ago_it_was(session, busy, clock):
    clock.forward(days=800)
    assert "follow-up" in of_client(session, busy)


@pytest.mark.parametrize(
    ("status", "left"),
    [
        (ClientStatus.PAUSED, {"copies", "follow-up", "draft-screening"}),
        (ClientStatus.DISCHARGED, {"follow-up", "draft-screening"}),
        (ClientStatus.TRANSFERRED, {"follow-up", "draft-screening"}),
        (ClientStatus.DECEASED, set()),
    ],
)
def test_each_standing_leaves_on_today_what_it_says(session, busy, status, left):
    change(session, busy, status)
    assert of_client(session, busy) == left


def test_after_a_death_no_copy_is_to_be_swapped_or_printed_again(session, busy):
    assert session.plan_copies.to_swap(busy)
    change(session, busy, ClientStatus.DECEASED)
    assert session.plan_copies.to_swap(busy) == ()


def test_a_standing_given_by_mistake_is_taken_back_with_everything_it_cancelled(session, busy):
    before = of_client(session, busy)
    change(session, busy, ClientStatus.PAUSED)
    change(session, busy, ClientStatus.DECEASED)

    assert session.statuses.take_back(busy) is ClientStatus.PAUSED
    assert session.statuses.take_back(busy) is ClientStatus.ACTIVE

    assert of_client(session, busy) == before
    assert session.statuses.history(busy) == ()
    assert all(check.ok for check in check_content(session.vault.database))
    with pytest.raises(NotFoundError):
        session.statuses.take_back(busy)


def test_a_pause_asks_on_its_day_how_it_goes_on(session, client_id, clock):
    change(session, client_id, ClientStatus.PAUSED, until=DAY + dt.timedelta(days=20))
    assert of_client(session, client_id) == set()
    clock.forward(days=14)
    assert of_client(session, client_id) == {"pause"}
    change(session, client_id, ClientStatus.ACTIVE)
    assert of_client(session, client_id) == set()
    change(session, client_id, ClientStatus.PAUSED)
    clock.forward(days=30)
    assert of_client(session, client_id) == set(), "a new pause without a day took the day of the earlier one"


@pytest.mark.parametrize(
    ("status", "more", "field"),
    [
        (ClientStatus.ACTIVE, {}, "status"),
        (ClientStatus.PAUSED, {"day": DAY + dt.timedelta(days=1)}, "day"),
        (ClientStatus.PAUSED, {"until": DAY - dt.timedelta(days=1)}, "until"),
    ],
)
def test_what_cannot_be_is_refused_beside_its_field(session, client_id, status, more, field):
    with pytest.raises(InvalidInputError) as refused:
        change(session, client_id, status, **more)
    assert refused.value.field == field


def test_a_change_needs_a_reason_and_cannot_lie_before_the_last_one(session, client_id):
    with pytest.raises(InvalidInputError) as refused:
        session.statuses.change(client_id, ClientStatus.PAUSED, reason=" ")
    assert refused.value.field == "reason"
    change(session, client_id, ClientStatus.PAUSED, day=DAY)
    with pytest.raises(InvalidInputError) as refused:
        change(session, client_id, ClientStatus.ACTIVE, day=DAY - dt.timedelta(days=1))
    assert refused.value.field == "day"


def test_a_standing_that_was_changed_in_the_file_is_found(session, client_id):
    session.vault.database.execute("UPDATE client SET status = 'deceased'")
    assert any("M-07" in check.sentence for check in check_content(session.vault.database) if not check.ok)


def test_the_checklist_after_a_death_is_gone_on_with_later(session, client_id):
    entry = change(session, client_id, ClientStatus.DECEASED)
    checklist = reference.after_death()
    answers = ChecklistAnswers(checklist.id, checklist.title, (StepAnswer("support", "Who?", "My group"),))

    session.statuses.keep_checklist(entry.id, answers)

    assert session.statuses.history(client_id)[0].form_as(StatusNote).checklist == answers
    assert {"support", "told", "records", "legal", "supervision", "family"} <= {step.id for step in checklist.steps}


def test_the_closing_list_says_what_the_record_itself_knows(session, busy):
    by_step = {item.step.id: item for item in session.closings.of_client(busy)}

    assert by_step["screening"].open
    assert by_step["plan"].open  # only the first version was given
    assert by_step["drafts"].open
    assert "Screening" in by_step["drafts"].says
    assert by_step["follow-ups"].open
    assert "2026-001" in by_step["follow-ups"].says
    assert by_step["follow-ups"].opens[0] is Noun.INCIDENT
    assert by_step["referrals"].open is None


def test_the_closing_list_counts_only_consents_that_still_count(session, client_id):
    def says():
        return next(item.says for item in session.closings.of_client(client_id) if item.step.id == "consents")

    assert says() == "There is no signed consent."
    consent = sign_consent(session, client_id)
    assert says() == "One consent counts now."
    session.consents.withdraw(consent.id, DAY, Given.SPOKEN, "", "Dr. Alma Reyes")
    assert says() == "No consent counts any more: each was withdrawn or has ended."


def test_an_addition_that_waits_to_be_signed_stands_in_the_closing_list(session, client_id):
    def left():
        return next(item for item in session.closings.of_client(client_id) if item.step.id == "drafts")

    signed = sign_incident(session, client_id)
    assert not left().open
    session.addendum_drafts.keep(Noun.INCIDENT, signed.id, client_id, AddendumForm(text="The sister stayed."))
    assert left().says == "Not signed yet: Addition to a signed record."
    assert left().opens == (Noun.INCIDENT, signed.id)
    session.addendum_drafts.forget(signed.id)
    assert left().says == "Nothing is left unsigned."


def test_the_closing_list_is_calm_where_everything_is_done(session, client_id):
    sign_scores(session, client_id, {"phq-2": (0, 0)})
    by_step = {item.step.id: item for item in session.closings.of_client(client_id)}
    assert (by_step["screening"].open, by_step["drafts"].open, by_step["follow-ups"].open) == (False, False, False)
