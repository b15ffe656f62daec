"""Drafts: one mechanism for every form. Autosave writes here; records change only when the therapist signs or saves."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import Enum


class DraftKind(Enum):
    """Which form a draft belongs to."""

    CLIENT = "client"
    SCREENING = "screening"
    PLAN = "plan"
    INCIDENT = "incident"
    CRISIS = "crisis"
    DRILL = "drill"
    SESSION_NOTE = "session-note"
    PRIVATE_NOTE = "private-note"
    CONSENT = "consent"
    AGREEMENT = "agreement"
    POLICY = "policy"
    CONSULTATION = "consultation"
    TRAINING = "training"
    HANDOUT = "handout"
    FEEDBACK = "feedback"
    SELF_CARE = "self-care"
    PROQOL = "proqol"
    CHECK_IN = "check-in"
    ADDENDUM = "addendum"
    PRACTICE = "practice"
    DIALOG = "dialog"  # words in a short dialog; no list shows them


@dataclass(frozen=True, slots=True)
class Draft:
    """A form as it stood at the last autosave.

    Attributes:
        record_id: The id that the record will have (or has) when it is saved.
        client_id: Whose it is; empty for incidents without a client.
        form_json: The form's canonical JSON.
        form_version: The version of that JSON's shape.
        place: Where the cursor was, in the form's own terms (such as "step:formulation").
        started_at: When the form was begun (UTC); for an incident this is the entry time.
        saved_at: When it was last saved (UTC).
    """

    kind: DraftKind
    record_id: str
    client_id: str
    form_json: str
    form_version: int
    place: str
    started_at: dt.datetime
    started_zone: str
    saved_at: dt.datetime


@dataclass(frozen=True, slots=True)
class FieldWords:
    """What stands in one field of a dialog.

    Attributes:
        field: The field's object name.
        words: Its text; of a choice the words that were chosen, of a tick whether it is set.
    """

    field: str
    words: str


@dataclass(frozen=True, slots=True)
class DialogWords:
    """What was typed into a short dialog: only the fields that don't stand as they did when it opened."""

    fields: tuple[FieldWords, ...] = ()
