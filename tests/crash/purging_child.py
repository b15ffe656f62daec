"""Processes that remove a record for good and die at the statement that they were told, without a word."""

import os
import signal
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from support.nursery import serve
from support.vaults import HeldClock

from safeplan_desktop.domain.retention import PurgeReason
from safeplan_desktop.security.data_key import DataKey
from safeplan_desktop.services.session import open_session
from safeplan_desktop.services.vault import open_vault
from safeplan_desktop.storage.connection import Database


def main(folder: Path, key: DataKey, dies_at: int) -> None:
    clock = HeldClock()
    vault = open_vault(folder, key, clock)
    session = open_session(vault, clock, lambda _change: None)
    client = session.clients.by_code("M-07")
    execute, seen = Database.execute, [0]

    def counted(self, sql, values=()):
        rows = execute(self, sql, values)
        if sql.lstrip().startswith(("INSERT", "DELETE", "UPDATE")):
            seen[0] += 1
            if seen[0] == dies_at:
                os.kill(os.getpid(), signal.SIGKILL)
        return rows

    Database.execute = counted
    session.purges.purge(client.id, PurgeReason.REQUEST, note="Asked", confirm="M-07", signer="R")
    Database.execute = execute
    print(seen[0], flush=True)
    session.vault.database.close()


serve(main)
