"""Holds the audit's chain against ends of it that were recorded earlier and elsewhere."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from safeplan_desktop.domain.audit import AuditAction
from safeplan_desktop.domain.backups import Check
from safeplan_desktop.domain.chain_heads import HeadComparison, HeadSource, HeadVerdict, RecordedHead
from safeplan_desktop.domain.moments import Moment
from safeplan_desktop.security.chain import GENESIS
from safeplan_desktop.storage import audit
from safeplan_desktop.storage.connection import Database
from safeplan_desktop.storage.rows import parse_moment


def compare_heads(database: Database, heads: Sequence[RecordedHead]) -> tuple[HeadComparison, ...]:
    """Each head, and whether the chain still runs through it."""
    end = audit.head(database).seq
    restores = [
        (seq, parse_moment(at, zone))
        for seq, at, zone in database.execute(
            "SELECT seq, at, zone FROM audit WHERE action = ? ORDER BY seq", (AuditAction.RESTORED.value,)
        )
    ]
    return tuple(_compare(database, head, end, restores) for head in heads)


def _compare(
    database: Database, head: RecordedHead, end: int, restores: Sequence[tuple[int, Moment]]
) -> HeadComparison:
    if head.problem:
        return HeadComparison(head, HeadVerdict.UNUSABLE, f"{head.words} can't be compared: {head.problem}")
    seq = _place(database, head)
    if seq is not None:
        return HeadComparison(
            head,
            HeadVerdict.SAME,
            f"{head.words} agrees: up to entry {seq} the history is the one that was recorded there.",
            _made(database, seq),
        )
    elsewhere = _place(database, replace(head, seq=None)) if head.source is HeadSource.PAPER else None
    if elsewhere is not None:
        return HeadComparison(
            head,
            HeadVerdict.SAME,
            f"{head.words} stands at entry {elsewhere}, not at entry {head.seq} as typed. The history agrees with it: up to"
            f" entry {elsewhere} it is the one that was printed there.",
            _made(database, elsewhere),
        )
    return _not_here(head, end, restores)


def _made(database: Database, seq: int) -> Moment | None:
    """When an entry was made, in its own zone; None for the beginning, which is no entry."""
    row = database.row("SELECT at, zone FROM audit WHERE seq = ?", (seq,))
    return None if row is None else parse_moment(*row)


def _not_here(head: RecordedHead, end: int, restores: Sequence[tuple[int, Moment]]) -> HeadComparison:
    """What it means that a recorded end isn't in the history: a restore, a cut, or another history."""
    where = f"entry {head.seq}" if head.seq is not None else "its entry"
    # Only what says when it was made can be excused by a restore since; the key file is written anew after each.
    since = [one for one in restores if head.seq is None or head.seq >= one[0]]
    for restored_seq, restored in since:
        if head.made_at is not None and head.made_at <= restored.at:
            return HeadComparison(
                head,
                HeadVerdict.RESTORED_SINCE,
                f"{head.words} holds a history up to {where} that isn't here: these records were restored from an older"
                f" backup afterwards (entry {restored_seq}).",
            )
    if since and head.source is HeadSource.PAPER:
        restored_seq, restored = since[-1]
        return HeadComparison(
            head,
            HeadVerdict.DIFFERENT,
            f"{head.words} isn't in this history. These records were restored from an older backup on"
            f" {restored.local_date:%d %b %Y} (entry {restored_seq}): what was printed before that day may have gone with it. Where the"
            " sheet bears a later day, the history was rewritten.",
        )
    if head.seq is not None and head.seq > end:
        return HeadComparison(
            head,
            HeadVerdict.DIFFERENT,
            f"{head.words} knows {where}, but the history ends at entry {end}: its end was cut off, or an older copy was"
            " put in place.",
        )
    return HeadComparison(
        head,
        HeadVerdict.DIFFERENT,
        f"{head.words} doesn't agree: {where} isn't in this history. It was rewritten, or the records are others.",
    )


def _place(database: Database, head: RecordedHead) -> int | None:
    """The number of the entry that a head stands for; None when the chain has no such entry."""
    if head.seq == 0:
        return 0 if GENESIS.startswith(head.hash) else None
    if head.seq is not None:
        own = audit.hash_at(database, head.seq)
        return head.seq if own is not None and own.startswith(head.hash) else None
    found = database.value(
        "SELECT seq FROM audit WHERE substr(hash, 1, ?) = ? ORDER BY seq DESC LIMIT 1", (len(head.hash), head.hash)
    )
    return None if found is None else int(found)


def heads_check(compared: Sequence[HeadComparison]) -> Check:
    """The comparisons as one check: which heads, or that there was none."""
    different = next((one for one in compared if one.verdict is HeadVerdict.DIFFERENT), None)
    if different is not None:
        return Check("heads", ok=False, sentence=different.sentence, noun="audit", seq=different.head.seq)
    usable = [one for one in compared if one.verdict is not HeadVerdict.UNUSABLE]
    if not usable:
        return Check(
            "heads",
            ok=True,
            sentence="No earlier end of the history was at hand, so a history that was rewritten as a whole, or cut at its"
            " end, wouldn't show.",
        )
    outside = [one for one in usable if one.head.source is not HeadSource.KEY_FILE]
    gone = sum(one.verdict is HeadVerdict.RESTORED_SINCE for one in usable)
    number = len(usable) - gone
    words = f"The history agrees with {number} earlier record{'s' if number != 1 else ''} of its end."
    if gone:
        words += (
            f" {gone} more {'knows' if gone == 1 else 'know'} entries that aren't here, as the records were restored from an"
            " older backup since. If you know of no restore, somebody cut the history."
        )
    if not outside:
        words = (
            "The history agrees with the key file beside it. No backup or fingerprint from paper was compared: only these"
            " lie out of reach of somebody who has your key."
        )
    return Check("heads", ok=True, sentence=words)
