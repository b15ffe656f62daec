"""Signing: a record becomes canonical JSON, its hash, and a row that never changes."""

from __future__ import annotations

from dataclasses import replace
from typing import TypeVar

from safeplan_desktop.domain.canonical import content_hash, to_json
from safeplan_desktop.domain.incidents import Addendum, SignedIncident
from safeplan_desktop.domain.plans import PlanVersion
from safeplan_desktop.domain.screenings import SignedScreening
from safeplan_desktop.domain.signed_records import SignedRecord

Signed = TypeVar("Signed", SignedScreening, PlanVersion, SignedIncident, Addendum, SignedRecord)


def seal(record: Signed) -> Signed:
    """The record with its canonical JSON and the hash of that; both fields are empty inside the JSON itself."""
    content = to_json(replace(record, content="", content_hash=""))
    return replace(record, content=content, content_hash=content_hash(content))
