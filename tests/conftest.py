"""What all tests share: no display is needed, and nothing of this computer's own settings is touched."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
sys.path.insert(0, str(Path(__file__).parent))

from safeplan_desktop.ui.app import empty_clipboard_at_end, hold_constants

hold_constants()
empty_clipboard_at_end()

# Qt's offscreen platform says these of itself; they say nothing about the program.
_OFFSCREEN = (
    r"This plugin does not support (propagateSizeHints|raise|grabbing the keyboard)\(\)",
    r".*XDG_RUNTIME_DIR.*",
)


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "slow: takes more than a second")


@pytest.fixture(autouse=True)
def own_home(tmp_path_factory, monkeypatch):
    """A home folder of the test's own."""
    home = tmp_path_factory.getbasetemp() / "home"
    for name in ("HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_STATE_HOME"):
        monkeypatch.setenv(name, str(home / name.lower()))
