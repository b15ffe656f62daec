"""Who belongs together: couples, parents and children, siblings, guardians; and who may receive what about whom."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from safeplan_desktop.errors import InvalidInputError


class LinkKind(Enum):
    """What the other person is to this client."""

    PARTNER = "partner"
    PARENT = "parent"
    CHILD = "child"
    SIBLING = "sibling"
    GUARDIAN = "guardian"
    OTHER = "other"

    @property
    def seen_from_there(self) -> LinkKind:
        """What this client is to the other person."""
        return _MIRRORED.get(self, self)


_MIRRORED = {LinkKind.PARENT: LinkKind.CHILD, LinkKind.CHILD: LinkKind.PARENT, LinkKind.GUARDIAN: LinkKind.OTHER}


class Receives(Enum):
    """What somebody may receive about a client."""

    PLAN = "plan"
    SCREENINGS = "screenings"
    APPOINTMENTS = "appointments"


@dataclass(frozen=True, slots=True)
class LinkNote:
    """A link from one client to another, or to one of their own contacts.

    Attributes:
        kind: What the other person is to the client whose entry it is.
        other_client: The id of the other client; empty for a contact.
        contact: The id of the contact; empty for another client.
        other_receives: What the other person may receive about this client; nothing where it is empty.
        client_receives: What this client may receive about the other one; nothing for a contact.
        basis: On what that rests, such as a signed release or parental responsibility.
    """

    kind: LinkKind
    other_client: str = ""
    contact: str = ""
    other_receives: tuple[Receives, ...] = ()
    client_receives: tuple[Receives, ...] = ()
    basis: str = ""


def check_link(note: LinkNote, own_id: str) -> LinkNote:
    """The link with outer spaces removed.

    Raises:
        InvalidInputError: naming the field, when it leads nowhere, to the client themselves, or allows something without
            saying on what basis.
    """
    if bool(note.other_client) is bool(note.contact):
        raise InvalidInputError("other", "Please choose the other client, or one of this client's contacts.")
    if note.other_client == own_id:
        raise InvalidInputError("other", "A client can't be linked to themselves.")
    if (note.other_receives or note.client_receives) and not note.basis.strip():
        raise InvalidInputError("basis", "Please write on what it rests that something may be passed on.")
    gives = () if note.contact else note.client_receives
    return LinkNote(note.kind, note.other_client, note.contact, note.other_receives, gives, note.basis.strip())
