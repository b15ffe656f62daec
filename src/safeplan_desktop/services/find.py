"""Find: one search over everything that was written; results come in groups, each with the place where the words stand."""

from __future__ import annotations

from dataclasses import dataclass, field

from safeplan_desktop.domain.changes import Noun
from safeplan_desktop.domain.clients import label_of
from safeplan_desktop.domain.excerpts import ClientNames, without_name
from safeplan_desktop.services.clients import Clients
from safeplan_desktop.services.desk import Desk
from safeplan_desktop.services.find_handouts import handouts_with
from safeplan_desktop.services.incident_exports import common_words
from safeplan_desktop.storage import addenda, search
from safeplan_desktop.storage.search import Hit

GROUPS: dict[str, tuple[Noun, ...]] = {
    "Clients": (Noun.CLIENT,),
    "Safety plans": (Noun.PLAN,),
    "Screenings": (Noun.SCREENING,),
    "Incidents": (Noun.INCIDENT,),
    "Session notes": (Noun.SESSION_NOTE,),
    "Agreements and consents": (Noun.AGREEMENT, Noun.CONSENT),
    "Safety policy": (Noun.POLICY,),
    "Handouts": (Noun.HANDOUT,),
    "Training, consultation, feedback": (Noun.TRAINING, Noun.CONSULTATION, Noun.FEEDBACK),
}
"""What results are grouped by, in this order. What was added to a record stands with the record."""

MOST_CLIENTS = 20
_GROUP_OF = {noun: group for group, nouns in GROUPS.items() for noun in nouns}
_ORDER = {group: place for place, group in enumerate(GROUPS)}


MARKS = ("\x02", "\x03")
"""What stands before and after each found word in an excerpt; no typed text holds such characters."""

_WORDS_BEFORE = 3


def begin_near(excerpt: str) -> str:
    """An excerpt that begins a few words before the first found one, on one line, so that the word itself is seen."""
    words = excerpt.split()
    first = next((place for place, word in enumerate(words) if MARKS[0] in word), 0)
    begin = max(0, first - _WORDS_BEFORE)
    return " ".join(("…", *words[begin:]) if begin else words)


@dataclass(frozen=True, slots=True)
class Found:
    """One row of the search's results.

    Attributes:
        noun, record_id: The record that the row opens; for an addendum the record that it was added to.
        title: What it is, such as "Safety plan, version 2"; it never holds a client's name.
        client_label: The client's code, or name where names are shown; empty where there is none.
        group: What it is listed under.
        excerpt: The place in its text where the words stand, each between `MARKS`. It never tells the name of another
            client. While names are hidden it is empty for clients, and tells no client's name at all.
        voided: Whether the record was entered in error.
        whole_id: Tells the rows of a result apart: one record may be found by itself and by what was added to it.
    """

    noun: Noun
    record_id: str
    client_id: str
    title: str
    client_label: str
    group: str = ""
    excerpt: str = ""
    voided: bool = False
    whole_id: str = ""


@dataclass(slots=True)
class _ReadNames:
    """The names of all clients as they were read last, and how many rows had been written until then."""

    changes: int = -1
    names: ClientNames = field(default_factory=lambda: ClientNames.of({}))


@dataclass(frozen=True, slots=True)
class Find:
    """The search."""

    desk: Desk
    clients: Clients
    _read: _ReadNames = field(default_factory=_ReadNames, init=False)

    def find(self, text: str, *, show_names: bool, group: str = "") -> tuple[Found, ...]:
        """Records in which every typed word stands, by group, clients first and then the newest.

        Words may be beginnings, and accents don't matter.

        Args:
            text: What was typed.
            show_names: Whether clients are called by name.
            group: Only this group; all where it is empty.
        """
        database = self.desk.database
        hits: list[Hit] = []
        if group in ("", "Clients"):
            hits += search.find(database, text, (Noun.CLIENT,), most=MOST_CLIENTS, marks=MARKS)
        if group != "Clients":
            kinds = (*GROUPS[group], Noun.ADDENDUM) if group else ()
            hits += [hit for hit in search.find(database, text, kinds, marks=MARKS) if hit.noun is not Noun.CLIENT]
        ours = _ours(text) if group in ("", "Handouts") else ()
        if not hits:
            return ours
        added = addenda.targets(database, [hit.record_id for hit in hits if hit.noun is Noun.ADDENDUM])
        voided = addenda.voided_among(database, [hit.record_id for hit in hits] + [one[1] for one in added.values()])
        about = {hit.client_id for hit in hits if hit.client_id}
        known = self.clients.codes_and_names(about)
        labels = {one: label_of(code, name, show_names=show_names) for one, (code, name) in known.items()}
        names = {} if show_names else {one: name for one, (_, name) in known.items()}
        found = []
        for hit in hits:
            noun, record_id = added.get(hit.record_id, (hit.noun, hit.record_id))
            named = _GROUP_OF.get(noun, "")
            if not named or (group and named != group):
                continue
            is_client = noun is Noun.CLIENT
            excerpt = begin_near(hit.excerpt)
            if hit.client_id in names:
                excerpt = "" if is_client else without_name(excerpt, names[hit.client_id])
            if not is_client and (hit.client_id or not show_names):
                excerpt = self._names().hidden_in(excerpt, hit.client_id, common_words)
            found.append(
                Found(
                    noun=noun,
                    record_id=record_id,
                    client_id=hit.client_id,
                    title="Client" if is_client else hit.title,
                    client_label=labels.get(hit.client_id, ""),
                    group=named,
                    excerpt=excerpt,
                    voided=record_id in voided,
                    whole_id=hit.record_id,
                )
            )
        return tuple(sorted((*found, *ours), key=lambda one: _ORDER[one.group]))

    def _names(self) -> ClientNames:
        """The names of all clients; read again only when something was written since."""
        changes = self.desk.database.changes()
        if self._read.changes != changes:
            self._read.names = ClientNames.of({line.id: line.name for line in self.clients.lines()})
            self._read.changes = changes
        return self._read.names


def _ours(text: str) -> tuple[Found, ...]:
    """Handouts that come with the program."""
    return tuple(
        Found(Noun.HANDOUT, handout.id, "", handout.title, "", "Handouts", excerpt, whole_id=handout.id)
        for handout, excerpt in handouts_with(text, MARKS)
    )
