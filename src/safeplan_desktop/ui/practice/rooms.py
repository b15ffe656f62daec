"""Further parts of the practice, each with a presenter of its own, in the order of the list."""

from __future__ import annotations

from safeplan_desktop.services.session import Session
from safeplan_desktop.ui.ports import RunJob, Shell
from safeplan_desktop.ui.widgets.parts import Part


def rooms(_session: Session, _shell: Shell, _run: RunJob) -> tuple[Part, ...]:
    """The parts between the exercises and the questionnaires."""
    return ()
