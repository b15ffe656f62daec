"""Invented records for documents: nobody real."""

import datetime as dt
from dataclasses import replace

from safeplan_desktop.documents.plan_parts import Audience, PlanDocument
from safeplan_desktop.domain.answers import Answer
from safeplan_desktop.domain.clients import ClientSnapshot
from safeplan_desktop.domain.incidents import (
    Action,
    Addendum,
    AddendumKind,
    FollowUp,
    IncidentCategory,
    IncidentForm,
    Notification,
    Party,
    Person,
    PhysicalHarm,
    Place,
    PsychologicalHarm,
    SignedIncident,
)
from safeplan_desktop.domain.moments import Moment
from safeplan_desktop.domain.plans import (
    CrisisNumber,
    PlanForm,
    PlanItem,
    PlanSection,
    PracticeSnapshot,
    SectionKey,
)
from safeplan_desktop.domain.practice import PracticeProfile
from safeplan_desktop.domain.screenings import (
    AnswerFact,
    Care,
    Factor,
    FactorKind,
    Formulation,
    InstrumentFact,
    Judgement,
    LevelOfCare,
    MeansAccess,
    ScreeningForm,
    ScreeningReason,
    Setting,
    SignedScreening,
)
from safeplan_desktop.services import reference

ZONE = "America/Denver"
WRITTEN = Moment(dt.datetime(2026, 3, 2, 23, 40, tzinfo=dt.UTC), ZONE)
CLIENT = ClientSnapshot("c", "M-07", "Maren Holt", "she/her", dt.date(1990, 5, 4))
PRACTICE = PracticeSnapshot("Juniper Street Psychotherapy", "Dr. Alma Reyes", "+1 303 555 0142", "911")
PROFILE = PracticeProfile(
    practice_name="Juniper Street Psychotherapy",
    therapist_name="Dr. Alma Reyes",
    credentials="PhD, Licensed Psychologist",
    phone="+1 303 555 0142",
    address="214 Juniper Street, Suite 3, Denver",
)
CHAIN_HEAD = "3fa94c0b77d1e2" + "0" * 50

WORDING = replace(
    reference.plan_wording("en"),
    opening="I start at the top and go on until it gets easier. If I am in danger, I go straight to the box.",
)

RIGHT_TO_LEFT_WORDING = replace(
    WORDING,
    language="ar",
    title="خطة السلامة الخاصة بي",
    opening="أبدأ من الأعلى وأستمر حتى يصبح الأمر أسهل.",
    sections=tuple(replace(section, heading="علاماتي التحذيرية") for section in WORDING.sections),
    danger="في حالة الخطر المباشر أتصل بالرقم {number}.",
    written_on="كُتبت في {date}؛ يرجى التخلص من النسخ القديمة.",
    page="صفحة {page} من {pages}",
)


def item(text: str, **more: object) -> PlanItem:
    return PlanItem(id="x", text=text, **more)


def plan_form() -> PlanForm:
    """A usual plan: every section, seventeen entries."""
    key = SectionKey
    return PlanForm(
        client_id="c",
        sections=(
            PlanSection(
                key.WARNING_SIGNS,
                (
                    item("I stop answering messages"),
                    item("I lie awake after 3 and go through old arguments"),
                    item("“They would be better off without me”"),
                ),
            ),
            PlanSection(
                key.COPING,
                (
                    item("Walk the long way round the reservoir with the dog"),
                    item("Cold water on my wrists, count the tiles"),
                ),
            ),
            PlanSection(
                key.DISTRACTION,
                (item("Café on Juniper Street, the window table"), item("Chess evening at the library")),
            ),
            PlanSection(
                key.HELPERS,
                (
                    item(
                        "Ana Holt",
                        relation="sister",
                        phone="+1 303 555 0117",
                        when_to_call="any time",
                        leave_message=Answer.YES,
                    ),
                    item(
                        "Jo Brandt",
                        relation="friend",
                        phone="303-555-0162",
                        when_to_call="after 6 pm",
                        leave_message=Answer.NO,
                    ),
                ),
            ),
            PlanSection(
                key.PROFESSIONALS,
                (
                    item(
                        "Dr. Alma Reyes",
                        relation="my therapist",
                        phone="+1 303 555 0142",
                        when_to_call="weekdays 9 to 5",
                    ),
                    item("Denver Health emergency department", phone="303-436-6000", when_to_call="24 hours"),
                ),
            ),
            PlanSection(
                key.SURROUNDINGS,
                (
                    item(
                        "Ana keeps the medicines and gives me a week at a time",
                        who="Ana",
                        when="from tonight",
                    ),
                ),
            ),
            PlanSection(key.REASONS, (item("Pablo, who waits at the door"), item("Seeing my nephew start school"))),
        ),
        crisis_numbers=(
            CrisisNumber(
                "988 Suicide & Crisis Lifeline", "988", "24 hours", confirmed=True, checked_on=dt.date(2026, 2, 2)
            ),
            CrisisNumber("A line that nobody checked", "555-0100", confirmed=False),
        ),
        review_on=dt.date(2026, 4, 1),
    )


def plan_document(**changes: object) -> PlanDocument:
    document = PlanDocument(
        form=plan_form(),
        client=CLIENT,
        practice=PRACTICE,
        written=WRITTEN,
        number=3,
        replaces=2,
        audience=Audience.CLIENT,
    )
    return replace(document, **changes)


def with_items(form: PlanForm, key: SectionKey, *items: PlanItem) -> PlanForm:
    return form.with_section(PlanSection(key, items))


def _at(hour: int, minute: int = 0, day: int = 2) -> dt.datetime:
    return dt.datetime(2026, 3, day, hour, minute, tzinfo=dt.UTC)


def signed_incident() -> SignedIncident:
    form = IncidentForm(
        client_id="c",
        category=IncidentCategory.CLIENT_CRISIS,
        happened_at=_at(23, 40),
        ended_at=_at(1, 5, 3),
        zone=ZONE,
        place=Place.TELEHEALTH,
        place_note="client at her flat",
        people=(Person("Maren Holt", "client"), Person("Ana Holt", "sister, by phone")),
        antecedent="Argument with her landlord on Sunday.",
        account="M. said “I don't see the point of tomorrow” and turned the camera away.\n\nNobody else was in the flat.",
        de_escalation="Stayed on the line, short sentences, offered two choices.",
        actions=(
            Action(None, "Wrote the plan for the night together"),
            Action(_at(0, 31, 3), "Ana arrived"),
            Action(_at(23, 44), "Asked directly about plan, intent and means"),
            Action(_at(15, 0, 3), "Called in the morning"),
        ),
        notifications=(
            Notification(
                Party.CRISIS_TEAM,
                _at(0, 50, 3),
                "Kerry, intake",
                "Phone",
                "CT-88213",
                "Consent",
                "Visit at 9 am",
            ),
        ),
        physical_harm=PhysicalHarm.NONE,
        psychological_harm=PsychologicalHarm.MODERATE,
        outcome="Stayed at her sister's for the night.",
        follow_ups=(FollowUp("Review the safety plan", dt.date(2026, 3, 9)),),
        debrief="Consultation with Dr. Okafor on 3 March.",
    )
    return SignedIncident(
        "i",
        "2026-003",
        CLIENT,
        form,
        Moment(_at(2, 15, 3), ZONE),
        "Dr. Alma Reyes",
        Moment(_at(2, 40, 3), ZONE),
    )


def incident_addenda() -> tuple[Addendum, ...]:
    late = Moment(_at(16, 0, 4), ZONE)
    return (
        Addendum(
            "a",
            "i",
            1,
            AddendumKind.LATE_ENTRY,
            "I forgot the second call.",
            "Called Ana at 5:20 pm.",
            "Dr. Alma Reyes",
            late,
        ),
        Addendum(
            "b",
            "i",
            2,
            AddendumKind.CORRECTION,
            "Wrong number.",
            "The reference is CT-88231.",
            "Dr. Alma Reyes",
            late,
        ),
    )


def signed_screening() -> SignedScreening:
    form = ScreeningForm(
        client_id="c",
        reason=ScreeningReason.CONCERN,
        reason_note="sister called on Friday",
        setting=Setting.TELEHEALTH,
        client_location="1180 Pearl Street, Denver",
        callback="+1 303 555 0177",
        factors=(
            Factor(FactorKind.RISK, "Sleeping badly", "since late January"),
            Factor(FactorKind.PROTECTIVE, "Responsible for an animal"),
        ),
        means=(
            MeansAccess(
                "Medicines",
                "given to somebody for safe keeping",
                "Ana",
                dt.date(2026, 4, 1),
                dt.date(2026, 3, 3),
            ),
        ),
        warning_signs="Stops answering messages.",
        formulation=Formulation(
            status="Higher than among outpatients of her age",
            state="Higher than her own usual",
            resources="Sister close by",
            foreseeable="If the landlord gives notice",
            judgement=Judgement.LOW,
            reasons="No plan today, means put away.",
            difference="Item 9 was “several days”; she explains it as wishing to rest.",
        ),
        care=Care(
            LevelOfCare.OUTPATIENT_MORE_OFTEN,
            "Two sessions a week.",
            "Plan written.",
            "Sister",
            dt.date(2026, 3, 9),
        ),
    )
    full = InstrumentFact(
        instrument="phq-9",
        title="PHQ-9",
        window="the past 2 weeks",
        complete=True,
        total=14,
        highest_total=27,
        band="moderate",
        band_source="published bands",
        flags=("Item 9 is above zero.",),
        findings=(),
        missing=0,
        answers=(
            AnswerFact("1", "Loss of interest", 2, "More than half the days", ""),
            AnswerFact("9", "Thoughts of death or self-harm", 1, "Several days", ""),
        ),
        credit="PHQ-9: Spitzer, Williams, Kroenke and colleagues.",
    )
    short = replace(
        full,
        title="GAD-7",
        complete=False,
        total=None,
        band="",
        band_source="",
        flags=(),
        missing=1,
        answers=(AnswerFact("1", "Can't relax", None, "", ""),),
    )
    return SignedScreening(
        "s",
        4,
        CLIENT,
        form,
        (full, short),
        Moment(_at(16, 2), ZONE),
        "Dr. Alma Reyes",
        Moment(_at(17, 10), ZONE),
    )


RECOVERY_WORDS = (
    *("abandon", "ability", "able", "about", "above", "absent", "absorb", "abstract"),
    *("absurd", "abuse", "access", "accident", "account", "accuse", "achieve", "acid"),
    *("acoustic", "acquire", "across", "act", "action", "actor", "actress", "zebra"),
)
