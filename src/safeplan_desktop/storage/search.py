"""The search index: one FTS5 table in the same encrypted file."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from itertools import product

from safeplan_desktop.domain.changes import Noun
from safeplan_desktop.domain.readable_text import plain
from safeplan_desktop.storage.connection import Database

MOST_HITS = 50


@dataclass(frozen=True, slots=True)
class Hit:
    """One found record.

    Attributes:
        excerpt: The place in its text where the words stand.
    """

    noun: Noun
    record_id: str
    client_id: str
    title: str
    excerpt: str = ""


SIGNED_KINDS = frozenset({Noun.SESSION_NOTE, Noun.CONSENT, Noun.AGREEMENT, Noun.POLICY, Noun.CONSULTATION})
"""Kinds of signed records that the search knows; psychotherapy notes are kept apart."""

REGISTERED_KINDS = frozenset({Noun.TRAINING, Noun.HANDOUT, Noun.FEEDBACK})
"""Kinds of the register that the search knows."""


def replace(database: Database, noun: Noun, record_id: str, client_id: str, title: str, body: str) -> None:
    """Replaces what the index knows of a record."""
    remove(database, noun, record_id)
    add(database, noun, record_id, client_id, title, body)


def remove(database: Database, noun: Noun, record_id: str) -> None:
    """Takes a record out of the index."""
    place = (noun.value, record_id)
    database.execute(
        "DELETE FROM search WHERE rowid = (SELECT place FROM search_place WHERE noun = ? AND record_id = ?)", place
    )
    database.execute("DELETE FROM search_place WHERE noun = ? AND record_id = ?", place)


def add(
    database: Database,
    noun: Noun,
    record_id: str,
    client_id: str,
    title: str,
    body: str,
    *,
    place: int | None = None,
) -> None:
    """Adds a record to the index: as the newest, or at a place that is free."""
    database.execute(
        "INSERT INTO search (rowid, noun, record_id, client_id, title, body, kind) VALUES (?, ?, ?, ?, ?, ?, ?)",
        (place, noun.value, record_id, client_id, title, body, kind_of(noun)),
    )
    database.execute(
        "INSERT INTO search_place (noun, record_id, place) VALUES (?, ?, last_insert_rowid())", (noun.value, record_id)
    )


def kind_of(noun: Noun) -> str:
    """A kind of record as a word of the index."""
    return noun.value.replace("-", "")


_OF_THEIR_OWN = {"l": "ł", "o": "ø", "d": "đ", "ss": "ß", "ae": "æ"}
"""Letters that the index keeps apart from the plain ones, as what is added to them is no accent."""

_PLAIN = re.compile(f"({'|'.join(_OF_THEIR_OWN)})")
_MOST_CHANGED = 4


def _spellings(word: str) -> tuple[str, ...]:
    """A word as typed, and as it may be written with or without such letters; those further on stay as typed."""
    parts = _PLAIN.split(plain(word), _MOST_CHANGED)
    chosen = product(*((part, _OF_THEIR_OWN[part]) if place % 2 else (part,) for place, part in enumerate(parts)))
    return tuple(dict.fromkeys((word, *("".join(one) for one in chosen if any(one)))))


def _wanted(word: str) -> str:
    return "(" + " OR ".join(f'"{one}"*' for one in _spellings(word)) + ")"


def match_expression(text: str, kinds: Collection[Noun] = ()) -> str:
    """What was typed, as an FTS5 query: every word quoted, each a beginning. Empty when there is no word.

    With kinds, only records of these are wanted.
    """
    words = [word.replace('"', "") for word in text.replace("\x00", " ").split()]
    typed_words = [word for word in words if any(character.isalnum() for character in word)]
    wanted = " AND ".join(_wanted(word) for word in typed_words)
    if not wanted:
        return ""
    typed = f"{{title body}} : ({wanted})"
    if not kinds:
        return typed
    return f"(kind : ({' OR '.join(kind_of(noun) for noun in kinds)})) AND ({typed})"


# The newest first, by the index's own order: ranking would mean to weigh every record that fits before the first is shown.
_FIND = (
    "SELECT noun, record_id, client_id, title, snippet(search, 4, ?, ?, ' … ', 14) FROM search WHERE search MATCH ?"
    " ORDER BY rowid DESC LIMIT ?"
)


def find(
    database: Database,
    text: str,
    kinds: Collection[Noun] = (),
    *,
    most: int = MOST_HITS,
    marks: tuple[str, str] = ("", ""),
) -> tuple[Hit, ...]:
    """Records that hold every typed word, the newest first.

    Args:
        database: The records.
        text: What was typed; words may be beginnings, accents don't matter.
        kinds: Only these kinds; all of them where none is named.
        most: How many at most.
        marks: What stands before and after a found word in the excerpt.
    """
    expression = match_expression(text, kinds)
    if not expression:
        return ()
    rows = database.execute(_FIND, (*marks, expression, most))
    return tuple(Hit(Noun(row[0]), row[1], row[2], row[3], row[4]) for row in rows)


# Rows are found by their numbers alone, as reading the rows themselves would mean reading all their text; and as one text,
# as ten thousand rows of one number each would take three times as long.
_ROWS = "SELECT group_concat(rowid) FROM search WHERE search MATCH ?"
_INCIDENTS = (
    "SELECT search.rowid, coalesce(addendum.record_id, search.record_id) FROM search"
    " LEFT JOIN addendum ON addendum.id = search.record_id"
    " WHERE search.rowid > ? AND (search.noun = ? OR (search.noun = ? AND addendum.noun = ?))"
)


def rows_with(database: Database, text: str) -> tuple[int, ...] | None:
    """The numbers of the index's rows that hold every typed word; None where no word was typed."""
    expression = match_expression(text)
    if not expression:
        return None
    numbers = database.value(_ROWS, (expression,))
    return tuple(map(int, numbers.split(","))) if numbers else ()


def incident_rows(database: Database, after: int) -> dict[int, str]:
    """The incident that each row of the index belongs to, by the row's number, of rows that came after one."""
    values = (after, Noun.INCIDENT.value, Noun.ADDENDUM.value, Noun.INCIDENT.value)
    return {row[0]: str(row[1]) for row in database.execute(_INCIDENTS, values)}


def count(database: Database) -> int:
    """How many records the index knows."""
    return int(database.value("SELECT count(*) FROM search"))
