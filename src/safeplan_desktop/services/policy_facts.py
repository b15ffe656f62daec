"""What the safety policy takes from the practice: one small function a source. Another source is another function here."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from safeplan_desktop.domain.crisis import Variant
from safeplan_desktop.domain.policy_facts import Fact
from safeplan_desktop.domain.practice import ContactType
from safeplan_desktop.domain.screenings import LevelOfCare
from safeplan_desktop.domain.vocabulary import label_of
from safeplan_desktop.services.practice import Practice

RULES = "policy rules"
_MONTHS_A_YEAR = 12


@dataclass(frozen=True, slots=True)
class PolicyRules:
    """Rules that other parts of the practice keep for the policy; an empty one leaves the clause's own words.

    Attributes:
        training_topics: In which subjects the therapist trains.
        training_cycle: How often, such as "every two years, at least six hours".
        review_months: Months between two reviews of the policy; 0 where no rule is kept.
    """

    training_topics: str = ""
    training_cycle: str = ""
    review_months: int = 0


def rules_of(practice: Practice) -> PolicyRules:
    """The rules as they are kept; none where nobody set any."""
    return practice.kept(RULES, PolicyRules) or PolicyRules()


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
        Fact("number check", "Check of the numbers"),
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
    return (Fact("rehearsal cycle", "Rehearsals of the protocol", every_words(practice.settings().drill_months)),)


def _rules(practice: Practice) -> tuple[Fact, ...]:
    rules = rules_of(practice)
    return (
        Fact("training topics", "Topics of training", rules.training_topics),
        Fact("training cycle", "Training", rules.training_cycle),
        Fact("review cycle", "Review of this policy", every_words(rules.review_months)),
    )


def every_words(months: int) -> str:
    """How often, in a sentence; empty for never."""
    if months == _MONTHS_A_YEAR:
        return "once a year"
    return {0: "", 1: "every month"}.get(months, f"every {months} months")


SOURCES: tuple[Callable[[Practice], tuple[Fact, ...]], ...] = (
    _profile,
    _contacts,
    _protocol,
    _levels_of_care,
    _rehearsals,
    _rules,
)
"""Each gives the facts of one source as they stand now; the names are those of `domain.policy_facts.PLACEHOLDERS`."""


def facts_now(practice: Practice) -> tuple[Fact, ...]:
    """All facts as the practice stands now."""
    return tuple(fact for source in SOURCES for fact in source(practice))
