"""How a plan is printed, and its PDF made: gathering is the exports' part, making it a job's."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass

from safeplan_desktop.domain.incidents import Addendum
from safeplan_desktop.domain.moments import Moment
from safeplan_desktop.domain.plans import PlanFormat, PlanVersion, SectionKey
from safeplan_desktop.domain.practice import Paper
from safeplan_desktop.services import reference


@dataclass(frozen=True, slots=True)
class PlanPrint:
    """How a plan is printed.

    Attributes:
        language: BCP 47 code of the fixed words; empty = the plan's own.
        sections: What the copy shows; empty = all of it.
        recipient, shared_on: Whose copy it is and since when it is released, on a support person's copy.
        qr: Whether a square code dials the first crisis number.
        practice_on_card: Whether the pocket card names the practice.
    """

    format: PlanFormat = PlanFormat.FULL
    paper: Paper = Paper.A4
    language: str = ""
    sections: tuple[SectionKey, ...] = ()
    recipient: str = ""
    shared_on: dt.date | None = None
    qr: bool = False
    practice_on_card: bool = False


_AUDIENCES = {PlanFormat.THERAPIST: "THERAPIST", PlanFormat.SUPPORT_PERSON: "SUPPORT_PERSON"}
CARDS = frozenset({PlanFormat.POCKET_CARD, PlanFormat.POCKET_CARD_ONE_SIDED})
"""Formats that are cut out and carried."""


def make_plan(
    version: PlanVersion,
    print_: PlanPrint,
    *,
    working_copy: bool,
    reviewed_on: dt.date | None,
    voided: Addendum | None,
) -> bytes:
    """The PDF of a plan; touches no database.

    Args:
        version: What is printed.
        print_: How.
        working_copy: Whether it is a draft.
        reviewed_on: When it was last looked at together without a change.
        voided: What says that it was entered in error, if it was.
    """
    from safeplan_desktop.documents.plan_formats import plan_pdf  # noqa: PLC0415 - ReportLab loads in the job
    from safeplan_desktop.documents.plan_parts import Audience, PlanDocument  # noqa: PLC0415 - ReportLab loads in the job

    document = PlanDocument(
        form=version.form,
        client=version.client,
        practice=version.practice,
        written=version.finished,
        number=None if working_copy else version.number,
        replaces=version.replaces,
        audience=Audience[_AUDIENCES.get(print_.format, "CLIENT")],
        sections=print_.sections,
        recipient=print_.recipient,
        shared_on=print_.shared_on,
        reviewed_on=reviewed_on,
        qr=print_.qr,
        with_practice=print_.format not in CARDS or print_.practice_on_card,
        voided=voided,
    )
    wording = reference.plan_wording(print_.language or version.form.language)
    return plan_pdf(document, wording, print_.paper, print_.format)


def make_comparison(
    older: PlanVersion, newer: PlanVersion, paper: Paper, made: Moment, in_error: Collection[str]
) -> bytes:
    """The PDF of two versions compared; see `documents.plan_comparison`."""
    from safeplan_desktop.documents.plan_comparison import plan_comparison_pdf  # noqa: PLC0415 - ReportLab loads in the job

    return plan_comparison_pdf(older, newer, paper, made, dict(reference.plan_languages()), in_error)
