"""Every format of a plan by its name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from safeplan_desktop.documents.blank_plan import blank_plan_pdf
from safeplan_desktop.documents.plan_photo import photo_pdf
from safeplan_desktop.documents.pocket_card import pocket_card_pdf
from safeplan_desktop.documents.safety_plan import large_print_pdf, phone_pdf, safety_plan_pdf
from safeplan_desktop.domain.plans import PlanFormat

if TYPE_CHECKING:
    from safeplan_desktop.documents.plan_parts import PlanDocument
    from safeplan_desktop.domain.plan_wording import PlanWording
    from safeplan_desktop.domain.practice import Paper


def plan_pdf(document: PlanDocument, wording: PlanWording, paper: Paper, plan_format: PlanFormat) -> bytes:
    """A plan as a PDF in one of its formats; the document's audience has to be the one of the format."""
    match plan_format:
        case PlanFormat.LARGE_PRINT:
            return large_print_pdf(document, wording, paper)
        case PlanFormat.POCKET_CARD | PlanFormat.POCKET_CARD_ONE_SIDED:
            both_sides = plan_format is PlanFormat.POCKET_CARD
            return pocket_card_pdf(document, wording, paper, both_sides=both_sides)
        case PlanFormat.PHONE:
            return phone_pdf(document, wording)
        case PlanFormat.PHOTO:
            return photo_pdf(document, wording)
        case PlanFormat.BLANK:
            return blank_plan_pdf(document, wording, paper)
        case PlanFormat.FULL | PlanFormat.SUPPORT_PERSON | PlanFormat.THERAPIST:
            return safety_plan_pdf(document, wording, paper)
