"""Handouts of the invented practice: what its clients were given, and one that the therapist wrote."""

from __future__ import annotations

from dataclasses import replace

from safeplan_desktop.domain.handouts import Giving, HandoutSection
from safeplan_desktop.services.session import Session

_TITLE = "Finding our door"
_GIVEN = (("safety-plan", Giving.PRINTED), ("grounding", Giving.HANDED_OVER), ("safer-home", Giving.PRINTED))


def give_sample_handouts(session: Session, client_id: str, number: int) -> None:
    """Gives a client their first handouts.

    Args:
        session: The sample's own.
        client_id: Whose they become.
        number: The client's place in the sample, which decides how many.
    """
    language = session.handouts.language_of(client_id)
    for handout_id, how in _GIVEN[: 1 + number % len(_GIVEN)]:
        session.handouts.give(client_id, session.handouts.get(handout_id, language), how, note="Read together.")


def write_sample_handout(session: Session) -> None:
    """Writes the practice's own handout, unless it has one."""
    if session.handouts.own():
        return
    draft, form = session.own_handouts.begin()
    sections = (
        HandoutSection(
            "How to get in",
            "",
            ("Use the side door on 2nd Avenue.", "Ring bell 3. We are on the first floor, on the left."),
        ),
        HandoutSection("If you are early", "Take a seat. There is water, and nobody will ask your name."),
    )
    lead = "You have never been here. This page tells you what the first ten minutes are like."
    session.own_handouts.save(draft, replace(form, title=_TITLE, lead=lead, sections=sections, notes="My questions"))
