"""What the safety policy takes from the practice: one small function a source. Another source is another function here."""

from __future__ import annotations

from collections.abc import Callable

from safeplan_desktop.domain.crisis import Variant
from safeplan_desktop.domain.policy_facts import Fact
from safeplan_desktop.domain.practice import ContactType
from safeplan_desktop.domain.reviews import ReviewSchedule, ReviewSubject, interval_words
from safeplan_desktop.domain.screenings import LevelOfCare
from safeplan_desktop.domain.training_rules import topics_of
from safeplan_desktop.domain.vocabulary import label_of
from safeplan_desktop.services import review_schedule
from safeplan_desktop.services.practice import Practice
from safeplan_desktop.services.training_rules import rules_of


def _profile(practice: Practice) -> tuple[Fact, ...]:
    profile = practice.profile()
    therapist = ", ".join(part for part in (profile.therapist_name, profile.credentials) if part)
    return (
        Fact("practice name", "Name of the practice", profile.practice_name or profile.therapist_name),
        Fact("therapist", "Therapist", therapist),
        Fact("address", "Address", ", ".join(line.strip() for line in profile.address.splitlines() if line.strip())),
        Fact("phone", "Phone", profile.phone),
        Fact("entrance", "Entrance", profile.entrance),
        Fact("call-back number", "Call-back number", profile.callback or profile.phone),
    )


def _chosen(practice: Practice, subject: ReviewSubject) -> str:
    """How often the therapist wants it, where they chose that; the usual interval is what the clauses say anyway."""
    chosen = (practice.kept(review_schedule.NAME, ReviewSchedule) or ReviewSchedule()).intervals
    return next((one.words for one in chosen if one.subject is subject and one.on), "")


def _contacts(practice: Practice) -> tuple[Fact, ...]:
    contacts = practice.contacts()
    rows = tuple(
        (
            label_of(contact.type),
            contact.name,
            contact.number,
            contact.hours,
            f"{contact.checked_on:%d %b %Y}" if contact.checked_on else "never",
        )
        for contact in contacts
    )
    number = next((one.number for one in contacts if one.type is ContactType.EMERGENCY_NUMBER), "")
    head = ("Type", "Contact", "Number", "Hours", "Checked on")
    return (
        Fact("emergency number", "Emergency number", number),
        Fact("emergency contacts", "Emergency contacts", head=head, rows=rows, key=(0, 1), noted=(4,)),
        Fact("number check", "Check of the numbers", _chosen(practice, ReviewSubject.NUMBERS)),
    )


def _protocol(practice: Practice) -> tuple[Fact, ...]:
    protocol = practice.protocol()
    names = {Variant.OFFICE: "protocol in the office", Variant.TELEHEALTH: "protocol in telehealth"}
    titles = {Variant.OFFICE: "Protocol in the office", Variant.TELEHEALTH: "Protocol in telehealth"}
    return tuple(
        Fact(
            names[variant],
            titles[variant],
            rows=tuple((step.text,) for step in protocol.steps(variant)),
            numbered=True,
        )
        for variant in Variant
    )


def _levels_of_care(_practice: Practice) -> tuple[Fact, ...]:
    return (Fact("levels of care", "Levels of care", rows=tuple((label_of(level),) for level in LevelOfCare)),)


def _rehearsals(practice: Practice) -> tuple[Fact, ...]:
    months = practice.settings().drill_months
    words = interval_words(ReviewSubject.DRILL, months)
    return (Fact("rehearsal cycle", "Rehearsals of the protocol", words),)


def _trainings(practice: Practice) -> tuple[Fact, ...]:
    """From the rules for renewals; where there is none, a clause keeps its own words."""
    rules = rules_of(practice)
    topics = topics_of(rules)
    listed = ", ".join(topics[:-1]) + " and " + topics[-1] if len(topics) > 1 else "".join(topics)
    cycles = [f"{rule.sentence} ({rule.name})" for rule in rules]
    said = f"by the rules that apply here: {'; '.join(cycles)}" if cycles else ""
    return (Fact("training topics", "Topics of training", listed), Fact("training cycle", "Training", said))


def _reviews(practice: Practice) -> tuple[Fact, ...]:
    return (Fact("review cycle", "Review of this policy", _chosen(practice, ReviewSubject.POLICY)),)


SOURCES: tuple[Callable[[Practice], tuple[Fact, ...]], ...] = (
    _profile,
    _contacts,
    _protocol,
    _levels_of_care,
    _rehearsals,
    _trainings,
    _reviews,
)
"""Each gives the facts of one source as they stand now; the names are those of `domain.policy_facts.PLACEHOLDERS`."""


def facts_now(practice: Practice) -> tuple[Fact, ...]:
    """All facts as the practice stands now."""
    return tuple(fact for source in SOURCES for fact in source(practice))
