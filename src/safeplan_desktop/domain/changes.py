"""What a use case changed, so that the screens that show it reload."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum


class Noun(Enum):
    """The kinds of records."""

    CLIENT = "client"
    SCREENING = "screening"
    PLAN = "plan"
    PLAN_COPY = "plan-copy"
    INCIDENT = "incident"
    ADDENDUM = "addendum"
    PRACTICE = "practice"
    CONTACT = "contact"
    SETTINGS = "settings"
    DRAFT = "draft"
    VAULT = "vault"
    BACKUP = "backup"
    QUESTIONNAIRE = "questionnaire"
    DRILL = "drill"
    SESSION_NOTE = "session-note"
    PRIVATE_NOTE = "private-note"  # psychotherapy notes, which are kept apart
    CONSENT = "consent"
    AGREEMENT = "agreement"
    POLICY = "policy"
    POLICY_READING = "policy-reading"
    PRACTICE_CHECK = "practice-check"
    CONSULTATION = "consultation"
    STATUS = "status"
    LINK = "link"
    TRAINING = "training"
    HANDOUT = "handout"
    HANDOUT_GIVEN = "handout-given"
    FEEDBACK = "feedback"
    REVIEW = "review"
    SELF_CARE = "self-care"
    PROQOL = "proqol"
    CHECK_IN = "check-in"
    SNOOZE = "snooze"
    ATTACHMENT = "attachment"
    PURGE = "purge"
    DISCLOSURE = "disclosure"


@dataclass(frozen=True, slots=True)
class Change:
    """Something about one record changed.

    Attributes:
        record_id: Which one; empty when several did.
        client_id: Whose record it is; empty where it isn't a client's.
    """

    noun: Noun
    record_id: str = ""
    client_id: str = ""
