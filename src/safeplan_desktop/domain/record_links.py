"""What an incident goes with: a screening or a plan, named as it stands on the day of signing."""

from __future__ import annotations

from safeplan_desktop.domain.incidents import RecordLink
from safeplan_desktop.domain.plans import PlanSummary
from safeplan_desktop.domain.screenings import ScreeningSummary


def to_screening(screening: ScreeningSummary) -> RecordLink:
    """A signed screening."""
    return RecordLink(screening.id, f"Screening {screening.number}, {screening.signed.local:%d %b %Y}")


def to_plan(plan: PlanSummary) -> RecordLink:
    """A finished version of a safety plan."""
    return RecordLink(plan.id, f"Safety plan, version {plan.number}, {plan.finished.local:%d %b %Y}")
