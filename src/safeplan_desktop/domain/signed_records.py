"""Signed records of every kind that needs no columns of its own: notes, consents, agreements, policy versions, ..."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from safeplan_desktop.domain.canonical import from_plain
from safeplan_desktop.domain.changes import Noun
from safeplan_desktop.domain.clients import ClientSnapshot
from safeplan_desktop.domain.moments import Moment
from safeplan_desktop.errors import InvalidInputError

T = TypeVar("T")

KINDS = (
    Noun.SESSION_NOTE,
    Noun.PRIVATE_NOTE,
    Noun.CONSENT,
    Noun.AGREEMENT,
    Noun.POLICY,
    Noun.CONSULTATION,
    Noun.PURGE,
)
"""The kinds of records that are kept this way."""

LEFT_OUT_BY_DEFAULT = frozenset({Noun.PRIVATE_NOTE})
"""Kinds that no export takes along unless the therapist asks for just them, and that the search doesn't know."""


@dataclass(frozen=True, slots=True)
class SignedRecord:
    """A record as it was signed; it never changes.

    Attributes:
        number: 1, 2, 3, ... within its kind, of a client or of the practice.
        client: Who the client was then; None for the practice's own.
        title: What it is in a list, in the program's words or the therapist's; never a client's name.
        day: The day that it is about.
        begun: When the writing began.
        form: The kind's own form as plain data; `form_as` reads it.
        content, content_hash: The canonical JSON that was signed, and its SHA-256.
    """

    id: str
    noun: Noun
    number: int
    client: ClientSnapshot | None
    title: str
    day: dt.date
    begun: Moment
    signer: str
    signed: Moment
    form: Mapping[str, Any]
    content: str = ""
    content_hash: str = ""

    @property
    def client_id(self) -> str:
        """Whose it is; empty for the practice's own."""
        return self.client.client_id if self.client else ""

    def form_as(self, kind: type[T]) -> T:
        """The form as a record of its kind.

        Raises:
            UnreadableRecordError: when it isn't of that kind.
        """
        return from_plain(self.form, kind)


@dataclass(frozen=True, slots=True)
class SignedSummary:
    """A signed record in a list.

    Attributes:
        voided: Whether it was entered in error.
        addenda: How many addenda it has.
    """

    id: str
    noun: Noun
    number: int
    client_id: str
    title: str
    day: dt.date
    signed: Moment
    addenda: int = 0
    voided: bool = False


def check_signature(signer: str) -> None:
    """Refuses an empty signature.

    Raises:
        InvalidInputError: naming "signer".
    """
    if not signer.strip():
        raise InvalidInputError("signer", "Please type your name as your signature.")
