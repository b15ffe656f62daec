"""Guarded rows that are no signed content of their own: marks, reviews, questionnaires that were taken in."""

from __future__ import annotations

import json
from collections.abc import Mapping

from safeplan_desktop.domain.backups import Check
from safeplan_desktop.domain.canonical import to_json
from safeplan_desktop.domain.changes import Noun
from safeplan_desktop.domain.moments import Moment
from safeplan_desktop.storage.check_books import COLUMNS, SIGNED, AuditRow, Books, Found, Plain, hash_of, time_of
from safeplan_desktop.storage.connection import Database, Row
from safeplan_desktop.storage.questionnaires import sealed_hash
from safeplan_desktop.storage.rows import parse_instant, parse_moment

VOIDING = "entered-in-error"
"""The kind of addendum that takes a record out of lists and plots."""


def check_voided(database: Database, addenda: Mapping[str, Plain]) -> Found:
    """Each mark "entered in error" has the addendum that says so, and each such addendum has its mark."""
    nouns: dict[str, str] = dict(database.execute("SELECT id, noun FROM addendum"))
    marked = set()
    if database.has_table("voided"):
        for record_id, noun, addendum_id, at in database.execute(
            "SELECT record_id, noun, addendum_id, at FROM voided ORDER BY record_id"
        ):
            addendum = addenda.get(addendum_id)
            marked.add(addendum_id)
            says = addendum is not None and (
                addendum["kind"] == VOIDING
                and addendum["record_id"] == record_id
                and nouns.get(addendum_id) == noun
                and time_of(addendum["signed"]) == at
            )
            if not says:
                yield Check(
                    COLUMNS,
                    ok=False,
                    sentence=f"The mark “entered in error” of the record {record_id} isn't what was signed.",
                    noun=noun,
                    record_id=record_id,
                )
    for addendum_id, addendum in addenda.items():
        if addendum["kind"] == VOIDING and addendum_id not in marked:
            yield Check(
                COLUMNS,
                ok=False,
                sentence=f"The mark “entered in error” of the record {addendum['record_id']} is missing.",
                noun=nouns.get(addendum_id, ""),
                record_id=addendum["record_id"],
            )


def check_reviews(database: Database, books: Books, owners: Mapping[str, str]) -> Found:
    """Each review has one entry in the audit; newer entries hold its hash, older ones only its time.

    Args:
        database: The records.
        books: What the audit says.
        owners: Whose each plan version is, as it was signed.
    """
    if not database.has_table("plan_review"):
        return
    left = {version: list(entries) for version, entries in books.reviewed.items() if version not in books.purged}
    clients: dict[str, str] = dict(database.execute("SELECT id, client_id FROM plan_version")) | dict(owners)
    unmatched = []
    for row in database.execute(
        "SELECT id, client_id, version_id, reviewed_on, next_review_on, entered_at FROM plan_review ORDER BY entered_at, id"
    ):
        entry = next((one for one in left.get(row[2], ()) if _is_review(row, one, clients)), None)
        if entry is None:
            unmatched.append(row[0])
        else:
            left[row[2]].remove(entry)
    for review_id in unmatched:
        yield Check(
            SIGNED,
            ok=False,
            sentence=f"The review {review_id} of a safety plan isn't what was noted.",
            noun="plan-review",
            record_id=review_id,
        )
    for version_id, entries in left.items():
        for entry in entries:
            yield Check(
                SIGNED,
                ok=False,
                sentence=f"The review of a safety plan that entry {entry.seq} of the audit noted is missing or was changed.",
                noun="plan-review",
                record_id=version_id,
                seq=entry.seq,
            )


def _is_review(row: Row, entry: AuditRow, clients: Mapping[str, str]) -> bool:
    review_id, client_id, version_id, reviewed_on, next_review_on, entered_at = row
    if entry.at != entered_at or clients.get(version_id) != client_id:
        return False
    if not entry.content_hash:
        return bool(reviewed_on == parse_moment(entry.at, entry.zone).local_date.isoformat())
    plain = {
        "id": review_id,
        "client_id": client_id,
        "version_id": version_id,
        "reviewed_on": reviewed_on,
        "next_review_on": next_review_on,
    }
    return entry.content_hash == hash_of(to_json(plain))


def check_questionnaires(database: Database, books: Books) -> Found:
    """Each questionnaire is what was taken in, with its file, and is offered as the audit says."""
    if not database.has_table("questionnaire"):
        return
    seen = set()
    for row in database.execute(
        "SELECT id, json, source, source_hash, taken_in_at, retired_at FROM questionnaire ORDER BY taken_in_at, id"
    ):
        seen.add(row[0])
        entry, retired = books.taken_in.get(row[0]), books.retired.get(row[0])
        what = _questionnaire_problem(row, entry, retired.at if retired is not None else None)
        if what:
            check = COLUMNS if what.startswith("is offered") else SIGNED
            yield Check(
                check,
                ok=False,
                sentence=f"The questionnaire {row[0]} {what}",
                noun=Noun.QUESTIONNAIRE.value,
                record_id=row[0],
                seq=entry.seq if entry is not None else None,
            )
    for record_id, entry in books.taken_in.items():
        if record_id not in seen:
            yield Check(
                SIGNED,
                ok=False,
                sentence=f"The questionnaire that entry {entry.seq} of the audit took in is missing.",
                noun=Noun.QUESTIONNAIRE.value,
                record_id=record_id,
                seq=entry.seq,
            )


def _questionnaire_problem(row: Row, entry: AuditRow | None, retired_at: str | None) -> str:
    record_id, text, source, source_hash, taken_in_at, stored_retired_at = row
    if entry is None:
        return "isn't in the audit: nobody took it in with this program."
    # A file may begin with a mark of its encoding, which isn't kept.
    if source_hash not in (hash_of(source), hash_of("\ufeff" + source)):
        return "holds another file than the one that was taken in."
    # Entries of earlier versions of the program hold the file's hash only.
    if entry.content_hash not in (source_hash, sealed_hash(text, source_hash)):
        return "isn't what was taken in."
    own_id, moment = _taken_in(text)
    if own_id != record_id or moment != parse_moment(entry.at, entry.zone) or taken_in_at != entry.at:
        return "bears another id or time than its entry in the audit."
    if stored_retired_at != retired_at:
        return "is offered, or no longer offered, otherwise than the audit says."
    return ""


def _taken_in(text: str) -> tuple[str, Moment | None]:
    """The id and the moment in a questionnaire's own JSON; empty and None where it can't be read."""
    try:
        plain = json.loads(text)
        return plain["id"], Moment(parse_instant(plain["taken_in"]["at"]), plain["taken_in"]["zone"])
    except (ValueError, KeyError, TypeError):
        return "", None
