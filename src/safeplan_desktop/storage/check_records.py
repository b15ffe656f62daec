"""Holds every guarded row against what was signed, and that against the audit: columns, numbers, times, references.

A signed row has its content twice: as the canonical JSON that was signed, whose hash stands in the audit, and spread
over columns that serve lists and filters. Both have to say the same.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from safeplan_desktop.domain.backups import Check
from safeplan_desktop.domain.changes import Noun
from safeplan_desktop.domain.signed_records import KINDS as SIGNED_KINDS
from safeplan_desktop.domain.vocabulary import label_of
from safeplan_desktop.storage.check_books import (
    COLUMNS,
    NUMBERS,
    SIGNED,
    AuditRow,
    Books,
    Found,
    Plain,
    hash_of,
    read_books,
    summed_up,
    time_of,
)
from safeplan_desktop.storage.check_noted import check_questionnaires, check_reviews, check_voided
from safeplan_desktop.storage.check_purged import check_purged, check_standings, numbers_gone
from safeplan_desktop.storage.check_register import check_attachments, check_register
from safeplan_desktop.storage.check_search_words import SearchWords
from safeplan_desktop.storage.connection import Database, Row
from safeplan_desktop.storage.rows import instant, parse_instant

_GOOD = {
    SIGNED: "Every signed record is what was signed.",
    COLUMNS: "Every list says what was signed.",
    NUMBERS: "No number of a signed record is missing.",
}


@dataclass(frozen=True, slots=True)
class _Kind:
    """A table of signed rows.

    Attributes:
        noun: What the audit calls it.
        words: What people call it.
        columns: Its columns in the order of the statement; `content` and `content_hash` come last.
        expected: The other columns, as they follow from what was signed.
    """

    noun: str
    words: str
    columns: tuple[str, ...]
    expected: Callable[[Plain], dict[str, object]]


def _screening(signed: Plain) -> dict[str, object]:
    form = signed["form"]
    return {
        "id": signed["id"],
        "client_id": signed["client"]["client_id"],
        "number": signed["number"],
        "signed_at": time_of(signed["signed"]),
        "signed_zone": signed["signed"]["zone"],
        "reason": form["reason"],
        "judgement": form["formulation"]["judgement"],
        "level": form["care"]["level"],
        "next_reassessment": form["care"]["next_reassessment"],
        "flagged": int(any(fact["flags"] for fact in signed["facts"])),
    }


def _plan(signed: Plain) -> dict[str, object]:
    return {
        "id": signed["id"],
        "client_id": signed["client"]["client_id"],
        "number": signed["number"],
        "finished_at": time_of(signed["finished"]),
        "finished_zone": signed["finished"]["zone"],
        "review_on": signed["form"]["review_on"],
    }


def _incident(signed: Plain) -> dict[str, object]:
    form = signed["form"]
    return {
        "id": signed["id"],
        "number": signed["number"],
        "client_id": signed["client"]["client_id"] if signed["client"] else None,
        "category": form["category"],
        "happened_at": instant(parse_instant(form["happened_at"])),
        "zone": form["zone"],
        "entered_at": time_of(signed["entered"]),
        "entered_zone": signed["entered"]["zone"],
        "signed_at": time_of(signed["signed"]),
        "signed_zone": signed["signed"]["zone"],
        "physical_harm": form["physical_harm"],
        "psychological_harm": form["psychological_harm"],
    }


def _addendum(signed: Plain) -> dict[str, object]:
    return {
        "id": signed["id"],
        "record_id": signed["record_id"],
        "number": signed["number"],
        "signed_at": time_of(signed["signed"]),
        "signed_zone": signed["signed"]["zone"],
    }


def _other(signed: Plain) -> dict[str, object]:
    return {
        "id": signed["id"],
        "noun": signed["noun"],
        "client_id": signed["client"]["client_id"] if signed["client"] else None,
        "number": signed["number"],
        "title": signed["title"],
        "day": signed["day"],
        "signed_at": time_of(signed["signed"]),
        "signed_zone": signed["signed"]["zone"],
    }


_SCREENINGS = _Kind(
    Noun.SCREENING.value,
    "screening",
    (
        *("id", "client_id", "number", "signed_at", "signed_zone", "reason", "judgement", "level"),
        *("next_reassessment", "flagged"),
    ),
    _screening,
)
_PLANS = _Kind(
    Noun.PLAN.value,
    "plan version",
    ("id", "client_id", "number", "finished_at", "finished_zone", "review_on"),
    _plan,
)
_INCIDENTS = _Kind(
    Noun.INCIDENT.value,
    "incident",
    (
        *("id", "number", "client_id", "category", "happened_at", "zone", "entered_at", "entered_zone", "signed_at"),
        *("signed_zone", "physical_harm", "psychological_harm"),
    ),
    _incident,
)
_ADDENDA = _Kind(
    Noun.ADDENDUM.value, "addendum", ("id", "record_id", "number", "signed_at", "signed_zone", "noun"), _addendum
)

_OTHERS = _Kind(
    "record",
    "record",
    ("id", "noun", "client_id", "number", "title", "day", "signed_at", "signed_zone"),
    _other,
)

_KINDS = {kind.noun: kind for kind in (_SCREENINGS, _PLANS, _INCIDENTS, _ADDENDA, _OTHERS)}

_ROWS = {
    "screening": "SELECT id, client_id, number, signed_at, signed_zone, reason, judgement, level, next_reassessment,"
    " flagged, content, content_hash FROM screening",
    "plan": "SELECT id, client_id, number, finished_at, finished_zone, review_on, content, content_hash"
    " FROM plan_version",
    "incident": "SELECT id, number, client_id, category, happened_at, zone, entered_at, entered_zone, signed_at,"
    " signed_zone, physical_harm, psychological_harm, content, content_hash FROM incident",
    "addendum": "SELECT id, record_id, number, signed_at, signed_zone, noun, content, content_hash FROM addendum",
    "record": "SELECT id, noun, client_id, number, title, day, signed_at, signed_zone, content, content_hash"
    " FROM signed_record",
}

_NAMED = {
    "client_id": "the client",
    "number": "the number",
    "signed_at": "the time of signing",
    "finished_at": "the time of signing",
    "signed_zone": "the time zone of signing",
    "finished_zone": "the time zone of signing",
    "happened_at": "the time when it happened",
    "zone": "the time zone",
    "entered_at": "the time of entry",
    "entered_zone": "the time zone of entry",
    "physical_harm": "the physical harm",
    "psychological_harm": "the psychological harm",
    "next_reassessment": "the day of the next reassessment",
    "flagged": "the mark of a critical answer",
    "review_on": "the day of review",
    "record_id": "the record that it belongs to",
    "noun": "what it is",
    "day": "the day that it is about",
}


_BATCH = 500
_KEPT = ("number", "client", "record_id", "kind", "signed", "noun")
"""What the comparisons between rows need of each."""


def check_records(
    database: Database,
    check_cancelled: Callable[[], None] | None = None,
    progress: Callable[[float], None] | None = None,
    words: SearchWords | None = None,
) -> list[Check]:
    """Holds every guarded row against what was signed and against the audit.

    Each check names the first row that isn't in order and says how many there are.

    Args:
        database: The records, or a snapshot of them.
        check_cancelled: Called between batches; whatever it raises ends the check.
        progress: Called between batches with how far it is (0.0 to 1.0).
        words: Compares what the search knows of each record that is in order.
    """
    failed: dict[str, list[Check]] = {name: [] for name in _GOOD}
    check_cancelled = check_cancelled or (lambda: None)
    for check in _every(database, words, check_cancelled, progress or (lambda _fraction: None)):
        failed[check.id].append(check)
    return [summed_up(name, found, _GOOD[name]) for name, found in failed.items()]


def _batches(database: Database, sql: str) -> Iterator[list[Row]]:
    """The rows of a table by id: all texts of ten thousand records at once would fill the memory."""
    rows = database.execute(f"{sql} WHERE id >= ? ORDER BY id LIMIT ?", ("", _BATCH))
    while rows:
        yield rows
        rows = database.execute(f"{sql} WHERE id > ? ORDER BY id LIMIT ?", (rows[-1][0], _BATCH))


def _every(
    database: Database,
    words: SearchWords | None,
    check_cancelled: Callable[[], None],
    progress: Callable[[float], None],
) -> Found:
    books = read_books(database)
    codes: dict[str, str] = dict(database.execute("SELECT id, code FROM client"))
    seen: set[str] = set()
    signed: dict[str, dict[str, Plain]] = {}
    for noun, sql in _ROWS.items():
        signed[noun] = {}
        if noun == _OTHERS.noun and not database.has_table("signed_record"):
            continue
        for rows in _batches(database, sql):
            check_cancelled()
            contents: dict[str, tuple[Noun, Plain]] = {}
            for row in rows:
                seen.add(row[0])
                yield from _row(_KINDS[noun], row, books, codes, signed[noun], contents)
            if words is not None:
                words.compare(contents)
            progress(min(len(seen) / max(len(books.signed), 1), 1.0))
    yield from _without_rows(books, seen)
    yield from _gaps(signed, numbers_gone(signed[_OTHERS.noun]))
    yield from _belonging(signed)
    check_cancelled()
    yield from check_voided(database, signed[Noun.ADDENDUM.value])
    owners = {one: plan["client"]["client_id"] for one, plan in signed[Noun.PLAN.value].items()}
    yield from check_reviews(database, books, owners)
    yield from check_questionnaires(database, books)
    check_cancelled()
    yield from check_register(database)
    yield from check_attachments(database, check_cancelled)
    yield from check_purged(database, books, signed[_OTHERS.noun])
    yield from check_standings(database)


def _row(
    kind: _Kind,
    row: Row,
    books: Books,
    codes: Mapping[str, str],
    signed: dict[str, Plain],
    contents: dict[str, tuple[Noun, Plain]],
) -> Found:
    values = dict(zip((*kind.columns, "content", "content_hash"), row, strict=True))
    entry = books.signed.get(values["id"])

    def broken(check: str, what: str) -> Check:
        return Check(
            check,
            ok=False,
            sentence=f"{_name(kind, values, codes)} {what}",
            noun=kind.noun,
            record_id=values["id"],
            seq=entry.seq if entry is not None else None,
        )

    if entry is None:
        yield broken(SIGNED, "isn't in the audit: nobody signed it in this program.")
        return
    problem = _other_than_signed(values, entry, books.purged.get(values["id"]))
    if problem:
        yield broken(SIGNED, problem)
        return
    content = json.loads(values["content"])
    if content["id"] != values["id"]:
        yield broken(SIGNED, "holds what was signed as another record.")
        return
    contents[values["id"]] = (Noun(content["noun"] if kind is _OTHERS else kind.noun), content)
    # A certificate's own words say what is no longer there.
    kept = (*_KEPT, "form") if entry.noun == Noun.PURGE.value else _KEPT
    signed[values["id"]] = {name: content.get(name) for name in kept}
    expected = kind.expected(content)
    wrong = [column for column, value in expected.items() if not _same(values[column], value)]
    if kind is _ADDENDA and values["noun"] != entry.noun:
        wrong.append("noun")
    elif kind is not _ADDENDA and (values["noun"] if kind is _OTHERS else kind.noun) != entry.noun:
        yield broken(SIGNED, f"was signed as something else (entry {entry.seq} of the audit).")
    if wrong:
        words = " and ".join(_NAMED.get(column, f"the {column}") for column in wrong)
        yield broken(COLUMNS, f"isn't what was signed in its list: {words}.")
    at = expected["finished_at"] if kind is _PLANS else expected["signed_at"]
    zone = expected["finished_zone"] if kind is _PLANS else expected["signed_zone"]
    if (at, zone) != (entry.at, entry.zone):
        yield broken(SIGNED, f"bears another time than its entry {entry.seq} of the audit.")


def _other_than_signed(values: Plain, entry: AuditRow, gone: AuditRow | None) -> str:
    """What is wrong with a row's content; empty where it is what was signed."""
    if gone is not None:
        return f"was removed for good (entry {gone.seq} of the audit), and is there again."
    if hash_of(values["content"]) != entry.content_hash:
        return f"isn't what was signed (entry {entry.seq} of the audit)."
    if values["content_hash"] != entry.content_hash:
        return f"has another hash than the one that was signed (entry {entry.seq} of the audit)."
    return ""


def _same(stored: object, expected: object) -> bool:
    return type(stored) is type(expected) and stored == expected


def _name(kind: _Kind, values: Plain, codes: Mapping[str, str]) -> str:
    """What the row is called, in the words of what was signed where they can be read."""
    try:
        content = json.loads(values["content"])
        number, client = content["number"], content.get("client") or {}
        code = str(client.get("code", ""))
    except (ValueError, KeyError, TypeError, AttributeError):
        number, code = values["number"], codes.get(values.get("client_id") or "", "")
    if kind is _ADDENDA:
        return f"Addendum {number} of the record {values['record_id']}"
    of = f" of {code}" if code else ""
    if kind is _OTHERS and values["noun"] in {noun.value for noun in SIGNED_KINDS}:
        return f"{label_of(Noun(values['noun']))} {number}{of}"
    return f"{kind.words.capitalize()} {number}{of}"


def _without_rows(books: Books, seen: set[str]) -> Found:
    for entry in books.signed.values():
        if entry.record_id not in seen and entry.record_id not in books.purged and entry.content_hash:
            yield Check(
                SIGNED,
                ok=False,
                sentence=f"A signed record is missing: what entry {entry.seq} of the audit signed ({entry.noun}).",
                noun=entry.noun,
                record_id=entry.record_id,
                seq=entry.seq,
            )
    for entry in books.again:
        yield Check(
            SIGNED,
            ok=False,
            sentence=f"Entry {entry.seq} of the audit signs what was signed before ({entry.noun}).",
            noun=entry.noun,
            record_id=entry.record_id,
            seq=entry.seq,
        )


def _gaps(signed: Mapping[str, Mapping[str, Plain]], gone: frozenset[str]) -> Found:
    """Numbers begin at 1 and have no gaps: for each client, for each record, and for each year of incidents.

    Numbers of incidents that a certificate accounts for aren't missing.
    """
    sequences: dict[tuple[str, str, str], dict[int, str]] = {}
    for named in gone:
        year, _, of_year = named.partition("-")
        sequences.setdefault((Noun.INCIDENT.value, year, f"Incidents of {year}"), {})[int(of_year)] = ""
    for noun, records in signed.items():
        for record_id, content in records.items():
            place: int
            if noun == Noun.INCIDENT.value:
                year, _, of_year = str(content["number"]).partition("-")
                key, place = (noun, year, f"Incidents of {year}"), int(of_year)
            elif noun == Noun.ADDENDUM.value:
                key, place = (noun, content["record_id"], f"The addenda of {content['record_id']}"), content["number"]
            elif noun == _OTHERS.noun:
                client, place = content["client"] or {"client_id": "", "code": "the practice"}, content["number"]
                kind = label_of(Noun(content["noun"]))
                key = (content["noun"], client["client_id"], f"{kind}, of {client['code']}")
            else:
                client = content["client"]
                words = "Screenings" if noun == Noun.SCREENING.value else "Plan versions"
                key, place = (noun, client["client_id"], f"{words} of {client['code']}"), content["number"]
            sequences.setdefault(key, {})[place] = record_id
    for (noun, _, words), numbers in sequences.items():
        for expected, number in enumerate(sorted(numbers), start=1):
            if number != expected:
                yield Check(
                    NUMBERS,
                    ok=False,
                    sentence=f"{words}: number {expected} is missing before number {number}.",
                    noun=noun,
                    record_id=numbers[number],
                )
                break


def _belonging(signed: Mapping[str, Mapping[str, Plain]]) -> Found:
    known = {record_id for noun, records in signed.items() if noun != Noun.ADDENDUM.value for record_id in records}
    for addendum_id, content in signed[Noun.ADDENDUM.value].items():
        if content["record_id"] not in known:
            yield Check(
                COLUMNS,
                ok=False,
                sentence=f"Addendum {content['number']} belongs to a record that isn't in order or isn't there.",
                noun=Noun.ADDENDUM.value,
                record_id=addendum_id,
            )
