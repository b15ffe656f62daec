"""Holds the register and the attachments against the audit, which has the hash of each row as it was last written."""

from __future__ import annotations

import hashlib
import json

from safeplan_desktop.domain.attachments import Attachment
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
    "SELECT record_id, seq, action, noun, content_hash FROM audit"
    " WHERE noun IN (SELECT value FROM json_each(?)) AND action IN ('created', 'changed', 'removed', 'purged') ORDER BY seq"
)
_GONE = frozenset({AuditAction.REMOVED.value, AuditAction.PURGED.value})


def check_register(database: Database) -> Found:
    """Each entry is what was last written, and none is there, or missing, behind the program's back."""
    if not database.value("SELECT count(*) FROM sqlite_master WHERE name = 'register_entry'"):
        return
    last = _last_words(database, [noun.value for noun in KINDS])
    for entry_id, noun, client_id, day, text in database.execute(
        "SELECT id, noun, client_id, day, json FROM register_entry ORDER BY id"
    ):
        sealed = to_json((entry_id, noun, client_id or "", day, json.loads(text)))
        yield from _compared(last.pop(entry_id, None), noun, entry_id, hash_of(sealed))
    yield from _missing(last)


def check_attachments(database: Database) -> Found:
    """Each attachment, and each of its bytes, is what was taken in."""
    if not database.value("SELECT count(*) FROM sqlite_master WHERE name = 'attachment'"):
        return
    last = _last_words(database, [Noun.ATTACHMENT.value])
    for (attachment_id,) in database.execute("SELECT id FROM attachment ORDER BY id"):
        found = attachments.find(database, attachment_id)
        data = attachments.content(database, attachment_id)
        whole = found is not None and _is_whole(found, data)
        sealed = hash_of(to_json(found.sealed)) if found is not None and whole else ""
        yield from _compared(last.pop(attachment_id, None), Noun.ATTACHMENT.value, attachment_id, sealed)
    yield from _missing(last)


def _is_whole(found: Attachment, data: bytes) -> bool:
    return len(data) == found.size and hashlib.sha256(data).hexdigest() == found.sha256


_Last = tuple[int, str, str, str]


def _last_words(database: Database, nouns: list[str]) -> dict[str, _Last]:
    return {
        record_id: (seq, action, noun, digest)
        for record_id, seq, action, noun, digest in database.execute(_LAST, (json.dumps(nouns),))
    }


def _compared(last: _Last | None, noun: str, record_id: str, digest: str) -> Found:
    if last is None or last[1] in _GONE:
        what = (
            "isn't in the audit: nobody wrote it in this program."
            if last is None
            else "was taken out, and is there again."
        )
    elif last[2] != noun or last[3] != digest:
        what = f"isn't what was written (entry {last[0]} of the audit)."
    else:
        return
    yield Check(
        SIGNED,
        ok=False,
        sentence=f"{_name(noun)} {record_id} {what}",
        noun=noun,
        record_id=record_id,
        seq=last[0] if last else None,
    )


def _missing(last: dict[str, _Last]) -> Found:
    for record_id, (seq, action, noun, _) in last.items():
        if action not in _GONE:
            yield Check(
                SIGNED,
                ok=False,
                sentence=f"{_name(noun)} {record_id} is missing: what entry {seq} of the audit wrote.",
                noun=noun,
                record_id=record_id,
                seq=seq,
            )


def _name(noun: str) -> str:
    known = {one.value for one in (*KINDS, Noun.ATTACHMENT)}
    return label_of(Noun(noun)) if noun in known else "An entry"
