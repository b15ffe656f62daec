"""Find: one search over clients, screenings, plans and incidents."""

from __future__ import annotations

from dataclasses import dataclass

from safeplan_desktop.domain.changes import Noun
from safeplan_desktop.services.clients import Clients
from safeplan_desktop.services.desk import Desk
from safeplan_desktop.storage import search


@dataclass(frozen=True, slots=True)
class Found:
    """One row of the search's results.

    Attributes:
        title: What it is, such as "Safety plan, version 2"; it never holds a client's name.
        client_label: The client's code, or name where names are shown; empty where there is none.
    """

    noun: Noun
    record_id: str
    client_id: str
    title: str
    client_label: str


@dataclass(frozen=True, slots=True)
class Find:
    """The search."""

    desk: Desk
    clients: Clients

    def find(self, text: str, *, show_names: bool) -> tuple[Found, ...]:
        """Records in which every typed word stands, best first; words may be beginnings, accents don't matter."""
        hits = search.find(self.desk.database, text)
        if not hits:
            return ()
        labels = {c.id: c.label(show_names=show_names) for c in self.clients.list(include_archived=True)}
        return tuple(
            Found(
                hit.noun,
                hit.record_id,
                hit.client_id,
                "Client" if hit.noun is Noun.CLIENT else hit.title,
                labels.get(hit.client_id, ""),
            )
            for hit in hits
        )
