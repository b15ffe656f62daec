"""Further pages of a client's record, each with a presenter of its own, in the order of their tabs."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtWidgets import QWidget

from safeplan_desktop.services.session import Session
from safeplan_desktop.ui.clients.handouts import ClientHandoutsPage
from safeplan_desktop.ui.clients.handouts_presenter import ClientHandoutsPresenter
from safeplan_desktop.ui.ports import RunJob, Shell


@dataclass(frozen=True, slots=True)
class ClientRoom:
    """One page.

    Attributes:
        name: What other screens open it by.
        build: Makes its widget, once, when it is first shown.
        show: Called with the client's id each time it is shown, and when the client or their record changed.
    """

    name: str
    title: str
    build: Callable[[], QWidget]
    show: Callable[[str], None]


def _handouts(session: Session, shell: Shell) -> ClientRoom:
    presenter = ClientHandoutsPresenter(session, shell)
    return ClientRoom("handouts", "Handouts", lambda: ClientHandoutsPage(presenter), presenter.show_client)


def rooms(session: Session, shell: Shell, _run: RunJob) -> tuple[ClientRoom, ...]:
    """The pages behind the record itself."""
    return (_handouts(session, shell),)
