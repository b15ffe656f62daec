"""Putting rows of Today off: with a reason, until a day, and no longer than the row stays the same."""

import datetime as dt

import pytest
from support.incidents import sign_incident
from support.vaults import HeldClock, fresh_vault, session_on, sign_scores

from safeplan_desktop.domain.changes import Noun
from safeplan_desktop.domain.clients import ClientForm
from safeplan_desktop.domain.due import DueKind
from safeplan_desktop.domain.incidents import FollowUp
from safeplan_desktop.errors import InvalidInputError

TODAY = dt.date(2026, 3, 2)
IN_THREE = TODAY + dt.timedelta(days=3)


@pytest.fixture
def clock():
    return HeldClock()


@pytest.fixture
def session(tmp_path, clock):
    made = session_on(fresh_vault(tmp_path / "vault"), clock)
    yield made
    made.vault.database.close()


def _reassessment(session, again_on=TODAY):
    client = session.clients.add(ClientForm(code="M-07", name="Maren Holt"))
    sign_scores(session, client.id, {"phq-2": (1, 1)}, again_on=again_on)
    return _row(session, DueKind.REASSESSMENT)


def _row(session, kind):
    return next(row for row in session.due.rows() if row.kind is kind)


def test_a_row_that_was_put_off_waits_with_its_reason_and_comes_back_by_itself(session, clock):
    row = _reassessment(session)
    session.snoozes.put_off(row, IN_THREE, "  On holiday until Thursday ")
    listed = session.due.listed()
    assert row not in listed.waiting
    (later,) = listed.put_off
    assert (later.row, later.until, later.reason) == (row, IN_THREE, "On holiday until Thursday")
    clock.forward(days=2)
    assert len(session.due.listed().put_off) == 1
    clock.forward(days=1)
    assert session.due.listed().put_off == ()
    assert _row(session, DueKind.REASSESSMENT).overdue


def test_it_comes_back_at_once_when_the_day_is_another(session):
    row = _reassessment(session)
    session.snoozes.put_off(row, IN_THREE, "Away")
    sign_scores(session, row.client_id, {"phq-2": (1, 1)}, again_on=TODAY + dt.timedelta(days=1))
    assert _row(session, DueKind.REASSESSMENT).due == TODAY + dt.timedelta(days=1)
    assert session.due.listed().put_off == ()


def test_putting_off_anew_takes_the_later_word_and_bringing_back_ends_it_whole(session):
    row = _reassessment(session)
    session.snoozes.put_off(row, IN_THREE, "Away")
    session.snoozes.put_off(row, TODAY + dt.timedelta(days=1), "Only a day")
    (later,) = session.due.listed().put_off
    assert later.reason == "Only a day"
    session.snoozes.wake(later.entry_id)
    assert session.due.listed().put_off == ()
    assert row in session.due.rows()


def test_an_overdue_follow_up_waits_seven_days_at_most(session):
    sign_incident(session, follow_ups=(FollowUp("Call", TODAY - dt.timedelta(days=1)),))
    row = _row(session, DueKind.FOLLOW_UP)
    with pytest.raises(InvalidInputError, match="seven days at most"):
        session.snoozes.put_off(row, TODAY + dt.timedelta(days=8), "Away")
    session.snoozes.put_off(row, TODAY + dt.timedelta(days=7), "Away")
    assert session.due.listed().put_off[0].row == row


def test_two_follow_ups_of_one_incident_are_put_off_one_by_one(session):
    days = [TODAY, TODAY + dt.timedelta(days=1)]
    sign_incident(session, follow_ups=tuple(FollowUp("Call", day) for day in days))
    session.snoozes.put_off(_row(session, DueKind.FOLLOW_UP), IN_THREE, "Away")
    assert [row.due for row in session.due.rows() if row.kind is DueKind.FOLLOW_UP] == days[1:]


def test_the_reason_stands_in_the_clients_record_goes_with_it_and_shows_on_no_timeline(session):
    row = _reassessment(session)
    session.snoozes.put_off(row, IN_THREE, "A word in confidence")
    assert [entry.client_id for entry in session.register.of_kind(Noun.SNOOZE)] == [row.client_id]
    assert Noun.SNOOZE not in {entry.noun for entry in session.timelines.of_client(row.client_id)}
    trail = session.vault.database.execute("SELECT detail FROM audit")
    assert not any("confidence" in detail for (detail,) in trail)
