import datetime as dt
import stat

import pytest
from support.vaults import PASSPHRASE, START

from safeplan_desktop.domain.audit import AuditAction
from safeplan_desktop.domain.clients import ClientForm
from safeplan_desktop.errors import (
    DamagedKeyFileError,
    DamagedVaultError,
    VaultExistsError,
    VaultInUseError,
    VaultMissingError,
    WeakPassphraseError,
    WrongPassphraseError,
    WrongRecoveryWordsError,
)
from safeplan_desktop.security.kdf import KdfParameters
from safeplan_desktop.security.recovery_words import words_of
from safeplan_desktop.services.practice import read_crisis_card
from safeplan_desktop.services.session import open_session
from safeplan_desktop.services.vault import (
    check_passphrase,
    close_vault,
    create_vault,
    data_key_from_words,
    derive_data_key,
    open_vault,
    prepare_keys,
    replace_passphrase,
    rewrap,
)
from safeplan_desktop.storage import audit
from safeplan_desktop.storage.vault_folder import VaultFolder

OTHER = "lantern maple night orchid pebble quilt"


def test_the_right_passphrase_opens_and_a_wrong_one_changes_nothing(folder, keys):
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    assert derive_data_key(VaultFolder(folder), PASSPHRASE) == keys.data_key
    with pytest.raises(WrongPassphraseError):
        derive_data_key(VaultFolder(folder), PASSPHRASE + "x")
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before


def test_a_weak_passphrase_is_refused_before_anything_is_made():
    with pytest.raises(WeakPassphraseError):
        prepare_keys("password1", KdfParameters.FLOOR, START)


def test_a_second_vault_in_the_same_folder_is_refused(folder, keys, clock):
    with pytest.raises(VaultExistsError):
        create_vault(folder, keys, clock)


def test_an_empty_folder_says_that_there_are_no_records(tmp_path):
    with pytest.raises(VaultMissingError):
        derive_data_key(VaultFolder(tmp_path), PASSPHRASE)


def test_folder_and_files_are_for_the_owner_only(folder, keys, clock):
    close_vault(open_vault(folder, keys.data_key, clock), clock)
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert {stat.S_IMODE(path.stat().st_mode) for path in folder.iterdir()} == {0o600}


def test_a_second_opener_is_refused_at_once(session, folder, keys, clock):
    with pytest.raises(VaultInUseError):
        open_vault(folder, keys.data_key, clock)


def test_a_flipped_byte_in_the_key_file_is_damage_not_a_wrong_passphrase(folder):
    files = VaultFolder(folder)
    data = bytearray(files.keys.read_bytes())
    data[40] ^= 1
    for path in (files.keys, files.keys_backup):
        path.write_bytes(data)
    with pytest.raises(DamagedKeyFileError):
        derive_data_key(VaultFolder(folder), PASSPHRASE)


def test_a_flipped_byte_in_the_records_is_found_and_nothing_is_touched(folder, keys, clock):
    path = VaultFolder(folder).records
    data = bytearray(path.read_bytes())
    data[100] ^= 1
    path.write_bytes(data)
    with pytest.raises(DamagedVaultError):
        open_vault(folder, keys.data_key, clock)
    assert path.read_bytes() == bytes(data)


def test_the_words_alone_open_the_records_without_any_key_file(folder, keys, clock):
    files = VaultFolder(folder)
    files.keys.unlink()
    files.keys_backup.unlink(missing_ok=True)
    data_key = data_key_from_words(files, " ".join(words_of(keys.data_key.key)))
    vault = open_vault(folder, data_key, clock, how=AuditAction.RECOVERED)
    replace_passphrase(vault, rewrap(data_key, vault.vault_id, OTHER, KdfParameters.FLOOR, START), clock)
    vault.database.close()
    assert derive_data_key(files, OTHER) == keys.data_key


@pytest.mark.parametrize("damage", [b"", b"{", None])
def test_a_damaged_or_missing_key_file_is_replaced_by_its_former_self_and_the_passphrase_still_opens(
    session, folder, clock, damage
):
    close_vault(session.vault, clock)
    files = VaultFolder(folder)
    whole = files.keys_backup.read_bytes()
    files.keys.unlink()
    if damage is not None:
        files.keys.write_bytes(damage)
    data_key = derive_data_key(files, PASSPHRASE)
    assert files.keys.read_bytes() == files.keys_backup.read_bytes() == whole
    vault = open_vault(folder, data_key, clock)
    close_vault(vault, clock)
    assert derive_data_key(files, PASSPHRASE) == data_key


def test_the_words_of_other_records_are_refused(folder):
    with pytest.raises(WrongRecoveryWordsError):
        data_key_from_words(VaultFolder(folder), " ".join(words_of(bytes(32))))


def test_changing_the_passphrase_closes_the_old_one_out_of_every_file(session, folder, clock):
    vault = session.vault
    check_passphrase(vault, PASSPHRASE)
    slot = rewrap(vault.data_key, vault.vault_id, OTHER, KdfParameters.FLOOR, START)
    replace_passphrase(vault, slot, clock)
    files = VaultFolder(folder)
    assert derive_data_key(files, OTHER) == vault.data_key
    with pytest.raises(WrongPassphraseError):
        derive_data_key(files, PASSPHRASE)
    assert files.keys_backup.read_bytes() == files.keys.read_bytes()


def test_failed_unlocks_enter_the_audit_at_the_next_unlock(folder, keys, clock):
    files = VaultFolder(folder)
    files.note_failed_unlock(clock.now() - dt.timedelta(minutes=2))
    vault = open_vault(folder, keys.data_key, clock)
    actions = [entry.action for entry in audit.latest(vault.database, limit=3)]
    vault.database.close()
    assert actions[:2] == [AuditAction.UNLOCKED, AuditAction.UNLOCK_FAILED]
    assert files.read_failed_unlocks() == ()


def test_a_clock_that_went_back_is_recorded_not_hidden(folder, keys, clock):
    clock.forward(days=-400)
    vault = open_vault(folder, keys.data_key, clock)
    actions = [entry.action for entry in audit.latest(vault.database, limit=2)]
    vault.database.close()
    assert AuditAction.CLOCK_WENT_BACK in actions


def test_an_older_copy_put_in_place_of_the_records_is_noticed(folder, keys, clock):
    files = VaultFolder(folder)
    old = files.records.read_bytes()
    vault = open_vault(folder, keys.data_key, clock)
    open_session(vault, clock, lambda _change: None).clients.add(ClientForm(code="X-1", name="X"))
    close_vault(vault, clock)
    files.records.write_bytes(old)
    with pytest.raises(DamagedVaultError):
        open_vault(folder, keys.data_key, clock)


def test_the_chain_holds_over_a_whole_session(session, client):
    assert audit.verify_chain(session.vault.database) is None


def test_the_crisis_card_holds_the_practice_and_no_client(session, client, folder):
    session.practice.write_crisis_card()
    card = read_crisis_card(VaultFolder(folder))
    assert [contact.name for contact in card.contacts] == ["Emergency number", "Lifeline"]
    assert "Maren" not in VaultFolder(folder).crisis_card.read_text()


def test_a_damaged_crisis_card_still_opens_the_panel(folder):
    VaultFolder(folder).crisis_card.write_bytes(b"\xff{")
    assert read_crisis_card(VaultFolder(folder)).contacts == ()
