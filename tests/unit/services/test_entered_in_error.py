"""Entered in error: the record stays and is marked, and counts nowhere any more; for incidents and screenings alike."""

import datetime as dt
from dataclasses import replace

import pytest
from support.vaults import sign_scores

from safeplan_desktop.domain.audit import AuditAction
from safeplan_desktop.domain.changes import Noun
from safeplan_desktop.domain.incidents import (
    AddendumKind,
    FollowUp,
    IncidentCategory,
    IncidentForm,
    PhysicalHarm,
    Place,
    PsychologicalHarm,
)
from safeplan_desktop.domain.screenings import LevelOfCare
from safeplan_desktop.errors import InvalidInputError, NotFoundError, SignedRecordError, StorageUnavailableError
from safeplan_desktop.services.backups import never_cancelled, no_report
from safeplan_desktop.services.due import DueKind
from safeplan_desktop.storage import addenda as stored
from safeplan_desktop.storage import audit


@pytest.fixture
def incident(session, client, clock):
    draft, form = session.incidents.begin(client.id)
    form = replace(
        form,
        category=IncidentCategory.CLIENT_CRISIS,
        happened_at=clock.now(),
        place=Place.PHONE,
        account="Client called, crying.",
        physical_harm=PhysicalHarm.NONE,
        psychological_harm=PsychologicalHarm.LOW,
        follow_ups=(FollowUp("Call", dt.date(2026, 3, 1)), FollowUp("Write", dt.date(2026, 3, 3))),
    )
    return session.incidents.sign(draft, form, "Dr. Reyes")


def _void(session, noun, record_id, client_id, reason="The wrong client", signer="Dr. Reyes"):
    return session.addenda.void(noun, record_id, client_id, reason=reason, signer=signer)


def test_a_voided_incident_stays_readable_and_is_marked_by_one_line_of_the_audit(session, client, incident):
    before = audit.head(session.desk.database).seq
    addendum = _void(session, Noun.INCIDENT, incident.id, client.id)
    assert audit.head(session.desk.database).seq == before + 1
    (line,) = audit.latest(session.desk.database, limit=1)
    assert (line.action, line.detail, line.record_id) == (AuditAction.ADDENDUM, "entered-in-error", addendum.id)
    assert session.incidents.get(incident.id) == incident
    assert stored.voided_ids(session.desk.database) == {incident.id}
    assert [row.voided for row in session.incidents.list()] == [True]
    assert session.addenda.of_record(incident.id)[0].kind is AddendumKind.ENTERED_IN_ERROR
    assert session.backups.verify_records(no_report, never_cancelled).ok


def test_a_voided_incident_leaves_today_and_the_plots(session, client, incident):
    sign_scores(session, client.id, {"phq-2": (1, 1)})
    assert any(row.record_id == incident.id for row in session.due.rows())
    assert any("Incident" in event.words for event in session.histories.of_client(client.id).events)
    _void(session, Noun.INCIDENT, incident.id, client.id)
    assert not any(row.record_id == incident.id for row in session.due.rows())
    assert not any("Incident" in event.words for event in session.histories.of_client(client.id).events)


def test_a_voided_screening_leaves_the_plots_the_levels_and_today(session, client, clock):
    first = sign_scores(session, client.id, {"phq-2": (1, 1)})
    clock.forward(days=1)
    second = sign_scores(session, client.id, {"phq-2": (3, 3)}, LevelOfCare.EMERGENCY)
    _void(session, Noun.SCREENING, second, client.id)
    history = session.histories.of_client(client.id)
    assert [one.value for one in history.series[0].occasions] == [2]
    assert not any("Level of care" in event.words for event in history.events)
    assert [(row.id, row.voided) for row in session.screenings.of_client(client.id)] == [(second, True), (first, False)]


def test_the_reassessment_of_the_screening_before_counts_again(session, client, clock):
    first, second = dt.date(2026, 3, 3), dt.date(2026, 3, 4)
    sign_scores(session, client.id, {"phq-2": (1, 1)}, again_on=first)
    newest = sign_scores(session, client.id, {"phq-2": (3, 3)}, again_on=second)
    assert [row.due for row in session.due.rows() if row.kind is DueKind.REASSESSMENT] == [second]
    _void(session, Noun.SCREENING, newest, client.id)
    assert [row.due for row in session.due.rows() if row.kind is DueKind.REASSESSMENT] == [first]


def test_it_needs_a_reason_and_a_name_and_happens_once(session, client, incident):
    for values, field in ((("", "s"), "reason"), (("r", " "), "signer")):
        with pytest.raises(InvalidInputError) as refused:
            _void(session, Noun.INCIDENT, incident.id, client.id, *values)
        assert refused.value.field == field
    _void(session, Noun.INCIDENT, incident.id, client.id)
    with pytest.raises(SignedRecordError):
        _void(session, Noun.INCIDENT, incident.id, client.id)
    with pytest.raises(NotFoundError):
        _void(session, Noun.SCREENING, incident.id, client.id)
    assert len(session.addenda.of_record(incident.id)) == 1


def test_a_failure_between_addendum_and_mark_leaves_neither(session, client, incident, monkeypatch):
    def fails(*_):
        raise StorageUnavailableError("gone")

    monkeypatch.setattr(stored, "void", fails)
    with pytest.raises(StorageUnavailableError):
        _void(session, Noun.INCIDENT, incident.id, client.id)
    assert session.addenda.of_record(incident.id) == ()


def test_an_addendum_cannot_void_a_record_in_passing(session, client, incident):
    with pytest.raises(ValueError, match="void"):
        session.addenda.add(
            Noun.INCIDENT,
            incident.id,
            client.id,
            kind=AddendumKind.ENTERED_IN_ERROR,
            reason="r",
            text="t",
            signer="s",
        )


def test_a_follow_up_that_was_done_leaves_today_and_comes_back_when_that_is_undone(session, incident, clock):
    def waiting():
        return [row.due.day for row in session.due.rows() if row.record_id == incident.id]

    assert waiting() == [1, 3]
    session.incidents.follow_up_done(incident.id, 0, dt.date(2026, 3, 2), "Reached her")
    assert waiting() == [3]
    first, second = session.incidents.follow_ups(incident.id)
    assert (first.done_on, first.note, first.marked) == (dt.date(2026, 3, 2), "Reached her", True)
    assert second.done_on is None
    session.incidents.follow_up_open(incident.id, 0)
    assert waiting() == [1, 3]
    assert session.incidents.get(incident.id) == incident


def test_a_follow_up_is_done_on_a_day_that_has_come(session, incident):
    for day in (None, dt.date(2026, 3, 3)):
        with pytest.raises(InvalidInputError):
            session.incidents.follow_up_done(incident.id, 0, day)
    with pytest.raises(NotFoundError):
        session.incidents.follow_up_done(incident.id, 2, dt.date(2026, 3, 2))


def test_a_draft_that_waits_for_a_day_says_so_on_today(session, client, clock):
    session.incidents.begin(client.id, IncidentForm())

    def sentence():
        return next(row.sentence for row in session.due.rows() if row.sentence.startswith("Incident to finish"))

    assert sentence() == "Incident to finish and sign"
    clock.forward(hours=24)
    assert sentence() == "Incident to finish and sign, begun yesterday"
    clock.forward(days=3)
    assert sentence().endswith("begun 4 days ago")


def test_the_plan_that_was_finished_afterwards_is_found_and_not_stored(session, client, incident, clock):
    from support.vaults import finish_two_versions

    assert session.incidents.revised_afterwards(incident) is None
    clock.forward(days=1)
    finish_two_versions(session, client.id)
    assert session.incidents.revised_afterwards(incident).title == "Safety plan, version 1, 03 Mar 2026"
    assert session.incidents.get(incident.id).content == incident.content
