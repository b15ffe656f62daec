import json
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtDBus import QDBusConnection

from safeplan_desktop.ui.screen_lock import ScreenLock

PLAYER = Path(__file__).parents[2] / "support" / "screen_lock_bus.py"
SCREEN = ("/ScreenSaver", "ActiveChanged")
LOGIN = ("/org/freedesktop/login1", "PrepareForSleep")


@pytest.mark.parametrize(
    ("interface", "path_and_name", "heard", "last"),
    [
        ("org.gnome.ScreenSaver", SCREEN, "locked", "sleeping"),
        ("org.freedesktop.ScreenSaver", SCREEN, "locked", "sleeping"),
        ("org.xfce.ScreenSaver", SCREEN, "locked", "sleeping"),
        ("org.freedesktop.login1.Manager", LOGIN, "sleeping", "locked"),
    ],
)
def test_a_locked_screen_and_a_computer_going_to_sleep_are_heard_of_and_their_ends_arent(
    tmp_path, interface, path_and_name, heard, last
):
    path, name = path_and_name
    played = subprocess.run(
        [sys.executable, str(PLAYER), str(tmp_path / "bus"), interface, path, name],
        capture_output=True, text=True, timeout=60, check=True,
    )  # fmt: skip
    assert json.loads(played.stdout) == [heard, last]


def test_without_a_bus_nothing_is_said_and_nothing_fails(app):
    nothing = QDBusConnection("no such connection")
    lock = ScreenLock()
    lock.listen(nothing, nothing)
    assert not nothing.isConnected()
