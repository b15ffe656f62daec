"""The tour's last room: backup, lock, restore, check."""

from __future__ import annotations

from safeplan_desktop.ui.tour.driver import Steps, TourProblemError
from safeplan_desktop.ui.tour.hands import PASSPHRASE, Tour


def back_up(tour: Tour) -> Steps:
    """A backup, and the check of the records."""
    target = tour.folder / "backup"
    target.mkdir()
    tour.workspace.open_screen("backups")
    yield from tour.write("backups.folder", str(target))
    yield from tour.click("backups.make")
    yield lambda: any(target.glob("*.safeplan-backup")) and tour.there("backups.make")()
    yield from tour.click("backups.check-records")
    yield tour.there("backups.verdict")
    if "all good" not in tour.find("backups.verdict").text():
        raise TourProblemError("the records aren't in order")
    yield from tour.shot("backups")
    tour.driver.note_file(f"backup/{next(target.iterdir()).name}")


def lock_and_unlock(tour: Tour) -> Steps:
    """The lock, the panel over it, a wrong passphrase, the right one."""
    yield from tour.click("bar.lock")
    yield from tour.shot("locked")
    tour.window.open_crisis()
    yield from tour.shot("crisis-locked")
    yield from tour.click("crisis.close")
    yield from tour.write("unlock.passphrase.line", "not the passphrase")
    yield from tour.click("unlock.unlock")
    yield tour.there("unlock.banner")
    yield from tour.shot("wrong-passphrase")
    tour.find("unlock.passphrase.line").clear()
    yield from tour.write("unlock.passphrase.line", PASSPHRASE)
    yield from tour.click("unlock.unlock")
    yield lambda: tour.window.workspace is not None
    yield from tour.shot("unlocked-again")


def restore_into_an_empty_place(tour: Tour) -> Steps:
    """The backup restored elsewhere."""
    before = len(tour.workspace.session.clients.list())
    tour.window.close()
    tour.window = tour.open_window(tour.folder / "restored")
    yield from tour.click("first-run.restore")
    yield from tour.write("restore.path", str(next((tour.folder / "backup").iterdir())))
    yield from tour.write("restore.passphrase.line", PASSPHRASE)
    yield from tour.shot("restore")
    yield from tour.click("restore.restore")
    yield tour.there("unlock.passphrase.line")
    yield from tour.write("unlock.passphrase.line", PASSPHRASE)
    yield from tour.click("unlock.unlock")
    yield lambda: tour.window.workspace is not None
    if len(tour.workspace.session.clients.list()) != before:
        raise TourProblemError("the restored records hold another number of clients")
    yield from tour.shot("restored")


def verify_the_restored_records(tour: Tour) -> Steps:
    """The check of what was restored."""
    tour.workspace.open_screen("backups")
    yield from tour.click("backups.check-records")
    yield tour.there("backups.verdict")
    if "all good" not in tour.find("backups.verdict").text():
        raise TourProblemError("the restored records aren't in order")
    yield from tour.shot("restored-verified")
    tour.window.close()
    yield None
