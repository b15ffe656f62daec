"""A practice of many years, made quickly: rows are copies of a few that the program signed, under ids of their own.

What they hold varies as the words of a practice do (few are frequent, most are rare); their hashes aren't right, so a
check of the records would find every one of them.
"""

from __future__ import annotations

import datetime as dt
import json
import random
from dataclasses import dataclass, field

from support.incidents import sign_incident
from support.vaults import finish_two_versions, sign_scores

from safeplan_desktop.domain.canonical import to_json
from safeplan_desktop.domain.changes import Noun
from safeplan_desktop.domain.clients import Client, ClientForm
from safeplan_desktop.services.session import Session
from safeplan_desktop.storage import clients as stored_clients
from safeplan_desktop.storage import search
from safeplan_desktop.storage.connection import Database
from safeplan_desktop.storage.rows import instant

_BEGINNINGS = (
    "ba",
    "cor",
    "del",
    "fen",
    "gar",
    "hol",
    "jun",
    "kel",
    "lin",
    "mar",
    "nor",
    "pel",
    "quin",
    "ros",
    "sel",
    "tur",
)
_ENDINGS = ("a", "an", "den", "el", "ford", "ia", "in", "ley", "man", "o", "ren", "son", "ter", "vik", "wyn", "é")
LONG_RECORD = 500
"""Entries of the first client's record."""


@dataclass
class _Maker:
    """Makes rows."""

    database: Database
    rng: random.Random
    made: int = 0
    words: list[str] = field(default_factory=list)
    weights: list[float] = field(default_factory=list)

    def __post_init__(self) -> None:
        parts = [f"{one}{two}{three}" for one in _BEGINNINGS for two in _ENDINGS for three in ("", "s", "ling", "ta")]
        self.words = ["session", "sleep", "safety", "spoke", "plan", "mother", "work", "calm", *parts]
        self.weights = [1 / (place + 1) for place in range(len(self.words))]

    def text(self, words: int = 40) -> str:
        return " ".join(self.rng.choices(self.words, self.weights, k=words))

    def id(self) -> str:
        self.made += 1
        return f"{self.made:032x}"

    def row(self, table: str, former: dict[str, object], **new: object) -> None:
        values = {**former, **new}
        marks = ", ".join("?" * len(values))
        self.database.execute(f"INSERT INTO {table} ({', '.join(values)}) VALUES ({marks})", tuple(values.values()))


def _one(database: Database, table: str, where: str = "") -> dict[str, object]:
    columns = [row[1] for row in database.execute(f"PRAGMA table_info({table})")]
    return dict(zip(columns, database.row(f"SELECT * FROM {table} {where} LIMIT 1"), strict=True))


def fill_practice(session: Session, *, clients: int, rows: int) -> list[str]:
    """Adds clients and, in all, about so many rows; the ids of the clients, the first of whom has the long record."""
    database = session.vault.database
    maker = _Maker(database, random.Random(11))
    first = session.clients.add(ClientForm(code="X-0", name="Pattern"))
    sign_scores(session, first.id, {"phq-2": (1, 1)})
    finish_two_versions(session, first.id)
    sign_incident(session, first.id)
    session.signed_records.sign(
        Noun.SESSION_NOTE, {"text": "x"}, day=dt.date(2026, 3, 2), title="Session note", signer="R", client_id=first.id
    )
    patterns = {
        "screening": _one(database, "screening"),
        "plan_version": _one(database, "plan_version"),
        "incident": _one(database, "incident"),
        "signed_record": _one(database, "signed_record", "WHERE noun = 'session-note'"),
    }
    start = session.desk.now().at
    names = [f"{maker.text(1).title()} {maker.text(1).title()}" for _ in range(clients)]
    ids = []
    with database.transaction():
        for place in range(clients):
            form = ClientForm(code=f"P-{place}", name=names[place], phone=f"+1 303 555 {place:04d}")
            client = Client(maker.id(), form, start, start)
            stored_clients.insert(database, client)
            search.add(database, Noun.CLIENT, client.id, client.id, form.code, form.name)
            ids.append(client.id)
        left = rows - clients
        for place in range(LONG_RECORD):
            _add(maker, patterns, ids[0], place, start)
        for place in range(left - LONG_RECORD):
            _add(maker, patterns, ids[1 + place % (clients - 1)], LONG_RECORD + place, start)
    return ids


_KINDS = ("signed_record",) * 8 + ("screening",) * 4 + ("plan_version",) + ("incident",) + ("register_entry",) * 4
_NOUNS = {
    "screening": Noun.SCREENING,
    "plan_version": Noun.PLAN,
    "incident": Noun.INCIDENT,
    "signed_record": Noun.SESSION_NOTE,
}


def _add(maker: _Maker, patterns: dict[str, dict[str, object]], client_id: str, place: int, start: dt.datetime) -> None:
    kind = _KINDS[place % len(_KINDS)]
    at = start - dt.timedelta(minutes=60 * (place % 40_000))
    row_id, day = maker.id(), at.date().isoformat()
    if kind == "register_entry":
        values = {"id": row_id, "noun": "handout-given", "client_id": client_id, "day": day, "json": "{}"}
        maker.row(kind, {**values, "entered_at": instant(at), "updated_at": instant(at)})
        return
    new: dict[str, object] = {"id": row_id, "client_id": client_id, "number": place + 1000}
    if kind == "incident":
        new |= {"number": f"1999-{place}", "happened_at": instant(at), "signed_at": instant(at)}
    elif kind == "plan_version":
        new |= {"finished_at": instant(at), "review_on": (at.date() + dt.timedelta(days=90)).isoformat()}
    elif kind == "screening":
        new |= {"signed_at": instant(at), "next_reassessment": (at.date() + dt.timedelta(days=30)).isoformat()}
    else:
        new |= {"signed_at": instant(at), "day": day}
    content = json.loads(str(patterns[kind]["content"]))
    content["id"] = row_id
    content["client"] = {**content["client"], "client_id": client_id}
    maker.row(kind, patterns[kind], **new, content=to_json(content))
    search.add(maker.database, _NOUNS[kind], row_id, client_id, f"{kind} {place}", maker.text())
