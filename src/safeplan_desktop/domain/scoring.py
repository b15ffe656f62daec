"""Scoring: pure and total. Any answers give a result, or the reason why there is none.

A missing needed item gives "incomplete" and never a band or a tier; so does an answer under a question that a later change
hides, until it is resolved. A critical answer is flagged all the same.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from safeplan_desktop.domain.instruments import (
    Band,
    Condition,
    Cutoff,
    FindingRule,
    FlagRule,
    Instrument,
    Item,
    Region,
    Remark,
    Sex,
    Subscale,
    Tier,
)

Values = Mapping[str, int | None]
"""Answers by item id; None and a missing key both mean "not answered"."""


@dataclass(frozen=True, slots=True)
class Person:
    """What published cut-offs ask about somebody; None where it isn't known.

    Attributes:
        age: In completed years.
    """

    age: int | None = None
    sex: Sex | None = None
    region: Region | None = None


NOBODY_KNOWN = Person()


@dataclass(frozen=True, slots=True)
class CutoffFact:
    """Whether a published cut-off is reached.

    Attributes:
        assumed: Whether it was taken because the sex isn't known: the lower cut-off then applies.
    """

    cutoff: Cutoff
    positive: bool
    assumed: bool = False

    @property
    def sentence(self) -> str:
        """The fact in words."""
        where = "at or above" if self.positive else "below"
        known = "; sex isn't known, so the lower cut-off is taken" if self.assumed else ""
        return f"{where.capitalize()} the cut-off {self.cutoff.at_least} ({self.cutoff.label}){known}."


@dataclass(frozen=True, slots=True)
class Subtotal:
    """The total of a part."""

    subscale: Subscale
    total: int


@dataclass(frozen=True, slots=True)
class Score:
    """What the published rules say of a set of answers: facts, never a verdict.

    Attributes:
        total: The sum of the scored items; None while one is missing or where the instrument has no total.
        band: The published band of that total.
        tier: A published screen result, for instruments that have tiers; None for all others.
        flags: Critical answers, also of incomplete sets.
        findings: Published rules and remarks that are met; only for complete sets.
        complete: Whether every needed question that is asked has an answer, and no other has one.
        missing: The ids of the unanswered ones.
        error: Why there is no result, as a sentence; empty otherwise.
        hidden: The ids of questions that have an answer although they are no longer asked.
        cutoffs: Published cut-offs that apply; only for complete sets.
        subtotals: The totals of parts; only for complete sets.
        scaled: The total on the published scale, where that is another one.
        tier_source: Where the tier's rule stands.
        unknown: The ids of questions whose answer should count, but isn't one that the question takes.
    """

    total: int | None = None
    band: Band | None = None
    tier: str | None = None
    flags: tuple[FlagRule, ...] = ()
    findings: tuple[FindingRule | Remark, ...] = ()
    complete: bool = False
    missing: tuple[str, ...] = ()
    error: str = ""
    hidden: tuple[str, ...] = ()
    cutoffs: tuple[CutoffFact, ...] = ()
    subtotals: tuple[Subtotal, ...] = ()
    scaled: int | None = None
    tier_source: str = ""
    unknown: tuple[str, ...] = ()


def is_asked(item: Item, values: Values) -> bool:
    """Whether an item's conditions hold."""
    return all(_holds(condition, values) for condition in item.ask_when) and (
        not item.ask_when_any or any(_holds(condition, values) for condition in item.ask_when_any)
    )


def _holds(condition: Condition, values: Values, person: Person = NOBODY_KNOWN) -> bool:
    value = values.get(condition.item)
    if value is None or value < condition.at_least:
        return False
    if condition.at_most is not None and value > condition.at_most:
        return False
    return condition.age_below is None or (person.age is not None and person.age < condition.age_below)


def _refusal(instrument: Instrument, values: Values) -> str:
    known = {item.id: item for item in instrument.items}
    for item_id, value in values.items():
        if item_id not in known:
            return f"{instrument.title} has no item {item_id}."
        if value is None:
            continue
        allowed = sorted(option.value for option in instrument.options_of(known[item_id]))
        if not allowed:
            return f"Item {item_id} is answered in words."
        if value not in allowed:
            return f"Item {item_id} takes {allowed[0]} to {allowed[-1]}, not {value}."
    return ""


def score(instrument: Instrument, values: Values, person: Person = NOBODY_KNOWN) -> Score:
    """What the instrument's published rules say of these answers."""
    refusal = _refusal(instrument, values)
    if refusal:
        return Score(error=refusal)
    flags = tuple(rule for rule in instrument.flags if _holds(Condition(rule.item, rule.at_least), values))
    hidden = tuple(
        item.id for item in instrument.items if values.get(item.id) is not None and not is_asked(item, values)
    )
    missing = tuple(item.id for item in instrument.needed if is_asked(item, values) and values.get(item.id) is None)
    if missing or hidden:
        return Score(flags=flags, missing=missing, hidden=hidden)
    findings: tuple[FindingRule | Remark, ...] = tuple(
        rule for rule in instrument.remarks if _applies(rule, values, person)
    )
    tier = next((tier for tier in instrument.tiers if _applies(tier, values, person)), None)
    if not instrument.has_total:
        return Score(
            tier=tier.label if tier else None,
            tier_source=tier.source if tier else "",
            flags=flags,
            findings=findings,
            complete=True,
        )
    total = _sum(instrument, instrument.scored_items, values)
    subtotals = tuple(
        Subtotal(part, _sum(instrument, [instrument.item(name) for name in part.items], values))
        for part in instrument.subscales
    )
    met = tuple(rule for rule in instrument.findings if _is_met(rule, instrument, values))
    return Score(
        total=total,
        band=_band(instrument, total, person),
        tier=tier.label if tier else None,
        tier_source=tier.source if tier else "",
        flags=flags,
        findings=(*met, *findings),
        complete=True,
        cutoffs=_cutoffs(instrument, total, subtotals, person),
        subtotals=subtotals,
        scaled=total * instrument.scaled_by if instrument.scaled_by != 1 else None,
    )


def _sum(instrument: Instrument, items: tuple[Item, ...] | list[Item], values: Values) -> int:
    """Questions that aren't asked count nothing."""
    answered = ((item, values.get(item.id)) for item in items)
    return sum(instrument.points(item, value) for item, value in answered if value is not None)


def _band(instrument: Instrument, total: int, person: Person) -> Band | None:
    fitting = [band for band in instrument.bands if band.lowest <= total <= band.highest]
    return next((band for band in fitting if band.region is None or band.region is person.region), None)


def _applies(rule: Tier | Remark, values: Values, person: Person) -> bool:
    return all(_holds(condition, values, person) for condition in rule.all) and (
        not rule.any or any(_holds(condition, values, person) for condition in rule.any)
    )


def _cutoffs(
    instrument: Instrument, total: int, subtotals: tuple[Subtotal, ...], person: Person
) -> tuple[CutoffFact, ...]:
    totals = {"": total} | {part.subscale.id: part.total for part in subtotals}
    fitting = [cutoff for cutoff in instrument.cutoffs if _fits(cutoff, person)]
    found = []
    for cutoff in fitting:
        assumed = cutoff.sex is not None and person.sex is None
        if assumed and cutoff.at_least > min(other.at_least for other in fitting if other.sex is not None):
            continue
        found.append(CutoffFact(cutoff, totals[cutoff.of] >= cutoff.at_least, assumed))
    return tuple(found)


def _fits(cutoff: Cutoff, person: Person) -> bool:
    """Whether a cut-off is for this person; without a known region the American one is taken."""
    if cutoff.region is not None and cutoff.region is not (person.region or Region.US):
        return False
    if cutoff.sex is not None and person.sex is not None and cutoff.sex is not person.sex:
        return False
    if cutoff.age_from is None and cutoff.age_to is None:
        return True
    if person.age is None:
        return False
    youngest, oldest = cutoff.age_from or 0, cutoff.age_to if cutoff.age_to is not None else person.age
    return youngest <= person.age <= oldest


def _is_met(rule: FindingRule, instrument: Instrument, values: Values) -> bool:
    special = {condition.item: condition.at_least for condition in rule.exceptions}
    present = {
        item.id
        for item in instrument.scored_items
        if _holds(Condition(item.id, special.get(item.id, rule.at_least)), values)
    }
    besides = all(_holds(condition, values) for condition in rule.with_all)
    return besides and rule.fewest <= len(present) <= rule.most and any(item in present for item in rule.core)
