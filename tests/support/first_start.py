"""The first start through the real window, up to the open records."""

from __future__ import annotations

from PySide6.QtTest import QTest
from support.vaults import PASSPHRASE
from support.windows import find

from safeplan_desktop.ui.main_window import MainWindow


def start_for_the_first_time(qtbot, window: MainWindow) -> tuple[str, ...]:
    """Types the practice, the passphrase and three of the words; the 24 words."""
    find("first-run.begin").click()
    for name, text in (
        ("therapist_name", "Dr. Alma Reyes"),
        ("practice_name", "Juniper Street Counseling"),
        ("phone", "+1 303 555 0142"),
    ):
        QTest.keyClicks(find(f"first-run.{name}"), text)
    find("first-run.practice.next").click()
    for name in ("passphrase", "again"):
        QTest.keyClicks(find(f"first-run-pass.{name}.line"), PASSPHRASE)
    find("first-run.make").click()
    qtbot.waitUntil(lambda: _there("first-run.word-24"), timeout=10_000)
    words = tuple(find(f"first-run.word-{n}").text().split()[-1] for n in range(1, 25))
    find("first-run.have-words").click()
    for position in list(window.first_run.check_lines):
        QTest.keyClicks(find(f"first-run-check.word-{position}"), words[position - 1])
    find("first-run.finish").click()
    qtbot.waitUntil(lambda: window.workspace is not None, timeout=10_000)
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    return words


def _there(name: str) -> bool:
    try:
        find(name)
    except AssertionError:
        return False
    return True
