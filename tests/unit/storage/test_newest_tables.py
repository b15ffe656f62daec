"""What an edit behind the program's back does to the tables beside the signed ones: it is found, and the row is named."""

import pytest
from support.vaults import HeldClock, fresh_vault, session_on
from support.whole_records import fill_record

from safeplan_desktop.domain.retention import PurgeReason
from safeplan_desktop.storage.checks import check_content


@pytest.fixture
def session(tmp_path):
    session = session_on(fresh_vault(tmp_path / "vault"), HeldClock())
    fill_record(session)
    for (name,) in session.vault.database.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'"):
        session.vault.database.execute(f"DROP TRIGGER {name}")
    session.vault.database.execute("PRAGMA foreign_keys = OFF")
    yield session
    session.vault.database.close()


def _found(session, statement):
    database = session.vault.database
    database.execute(statement)
    return [check for check in check_content(database) if not check.ok and check.id != "guards"]


@pytest.mark.parametrize(
    ("table", "statement"),
    [
        ("plan_copy", "UPDATE plan_copy SET ended_on = '2026-03-02' WHERE id = '{id}'"),
        ("plan_copy", "UPDATE plan_copy SET json = replace(json, 'false', 'true') WHERE id = '{id}'"),
        ("plan_copy", "UPDATE plan_copy SET json = 'x' WHERE id = '{id}'"),
        ("plan_copy", "DELETE FROM plan_copy WHERE id = '{id}'"),
        ("register_entry", "UPDATE register_entry SET entered_at = '2025-03-02T16:00:00+00:00' WHERE id = '{id}'"),
        ("register_entry", "UPDATE register_entry SET updated_at = '2025-03-02T16:00:00+00:00' WHERE id = '{id}'"),
        ("register_entry", "UPDATE register_entry SET json = '{{' WHERE id = '{id}'"),
        ("attachment", "UPDATE attachment SET entered_at = '2025-03-02T16:00:00+00:00' WHERE id = '{id}'"),
        ("attachment", "UPDATE attachment SET entered_zone = 'Europe/Berlin' WHERE id = '{id}'"),
        ("attachment", "UPDATE attachment SET noun = 'nothing' WHERE id = '{id}'"),
        ("attachment", "UPDATE attachment_piece SET position = 9 WHERE position = 1 AND attachment_id = '{id}'"),
    ],
)
def test_a_row_that_was_changed_or_back_dated_is_named(session, table, statement):
    row_id = session.vault.database.value(f"SELECT id FROM {table} ORDER BY id LIMIT 1")
    found = _found(session, statement.format(id=row_id))
    assert found[0].record_id == row_id, found


def test_a_copy_or_a_piece_of_a_file_that_nobody_noted_is_named(session):
    found = _found(
        session,
        "INSERT INTO plan_copy SELECT 'new', client_id, version_id, json, given_on, ended_on FROM plan_copy LIMIT 1",
    )
    assert found[0].record_id == "new"
    session.vault.database.execute("DELETE FROM plan_copy WHERE id = 'new'")
    found = _found(session, "INSERT INTO attachment_piece VALUES ('stray', 0, x'00')")
    assert found[0].record_id == "stray"


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM vault WHERE name = 'vault-id'",
        "UPDATE vault SET value = 'x' WHERE name = 'vault-id'",
        "UPDATE vault SET value = '2025-03-02T16:00:00+00:00' WHERE name = 'created-at'",
        "INSERT INTO vault VALUES ('more', '')",
    ],
)
def test_the_records_own_id_and_begin_are_held_against_the_first_entry(session, statement):
    (found,) = _found(session, statement)
    assert (found.id, found.noun, found.seq) == ("kept-records", "vault", 1)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE search SET client_id = 'x' WHERE noun = 'incident'",
        "UPDATE search SET kind = 'plan' WHERE noun = 'incident'",
        "DELETE FROM search WHERE noun = 'incident'",
        "DELETE FROM search_place WHERE noun = 'incident'",
    ],
)
def test_the_index_names_the_record_that_it_takes_for_another(session, statement):
    incident = session.vault.database.value("SELECT id FROM incident")
    (found,) = _found(session, statement)
    assert (found.id, found.record_id) == ("search-index", incident)


@pytest.mark.parametrize(
    ("change", "noun"),
    [
        ("body = body || ' Zeppelin'", "incident"),
        ("title = 'Zeppelin'", "plan"),
        ("body = ''", "screening"),
        ("body = (SELECT body FROM search WHERE noun = 'incident')", "consent"),
        ("body = (SELECT body FROM search WHERE noun = 'plan')", "client"),
    ],
)
def test_the_index_names_the_record_that_it_finds_by_other_words_than_its_own(session, change, noun):
    row, record_id = session.vault.database.row("SELECT rowid, record_id FROM search WHERE noun = ?", (noun,))
    (found,) = _found(session, f"UPDATE search SET {change} WHERE rowid = {row}")
    assert (found.id, found.noun, found.record_id) == ("search-words", noun, record_id)


def test_an_index_with_some_words_only_is_told_and_is_in_order(session):
    """An earlier version of the program may have left the others out."""
    shorter = "UPDATE search SET body = substr(body, 1, instr(body, ' ') - 1) WHERE noun = 'incident'"
    assert _found(session, shorter) == []
    words = next(check for check in check_content(session.vault.database) if check.id == "search-words")
    assert "One record is found by some of the words only" in words.sentence


def test_a_record_that_was_removed_for_good_leaves_a_whole_history(tmp_path):
    session = session_on(fresh_vault(tmp_path / "vault"), HeldClock())
    client_id = fill_record(session)
    session.purges.purge(client_id, PurgeReason.REQUEST, note="Asked in writing", confirm="M-07", signer="R")
    assert [check for check in check_content(session.vault.database) if not check.ok] == []
    session.vault.database.close()


def test_a_plan_that_was_given_to_another_client_is_named_itself_and_not_its_review(session):
    version = session.vault.database.value("SELECT version_id FROM plan_review")
    found = _found(session, f"UPDATE plan_version SET client_id = 'x' WHERE id = '{version}'")
    assert (found[0].id, found[0].record_id) == ("columns", version)
