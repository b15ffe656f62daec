"""A record goes for good: all of it, only it, with a certificate; and a check knows a purge from a theft."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from support.database_pages import in_the_clear
from support.incidents import sign_incident
from support.vaults import HeldClock, fresh_vault, session_on, shared_keys
from support.whole_records import WORDS, fill_record

from safeplan_desktop.domain.audit import AuditAction
from safeplan_desktop.domain.changes import Noun
from safeplan_desktop.domain.client_status import ClientStatus
from safeplan_desktop.domain.clients import ClientForm
from safeplan_desktop.domain.drafts import DialogWords, DraftKind, FieldWords
from safeplan_desktop.domain.retention import PurgeCertificate, PurgeReason, RetentionRule
from safeplan_desktop.errors import InvalidInputError, NotFoundError
from safeplan_desktop.services.backups import never_cancelled, no_report
from safeplan_desktop.storage import audit
from safeplan_desktop.storage.checks import check_content
from safeplan_desktop.storage.client_record import last_entry
from safeplan_desktop.storage.purges import backups_since

_TABLES = (
    *("client", "draft", "screening", "plan_version", "plan_copy", "plan_review", "incident", "addendum", "voided"),
    *("follow_up_done", "signed_record", "register_entry", "attachment", "attachment_piece", "search", "search_place"),
)


def rows(session):
    return {name: session.vault.database.execute(f"SELECT * FROM {name}") for name in _TABLES}


def problems(session):
    return [check for check in check_content(session.vault.database) if not check.ok]


def purge(session, client_id, reason=PurgeReason.REQUEST, **more):
    given = {"note": "Erasure asked for in writing", "confirm": "M-07", "signer": "Dr. Alma Reyes"} | more
    return session.purges.purge(client_id, reason, **given)


def test_a_removal_in_a_job_tells_the_screens_nothing_until_the_window_asks_for_it(session, other, heard):
    client_id = fill_record(session)
    heard.changes.clear()
    session.purges.remove(client_id, PurgeReason.REQUEST, note="Asked for", confirm="M-07", signer="Dr. Alma Reyes")
    assert heard.changes == []
    session.purges.tell()
    assert {change.noun for change in heard.changes} == set(Noun)


@pytest.fixture
def other(session):
    """Another client, with a record of the same kinds but none of the marked words."""
    other = session.clients.add(ClientForm(code="Z-99", name="Zora Quinn")).id
    sign_incident(session, other, account="Something else")
    return other


def test_nothing_of_the_record_is_left_and_the_records_are_whole_before_and_after(session, other):
    before = rows(session)
    client_id = fill_record(session)
    assert not problems(session)

    purge(session, client_id)

    assert not problems(session)
    after = rows(session)
    certificate = after.pop("signed_record")
    before.pop("signed_record")
    assert after == before
    assert [row[1] for row in certificate] == ["purge"]
    assert session.vault.database.value("SELECT count(*) FROM purging") == 0
    with pytest.raises(NotFoundError):
        session.clients.get(client_id)


def test_a_checklist_filled_in_before_the_incident_had_a_client_goes_with_the_client_or_the_incident(session):
    client_id = session.clients.add(ClientForm(code="M-07", name="Maren Holt")).id
    words = DialogWords((FieldWords("note", "Typed"),))
    every = []
    for _ in range(3):
        draft, form = session.incidents.begin("")
        session.dialog_drafts.keep("checklist", f"{draft.record_id}:court", "", words)
        every.append((draft, form))
    (first, form), (second, _), (third, _) = every
    session.incidents.autosave(first, replace(form, client_id=client_id), "")
    purge(session, client_id)
    session.incidents.discard(second.record_id)
    left = [one.record_id for one in session.drafts.every() if one.kind is DraftKind.DIALOG]
    assert left == [f"checklist:{third.record_id}:court"]


def test_words_that_wait_in_a_dialog_keep_no_record_longer(session, clock):
    client_id = session.clients.add(ClientForm(code="M-07", name="Maren Holt")).id
    before = last_entry(session.vault.database, client_id, clock.zone())
    clock.forward(days=40)
    session.dialog_drafts.keep("status", client_id, client_id, DialogWords((FieldWords("status.reason", "Moved"),)))
    assert last_entry(session.vault.database, client_id, clock.zone()) == before


def test_no_page_of_the_file_holds_a_word_of_it_and_no_search_finds_one(session, other, folder):
    client_id = fill_record(session, other=other)
    database = session.vault.database
    inside = in_the_clear(database.path, shared_keys().data_key)
    assert inside.startswith(b"\x10\x00")  # the page size: it was decrypted rightly
    assert all(word.encode() in inside for word in WORDS)

    purge(session, client_id)
    session.purges.tidy()

    assert database.value("PRAGMA freelist_count") == 0
    left = in_the_clear(database.path, shared_keys().data_key)
    assert b"Zora Quinn" in left
    assert not [word for word in WORDS if word.encode() in left or word.lower().encode() in left]
    for word in WORDS:
        assert database.value("SELECT count(*) FROM search WHERE search MATCH ?", (f'"{word}"*',)) == 0
    assert not problems(session)


def test_a_backup_made_afterwards_is_whole(session, other, tmp_path):
    purge(session, fill_record(session))
    session.purges.tidy()
    (tmp_path / "stick").mkdir()
    report = session.backups.back_up(tmp_path / "stick", no_report, never_cancelled)
    assert report.verification.whole


def test_the_certificate_says_what_went_without_a_name(session, other, tmp_path):
    client_id = fill_record(session)
    (tmp_path / "stick").mkdir()
    backup = session.backups.back_up(tmp_path / "stick", no_report, never_cancelled)
    signed = {
        row[0]
        for table in ("screening", "plan_version", "incident", "signed_record", "addendum")
        for row in session.vault.database.execute(f"SELECT content_hash FROM {table}")
    }

    record = purge(session, client_id)

    form = session.signed_records.get(record.id).form_as(PurgeCertificate)
    assert (form.code, form.client_id, form.reason, form.incidents) == (
        "M-07",
        client_id,
        PurgeReason.REQUEST,
        ("2026-002",),
    )
    counts = dict(form.counts)
    assert (counts["screening"], counts["plan"], counts["incident"], counts["addendum"]) == (1, 3, 1, 2)
    assert (counts["consent"], counts["attachment"], counts["draft"], counts["plan-copy"]) == (1, 1, 1, 2)
    assert {one.hash for one in form.records} < signed
    assert [one.name for one in form.backups] == [backup.path.name]
    assert record.client is None
    assert not [word for word in WORDS if word in record.content]


def test_the_audit_has_a_line_for_each_record_and_one_for_the_client(session, other):
    client_id = fill_record(session)
    form = purge(session, client_id).form_as(PurgeCertificate)
    purged = {
        (noun, record_id)
        for noun, record_id in session.vault.database.execute(
            "SELECT noun, record_id FROM audit WHERE action = 'purged'"
        )
    }
    assert {(one.noun, one.id) for one in form.records} < purged
    assert ("client", client_id) in purged
    assert audit.verify_chain(session.vault.database) is None
    details = session.vault.database.execute("SELECT DISTINCT detail FROM audit")
    assert not [row[0] for row in details if "Erasure" in row[0]]


def test_the_number_of_an_incident_that_went_is_not_given_again(session, other):
    client_id = fill_record(session)
    purge(session, client_id)
    assert sign_incident(session, other).number == "2026-003"
    assert not problems(session)


def test_a_link_to_another_client_goes_with_either_of_them(session, other):
    client_id = fill_record(session, other=other)
    assert len(session.client_links.of_client(other)) == 1
    purge(session, client_id)
    assert session.client_links.of_client(other) == ()
    assert not problems(session)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"confirm": "m-7"}, "confirm"),
        ({"note": " "}, "note"),
        ({"note": "Marenword asked for it"}, "note"),
        ({"note": "her sister CONTACTWORD asked"}, "note"),
        ({"reason": PurgeReason.RETENTION}, "reason"),
        ({"signer": ""}, "signer"),
    ],
)
def test_a_purge_that_is_not_meant_changes_nothing(session, changes, field):
    client_id = fill_record(session)
    before = rows(session)
    with pytest.raises(InvalidInputError) as refused:
        purge(session, client_id, **changes)
    assert refused.value.field == field
    assert rows(session) == before
    assert session.vault.database.value("SELECT count(*) FROM audit WHERE action = 'purged'") == 0


def test_what_falls_in_the_middle_leaves_all_of_it(session):
    client_id = fill_record(session)
    before = rows(session)
    session.vault.database.execute(
        "CREATE TEMP TRIGGER falls BEFORE DELETE ON client BEGIN SELECT raise(ABORT, 'fell'); END"
    )
    with pytest.raises(Exception, match="fell"):
        purge(session, client_id)
    session.vault.database.execute("DROP TRIGGER falls")
    assert rows(session) == before
    assert not problems(session)


# -- what a check finds --------------------------------------------------------------------------------------------


def test_a_purged_record_that_is_there_again_is_found(session, other):
    client_id = fill_record(session)
    database = session.vault.database
    client = database.row("SELECT * FROM client WHERE id = ?", (client_id,))
    incident = database.row("SELECT * FROM incident WHERE client_id = ?", (client_id,))
    purge(session, client_id)
    database.execute("INSERT INTO client VALUES (?, ?, ?, ?, ?, ?, ?)", client)
    assert any("client who was removed" in one.sentence for one in problems(session))
    database.execute(f"INSERT INTO incident VALUES ({', '.join('?' * len(incident))})", incident)
    assert any("is there again" in one.sentence for one in problems(session))


def test_a_door_that_was_left_open_is_found(session, other):
    session.vault.database.execute("INSERT INTO purging (client_id) VALUES (?)", (other,))
    assert any("left open" in one.sentence for one in problems(session))


def test_a_record_that_went_without_the_purge_is_found(session, other):
    database = session.vault.database
    database.execute("INSERT INTO purging (client_id) VALUES (?)", (other,))
    database.execute("DELETE FROM search WHERE client_id = ?", (other,))
    database.execute("DELETE FROM search_place WHERE record_id NOT IN (SELECT record_id FROM search)")
    database.execute("DELETE FROM incident WHERE client_id = ?", (other,))
    database.execute("DELETE FROM purging")
    assert any("is missing" in one.sentence for one in problems(session))


def test_a_removal_without_a_certificate_is_found(session, other):
    database = session.vault.database
    database.execute("INSERT INTO purging (client_id) VALUES (?)", (other,))
    record_id = database.value("SELECT id FROM incident WHERE client_id = ?", (other,))
    database.execute("DELETE FROM incident WHERE client_id = ?", (other,))
    database.execute("DELETE FROM purging")
    with session.desk.entry() as entry:
        entry.audit(AuditAction.PURGED, Noun.INCIDENT, record_id)
    assert any("no certificate names it" in one.sentence for one in problems(session))


# -- retention -----------------------------------------------------------------------------------------------------


def test_without_a_rule_nothing_is_ever_due(session, clock):
    fill_record(session)
    clock.forward(days=40_000)
    assert session.retention.past() == ()


def test_the_latest_day_of_the_rule_counts_and_today_says_so(session, clock):
    client_id = session.clients.add(ClientForm(code="M-07", name="Maren Holt", birth_date=dt.date(2010, 2, 28))).id
    session.statuses.change(client_id, ClientStatus.DISCHARGED, reason="Done")
    session.retention.save_rule(RetentionRule(after_last_entry=1, after_ending=2, after_adulthood=3))
    client = session.clients.get(client_id)
    assert session.retention.of_client(client).until == dt.date(2031, 2, 28)
    clock.moment = dt.datetime(2031, 2, 27, 18, tzinfo=dt.UTC)
    assert session.retention.past() == ()
    clock.forward(days=1)
    assert [kept.client.id for kept in session.retention.past()] == [client_id]
    assert any(row.kind.value == "retention" for row in session.due.rows())

    purge(session, client_id, PurgeReason.RETENTION, note="")

    assert session.retention.past() == ()


def test_a_rule_that_needs_a_day_that_is_not_known_lets_nothing_go(session, clock):
    session.clients.add(ClientForm(code="M-07", name="Maren Holt"))
    clock.forward(days=20_000)
    for rule in (RetentionRule(after_ending=1), RetentionRule(after_adulthood=1, after_last_entry=1)):
        session.retention.save_rule(rule)
        assert session.retention.past() == ()
    session.retention.save_rule(RetentionRule(after_last_entry=1))
    assert len(session.retention.past()) == 1


def test_the_records_that_are_past_are_those_that_are_when_each_is_looked_at(session, clock):
    born = dt.date(1990, 2, 28)
    ids = [
        session.clients.add(ClientForm(code=f"C-{place}", name="N", birth_date=born if place % 2 else None)).id
        for place in range(6)
    ]
    for client_id in ids[:4]:
        session.statuses.change(client_id, ClientStatus.DISCHARGED, reason="Done")
    clock.forward(days=400)
    sign_incident(session, ids[0], account="Later")
    session.screenings.begin(ids[1])
    clock.moment = dt.datetime(2028, 3, 3, 7, tzinfo=dt.UTC)  # the second of March in Denver
    every = session.clients.list(include_archived=True)
    found = {}
    for rule in (
        *(RetentionRule(after_last_entry=years) for years in (0, 1, 2)),
        *(RetentionRule(after_last_entry=2, after_ending=2), RetentionRule(after_ending=1, after_adulthood=1)),
    ):
        session.retention.save_rule(rule)
        past = {kept.client.id for kept in session.retention.past()}
        assert past == {one.id for one in every if session.retention.of_client(one).past}
        found[rule] = len(past)
        assert session.retention.count_past(3) == min(len(past), 3)
    assert list(found.values()) == [6, 4, 4, 2, 2]


def test_days_of_a_record_are_those_where_the_therapist_is(session, clock):
    clock.zone_name, clock.moment = "Asia/Tokyo", dt.datetime(2026, 3, 2, 20, tzinfo=dt.UTC)  # the third, at five
    client = session.clients.add(ClientForm(code="M-07", name="Maren Holt"))
    session.retention.save_rule(RetentionRule(after_last_entry=1))
    assert session.retention.of_client(client).until == dt.date(2027, 3, 3)
    form = purge(session, client.id).form_as(PurgeCertificate)
    assert (form.first_entry, form.last_entry) == (dt.date(2026, 3, 3), dt.date(2026, 3, 3))


@pytest.mark.parametrize("years", [-1, 101])
def test_a_number_of_years_that_cannot_be_is_refused(session, years):
    with pytest.raises(InvalidInputError) as refused:
        session.retention.save_rule(RetentionRule(after_ending=years))
    assert refused.value.field == "after_ending"


def test_backups_from_before_the_record_are_not_named(tmp_path):
    clock = HeldClock()
    session = session_on(fresh_vault(tmp_path / "vault"), clock)
    (tmp_path / "stick").mkdir()
    session.backups.back_up(tmp_path / "stick", no_report, never_cancelled)
    clock.forward(days=2)
    assert backups_since(session.vault.database, clock.now()) == ()
    assert session.purges.outlook(session.clients.add(ClientForm(code="A-1", name="A")).id).backups == ()
    session.vault.database.close()


def test_a_form_that_was_left_open_brings_no_word_back(session, other):
    client_id = fill_record(session)
    draft, form = session.screenings.begin(client_id)
    purge(session, client_id)
    with pytest.raises(NotFoundError):
        session.screenings.autosave(draft, form, "")
    with pytest.raises(NotFoundError):
        session.drafts.begin(draft.kind, client_id, "{}", 1)
    assert session.drafts.every() == ()
