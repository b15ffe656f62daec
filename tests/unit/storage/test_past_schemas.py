"""Every schema that was ever released has a sample here; each still opens, is brought up to date, and is whole."""

import shutil
from pathlib import Path

import pytest
from support.vaults import PASSPHRASE, HeldClock

from safeplan_desktop.services.backups import never_cancelled, no_report, snapshot_before_migration
from safeplan_desktop.services.session import open_session
from safeplan_desktop.services.vault import derive_data_key, open_vault
from safeplan_desktop.storage.migrate import newest_schema
from safeplan_desktop.storage.vault_folder import VaultFolder

DATA = Path(__file__).parents[2] / "data"


def test_there_is_a_sample_of_every_schema():
    assert {path.name for path in DATA.glob("schema-*")} == {f"schema-{n}" for n in range(1, newest_schema() + 1)}


@pytest.mark.parametrize("sample", sorted(DATA.glob("schema-*")), ids=lambda path: path.name)
def test_a_sample_of_a_past_schema_still_opens_and_is_whole(tmp_path, sample):
    folder = VaultFolder(Path(shutil.copytree(sample, tmp_path / "vault")))
    clock = HeldClock()
    vault = open_vault(
        folder.path, derive_data_key(folder, PASSPHRASE), clock, before_migration=snapshot_before_migration
    )
    session = open_session(vault, clock, lambda _change: None)
    try:
        assert vault.database.schema_version == newest_schema()
        assert len(session.clients.list()) == 3
        assert session.plans.of_client(session.clients.list()[0].id)
        schema = int(sample.name.removeprefix("schema-"))
        assert len(session.questionnaires.every()) == (schema >= 3)
        assert len(session.drills.every()) == (schema >= 4)
        assert sum(one.voided for one in session.incidents.list()) == (schema >= 4)
        verification = session.backups.verify_records(no_report, never_cancelled)
        assert verification.ok, verification.first_problem
        words = next(check.sentence for check in verification.checks if check.id == "search-words")
        assert ("found by some of the words only" in words) == (schema < 4), words
    finally:
        vault.database.close()
