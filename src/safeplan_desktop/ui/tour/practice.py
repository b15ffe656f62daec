"""The tour's fourth room: the Crisis panel, the safety policy, the practice's own pages."""

from __future__ import annotations

from PySide6.QtCore import Qt

from safeplan_desktop.ui.tour.driver import Steps
from safeplan_desktop.ui.tour.hands import Tour


def crisis_panel(tour: Tour) -> Steps:
    """The Crisis panel over a client's record."""
    yield from tour.press(Qt.Key.Key_F9)
    tour.window.open_crisis()
    yield from tour.shot("crisis-unlocked")
    yield from tour.click("crisis.close")


def policy(tour: Tour) -> Steps:
    """A second version of the policy: a clause that isn't practised, a change log, the printed document."""
    tour.workspace.open_practice("policy")
    yield from tour.shot("policy")
    yield from tour.click("practice.policy.write")
    yield from tour.choose("practice.policy.section", "own-safety")
    yield from tour.click("practice.policy.clause-1.answer.0")
    yield from tour.click("practice.policy.listing")
    yield from tour.shot("policy-editor")
    yield from tour.click("practice.policy.adopt")
    yield from tour.click("policy-adopt.sign")
    yield from tour.shot("policy-version-2")
    yield from tour.click("practice.policy.print")
    yield from tour.keep_pdf("safety-policy.pdf")


def practice(tour: Tour) -> Steps:
    """The practice's own pages."""
    tour.workspace.open_practice("profile")
    yield from tour.shot("practice-profile")
    for part in ("training", "reviews", "support", "room"):
        tour.workspace.open_practice(part)
        yield from tour.shot(f"practice-{part}")
    tour.workspace.open_practice("contacts")
    yield from tour.shot("practice-contacts")
    tour.workspace.open_practice("settings")
    yield from tour.shot("practice-settings")
    tour.workspace.open_screen("today")
    yield from tour.shot("today")
