"""Further parts of the practice, each with a presenter of its own, in the order of the list."""

from __future__ import annotations

from safeplan_desktop.services.session import Session
from safeplan_desktop.ui.ports import RunJob, Shell
from safeplan_desktop.ui.practice.handouts import HandoutsPart
from safeplan_desktop.ui.practice.handouts_presenter import HandoutsPresenter
from safeplan_desktop.ui.widgets.parts import Part


def _handouts(session: Session, shell: Shell, run: RunJob) -> Part:
    presenter = HandoutsPresenter(session, shell, run)
    return Part("handouts", "Handouts", lambda: HandoutsPart(presenter), presenter.reload)


def rooms(session: Session, shell: Shell, run: RunJob) -> tuple[Part, ...]:
    """The parts between the exercises and the questionnaires."""
    return (_handouts(session, shell, run),)
