"""The printed safety plan: the client's copy, the therapist's copy, and the working copy."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

from reportlab.platypus import Flowable, KeepTogether

from safeplan_desktop.documents import theme
from safeplan_desktop.documents.text import Span, tel_link
from safeplan_desktop.documents.theme import Look, Margins
from safeplan_desktop.domain.answers import Answer
from safeplan_desktop.domain.clients import ClientSnapshot
from safeplan_desktop.domain.moments import Moment
from safeplan_desktop.domain.plan_wording import PlanWording
from safeplan_desktop.domain.plans import (
    CONTACT_SECTIONS,
    CrisisNumber,
    PlanForm,
    PlanItem,
    PlanSection,
    PracticeSnapshot,
    SectionKey,
)
from safeplan_desktop.domain.practice import Paper

_SCALES = (1.0, 0.94, 0.88)
"""Tried in turn until the plan fits on one page: 11.5, 10.8 and 10.1 points. Smaller would be hard to read."""


class Audience(Enum):
    """Whose copy it is."""

    CLIENT = "client"
    THERAPIST = "therapist"


@dataclass(frozen=True, slots=True)
class PlanDocument:
    """What is printed.

    Attributes:
        number: The version's number; None for a working copy.
        replaces: The version that it replaces, if any.
    """

    form: PlanForm
    client: ClientSnapshot
    practice: PracticeSnapshot
    written: Moment
    number: int | None
    replaces: int | None
    audience: Audience


def safety_plan_pdf(document: PlanDocument, wording: PlanWording, paper: Paper) -> bytes:
    """The plan as a PDF: on one page where it fits at a readable size, else on as many as it takes."""
    pdf = b""
    for scale in _SCALES:
        look = theme.look(paper, scale=scale, language=wording.language)
        pdf, pages = _build(document, wording, paper, look)
        if pages == 1:
            return pdf
    # It takes two pages anyway, so the comfortable size is the right one.
    return _build(document, wording, paper, theme.look(paper, language=wording.language))[0]


def _build(document: PlanDocument, wording: PlanWording, paper: Paper, look: Look) -> tuple[bytes, int]:
    return theme.build(
        _story(document, wording, look),
        paper,
        title=wording.title,
        language=wording.language,
        margins=_margins(document, wording),
        look_=look,
    )


def _margins(document: PlanDocument, wording: PlanWording) -> Margins:
    written = theme.day_words(document.written.local_date, wording.language)
    foot = wording.written_on.format(date=written)
    if document.number is None:
        return Margins(head=wording.working_copy, foot=foot, page=wording.page)
    if document.audience is Audience.THERAPIST:
        parts = [document.client.code, wording.version.format(number=document.number)]
        if document.replaces is not None:
            parts.append(wording.replaces.format(number=document.replaces))
        return Margins(head=" · ".join(parts), foot=foot, page=wording.page)
    return Margins(foot=foot, page=wording.page)


def _story(document: PlanDocument, wording: PlanWording, look: Look) -> list[Flowable]:
    form = document.form
    story: list[Flowable] = []
    if document.number is None:
        story += look.text(Span(wording.working_copy, bold=True), look.heading)
    story += look.text(Span(wording.title, bold=True), look.title)
    if document.client.name:
        story += look.text(Span(f"{wording.for_client} {document.client.name}"), look.box)
    story += look.text(wording.opening, look.small)
    for section in form.sections:
        story += _section(section, document, wording, look)
    story.append(theme.gap(7 * look.scale))
    story.append(KeepTogether([_crisis_box(document, wording, look)]))
    if form.review_on is not None:
        story.append(theme.gap(5 * look.scale))
        review = wording.review_by.format(date=theme.day_words(form.review_on, wording.language))
        contact = ", ".join(
            part
            for part in (document.practice.therapist_name, document.practice.practice_name, document.practice.phone)
            if part
        )
        story += look.text(review, look.small)
        story += look.text(contact, look.small) if contact else []
    return story


def _section(section: PlanSection, document: PlanDocument, wording: PlanWording, look: Look) -> list[Flowable]:
    words = wording.section(section.key)
    if section.not_for_me:
        if document.audience is Audience.CLIENT:
            return []
        return [
            *look.text(Span(words.heading, bold=True), look.heading),
            *look.text(Span(wording.not_for_me, grey=True)),
        ]
    if not section.items:
        return []
    heading = look.text(Span(words.heading, bold=True), look.heading)
    items: list[Flowable] = []
    for item in section.items:
        items += look.text(_item(section.key, item, wording), bullet="•")
    # A heading never stands alone at the foot of a page.
    return [KeepTogether([*heading, items[0]]), *items[1:]]


def _item(key: SectionKey, item: PlanItem, wording: PlanWording) -> str | Sequence[Span]:
    if key in CONTACT_SECTIONS:
        return _contact(item, wording)
    if key is SectionKey.SURROUNDINGS and (item.who or item.when):
        more = [f"{wording.who}: {item.who}" if item.who else "", f"{wording.when}: {item.when}" if item.when else ""]
        return [Span(item.text), Span(f"   {', '.join(part for part in more if part)}", grey=True)]
    return item.text


def _contact(item: PlanItem, wording: PlanWording) -> Sequence[Span]:
    spans = [Span(item.text, bold=True)]
    if item.relation:
        spans.append(Span(f" ({item.relation})"))
    if item.phone:
        spans.append(Span("   "))
        spans.append(Span(item.phone, bold=True, link=tel_link(item.phone)))
    more = [item.when_to_call]
    if item.leave_message is Answer.YES:
        more.append(wording.may_leave_message)
    elif item.leave_message is Answer.NO:
        more.append(wording.no_message)
    said = ", ".join(part for part in more if part)
    if said:
        spans.append(Span(f"   {said}", grey=True))
    return spans


def _crisis_box(document: PlanDocument, wording: PlanWording, look: Look) -> Flowable:
    lines: list[Flowable] = [*look.text(Span(wording.crisis_heading, bold=True), look.box)]
    for number in document.form.crisis_numbers:
        if number.confirmed:
            lines += look.text(_crisis_line(number), look.box)
    emergency = document.practice.emergency_number
    if emergency:
        danger = wording.danger.format(number=emergency)
        lines += look.text([Span(danger, bold=True, link=tel_link(emergency))], look.box)
    else:
        lines += look.text(Span(wording.danger_without_number, bold=True), look.box)
    return theme.boxed(lines, look.width)


def _crisis_line(number: CrisisNumber) -> Sequence[Span]:
    spans = [Span(f"{number.label}   "), Span(number.number, bold=True, link=tel_link(number.number))]
    if number.hours:
        spans.append(Span(f"   {number.hours}", grey=True))
    return spans
