"""The wall card: what to do and whom to call, for the day the computer is dead. The practice's own; nothing of a client."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from safeplan_desktop.documents import layout, pages, theme
from safeplan_desktop.documents.layout import QUIET
from safeplan_desktop.documents.pages import Margins
from safeplan_desktop.documents.text import Span
from safeplan_desktop.domain.crisis import Variant
from safeplan_desktop.domain.practice import ContactType, check_warning, check_words
from safeplan_desktop.domain.vocabulary import kind_of, label_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reportlab.platypus import Flowable

    from safeplan_desktop.documents.itemise import FontBook
    from safeplan_desktop.domain.crisis import Protocol
    from safeplan_desktop.domain.moments import Moment
    from safeplan_desktop.domain.practice import EmergencyContact, Paper, PracticeProfile

_TITLE = "In an emergency"
_SIZES = (19.0, 18.0, 17.0, 16.0, 15.0, 14.0, 13.0, 12.0, 11.0, 10.0, 9.0)
"""Points, tried in turn until the card fits on one page."""

_SMALLEST = 8.5
_BY_HAND = "_" * 22
_NUMBER = 2.4
"""How much larger than the text the emergency number is."""

_TITLE_SIZE = 1.4
_HANGING = 1.9
_TO_CALL = 0.4
"""The share of the width in which the numbers to call stand."""


@pages.one_at_a_time
def wall_card_pdf(
    profile: PracticeProfile, contacts: Sequence[EmergencyContact], protocol: Protocol, paper: Paper, made: Moment
) -> bytes:
    """The card as a PDF: one page in the largest letters that hold it.

    Args:
        profile: The practice, with its address and entrance.
        contacts: The emergency contacts, in the therapist's order.
        protocol: The practice's steps.
        paper: Its size.
        made: When it is printed; it stands on the card.
    """
    book: FontBook | None = None
    for size in _SIZES:
        card = _Card(profile, contacts, protocol, paper, made, size, book)
        if layout.height_of(card.story, card.look.width) <= card.look.height:
            break
        book = card.look.book
    day = theme.day_words(made.local_date, card.look.book.language)
    pdf, _ = pages.build(
        card.story,
        paper,
        title=_TITLE,
        language=card.look.book.language,
        made=made,
        margins=Margins(
            foot=f"Printed on {day}. Please print a new card after every change.",
            page="Page {page} of {pages}",
            only_if_several=True,
        ),
        look_=card.look,
    )
    return pdf


class _Card:
    """The card at one size."""

    def __init__(
        self,
        profile: PracticeProfile,
        contacts: Sequence[EmergencyContact],
        protocol: Protocol,
        paper: Paper,
        made: Moment,
        size: float,
        book: FontBook | None,
    ) -> None:
        language = theme.report_language(profile.country)
        look = theme.look(paper, size=size, smallest=_SMALLEST, language=language, book=book)
        self.look = replace(look, body=theme.restyled(look.body, spaceAfter=size * 0.1))
        self._made = made
        emergency = [contact for contact in contacts if contact.type is ContactType.EMERGENCY_NUMBER]
        others = [contact for contact in contacts if contact.type is not ContactType.EMERGENCY_NUMBER]
        self.story: list[Flowable] = [
            *self._emergency(emergency),
            layout.Gap(size * 0.4),
            self._say(profile),
            self._protocol(protocol),
            *self._numbers(others),
        ]

    def _emergency(self, contacts: Sequence[EmergencyContact]) -> list[Flowable]:
        look, size = self.look, self.look.size
        words = [Span("In an emergency, call ", bold=True)]
        numbers = " or ".join(contact.number for contact in contacts) or "_" * 8
        words.append(Span(numbers, bold=True))
        large = theme.restyled(look.title, fontSize=size * _NUMBER, spaceAfter=0)
        share = min(1.0, look.width / (look.width_of(words, large) + 1))
        # One line, unless there are so many numbers that they would be smaller than a title.
        large = theme.restyled(large, fontSize=max(size * _NUMBER * share, size * _TITLE_SIZE))
        story = look.text(words, large, outline=True)
        notes = [warning for one in contacts if (warning := check_warning(one, self._made.local_date))]
        notes += [contact.note for contact in contacts if contact.note]
        return [*story, *look.text("; ".join(notes), theme.restyled(look.small, textColor=QUIET))]

    def _say(self, profile: PracticeProfile) -> Flowable:
        """What a dispatcher asks for, in that order."""
        look = self.look
        large = theme.restyled(look.body, fontSize=look.size * 1.15)
        lines = look.text(Span("Say first", bold=True), look.body)
        address = profile.address.replace("\n", ", ").strip()
        for number, (what, words) in enumerate(
            (
                ("We are at", address or _BY_HAND),
                ("The entrance", profile.entrance.strip() or _BY_HAND),
                ("Call me back on", profile.callback.strip() or profile.phone.strip() or _BY_HAND),
            ),
            start=1,
        ):
            lines += look.text([Span(f"{number}.  {what}: "), Span(words, bold=True)], large)
        lines += look.text("4.  Then: what happened, to whom, and any danger to the crew.", large)
        return layout.Box(lines, room=look.height, padding=look.size * 0.6)

    def _protocol(self, protocol: Protocol) -> Flowable:
        look = self.look
        gap = look.size * 1.2
        width = (look.width - gap) / 2
        hanging = look.size * _HANGING
        step = theme.restyled(look.item, leftIndent=hanging, bulletIndent=0, spaceAfter=look.size * 0.12)
        columns: list[tuple[float, Sequence[Flowable]]] = []
        for variant in Variant:
            items = look.heading_of(label_of(variant))
            for number, entry in enumerate(protocol.steps(variant), start=1):
                items += look.text(entry.short or entry.text, step, bullet=f"{number}.")
            columns.append((width, items))
        return layout.Columns(columns, gap=gap, space_before=look.size * 0.2)

    def _numbers(self, contacts: Sequence[EmergencyContact]) -> list[Flowable]:
        look = self.look
        rows: list[Flowable] = []
        to_call = theme.restyled(look.body, alignment=2)
        for contact in contacts:
            kind = "" if contact.name.casefold() == kind_of(contact).casefold() else f"  {kind_of(contact)}"
            stale = check_warning(contact, self._made.local_date)
            details = "; ".join(part for part in (contact.hours, stale or check_words(contact)) if part)
            rows.append(
                layout.Columns(
                    [
                        (
                            look.width * (1 - _TO_CALL) - look.size,
                            [
                                *look.text([Span(contact.name, bold=True), Span(kind, colour=QUIET)]),
                                *look.text(details, look.small),
                            ],
                        ),
                        (look.width * _TO_CALL, look.text(Span(contact.number, bold=True), to_call)),
                    ],
                    gap=look.size,
                    over=0.6,
                    padding=look.size * 0.15,
                )
            )
        return theme.section(look, "Numbers", rows)
