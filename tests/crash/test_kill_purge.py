"""Killed in the middle of a purge, the record is there whole, or it is gone whole."""

import shutil
import signal
from pathlib import Path

import pytest
from support.nursery import Nursery, nursery
from support.vaults import HeldClock, fresh_vault, session_on
from support.whole_records import fill_record

from safeplan_desktop.storage.checks import check_content

CHILD = Path(__file__).parent / "purging_child.py"
NEVER = 100_000


@pytest.fixture
def children():
    with nursery(CHILD) as running:
        yield running


def run(children: Nursery, folder: Path, dies_at: int) -> tuple[list[str], int]:
    children.begin(folder, dies_at)
    return children.rest()


@pytest.mark.slow
def test_killed_in_the_middle_leaves_all_or_nothing(children, tmp_path):
    folder = fresh_vault(tmp_path / "vault")
    session = session_on(folder)
    fill_record(session)
    whole = session.vault.database.execute("SELECT count(*) FROM screening, search, incident, attachment_piece")
    session.vault.database.close()
    said, code = run(children, Path(shutil.copytree(folder, tmp_path / "finished")), NEVER)
    assert code == 0
    statements = int(said[0])
    assert statements > 30

    for dies_at in (1, 4, 12, 17, 30, statements - 1, statements):
        copy = Path(shutil.copytree(folder, tmp_path / f"killed-{dies_at}"))
        assert run(children, copy, dies_at) == ([], -signal.SIGKILL)
        session = session_on(copy, HeldClock())
        try:
            assert [client.code for client in session.clients.list()] == ["M-07"], dies_at
            assert (
                session.vault.database.execute("SELECT count(*) FROM screening, search, incident, attachment_piece")
                == whole
            )
            assert all(check.ok for check in check_content(session.vault.database)), dies_at
        finally:
            session.vault.database.close()

    session = session_on(tmp_path / "finished", HeldClock())
    assert session.clients.list() == ()
    assert all(check.ok for check in check_content(session.vault.database))
    session.vault.database.close()
