"""The practice's safety policy: eight parts of sections, each with a text and clauses that are decided one by one."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from enum import Enum

from safeplan_desktop.domain.policy_facts import Fact

FORM_VERSION = 1
REVIEW_MONTHS = 12


class PolicyPart(Enum):
    """The eight parts, in their order."""

    PURPOSE = "purpose"
    MEASURES = "safety-measures"
    CONTACTS = "emergency-contacts"
    PLAN = "client-safety-plan"
    DOCUMENTATION = "documentation"
    TRAINING = "training"
    REVIEW = "review"
    SUPPORT = "support"


ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII")


class Practised(Enum):
    """Whether the practice does what a clause says."""

    WE_DO = "we-do"
    NOT_HERE = "not-here"


@dataclass(frozen=True, slots=True)
class PolicyClause:
    """One promise.

    Attributes:
        id: Known again from version to version.
        text: Plain words; those in brackets are filled in from the practice.
        practised: None while it isn't decided.
        own: Whether the practice added it.
    """

    id: str
    text: str
    practised: Practised | None = None
    own: bool = False


@dataclass(frozen=True, slots=True)
class PolicySection:
    """A section of a part.

    Attributes:
        text: Markdown of the small subset of `rich_text`; may be empty.
        own: Whether the practice added it.
    """

    id: str
    part: PolicyPart
    title: str
    text: str = ""
    clauses: tuple[PolicyClause, ...] = ()
    own: bool = False


@dataclass(frozen=True, slots=True)
class PolicyForm:
    """The policy as it is being written.

    Attributes:
        list_not_here: Whether the clauses that aren't practised are listed as such.
        review_on: The day of the next review; None for a year after the adoption.
        change: What changed and why, for the change log; empty until the therapist wrote it.
    """

    sections: tuple[PolicySection, ...] = ()
    list_not_here: bool = False
    review_on: dt.date | None = None
    change: str = ""

    def section(self, section_id: str) -> PolicySection:
        """One section."""
        return next(section for section in self.sections if section.id == section_id)

    def of_part(self, part: PolicyPart) -> tuple[PolicySection, ...]:
        """The sections of a part, in their order."""
        return tuple(section for section in self.sections if section.part is part)

    @property
    def undecided(self) -> tuple[tuple[PolicySection, PolicyClause], ...]:
        """The clauses that aren't decided yet, with their sections, in order."""
        return tuple(
            (section, clause)
            for section in self.in_order()
            for clause in section.clauses
            if clause.practised is None and clause.text.strip()
        )

    def in_order(self) -> Iterator[PolicySection]:
        """All sections, part by part."""
        for part in PolicyPart:
            yield from self.of_part(part)

    def with_section(self, section: PolicySection) -> PolicyForm:
        """The form with a section changed, or added at its part's end."""
        if all(one.id != section.id for one in self.sections):
            return replace(self, sections=(*self.sections, section))
        return replace(self, sections=tuple(section if one.id == section.id else one for one in self.sections))

    def without_section(self, section_id: str) -> PolicyForm:
        """The form without a section of the practice's own."""
        return replace(self, sections=tuple(one for one in self.sections if one.id != section_id))

    def with_clause(
        self, section_id: str, clause_id: str, change: Callable[[PolicyClause], PolicyClause]
    ) -> PolicyForm:
        """The form with one clause changed."""
        section = self.section(section_id)
        clauses = tuple(change(one) if one.id == clause_id else one for one in section.clauses)
        return self.with_section(replace(section, clauses=clauses))


@dataclass(frozen=True, slots=True)
class Reading:
    """That somebody read and signed a version."""

    version: int
    on: dt.date


@dataclass(frozen=True, slots=True)
class CoveredPerson:
    """Somebody whom the policy covers; no log-in comes with it.

    Attributes:
        readings: What was read and signed: the number of the version, and the day.
    """

    name: str
    role: str = ""
    readings: tuple[Reading, ...] = ()

    def read_on(self, version: int) -> dt.date | None:
        """The day on which this version was read and signed."""
        return next((reading.on for reading in self.readings if reading.version == version), None)

    def with_reading(self, version: int, on: dt.date | None) -> CoveredPerson:
        """The person with a reading noted, or taken back with None."""
        others = tuple(reading for reading in self.readings if reading.version != version)
        return replace(self, readings=others if on is None else (*others, Reading(version, on)))


@dataclass(frozen=True, slots=True)
class AdoptedPolicy:
    """All that was signed: it never changes.

    Attributes:
        sections: With what was decided; also the clauses that weren't printed.
        facts: The filled-in words and tables, as the practice stood on that day.
        people: Whom it covered, with their roles.
        change: The line of the change log.
        undecided: How many clauses were left undecided, and so not printed.
    """

    sections: tuple[PolicySection, ...]
    facts: tuple[Fact, ...]
    review_on: dt.date
    change: str = ""
    list_not_here: bool = False
    people: tuple[CoveredPerson, ...] = ()
    undecided: int = 0

    @property
    def form(self) -> PolicyForm:
        """What the next version begins with."""
        return PolicyForm(self.sections, self.list_not_here)


@dataclass(frozen=True, slots=True)
class LogLine:
    """One line of the change log."""

    number: int
    adopted: dt.date
    change: str
    signer: str


def merged_with_ours(form: PolicyForm, ours: PolicyForm) -> PolicyForm:
    """The form with the sections and clauses that came with a newer program; they are still to be decided."""
    for section in ours.sections:
        present = next((one for one in form.sections if one.id == section.id), None)
        if present is None:
            form = form.with_section(section)
            continue
        known = {clause.id for clause in present.clauses}
        new = tuple(clause for clause in section.clauses if clause.id not in known)
        form = form.with_section(replace(present, clauses=(*present.clauses, *new)))
    return form


def undecided_words(count: int) -> str:
    """How many clauses aren't decided yet; empty for none."""
    if not count:
        return ""
    return "One clause isn't decided yet" if count == 1 else f"{count} clauses aren't decided yet"
