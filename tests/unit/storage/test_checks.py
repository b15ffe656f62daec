import datetime as dt

import pytest
from support.vaults import HeldClock, fresh_vault, session_on, shared_keys

from safeplan_desktop.domain.clients import ClientForm
from safeplan_desktop.domain.plans import PlanItem, PlanSection, SectionKey
from safeplan_desktop.services.backups import never_cancelled, no_report
from safeplan_desktop.storage.checks import check_snapshot
from safeplan_desktop.storage.connection import Database
from safeplan_desktop.storage.vault_folder import VaultFolder

GUARDS = ("audit_stays", "audit_remains", "audit_grows", "plan_version_stays", "plan_version_remains")


@pytest.fixture
def folder(tmp_path):
    """A vault with a finished plan."""
    folder = fresh_vault(tmp_path / "vault")
    session = session_on(folder)
    client = session.clients.add(ClientForm(code="M-07", name="Maren Holt"))
    draft, form = session.plans.begin(client.id)
    form = form.with_section(PlanSection(SectionKey.COPING, (PlanItem("i", "Walk"),)))
    session.plans.finish(draft, form, "Dr. Reyes")
    session.vault.database.close()
    return folder


def _verify(folder):
    return check_snapshot(VaultFolder(folder).records, shared_keys().data_key)


def _tamper(folder, *statements):
    """Changes rows as somebody who has the key and takes the guards away could."""
    with Database.open(VaultFolder(folder).records, shared_keys().data_key) as database:
        guards = [database.value("SELECT sql FROM sqlite_master WHERE name = ?", (name,)) for name in GUARDS]
        for name in GUARDS:
            database.execute(f"DROP TRIGGER {name}")
        for statement in statements:
            database.execute(statement)
        for guard in guards:
            database.execute(guard)


def test_untouched_records_pass_every_check(folder):
    session = session_on(folder, HeldClock(dt.datetime(2026, 4, 1, tzinfo=dt.UTC)))
    verification = session.backups.verify_records(no_report, never_cancelled)
    session.vault.database.close()
    assert verification.ok, verification.first_problem
    assert {check.id for check in verification.checks} >= {
        "structure",
        "pages",
        "audit-chain",
        "signed-records",
        "guards",
    }


@pytest.mark.parametrize(
    ("statement", "check"),
    [
        ("UPDATE audit SET detail = 'x' WHERE seq = 3", "audit-chain"),
        ("UPDATE audit SET at = '2020-01-01T00:00:00+00:00' WHERE seq = 4", "audit-chain"),
        ("DELETE FROM audit WHERE seq = 4", "audit-chain"),
        ("UPDATE plan_version SET content = replace(content, 'Walk', 'Swim')", "signed-records"),
        ("DELETE FROM plan_version", "signed-records"),
        ("DELETE FROM search WHERE noun = 'plan'", "search-index"),
    ],
)
def test_a_changed_back_dated_or_removed_row_is_found_and_named(folder, statement, check):
    _tamper(folder, statement)
    verification = _verify(folder)
    assert not verification.ok
    assert check in {found.id for found in verification.checks if not found.ok}
    assert verification.first_problem


def test_two_rows_that_changed_places_are_found(folder):
    _tamper(
        folder,
        "UPDATE audit SET seq = -1 WHERE seq = 3",
        "UPDATE audit SET seq = 3 WHERE seq = 4",
        "UPDATE audit SET seq = 4 WHERE seq = -1",
    )
    assert "3" in _verify(folder).first_problem


def test_a_missing_guard_is_found(folder):
    with Database.open(VaultFolder(folder).records, shared_keys().data_key) as database:
        database.execute("DROP TRIGGER audit_stays")
    assert "guards" in {check.id for check in _verify(folder).checks if not check.ok}
