"""The search index: one FTS5 table in the same encrypted file."""

from __future__ import annotations

from dataclasses import dataclass

from safeplan_desktop.domain.changes import Noun
from safeplan_desktop.storage.connection import Database

MOST_HITS = 50


@dataclass(frozen=True, slots=True)
class Hit:
    """One found record."""

    noun: Noun
    record_id: str
    client_id: str
    title: str


def replace(database: Database, noun: Noun, record_id: str, client_id: str, title: str, body: str) -> None:
    """Replaces what the index knows of a record. It has to look through the whole index for that."""
    database.execute("DELETE FROM search WHERE noun = ? AND record_id = ?", (noun.value, record_id))
    add(database, noun, record_id, client_id, title, body)


def add(database: Database, noun: Noun, record_id: str, client_id: str, title: str, body: str) -> None:
    """Adds a new record to the index."""
    database.execute(
        "INSERT INTO search (noun, record_id, client_id, title, body) VALUES (?, ?, ?, ?, ?)",
        (noun.value, record_id, client_id, title, body),
    )


def match_expression(text: str) -> str:
    """What was typed, as an FTS5 query: every word quoted, each a prefix. Empty when there is no word."""
    words = [word.replace('"', "") for word in text.replace("\x00", " ").split()]
    return " ".join(f'"{word}"*' for word in words if any(character.isalnum() for character in word))


def find(database: Database, text: str) -> tuple[Hit, ...]:
    """Records that hold every typed word, best first."""
    expression = match_expression(text)
    if not expression:
        return ()
    rows = database.execute(
        "SELECT noun, record_id, client_id, title FROM search WHERE search MATCH ? ORDER BY bm25(search, 0, 0, 0, 8, 1)"
        " LIMIT ?",
        (expression, MOST_HITS),
    )
    return tuple(Hit(Noun(row[0]), row[1], row[2], row[3]) for row in rows)


def count(database: Database) -> int:
    """How many records the index knows."""
    return int(database.value("SELECT count(*) FROM search"))
