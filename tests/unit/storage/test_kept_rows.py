"""Rows that aren't signed but matter: a change behind the program's back is found, old entries are told apart."""

import datetime as dt
from dataclasses import replace

import pytest
from support.incidents import sign_incident
from support.vaults import HeldClock, fresh_vault, session_on

from safeplan_desktop.domain.audit import FOLLOW_UP_DONE, AuditAction
from safeplan_desktop.domain.canonical import content_hash, to_json
from safeplan_desktop.domain.changes import Noun
from safeplan_desktop.domain.clients import ClientForm
from safeplan_desktop.domain.consents import ConsentKind
from safeplan_desktop.domain.incidents import FollowUp
from safeplan_desktop.domain.retention import RetentionRule
from safeplan_desktop.services.sample import fill_with_sample
from safeplan_desktop.storage.check_kept import check_kept
from safeplan_desktop.storage.checks import check_content

FORM = ClientForm(code="M-07", name="Maren Holt", phone="+1 303 555 0101")


@pytest.fixture
def session(tmp_path):
    session = session_on(fresh_vault(tmp_path / "vault"), HeldClock())
    yield session
    session.vault.database.close()


def _edit(session, statement, *values):
    session.vault.database.execute(statement, values)
    return check_kept(session.vault.database)


def _signed_incident(session):
    client = session.clients.add(replace(FORM, code="I-01"))
    due = session.desk.now().local_date + dt.timedelta(days=1)
    return sign_incident(session, client.id, follow_ups=(FollowUp("Call", due), FollowUp("Write", due)))


def test_a_clients_row_that_was_changed_is_named_by_its_code_and_by_the_newest_entry_about_it(session):
    client = session.clients.add(FORM)
    session.clients.change(client.id, replace(FORM, phone="+1 303 555 0102"))
    entry = session.vault.database.value("SELECT max(seq) FROM audit")
    session.clients.viewed(client.id)
    assert check_kept(session.vault.database).ok
    check = _edit(session, "UPDATE client SET json = replace(json, '0102', '0999')")
    assert not check.ok
    assert (check.noun, check.record_id, check.seq) == ("client", client.id, entry)
    assert check.sentence.startswith(f"Client M-07 isn't what was last saved (entry {entry} of the audit).")


def test_a_client_that_was_put_into_the_archive_behind_the_programs_back_is_found(session):
    client = session.clients.add(FORM)
    session.clients.archive(client.id)
    session.clients.unarchive(client.id)
    assert check_kept(session.vault.database).ok
    assert not _edit(session, "UPDATE client SET archived_at = '2026-01-01T00:00:00+00:00'").ok


@pytest.mark.parametrize(
    ("statement", "words"),
    [
        ("UPDATE practice SET json = replace(json, 'Juniper', 'Jupiter') WHERE name = 'profile'", "practice's profile"),
        ("DELETE FROM practice WHERE name = 'settings'", "settings is missing"),
        ("INSERT INTO practice VALUES ('crisis-protocol', '{}', '')", "crisis protocol isn't in the audit"),
        ("UPDATE emergency_contact SET json = replace(json, '988', '989')", "Emergency contact 2 isn't what"),
        ("DELETE FROM emergency_contact WHERE id = 'e1'", "An emergency contact is missing"),
        (
            "INSERT INTO emergency_contact SELECT 'e4', 3, json FROM emergency_contact LIMIT 1",
            "contact 4 isn't in the audit",
        ),
        ("UPDATE emergency_contact SET position = 1 - position WHERE id < 'e3'", "list of emergency contacts"),
        ("UPDATE emergency_contact SET position = 7 WHERE id = 'e3'", "Emergency contact 3"),
    ],
)
def test_what_is_the_practices_own_is_held_against_what_was_saved(session, statement, words):
    session.practice.save_settings(replace(session.practice.settings(), drill_months=3))
    assert check_kept(session.vault.database).ok
    assert words in _edit(session, statement).sentence


def test_contacts_that_were_changed_taken_out_and_put_back_are_in_order(session):
    first, second, third = session.practice.contacts()
    for contacts in ((second, first), (second, replace(first, hours="24 hours")), (first, second, third)):
        session.practice.save_contacts(contacts)
        check = check_kept(session.vault.database)
        assert check.ok, check.sentence
    check = _edit(session, "UPDATE emergency_contact SET json = replace(json, '0155', '0199')")
    assert (check.noun, check.record_id) == ("contact", third.id)


def test_of_contacts_that_an_earlier_version_saved_the_list_is_named(session):
    noted = session.vault.database.value("SELECT content_hash FROM audit WHERE noun = 'contact' AND record_id = ''")
    for statement in ("DROP TRIGGER audit_remains", "DELETE FROM audit WHERE noun = 'contact' AND record_id <> ''"):
        session.vault.database.execute(statement)
    assert noted
    assert check_kept(session.vault.database).ok
    assert "list of emergency contacts" in _edit(session, "UPDATE emergency_contact SET json = '{}'").sentence


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE follow_up_done SET note = 'x'",
        "DELETE FROM follow_up_done WHERE position = 0",
        "DELETE FROM follow_up_done",
        "INSERT INTO follow_up_done SELECT incident_id, 1, done_on, note, entered_at FROM follow_up_done",
    ],
)
def test_a_follow_up_that_was_changed_removed_or_put_in_is_found_and_its_incident_named(session, statement):
    incident = _signed_incident(session)
    session.incidents.follow_up_done(incident.id, 0, session.desk.now().local_date, "Called")
    assert check_kept(session.vault.database).ok
    check = _edit(session, statement)
    assert (check.ok, check.record_id) == (False, incident.id)
    assert incident.number in check.sentence


def test_a_follow_up_that_was_taken_back_is_in_order(session):
    incident = _signed_incident(session)
    session.incidents.follow_up_done(incident.id, 0, session.desk.now().local_date, "Called")
    session.incidents.follow_up_open(incident.id, 0)
    assert check_kept(session.vault.database).ok


def test_what_an_earlier_version_noted_without_a_hash_isnt_compared_and_that_is_said(session):
    incident = _signed_incident(session)
    session.incidents.follow_up_done(incident.id, 0, session.desk.now().local_date, "Called")
    with session.desk.entry() as entry:
        entry.audit(AuditAction.CHANGED, Noun.INCIDENT, incident.id, detail=FOLLOW_UP_DONE)
    assert "1 was last saved by an earlier version" in check_kept(session.vault.database).sentence
    assert _edit(session, "UPDATE follow_up_done SET note = 'x'").ok


def test_a_client_whom_an_earlier_version_saved_is_compared_in_all_but_the_times(session):
    client = session.clients.add(FORM)
    with session.desk.entry() as entry:
        entry.audit(AuditAction.CHANGED, Noun.CLIENT, client.id, content_hash=content_hash(to_json(client.form)))
    assert _edit(session, "UPDATE client SET updated_at = '2026-01-01T00:00:00+00:00'").ok
    assert not _edit(session, "UPDATE client SET archived_at = '2026-01-01T00:00:00+00:00'").ok
    assert not _edit(session, "UPDATE client SET archived_at = NULL, json = replace(json, 'Maren', 'Karen')").ok


def test_a_client_whom_an_earlier_version_archived_isnt_compared_as_it_noted_no_hash_of_that(session):
    client = session.clients.add(FORM)
    session.clients.archive(client.id)
    with session.desk.entry() as entry:
        entry.audit(AuditAction.ARCHIVED, Noun.CLIENT, client.id)
    assert "1 was last saved by an earlier version" in check_kept(session.vault.database).sentence
    session.clients.unarchive(client.id)
    assert not _edit(session, "UPDATE client SET json = replace(json, 'Maren', 'Karen')").ok


def test_a_changed_row_stands_in_the_whole_check_and_never_in_the_way_of_a_backup(session, tmp_path):
    session.clients.add(FORM)
    session.vault.database.execute("UPDATE client SET json = replace(json, 'Maren', 'Karen')")
    failed = [check.id for check in check_content(session.vault.database) if not check.ok]
    assert failed == ["kept-records", "search-words"]  # the search finds it by its former name
    (tmp_path / "usb").mkdir()
    report = session.backups.back_up(tmp_path / "usb", lambda *_: None, lambda: None)
    assert report.path.is_file()
    assert not report.verification.ok


def test_whatever_the_practice_keeps_is_held_against_the_audit(session):
    session.practice.keep("training rules", replace(session.practice.profile(), practice_name="x"))
    assert check_kept(session.vault.database).ok

    session.vault.database.execute("UPDATE practice SET json = '{}' WHERE name = 'training-rules'")

    assert "“training rules”" in check_kept(session.vault.database).sentence


def test_the_rule_of_retention_is_a_row_of_its_own_beside_the_settings(session):
    session.practice.save_settings(replace(session.practice.settings(), drill_months=3))
    session.retention.save_rule(RetentionRule(after_last_entry=7))
    assert check_kept(session.vault.database).ok
    assert "“retention”" in _edit(session, "UPDATE practice SET json = '{}' WHERE name = 'retention'").sentence


def test_every_list_and_text_of_the_practices_own_is_in_order_after_it_was_saved(session):
    session.practice_checks.save_room_list(("A chair beside the door",))
    session.session_notes.save_agenda(("How the week was",))
    session.consents.keep_text(ConsentKind.TELEHEALTH, "en", "We meet by video.")
    session.practice.reset_protocol()
    session.practice.save_checklist_note("duty-to-warn", "Call first.")
    check = check_kept(session.vault.database)
    assert check.ok, check.sentence


def test_a_sample_practice_is_in_order(session):
    fill_with_sample(session.vault, HeldClock(), clients=4, seed=4)
    assert [check for check in check_content(session.vault.database) if not check.ok] == []
