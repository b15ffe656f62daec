import resource
import threading

import pytest
from support.vaults import fresh_vault, shared_keys

from safeplan_desktop.errors import (
    DamagedVaultError,
    NewerSchemaError,
    StorageFullError,
    StorageUnavailableError,
    VaultInUseError,
    VaultLockedError,
    VaultMissingError,
)
from safeplan_desktop.security.data_key import DataKey
from safeplan_desktop.storage import connection
from safeplan_desktop.storage.connection import Database, driver, translate
from safeplan_desktop.storage.migrate import migrate, newest_schema
from safeplan_desktop.storage.vault_folder import VaultFolder


@pytest.fixture
def records(tmp_path):
    return VaultFolder(fresh_vault(tmp_path / "vault")).records


def test_an_independent_program_opens_the_records_with_the_64_digits_of_the_words(records):
    import apsw
    from mnemonic import Mnemonic

    from safeplan_desktop.security.recovery_words import words_of

    digits = Mnemonic("english").to_entropy(list(words_of(shared_keys().data_key.key))).hex()
    connection = apsw.Connection(str(records), flags=apsw.SQLITE_OPEN_READONLY)
    for pragma in ("cipher = 'sqlcipher'", "legacy = 4", f"key = \"x'{digits}'\""):
        list(connection.execute(f"PRAGMA {pragma}"))
    assert list(connection.execute("SELECT count(*) FROM emergency_contact")) == [(3,)]
    connection.close()


def test_nothing_readable_is_in_the_file(records):
    data = records.read_bytes()
    for word in (b"SQLite format", b"CREATE TABLE", b"Juniper", b"911"):
        assert word not in data


def test_another_key_is_damage_or_another_key_never_an_empty_database(records):
    with pytest.raises(DamagedVaultError):
        Database.open(records, DataKey.generate())


def test_a_missing_or_cut_file_is_never_made_anew(tmp_path, records):
    with pytest.raises(VaultMissingError):
        Database.open(tmp_path / "nothing.db", shared_keys().data_key)
    assert not (tmp_path / "nothing.db").exists()
    records.write_bytes(b"")
    with pytest.raises(DamagedVaultError):
        Database.open(records, shared_keys().data_key)


def test_the_destroyed_first_sector_still_opens(records):
    data = bytearray(records.read_bytes())
    data[:16] = bytes(16)
    records.write_bytes(data)
    with Database.open(records, shared_keys().data_key) as database:
        assert database.value("SELECT count(*) FROM emergency_contact") == 3


def test_a_second_opener_is_refused_until_the_first_closes(records):
    with Database.open(records, shared_keys().data_key), pytest.raises(VaultInUseError):
        Database.open(records, shared_keys().data_key)
    Database.open(records, shared_keys().data_key).close()


def test_a_closed_database_says_that_it_is_locked(records):
    database = Database.open(records, shared_keys().data_key)
    database.close()
    with pytest.raises(VaultLockedError):
        database.execute("SELECT 1")


def test_a_transaction_that_fails_leaves_nothing(records):
    with Database.open(records, shared_keys().data_key) as database:

        def fail() -> None:
            with database.transaction():
                database.execute("DELETE FROM emergency_contact")
                raise ZeroDivisionError

        with pytest.raises(ZeroDivisionError):
            fail()
        assert database.value("SELECT count(*) FROM emergency_contact") == 3


def _fail_in_a_transaction(database):
    with database.transaction():
        raise ZeroDivisionError


def _fail_in_a_statement(database):
    database.execute("INSERT INTO emergency_contact SELECT * FROM emergency_contact")


@pytest.mark.parametrize("fail", [_fail_in_a_transaction, _fail_in_a_statement])
def test_what_is_read_after_something_was_taken_back_comes_from_the_file_and_not_from_memory(records, fail):
    # Where the pages in memory were kept, about one in 6,000 times SQLCipher called a sound file damaged from then on.
    count = "SELECT count(*) FROM emergency_contact"
    with Database.open(records, shared_keys().data_key) as database:
        assert database.value(count) == 3
        records.write_bytes(bytes(byte ^ 1 for byte in records.read_bytes()))
        assert database.value(count) == 3, "pages are kept in memory as long as nothing is taken back"
        with pytest.raises((ZeroDivisionError, driver.IntegrityError)):
            fail(database)
        with pytest.raises(DamagedVaultError):
            database.value(count)


def test_attaching_another_database_is_refused(records, tmp_path):
    with Database.open(records, shared_keys().data_key) as database, pytest.raises(Exception, match="not authorized"):
        database.execute(f"ATTACH '{tmp_path / 'plain.db'}' AS other KEY ''")
    assert not (tmp_path / "plain.db").exists()


def test_vacuum_works_and_attaching_stays_refused_afterwards(records):
    with Database.open(records, shared_keys().data_key) as database:
        database.vacuum()
        with pytest.raises(Exception, match="not authorized"):
            database.execute("ATTACH ':memory:' AS other")


def test_a_newer_schema_is_refused_and_not_touched(records):
    with Database.open(records, shared_keys().data_key) as database:
        database.execute(f"PRAGMA user_version = {newest_schema() + 1}")
        with pytest.raises(NewerSchemaError):
            migrate(database)
        assert database.schema_version == newest_schema() + 1


def test_a_script_that_fails_is_rolled_back_as_a_whole(tmp_path, monkeypatch):
    from safeplan_desktop.storage import migrate as module

    monkeypatch.setattr(module, "_scripts", lambda: {1: "CREATE TABLE a (b);\nCREATE TABLE a (b);\n"})
    database = Database.create(tmp_path / "new.db", DataKey.generate())
    with pytest.raises(Exception, match="already exists"):
        migrate(database)
    assert database.schema_version == 0
    assert database.value("SELECT count(*) FROM sqlite_master") == 0
    database.close()


def test_a_snapshot_has_the_same_rows_under_another_salt(records, tmp_path):
    key = DataKey(shared_keys().data_key.key, bytes(range(16)))
    with Database.open(records, shared_keys().data_key) as database:
        database.snapshot_to(tmp_path / "copy.db", key)
    assert (tmp_path / "copy.db").read_bytes()[:16] == bytes(range(16))
    with Database.open_snapshot(tmp_path / "copy.db", key) as copy:
        assert copy.value("SELECT count(*) FROM emergency_contact") == 3


def test_a_snapshot_that_has_no_room_is_a_sentence_and_leaves_nothing(records, tmp_path):
    key = DataKey(shared_keys().data_key.key, bytes(range(16)))
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    with Database.open(records, shared_keys().data_key) as database:
        with pytest.raises(StorageUnavailableError, match="wasn't there while copying the records"):
            database.snapshot_to(tmp_path / "no-drive" / "copy.db", key)
        resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, hard))
        try:
            with pytest.raises(StorageUnavailableError):
                database.snapshot_to(tmp_path / "copy.db", key)
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert not (tmp_path / "copy.db").exists()
    # The backup API raises without a code; on a full disk it says this.
    assert isinstance(translate(driver.OperationalError("database or disk is full")), StorageFullError)


def test_others_write_while_a_snapshot_is_taken_and_the_copy_holds_it(records, tmp_path, monkeypatch):
    monkeypatch.setattr(connection, "PAGES_PER_STEP", 8)
    key = DataKey(shared_keys().data_key.key, bytes(range(16)))
    waits = []
    with Database.open(records, shared_keys().data_key) as database:

        def type_on(fraction):
            if fraction == 1.0:
                return  # the copy is the database as it was at the end of the last step
            writing = threading.Thread(
                target=database.execute, args=("UPDATE practice SET updated_at = updated_at || '.'",), daemon=True
            )
            writing.start()
            writing.join(timeout=20)
            waits.append(writing.is_alive())

        database.snapshot_to(tmp_path / "copy.db", key, progress=type_on)
        rows = database.execute("SELECT * FROM practice ORDER BY name")
    assert len(waits) > 2
    assert not any(waits)
    with Database.open_snapshot(tmp_path / "copy.db", key) as copy:
        assert copy.execute("SELECT * FROM practice ORDER BY name") == rows
        assert copy.integrity_problems() == []


def test_a_snapshot_ends_where_the_records_are_locked_meanwhile_and_leaves_no_file(records, tmp_path, monkeypatch):
    monkeypatch.setattr(connection, "PAGES_PER_STEP", 8)
    key = DataKey(shared_keys().data_key.key, bytes(range(16)))
    database = Database.open(records, shared_keys().data_key)
    with pytest.raises(VaultLockedError):
        database.snapshot_to(tmp_path / "copy.db", key, progress=lambda _fraction: database.close())
    assert not (tmp_path / "copy.db").exists()
    Database.open(records, shared_keys().data_key).close()
