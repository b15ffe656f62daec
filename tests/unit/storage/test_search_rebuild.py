"""What Find looks in, made anew from the records: row by row, as a whole, or not at all."""

import pytest
from support.vaults import HeldClock, fresh_vault, session_on
from support.whole_records import fill_record

from safeplan_desktop.domain.audit import SEARCH_MADE_ANEW, AuditAction
from safeplan_desktop.domain.backups import EVIDENCE, SEARCH
from safeplan_desktop.domain.clients import ClientForm
from safeplan_desktop.errors import CancelledError
from safeplan_desktop.services.backups import never_cancelled, no_report
from safeplan_desktop.storage import audit
from safeplan_desktop.storage.check_schema import check_schema
from safeplan_desktop.storage.checks import check_content

_COLUMNS = "noun, record_id, client_id, title, body, kind"


@pytest.fixture(scope="module")
def session(tmp_path_factory):
    """One practice for all of them: each spoils the index, and has it made anew."""
    session = session_on(fresh_vault(tmp_path_factory.mktemp("anew") / "vault"), HeldClock())
    fill_record(session)
    yield session
    session.vault.database.close()


def _index(session):
    rows = session.vault.database.execute("SELECT rowid, noun, record_id, client_id, title, body, kind FROM search")
    return sorted(map(tuple, rows)), sorted(session.vault.database.execute("SELECT * FROM search_place"))


def _by_record(session):
    return sorted(row[1:] for row in _index(session)[0])


def _make_anew(session):
    return session.search_index.make_anew(no_report, never_cancelled)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE search SET body = 'Zeppelin' WHERE noun = 'incident'",
        "UPDATE search SET client_id = 'x' WHERE noun = 'addendum'",
        "UPDATE search SET kind = 'plan' WHERE noun = 'incident'",
        "DELETE FROM search WHERE noun = 'incident'",
        "DELETE FROM search_place WHERE noun = 'incident'",
        f"INSERT INTO search ({_COLUMNS}) SELECT {_COLUMNS} FROM search WHERE noun = 'plan'",
        f"INSERT INTO search ({_COLUMNS}) VALUES ('plan', 'gone', '', 'x', 'y', 'plan')",
        f"INSERT INTO search ({_COLUMNS}) VALUES ('zeppelin', 'x', '', 'x', 'y', 'plan')",
        "UPDATE search_place SET place = (SELECT rowid FROM search WHERE noun = 'plan') WHERE noun = 'incident'",
    ],
)
def test_a_row_that_is_wrong_is_put_right_and_the_others_are_not_touched(session, statement):
    before = _by_record(session)
    session.vault.database.execute(statement)
    assert {check.id for check in check_content(session.vault.database) if not check.ok} <= SEARCH
    written = _make_anew(session)
    assert 1 <= written < len(before)
    assert _by_record(session) == before
    assert all(check.ok for check in check_content(session.vault.database))
    assert _make_anew(session) == 0


def test_what_is_signed_while_records_are_looked_up_is_in_an_index_that_is_made_anew(session):
    added = []

    def add_once(_fraction, _sentence):
        if not added and _fraction > 0.0:
            added.append(session.clients.add(ClientForm(code="Q-1", name="Quillon")).id)

    session.vault.database.execute("DELETE FROM search WHERE noun <> 'client'")
    session.search_index.make_anew(add_once, never_cancelled)
    assert [one.record_id for one in session.find.find("Quillon", show_names=True)] == added
    assert all(check.ok for check in check_content(session.vault.database))


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM search",
        "DELETE FROM search_content WHERE id > 1",
        "DELETE FROM search_data",
        "UPDATE search_data SET block = x'00' WHERE id > 10",
    ],
)
def test_an_index_that_is_lost_or_damaged_is_made_anew_as_a_whole_with_the_earliest_first(session, statement):
    before, database = _by_record(session), session.vault.database
    database.execute(statement)
    assert _make_anew(session) == len(before)
    assert _by_record(session) == before
    assert database.integrity_problems() == []
    assert all(check.ok for check in (*check_content(database), *check_schema(database)))
    numbers = dict(database.execute("SELECT record_id, rowid FROM search"))
    signed = [row[0] for row in database.execute("SELECT id FROM plan_version ORDER BY finished_at, number")]
    assert signed == sorted(signed, key=numbers.__getitem__)


def test_it_stands_in_the_audit_once_and_without_a_name(session):
    last = audit.head(session.vault.database).seq
    _make_anew(session)
    (entry,) = [one for one in audit.latest(session.vault.database, limit=5) if one.seq > last]
    assert (entry.action, entry.detail, entry.record_id) == (AuditAction.CHANGED, SEARCH_MADE_ANEW, "")


@pytest.mark.parametrize("statement", ["DELETE FROM search WHERE noun = 'plan'", "DELETE FROM search"])
def test_cancelled_at_its_last_step_it_leaves_everything_as_it_was(session, statement):
    session.vault.database.execute(statement)
    asked = []

    def count():
        asked.append(1)

    def cancel():
        asked.pop()
        if not asked:
            raise CancelledError("Cancelled.")

    session.search_index.make_anew(no_report, count)
    session.vault.database.execute(statement)
    before, head = _index(session), audit.head(session.vault.database)
    with pytest.raises(CancelledError):
        session.search_index.make_anew(no_report, cancel)
    assert (_index(session), audit.head(session.vault.database)) == (before, head)
    _make_anew(session)


def test_a_record_that_changes_while_the_index_is_compared_is_found_by_its_newest_words(session):
    client = session.clients.list()[0]
    session.vault.database.execute("UPDATE search SET body = 'Zeppelin' WHERE noun = 'client'")

    def report(_fraction, sentence):
        if sentence.startswith("Comparing") and not changed:
            changed.append(session.clients.change(client.id, client.form))

    changed = []
    session.search_index.make_anew(report, never_cancelled)
    assert changed
    assert all(check.ok for check in check_content(session.vault.database))


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM search WHERE noun = 'plan'",
        "DELETE FROM search_content WHERE id = (SELECT min(id) FROM search_content)",
        "DELETE FROM search_data",
    ],
)
def test_a_failed_index_is_told_and_never_stops_a_backup(session, tmp_path, statement):
    assert SEARCH <= EVIDENCE
    session.vault.database.execute(statement)
    (tmp_path / "stick").mkdir()
    report = session.backups.back_up(tmp_path / "stick", no_report, never_cancelled)
    failed = {check.id for check in report.verification.checks if not check.ok}
    assert failed
    assert failed <= SEARCH
    _make_anew(session)
