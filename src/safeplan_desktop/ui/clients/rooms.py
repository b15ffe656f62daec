"""Further pages of a client's record, each with a presenter of its own, in the order of their tabs."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any, Protocol

from PySide6.QtWidgets import QWidget

from safeplan_desktop.domain.changes import Noun
from safeplan_desktop.services.session import Session
from safeplan_desktop.ui.clients.agreements_room import AgreementsRoom
from safeplan_desktop.ui.clients.handouts import ClientHandoutsPage
from safeplan_desktop.ui.clients.handouts_presenter import ClientHandoutsPresenter
from safeplan_desktop.ui.clients.sessions_room import SessionsRoom
from safeplan_desktop.ui.ports import RunJob, Shell


@dataclass(frozen=True, slots=True)
class ClientRoom:
    """One page.

    Attributes:
        name: What other screens open it by.
        build: Makes its widget, once, when it is first shown, inside the one that it is given.
        show: Called with the client's id each time it is shown, and when the client or their record changed.
        nouns: The kinds of records that are read there.
        open: Opens one of them there, once it is shown; with an empty id, their list.
    """

    name: str
    title: str
    build: Callable[[QWidget], QWidget]
    show: Callable[[str], None]
    nouns: tuple[Noun, ...] = ()
    open: Callable[[Noun, str], None] = lambda _noun, _record_id: None


def _handouts(session: Session, shell: Shell) -> ClientRoom:
    presenter = ClientHandoutsPresenter(session, shell)
    return ClientRoom("handouts", "Handouts", partial(ClientHandoutsPage, presenter), presenter.show_client)


def rooms(session: Session, shell: Shell, run: RunJob) -> tuple[ClientRoom, ...]:
    """The pages behind the record itself."""
    return (
        _room(
            "sessions", "Sessions", (Noun.SESSION_NOTE, Noun.PRIVATE_NOTE), partial(SessionsRoom, session, shell, run)
        ),
        _room(
            "agreements",
            "Agreements and consents",
            (Noun.AGREEMENT, Noun.CONSENT),
            partial(AgreementsRoom, session, shell, run),
        ),
        _handouts(session, shell),
    )


class _Page(Protocol):
    """What a page does that shows records and opens them."""

    def show_client(self, client_id: str) -> None: ...

    def open_record(self, noun: Noun, record_id: str) -> None: ...


def _room(name: str, title: str, nouns: tuple[Noun, ...], make: Callable[[QWidget], Any]) -> ClientRoom:
    """A page that is made when it is first shown."""
    made: list[_Page] = []

    def build(parent: QWidget) -> Any:  # noqa: ANN401 - a widget that is such a page
        made.append(make(parent))
        return made[0]

    def show(client_id: str) -> None:
        made[0].show_client(client_id)

    def open_record(noun: Noun, record_id: str) -> None:
        made[0].open_record(noun, record_id)

    return ClientRoom(name, title, build, show, nouns, open_record)
