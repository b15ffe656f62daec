"""Killed at any instant: nothing that was said to be saved is lost, and nothing is half-done."""

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from support.nursery import Nursery, nursery
from support.vaults import HeldClock, fresh_vault, session_on, shared_keys

from safeplan_desktop.domain.clients import ClientForm
from safeplan_desktop.domain.plans import SectionKey
from safeplan_desktop.storage import audit
from safeplan_desktop.storage.backup_container import read_container

KILLS = int(os.environ.get("SAFEPLAN_KILLS", "8"))  # for each kind of work; a release takes 1,000
CHILD = Path(__file__).parent / "killed_child.py"


@pytest.fixture(scope="module")
def children():
    with nursery(CHILD) as running:
        yield running


def _run_and_kill(children: Nursery, folder: Path, what: str, rng: random.Random) -> int:
    """Lets a child work for a moment, kills it, and gives the last number that it said was saved."""
    children.begin(folder, what)
    said = [children.line()]
    assert said[0].strip().isdigit(), "the child died by itself"
    deadline = time.monotonic() + rng.uniform(0.0, 0.08)
    while time.monotonic() < deadline:
        said.append(children.line())
    children.kill()
    last, code = children.rest()
    assert code == -signal.SIGKILL
    return max(int(line) for line in [*said, *last])


@pytest.mark.parametrize("what", ["drafts", "signing", "clients", "backups"])
def test_nothing_acknowledged_is_lost(children, tmp_path, what):
    folder = fresh_vault(tmp_path / "vault")
    (tmp_path / "stick").mkdir()
    session = session_on(folder)
    session.clients.add(ClientForm(code="M-07", name="Maren Holt"))
    session.vault.database.close()
    rng = random.Random(what)
    for _ in range(KILLS):
        acknowledged = _run_and_kill(children, folder, what, rng)
        session = session_on(folder, HeldClock())
        try:
            assert audit.verify_chain(session.vault.database) is None
            client = session.clients.by_code("M-07")
            if what == "drafts":
                _, form = session.plans.resume(session.plans.draft_of(client.id).record_id)
                kept = int(form.section(SectionKey.COPING).items[0].text.split()[1])
                assert kept >= acknowledged
            elif what == "signing":
                assert session.plans.of_client(client.id)[0].number >= acknowledged
            elif what == "clients":
                codes = {other.code for other in session.clients.list()}
                assert f"K-{acknowledged}" in codes
                for other in session.clients.list():
                    if other.code.startswith("K-"):
                        session.clients.change(other.id, ClientForm(code=f"X-{other.id[-11:]}", name="X"))
            else:
                whole = list((tmp_path / "stick").glob("*.safeplan-backup"))
                assert len(whole) >= acknowledged
                for path in whole:
                    read_container(path, shared_keys().data_key)
        finally:
            session.vault.database.close()


def test_killed_while_typing_loses_at_most_the_last_two_seconds(tmp_path):
    folder = fresh_vault(tmp_path / "vault")
    session = session_on(folder)
    session.clients.add(ClientForm(code="M-07", name="Maren Holt"))
    session.vault.database.close()
    command = [sys.executable, str(Path(__file__).parent / "typing_child.py"), str(folder)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as child:
        typed = [child.stdout.readline().split()]
        while float(typed[-1][1]) - float(typed[0][1]) < 3.2:
            typed.append(child.stdout.readline().split())
        child.kill()
    killed_at = float(typed[-1][1])
    session = session_on(folder, HeldClock())
    try:
        client = session.clients.by_code("M-07")
        _, form = session.plans.resume(session.plans.draft_of(client.id).record_id)
        kept = len(form.section(SectionKey.COPING).items[0].text)
    finally:
        session.vault.database.close()
    two_seconds_before = max(int(count) for count, at in typed if float(at) <= killed_at - 2.0)
    assert kept >= two_seconds_before
