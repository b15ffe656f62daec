"""What a check means for the therapist: in one line, and what to do next."""

from __future__ import annotations

from safeplan_desktop.domain.backups import Check, Verification

_REWRITTEN = frozenset({"audit-chain", "signed-records", "heads", "times", "numbers", "kept-records"})
_ANEW = "You can go on working. What Find looks in can be made anew from your records."
_SEARCH = {
    "search-index": f"Nothing is lost: only Find may miss something. {_ANEW}",
    "search-lists": f"Nothing is lost: only Find may miss something, or say that it can't look. {_ANEW}",
    "search-words": "Something else than this program changed what Find looks in. The record itself is looked at apart from "
    f"that. Nothing is lost: only Find may miss this record, or find it by words that aren't in it. {_ANEW}",
}
_KEPT_OTHERWISE = frozenset({"guards", "schema"})


def verdict_words(verification: Verification) -> str:
    """The whole in one line."""
    problems = sum(not check.ok for check in verification.checks)
    if not problems:
        return "all good"
    return "one thing to look at" if problems == 1 else f"{problems} things to look at"


def next_steps(check: Check) -> str:
    """What a failed check means, and what to do next."""
    if check.id in _SEARCH:
        return _SEARCH[check.id]
    if check.id == "zones":
        return (
            "The times themselves are stored apart from their zone and are right; they are shown in UTC until this "
            "computer knows the zone. You can go on working."
        )
    if check.id in _REWRITTEN:
        return (
            "Something else than this program changed these records, or an old copy was put in place. You can go on "
            "working. Keep all backups; restore the newest one from before the change into an empty folder, and compare "
            "the record that is named here."
        )
    if check.id in _KEPT_OTHERWISE:
        return (
            "Something else than this program changed how the records are kept. Whether a record itself was changed is "
            "looked at apart from that and stands in the other lines. You can go on working. Keep all backups, and restore "
            "the newest one from before the change into an empty folder to compare."
        )
    if check.id == "columns":
        return (
            "What was signed is whole; what lists show of it isn't. Open the record itself: its own words count. You can "
            "go on working; the newest whole backup shows what the list said before."
        )
    return (
        "The file is damaged. Please make no more entries, keep the folder as it is, and restore the newest whole backup; "
        "your present records are kept beside it."
    )
