"""Ends of the audit's chain that were recorded earlier and elsewhere: what a recomputed or cut chain is found by."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from enum import Enum

from safeplan_desktop.domain.moments import Moment
from safeplan_desktop.errors import InvalidInputError

FINGERPRINT = 12
"""Characters of a link's hash that are printed."""

_WHOLE_HASH = 64
_HASH = re.compile(rf"(?<![0-9a-z])[0-9a-f]{{{FINGERPRINT},{_WHOLE_HASH}}}(?![0-9a-z])")
_IN_GROUPS = re.compile(r"(?<![0-9a-z])(?:[0-9a-f]{4}[ -]){2,15}[0-9a-f]{4}(?![0-9a-z])")
_NUMBER = re.compile(r"(?:entry|,)\s*(\d{1,18})\s*$|\s(\d{1,18})\s*$")


class HeadSource(Enum):
    """Where an earlier head was recorded."""

    KEY_FILE = "key-file"
    BACKUP = "backup"
    PAPER = "paper"


class HeadVerdict(Enum):
    """What a comparison found."""

    SAME = "same"
    RESTORED_SINCE = "restored-since"  # the head belongs to records that a restore replaced
    DIFFERENT = "different"
    UNUSABLE = "unusable"


@dataclass(frozen=True, slots=True)
class RecordedHead:
    """The end of the chain at some earlier moment.

    Attributes:
        name: A backup's file name; empty otherwise.
        seq: The entry's number; None where it isn't known.
        hash: Its hash in hex, or the first characters of it.
        made_at: When it was recorded; None where that isn't known.
        problem: Why it can't be compared, as a sentence; empty when it can.
    """

    source: HeadSource
    seq: int | None
    hash: str
    name: str = ""
    made_at: dt.datetime | None = None
    problem: str = ""

    @property
    def words(self) -> str:
        """What it is called in a sentence."""
        if self.source is HeadSource.BACKUP:
            return f"The backup {self.name}"
        if self.source is HeadSource.PAPER:
            return f"The fingerprint {self.hash[:FINGERPRINT]}"
        return "The key file"


@dataclass(frozen=True, slots=True)
class HeadComparison:
    """An earlier head, and whether the chain still runs through it.

    Attributes:
        at: When the entry was made that it stands for, where the chain has it.
    """

    head: RecordedHead
    verdict: HeadVerdict
    sentence: str
    at: Moment | None = None

    def day(self, zone: str) -> dt.date | None:
        """The day on which it was recorded, as a calendar there said; None where that isn't known.

        Args:
            zone: The practice's; an entry has a zone of its own, a backup has none.
        """
        if self.head.made_at is not None:
            return Moment(self.head.made_at, zone).local_date
        return None if self.at is None else self.at.local_date


def parse_fingerprint(text: str) -> RecordedHead:
    """The head that somebody typed from paper, such as "3fa94c0b77d1, entry 1234"; the number may be left out.

    Raises:
        InvalidInputError: when there aren't 12 characters of a fingerprint in it.
    """
    typed = text.strip().lower()
    found = _HASH.search(typed) or _IN_GROUPS.search(typed)
    if found is None:
        raise InvalidInputError(
            "fingerprint",
            "A fingerprint has 12 characters, each of them 0 to 9 or a to f.",
            next_step="It stands at the foot of the page, such as: Fingerprint 3fa94c0b77d1, entry 1234.",
        )
    number = _NUMBER.search(typed[found.end() :])
    seq = int(number[1] or number[2]) if number else None
    return RecordedHead(HeadSource.PAPER, seq, re.sub("[ -]", "", found[0]))
