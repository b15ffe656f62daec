"""Scoring: pure and total. Any answers give a result, or the reason why there is none.

A missing scored item gives "incomplete" and never a band; a critical answer is flagged all the same.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from safeplan_desktop.domain.instruments import Band, Condition, FindingRule, FlagRule, Instrument, Item

Values = Mapping[str, int | None]
"""Answers by item id; None and a missing key both mean "not answered"."""


@dataclass(frozen=True, slots=True)
class Score:
    """What the published rules say of a set of answers: facts, never a verdict.

    Attributes:
        total: The sum of the scored items; None while one is missing or where the instrument has no total.
        band: The published band of that total.
        tier: A published screen result, for instruments that have tiers; None for all others.
        flags: Critical answers, also of incomplete sets.
        findings: Published symptom-count rules that are met; only for complete sets.
        complete: Whether every scored question that is asked has an answer.
        missing: The ids of the unanswered ones.
        error: Why there is no result, as a sentence; empty otherwise.
    """

    total: int | None
    band: Band | None
    tier: str | None
    flags: tuple[FlagRule, ...]
    findings: tuple[FindingRule, ...]
    complete: bool
    missing: tuple[str, ...]
    error: str


def is_asked(item: Item, values: Values) -> bool:
    """Whether an item's conditions hold."""
    return all(_holds(condition, values) for condition in item.ask_when)


def _holds(condition: Condition, values: Values) -> bool:
    value = values.get(condition.item)
    return value is not None and value >= condition.at_least


def _refusal(instrument: Instrument, values: Values) -> str:
    known = {item.id: item for item in instrument.items}
    for item_id, value in values.items():
        if item_id not in known:
            return f"{instrument.title} has no item {item_id}."
        if value is None:
            continue
        allowed = sorted(option.value for option in instrument.options_of(known[item_id]))
        if value not in allowed:
            return f"Item {item_id} takes {allowed[0]} to {allowed[-1]}, not {value}."
    return ""


def score(instrument: Instrument, values: Values) -> Score:
    """What the instrument's published rules say of these answers."""
    refusal = _refusal(instrument, values)
    if refusal:
        return Score(None, None, None, (), (), complete=False, missing=(), error=refusal)
    flags = tuple(rule for rule in instrument.flags if _holds(Condition(rule.item, rule.at_least), values))
    counted = [item for item in instrument.items if item.scored or not instrument.has_total]
    missing = tuple(item.id for item in counted if is_asked(item, values) and values.get(item.id) is None)
    if missing or not instrument.has_total:
        return Score(None, None, None, flags, (), complete=not missing, missing=missing, error="")
    total = sum(values.get(item.id) or 0 for item in instrument.scored_items)
    band = next(band for band in instrument.bands if band.lowest <= total <= band.highest)
    findings = tuple(rule for rule in instrument.findings if _is_met(rule, instrument, values))
    return Score(total, band, None, flags, findings, complete=True, missing=(), error="")


def _is_met(rule: FindingRule, instrument: Instrument, values: Values) -> bool:
    special = {condition.item: condition.at_least for condition in rule.exceptions}
    present = {
        item.id
        for item in instrument.scored_items
        if _holds(Condition(item.id, special.get(item.id, rule.at_least)), values)
    }
    return rule.fewest <= len(present) <= rule.most and any(item in present for item in rule.core)
