import datetime as dt
import random
import shutil
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest
from support.vaults import (
    PASSPHRASE,
    START,
    HeldClock,
    finish_two_versions,
    fresh_vault,
    session_on,
    shared_keys,
)

from safeplan_desktop.domain.chain_heads import HeadVerdict
from safeplan_desktop.domain.changes import Noun
from safeplan_desktop.domain.clients import ClientForm
from safeplan_desktop.errors import (
    CancelledError,
    DamagedBackupError,
    SafePlanError,
    StorageUnavailableError,
    VaultInUseError,
    WrongPassphraseError,
    WrongRecoveryWordsError,
)
from safeplan_desktop.security.recovery_words import words_of
from safeplan_desktop.services import backups
from safeplan_desktop.services.backups import never_cancelled, no_report
from safeplan_desktop.services.practice import read_crisis_card
from safeplan_desktop.services.vault import vault_is_there
from safeplan_desktop.storage import audit
from safeplan_desktop.storage.backup_container import Piece, read_container, write_container
from safeplan_desktop.storage.connection import Database
from safeplan_desktop.storage.vault_folder import VaultFolder

CLOCK = HeldClock()


@pytest.fixture(scope="module")
def made(tmp_path_factory) -> Path:
    """One backup of a vault with a client."""
    folder = fresh_vault(tmp_path_factory.mktemp("made") / "vault")
    target = tmp_path_factory.mktemp("stick")
    session = session_on(folder)
    client = session.clients.add(ClientForm(code="M-07", name="Maren Holt"))
    day = CLOCK.now().date()
    signed = {"day": day, "title": "Psychotherapy note", "signer": "R", "client_id": client.id}
    session.signed_records.sign(Noun.PRIVATE_NOTE, {"text": "Slept better."}, **signed)
    session.register.add(Noun.HANDOUT_GIVEN, {}, day=day, client_id=client.id)
    report = session.backups.back_up(target, no_report, never_cancelled)
    session.vault.database.close()
    return report.path


def _restore(backup: Path, into: Path):
    return backups.restore(backup, shared_keys().data_key, into, CLOCK, no_report, never_cancelled)


def _bytes_of(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_a_backup_has_exactly_its_four_stored_entries_and_no_client_text(made):
    with zipfile.ZipFile(made) as archive:
        assert sorted(archive.namelist()) == ["READ-ME.txt", "keys.json", "manifest.json", "records.db"]
        assert all(entry.compress_type == zipfile.ZIP_STORED for entry in archive.infolist())
    assert b"Maren" not in made.read_bytes()
    assert made.name == "safeplan-2026-03-02-0900.safeplan-backup"


def test_two_backups_in_a_minute_get_different_names(tmp_path):
    session = session_on(fresh_vault(tmp_path / "vault"))
    names = {session.backups.back_up(tmp_path, no_report, never_cancelled).path.name for _ in range(2)}
    session.vault.database.close()
    assert len(names) == 2


def test_a_backup_restores_into_an_empty_place_with_all_its_records(made, tmp_path):
    restored = _restore(made, tmp_path / "new")
    assert restored.replaced is None
    session = session_on(tmp_path / "new")
    assert [client.name for client in session.clients.list()] == ["Maren Holt"]
    assert backups.verify_path.__name__ == "verify_path"
    session.vault.database.close()
    assert backups.verify_path(tmp_path / "new", PASSPHRASE, CLOCK).ok


def _with_totals(made: Path, totals: dict[str, int], into: Path) -> Path:
    """The same backup with a manifest that counts otherwise, as another version of the program would have written it."""
    key, container = shared_keys().data_key, read_container(made, shared_keys().data_key)
    container.extract_records(into / "records.db", never_cancelled)
    piece = Piece(into / "records.db", container.keys_bytes)
    manifest = replace(container.manifest, totals=totals)
    path = into / "earlier.safeplan-backup"
    write_container(path, piece, manifest, key, report=no_report, check_cancelled=never_cancelled)
    return path


def test_a_backup_counts_every_kind_and_one_that_counted_fewer_still_verifies_and_restores(made, tmp_path):
    totals = read_container(made, shared_keys().data_key).manifest.totals
    assert totals.items() >= {"clients": 1, "signed_records": 1, "register_entries": 1, "attachments": 0}.items()
    fewer = {name: totals[name] for name in ("clients", "screenings", "plans", "incidents", "addenda", "drafts")}
    earlier = _with_totals(made, fewer, tmp_path)
    assert backups.verify_path(earlier, PASSPHRASE, CLOCK).ok
    assert _restore(earlier, tmp_path / "new").totals == totals


def test_a_backup_with_a_signed_record_less_than_its_manifest_says_is_refused(made, tmp_path):
    totals = read_container(made, shared_keys().data_key).manifest.totals
    wrong = _with_totals(made, totals | {"signed_records": 2}, tmp_path)
    assert [c.id for c in backups.verify_path(wrong, PASSPHRASE, CLOCK).checks if not c.ok] == ["manifest"]
    with pytest.raises(DamagedBackupError):
        _restore(wrong, tmp_path / "new")


def test_restoring_over_records_keeps_them_dated(made, tmp_path):
    folder = fresh_vault(tmp_path / "vault")
    before = _bytes_of(folder)
    restored = _restore(made, folder)
    assert restored.replaced.name == "vault-replaced-2026-03-02-0900"
    assert _bytes_of(restored.replaced) == before


def test_restoring_over_open_records_is_refused_and_they_stay(made, tmp_path):
    folder = fresh_vault(tmp_path / "vault")
    session = session_on(folder)
    with pytest.raises(VaultInUseError):
        _restore(made, folder)
    assert session.clients.list() == ()
    session.vault.database.close()


def test_a_folder_with_other_files_isnt_touched(made, tmp_path):
    (tmp_path / "photos").mkdir()
    (tmp_path / "photos" / "a.jpg").write_bytes(b"x")
    with pytest.raises(StorageUnavailableError):
        _restore(made, tmp_path / "photos")
    assert [path.name for path in (tmp_path / "photos").iterdir()] == ["a.jpg"]


def test_wrong_passphrase_and_words_of_other_records_say_so(made):
    with pytest.raises(WrongPassphraseError):
        backups.unlock_backup(made, "not the passphrase at all")
    with pytest.raises(WrongRecoveryWordsError):
        backups.unlock_backup_with_words(made, " ".join(words_of(bytes(32))))
    words = " ".join(words_of(shared_keys().data_key.key))
    assert backups.unlock_backup_with_words(made, words) == shared_keys().data_key


def test_every_sampled_bit_flip_truncation_and_splice_is_refused(made, tmp_path):
    data, rng = made.read_bytes(), random.Random(5)
    target = tmp_path / "bad.safeplan-backup"
    flips = [rng.randrange(len(data) * 8) for _ in range(400)]
    flips += [8 * position for position in (0, 20, 40, 60, len(data) - 1, len(data) - 70, len(data) - 90)]
    mutations = []
    for flip in flips:
        changed = bytearray(data)
        changed[flip // 8] ^= 1 << flip % 8
        mutations.append(bytes(changed))
    mutations += [data[: rng.randrange(len(data))] for _ in range(60)]
    mutations += [data + b"x", b"x" + data, data[100:] + data[:100], b"", b"PK"]
    for changed in mutations:
        target.write_bytes(changed)
        with pytest.raises(DamagedBackupError):
            read_container(target, shared_keys().data_key)


@pytest.mark.parametrize("at", [0.0, 0.2, 0.5, 0.9, 0.999])
def test_a_damaged_backup_leaves_the_present_vault_byte_for_byte(made, tmp_path, at):
    folder = fresh_vault(tmp_path / "vault")
    before = _bytes_of(folder)
    data = bytearray(made.read_bytes())
    data[int(at * (len(data) - 1))] ^= 64
    bad = tmp_path / "bad.safeplan-backup"
    bad.write_bytes(data)
    with pytest.raises(SafePlanError) as refused:
        backups.restore(bad, shared_keys().data_key, folder, CLOCK, no_report, never_cancelled)
    assert refused.value.what.endswith(".")
    assert _bytes_of(folder) == before
    assert sorted(path.name for path in tmp_path.iterdir()) == ["bad.safeplan-backup", "vault"]


def test_a_cancelled_backup_leaves_nothing_behind(tmp_path):
    session = session_on(fresh_vault(tmp_path / "vault"))
    (tmp_path / "stick").mkdir()

    def cancel() -> None:
        raise CancelledError("Cancelled.")

    with pytest.raises(CancelledError):
        session.backups.back_up(tmp_path / "stick", no_report, cancel)
    assert list((tmp_path / "stick").iterdir()) == []
    assert not [path for path in (tmp_path / "vault").iterdir() if path.name.startswith(".safeplan")]
    assert session.backups.latest() is None
    session.vault.database.close()


def test_a_folder_that_isnt_there_says_so(tmp_path):
    session = session_on(fresh_vault(tmp_path / "vault"))
    with pytest.raises(StorageUnavailableError):
        session.backups.back_up(tmp_path / "gone", no_report, never_cancelled)
    session.vault.database.close()


@pytest.mark.parametrize("first_rename_done", [True, False])
def test_a_restore_that_was_killed_is_finished_or_taken_back_at_the_next_start(tmp_path, first_rename_done):
    folder = fresh_vault(tmp_path / "vault")
    staged = tmp_path / ".safeplan-restore-1"
    shutil.copytree(folder, staged)
    (tmp_path / ".vault.restore.json").write_text('{"staged": ".safeplan-restore-1"}')
    if first_rename_done:
        folder.rename(tmp_path / "vault-replaced")
    assert vault_is_there(folder)
    assert VaultFolder(folder).records.exists()
    assert not staged.exists()
    assert not (tmp_path / ".vault.restore.json").exists()


def test_after_a_restore_the_locked_crisis_panel_has_its_numbers_before_any_unlock(made, tmp_path):
    _restore(made, tmp_path / "new")
    card = read_crisis_card(VaultFolder(tmp_path / "new"))
    assert [contact.number for contact in card.contacts] == ["911", "988"]
    assert card.callback == "+1 303 555 0142"


def test_a_lost_crisis_card_is_back_after_the_next_unlock(tmp_path):
    folder = VaultFolder(fresh_vault(tmp_path / "vault"))
    folder.crisis_card.unlink()
    session_on(folder.path).vault.database.close()
    assert read_crisis_card(folder).contacts


def _ended(made, folder):
    return _restore(made, folder).history_words


def test_a_restore_names_what_only_the_replaced_records_have(made, tmp_path):
    folder = tmp_path / "vault"
    assert "end at entry" in _ended(made, folder)
    session = session_on(folder)
    session.clients.add(ClientForm(code="N-01", name="Noor"))
    last = audit.head(session.vault.database).seq
    session.vault.database.close()
    restored = _restore(made, folder)
    first = restored.entry + 1
    assert f"the replaced ones went to {last}: entries {first} to {last} are only in" in restored.history_words


def test_a_restore_over_records_with_another_history_says_so(made, tmp_path):
    folder = fresh_vault(tmp_path / "vault")
    session = session_on(folder, HeldClock(START + dt.timedelta(days=3)))
    session.clients.add(ClientForm(code="N-01", name="Noor"))
    session.vault.database.close()
    assert "theirs was another history" in _ended(made, folder)


def test_a_damaged_vault_that_is_replaced_is_known_by_its_key_file(made, tmp_path):
    folder = fresh_vault(tmp_path / "vault")
    records = VaultFolder(folder).records
    with Database.open(records, shared_keys().data_key) as database:
        last = audit.head(database).seq
    records.write_bytes(b"x" * records.stat().st_size)
    restored = _restore(made, folder)
    assert (restored.replaced_end.seq, restored.replaced_end.same_history) == (last, True)
    assert "so nothing of them is missing" in restored.history_words


def test_records_that_hold_something_else_than_was_signed_are_backed_up_and_restored_and_it_is_told(tmp_path):
    session = session_on(fresh_vault(tmp_path / "vault"))
    client = session.clients.add(ClientForm(code="M-07", name="Maren Holt"))
    finish_two_versions(session, client.id)
    database = session.vault.database
    guard = database.value("SELECT sql FROM sqlite_master WHERE name = 'plan_version_stays'")
    database.execute("DROP TRIGGER plan_version_stays")
    database.execute("UPDATE plan_version SET review_on = '2030-01-01' WHERE number = 2")
    database.execute(guard)
    report = session.backups.back_up(tmp_path, no_report, never_cancelled)
    assert "the day of review" in report.verification.first_problem
    database.close()
    restored = _restore(report.path, tmp_path / "again")
    assert "the day of review" in restored.verification.first_problem


def test_backups_in_the_chosen_folder_are_compared_and_one_of_other_records_only_says_that_it_cant_be(made, tmp_path):
    folder = fresh_vault(tmp_path / "vault")
    session = session_on(folder)
    (tmp_path / "stick").mkdir()
    session.backups.back_up(tmp_path / "stick", no_report, never_cancelled)
    (tmp_path / "stick" / "safeplan-2020-01-01-0900.safeplan-backup").write_bytes(b"x" * 9000)
    verification = session.backups.verify_records(no_report, never_cancelled, backups_in=tmp_path / "stick")
    verdicts = {one.head.name: one.verdict for one in verification.heads}
    assert verification.ok
    assert verdicts["safeplan-2026-03-02-0900.safeplan-backup"] is HeadVerdict.SAME
    assert verdicts["safeplan-2020-01-01-0900.safeplan-backup"] is HeadVerdict.UNUSABLE
    shutil.copy(made, tmp_path / "stick" / "safeplan-2026-01-01-0900.safeplan-backup")
    verification = session.backups.verify_records(no_report, never_cancelled, backups_in=tmp_path / "stick")
    assert not verification.ok
    assert verification.first_failed.id == "heads"
    database = session.vault.database
    database.close()


def test_a_later_backup_is_explained_by_the_restore_that_came_after_it(tmp_path):
    clock = HeldClock()
    session = session_on(fresh_vault(tmp_path / "vault"), clock)
    old = session.backups.back_up(tmp_path, no_report, never_cancelled).path
    clock.forward(hours=1)
    session.clients.add(ClientForm(code="M-07", name="Maren Holt"))
    new = session.backups.back_up(tmp_path, no_report, never_cancelled).path
    session.vault.database.close()
    clock.forward(hours=1)
    data_key = shared_keys().data_key
    backups.restore(old, data_key, tmp_path / "vault", clock, no_report, never_cancelled)
    session = session_on(tmp_path / "vault", clock)
    verification = session.backups.verify_records(no_report, never_cancelled, backups_in=tmp_path)
    verdicts = {one.head.name: one.verdict for one in verification.heads if one.head.name}
    assert verification.ok, verification.first_problem
    assert verdicts == {old.name: HeadVerdict.SAME, new.name: HeadVerdict.RESTORED_SINCE}
    session.vault.database.close()
