"""Holds the register and the attachments against the audit, which has the hash of each row as it was last written."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass

from safeplan_desktop.domain.audit import AuditAction
from safeplan_desktop.domain.backups import Check
from safeplan_desktop.domain.canonical import to_json
from safeplan_desktop.domain.changes import Noun
from safeplan_desktop.domain.register import KINDS
from safeplan_desktop.domain.vocabulary import label_of
from safeplan_desktop.storage import attachments
from safeplan_desktop.storage.check_books import SIGNED, Found, hash_of
from safeplan_desktop.storage.connection import Database

_LAST = (
    "SELECT record_id, seq, action, noun, content_hash, at, zone FROM audit"
    " WHERE noun IN (SELECT value FROM json_each(?)) AND action IN ('created', 'changed', 'removed', 'purged') ORDER BY seq"
)
_GONE = frozenset({AuditAction.REMOVED.value, AuditAction.PURGED.value})


def check_register(database: Database) -> Found:
    """Each entry is what was last written, and none is there, or missing, behind the program's back."""
    if not database.has_table("register_entry"):
        return
    last = _last_words(database, [noun.value for noun in KINDS])
    for entry_id, noun, client_id, day, text, *times in database.execute(
        "SELECT id, noun, client_id, day, json, entered_at, updated_at FROM register_entry ORDER BY id"
    ):
        one = last.pop(entry_id, None)
        whole = one is None or times == [one.began, one.at]
        digest = _hash_of_entry(entry_id, noun, client_id or "", day, text) if whole else ""
        yield from _compared(one, noun, entry_id, digest)
    yield from _missing(last)


def _hash_of_entry(entry_id: str, noun: str, client_id: str, day: str, text: str) -> str:
    try:
        form = json.loads(text)
    except ValueError:  # it was changed into what is no JSON
        return ""
    return hash_of(to_json((entry_id, noun, client_id, day, form))) if text == to_json(form) else ""


def check_attachments(database: Database, check_cancelled: Callable[[], None]) -> Found:
    """Each attachment, and each of its bytes, is what was taken in; `check_cancelled` may end it before each."""
    if not database.has_table("attachment"):
        return
    last = _last_words(database, [Noun.ATTACHMENT.value])
    for attachment_id, client_id, *facts, size, sha256, at, zone in database.execute(_ATTACHMENTS):
        check_cancelled()
        data = attachments.content(database, attachment_id)
        whole = len(data) == size and hashlib.sha256(data).hexdigest() == sha256
        noun, record_id, title, media_type = facts
        sealed = (attachment_id, noun, record_id, client_id or "", title, media_type, size, sha256)
        one = last.pop(attachment_id, None)
        whole = whole and (one is None or (at, zone) == (one.at, one.zone))
        digest = hash_of(to_json(sealed)) if whole else ""
        yield from _compared(one, Noun.ATTACHMENT.value, attachment_id, digest)
    yield from _missing(last)
    for (attachment_id,) in database.execute(_MISPLACED):
        yield Check(
            SIGNED,
            ok=False,
            sentence=f"A piece of the file {attachment_id} stands out of its order, or belongs to no file.",
            noun=Noun.ATTACHMENT.value,
            record_id=attachment_id,
        )


_ATTACHMENTS = (
    "SELECT id, client_id, noun, record_id, title, media_type, size, sha256, entered_at, entered_zone"
    " FROM attachment ORDER BY id"
)
_MISPLACED = (
    "SELECT attachment_id FROM attachment_piece GROUP BY attachment_id HAVING min(position) <> 0"
    " OR max(position) <> count(*) - 1 OR attachment_id NOT IN (SELECT id FROM attachment) ORDER BY attachment_id"
)


@dataclass(frozen=True, slots=True)
class _Last:
    """The newest entry about a row, and the time of the one that the row begins with."""

    seq: int
    action: str
    noun: str
    digest: str
    at: str
    zone: str
    began: str


def _last_words(database: Database, nouns: list[str]) -> dict[str, _Last]:
    found: dict[str, _Last] = {}
    for record_id, seq, action, noun, digest, at, zone in database.execute(_LAST, (json.dumps(nouns),)):
        before = found.get(record_id)
        began = at if before is None or action == AuditAction.CREATED.value else before.began
        found[record_id] = _Last(seq, action, noun, digest, at, zone, began)
    return found


def _compared(last: _Last | None, noun: str, record_id: str, digest: str) -> Found:
    if last is None or last.action in _GONE:
        what = (
            "isn't in the audit: nobody wrote it in this program."
            if last is None
            else "was taken out, and is there again."
        )
    elif last.noun != noun or last.digest != digest:
        what = f"isn't what was written (entry {last.seq} of the audit)."
    else:
        return
    yield Check(
        SIGNED,
        ok=False,
        sentence=f"{_name(noun)} {record_id} {what}",
        noun=noun,
        record_id=record_id,
        seq=last.seq if last else None,
    )


def _missing(last: dict[str, _Last]) -> Found:
    for record_id, one in last.items():
        if one.action not in _GONE:
            yield Check(
                SIGNED,
                ok=False,
                sentence=f"{_name(one.noun)} {record_id} is missing: what entry {one.seq} of the audit wrote.",
                noun=one.noun,
                record_id=record_id,
                seq=one.seq,
            )


def _name(noun: str) -> str:
    known = {one.value for one in (*KINDS, Noun.ATTACHMENT)}
    return label_of(Noun(noun)) if noun in known else "An entry"
