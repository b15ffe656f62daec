"""What a printed plan is made of: title, sections, crisis box, review; every format puts the same parts on its own sheet."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

from reportlab.graphics.barcode.qr import QrCode
from reportlab.platypus import Flowable

from safeplan_desktop.documents import layout, theme
from safeplan_desktop.documents.layout import QUIET
from safeplan_desktop.documents.text import Span, tel_link
from safeplan_desktop.domain.answers import Answer
from safeplan_desktop.domain.plans import (
    CONTACT_SECTIONS,
    CrisisNumber,
    PlanForm,
    PlanItem,
    PlanSection,
    SectionKey,
)
from safeplan_desktop.domain.practice import DAYS_A_CHECK_HOLDS

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence

    from reportlab.lib.styles import ParagraphStyle

    from safeplan_desktop.documents.theme import Look
    from safeplan_desktop.domain.clients import ClientSnapshot
    from safeplan_desktop.domain.incidents import Addendum
    from safeplan_desktop.domain.moments import Moment
    from safeplan_desktop.domain.plan_wording import PlanWording
    from safeplan_desktop.domain.plans import PracticeSnapshot

HEADINGS = 0.29
"""The share of the width in which the sections' headings stand, where they stand beside the entries."""

_WIDEST_NUMBER = 0.48
"""A phone number that takes more of the line than this stands below the name."""

_BY_HAND = "_" * 24
"""Where a name or a day is missing, a line to write it on."""

_QR = 62.0
"""Points; a telephone's camera reads it from an arm's length."""


class Audience(Enum):
    """Whose copy it is."""

    CLIENT = "client"
    THERAPIST = "therapist"
    SUPPORT_PERSON = "support-person"


@dataclass(frozen=True, slots=True)
class PlanDocument:
    """What is printed.

    Attributes:
        number: The version's number; None for a working copy.
        replaces: The version that it replaces, if any.
        sections: Which sections this copy shows; empty = all of them.
        recipient: Whose copy it is, on a support person's.
        shared_on: The day on which the client agreed to share it.
        reviewed_on: When client and therapist last looked at it together without changing it.
        qr: Whether a square code beside the crisis numbers dials the first of them.
        with_practice: Whether the therapist and the practice are named.
        voided: What says that this version was entered in error; None for one that counts.
    """

    form: PlanForm
    client: ClientSnapshot
    practice: PracticeSnapshot
    written: Moment
    number: int | None
    replaces: int | None
    audience: Audience
    sections: tuple[SectionKey, ...] = ()
    recipient: str = ""
    shared_on: dt.date | None = None
    reviewed_on: dt.date | None = None
    qr: bool = False
    with_practice: bool = True
    voided: Addendum | None = None

    @property
    def shown(self) -> tuple[PlanSection, ...]:
        """The sections of this copy, in their order."""
        return tuple(section for section in self.form.sections if not self.sections or section.key in self.sections)

    @property
    def numbers(self) -> tuple[CrisisNumber, ...]:
        """The crisis numbers that may be printed: those that the therapist confirmed."""
        return tuple(
            number
            for number in self.form.crisis_numbers
            if number.confirmed and number.number.strip() and not number.emergency
        )


class Parts:
    """A plan's parts in one look.

    Args:
        document: What is printed.
        wording: The fixed words.
        look: Sizes and fonts.
        stacked: Whether headings stand above their entries, as on narrow and on large pages; else beside them.
    """

    def __init__(self, document: PlanDocument, wording: PlanWording, look: Look, *, stacked: bool = False) -> None:
        self.document = document
        self.wording = wording
        self.look = look
        self.stacked = stacked

    @property
    def written(self) -> str:
        """When it was written, and that older copies are to be thrown away."""
        day = theme.day_words(self.document.written.local_date, self.wording.language)
        return self.wording.written_on.format(date=day)

    def working_mark(self) -> list[Flowable]:
        """What says that this isn't finished, on pages without margins; nothing for a finished plan."""
        if self.document.number is not None:
            return []
        return self.look.text(Span(self.wording.working_copy, bold=True))

    def head(self) -> list[Flowable]:
        """Title, whose plan it is, and how to go about it."""
        document, wording, look = self.document, self.wording, self.look
        opening = theme.restyled(look.body, spaceAfter=look.size * 0.7)
        if document.audience is Audience.SUPPORT_PERSON:
            story = look.text(wording.support_title, look.title)
            if document.client.name:
                story += look.text(wording.support_from.format(name=document.client.name))
            story += look.text(wording.support_for.format(name=document.recipient or _BY_HAND))
            return [*story, *look.text(wording.support_opening, opening, balanced=True)]
        story = look.text(wording.title, look.title)
        if document.client.name:
            story += look.text(f"{wording.for_client} {document.client.name}")
        return [*story, *look.text(wording.opening, opening, balanced=True)]

    def sections(self) -> list[Flowable]:
        """All sections of this copy."""
        return [flowable for section in self.document.shown for flowable in self._section(section)]

    def _section(self, section: PlanSection) -> list[Flowable]:
        """A section's heading and its entries; nothing for one that isn't for this copy."""
        look, wording = self.look, self.wording
        heading = wording.section(section.key).heading
        width = look.width if self.stacked else look.width * (1 - HEADINGS)
        items: list[Flowable] = []
        if section.not_for_me:
            if self.document.audience is not Audience.THERAPIST and self.document.number is not None:
                return []
            items += look.text(wording.not_for_me, look.quiet)
        else:
            for item in section.items:
                items += self._item(section.key, item, width)
        if not items:
            return []
        if self.stacked:
            return theme.section(look, heading, items)
        title = theme.restyled(look.heading, fontSize=look.size, spaceBefore=0, spaceAfter=0)
        return [
            layout.Columns(
                [
                    (
                        look.width * HEADINGS - look.size,
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
        contact = key in CONTACT_SECTIONS
        style = look.body if contact else look.item
        if contact:
            story = [self._name_and_number(item, width)]
            message = {Answer.YES: wording.may_leave_message, Answer.NO: wording.no_message}.get(item.leave_message, "")
            more = "; ".join(part for part in (item.when_to_call.strip(), message) if part)
        else:
            story = look.text(item.text, look.item, bullet="•")
            more = self._who_and_when(item) if key is SectionKey.SURROUNDINGS else ""
        story += look.text(more, self._below(style))
        for words in self._how_it_goes(item):
            story += look.text(words, self._below(style))
        return [layout.Together(story, head=1)] if len(story) > 1 else story

    def _who_and_when(self, item: PlanItem) -> str:
        wording = self.wording
        parts = [
            f"{name}: {words}" for name, words in ((wording.who, item.who), (wording.when, item.when)) if words.strip()
        ]
        if item.checked_on is not None:
            parts.append(wording.checked_on.format(date=theme.day_words(item.checked_on, wording.language)))
        return "     ".join(parts)

    def _how_it_goes(self, item: PlanItem) -> list[str]:
        """What could get in the way of a step; and, for the therapist, how likely it is."""
        wording = self.wording
        lines = []
        if item.likelihood is not None and self.document.audience is Audience.THERAPIST:
            lines.append(wording.likelihood.format(number=item.likelihood))
        if item.obstacle.strip() and self.document.audience is not Audience.SUPPORT_PERSON:
            lines.append(f"{wording.obstacle}: {item.obstacle.strip()}")
        return lines

    def _below(self, style: ParagraphStyle) -> ParagraphStyle:
        """The quiet line under an entry."""
        return theme.restyled(
            self.look.quiet, leftIndent=style.leftIndent, spaceAfter=self.look.size * 0.45, spaceBefore=0
        )

    def _name_and_number(self, item: PlanItem, width: float) -> Flowable:
        name = [Span(item.text.strip() or self.wording.phone, bold=True)]
        name += [Span(f"  {item.relation.strip()}", colour=QUIET)] if item.relation.strip() else []
        return self._with_number(name, item.phone, self.look.body, width)

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

    def danger(self) -> Span:
        """What to do in immediate danger."""
        document, wording = self.document, self.wording
        emergency = document.practice.emergency_number
        helps = document.audience is Audience.SUPPORT_PERSON
        named = wording.support_danger if helps else wording.danger
        unnamed = wording.support_danger_without_number if helps else wording.danger_without_number
        return Span(named.format(number=emergency) if emergency else unnamed, bold=True, link=tel_link(emergency))

    def crisis_box(self, *, roomy: bool = True) -> Flowable:
        """The crisis numbers in a strong frame.

        Args:
            roomy: Whether there is room for generous letters; on a pocket card there isn't.
        """
        look = self.look
        padding = look.size * (0.8 if roomy else 0.5)
        width = look.width - 2 * padding
        code = self._code() if self.document.qr else None
        beside = self._code_width()
        if code is not None:
            width -= beside + look.size
        large = theme.restyled(look.body, fontSize=look.size * (1.12 if roomy else 1.0), spaceAfter=look.size * 0.1)
        lines = look.text(
            Span(self.wording.crisis_heading, bold=True),
            theme.restyled(large, spaceAfter=look.size * 0.3),
            outline=True,
        )
        lines += self._numbers(large, width, padding)
        lines += look.text(self.danger(), theme.restyled(large, spaceBefore=look.size * 0.3, spaceAfter=0))
        if code is not None:
            lines = [
                layout.Columns(
                    [(width, lines), (beside, code)],
                    gap=look.size,
                    mirrored=look.mirrored,
                )
            ]
        return layout.Box(lines, room=look.height, padding=padding, space_before=look.size * 0.6 if roomy else 0.0)

    def _numbers(self, style: ParagraphStyle, width: float, padding: float) -> list[Flowable]:
        look = self.look
        numbers = self.document.numbers
        calls = [Span(number.number.strip(), bold=True, link=tel_link(number.number)) for number in numbers]
        widest = max((look.width_of(call, style) + 1 for call in calls), default=0.0)
        if self.stacked:
            return [self._with_number(self._crisis_words(number), number.number, style, width) for number in numbers]
        room = max(min(widest, width * _WIDEST_NUMBER), look.width * HEADINGS - look.size - padding)
        return [
            layout.Columns(
                [
                    (room, look.text(call, style)),
                    (width - room - look.size, look.text(self._crisis_words(number), style)),
                ],
                gap=look.size,
                mirrored=look.mirrored,
            )
            for number, call in zip(numbers, calls, strict=True)
        ]

    def _crisis_words(self, number: CrisisNumber) -> list[Span]:
        """Who answers and when; and when the number was last checked, where that is more than a year ago or never was."""
        checked, more = number.checked_on, [number.hours.strip()]
        if checked is None:
            more.append(self.wording.number_unchecked)
        elif (self.document.written.local_date - checked).days > DAYS_A_CHECK_HOLDS:
            day = theme.day_words(checked, self.wording.language)
            more.append(self.wording.checked_on.format(date=day))
        said = "; ".join(part for part in more if part)
        return [Span(number.label), *([Span(f"  {said}", colour=QUIET)] if said else [])]

    def _code_width(self) -> float:
        """As wide as the code, or as the longest word below it."""
        return max(_QR, *(self.look.width_of(word, self.look.small) + 1 for word in self.wording.qr.split()))

    def _code(self) -> list[Flowable] | None:
        """A square code that dials the first crisis number; None where no number can be dialled."""
        link = next((link for number in self.document.numbers if (link := tel_link(number.number))), "")
        if not link:
            return None
        centred = theme.restyled(self.look.small, alignment=1)
        code = QrCode(link, width=_QR, height=_QR, qrBorder=0, qrLevel="M")
        return [_Centred(code), *self.look.text(self.wording.qr, centred)]

    def keeping(self) -> list[Flowable]:
        """Where the plan is kept and what helps to use it; not on a support person's copy."""
        document, wording, look = self.document, self.wording, self.look
        keeping = document.form.keeping
        if document.audience is Audience.SUPPORT_PERSON:
            return []
        lines = [wording.kept_at.format(place=keeping.place.strip())] if keeping.place.strip() else []
        for label, words in ((wording.obstacle, keeping.obstacles), (wording.instead, keeping.instead)):
            if words.strip():
                lines.append(f"{label}: {words.strip()}")
        if keeping.likelihood is not None and document.audience is Audience.THERAPIST:
            lines.append(wording.likelihood.format(number=keeping.likelihood))
        return self._after_a_gap([[line] for line in lines], look.body)

    def review(self) -> list[Flowable]:
        """When it is looked at again, when it was last looked at, and whom to ask."""
        document, wording = self.document, self.wording
        lines: list[list[str | Span]] = []
        if document.audience is Audience.SUPPORT_PERSON:
            shared = document.shared_on
            day = theme.day_words(shared, wording.language) if shared is not None else _BY_HAND
            lines.append([wording.shared_on.format(date=day)])
        elif document.form.review_on is not None:
            day = theme.day_words(document.form.review_on, wording.language)
            lines.append([wording.review_by.format(date=day)])
        if document.reviewed_on is not None:
            day = theme.day_words(document.reviewed_on, wording.language)
            lines.append([wording.last_reviewed.format(date=day)])
        if document.with_practice:
            lines.append(list(self._who_to_ask()))
        return self._after_a_gap([line for line in lines if line], self.look.quiet)

    def practice_line(self) -> list[Flowable]:
        """Whom to ask: the therapist, the practice, its number."""
        return self._after_a_gap([line for line in [self._who_to_ask()] if line], self.look.quiet)

    def _who_to_ask(self) -> list[str | Span]:
        practice = self.document.practice
        names = ", ".join(part for part in (practice.therapist_name, practice.practice_name) if part)
        words: list[str | Span] = [names] if names else []
        if practice.phone:
            words += [", "] if words else []
            words.append(Span(practice.phone, link=tel_link(practice.phone)))
        return words

    def _after_a_gap(self, lines: Sequence[Sequence[str | Span]], style: ParagraphStyle) -> list[Flowable]:
        story: list[Flowable] = []
        for line in lines:
            spans = [part if isinstance(part, Span) else Span(part) for part in line]
            before = 0.0 if story else self.look.size * 0.6
            story += self.look.text(spans, theme.restyled(style, spaceBefore=before))
        return story


class _Centred(Flowable):
    """Something narrower than its column, in the middle of it."""

    def __init__(self, inner: Flowable) -> None:
        super().__init__()
        self._inner = inner

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        self.width, self.height = width, self._inner.wrap(width, height)[1]
        return self.width, self.height

    def draw(self) -> None:
        self._inner.drawOn(self.canv, (self.width - _QR) / 2, 0)
