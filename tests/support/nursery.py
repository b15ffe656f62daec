"""Processes that a test kills: forked from one that has everything imported, for that takes longer than what they do."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from support.derivation import derived_once
from support.vaults import PASSPHRASE

from safeplan_desktop.security.data_key import DataKey
from safeplan_desktop.services.vault import derive_data_key
from safeplan_desktop.storage.vault_folder import VaultFolder

_ENDED = "ended "


class Nursery:
    """A running script that ended in `serve`: one process at a time does its work."""

    def __init__(self, process: subprocess.Popen) -> None:
        self._process = process
        self._pid = 0

    def begin(self, folder: Path, what: str | int) -> None:
        """Has a new process do its work on a vault."""
        self._process.stdin.write(json.dumps([str(folder), what]) + "\n")
        self._process.stdin.flush()
        self._pid = int(self._process.stdout.readline())

    def line(self) -> str:
        """The next line that it prints."""
        return self._process.stdout.readline()

    def kill(self) -> None:
        """Kills it, as a power cut would."""
        os.kill(self._pid, signal.SIGKILL)

    def rest(self) -> tuple[list[str], int]:
        """The whole lines that it printed besides, once it is gone, and its exit code."""
        lines = []
        while True:
            line = self.line()
            assert line, "the nursery itself has died"
            if _ENDED in line:
                return lines, int(line.split(_ENDED)[1])
            lines.append(line)


@contextmanager
def nursery(script: Path) -> Iterator[Nursery]:
    """A script of its own Python, ready to fork."""
    with subprocess.Popen(
        [sys.executable, str(script)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        yield Nursery(process)
        process.stdin.close()


def serve(work: Callable[[Path, DataKey, str | int], None]) -> None:
    """Forks a process for each vault that is named, and tells when it is gone."""
    with derived_once():
        for line in sys.stdin:
            folder, what = json.loads(line)
            key = derive_data_key(VaultFolder(Path(folder)), PASSPHRASE)
            pid = os.fork()
            if pid == 0:
                _do(work, Path(folder), key, what)
            _, status = os.waitpid(pid, 0)
            print(_ENDED, os.waitstatus_to_exitcode(status), sep="", flush=True)


def _do(work: Callable[[Path, DataKey, str | int], None], folder: Path, key: DataKey, what: str | int) -> None:
    print(os.getpid(), flush=True)
    try:
        work(folder, key, what)
    except BaseException:  # noqa: BLE001 - a fork must never come back into the loop that made it
        traceback.print_exc()
        os._exit(1)
    os._exit(0)
