"""What stands on a printed version that was entered in error, in every format: the mark on each page, the reason once.

The mark is in the plan's language, as the client may hold the sheet. The reason is for the therapist, so it is in the
window's language, whatever the plan's is.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from safeplan_desktop.documents import layout, record_parts, theme
from safeplan_desktop.documents.layout import INK
from safeplan_desktop.documents.pages import Margins
from safeplan_desktop.documents.plan_parts import Audience, PlanDocument
from safeplan_desktop.documents.text import Span

if TYPE_CHECKING:
    from reportlab.platypus import Flowable

    from safeplan_desktop.documents.theme import Look
    from safeplan_desktop.domain.plan_wording import PlanWording

_LANGUAGE = "en"


def margins(document: PlanDocument, wording: PlanWording, *head: str) -> Margins:
    """What stands on top of every page, the mark before everything else; without it for a plan that counts."""
    if document.voided is None:
        return Margins(head="  ·  ".join(head))
    return Margins(head=Span("  ·  ".join((wording.in_error, *head)), bold=True, colour=INK), framed=True)


def room(document: PlanDocument, look: Look) -> list[Flowable]:
    """What keeps the text away from the mark above it; nothing for a plan that counts."""
    return [layout.Gap(look.size * 0.6)] if document.voided is not None else []


def mark(document: PlanDocument, wording: PlanWording, look: Look) -> list[Flowable]:
    """The mark among the text, for what is cut out of its page; nothing for a plan that counts."""
    return look.text(Span(wording.in_error, bold=True)) if document.voided is not None else []


def reason(document: PlanDocument, look: Look) -> list[Flowable]:
    """Why it was entered in error, by whom and when: on the therapist's copy alone, as it may tell of somebody else."""
    if document.voided is None or document.audience is not Audience.THERAPIST:
        return []
    own = look if look.book.language == _LANGUAGE else theme.look(look.sheet, size=look.size, language=_LANGUAGE)
    return record_parts.voided_story(own, (document.voided,))
