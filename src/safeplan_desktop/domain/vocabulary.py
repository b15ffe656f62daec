"""The field's standard terms for every enum, in the window's language: one place for screens, documents, command line."""

from __future__ import annotations

from enum import Enum

from safeplan_desktop.domain.answers import Answer
from safeplan_desktop.domain.audit import AuditAction, AuditGroup
from safeplan_desktop.domain.chain_heads import HeadSource, HeadVerdict
from safeplan_desktop.domain.changes import Noun
from safeplan_desktop.domain.checklists import StepKind
from safeplan_desktop.domain.crisis import Variant
from safeplan_desktop.domain.de_identification import Doubt
from safeplan_desktop.domain.history import EventKind
from safeplan_desktop.domain.incident_log import HarmLevel, LogState
from safeplan_desktop.domain.incidents import (
    AddendumKind,
    IncidentCategory,
    Party,
    PhysicalHarm,
    Place,
    PsychologicalHarm,
)
from safeplan_desktop.domain.instruments import LicenceClass, Region, Sex
from safeplan_desktop.domain.plan_comparison import Difference
from safeplan_desktop.domain.plan_copies import CopyEnd
from safeplan_desktop.domain.plans import HolderKind, PlanFormat, SectionKey
from safeplan_desktop.domain.practice import ContactType, Paper, RiskStyle
from safeplan_desktop.domain.questionnaires import Code, Operator, Question, Questionnaire, QuestionType, RuleKind
from safeplan_desktop.domain.reference_lists import LineKind
from safeplan_desktop.domain.screenings import (
    FactorKind,
    Judgement,
    LevelOfCare,
    ScreeningReason,
    Setting,
    Step,
)
from safeplan_desktop.domain.typed_answers import Entry

_LABELS: dict[Enum, str] = {
    EventKind.PLAN: "Safety plan finished",
    EventKind.INCIDENT: "Incident",
    EventKind.CARE: "Level of care changed",
    Variant.OFFICE: "In the office",
    Variant.TELEHEALTH: "Telehealth or phone",
    LineKind.CRISIS: "Crisis line",
    LineKind.TEXT: "By text message",
    LineKind.CHAT: "By chat",
    LineKind.YOUTH: "For young people",
    LineKind.VETERANS: "For veterans",
    LineKind.HEALTH: "Health advice",
    RiskStyle.TIERS: "Screen results and a level of risk, beside my formulation",
    RiskStyle.FORMULATION: "My formulation only, without levels or screen results",
    Operator.EXISTS: "is answered",
    Operator.EQUAL: "is",
    Operator.NOT_EQUAL: "is not",
    Operator.GREATER: "is more than",
    Operator.LESS: "is less than",
    Operator.AT_LEAST: "is at least",
    Operator.AT_MOST: "is at most",
    QuestionType.GROUP: "Group",
    QuestionType.DISPLAY: "Text to read",
    QuestionType.BOOLEAN: "Yes or no",
    QuestionType.DECIMAL: "Number",
    QuestionType.INTEGER: "Whole number",
    QuestionType.DATE: "Day",
    QuestionType.DATE_TIME: "Day and time",
    QuestionType.TIME: "Time",
    QuestionType.STRING: "A few words",
    QuestionType.TEXT: "Words",
    QuestionType.URL: "Address",
    QuestionType.CHOICE: "Choice",
    QuestionType.OPEN_CHOICE: "Choice or own words",
    QuestionType.ATTACHMENT: "File",
    QuestionType.REFERENCE: "Other record",
    QuestionType.QUANTITY: "Number with a unit",
    RuleKind.OWN_RULE: "By the published rule",
    RuleKind.FILE_SUM: "By the sum that the file names",
    RuleKind.UNCONFIRMED: "A sum that you have yet to confirm",
    RuleKind.NONE: "No result",
    Answer.NOT_ASKED: "Not asked",
    Answer.YES: "Yes",
    Answer.NO: "No",
    ScreeningReason.INTAKE: "Intake",
    ScreeningReason.ROUTINE: "Routine",
    ScreeningReason.CONCERN: "A concern",
    ScreeningReason.AFTER_INCIDENT: "After an incident",
    ScreeningReason.FOLLOW_UP: "Quick check",
    Setting.OFFICE: "In the office",
    Setting.TELEHEALTH: "Telehealth",
    Setting.HOME_VISIT: "Home visit",
    Setting.PHONE: "By phone",
    Step.BEGIN: "Begin",
    Step.INSTRUMENTS: "Questions",
    Step.FACTORS: "Factors",
    Step.FORMULATION: "Formulation",
    Step.CARE: "Level of care",
    Step.SIGN: "Read and sign",
    Judgement.LOW: "Low",
    Judgement.MODERATE: "Moderate",
    Judgement.HIGH: "High",
    Judgement.NO_LEVEL: "In words only, no level",
    LevelOfCare.OUTPATIENT: "Outpatient",
    LevelOfCare.OUTPATIENT_MORE_OFTEN: "Outpatient, more frequent sessions",
    LevelOfCare.INTENSIVE_OUTPATIENT: "Intensive outpatient",
    LevelOfCare.PARTIAL_HOSPITALISATION: "Partial hospitalisation",
    LevelOfCare.CRISIS_TEAM: "Crisis team or home treatment",
    LevelOfCare.RESPITE: "Respite",
    LevelOfCare.CRISIS_STABILISATION: "Crisis stabilisation unit",
    LevelOfCare.RESIDENTIAL: "Residential",
    LevelOfCare.INPATIENT: "Inpatient",
    LevelOfCare.EMERGENCY: "Emergency evaluation",
    FactorKind.RISK: "Risk factors",
    FactorKind.PROTECTIVE: "Protective factors",
    FactorKind.WARNING_SIGN: "Warning signs",
    SectionKey.WARNING_SIGNS: "Triggers and warning signs",
    SectionKey.COPING: "What I can do by myself",
    SectionKey.DISTRACTION: "People and places that take my mind off it",
    SectionKey.HELPERS: "People I can ask for help",
    SectionKey.PROFESSIONALS: "Professionals and services",
    SectionKey.SURROUNDINGS: "Making my surroundings safer",
    SectionKey.REASONS: "Reasons for living",
    LicenceClass.OWN: "Own text",
    LicenceClass.FREE: "Free to use",
    LicenceClass.CONDITIONS: "Free with conditions",
    LicenceClass.RESTRICTED: "Only with permission",
    Sex.FEMALE: "Female",
    Sex.MALE: "Male",
    Region.US: "United States",
    Region.UK: "United Kingdom",
    PlanFormat.FULL: "Full sheet",
    PlanFormat.LARGE_PRINT: "Large print",
    PlanFormat.POCKET_CARD: "Pocket card, both sides",
    PlanFormat.POCKET_CARD_ONE_SIDED: "Pocket card, one side",
    PlanFormat.PHONE: "Pages for a phone",
    PlanFormat.PHOTO: "One screen to photograph",
    PlanFormat.SUPPORT_PERSON: "Support person's copy",
    PlanFormat.THERAPIST: "Therapist's copy",
    PlanFormat.BLANK: "Blank form for handwriting",
    HolderKind.CLIENT: "Client",
    HolderKind.SUPPORT_PERSON: "Support person",
    HolderKind.PROFESSIONAL: "Professional or service",
    HolderKind.THERAPIST: "Therapist's file",
    CopyEnd.REPLACED: "Swapped for a newer one",
    CopyEnd.RETURNED: "Returned",
    CopyEnd.DESTROYED: "Destroyed",
    CopyEnd.LOST: "Can't be found",
    Difference.ADDED: "Added",
    Difference.REMOVED: "Removed",
    Difference.CHANGED: "Changed",
    Difference.MOVED: "Moved",
    Difference.SET_ASIDE: "Now not for me",
    Difference.TAKEN_UP: "No longer set aside",
    IncidentCategory.CLIENT_CRISIS: "Client crisis",
    IncidentCategory.SUICIDAL_INTENT: "Suicidal thoughts with intent",
    IncidentCategory.SELF_HARM: "Self-harm without suicidal intent",
    IncidentCategory.SUICIDE_ATTEMPT: "Suicide attempt",
    IncidentCategory.DEATH: "Death of a client",
    IncidentCategory.THREAT_TO_OTHERS: "Threat to others",
    IncidentCategory.VIOLENCE: "Violence or assault",
    IncidentCategory.WEAPON: "Weapon",
    IncidentCategory.STALKING: "Stalking or harassment",
    IncidentCategory.PARTNER_VIOLENCE: "Partner violence disclosed, with danger",
    IncidentCategory.ABUSE_REPORT: "Abuse report (child, elder, dependent adult)",
    IncidentCategory.MEDICAL_EMERGENCY: "Medical emergency",
    IncidentCategory.INTOXICATION: "Intoxication or overdose",
    IncidentCategory.MISSING_CLIENT: "Client missing or out of contact",
    IncidentCategory.BOUNDARY: "Boundary violation",
    IncidentCategory.PRIVACY_BREACH: "Privacy breach",
    IncidentCategory.TELEHEALTH_FAILURE: "Telehealth failure during a crisis",
    IncidentCategory.PREMISES: "Hazard on the premises",
    IncidentCategory.COMPLAINT: "Complaint",
    IncidentCategory.EMERGENCY_RESPONSE: "Emergency services came",
    IncidentCategory.NEAR_MISS: "Near miss",
    IncidentCategory.OTHER: "Something else",
    PhysicalHarm.NONE: "None",
    PhysicalHarm.LOW: "Low",
    PhysicalHarm.MODERATE: "Moderate",
    PhysicalHarm.SEVERE: "Severe",
    PhysicalHarm.FATAL: "Fatal",
    PsychologicalHarm.NONE: "None",
    PsychologicalHarm.LOW: "Low",
    PsychologicalHarm.MODERATE: "Moderate",
    PsychologicalHarm.SEVERE: "Severe",
    Place.OFFICE: "Office",
    Place.TELEHEALTH: "Telehealth session",
    Place.PHONE: "On the phone",
    Place.HOME_VISIT: "Home visit",
    Place.PUBLIC: "Public place",
    Place.ELSEWHERE: "Elsewhere",
    Party.EMERGENCY_SERVICES: "Emergency services",
    Party.CRISIS_TEAM: "Crisis team",
    Party.EMERGENCY_CONTACT: "Emergency contact or family",
    Party.POLICE: "Police",
    Party.INTENDED_VICTIM: "Person who was threatened",
    Party.CONSULTANT: "Consultant or supervisor",
    Party.CHILD_OR_ADULT_PROTECTION: "Child or adult protection",
    Party.PHYSICIAN: "Physician",
    Party.INSURER: "Insurer",
    Party.LICENSING_BOARD: "Licensing board",
    Party.OTHER: "Somebody else",
    AddendumKind.LATE_ENTRY: "Late entry: something I forgot",
    AddendumKind.ADDENDUM: "Addendum: something new since",
    AddendumKind.CORRECTION: "Correction: something that was wrong",
    AddendumKind.ENTERED_IN_ERROR: "Entered in error",
    HarmLevel.NONE: "None",
    HarmLevel.LOW: "Low",
    HarmLevel.MODERATE: "Moderate",
    HarmLevel.SEVERE: "Severe",
    HarmLevel.FATAL: "Fatal",
    LogState.KEPT: "Drafts and signed",
    LogState.DRAFTS: "Drafts",
    LogState.SIGNED: "Signed",
    LogState.IN_ERROR: "Entered in error",
    LogState.EVERYTHING: "All, also those in error",
    Doubt.NAME: "May be a name",
    Doubt.NUMBER: "May be a number of somebody or something",
    StepKind.YES_NO: "Yes or no",
    StepKind.WORDS: "Words",
    StepKind.MOMENT: "Day and time",
    ContactType.EMERGENCY_NUMBER: "Emergency number",
    ContactType.CRISIS_LINE: "Crisis line",
    ContactType.CRISIS_TEAM: "Local crisis team",
    ContactType.EMERGENCY_DEPARTMENT: "Emergency department",
    ContactType.POLICE: "Police, non-emergency",
    ContactType.POISON_CENTRE: "Poison centre",
    ContactType.CONSULTANT: "Consultant or supervisor",
    ContactType.COVERING_THERAPIST: "Covering therapist",
    ContactType.BUILDING: "Building or security",
    ContactType.OTHER: "Other",
    Paper.A4: "A4",
    Paper.LETTER: "Letter (8.5 x 11 in)",
    AuditAction.CREATED: "Created",
    AuditAction.CHANGED: "Changed",
    AuditAction.ARCHIVED: "Archived",
    AuditAction.UNARCHIVED: "Taken back from the archive",
    AuditAction.VIEWED: "Viewed",
    AuditAction.SIGNED: "Signed",
    AuditAction.ADDENDUM: "Added to",
    AuditAction.DISCARDED: "Draft discarded",
    AuditAction.REMOVED: "Taken out",
    AuditAction.PURGED: "Removed for good",
    AuditAction.REVIEWED: "Reviewed together",
    AuditAction.GIVEN: "Copy given",
    AuditAction.PRINTED: "Printed",
    AuditAction.EXPORTED: "Saved as a file",
    AuditAction.UNLOCKED: "Unlocked",
    AuditAction.UNLOCK_FAILED: "Unlock failed",
    AuditAction.LOCKED: "Locked",
    AuditAction.PASSPHRASE_CHANGED: "Passphrase changed",
    AuditAction.RECOVERED: "Opened with the recovery words",
    AuditAction.BACKED_UP: "Backed up",
    AuditAction.RESTORED: "Restored",
    AuditAction.VERIFIED: "Verified",
    AuditAction.MIGRATED: "Updated to a newer form",
    AuditAction.CLOCK_WENT_BACK: "The computer's clock went back",
    AuditGroup.DISCLOSED: "Printed, saved or given",
    AuditGroup.SIGNED: "Signed or added to",
    AuditGroup.CHANGED: "Created, changed, archived",
    AuditGroup.VIEWED: "Viewed",
    AuditGroup.OPENED: "Unlocked, locked",
    AuditGroup.SAFETY: "Backups and checks",
    HeadSource.KEY_FILE: "The key file",
    HeadSource.BACKUP: "A backup",
    HeadSource.PAPER: "A fingerprint from paper",
    HeadVerdict.SAME: "Agrees",
    HeadVerdict.RESTORED_SINCE: "Replaced by a restore since",
    HeadVerdict.DIFFERENT: "Doesn't agree",
    HeadVerdict.UNUSABLE: "Can't be compared",
    Noun.CLIENT: "Client",
    Noun.DRILL: "Exercise of the crisis protocol",
    Noun.SESSION_NOTE: "Session note",
    Noun.PRIVATE_NOTE: "Psychotherapy note",
    Noun.CONSENT: "Consent",
    Noun.AGREEMENT: "Working agreement",
    Noun.POLICY: "Safety policy",
    Noun.POLICY_READING: "Reading of the safety policy",
    Noun.PRACTICE_CHECK: "Check of the practice",
    Noun.CONSULTATION: "Consultation",
    Noun.STATUS: "Status of a client",
    Noun.LINK: "Link between clients",
    Noun.TRAINING: "Training",
    Noun.HANDOUT: "Handout",
    Noun.HANDOUT_GIVEN: "Handout given",
    Noun.FEEDBACK: "Feedback",
    Noun.REVIEW: "Review",
    Noun.SELF_CARE: "Self-care plan",
    Noun.PROQOL: "ProQOL",
    Noun.CHECK_IN: "Check-in after an incident",
    Noun.SNOOZE: "Row of Today put off",
    Noun.ATTACHMENT: "Attachment",
    Noun.PURGE: "Purge of a record",
    Noun.QUESTIONNAIRE: "Questionnaire",
    Entry.ONE: "One answer",
    Entry.SEVERAL: "Several answers",
    Entry.NUMBER: "A number",
    Entry.DAY: "YYYY-MM-DD",
    Entry.MOMENT: "YYYY-MM-DD HH:MM",
    Entry.TIME: "HH:MM",
    Entry.WORDS: "Answer",
    Noun.SCREENING: "Screening",
    Noun.PLAN: "Safety plan",
    Noun.PLAN_COPY: "Copy of a safety plan",
    Noun.INCIDENT: "Incident",
    Noun.ADDENDUM: "Addendum",
    Noun.PRACTICE: "Practice profile",
    Noun.CONTACT: "Emergency contact",
    Noun.SETTINGS: "Settings",
    Noun.DRAFT: "Draft",
    Noun.VAULT: "Records",
    Noun.BACKUP: "Backup",
}


def label_of(term: Enum) -> str:
    """The words for a term.

    Raises:
        KeyError: when the vocabulary lacks it, which is a bug (a test holds every enum against this table).
    """
    return _LABELS[term]


def conditions_in_words(question: Question, found: Questionnaire, *, by_text: bool = False) -> str:
    """When a question is asked; empty for always. Questions are named by their link ids, or by their texts."""

    def named(link_id: str) -> str:
        asked = found.question(link_id)
        return f"“{shortened(asked.text)}”" if by_text and asked is not None else link_id

    words = []
    for condition in question.show_when:
        asked = found.question(condition.question)
        listed = asked.option_for(condition.value) if asked is not None else None
        value = condition.value.code if isinstance(condition.value, Code) else condition.value
        summed = (
            f"the sum of {len(condition.sum_of)} questions" if by_text else f"the sum of {', '.join(condition.sum_of)}"
        )
        what = named(condition.question) if condition.question else summed
        said = "" if condition.operator is Operator.EXISTS else f" {listed.label if listed else _plain(value)}"
        unanswered = condition.operator is Operator.EXISTS and condition.value is False
        words.append(f"{what} {'is not answered' if unanswered else label_of(condition.operator)}{said}")
    return (" or " if question.show_any else " and ").join(words)


def shortened(text: str) -> str:
    """A text that names something in a sentence."""
    return text if len(text) <= _SHORT else f"{text[:_SHORT].rstrip()}..."


_SHORT = 60


def _plain(value: bool | float | str) -> str:  # noqa: FBT001 - an answer of any kind
    if isinstance(value, bool):
        return "yes" if value else "no"
    return f"{value:g}" if isinstance(value, int | float) else value
