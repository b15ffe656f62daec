"""What the dialog that adds to a signed record does with its words until they are signed, without Qt."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from safeplan_desktop.domain.changes import Noun
from safeplan_desktop.domain.incidents import AddendumForm
from safeplan_desktop.domain.moments import Clock
from safeplan_desktop.services.session import Session


@dataclass(frozen=True, slots=True)
class AddendumKeeping:
    """What the dialog calls.

    Attributes:
        waiting: What was typed before and not signed; None where there is nothing.
        keep: Saves the words as they stand.
        forget: Throws them away.
    """

    clock: Clock
    waiting: Callable[[], AddendumForm | None]
    keep: Callable[[AddendumForm], None]
    forget: Callable[[], None]


def keeping_of(session: Session, noun: Noun, record_id: str, client_id: str) -> AddendumKeeping:
    """The keeping for one signed record."""
    drafts = session.addendum_drafts
    return AddendumKeeping(
        session.desk.clock,
        partial(drafts.waiting, record_id),
        partial(drafts.keep, noun, record_id, client_id),
        partial(drafts.forget, record_id),
    )
