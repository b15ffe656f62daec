"""Names and numbers of clients, and of people around them, that stand in a text; asked about, never decided here."""

from __future__ import annotations

from dataclasses import dataclass

from safeplan_desktop.domain.clients import Client
from safeplan_desktop.domain.de_identification import Deidentifier
from safeplan_desktop.domain.known_people import Identity
from safeplan_desktop.domain.moments import today
from safeplan_desktop.services.clients import Clients
from safeplan_desktop.services.desk import Desk
from safeplan_desktop.services.incident_exports import common_words

_ROLE = "somebody in the records"


@dataclass(frozen=True, slots=True)
class KnownNames:
    """Looks a text through; work for a job, as it knows every client."""

    desk: Desk
    clients: Clients

    def found_in(self, text: str) -> tuple[str, ...]:
        """The words that are a client's name, code, number or birth date, or a contact's name or number; each once."""
        if not text.strip():
            return ()
        identities = [one for client in self.clients.list(include_archived=True) for one in _identities(client)]
        out = Deidentifier(identities, today(self.desk.clock), common_words())
        kept: list[str] = []
        for found in sorted(dict.fromkeys(out.leaks(text)), key=len, reverse=True):
            word = found.strip(" .,;:")
            # "Maren" needs no line of its own beside "Maren Holt".
            if word and not any(word in longer for longer in kept):
                kept.append(word)
        return tuple(sorted(kept, key=text.find))


def _identities(client: Client) -> list[Identity]:
    form = client.form
    found = [Identity(_ROLE, (form.name,), (form.phone,), marks=_filled(client.code, form.email), born=form.birth_date)]
    found += [Identity(_ROLE, (one.name,), (one.phone,), marks=_filled(one.email)) for one in form.contacts]
    return found


def _filled(*words: str) -> tuple[str, ...]:
    return tuple(word for word in words if word.strip())
