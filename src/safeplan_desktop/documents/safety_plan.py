"""The printed safety plan: the client's copy, the therapist's copy, and the working copy."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

from safeplan_desktop.documents import layout, pages, theme
from safeplan_desktop.documents.layout import INK, QUIET
from safeplan_desktop.documents.pages import Margins
from safeplan_desktop.documents.text import Span, tel_link
from safeplan_desktop.documents.theme import Look
from safeplan_desktop.domain.answers import Answer
from safeplan_desktop.domain.plans import (
    CONTACT_SECTIONS,
    CrisisNumber,
    PlanForm,
    PlanItem,
    PlanSection,
    SectionKey,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reportlab.lib.styles import ParagraphStyle
    from reportlab.platypus import Flowable

    from safeplan_desktop.domain.clients import ClientSnapshot
    from safeplan_desktop.domain.moments import Moment
    from safeplan_desktop.domain.plan_wording import PlanWording
    from safeplan_desktop.domain.plans import PracticeSnapshot
    from safeplan_desktop.domain.practice import Paper

_SIZES = (13.0, 12.5, 12.0, 11.5, 11.0, 10.5, theme.SMALLEST)
"""Points, tried in turn until the plan fits on one page. Smaller would be hard to read in a crisis."""

_COMFORTABLE = 12.0
"""Points, for a plan that takes more than one page anyway."""

_HEADINGS = 0.29
"""The share of the width in which the sections' headings stand."""

_WIDEST_NUMBER = 0.48
"""A phone number that takes more of the line than this stands below the name."""


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


@pages.one_at_a_time
def safety_plan_pdf(document: PlanDocument, wording: PlanWording, paper: Paper) -> bytes:
    """The plan as a PDF: on one page where it fits at a readable size, else on as many as it takes.

    On the client's copy, sections that the client said aren't for them are left out. Crisis numbers that the
    therapist hasn't confirmed are printed nowhere.
    """
    page = _fitted(document, wording, paper)
    pdf, _ = pages.build(
        page.story,
        paper,
        title=wording.title,
        language=wording.language,
        made=document.written,
        margins=page.margins(),
        look_=page.look,
    )
    return pdf


def _fitted(document: PlanDocument, wording: PlanWording, paper: Paper) -> _Page:
    """The plan at the largest size at which it fits on one page, else at the comfortable one."""
    page = _Page(document, wording, paper, _SIZES[0])
    filled = page.filled
    if filled <= 1:
        return page
    for size in _SIZES[1:]:
        # Half the size makes a quarter of the height at best, so some sizes needn't be tried.
        if filled * (size / _SIZES[0]) ** 2 > 1:
            continue
        page = _Page(document, wording, paper, size, page.look)
        if page.filled <= 1:
            return page
    return _Page(document, wording, paper, _COMFORTABLE, page.look, box_first=True)


class _Page:
    """The plan at one size.

    Args:
        document: What is printed.
        wording: The fixed words.
        paper: Its size.
        size: Of the text, in points.
        earlier: The look of an earlier try, for its fonts.
        box_first: Whether the crisis numbers stand at the top: on several pages, the first is the one in sight.
    """

    def __init__(
        self,
        document: PlanDocument,
        wording: PlanWording,
        paper: Paper,
        size: float,
        earlier: Look | None = None,
        *,
        box_first: bool = False,
    ) -> None:
        self.document = document
        self.wording = wording
        book = earlier.book if earlier else None
        self.look = theme.look(paper, size=size, smallest=theme.SMALLEST, language=wording.language, book=book)
        self.story = self._story(box_first=box_first)

    @property
    def filled(self) -> float:
        """How much of one page it fills; 1 is all of it."""
        return layout.height_of(self.story, self.look.width) / self.look.height

    def margins(self) -> Margins:
        """The working copy's mark or the therapist's line above, the date below."""
        document, wording = self.document, self.wording
        written = wording.written_on.format(date=theme.day_words(document.written.local_date, wording.language))
        if document.number is None:
            mark = Span(wording.working_copy, bold=True, colour=INK)
            return Margins(head=mark, framed=True, foot=written, page=wording.page)
        if document.audience is Audience.CLIENT:
            return Margins(foot=written, page=wording.page, only_if_several=True)
        parts = [document.client.code, wording.version.format(number=document.number)]
        if document.replaces is not None:
            parts.append(wording.replaces.format(number=document.replaces))
        return Margins(head="  ·  ".join(parts), foot=written, page=wording.page)

    def _story(self, *, box_first: bool) -> list[Flowable]:
        document, wording, look = self.document, self.wording, self.look
        story: list[Flowable] = [layout.Gap(look.size * 0.6)] if document.number is None else []
        story += look.text(wording.title, look.title)
        if document.client.name:
            story += look.text(f"{wording.for_client} {document.client.name}")
        story += look.text(wording.opening, theme.restyled(look.body, spaceAfter=look.size * 0.7), balanced=True)
        if box_first:
            story += [self._crisis_box(), layout.Gap(look.size)]
        for section in document.form.sections:
            story += self._section(section)
        if not box_first:
            story.append(self._crisis_box())
        story += self._review()
        return story

    def _section(self, section: PlanSection) -> list[Flowable]:
        """A section's heading beside its entries; nothing for one that isn't for this copy."""
        look, wording = self.look, self.wording
        heading = wording.section(section.key).heading
        width = look.width * (1 - _HEADINGS)
        items: list[Flowable] = []
        if section.not_for_me:
            if self.document.audience is Audience.CLIENT and self.document.number is not None:
                return []
            items += look.text(wording.not_for_me, look.quiet)
        else:
            for item in section.items:
                items += self._item(section.key, item, width)
        if not items:
            return []
        title = theme.restyled(look.heading, fontSize=look.size, spaceBefore=0, spaceAfter=0)
        return [
            layout.Columns(
                [
                    (
                        look.width * _HEADINGS - look.size,
                        look.text(heading, title, outline=True, balanced=True),
                    ),
                    (width, items),
                ],
                gap=look.size,
                over=0.6,
                padding=look.size * 0.42,
                mirrored=look.mirrored,
                again=look.text(heading, title, balanced=True),
            )
        ]

    def _item(self, key: SectionKey, item: PlanItem, width: float) -> list[Flowable]:
        look, wording = self.look, self.wording
        if key in CONTACT_SECTIONS:
            return self._contact(item, width)
        story = look.text(item.text, look.item, bullet="•")
        if key is SectionKey.SURROUNDINGS:
            labels = ((wording.who, item.who), (wording.when, item.when))
            more = "     ".join(f"{label}: {words}" for label, words in labels if words.strip())
            story += look.text(more, self._below(look.item))
        return [layout.Together(story, head=1)] if len(story) > 1 else story

    def _below(self, style: ParagraphStyle) -> ParagraphStyle:
        """The quiet line under an entry."""
        return theme.restyled(
            self.look.quiet, leftIndent=style.leftIndent, spaceAfter=self.look.size * 0.45, spaceBefore=0
        )

    def _contact(self, item: PlanItem, width: float) -> list[Flowable]:
        look, wording = self.look, self.wording
        name = [Span(item.text.strip() or wording.phone, bold=True)]
        name += [Span(f"  {item.relation.strip()}", colour=QUIET)] if item.relation.strip() else []
        story = [self._with_number(name, item.phone, look.body, width)]
        message = {Answer.YES: wording.may_leave_message, Answer.NO: wording.no_message}.get(item.leave_message, "")
        more = "; ".join(part for part in (item.when_to_call.strip(), message) if part)
        story += look.text(more, self._below(look.body))
        return [layout.Together(story, head=1)]

    def _with_number(self, words: Sequence[Span], number: str, style: ParagraphStyle, width: float) -> Flowable:
        """Words, and a number to call at the end of their line, below one another on the whole page."""
        look = self.look
        called = Span(number.strip(), bold=True, link=tel_link(number))
        end = theme.restyled(style, alignment=0 if look.mirrored else 2)
        room = look.width_of(called, style) + 1 if called.text else 0.0
        if room > width * _WIDEST_NUMBER:
            return layout.Together([*look.text(words, style), *look.text(called, style)])
        gap = look.size if room else 0.0
        return layout.Columns(
            [(width - room - gap, look.text(words, style)), (room, look.text(called, end))],
            gap=gap,
            space_after=look.size * 0.12,
            mirrored=look.mirrored,
        )

    def _crisis_box(self) -> Flowable:
        document, wording, look = self.document, self.wording, self.look
        padding = look.size * 0.8
        width = look.width - 2 * padding
        large = theme.restyled(look.body, fontSize=look.size * 1.12, spaceAfter=look.size * 0.1)
        lines = look.text(
            Span(wording.crisis_heading, bold=True),
            theme.restyled(large, spaceAfter=look.size * 0.3),
            outline=True,
        )
        numbers = [number for number in document.form.crisis_numbers if number.confirmed and number.number.strip()]
        calls = [Span(number.number.strip(), bold=True, link=tel_link(number.number)) for number in numbers]
        room = min(max((look.width_of(call, large) + 1 for call in calls), default=0.0), width * _WIDEST_NUMBER)
        room = max(room, look.width * _HEADINGS - look.size - padding)
        for number, call in zip(numbers, calls, strict=True):
            columns = [
                (room, look.text(call, large)),
                (width - room - look.size, look.text(_crisis_words(number), large)),
            ]
            lines.append(layout.Columns(columns, gap=look.size, mirrored=look.mirrored))
        emergency = document.practice.emergency_number
        danger = wording.danger.format(number=emergency) if emergency else wording.danger_without_number
        lines += look.text(
            Span(danger, bold=True, link=tel_link(emergency)),
            theme.restyled(large, spaceBefore=look.size * 0.3, spaceAfter=0),
        )
        return layout.Box(lines, room=look.height, padding=padding, space_before=look.size * 0.6)

    def _review(self) -> list[Flowable]:
        document, wording, look = self.document, self.wording, self.look
        practice = document.practice
        story: list[Flowable] = []
        if document.form.review_on is not None:
            day = theme.day_words(document.form.review_on, wording.language)
            story += look.text(
                wording.review_by.format(date=day), theme.restyled(look.quiet, spaceBefore=look.size * 0.6)
            )
        names = [part for part in (practice.therapist_name, practice.practice_name) if part]
        spans = [Span(", ".join(names))] if names else []
        if practice.phone:
            spans += [Span(", ")] if spans else []
            spans.append(Span(practice.phone, link=tel_link(practice.phone)))
        story += look.text(spans, theme.restyled(look.quiet, spaceBefore=0 if story else look.size * 0.6))
        return story


def _crisis_words(number: CrisisNumber) -> list[Span]:
    words = [Span(number.label)]
    if number.hours.strip():
        words.append(Span(f"  {number.hours.strip()}", colour=QUIET))
    return words
