"""What set-up says to the person at the terminal, and what it hands on to the programs it starts."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from typing import NoReturn

_SHOWN_OF_A_FAILURE = 6000


def say(text: str) -> None:
    """One line of progress."""
    print("safeplan: " + text, flush=True)


def stop(text: str) -> NoReturn:
    """Ends with a sentence."""
    print("safeplan: " + text, file=sys.stderr, flush=True)
    sys.exit(1)


def child_environment() -> dict[str, str]:
    """The environment without what would make Python read packages from elsewhere."""
    stray = ("PYTHONPATH", "PYTHONHOME", "__PYVENV_LAUNCHER__")
    return {name: value for name, value in os.environ.items() if name not in stray}


def outcome(command: Sequence[str], folder: str, environment: Mapping[str, str] | None = None) -> tuple[bool, str]:
    """Runs a command without showing it: whether it went well, and all it printed."""
    done = subprocess.run(
        command,
        cwd=folder,
        env=environment or child_environment(),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        encoding="utf-8",
        errors="replace",
        check=False,
    )
    return done.returncode == 0, done.stdout


def show_failure(output: str) -> None:
    """The end of what a failed command printed: the part that says why."""
    sys.stderr.write(output[-_SHOWN_OF_A_FAILURE:].rstrip() + "\n\n")
