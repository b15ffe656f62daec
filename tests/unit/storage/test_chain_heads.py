"""A fingerprint from paper is compared with the history even where its entry's number was typed wrongly."""

import datetime as dt

import pytest
from support.vaults import HeldClock, fresh_vault, session_on

from safeplan_desktop.domain.audit import AuditAction
from safeplan_desktop.domain.chain_heads import HeadSource, HeadVerdict, RecordedHead, parse_fingerprint
from safeplan_desktop.domain.changes import Noun
from safeplan_desktop.domain.clients import ClientForm
from safeplan_desktop.storage import audit
from safeplan_desktop.storage.chain_heads import compare_heads, heads_check


@pytest.fixture
def database(tmp_path):
    session = session_on(fresh_vault(tmp_path / "vault"))
    session.clients.add(ClientForm(code="M-07", name="Maren Holt"))
    yield session.vault.database
    session.vault.database.close()


@pytest.mark.parametrize("wrong", [-1, 1, 900])
def test_a_right_fingerprint_with_a_wrong_number_agrees_and_says_where_it_stands(database, wrong):
    last = audit.head(database)
    typed = last.seq + wrong
    compared = compare_heads(database, (parse_fingerprint(f"{last.fingerprint}, entry {typed}"),))
    assert compared[0].verdict is HeadVerdict.SAME
    assert f"stands at entry {last.seq}, not at entry {typed} as typed" in compared[0].sentence
    assert compared[0].at is not None
    assert heads_check(compared).ok


def test_a_fingerprint_that_stands_nowhere_is_another_history_whatever_its_number(database):
    compared = compare_heads(database, (parse_fingerprint("3fa94c0b77d1, entry 2"),))
    assert compared[0].verdict is HeadVerdict.DIFFERENT
    assert not heads_check(compared).ok


@pytest.fixture
def cut_after_a_restore(tmp_path):
    """Records that were restored a month ago in the evening, and whose last three entries were cut off now; the head before."""
    clock = HeldClock()
    clock.forward(hours=10)  # at seven in the evening of 2 March in Denver it is 3 March in UTC
    session = session_on(fresh_vault(tmp_path / "vault"), clock)
    database = session.vault.database
    with session.desk.entry() as entry:
        entry.audit(AuditAction.RESTORED, Noun.VAULT)
    clock.forward(days=30)
    for number in range(5):
        session.clients.add(ClientForm(code=f"M-{number}", name="Maren Holt"))
    before = audit.head(database)
    database.execute("DROP TRIGGER audit_remains")
    database.execute("DELETE FROM audit WHERE seq > ?", (before.seq - 3,))
    yield database, before, clock.moment
    database.close()


def test_a_restore_long_ago_excuses_no_cut_that_the_key_file_or_a_sheet_shows(cut_after_a_restore):
    database, before, _ = cut_after_a_restore
    beside = RecordedHead(HeadSource.KEY_FILE, before.seq, before.hash)
    sheet = parse_fingerprint(f"{before.fingerprint}, entry {before.seq}")
    for head in (beside, sheet):
        compared = compare_heads(database, (head,))
        assert compared[0].verdict is HeadVerdict.DIFFERENT
        assert not heads_check(compared).ok
    assert "restored from an older backup on 02 Mar 2026" in compare_heads(database, (sheet,))[0].sentence


def test_the_day_of_an_earlier_end_is_the_one_that_a_calendar_there_said(cut_after_a_restore):
    database, _, _ = cut_after_a_restore
    evening = dt.datetime(2026, 3, 3, 2, tzinfo=dt.UTC)
    backup = RecordedHead(HeadSource.BACKUP, 2, "0" * 64, "old", made_at=evening)
    (of_backup,) = compare_heads(database, (backup,))
    assert (of_backup.day("America/Denver"), of_backup.day("UTC")) == (dt.date(2026, 3, 2), dt.date(2026, 3, 3))
    (printed,) = compare_heads(database, (parse_fingerprint(f"{audit.hash_at(database, 2)[:12]}, entry 2"),))
    assert printed.day("UTC") == dt.date(2026, 3, 2)


def test_a_backup_from_before_a_restore_is_excused_and_not_counted_among_those_that_agree(cut_after_a_restore):
    database, before, now = cut_after_a_restore
    old = RecordedHead(HeadSource.BACKUP, before.seq, before.hash, "old", made_at=now - dt.timedelta(days=40))
    compared = compare_heads(database, (old,))
    assert compared[0].verdict is HeadVerdict.RESTORED_SINCE
    check = heads_check(compared)
    assert check.ok
    assert check.sentence.startswith("The history agrees with 0 earlier records of its end. 1 more knows entries")
    new = RecordedHead(HeadSource.BACKUP, before.seq, before.hash, "new", made_at=now)
    assert compare_heads(database, (new,))[0].verdict is HeadVerdict.DIFFERENT
