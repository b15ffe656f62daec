"""The schedule of reviews on real vaults: intervals drive what is due, a note moves it, an incident brings it forward."""

import datetime as dt
from dataclasses import replace

import pytest
from support.incidents import sign_incident
from support.policies import adopt
from support.vaults import START, finish_two_versions

from safeplan_desktop.domain.changes import Noun
from safeplan_desktop.domain.incidents import PhysicalHarm, PsychologicalHarm
from safeplan_desktop.domain.practice_checks import CheckedItem, CheckKind, PracticeCheck
from safeplan_desktop.domain.reviews import IN_DAYS, Interval, ReviewSubject, choices
from safeplan_desktop.errors import InvalidInputError
from safeplan_desktop.services.backups import LastBackup
from safeplan_desktop.services.due import DueKind
from safeplan_desktop.storage import practice

DAY = START.date()


def sentences(session, *kinds):
    return [row.sentence for row in session.due.rows() if row.kind in kinds]


@pytest.mark.parametrize("subject", list(ReviewSubject))
def test_every_subject_has_a_usual_interval_that_is_offered_and_can_be_switched_off(session, subject):
    usual = session.review_schedule.interval(subject)
    assert usual.on
    assert usual.count in choices(subject)
    session.review_schedule.save(replace(usual, on=False))
    state = session.reviews.state(subject)
    assert (state.due, state.interval.words) == (None, "not asked for")
    with pytest.raises(InvalidInputError):
        session.review_schedule.save(Interval(subject, 5))


def test_a_backup_of_the_evening_counts_on_the_day_that_it_was_there(session, clock):
    clock.moment = START + dt.timedelta(hours=12)  # 21:00 in Denver, when it is the next day in London
    made = LastBackup(clock.moment, "a", "/b")
    practice.save(session.desk.database, "last-backup", made, made.made_at)
    session.review_schedule.save(Interval(ReviewSubject.BACKUPS, 3))
    state = session.reviews.state(ReviewSubject.BACKUPS)
    assert (state.last, state.due) == (DAY, DAY + dt.timedelta(days=3))
    clock.forward(days=3)
    (row,) = [row for row in session.due.rows() if row.kind is DueKind.BACKUP]
    assert row.due == state.due


def test_nothing_is_due_on_the_first_day_and_each_own_subject_after_its_interval(session, clock):
    adopt(session)
    assert sentences(session, DueKind.REVIEW, DueKind.POLICY) == []
    clock.forward(days=200)
    assert sentences(session, DueKind.REVIEW) == [
        "To look at again: rehearsal of a restore",
        "To look at again: the room",
    ]
    session.review_schedule.note(ReviewSubject.RESTORE, "Took three minutes.")
    items = (CheckedItem("Exit", fine=True),)
    session.practice_checks.note(PracticeCheck(CheckKind.ROOM, items=items))
    assert sentences(session, DueKind.REVIEW) == []


def test_the_interval_drives_what_today_asked_for_before(session, clock):
    schedule = session.review_schedule
    assert sentences(session, DueKind.BACKUP) == ["No backup yet"]
    schedule.save(Interval(ReviewSubject.BACKUPS, 7, on=False))
    assert sentences(session, DueKind.BACKUP) == []

    clock.forward(days=100)
    assert sentences(session, DueKind.NUMBERS) == ["Emergency contacts: one number to check"]
    schedule.save(Interval(ReviewSubject.NUMBERS, 3))
    assert sentences(session, DueKind.NUMBERS) == ["Emergency contacts: 3 numbers to check"]

    schedule.save(Interval(ReviewSubject.DRILL, 3))
    assert session.practice.settings().drill_months == 3
    session.practice.save_settings(replace(session.practice.settings(), drill_months=0))
    assert not schedule.interval(ReviewSubject.DRILL).on

    schedule.save(Interval(ReviewSubject.POLICY, 3))
    assert session.policy.usual_review() == dt.date(2026, 9, 10)
    schedule.save(Interval(ReviewSubject.PLANS, 90))
    assert session.plans.usual_review() == dt.date(2026, 6, 10) + dt.timedelta(days=90)


def test_a_backup_is_due_after_the_interval_of_the_schedule(session, clock, tmp_path):
    session.backups.back_up(tmp_path, lambda *_: None, lambda: None)
    session.review_schedule.save(Interval(ReviewSubject.BACKUPS, 3))
    clock.forward(days=2)
    assert sentences(session, DueKind.BACKUP) == []
    clock.forward(days=1)
    assert sentences(session, DueKind.BACKUP) == ["Backup"]
    assert session.reviews.state(ReviewSubject.BACKUPS).due == DAY + dt.timedelta(days=3)


@pytest.mark.parametrize(
    "harm",
    [
        {"physical_harm": PhysicalHarm.SEVERE},
        {"physical_harm": PhysicalHarm.FATAL},
        {"psychological_harm": PsychologicalHarm.SEVERE},
    ],
)
def test_a_serious_incident_makes_policy_and_protocol_due_at_once_until_they_were_looked_at(session, clock, harm):
    adopt(session)
    clock.forward(days=3)
    signed = sign_incident(session, **harm)
    why = f"after incident {signed.number} with severe harm"
    assert sentences(session, DueKind.POLICY) == [f"Review of the safety policy, {why}"]
    assert sentences(session, DueKind.REVIEW) == [f"To look at again: emergency protocol, {why}"]
    clock.forward(hours=1)
    session.review_schedule.note(ReviewSubject.POLICY, "Nothing to change.")
    session.review_schedule.note(ReviewSubject.PROTOCOL, "")
    assert sentences(session, DueKind.POLICY, DueKind.REVIEW) == []
    assert session.reviews.state(ReviewSubject.POLICY).due == dt.date(2027, 3, 5)


def test_a_new_version_of_the_policy_answers_the_incident_too(session, clock):
    adopt(session)
    clock.forward(hours=1)
    sign_incident(session, physical_harm=PhysicalHarm.SEVERE)
    assert sentences(session, DueKind.POLICY)
    clock.forward(hours=1)
    adopt(session, change="After the incident.")
    assert sentences(session, DueKind.POLICY) == []


def test_an_incident_without_severe_harm_changes_nothing(session, clock):
    adopt(session)
    clock.forward(days=1)
    sign_incident(session, physical_harm=PhysicalHarm.MODERATE)
    assert sentences(session, DueKind.POLICY, DueKind.REVIEW) == []


def test_days_and_months_are_said_in_words():
    assert Interval(ReviewSubject.BACKUPS, 1).words == "every day"
    assert Interval(ReviewSubject.ROOM, 1).words == "every month"
    assert Interval(ReviewSubject.POLICY, 12).words == "once a year"
    assert {ReviewSubject.PLANS, ReviewSubject.BACKUPS} == IN_DAYS


def test_a_serious_incident_that_was_entered_in_error_asks_for_nothing_any_more(session, clock):
    adopt(session)
    clock.forward(hours=1)
    signed = sign_incident(session, physical_harm=PhysicalHarm.SEVERE)
    assert sentences(session, DueKind.POLICY)
    session.addenda.void(Noun.INCIDENT, signed.id, "", reason="It was a drill", signer="Dr. Reyes")
    assert sentences(session, DueKind.POLICY, DueKind.REVIEW) == []


def test_plans_are_asked_for_on_today_unless_that_is_switched_off(session, client, clock):
    finish_two_versions(session, client.id)
    clock.forward(days=29)
    assert sentences(session, DueKind.PLAN_REVIEW) == ["Safety plan review"]
    assert session.reviews.state(ReviewSubject.PLANS).due == DAY + dt.timedelta(days=30)
    session.review_schedule.save(Interval(ReviewSubject.PLANS, 30, on=False))
    assert sentences(session, DueKind.PLAN_REVIEW) == []
