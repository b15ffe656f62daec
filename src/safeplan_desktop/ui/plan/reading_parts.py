"""A plan as it is read aloud or shown to the client: heading after heading, in the client's language; no codes, cues, flags."""

from __future__ import annotations

from dataclasses import dataclass

from safeplan_desktop.domain.answers import Answer
from safeplan_desktop.domain.plan_wording import PlanWording
from safeplan_desktop.domain.plans import CONTACT_SECTIONS, PlanForm, PlanItem, SectionKey


@dataclass(frozen=True, slots=True)
class ReadingLine:
    """One entry: its words, and the quiet line below them."""

    words: str
    more: str = ""


@dataclass(frozen=True, slots=True)
class ReadingPart:
    """A heading and its entries."""

    heading: str
    lines: tuple[ReadingLine, ...]

    @property
    def words(self) -> tuple[str, list[tuple[str, str]]]:
        """The heading, and each line with what stands below it, as large text takes them."""
        return self.heading, [(line.words, line.more) for line in self.lines]


@dataclass(frozen=True, slots=True)
class Reading:
    """A whole plan for reading.

    Attributes:
        count_words: Takes {number} and {count}.
    """

    title: str
    opening: str
    parts: tuple[ReadingPart, ...]
    count_words: str
    language: str
    right_to_left: bool


def reading_of(form: PlanForm, wording: PlanWording, emergency_number: str) -> Reading:
    """The plan for reading; sections without an entry and sections that aren't for the client are left out."""
    parts = [
        ReadingPart(wording.section(section.key).heading, tuple(_line(section.key, item, wording) for item in items))
        for section in form.sections
        if not section.not_for_me and (items := [item for item in section.items if not item.is_blank])
    ]
    numbers = [
        ReadingLine(f"{number.label}  {number.number}", number.hours)
        for number in form.crisis_numbers
        if number.confirmed and not number.emergency
    ]
    danger = wording.danger.format(number=emergency_number) if emergency_number else wording.danger_without_number
    parts.append(ReadingPart(wording.crisis_heading, (*numbers, ReadingLine(danger))))
    return Reading(
        wording.title, wording.opening, tuple(parts), wording.section_of, wording.language, wording.right_to_left
    )


def _line(key: SectionKey, item: PlanItem, wording: PlanWording) -> ReadingLine:
    if key in CONTACT_SECTIONS:
        words = "  ".join(part.strip() for part in (item.text, item.relation, item.phone) if part.strip())
        message = {Answer.YES: wording.may_leave_message, Answer.NO: wording.no_message}.get(item.leave_message, "")
        return ReadingLine(words, "; ".join(part for part in (item.when_to_call.strip(), message) if part))
    who_and_when = ((wording.who, item.who), (wording.when, item.when))
    more = [f"{label}: {words.strip()}" for label, words in who_and_when if words.strip()]
    if item.obstacle.strip():
        more.append(f"{wording.obstacle}: {item.obstacle.strip()}")
    return ReadingLine(item.text.strip(), "   ".join(more))
